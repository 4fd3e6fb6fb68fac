//! The table of changes. It has one row for each member of a standing that differs, and for a list
//! one row for each element that differs.

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use serde_json::Value;
use servanda::answers::Change;

use super::columns::Columns;
use super::table::Table;
use crate::convert::json;
use crate::error::{Failure, Result};
use crate::view::{FilterArg, View};

/// One difference between two standings of a commitment.
struct Difference {
    commitment: String,
    title: String,
    member: String,
    kind: Kind,
    before: Option<String>,
    after: Option<String>,
}

/// Whether the member itself differs, or an element of it.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Shifted,
    Added,
    Altered,
    Removed,
}

impl Kind {
    const ALL: [Self; 4] = [Self::Shifted, Self::Added, Self::Altered, Self::Removed];

    fn as_str(self) -> &'static str {
        match self {
            Self::Shifted => "shifted",
            Self::Added => "added",
            Self::Altered => "altered",
            Self::Removed => "removed",
        }
    }
}

/// The table of changes between two views.
#[pyfunction]
#[pyo3(signature = (view, before, only, /))]
pub(crate) fn changes_table(py: Python<'_>, view: &View, before: &View, only: FilterArg) -> Result<Table> {
    py.detach(|| {
        let mut rows = Vec::new();
        for change in view.view.changes_since(&before.view, &only.0)?.commitments {
            differences(&change, &mut rows)?;
        }
        let text = |row: &Difference| [&row.before, &row.after].into_iter().flatten().map(String::len).sum();
        Table::of_sized(rows, text, columns)
    })
}

fn columns(rows: &[Difference]) -> Columns<'_, Difference> {
    Columns::of(rows)
        .text("commitment", |row| Some(row.commitment.as_str()))
        .text("title", |row| Some(row.title.as_str()))
        .text("member", |row| Some(row.member.as_str()))
        .word("kind", &Kind::ALL, Kind::as_str, |row| Some(row.kind))
        .text("before", |row| row.before.as_deref())
        .text("after", |row| row.after.as_deref())
}

/// Adds the rows of one change. Its JSON has only the members that differ.
fn differences(change: &Change, rows: &mut Vec<Difference>) -> Result<()> {
    let members =
        serde_json::to_value(change).map_err(|error| Failure::Python(PyRuntimeError::new_err(error.to_string())))?;
    for (member, differs) in members.as_object().into_iter().flatten() {
        let mut row = |kind, before: &Value, after: &Value| -> Result<()> {
            let (commitment, title) = (change.commitment.to_string(), change.title.to_string());
            let (before, after) = (text(before)?, text(after)?);
            rows.push(Difference { commitment, title, member: member.clone(), kind, before, after });
            Ok(())
        };
        let elements = |name| differs.get(name).and_then(Value::as_array).into_iter().flatten();
        if let Some((before, after)) = differs.get("before").zip(differs.get("after")) {
            row(Kind::Shifted, before, after)?;
        }
        for element in elements("added") {
            row(Kind::Added, &Value::Null, element)?;
        }
        for shift in elements("altered") {
            let side = |name| shift.get(name).unwrap_or(&Value::Null);
            row(Kind::Altered, side("before"), side("after"))?;
        }
        for element in elements("removed") {
            row(Kind::Removed, element, &Value::Null)?;
        }
    }
    Ok(())
}

/// A string as it is, null as None, and any other value as JSON.
fn text(value: &Value) -> Result<Option<String>> {
    Ok(match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(json(other)),
    })
}
