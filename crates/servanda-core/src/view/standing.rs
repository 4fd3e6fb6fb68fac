//! Answers the question "Where does it stand?".

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use crate::entry::{Obligation, Relation, Words};
use crate::procedure::{Phase, ProcedureRef, in_english};
use crate::replay::{Conflict, Verdict};
use crate::value::{Date, Day, Deadline, Decimal, EntryId, Language, Moment, Note, Slug, Source, Title};
use crate::view::FutureEvent;

/// The state of one commitment in a view. Fields are in alphabetical order, as in JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Standing {
    /// The parties that commit.
    pub by: Vec<Slug>,
    /// The clocks that are running.
    pub clocks: Vec<RunningClock>,
    /// The commitment.
    pub commitment: Slug,
    /// The conflicts: entries about the commitment that do not fit with the others.
    pub conflicts: Vec<Conflict>,
    /// The deadline in force on the day of the view.
    pub deadline: Option<Deadline>,
    /// All deadlines that were set, in the order in which they were set.
    pub deadlines: Vec<SetDeadline>,
    /// The instruments that were deposited.
    pub deposits: Vec<Deposited>,
    /// The events that were recorded in advance for dates after the day of the view, sorted by date. JSON
    /// leaves them out if there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub future: Vec<FutureEvent>,
    /// The steps that led to the present status. The opening is the first.
    pub history: Vec<Step>,
    /// The moment of the view; `None` if every entry on the ledger counts.
    pub known_at: Option<Moment>,
    /// The links to other commitments.
    pub links: Vec<Linked>,
    /// The day on which the commitment was made.
    pub made: Day,
    /// The steps that can be taken from the present status.
    pub next: Vec<NextStep>,
    /// The legal weight of the words used.
    pub obligation: Obligation,
    /// The day of the view.
    pub on: Day,
    /// Whether the verdict is `overdue`.
    pub overdue: bool,
    /// The larger commitment that this one is part of.
    pub part_of: Option<Slug>,
    /// The phase; `None` if it is unknown.
    pub phase: Option<Phase>,
    /// The version and the digest of the procedure.
    pub pin: ProcedureRef,
    /// Whether the status is presumed: inferred from the absence of an entry, and not confirmed.
    pub presumed: bool,
    /// The id of the procedure.
    pub procedure: Slug,
    /// Why the status, the phase or the verdict is `None`, if one of them is.
    pub reason: Option<String>,
    /// The remarks: events that did not change the status.
    pub remarks: Vec<Remarked>,
    /// The first day on which the commitment had its present status.
    pub since: Option<Day>,
    /// The status; `None` if it is unknown.
    pub status: Option<Slug>,
    /// The name of the status, by language.
    pub status_title: Option<BTreeMap<Language, Title>>,
    /// The title of the commitment: what it is about.
    pub title: Title,
    /// The parties to whom the commitment is made.
    pub to: Vec<Slug>,
    /// The topics under which the commitment can be found.
    pub topics: Vec<Slug>,
    /// The verdict; `None` before the commitment was made, or if the status is unknown.
    pub verdict: Option<Verdict>,
    /// The exact words used, with their source.
    pub words: Words,
}

/// One line for people, such as `jp/hague-convention: In force for Japan since 2014-04-01; kept`.
impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.commitment)?;
        let presumed = if self.presumed { " (presumed)" } else { "" };
        match (&self.status_title, self.since) {
            (Some(title), Some(since)) => write!(f, "{}{presumed} since {since}", in_english(title))?,
            _ => write!(f, "no status on {}", self.on)?,
        }
        match self.verdict {
            Some(verdict) => write!(f, "; {verdict}")?,
            None => f.write_str("; no verdict")?,
        }
        if let Some(deadline) = self.deadline {
            write!(f, "; deadline {deadline}")?;
        }
        self.reason.as_ref().map_or(Ok(()), |reason| write!(f, " ({reason})"))
    }
}

