//! Stores a ledger in a JSON Lines file. An append survives a crash at any instruction.
//!
//! The first append creates two small files next to `ledger.jsonl`. They stay there, and can be
//! removed while no program writes:
//!
//! - `ledger.jsonl.lock`: writers hold a lock on it, so that appends take turns. The ledger itself
//!   is never locked: on Windows that would keep readers out.
//! - `ledger.jsonl.pending`, the *journal*: the lines that are being appended, and where. See
//!   [`journal`].
//!
//! **Appending** ([`append`]) happens with the lock held. The writer recovers from an earlier
//! crash, reads what other programs have written, and validates the batch. Then it
//!
//! 1. writes the journal, and waits until it is on disk;
//! 2. writes the lines at the end of the ledger, and waits until they are on disk;
//! 3. cuts the journal to its header, which ends it.
//!
//! A crash before the end of step 1 leaves an invalid journal and an unchanged ledger. A later
//! crash leaves a valid journal, and a comparison with it shows what the end of the ledger is:
//!
//! | the ledger from the journal's offset on | a reader | the next writer |
//! |---|---|---|
//! | nothing | reads the whole ledger | ends the journal |
//! | all bytes of the journal | reads the whole ledger | waits until they are on disk, ends the journal |
//! | a part of these bytes, or zeros where the disk had not written yet | stops at the offset | cuts the ledger at the offset, ends the journal |
//! | anything else: another program has replaced the file | reads the whole ledger | ends the journal |
//!
//! Because of the last case, the journal contains the bytes and not only their digest: a writer
//! cuts off only what is known to come from an unfinished append.
//!
//! The end of the journal need not be on disk. If a power failure brings an ended journal back, the
//! ledger contains all of its bytes, and the next writer ends it again.
//!
//! **Reading** takes no lock and writes nothing. Complete lines count at once, even if their writer
//! is still waiting for the disk: the next writer would keep them, and a reader that ignored them
//! could miss acknowledged entries. If the power fails at that moment they can be lost, but no
//! append had reported them as written. A reader never shows a part of a batch. It reads the
//! journal, the length of the ledger, and the journal again, until the journal is the same twice
//! ([`JsonLines::open_file`]). Then no append began or ended in between, because each one changes
//! the journal, and no two journals are the same. So the length and the journal belong together.
//!
//! **Refreshing** reads only the new lines if the file has grown, is still the same file, and has
//! the same [`TAIL_BYTES`] bytes before the new part. If anything else has changed, the whole file
//! is read again.

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

use crate::first_few::FirstFew;
use crate::progress::{Report, ReportingReader, no_progress};
use crate::{Error, Result, StoreError};
use files::{Disk, Paths};
use journal::{AppendState, Journal};

pub(crate) use files::WriteLock;

/// How many bytes before the end are remembered, to recognize the file.
const TAIL_BYTES: u64 = 1024;

/// A JSON Lines file, and how far it has been read.
#[derive(Debug)]
pub(crate) struct JsonLines {
    paths: Paths,
    seen: ReadState,
}

/// The state of the file when it was last read.
#[derive(Debug, Default)]
struct ReadState {
    stamp: FileStamp,
    /// How far it was read.
    end: u64,
    /// The last bytes before the end.
    last: Vec<u8>,
}

/// The metadata of a file. If it has not changed, neither has the file.
#[derive(Debug, Default, PartialEq)]
struct FileStamp {
    length: u64,
    modified: Option<SystemTime>,
    /// The device and the inode number, on systems that have them.
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

/// An open file, and how far it may be read.
struct OpenFile {
    file: File,
    stamp: FileStamp,
    end: u64,
    /// Whether it is a regular file. A pipe is read until it ends.
    regular: bool,
}

/// The changes that other programs have made.
#[derive(Debug)]
pub(crate) enum News {
    /// Nothing.
    None,
    /// These entries, at the end.
    More(Vec<Entry>),
    /// The file was replaced, and now contains this ledger.
    Replaced(Arc<Ledger>),
}

impl JsonLines {
    /// Opens an existing ledger.
    pub(crate) fn open(path: &Path, report: Report<'_>) -> Result<(Self, Ledger)> {
        let mut lines = Self { paths: Paths::of(path), seen: ReadState::default() };
        let opened = lines.open_file()?;
        let ledger = lines.load(opened, report)?;
        Ok((lines, ledger))
    }

    /// Reads the whole file again and checks it, unless it has not changed since it was read.
    pub(crate) fn verify(&self, report: Report<'_>) -> Result<()> {
        let opened = self.open_file()?;
        let unchanged = opened.stamp == self.seen.stamp && opened.end == self.seen.end;
        if unchanged || !opened.regular { Ok(()) } else { Self::open(&self.paths.display_path, report).map(drop) }
    }

