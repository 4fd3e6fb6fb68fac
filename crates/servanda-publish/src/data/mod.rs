//! The files for programs: the ledger, and the standings and the history as CSV and JSON. They are
//! the same in all languages.

mod tables;

use crate::PublishError;
use crate::model::Model;
use crate::write::SiteWriter;

pub(crate) fn write(model: &Model, out: &mut SiteWriter) -> Result<(), PublishError> {
    let mut lines = Vec::new();
    // Writing to memory does not fail.
    let _ = model.ledger.write(&mut lines);
    out.put("data/ledger.jsonl", &lines)?;
    drop(lines);
    tables::write(model, out)
}
