//! The command `servanda`, run in the Python process.

use std::ffi::OsString;
use std::io::{self, BufWriter};
use std::sync::Arc;

use pyo3::prelude::*;
use servanda_cli::Environment;

/// Runs the command and returns its exit status. Pending signals are handled wherever the command
/// can be interrupted.
#[pyfunction]
#[pyo3(signature = (arguments, /))]
pub(crate) fn run(py: Python<'_>, arguments: Vec<OsString>) -> u8 {
    let interrupted = || Python::attach(|py| py.check_signals().is_err());
    let env = Environment { interrupted: Arc::new(interrupted), ..Environment::of_process() };
    py.detach(|| {
        let mut out = BufWriter::new(io::stdout());
        servanda_cli::run(arguments, &mut out, &mut io::stderr(), &env).code()
    })
}
