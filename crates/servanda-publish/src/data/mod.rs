//! The files for programs: the ledger, and the standings and the history as CSV and JSON. They are
//! the same in all languages.

mod tables;

pub(crate) use tables::Lines;

use crate::PublishError;
use crate::model::Model;
use crate::write::SiteWriter;

/// Writes the files. `lines` are the lines of the tables for each commitment, in order.
pub(crate) fn write(model: &Model, lines: Vec<Lines>, out: &SiteWriter) -> Result<(), PublishError> {
    let size = model.ledger.entries().map(|entry| entry.line().len() + 1).sum();
    let mut ledger = Vec::with_capacity(size);
    // Writing to memory does not fail.
    let _ = model.ledger.write(&mut ledger);
    out.put("data/ledger.jsonl", &ledger)?;
    drop(ledger);
    tables::write(&lines, out)
}
