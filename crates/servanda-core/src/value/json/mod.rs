//! Canonical JSON (RFC 8785): checking, reading and writing it.
//!
//! [`canonical`] checks that a text is canonical and finds the members of its outermost object.
//! [`read`] turns canonical text into a value. [`plain`] reads JSON as people write it, in any
//! spelling, and refuses only what canonical text cannot say.

mod canonical;
mod plain;
mod read;

use std::io::{self, Write};

use serde::Serialize;

pub use canonical::CanonicalError;

pub(crate) use canonical::{Member, members};
pub(crate) use plain::{JsonError, read_plain};
pub(crate) use read::{DeserializeError, read};

/// How many levels a line may nest; the entry itself is the first.
pub const MAX_DEPTH: usize = 32;
/// Integers are smaller than this, in either direction, so that every JSON library keeps them exactly.
pub const INTEGER_BOUND: u64 = 1 << 53;

/// Writes an answer, such as the standings of a view, as one JSON document followed by a line feed.
///
/// # Errors
///
/// What the stream says.
pub fn write_json(answer: &impl Serialize, mut output: impl Write) -> io::Result<()> {
    output.write_all(to_json(answer).as_bytes())?;
    output.write_all(b"\n")
}

/// An answer as one JSON document, without a line feed: the same that [`write_json`] writes.
///
/// All JSON is made here, so that every language hands on the same bytes. It is canonical, because the fields of answers stand in alphabetical order. The JSON of an entry is its [line](crate::Entry::line).
///
/// ```
/// use servanda_core::{Day, Filter, Ledger, format};
///
/// let standings = Ledger::new().view_on("2013-06-01")?.standings(&Filter::default());
/// assert_eq!(format::to_json(&standings), "[]");
/// assert_eq!(format::to_json(&"\u{1}長い"), r#""\u0001長い""#);
/// # Ok::<(), servanda_core::Error>(())
/// ```
#[must_use]
pub fn to_json(answer: &impl Serialize) -> String {
    // Our types have string keys and no failing implementations, which are the two ways in which serde_json can fail here.
    serde_json::to_string(answer).unwrap_or_default()
}

/// Writes the JSON of our own types at the end of `output`.
pub(crate) fn write_canonical(value: &impl Serialize, output: &mut Vec<u8>) {
    // As above, this does not fail.
    let _ = serde_json::to_writer(output, value);
}
