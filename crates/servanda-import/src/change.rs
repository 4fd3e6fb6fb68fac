//! Changes: what an import does, commitment by commitment.

use std::fmt;

use serde::ser::{Serialize, SerializeMap as _, Serializer};
use servanda::Slug;

use crate::Position;

/// The action of an import on a commitment or on one of its steps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
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
    /// All actions.
    pub const ALL: [Self; 8] =
        [Self::Register, Self::Add, Self::Correct, Self::Amend, Self::Retract, Self::Missing, Self::Keep, Self::Refuse];

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
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// One difference between the table and the ledger, and what the import does about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// The action.
    pub action: Action,
    /// The value in the table.
    pub after: Option<String>,
    /// The value on the ledger.
    pub before: Option<String>,
    /// The stable code of the error, if the row is refused.
    pub code: Option<String>,
    /// The commitment; `None` if a refused row does not tell.
    pub commitment: Option<Slug>,
    /// The known word that is spelt most like an unknown one.
    pub nearest: Option<String>,
    /// The place in the imported file.
    pub position: Position,
    /// The reason for the correction, or why the row is refused.
    pub reason: Option<String>,
    /// The changed thing, in a few words.
    pub what: String,
}

impl Serialize for Change {
    /// Writes an object without the members that are `None`. Its members are in alphabetical order.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("action", &self.action)?;
        let position = &self.position;
        let members = [
            ("after", self.after.as_deref()),
            ("before", self.before.as_deref()),
            ("code", self.code.as_deref()),
            ("column", position.column.as_deref()),
            ("commitment", self.commitment.as_ref().map(Slug::as_str)),
            ("file", Some(position.file.as_str())),
            ("nearest", self.nearest.as_deref()),
            ("reason", self.reason.as_deref()),
        ];
        for (name, text) in members {
            if let Some(text) = text {
                map.serialize_entry(name, text)?;
            }
        }
        if let Some(row) = position.row {
            map.serialize_entry("row", &row)?;
        }
        if let Some(sheet) = &position.sheet {
            map.serialize_entry("sheet", sheet)?;
        }
        map.serialize_entry("what", &self.what)?;
        map.end()
    }
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
