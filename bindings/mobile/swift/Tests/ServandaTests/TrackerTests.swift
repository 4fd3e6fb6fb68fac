import Foundation
import Testing

@testable import Servanda

@Suite struct TrackerTests {
    @Test func aViewHasTheStandingOfACommitment() throws {
        let tracker = try Sample.tracker()
        try tracker.append([Sample.step(to: "under-way", on: Day(2020, 2, 1))])
        let standing = try tracker.view(on: Day(2020, 3, 1)).standing(of: "xx/one")
        #expect(standing.status == "under-way")
        #expect(standing.statusTitle?["en"] == "Under way")
        #expect(standing.phase == .active)
        #expect(standing.verdict == .inProgress)
        #expect(try standing.since?.asDay == Day(2020, 2, 1))
        #expect(standing.history.map(\.status) == ["planned", "under-way"])
        #expect(standing.words?.text == "we shall see")
        let view = try tracker.view(on: Day(2020, 3, 1))
        #expect(try view.timeline(of: "xx/one").contains("2020-02-01  ●  Under way"))
        #expect(try view.tally().hasSuffix("1 commitment\n"))
        #expect(try tracker.view(on: Day(2020, 1, 20)).standing(of: "xx/one").verdict == .pending)
    }

    @Test func whatIsRecordedAlreadyCanBeLeftOut() throws {
        let tracker = try Sample.tracker()
        let party = [Draft.define(Party(id: "xx", names: ["en": "Exland"]))]
        #expect(try tracker.append(party).count == 1)
        #expect(try tracker.append(party, skippingRecorded: true).isEmpty)
    }

    @Test func aRefusedAppendSaysWhatIsAllowedAndChangesNothing() throws {
        let tracker = try Sample.tracker()
        let (before, entries) = (try tracker.digest(), try tracker.entries())
        let refused = refusal { try tracker.append([Sample.step(to: "dne", on: Day(2020, 2, 1))]) }
        #expect(refused?.kind == "unknown" && refused?.code == "unknown-status")
        #expect(refused?.text.contains("did you mean done?") == true, "\(refused as Any)")
        let again = refusal { try tracker.append([Sample.step(to: "planned", on: Day(2020, 2, 1))]) }
        #expect(again?.kind == "refused" && again?.code == "illegal-step")
        #expect(try tracker.digest() == before)
        #expect(try tracker.entries() == entries)
    }

    @Test func everyKindOfFactIsRecorded() throws {
        let tracker = try Sample.tracker()
        let day = try Day(2020, 2, 1)
        let source = Sample.source("record")
        let step = try #require(try tracker.append([.advance("xx/one", to: "under-way", on: PartialDate(2020, 1), by: "xx", note: "It began.")]).last)
        var counted = try Sample.commitment("xx/two")
        counted.target = try Target(value: "1000", unit: "homes", date: PartialDate(2020, 12))
        try tracker.append([.register(counted)])
        try tracker.append([
            .define(Party(id: "xx", names: ["en": "Exland"], identifiers: [Identifier(scheme: "wikidata", value: "Q0")])),
            .define(ProcedureCalendar.dietOfJapan),
            .define(Procedure.builtIn("position")),
            .remark("xx/one", title: "A vote was held", on: day, sources: [source]),
            .attest("xx/one", on: day, sources: [source]),
            .reschedule("xx/one", deadline: PartialDate(2020, 12), on: day),
            .assign("xx/one", body: "xx/works", on: day, role: "lead"),
            .unassign("xx/one", body: "xx/works", on: Day(2020, 2, 20)),
            .measure("xx/two", value: "455", on: day, sources: [source]),
            .repin("xx/two", procedure: Procedure.builtIn("position").reference(), reason: "It is a position.", statuses: ["planned": "holding"]),
            .link("xx/one", relation: .related, to: "xx/two"),
            .cite("xx/one", entry: step, sources: [source]),
            .amend("xx/one", title: "A word given, and taken up"),
            .deposit("xx/one", by: "xx", on: day, instrument: "ratification", share: "0.5", sources: [source]),
            .retract("xx/one", entry: step, reason: "It did not begin."),
        ])
        let standing = try tracker.view(on: Day(2020, 3, 1)).standing(of: "xx/one")
        #expect(standing.status == "planned")
        #expect(standing.title == "A word given, and taken up")
        #expect(try standing.deadline == PartialDate(2020, 12))
        #expect(standing.remarks.map(\.title) == ["A vote was held"])
        #expect(standing.deposits.map(\.share) == ["0.5"])
        #expect(try tracker.view(on: day).standing(of: "xx/one").responsible.map(\.body) == ["xx/works"])
        #expect(try tracker.view(on: day).standing(of: "xx/two").measurement?.share == "0.455")
        #expect(try tracker.view(on: day).standing(of: "xx/two").repins.map(\.statuses) == [["planned": "holding"]])
        #expect(standing.links.map(\.to) == ["xx/two"])
        #expect(try tracker.view().parties().map(\.names) == [["en": "Exland"]])
        #expect(try tracker.view().procedures().map(\.id) == ["action", "position"])
        let kinds = try Set(tracker.entries().map(\.kind))
        let all: Set = ["register", "advance", "deposit", "cite", "remark", "attest", "reschedule", "assign", "unassign", "measure", "repin", "amend", "link", "retract", "define"]
        #expect(kinds == all)
        for entry in try tracker.entries() {
            #expect(try Entry(line: entry.line) == entry)
            if case .unknown = try entry.fact() { Issue.record("not understood: \(entry.line)") }
        }
    }

