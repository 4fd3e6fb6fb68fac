//! Entries that do not fit together.

use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

use crate::Error;
use crate::value::EntryId;

/// An entry that is well-formed but does not fit with the others after a merge.
///
/// It stays on the ledger and is left out of the standing. To settle the conflict, retract the
/// entry or the one that it contradicts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The entry that does not fit.
    pub entry: EntryId,
    /// The reason: the error with which an append of the entry would be refused.
    pub reason: Error,
}

impl Conflict {
    pub(crate) fn new(entry: EntryId, reason: Error) -> Self {
        Self { entry, reason }
    }
}

impl Serialize for Conflict {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut conflict = serializer.serialize_struct("Conflict", 3)?;
        conflict.serialize_field("code", self.reason.code())?;
        conflict.serialize_field("entry", &self.entry)?;
        conflict.serialize_field("text", &self.reason.to_string())?;
        conflict.end()
    }
}
