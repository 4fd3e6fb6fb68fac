//! Sources: the evidence that facts cite.

use crate::value::ValueError;
use serde::{Deserialize, Serialize};

use crate::value::{Date, Language, Note, Title, Url, present};

/// Evidence: a publication with its title, and with an address if it has one.
///
/// A source on paper has no address. Its publisher, date, page, archive or identifier say where to
/// find it.
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
/// // An invented newspaper.
/// let printed = Source::titled("The new road")?.published_by("The Daily Paper")?.published_on("1998-05-03")?.at_page("4")?;
/// assert_eq!(printed.url, None);
///
/// let refused = Source::new("a script", "javascript:alert(1)").unwrap_err();
/// assert_eq!(refused.code(), "invalid-url");
/// # Ok::<(), servanda_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Source {
    /// The archive or library that keeps it, with the shelf mark.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub archive: Option<Title>,
    /// The address of an archived copy.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub archived: Option<Url>,
    /// An identifier of the publication, such as `doi:10.5555/12345678`, `urn:isbn:9780000000002`
    /// or the number of a gazette.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub identifier: Option<Title>,
    /// The language of the publication.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// The page or pages, such as `4` or `12-15`.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub page: Option<Title>,
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
    /// The address, if the publication is on the web.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub url: Option<Url>,
}

/// The schemes of identifiers, which name a publication wherever it is.
const IDENTIFIERS: [&str; 12] =
    ["ark", "arxiv", "celex", "doi", "ecli", "eli", "hdl", "info", "isbn", "issn", "pmid", "urn"];

/// Whether a text has the form of the scheme of a URI (RFC 3986, section 3.1).
fn is_scheme(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

impl Source {
    /// Creates a source with a title and an address.
    ///
    /// # Errors
    ///
    /// `invalid-title` or `invalid-url` if an argument is not well-formed.
    pub fn new(title: &str, url: &str) -> Result<Self, ValueError> {
        Ok(Self { url: Some(url.parse()?), ..Self::titled(title)? })
    }

    /// Creates a source with a title and no address, such as a printed newspaper.
    ///
    /// # Errors
    ///
    /// `invalid-title` if the title is not well-formed.
    pub fn titled(title: &str) -> Result<Self, ValueError> {
        Ok(Self {
            archive: None,
            archived: None,
            identifier: None,
            language: None,
            page: None,
            published: None,
            publisher: None,
            quotation: None,
            title: title.parse()?,
            url: None,
        })
    }

    /// Reads a source as people name one: by its address, by an identifier such as
    /// `doi:10.5555/12345678`, or by the title of a printed source.
    ///
    /// A text that looks like an address and is none is refused, because its author did not mean a
    /// title.
    ///
    /// ```
    /// use servanda_core::Source;
    ///
    /// // An invented gazette.
    /// let printed = Source::named("Official Gazette, 3 May 1998")?;
    /// assert_eq!((printed.url, printed.identifier), (None, None));
    ///
    /// let refused = Source::named("www.mofa.go.jp/press").unwrap_err();
    /// assert_eq!(refused.code(), "invalid-url");
    /// # Ok::<(), servanda_core::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `invalid-url` if the text looks like an address and is none, and `invalid-title` if it is
    /// not a title.
    pub fn named(text: &str) -> Result<Self, ValueError> {
        let error = match text.parse::<Url>() {
            Ok(url) => return Self::try_from(url.as_str()),
            Err(error) => error,
        };
        let in_one_word = !text.contains(char::is_whitespace);
        let scheme = text.split_once(':').filter(|(scheme, rest)| is_scheme(scheme) && !rest.starts_with(' '));
        match scheme {
            Some((scheme, _)) if in_one_word && IDENTIFIERS.contains(&scheme.to_ascii_lowercase().as_str()) => {
                Self::titled(text)?.identified_by(text)
            }
            Some((_, rest)) if in_one_word || rest.starts_with("//") => Err(error),
            _ if text.trim() != text || in_one_word && text.contains(['.', '/', '@']) => Err(error),
            _ => Self::titled(text),
        }
    }

    /// Returns the shortest text by which a reader finds the source: its address, its identifier,
    /// or else its title.
    #[must_use]
    pub fn reference(&self) -> &str {
        let identifier = self.identifier.as_ref().map(AsRef::as_ref);
        self.url.as_ref().map(AsRef::as_ref).or(identifier).unwrap_or(self.title.as_str())
    }

    /// Returns a description in one line: the title, and in brackets what else says where to find
    /// it.
    ///
    /// ```
    /// # use servanda_core::Source;
    /// // An invented newspaper.
    /// let printed = Source::titled("The new road")?.published_by("The Daily Paper")?.published_on("1998-05-03")?.at_page("4")?;
    /// assert_eq!(printed.description(), "The new road (The Daily Paper, 1998-05-03, p. 4)");
    /// # Ok::<(), servanda_core::Error>(())
    /// ```
    #[must_use]
    pub fn description(&self) -> String {
        let title = |text: &Option<Title>| text.as_ref().map(ToString::to_string);
        let details = [
            title(&self.publisher),
            self.published.map(|date| date.to_string()),
            self.page.as_ref().map(|page| format!("p. {page}")),
            title(&self.archive),
            title(&self.identifier).filter(|identifier| *identifier != self.title.as_str()),
        ];
        let details: Vec<String> = details.into_iter().flatten().collect();
        if details.is_empty() { self.title.to_string() } else { format!("{} ({})", self.title, details.join(", ")) }
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

    /// Returns the same source with the page or pages, such as `4` or `12-15`.
    ///
    /// # Errors
    ///
    /// `invalid-title` if the text is not well-formed.
    pub fn at_page(mut self, page: &str) -> Result<Self, ValueError> {
        self.page = Some(page.parse()?);
        Ok(self)
    }

    /// Returns the same source with the archive or library that keeps it, and the shelf mark.
    ///
    /// # Errors
    ///
    /// `invalid-title` if the text is not well-formed.
    pub fn kept_in(mut self, archive: &str) -> Result<Self, ValueError> {
        self.archive = Some(archive.parse()?);
        Ok(self)
    }

    /// Returns the same source with its identifier, such as `doi:10.5555/12345678`.
    ///
    /// # Errors
    ///
    /// `invalid-title` if the text is not well-formed.
    pub fn identified_by(mut self, identifier: &str) -> Result<Self, ValueError> {
        self.identifier = Some(identifier.parse()?);
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
