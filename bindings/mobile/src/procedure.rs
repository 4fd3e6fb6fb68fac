//! Procedures and calendars.

use servanda::{
    Basis, Calendar, Clock, ClosingPeriod, Counted, Day, Edge, Ending, Period, Phase, Procedure, ProcedureRef, Recess,
    Rule, Slug, Source, Status, Title, Transition,
};

use crate::error::ServandaError;
use crate::leaf::Names;

/// A versioned, declared state machine: statuses, the steps between them, and the clocks that the law keeps.
#[uniffi::remote(Record)]
pub struct Procedure {
    /// Its id, such as `diet-treaty-approval`.
    pub id: Slug,
    /// Its version, from 1. Any change to a procedure is a new version.
    pub version: u32,
    /// What it is called, by language.
    pub title: Names,
    /// The status in which a commitment starts, unless its registration opens at another.
    pub initial: Slug,
    /// Where a commitment can be.
    pub statuses: Vec<Status>,
    /// The steps that somebody takes.
    pub transitions: Vec<Transition>,
    /// The steps the law takes by itself.
    pub clocks: Vec<Clock>,
    /// Where the law it rests on can be read.
    pub references: Vec<Source>,
}

/// Where a commitment can be in its procedure.
#[uniffi::remote(Record)]
pub struct Status {
    /// Its id, such as `submitted`.
    pub id: Slug,
    /// What it is called, by language.
    pub title: Names,
    /// Its phase.
    pub phase: Phase,
    /// Whether only a *reopening* transition leads out of it.
    pub is_final: bool,
    /// Whether the body that was to consider it has decided.
    pub decided: bool,
    /// Whether the party that committed has given up.
    pub abandoned: bool,
}

/// What is common to the statuses of all procedures.
#[uniffi::remote(Enum)]
pub enum Phase {
    /// Nothing has begun.
    Planned,
    /// Under way.
    Active,
    /// Held up.
    Stalled,
    /// Done.
    Achieved,
    /// Not done.
    Failed,
    /// Replaced by something else.
    Superseded,
}

/// A step that the procedure allows.
#[uniffi::remote(Record)]
pub struct Transition {
    /// The status it leads to.
    pub to: Slug,
    /// The statuses it leads out of.
    #[uniffi(name = "out_of")]
    pub from: Vec<Slug>,
    /// What it is called, by language.
    pub title: Names,
    /// The rule of law, or the practice, that allows it.
    pub basis: Title,
    /// How many sources the step must cite.
    pub sources: u32,
    /// Who can take it. If any are named, the step must say which of them took it.
    pub taken_by: Vec<Slug>,
    /// Whether it reopens what was final.
    pub reopening: bool,
}

/// A step that the law takes by itself when its day arrives.
#[uniffi::remote(Record)]
pub struct Clock {
    /// Its id, such as `thirty-days`.
    pub id: Slug,
    /// What it is called, by language.
    pub title: Names,
    /// The status it leads to.
    pub to: Slug,
    /// It runs while the commitment is at one of these statuses.
    pub during: Vec<Slug>,
    /// Arriving at one of these statuses starts it; the latest arrival counts.
    pub starts: Vec<Slug>,
    /// Arriving at one of these statuses after the start stops it.
    pub cancelled_by: Vec<Slug>,
    /// When it fires after its start.
    pub rule: Rule,
    /// At which end of its day it fires.
    pub fires: Edge,
    /// Whether it rests on the absence of an entry, so that its step is presumed until confirmed.
    pub presumed: bool,
    /// The rule of law.
    pub basis: Title,
}

/// An end of a day.
#[uniffi::remote(Enum)]
pub enum Edge {
    /// Before the day's recorded steps: a lapse, an entry into force.
    Start,
    /// After the day's recorded steps: the close of a session, a dissolution.
    End,
}

