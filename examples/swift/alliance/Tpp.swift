// The Trans-Pacific Partnership: considered, joined, signed, approved, and never in force.

import Servanda

private let id = "jp/tpp"
private let inTheDietID = "jp/tpp-in-the-diet"

private let considered = words("will consider", "Japan will consider participation in the Trans-Pacific Partnership")

func tpp(_ desk: Desk) throws {
    try desk.register(
        on: "2013-01-18",
        Commitment(
            id: id, title: "Participation in the Trans-Pacific Partnership", procedure: .builtIn("trade-agreement"),
            by: ["jp"], to: ["us"], made: spoken, obligation: .consideration, words: considered, topics: ["trade"]))
    try joining(desk)
    try inTheDiet(desk)
    try signedAndBlocked(desk)
    try superseded(desk)
}

private func joining(_ desk: Desk) throws {
    try desk.advance(
        id, to: "consulting", on: "2013-02-22",
        page(
            "Reuters", "Joint statement of the United States and Japan on the Trans-Pacific Partnership",
            "http://cn.reuters.com/article/usa-japan-abe-trade-idCNL1N0BMASB20130222"),
        februarySummit,
        note: "Joint statement: all goods would be subject to negotiation, and no prior commitment was required.")
    // The word was to consider, and here the government has: kept, whatever follows.
    try desk.advance(
        id, to: "entry-sought", on: "2013-03-15",
        primeMinister(
            "Press conference on participation in the negotiations", "96_abe/statement/201303/15kaiken_e.html"))
    try desk.advance(id, to: "consultations-completed", on: "2013-04-12", kyodo)
    try desk.advance(
        id, to: "accepted", on: "2013-04-20",
        page(
            "US-NZ Council", "TPP members formally agree to let Japan join ongoing negotiations",
            "http://usnzcouncil.org/tpp-members-formally-agree-to-let-japan-join-ongoing-negotiations/"),
        note: "By consensus of the eleven members.")
    try desk.remark(
        id, "The US Trade Representative notifies Congress, which opens a period of ninety days", on: "2013-04-24",
        kyodo, note: "The day is inferred from the report.")
    try desk.advance(
        id, to: "negotiating", on: "2013-07-23",
        page(
            "China Daily", "Japan joins the TPP negotiations",
            "https://usa.chinadaily.com.cn/world/2013-07/23/content_16820108.htm"),
        note: "At the eighteenth round, in Kota Kinabalu.")
    try desk.advance(
        id, to: "concluded", on: "2015-10-05",
        page(
            "Global Affairs Canada", "Trans-Pacific Partnership: rounds of negotiations",
            "http://www.international.gc.ca/trade-agreements-accords-commerciaux/agr-acc/tpp-ptp/rounds-series.aspx?lang=eng"),
        note: "In Atlanta.")
    try desk.advance(id, to: "signed", on: "2016-02-04", gazette, note: "In Auckland.")
}

