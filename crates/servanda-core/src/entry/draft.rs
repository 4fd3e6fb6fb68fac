//! Facts on their way to a ledger.

use serde::Serialize;

use crate::Error;
use crate::entry::read_draft;
use crate::entry::{
    Advance, Amend, Attest, Cite, Commitment, Define, Deposit, Fact, Link, Party, Relation, Remark, Reschedule, Retract,
};
use crate::procedure::{Calendar, Procedure};
use crate::value::json::to_json;
use crate::value::{Date, Deadline, Decimal, EntryId, Moment, Note, Slug, Source, Title};

/// A fact that is not yet on a ledger, with the commitment and the day it is about.
///
/// The builders take text and never fail; text that is not well-formed is reported when the draft is appended.
///
/// ```
/// use servanda_core::{Advance, Day, Draft, Source};
///
/// let source = Source::new("183rd Diet, treaty no. 1", "https://www.shugiin.go.jp/internet/itdb_gian.nsf/html/gian/keika/1DB429A.htm")?;
/// let step: Draft<Advance> =
///     Advance::new("jp/hague-convention", "submitted").on(Day::new(2013, 3, 15)?).citing(source);
/// # Ok::<(), servanda_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Draft<F = Fact> {
    pub(crate) commitment: Option<Slug>,
    pub(crate) on: Option<Date>,
    pub(crate) after: Option<EntryId>,
    pub(crate) recorded_at: Option<Moment>,
    pub(crate) fact: Result<F, Error>,
}

impl<F> Draft<F> {
    fn of<E: Into<Error>>(commitment: impl AsRef<str>, fact: Result<F, E>) -> Self {
        let fact = fact.map_err(Into::into);
        match commitment.as_ref().parse() {
            Ok(id) => Self { commitment: Some(id), on: None, after: None, recorded_at: None, fact },
            Err(error) => {
                Self { commitment: None, on: None, after: None, recorded_at: None, fact: fact.and(Err(error.into())) }
            }
        }
    }

    /// The same draft, effective on this day, or in this month or year where no more is known.
    #[must_use]
    pub fn on(mut self, on: impl Into<Date>) -> Self {
        self.on = Some(on.into());
        self
    }

    /// The same draft, in its place after an entry of the same day.
    #[must_use]
    pub fn after(mut self, entry: EntryId) -> Self {
        self.after = Some(entry);
        self
    }

    /// The same draft as an importer has it: written down at this moment. It must be later than all that the ledger holds.
    #[must_use]
    pub fn recorded_at(mut self, moment: Moment) -> Self {
        self.recorded_at = Some(moment);
        self
    }

    fn map(mut self, change: impl FnOnce(&mut F) -> Result<(), Error>) -> Self {
        self.fact = self.fact.and_then(|mut fact| change(&mut fact).map(|()| fact));
        self
    }
}

impl Draft {
    /// Reads a draft that somebody wrote as JSON: the members of a line, without those that are filled in when it is appended (`batch`, `id` and
    /// `recorded_by`). `commitment`, `on` and `after` are there as the kind of fact needs them, and an importer may give `recorded_at`. [The
    /// schema](crate::format::SCHEMA) describes every member.
    ///
    /// Spaces, line feeds and the order of keys are free. What is not understood is refused, so that a misspelt member is not lost.
    ///
    /// ```
    /// use servanda_core::builtin;
    /// use servanda_core::{Batch, Draft, Ledger};
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
    /// `invalid-draft` if it is not a JSON object that a line could have; `invalid-field` for a member that is missing, is not known, or has a value it
    /// cannot have; `unknown-word` for a kind of fact that this version does not know. Whether the ledger allows it is found out when it is appended.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        read_draft(text)
    }

    /// A draft of any fact, about this commitment; about none if it defines something, or retracts a definition.
    ///
    /// The builders, such as [`Advance::new`], are shorter where the kind of fact is known beforehand. A fact of an unknown kind
    /// cannot be written, because only its kind is known: appending it is refused as `invalid-field`.
    ///
    /// ```
    /// use servanda_core::{Attest, Day, Draft, Fact};
    ///
    /// let draft = Draft::new(Some("us/abe-visit".parse()?), Fact::Attest(Attest::default())).on(Day::new(2013, 2, 28)?);
    /// assert_eq!(draft.to_json()?, r#"{"commitment":"us/abe-visit","fact":{"attest":{}},"on":"2013-02-28"}"#);
    /// # Ok::<(), servanda_core::Error>(())
    /// ```
    #[must_use]
    pub fn new(commitment: Option<Slug>, fact: Fact) -> Self {
        let fact = match fact {
            Fact::Unknown { kind } => Err(Error::InvalidField {
                field: format!("fact.{kind}"),
                reason: "this version does not know the kind of fact, and cannot write it".to_owned(),
            }),
            known => Ok(known),
        };
        Self { commitment, on: None, after: None, recorded_at: None, fact }
    }

    /// The draft as canonical JSON: the members of a line without those that the tracker fills in.
    ///
    /// # Errors
    ///
    /// What is not well-formed in it.
    pub fn to_json(&self) -> Result<String, Error> {
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
            recorded_at: Option<Moment>,
        }
        let fact = self.fact.as_ref().map_err(Error::clone)?;
        let Self { after, commitment, on, recorded_at, .. } = self;
        let (after, on, recorded_at) = (*after, *on, *recorded_at);
        Ok(to_json(&Written { after, commitment: commitment.as_ref(), fact, on, recorded_at }))
    }
}

