// What became of the seven commitments of 18 January 2013: the story that `examples/alliance` tells in Rust, to the byte.
//
// Each topic has a file of its own. `hague` is the one to begin with; `Desk` is where entries meet the ledger.
//
//     cargo xtask swift alliance FILE

import Foundation
import Servanda

@main
enum Alliance {
    /// Writes the ledger to a file, and prints a line for each commitment, with the verdict on each of the days: none before the
    /// word was given.
    static func main() throws {
        let path = CommandLine.arguments.dropFirst().first ?? "examples/alliance.jsonl"
        let tracker = try story()
        let entries = try tracker.entries()
        try entries.map { $0.line + "\n" }.joined().write(toFile: path, atomically: true, encoding: .utf8)
        try print("\(path): \(entries.count) entries, \(tracker.digest())\n")

        let days = [
            try Day(2013, 1, 18), try Day(2013, 3, 15), try Day(2013, 5, 22), try Day(2015, 10, 20),
            try Day(2018, 12, 30), try Day(2024, 2, 1),
        ]
        row("", days.map(\.description))
        for commitment in try tracker.view().standings().map(\.commitment) {
            let standings = try days.map { try tracker.view(on: $0).standing(of: commitment) }
            row(commitment, standings.map { $0.verdict?.description ?? "-" })
        }
    }

    /// The story, from its sources to a tracker that holds it.
    static func story() throws -> Tracker {
        let desk = Desk()
        try parties(desk)
        try hague(desk)
        try tpp(desk)
        try cptpp(desk)
        try okinawa(desk)
        try guam(desk)
        try others(desk)
        return try desk.writeDown()
    }

    private static func row(_ name: String, _ columns: [String]) {
        let line = padded(name, 48) + columns.map { padded($0, 13) }.joined()
        print(line.replacingOccurrences(of: " +$", with: "", options: .regularExpression))
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
