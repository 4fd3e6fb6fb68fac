//! Errors of texts that are not well-formed values.

use std::fmt;

use serde_json::{Value, json};

use super::quote;

/// Why a text is not a well-formed value of its kind.
///
/// ```
/// use servanda_core::value::{Day, ValueError};
///
/// let error = "2013-02-29".parse::<Day>().unwrap_err();
/// assert_eq!(error.code(), "invalid-day");
/// assert!(matches!(error, ValueError::Invalid { reason, .. } if reason == "2013-02 has 28 days"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ValueError {
    /// A text is not a well-formed value of its kind.
    #[error("{} is not a {kind}: {reason}", quote(&shortened(given)))]
    Invalid {
        /// The kind of value that was expected.
        kind: ValueKind,
        /// The text.
        given: String,
        /// The reason why the text is not well-formed.
        reason: String,
    },
    /// A word is not one of a fixed vocabulary.
    #[error("{} is not a known {vocabulary}; use one of: {known}", quote(&shortened(given)), known = known.join(", "))]
    UnknownWord {
        /// The vocabulary, such as `phase`.
        vocabulary: String,
        /// The word.
        given: String,
        /// The words of the vocabulary.
        known: Vec<String>,
    },
}

impl ValueError {
    pub(crate) fn invalid(kind: ValueKind, given: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::Invalid { kind, given: given.into(), reason: reason.into() }
    }

    pub(crate) fn unknown_word(vocabulary: &str, given: &str, known: &[&str]) -> Self {
        Self::UnknownWord {
            vocabulary: vocabulary.to_lowercase(),
            given: given.to_owned(),
            known: known.iter().map(|word| (*word).to_owned()).collect(),
        }
    }

    /// The stable code, such as `invalid-day`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Invalid { kind, .. } => kind.code(),
            Self::UnknownWord { .. } => "unknown-word",
        }
    }

    /// The data of the error as canonical JSON: an object with the error's fields.
    ///
    /// ```
    /// let error = "javascript:alert(1)".parse::<servanda_core::value::Url>().unwrap_err();
    /// assert_eq!(
    ///     error.details(),
    ///     r#"{"given":"javascript:alert(1)","kind":"url","reason":"an address starts with https://, http:// or ftp://"}"#,
    /// );
    /// ```
    #[must_use]
    pub fn details(&self) -> String {
        super::json::to_json(&self.fields())
    }

    pub(crate) fn fields(&self) -> Value {
        match self {
            Self::Invalid { kind, given, reason } => {
                json!({ "given": given, "kind": kind.code().trim_start_matches("invalid-"), "reason": reason })
            }
            Self::UnknownWord { vocabulary, given, known } => {
                json!({ "given": given, "known": known, "vocabulary": vocabulary })
            }
        }
    }
}

/// Cuts a text after 80 characters, so that the error message stays readable.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(80) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// The kind of value that a text should have been, for [`ValueError::Invalid`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ValueKind {
    /// A [`Slug`](crate::Slug).
    Slug,
    /// A [`Language`](crate::Language).
    Language,
    /// A [`Title`](crate::Title).
    Title,
    /// A [`Note`](crate::Note).
    Note,
    /// A [`Url`](crate::Url).
    Url,
    /// A [`Decimal`](crate::Decimal).
    Decimal,
    /// A [`Digest`](crate::Digest) or an [`EntryId`](crate::EntryId).
    Digest,
    /// A [`Moment`](crate::Moment).
    Moment,
    /// A [`Day`](crate::Day).
    Day,
    /// A [`Date`](crate::Date).
    Date,
}

impl ValueKind {
    fn code(self) -> &'static str {
        match self {
            Self::Slug => "invalid-slug",
            Self::Language => "invalid-language",
            Self::Title => "invalid-title",
            Self::Note => "invalid-note",
            Self::Url => "invalid-url",
            Self::Decimal => "invalid-decimal",
            Self::Digest => "invalid-digest",
            Self::Moment => "invalid-moment",
            Self::Day => "invalid-day",
            Self::Date => "invalid-date",
        }
    }
}

impl fmt::Display for ValueKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Language => f.write_str("language tag"),
            Self::Url => f.write_str("URL"),
            other => f.write_str(other.code().trim_start_matches("invalid-")),
        }
    }
}
