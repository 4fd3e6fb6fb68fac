//! The line format: a ledger is JSON Lines, one canonical entry a line, in any order.
//!
//! A line is canonical JSON (RFC 8785) in a restricted vocabulary: keys are ASCII and sorted,
//! numbers are integers below 2^53, and nothing nests deeper than [`MAX_DEPTH`]. Its id is the
//! SHA-256 of the line without the member `id`, so that a JSON library and a hash function are
//! enough to check a ledger. [`SCHEMA`] describes every member.
//!
//! Exact duplicates and any order of lines are allowed, so that `git` can merge two ledgers by
//! taking the lines of both.

pub use crate::entry::{MAX_BATCH_ENTRIES, MAX_LINE_BYTES, Reader, SCHEMA, from_json, read_line, read_line_in, write};
pub use crate::value::json::{CanonicalError, INTEGER_BOUND, MAX_DEPTH, to_json, write_json};
pub use crate::value::visible::{escape_invisible, quote};
