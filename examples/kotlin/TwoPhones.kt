// Records a commitment on one phone, asks for its standing, and merges the ledger into that of
// another phone.

package servanda.examples

import servanda.Builtin
import servanda.Draft
import servanda.Obligation
import servanda.PartialDate
import servanda.Source
import servanda.Tracker
import servanda.Words
import servanda.advance
import servanda.commitment
import servanda.word
import java.time.LocalDate

public fun main() {
    val editorial = "https://editorials.voa.gov/amp/us-japan-alliance-remains-cornerstone/1590413.html"
    val pressConference = "https://japan.kantei.go.jp/96_abe/statement/201302/22kaiken_e.html"
    val visit = "us/abe-visit"

    val mine = Tracker.inMemory(recordedBy = "my-phone")
    mine.register(
        commitment(
            id = visit,
            title = "A visit of Prime Minister Abe to Washington in February",
            procedure = Builtin.procedure("action"),
            by = listOf("us"),
            made = LocalDate.of(2013, 1, 18),
            obligation = Obligation.RESULT,
            words = Words("has invited", Source("U.S. - Japan Alliance Remains Cornerstone", editorial)),
            deadline = PartialDate.parse("2013-02"),
        ),
    )
    val evidence = Source("Press conference after the summit in Washington", pressConference)
    mine.append(Draft.advance(visit, to = "done", on = LocalDate.of(2013, 2, 22), sources = listOf(evidence)))

    for (day in listOf(LocalDate.of(2013, 2, 1), LocalDate.of(2013, 3, 1))) {
        val standing = mine.view(on = day).standing(visit)
        println("$day: ${standing.status}, ${standing.verdict?.word}")
    }

    val yours = Tracker.inMemory(recordedBy = "your-phone")
    println("new entries: ${yours.merge(mine.exportSince().entries)}")
    println("same ledger: ${yours.digest == mine.digest}")
}
