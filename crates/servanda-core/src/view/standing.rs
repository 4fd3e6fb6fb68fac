//! The answer to "where does it stand?".

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use crate::entry::{Obligation, Relation, Words};
use crate::procedure::{Phase, ProcedureRef, in_english};
use crate::replay::{Conflict, Verdict};
use crate::value::{Date, Day, Deadline, Decimal, EntryId, Language, Moment, Note, Slug, Source, Title};

/// What a view says about one commitment. Fields stand in alphabetical order, as in JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// Who commits.
    pub by: Vec<Slug>,
    /// The clocks that run.
    pub clocks: Vec<RunningClock>,
    /// The commitment.
    pub commitment: Slug,
    /// The entries about it that do not fit.
    pub conflicts: Vec<Conflict>,
    /// The deadline in force on the day.
    pub deadline: Option<Deadline>,
    /// All deadlines that were set, in the order in which they were.
    pub deadlines: Vec<SetDeadline>,
    /// The instruments deposited.
    pub deposits: Vec<Deposited>,
    /// The steps that led here, the opening first.
    pub history: Vec<Step>,
    /// The moment as of which the ledger is read; all that it holds if absent.
    pub known_at: Option<Moment>,
    /// What other commitments are to this one.
    pub links: Vec<Linked>,
    /// The day the word was given.
    pub made: Day,
    /// The steps that can be taken from here.
    pub next: Vec<NextStep>,
    /// The legal weight of the words.
    pub obligation: Obligation,
    /// The day asked about.
    pub on: Day,
    /// Whether the verdict is `overdue`.
    pub overdue: bool,
    /// The commitment of which this is one piece.
    pub part_of: Option<Slug>,
    /// The phase, if known.
    pub phase: Option<Phase>,
    /// The procedure's version and digest.
    pub pin: ProcedureRef,
    /// Whether the status rests on the absence of an entry that nothing confirms.
    pub presumed: bool,
    /// The procedure's id.
    pub procedure: Slug,
    /// Why status, phase or verdict are absent, if one of them is.
    pub reason: Option<String>,
    /// What happened and moved nothing.
    pub remarks: Vec<Remarked>,
    /// Since when it has had its status.
    pub since: Option<Day>,
    /// The status, if known.
    pub status: Option<Slug>,
    /// What the status is called, by language.
    pub status_title: Option<BTreeMap<Language, Title>>,
    /// What the commitment is about.
    pub title: Title,
    /// To whom.
    pub to: Vec<Slug>,
    /// What it can be found under.
    pub topics: Vec<Slug>,
    /// The verdict, once the word has been given and if the status is known.
    pub verdict: Option<Verdict>,
    /// The words used, with their source.
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

/// One step of a history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// The rule that allowed it; none for the opening.
    pub basis: Option<Title>,
    /// Who took it, if the entry says.
    pub by: Option<Slug>,
    /// The clock that took it, if no one did.
    pub clock: Option<Slug>,
    /// The entry that records it; none for a clock.
    pub entry: Option<EntryId>,
    /// Further entries that say the same.
    pub further_entries: Vec<EntryId>,
    /// The note on it.
    pub note: Option<Note>,
    /// When, as precisely as known.
    pub on: Date,
    /// The phase of the status.
    pub phase: Phase,
    /// Whether it rests on the absence of an entry that nothing confirms.
    pub presumed: bool,
    /// When it was written down.
    pub recorded_at: Option<Moment>,
    /// Who wrote it down.
    pub recorded_by: Option<Slug>,
    /// The evidence, of all entries that say so.
    pub sources: Vec<Source>,
    /// The status it led to.
    pub status: Slug,
    /// What that status is called, by language.
    pub title: BTreeMap<Language, Title>,
}

/// A step that can be taken, and what it needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NextStep {
    /// The rule that allows it.
    pub basis: Title,
    /// The phase of the status.
    pub phase: Phase,
    /// Whether it reopens what is final.
    pub reopening: bool,
    /// How many sources it needs.
    pub sources: u32,
    /// Who can take it; anyone if empty.
    pub taken_by: Vec<Slug>,
    /// What it is called, by language.
    pub title: BTreeMap<Language, Title>,
    /// The status it leads to.
    pub to: Slug,
}

/// A clock that runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RunningClock {
    /// The rule of law.
    pub basis: Title,
    /// Its id.
    pub clock: Slug,
    /// The day it fires, if nothing happens before and the calendar says.
    pub due: Option<Day>,
    /// Whether its step will be presumed until confirmed.
    pub presumed: bool,
    /// Why the day is not known, if it is not.
    pub reason: Option<String>,
    /// What it is called, by language.
    pub title: BTreeMap<Language, Title>,
    /// The status it leads to.
    pub to: Slug,
}

/// A deadline as it was set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SetDeadline {
    /// The deadline.
    pub deadline: Deadline,
    /// The entry that set it.
    pub entry: EntryId,
    /// Whether it counts: one that was set before the word was given does not, nor one that was set when the deadline before
    /// it had already passed, which it does not cure.
    pub in_force: bool,
    /// The note on it.
    pub note: Option<Note>,
    /// The day it was set.
    pub set_on: Date,
    /// The evidence.
    pub sources: Vec<Source>,
}

/// Something that happened and moved nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Remarked {
    /// The entry.
    pub entry: EntryId,
    /// The note on it.
    pub note: Option<Note>,
    /// When.
    pub on: Date,
    /// The evidence.
    pub sources: Vec<Source>,
    /// What happened.
    pub title: Title,
}

/// An instrument that was deposited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Deposited {
    /// By which party.
    pub by: Slug,
    /// The entry.
    pub entry: EntryId,
    /// The kind of instrument.
    pub instrument: Option<Slug>,
    /// The note on it.
    pub note: Option<Note>,
    /// When.
    pub on: Date,
    /// The party's share.
    pub share: Option<Decimal>,
    /// The evidence.
    pub sources: Vec<Source>,
}

/// What another commitment is to this one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Linked {
    /// The entry.
    pub entry: EntryId,
    /// The note on it.
    pub note: Option<Note>,
    /// Since when, if the entry says.
    pub on: Option<Date>,
    /// What it is.
    pub relation: Relation,
    /// The evidence.
    pub sources: Vec<Source>,
    /// The other commitment.
    pub to: Slug,
}
