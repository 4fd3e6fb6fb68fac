//! Reads files: CSV, XLSX, ODS, TOML, YAML and JSON.
//!
//! A file becomes a [`Table`](crate::Table) or a [`Document`](crate::Document). Nothing is
//! rounded and nothing is guessed on the way: a number is the decimal text that the program shows
//! with all its digits, a day is a day, and a cell that cannot be read is a
//! [`Cell::Fault`](crate::Cell::Fault) with the reason.

mod archive;
mod csv;
mod document;
mod format;
mod grid;
pub(crate) mod json;
pub(crate) mod number;
mod ods;
mod ods_styles;
mod serial;
mod text;
pub(crate) mod toml;
mod xlsx;
mod yaml;

use std::io::Read;
use std::path::Path;

use crate::{ImportError, Input};
use format::Format;

/// How to read a file. The reader finds a value that is `None` from the file itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReadOptions {
    /// The sheet of a spreadsheet; the first visible one by default.
    pub sheet: Option<String>,
    /// The number of the row with the names of the columns. By default, it is the first row with at
    /// least two cells, so that a title above the table is skipped.
    pub header: Option<u32>,
    /// The character between the cells of CSV.
    pub delimiter: Option<char>,
    /// The encoding of a text file, such as `windows-1252`; UTF-8 by default. A byte order mark
    /// goes first.
    pub encoding: Option<String>,
    /// The format: `csv`, `xlsx`, `ods`, `toml`, `yaml` or `json`; by default that of the name or,
    /// failing that, of the content.
    pub format: Option<String>,
}

/// Reads a file; `-` is standard input.
///
/// # Errors
///
/// `unreadable-input`.
pub fn read(path: impl AsRef<Path>, options: &ReadOptions) -> Result<Input, ImportError> {
    let path = path.as_ref();
    let name = path.display().to_string();
    let bytes = if name == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(path)
    };
    match bytes {
        Ok(bytes) => read_bytes(&name, bytes, options),
        Err(error) => Err(ImportError::Unreadable { name, reason: error.to_string() }),
    }
}

/// Reads the content of a file. `name` is its name, for messages and to know its format.
///
/// # Errors
///
/// `unreadable-input`.
pub fn read_bytes(name: &str, bytes: Vec<u8>, options: &ReadOptions) -> Result<Input, ImportError> {
    let input = match Format::of(name, &bytes, options)? {
        Format::Xlsx => xlsx::read(name, bytes, options).map(Input::Table),
        Format::Ods => ods::read(name, bytes, options).map(Input::Table),
        text => text::decode(bytes, options.encoding.as_deref()).and_then(|content| match text {
            Format::Toml => toml::read(name, &content).map(Input::Document),
            Format::Yaml => yaml::read(name, &content).map(Input::Document),
            Format::Json => json::read(name, &content).map(Input::Document),
            _ => csv::read(name, &content, options).map(Input::Table),
        }),
    };
    input.map_err(|reason| ImportError::Unreadable { name: name.to_owned(), reason })
}
