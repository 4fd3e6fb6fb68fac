//! The plan: what an import would change.

use servanda::{Entry, Tracker};

use crate::{ImportError, Input, Mapping};

/// How to compare a table with a ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlanOptions {
    /// The reason for corrections.
    pub reason: Option<String>,
    /// Whether to retract what the table no longer has.
    pub retract_missing: bool,
    /// Whether to record the rows that are not refused although others are.
    pub partial: bool,
}

/// What an import would change.
#[derive(Clone, Debug, Default)]
pub struct Plan {}

/// Compares what the input says with what the ledger says.
///
/// # Errors
///
/// Every error of reading the ledger.
pub fn plan(_: &Tracker, _: &Input, _: &Mapping, _: &PlanOptions) -> Result<Plan, ImportError> {
    Ok(Plan {})
}

impl Plan {
    /// Appends the changes to the ledger, and returns the new entries.
    ///
    /// # Errors
    ///
    /// Every error of an append.
    pub fn record(&self, _: &Tracker) -> Result<Vec<Entry>, ImportError> {
        Ok(Vec::new())
    }
}
