//! The line format: a ledger is JSON Lines, one canonical entry a line, in any order.
//!
//! A line is canonical as RFC 8785 has it, in a restricted vocabulary: keys are ASCII and sorted, numbers are integers below
//! 2^53, nothing nests deeper than [`DEEPEST`]. Its id is the SHA-256 of the line without the member `id`, so that a JSON
//! library and a hash function are enough to check a ledger. [`SCHEMA`] describes every member.
//!
//! Exact duplicates are allowed, and so is any order, so that `git` can merge two ledgers by taking the lines of both.

mod canonical;
mod draft;
mod line;
mod plain;
mod quick;
mod read;
mod reader;
mod schema;
mod writer;

use std::ops::Range;
use std::sync::Arc;

use serde::de::DeserializeOwned;

use crate::entry::Line;

pub use canonical::Spelling;
pub use reader::Reader;
pub use schema::SCHEMA;
pub use writer::{to_json, write, write_json};

pub(crate) use draft::read_draft;
pub(crate) use line::{Header, check_length, read_fact, read_part, recorded_by, sources_of};
pub(crate) use plain::{NotPlain, read_plain};
pub(crate) use read::{Misread, read};
pub(crate) use writer::write_canonical;

/// Reads one line, without its line feed.
///
/// # Errors
///
/// What is wrong with it.
pub fn read_line(line: &str) -> crate::Result<crate::Entry> {
    line::read_line(Box::<str>::from(line).into())
}

/// Reads a value that has a form in JSON, such as a [`Procedure`](crate::Procedure), spelt in any way. It is called `name` in errors.
///
/// # Errors
///
/// `invalid-field`, with the path of the field that is to blame.
///
/// ```
/// use servanda_core::{Source, format};
///
/// let source: Source = format::from_json("source", r#"{ "url": "https://example.org/1", "title": "A record" }"#)?;
/// assert_eq!(source, Source::new("A record", "https://example.org/1")?);
///
/// let refused = format::from_json::<Source>("source", r#"{ "title": "A record" }"#).unwrap_err();
/// assert_eq!(refused.to_string(), "the field source.url: it is missing");
/// # Ok::<(), servanda_core::Error>(())
/// ```
pub fn from_json<T: DeserializeOwned>(name: &str, text: &str) -> crate::Result<T> {
    let value = read_plain(text).map_err(|NotPlain { line, column, reason }| crate::Error::InvalidField {
        field: name.to_owned(),
        reason: format!("line {line}, column {column}, {reason}"),
    })?;
    line::parse(&to_json(&value), name)
}

/// Reads a line that stands in a text with others, without its line feed. The entry shares the text; nothing is copied.
///
/// # Errors
///
/// What is wrong with it.
pub fn read_line_in(text: &Arc<Box<str>>, line: Range<usize>) -> crate::Result<crate::Entry> {
    line::read_line(Line::part(text, line.start, line.len()))
}

/// How many levels a line may nest; the entry itself is the first.
pub const DEEPEST: usize = 32;
/// How many bytes a line may have, without its line feed.
pub const LONGEST_LINE: usize = 64 * 1024;
/// How many bytes the line of a definition may have, without its line feed.
pub const LONGEST_DEFINITION: usize = 1024 * 1024;
/// How many entries a batch may have.
pub const LARGEST_BATCH: u32 = 10_000;
/// Integers are smaller than this, in either direction, so that every JSON library keeps them exactly.
pub const INTEGER_BOUND: u64 = 1 << 53;
