//! The journal of an append: where it begins, and what it writes.
//!
//! ```text
//! sha256:…                             the digest of the rest
//! 81920 412 1764011000123456789-4711   offset in the ledger, number of bytes, time and process id
//! {"commitment":…}                     the bytes
//! ```
//!
//! A journal is valid if it is complete and its digest is right. Bytes after the last one are left
//! over from an earlier, longer journal, and are ignored. When the append has ended, the journal is
//! cut to its two header lines, which makes it invalid. The header stays, because a reader
//! recognizes by it that there was an append. Time and process id make every journal different,
//! even if the same append is tried again.

use std::io::{self, Read, Seek, SeekFrom};
use std::time::SystemTime;

use servanda_core::{Digest, Entry, format};

/// A valid journal.
#[derive(Debug)]
pub(super) struct Journal {
    /// The header and the lines.
    bytes: Vec<u8>,
    /// Where the lines begin.
    header: usize,
    offset: u64,
}

/// How much of an append the ledger contains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AppendState {
    /// Nothing: no line was written, or another program has replaced the file since then.
    Absent,
    /// Everything.
    Complete,
    /// A part, at the end of the ledger.
    Torn,
}

impl Journal {
    /// Creates the journal of an append to a ledger of `offset` bytes.
    pub(super) fn new<'a>(offset: u64, line_feed_first: bool, entries: impl IntoIterator<Item = &'a Entry>) -> Self {
        let mut lines = Vec::new();
        if line_feed_first {
            lines.push(b'\n');
        }
        // Writing to memory cannot fail.
        let _ = format::write(entries, &mut lines);
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_nanos();
        let mut rest = format!("{offset} {} {now}-{}\n", lines.len(), std::process::id()).into_bytes();
        let second = rest.len();
        rest.append(&mut lines);
        let first = format!("{}\n", Digest::of(&rest));
        let header = first.len() + second;
        Self { bytes: [first.into_bytes(), rest].concat(), header, offset }
    }

    /// Parses a journal. Returns `None` if it is not valid.
    pub(super) fn parse(mut bytes: Vec<u8>) -> Option<Self> {
        let first = line_length(&bytes)?;
        let (digest, rest) = bytes.split_at_checked(first)?;
        let second = line_length(rest)?;
        let mut place = std::str::from_utf8(rest.get(..second)?).ok()?.split(' ');
        let (offset, length) = (place.next()?.parse::<u64>().ok()?, place.next()?.parse::<usize>().ok()?);
        let rest = rest.get(..second.checked_add(length)?)?;
        let digest: Digest = std::str::from_utf8(digest).ok()?.trim_end().parse().ok()?;
        if length == 0 || Digest::of(rest) != digest {
            return None;
        }
        bytes.truncate(first + second + length);
        Some(Self { header: first + second, bytes, offset })
    }

    /// The whole journal.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The length of the header, which stays when the append has ended.
    pub(super) fn header_length(&self) -> u64 {
        self.header as u64
    }

    /// The lines to append.
    pub(super) fn lines(&self) -> &[u8] {
        self.bytes.get(self.header..).unwrap_or_default()
    }

    /// The length of the ledger before the append.
    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    /// The length of the ledger after the append.
    pub(super) fn end(&self) -> u64 {
        self.offset.saturating_add(self.lines().len() as u64)
    }

    /// Compares the lines with a ledger of this length.
    pub(super) fn state(&self, mut ledger: impl Read + Seek, length: u64) -> io::Result<AppendState> {
        if length <= self.offset {
            return Ok(AppendState::Absent);
        }
        ledger.seek(SeekFrom::Start(self.offset))?;
        let mut found = Vec::new();
        ledger.take(length.min(self.end()) - self.offset).read_to_end(&mut found)?;
        if found == self.lines() {
            return Ok(AppendState::Complete);
        }
        // A power failure can leave zeros where the disk had not written yet. Lines contain no
        // zeros.
        let is_part = found.iter().zip(self.lines()).all(|(found, line)| found == line || *found == 0);
        Ok(if is_part && length <= self.end() { AppendState::Torn } else { AppendState::Absent })
    }
}

/// Returns the length of the first line, including its line feed.
fn line_length(bytes: &[u8]) -> Option<usize> {
    // The header lines are short. Do not search the lines of the ledger.
    bytes.iter().take(128).position(|byte| *byte == b'\n').map(|at| at + 1)
}
