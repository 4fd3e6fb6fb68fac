//! Parties: those that commit, and those to whom a commitment is made.

use std::collections::BTreeMap;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::Error;
use crate::value::{Identifier, Language, Slug, Title};

/// A government, an institution or a person that commits, or to whom a commitment is made. The
/// fields follow the [Popolo](https://www.popoloproject.com/specs/) standard.
///
/// ```
/// use servanda_core::Party;
///
/// let japan = Party::new("jp", "en", "Japan")?.identified_by("iso-3166-1", "JP")?;
/// assert_eq!(japan.identifiers.len(), 1);
/// # Ok::<(), servanda_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Party {
    /// The id, such as `jp` or `jp-diet`.
    pub id: Slug,
    /// Identifiers of the party in other schemes, such as ISO 3166 or Wikidata.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub identifiers: Vec<Identifier>,
    /// The names by language; at least one.
    pub names: BTreeMap<Language, Title>,
}

impl Party {
    /// Creates a party with a name in one language.
    ///
    /// # Errors
    ///
    /// `invalid-slug`, `invalid-language` or `invalid-title` if an argument is not well-formed.
    pub fn new(id: &str, language: &str, name: &str) -> Result<Self, Error> {
        let names = BTreeMap::from([(language.parse()?, name.parse()?)]);
        Ok(Self { id: id.parse()?, identifiers: Vec::new(), names })
    }

    /// Returns the same party with a name in another language.
    ///
    /// # Errors
    ///
    /// `invalid-language` or `invalid-title` if an argument is not well-formed.
    pub fn named(mut self, language: &str, name: &str) -> Result<Self, Error> {
        self.names.insert(language.parse()?, name.parse()?);
        Ok(self)
    }

    /// Returns the same party with another identifier.
    ///
    /// # Errors
    ///
    /// `invalid-slug` if the scheme is not well-formed, `invalid-title` if the value is not.
    pub fn identified_by(mut self, scheme: &str, value: &str) -> Result<Self, Error> {
        self.identifiers.push(Identifier::new(scheme, value)?);
        Ok(self)
    }
}

impl FromStr for Identifier {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        match text.split_once('=') {
            Some((scheme, value)) => Ok(Self::new(scheme, value)?),
            None => Err(Error::InvalidField {
                field: "identifier".to_owned(),
                reason: format!("`{text}` is not SCHEME=VALUE, such as wikidata=Q17"),
            }),
        }
    }
}
