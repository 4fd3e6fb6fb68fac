//! Answers the question "Where does it stand?".

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use crate::entry::{Obligation, Relation, Target, Words};
use crate::procedure::{Phase, ProcedureRef, in_english};
use crate::replay::{Conflict, Timeliness, Verdict};
use crate::value::{Date, Day, Deadline, Decimal, EntryId, Identifier, Language, Moment, Note, Slug, Source, Title};
use crate::view::{Assigned, FutureEvent, LinkedFrom, Measured, Repinned, RetractedEntry};

/// The state of one commitment in a view. Fields are in alphabetical order, as in JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Standing {
    /// The day by which an entry must have been published to count. JSON leaves it out if every
    /// known entry counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_published: Option<Day>,
    /// The parties that commit.
    pub by: Vec<Slug>,
    /// The clocks that fire if nothing more is recorded, one after the other.
    pub clocks: Vec<RunningClock>,
    /// The commitment.
    pub commitment: Slug,
    /// The conflicts: entries about the commitment that do not fit with the others.
    pub conflicts: Vec<Conflict>,
    /// The number of corrections that the standing rests on: the entries about the commitment that
    /// were retracted. JSON leaves it out if there are none.
    #[serde(skip_serializing_if = "is_zero")]
    pub corrections: u32,
    /// The deadline in force on the day of the view.
    pub deadline: Option<Deadline>,
    /// All deadlines that were set, in the order in which they were set.
    pub deadlines: Vec<SetDeadline>,
    /// The instruments that were deposited.
    pub deposits: Vec<Deposited>,
    /// The events that were recorded in advance for dates after the day of the view, sorted by
    /// date. JSON leaves them out if there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub future: Vec<FutureEvent>,
    /// The steps that led to the present status. The opening is the first.
    pub history: Vec<Step>,
    /// The identifiers of the commitment in other systems. JSON leaves them out if there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub identifiers: Vec<Identifier>,
    /// The moment of the view; `None` if every entry on the ledger counts.
    pub known_at: Option<Moment>,
    /// The language of the title, if the ledger states it. JSON leaves it out otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// The links of other commitments to this one. `None` if the question did not ask for them, and
    /// then JSON leaves them out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub linked_from: Option<Vec<LinkedFrom>>,
    /// The links to other commitments.
    pub links: Vec<Linked>,
    /// The date on which the commitment was made, as precisely as known.
    pub made: Date,
    /// The bodies that may be responsible on the day of the view, because a date is imprecise. JSON
    /// leaves them out if there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub may_be_responsible: Vec<Assigned>,
    /// The steps that may have been taken by the day of the view, because their dates are
    /// imprecise. The rest of the standing does not take them into account.
    pub may_have: Vec<PossibleStep>,
    /// The latest measurement by the day of the view. JSON leaves it out if there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measurement: Option<Measured>,
    /// The steps that can be taken from the present status.
    pub next: Vec<NextStep>,
    /// The legal weight of the words used; `None` for a matter without a promise.
    pub obligation: Option<Obligation>,
    /// The day of the view.
    pub on: Day,
    /// Whether the timeliness is `overdue`.
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
    /// The moves to other procedures, in the order in which they were recorded. They count on every
    /// day. JSON leaves them out if there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub repins: Vec<Repinned>,
    /// The bodies that are responsible on the day of the view. JSON leaves them out if there are
    /// none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub responsible: Vec<Assigned>,
    /// The entries that were retracted, on any day, with who retracted them, when and why. They are
    /// sorted by date, and those without a date come first. JSON leaves them out if there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub retracted: Vec<RetractedEntry>,
    /// The date of the step to the present status, as precisely as known.
    pub since: Option<Date>,
    /// The status; `None` if it is unknown.
    pub status: Option<Slug>,
    /// The meaning of the status in the procedure, by language. JSON leaves it out if the procedure
    /// does not say.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub status_description: BTreeMap<Language, Note>,
    /// The name of the status, by language.
    pub status_title: Option<BTreeMap<Language, Title>>,
    /// The target, in numbers. JSON leaves it out if the commitment names no target.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<Target>,
    /// How the verdict relates to the deadline; `None` without a deadline or a verdict.
    pub timeliness: Option<Timeliness>,
    /// The title of the commitment: what it is about.
    pub title: Title,
    /// The title in other languages. JSON leaves them out if there are none.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub titles: BTreeMap<Language, Title>,
    /// The parties to whom the commitment is made.
    pub to: Vec<Slug>,
    /// The topics under which the commitment can be found.
    pub topics: Vec<Slug>,
    /// The verdict; `None` before the commitment was made, if the status is unknown, and for a
    /// matter without a promise.
    pub verdict: Option<Verdict>,
    /// The exact words used, with their source; `None` for a matter without a promise.
    pub words: Option<Words>,
}

/// Whether there is no correction.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
pub(super) fn is_zero(corrections: &u32) -> bool {
    *corrections == 0
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
        for (index, step) in self.may_have.iter().enumerate() {
            let and = if index == 0 { ", and may have reached" } else { " or" };
            write!(f, "{and} {} on {}", in_english(&step.title), step.on)?;
        }
        match (self.verdict, self.timeliness) {
            (Some(verdict), Some(timeliness)) => write!(f, "; {verdict}, {}", said(timeliness))?,
            (Some(verdict), None) => write!(f, "; {verdict}")?,
            (None, _) => f.write_str("; no verdict")?,
        }
        if let Some(deadline) = self.deadline {
            write!(f, "; deadline {deadline}")?;
        }
        self.reason.as_ref().map_or(Ok(()), |reason| write!(f, " ({reason})"))
    }
}

/// Timeliness in a sentence.
fn said(timeliness: Timeliness) -> &'static str {
    match timeliness {
        Timeliness::OnTime => "on time",
        Timeliness::Late => "late",
        Timeliness::Overdue => "overdue",
        Timeliness::Unknown => "not known whether on time",
    }
}

/// A step that may have been taken by the day of a view, because its date is imprecise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PossibleStep {
    /// The clock that takes the step; `None` if it was recorded.
    pub clock: Option<Slug>,
    /// The entry that records the step; `None` if a clock takes it.
    pub entry: Option<EntryId>,
    /// The date of the step, as precisely as known.
    pub on: Date,
    /// The phase of the status.
    pub phase: Phase,
    /// The status that the step leads to.
    pub status: Slug,
    /// The name of that status, by language.
    pub title: BTreeMap<Language, Title>,
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
    /// The date on which the step was first published elsewhere, if the entry says so. JSON leaves
    /// it out otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<Date>,
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

/// A clock that will fire if nothing more is recorded, or may.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RunningClock {
    /// The article of law or the practice on which the clock rests.
    pub basis: Title,
    /// The id of the clock.
    pub clock: Slug,
    /// The day on which the clock fires, as precisely as it is known. `None` if it is unknown.
    pub due: Option<Date>,
    /// The earliest day on which the clock can fire, if the day is unknown.
    pub earliest: Option<Day>,
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
