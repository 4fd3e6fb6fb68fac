// Measures calls in Swift relative to the same calls in Rust.
//
// `cargo xtask swift bench` runs it after `examples/floor.rs`, which makes the ledgers and measures
// in Rust. The results are ratios, and milliseconds where the user of an app waits.

import Foundation
@_spi(Benchmark) import Servanda

/// The times in Rust, in nanoseconds.
struct Floor: Decodable {
    let opening: Double
    let standing: Double
    let standings: Double
}

let folder = URL(fileURLWithPath: CommandLine.arguments.dropFirst().first ?? ".")
let floor = try JSONDecoder().decode(Floor.self, from: Data(contentsOf: folder.appendingPathComponent("floor.json")))

/// The nanoseconds of the fastest run. Other work of the machine can only slow a run down.
func best(_ runs: Int, _ run: () throws -> Void) rethrows -> Double {
    var least = Double.infinity
    for _ in 0..<runs {
        least = min(least, nanoseconds(try ContinuousClock().measure(run)))
    }
    return least
}

func nanoseconds(_ time: Duration) -> Double {
    Double(time.components.seconds) * 1e9 + Double(time.components.attoseconds) / 1e9
}

/// Prints a ratio, and returns whether it is within the limit.
func report(_ what: String, _ nanos: Double, _ floor: Double, limit: Double) -> Bool {
    let numbers = String(format: "%.1f, of at most %.0f (%.3f ms and %.3f ms)", nanos / floor, limit, nanos / 1e6, floor / 1e6)
    print("\(what): \(numbers)")
    return nanos / floor <= limit
}

/// The time to the first screen, in nanoseconds.
struct Opening {
    let open, view, standings: Double

    var total: Double { open + view + standings }

    var shown: String {
        let parts = [total, open, view, standings].map { String(format: "%.1f", $0 / 1e6) }
        return "\(parts[0]): \(parts[1]) to open, \(parts[2]) for the view, \(parts[3]) for the standings"
    }

    static func of(_ file: URL) throws -> Opening {
        let start = ContinuousClock.now
        let tracker = try Tracker.open(at: file, recordedBy: "reader")
        let opened = ContinuousClock.now
        let view = try tracker.view()
        let viewed = ContinuousClock.now
        for n in 0..<20 { _ = try view.standing(of: "xx/commitment-\(n)") }
        let done = ContinuousClock.now
        return Opening(
            open: nanoseconds(opened - start), view: nanoseconds(viewed - opened), standings: nanoseconds(done - viewed))
    }
}

// First, as when an app starts, so that it includes loading the library.
let entries = folder.appendingPathComponent("entries.db")
let cold = try Opening.of(entries)

let tracker = try Tracker.open(at: folder.appendingPathComponent("commitments.jsonl"), recordedBy: "reader")
let view = try tracker.view(on: Day(2014, 1, 1))
let ids = (0..<100).map { "xx/commitment-\($0 * 97)" }
let calls = Double(ids.count)
let empty = best(2_000) { for _ in ids { tracker.nothing() } } / calls
let standing = try best(200) { for id in ids { _ = try view.standing(of: id) } } / calls
let standingJSON = try best(200) { for id in ids { _ = try view.standingJSON(of: id) } } / calls
let standings = try best(5) { _ = try view.standings() }
let json = try best(5) { _ = try view.standingsJSON() }

print(String(format: "an empty call: %.0f ns", empty))
let good = [
    report("one standing / the same in Rust and an empty call", standing, floor.standing + empty, limit: 15),
    report("one standing as JSON / the same", standingJSON, floor.standing + empty, limit: 15),
    report("10,000 standings / in Rust, with writing them as JSON", standings, floor.standings, limit: 4),
    report("10,000 standings as JSON / the same in Rust", json, floor.standings, limit: 4),
]
let warm = try (0..<10).map { _ in try Opening.of(entries) }.min { $0.total < $1.total } ?? cold
print("from a ledger of 10,000 entries in SQLite to the first 20 standings, in milliseconds:")
print("  \(cold.shown) in a fresh process")
print("  \(warm.shown) in a warm process; the total in Rust is \(String(format: "%.1f", floor.opening / 1e6))")
exit(good.allSatisfy(\.self) ? EXIT_SUCCESS : EXIT_FAILURE)
