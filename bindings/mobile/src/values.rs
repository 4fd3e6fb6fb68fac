//! Checks text as a value, for a form that wants to check its input before anything is recorded.

use servanda::{
    Date, Day, Deadline, Moment, Obligation, Phase, Slug, Verdict,
    answers::Timeliness,
    facts::Relation,
    value::{Decimal, Digest, EntryId, Language, Note, Title, Url},
};

use crate::error::ServandaError;

/// A type as which a text can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum ValueType {
    /// An id that a person chose, such as `jp/hague-convention`.
    Slug,
    /// A line of text: 1 to 300 characters.
    Title,
    /// A longer text: 1 to 100,000 characters.
    Note,
    /// An `https`, `http` or `ftp` address.
    Url,
    /// A language, as a BCP 47 tag in lower case.
    Language,
    /// An exact number.
    Decimal,
    /// A SHA-256 digest.
    Digest,
    /// The id of an entry.
    EntryId,
    /// A day: `2013-02-28`.
    Day,
    /// A day, a month, a year or an unknown day of a range: `2013-02-28`, `2013-02`, `2013` or
    /// `[2013-02-10..2013-02-14]`.
    Date,
    /// A date by whose end something is due.
    Deadline,
    /// A moment in UTC, to the microsecond: `2013-03-16T01:00:00.000000Z`.
    Moment,
    /// A phase.
    Phase,
    /// An obligation.
    Obligation,
    /// A verdict.
    Verdict,
    /// A timeliness.
    Timeliness,
    /// A relation.
    Relation,
}

/// Reads a text as a value, and returns the value as text.
///
/// # Errors
///
/// If the text is not such a value: `invalid-slug`, `unknown-word` and so on.
#[uniffi::export]
pub fn read_value(value_type: ValueType, text: &str) -> Result<String, ServandaError> {
    Ok(match value_type {
        ValueType::Slug => text.parse::<Slug>()?.to_string(),
        ValueType::Title => text.parse::<Title>()?.to_string(),
        ValueType::Note => text.parse::<Note>()?.to_string(),
        ValueType::Url => text.parse::<Url>()?.to_string(),
        ValueType::Language => text.parse::<Language>()?.to_string(),
        ValueType::Decimal => text.parse::<Decimal>()?.to_string(),
        ValueType::Digest => text.parse::<Digest>()?.to_string(),
        ValueType::EntryId => text.parse::<EntryId>()?.to_string(),
        ValueType::Day => text.parse::<Day>()?.to_string(),
        ValueType::Date => text.parse::<Date>()?.to_string(),
        ValueType::Deadline => text.parse::<Deadline>()?.to_string(),
        ValueType::Moment => text.parse::<Moment>()?.to_string(),
        ValueType::Phase => text.parse::<Phase>()?.to_string(),
        ValueType::Obligation => text.parse::<Obligation>()?.to_string(),
        ValueType::Verdict => text.parse::<Verdict>()?.to_string(),
        ValueType::Timeliness => text.parse::<Timeliness>()?.to_string(),
        ValueType::Relation => text.parse::<Relation>()?.to_string(),
    })
}
