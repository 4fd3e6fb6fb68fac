import Foundation

@testable import Servanda

/// The state of a case: trackers, the time, a folder, and names for ids.
struct World {
    private let folder: URL
    private var now: Moment?
    private var trackers: [String: Tracker] = [:]
    private var cursors: [String: String] = [:]
    private var names: [String: String]
    private var kept: [String: String] = [:]

    init(folder: URL) {
        self.folder = folder
        names = ["folder": folder.path]
    }

    /// The outcome of a step.
    enum Outcome {
        /// An answer that is a single value.
        case plain(JSON)
        /// An answer whose digest a case can also state.
        case digested(String)
        /// A step that this runner leaves out: Swift makes drafts by calls and does not read them
        /// from JSON.
        case leftOut
        case refused(code: String, kind: String?, text: String, details: String)
    }

    /// Runs a step, and returns how its outcome differs from the expected one.
    mutating func check(_ step: JSON) throws -> [String] {
        let outcome: Outcome
        do {
            outcome = try take(named(step))
        } catch let error as ServandaError {
            outcome = .refused(code: error.code, kind: error.kind, text: error.text, details: error.details)
        }
        let (expected, error) = (named(step["answer"]), named(step["error"]))
        var wrong: [String] = []
        switch outcome {
        case .leftOut: break
        case .refused(let code, let kind, let text, let details):
            if error.isNull { return ["it failed: \(code): \(text)"] }
            var found: [String: JSON] = ["code": .text(code), "text": .text(text), "details": try JSON.parsed(details)]
            // An error that is an answer has no kind.
            found["family"] = kind.map(JSON.text) ?? error["family"]
            wrong = differences("error", error, .object(found))
        case .plain(let answer) where error.isNull:
            if step.object?["answer"] != nil { wrong = differences("answer", expected, answer) }
            if !step["ids"].isNull { wrong += differences("ids", named(step["ids"]), answer) }
        case .digested(let text) where error.isNull:
            if step.object?["answer"] != nil { wrong = differences("answer", expected, try JSON.parsed(text)) }
            if let digest = step["json"].text, digest != "sha256:" + SHA256.hex(of: text) { wrong.append("json: \(text)") }
            if let name = step["keep"].text { kept[name] = text }
            if let name = step["same_as"].text, kept[name] != text { wrong.append("differs from \(name): \(text)") }
        case .plain, .digested: wrong = ["expected the error \(error)"]
        }
        return wrong
    }

    /// Replaces names in the JSON by the ids, or the folder, that they stand for. The longest name
    /// is replaced first.
    private func named(_ value: JSON) -> JSON {
        switch value {
        case .text(let text) where text.contains("$"):
            .text(names.sorted { $0.key.count > $1.key.count }.reduce(text) { $0.replacingOccurrences(of: "$" + $1.key, with: $1.value) })
        case .array(let array): .array(array.map(named))
        case .object(let object): .object(object.mapValues(named))
        default: value
        }
    }

    private mutating func tracker(_ name: String) throws -> Tracker {
        let tracker = try trackers[name] ?? Tracker.inMemory(recordedBy: name)
        trackers[name] = tracker
        return try now.map(tracker.at) ?? tracker
    }

    private mutating func take(_ given: JSON) throws -> Outcome {
        if let text = given["now"].text { now = Moment(text) }
        let name = given["tracker"].text ?? "desk"
        if let drafts = given["append"].array {
            let ids = try tracker(name).append(CaseDrafts.batch(drafts))
            for (draft, id) in zip(drafts.reversed(), ids.reversed()) {
                if let name = draft["as"].text { names[name] = id }
            }
            return .plain(.array(ids.map(JSON.text)))
        } else if let drafts = given["prepare"].array {
            return try .plain(.array(tracker(name).prepare(CaseDrafts.batch(drafts)).map { .text($0.id) }))
        } else if let other = given["merge"].text {
            let cursor = given["since"].text.flatMap { cursors[$0] }
            var entries = try tracker(other).export(since: cursor).entries
            if let only = given["only"].array { entries.removeAll { !only.contains(.text($0.id)) } }
            return try .plain(.number(tracker(name).merge(entries)))
        } else if let lines = given["merge_lines"].array?.compactMap(\.text) {
            let merged = try tracker(name).merge(lines: lines)
            for (name, line) in zip(given["as"].array ?? [], lines) {
                if let name = name.text { names[name] = try Entry(line: line).id }
            }
            return .plain(.number(merged))
        } else if let since = given.object?["export"] {
            let export = try tracker(name).export(since: since.text.map { cursors[$0] ?? $0 })
            if let name = given["as"].text { cursors[name] = export.cursor }
            return .plain(.object(["entries": .number(export.entries.count)]))
        } else if let file = given["open"].text {
            let path = try put(file, given)
            trackers[name] = try Tracker.open(at: path, recordedBy: name)
            return .plain(.null)
        } else if let file = given["create"].text {
            let path = try put(file, given)
            trackers[name] = try Tracker.create(at: path, recordedBy: name)
            return .plain(.null)
        } else if let question = given["ask"].text {
            return try ask(question, given, name)
        } else if let type = given["parse"].text {
            return try parse(type, given["text"].text ?? "")
        } else if let kind = given["read"].text {
            return try read(kind, given)
        }
        throw Unreadable(what: "a step that has nothing to do: \(given)")
    }

