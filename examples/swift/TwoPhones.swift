// Records a commitment on one phone, asks for its standing, and merges the ledger into that of
// another phone.

import Servanda

@main
struct TwoPhones {
    static func main() throws {
        let editorial = "https://editorials.voa.gov/amp/us-japan-alliance-remains-cornerstone/1590413.html"
        let pressConference = "https://japan.kantei.go.jp/96_abe/statement/201302/22kaiken_e.html"
        let visit = "us/abe-visit"

        let mine = try Tracker.inMemory(recordedBy: "my-phone")
        try mine.append([
            .register(
                Commitment(
                    id: visit, title: "A visit of Prime Minister Abe to Washington in February",
                    procedure: .builtIn("action"), by: ["us"], made: Day(2013, 1, 18), obligation: .result,
                    words: Words(
                        text: "has invited",
                        source: Source(title: "U.S. - Japan Alliance Remains Cornerstone", url: editorial)),
                    deadline: PartialDate(2013, 2)))
        ])
        let evidence = Source(title: "Press conference after the summit in Washington", url: pressConference)
        try mine.append([.advance(visit, to: "done", on: Day(2013, 2, 22), sources: [evidence])])

        for day in try [Day(2013, 2, 1), Day(2013, 3, 1)] {
            let standing = try mine.view(on: day).standing(of: visit)
            print("\(day): \(standing.status ?? "-"), \(standing.verdict?.description ?? "-")")
        }

        let yours = try Tracker.inMemory(recordedBy: "your-phone")
        print("new entries: \(try yours.merge(mine.export().entries))")
        print("same ledger: \(try yours.digest() == mine.digest())")
    }
}
