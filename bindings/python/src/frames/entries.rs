//! The tables of entries: all of a ledger, and those of a log.

use pyo3::prelude::*;
use servanda::{
    Entry, Fact,
    answers::{Logged, Retraction},
    value::{EntryId, Title},
};

use super::columns::Columns;
use super::table::Table;
use crate::error::Result;
use crate::progress::with_progress;
use crate::tracker::Tracker;
use crate::view::{LogFilterArg, View};

/// An entry, with the parts of its fact that become columns.
struct EntryRow<'e> {
    entry: &'e Entry,
    by: Option<String>,
    note: Option<String>,
    sources: Vec<String>,
    title: Option<Title>,
    to: Option<String>,
    about: Option<EntryId>,
    /// The retraction of the entry, in a log.
    retracted: Option<&'e Retraction>,
}

/// The table of all entries of a ledger, in the order of their recording.
#[pyfunction]
#[pyo3(signature = (tracker, /))]
pub(crate) fn entries_table(py: Python<'_>, tracker: &Tracker) -> Result<Table> {
    let tracker = tracker.handle()?;
    let ledger = with_progress(py, None, |report| tracker.load_with(report))?;
    py.detach(|| Table::of_sized(ledger.entries().map(read), |read| read.entry.line().len(), columns))
}

/// The table of the entries of a log, the newest first.
#[pyfunction]
#[pyo3(signature = (view, only, /))]
pub(crate) fn log_table(py: Python<'_>, view: &View, only: LogFilterArg) -> Result<Table> {
    py.detach(|| {
        let log = view.view.log(&only.0)?;
        let rows =
            log.iter().map(|Logged { entry, retracted, .. }| EntryRow { retracted: retracted.as_ref(), ..read(entry) });
        Table::of_sized(rows, |read| read.entry.line().len(), log_columns)
    })
}

fn read(entry: &Entry) -> EntryRow<'_> {
    let fact = entry.fact();
    let (note, sources) = (fact.note().map(ToString::to_string), fact.sources());
    let mut sources: Vec<String> = sources.iter().map(|source| source.reference().to_owned()).collect();
    let (mut by, mut to, mut title, mut about) = (None, None, None, None);
    match fact {
        Fact::Register(commitment) => {
            if let Some(words) = &commitment.words {
                sources.insert(0, words.source.reference().to_owned());
            }
            title = Some(commitment.title);
        }
        Fact::Advance(advance) => (by, to) = (advance.by, Some(advance.to)),
        Fact::Deposit(deposit) => by = Some(deposit.by),
        Fact::Remark(remark) => title = Some(remark.title),
        Fact::Cite(cite) => about = Some(cite.entry),
        Fact::Amend(amend) => (title, about) = (amend.title, amend.entry),
        Fact::Link(link) => to = Some(link.to),
        Fact::Retract(retract) => about = Some(retract.entry),
        Fact::Assign(assign) => by = Some(assign.body),
        Fact::Unassign(unassign) => by = Some(unassign.body),
        Fact::Attest(_)
        | Fact::Reschedule(_)
        | Fact::Measure(_)
        | Fact::Repin(_)
        | Fact::Define(_)
        | Fact::Unknown { .. } => {}
    }
    let (by, to) = (by.map(|by| by.to_string()), to.map(|to| to.to_string()));
    EntryRow { entry, by, note, sources, title, to, about, retracted: None }
}

fn columns<'a, 'e>(rows: &'a [EntryRow<'e>]) -> Columns<'a, EntryRow<'e>> {
    Columns::of(rows)
        .written("id", |row| Some(row.entry.id()))
        .moment("recorded_at", |row| Some(row.entry.recorded_at()))
        .text("recorded_by", |row| Some(row.entry.recorded_by()))
        .text("commitment", |row| row.entry.commitment())
        .text("kind", |row| Some(row.entry.kind()))
        .date("on", |row| row.entry.on())
        .text("to", |row| row.to.as_deref())
        .text("by", |row| row.by.as_deref())
        .text("title", |row| row.title.as_ref().map(AsRef::as_ref))
        .text("note", |row| row.note.as_deref())
        .list("sources", |row| &row.sources)
        .written("about", |row| row.about)
        .text("line", |row| Some(row.entry.line()))
}

fn log_columns<'a, 'e>(rows: &'a [EntryRow<'e>]) -> Columns<'a, EntryRow<'e>> {
    columns(rows)
        .written("retraction", |row| Some(row.retracted?.entry))
        .moment("retracted_at", |row| Some(row.retracted?.recorded_at))
        .text("retracted_by", |row| Some(row.retracted?.recorded_by.as_str()))
        .text("reason", |row| Some(row.retracted?.reason.as_str()))
}
