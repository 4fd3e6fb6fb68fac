//! Reads a ledger line by line.

use std::io::{BufRead, Cursor};
use std::sync::Arc;

use memchr::{memchr, memrchr};

use super::read_line::read_sealed;
use crate::entry::{Entry, Line, MAX_LINE_BYTES};
use crate::value::json::CanonicalError;
use crate::{Error, Result};

/// The maximum number of bytes of lines that are read together.
const MAX_BLOCK_BYTES: usize = 1 << 18;

/// Reads entries from a stream, one per line, and continues after an invalid line.
///
/// The last line may lack its line feed. It counts if it is complete, which its id proves.
///
/// ```
/// use servanda_core::format::Reader;
///
/// let ledger = "{\"not\": \"canonical\"}\nnot JSON\n";
/// let errors: Vec<_> = Reader::new(ledger.as_bytes()).map(|entry| entry.unwrap_err().to_string()).collect();
/// assert_eq!(errors.len(), 2);
/// assert!(errors[0].starts_with("line 1, byte 8: this is JSON, but not spelt as RFC 8785 has it"));
/// assert!(errors[1].starts_with("line 2, byte 1: this is not JSON"));
/// ```
#[derive(Debug)]
pub struct Reader<R> {
    input: R,
    line: u64,
    /// Complete lines that were read together, and the position of the next one.
    block: Arc<Box<str>>,
    at: usize,
    /// A single line that is longer than the buffer of the input, or that may not be UTF-8.
    buffer: Vec<u8>,
    ended: bool,
}

impl<R: BufRead> Reader<R> {
    /// Creates a reader of a stream.
    pub fn new(input: R) -> Self {
        Self { input, line: 0, block: Arc::default(), at: 0, buffer: Vec::new(), ended: false }
    }

    /// Returns the number of lines read so far, including those before the part that this reader
    /// reads.
    #[must_use]
    pub fn lines(&self) -> u64 {
        self.line
    }

    /// Reads the next line and its entry; `None` at the end.
    fn read(&mut self) -> std::io::Result<Option<Result<Entry>>> {
        if self.at == self.block.len() {
            self.next_block()?;
        }
        let rest = self.block.as_bytes().get(self.at..).unwrap_or_default();
        if let Some(length) = memchr(b'\n', rest) {
            let line = Line::part(&self.block, self.at, length);
            self.at += length + 1;
            self.line += 1;
            return Ok(Some(read(line, self.line)));
        }
        self.ended = !self.fill()?;
        if self.ended && self.buffer.is_empty() {
            return Ok(None);
        }
        self.line += 1;
        Ok(Some(read_alone(&self.buffer, self.line, self.ended)))
    }

    /// Takes the bytes that the input has buffered, up to the last line feed of the valid UTF-8.
    fn next_block(&mut self) -> std::io::Result<()> {
        let available = self.input.fill_buf()?;
        let available = available.get(..available.len().min(MAX_BLOCK_BYTES)).unwrap_or_default();
        let valid = match std::str::from_utf8(available) {
            Ok(text) => text,
            Err(error) => available
                .get(..error.valid_up_to())
                .and_then(|valid| std::str::from_utf8(valid).ok())
                .unwrap_or_default(),
        };
        let lines = memrchr(b'\n', valid.as_bytes()).and_then(|last| valid.get(..=last)).unwrap_or_default();
        (self.block, self.at) = (Arc::new(lines.into()), 0);
        let taken = lines.len();
        self.input.consume(taken);
        Ok(())
    }

    /// Collects a line up to its line feed, which is left out, and keeps at most the maximum length
    /// of a line. Returns whether there was a line feed.
    fn fill(&mut self) -> std::io::Result<bool> {
        self.buffer.clear();
        loop {
            let available = self.input.fill_buf()?;
            if available.is_empty() {
                return Ok(false);
            }
            let end = memchr(b'\n', available);
            let taken = end.unwrap_or(available.len());
            let room = (MAX_LINE_BYTES + 1).saturating_sub(self.buffer.len());
            self.buffer.extend_from_slice(available.get(..taken.min(room)).unwrap_or_default());
            self.input.consume(end.map_or(taken, |end| end + 1));
            if end.is_some() {
                return Ok(true);
            }
        }
    }
}

impl Reader<Cursor<Vec<u8>>> {
    /// Creates a reader of lines in memory that follow `lines_before` other lines. The entries
    /// share the text and copy nothing.
    #[must_use]
    pub fn of_lines(lines_before: u64, lines: Vec<u8>) -> Self {
        // If the bytes are not complete lines of text, they are read line by line like any stream.
        let (block, rest) = match String::from_utf8(lines) {
            Ok(text) if text.ends_with('\n') => (text.into(), Vec::new()),
            Ok(text) => (Box::default(), text.into_bytes()),
            Err(error) => (Box::default(), error.into_bytes()),
        };
        Self { line: lines_before, block: Arc::new(block), ..Self::new(Cursor::new(rest)) }
    }
}

fn not_canonical<T>(problem: CanonicalError, at: usize) -> Result<T> {
    Err(Error::NotCanonical { problem, at })
}

/// Reads the entry of a line.
fn read(line: Line, number: u64) -> Result<Entry> {
    check_bytes(line.as_str().as_bytes(), number)?;
    read_sealed(line)
}

/// Reads the entry of a line that may not be UTF-8. The last line may lack its line feed.
fn read_alone(bytes: &[u8], number: u64, is_last: bool) -> Result<Entry> {
    check_bytes(bytes, number)?;
    let entry = match std::str::from_utf8(bytes) {
        Ok(text) => read_sealed(Box::<str>::from(text).into()),
        Err(_) if bytes.len() > MAX_LINE_BYTES => not_canonical(CanonicalError::LineTooLong, MAX_LINE_BYTES),
        Err(error) => not_canonical(CanonicalError::NotUtf8, error.valid_up_to()),
    };
    match entry {
        // The members of a line are checked only if its JSON is complete.
        Err(Error::NotCanonical { .. } | Error::WrongId { .. }) if is_last => {
            not_canonical(CanonicalError::TornLine, bytes.len())
        }
        entry => entry,
    }
}

/// Checks that the bytes can be a line.
fn check_bytes(bytes: &[u8], number: u64) -> Result<()> {
    if number == 1 && bytes.starts_with(b"\xef\xbb\xbf") {
        return not_canonical(CanonicalError::ByteOrderMark, 0);
    }
    if bytes.is_empty() {
        return not_canonical(CanonicalError::EmptyLine, 0);
    }
    if is_conflict_marker(bytes) {
        return not_canonical(CanonicalError::ConflictMarker, 0);
    }
    match memchr(b'\r', bytes) {
        Some(at) => not_canonical(CanonicalError::CarriageReturn, at),
        None => Ok(()),
    }
}

/// Whether a line is one of the markers `<<<<<<<`, `|||||||`, `=======` and `>>>>>>>` of git, alone
/// or with a name.
fn is_conflict_marker(line: &[u8]) -> bool {
    let Some((marker, name)) = line.split_first_chunk::<7>() else { return false };
    b"<|=>".iter().any(|byte| marker == &[*byte; 7]) && matches!(name, [] | [b' ' | b'\r', ..])
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Result<Entry>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        match self.read() {
            Ok(entry) => Some(entry?.map_err(|error| error.at_line(self.line))),
            Err(error) => {
                self.ended = true;
                Some(Err(Error::Unreadable { reason: error.to_string() }))
            }
        }
    }
}
