//! The table of standings.

use pyo3::prelude::*;
use servanda::{Deadline, Obligation, Phase, Summary, Verdict, answers::Timeliness};

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
    let text = |row: &Summary| row.words.as_ref().map_or(0, |words| words.as_str().len());
    py.detach(|| Table::of_sized(rows, text, columns))
}

fn columns(rows: &[Summary]) -> Columns<'_, Summary> {
    Columns::of(rows)
        .text("commitment", |row| Some(row.commitment.as_str()))
        .text("title", |row| Some(row.title.as_str()))
        .list("by", |row| &row.by)
        .list("to", |row| &row.to)
        .word("obligation", &Obligation::ALL, Obligation::as_str, |row| row.obligation)
        .text("words", |row| row.words.as_ref().map(AsRef::as_ref))
        .date("made", |row| Some(row.made))
        .text("procedure", |row| Some(row.procedure.as_str()))
        .text("status", |row| row.status.as_ref().map(AsRef::as_ref))
        .text("status_title", |row| row.status_title.as_ref().map(AsRef::as_ref))
        .word("phase", &Phase::ALL, Phase::as_str, |row| row.phase)
        .date("since", |row| row.since)
        .list("may_have", |row| &row.may_have)
        .flag("presumed", |row| Some(row.presumed))
        .word("verdict", &Verdict::ALL, Verdict::as_str, |row| row.verdict)
        .word("timeliness", &Timeliness::ALL, Timeliness::as_str, |row| row.timeliness)
        .flag("overdue", |row| Some(row.overdue))
        .date("deadline", |row| row.deadline.map(Deadline::date))
        .text("reason", |row| row.reason.as_deref())
        .count("corrections", |row| Some(row.corrections))
        .text("part_of", |row| row.part_of.as_ref().map(AsRef::as_ref))
        .list("responsible", |row| &row.responsible)
        .list("topics", |row| &row.topics)
        .day("on", |row| Some(row.on))
        .moment("known_at", |row| row.known_at)
        .day("as_published", |row| row.as_published)
}
