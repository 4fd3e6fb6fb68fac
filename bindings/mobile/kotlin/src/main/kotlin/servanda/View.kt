package servanda

import java.time.Instant
import java.time.LocalDate

/**
 * What a tracker held when the view was taken, as of a day and as of a moment. Later appends and merges do not change it.
 *
 * It needs no closing: it holds nothing but memory and, until it is collected as garbage, the tracker's file.
 */
public class View internal constructor(
    private val raw: RawView,
) {
    /** The same view of another day: what was the case at its end. */
    public fun on(day: LocalDate): View = View(servanda { raw.on(day) })

    /** The same view of what had been written down by this moment, the moment itself included. */
    public fun knownAt(moment: Instant): View = View(servanda { raw.knownAt(moment) })

    /** The same view of a ledger that has these entries too, such as [Tracker.prepare] gives. */
    public fun with(entries: List<Entry>): View = View(servanda { raw.with(entries.map(Entry::line)) })

    /** The day the view is of. */
    public val day: LocalDate get() = raw.day()

    /** The answers as JSON, made in the core: the same bytes in every language. */
    public val json: ViewJson get() = ViewJson(raw)

    /**
     * Where a commitment stands.
     *
     * @throws ServandaException.Unknown `unknown-commitment`, with what may have been meant.
     */
    public fun standing(commitment: String): Standing = servanda { raw.standing(commitment) }

    /** Where the commitments that fit stand, in the order of their ids. */
    public fun standings(filter: Filter = Filter()): List<Standing> = servanda { raw.standings(filter) }

    /** Where all commitments stand, in brief: many times quicker than their standings. */
    public fun briefs(): List<Brief> = servanda { raw.briefs() }

    /** The steps that led a commitment to where it stands, the opening first. */
    public fun history(commitment: String): List<Step> = standing(commitment).history

    /**
     * What can happen next to a commitment, what each step still needs, and which clocks run.
     *
     * @param to if given, [Outlook.asked] says whether the step to this status can be taken on the day of the view.
     */
    public fun next(
        commitment: String,
        to: String? = null,
    ): Outlook = servanda { raw.next(commitment, to) }

    /** Why a commitment cannot take the step to a status on the day of the view; null if it can. */
    public fun whyNot(
        commitment: String,
        to: String,
    ): Problem? = servanda { raw.whyNot(commitment, to) }

    /** Throws that with which an append of these facts to what the view shows would be refused, if it would be. */
    public fun check(vararg drafts: Draft): Unit = servanda { raw.check(drafts.asList()) }

    /** What lies ahead within a span of days: clocks that fire and deadlines that end. */
    public fun agenda(
        first: LocalDate,
        last: LocalDate,
        filter: Filter = Filter(),
    ): Agenda = servanda { raw.agenda(first, last, filter) }

    /** What differs from another view, such as one of an earlier day, or of an earlier moment. */
    public fun changesSince(
        before: View,
        filter: Filter = Filter(),
    ): Changes = servanda { raw.changesSince(before.raw, filter) }

    /** The parts of a commitment, with their parts, and how many are in each phase and have each verdict. */
    public fun parts(
        commitment: String,
        filter: Filter = Filter(),
    ): Parts = servanda { raw.parts(commitment, filter) }

    /** The commitments about which nothing has happened for so many days, though they are not done with. */
    public fun stale(
        atLeastDays: Int,
        filter: Filter = Filter(),
    ): List<Stale> = servanda { raw.stale(atLeastDays.coerceAtLeast(0).toUInt(), filter) }

    /** The entries that do not fit together, each with the reason. */
    public fun conflicts(): List<Conflict> = servanda { raw.conflicts() }

    /** The procedures that are defined on the ledger. */
    public fun procedures(): List<Procedure> = servanda { raw.procedures() }

    /**
     * The newest version of a procedure, of those that are defined on the ledger and those that come with the library.
     *
     * @throws ServandaException.Unknown `no-procedure`, with those that there are.
     */
    public fun procedure(id: String): Procedure = servanda { raw.procedure(id) }

    /** The parties that are defined on the ledger. */
    public fun parties(): List<Party> = servanda { raw.parties() }

    /** The answers of a view as JSON: each is the JSON of what the view's call of the same name answers. */
    public class ViewJson internal constructor(
        private val raw: RawView,
    ) {
        /** The JSON of [View.standing]. */
        public fun standing(commitment: String): String = servanda { raw.standingJson(commitment) }

        /** The JSON of [View.standings]. */
        public fun standings(filter: Filter = Filter()): String = servanda { raw.standingsJson(filter) }

        /** The JSON of [View.next]. */
        public fun next(
            commitment: String,
            to: String? = null,
        ): String = servanda { raw.nextJson(commitment, to) }

        /** The JSON of [View.agenda]. */
        public fun agenda(
            first: LocalDate,
            last: LocalDate,
            filter: Filter = Filter(),
        ): String = servanda { raw.agendaJson(first, last, filter) }

        /** The JSON of [View.changesSince]. */
        public fun changesSince(
            before: View,
            filter: Filter = Filter(),
        ): String = servanda { raw.changesSinceJson(before.raw, filter) }

        /** The JSON of [View.parts]. */
        public fun parts(
            commitment: String,
            filter: Filter = Filter(),
        ): String = servanda { raw.partsJson(commitment, filter) }

        /** The JSON of [View.stale]. */
        public fun stale(
            atLeastDays: Int,
            filter: Filter = Filter(),
        ): String = servanda { raw.staleJson(atLeastDays.coerceAtLeast(0).toUInt(), filter) }

        /** The JSON of [View.conflicts]. */
        public fun conflicts(): String = servanda { raw.conflictsJson() }

        /** The JSON of [View.procedures]. */
        public fun procedures(): String = servanda { raw.proceduresJson() }

        /** The JSON of [View.parties]. */
        public fun parties(): String = servanda { raw.partiesJson() }
    }
}
