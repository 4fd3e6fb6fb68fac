import Foundation
import Testing

@testable import Servanda

/// Runs the cases of `tests/cases`, which all languages share. The README there describes them.
@Suite struct CasesTests {
    @Test(arguments: CaseFile.all)
    func everyCaseHasTheExpectedAnswers(_ file: CaseFile) throws {
        for given in try file.cases() {
            let name = given["name"].text ?? "a case without a name"
            let wrong = try withFolder { folder in
                var world = World(folder: folder.resolvingSymlinksInPath())
                return try (given["steps"].array ?? []).enumerated().flatMap { at, step in
                    try world.check(step).map { "step \(at + 1): \($0)" }
                }
            }
            #expect(wrong == [], "\(name)")
        }
    }

    @Test func thereAreManyCases() throws {
        #expect(try CaseFile.all.flatMap { try $0.cases() }.count > 100)
    }
}

/// A file with cases.
struct CaseFile: Sendable, CustomTestStringConvertible {
    let file: URL

    static let folder = URL(fileURLWithPath: #filePath)
        .appendingPathComponent("../../../../../../../tests/cases").standardizedFileURL

    static let all: [CaseFile] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".json") }.sorted().map { CaseFile(file: folder.appendingPathComponent($0)) }
    }()

    var testDescription: String { file.lastPathComponent }

    func cases() throws -> [JSON] {
        try JSONDecoder().decode(JSON.self, from: Data(contentsOf: file))["cases"].array ?? []
    }

    /// The text of a file next to the cases.
    static func text(of name: String) throws -> String {
        try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
    }
}
