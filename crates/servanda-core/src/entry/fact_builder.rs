//! Builders of facts.

use super::{
    Advance, Amend, Assign, Attest, Batch, Cite, Commitment, Define, Deposit, Draft, Fact, Link, Measure, Relation,
    Remark, Repin, Reschedule, Retract, Unassign,
};
use crate::procedure::ProcedureRef;
use crate::value::{Date, Deadline, Decimal, EntryId, Moment, Slug, Source};
use crate::{Error, Result};

/// Builds a fact with its commitment and its day, and collects everything that is wrong with them.
///
/// The methods take text or values and never fail. [`build`](FactBuilder::build) reports everything
/// that is not well-formed at once. A builder can also be appended directly; the append then
/// reports the same errors.
///
/// ```
/// use servanda_core::facts::Advance;
/// use servanda_core::Source;
///
/// let source = Source::new(
///     "183rd Diet, treaty no. 1",
///     "https://www.shugiin.go.jp/internet/itdb_gian.nsf/html/gian/keika/1DB429A.htm",
/// )?;
/// let step = Advance::builder("jp/hague-convention", "submitted").on("2013-03-15").citing(source).build()?;
/// assert_eq!(step.on().map(|on| on.to_string()).as_deref(), Some("2013-03-15"));
///
/// let refused = Advance::builder("JP", "submitted").on("2013-02-30").build().unwrap_err();
/// assert_eq!(refused.code(), "several-errors");
/// # Ok::<(), servanda_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct FactBuilder<F> {
    commitment: Option<Slug>,
    on: Option<Date>,
    after: Option<EntryId>,
    published: Option<Date>,
    recorded_at: Option<Moment>,
    /// `None` if a required part of the fact is not well-formed.
    fact: Option<F>,
    errors: Vec<Error>,
}

impl<F> FactBuilder<F> {
    fn about(commitment: impl AsRef<str>, fact: Result<F, impl Into<Error>>) -> Self {
        let mut builder = Self::of(None, None);
        builder.commitment = builder.parsed(commitment.as_ref().parse());
        builder.fact = builder.parsed(fact);
        builder
    }

    fn of(commitment: Option<Slug>, fact: Option<F>) -> Self {
        Self { commitment, on: None, after: None, published: None, recorded_at: None, fact, errors: Vec::new() }
    }

    /// The value, or `None` after storing the error.
    fn parsed<T>(&mut self, value: Result<T, impl Into<Error>>) -> Option<T> {
        value.map_err(|error| self.errors.push(error.into())).ok()
    }

    /// Sets a value in the fact, if both are well-formed.
    pub(super) fn set<T>(mut self, value: Result<T, impl Into<Error>>, put: impl FnOnce(&mut F, T)) -> Self {
        let value = self.parsed(value);
        if let (Some(fact), Some(value)) = (&mut self.fact, value) {
            put(fact, value);
        }
        self
    }

    /// Sets the date on which the fact is effective: a day, or a month or a year if no more is
    /// known.
    #[must_use]
    pub fn on(mut self, on: impl TryInto<Date, Error: Into<Error>>) -> Self {
        self.on = self.parsed(on.try_into()).or(self.on);
        self
    }

    /// Orders the fact after an entry of the same day.
    #[must_use]
    pub fn after(mut self, entry: EntryId) -> Self {
        self.after = Some(entry);
        self
    }

    /// Sets the date on which the fact was first published elsewhere, for records that are older
    /// than the ledger; see [`View::as_published`](crate::View::as_published).
    #[must_use]
    pub fn published(mut self, date: impl TryInto<Date, Error: Into<Error>>) -> Self {
        self.published = self.parsed(date.try_into()).or(self.published);
        self
    }

    /// Sets the moment at which the fact was recorded, for importers. It must be later than every
    /// entry on the ledger.
    #[must_use]
    pub fn recorded_at(mut self, moment: impl TryInto<Moment, Error: Into<Error>>) -> Self {
        self.recorded_at = self.parsed(moment.try_into()).or(self.recorded_at);
        self
    }
}

impl<F: Into<Fact>> FactBuilder<F> {
    /// Builds the draft, ready to be appended.
    ///
    /// # Errors
    ///
    /// Everything that is missing or not well-formed: a single error, or `several-errors` with all
    /// of them.
    pub fn build(self) -> Result<Draft> {
        let Self { commitment, on, after, published, recorded_at, fact, mut errors } = self;
        let fact: Option<Fact> = fact.map(Into::into);
        let Some(fact) = fact.filter(|_| errors.is_empty()) else { return Err(Error::all(errors)) };
        let draft = Draft { commitment, on, after, published, recorded_at, fact };
        errors.extend([draft.check_header(), draft.fact.check()].into_iter().filter_map(Result::err));
        if errors.is_empty() { draft.tidied() } else { Err(Error::all(errors)) }
    }
}

