import Testing

@testable import Servanda

/// Two ledgers that diverge and merge again.
@Suite struct OfflineTests {
    @Test func contradictingStepsBecomeTheSameConflictOnBothPhones() throws {
        let (one, other) = (try Sample.tracker("one"), try Tracker.inMemory(recordedBy: "other"))
        try other.merge(one.export().entries)
        #expect(try one.digest() == other.digest())
        let known = (one: try one.export().cursor, other: try other.export().cursor)

        try one.append([Sample.step(to: "done", on: Day(2020, 3, 1))])
        try other.append([Sample.step(to: "given-up", on: Day(2020, 2, 1))])
        #expect(try one.digest() != other.digest())

        let (fromOne, fromOther) = (try one.export(since: known.one), try other.export(since: known.other))
        #expect(fromOne.entries.count == 1 && fromOther.entries.count == 1)
        #expect(try one.merge(fromOther.entries) == 1)
        #expect(try other.merge(fromOne.entries) == 1)
        #expect(try one.digest() == other.digest())
        #expect(try one.merge(fromOther.entries) == 0)

        let views = try [one, other].map { try $0.view(on: Day(2020, 4, 1)) }
        let conflicts = try views.map { try $0.conflicts() }
        #expect(conflicts[0] == conflicts[1])
        // The later step becomes a conflict.
        #expect(conflicts[0].map(\.entry) == [fromOther.entries[0].id])
        #expect(try views.map { try $0.standing(of: "xx/one").status } == ["done", "done"])
        #expect(try views.map { try $0.standing(of: "xx/one").conflicts } == conflicts)
        #expect(try views[0].standingsJSON() == views[1].standingsJSON())
    }

    @Test func aKindOfFactFromANewerVersionIsKeptAndReported() throws {
        let tracker = try Sample.tracker()
        let before = try tracker.digest()
        // A newer version might write this: the kind `suspend`, with a correct id.
        let line = try LineOfANewerVersion.suspend(on: "2020-02-01")
        #expect(try tracker.merge(lines: [line]) == 1)
        #expect(try tracker.digest() != before)

        let kept = try #require(tracker.entries().first { $0.kind == "suspend" })
        #expect(kept.line == line)
        #expect(try kept.fact() == .unknown(kind: "suspend"))
        let standing = try tracker.view(on: Day(2020, 3, 1)).standing(of: "xx/one")
        #expect(standing.status == nil)
        #expect(standing.reason?.contains("suspend") == true)
        #expect(try tracker.view(on: Day(2020, 1, 31)).standing(of: "xx/one").status == "planned")

        let other = try Tracker.inMemory(recordedBy: "other")
        try other.merge(tracker.export().entries)
        #expect(try other.digest() == tracker.digest())
        #expect(try other.entries().contains(kept))
        let unwritable = refusal { try tracker.append([Draft(fact: kept.fact(), commitment: "xx/two")]) }
        let text = "the field fact.suspend: this version does not know the kind of fact, and cannot write it"
        #expect(unwritable == Refusal("invalid", "invalid-field", text))
    }
}
