import Foundation
import Testing

@testable import Servanda

@Suite struct Observing {
    @Test func tellsWhatIsNewWithTheStandingsBeforeAndAfter() throws {
        let tracker = try Sample.tracker()
        let heard = Heard()
        let observation = try tracker.observe { heard.add($0) }
        let ids = try tracker.append([Sample.step(to: "under-way", on: Day(2020, 2, 1))])
        let change = try #require(heard.all.first)
        #expect(change.entries.map(\.id) == ids)
        #expect(change.standings.map(\.before?.status) == ["planned"])
        #expect(change.standings.map(\.after?.status) == ["under-way"])
        observation.stop()
        try tracker.append([Sample.step(to: "done", on: Day(2020, 3, 1))])
        #expect(heard.all.count == 1)
    }

    @Test func endsWhenItIsLetGoOf() throws {
        let tracker = try Sample.tracker()
        let heard = Heard()
        do {
            let observation = try tracker.observe { heard.add($0) }
            try tracker.append([Sample.step(to: "under-way", on: Day(2020, 2, 1))])
            withExtendedLifetime(observation) {}
        }
        try tracker.append([Sample.step(to: "done", on: Day(2020, 3, 1))])
        #expect(heard.all.count == 1)
    }

    @Test func aCallbackThatThrowsStopsNothing() throws {
        struct Whatever: Error {}
        let tracker = try Sample.tracker()
        let heard = Heard()
        let observations = [
            try tracker.observe { _ in throw Whatever() },
            try tracker.observe { _ in throw ServandaError.refused(code: "mine", text: "mine", details: "{}") },
            try tracker.observe { heard.add($0) },
        ]
        try tracker.append([Sample.step(to: "under-way", on: Day(2020, 2, 1))])
        try tracker.append([Sample.step(to: "done", on: Day(2020, 3, 1))])
        #expect(heard.all.count == 2)
        observations.forEach { $0.stop() }
    }

    @Test func aCallbackMayAskAppendAndStopItself() throws {
        let tracker = try Sample.tracker()
        let heard = Heard()
        let observation = try tracker.observe { change in
            heard.add(change)
            let standing = try tracker.view(on: Day(2020, 6, 1)).standing(of: "xx/one")
            if standing.status == "under-way" {
                try tracker.append([Sample.step(to: "done", on: Day(2020, 3, 1))])
            } else {
                heard.observation?.stop()
            }
        }
        heard.observation = observation
        try tracker.append([Sample.step(to: "under-way", on: Day(2020, 2, 1))])
        #expect(try tracker.view(on: Day(2020, 6, 1)).standing(of: "xx/one").status == "done")
        try tracker.append([Sample.step(to: "under-way", on: Day(2020, 4, 1))])
        #expect(heard.all.map { $0.standings[0].after?.status } == ["under-way", "done"])
    }

    @Test func changesAreAStreamThatEndsWithTheTracker() async throws {
        let tracker = try Sample.tracker()
        let changes = try tracker.changes()
        try tracker.append([Sample.step(to: "under-way", on: Day(2020, 2, 1))])
        try tracker.append([Sample.step(to: "done", on: Day(2020, 3, 1))])
        tracker.close()
        var statuses: [Slug?] = []
        for await change in changes {
            statuses.append(change.standings[0].after?.status)
        }
        #expect(statuses == ["under-way", "done"])
    }

    @Test func aStreamThatIsCancelledLetsGo() async throws {
        let tracker = try Sample.tracker()
        let changes = try tracker.changes()
        let (started, begun) = AsyncStream.makeStream(of: Void.self)
        let task = Task {
            var count = 0
            for await _ in changes {
                count += 1
                begun.finish()
            }
            return count
        }
        try tracker.append([Sample.step(to: "under-way", on: Day(2020, 2, 1))])
        for await _ in started {}
        task.cancel()
        #expect(await task.value == 1)
        try tracker.append([Sample.step(to: "done", on: Day(2020, 3, 1))])
    }

    @Test func eightThreadsAtOnceAreServedOneAfterTheOther() throws {
        try withFolder { folder in
            for tracker in [
                Tracker.inMemory(recordedBy: "desk"), try Tracker.create(at: folder.appendingPathComponent("desk.db"), recordedBy: "desk"),
                try Tracker.create(at: folder.appendingPathComponent("desk.jsonl"), recordedBy: "desk"),
            ] {
                try tracker.append([.define(Procedure.builtIn("action"))])
                let heard = Heard()
                let observation = try tracker.observe { heard.add($0) }
                let wrong = Heard()
                DispatchQueue.concurrentPerform(iterations: 8) { thread in
                    do {
                        for round in 0..<5 {
                            let id = "xx/thread-\(thread)/round-\(round)"
                            try tracker.append([.register(Sample.commitment(id))])
                            try tracker.append([Sample.step(to: "under-way", on: Day(2020, 2, 1), of: id)])
                            let status = try tracker.view(on: Day(2020, 2, 1)).standing(of: id).status
                            // On this thread nobody would hear of an expectation.
                            if status != "under-way" { wrong.note("\(id): \(status ?? "-")") }
                            _ = try tracker.view().briefs()
                        }
                    } catch {
                        wrong.note("\(error)")
                    }
                }
                observation.stop()
                #expect(wrong.notes == [])
                #expect(try tracker.view(on: Day(2020, 3, 1)).standings(Filter(phase: .active)).count == 40)
                #expect(heard.all.flatMap(\.entries).count == 80)
                try tracker.verify()
            }
        }
    }
}

/// What callbacks have heard.
private final class Heard: @unchecked Sendable {
    private let lock = NSLock()
    private var changes: [LedgerChange] = []
    private var texts: [String] = []
    private var held: LedgerObservation?

    func add(_ change: LedgerChange) { lock.withLock { changes.append(change) } }
    func note(_ text: String) { lock.withLock { texts.append(text) } }
    var all: [LedgerChange] { lock.withLock { changes } }
    var notes: [String] { lock.withLock { texts } }
    var observation: LedgerObservation? {
        get { lock.withLock { held } }
        set { lock.withLock { held = newValue } }
    }
}
