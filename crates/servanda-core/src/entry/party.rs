//! Who commits, and to whom.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::Error;
use crate::value::{Language, Slug, Title};

/// A government, an institution or a person who commits or to whom something is promised, in the manner of the
/// [Popolo](https://www.popoloproject.com/specs/) standard.
///
/// ```
/// use servanda_core::Party;
///
/// let japan = Party::new("jp", "en", "Japan")?.identified_by("iso-3166-1", "JP")?;
/// assert_eq!(japan.identifiers.len(), 1);
/// # Ok::<(), servanda_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Its id, such as `jp` or `jp-diet`.
    pub id: Slug,
    /// What others call it: ISO 3166, Wikidata and the like.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub identifiers: Vec<Identifier>,
    /// Its names by language; at least one.
    pub names: BTreeMap<Language, Title>,
}

impl Party {
    /// A party with a name in one language.
    ///
    /// # Errors
    ///
    /// `invalid-slug`, `invalid-language` or `invalid-title`.
    pub fn new(id: &str, language: &str, name: &str) -> Result<Self, Error> {
        let names = BTreeMap::from([(language.parse()?, name.parse()?)]);
        Ok(Self { id: id.parse()?, identifiers: Vec::new(), names })
    }

    /// The same party with a name in a further language.
    ///
    /// # Errors
    ///
    /// `invalid-language` or `invalid-title`.
    pub fn named(mut self, language: &str, name: &str) -> Result<Self, Error> {
        self.names.insert(language.parse()?, name.parse()?);
        Ok(self)
    }

    /// The same party with a further identifier.
    ///
    /// # Errors
    ///
    /// `invalid-slug` for the scheme, `invalid-title` for the value.
    pub fn identified_by(mut self, scheme: &str, value: &str) -> Result<Self, Error> {
        self.identifiers.push(Identifier { scheme: scheme.parse()?, value: value.parse()? });
        Ok(self)
    }
}

/// A party's identifier in somebody else's scheme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identifier {
    /// The scheme, such as `iso-3166-1` or `wikidata`.
    pub scheme: Slug,
    /// The identifier in that scheme, such as `JP` or `Q17`.
    pub value: Title,
}