/// Facts that can carry sources and a note.
macro_rules! citing {
    ($($fact:ident),*) => {$(
        impl Draft<$fact> {
            /// The same draft with a further source.
            #[must_use]
            pub fn citing(self, source: Source) -> Self {
                self.map(|fact| {
                    fact.sources.push(source);
                    Ok(())
                })
            }

            /// The same draft with a note.
            #[must_use]
            pub fn noting(self, note: &str) -> Self {
                self.map(|fact| {
            fact.note = Some(note.parse()?);
            Ok(())
        })
            }
        }
    )*};
}
citing!(Advance, Deposit, Cite, Remark, Attest, Reschedule, Link);

/// The constructors return drafts, because a fact is about a commitment and a day that are no part of it.
macro_rules! drafts {
    ($($fact:ident => $kind:expr),*) => {$(
        impl From<Draft<$fact>> for Draft<Fact> {
            fn from(draft: Draft<$fact>) -> Self {
                let Draft { commitment, on, after, recorded_at, fact } = draft;
                Self { commitment, on, after, recorded_at, fact: fact.map($kind) }
            }
        }

        impl From<Draft<$fact>> for Batch {
            fn from(draft: Draft<$fact>) -> Self {
                Self(vec![draft.into()])
            }
        }
    )*};
}
drafts!(Advance => Fact::Advance, Deposit => Fact::Deposit, Cite => Fact::Cite, Remark => Fact::Remark, Attest => Fact::Attest, Reschedule => Fact::Reschedule,
    Amend => Fact::Amend, Link => Fact::Link, Retract => Fact::Retract, Define => Fact::Define, Commitment => |fact| Fact::Register(Box::new(fact)));

impl Advance {
    /// A step of a commitment to a status.
    #[must_use]
    pub fn new(commitment: impl AsRef<str>, to: impl AsRef<str>) -> Draft<Self> {
        let fact = to.as_ref().parse().map(|to| Self { by: None, note: None, sources: Vec::new(), to });
        Draft::of(commitment, fact)
    }
}

impl Draft<Advance> {
    /// The same step, taken by this party.
    #[must_use]
    pub fn by(self, party: &str) -> Self {
        self.map(|fact| {
            fact.by = Some(party.parse()?);
            Ok(())
        })
    }
}

impl Deposit {
    /// The deposit of an instrument by a party.
    #[must_use]
    pub fn new(commitment: impl AsRef<str>, by: impl AsRef<str>) -> Draft<Self> {
        let fact = by.as_ref().parse();
        Draft::of(
            commitment,
            fact.map(|by| Self { by, instrument: None, note: None, share: None, sources: Vec::new() }),
        )
    }
}

impl Draft<Deposit> {
    /// The same deposit, of an instrument of this kind, such as `acceptance`.
    #[must_use]
    pub fn instrument(self, kind: &str) -> Self {
        self.map(|fact| {
            fact.instrument = Some(kind.parse()?);
            Ok(())
        })
    }

    /// The same deposit, by a party with this share.
    #[must_use]
    pub fn share(self, share: Decimal) -> Self {
        self.map(|fact| {
            fact.share = Some(share);
            Ok(())
        })
    }
}

impl Cite {
    /// A further source for an entry.
    #[must_use]
    pub fn new(commitment: impl AsRef<str>, entry: EntryId, source: Source) -> Draft<Self> {
        Draft::of(commitment, Ok::<_, Error>(Self { entry, note: None, sources: vec![source] }))
    }
}

impl Remark {
    /// Something that happened and moves nothing.
    #[must_use]
    pub fn new(commitment: impl AsRef<str>, title: &str) -> Draft<Self> {
        Draft::of(commitment, title.parse().map(|title| Self { note: None, sources: Vec::new(), title }))
    }
}

