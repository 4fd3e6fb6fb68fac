//! Sources: the evidence that facts cite.

use crate::value::ValueError;
use serde::{Deserialize, Serialize};

use crate::value::{Date, Language, Note, Title, Url, present};

/// Evidence: a publication with its title and address.
///
/// ```
/// use servanda_core::Source;
///
/// let source = Source::new(
///     "Signing and acceptance of the Convention",
///     "https://www.mofa.go.jp/press/release/press18e_000032.html",
/// )?;
/// assert_eq!(source.publisher, None);
///
/// let refused = Source::new("a script", "javascript:alert(1)").unwrap_err();
/// assert_eq!(refused.code(), "invalid-url");
/// # Ok::<(), servanda_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Source {
    /// The address of an archived copy.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub archived: Option<Url>,
    /// The language of the publication.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// The date of publication.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub published: Option<Date>,
    /// The publisher.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub publisher: Option<Title>,
    /// A short quotation that supports the fact.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub quotation: Option<Note>,
    /// The title.
    pub title: Title,
    /// The address.
    pub url: Url,
}

impl Source {
    /// Creates a source with a title and an address.
    ///
    /// # Errors
    ///
    /// `invalid-title` or `invalid-url` if an argument is not well-formed.
    pub fn new(title: &str, url: &str) -> Result<Self, ValueError> {
        Ok(Self {
            archived: None,
            language: None,
            published: None,
            publisher: None,
            quotation: None,
            title: title.parse()?,
            url: url.parse()?,
        })
    }

    /// Returns the same source with its publisher.
    ///
    /// # Errors
    ///
    /// `invalid-title` if the name of the publisher is not well-formed.
    pub fn published_by(mut self, publisher: &str) -> Result<Self, ValueError> {
        self.publisher = Some(publisher.parse()?);
        Ok(self)
    }

    /// Returns the same source with the date of publication, such as `2013-01-18` or `2013`.
    ///
    /// # Errors
    ///
    /// `invalid-date` if it is not a date.
    pub fn published_on(mut self, date: &str) -> Result<Self, ValueError> {
        self.published = Some(date.parse()?);
        Ok(self)
    }

    /// Returns the same source with the language of the publication, such as `ja`.
    ///
    /// # Errors
    ///
    /// `invalid-language` if it is not a language tag.
    pub fn in_language(mut self, language: &str) -> Result<Self, ValueError> {
        self.language = Some(language.parse()?);
        Ok(self)
    }

    /// Returns the same source with a short quotation that supports the fact.
    ///
    /// # Errors
    ///
    /// `invalid-note` if the quotation is not well-formed.
    pub fn quoting(mut self, quotation: &str) -> Result<Self, ValueError> {
        self.quotation = Some(quotation.parse()?);
        Ok(self)
    }

    /// Returns the same source with the address of an archived copy.
    ///
    /// # Errors
    ///
    /// `invalid-url` if it is not an address.
    pub fn archived_at(mut self, url: &str) -> Result<Self, ValueError> {
        self.archived = Some(url.parse()?);
        Ok(self)
    }
}

/// Creates a source from a title and an address.
impl TryFrom<(&str, &str)> for Source {
    type Error = ValueError;

    fn try_from((title, url): (&str, &str)) -> Result<Self, ValueError> {
        Self::new(title, url)
    }
}

/// Creates a source from an address alone.
///
/// The title is the host, because nothing else about the publication is known.
///
/// ```
/// use servanda_core::Source;
///
/// let source = Source::try_from("https://www.mofa.go.jp/press/release/press18e_000032.html")?;
/// assert_eq!(source.title.as_str(), "www.mofa.go.jp");
/// # Ok::<(), servanda_core::Error>(())
/// ```
impl TryFrom<&str> for Source {
    type Error = ValueError;

    fn try_from(url: &str) -> Result<Self, ValueError> {
        // Report an invalid address before an invalid title, because the title comes from it.
        url.parse::<Url>()?;
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
        let host = authority.rsplit('@').next().unwrap_or(authority);
        Self::new(host, url)
    }
}

impl From<&Source> for Source {
    fn from(source: &Source) -> Self {
        source.clone()
    }
}
