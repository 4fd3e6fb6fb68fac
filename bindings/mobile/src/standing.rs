//! The answer to "where does it stand?".

use servanda::{
    Date, Day, Deadline, Decimal, Deposited, EntryId, Linked, Moment, NextStep, Note, Obligation, Phase, ProcedureRef,
    Relation, Remarked, RunningClock, SetDeadline, Slug, Source, Step, Title, Verdict, Words,
};

use crate::leaf::Names;

/// What a view says about one commitment.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct Standing {
    /// The commitment.
    pub commitment: Slug,
    /// What the commitment is about.
    pub title: Title,
    /// The status, if known.
    pub status: Option<Slug>,
    /// What the status is called, by language.
    pub status_title: Option<Names>,
    /// Since when it has had its status.
    pub since: Option<Day>,
    /// The phase, if known.
    pub phase: Option<Phase>,
    /// The verdict, once the word has been given and if the status is known.
    pub verdict: Option<Verdict>,
    /// Whether the verdict is `overdue`.
    pub overdue: bool,
    /// Whether the status rests on the absence of an entry that nothing confirms.
    pub presumed: bool,
    /// Why status, phase or verdict are absent, if one of them is.
    pub reason: Option<String>,
    /// The deadline in force on the day.
    pub deadline: Option<Deadline>,
    /// All deadlines that were set, in the order in which they were.
    pub deadlines: Vec<SetDeadline>,
    /// The steps that led here, the opening first.
    pub history: Vec<Step>,
    /// The steps that can be taken from here.
    pub next: Vec<NextStep>,
    /// The clocks that run.
    pub clocks: Vec<RunningClock>,
    /// What happened and moved nothing.
    pub remarks: Vec<Remarked>,
    /// The instruments deposited.
    pub deposits: Vec<Deposited>,
    /// What other commitments are to this one.
    pub links: Vec<Linked>,
    /// The entries about it that do not fit.
    pub conflicts: Vec<Conflict>,
    /// Who commits.
    pub by: Vec<Slug>,
    /// To whom.
    pub to: Vec<Slug>,
    /// The day the word was given.
    pub made: Day,
    /// The legal weight of the words.
    pub obligation: Obligation,
    /// The words used, with their source.
    pub words: Words,
    /// What it can be found under.
    pub topics: Vec<Slug>,
    /// The commitment of which this is one piece.
    pub part_of: Option<Slug>,
    /// The procedure's id.
    pub procedure: Slug,
    /// The procedure's version and digest.
    pub pin: ProcedureRef,
    /// The day asked about.
    pub on: Day,
    /// The moment as of which the ledger is read; all that it holds if absent.
    pub known_at: Option<Moment>,
}

impl From<servanda::Standing> for Standing {
    fn from(standing: servanda::Standing) -> Self {
        let servanda::Standing {
            by,
            clocks,
            commitment,
            conflicts,
            deadline,
            deadlines,
            deposits,
            history,
            known_at,
            links,
            made,
            next,
            obligation,
            on,
            overdue,
            part_of,
            phase,
            pin,
            presumed,
            procedure,
            reason,
            remarks,
            since,
            status,
            status_title,
            title,
            to,
            topics,
            verdict,
            words,
        } = standing;
        Self {
            commitment,
            title,
            status,
            status_title,
            since,
            phase,
            verdict,
            overdue,
            presumed,
            reason,
            deadline,
            deadlines,
            history,
            next,
            clocks,
            remarks,
            deposits,
            links,
            conflicts: conflicts.into_iter().map(Conflict::from).collect(),
            by,
            to,
            made,
            obligation,
            words,
            topics,
            part_of,
            procedure,
            pin,
            on,
            known_at,
        }
    }
}

/// What follows about the word given.
#[uniffi::remote(Enum)]
pub enum Verdict {
    /// Nothing has been done yet.
    Pending,
    /// It is being done.
    InProgress,
    /// It is held up.
    Stalled,
    /// Its deadline has passed. That is not yet broken.
    Overdue,
    /// The word was kept.
    Kept,
    /// The word was kept after its deadline.
    KeptLate,
    /// The word was broken.
    Broken,
    /// What was striven for failed, though the party did not give up.
    Unfulfilled,
    /// Something else took the place of what was promised.
    Released,
    /// The position is held.
    Holding,
}