    @Test func everyQuestionIsAnswered() throws {
        let tracker = try Sample.tracker()
        try tracker.append([
            .register(Commitment(
                id: "xx/one/part", title: "A part of it", procedure: .builtIn("action"), by: ["xx"], made: Day(2020, 1, 10),
                obligation: .result, words: Words(text: "and this too", source: Sample.source()), deadline: Day(2020, 6, 30),
                partOf: "xx/one", to: ["yy"], topics: ["bases"])),
            Sample.step(to: "under-way", on: Day(2020, 2, 1)),
        ])
        let (then, now) = (try tracker.view(on: Day(2020, 1, 15)), try tracker.view(on: Day(2020, 5, 1)))
        #expect(try now.day == Day(2020, 5, 1))
        #expect(try now.standings().map(\.commitment) == ["xx/one", "xx/one/part"])
        #expect(try now.standings(Filter(topic: "bases")).map(\.commitment) == ["xx/one/part"])
        #expect(try now.summaries().map(\.verdict) == [.inProgress, .pending])
        #expect(try now.summaries(Filter(topic: "bases")).map(\.commitment) == ["xx/one/part"])
        #expect(try now.outlook(for: "xx/one").next.map(\.to).contains("done"))
        #expect(try now.outlook(for: "xx/one", to: "done").asked?.refused?.code == now.whyNot("xx/one", to: "done")?.code)
        #expect(try now.whyNot("xx/one", to: "stalled") == nil)
        #expect(try now.agenda(from: Day(2020, 5, 1), through: Day(2020, 12, 31)).items.map(\.day.asDay) == [Day(2020, 6, 30)])
        #expect(try now.standings(Filter(timeliness: .onTime)).map(\.commitment) == ["xx/one/part"])
        #expect(try now.on(Day(2020, 7, 1)).summaries(Filter(timeliness: .overdue)).map(\.commitment) == ["xx/one/part"])
        #expect(try now.changes(since: then).commitments.map(\.status?.after) == ["under-way"])
        #expect(try now.parts(of: "xx/one").count == 1)
        #expect(try now.stale(forAtLeast: 100).map(\.commitment) == ["xx/one/part"])
        #expect(try now.conflicts() == [])
        let prepared = try tracker.prepare([Sample.step(to: "done", on: Day(2020, 4, 1))])
        #expect(try now.with(prepared).standing(of: "xx/one").verdict == .kept)
        #expect(try now.standing(of: "xx/one").verdict == .inProgress)
        try now.check([Sample.step(to: "done", on: Day(2020, 4, 1))])
        let start = try #require(tracker.entries().first?.id.prefix(12))
        #expect(try tracker.entries(like: String(start)).count == 1)
    }

    @Test func aStepInAKnownMonthMayHaveBeenTakenWithinIt() throws {
        let tracker = try Sample.tracker()
        let month = try PartialDate(2020, 3)
        try tracker.append([.advance("xx/one", to: "done", on: month, sources: [Sample.source()])])
        let view = try tracker.view(on: Day(2020, 3, 15))
        #expect(try view.standing(of: "xx/one").status == "planned")
        #expect(try view.standing(of: "xx/one").mayHave.map(\.status) == ["done"])
        #expect(try view.summaries().map(\.mayHave) == [["done"]])
        let april = try view.on(Day(2020, 4, 1))
        #expect(try april.standing(of: "xx/one").since == month)
        #expect(try april.standing(of: "xx/one").mayHave == [])
        let change = try #require(april.changes(since: view).commitments.first)
        #expect(change.since?.after == month)
        #expect(change.mayHave.removed.map(\.status) == ["done"])
    }

