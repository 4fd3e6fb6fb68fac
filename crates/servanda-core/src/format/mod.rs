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
mod quick;
mod reader;
mod schema;
mod writer;

pub use canonical::Spelling;
pub use reader::Reader;
pub use schema::SCHEMA;
pub use writer::{to_json, write, write_json};

pub(crate) use draft::read_draft;
pub(crate) use line::{Header, check_length, read_fact, read_part, recorded_by, sources_of};
pub(crate) use writer::write_canonical;

/// Reads one line, without its line feed.
///
/// # Errors
///
/// What is wrong with it.
pub fn read_line(line: &str) -> crate::Result<crate::Entry> {
    line::read_line(Box::<str>::from(line).into())
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