impl Attest {
    /// The record of a commitment is complete to the draft's day.
    #[must_use]
    pub fn new(commitment: impl AsRef<str>) -> Draft<Self> {
        Draft::of(commitment, Ok::<_, Error>(Self::default()))
    }
}

impl Reschedule {
    /// A new deadline, set on the draft's day.
    #[must_use]
    pub fn new(commitment: impl AsRef<str>, deadline: impl Into<Deadline>) -> Draft<Self> {
        Draft::of(commitment, Ok::<_, Error>(Self { deadline: deadline.into(), note: None, sources: Vec::new() }))
    }
}

impl Amend {
    /// A better title.
    #[must_use]
    pub fn title(commitment: impl AsRef<str>, title: &str) -> Draft<Self> {
        let title = title.parse::<Title>();
        Draft::of(commitment, title.map(|title| Self { title: Some(title), ..Self::default() }))
    }

    /// Better topics, in place of all there were.
    #[must_use]
    pub fn topics<T: AsRef<str>>(commitment: impl AsRef<str>, topics: impl IntoIterator<Item = T>) -> Draft<Self> {
        let topics: Result<Vec<Slug>, _> = topics.into_iter().map(|topic| topic.as_ref().parse()).collect();
        Draft::of(commitment, topics.map(|topics| Self { topics: Some(topics), ..Self::default() }))
    }

    /// A better wording of an entry's note.
    #[must_use]
    pub fn note(commitment: impl AsRef<str>, entry: EntryId, note: &str) -> Draft<Self> {
        let note = note.parse::<Note>();
        Draft::of(commitment, note.map(|note| Self { entry: Some(entry), note: Some(note), ..Self::default() }))
    }
}

impl Link {
    /// The other commitment is this to the one.
    #[must_use]
    pub fn new(commitment: impl AsRef<str>, relation: Relation, to: impl AsRef<str>) -> Draft<Self> {
        let to = to.as_ref().parse();
        Draft::of(commitment, to.map(|to| Self { note: None, relation, sources: Vec::new(), to }))
    }
}

impl Retract {
    /// An entry about a commitment was a mistake, for this reason.
    #[must_use]
    pub fn new(commitment: impl AsRef<str>, entry: EntryId, reason: &str) -> Draft<Self> {
        Draft::of(commitment, reason.parse().map(|reason| Self { entry, reason }))
    }

    /// A definition was a mistake, for this reason.
    #[must_use]
    pub fn definition(entry: EntryId, reason: &str) -> Draft<Self> {
        let fact = reason.parse().map(|reason| Self { entry, reason }).map_err(Error::from);
        Draft { commitment: None, on: None, after: None, recorded_at: None, fact }
    }
}

impl From<Commitment> for Draft<Commitment> {
    fn from(commitment: Commitment) -> Self {
        Self { commitment: Some(commitment.id.clone()), on: None, after: None, recorded_at: None, fact: Ok(commitment) }
    }
}

impl From<Define> for Draft<Define> {
    fn from(definition: Define) -> Self {
        Self { commitment: None, on: None, after: None, recorded_at: None, fact: Ok(definition) }
    }
}

/// One draft or more, appended together: all of them, or none.
#[derive(Clone, Debug, Default)]
pub struct Batch(pub(crate) Vec<Draft>);

impl Batch {
    /// A batch without drafts.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The same batch with a further draft.
    #[must_use]
    pub fn and(mut self, more: impl Into<Batch>) -> Self {
        self.0.extend(more.into().0);
        self
    }
}

impl From<Draft> for Batch {
    fn from(draft: Draft) -> Self {
        Self(vec![draft])
    }
}

impl<B: Into<Batch>> FromIterator<B> for Batch {
    fn from_iter<I: IntoIterator<Item = B>>(drafts: I) -> Self {
        drafts.into_iter().fold(Self::new(), |batch, more| batch.and(more))
    }
}

/// What can be appended as it is.
macro_rules! appended_as_it_is {
    ($($type:ident by $convert:expr),*) => {$(
        impl From<$type> for Batch {
            fn from(value: $type) -> Self {
                Draft::from($convert(value)).into()
            }
        }
    )*};
}
appended_as_it_is!(Commitment by std::convert::identity, Define by std::convert::identity, Party by Define::Party,
    Procedure by Define::Procedure, Calendar by Define::Calendar);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_of_which_only_the_kind_is_known_is_no_draft() {
        let draft = Draft::new(None, Fact::Unknown { kind: "suspend".to_owned() });
        let text = "the field fact.suspend: this version does not know the kind of fact, and cannot write it";
        assert_eq!(draft.fact.unwrap_err().to_string(), text);
    }
}
