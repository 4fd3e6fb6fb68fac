import Foundation

@testable import Servanda

/// Reads drafts from JSON, with the types of Swift.
enum CaseDrafts {
    static func batch(_ drafts: [JSON]) throws -> [Draft] {
        try drafts.flatMap { given in
            try Array(repeating: draft(given), count: given["times"].number ?? 1)
        }
    }

    static func filter(_ given: JSON) throws -> Filter {
        let known: Set = ["party", "procedure", "phase", "verdict", "timeliness", "obligation", "topic", "part_of", "body"]
        if let other = given.object?.keys.first(where: { !known.contains($0) }) { throw Unreadable(what: other) }
        return Filter(
            party: given["party"].text, procedure: given["procedure"].text, phase: try word(given["phase"]),
            verdict: try word(given["verdict"]), timeliness: try word(given["timeliness"]),
            obligation: try word(given["obligation"]), topic: given["topic"].text, partOf: given["part_of"].text,
            body: given["body"].text)
    }

    static func logFilter(_ given: JSON) throws -> LogFilter {
        let known: Set = ["commitment", "kind", "limit", "recorded_by", "since", "until"]
        if let other = given.object?.keys.first(where: { !known.contains($0) }) { throw Unreadable(what: other) }
        func texts(_ key: String) -> [String] { given[key].array?.compactMap(\.text) ?? [] }
        return LogFilter(
            commitment: texts("commitment"), kind: texts("kind"), limit: given["limit"].number.map { UInt32($0) },
            recordedBy: texts("recorded_by"), since: given["since"].text.flatMap { Moment($0) },
            until: given["until"].text.flatMap { Moment($0) })
    }

    private static func draft(_ given: JSON) throws -> Draft {
        guard let (kind, body) = given["fact"].object?.first else { throw Unreadable(what: "no fact: \(given)") }
        return Draft(
            fact: try fact(kind, body, of: given["commitment"].text ?? ""), commitment: given["commitment"].text,
            on: try optional(given["on"], date), after: given["after"].text,
            published: try optional(given["published"], date), recordedAt: try optional(given["recorded_at"], moment))
    }

    private static func fact(_ kind: String, _ body: JSON, of commitment: String) throws -> Fact {
        switch kind {
        case "register": .register(commitment: try register(body, as: commitment))
        case "define" where !body["party"].isNull: .defineParty(party: try party(body["party"]))
        case "define" where !body["procedure"].isNull: .defineProcedure(procedure: try procedure(body["procedure"]))
        case "define" where !body["calendar"].isNull: .defineCalendar(calendar: try calendar(body["calendar"]))
        case "define" where !body["topic"].isNull:
            .defineTopic(topic: Topic(id: try text(body["topic"]["id"]), names: names(body["topic"]["names"])))
        default: try required(fact(kind, body))
        }
    }

    static func sources(_ given: JSON) throws -> [Source] {
        try (given.array ?? []).map(source)
    }

    /// The reference to a procedure: of a file, built in, or spelt out.
    static func reference(_ given: JSON) throws -> ProcedureRef {
        given.object == nil ? try procedure(given).reference() : try procedureRef(given)
    }