    @Test func aRetractedStepIsInTheLogAndInTheStandingWithTheReason() throws {
        let tracker = try Sample.tracker()
        let step = try #require(
            try tracker.append([.remark("xx/one", title: "A hearing", on: PartialDate(2020, 2))]).first)
        try tracker.append([.retract("xx/one", entry: step, reason: "Misread")])
        let view = try tracker.view(on: Day(2020, 3, 1))
        let log = try view.log(LogFilter(commitment: ["xx/one"], limit: 2))
        #expect(log.map(\.entry.kind) == ["retract", "remark"])
        #expect(log.map { $0.retracted?.reason } == [nil, "Misread"])
        let standing = try view.standing(of: "xx/one")
        #expect(standing.corrections == 1)
        #expect(standing.retracted.map(\.remark) == ["A hearing"])
    }

    @Test func aMatterWithoutAPromiseHasAStatusAndNoVerdict() throws {
        let tracker = try Tracker.inMemory(recordedBy: "desk")
        let opening = try Opening(
            status: "under-way", on: PartialDate(2020, 1), clocksNotStarted: ["second"], clocksStarted: ["first": PartialDate(2019, 12)])
        let bill = try Commitment(
            id: "xx/bill", title: "A bill", procedure: .builtIn("action"), by: ["xx"], made: PartialDate(2020), opening: opening)
        #expect(bill.words == nil && bill.obligation == nil)
        #expect(bill.opening == opening)
        try tracker.append([
            .register(Commitment(id: "xx/bill", title: "A bill", procedure: .builtIn("action"), by: ["xx"], made: PartialDate(2020)))
        ])
        let standing = try tracker.view(on: Day(2021, 1, 1)).standing(of: "xx/bill")
        #expect(try standing.made == PartialDate(2020))
        #expect(standing.status == "planned")
        #expect(standing.verdict == nil && standing.timeliness == nil && standing.words == nil)
    }

    @Test func answersAsJSONAreObjects() throws {
        let view = try Sample.tracker().view(on: Day(2020, 1, 20))
        let answers = try [
            view.standingJSON(of: "xx/one"), view.standingsJSON(), view.outlookJSON(for: "xx/one"), view.conflictsJSON(), view.partiesJSON(),
            view.proceduresJSON(), view.partsJSON(of: "xx/one"), view.staleJSON(forAtLeast: 1), view.logJSON(), view.changesJSON(since: view),
            view.agendaJSON(from: Day(2020, 1, 1), through: Day(2020, 12, 31)),
        ]
        for answer in answers {
            _ = try JSONSerialization.jsonObject(with: Data(answer.utf8))
        }
        #expect(answers[0].hasPrefix(#"{"by":["xx"],"#))
    }

    @Test func wordsAreTheSameAsInTheLibrary() throws {
        #expect(try Phase.allCases.map { try ValueType.phase.check($0.description) } == Phase.allCases.map(\.description))
        #expect(try Verdict.allCases.map { try ValueType.verdict.check($0.description) } == Verdict.allCases.map(\.description))
        #expect(try Timeliness.allCases.map { try ValueType.timeliness.check($0.description) } == Timeliness.allCases.map(\.description))
        #expect(try Obligation.allCases.map { try ValueType.obligation.check($0.description) } == Obligation.allCases.map(\.description))
        #expect(try Relation.allCases.map { try ValueType.relation.check($0.description) } == Relation.allCases.map(\.description))
        #expect(refusal { try ValueType.slug.check("No Slug") }?.code == "invalid-slug")
    }

    @Test func filesOfBothKindsKeepTheLedger() throws {
        try withFolder { folder in
            for name in ["desk.db", "desk.jsonl"] {
                let file = folder.appendingPathComponent(name)
                let digest = try {
                    let tracker = try Tracker.create(at: file, recordedBy: "desk")
                    try tracker.append([.register(Sample.commitment())])
                    return try tracker.digest()
                }()
                let again = try Tracker.open(at: file, recordedBy: "desk")
                #expect(try again.digest() == digest)
                #expect(try again.verify() == again.entries().count)
                let other = try Tracker.open(at: file, recordedBy: "other")
                try other.append([Sample.step(to: "under-way", on: Day(2020, 2, 1))])
                #expect(try again.refresh())
                #expect(try !again.refresh())
                #expect(try again.view(on: Day(2020, 2, 2)).standing(of: "xx/one").status == "under-way")
            }
        }
    }

    @Test func definitionsAreReadFromTOML() throws {
        #expect(Set(Procedure.builtIn.map(\.id)).isSuperset(of: ["action", "position", "diet-treaty-approval"]))
        #expect(try Procedure.builtIn("action").reference() == Sample.commitment().procedure)
        #expect(try ClockRule.ofTreaty("cptpp").treaty != nil)
        #expect(refusal { try Procedure(toml: "id = 1", file: "mine.toml") }?.code == "procedure-refused")
        #expect(refusal { try ProcedureCalendar(toml: "") }?.code == "calendar-refused")
        #expect(refusal { try ClockRule(treatyTOML: "") }?.code == "entry-into-force-refused")
        #expect(refusal { try Commitment(toml: "") }?.code == "commitment-refused")
        #expect(refusal { try Procedure.builtIn("nothing-like-it") }?.code == "no-procedure")
        #expect(refusal { try ClockRule.ofTreaty("nothing-like-it") }?.kind == "invalid")
    }
}
