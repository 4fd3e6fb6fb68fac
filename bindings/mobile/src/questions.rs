//! What is asked about many commitments at once, and the answers.

use servanda::{
    AgendaItem, AsOf, CoreError, Day, Deadline, Moment, NextStep, Obligation, Part, Parts, Phase, PhaseCounts,
    ProcedureRef, RunningClock, SetDeadline, Slug, Stale, Title, UnknownDay, Upcoming, Verdict, VerdictCounts, Words,
};

use crate::leaf::Names;
use crate::standing::Conflict;

mod changes;

pub use changes::*;

/// Which commitments a question is about: those to which everything that is given here applies.
#[derive(Clone, Debug, Default, uniffi::Record)]
pub struct Filter {
    /// A party that commits, or to whom.
    #[uniffi(default)]
    pub party: Option<Slug>,
    /// The procedure's id.
    #[uniffi(default)]
    pub procedure: Option<Slug>,
    /// The phase.
    #[uniffi(default)]
    pub phase: Option<Phase>,
    /// The verdict.
    #[uniffi(default)]
    pub verdict: Option<Verdict>,
    /// The legal weight of the words.
    #[uniffi(default)]
    pub obligation: Option<Obligation>,
    /// A topic.
    #[uniffi(default)]
    pub topic: Option<Slug>,
    /// The commitment of which it is one piece.
    #[uniffi(default)]
    pub part_of: Option<Slug>,
}

impl From<Filter> for servanda::Filter {
    fn from(filter: Filter) -> Self {
        let Filter { party, procedure, phase, verdict, obligation, topic, part_of } = filter;
        Self { party, procedure, phase, verdict, obligation, topic, part_of }
    }
}

/// Why something is not possible: an error that is an answer.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct Problem {
    /// The stable code, such as `missing-sources`.
    pub code: String,
    /// The reason, for people.
    pub text: String,
    /// The data, as a JSON object.
    pub details: String,
}

impl From<&CoreError> for Problem {
    fn from(error: &CoreError) -> Self {
        Self { code: error.code().to_owned(), text: error.to_string(), details: error.details() }
    }
}

/// Where a commitment stands, in brief.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct Brief {
    /// The commitment.
    pub commitment: Slug,
    /// The status, if known.
    pub status: Option<Slug>,
    /// Since when it has stood there.
    pub since: Option<Day>,
    /// The phase, if known.
    pub phase: Option<Phase>,
    /// The verdict, once the word has been given and if the status is known.
    pub verdict: Option<Verdict>,
    /// Whether the status rests on the absence of an entry that nothing confirms.
    pub presumed: bool,
}

impl From<&servanda::Position<'_>> for Brief {
    fn from(brief: &servanda::Position<'_>) -> Self {
        Self {
            commitment: brief.commitment.clone(),
            status: brief.status().map(|status| status.id.clone()),
            since: brief.since,
            phase: brief.phase,
            verdict: brief.verdict,
            presumed: brief.presumed,
        }
    }
}

/// What can happen next to a commitment.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct Outlook {
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
    /// Whether the status rests on the absence of an entry that nothing confirms.
    pub presumed: bool,
    /// Why the status is absent, if it is.
    pub reason: Option<String>,
    /// The steps that can be taken from here.
    pub next: Vec<NextStep>,
    /// The clocks that run.
    pub clocks: Vec<RunningClock>,
    /// The step that was asked about, if one was.
    pub asked: Option<Asked>,
    /// The day asked about.
    pub on: Day,
    /// The moment as of which the ledger is read; all that it holds if absent.
    pub known_at: Option<Moment>,
}

/// A step that was asked about.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct Asked {
    /// The status it leads to.
    pub to: Slug,
    /// Why the step is not possible, if it is not.
    pub refused: Option<Problem>,
}

impl From<servanda::Outlook> for Outlook {
    fn from(outlook: servanda::Outlook) -> Self {
        let servanda::Outlook {
            asked,
            clocks,
            commitment,
            known_at,
            next,
            on,
            phase,
            presumed,
            reason,
            since,
            status,
            status_title,
            title,
        } = outlook;
        let asked =
            asked.map(|servanda::Asked { refused, to }| Asked { to, refused: refused.as_ref().map(Problem::from) });
        Self {
            commitment,
            title,
            status,
            status_title,
            since,
            phase,
            presumed,
            reason,
            next,
            clocks,
            asked,
            on,
            known_at,
        }
    }
}

/// What lies ahead within a span of days.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct Agenda {
    /// The first day of the span.
    pub first: Day,
    /// The last day of the span.
    pub last: Day,
    /// What lies within it, by day, then by commitment.
    pub items: Vec<AgendaItem>,
    /// The clocks that may fire within the span, though nobody knows when: by the earliest day, then by commitment.
    pub unknown: Vec<UnknownDay>,
    /// The day as of which deadlines are in force and clocks run.
    pub on: Day,
    /// The moment as of which the ledger is read; all that it holds if absent.
    pub known_at: Option<Moment>,
}

impl From<servanda::Agenda> for Agenda {
    fn from(agenda: servanda::Agenda) -> Self {
        let servanda::Agenda { first, items, known_at, last, on, unknown } = agenda;
        Self { first, last, items, unknown, on, known_at }
    }
}

