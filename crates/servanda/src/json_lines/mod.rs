//! A ledger kept in a JSON Lines file, where an append survives a crash at any instruction.
//!
//! Beside `ledger.jsonl` the first append puts two small files, which stay there and which nobody needs to keep:
//!
//! - `ledger.jsonl.lock`. Who appends holds a lock on it, so that appends take turns. The ledger itself is never locked: on Windows
//!   that would keep readers out.
//! - `ledger.jsonl.pending`, the *record*: what is being appended, and where. See [`pending`].
//!
//! **Appending** ([`append`]), with the lock held: settle what a crash left behind, take in what others have written, validate; then
//!
//! 1. write the record, and wait until it is on the disk;
//! 2. write the lines at the end of the ledger, and wait;
//! 3. cut the record down to its first two lines, which ends it, and wait.
//!
//! A crash before the end of 1 leaves a record that is not whole: it does not count, and the ledger was not touched. A crash later
//! leaves a record that counts, and by it anyone can tell what the ledger's end is worth:
//!
//! | after the record's offset the ledger has | a reader | the next writer |
//! |---|---|---|
//! | nothing | reads it all | ends the record |
//! | the recorded bytes, whole | reads it all | waits until they are on the disk, ends the record |
//! | the recorded bytes, cut short, or with zeros where the disk did not get to them | stops at the offset | cuts the ledger there, ends the record |
//! | anything else: another program has replaced the file since | reads it all | ends the record |
//!
//! The last line is why the record holds the bytes and not only their digest: nothing is cut off that is not known to be ours.
//!
//! **Reading** never locks and never writes. Whole lines count at once, although their writer may still be waiting for the disk: the
//! next writer would keep them, and a reader that did not show them could miss what was acknowledged. Should the power fail in that
//! very moment they may be gone, but nobody was told that they would stay, and half of them is never shown. A reader looks at the
//! record, at the length of the ledger, and at the record again, until the record is the same twice ([`Lines::look`]). Then no append
//! began or ended in between, for each changes the record and no two records are alike; so the length belongs to the record.
//!
//! **Refreshing** reads only what is new if the file has grown, is the same file, and has before the new part what it had there
//! (the last [`TAIL_BYTES`] bytes are compared). Otherwise, if anything about it has changed, all of it is read anew.

mod append;
mod blocks;
#[cfg(test)]
mod crash_tests;
mod files;
mod journal;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read as _, Seek as _, SeekFrom};
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use servanda_core::format::Reader;
use servanda_core::{Entry, Ledger};

use crate::progress::{Report, ReportingReader, no_progress};
use crate::{Error, Result};
use files::{Disk, Paths};
use journal::{AppendState, Journal};

pub(crate) use files::WriteLock;

/// How many bytes before its end are remembered, to recognise the file by.
const TAIL_BYTES: u64 = 1024;

/// A file of lines, and what of it has been read.
#[derive(Debug)]
pub(crate) struct JsonLines {
    paths: Paths,
    seen: ReadState,
}

/// What a file was like when it was read.
#[derive(Debug, Default)]
struct ReadState {
    stamp: FileStamp,
    /// How far it was read.
    end: u64,
    /// The last bytes before the end.
    last: Vec<u8>,
}

/// By what is seen, without reading it, that a file is as it was.
#[derive(Debug, Default, PartialEq)]
struct FileStamp {
    length: u64,
    modified: Option<SystemTime>,
    /// The device and the number of the file, where files have them.
    identity: Option<(u64, u64)>,
}

impl FileStamp {
    fn of(metadata: &std::fs::Metadata) -> Self {
        Self { length: metadata.len(), modified: metadata.modified().ok(), identity: identity(metadata) }
    }
}

