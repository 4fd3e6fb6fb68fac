//! References to one version of a procedure.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::value::{Digest, Slug};

/// Which procedure exactly a commitment goes through: a later edition of the same version cannot take its place.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ProcedureRef {
    /// The digest of the procedure's canonical JSON.
    pub digest: Digest,
    /// The procedure's id.
    pub id: Slug,
    /// Its version.
    pub version: u32,
}

impl fmt::Display for ProcedureRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} version {}", self.id, self.version)
    }
}
