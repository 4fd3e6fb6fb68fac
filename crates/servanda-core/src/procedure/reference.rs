//! References to one version of a procedure.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::value::{Digest, Slug};

/// The exact version of a procedure that a commitment goes through. The digest prevents a changed
/// text with the same version from taking its place.
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
