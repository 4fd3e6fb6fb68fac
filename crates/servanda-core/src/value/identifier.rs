//! Identifiers: the names of things in other systems.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Slug, Title, ValueError};

/// The identifier of a party or a commitment in another scheme.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Identifier {
    /// The scheme, such as `iso-3166-1` or `wikidata`.
    pub scheme: Slug,
    /// The identifier in that scheme, such as `JP` or `Q17`.
    pub value: Title,
}

/// The identifier as people write it: `wikidata=Q17`.
impl fmt::Display for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.scheme, self.value)
    }
}

impl Identifier {
    /// Creates an identifier from its scheme and its value.
    ///
    /// # Errors
    ///
    /// `invalid-slug` if the scheme is not well-formed, `invalid-title` if the value is not.
    pub fn new(scheme: &str, value: &str) -> Result<Self, ValueError> {
        Ok(Self { scheme: scheme.parse()?, value: value.parse()? })
    }
}
