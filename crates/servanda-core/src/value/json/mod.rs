//! Canonical JSON (RFC 8785): checking, reading and writing it.
//!
//! [`canonical`] checks that a text is canonical and finds the members of its outermost object.
//! [`read`] turns canonical text into a value. [`plain`] reads JSON as people write it, in any
//! formatting, and refuses only what canonical text cannot express.

mod canonical;
mod plain;
mod read;

use std::io::{self, Write};

use serde::Serialize;

pub use canonical::CanonicalError;

pub(crate) use canonical::{Member, members};
pub(crate) use plain::{JsonError, read_plain};
pub(crate) use read::{DeserializeError, read};

/// The maximum nesting depth of a line. The entry itself is the first level.
pub const MAX_DEPTH: usize = 32;
/// The exclusive upper bound for the absolute value of an integer.
///
/// Every JSON library keeps integers below this bound exactly.
pub const INTEGER_BOUND: u64 = 1 << 53;

/// Writes an answer, such as the standings of a view, as one JSON document followed by a line feed.
///
/// # Errors
///
/// The I/O error of `output`.
pub fn write_json(answer: &impl Serialize, mut output: impl Write) -> io::Result<()> {
    output.write_all(to_json(answer).as_bytes())?;
    output.write_all(b"\n")
}

/// Returns an answer as one JSON document, as [`write_json`] writes it but without a line feed.
///
/// All JSON is made here, so every language returns the same bytes. It is canonical, because the
/// fields of answers are declared in alphabetical order. The JSON of an entry is its
/// [line](crate::Entry::line).
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
    // serde_json fails here only if a key is not a string or a `Serialize` implementation fails.
    // Neither happens with our types.
    serde_json::to_string(answer).unwrap_or_default()
}

/// Appends the JSON of one of our own types to `output`.
pub(crate) fn write_canonical(value: &impl Serialize, output: &mut Vec<u8>) {
    // This does not fail, for the same reason as in `to_json`.
    let _ = serde_json::to_writer(output, value);
}