/// When a clock fires after its start.
#[uniffi::remote(Enum)]
pub enum Rule {
    /// On the n-th day counted.
    Days(Counted),
    /// Once n full days have run: on the day after the n-th day counted.
    FullDays(Counted),
    /// On the same day of the month n months later, or on that month's last day if it is shorter.
    Months {
        /// How many months.
        count: u32,
    },
    /// On the first day of the n-th calendar month after that of the start.
    FirstOfMonth {
        /// Which month after.
        count: u32,
    },
    /// On the day a period of a calendar closes.
    Close {
        /// The calendar.
        calendar: Slug,
        /// Only if the period ends in this way; if it ends otherwise the clock never fires.
        ended_by: Option<Ending>,
        /// Which period.
        of: ClosingPeriod,
    },
    /// As the commitment's own registration says; without a word there, the clock does not run.
    SetByCommitment,
}

/// How days are counted.
#[uniffi::remote(Record)]
pub struct Counted {
    /// How many days, from 1.
    pub count: u32,
    /// Whether the day of the start is day one.
    #[uniffi(default = false)]
    pub first_day_counts: bool,
    /// The calendar whose days of recess are not counted.
    #[uniffi(default)]
    pub except_recess_of: Option<Slug>,
}

/// Which period of a calendar.
#[uniffi::remote(Enum)]
pub enum ClosingPeriod {
    /// The period that contains the day of the start.
    Containing,
    /// The period after that.
    Next,
}

/// Named periods, such as the sessions of a parliament.
#[uniffi::remote(Record)]
pub struct Calendar {
    /// Its id, such as `jp-diet`.
    pub id: Slug,
    /// What it is called, by language.
    pub title: Names,
    /// The last day it speaks of.
    pub through: Day,
    /// The periods, in order.
    pub periods: Vec<Period>,
    /// Where it can be read.
    #[uniffi(default)]
    pub source: Option<Source>,
}

/// A period of a calendar.
#[uniffi::remote(Record)]
pub struct Period {
    /// Its number. Consecutive periods have consecutive numbers; a gap means that one is missing here.
    pub number: u32,
    /// The day it convened.
    pub convened: Day,
    /// How well its dates are known.
    pub basis: Basis,
    /// The day on which it was scheduled to close.
    #[uniffi(default)]
    pub scheduled: Option<Day>,
    /// The day it closed; absent while it is open.
    #[uniffi(default)]
    pub closed: Option<Day>,
    /// How it ended.
    #[uniffi(default)]
    pub ended_by: Option<Ending>,
    /// What kind of period it is, such as `regular` or `extraordinary`.
    #[uniffi(default)]
    pub kind: Option<Slug>,
    /// Its recesses. A period for which none is listed had none.
    #[uniffi(default)]
    pub recesses: Vec<Recess>,
}

/// Days of a period that do not count.
#[uniffi::remote(Record)]
pub struct Recess {
    /// Its first day.
    pub first: Day,
    /// Its last day.
    pub last: Day,
}

/// How well the dates of a period are known.
#[uniffi::remote(Enum)]
pub enum Basis {
    /// Seen in a publication.
    Published,
    /// Remembered, and not yet seen in a publication.
    Recalled,
}

/// How a period ended.
#[uniffi::remote(Enum)]
pub enum Ending {
    /// Its time was over.
    TermEnd,
    /// The house was dissolved.
    Dissolution,
}

/// Reads a procedure from TOML. `file` is the name to use in diagnostics.
///
/// # Errors
///
/// `procedure-refused`, with everything that is wrong, by line.
#[uniffi::export]
pub fn procedure_from_toml(file: &str, text: &str) -> Result<Procedure, ServandaError> {
    Ok(Procedure::from_toml(file, text)?)
}

/// Reads a calendar from TOML. `file` is the name to use in diagnostics.
///
/// # Errors
///
/// `calendar-refused`.
#[uniffi::export]
pub fn calendar_from_toml(file: &str, text: &str) -> Result<Calendar, ServandaError> {
    Ok(Calendar::from_toml(file, text)?)
}

/// Which procedure exactly this is.
///
/// # Errors
///
/// If a part of it is not well-formed, such as `invalid-slug`.
#[uniffi::export]
pub fn pin_of(procedure: Procedure) -> Result<ProcedureRef, ServandaError> {
    Ok(procedure.reference())
}
