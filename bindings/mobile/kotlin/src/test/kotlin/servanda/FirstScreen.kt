package servanda

import java.nio.file.Path
import java.time.LocalDate

internal fun firstScreen(
    folder: Path,
    println: (Any?) -> Unit,
) {
    // README
    Tracker.create(folder.resolve("promises.db"), recordedBy = "phone").use { tracker ->
        val editorial = "https://editorials.voa.gov/amp/us-japan-alliance-remains-cornerstone/1590413.html"
        val record = "https://www.shugiin.go.jp/internet/itdb_gian.nsf/html/gian/keika/1DB429A.htm"
        tracker.register(
            commitment(
                id = "jp/hague-convention",
                title = "The Hague Abduction Convention",
                procedure = Builtin.procedure("diet-treaty-approval"),
                by = listOf("jp"),
                made = LocalDate.of(2013, 1, 18),
                obligation = Obligation.CONSIDERATION,
                words = Words("will consider", Source("U.S. - Japan Alliance Remains Cornerstone", editorial)),
            ),
        )
        tracker.append(
            Draft.advance(
                "jp/hague-convention",
                to = "submitted",
                on = LocalDate.of(2013, 3, 15),
                sources = listOf(Source("183rd Diet, treaty no. 1", record)),
            ),
        )

        val standing = tracker.view(on = LocalDate.of(2013, 6, 1)).standing("jp/hague-convention")
        println(standing.verdict?.word) // in-progress
        println(standing.since.toString()) // 2013-03-15

        try {
            tracker.append(Draft.advance("jp/hague-convention", to = "in-force", on = LocalDate.of(2013, 6, 1)))
        } catch (refused: ServandaException.Refused) {
            println(refused.code) // illegal-step
            println("from there it can go to: " in refused.message) // true
        }
    }
    // END
}