/// A step in the history of a commitment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Step {
    /// The article of law or the practice on which the step rests; `None` for the opening.
    pub basis: Option<Title>,
    /// The party that took the step, if the entry says so.
    pub by: Option<Slug>,
    /// The clock that took the step; `None` if it was recorded.
    pub clock: Option<Slug>,
    /// The entry that records the step; `None` if a clock took it.
    pub entry: Option<EntryId>,
    /// Further entries that record the same step.
    pub further_entries: Vec<EntryId>,
    /// The note, if there is one.
    pub note: Option<Note>,
    /// The date of the step, as precisely as known.
    pub on: Date,
    /// The phase of the status.
    pub phase: Phase,
    /// Whether the step is presumed: inferred from the absence of an entry, and not confirmed.
    pub presumed: bool,
    /// The moment at which the step was recorded.
    pub recorded_at: Option<Moment>,
    /// The recorder of the step.
    pub recorded_by: Option<Slug>,
    /// The evidence from all entries that record the step.
    pub sources: Vec<Source>,
    /// The status that the step led to.
    pub status: Slug,
    /// The name of that status, by language.
    pub title: BTreeMap<Language, Title>,
}

/// A possible next step, and what it needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct NextStep {
    /// The article of law or the practice on which the step rests.
    pub basis: Title,
    /// The phase of the status.
    pub phase: Phase,
    /// Whether the step reopens a final status.
    pub reopening: bool,
    /// The number of sources that the step needs.
    pub sources: u32,
    /// The parties that can take the step. If empty, any party can.
    pub taken_by: Vec<Slug>,
    /// The name of the step, by language.
    pub title: BTreeMap<Language, Title>,
    /// The status that the step leads to.
    pub to: Slug,
}

/// A clock that is running.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RunningClock {
    /// The article of law or the practice on which the clock rests.
    pub basis: Title,
    /// The id of the clock.
    pub clock: Slug,
    /// The day on which the clock fires unless something happens before. `None` if the day is
    /// unknown, or if the clock will never fire.
    pub due: Option<Day>,
    /// Whether the step will be presumed until an entry confirms it.
    pub presumed: bool,
    /// Why the day is unknown, if it is.
    pub reason: Option<String>,
    /// The name of the clock, by language.
    pub title: BTreeMap<Language, Title>,
    /// The status that the step leads to.
    pub to: Slug,
}

/// A deadline, with the entry that set it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SetDeadline {
    /// The deadline.
    pub deadline: Deadline,
    /// The entry that set it.
    pub entry: EntryId,
    /// Whether this deadline counts. It does not if it was set before the commitment was made, or
    /// after the previous deadline had already passed.
    pub in_force: bool,
    /// The note, if there is one.
    pub note: Option<Note>,
    /// The day on which it was set, as precisely as known.
    pub set_on: Date,
    /// The sources that serve as evidence.
    pub sources: Vec<Source>,
}

/// An event that did not change the status.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Remarked {
    /// The entry.
    pub entry: EntryId,
    /// The note, if there is one.
    pub note: Option<Note>,
    /// When it happened, as precisely as known.
    pub on: Date,
    /// The sources that serve as evidence.
    pub sources: Vec<Source>,
    /// A title that says what happened.
    pub title: Title,
}

/// An instrument that was deposited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Deposited {
    /// The party that deposited it.
    pub by: Slug,
    /// The entry.
    pub entry: EntryId,
    /// The kind of instrument.
    pub instrument: Option<Slug>,
    /// The note, if there is one.
    pub note: Option<Note>,
    /// When it was deposited, as precisely as known.
    pub on: Date,
    /// The share of the party in the total that the treaty weighs.
    pub share: Option<Decimal>,
    /// The sources that serve as evidence.
    pub sources: Vec<Source>,
}

/// A link to another commitment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Linked {
    /// The entry.
    pub entry: EntryId,
    /// The note, if there is one.
    pub note: Option<Note>,
    /// Since when the two are related, if the entry says.
    pub on: Option<Date>,
    /// The relation of the other commitment to this one.
    pub relation: Relation,
    /// The sources that serve as evidence.
    pub sources: Vec<Source>,
    /// The other commitment.
    pub to: Slug,
}
