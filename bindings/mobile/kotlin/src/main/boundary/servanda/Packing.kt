// How days and moments cross the boundary.

package servanda

import java.time.Instant
import java.time.LocalDate

private const val YEAR = 10_000L
private const val MONTH = 100L
private const val MICROS_A_SECOND = 1_000_000L
private const val NANOS_A_MICRO = 1_000

/** 20130315 for 2013-03-15. The library refuses days outside the years 1 to 9999. */
internal fun packDay(day: LocalDate): Long = day.year * YEAR + day.monthValue * MONTH + day.dayOfMonth

internal fun unpackDay(packed: Long): LocalDate {
    val rest = Math.floorMod(packed, YEAR).toInt()
    return LocalDate.of(Math.floorDiv(packed, YEAR).toInt(), rest / MONTH.toInt(), rest % MONTH.toInt())
}

/**
 * Whole microseconds since 1970. Nanoseconds are dropped, because the library records to the
 * microsecond.
 */
internal fun packMoment(moment: Instant): Long =
    try {
        Math.addExact(
            Math.multiplyExact(moment.epochSecond, MICROS_A_SECOND),
            (moment.nano / NANOS_A_MICRO).toLong(),
        )
    } catch (_: ArithmeticException) {
        // The library refuses this moment, because it is far outside the years 1 to 9999.
        if (moment.epochSecond < 0) Long.MIN_VALUE else Long.MAX_VALUE
    }

internal fun unpackMoment(micros: Long): Instant =
    Instant.ofEpochSecond(
        Math.floorDiv(micros, MICROS_A_SECOND),
        Math.floorMod(micros, MICROS_A_SECOND) * NANOS_A_MICRO,
    )
