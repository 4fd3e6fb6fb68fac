// What became of the seven commitments of 18 January 2013: the story that `examples/alliance` tells in Rust, to the byte.
//
// Each topic has a file of its own. [hague] is the one to begin with; [Desk] is where entries meet the ledger.
//
//     cargo xtask kotlin alliance FILE

package servanda.examples.alliance

import servanda.Tracker
import servanda.word
import java.nio.file.Path
import java.time.LocalDate
import kotlin.io.path.writeText

/** The story, from its sources to a tracker that holds it. */
internal fun story(): Tracker {
    val desk = Desk()
    parties(desk)
    hague(desk)
    tpp(desk)
    cptpp(desk)
    okinawa(desk)
    guam(desk)
    others(desk)
    return desk.writeDown()
}

/** Days on which something had just changed. */
private val DAYS =
    listOf("2013-01-18", "2013-03-15", "2013-05-22", "2015-10-20", "2018-12-30", "2024-02-01").map(LocalDate::parse)

/** Writes the ledger to a file, and prints a line for each commitment, with the verdict on each of the days: none before the word was given. */
public fun main(arguments: Array<String>) {
    val path = arguments.firstOrNull() ?: "examples/alliance.jsonl"
    story().use { tracker ->
        val entries = tracker.entries()
        Path.of(path).writeText(entries.joinToString("") { it.line + "\n" })
        println("$path: ${entries.size} entries, ${tracker.digest}\n")
        println((" ".repeat(48) + DAYS.joinToString("") { it.toString().padEnd(13) }).trimEnd())
        val views = DAYS.map { tracker.view(on = it) }
        tracker.view().standings().forEach { (commitment) ->
            val verdicts = views.map { it.standing(commitment).verdict?.word ?: "-" }
            println((commitment.padEnd(48) + verdicts.joinToString("") { it.padEnd(13) }).trimEnd())
        }
    }
}
