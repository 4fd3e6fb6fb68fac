//! The input of an import: a table with rows, or a document with commitments and their steps.

use std::fmt;

use serde::Serialize;
use servanda::Day;

/// The content of a file that is imported.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// A table: CSV, or a sheet of a spreadsheet.
    Table(Table),
    /// A document with a list of commitments: TOML, YAML or JSON.
    Document(Document),
}

/// A table with named columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The name of the file; `-` for standard input.
    pub name: String,
    /// The name of the sheet, if the file has sheets.
    pub sheet: Option<String>,
    /// The names of the columns, as in the header.
    pub columns: Vec<String>,
    /// The rows below the header. Empty rows are left out.
    pub rows: Vec<Row>,
}

impl Table {
    /// Makes a table of rows that do not come from a file. They are numbered from 1, and empty rows
    /// are left out.
    #[must_use]
    pub fn new(name: impl Into<String>, columns: Vec<String>, rows: impl IntoIterator<Item = Vec<Cell>>) -> Self {
        let is_empty = |cells: &[Cell]| cells.iter().all(|cell| *cell == Cell::Empty);
        let numbered = (1..).zip(rows).filter(|(_, cells)| !is_empty(cells));
        let rows = numbered.map(|(number, cells)| Row { number, cells }).collect();
        Self { name: name.into(), sheet: None, columns, rows }
    }
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The number of the row as the spreadsheet counts, from 1. In CSV, it is the line.
    pub number: u32,
    /// The cells in the order of the columns. Missing cells at the end are empty.
    pub cells: Vec<Cell>,
}

/// A value in a table or in a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// There is no value.
    Empty,
    /// A text.
    Text(String),
    /// A number, as exact decimal text.
    Number(String),
    /// A day.
    Date(Day),
    /// True or false.
    Bool(bool),
    /// A value that cannot be read, such as `#REF!`, with the reason.
    Fault(String),
}

impl From<f64> for Cell {
    /// A number as exact decimal text, with the digits that a spreadsheet keeps. NaN is empty.
    fn from(number: f64) -> Self {
        match number.is_nan() {
            true => Self::Empty,
            false => crate::read::number::cell(number),
        }
    }
}

/// A document with a list of commitments.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The name of the file; `-` for standard input.
    pub name: String,
    /// The commitments. Each is a [`Value::Map`], which can have a list of `steps`.
    pub commitments: Vec<Node>,
}

/// A value in a document, with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The line, from 1, if the format of the file tells it.
    pub line: Option<u32>,
    /// The value.
    pub value: Value,
}

/// A value in a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A single value.
    Cell(Cell),
    /// A list.
    List(Vec<Node>),
    /// Named values, in the order of the file.
    Map(Vec<(String, Node)>),
}

/// The place of a value in the imported file, which messages name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Position {
    /// The name of the file; `-` for standard input.
    pub file: String,
    /// The name of the sheet, if the file has sheets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// The number of the row, or the line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<u32>,
    /// The name of the column, or the key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.file == "-" { "standard input" } else { &self.file })?;
        if let Some(sheet) = &self.sheet {
            write!(f, ", sheet {sheet:?}")?;
        }
        if let Some(row) = self.row {
            write!(f, ", row {row}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ", column {column:?}")?;
        }
        Ok(())
    }
}