    /// Writes the file or folder of a step.
    private func put(_ name: String, _ given: JSON) throws -> URL {
        let path = folder.appendingPathComponent(name)
        if let text = given["text"].text {
            let written = given["times"].number.map { String(repeating: text, count: $0) + "\n" } ?? text
            try written.write(to: path, atomically: false, encoding: .utf8)
        } else if let hex = given["hex"].text {
            let digits = Array(hex)
            let bytes = stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0..<$0 + 2]), radix: 16) }
            try Data(bytes).write(to: path)
        } else if let from = given["copy"].text {
            try Data(contentsOf: CaseFile.folder.appendingPathComponent(from)).write(to: path)
        } else if given["folder"] == .flag(true) {
            try FileManager.default.createDirectory(at: path, withIntermediateDirectories: false)
        }
        return path
    }

    private mutating func view(_ tracker: Tracker, _ given: JSON) throws -> LedgerView {
        try tracker.view(
            on: given["on"].text.flatMap { Day($0) }, knownAt: given["known_at"].text.flatMap { Moment($0) },
            asPublished: given["as_published"].text.flatMap { Day($0) },
            inLanguages: given["languages"].array?.compactMap(\.text) ?? [])
    }

    private mutating func ask(_ question: String, _ given: JSON, _ name: String) throws -> Outcome {
        let tracker = try tracker(name)
        let view = try view(tracker, given)
        if question == "log" { return try .digested(view.logJSON(CaseDrafts.logFilter(given["filter"]))) }
        let filter = try CaseDrafts.filter(given["filter"])
        let of = given["of"].text ?? ""
        func day(_ key: String) throws -> Day { try Day(of: key, in: given["span"]) }
        switch question {
        case "standing": return try .digested(view.standingJSON(of: of))
        case "standing_with_links": return try .digested(view.standingWithLinksJSON(of: of))
        case "resolve": return .plain(.text(try view.resolve(of)))
        case "standings": return try .digested(view.standingsJSON(filter))
        case "why_not":
            guard let problem = try view.whyNot(of, to: given["to"].text ?? "") else { return .plain(.null) }
            return .refused(code: problem.code, kind: nil, text: problem.text, details: problem.details)
        case "agenda": return try .digested(view.agendaJSON(from: day("first"), through: day("last"), filter: filter))
        case "changes":
            let other = try given["before"]["tracker"].text.map { try self.tracker($0) } ?? tracker
            return try .digested(view.changesJSON(since: self.view(other, given["before"]), filter: filter))
        case "parts": return try .digested(view.partsJSON(of: of, filter: filter))
        case "bodies": return try .digested(view.bodiesJSON(filter))
        case "stale": return try .digested(view.staleJSON(forAtLeast: given["days"].number ?? 0, filter: filter))
        case "conflicts": return try .digested(view.conflictsJSON())
        case "procedures": return try .digested(view.proceduresJSON())
        case "parties": return try .digested(view.partiesJSON())
        case "topics": return try .digested(view.topicsJSON())
        case "procedure":
            return try .digested(view.procedure(of).json())
        case "digest": return try .plain(.text(tracker.digest()))
        case "entries": return try .digested(lines(tracker.entries()))
        case "entries_like": return try .digested(lines(tracker.entries(like: of)))
        case "verify":
            return try .plain(.number(tracker.verify()))
        case "refresh": return try .plain(.flag(tracker.refresh()))
        default: throw Unreadable(what: question)
        }
    }

    /// The lines as JSON, in the order of the ids.
    private func lines(_ entries: [Entry]) throws -> String {
        try JSON.array(entries.sorted { $0.id < $1.id }.map { .text($0.line) }).written
    }

    private func parse(_ type: String, _ text: String) throws -> Outcome {
        // Swift's own types read these.
        switch type {
        case "day": .plain(.text(try readDay(text: text).description))
        case "date", "deadline": .plain(.text(try readDate(text: text).description))
        case "moment": .plain(.text(try readMoment(text: text).description))
        default: .plain(.text(try CaseDrafts.required(CaseDrafts.word(.text(type)) as ValueType?).check(text)))
        }
    }

    private func read(_ kind: String, _ given: JSON) throws -> Outcome {
        let name = given["file"].text ?? "case.toml"
        let text = try given["text"].text ?? CaseFile.text(of: name)
        return switch kind {
        case "procedure": .digested(try Procedure(toml: text, file: name).json())
        case "calendar": .digested(try ProcedureCalendar(toml: text, file: name).json())
        case "commitment": .digested(try Commitment(toml: text, file: name).json())
        case "treaty": .digested(try CaseDrafts.required(ClockRule(treatyTOML: text, file: name).treaty))
        case "draft": .leftOut
        default: throw Unreadable(what: kind)
        }
    }

    /// Where the found JSON does not contain the expected JSON.
    private func differences(_ at: String, _ expected: JSON, _ found: JSON) -> [String] {
        switch (expected, found) {
        case (.object(let expected), .object(let found)):
            expected.flatMap { differences("\(at).\($0.key)", $0.value, found[$0.key] ?? .null) }
        case (.array(let expected), .array(let found)) where expected.count == found.count:
            zip(expected, found).enumerated().flatMap { differences("\(at)[\($0)]", $1.0, $1.1) }
        default: expected == found ? [] : ["\(at): expected \(expected), found \(found)"]
        }
    }
}

/// A case has something that this runner does not know.
struct Unreadable: Error {
    let what: String
}

extension Day {
    /// The day under a key.
    init(of key: String, in given: JSON) throws {
        guard let day = given[key].text.flatMap({ Day($0) }) else { throw Unreadable(what: "no day \(key): \(given)") }
        self = day
    }
}
