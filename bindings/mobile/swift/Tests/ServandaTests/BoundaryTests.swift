import Foundation
import Testing

@testable import Servanda

/// Failures at the boundary are errors of type ``ServandaError``. Nothing aborts the process.
@Suite struct BoundaryTests {
    @Test func anArgumentThatIsNotWellFormedIsRefused() throws {
        let tracker = try Sample.tracker()
        let day = try Day(2020, 2, 1)
        let refused: [(Draft, String)] = [
            (.advance("No Slug", to: "done", on: day), "invalid-slug"),
            (.advance("xx/one", to: "", on: day), "invalid-slug"),
            (.advance("xx/one", to: "done", on: day, note: ""), "invalid-note"),
            (.advance("xx/one", to: "done", on: day, sources: [Source(title: "x", url: "gopher://example.org")]), "invalid-url"),
            (.advance("xx/one", to: "done", on: Day(packed: 2020_02_30)), "invalid-day"),
            (.reschedule("xx/one", deadline: PartialDate(packed: 0), on: day), "invalid-date"),
            (.remark("xx/one", title: String(repeating: "x", count: 301), on: day), "invalid-title"),
            (.deposit("xx/one", by: "xx", on: day, share: "1e3"), "invalid-decimal"),
            (.retract("xx/one", entry: "sha256:abc", reason: "wrong"), "invalid-digest"),
            (Draft(fact: .attest(), commitment: "xx/one", on: PartialDate(day), recordedAt: Moment(unchecked: .max)), "invalid-moment"),
        ]
        for (draft, code) in refused {
            let refusal = refusal { try tracker.append([draft]) }
            #expect(refusal?.kind == "invalid" && refusal?.code == code, "\(refusal as Any)")
        }
        #expect(refusal { try tracker.append([]) }?.code == "empty-batch")
        #expect(refusal { try tracker.view(on: Day(packed: -1)) }?.code == "invalid-day")
        #expect(refusal { try tracker.merge(lines: ["{}", ""]) }?.kind == "invalid")
        #expect(refusal { try tracker.merge(lines: ["nonsense \u{0}"]) }?.kind == "damaged")
        #expect(refusal { try tracker.export(since: "nothing of the kind") }?.code == "invalid-cursor")
        #expect(refusal { _ = try Tracker.inMemory(recordedBy: "No Slug") }?.code == "invalid-slug")
        #expect(refusal { try tracker.view().standing(of: "xx/on") }?.code == "unknown-commitment")
    }

    @Test func aClosedTrackerRefusesEveryCall() throws {
        let tracker = try Sample.tracker()
        let view = try tracker.view()
        let observer = try tracker.observe { _ in }
        tracker.close()
        tracker.close()
        observer.stop()
        let closed = Refusal("stopped", "closed", "the tracker is closed; open the ledger again")
        #expect(refusal { try tracker.digest() } == closed)
        #expect(refusal { try tracker.append([.register(Sample.commitment())]) } == closed)
        #expect(refusal { try tracker.view() } == closed)
        #expect(refusal { try tracker.observe { _ in } } == closed)
        #expect(refusal { try tracker.changes() } == closed)
        #expect(refusal { try view.standing(of: "xx/one") } == closed)
        #expect(refusal { try view.on(Day(2020, 1, 1)) } == closed)
    }

    @Test func aViewOutlivesItsTracker() throws {
        let view = try Sample.tracker().view(on: Day(2020, 1, 20))
        #expect(try view.standing(of: "xx/one").status == "planned")
    }

    @Test func aPathThatCannotHoldALedgerIsRefused() throws {
        try withFolder { folder in
            let file = folder.appendingPathComponent("desk.db")
            #expect(refusal { try Tracker.open(at: file, recordedBy: "desk") }?.code == "no-ledger")
            #expect(refusal { try Tracker.open(at: folder, recordedBy: "desk") }?.kind == "place")
            _ = try Tracker.create(at: file, recordedBy: "desk")
            #expect(refusal { try Tracker.create(at: file, recordedBy: "desk") }?.code == "already-there")
            let nowhere = folder.appendingPathComponent("no/such/folder/desk.db")
            #expect(refusal { try Tracker.create(at: nowhere, recordedBy: "desk") }?.kind == "place")
            let web = try #require(URL(string: "https://example.org/desk.db"))
            #expect(refusal { try Tracker.open(at: web, recordedBy: "desk") }?.kind == "place")
        }
    }

    @Test func aPathWithoutPermissionIsRefused() throws {
        // Not even root can write here.
        let file = URL(fileURLWithPath: "/proc/servanda/desk.db")
        #expect(refusal { try Tracker.create(at: file, recordedBy: "desk") }?.kind == "place")
        guard getuid() != 0 else { return }
        try withFolder { folder in
            let file = folder.appendingPathComponent("desk.jsonl")
            _ = try Tracker.create(at: file, recordedBy: "desk")
            try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: file.path)
            #expect(refusal { try Tracker.open(at: file, recordedBy: "desk") }?.code == "no-permission")
        }
    }

    @Test func aDamagedFileIsRefused() throws {
        try withFolder { folder in
            let lines = folder.appendingPathComponent("desk.jsonl")
            let tracker = try Tracker.create(at: lines, recordedBy: "desk")
            try tracker.append([.register(Sample.commitment())])
            let text = try String(contentsOf: lines, encoding: .utf8)
            try text.replacingOccurrences(of: "we shall see", with: "we shall not").write(to: lines, atomically: true, encoding: .utf8)
            let changed = refusal { try Tracker.open(at: lines, recordedBy: "desk") }
            #expect(changed?.kind == "damaged" && changed?.text.contains("line 2") == true, "\(changed as Any)")

            let database = folder.appendingPathComponent("desk.db")
            let kept = try Tracker.create(at: database, recordedBy: "desk")
            try kept.append([.register(Sample.commitment())])
            kept.close()
            var bytes = try Data(contentsOf: database)
            for at in stride(from: 4096, to: bytes.count, by: 7) { bytes[at] ^= 0xa5 }
            try bytes.write(to: database)
            let damaged = refusal {
                let opened = try Tracker.open(at: database, recordedBy: "desk")
                try opened.verify()
                return try opened.view().standings()
            }
            #expect(damaged?.kind == "damaged", "\(damaged as Any)")

            let nonsense = folder.appendingPathComponent("nonsense")
            try Data((0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 31) }).write(to: nonsense)
            #expect(refusal { try Tracker.open(at: nonsense, recordedBy: "desk") } != nil)
        }
    }

    @Test func textComesBackUnchanged() throws {
        let tracker = try Sample.tracker()
        let note = "署名 🖋️ e\u{301} \u{202e}مرحبا\u{10ffff}"
        try tracker.append([.advance("xx/one", to: "under-way", on: Day(2020, 2, 1), note: note)])
        let kept = try tracker.view(on: Day(2020, 2, 1)).standing(of: "xx/one").history.last?.note
        #expect(kept.map { Array($0.unicodeScalars) } == Array(note.unicodeScalars))
    }
}
