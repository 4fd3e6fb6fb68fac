package servanda

import java.time.LocalDate
import java.time.Year
import java.time.YearMonth

/**
 * A day, or as much of it as is known: a month, a year or a range of days.
 *
 * It is written as in ISO 8601: `2013-02-28`, `2013-02` or `2013`. One unknown day of a range is
 * written as in EDTF (ISO 8601-2): `[2013-02-10..2013-02-14]`.
 */
@JvmInline
public value class PartialDate internal constructor(
    internal val packed: Long,
) : Comparable<PartialDate> {
    /** The year, or null if the days of a range are in several years. */
    public val year: Year? get() = Year.from(firstDay).takeIf { it == Year.from(lastDay) }

    /** The month, or null if it is not known. */
    public val month: YearMonth? get() = YearMonth.from(firstDay).takeIf { it == YearMonth.from(lastDay) }

    /** The day, or null if it is not known. */
    public val day: LocalDate? get() = firstDay.takeIf { it == lastDay }

    /** The first day that it can mean. */
    public val firstDay: LocalDate get() = LocalDate.of(yearNumber, monthNumber.coerceAtLeast(1), dayNumber.coerceAtLeast(1))

    /** The last day that it can mean. */
    public val lastDay: LocalDate
        get() =
            when {
                dayNumber != 0 -> firstDay.plusDays(daysOfRange)
                monthNumber != 0 -> YearMonth.of(yearNumber, monthNumber).atEndOfMonth()
                else -> Year.of(yearNumber).atMonth(LAST_MONTH).atEndOfMonth()
            }

    /** The number of days from the first to the last day of a range; 0 for any other date. */
    private val daysOfRange: Long get() = if (packed < RANGE) 0 else packed / RANGE

    private val first: Long get() = packed - daysOfRange * RANGE

    private val yearNumber: Int get() = Math.floorDiv(first, YEAR).toInt()

    private val monthNumber: Int get() = (Math.floorMod(first, YEAR) / MONTH).toInt()

    private val dayNumber: Int get() = Math.floorMod(first, MONTH).toInt()

    /**
     * Orders by the last day that the date can mean. A more precise date comes before a less
     * precise one.
     */
    override fun compareTo(other: PartialDate): Int = compareValuesBy(this, other, { it.lastDay }, { -it.firstDay.toEpochDay() }, { it.packed })

    /** As in ISO 8601: `2013-02-28`, `2013-02`, `2013` or `[2013-02-10..2013-02-14]`. */
    override fun toString(): String =
        when {
            daysOfRange != 0L -> "[$firstDay..$lastDay]"
            dayNumber != 0 -> firstDay.toString()
            monthNumber != 0 -> YearMonth.of(yearNumber, monthNumber).toString()
            else -> "%04d".format(yearNumber)
        }

    /** The functions that make dates. */
    public companion object {
        private const val YEAR = 10_000L
        private const val MONTH = 100L
        private const val LAST_MONTH = 12

        /** The factor of the number of days in a packed range. */
        private const val RANGE = 100_000_000_000_000L

        /** A date with a known day. */
        public fun of(day: LocalDate): PartialDate = PartialDate(packDay(day))

        /** A date with a known month. */
        public fun of(month: YearMonth): PartialDate = PartialDate(month.year * YEAR + month.monthValue * MONTH)

        /** A date with only a known year. */
        public fun of(year: Year): PartialDate = PartialDate(year.value * YEAR)

        /**
         * The most precise date that covers all days from the first to the last: a day, a month, a
         * year or a range.
         *
         * @throws ServandaException.Invalid `invalid-date`, if the last day is before the first or
         *   more than 65,535 days later.
         */
        public fun between(
            first: LocalDate,
            last: LocalDate,
        ): PartialDate = servanda { dateBetween(first, last) }

        /**
         * Reads a date: `2013`, `2013-02`, `2013-02-28` or `[2013-02-10..2013-02-14]`.
         *
         * @throws ServandaException.Invalid `invalid-date`.
         */
        public fun parse(text: String): PartialDate = servanda { readDate(text) }
    }
}
