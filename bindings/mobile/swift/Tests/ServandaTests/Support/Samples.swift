import Foundation
import Testing

@testable import Servanda

/// The facts that the tests record: an invented commitment with a built-in procedure of four
/// statuses.
enum Sample {
    static func source(_ name: String = "gazette") -> Source {
        Source(title: name, url: "https://example.org/\(name)")
    }

    static func commitment(_ id: Slug = "xx/one", made: Day = Day(packed: 2020_01_10)) throws -> Commitment {
        try Commitment(
            id: id, title: "A word given", procedure: .builtIn("action"), by: ["xx"], made: made, obligation: .result,
            words: Words(text: "we shall see", source: source()))
    }

    /// A tracker in memory with one commitment.
    static func tracker(_ name: Slug = "desk") throws -> Tracker {
        let tracker = try Tracker.inMemory(recordedBy: name)
        try tracker.append([.register(commitment())])
        return tracker
    }

    static func step(to status: Slug, on day: Day, of commitment: Slug = "xx/one") -> Draft {
        .advance(commitment, to: status, on: day, sources: [source()])
    }
}

/// The kind, code and text of an error.
struct Refusal: Equatable, CustomStringConvertible {
    let kind: String
    let code: String
    let text: String

    init(_ kind: String, _ code: String, _ text: String) {
        (self.kind, self.code, self.text) = (kind, code, text)
    }

    init(_ error: ServandaError) {
        self.init(error.kind, error.code, error.text)
    }

    var description: String { "\(kind) \(code): \(text)" }
}

/// The error with which something is refused. Records an issue if it is not refused, or with
/// another type of error.
func refusal(
    _ location: SourceLocation = #_sourceLocation, of work: () throws -> some Any
) -> Refusal? {
    do {
        let answer = try work()
        Issue.record("not refused: \(answer)", sourceLocation: location)
    } catch let error as ServandaError {
        #expect(error.localizedDescription == error.text, sourceLocation: location)
        #expect((try? JSONSerialization.jsonObject(with: Data(error.details.utf8))) is [String: Any], sourceLocation: location)
        return Refusal(error)
    } catch {
        Issue.record("an error of another type: \(error)", sourceLocation: location)
    }
    return nil
}

/// Runs a test with a temporary folder.
func withFolder<Answer>(_ work: (URL) throws -> Answer) throws -> Answer {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("servanda-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try work(folder)
}

extension ServandaError {
    /// The kind of error, as the library writes it.
    var kind: String {
        switch self {
        case .invalid: "invalid"
        case .unknown: "unknown"
        case .refused: "refused"
        case .damaged: "damaged"
        case .place: "place"
        case .stopped: "stopped"
        }
    }
}
