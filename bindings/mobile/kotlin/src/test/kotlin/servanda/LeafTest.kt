package servanda

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import java.time.Instant
import java.time.LocalDate
import java.time.Year
import java.time.YearMonth

/** Days, dates and moments that cross the boundary. */
class LeafTest {
    @Test
    fun `a date can be a day, a month or a year`() {
        val dates = listOf("2013", "2013-02", "2013-02-22", "0001-01-01", "9999-12-31", "0033").map(PartialDate::parse)
        assertEquals(
            listOf("2013", "2013-02", "2013-02-22", "0001-01-01", "9999-12-31", "0033"),
            dates.map(PartialDate::toString),
        )
        val (year, month, day) = dates
        assertEquals(listOf(Year.of(2013), Year.of(2013), Year.of(2013)), listOf(year, month, day).map { it.year })
        assertEquals(listOf(null, YearMonth.of(2013, 2), YearMonth.of(2013, 2)), listOf(year, month, day).map { it.month })
        assertEquals(listOf(null, null, LocalDate.of(2013, 2, 22)), listOf(year, month, day).map { it.day })
        assertEquals(
            listOf(LocalDate.of(2013, 12, 31), LocalDate.of(2013, 2, 28), LocalDate.of(2013, 2, 22)),
            listOf(year, month, day).map { it.lastDay },
        )
        assertEquals(
            listOf(LocalDate.of(2013, 1, 1), LocalDate.of(2013, 2, 1), LocalDate.of(2013, 2, 22)),
            listOf(year, month, day).map { it.firstDay },
        )
        assertEquals(listOf(day, month, year), listOf(year, month, day).sorted())
        assertEquals(year, PartialDate.of(Year.of(2013)))
        assertEquals(month, PartialDate.of(YearMonth.of(2013, 2)))
        assertEquals(day, PartialDate.of(LocalDate.of(2013, 2, 22)))
    }

    @Test
    fun `a date can be one unknown day of a range`() {
        val texts =
            listOf("[2013-02-10..2013-02-14]", "[2012-12-31..2013-01-01]", "[2013-02-01..2013-02-28]", "[1900-01-01..2079-06-06]")
        val (week, night, days, lives) = texts.map(PartialDate::parse)
        assertEquals(texts, listOf(week, night, days, lives).map(PartialDate::toString))
        assertEquals(LocalDate.of(2013, 2, 10) to LocalDate.of(2013, 2, 14), week.run { firstDay to lastDay })
        assertEquals(LocalDate.of(2079, 6, 6), lives.lastDay)
        assertEquals(listOf(Year.of(2013), null), listOf(week, night).map { it.year })
        assertEquals(listOf(YearMonth.of(2013, 2), null), listOf(week, night).map { it.month })
        assertEquals(listOf(null, null), listOf(week, night).map { it.day })
        val month = PartialDate.parse("2013-02")
        val precise = PartialDate.parse("2013-02-14")
        assertEquals(listOf(night, precise, week, month, days), listOf(days, month, week, precise, night).sorted())
    }

    @Test
    fun `the days between two days are the most precise date`() {
        val day = LocalDate.of(2013, 2, 10)
        assertEquals("2013-02-10", PartialDate.between(day, day).toString())
        assertEquals("[2013-02-10..2013-02-14]", PartialDate.between(day, day.plusDays(4)).toString())
        assertEquals("2013", PartialDate.between(LocalDate.of(2013, 1, 1), LocalDate.of(2013, 12, 31)).toString())
        assertRefused<ServandaException.Invalid>("invalid-date") { PartialDate.between(day, day.minusDays(1)) }
        assertRefused<ServandaException.Invalid>("invalid-date") { PartialDate.between(day, day.plusDays(65_536)) }
        assertRefused<ServandaException.Invalid>("invalid-day") { PartialDate.between(day, LocalDate.MAX) }
    }

    @Test
    fun `the days of a date are the same as in the library`() {
        listOf("2013", "2013-02", "2016-02", "2013-02-22", "2013-12", "[2012-02-27..2012-03-02]").map(PartialDate::parse).forEach { date ->
            assertEquals(firstDay(date) to lastDay(date), date.firstDay to date.lastDay, date.toString())
        }
    }

    @Test
    fun `a text that is not a date is refused`() {
        listOf("", "13", "2013-13", "2013-02-29", "2013-2", "[2013-02-14..2013-02-10]", "soon").forEach { text ->
            assertRefused<ServandaException.Invalid>("invalid-date") { PartialDate.parse(text) }
        }
    }

    @Test
    fun `the library refuses days and moments outside its years`() {
        Tracker.inMemory("desk").use { tracker ->
            listOf(LocalDate.MIN, LocalDate.MAX, LocalDate.of(0, 1, 1), LocalDate.of(10_000, 1, 1), LocalDate.of(-1, 6, 30)).forEach {
                val refused = assertRefused<ServandaException.Invalid>("invalid-day") { tracker.view(on = it) }
                assertEquals(true, "the year lies between 0001 and 9999" in refused.message, refused.message)
            }
            listOf(Instant.MIN, Instant.MAX).forEach {
                assertRefused<ServandaException.Invalid>("invalid-moment") { tracker.view(knownAt = it) }
            }
        }
    }

    @Test
    fun `moments keep their microseconds, so a view at the moment of an entry has the entry`() {
        val now = moment("2013-01-19T09:00:00.123456Z")
        Tracker.inMemory("desk").atMoment(now).use { tracker ->
            val entries = tracker.record(Draft.register(visit))
            assertEquals(listOf(now.minusNanos(1000), now), entries.map(Entry::recordedAt))
            val recorded = entries.last()
            val known = { at: Instant -> runCatching { tracker.view(knownAt = at).standing(VISIT).title }.getOrNull() }
            assertEquals(visit.title, known(recorded.recordedAt))
            assertEquals(null, known(recorded.recordedAt.minusNanos(1)))
            assertEquals(visit.title, known(recorded.recordedAt.plusNanos(999)))
            assertEquals(moment("0001-01-01T00:00:00Z"), unpackMoment(packMoment(moment("0001-01-01T00:00:00Z"))))
        }
    }

    @Test
    fun `words are the same as in the library`() {
        Verdict.entries.forEach { assertEquals(it.word, ValueType.VERDICT.read(it.word)) }
        Timeliness.entries.forEach { assertEquals(it.word, ValueType.TIMELINESS.read(it.word)) }
        Phase.entries.forEach { assertEquals(it.word, ValueType.PHASE.read(it.word)) }
        Obligation.entries.forEach { assertEquals(it.word, ValueType.OBLIGATION.read(it.word)) }
        Relation.entries.forEach { assertEquals(it.word, ValueType.RELATION.read(it.word)) }
        assertRefused<ServandaException.Invalid>("unknown-word") { ValueType.VERDICT.read("splendid") }
    }

    @Test
    fun `a name is in the language asked for, or in English`() {
        val names = mapOf("en" to "Japan", "ja" to "日本")
        assertEquals(listOf("日本", "Japan"), listOf("ja", "fr").map(names::inLanguage))
        assertEquals("Japon", mapOf("fr" to "Japon").inLanguage("ja"))
    }
}