/// What happens on a day, if nothing happens before.
#[uniffi::remote(Record)]
pub struct AgendaItem {
    /// The day: of a deadline the last that it can mean.
    pub day: Day,
    /// The commitment.
    pub commitment: Slug,
    /// What the commitment is about.
    pub title: Title,
    /// What it is.
    pub what: Upcoming,
    /// The phase as of the view, if known.
    pub phase: Option<Phase>,
    /// The verdict as of the view, if there is one.
    pub verdict: Option<Verdict>,
}

/// What lies ahead.
#[uniffi::remote(Enum)]
pub enum Upcoming {
    /// A clock fires, if nothing happens before.
    Clock(RunningClock),
    /// A deadline ends.
    Deadline(SetDeadline),
}

/// A clock of which nobody knows when it fires.
#[uniffi::remote(Record)]
pub struct UnknownDay {
    /// The earliest day on which it may fire.
    pub earliest: Day,
    /// The commitment.
    pub commitment: Slug,
    /// What the commitment is about.
    pub title: Title,
    /// The clock, with the reason why its day is not known.
    pub clock: RunningClock,
    /// The phase as of the view, if known.
    pub phase: Option<Phase>,
    /// The verdict as of the view, if there is one.
    pub verdict: Option<Verdict>,
}

/// The parts of a commitment.
#[uniffi::remote(Record)]
pub struct Parts {
    /// The commitment.
    pub commitment: Slug,
    /// What the commitment is about.
    pub title: Title,
    /// How many parts are counted.
    pub count: u32,
    /// The parts that are counted: each before its own parts, those of one whole in the order of their ids.
    pub parts: Vec<Part>,
    /// How many are in each phase.
    pub phases: PhaseCounts,
    /// How many have each verdict.
    pub verdicts: VerdictCounts,
    /// How many of the statuses are presumed.
    pub presumed: u32,
    /// The day asked about.
    pub on: Day,
    /// The moment as of which the ledger is read; all that it holds if absent.
    pub known_at: Option<Moment>,
}

/// A part of a commitment.
#[uniffi::remote(Record)]
pub struct Part {
    /// The part.
    pub commitment: Slug,
    /// What it is about.
    pub title: Title,
    /// How deep it lies: 1 for a part of the commitment itself, 2 for a part of such a part.
    pub depth: u32,
    /// The phase, if known.
    pub phase: Option<Phase>,
    /// The verdict, once the word has been given and if the status is known.
    pub verdict: Option<Verdict>,
    /// Whether the status rests on the absence of an entry that nothing confirms.
    pub presumed: bool,
    /// Why phase or verdict are absent, if one of them is.
    pub reason: Option<String>,
}

/// How many parts are in each phase.
#[uniffi::remote(Record)]
pub struct PhaseCounts {
    /// In the phase `planned`.
    pub planned: u32,
    /// In the phase `active`.
    pub active: u32,
    /// In the phase `stalled`.
    pub stalled: u32,
    /// In the phase `achieved`.
    pub achieved: u32,
    /// In the phase `failed`.
    pub failed: u32,
    /// In the phase `superseded`.
    pub superseded: u32,
    /// Without a status yet: their history opens later.
    pub not_yet: u32,
    /// In a phase that is not known.
    pub unknown: u32,
}

/// How many parts have each verdict.
#[uniffi::remote(Record)]
pub struct VerdictCounts {
    /// With the verdict `pending`.
    pub pending: u32,
    /// With the verdict `in-progress`.
    pub in_progress: u32,
    /// With the verdict `stalled`.
    pub stalled: u32,
    /// With the verdict `overdue`.
    pub overdue: u32,
    /// With the verdict `kept`.
    pub kept: u32,
    /// With the verdict `kept-late`.
    pub kept_late: u32,
    /// With the verdict `broken`.
    pub broken: u32,
    /// With the verdict `unfulfilled`.
    pub unfulfilled: u32,
    /// With the verdict `released`.
    pub released: u32,
    /// With the verdict `holding`.
    pub holding: u32,
    /// Without a verdict yet: the word is given later, or the history opens later.
    pub not_yet: u32,
    /// With a verdict that is not known.
    pub unknown: u32,
}

/// A commitment about which nothing has happened for a while.
#[uniffi::remote(Record)]
pub struct Stale {
    /// The commitment.
    pub commitment: Slug,
    /// What the commitment is about.
    pub title: Title,
    /// How many days have passed since something happened.
    pub days: u32,
    /// The last day on which something happened.
    pub last: Day,
    /// The status, if known.
    pub status: Option<Slug>,
    /// What the status is called, by language.
    pub status_title: Option<Names>,
    /// The phase, if known.
    pub phase: Option<Phase>,
    /// The verdict, once the word has been given and if the status is known.
    pub verdict: Option<Verdict>,
    /// Whether the status rests on the absence of an entry that nothing confirms.
    pub presumed: bool,
    /// Why status, phase or verdict are absent, if one of them is.
    pub reason: Option<String>,
    /// The day asked about.
    pub on: Day,
    /// The moment as of which the ledger is read; all that it holds if absent.
    pub known_at: Option<Moment>,
}
