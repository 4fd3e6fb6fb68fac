//! Splits a CSV file into records.

use csv::{ByteRecord, ReaderBuilder};

/// Whether no cell of a record has a text.
pub(super) fn is_blank(record: &ByteRecord) -> bool {
    record.iter().all(|cell| cell.trim_ascii().is_empty())
}

/// An iterator over the records of a file, each with the line number of its start.
///
/// A record with a misplaced quotation mark ends at the end of its line, so that an unclosed
/// quotation mark does not swallow the rows below it.
pub(super) struct Records<'a> {
    bytes: &'a [u8],
    position: usize,
    line: usize,
}

impl<'a> Records<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, position: 0, line: 1 }
    }

    fn advance(&mut self, to: usize) {
        let skipped = self.bytes.get(self.position..to).unwrap_or_default();
        self.line += skipped.iter().filter(|byte| **byte == b'\n').count();
        self.position = to;
    }
}

impl Iterator for Records<'_> {
    type Item = (usize, Result<ByteRecord, String>);

    fn next(&mut self) -> Option<Self::Item> {
        let ends = |byte: &u8| matches!(byte, b'\n' | b'\r');
        let blank = self.bytes.get(self.position..)?.iter().take_while(|byte| ends(byte)).count();
        self.advance(self.position + blank);
        let rest = self.bytes.get(self.position..).filter(|rest| !rest.is_empty())?;
        let line = self.line;
        let length = length_of_record(rest);
        let raw = rest.get(..length.unwrap_or_else(|| rest.iter().take_while(|byte| !ends(byte)).count()))?;
        self.advance(self.position + raw.len());
        if length.is_none() {
            return Some((line, Err("a quotation mark is not closed, or is inside a cell".to_owned())));
        }
        let mut record = ByteRecord::new();
        let mut reader =
            ReaderBuilder::new().has_headers(false).flexible(true).buffer_capacity(raw.len()).from_reader(raw);
        Some((line, reader.read_byte_record(&mut record).map(|_| record).map_err(|error| error.to_string())))
    }
}

/// Returns the length of the first record without its line ending, or `None` if it contains a
/// misplaced quotation mark (RFC 4180, section 2).
fn length_of_record(bytes: &[u8]) -> Option<usize> {
    let (mut quoted, mut cell_start, mut closed) = (false, true, false);
    for (at, byte) in bytes.iter().enumerate() {
        match (byte, quoted) {
            (b'"', true) => (quoted, closed) = (false, true),
            // Two quotation marks stand for one.
            (b'"', false) if closed => (quoted, closed) = (true, false),
            (b'"', false) if cell_start => quoted = true,
            (_, true) => {}
            (b'\n' | b'\r', false) => return Some(at),
            (b',', false) => closed = false,
            (_, false) if closed => return None,
            (_, false) => {}
        }
        cell_start = *byte == b',' && !quoted;
    }
    (!quoted).then_some(bytes.len())
}
