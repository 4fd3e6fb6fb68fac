//! Drafts: facts that are not yet on a ledger.

use serde::Serialize;

use super::tidy::tidied;
use super::{Commitment, Define, Fact, FactBuilder, Header, Kind, Party, Topic, read_draft};
use crate::procedure::{Calendar, Procedure};
use crate::value::json::to_json;
use crate::value::{Date, EntryId, Moment, Slug};
use crate::{Error, Result};

/// A fact that is not yet on a ledger, with its commitment and its day.
///
/// A draft is well-formed. Whether the ledger allows it is checked when it is appended. Builders
/// such as [`Advance::builder`](super::Advance::builder) and [`Draft::from_json`] create drafts.
#[derive(Clone, Debug)]
pub struct Draft {
    pub(crate) commitment: Option<Slug>,
    pub(crate) on: Option<Date>,
    pub(crate) after: Option<EntryId>,
    pub(crate) published: Option<Date>,
    pub(crate) recorded_at: Option<Moment>,
    pub(crate) fact: Fact,
}

impl Draft {
    /// Applies the rules for new text.
    pub(super) fn tidied(self) -> Result<Self> {
        let fact = tidied(self.fact, self.commitment.as_ref())?;
        Ok(Self { fact, ..self })
    }

    /// Checks that the members around the fact fit with its kind.
    pub(super) fn check_header(&self) -> Result<()> {
        let header = Header {
            after: self.after.is_some(),
            batch: None,
            commitment: self.commitment.is_some(),
            on: self.on.is_some(),
            published: self.published.is_some(),
        };
        header.check(Kind::from(&self.fact), self.fact.kind())
    }

    /// Returns the commitment that the draft is about; `None` for a definition.
    #[must_use]
    pub fn commitment(&self) -> Option<&Slug> {
        self.commitment.as_ref()
    }

    /// Returns the date on which the fact is effective, as precisely as known. `None` if its kind
    /// of fact has no date.
    #[must_use]
    pub fn on(&self) -> Option<Date> {
        self.on
    }

    /// Returns the fact.
    #[must_use]
    pub fn fact(&self) -> &Fact {
        &self.fact
    }

    /// Reads a draft from JSON.
    ///
    /// It has the members of a line, except `batch`, `id` and `recorded_by`, which the append fills
    /// in. Whether `commitment`, `on` and `after` are needed depends on the kind of fact. An
    /// importer may set `published` and `recorded_at`. [The schema](crate::format::SCHEMA) describes
    /// every member.
    ///
    /// Whitespace and the order of the keys do not matter. An unknown member is an error, so that a
    /// misspelt one is not lost.
    ///
    /// ```
    /// use servanda_core::{Batch, Draft, Ledger, builtin};
    ///
    /// let registered = format!(
    ///     r#"{{
    ///         "commitment": "us/abe-visit",
    ///         "fact": {{"register": {{
    ///             "title": "A visit of Prime Minister Abe to Washington in February",
    ///             "by": ["us"], "made": "2013-01-18", "obligation": "result", "deadline": "2013-02",
    ///             "words": {{"text": "has invited", "source": {{"title": "Remarks", "url": "https://example.org/remarks"}}}},
    ///             "procedure": {}
    ///         }}}}
    ///     }}"#,
    ///     servanda_core::format::to_json(&builtin::action().reference()),
    /// );
    /// let done = r#"{"on": "2013-02-22", "fact": {"advance": {"to": "done", "sources": [
    ///     {"title": "Press conference", "url": "https://example.org/press"}]}}, "commitment": "us/abe-visit"}"#;
    ///
    /// let batch: Batch = [Draft::from_json(&registered)?, Draft::from_json(done)?].into_iter().collect();
    /// let mut ledger = Ledger::new();
    /// ledger.append(batch, &"desk".parse()?, "2013-02-23T09:00:00.000000Z".parse()?)?;
    ///
    /// let misspelt = Draft::from_json(&done.replace("sources", "source")).unwrap_err();
    /// assert_eq!(misspelt.to_string(), "the field fact.advance.source: there is no such member");
    /// # Ok::<(), servanda_core::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `invalid-draft` if the text is not a JSON object that a line could have. `invalid-field` if
    /// a member is missing or unknown, or has an invalid value. `unknown-word` if this version does
    /// not know the kind of fact.
    pub fn from_json(text: &str) -> Result<Self> {
        read_draft(text)
    }

    /// Returns the draft as canonical JSON: the members of a line, except those that the append
    /// fills in.
    #[must_use]
    pub fn to_json(&self) -> String {
        #[derive(Serialize)]
        struct Written<'a> {
            #[serde(skip_serializing_if = "Option::is_none")]
            after: Option<EntryId>,
            #[serde(skip_serializing_if = "Option::is_none")]
            commitment: Option<&'a Slug>,
            fact: &'a Fact,
            #[serde(skip_serializing_if = "Option::is_none")]
            on: Option<Date>,
            #[serde(skip_serializing_if = "Option::is_none")]
            published: Option<Date>,
            #[serde(skip_serializing_if = "Option::is_none")]
            recorded_at: Option<Moment>,
        }
        let Self { after, commitment, on, published, recorded_at, fact } = self;
        let (after, on, published, recorded_at) = (*after, *on, *published, *recorded_at);
        to_json(&Written { after, commitment: commitment.as_ref(), fact, on, published, recorded_at })
    }
}

