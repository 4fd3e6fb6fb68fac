//! Reading a ledger line by line.

use std::io::BufRead;

use memchr::memchr;

use super::LONGEST_DEFINITION;
use super::canonical::Spelling;
use super::line::read_line;
use crate::entry::Entry;
use crate::{Error, Result};

/// Reads entries from a stream, one a line, and goes on after a line that is wrong.
///
/// A last line without a line feed counts if it is whole, which its id proves.
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
    buffer: Vec<u8>,
    ended: bool,
}

impl<R: BufRead> Reader<R> {
    /// A reader of this stream.
    pub fn new(input: R) -> Self {
        Self { input, line: 0, buffer: Vec::new(), ended: false }
    }

    /// A reader of a part of a stream, before which so many lines came.
    pub fn after(lines: u64, input: R) -> Self {
        Self { line: lines, ..Self::new(input) }
    }

    /// The number of lines read so far, those before the part counted in.
    #[must_use]
    pub fn lines(&self) -> u64 {
        self.line
    }

    /// Reads the next line and what it says; nothing at the end. Usually all of the line lies in the input's own buffer.
    fn read(&mut self) -> std::io::Result<Option<Result<Entry>>> {
        let available = self.input.fill_buf()?;
        if let Some(end) = memchr(b'\n', available)
            && let Some(line) = available.get(..end).filter(|line| line.len() <= LONGEST_DEFINITION)
        {
            self.line += 1;
            let entry = read(line, self.line, true);
            self.input.consume(end + 1);
            return Ok(Some(entry));
        }
        self.ended = !self.fill()?;
        if self.ended && self.buffer.is_empty() {
            return Ok(None);
        }
        self.line += 1;
        Ok(Some(read(&self.buffer, self.line, !self.ended)))
    }

    /// Puts together a line up to and without the next line feed, keeping at most what a line may have. Says whether a line feed
    /// came.
    fn fill(&mut self) -> std::io::Result<bool> {
        self.buffer.clear();
        loop {
            let available = self.input.fill_buf()?;
            if available.is_empty() {
                return Ok(false);
            }
            let end = memchr(b'\n', available);
            let taken = end.unwrap_or(available.len());
            let room = (LONGEST_DEFINITION + 1).saturating_sub(self.buffer.len());
            self.buffer.extend_from_slice(available.get(..taken.min(room)).unwrap_or_default());
            self.input.consume(end.map_or(taken, |end| end + 1));
            if end.is_some() {
                return Ok(true);
            }
        }
    }
}

/// What the bytes of a line say.
fn read(bytes: &[u8], line: u64, ended_by_line_feed: bool) -> Result<Entry> {
    let spelt_wrong = |spelling, at| Err(Error::Spelling { spelling, at });
    if line == 1 && bytes.starts_with(b"\xef\xbb\xbf") {
        return spelt_wrong(Spelling::ByteOrderMark, 0);
    }
    if bytes.is_empty() {
        return spelt_wrong(Spelling::EmptyLine, 0);
    }
    if let Some(at) = memchr(b'\r', bytes) {
        return spelt_wrong(Spelling::CarriageReturn, at);
    }
    let entry = match std::str::from_utf8(bytes) {
        Ok(line) => read_line(line),
        Err(_) if bytes.len() > LONGEST_DEFINITION => spelt_wrong(Spelling::LineTooLong, LONGEST_DEFINITION),
        Err(error) => spelt_wrong(Spelling::NotUtf8, error.valid_up_to()),
    };
    match entry {
        Err(_) if !ended_by_line_feed => spelt_wrong(Spelling::TornLine, bytes.len()),
        entry => entry,
    }
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