    private static func register(_ body: JSON, as id: String) throws -> Commitment {
        let usual = body["obligation"].isNull ? nil : Words(text: "we shall see", source: try source(.text("gazette")))
        let opening = try optional(body["opening"]) { opening in
            Opening(
                status: try text(opening["status"]), on: try date(opening["on"]),
                clocksNotStarted: opening["clocks_not_started"].array?.compactMap(\.text) ?? [],
                clocksStarted: try (opening["clocks_started"].object ?? [:]).mapValues(date),
                sources: try sources(opening["sources"]), note: opening["note"].text)
        }
        return Commitment(
            id: id, title: body["title"].text ?? "A word given", procedure: try reference(body["procedure"]), by: body["by"].array?.compactMap(\.text) ?? ["xx"],
            made: try date(body["made"]), obligation: try word(body["obligation"]),
            words: try optional(body["words"], words) ?? usual, deadline: try optional(body["deadline"], date),
            identifiers: try identifiers(body["identifiers"]), language: body["language"].text,
            opening: opening, partOf: body["part_of"].text,
            responsible: try (body["responsible"].array ?? []).map {
                Responsible(body: try text($0["body"]), role: $0["role"].text)
            },
            rules: try (body["rules"].object ?? [:]).mapValues(rule),
            target: try optional(body["target"]) {
                Target(value: try text($0["value"]), unit: try text($0["unit"]), date: try optional($0["date"], date))
            },
            titles: names(body["titles"]), to: body["to"].array?.compactMap(\.text) ?? [],
            topics: body["topics"].array?.compactMap(\.text) ?? [])
    }

    private static func procedureRef(_ given: JSON) throws -> ProcedureRef {
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
            count: count, exceptRecessOf: body["except_recess_of"].text, firstDayCounts: body["first_day_counts"] == .flag(true),
            withinPeriodsOf: body["within_periods_of"].text)
        return switch kind {
        case "days": .days(counted)
        case "full-days": .fullDays(counted)
        case "months": .months(count: count)
        case "weeks": .weeks(count: count)
        case "years": .years(count: count)
        case "first-of-month": .firstOfMonth(count: count)
        case "first-of-month-after-days": .firstOfMonthAfterDays(count: count)
        default: throw Unreadable(what: kind)
        }
    }

    private static func party(_ given: JSON) throws -> Party {
        Party(id: try text(given["id"]), names: names(given["names"]), identifiers: try identifiers(given["identifiers"]))
    }

    static func names(_ given: JSON) -> [String: String] {
        (given.object ?? [:]).compactMapValues(\.text)
    }

    static func identifiers(_ given: JSON) throws -> [Identifier] {
        try (given.array ?? []).map { Identifier(scheme: try text($0["scheme"]), value: try text($0["value"])) }
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
        Words(
            text: try text(given["text"]), source: try source(given["source"]), language: given["language"].text,
            translations: names(given["translations"]))
    }

    private static func source(_ given: JSON) throws -> Source {
        if let name = given.text { return Sample.source(name) }
        return Source(
            title: try text(given["title"]), url: given["url"].text, archive: given["archive"].text,
            archived: given["archived"].text, identifier: given["identifier"].text, language: given["language"].text,
            page: given["page"].text, published: try optional(given["published"], date),
            publisher: given["publisher"].text, quotation: given["quotation"].text)
    }

    static func text(_ given: JSON) throws -> String {
        try required(given.text)
    }

    static func day(_ given: JSON) throws -> Day {
        try required(given.text.flatMap { Day($0) })
    }

    static func date(_ given: JSON) throws -> PartialDate {
        try required(given.text.flatMap { PartialDate($0) })
    }

    static func moment(_ given: JSON) throws -> Moment {
        try required(given.text.flatMap { Moment($0) })
    }

    static func optional<Value>(_ given: JSON, _ read: (JSON) throws -> Value) throws -> Value? {
        given.isNull ? nil : try read(given)
    }

    static func required<Value>(_ value: Value?) throws -> Value {
        guard let value else { throw Unreadable(what: "no \(Value.self)") }
        return value
    }

    /// The case of an enumeration for a word such as `in-progress`.
    static func word<Word: CaseIterable>(_ given: JSON) throws -> Word? {
        guard let text = given.text else { return nil }
        let letters = { (text: String) in text.replacingOccurrences(of: "-", with: "").lowercased() }
        // Some vocabularies have a description, which is the word, and others only the name of the
        // case.
        return try required(
            Word.allCases.first { String(reflecting: $0).split(separator: ".").last.map(String.init).map(letters) == letters(text) })
    }
}
