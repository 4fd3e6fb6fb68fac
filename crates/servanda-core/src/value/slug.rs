//! Identifiers that people choose, and language tags.

use std::borrow::{Borrow, Cow};

use super::leaf::checked_text;
use super::leaf::serde_as_text;
use crate::value::ValueKind;

/// An identifier that a person chose.
///
/// It identifies a party, a commitment, a procedure, a status, a clock or a calendar. It consists
/// of one or more segments of `a`–`z`, `0`–`9` and single hyphens, joined by `/`. It has at most
/// 128 bytes.
///
/// ```
/// use servanda_core::Slug;
///
/// let id: Slug = "jp/hague-convention".parse()?;
/// assert_eq!(id.as_str(), "jp/hague-convention");
///
/// let refused = "JP/Hague".parse::<Slug>().unwrap_err();
/// assert_eq!(refused.code(), "invalid-slug");
/// # Ok::<(), servanda_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(Cow<'static, str>);

checked_text!(Slug, ValueKind::Slug, check);

impl Slug {
    /// Creates a slug without checking it.
    ///
    /// Used for constants, such as those of the built-in procedures, whose spelling a test checks.
    pub(crate) const fn from_static(text: &'static str) -> Self {
        Self(Cow::Borrowed(text))
    }
}

impl Borrow<str> for Slug {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}

impl From<&Slug> for Slug {
    fn from(slug: &Slug) -> Self {
        slug.clone()
    }
}

fn check(text: &str) -> Result<(), &'static str> {
    if text.is_empty() {
        return Err("it is empty");
    }
    if text.len() > 128 {
        return Err("it is longer than 128 bytes");
    }
    // A separator is never first, last or next to another one.
    let mut after_separator = true;
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' => after_separator = false,
            b'-' | b'/' if !after_separator => after_separator = true,
            _ => return Err(SEGMENT_RULE),
        }
    }
    if after_separator { Err(SEGMENT_RULE) } else { Ok(()) }
}

const SEGMENT_RULE: &str = "a slug is made of lower-case letters a-z, digits and single hyphens, in parts joined by `/`, such as jp/hague-convention";

/// A language as a BCP 47 tag in lower case, such as `en`, `ja` or `zh-hant`.
///
/// ```
/// # use servanda_core::Language;
/// assert_eq!("ja".parse::<Language>()?.as_str(), "ja");
/// assert_eq!("Japanese!".parse::<Language>().unwrap_err().code(), "invalid-language");
/// # Ok::<(), servanda_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(Box<str>);

checked_text!(Language, ValueKind::Language, check_language);

impl Language {
    /// Whether BCP 47 has languages of this form: the tag begins with two or three letters.
    ///
    /// A name such as `deutsch` is none. Ledgers may have such names, because they were valid once;
    /// new ones are refused where they are written.
    /// [RFC 5646](https://www.rfc-editor.org/rfc/rfc5646#section-2.2.1) reserves languages of four
    /// to eight letters, and none is registered.
    ///
    /// ```
    /// # use servanda_core::Language;
    /// assert!("zh-hant".parse::<Language>()?.is_bcp47());
    /// assert!(!"deutsch".parse::<Language>()?.is_bcp47());
    /// # Ok::<(), servanda_core::Error>(())
    /// ```
    #[must_use]
    pub fn is_bcp47(&self) -> bool {
        self.as_str().split('-').next().is_some_and(|language| language.len() <= 3)
    }
}

impl Borrow<str> for Language {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}

fn check_language(text: &str) -> Result<(), &'static str> {
    let mut parts = text.split('-');
    let primary = parts.next().is_some_and(|p| (2..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_lowercase()));
    let rest =
        parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()));
    if primary && rest && text.len() <= 35 {
        Ok(())
    } else {
        Err("a language is given by its BCP 47 tag in lower case, such as en, ja or zh-hant")
    }
}
