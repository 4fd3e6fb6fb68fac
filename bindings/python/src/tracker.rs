//! A ledger that is kept somewhere.

use std::path::PathBuf;

use pyo3::prelude::*;
use servanda::{Batch, Day, Moment};

use crate::convert::Given;
use crate::draft::Draft;
use crate::error::Result;
use crate::view::View;

/// A ledger, the place where it is kept, who records, and a source of time.
#[pyclass(frozen, module = "servanda._servanda")]
pub(crate) struct Tracker(servanda::Tracker);

#[pymethods]
impl Tracker {
    #[staticmethod]
    fn memory(recorded_by: &str) -> Self {
        Self(servanda::Tracker::in_memory(recorded_by))
    }

    #[staticmethod]
    fn open(py: Python<'_>, place: PathBuf, recorded_by: &str) -> Result<Self> {
        Ok(Self(py.detach(|| servanda::Tracker::open(place, recorded_by))?))
    }

    #[staticmethod]
    fn create(py: Python<'_>, place: PathBuf, recorded_by: &str) -> Result<Self> {
        Ok(Self(py.detach(|| servanda::Tracker::create(place, recorded_by))?))
    }

    fn append(&self, py: Python<'_>, drafts: Vec<Py<Draft>>) -> Result<Vec<String>> {
        let mut batch = Batch::new();
        for draft in &drafts {
            batch = batch.and(draft.get().0.clone());
        }
        let ids = py.detach(|| self.0.append(batch))?;
        Ok(ids.iter().map(ToString::to_string).collect())
    }

    #[pyo3(signature = (on, known_at))]
    fn view(&self, py: Python<'_>, on: Option<Given<Day>>, known_at: Option<Given<Moment>>) -> View {
        let mut view = py.detach(|| self.0.view());
        view = on.into_iter().fold(view, |view, on| view.on(on.0));
        View(known_at.into_iter().fold(view, |view, at| view.known_at(at.0)))
    }
}
