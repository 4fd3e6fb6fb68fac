//! Writing.

use std::io::{self, Write};

use serde::Serialize;

use crate::entry::Entry;

/// Writes entries as lines.
///
/// # Errors
///
/// What the stream says.
pub fn write<'a>(entries: impl IntoIterator<Item = &'a Entry>, mut output: impl Write) -> io::Result<()> {
    for entry in entries {
        output.write_all(entry.line().as_bytes())?;
        output.write_all(b"\n")?;
    }
    output.flush()
}

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
/// All JSON is made here, so that every language hands on the same bytes. It is canonical, because the fields of answers stand in alphabetical order. The JSON of an entry is its [line](Entry::line).
///
/// ```
/// use servanda_core::{Day, Filter, Ledger, format};
///
/// let standings = Ledger::new().view_on(Day::new(2013, 6, 1)?).standings(&Filter::default());
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
