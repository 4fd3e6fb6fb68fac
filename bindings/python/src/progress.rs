//! Long operations: they release the GIL, report progress, and can be interrupted.

use std::ops::ControlFlow;

use pyo3::prelude::*;
use servanda::{Error, Progress};

use crate::error::{Failure, Result};

/// Runs a long operation without the GIL.
///
/// At each report of progress this handles pending signals, so that Ctrl-C ends the operation, and
/// calls `callback`. An exception in either ends the operation and is raised.
pub(crate) fn with_progress<T: Send>(
    py: Python<'_>,
    callback: Option<&Py<PyAny>>,
    work: impl FnOnce(&mut (dyn FnMut(Progress) -> ControlFlow<()> + Send)) -> servanda::Result<T> + Send,
) -> Result<T> {
    let (raised, done) = py.detach(|| {
        let mut raised = None;
        let mut report = |progress: Progress| {
            let called = Python::attach(|py| {
                py.check_signals()?;
                callback.map_or(Ok(()), |call| call.call1(py, (progress.done, progress.total)).map(|_| ()))
            });
            match called {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => {
                    raised = Some(error);
                    ControlFlow::Break(())
                }
            }
        };
        let done = work(&mut report);
        (raised, done)
    });
    match (raised, done) {
        (Some(error), Err(Error::Interrupted)) => Err(Failure::Python(error)),
        (_, done) => Ok(done?),
    }
}
