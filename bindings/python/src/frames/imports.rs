//! The table of the changes of an import.

use servanda_import::{Action, Change};

use super::columns::Columns;
use super::table::Table;
use crate::error::Result;

/// Makes the table of the differences that an import found.
pub(crate) fn imported_table(changes: Vec<Change>) -> Result<Table> {
    Table::of(changes, columns)
}

fn columns(rows: &[Change]) -> Columns<'_, Change> {
    Columns::of(rows)
        .word("action", &Action::ALL, Action::as_str, |row| Some(row.action))
        .text("commitment", |row| row.commitment.as_ref().map(AsRef::as_ref))
        .text("what", |row| Some(row.what.as_str()))
        .text("before", |row| row.before.as_deref())
        .text("after", |row| row.after.as_deref())
        .text("reason", |row| row.reason.as_deref())
        .text("code", |row| row.code.as_deref())
        .text("nearest", |row| row.nearest.as_deref())
        .text("file", |row| Some(row.position.file.as_str()))
        .text("sheet", |row| row.position.sheet.as_deref())
        .count("row", |row| row.position.row)
        .text("column", |row| row.position.column.as_deref())
}
