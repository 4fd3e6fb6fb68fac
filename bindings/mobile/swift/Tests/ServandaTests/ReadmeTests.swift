import Foundation
import Testing

import Servanda

/// The code blocks of the README, run as tests. The last test checks that the README shows the same
/// code.
@Suite struct ReadmeTests {
    @Test func theFirstBlock() throws {
        try withFolder { folder in
            let tracker = try Tracker.create(at: folder.appendingPathComponent("promises.db"), recordedBy: "phone")
            let editorial = "https://editorials.voa.gov/amp/us-japan-alliance-remains-cornerstone/1590413.html"
            let record = "https://www.shugiin.go.jp/internet/itdb_gian.nsf/html/gian/keika/1DB429A.htm"

            try tracker.append([
                .register(
                    Commitment(
                        id: "jp/hague-convention", title: "The Hague Abduction Convention",
                        procedure: .builtIn("diet-treaty-approval"), by: ["jp"], made: Day(2013, 1, 18),
                        obligation: .consideration,
                        words: Words(
                            text: "will consider",
                            source: Source(title: "U.S. - Japan Alliance Remains Cornerstone", url: editorial))))
            ])
            try tracker.append([
                .advance(
                    "jp/hague-convention", to: "submitted", on: Day(2013, 3, 15),
                    sources: [Source(title: "183rd Diet, treaty no. 1", url: record)])
            ])

            let standing = try tracker.view(on: Day(2013, 6, 1)).standing(of: "jp/hague-convention")
            print(standing.verdict!, standing.since!)  // in-progress 2013-03-15

            do {
                try tracker.append([.advance("jp/hague-convention", to: "in-force", on: Day(2013, 6, 1))])
            } catch ServandaError.refused(let code, let text, _) {
                print(code)  // illegal-step
                print(text.contains("from there it can go to: "))  // true
            }

            #expect("\(standing.verdict!) \(standing.since!)" == "in-progress 2013-03-15")
            let refused = refusal { try tracker.append([.advance("jp/hague-convention", to: "in-force", on: Day(2013, 6, 1))]) }
            #expect(refused?.kind == "refused" && refused?.code == "illegal-step")
            let beginning = "jp/hague-convention cannot go to in-force on 2013-06-01: it stood at submitted since 2013-03-15; "
            #expect(refused?.text.hasPrefix(beginning + "from there it can go to: ") == true)
        }
    }

    @Test func exchange() throws {
        let (phone, server) = (try Sample.tracker("phone"), try Tracker.inMemory(recordedBy: "server"))
        var cursor: String?
        for _ in 0..<2 {
            let export = try phone.export(since: cursor)  // all entries, without a cursor
            try server.merge(export.entries)
            cursor = export.cursor  // for the next time
            let areSame = try phone.digest() == server.digest()  // true if the server had no other entries
            #expect(areSame)
            try phone.append([Sample.step(to: "under-way", on: Day(2020, 2, 1))])
        }
    }

    @Test func changes() async throws {
        let tracker = try Sample.tracker()
        // The stream has only changes from now on.
        let task = Task {
            for await change in try tracker.changes() {
                for standing in change.standings { print(standing.commitment, standing.after?.verdict as Any) }
            }
        }
        task.cancel()
        _ = try await task.value
    }

    @Test func theReadmeShowsTheCodeThatRunsHere() throws {
        let package = URL(fileURLWithPath: #filePath).appendingPathComponent("../../..").standardizedFileURL
        let readme = try String(contentsOf: package.appendingPathComponent("README.md"), encoding: .utf8)
        let source = try String(contentsOf: URL(fileURLWithPath: #filePath), encoding: .utf8)
        func lines(_ text: some StringProtocol) -> [String] {
            text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
        }
        let here = lines(source)
        let blocks = readme.components(separatedBy: "```swift\n").dropFirst().map { lines($0.components(separatedBy: "```")[0]) }
        #expect(blocks.count == 3)
        for block in blocks {
            let isHere = here.indices.contains { Array(here[$0...].prefix(block.count)) == block }
            #expect(isHere, "not tested: \(block)")
        }
    }
}
