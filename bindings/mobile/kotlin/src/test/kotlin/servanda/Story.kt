// The commitment that several tests use.

package servanda

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.assertThrows
import java.time.Instant
import java.time.LocalDate

internal const val VISIT = "us/abe-visit"

internal val statement =
    Source(
        "U.S. - Japan Alliance Remains Cornerstone",
        "https://editorials.voa.gov/amp/us-japan-alliance-remains-cornerstone/1590413.html",
    )

internal val summit =
    Source(
        "Press conference after the summit in Washington",
        "https://japan.kantei.go.jp/96_abe/statement/201302/22kaiken_e.html",
    )

internal val made: LocalDate = LocalDate.of(2013, 1, 18)

internal val visit =
    commitment(
        id = VISIT,
        title = "A visit of Prime Minister Abe to Washington in February",
        procedure = Builtin.procedure("action"),
        by = listOf("us"),
        made = made,
        obligation = Obligation.RESULT,
        words = Words("has invited", statement),
        deadline = PartialDate.parse("2013-02"),
    )

internal val done = Draft.advance(VISIT, to = "done", on = LocalDate.of(2013, 2, 22), sources = listOf(summit))

/** An entry with a kind of fact that this version does not know. */
internal const val RATED =
    """{"commitment":"us/abe-visit","fact":{"rate":{"stars":3}},"id":"sha256:ID","on":"2013-03-01",""" +
        """"recorded_at":"2013-03-02T00:00:00.000000Z","recorded_by":"later"}"""

internal fun moment(text: String): Instant = Instant.parse(text)

/** Asserts that the call is refused with this code and exception, and with a message for people. */
internal inline fun <reified T : ServandaException> assertRefused(
    code: String,
    noinline call: () -> Unit,
): T {
    val refused = assertThrows<T>(call)
    assertEquals(code, refused.code)
    assertEquals(true, refused.message.length > code.length, refused.message)
    return refused
}
