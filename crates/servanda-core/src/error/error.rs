//! The error type: what was tried, why it was refused, and what would be accepted.

use std::convert::Infallible;
use std::fmt;

use super::AnyStoreFailure;
use crate::procedure::{Diagnostic, ProcedureRef};
use crate::value::json::CanonicalError;
use crate::value::{Date, Day, Deadline, Digest, EntryId, Identifier, Moment, Slug, ValueError};

/// The result of an operation that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Says what was tried, why it was refused, and what would be accepted.
///
/// The message is for people. Programs use [`code`](Error::code), which never changes,
/// [`kind`](Error::kind) and [`details`](Error::details).
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A text is not a valid value: it is not well-formed, or not a word of the vocabulary.
    #[error(transparent)]
    Value(#[from] ValueError),
    /// The place where the ledger is kept failed: a file, a database or a connection.
    #[error("{0}")]
    Store(AnyStoreFailure),
    /// A line is not canonical JSON.
    #[error("byte {}: {problem}", at + 1)]
    NotCanonical {
        /// The problem.
        problem: CanonicalError,
        /// The position in the line, in bytes from 0.
        at: usize,
    },
    /// A field of an entry is missing or has an invalid value.
    #[error("the field {field}: {reason}")]
    InvalidField {
        /// The path of the field in the entry, such as `fact.advance.sources[0].url`.
        field: String,
        /// The problem.
        reason: String,
    },
    /// A text is not a draft.
    #[error("this is not a draft: {reason}; a draft is an object with the members of a line, such as {EXAMPLE}")]
    InvalidDraft {
        /// The problem, with its position.
        reason: String,
    },
    /// The id of an entry is not the digest of its content.
    #[error("the id is {given}, but the entry hashes to {computed}; it was changed after it was written")]
    WrongId {
        /// The id in the line.
        given: EntryId,
        /// The digest of the line.
        computed: EntryId,
    },
    /// A line of a ledger is invalid.
    #[error("line {line}, {error}")]
    AtLine {
        /// The number of the line, from 1.
        line: u64,
        /// The error in the line.
        error: Box<Error>,
    },
    /// There are several errors.
    #[error("{} things are wrong:{}", errors.len(), errors.iter().map(|error| format!("\n  {error}")).collect::<String>())]
    Several {
        /// All of the errors.
        errors: Vec<Error>,
    },
    /// The caller cancelled the operation from its progress callback.
    #[error("interrupted; the ledger is unchanged")]
    Interrupted,
    /// A stream could not be read.
    #[error("the ledger could not be read: {reason}")]
    Unreadable {
        /// The message of the operating system.
        reason: String,
    },
    /// A procedure is invalid.
    #[error("the procedure is refused:{}", listed(diagnostics))]
    ProcedureRefused {
        /// Every problem that was found.
        diagnostics: Vec<Diagnostic>,
    },
    /// A calendar is invalid.
    #[error("the calendar is refused: {reason}")]
    CalendarRefused {
        /// The problem.
        reason: String,
    },
    /// A file does not contain a valid commitment.
    #[error("the commitment is refused:{}", listed(diagnostics))]
    CommitmentRefused {
        /// Every problem that was found.
        diagnostics: Vec<Diagnostic>,
    },
    /// A file does not contain valid facts.
    #[error("the facts are refused:{}", listed(diagnostics))]
    FactsRefused {
        /// Every problem that was found.
        diagnostics: Vec<Diagnostic>,
    },
    /// A treaty's rule on its entry into force is invalid.
    #[error("the rule on entry into force is refused:{}", listed(diagnostics))]
    EntryIntoForceRefused {
        /// Every problem that was found.
        diagnostics: Vec<Diagnostic>,
    },
    /// No procedure has this id.
    #[error("there is no procedure {procedure}{}; there are: {}", did_you_mean(nearest.as_ref()), joined(procedures))]
    NoProcedure {
        /// The id.
        procedure: Slug,
        /// The most similar id.
        nearest: Option<Slug>,
        /// The ids that exist.
        procedures: Vec<Slug>,
    },
    /// A batch has no entries.
    #[error("there is nothing to append; a batch has at least one draft")]
    EmptyBatch,
    /// A batch has too many entries.
    #[error("a batch of {entries} entries is too large; append at most 10,000 together")]
    BatchTooLarge {
        /// The number of entries in the batch.
        entries: usize,
    },
    /// No commitment has this id.
    #[error("{commitment} is not registered on this ledger{}; register it first, or ask as of a later moment", did_you_mean(nearest.as_ref()))]
    UnknownCommitment {
        /// The id.
        commitment: Slug,
        /// The most similar id on the ledger.
        nearest: Option<Slug>,
    },
    /// A commitment with this id is already registered.
    #[error("{commitment} was registered before, by the entry {by}; choose another id, or amend what is there")]
    AlreadyRegistered {
        /// The id.
        commitment: Slug,
        /// The entry that registered it.
        by: EntryId,
    },
    /// No commitment has this identifier.
    #[error(
        "no commitment on this ledger has the identifier {identifier}; check the scheme and the value, or ask as of a later moment"
    )]
    UnknownIdentifier {
        /// The identifier.
        identifier: Box<Identifier>,
    },
    /// Several commitments have this identifier.
    #[error("{} commitments have the identifier {identifier}: {}; give the id of one of them", commitments.len(), listed_by(commitments, ", "))]
    AmbiguousIdentifier {
        /// The commitments, sorted by id.
        commitments: Vec<Slug>,
        /// The identifier.
        identifier: Box<Identifier>,
    },
    /// Another commitment has an identifier that is given to this one.
    #[error(
        "{commitment} is to have the identifier {identifier}, which {holder} has; give another one, or allow shared identifiers"
    )]
    IdentifierTaken {
        /// The commitment.
        commitment: Slug,
        /// The commitment that has the identifier.
        holder: Slug,
        /// The identifier.
        identifier: Box<Identifier>,
    },
    /// The ledger does not have the procedure of a commitment.
    #[error("{commitment} is to go through {procedure} ({}), which is neither on this ledger nor built in; define it first", procedure.digest)]
    UnknownProcedure {
        /// The commitment.
        commitment: Slug,
        /// The procedure that the commitment goes through.
        procedure: ProcedureRef,
    },
    /// The ledger has the same version of a procedure with different content.
    #[error(
        "{procedure} is on this ledger as {held}, and {given} differs from it; give a changed procedure a new version"
    )]
    RivalDefinition {
        /// The procedure, as `id version n`.
        procedure: String,
        /// The digest of the procedure on the ledger.
        held: Digest,
        /// The digest of the refused procedure.
        given: Digest,
    },
    /// A procedure does not have this status.
    #[error("{procedure} has no status {status}{}; its statuses are: {}", did_you_mean(nearest.as_ref()), joined(statuses))]
    UnknownStatus {
        /// The procedure.
        procedure: ProcedureRef,
        /// The requested status.
        status: Slug,
        /// The most similar status of the procedure.
        nearest: Option<Slug>,
        /// The statuses that the procedure has.
        statuses: Vec<Slug>,
    },
    /// A procedure does not have this clock.
    #[error("{procedure} has no clock {clock} that takes its rule from the commitment; {}", those_that_do(clocks))]
    UnknownClock {
        /// The procedure.
        procedure: ProcedureRef,
        /// The clock for which the commitment sets a rule.
        clock: Slug,
        /// The clocks that take their rule from the commitment.
        clocks: Vec<Slug>,
    },
    /// The procedure does not allow this step from the status on that day.
    #[error("{commitment} cannot go to {to} on {on}: it stood at {from} since {since}{}; from there it can go {}", presumably(*presumed), onward(allowed))]
    IllegalStep {
        /// The commitment.
        commitment: Slug,
        /// The requested status.
        to: Slug,
        /// The date of the step.
        on: Date,
        /// The status on that day.
        from: Slug,
        /// The first day on which the commitment had that status.
        since: Date,
        /// Whether that status is presumed, because a clock fired and no entry confirms it.
        presumed: bool,
        /// The statuses that can be reached from there.
        allowed: Vec<Slug>,
    },
    /// A step is earlier than the opening of the commitment's history.
    #[error(
        "{commitment} cannot go to {to} on {on}: its history opens on {opens} at {status}, and nothing comes before that"
    )]
    BeforeOpening {
        /// The commitment.
        commitment: Slug,
        /// The requested status.
        to: Slug,
        /// The date of the step.
        on: Date,
        /// The date on which the history opens.
        opens: Date,
        /// The status at which the history opens.
        status: Slug,
    },
    /// A clock takes this step by itself on a known day, and the entry gives another day.
    #[error(
        "{commitment} cannot go to {to} on {on}: the clock {clock} takes that step by itself, and does so on {due}"
    )]
    ClockNotDue {
        /// The commitment.
        commitment: Slug,
        /// The requested status.
        to: Slug,
        /// The date of the step.
        on: Date,
        /// The clock.
        clock: Slug,
        /// The day on which the clock is due.
        due: Day,
    },
    /// A back-dated step or deposit makes a later step impossible.
    #[error(
        "{commitment}: {what} on {on} does not fit what is recorded after it: the step to {later} on {later_on} (entry {entry}) would not be allowed"
    )]
    BreaksLaterStep {
        /// The commitment.
        commitment: Slug,
        /// The step or the deposit that was tried.
        what: String,
        /// The date of the step or the deposit.
        on: Date,
        /// The later entry.
        entry: EntryId,
        /// The status that the later step leads to.
        later: Slug,
        /// The date of the later step.
        later_on: Date,
    },
    /// A step needs more sources.
    #[error("{commitment} cannot go to {to} on {on}: the step needs {needed} source{} as evidence, and cites {given}", if *needed == 1 { "" } else { "s" })]
    MissingSources {
        /// The commitment.
        commitment: Slug,
        /// The requested status.
        to: Slug,
        /// The date of the step.
        on: Date,
        /// The number of sources that the step needs.
        needed: u32,
        /// The number of sources that the entry cites.
        given: u32,
    },
    /// Only certain parties can take a step.
    #[error("{commitment} cannot go to {to} on {on}: the step is taken by {}, and the entry names {}", listed_by(allowed, " or "), given.as_ref().map_or("nobody", Slug::as_str))]
    WrongParty {
        /// The commitment.
        commitment: Slug,
        /// The requested status.
        to: Slug,
        /// The date of the step.
        on: Date,
        /// The parties that can take the step.
        allowed: Vec<Slug>,
        /// The party that took it according to the entry.
        given: Option<Slug>,
    },
    /// An entry names another one that does not exist.
    #[error("`{kind}` names the entry {entry}, which is not {wanted}")]
    UnknownEntry {
        /// The kind of fact of the entry.
        kind: String,
        /// The entry that it names.
        entry: EntryId,
        /// A description of the required entry.
        wanted: String,
    },
    /// An entry is already retracted.
    #[error("the entry {entry} was retracted before, by the entry {by}")]
    AlreadyRetracted {
        /// The entry.
        entry: EntryId,
        /// The entry that retracted it.
        by: EntryId,
    },
    /// Without this entry, a later one would be impossible or would rest on a presumption.
    #[error(
        "the entry {entry} cannot be retracted by itself: without it, {then}; retract that too, or put something in its place, in the same batch"
    )]
    RetractionBreaks {
        /// The entry.
        entry: EntryId,
        /// The consequence that is not allowed.
        then: String,
    },
    /// With the new definition of a calendar, recorded steps would be impossible.
    #[error(
        "the calendar {calendar} cannot be defined like this: with it, {then}; retract that step in the same batch, or correct the calendar"
    )]
    CalendarBreaks {
        /// The calendar.
        calendar: Slug,
        /// The consequence that is not allowed.
        then: String,
    },
    /// The record is attested to be complete to a day that is not over.
    #[error(
        "the record of {commitment} cannot be complete to {on}: that was not over when it was recorded, at {recorded_at}"
    )]
    AttestsTheFuture {
        /// The commitment.
        commitment: Slug,
        /// The day of the attestation.
        on: Date,
        /// The moment at which the attestation was recorded.
        recorded_at: Moment,
    },
    /// A deadline lies before the day on which the commitment was made.
    #[error(
        "{commitment} was made on {made}, and its deadline cannot be earlier, on {deadline}; correct one of the two"
    )]
    DeadlineBeforeMade {
        /// The commitment.
        commitment: Slug,
        /// The deadline.
        deadline: Deadline,
        /// The date on which the commitment was made.
        made: Date,
    },
    /// An assignment is to end that is not there.
    #[error("{commitment}: {body}{} is not responsible for it before {on}, so this cannot end then; {}", role.as_ref().map_or_else(String::new, |role| format!(" as {role}")), those_responsible(responsible))]
    NotResponsible {
        /// The commitment.
        commitment: Slug,
        /// The body.
        body: Slug,
        /// The role that is to end; `None` for all roles.
        role: Option<Slug>,
        /// The date of the end.
        on: Date,
        /// The bodies that are responsible then.
        responsible: Vec<Slug>,
    },
    /// A history would not be legal in the procedure that its commitment should move to.
    #[error("{commitment} cannot move to {procedure}: {}{then}; say what its status is called there (statuses), or record what is missing in the same batch", broken_step(step.as_ref(), *entry))]
    RepinBreaks {
        /// The commitment.
        commitment: Slug,
        /// The procedure that it should move to.
        procedure: ProcedureRef,
        /// The entry of the step that would not be legal; that of the registration if the history
        /// cannot open there.
        entry: EntryId,
        /// The status of the step as it was recorded, and its date.
        step: Option<(Slug, Date)>,
        /// The step that would then be impossible.
        then: String,
    },
    /// A measurement is recorded about a commitment without a target.
    #[error("{commitment} has no target to measure against; record a remark instead, or register it with a target")]
    NoTarget {
        /// The commitment.
        commitment: Slug,
    },
    /// A position cannot have a deadline.
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
        /// The path of larger commitments that leads back to the commitment.
        path: Vec<Slug>,
    },
    /// The ledger has entries from the future.
    #[error(
        "the newest entry was recorded at {newest}, more than a day after now ({now}); set this machine's clock, or find who recorded with a wrong one"
    )]
    ClockBehind {
        /// The moment at which the newest entry was recorded.
        newest: Moment,
        /// The moment of the append.
        now: Moment,
    },
    /// An importer sets a moment that is not later than every entry on the ledger.
    #[error(
        "the entry is to be recorded at {given}, but the ledger already holds one recorded at {newest}; it must be later"
    )]
    RecordedTooEarly {
        /// The moment that the importer set.
        given: Moment,
        /// The moment at which the newest entry was recorded.
        newest: Moment,
    },
    /// An importer sets a moment in the future.
    #[error("the entry is to be recorded at {given}, more than a day after now ({now})")]
    RecordedTooLate {
        /// The moment that the importer set.
        given: Moment,
        /// The moment of the append.
        now: Moment,
    },
    /// Only a part of a batch is on the ledger.
    #[error(
        "this entry is number {nth} of a batch of {of}, of which a part is missing here; it counts when all of them are here"
    )]
    HalfBatch {
        /// The number of the entry in the batch, from 1.
        nth: u32,
        /// The number of entries in the batch.
        of: u32,
    },
    /// The commitment has a fact from a later version, which this version does not understand.
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

/// Needed for values whose conversion cannot fail.
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

/// The shortest possible draft.
const EXAMPLE: &str = r#"{"commitment":"jp/tpp","fact":{"attest":{}},"on":"2013-03-15"}"#;

impl Error {
    /// Combines errors into one; a single error is returned as it is.
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

fn those_responsible(bodies: &[Slug]) -> String {
    if bodies.is_empty() { "no body is".to_owned() } else { format!("these are: {}", joined(bodies)) }
}

/// Names the step of a history that a move to another procedure would make impossible.
fn broken_step(step: Option<&(Slug, Date)>, entry: EntryId) -> String {
    match step {
        Some((to, on)) => format!("the step to {to} on {on} ({entry}) would not be legal there: "),
        None => "its history could not open there: ".to_owned(),
    }
}

fn those_that_do(clocks: &[Slug]) -> String {
    if clocks.is_empty() { "none of its clocks does".to_owned() } else { format!("these do: {}", joined(clocks)) }
}
