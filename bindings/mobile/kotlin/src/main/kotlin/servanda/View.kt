package servanda

import java.time.Instant
import java.time.LocalDate

/**
 * The entries that a tracker had when the view was taken, as of a day and as known at a moment.
 * Later appends and merges do not change a view.
 *
 * A view need not be closed. It keeps the tracker's file open until it is garbage collected.
 */
public class View internal constructor(
    private val raw: RawView,
) {
    /** The same view as of another day. A view shows what was true at the end of its day. */
    public fun on(day: LocalDate): View = View(servanda { raw.on(day) })

    /** The same view, with the entries that had been recorded by this moment, inclusive. */
    public fun knownAt(moment: Instant): View = View(servanda { raw.knownAt(moment) })

    /**
     * The same view, with the entries that had been published by the end of this day, here or
     * elsewhere. An entry without a date of publication counts from the day of its recording.
     */
    public fun asPublished(day: LocalDate): View = View(servanda { raw.asPublished(day) })

    /**
     * The same view, with the names in answers in the first of these languages in which each is
     * known. Without any of them, a name stays as it is.
     *
     * @throws ServandaException.Invalid `invalid-language`.
     */
    public fun inLanguages(languages: List<String>): View = View(servanda { raw.inLanguages(languages) })

    /**
     * The same view of a ledger that also has these entries, such as those of [Tracker.prepare].
     */
    public fun with(entries: List<Entry>): View = View(servanda { raw.with(entries.map(Entry::line)) })

    /** The day of the view. */
    public val day: LocalDate get() = raw.day()

    /** The answers as JSON, with the same bytes as in every other language. */
    public val json: ViewJson get() = ViewJson(raw)

    /**
     * The standing of a commitment.
     *
     * @throws ServandaException.Unknown `unknown-commitment`, with similar ids.
     */
    public fun standing(commitment: String): Standing = servanda { raw.standing(commitment) }

    /**
     * The standing of a commitment, with the links of other commitments to it in
     * [Standing.linkedFrom]. Of a database, the whole ledger is read.
     *
     * @throws ServandaException.Unknown `unknown-commitment`, with similar ids.
     */
    public fun standingWithLinks(commitment: String): Standing = servanda { raw.standingWithLinks(commitment) }

    /**
     * The id of the commitment that a text names: the id itself, or an identifier as
     * `SCHEME=VALUE`.
     *
     * @throws ServandaException.Unknown `unknown-identifier`, `ambiguous-identifier`.
     */
    public fun resolve(name: String): String = servanda { raw.resolve(name) }

    /** The standings of the commitments that match the filter, in the order of their ids. */
    public fun standings(filter: Filter = Filter()): List<Standing> = servanda { raw.standings(filter) }

    /**
     * The summaries of the commitments that match the filter, which is many times faster than
     * [standings].
     */
    public fun summaries(filter: Filter = Filter()): List<Summary> = servanda { raw.summaries(filter) }

    /** The steps of a commitment so far, starting with the opening. */
    public fun history(commitment: String): List<Step> = standing(commitment).history

    /**
     * The history of a commitment as a picture of lines of text, for a font in which all characters
     * are equally wide: steps, clocks, deadlines, corrections, and what lies ahead.
     *
     * @throws ServandaException.Unknown `unknown-commitment`, with similar ids.
     */
    public fun timeline(
        commitment: String,
        columns: UInt = 40u,
    ): String = servanda { raw.timeline(commitment, columns) }

    /** The verdicts on the commitments that match the filter, as a bar of text with numbers. */
    public fun tally(
        filter: Filter = Filter(),
        columns: UInt = 40u,
    ): String = servanda { raw.tally(filter, columns) }

    /**
     * The steps that a commitment can take next, what each step needs, and the running clocks.
     *
     * @param to With this status, [Outlook.asked] says whether the step to it is possible on the
     *   day of the view.
     */
    public fun outlook(
        commitment: String,
        to: String? = null,
    ): Outlook = servanda { raw.outlook(commitment, to) }

    /**
     * Why a commitment cannot take the step to a status on the day of the view, or null if it can.
     */
    public fun whyNot(
        commitment: String,
        to: String,
    ): Problem? = servanda { raw.whyNot(commitment, to) }

    /**
     * Checks whether these facts could be appended to the entries of the view. Throws the error of
     * the append if not.
     */
    public fun check(vararg drafts: Draft): Unit = servanda { raw.check(drafts.asList()) }

    /** The clocks that fire and the deadlines that end in a span of days. */
    public fun agenda(
        first: LocalDate,
        last: LocalDate,
        filter: Filter = Filter(),
    ): Agenda = servanda { raw.agenda(first, last, filter) }

    /** The differences from another view, such as one of an earlier day or an earlier moment. */
    public fun changesSince(
        before: View,
        filter: Filter = Filter(),
    ): Changes = servanda { raw.changesSince(before.raw, filter) }

    /** The parts of a commitment, including parts of parts, with counts by phase and verdict. */
    public fun parts(
        commitment: String,
        filter: Filter = Filter(),
    ): Parts = servanda { raw.parts(commitment, filter) }

    /** The responsible bodies, with the number of their commitments by phase and verdict. */
    public fun bodies(filter: Filter = Filter()): Bodies = servanda { raw.bodies(filter) }

    /** The open commitments without an event for at least this many days, the longest first. */
    public fun stale(
        atLeastDays: Int,
        filter: Filter = Filter(),
    ): List<Stale> = servanda { raw.stale(atLeastDays.coerceAtLeast(0).toUInt(), filter) }

    /**
     * The entries that match the filter, the most recently recorded first, each with its
     * retraction. The day of the view does not matter.
     */
    public fun log(filter: LogFilter = LogFilter()): List<Logged> = servanda { raw.log(filter) }

    /** The entries that contradict others, each with the reason. */
    public fun conflicts(): List<Conflict> = servanda { raw.conflicts() }

    /** The procedures that the ledger defines. */
    public fun procedures(): List<Procedure> = servanda { raw.procedures() }

    /**
     * The newest version of a procedure, among those that the ledger defines and the built-in ones.
     *
     * @throws ServandaException.Unknown `no-procedure`, with the ids of the known procedures.
     */
    public fun procedure(id: String): Procedure = servanda { raw.procedure(id) }

    /** The parties that the ledger defines. */
    public fun parties(): List<Party> = servanda { raw.parties() }

    /** The topics that the ledger defines, with their names. */
    public fun topics(): List<Topic> = servanda { raw.topics() }

    /**
     * The answers of a view as JSON. Each function returns the JSON of the view's function of the
     * same name.
     */
    public class ViewJson internal constructor(
        private val raw: RawView,
    ) {
        /** The JSON of [View.standing]. */
        public fun standing(commitment: String): String = servanda { raw.standingJson(commitment) }

        /** The JSON of [View.standingWithLinks]. */
        public fun standingWithLinks(commitment: String): String = servanda { raw.standingWithLinksJson(commitment) }

        /** The JSON of [View.standings]. */
        public fun standings(filter: Filter = Filter()): String = servanda { raw.standingsJson(filter) }

        /** The JSON of [View.outlook]. */
        public fun outlook(
            commitment: String,
            to: String? = null,
        ): String = servanda { raw.outlookJson(commitment, to) }

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

        /** The JSON of [View.bodies]. */
        public fun bodies(filter: Filter = Filter()): String = servanda { raw.bodiesJson(filter) }

        /** The JSON of [View.stale]. */
        public fun stale(
            atLeastDays: Int,
            filter: Filter = Filter(),
        ): String = servanda { raw.staleJson(atLeastDays.coerceAtLeast(0).toUInt(), filter) }

        /** The JSON of [View.log]. */
        public fun log(filter: LogFilter = LogFilter()): String = servanda { raw.logJson(filter) }

        /** The JSON of [View.conflicts]. */
        public fun conflicts(): String = servanda { raw.conflictsJson() }

        /** The JSON of [View.procedures]. */
        public fun procedures(): String = servanda { raw.proceduresJson() }

        /** The JSON of [View.parties]. */
        public fun parties(): String = servanda { raw.partiesJson() }

        /** The JSON of [View.topics]. */
        public fun topics(): String = servanda { raw.topicsJson() }
    }
}
