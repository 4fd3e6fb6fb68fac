import Foundation

@testable import Servanda

/// From the JSON of a draft to the typed calls of Swift.
enum CaseDrafts {
    static func batch(_ drafts: [JSON]) throws -> [Draft] {
        try drafts.flatMap { given in
            try Array(repeating: draft(given), count: given["times"].number ?? 1)
        }
    }

    static func filter(_ given: JSON) throws -> Filter {
        let known: Set = ["party", "procedure", "phase", "verdict", "obligation", "topic", "part_of"]
        if let other = given.object?.keys.first(where: { !known.contains($0) }) { throw Unreadable(what: other) }
        return Filter(
            party: given["party"].text, procedure: given["procedure"].text, phase: try word(given["phase"]),
            verdict: try word(given["verdict"]), obligation: try word(given["obligation"]), topic: given["topic"].text,
            partOf: given["part_of"].text)
    }

    private static func draft(_ given: JSON) throws -> Draft {
        guard let (kind, body) = given["fact"].object?.first else { throw Unreadable(what: "no fact: \(given)") }
        return Draft(
            fact: try fact(kind, body, of: given["commitment"].text ?? ""), commitment: given["commitment"].text,
            on: try optional(given["on"], date), after: given["after"].text, recordedAt: try optional(given["recorded_at"], moment))
    }

    private static func fact(_ kind: String, _ body: JSON, of commitment: String) throws -> Fact {
        let sources = try (body["sources"].array ?? []).map(source)
        let note = body["note"].text
        return switch kind {
        case "register": .register(commitment: try register(body, as: commitment))
        case "advance": .advance(to: try text(body["to"]), by: body["by"].text, sources: sources, note: note)
        case "deposit":
            .deposit(
                by: try text(body["by"]), instrument: body["instrument"].text, share: body["share"].text, sources: sources, note: note)
        case "cite": .cite(entry: try text(body["entry"]), sources: sources, note: note)
        case "remark": .remark(title: try text(body["title"]), sources: sources, note: note)
        case "attest": .attest(sources: sources, note: note)
        case "reschedule": .reschedule(deadline: try date(body["deadline"]), sources: sources, note: note)
        case "amend":
            .amend(title: body["title"].text, topics: body["topics"].array?.compactMap(\.text), entry: body["entry"].text, note: note)
        case "link": .link(to: try text(body["to"]), relation: try required(word(body["relation"])), sources: sources, note: note)
        case "retract": .retract(entry: try text(body["entry"]), reason: try text(body["reason"]))
        case "define" where !body["party"].isNull: .defineParty(party: try party(body["party"]))
        case "define" where !body["procedure"].isNull: .defineProcedure(procedure: try procedure(body["procedure"]))
        case "define" where !body["calendar"].isNull: .defineCalendar(calendar: try calendar(body["calendar"]))
        default: throw Unreadable(what: kind)
        }
    }

    private static func register(_ body: JSON, as id: String) throws -> Commitment {
        let words = body["words"].isNull ? Words(text: "we shall see", source: try source(.text("gazette"))) : try words(body["words"])
        let opening = try optional(body["opening"]) { opening in
            Opening(
                status: try text(opening["status"]), on: try date(opening["on"]),
                sources: try (opening["sources"].array ?? []).map(source), note: opening["note"].text)
        }
        let pin = body["procedure"].object == nil ? try procedure(body["procedure"]).pin() : try pin(body["procedure"])
        return Commitment(
            id: id, title: body["title"].text ?? "A word given", procedure: pin, by: body["by"].array?.compactMap(\.text) ?? ["xx"],
            made: try day(body["made"]), obligation: try required(word(body["obligation"])), words: words,
            rules: try (body["rules"].object ?? [:]).mapValues(rule), to: body["to"].array?.compactMap(\.text) ?? [],
            deadline: try optional(body["deadline"], date), topics: body["topics"].array?.compactMap(\.text) ?? [],
            partOf: body["part_of"].text, opening: opening)
    }

    private static func pin(_ given: JSON) throws -> ProcedureRef {
        guard let version = given["version"].number else { throw Unreadable(what: "\(given)") }
        return ProcedureRef(id: try text(given["id"]), version: UInt32(version), digest: try text(given["digest"]))
    }

    private static func rule(_ given: JSON) throws -> ClockRule {
        ClockRule(
            basis: try text(given["basis"]), rule: try clockRule(given["rule"]), deposits: given["deposits"].number.map(UInt32.init),
            treaty: given["treaty"].isNull ? nil : try given["treaty"].written)
    }

    private static func clockRule(_ given: JSON) throws -> Rule {
        guard let (kind, body) = given.object?.first, let count = body["count"].number.map(UInt32.init) else {
            throw Unreadable(what: "\(given)")
        }
        let counted = Counted(
            count: count, firstDayCounts: body["first_day_counts"] == .flag(true), exceptRecessOf: body["except_recess_of"].text)
        return switch kind {
        case "days": .days(counted)
        case "full-days": .fullDays(counted)
        case "months": .months(count: count)
        case "first-of-month": .firstOfMonth(count: count)
        default: throw Unreadable(what: kind)
        }
    }

    private static func party(_ given: JSON) throws -> Party {
        let identifiers = try (given["identifiers"].array ?? []).map {
            Identifier(scheme: try text($0["scheme"]), value: try text($0["value"]))
        }
        return Party(id: try text(given["id"]), names: (given["names"].object ?? [:]).compactMapValues(\.text), identifiers: identifiers)
    }

    private static func procedure(_ given: JSON) throws -> Procedure {
        let name = try text(given)
        return name.hasSuffix(".toml") ? try Procedure(toml: CaseFile.text(of: name), file: name) : try Procedure.builtIn(name)
    }

    private static func calendar(_ given: JSON) throws -> ProcedureCalendar {
        let name = try text(given)
        return name.hasSuffix(".toml") ? try ProcedureCalendar(toml: CaseFile.text(of: name), file: name) : .dietOfJapan
    }

    private static func words(_ given: JSON) throws -> Words {
        Words(text: try text(given["text"]), source: try source(given["source"]))
    }

    private static func source(_ given: JSON) throws -> Source {
        if let name = given.text { return Sample.source(name) }
        return Source(
            title: try text(given["title"]), url: try text(given["url"]), publisher: given["publisher"].text,
            published: try optional(given["published"], date), language: given["language"].text, quotation: given["quotation"].text,
            archived: given["archived"].text)
    }

    private static func text(_ given: JSON) throws -> String {
        try required(given.text)
    }

    private static func day(_ given: JSON) throws -> Day {
        try required(given.text.flatMap { Day($0) })
    }

    private static func date(_ given: JSON) throws -> PartialDate {
        try required(given.text.flatMap { PartialDate($0) })
    }

    private static func moment(_ given: JSON) throws -> Moment {
        try required(given.text.flatMap { Moment($0) })
    }

    private static func optional<Value>(_ given: JSON, _ read: (JSON) throws -> Value) throws -> Value? {
        given.isNull ? nil : try read(given)
    }

    static func required<Value>(_ value: Value?) throws -> Value {
        guard let value else { throw Unreadable(what: "no \(Value.self)") }
        return value
    }

    /// The case of an enumeration that a word such as `in-progress` means.
    static func word<Word: CaseIterable>(_ given: JSON) throws -> Word? {
        guard let text = given.text else { return nil }
        let letters = text.replacingOccurrences(of: "-", with: "")
        // By the name of the case, not by what it prints.
        return try required(Word.allCases.first { String(reflecting: $0).split(separator: ".").last?.lowercased() == letters })
    }
}