impl<F: Into<Fact>> From<FactBuilder<F>> for Batch {
    fn from(builder: FactBuilder<F>) -> Self {
        builder.build().into()
    }
}

impl Draft {
    /// Starts a draft of any fact about this commitment. The commitment is `None` for a definition
    /// or the retraction of one.
    ///
    /// If the kind of fact is fixed, the builders of the kinds, such as [`Advance::builder`], are
    /// shorter. A fact of an unknown kind is refused with `invalid-field`, because only its kind is
    /// known.
    ///
    /// ```
    /// use servanda_core::facts::{Attest, Fact};
    /// use servanda_core::Draft;
    ///
    /// let attest = Attest::default();
    /// let draft = Draft::builder(Some("us/abe-visit".parse()?), attest).on("2013-02-28").build()?;
    /// assert_eq!(draft.to_json(), r#"{"commitment":"us/abe-visit","fact":{"attest":{}},"on":"2013-02-28"}"#);
    /// # Ok::<(), servanda_core::Error>(())
    /// ```
    #[must_use]
    pub fn builder(commitment: Option<Slug>, fact: impl Into<Fact>) -> FactBuilder<Fact> {
        match fact.into() {
            Fact::Unknown { kind } => {
                let mut builder = FactBuilder::of(commitment, None);
                builder.errors.push(Error::InvalidField {
                    field: format!("fact.{kind}"),
                    reason: "this version does not know the kind of fact, and cannot write it".to_owned(),
                });
                builder
            }
            known => FactBuilder::of(commitment, Some(known)),
        }
    }
}

/// Implements the methods of facts that can have sources and a note.
macro_rules! citing {
    ($($fact:ident),*) => {$(
        impl FactBuilder<$fact> {
            /// Adds a source: a [`Source`], or its title and address.
            #[must_use]
            pub fn citing(self, source: impl TryInto<Source, Error: Into<Error>>) -> Self {
                self.set(source.try_into(), |fact, source| fact.sources.push(source))
            }

            /// Adds a note.
            #[must_use]
            pub fn noting(self, note: impl AsRef<str>) -> Self {
                self.set(note.as_ref().parse(), |fact, note| fact.note = Some(note))
            }
        }
    )*};
}
citing!(Advance, Deposit, Cite, Remark, Attest, Reschedule, Assign, Unassign, Measure, Link);

impl Advance {
    /// Starts a step of a commitment to a status.
    #[must_use]
    pub fn builder(commitment: impl AsRef<str>, to: impl AsRef<str>) -> FactBuilder<Self> {
        FactBuilder::about(commitment, to.as_ref().parse().map(Self::new))
    }
}

impl Deposit {
    /// Starts the deposit of an instrument by a party.
    #[must_use]
    pub fn builder(commitment: impl AsRef<str>, by: impl AsRef<str>) -> FactBuilder<Self> {
        FactBuilder::about(commitment, by.as_ref().parse().map(Self::new))
    }
}

impl Cite {
    /// Starts a fact that adds sources to an entry. Add them with [`citing`](FactBuilder::citing).
    #[must_use]
    pub fn builder(commitment: impl AsRef<str>, entry: EntryId) -> FactBuilder<Self> {
        FactBuilder::about(commitment, Ok::<_, Error>(Self::new(entry, Vec::new())))
    }
}

impl Remark {
    /// Starts a remark: something that happened and does not change the status.
    #[must_use]
    pub fn builder(commitment: impl AsRef<str>, title: impl AsRef<str>) -> FactBuilder<Self> {
        FactBuilder::about(commitment, title.as_ref().parse().map(Self::new))
    }
}

impl Attest {
    /// Starts an attestation that the record of a commitment is complete to the day of the fact.
    #[must_use]
    pub fn builder(commitment: impl AsRef<str>) -> FactBuilder<Self> {
        FactBuilder::about(commitment, Ok::<_, Error>(Self::default()))
    }
}

impl Reschedule {
    /// Starts a new deadline, which is set on the day of the fact.
    #[must_use]
    pub fn builder(
        commitment: impl AsRef<str>,
        deadline: impl TryInto<Deadline, Error: Into<Error>>,
    ) -> FactBuilder<Self> {
        FactBuilder::about(commitment, deadline.try_into().map(Self::new))
    }
}

