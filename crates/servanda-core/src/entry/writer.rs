//! Writes entries as lines.

use std::io::{self, Write};

use super::Entry;

/// Writes entries as lines.
///
/// # Errors
///
/// Any error of the output stream.
pub fn write<'a>(entries: impl IntoIterator<Item = &'a Entry>, mut output: impl Write) -> io::Result<()> {
    for entry in entries {
        output.write_all(entry.line().as_bytes())?;
        output.write_all(b"\n")?;
    }
    output.flush()
}
