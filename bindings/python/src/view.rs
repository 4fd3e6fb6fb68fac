//! A ledger as of a day and a moment.

use pyo3::prelude::*;

use crate::convert::json;
use crate::error::Result;

/// What a tracker held when the view was taken, as of a day and as of a moment.
#[pyclass(frozen, module = "servanda._servanda")]
pub(crate) struct View(pub(crate) servanda::View);

#[pymethods]
impl View {
    /// Where one commitment stands, as JSON.
    fn standing(&self, py: Python<'_>, commitment: &str) -> Result<String> {
        py.detach(|| json(&self.0.standing(commitment)?))
    }
}
