import Foundation
import Testing

@testable import Servanda

/// What the tests record: an invented word given, with a procedure of four statuses that comes with the library.
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
        let tracker = Tracker.inMemory(recordedBy: name)
        try tracker.append([.register(commitment())])
        return tracker
    }

    static func step(to status: Slug, on day: Day, of commitment: Slug = "xx/one") -> Draft {
        .advance(commitment, to: status, on: day, sources: [source()])
    }
}

/// The family, the code and the text with which something is refused.
struct Refusal: Equatable, CustomStringConvertible {
    let family: String
    let code: String
    let text: String

    init(_ family: String, _ code: String, _ text: String) {
        (self.family, self.code, self.text) = (family, code, text)
    }

    init(_ error: ServandaError) {
        self.init(error.family, error.code, error.text)
    }

    var description: String { "\(family) \(code): \(text)" }
}

/// How something is refused; that it is refused, and with an error of ours, is held too.
func refusal(
    _ location: SourceLocation = #_sourceLocation, of work: () throws -> some Any
) -> Refusal? {
    do {
        let answer = try work()
        Issue.record("it was not refused: \(answer)", sourceLocation: location)
    } catch let error as ServandaError {
        #expect(error.localizedDescription == error.text, sourceLocation: location)
        #expect((try? JSONSerialization.jsonObject(with: Data(error.details.utf8))) is [String: Any], sourceLocation: location)
        return Refusal(error)
    } catch {
        Issue.record("an error that is not ours: \(error)", sourceLocation: location)
    }
    return nil
}

/// A folder of its own for a test, which is gone afterwards.
func withFolder<Answer>(_ work: (URL) throws -> Answer) throws -> Answer {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("servanda-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try work(folder)
}

extension ServandaError {
    /// The word by which the library calls the family.
    var family: String {
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
