//! Changes: what an import does, commitment by commitment.

use std::fmt;

use serde::Serialize;
use servanda::Slug;

use crate::Position;

/// What an import does about a commitment or about one of its steps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// A commitment is registered.
    Register,
    /// A step, a remark or a deadline is recorded.
    Add,
    /// Something is retracted and recorded again, with a reason.
    Correct,
    /// A title or topics are amended.
    Amend,
    /// Something that the table no longer has is retracted.
    Retract,
    /// Something that the table no longer has stays on the ledger.
    Missing,
    /// Something that another recorder recorded differs, and stays as it is.
    Keep,
    /// A row cannot be recorded.
    #[default]
    Refuse,
}

impl Action {
    /// The word for the action, as in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Register => "register",
            Self::Add => "add",
            Self::Correct => "correct",
            Self::Amend => "amend",
            Self::Retract => "retract",
            Self::Missing => "missing",
            Self::Keep => "keep",
            Self::Refuse => "refuse",
        }
    }

    /// Whether the action records something.
    #[must_use]
    pub fn records(self) -> bool {
        matches!(self, Self::Register | Self::Add | Self::Correct | Self::Amend | Self::Retract)
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// One difference between the table and the ledger, and what the import does about it. Fields are
/// in alphabetical order, as in JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Change {
    /// What the import does.
    pub action: Action,
    /// What the table says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// What the ledger says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// The stable code of the error, if the row is refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The commitment; `None` if a refused row does not tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commitment: Option<Slug>,
    /// The known word that is spelt most like an unknown one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nearest: Option<String>,
    /// The place in the imported file.
    #[serde(flatten)]
    pub position: Position,
    /// The reason for the correction, or why the row is refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What is changed, in a few words.
    pub what: String,
}

impl fmt::Display for Change {
    /// Writes the change without its commitment and its place.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)?;
        match (&self.before, &self.after) {
            (Some(before), Some(after)) => write!(f, ": {before} → {after}")?,
            (None, Some(after)) => write!(f, ": {after}")?,
            (Some(before), None) => write!(f, ": {before} → none")?,
            (None, None) => {}
        }
        match &self.reason {
            Some(reason) if self.what.is_empty() => f.write_str(reason),
            Some(reason) => write!(f, "; {reason}"),
            None => Ok(()),
        }
    }
}
