//! References to one exact version of a procedure.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::value::{Digest, Slug};

/// A reference from a commitment to the exact version of its procedure.
///
/// The digest ensures that no other text with the same id and version takes its place.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ProcedureRef {
    /// The digest of the canonical JSON of the procedure.
    pub digest: Digest,
    /// The id of the procedure.
    pub id: Slug,
    /// The version.
    pub version: u32,
}

impl fmt::Display for ProcedureRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} version {}", self.id, self.version)
    }
}
