//! Topics: what commitments are about.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::Error;
use crate::value::{Language, Slug, Title};

/// A topic with its names. Commitments name a topic by its id, and people by any of its names.
///
/// ```
/// use servanda_core::Topic;
///
/// let children = Topic::new("children", "en", "children")?.named("ja", "子ども")?;
/// assert_eq!(children.names.len(), 2);
/// # Ok::<(), servanda_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Topic {
    /// The id, such as `children`.
    pub id: Slug,
    /// The names by language; at least one.
    pub names: BTreeMap<Language, Title>,
}

impl Topic {
    /// Creates a topic with a name in one language.
    ///
    /// # Errors
    ///
    /// `invalid-slug`, `invalid-language` or `invalid-title` if an argument is not well-formed.
    pub fn new(id: &str, language: &str, name: &str) -> Result<Self, Error> {
        Ok(Self { id: id.parse()?, names: BTreeMap::from([(language.parse()?, name.parse()?)]) })
    }

    /// Returns the same topic with a name in another language.
    ///
    /// # Errors
    ///
    /// `invalid-language` or `invalid-title` if an argument is not well-formed.
    pub fn named(mut self, language: &str, name: &str) -> Result<Self, Error> {
        self.names.insert(language.parse()?, name.parse()?);
        Ok(self)
    }
}
