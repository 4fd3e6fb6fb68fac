//! How far something that takes long has come.

use std::io::{self, Read};

/// How far the reading of a ledger has come: in bytes of its file, or in entries of its database.
///
/// ```
/// use servanda::{Progress, Tracker};
///
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("promises.jsonl");
/// Tracker::create(&path, "desk")?;
/// let mut last = None;
/// Tracker::open_with(&path, "desk", |progress| last = Some(progress))?;
/// assert_eq!(last, Some(Progress { done: 0, total: Some(0) }));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// How many bytes or entries have been read.
    pub done: u64,
    /// How many there are; nothing where that is not known, as of a pipe.
    pub total: Option<u64>,
}

/// Who wants to know.
pub(crate) type Report<'a> = &'a mut dyn FnMut(Progress);

/// A stream that reports how far it has been read.
pub(crate) struct Reporting<'a, R> {
    input: R,
    progress: Progress,
    report: Report<'a>,
}

impl<'a, R> Reporting<'a, R> {
    pub(crate) fn new(input: R, total: Option<u64>, report: Report<'a>) -> Self {
        Self { input, progress: Progress { done: 0, total }, report }
    }
}

impl<R: Read> Read for Reporting<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        self.progress.done += read as u64;
        (self.report)(self.progress);
        Ok(read)
    }
}