/// A piece of the whole, with a procedure of its own.
private func inTheDiet(_ desk: Desk) throws {
    let first = dietRecord("190th", "8", "1DBF776")
    try desk.register(
        on: "2016-03-08",
        Commitment(
            id: inTheDietID, title: "The Trans-Pacific Partnership Agreement in the Diet",
            procedure: .builtIn("diet-treaty-approval"), by: ["jp"], to: ["us"], made: spoken,
            obligation: .consideration, words: considered, topics: ["trade"], partOf: id,
            opening: Opening(status: "submitted", on: PartialDate(2016, 3, 8), sources: [first])))
    try desk.remark(
        inTheDietID, "The words are those of the whole", on: "2016-03-08",
        note: """
        The words of 18 January 2013 name the partnership, not its way through the Diet. The piece carries the word \
        given about the whole; its own history opens with its submission.
        """)
    try desk.advance(inTheDietID, to: "lower-first-referred", on: "2016-03-24", first)
    try desk.advance(inTheDietID, to: "lower-carried-over", on: "2016-06-01", first)
    try desk.advance(
        inTheDietID, to: "lower-carried-over", on: "2016-08-03", dietRecord("191st", "8 of the 190th", "1DBFD86"))

    let record = dietRecord("192nd", "8 of the 190th", "1DC09E2")
    try desk.advance(inTheDietID, to: "lower-first-referred", on: "2016-09-26", record)
    try desk.advance(inTheDietID, to: "lower-first-reported", on: "2016-11-04", record)
    try desk.advance(inTheDietID, to: "lower-first-passed", on: "2016-11-10", record, note: "By a majority, standing.")
    try desk.advance(inTheDietID, to: "upper-second-referred", on: "2016-11-11", record)
    try desk.advance(inTheDietID, to: "upper-second-reported", on: "2016-12-09", record)
    try desk.advance(
        inTheDietID, to: "approved-by-both-houses", on: "2016-12-09", record,
        note: "By a vote with names, on the thirtieth day counting the day of receipt.")
    try desk.attest(inTheDietID, on: "2016-12-09", record)
    try desk.advance(inTheDietID, to: "deposited", on: "2017-01-20", japanNotifies)

    // The same day in the life of the whole.
    try desk.advance(id, to: "approved", on: "2016-12-09", record)
}

private func signedAndBlocked(_ desk: Desk) throws {
    try desk.deposit(id, by: "jp", on: "2017-01-20", sources: [japanNotifies], instrument: "notification")
    try desk.advance(
        id, to: "notified", on: "2017-01-20", japanNotifies,
        note: "To New Zealand, the depositary, by decision of the Cabinet on the same day.")
    try desk.remark(
        id, "The President of the United States orders withdrawal from the agreement", on: "2017-01-23",
        Source(
            title: "Withdrawal of the United States from the Trans-Pacific Partnership (copy of the text)",
            url: "http://textilesandtrade.blogspot.com/2017/01/withdrawal-of-united-states-from-trans.html"),
        note: "The source is a copy of the memorandum. A mirror of an encyclopedia gives 20 January, wrongly.")
    try desk.advance(
        id, to: "blocked", on: "2017-01-30", gazette,
        page("RIETI", "Column on the Trans-Pacific Partnership", "https://www.rieti.go.jp/en/columns/a01_0468.html"),
        note: """
        The US Trade Representative writes to the depositary that the United States does not intend to become a party.
        """)
    try desk.deposit(
        id, by: "nz", on: "2017-05-11",
        sources: [
            page(
                "Library of Congress", "New Zealand: Ratification of Trans-Pacific Partnership Agreement Completed",
                "http://loc.gov/law/foreign-news/article/new-zealand-ratification-of-trans-pacific-partnership-agreement-completed/")
        ],
        instrument: "notification", note: "The second party to notify.")
}

/// That a successor took its place is a step of its own, with a link: no entry about the successor does it.
private func superseded(_ desk: Desk) throws {
    try desk.advance(id, to: "superseded", on: "2018-12-30", cptppTimeline)
    try desk.succeed(id, by: "jp/cptpp", on: "2018-12-30", cptppTimeline)
    try desk.advance(inTheDietID, to: "superseded", on: "2018-12-30", cptppTimeline)
    try desk.succeed(inTheDietID, by: "jp/cptpp-in-the-diet", on: "2018-12-30", cptppTimeline)
}

private let kyodo = page(
    "Kyodo News, in GlobalPost", "US government notifies Congress of its intent to include Japan in the TPP talks",
    "http://www.globalpost.com/dispatch/news/kyodo-news-international/130430/us-govt-notifies-congress-intent-include-japan-tpp-tal")

private let gazette = page(
    "Canada Gazette", "SI/TR 101, Part II, 14 November 2018",
    "http://gazette.gc.ca/rp-pr/p2/2018/2018-11-14/html/si-tr101-eng.html")

private let japanNotifies = foreignMinistry(
    "Notification of the completion of domestic procedures (TPP)", "mofaj/press/release/press4_004187.html")
