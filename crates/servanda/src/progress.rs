//! How far something that takes long has come, and whether it is still wanted.

use std::io::{self, Read};
use std::ops::ControlFlow;

use crate::{Error, Result};

/// How far something has come that takes long: in bytes of a file, in entries, or in commitments, as the call says that reports it.
///
/// Whoever hears of it answers whether to go on. After [`ControlFlow::Break`] the call ends with the error `interrupted`, the
/// ledger is as it was, and the tracker works on.
///
/// ```
/// use std::ops::ControlFlow;
/// use servanda::{Error, Progress, Tracker};
///
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("promises.jsonl");
/// Tracker::create(&path, "desk")?;
/// let mut last = None;
/// Tracker::open_with(&path, "desk", |progress| {
///     last = Some(progress);
///     ControlFlow::Continue(())
/// })?;
/// assert_eq!(last, Some(Progress { done: 0, total: Some(0) }));
///
/// let interrupted = Tracker::open_with(&path, "desk", |_| ControlFlow::Break(()));
/// assert_eq!(interrupted.unwrap_err(), Error::Interrupted);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// How many bytes, entries or commitments are done.
    pub done: u64,
    /// How many there are; nothing where that is not known, as of a pipe.
    pub total: Option<u64>,
}

impl Progress {
    pub(crate) fn of(done: usize, total: usize) -> Self {
        Self { done: done as u64, total: Some(total as u64) }
    }

    /// Reports it. It is an error if nobody wants the rest.
    pub(crate) fn report_to(self, report: Report<'_>) -> Result<()> {
        if report(self).is_break() { Err(Error::Interrupted) } else { Ok(()) }
    }
}

/// Who wants to know, and says whether to go on.
pub(crate) type Report<'a> = &'a mut dyn FnMut(Progress) -> ControlFlow<()>;

/// For what nobody waits.
pub(crate) fn no_progress(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// A stream that reports how far it has been read, and fails when nobody wants the rest.
pub(crate) struct ReportingReader<'a, R> {
    input: R,
    progress: Progress,
    report: Report<'a>,
}

impl<'a, R> ReportingReader<'a, R> {
    pub(crate) fn new(input: R, total: Option<u64>, report: Report<'a>) -> Self {
        Self { input, progress: Progress { done: 0, total }, report }
    }
}

impl<R: Read> Read for ReportingReader<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        self.progress.done += read as u64;
        // Not of the kind `Interrupted`, after which readers try again.
        self.progress.report_to(self.report).map_err(io::Error::other)?;
        Ok(read)
    }
}
