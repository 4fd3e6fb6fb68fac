//! How a site is to look, and what its owners say: the file `tracker.toml`.

mod colour;
mod read;

use std::collections::BTreeMap;

use servanda::Slug;

pub(crate) use colour::Colour;

use crate::PublishError;

/// A language of the interface.
///
/// ```
/// use servanda_publish::{Interface, Site};
///
/// let site = Site::from_toml("tracker.toml", r#"languages = ["ja", "en"]"#)?;
/// assert_eq!(site.languages, [Interface::Japanese, Interface::English]);
/// # Ok::<(), servanda_publish::PublishError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Interface {
    /// English.
    English,
    /// Japanese.
    Japanese,
    /// German.
    German,
    /// French.
    French,
}

impl Interface {
    /// All languages of the interface.
    ///
    /// ```
    /// use servanda_publish::Interface;
    ///
    /// assert_eq!(Interface::ALL.map(Interface::code), ["en", "ja", "de", "fr"]);
    /// ```
    pub const ALL: [Self; 4] = [Self::English, Self::Japanese, Self::German, Self::French];

    /// Returns the BCP 47 tag of the language.
    ///
    /// ```
    /// use servanda_publish::Interface;
    ///
    /// assert_eq!(Interface::Japanese.code(), "ja");
    /// ```
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Japanese => "ja",
            Self::German => "de",
            Self::French => "fr",
        }
    }

    /// Returns the name of the language in the language itself.
    ///
    /// ```
    /// use servanda_publish::Interface;
    ///
    /// assert_eq!(Interface::German.name(), "Deutsch");
    /// ```
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Japanese => "日本語",
            Self::German => "Deutsch",
            Self::French => "Français",
        }
    }

    fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }
}

/// A text of the site, in one or several languages.
///
/// ```
/// use servanda_publish::{Interface, Site};
///
/// let site = Site::from_toml("tracker.toml", "[name]\nen = \"Promises\"\nde = \"Versprechen\"")?;
/// assert_eq!(site.name.get(Interface::German), Some("Versprechen"));
/// assert_eq!(site.name.get(Interface::French), Some("Promises"));
/// # Ok::<(), servanda_publish::PublishError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts(BTreeMap<Option<Interface>, String>);

impl Texts {
    /// Creates a text that is the same in all languages.
    ///
    /// ```
    /// use servanda_publish::{Interface, Texts};
    ///
    /// assert_eq!(Texts::new("Pacta").get(Interface::French), Some("Pacta"));
    /// ```
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(BTreeMap::from([(None, text.into())]))
    }

    /// Returns the text in a language. Without one, returns the text for all languages, or else the
    /// one in the first language that has one.
    ///
    /// ```
    /// use servanda_publish::{Interface, Texts};
    ///
    /// assert_eq!(Texts::default().get(Interface::English), None);
    /// ```
    #[must_use]
    pub fn get(&self, language: Interface) -> Option<&str> {
        let text = self.0.get(&Some(language)).or_else(|| self.0.get(&None)).or_else(|| self.0.values().next());
        text.map(String::as_str)
    }
}

/// How a site is to look, and what its owners say about it: the file `tracker.toml`. Everything is
/// optional.
///
/// ```
/// use servanda_publish::Site;
///
/// let text = r#"
///     name = "Promises of the city"
///     languages = ["en", "fr"]
///     url = "https://promises.example.org/"
///     contact = "mailto:desk@example.org"
///     licence = "CC BY 4.0"
///     introduction = "We follow *every* promise."
///     parties = ["mayor"]
/// "#;
/// let site = Site::from_toml("tracker.toml", text)?;
/// assert_eq!(site.url.as_deref(), Some("https://promises.example.org/"));
/// # Ok::<(), servanda_publish::PublishError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Site {
    /// The text of the page about the tracker, in Markdown.
    pub about: Texts,
    /// The address of the owners: an `https`, `http` or `mailto` address.
    pub contact: Option<String>,
    /// The text that stands first on the front page, in Markdown.
    pub introduction: Texts,
    /// The languages of the site. The first is that of the pages at the root of the site.
    pub languages: Vec<Interface>,
    /// The licence of the data, such as `CC BY 4.0`.
    pub licence: Option<String>,
    /// The address of the licence.
    pub licence_url: Option<String>,
    /// The tracker's own rules, in Markdown.
    pub method: Texts,
    /// The name of the tracker.
    pub name: Texts,
    /// The parties that come first in lists, in this order.
    pub parties: Vec<Slug>,
    /// The publisher of the site.
    pub publisher: Option<String>,
    /// The topics that come first in lists, in this order.
    pub topics: Vec<Slug>,
    /// The address at which the site is published. It ends in `/`.
    pub url: Option<String>,
    pub(crate) accent: Option<Colour>,
    pub(crate) accent_dark: Option<Colour>,
}

impl Default for Site {
    fn default() -> Self {
        Self {
            about: Texts::default(),
            accent: None,
            accent_dark: None,
            contact: None,
            introduction: Texts::default(),
            languages: vec![Interface::English],
            licence: None,
            licence_url: None,
            method: Texts::default(),
            name: Texts::default(),
            parties: Vec::new(),
            publisher: None,
            topics: Vec::new(),
            url: None,
        }
    }
}

impl Site {
    /// Reads the configuration of a site. `name` is the name of the file, for messages.
    ///
    /// ```
    /// use servanda_publish::Site;
    ///
    /// let error = Site::from_toml("tracker.toml", r#"license = "CC0""#).unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "the configuration is refused:\n  \
    ///      tracker.toml, line 1: there is no key \"license\"; do you mean licence?",
    /// );
    /// ```
    ///
    /// # Errors
    ///
    /// `config-refused`, with every problem.
    pub fn from_toml(name: &str, text: &str) -> Result<Self, PublishError> {
        read::read(name, text)
    }
}
