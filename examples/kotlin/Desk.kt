package servanda.examples.alliance

import servanda.Commitment
import servanda.Draft
import servanda.PartialDate
import servanda.Relation
import servanda.Source
import servanda.Tracker
import servanda.advance
import servanda.attest
import servanda.deposit
import servanda.link
import servanda.register
import servanda.remark
import java.time.Instant
import java.time.LocalDate
import java.time.LocalTime
import java.time.ZoneOffset

/**
 * The desk that keeps the ledger.
 *
 * The story is told topic by topic, but a ledger is written in the order of time: nothing can be recorded before what it already holds. So the desk
 * first collects everything, and then writes it down day after day.
 */
internal class Desk {
    /** What the desk is going to write down, each with the moment at which it does. */
    private val notes = mutableListOf<Pair<Instant, List<Draft>>>()

    /** Takes note of what has no day of its own, such as a definition, on the day on which it became known. */
    fun take(
        day: String,
        drafts: List<Draft>,
    ) {
        notes += morningAfter(LocalDate.parse(day)) to drafts
    }

    /** Registers a commitment. One that is not a piece of a larger one also says how its times of recording came about. */
    fun register(
        day: String,
        commitment: Commitment,
    ) {
        val explanation = Draft.remark(commitment.id, MADE_UP, on = LocalDate.parse(day), note = HOW)
        take(day, listOf(Draft.register(commitment)) + listOfNotNull(explanation.takeIf { commitment.partOf == null }))
    }

    fun advance(
        commitment: String,
        to: String,
        on: String,
        vararg sources: Source,
        note: String? = null,
    ) = note(on) { Draft.advance(commitment, to, it, sources.asList(), note = note) }

    fun remark(
        commitment: String,
        title: String,
        on: String,
        vararg sources: Source,
        note: String? = null,
    ) = note(on) { Draft.remark(commitment, title, it, sources.asList(), note) }

    fun deposit(
        commitment: String,
        by: String,
        on: String,
        vararg sources: Source,
        instrument: String,
        note: String? = null,
    ) = note(on) { Draft.deposit(commitment, by, it, instrument, sources = sources.asList(), note = note) }

    fun attest(
        commitment: String,
        on: String,
        source: Source,
        note: String,
    ) = note(on) { Draft.attest(commitment, it.lastDay, listOf(source), note) }

    fun succeed(
        commitment: String,
        successor: String,
        on: String,
        source: Source,
    ) = note(on) { Draft.link(commitment, Relation.SUCCESSOR, successor, it, listOf(source)) }

    /** Takes note of a fact, effective on this day, or in this month or year. */
    private fun note(
        on: String,
        draft: (PartialDate) -> Draft,
    ) {
        val date = PartialDate.parse(on)
        notes += morningAfter(date.lastDay) to listOf(draft(date))
    }

    /** Writes everything down, in the order of time. What has the same moment keeps the order of the story. */
    fun writeDown(): Tracker {
        val tracker = Tracker.inMemory("desk")
        notes.sortedBy { (moment) -> moment }.forEach { (moment, drafts) -> tracker.atMoment(moment).append(drafts) }
        return tracker
    }

    private companion object {
        /** The first day on which the desk wrote anything down. */
        val FIRST_DAY: LocalDate = LocalDate.of(2013, 1, 19)

        val NINE: LocalTime = LocalTime.of(9, 0)

        const val MADE_UP = "Times of recording are made up"

        const val HOW =
            "This ledger is an example, put together years later. Its times of recording are made up by " +
                "a rule: the desk writes at 09:00 UTC on the day after an act, or after the last day of the " +
                "month or year where no day is known, each entry a microsecond after the one before. It " +
                "began on 19 January 2013, and entered on that day whatever had happened earlier."

        /** The moment at which the desk writes down what happened on a day. */
        fun morningAfter(happened: LocalDate): Instant = maxOf(happened.plusDays(1), FIRST_DAY).atTime(NINE).toInstant(ZoneOffset.UTC)
    }
}