/// A step of a history.
#[uniffi::remote(Record)]
pub struct Step {
    /// The status it led to.
    pub status: Slug,
    /// What that status is called, by language.
    pub title: Names,
    /// When, as precisely as known.
    pub on: Date,
    /// The phase of the status.
    pub phase: Phase,
    /// The rule that allowed it; none for the opening.
    pub basis: Option<Title>,
    /// Who took it, if the entry says.
    pub by: Option<Slug>,
    /// The clock that took it, if no one did.
    pub clock: Option<Slug>,
    /// Whether it rests on the absence of an entry that nothing confirms.
    pub presumed: bool,
    /// The evidence, of all entries that say so.
    pub sources: Vec<Source>,
    /// The note on it.
    pub note: Option<Note>,
    /// The entry that records it; none for a clock.
    pub entry: Option<EntryId>,
    /// Further entries that say the same.
    pub further_entries: Vec<EntryId>,
    /// When it was written down.
    pub recorded_at: Option<Moment>,
    /// Who wrote it down.
    pub recorded_by: Option<Slug>,
}

/// A step that can be taken, and what it needs.
#[uniffi::remote(Record)]
pub struct NextStep {
    /// The status it leads to.
    pub to: Slug,
    /// What it is called, by language.
    pub title: Names,
    /// The phase of the status.
    pub phase: Phase,
    /// The rule that allows it.
    pub basis: Title,
    /// How many sources it needs.
    pub sources: u32,
    /// Who can take it; anyone if empty.
    pub taken_by: Vec<Slug>,
    /// Whether it reopens what is final.
    pub reopening: bool,
}

/// A clock that runs.
#[uniffi::remote(Record)]
pub struct RunningClock {
    /// Its id.
    pub clock: Slug,
    /// What it is called, by language.
    pub title: Names,
    /// The status it leads to.
    pub to: Slug,
    /// The day it fires, if nothing happens before and the calendar says.
    pub due: Option<Day>,
    /// Why the day is not known, if it is not.
    pub reason: Option<String>,
    /// Whether its step will be presumed until confirmed.
    pub presumed: bool,
    /// The rule of law.
    pub basis: Title,
}

/// A deadline that was set.
#[uniffi::remote(Record)]
pub struct SetDeadline {
    /// The deadline.
    pub deadline: Deadline,
    /// The day it was set.
    pub set_on: Date,
    /// Whether it counts: one that was set before the word was given does not, nor one that was set when the deadline before it had already
    /// passed, which it does not cure.
    pub in_force: bool,
    /// The evidence.
    pub sources: Vec<Source>,
    /// The note on it.
    pub note: Option<Note>,
    /// The entry that set it.
    pub entry: EntryId,
}

/// An event that moved nothing.
#[uniffi::remote(Record)]
pub struct Remarked {
    /// What happened.
    pub title: Title,
    /// When.
    pub on: Date,
    /// The evidence.
    pub sources: Vec<Source>,
    /// The note on it.
    pub note: Option<Note>,
    /// The entry.
    pub entry: EntryId,
}

/// An instrument that a party deposited.
#[uniffi::remote(Record)]
pub struct Deposited {
    /// By which party.
    pub by: Slug,
    /// When.
    pub on: Date,
    /// The kind of instrument.
    pub instrument: Option<Slug>,
    /// The party's share.
    pub share: Option<Decimal>,
    /// The evidence.
    pub sources: Vec<Source>,
    /// The note on it.
    pub note: Option<Note>,
    /// The entry.
    pub entry: EntryId,
}

/// What another commitment is to this one.
#[uniffi::remote(Record)]
pub struct Linked {
    /// The other commitment.
    pub to: Slug,
    /// What it is.
    pub relation: Relation,
    /// Since when, if the entry says.
    pub on: Option<Date>,
    /// The evidence.
    pub sources: Vec<Source>,
    /// The note on it.
    pub note: Option<Note>,
    /// The entry.
    pub entry: EntryId,
}

/// An entry that does not fit together with others.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct Conflict {
    /// The entry.
    pub entry: EntryId,
    /// The stable code of the reason, such as `illegal-step`.
    pub code: String,
    /// The reason, for people: that with which an append would have been refused.
    pub text: String,
}

impl From<servanda::Conflict> for Conflict {
    fn from(conflict: servanda::Conflict) -> Self {
        let servanda::Conflict { entry, reason } = conflict;
        Self { entry, code: reason.code().to_owned(), text: reason.to_string() }
    }
}
