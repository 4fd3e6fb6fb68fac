// The CPTPP, successor of the TPP: in force sixty days after the sixth notification.

import Servanda

private let id = "jp/cptpp"
private let inTheDietID = "jp/cptpp-in-the-diet"

/// The signatories beside Japan.
private let otherSignatories = ["au", "bn", "ca", "cl", "mx", "my", "nz", "pe", "sg", "vn"]

/// For those who notified after the sixth it entered into force later.
private let later = [
    ("2019-01-14", "Viet Nam"),
    ("2021-09-19", "Peru"),
    ("2022-11-29", "Malaysia"),
    ("2023-02-21", "Chile (by one source on 20 February)"),
    ("2023-07-12", "Brunei Darussalam"),
]

/// What the signatories resolved.
private let resolved = Words(
    text: """
    REALISE expeditiously the benefits of the TPP through this Agreement and their strategic and economic significance
    """,
    source: page(
        "Vietnam Worker Defenders", "CPTPP, preamble (copy of the text)", "https://vietnamworkerdefenders.net/cptpp/"))

func cptpp(_ desk: Desk) throws {
    try desk.register(
        on: "2018-03-08",
        Commitment(
            id: id, title: "The CPTPP, successor of the Trans-Pacific Partnership",
            procedure: .builtIn("trade-agreement"), by: ["jp"], to: otherSignatories, made: Day(2018, 3, 8), obligation: .result,
            words: resolved, topics: ["trade"],
            opening: Opening(status: "concluded", on: PartialDate(2018, 1, 23), sources: [cptppTimeline]),
            // All of article 3, with the rule for whoever notifies after the sixth.
            rules: ["entry-into-force": .ofTreaty("cptpp")]))
    try desk.advance(id, to: "signed", on: "2018-03-08", cptppTimeline, note: "In Santiago.")
    try inTheDiet(desk)
    try notifications(desk)
}

private func inTheDiet(_ desk: Desk) throws {
    let record = dietRecord("196th", "11", "1DC88D2")
    try desk.register(
        on: "2018-03-27",
        Commitment(
            id: inTheDietID, title: "The CPTPP in the Diet", procedure: .builtIn("diet-treaty-approval"), by: ["jp"],
            to: otherSignatories, made: Day(2018, 3, 8), obligation: .result, words: resolved, topics: ["trade"], partOf: id,
            opening: Opening(status: "submitted", on: PartialDate(2018, 3, 27), sources: [record])))
    try desk.advance(inTheDietID, to: "lower-first-referred", on: "2018-04-17", record)
    try desk.advance(inTheDietID, to: "lower-first-reported", on: "2018-05-18", record)
    try desk.advance(inTheDietID, to: "lower-first-passed", on: "2018-05-18", record)
    try desk.advance(inTheDietID, to: "upper-second-referred", on: "2018-06-01", record)
    try desk.advance(inTheDietID, to: "upper-second-reported", on: "2018-06-12", record)
    try desk.advance(inTheDietID, to: "approved-by-both-houses", on: "2018-06-13", record)
    try desk.attest(inTheDietID, on: "2018-06-13", record)
    try desk.advance(inTheDietID, to: "deposited", on: "2018-07-06", japanNotifies)
    // The notifications of the others are recorded with the whole. Here entry into force is simply recorded.
    try desk.advance(inTheDietID, to: "in-force", on: "2018-12-30", cptppTimeline)

    try desk.advance(id, to: "approved", on: "2018-06-13", record)
}

/// Nobody has to record entry into force: the sixth of these starts the clock.
private func notifications(_ desk: Desk) throws {
    func notification(from party: String, on date: String, _ more: Source..., note: String? = nil) throws {
        try desk.deposit(
            id, by: party, on: date, sources: [cptppTimeline] + more, instrument: "notification", note: note)
    }

    let newZealand = page(
        "New Zealand Foreign Affairs and Trade",
        "Comprehensive and Progressive Agreement for Trans-Pacific Partnership",
        "https://www.mfat.govt.nz/en/about-us/who-we-are/treaties/comprehensive-and-progressive-agreement-for-tpp/")
    try notification(from: "mx", on: "2018-06-28")
    try notification(from: "jp", on: "2018-07-06", japanNotifies)
    try desk.advance(
        id, to: "notified", on: "2018-07-06", japanNotifies,
        note: "By decision of the Cabinet on the same day. The second party to notify, after Mexico.")
    try notification(from: "sg", on: "2018-07-19")
    try notification(from: "nz", on: "2018-10-25")
    try notification(from: "ca", on: "2018-10-29")
    try notification(from: "au", on: "2018-10-31", note: "The sixth.")
    try notification(from: "vn", on: "2018-11-15")
    try notification(from: "pe", on: "2021-07-21", newZealand)
    try notification(from: "my", on: "2022-09-30", newZealand, note: "One source gives 1 October 2022.")
    try notification(from: "cl", on: "2022-12-23")
    try notification(from: "bn", on: "2023-05-13")

    for (day, party) in later {
        try desk.remark(id, "It enters into force for \(party)", on: day, cptppTimeline)
    }
}

private let japanNotifies = foreignMinistry(
    "Notification of the completion of domestic procedures (CPTPP)", "mofaj/press/release/press4_006218.html")
