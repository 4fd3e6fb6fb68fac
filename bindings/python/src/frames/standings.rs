//! The table of standings.

use pyo3::prelude::*;
use servanda::{Obligation, Phase, Summary, Verdict};

use super::columns::Columns;
use super::table::Table;
use crate::error::Result;
use crate::progress::with_progress;
use crate::view::{FilterArg, View};

/// The table of the standings that match the filter.
#[pyfunction]
#[pyo3(signature = (view, only, /))]
pub(crate) fn standings_table(py: Python<'_>, view: &View, only: FilterArg) -> Result<Table> {
    let rows = with_progress(py, None, |report| view.view.summaries_with(&only.0, report))?;
    py.detach(|| Table::of(rows, columns))
}

fn columns(rows: &[Summary]) -> Columns<'_, Summary> {
    Columns::of(rows)
        .text("commitment", |row| Some(row.commitment.as_str()))
        .text("title", |row| Some(row.title.as_str()))
        .list("by", |row| &row.by)
        .list("to", |row| &row.to)
        .word("obligation", &Obligation::ALL, Obligation::as_str, |row| Some(row.obligation))
        .text("words", |row| Some(row.words.as_str()))
        .day("made", |row| Some(row.made))
        .text("procedure", |row| Some(row.procedure.as_str()))
        .text("status", |row| row.status.as_ref().map(AsRef::as_ref))
        .text("status_title", |row| row.status_title.as_ref().map(AsRef::as_ref))
        .word("phase", &Phase::ALL, Phase::as_str, |row| row.phase)
        .day("since", |row| row.since)
        .flag("presumed", |row| Some(row.presumed))
        .word("verdict", &Verdict::ALL, Verdict::as_str, |row| row.verdict)
        .flag("overdue", |row| Some(row.overdue))
        .written("deadline", |row| row.deadline)
        .day("deadline_day", |row| row.deadline.map(|deadline| deadline.date().last_day()))
        .text("reason", |row| row.reason.as_deref())
        .text("part_of", |row| row.part_of.as_ref().map(AsRef::as_ref))
        .list("topics", |row| &row.topics)
        .day("on", |row| Some(row.on))
        .moment("known_at", |row| row.known_at)
}
