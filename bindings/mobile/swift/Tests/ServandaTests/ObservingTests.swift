import Foundation
import Testing

@testable import Servanda

@Suite struct ObserverTests {
    @Test func anObserverGetsTheNewEntriesAndTheStandings() throws {
        let tracker = try Sample.tracker()
        let received = Received()
        let observer = try tracker.observe { received.add($0) }
        let ids = try tracker.append([Sample.step(to: "under-way", on: Day(2020, 2, 1))])
        let change = try #require(received.all.first)
        #expect(change.entries.map(\.id) == ids)
        #expect(change.standings.map(\.before?.status) == ["planned"])
        #expect(change.standings.map(\.after?.status) == ["under-way"])
        observer.stop()
        try tracker.append([Sample.step(to: "done", on: Day(2020, 3, 1))])
        #expect(received.all.count == 1)
    }

    @Test func anObserverEndsWhenItIsNoLongerReferenced() throws {
        let tracker = try Sample.tracker()
        let received = Received()
        do {
            let observer = try tracker.observe { received.add($0) }
            try tracker.append([Sample.step(to: "under-way", on: Day(2020, 2, 1))])
            withExtendedLifetime(observer) {}
        }
        try tracker.append([Sample.step(to: "done", on: Day(2020, 3, 1))])
        #expect(received.all.count == 1)
    }

    @Test func aCallbackThatThrowsDoesNotUndoTheAppend() throws {
        struct Whatever: Error {}
        let tracker = try Sample.tracker()
        let received = Received()
        let observers = [
            try tracker.observe { _ in throw Whatever() },
            try tracker.observe { _ in throw ServandaError.refused(code: "mine", text: "mine", details: "{}") },
            try tracker.observe { received.add($0) },
        ]
        try tracker.append([Sample.step(to: "under-way", on: Day(2020, 2, 1))])
        try tracker.append([Sample.step(to: "done", on: Day(2020, 3, 1))])
        #expect(received.all.count == 2)
        observers.forEach { $0.stop() }
    }

    @Test func aCallbackMayAskAppendAndStopItsObserver() throws {
        let tracker = try Sample.tracker()
        let received = Received()
        let observer = try tracker.observe { change in
            received.add(change)
            let standing = try tracker.view(on: Day(2020, 6, 1)).standing(of: "xx/one")
            if standing.status == "under-way" {
                try tracker.append([Sample.step(to: "done", on: Day(2020, 3, 1))])
            } else {
                received.observer?.stop()
            }
        }
        received.observer = observer
        try tracker.append([Sample.step(to: "under-way", on: Day(2020, 2, 1))])
        #expect(try tracker.view(on: Day(2020, 6, 1)).standing(of: "xx/one").status == "done")
        try tracker.append([Sample.step(to: "under-way", on: Day(2020, 4, 1))])
        #expect(received.all.map { $0.standings[0].after?.status } == ["under-way", "done"])
    }

    @Test func theStreamOfChangesEndsWithTheTracker() async throws {
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

    @Test func aCancelledStreamReleasesItsObserver() async throws {
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

    @Test func eightThreadsAppendAndAskAtOnce() throws {
        try withFolder { folder in
            for tracker in [
                try Tracker.inMemory(recordedBy: "desk"), try Tracker.create(at: folder.appendingPathComponent("desk.db"), recordedBy: "desk"),
                try Tracker.create(at: folder.appendingPathComponent("desk.jsonl"), recordedBy: "desk"),
            ] {
                try tracker.append([.define(Procedure.builtIn("action"))])
                let received = Received()
                let observer = try tracker.observe { received.add($0) }
                let wrong = Received()
                DispatchQueue.concurrentPerform(iterations: 8) { thread in
                    do {
                        for round in 0..<5 {
                            let id = "xx/thread-\(thread)/round-\(round)"
                            try tracker.append([.register(Sample.commitment(id))])
                            try tracker.append([Sample.step(to: "under-way", on: Day(2020, 2, 1), of: id)])
                            let status = try tracker.view(on: Day(2020, 2, 1)).standing(of: id).status
                            // An expectation would be lost on this thread.
                            if status != "under-way" { wrong.note("\(id): \(status ?? "-")") }
                            _ = try tracker.view().summaries()
                        }
                    } catch {
                        wrong.note("\(error)")
                    }
                }
                observer.stop()
                #expect(wrong.notes == [])
                #expect(try tracker.view(on: Day(2020, 3, 1)).standings(Filter(phase: .active)).count == 40)
                #expect(received.all.flatMap(\.entries).count == 80)
                try tracker.verify()
            }
        }
    }
}

/// The changes and texts that callbacks have received.
private final class Received: @unchecked Sendable {
    private let lock = NSLock()
    private var changes: [LedgerChange] = []
    private var texts: [String] = []
    private var kept: Observer?

    func add(_ change: LedgerChange) { lock.withLock { changes.append(change) } }
    func note(_ text: String) { lock.withLock { texts.append(text) } }
    var all: [LedgerChange] { lock.withLock { changes } }
    var notes: [String] { lock.withLock { texts } }
    var observer: Observer? {
        get { lock.withLock { kept } }
        set { lock.withLock { kept = newValue } }
    }
}