impl Assign {
    /// Starts the assignment of a body, which is responsible from the day of the fact on.
    #[must_use]
    pub fn builder(commitment: impl AsRef<str>, body: impl AsRef<str>) -> FactBuilder<Self> {
        FactBuilder::about(commitment, body.as_ref().parse().map(Self::new))
    }
}

impl Unassign {
    /// Starts the end of an assignment. The day of the fact is the first one without the body.
    #[must_use]
    pub fn builder(commitment: impl AsRef<str>, body: impl AsRef<str>) -> FactBuilder<Self> {
        FactBuilder::about(commitment, body.as_ref().parse().map(Self::new))
    }
}

impl Measure {
    /// Starts a measurement of progress towards the target, which was made on the day of the fact.
    #[must_use]
    pub fn builder(commitment: impl AsRef<str>, value: impl TryInto<Decimal, Error: Into<Error>>) -> FactBuilder<Self> {
        FactBuilder::about(commitment, value.try_into().map(Self::new))
    }
}

impl Repin {
    /// Starts the move of a commitment to a procedure, with the reason.
    #[must_use]
    pub fn builder(commitment: impl AsRef<str>, procedure: ProcedureRef, reason: impl AsRef<str>) -> FactBuilder<Self> {
        FactBuilder::about(commitment, reason.as_ref().parse().map(|reason| Self::new(procedure, reason)))
    }
}

impl FactBuilder<Repin> {
    /// Says what a status is called in the procedure, if it has another name there.
    #[must_use]
    pub fn status(self, from: impl AsRef<str>, to: impl AsRef<str>) -> Self {
        let parsed = || Ok::<_, Error>((from.as_ref().parse::<Slug>()?, to.as_ref().parse::<Slug>()?));
        self.set(parsed(), |fact, (from, to)| drop(fact.statuses.insert(from, to)))
    }
}

impl Amend {
    /// Starts an improvement of titles, identifiers, topics or the wording of a note.
    #[must_use]
    pub fn builder(commitment: impl AsRef<str>) -> FactBuilder<Self> {
        FactBuilder::about(commitment, Ok::<_, Error>(Self::default()))
    }
}

impl FactBuilder<Amend> {
    /// Adds the title in another language. The titles of the fact replace all earlier ones.
    #[must_use]
    pub fn title_in(self, language: impl AsRef<str>, title: impl AsRef<str>) -> Self {
        let title = title.as_ref().parse().map_err(Error::from);
        let titled = language.as_ref().parse().map_err(Error::from).and_then(|language| Ok((language, title?)));
        self.set(titled, |fact, titled| fact.titles.get_or_insert_default().extend([titled]))
    }

    /// Sets a better wording of the note of an entry.
    #[must_use]
    pub fn note_of(self, entry: EntryId, note: impl AsRef<str>) -> Self {
        self.set(note.as_ref().parse(), |fact, note| (fact.entry, fact.note) = (Some(entry), Some(note)))
    }
}

impl Link {
    /// Starts a link: the relation of the commitment `to` to this one.
    #[must_use]
    pub fn builder(commitment: impl AsRef<str>, relation: Relation, to: impl AsRef<str>) -> FactBuilder<Self> {
        FactBuilder::about(commitment, to.as_ref().parse().map(|to| Self::new(relation, to)))
    }
}

impl Retract {
    /// Starts the retraction of an entry about a commitment, with the reason.
    #[must_use]
    pub fn builder(commitment: impl AsRef<str>, entry: EntryId, reason: impl AsRef<str>) -> FactBuilder<Self> {
        FactBuilder::about(commitment, reason.as_ref().parse().map(|reason| Self::new(entry, reason)))
    }

    /// Starts the retraction of a definition, with the reason.
    #[must_use]
    pub fn definition(entry: EntryId, reason: impl AsRef<str>) -> FactBuilder<Self> {
        let mut builder = FactBuilder::of(None, None);
        builder.fact = builder.parsed(reason.as_ref().parse()).map(|reason| Self { entry, reason });
        builder
    }
}

impl From<Commitment> for FactBuilder<Commitment> {
    fn from(commitment: Commitment) -> Self {
        Self::of(Some(commitment.id.clone()), Some(commitment))
    }
}

impl From<Define> for FactBuilder<Define> {
    fn from(definition: Define) -> Self {
        Self::of(None, Some(definition))
    }
}
