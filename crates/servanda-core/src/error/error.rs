//! The error itself: what was tried, on what, and why it was refused.

use std::convert::Infallible;
use std::fmt;

use super::AnyStoreFailure;
use crate::procedure::{Diagnostic, ProcedureRef};
use crate::value::json::CanonicalError;
use crate::value::{Date, Day, Digest, EntryId, Moment, Slug, ValueError};

/// The result of whatever can be refused.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why something was refused: what was tried, on what, why not, and what would be accepted.
///
/// The text is for people. Programs use [`code`](Error::code), which stays the same, [`family`](Error::kind) and [`details`](Error::details).
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A text is not a value: not well-formed, or not one of the words of a vocabulary.
    #[error(transparent)]
    Value(#[from] ValueError),
    /// The place where the ledger is kept failed.
    #[error("{0}")]
    Store(AnyStoreFailure),
    /// A line is not canonical JSON.
    #[error("byte {}: {problem}", at + 1)]
    NotCanonical {
        /// What is wrong with it.
        problem: CanonicalError,
        /// At which byte of the line, from 0.
        at: usize,
    },
    /// A field of an entry is missing, or has a value it cannot have.
    #[error("the field {field}: {reason}")]
    InvalidField {
        /// Its path in the entry, such as `fact.advance.sources[0].url`.
        field: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A text is not a draft.
    #[error("this is not a draft: {reason}; a draft is an object with the members of a line, such as {EXAMPLE}")]
    InvalidDraft {
        /// What is wrong with it, and where.
        reason: String,
    },
    /// An entry's id is not the digest of its content.
    #[error("the id is {given}, but the entry hashes to {computed}; it was changed after it was written")]
    WrongId {
        /// The id on the line.
        given: EntryId,
        /// What the line hashes to.
        computed: EntryId,
    },
    /// Something is wrong with a line of a ledger.
    #[error("line {line}, {error}")]
    AtLine {
        /// The number of the line, from 1.
        line: u64,
        /// What is wrong.
        error: Box<Error>,
    },
    /// Several things are wrong at once.
    #[error("{} things are wrong:{}", errors.len(), errors.iter().map(|error| format!("\n  {error}")).collect::<String>())]
    Several {
        /// All of them.
        errors: Vec<Error>,
    },
    /// The caller cancelled the operation from its progress callback.
    #[error("interrupted; the ledger is unchanged")]
    Interrupted,
    /// A stream could not be read.
    #[error("the ledger could not be read: {reason}")]
    Unreadable {
        /// What the system says.
        reason: String,
    },
    /// A procedure is not fit for use.
    #[error("the procedure is refused:{}", listed(diagnostics))]
    ProcedureRefused {
        /// Everything that was found.
        diagnostics: Vec<Diagnostic>,
    },
    /// A calendar is not fit for use.
    #[error("the calendar is refused: {reason}")]
    CalendarRefused {
        /// What is wrong with it.
        reason: String,
    },
    /// A file does not hold a commitment.
    #[error("the commitment is refused:{}", listed(diagnostics))]
    CommitmentRefused {
        /// Everything that was found.
        diagnostics: Vec<Diagnostic>,
    },
    /// A treaty's rule on entry into force is not fit for use.
    #[error("the rule on entry into force is refused:{}", listed(diagnostics))]
    EntryIntoForceRefused {
        /// Everything that was found.
        diagnostics: Vec<Diagnostic>,
    },
    /// No procedure has this id.
    #[error("there is no procedure {procedure}{}; there are: {}", did_you_mean(nearest.as_ref()), joined(procedures))]
    NoProcedure {
        /// The id.
        procedure: Slug,
        /// The id that is nearest to it.
        nearest: Option<Slug>,
        /// The ids there are.
        procedures: Vec<Slug>,
    },
    /// A batch has nothing in it.
    #[error("there is nothing to append; a batch has at least one draft")]
    EmptyBatch,
    /// A batch has too much in it.
    #[error("a batch of {entries} entries is too large; append at most 10,000 together")]
    BatchTooLarge {
        /// How many entries it has.
        entries: usize,
    },
    /// No commitment has this id.
    #[error("{commitment} is not registered on this ledger{}; register it first, or ask as of a later moment", did_you_mean(nearest.as_ref()))]
    UnknownCommitment {
        /// The id.
        commitment: Slug,
        /// The id on the ledger that is nearest to it.
        nearest: Option<Slug>,
    },
    /// A commitment with this id was registered before.
    #[error("{commitment} was registered before, by the entry {by}; choose another id, or amend what is there")]
    AlreadyRegistered {
        /// The id.
        commitment: Slug,
        /// The entry that registered it.
        by: EntryId,
    },
    /// A commitment is pinned to a procedure that the ledger does not have.
    #[error("{commitment} is to go through {procedure} ({}), which is neither on this ledger nor built in; define it first", procedure.digest)]
    UnknownProcedure {
        /// The commitment.
        commitment: Slug,
        /// The procedure it is pinned to.
        procedure: ProcedureRef,
    },
    /// A procedure's version is on the ledger with another content.
    #[error(
        "{procedure} is on this ledger as {held}, and {given} differs from it; give a changed procedure a new version"
    )]
    RivalDefinition {
        /// The procedure, as `id version n`.
        procedure: String,
        /// The digest of the one on the ledger.
        held: Digest,
        /// The digest of the one refused.
        given: Digest,
    },
    /// A procedure does not have this status.
    #[error("{procedure} has no status {status}{}; its statuses are: {}", did_you_mean(nearest.as_ref()), joined(statuses))]
    UnknownStatus {
        /// The procedure.
        procedure: ProcedureRef,
        /// The status that was asked for.
        status: Slug,
        /// The status of the procedure that is nearest to it.
        nearest: Option<Slug>,
        /// The statuses it has.
        statuses: Vec<Slug>,
    },
    /// A procedure does not have this clock.
    #[error("{procedure} has no clock {clock} that takes its rule from the commitment; {}", those_that_do(clocks))]
    UnknownClock {
        /// The procedure.
        procedure: ProcedureRef,
        /// The clock that a rule was given for.
        clock: Slug,
        /// The clocks that take their rule from the commitment.
        clocks: Vec<Slug>,
    },
    /// The procedure does not allow this step from where the commitment stood on the day.
    #[error("{commitment} cannot go to {to} on {on}: it stood at {from} since {since}{}; from there it can go {}", presumably(*presumed), onward(allowed))]
    IllegalStep {
        /// The commitment.
        commitment: Slug,
        /// The status that was asked for.
        to: Slug,
        /// The day.
        on: Date,
        /// Where it stood.
        from: Slug,
        /// Since when.
        since: Day,
        /// Whether that is presumed, because a clock fired and nothing confirms it.
        presumed: bool,
        /// The statuses it can go to from there.
        allowed: Vec<Slug>,
    },
    /// A step lies before the commitment's history opens.
    #[error(
        "{commitment} cannot go to {to} on {on}: its history opens on {opens} at {status}, and nothing comes before that"
    )]
    BeforeOpening {
        /// The commitment.
        commitment: Slug,
        /// The status that was asked for.
        to: Slug,
        /// The day.
        on: Date,
        /// The day its history opens.
        opens: Day,
        /// The status at which it opens.
        status: Slug,
    },
    /// A step that a clock takes by itself on a known day is said to have been taken on another.
    #[error(
        "{commitment} cannot go to {to} on {on}: the clock {clock} takes that step by itself, and does so on {due}"
    )]
    ClockNotDue {
        /// The commitment.
        commitment: Slug,
        /// The status that was asked for.
        to: Slug,
        /// The day.
        on: Date,
        /// The clock.
        clock: Slug,
        /// The day it is due.
        due: Day,
    },
    /// A back-dated step or a deposit makes a later step impossible.
    #[error(
        "{commitment}: {what} on {on} does not fit what is recorded after it: the step to {later} on {later_on} (entry {entry}) would not be allowed"
    )]
    BreaksLaterStep {
        /// The commitment.
        commitment: Slug,
        /// What was tried.
        what: String,
        /// The day.
        on: Date,
        /// The later entry.
        entry: EntryId,
        /// The status it leads to.
        later: Slug,
        /// Its day.
        later_on: Date,
    },
    /// A step needs more sources.
    #[error("{commitment} cannot go to {to} on {on}: the step needs {needed} source{} as evidence, and cites {given}", if *needed == 1 { "" } else { "s" })]
    MissingSources {
        /// The commitment.
        commitment: Slug,
        /// The status that was asked for.
        to: Slug,
        /// The day.
        on: Date,
        /// How many sources the step needs.
        needed: u32,
        /// How many it cites.
        given: u32,
    },
    /// A step can be taken by certain parties only.
    #[error("{commitment} cannot go to {to} on {on}: the step is taken by {}, and the entry names {}", listed_by(allowed, " or "), given.as_ref().map_or("nobody", Slug::as_str))]
    WrongParty {
        /// The commitment.
        commitment: Slug,
        /// The status that was asked for.
        to: Slug,
        /// The day.
        on: Date,
        /// Who can take it.
        allowed: Vec<Slug>,
        /// Who is said to have taken it.
        given: Option<Slug>,
    },
    /// An entry names another that is not there.
    #[error("`{kind}` names the entry {entry}, which is not {wanted}")]
    UnknownEntry {
        /// The kind of fact that names it.
        kind: String,
        /// The entry named.
        entry: EntryId,
        /// What it should be.
        wanted: String,
    },
    /// An entry was retracted before.
    #[error("the entry {entry} was retracted before, by the entry {by}")]
    AlreadyRetracted {
        /// The entry.
        entry: EntryId,
        /// The entry that retracted it.
        by: EntryId,
    },
    /// Without an entry, what follows it would be impossible, or rest on a presumption.
    #[error(
        "the entry {entry} cannot be retracted by itself: without it, {then}; retract that too, or put something in its place, in the same batch"
    )]
    RetractionBreaks {
        /// The entry.
        entry: EntryId,
        /// What would be impossible.
        then: String,
    },
    /// With a calendar as it is defined anew, recorded steps would be impossible.
    #[error(
        "the calendar {calendar} cannot be defined like this: with it, {then}; retract that step in the same batch, or correct the calendar"
    )]
    CalendarBreaks {
        /// The calendar.
        calendar: Slug,
        /// What would be impossible.
        then: String,
    },
    /// The record is said to be complete to a day that has not come.
    #[error(
        "the record of {commitment} cannot be complete to {on}: that was not over when it was recorded, at {recorded_at}"
    )]
    AttestsTheFuture {
        /// The commitment.
        commitment: Slug,
        /// The day.
        on: Date,
        /// When it was recorded.
        recorded_at: Moment,
    },
    /// Positions have no deadline.
    #[error("{commitment} is a position, which is held and not fulfilled by a day; it takes no deadline")]
    PositionTakesNoDeadline {
        /// The commitment.
        commitment: Slug,
    },
    /// A commitment would be a part of itself.
    #[error("{commitment} would be a part of itself: {}", listed_by(path, " is part of "))]
    PartOfItself {
        /// The commitment.
        commitment: Slug,
        /// The way back to it.
        path: Vec<Slug>,
    },
    /// The ledger holds entries from the future.
    #[error(
        "the newest entry was recorded at {newest}, more than a day after now ({now}); set this machine's clock, or find who recorded with a wrong one"
    )]
    ClockBehind {
        /// When the newest entry was recorded.
        newest: Moment,
        /// The moment of the append.
        now: Moment,
    },
    /// An importer gives a moment that is not later than all the ledger holds.
    #[error(
        "the entry is to be recorded at {given}, but the ledger already holds one recorded at {newest}; it must be later"
    )]
    RecordedTooEarly {
        /// The moment given.
        given: Moment,
        /// When the newest entry was recorded.
        newest: Moment,
    },
    /// An importer gives a moment in the future.
    #[error("the entry is to be recorded at {given}, more than a day after now ({now})")]
    RecordedTooLate {
        /// The moment given.
        given: Moment,
        /// The moment of the append.
        now: Moment,
    },
    /// A part of a batch is here, and the rest is not.
    #[error(
        "this entry is number {nth} of a batch of {of}, of which a part is missing here; it counts when all of them are here"
    )]
    HalfBatch {
        /// Which of the batch's entries it is, from 1.
        nth: u32,
        /// How many they are.
        of: u32,
    },
    /// A later version wrote something about the commitment that this one does not understand.
    #[error(
        "{commitment} has a fact of the kind `{kind}` (entry {entry}), which this version does not understand; it cannot tell which steps are allowed from then on. Update Servanda"
    )]
    NotUnderstood {
        /// The commitment.
        commitment: Slug,
        /// The kind of fact.
        kind: String,
        /// The entry.
        entry: EntryId,
    },
}

