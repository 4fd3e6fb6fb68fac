//! What takes long reports how far it has come, and can be interrupted.

use std::ops::ControlFlow;

use pyo3::prelude::*;
use servanda::{Error, Progress};

use crate::error::{Failure, Result};

/// Runs what takes long without the interpreter's lock.
///
/// Whenever it reports how far it has come, signals are looked at, so that Ctrl-C ends it, and who wants to know is told. An exception ends it too,
/// and is what comes of it then.
pub(crate) fn running<T: Send>(
    py: Python<'_>,
    told: Option<&Py<PyAny>>,
    work: impl FnOnce(&mut (dyn FnMut(Progress) -> ControlFlow<()> + Send)) -> servanda::Result<T> + Send,
) -> Result<T> {
    let (raised, done) = py.detach(|| {
        let mut raised = None;
        let mut report = |progress: Progress| {
            let looked = Python::attach(|py| {
                py.check_signals()?;
                told.map_or(Ok(()), |told| told.call1(py, (progress.done, progress.total)).map(|_| ()))
            });
            match looked {
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
