//! Why an import failed as a whole.

use serde_json::json;
use servanda::ErrorKind;

use crate::Change;

/// Why an import failed as a whole. A row that is refused is not an error of the comparison; the
/// [`Plan`](crate::Plan) lists it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// A file cannot be read as a table or as a list of commitments.
    #[error("{name} cannot be read: {reason}")]
    Unreadable {
        /// The name of the file; `-` for standard input.
        name: String,
        /// The reason.
        reason: String,
    },
    /// A mapping is not valid.
    #[error("the mapping is refused:{}", listed(problems))]
    MappingRefused {
        /// Every problem that was found.
        problems: Vec<String>,
    },
    /// The mapping names columns that the table does not have.
    #[error("the table does not fit the mapping:{}", listed(problems))]
    ColumnMissing {
        /// Every problem that was found.
        problems: Vec<String>,
    },
    /// Rows are refused, so nothing was recorded.
    #[error(
        "nothing was recorded, because {} {} refused; correct the table or the mapping, or record the rest with a partial import",
        changes.len(),
        if changes.len() == 1 { "value is" } else { "values are" }
    )]
    RowsRefused {
        /// The refusals.
        changes: Vec<Change>,
    },
    /// The ledger refused something, or could not be read or written.
    #[error(transparent)]
    Ledger(#[from] servanda::Error),
}

impl ImportError {
    /// Returns the stable code of the error.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "unreadable-input",
            Self::MappingRefused { .. } => "mapping-refused",
            Self::ColumnMissing { .. } => "column-missing",
            Self::RowsRefused { .. } => "rows-refused",
            Self::Ledger(error) => error.code(),
        }
    }
}

impl ImportError {
    /// Returns the kind of the error.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Unreadable { .. } | Self::MappingRefused { .. } | Self::ColumnMissing { .. } => ErrorKind::Invalid,
            Self::RowsRefused { .. } => ErrorKind::Refused,
            Self::Ledger(error) => error.kind(),
        }
    }

    /// Returns the data of the error as JSON: an object with the fields of the variant.
    #[must_use]
    pub fn details(&self) -> String {
        match self {
            Self::Unreadable { name, reason } => json!({ "name": name, "reason": reason }).to_string(),
            Self::MappingRefused { problems } | Self::ColumnMissing { problems } => {
                json!({ "problems": problems }).to_string()
            }
            Self::RowsRefused { changes } => json!({ "changes": changes }).to_string(),
            Self::Ledger(error) => error.details(),
        }
    }
}

fn listed(problems: &[String]) -> String {
    problems.iter().map(|problem| format!("\n  {problem}")).collect()
}
