// Relocation to Guam, and the agreement of 2009 that the Diet approved over the objection of one house.

import Servanda

private let id = "us/base-realignment/guam-relocation"
private let agreementID = "jp/guam-agreement-2009"

func guam(_ desk: Desk) throws {
    try relocation(desk)
    try agreement(desk)
}

private func relocation(_ desk: Desk) throws {
    try desk.register(
        on: "2013-01-18",
        word(
            id, "Relocation of Marines from Okinawa to Guam", partOf: basesID,
            opening: planned(roadmap, congressionalResearch)))
    try desk.advance(id, to: "plan-agreed", on: "2012-02-08", february2012, note: "It no longer waits for Futenma.")
    try desk.advance(
        id, to: "plan-agreed", on: "2012-04-27", april2012, note: "About 9,000 Marines are to leave Okinawa.")
    try desk.remark(id, "A protocol that amends the agreement of 2009 is signed", on: "2013-10-03", digest)
    try desk.advance(
        id, to: "relocation-under-way", on: "2024-12-14",
        page(
            "Stars and Stripes", "Marines begin relocation from Okinawa to Guam",
            "https://stripes.com/branches/marine_corps/2024-12-18/marines-relocation-guam-okinawa-16204078.html"),
        note: """
        About 100 logistics troops. This is the day announced; by the same report transfers had begun months before.
        """)
}

/// All of it lies before the ledger begins, so all of it was recorded on the ledger's first day.
private func agreement(_ desk: Desk) throws {
    let title = """
    Concerning the Implementation of the Relocation of the III Marine Expeditionary Force Personnel and Their \
    Dependents From Okinawa to Guam
    """
    try desk.register(
        on: "2013-01-18",
        Commitment(
            id: agreementID, title: "The Guam Agreement of 2009 in the Diet",
            procedure: .builtIn("diet-treaty-approval"), by: ["jp"], to: ["us"], made: Day(2009, 2, 17),
            obligation: .result, words: Words(text: title, source: congressionalResearch), topics: ["bases"],
            partOf: id))
    try desk.remark(
        agreementID, "The words are from the agreement's title", on: "2009-02-17", congressionalResearch,
        note: "It was signed in Tokyo on this day, which counts as the day the word was given.")

    let record = dietRecord("171st", "1", "1DA5556")
    try desk.advance(agreementID, to: "submitted", on: "2009-02-24", record)
    try desk.advance(agreementID, to: "lower-first-referred", on: "2009-03-26", record)
    try desk.advance(agreementID, to: "lower-first-reported", on: "2009-04-10", record)
    try desk.advance(agreementID, to: "lower-first-passed", on: "2009-04-14", record)
    try desk.advance(agreementID, to: "upper-second-referred", on: "2009-04-15", record)
    try desk.advance(agreementID, to: "upper-second-reported", on: "2009-05-12", record, note: "Against approval.")

    // Three steps on one day. They stand in the order in which they are recorded.
    try desk.advance(agreementID, to: "upper-second-rejected", on: "2009-05-13", record)
    try desk.advance(
        agreementID, to: "conference-failed", on: "2009-05-13",
        dietRecord("171st", "1, on which the Houses disagreed", "1DA60C2"))
    try desk.advance(
        agreementID, to: "approved-after-rejection", on: "2009-05-13", record,
        pageInJapanese("QAB", "The Guam Agreement in the Diet", "http://www.qab.co.jp/news/200905139068.html"),
        note: "The decision of the House of Representatives became that of the Diet.")
    try desk.attest(agreementID, on: "2009-05-13", record)
    try desk.advance(agreementID, to: "in-force", on: "2009", digest, note: "The sources at hand have the year only.")
}

private let congressionalResearch = page(
    "Congressional Research Service", "Guam: U.S. Defense Deployments",
    "https://docslib.org/doc/6837447/guam-u-s-defense-deployments")

private let digest = page(
    "Lawi, from the Digest of United States Practice in International Law",
    "Protocol to the Guam International Agreement", "https://lawin.org/protocol-to-the-guam-international-agreement/")
