// Facts on their way to a ledger: one function for each kind, as `Draft.advance(…)`.

package servanda

import java.time.Instant
import java.time.LocalDate

/** A commitment was made. */
public fun Draft.Companion.register(
    commitment: Commitment,
    recordedAt: Instant? = null,
): Draft = Draft(Fact.Register(commitment), commitment = commitment.id, recordedAt = recordedAt)

/**
 * A step was taken: [commitment] went [to] a status [on] a day.
 *
 * @param by who took it, where the procedure says that it matters.
 * @param after the entry of the same day that it comes after.
 * @param recordedAt when it was written down, if that was earlier than now.
 */
public fun Draft.Companion.advance(
    commitment: String,
    to: String,
    on: PartialDate,
    sources: List<Source> = emptyList(),
    by: String? = null,
    note: String? = null,
    after: EntryId? = null,
    recordedAt: Instant? = null,
): Draft = Draft(Fact.Advance(to, by, sources, note), commitment, on, after, recordedAt)

/** A step was taken: [commitment] went [to] a status [on] a day. */
public fun Draft.Companion.advance(
    commitment: String,
    to: String,
    on: LocalDate,
    sources: List<Source> = emptyList(),
    by: String? = null,
    note: String? = null,
    after: EntryId? = null,
    recordedAt: Instant? = null,
): Draft = Draft.advance(commitment, to, PartialDate.of(on), sources, by, note, after, recordedAt)

/**
 * A party deposited an instrument.
 *
 * @param instrument its kind, such as `ratification` or `acceptance`.
 * @param share the party's share of whatever total the treaty weighs, as an exact number such as `20.09`.
 */
public fun Draft.Companion.deposit(
    commitment: String,
    by: String,
    on: PartialDate,
    instrument: String? = null,
    share: Decimal? = null,
    sources: List<Source> = emptyList(),
    note: String? = null,
    after: EntryId? = null,
    recordedAt: Instant? = null,
): Draft = Draft(Fact.Deposit(by, instrument, share, sources, note), commitment, on, after, recordedAt)

/** A party deposited an instrument. */
public fun Draft.Companion.deposit(
    commitment: String,
    by: String,
    on: LocalDate,
    instrument: String? = null,
    share: Decimal? = null,
    sources: List<Source> = emptyList(),
    note: String? = null,
    after: EntryId? = null,
    recordedAt: Instant? = null,
): Draft = Draft.deposit(commitment, by, PartialDate.of(on), instrument, share, sources, note, after, recordedAt)

/** Further sources for an entry. */
public fun Draft.Companion.cite(
    commitment: String,
    entry: EntryId,
    sources: List<Source>,
    note: String? = null,
    recordedAt: Instant? = null,
): Draft = Draft(Fact.Cite(entry, sources, note), commitment, recordedAt = recordedAt)

/** Something happened that moves nothing: a referendum, a ruling, a restatement. */
public fun Draft.Companion.remark(
    commitment: String,
    title: String,
    on: PartialDate,
    sources: List<Source> = emptyList(),
    note: String? = null,
    recordedAt: Instant? = null,
): Draft = Draft(Fact.Remark(title, sources, note), commitment, on, recordedAt = recordedAt)

/** Something happened that moves nothing: a referendum, a ruling, a restatement. */
public fun Draft.Companion.remark(
    commitment: String,
    title: String,
    on: LocalDate,
    sources: List<Source> = emptyList(),
    note: String? = null,
    recordedAt: Instant? = null,
): Draft = Draft.remark(commitment, title, PartialDate.of(on), sources, note, recordedAt)

/** The record of a commitment is complete to a day. */
public fun Draft.Companion.attest(
    commitment: String,
    on: LocalDate,
    sources: List<Source> = emptyList(),
    note: String? = null,
    recordedAt: Instant? = null,
): Draft = Draft(Fact.Attest(sources, note), commitment, PartialDate.of(on), recordedAt = recordedAt)

/** A deadline was set or moved [on] a day. */
public fun Draft.Companion.reschedule(
    commitment: String,
    deadline: PartialDate,
    on: PartialDate,
    sources: List<Source> = emptyList(),
    note: String? = null,
    recordedAt: Instant? = null,
): Draft = Draft(Fact.Reschedule(deadline, sources, note), commitment, on, recordedAt = recordedAt)

/** A deadline was set or moved [on] a day. */
public fun Draft.Companion.reschedule(
    commitment: String,
    deadline: LocalDate,
    on: LocalDate,
    sources: List<Source> = emptyList(),
    note: String? = null,
    recordedAt: Instant? = null,
): Draft = Draft.reschedule(commitment, PartialDate.of(deadline), PartialDate.of(on), sources, note, recordedAt)

/**
 * A title, topics or the wording of a note are put better.
 *
 * @param entry the entry whose [note] is worded anew; the two go together.
 */
public fun Draft.Companion.amend(
    commitment: String,
    title: String? = null,
    topics: List<String>? = null,
    entry: EntryId? = null,
    note: String? = null,
    recordedAt: Instant? = null,
): Draft = Draft(Fact.Amend(title, topics, entry, note), commitment, recordedAt = recordedAt)

/** Two commitments have to do with one another: [to] is the [relation] of [commitment]. */
public fun Draft.Companion.link(
    commitment: String,
    relation: Relation,
    to: String,
    on: PartialDate? = null,
    sources: List<Source> = emptyList(),
    note: String? = null,
    recordedAt: Instant? = null,
): Draft = Draft(Fact.Link(to, relation, sources, note), commitment, on, recordedAt = recordedAt)

/** An entry was a mistake. Without a [commitment] it is a definition that was. */
public fun Draft.Companion.retract(
    commitment: String?,
    entry: EntryId,
    reason: String,
    recordedAt: Instant? = null,
): Draft = Draft(Fact.Retract(entry, reason), commitment, recordedAt = recordedAt)

/** What a party is; the latest definition known applies. */
public fun Draft.Companion.define(
    party: Party,
    recordedAt: Instant? = null,
): Draft = Draft(Fact.DefineParty(party), recordedAt = recordedAt)

/** What a procedure is; the first definition of a version holds. */
public fun Draft.Companion.define(
    procedure: Procedure,
    recordedAt: Instant? = null,
): Draft = Draft(Fact.DefineProcedure(procedure), recordedAt = recordedAt)

/** What a calendar is; of the definitions known the one that speaks of the most days applies, and among equals the latest. */
public fun Draft.Companion.define(
    calendar: Calendar,
    recordedAt: Instant? = null,
): Draft = Draft(Fact.DefineCalendar(calendar), recordedAt = recordedAt)