/// Drafts that are appended together: all of them or none.
///
/// A batch also accepts builders. Their errors are reported when the batch is appended.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    pub(crate) drafts: Vec<Draft>,
    pub(crate) skips_recorded: bool,
    pub(crate) shares_identifiers: bool,
    errors: Vec<Error>,
}

impl Batch {
    /// Creates an empty batch.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds another batch, a draft or a builder.
    #[must_use]
    pub fn and(mut self, more: impl Into<Batch>) -> Self {
        let more = more.into();
        self.drafts.extend(more.drafts);
        self.errors.extend(more.errors);
        self.skips_recorded |= more.skips_recorded;
        self.shares_identifiers |= more.shares_identifiers;
        self
    }

    /// Returns the drafts that are well-formed.
    pub fn drafts(&self) -> impl ExactSizeIterator<Item = &Draft> {
        self.drafts.iter()
    }

    /// Returns the number of well-formed drafts.
    #[must_use]
    pub fn len(&self) -> usize {
        self.drafts.len()
    }

    /// Whether there are no well-formed drafts.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.drafts.is_empty()
    }

    /// Sets the date on which all facts of the batch were first published elsewhere.
    ///
    /// Facts that have such a date already keep it. A batch with a definition is refused with
    /// `invalid-field` when it is appended.
    #[must_use]
    pub fn published(mut self, date: Date) -> Self {
        for draft in self.drafts.iter_mut().filter(|draft| draft.published.is_none()) {
            draft.published = Some(date);
            self.errors.extend(draft.check_header().err());
        }
        self
    }

    /// Makes an append leave out the drafts that the same recorder has
    /// [recorded](crate::Ledger::recorded) already. If that is all of them, the append does
    /// nothing. So a program that was interrupted, or that runs every night, can append the same
    /// facts again.
    ///
    /// ```
    /// use servanda_core::{Batch, Ledger, Party};
    ///
    /// let (mut ledger, desk) = (Ledger::new(), "desk".parse()?);
    /// let japan = || Batch::from(Party::new("jp", "en", "Japan").unwrap()).skip_recorded();
    /// let now = "2013-01-18T09:00:00.000000Z".parse()?;
    /// assert_eq!(ledger.append(japan(), &desk, now)?.len(), 1);
    /// assert_eq!(ledger.append(japan(), &desk, now)?.len(), 0);
    /// # Ok::<(), servanda_core::Error>(())
    /// ```
    #[must_use]
    pub fn skip_recorded(self) -> Self {
        Self { skips_recorded: true, ..self }
    }

    /// Allows commitments to have identifiers that other commitments have too, such as the number
    /// of a manifesto. Without this permission, an append refuses them.
    #[must_use]
    pub fn share_identifiers(self) -> Self {
        Self { shares_identifiers: true, ..self }
    }

    /// The drafts, if there is at least one and all are well-formed.
    pub(crate) fn into_drafts(self) -> Result<Vec<Draft>> {
        match (self.errors.is_empty(), self.drafts.is_empty()) {
            (false, _) => Err(Error::all(self.errors)),
            (true, true) => Err(Error::EmptyBatch),
            (true, false) => Ok(self.drafts),
        }
    }
}

impl From<Draft> for Batch {
    fn from(draft: Draft) -> Self {
        Self { drafts: vec![draft], ..Self::default() }
    }
}

impl From<Result<Draft>> for Batch {
    fn from(draft: Result<Draft>) -> Self {
        match draft {
            Ok(draft) => draft.into(),
            Err(error) => Self { errors: vec![error], ..Self::default() },
        }
    }
}

impl<B: Into<Batch>> FromIterator<B> for Batch {
    fn from_iter<I: IntoIterator<Item = B>>(drafts: I) -> Self {
        drafts.into_iter().fold(Self::new(), |batch, more| batch.and(more))
    }
}

impl From<Commitment> for Batch {
    fn from(commitment: Commitment) -> Self {
        FactBuilder::from(commitment).into()
    }
}

impl From<Define> for Batch {
    fn from(definition: Define) -> Self {
        FactBuilder::from(definition).into()
    }
}

impl From<Party> for Batch {
    fn from(party: Party) -> Self {
        Define::Party(party).into()
    }
}

impl From<Procedure> for Batch {
    fn from(procedure: Procedure) -> Self {
        Define::Procedure(procedure).into()
    }
}

impl From<Topic> for Batch {
    fn from(topic: Topic) -> Self {
        Define::Topic(topic).into()
    }
}

impl From<Calendar> for Batch {
    fn from(calendar: Calendar) -> Self {
        Define::Calendar(calendar).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_of_which_only_the_kind_is_known_cannot_be_drafted() {
        let refused = Draft::builder(None, Fact::Unknown { kind: "suspend".to_owned() }).build().unwrap_err();
        let text = "the field fact.suspend: this version does not know the kind of fact, and cannot write it";
        assert_eq!(refused.to_string(), text);
    }
}
