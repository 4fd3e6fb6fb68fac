//! Facts on their way to a ledger.

use pyo3::prelude::*;
use servanda::{Advance, Commitment, Date, EntryId, Moment, Source};

use crate::convert::Given;
use crate::error::{Failure, Result};

/// A fact that is not yet on a ledger.
#[pyclass(frozen, module = "servanda._servanda")]
pub(crate) struct Draft(pub(crate) servanda::Draft);

/// A step of a commitment to a status.
#[pyfunction]
#[allow(clippy::too_many_arguments)]
pub(crate) fn advance(
    commitment: &str,
    to: &str,
    on: Option<Given<Date>>,
    by: Option<&str>,
    sources: Vec<Given<Source>>,
    note: Option<&str>,
    after: Option<&str>,
    recorded_at: Option<Given<Moment>>,
) -> Result<Draft> {
    let mut draft = Advance::new(commitment, to);
    draft = on.into_iter().fold(draft, |draft, on| draft.on(on.0));
    draft = by.into_iter().fold(draft, |draft, by| draft.by(by));
    draft = sources.into_iter().fold(draft, |draft, source| draft.citing(source.0));
    draft = note.into_iter().fold(draft, |draft, note| draft.noting(note));
    if let Some(after) = after {
        draft = draft.after(after.parse::<EntryId>()?);
    }
    draft = recorded_at.into_iter().fold(draft, |draft, at| draft.recorded_at(at.0));
    Ok(Draft(draft.into()))
}

/// A commitment that was made, by its JSON.
#[pyfunction]
pub(crate) fn register(commitment: &str) -> Result<Draft> {
    let commitment = Commitment::from_json("commitment", commitment, []).map_err(Failure::from)?;
    Ok(Draft(servanda::Draft::from(commitment).into()))
}

#[pymethods]
impl Draft {
    fn __repr__(&self) -> String {
        format!("{:?}", self.0)
    }
}
