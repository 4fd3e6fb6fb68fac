//! Progress of long operations, and their cancellation.

use crate::{Error, Result};
use std::io::{self, Read};
use std::ops::ControlFlow;

/// The progress of a long operation, in bytes of a file, in entries, or in commitments: each method
/// says which.
///
/// The callback decides whether the operation continues. After [`ControlFlow::Break`] the method
/// fails with `interrupted`, the ledger is unchanged, and the tracker can still be used.
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
    /// How many there are. `None` if this is unknown, as for a pipe.
    pub total: Option<u64>,
}

impl Progress {
    pub(crate) fn of(done: usize, total: usize) -> Self {
        Self { done: done as u64, total: Some(total as u64) }
    }

    /// Reports the progress. Fails with `interrupted` if the callback cancels the operation.
    pub(crate) fn report_to(self, report: Report<'_>) -> Result<()> {
        if report(self).is_break() { Err(Error::Interrupted) } else { Ok(()) }
    }
}

/// A progress callback.
pub(crate) type Report<'a> = &'a mut dyn FnMut(Progress) -> ControlFlow<()>;

/// The progress callback of operations that report nothing.
pub(crate) fn no_progress(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// A reader that reports how many bytes have been read, and fails when the callback cancels.
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
        // Not an error of the kind `Interrupted`: readers retry after that.
        self.progress.report_to(self.report).map_err(io::Error::other)?;
        Ok(read)
    }
}
