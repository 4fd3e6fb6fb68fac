//! Tests of reading files.

#![allow(clippy::panic, clippy::unwrap_used)]

mod broken;
mod documents;
mod encodings;
mod libraries;
mod libreoffice;
mod workbooks;

use std::fmt::Write;

use servanda_import::read::{ReadOptions, read_bytes};
use servanda_import::{Cell, Document, ImportError, Input, Node, Table, Value};

/// Reads a table from bytes.
fn table(name: &str, bytes: impl Into<Vec<u8>>) -> Table {
    match read_bytes(name, bytes.into(), &ReadOptions::default()) {
        Ok(Input::Table(table)) => table,
        other => panic!("{name} is not a table: {other:?}"),
    }
}

/// Reads a document from a text.
fn document(name: &str, text: &str) -> Document {
    match read_bytes(name, text.into(), &ReadOptions::default()) {
        Ok(Input::Document(document)) => document,
        other => panic!("{name} is not a document: {other:?}"),
    }
}

/// Returns the message of the error that reading ends in.
fn refusal(name: &str, bytes: impl Into<Vec<u8>>, options: &ReadOptions) -> String {
    match read_bytes(name, bytes.into(), options) {
        Err(error @ ImportError::Unreadable { .. }) => {
            assert_eq!(error.code(), "unreadable-input");
            error.to_string()
        }
        other => panic!("{name} is not refused as unreadable: {other:?}"),
    }
}

/// Shows a table: the columns, then each row with its number.
fn shown(table: &Table) -> String {
    let mut text = format!("sheet {:?}\ncolumns {:?}\n", table.sheet, table.columns);
    for row in &table.rows {
        assert_eq!(row.cells.len(), table.columns.len());
        let cells: Vec<String> = row.cells.iter().map(cell).collect();
        writeln!(text, "row {}: {}", row.number, cells.join(", ")).unwrap();
    }
    text
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Empty => "-".to_owned(),
        Cell::Text(text) => format!("{text:?}"),
        Cell::Number(number) => format!("number {number}"),
        Cell::Date(day) => format!("day {day}"),
        Cell::Bool(value) => value.to_string(),
        Cell::Fault(reason) => format!("fault: {reason}"),
    }
}

/// Shows a document, with the line of each value.
fn outline(document: &Document) -> String {
    let mut text = String::new();
    for node in &document.commitments {
        node_outline(node, "commitment", 0, &mut text);
    }
    text
}

fn node_outline(node: &Node, name: &str, depth: usize, text: &mut String) {
    let line = node.line.map_or("?".to_owned(), |line| line.to_string());
    let indent = "  ".repeat(depth);
    match &node.value {
        Value::Cell(value) => writeln!(text, "{line:>3} {indent}{name}: {}", cell(value)).unwrap(),
        Value::List(list) => {
            writeln!(text, "{line:>3} {indent}{name}: list").unwrap();
            list.iter().for_each(|node| node_outline(node, "-", depth + 1, text));
        }
        Value::Map(members) => {
            writeln!(text, "{line:>3} {indent}{name}: table").unwrap();
            members.iter().for_each(|(key, node)| node_outline(node, key, depth + 1, text));
        }
    }
}