/// For values that need no conversion.
impl From<Infallible> for Error {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

/// Prints the message for people, so that `main` can return the error.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The shortest of drafts.
const EXAMPLE: &str = r#"{"commitment":"jp/tpp","fact":{"attest":{}},"on":"2013-03-15"}"#;

impl Error {
    /// These errors as one: a single one is itself.
    pub(crate) fn all(mut errors: Vec<Self>) -> Self {
        match errors.pop() {
            Some(only) if errors.is_empty() => only,
            last => {
                errors.extend(last);
                Self::Several { errors }
            }
        }
    }

    pub(crate) fn at_line(self, line: u64) -> Self {
        Self::AtLine { line, error: Box::new(self) }
    }
}

fn listed(diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().map(|diagnostic| format!("\n  {diagnostic}")).collect()
}

fn did_you_mean(nearest: Option<&Slug>) -> String {
    nearest.map_or_else(String::new, |nearest| format!(" (did you mean {nearest}?)"))
}

fn presumably(presumed: bool) -> &'static str {
    if presumed { " (presumed: a clock fired, and no entry confirms it)" } else { "" }
}

fn listed_by(slugs: &[Slug], separator: &str) -> String {
    slugs.iter().map(Slug::as_str).collect::<Vec<_>>().join(separator)
}

fn joined(slugs: &[Slug]) -> String {
    listed_by(slugs, ", ")
}

fn onward(statuses: &[Slug]) -> String {
    if statuses.is_empty() { "nowhere".to_owned() } else { format!("to: {}", joined(statuses)) }
}

fn those_that_do(clocks: &[Slug]) -> String {
    if clocks.is_empty() { "none of its clocks does".to_owned() } else { format!("these do: {}", joined(clocks)) }
}
