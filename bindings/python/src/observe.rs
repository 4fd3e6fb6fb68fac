//! Callbacks for new entries.

use std::sync::{Mutex, PoisonError};

use pyo3::prelude::*;
use serde::Serialize;
use servanda::{Day, Standing, tracker::Observed};

use crate::convert::json;

/// A subscription of a callback. It lasts until it is closed.
#[pyclass(frozen, module = "servanda._servanda")]
pub(crate) struct Observer(Mutex<Option<servanda::tracker::Observer>>);

impl Observer {
    pub(crate) fn new(observer: servanda::tracker::Observer) -> Self {
        Self(Mutex::new(Some(observer)))
    }

    pub(crate) fn is_open(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }
}

#[pymethods]
impl Observer {
    pub(crate) fn close(&self, py: Python<'_>) {
        let observer = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        py.detach(|| drop(observer));
    }
}

/// Calls the Python callback with the observed entries as JSON. Python reports an exception in the
/// callback as unraisable.
pub(crate) fn notify(callback: &Py<PyAny>, observed: &Observed) {
    let text = written(observed);
    Python::attach(|py| {
        if let Err(error) = callback.call1(py, (text,)) {
            error.write_unraisable(py, Some(callback.bind(py)));
        }
    });
}

fn written(observed: &Observed) -> String {
    #[derive(Serialize)]
    struct Written<'a> {
        on: Day,
        standings: Vec<Stood<'a>>,
    }
    #[derive(Serialize)]
    struct Stood<'a> {
        after: Option<&'a Standing>,
        before: Option<&'a Standing>,
        commitment: &'a str,
    }
    let standings = observed.standings.iter().map(|standing| Stood {
        after: standing.after.as_ref(),
        before: standing.before.as_ref(),
        commitment: standing.commitment.as_str(),
    });
    let rest = json(&Written { on: observed.on, standings: standings.collect() });
    // The JSON of an entry is its line.
    let entries: Vec<&str> = observed.entries.iter().map(|entry| entry.line()).collect();
    format!(r#"{{"entries":[{}],{}"#, entries.join(","), rest.trim_start_matches('{'))
}
