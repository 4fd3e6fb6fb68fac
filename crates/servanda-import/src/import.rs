//! An import from the comparison to the record.

use servanda::format::to_json;
use servanda::{Entry, Tracker};

use crate::plan::{Plan, PlanOptions, no_refusals, plan};
use crate::{Action, Change, ImportError, Input, Mapping};

/// The outcome of an import, or of a dry run.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Imported {
    /// The differences, in the order of the file, and at the end what the file no longer has.
    pub changes: Vec<Change>,
    /// The entries that were recorded, or would be.
    pub entries: Vec<Entry>,
    /// The columns of the table that the mapping does not use.
    pub unused_columns: Vec<String>,
    /// Whether the entries were recorded.
    pub recorded: bool,
}

/// Compares what the input says with what the ledger says, and records the differences.
///
/// Nothing is recorded in a dry run, or if rows are refused and the import is not partial. If
/// another program writes to the ledger in between, the comparison is made again.
///
/// # Errors
///
/// Like [`plan`] and [`Plan::record`]. Refused rows are no error; see [`Imported::refused`].
pub fn import(
    tracker: &Tracker,
    input: &Input,
    mapping: &Mapping,
    options: &PlanOptions,
) -> Result<Imported, ImportError> {
    const MAX_TRIES: usize = 8;
    let mut tries = 0;
    loop {
        tries += 1;
        let plan = plan(tracker, input, mapping, options)?;
        let mut imported = Imported::planned(&plan);
        if options.dry_run || (imported.refused().next().is_some() && !options.partial) {
            return Ok(imported);
        }
        match plan.record() {
            Err(error) if error.code() == "changed-meanwhile" && tries < MAX_TRIES => {}
            recorded => {
                imported.entries = recorded?;
                imported.recorded = true;
                return Ok(imported);
            }
        }
    }
}

impl Imported {
    fn planned(plan: &Plan) -> Self {
        Self {
            changes: plan.changes().to_vec(),
            entries: plan.entries().to_vec(),
            unused_columns: plan.unused_columns().to_vec(),
            recorded: false,
        }
    }

    /// Returns the values that cannot be recorded.
    pub fn refused(&self) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(|change| change.action == Action::Refuse)
    }

    /// Fails if nothing was recorded because of refusals.
    ///
    /// # Errors
    ///
    /// `rows-refused`.
    pub fn check(&self) -> Result<(), ImportError> {
        if self.recorded { Ok(()) } else { no_refusals(self.refused()) }
    }

    /// Returns the import as JSON: an object with the fields of this type.
    #[must_use]
    pub fn to_json(&self) -> String {
        let entries: Vec<&str> = self.entries.iter().map(Entry::line).collect();
        format!(
            r#"{{"changes":{},"entries":[{}],"recorded":{},"unused_columns":{}}}"#,
            to_json(&self.changes),
            entries.join(","),
            self.recorded,
            to_json(&self.unused_columns)
        )
    }
}
