//! Tables of agendas, parts, stale commitments and conflicts.

use pyo3::prelude::*;
use servanda::{
    Date, Day, Deadline, Phase, Slug, Verdict,
    answers::{AgendaItem, BodyTotals, Conflict, Part, RunningClock, Span, Stale, Timeliness, UnknownDay, Upcoming},
    procedure::in_english,
    value::Title,
};

use super::columns::Columns;
use super::table::Table;
use crate::convert::Arg;
use crate::error::Result;
use crate::view::{FilterArg, View};

/// An item of an agenda, whose day may be unknown.
struct Ahead {
    commitment: Slug,
    /// The day, as precisely as it is known; `None` if it is unknown.
    day: Option<Date>,
    earliest: Day,
    phase: Option<Phase>,
    timeliness: Option<Timeliness>,
    title: Title,
    verdict: Option<Verdict>,
    what: Upcoming,
}

impl Ahead {
    fn known(item: AgendaItem) -> Self {
        let AgendaItem { commitment, day, phase, timeliness, title, verdict, what, .. } = item;
        Self { commitment, day: Some(day), earliest: day.first_day(), phase, timeliness, title, verdict, what }
    }

    fn unknown(item: UnknownDay) -> Self {
        let UnknownDay { clock, commitment, earliest, phase, timeliness, title, verdict, .. } = item;
        Self { commitment, day: None, earliest, phase, timeliness, title, verdict, what: Upcoming::Clock(clock) }
    }

    fn clock(&self) -> Option<&RunningClock> {
        match &self.what {
            Upcoming::Clock(clock) => Some(clock),
            Upcoming::Deadline(_) => None,
        }
    }

    fn deadline(&self) -> Option<Deadline> {
        match &self.what {
            Upcoming::Deadline(set) => Some(set.deadline),
            Upcoming::Clock(_) => None,
        }
    }
}

/// The table of an agenda.
#[pyfunction]
#[pyo3(signature = (view, first, last, only, /))]
pub(crate) fn agenda_table(
    py: Python<'_>,
    view: &View,
    first: Arg<Day>,
    last: Arg<Day>,
    only: FilterArg,
) -> Result<Table> {
    let span = Span { first: first.0, last: last.0 };
    py.detach(|| {
        let agenda = view.view.agenda(span, &only.0)?;
        let known = agenda.items.into_iter().map(Ahead::known);
        Table::of(known.chain(agenda.unknown.into_iter().map(Ahead::unknown)), ahead)
    })
}

fn ahead(rows: &[Ahead]) -> Columns<'_, Ahead> {
    Columns::of(rows)
        .written("day", |row| row.day)
        .day("day_first", |row| Some(row.earliest))
        .day("day_last", |row| row.day.map(Date::last_day))
        .text("commitment", |row| Some(row.commitment.as_str()))
        .text("title", |row| Some(row.title.as_str()))
        .word("phase", &Phase::ALL, Phase::as_str, |row| row.phase)
        .word("verdict", &Verdict::ALL, Verdict::as_str, |row| row.verdict)
        .word("timeliness", &Timeliness::ALL, Timeliness::as_str, |row| row.timeliness)
        .written("deadline", |row| row.deadline())
        .text("clock", |row| Some(row.clock()?.clock.as_str()))
        .text("to", |row| Some(row.clock()?.to.as_str()))
        .text("basis", |row| Some(row.clock()?.basis.as_str()))
        .flag("presumed", |row| Some(row.clock()?.presumed))
        .text("reason", |row| row.clock()?.reason.as_deref())
}

/// The table of the parts of a commitment, and of their parts.
#[pyfunction]
#[pyo3(signature = (view, commitment, only, /))]
pub(crate) fn parts_table(py: Python<'_>, view: &View, commitment: &str, only: FilterArg) -> Result<Table> {
    py.detach(|| Table::of(view.view.parts(commitment, &only.0)?.parts, parts))
}

fn parts(rows: &[Part]) -> Columns<'_, Part> {
    Columns::of(rows)
        .text("commitment", |row| Some(row.commitment.as_str()))
        .text("title", |row| Some(row.title.as_str()))
        .count("depth", |row| Some(row.depth))
        .word("phase", &Phase::ALL, Phase::as_str, |row| row.phase)
        .flag("presumed", |row| Some(row.presumed))
        .word("verdict", &Verdict::ALL, Verdict::as_str, |row| row.verdict)
        .word("timeliness", &Timeliness::ALL, Timeliness::as_str, |row| row.timeliness)
        .text("reason", |row| row.reason.as_deref())
}

/// The table of the responsible bodies.
#[pyfunction]
#[pyo3(signature = (view, only, /))]
pub(crate) fn bodies_table(py: Python<'_>, view: &View, only: FilterArg) -> Result<Table> {
    py.detach(|| Table::of(view.view.bodies(&only.0)?.bodies, bodies))
}

fn bodies(rows: &[BodyTotals]) -> Columns<'_, BodyTotals> {
    Columns::of(rows)
        .text("body", |row| Some(row.body.as_str()))
        .count("count", |row| Some(row.count))
        .count("presumed", |row| Some(row.presumed))
        .count("planned", |row| Some(row.phases.planned))
        .count("active", |row| Some(row.phases.active))
        .count("stalled", |row| Some(row.phases.stalled))
        .count("achieved", |row| Some(row.phases.achieved))
        .count("failed", |row| Some(row.phases.failed))
        .count("superseded", |row| Some(row.phases.superseded))
        .count("kept", |row| Some(row.verdicts.kept))
        .count("partly_kept", |row| Some(row.verdicts.partly_kept))
        .count("broken", |row| Some(row.verdicts.broken))
        .count("overdue", |row| Some(row.timeliness.overdue))
}

/// The table of the commitments without any event for at least `days` days.
#[pyfunction]
#[pyo3(signature = (view, days, only, /))]
pub(crate) fn stale_table(py: Python<'_>, view: &View, days: u32, only: FilterArg) -> Result<Table> {
    py.detach(|| Table::of(view.view.stale(days, &only.0)?, stale))
}

fn stale(rows: &[Stale]) -> Columns<'_, Stale> {
    Columns::of(rows)
        .text("commitment", |row| Some(row.commitment.as_str()))
        .text("title", |row| Some(row.title.as_str()))
        .day("last", |row| Some(row.last))
        .count("days", |row| Some(row.days))
        .text("status", |row| row.status.as_ref().map(AsRef::as_ref))
        .text("status_title", |row| row.status_title.as_ref().map(in_english))
        .word("phase", &Phase::ALL, Phase::as_str, |row| row.phase)
        .flag("presumed", |row| Some(row.presumed))
        .word("verdict", &Verdict::ALL, Verdict::as_str, |row| row.verdict)
        .word("timeliness", &Timeliness::ALL, Timeliness::as_str, |row| row.timeliness)
        .text("reason", |row| row.reason.as_deref())
}

/// The table of conflicts.
#[pyfunction]
#[pyo3(signature = (view, /))]
pub(crate) fn conflicts_table(py: Python<'_>, view: &View) -> Result<Table> {
    py.detach(|| Table::of(view.view.conflicts()?, conflicts))
}

fn conflicts(rows: &[Conflict]) -> Columns<'_, Conflict> {
    Columns::of(rows)
        .written("entry", |row| Some(row.entry))
        .text("code", |row| Some(row.reason.code()))
        .written("text", |row| Some(&row.reason))
}
