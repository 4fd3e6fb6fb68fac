package servanda

import java.time.LocalDate
import java.time.Year
import java.time.YearMonth

/**
 * A day, a month or a year: a date that is as precise as what is known. It is written as in ISO
 * 8601: `2013-02-28`, `2013-02` or `2013`.
 *
 * A fact with such a date counts from the last day that the date can mean.
 */
@JvmInline
public value class PartialDate internal constructor(
    internal val packed: Long,
) : Comparable<PartialDate> {
    /** The year. */
    public val year: Year get() = Year.of(Math.floorDiv(packed, YEAR).toInt())

    /** The month, or null if only the year is known. */
    public val month: YearMonth? get() = if (monthNumber == 0) null else YearMonth.of(year.value, monthNumber)

    /** The day, or null if only the month or the year is known. */
    public val day: LocalDate? get() = if (dayNumber == 0) null else LocalDate.of(year.value, monthNumber, dayNumber)

    /** The first day that it can mean. */
    public val firstDay: LocalDate get() = day ?: month?.atDay(1) ?: year.atDay(1)

    /** The last day that it can mean. */
    public val lastDay: LocalDate get() = day ?: month?.atEndOfMonth() ?: year.atMonth(LAST_MONTH).atEndOfMonth()

    private val monthNumber: Int get() = (Math.floorMod(packed, YEAR) / MONTH).toInt()

    private val dayNumber: Int get() = Math.floorMod(packed, MONTH).toInt()

    /**
     * Orders by the last day that the date can mean. A more precise date comes before a less
     * precise one.
     */
    override fun compareTo(other: PartialDate): Int = compareValuesBy(this, other, { it.lastDay }, { it.day == null }, { it.month == null })

    /** As in ISO 8601: `2013-02-28`, `2013-02` or `2013`. */
    override fun toString(): String = day?.toString() ?: month?.toString() ?: "%04d".format(year.value)

    /** The functions that make dates. */
    public companion object {
        private const val YEAR = 10_000L
        private const val MONTH = 100L
        private const val LAST_MONTH = 12

        /** A date with a known day. */
        public fun of(day: LocalDate): PartialDate = PartialDate(packDay(day))

        /** A date with a known month. */
        public fun of(month: YearMonth): PartialDate = PartialDate(month.year * YEAR + month.monthValue * MONTH)

        /** A date with only a known year. */
        public fun of(year: Year): PartialDate = PartialDate(year.value * YEAR)

        /**
         * Reads a date: `2013`, `2013-02` or `2013-02-28`.
         *
         * @throws ServandaException.Invalid `invalid-date`.
         */
        public fun parse(text: String): PartialDate = servanda { readDate(text) }
    }
}
