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
    output.write_all(to_canonical(answer).as_bytes())?;
    output.write_all(b"\n")
}

/// Writes the JSON of our own types at the end of `output`.
pub(crate) fn write_canonical(value: &impl Serialize, output: &mut Vec<u8>) {
    // As below, this does not fail.
    let _ = serde_json::to_writer(output, value);
}

/// The JSON of our own types, whose fields stand in alphabetical order, which makes it canonical.
pub(crate) fn to_canonical(value: &impl Serialize) -> String {
    // Our types have string keys and no failing implementations, which are the two ways in which serde_json can fail here.
    serde_json::to_string(value).unwrap_or_default()
}
