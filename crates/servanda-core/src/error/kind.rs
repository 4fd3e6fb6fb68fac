//! The kinds of leaf values.

use std::fmt;

/// The kinds of leaf values, for [`Error::InvalidValue`](crate::Error::InvalidValue).
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
    pub(super) fn code(self) -> &'static str {
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
