// The Hague Abduction Convention: carried over, dropped, submitted again, approved on the last day, in force.

import Servanda

private let id = "jp/hague-convention"

func hague(_ desk: Desk) throws {
    let preparing = foreignMinistry(
        "Cabinet approval of preparations for the Convention", "fp/hr_ha/page22e_000251.html")
    try desk.register(
        on: "2013-01-18",
        Commitment(
            id: id, title: "The 1980 Hague Abduction Convention in the Diet",
            procedure: .builtIn("diet-treaty-approval"), by: ["jp"], to: ["us"], made: spoken,
            obligation: .consideration, words: Words(text: "will consider", source: editorial), topics: ["family"],
            opening: Opening(status: "preparing", on: PartialDate(2011, 5, 20), sources: [preparing]),
            // The Convention says when it binds a state that joins. No entry will have to say so.
            rules: [
                "entry-into-force": ClockRule(
                    basis: "Hague Convention of 25 October 1980, art. 43(2)(1)", rule: .firstOfMonth(count: 3)),
            ]))
    try whatWasSaid(desk)
    try firstAttempt(desk)
    try secondAttempt(desk)
    try afterApproval(desk)
}

private func whatWasSaid(_ desk: Desk) throws {
    try desk.remark(
        id, "What the Foreign Minister was quoted as saying", on: "2013-01-18",
        page(
            "Tengrinews (AFP)", "Japan says will sign child abduction treaty",
            "https://en.tengrinews.kz/laws_initiatives/japan-says-will-sign-child-abduction-treaty-16143",
            quotation: "The government of Japan is intending to go through the necessary procedures for early signing of the treaty"),
        japanTimes(
            "Japan to join child abduction treaty", "news/2013/01/20/national/japan-to-join-child-abduction-treaty/"),
        note: """
        The words registered here are the weaker ones, "will consider". News reports of the meeting quote the \
        Foreign Minister with more: that the government intended to go through the procedures for an early signing.
        """)
}

/// 2012, before the word was given.
private func firstAttempt(_ desk: Desk) throws {
    let submitted = dietRecord("180th", "7", "1DB091E")
    let bar = pageInJapanese(
        "Osaka Bar Association", "The Hague Convention",
        "http://www.osakaben.or.jp/01-aboutus/committee/room/hague/04.php")
    try desk.advance(id, to: "submitted", on: "2012-03-09", submitted, bar)
    try desk.advance(id, to: "lower-first-referred", on: "2012-08-28", submitted)
    try desk.advance(id, to: "lower-carried-over", on: "2012-09-07", submitted)

    let carriedOver = dietRecord("181st", "7 of the 180th", "1DB2B5E")
    try desk.advance(id, to: "lower-first-referred", on: "2012-10-29", carriedOver)
    // A clock would have presumed this at the dissolution. The record of the House says it, so nothing is presumed.
    try desk.advance(
        id, to: "dropped", on: "2012-11-16", carriedOver, note: "The House of Representatives was dissolved.")
}

/// 2013, after it was given.
private func secondAttempt(_ desk: Desk) throws {
    let record = dietRecord("183rd", "1", "1DB429A")
    try desk.advance(
        id, to: "submitted", on: "2013-03-15", record,
        japanTimes(
            "Cabinet OKs bills for Hague treaty", "news/2013/03/16/national/cabinet-oks-bills-for-hague-treaty/"))
    try desk.advance(id, to: "lower-first-referred", on: "2013-04-04", record)
    try desk.advance(id, to: "lower-first-reported", on: "2013-04-19", record)
    try desk.advance(
        id, to: "lower-first-passed", on: "2013-04-23", record,
        japanTimes(
            "Lower House OKs ratification of child custody pact",
            "news/2013/04/23/national/politics-diplomacy/lower-house-oks-ratification-of-child-custody-pact/"),
        note: "Unanimously.")
    try desk.advance(id, to: "upper-second-referred", on: "2013-05-15", record)
    try desk.advance(id, to: "upper-second-reported", on: "2013-05-21", record)
    try desk.advance(
        id, to: "approved-by-both-houses", on: "2013-05-22", record, embassy,
        note: "Unanimously, on the thirtieth day counting the day of receipt: the last on which a vote could be taken.")
    try desk.attest(id, on: "2013-05-22", record)
    try desk.remark(id, "The upper house passes the Implementing Act", on: "2013-06-12", embassy)
}

private func afterApproval(_ desk: Desk) throws {
    let signed = foreignMinistry("Signing and acceptance of the Convention", "press/release/press18e_000032.html")
    try desk.deposit(
        id, by: "jp", on: "2014-01-24", sources: [signed], instrument: "acceptance",
        note: """
        The Ministry speaks of acceptance; the table of the Hague Conference on Private International Law marks it as \
        a ratification.
        """)
    try desk.advance(
        id, to: "deposited", on: "2014-01-24", signed,
        note: "The Cabinet decided on signature, acceptance and promulgation on the same day.")
    // It enters into force on 1 April 2014 by its own rule.
    try desk.remark(
        id, "Japan's Central Authority starts work", on: "2014-04-01",
        foreignMinistry("Entry into force of the Convention for Japan", "mofaj/press/release/press4_000804.html"))
}

private let embassy = pageInJapanese(
    "Embassy of Japan in the Netherlands", "The Hague Convention",
    "https://www.nl.emb-japan.go.jp/j/policy/hague_convention.html")