#[cfg(unix)]
fn identity(metadata: &std::fs::Metadata) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt as _;
    Some((metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn identity(_: &std::fs::Metadata) -> Option<(u64, u64)> {
    None
}

/// A file, opened, and how far it may be read.
struct OpenFile {
    file: File,
    stamp: FileStamp,
    end: u64,
    /// Whether it is a file at all: a pipe is read until it ends.
    regular: bool,
}

/// What others have written since.
#[derive(Debug)]
pub(crate) enum News {
    /// Nothing.
    None,
    /// These entries, after what was there.
    More(Vec<Entry>),
    /// The file is another one: this is what it holds now.
    Replaced(Arc<Ledger>),
}

impl JsonLines {
    /// Opens a ledger that is there.
    pub(crate) fn open(path: &Path, report: Report<'_>) -> Result<(Self, Ledger)> {
        let mut lines = Self { paths: Paths::of(path), seen: ReadState::default() };
        let opened = lines.open_file()?;
        let ledger = lines.load(opened, report)?;
        Ok((lines, ledger))
    }

    /// Reads all of it again, to see whether it is sound, unless it is as it was when it was read.
    pub(crate) fn verify(&self, report: Report<'_>) -> Result<()> {
        let opened = self.open_file()?;
        let unchanged = opened.stamp == self.seen.stamp && opened.end == self.seen.end;
        if unchanged || !opened.regular { Ok(()) } else { Self::open(&self.paths.given, report).map(drop) }
    }

    /// Creates an empty ledger where there is nothing.
    pub(crate) fn create(path: &Path) -> Result<Self> {
        // An empty file is a whole ledger, so there is no moment at which a crash would leave half of one.
        let created = File::options().write(true).create_new(true).open(path);
        created.map_err(|error| match error.kind() {
            // Nothing can be missing but the folder.
            io::ErrorKind::NotFound => {
                Error::Io { action: "write", path: path.to_owned(), reason: "there is no such folder".to_owned() }
            }
            _ => Error::io("write", path, &error),
        })?;
        let paths = Paths::of(path);
        paths.sync_folder().map_err(|error| Error::io("write", path, &error))?;
        Ok(Self { paths, seen: ReadState::default() })
    }

    fn read_error(&self, error: &io::Error) -> Error {
        if self.paths.ledger.is_dir() {
            return Error::NotAFile { path: self.paths.given.clone() };
        }
        Error::io("read", &self.paths.given, error)
    }

    /// Opens the file, and finds out how far it may be read.
    fn open_file(&self) -> Result<OpenFile> {
        self.open_with(|| self.paths.read_journal())
    }

    fn open_with(&self, mut read_journal: impl FnMut() -> Result<Vec<u8>>) -> Result<OpenFile> {
        let mut journal = read_journal()?;
        loop {
            let mut file = File::open(&self.paths.ledger).map_err(|error| self.read_error(&error))?;
            let metadata = file.metadata().map_err(|error| self.read_error(&error))?;
            let again = read_journal()?;
            if journal != again {
                journal = again;
                continue;
            }
            if metadata.is_dir() {
                return Err(Error::NotAFile { path: self.paths.given.clone() });
            }
            let stamp = FileStamp::of(&metadata);
            let mut end = stamp.length;
            if let Some(journal) = Journal::parse(journal) {
                let state = journal.state(&mut file, stamp.length).map_err(|error| self.read_error(&error))?;
                if state == AppendState::Torn {
                    end = journal.offset();
                }
            }
            return Ok(OpenFile { file, stamp, end, regular: metadata.is_file() });
        }
    }

    /// Reads all of a file.
    fn load(&mut self, mut opened: OpenFile, report: Report<'_>) -> Result<Ledger> {
        let total = opened.regular.then_some(opened.end);
        if opened.regular {
            opened.file.rewind().map_err(|error| self.read_error(&error))?;
        }
        let mut interrupted = false;
        let mut report = |progress| {
            let flow = report(progress);
            interrupted |= flow.is_break();
            flow
        };
        let input = ReportingReader::new((&opened.file).take(total.unwrap_or(u64::MAX)), total, &mut report);
        let read = blocks::read(input, total);
        if interrupted {
            return Err(Error::Interrupted);
        }
        let ledger = read.map_err(|errors| Error::Damaged { path: self.paths.given.clone(), errors })?;
        let last = if opened.regular { read_tail(&mut opened.file, opened.end) } else { Ok(Vec::new()) };
        let last = last.map_err(|error| self.read_error(&error))?;
        self.seen = ReadState { stamp: opened.stamp, end: opened.end, last };
        Ok(ledger)
    }

    /// What others have written since it was last read.
    pub(crate) fn refresh(&mut self) -> Result<News> {
        let mut opened = self.open_file()?;
        let unchanged = opened.stamp == self.seen.stamp && opened.end == self.seen.end;
        // A pipe can be read once.
        if unchanged || !opened.regular {
            return Ok(News::None);
        }
        if let Some((entries, last)) = self.read_appended(&mut opened).map_err(|error| self.read_error(&error))? {
            self.seen = ReadState { stamp: opened.stamp, end: opened.end, last };
            return Ok(if entries.is_empty() { News::None } else { News::More(entries) });
        }
        Ok(News::Replaced(Arc::new(self.load(opened, &mut no_progress)?)))
    }

    /// The entries after what has been read and the last bytes after them, if what has been read is still there and they are sound.
    fn read_appended(&self, opened: &mut OpenFile) -> io::Result<Option<(Vec<Entry>, Vec<u8>)>> {
        let ReadState { stamp, end, last } = &self.seen;
        let grown =
            opened.stamp.length != stamp.length && opened.end >= *end && opened.stamp.identity == stamp.identity;
        if !grown || read_tail(&mut opened.file, *end)? != *last {
            return Ok(None);
        }
        opened.file.seek(SeekFrom::Start(*end))?;
        let mut input = BufReader::with_capacity(1 << 16, (&opened.file).take(opened.end - end));
        // The last line may have had no line feed. It has one now, or it has become another line.
        if opened.end > *end && last.last().is_some_and(|byte| *byte != b'\n') {
            if !input.fill_buf()?.starts_with(b"\n") {
                return Ok(None);
            }
            input.consume(1);
        }
        let Ok(entries) = read(input) else { return Ok(None) };
        Ok(Some((entries, read_tail(&mut opened.file, opened.end)?)))
    }

    /// Waits for the turn to write, and holds off other writers until it is dropped.
    pub(crate) fn lock(&self) -> Result<WriteLock> {
        WriteLock::acquire(&self.paths)
    }

    /// Settles what a crash left behind. The turn must be ours.
    pub(crate) fn recover(&self, disk: &mut impl Disk) -> Result<()> {
        append::recover(disk, &self.paths)
    }

    /// Writes entries at the end, and waits until they are on the disk. The turn must be ours, and the news taken in. Before the ledger is
    /// touched, `wanted` says whether it still is to be.
    pub(crate) fn append<'a>(
        &mut self,
        disk: &mut impl Disk,
        entries: impl IntoIterator<Item = &'a Entry>,
        confirm: impl FnOnce() -> Result<()>,
    ) -> Result<()> {
        // A last line without a line feed is allowed; what is appended must not run into it.
        let lacks_line_feed = self.seen.last.last().is_some_and(|byte| *byte != b'\n');
        let journal = Journal::new(self.seen.end, lacks_line_feed, entries);
        append::append(disk, &journal, &self.paths.given, confirm)?;
        let metadata = std::fs::metadata(&self.paths.ledger).map_err(|error| self.read_error(&error));
        // It is written. If it cannot be looked at, or somebody else wrote too, all of it is read when next it can be.
        let seen = std::mem::take(&mut self.seen);
        if let Ok(stamp) = metadata.map(|metadata| FileStamp::of(&metadata))
            && stamp.length == journal.end()
        {
            let mut last = seen.last;
            last.extend_from_slice(journal.lines());
            let surplus = last.len().saturating_sub(TAIL_BYTES as usize);
            last.drain(..surplus);
            self.seen = ReadState { stamp, end: journal.end(), last };
        }
        Ok(())
    }
}

/// Reads entries: all of them, or everything that is wrong.
fn read(input: impl BufRead) -> Result<Vec<Entry>, Vec<servanda_core::Error>> {
    let (mut entries, mut errors) = (Vec::new(), Vec::new());
    for line in Reader::new(input) {
        match line {
            Ok(entry) => entries.push(entry),
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() { Ok(entries) } else { Err(errors) }
}

/// The bytes before `end` that are remembered.
fn read_tail(file: &mut File, end: u64) -> io::Result<Vec<u8>> {
    let start = end.saturating_sub(TAIL_BYTES);
    file.seek(SeekFrom::Start(start))?;
    let mut last = Vec::new();
    file.take(end - start).read_to_end(&mut last)?;
    Ok(last)
}
