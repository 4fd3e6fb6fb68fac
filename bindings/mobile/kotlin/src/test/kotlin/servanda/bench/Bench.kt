// Measures calls in Kotlin relative to the same calls in Rust.
//
// `cargo xtask kotlin bench` runs it after `examples/floor.rs`, which makes the ledgers and
// measures in Rust. The results are ratios, and milliseconds where the user of an app waits.

package servanda.bench

import com.fasterxml.jackson.databind.ObjectMapper
import servanda.Tracker
import java.nio.file.Path
import java.time.LocalDate
import kotlin.io.path.readText
import kotlin.system.exitProcess

private const val CALLS = 100
private const val STANDING_LIMIT = 15.0
private const val STANDINGS_LIMIT = 4.0
private const val FIRST_SCREEN = 20

/** The only argument is the folder that `examples/floor.rs` has filled. */
public fun main(arguments: Array<String>) {
    val folder = Path.of(arguments.single())
    val floor = ObjectMapper().readTree(folder.resolve("floor.json").readText())
    // First, as when an app starts, so that it includes loading and compiling classes.
    val cold = open(folder.resolve("entries.db"))
    val good = measure(folder, floor["standing"].doubleValue(), floor["standings"].doubleValue())
    val warm = List(10) { open(folder.resolve("entries.db")) }.minBy { it.total }
    println("from a ledger of 10,000 entries in SQLite to the first $FIRST_SCREEN standings, in milliseconds:")
    println("  ${cold.shown} in a fresh process, including loading the library and the classes")
    println("  ${warm.shown} in a warm process; the total in Rust is %.1f".format(floor["opening"].doubleValue() / 1e6))
    if (!good) exitProcess(1)
}

private fun measure(
    folder: Path,
    standingInRust: Double,
    standingsInRust: Double,
): Boolean =
    Tracker.open(folder.resolve("commitments.jsonl"), "reader").use { tracker ->
        val view = tracker.view(on = LocalDate.of(2014, 1, 1))
        val ids = List(CALLS) { "xx/commitment-${it * 97}" }
        val empty = best(2_000) { repeat(CALLS) { tracker.nothing() } } / CALLS
        val standing = best(200) { ids.forEach(view::standing) } / CALLS
        val standings = best(8) { check(view.standings().size == 10_000) }
        val json = best(8) { check(view.json.standings().isNotEmpty()) }
        println("an empty call: %.0f ns".format(empty))
        val one =
            report("one standing / the same in Rust and an empty call", standing, standingInRust + empty, STANDING_LIMIT)
        val all = report("10,000 standings / in Rust, with writing them as JSON", standings, standingsInRust, STANDINGS_LIMIT)
        report("10,000 standings as JSON / the same in Rust", json, standingsInRust, STANDINGS_LIMIT)
        one && all
    }

private fun report(
    what: String,
    nanos: Double,
    floor: Double,
    limit: Double,
): Boolean {
    val ratio = nanos / floor
    println("$what: %.1f, of at most %.0f (%.3f ms and %.3f ms)".format(ratio, limit, nanos / 1e6, floor / 1e6))
    return ratio <= limit
}

/** The time to the first screen, in nanoseconds. */
private class Opening(
    val open: Long,
    val view: Long,
    val standings: Long,
) {
    val total = open + view + standings

    val shown: String
        get() = "%.1f: %.1f to open, %.1f for the view, %.1f for the standings".format(total / 1e6, open / 1e6, view / 1e6, standings / 1e6)
}

private fun open(path: Path): Opening {
    val start = System.nanoTime()
    return Tracker.open(path, "reader").use { tracker ->
        val opened = System.nanoTime()
        val view = tracker.view()
        val viewed = System.nanoTime()
        repeat(FIRST_SCREEN) { check(view.standing("xx/commitment-$it").history.size == 2) }
        Opening(opened - start, viewed - opened, System.nanoTime() - viewed)
    }
}

/** The nanoseconds of the fastest run. The first runs only warm up. */
private fun best(
    runs: Int,
    run: () -> Unit,
): Double {
    var best = Long.MAX_VALUE
    repeat(runs) {
        val start = System.nanoTime()
        run()
        best = minOf(best, System.nanoTime() - start)
    }
    return best.toDouble()
}