    /// Creates an empty ledger.
    pub(crate) fn create(path: &Path) -> Result<Self> {
        // An empty file is a valid ledger, so a crash cannot leave half of one.
        let created = File::options().write(true).create_new(true).open(path);
        created.map_err(|error| match error.kind() {
            // Only the folder can be missing.
            io::ErrorKind::NotFound => {
                StoreError::Io { action: "write", path: path.to_owned(), reason: "there is no such folder".to_owned() }
            }
            _ => StoreError::io("write", path, &error),
        })?;
        let paths = Paths::of(path);
        paths.sync_folder().map_err(|error| StoreError::io("write", path, &error))?;
        Ok(Self { paths, seen: ReadState::default() })
    }

    fn read_error(&self, error: &io::Error) -> StoreError {
        if self.paths.ledger.is_dir() {
            return StoreError::NotAFile { path: self.paths.display_path.clone() };
        }
        StoreError::io("read", &self.paths.display_path, error)
    }

    /// Opens the file, and determines how far it may be read.
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
                return Err(StoreError::NotAFile { path: self.paths.display_path.clone() }.into());
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

    /// Reads the whole file.
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
        let ledger = read.map_err(|FirstFew { first, more }| StoreError::Damaged {
            path: self.paths.display_path.clone(),
            errors: first,
            more,
        })?;
        let last = if opened.regular { read_tail(&mut opened.file, opened.end) } else { Ok(Vec::new()) };
        let last = last.map_err(|error| self.read_error(&error))?;
        self.seen = ReadState { stamp: opened.stamp, end: opened.end, last };
        Ok(ledger)
    }

    /// Reads what other programs have written since the file was last read.
    pub(crate) fn refresh(&mut self) -> Result<News> {
        let mut opened = self.open_file()?;
        let unchanged = opened.stamp == self.seen.stamp && opened.end == self.seen.end;
        // A pipe can be read only once.
        if unchanged || !opened.regular {
            return Ok(News::None);
        }
        if let Some((entries, last)) = self.read_appended(&mut opened).map_err(|error| self.read_error(&error))? {
            self.seen = ReadState { stamp: opened.stamp, end: opened.end, last };
            return Ok(if entries.is_empty() { News::None } else { News::More(entries) });
        }
        Ok(News::Replaced(Arc::new(self.load(opened, &mut no_progress)?)))
    }

    /// Returns the new entries, and the last bytes of the file. Returns `None` if the file must be
    /// read again, because the old part has changed or the new part is damaged.
    fn read_appended(&self, opened: &mut OpenFile) -> io::Result<Option<(Vec<Entry>, Vec<u8>)>> {
        let ReadState { stamp, end, last } = &self.seen;
        let grown =
            opened.stamp.length != stamp.length && opened.end >= *end && opened.stamp.identity == stamp.identity;
        if !grown || read_tail(&mut opened.file, *end)? != *last {
            return Ok(None);
        }
        opened.file.seek(SeekFrom::Start(*end))?;
        let mut input = BufReader::with_capacity(1 << 16, (&opened.file).take(opened.end - end));
        // The last line may have had no line feed. If it has none now, it has become a different
        // line.
        if opened.end > *end && last.last().is_some_and(|byte| *byte != b'\n') {
            if !input.fill_buf()?.starts_with(b"\n") {
                return Ok(None);
            }
            input.consume(1);
        }
        // If a line is damaged, the whole file is read again, which reports it.
        let Ok(entries) = Reader::new(input).collect::<Result<Vec<_>, _>>() else { return Ok(None) };
        Ok(Some((entries, read_tail(&mut opened.file, opened.end)?)))
    }

    /// Waits for the lock, which keeps other writers out until it is dropped.
    pub(crate) fn lock(&self) -> Result<WriteLock> {
        WriteLock::acquire(&self.paths)
    }

    /// Cleans up after a crash. The caller must hold the lock.
    pub(crate) fn recover(&self, disk: &mut impl Disk) -> Result<()> {
        append::recover(disk, &self.paths)
    }

    /// Appends entries, and waits until they are on disk. The caller must hold the lock and have
    /// refreshed. `confirm` is called before the ledger is touched, and can cancel the append.
    pub(crate) fn append<'a>(
        &mut self,
        disk: &mut impl Disk,
        entries: impl IntoIterator<Item = &'a Entry>,
        confirm: impl FnOnce() -> Result<()>,
    ) -> Result<()> {
        // If the last line has no line feed, add one before the new lines.
        let lacks_line_feed = self.seen.last.last().is_some_and(|byte| *byte != b'\n');
        let journal = Journal::new(self.seen.end, lacks_line_feed, entries);
        append::append(disk, &journal, &self.paths.display_path, confirm)?;
        let metadata = std::fs::metadata(&self.paths.ledger).map_err(|error| self.read_error(&error));
        // The entries are on disk. If the file cannot be checked, or another program has written
        // too, the next refresh reads the whole file.
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

/// Returns the last bytes before `end`.
fn read_tail(file: &mut File, end: u64) -> io::Result<Vec<u8>> {
    let start = end.saturating_sub(TAIL_BYTES);
    file.seek(SeekFrom::Start(start))?;
    let mut last = Vec::new();
    file.take(end - start).read_to_end(&mut last)?;
    Ok(last)
}
