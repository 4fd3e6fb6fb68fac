//! The table of histories.

use pyo3::prelude::*;
use servanda::{Phase, Standing, answers::Step, procedure::in_english};

use super::columns::Columns;
use super::table::Table;
use crate::error::Result;
use crate::progress::with_progress;
use crate::view::{FilterArg, View};

/// A step, with its commitment and its number in the history.
struct StepRow<'s> {
    standing: &'s Standing,
    nth: u32,
    step: &'s Step,
    sources: Vec<String>,
}

/// The table of the steps of the standings that match the filter.
#[pyfunction]
#[pyo3(signature = (view, only, /))]
pub(crate) fn steps_table(py: Python<'_>, view: &View, only: FilterArg) -> Result<Table> {
    let standings = with_progress(py, None, |report| view.view.standings_with(&only.0, report))?;
    let text = |row: &StepRow<'_>| row.step.note.as_ref().map_or(0, |note| note.as_str().len());
    py.detach(|| Table::of_sized(standings.iter().flat_map(steps), text, columns))
}

fn steps(standing: &Standing) -> impl Iterator<Item = StepRow<'_>> {
    (1..).zip(&standing.history).map(move |(nth, step)| {
        let sources = step.sources.iter().map(|source| source.reference().to_owned()).collect();
        StepRow { standing, nth, step, sources }
    })
}

fn columns<'a, 's>(rows: &'a [StepRow<'s>]) -> Columns<'a, StepRow<'s>> {
    Columns::of(rows)
        .text("commitment", |row| Some(row.standing.commitment.as_str()))
        .text("title", |row| Some(row.standing.title.as_str()))
        .count("nth", |row| Some(row.nth))
        .text("status", |row| Some(row.step.status.as_str()))
        .text("status_title", |row| Some(in_english(&row.step.title)))
        .word("phase", &Phase::ALL, Phase::as_str, |row| Some(row.step.phase))
        .date("on", |row| Some(row.step.on))
        .text("by", |row| row.step.by.as_ref().map(AsRef::as_ref))
        .text("basis", |row| row.step.basis.as_ref().map(AsRef::as_ref))
        .text("clock", |row| row.step.clock.as_ref().map(AsRef::as_ref))
        .flag("presumed", |row| Some(row.step.presumed))
        .written("entry", |row| row.step.entry)
        .list("sources", |row| &row.sources)
        .text("note", |row| row.step.note.as_ref().map(AsRef::as_ref))
        .moment("recorded_at", |row| row.step.recorded_at)
        .text("recorded_by", |row| row.step.recorded_by.as_ref().map(AsRef::as_ref))
}
