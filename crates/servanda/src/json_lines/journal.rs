//! The record of an append: where it begins, and what it writes.
//!
//! ```text
//! sha256:…                             the digest of everything that follows
//! 81920 412 1764011000123456789-4711   the offset in the ledger, how many bytes, and the moment and the process that wrote the record
//! {"commitment":…}                     the bytes
//! ```
//!
//! A record counts if its digest is right and nothing is missing. When the append is over it is cut down to its first two lines, and no
//! longer counts; they stay, because by them a reader sees that there was an append. So that no two records are alike, even if the same
//! append is tried again, they say who wrote them when.

use std::io::{self, Read, Seek, SeekFrom};
use std::time::SystemTime;

use servanda_core::{Digest, Entry, format};

/// A record that counts.
#[derive(Debug)]
pub(super) struct Journal {
    /// The whole of it.
    bytes: Vec<u8>,
    /// Where in it the ledger's lines begin.
    header: usize,
    offset: u64,
}

/// How far an append has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AppendState {
    /// The ledger has nothing of it: nothing was written, or another program has replaced the file since.
    Absent,
    /// The ledger has all of it.
    Whole,
    /// The ledger ends with a part of it.
    Torn,
}

impl Journal {
    /// The record of an append to a ledger of `offset` bytes.
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

    /// The record that these bytes are, if they are one that counts.
    pub(super) fn parse(bytes: Vec<u8>) -> Option<Self> {
        let first = line_length(&bytes)?;
        let (digest, rest) = bytes.split_at_checked(first)?;
        let second = line_length(rest)?;
        let (place, lines) = rest.split_at_checked(second)?;
        let mut place = std::str::from_utf8(place).ok()?.split(' ');
        let (offset, length) = (place.next()?.parse::<u64>().ok()?, place.next()?.parse::<usize>().ok()?);
        let digest: Digest = std::str::from_utf8(digest).ok()?.trim_end().parse().ok()?;
        let counts = lines.len() == length && length > 0 && Digest::of(rest) == digest;
        counts.then_some(Self { header: first + second, bytes, offset })
    }

    /// The whole record.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// How many bytes of it stay when the append is over.
    pub(super) fn ended_length(&self) -> u64 {
        self.header as u64
    }

    /// What is appended.
    pub(super) fn lines(&self) -> &[u8] {
        self.bytes.get(self.header..).unwrap_or_default()
    }

    /// Where it is appended.
    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    /// Where the ledger ends when it has been appended.
    pub(super) fn end(&self) -> u64 {
        self.offset.saturating_add(self.lines().len() as u64)
    }

    /// How far the append has come in a ledger of this length.
    pub(super) fn state(&self, mut ledger: impl Read + Seek, length: u64) -> io::Result<AppendState> {
        if length <= self.offset {
            return Ok(AppendState::Absent);
        }
        ledger.seek(SeekFrom::Start(self.offset))?;
        let mut found = Vec::new();
        ledger.take(length.min(self.end()) - self.offset).read_to_end(&mut found)?;
        if found == self.lines() {
            return Ok(AppendState::Whole);
        }
        // Where a disk did not get to writing there are zeros, and none are in a ledger's lines.
        let is_part = found.iter().zip(self.lines()).all(|(found, line)| found == line || *found == 0);
        Ok(if is_part && length <= self.end() { AppendState::Torn } else { AppendState::Absent })
    }
}

/// How long the first line is, with its line feed.
fn line_length(bytes: &[u8]) -> Option<usize> {
    // The header's lines are short; the lines of the ledger are not looked at.
    bytes.iter().take(128).position(|byte| *byte == b'\n').map(|at| at + 1)
}
