//! The builder of commitments.

use std::collections::BTreeMap;

use super::Batch;
use super::commitment::CarriedProcedure;
use super::{ClockRule, Commitment, Obligation, Opening, Responsible, Target, Words};
use crate::procedure::{Procedure, ProcedureRef};
use crate::value::{Date, Deadline, Decimal, Identifier, Language, Note, Slug, Source, Title};
use crate::{Error, Result};

/// Builds a commitment, and collects everything that is wrong with it.
///
/// The methods take text or values and never fail. [`build`](CommitmentBuilder::build) reports
/// everything that is missing or not well-formed at once.
#[derive(Clone, Debug)]
pub struct CommitmentBuilder {
    id: Option<Slug>,
    title: Option<Title>,
    procedure: Option<(ProcedureRef, CarriedProcedure)>,
    /// In this list and inside the options below, `None` is a value that the caller set and that is
    /// not well-formed.
    by: Vec<Option<Slug>>,
    to: Vec<Slug>,
    made: Option<Option<Date>>,
    obligation: Option<Obligation>,
    identifiers: Vec<Identifier>,
    language: Option<Language>,
    titles: BTreeMap<Language, Title>,
    words: Option<Option<Words>>,
    words_language: Option<Language>,
    translations: BTreeMap<Language, Note>,
    deadline: Option<Deadline>,
    topics: Vec<Slug>,
    part_of: Option<Slug>,
    opening: Option<Opening>,
    responsible: Vec<Responsible>,
    rules: BTreeMap<Slug, ClockRule>,
    target: Option<Target>,
    errors: Vec<Error>,
}

impl Commitment {
    /// Starts a commitment from its id and its title.
    ///
    /// It also needs a procedure, at least one party and the date on which it was made; and the
    /// obligation and the words, unless it is a matter without a promise, such as a bill.
    ///
    /// ```
    /// use servanda_core::{Commitment, Obligation, builtin};
    ///
    /// let tpp = Commitment::builder("jp/tpp", "Participation in the Trans-Pacific Partnership")
    ///     .procedure(builtin::trade_agreement())
    ///     .by("jp")
    ///     .to("us")
    ///     .made("2013-01-18")
    ///     .obligation(Obligation::Consideration)
    ///     .words(
    ///         "will consider",
    ///         (
    ///             "U.S. - Japan Alliance Remains Cornerstone",
    ///             "https://editorials.voa.gov/amp/us-japan-alliance-remains-cornerstone/1590413.html",
    ///         ),
    ///     )
    ///     .build()?;
    /// assert_eq!(tpp.procedure.id.as_str(), "trade-agreement");
    ///
    /// let refused = Commitment::builder("jp/tpp", "").made("2013-01-32").build().unwrap_err();
    /// assert_eq!(refused.code(), "several-errors");
    /// # Ok::<(), servanda_core::Error>(())
    /// ```
    #[must_use]
    pub fn builder(id: impl AsRef<str>, title: impl AsRef<str>) -> CommitmentBuilder {
        let mut builder = CommitmentBuilder {
            id: None,
            title: None,
            procedure: None,
            by: Vec::new(),
            to: Vec::new(),
            made: None,
            obligation: None,
            identifiers: Vec::new(),
            language: None,
            titles: BTreeMap::new(),
            words: None,
            words_language: None,
            translations: BTreeMap::new(),
            deadline: None,
            topics: Vec::new(),
            part_of: None,
            opening: None,
            responsible: Vec::new(),
            rules: BTreeMap::new(),
            target: None,
            errors: Vec::new(),
        };
        builder.id = builder.parsed(id.as_ref().parse());
        builder.title = builder.parsed(title.as_ref().parse());
        builder
    }
}

impl CommitmentBuilder {
    /// The value, or `None` after storing the error.
    fn parsed<T>(&mut self, value: Result<T, impl Into<Error>>) -> Option<T> {
        value.map_err(|error| self.errors.push(error.into())).ok()
    }

    /// Sets the procedure that the commitment goes through.
    ///
    /// Its definition is appended to the ledger with the first commitment that uses it.
    #[must_use]
    pub fn procedure(mut self, procedure: &Procedure) -> Self {
        self.procedure = Some((procedure.reference(), CarriedProcedure::new(procedure)));
        self
    }

    /// Sets the procedure by reference. The ledger must have the procedure, unless it is built in.
    #[must_use]
    pub fn procedure_ref(mut self, procedure: ProcedureRef) -> Self {
        self.procedure = Some((procedure, CarriedProcedure::default()));
        self
    }

    /// Adds a party that commits.
    #[must_use]
    pub fn by(mut self, party: impl AsRef<str>) -> Self {
        let party = self.parsed(party.as_ref().parse());
        self.by.push(party);
        self
    }

    /// Adds a party to whom the commitment is made.
    #[must_use]
    pub fn to(mut self, party: impl AsRef<str>) -> Self {
        let party = self.parsed(party.as_ref().parse());
        self.to.extend(party);
        self
    }

    /// Sets the date on which the commitment was made, as precisely as known.
    #[must_use]
    pub fn made(mut self, date: impl TryInto<Date, Error: Into<Error>>) -> Self {
        self.made = Some(self.parsed(date.try_into()));
        self
    }

    /// Sets the legal weight of the words.
    #[must_use]
    pub fn obligation(mut self, obligation: Obligation) -> Self {
        self.obligation = Some(obligation);
        self
    }

    /// Sets the exact words and their source: a [`Source`], or its title and address.
    #[must_use]
    pub fn words(mut self, text: impl AsRef<str>, source: impl TryInto<Source, Error: Into<Error>>) -> Self {
        let (text, source) = (self.parsed(text.as_ref().parse()), self.parsed(source.try_into()));
        self.words = Some(text.zip(source).map(|(text, source)| Words {
            language: None,
            source,
            text,
            translations: BTreeMap::new(),
        }));
        self
    }

    /// Sets the language of the words.
    #[must_use]
    pub fn words_language(mut self, language: impl AsRef<str>) -> Self {
        self.words_language = self.parsed(language.as_ref().parse());
        self
    }

    /// Adds a translation of the words.
    #[must_use]
    pub fn translation(mut self, language: impl AsRef<str>, text: impl AsRef<str>) -> Self {
        let translation = self.parsed(language.as_ref().parse()).zip(self.parsed(text.as_ref().parse()));
        self.translations.extend(translation);
        self
    }

    /// Adds an identifier of the commitment in another system.
    #[must_use]
    pub fn identifier(mut self, scheme: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        let (scheme, value) = (self.parsed(scheme.as_ref().parse()), self.parsed(value.as_ref().parse()));
        self.identifiers.extend(scheme.zip(value).map(|(scheme, value)| Identifier { scheme, value }));
        self
    }

    /// Sets the language of the title.
    #[must_use]
    pub fn language(mut self, language: impl AsRef<str>) -> Self {
        self.language = self.parsed(language.as_ref().parse());
        self
    }

    /// Adds the title in another language.
    #[must_use]
    pub fn title_in(mut self, language: impl AsRef<str>, title: impl AsRef<str>) -> Self {
        let title = self.parsed(language.as_ref().parse()).zip(self.parsed(title.as_ref().parse()));
        self.titles.extend(title);
        self
    }

    /// Sets the deadline: a day, a month or a year.
    #[must_use]
    pub fn deadline(mut self, deadline: impl TryInto<Deadline, Error: Into<Error>>) -> Self {
        self.deadline = self.parsed(deadline.try_into());
        self
    }

    /// Adds a topic.
    #[must_use]
    pub fn topic(mut self, topic: impl AsRef<str>) -> Self {
        let topic = self.parsed(topic.as_ref().parse());
        self.topics.extend(topic);
        self
    }

    /// Sets the larger commitment that this one is part of.
    #[must_use]
    pub fn part_of(mut self, whole: impl AsRef<str>) -> Self {
        self.part_of = self.parsed(whole.as_ref().parse());
        self
    }

    /// Adds a body that is responsible from the day on which the commitment was made.
    #[must_use]
    pub fn responsible(mut self, body: impl AsRef<str>) -> Self {
        let body = self.parsed(body.as_ref().parse());
        self.responsible.extend(body.map(Responsible::new));
        self
    }

    /// Adds a body that is responsible in a role, such as `lead`.
    #[must_use]
    pub fn responsible_as(mut self, body: impl AsRef<str>, role: impl AsRef<str>) -> Self {
        let named = self.parsed(body.as_ref().parse()).zip(self.parsed(role.as_ref().parse()));
        self.responsible.extend(named.map(|(body, role)| Responsible { body, role: Some(role) }));
        self
    }

    /// Sets the target, in numbers: a value and its unit, such as `1000` and `homes`.
    #[must_use]
    pub fn target(mut self, value: impl TryInto<Decimal, Error: Into<Error>>, unit: impl AsRef<str>) -> Self {
        let named = self.parsed(value.try_into()).zip(self.parsed(unit.as_ref().parse()));
        self.target = named.map(|(value, unit)| Target::new(value, unit)).or(self.target);
        self
    }

    /// Sets the target, in numbers, and the date by which it should be reached.
    #[must_use]
    pub fn target_by(
        self,
        value: impl TryInto<Decimal, Error: Into<Error>>,
        unit: impl AsRef<str>,
        date: impl TryInto<Date, Error: Into<Error>>,
    ) -> Self {
        let mut built = self.target(value, unit);
        let date = built.parsed(date.try_into());
        if let Some(target) = &mut built.target {
            target.date = date;
        }
        built
    }

    /// Sets the status and the date at which the history opens. The date may be earlier than the
    /// day on which the commitment was made.
    #[must_use]
    pub fn opening(
        mut self,
        status: impl AsRef<str>,
        on: impl TryInto<Date, Error: Into<Error>>,
        sources: impl IntoIterator<Item = Source>,
    ) -> Self {
        let (status, on) = (self.parsed(status.as_ref().parse()), self.parsed(on.try_into()));
        self.opening = status.zip(on).map(|(status, on)| Opening {
            clocks_not_started: Vec::new(),
            clocks_started: BTreeMap::new(),
            note: None,
            on,
            sources: sources.into_iter().collect(),
            status,
        });
        self
    }

    /// Adds a note on the opening.
    #[must_use]
    pub fn opening_note(mut self, note: impl AsRef<str>) -> Self {
        let note = self.parsed(note.as_ref().parse());
        if let Some(opening) = &mut self.opening {
            opening.note = note;
        }
        self
    }

    /// Sets the date on which a clock started before the opening.
    #[must_use]
    pub fn clock_started(mut self, clock: impl AsRef<str>, on: impl TryInto<Date, Error: Into<Error>>) -> Self {
        let started = self.parsed(clock.as_ref().parse()).zip(self.parsed(on.try_into()));
        if let Some(opening) = &mut self.opening {
            opening.clocks_started.extend(started);
        }
        self
    }

    /// Says that a clock had not started before the opening, although the procedure allows it.
    #[must_use]
    pub fn clock_not_started(mut self, clock: impl AsRef<str>) -> Self {
        let clock = self.parsed(clock.as_ref().parse());
        if let Some(opening) = &mut self.opening {
            opening.clocks_not_started.extend(clock);
        }
        self
    }

    /// Sets the commitment's own rule for one clock of the procedure.
    #[must_use]
    pub fn rule(mut self, clock: impl AsRef<str>, rule: impl Into<ClockRule>) -> Self {
        let clock = self.parsed(clock.as_ref().parse());
        self.rules.extend(clock.map(|clock| (clock, rule.into())));
        self
    }

    /// Builds the commitment.
    ///
    /// # Errors
    ///
    /// Everything that is missing or not well-formed: a single error, or `several-errors` with all
    /// of them.
    pub fn build(mut self) -> Result<Commitment> {
        let mut missing = |is_there: bool, field: &str, remedy: &str| {
            if !is_there {
                let reason = format!("it is missing; {remedy}");
                self.errors.push(Error::InvalidField { field: field.to_owned(), reason });
            }
        };
        missing(self.procedure.is_some(), "procedure", "name the procedure that the commitment goes through");
        missing(!self.by.is_empty(), "by", "name at least one party that commits");
        missing(self.made.is_some(), "made", "give the date on which the promise was made");
        missing(
            self.obligation.is_some() || self.words.is_none(),
            "obligation",
            "say whether it is result, conduct, consideration or position, or leave out the words as well",
        );
        let has_translations = self.words_language.is_some() || !self.translations.is_empty();
        missing(
            self.words.is_some() || !has_translations,
            "words",
            "give the exact words with their source, or leave out their language and translations as well",
        );
        missing(
            self.words.is_some() || self.obligation.is_none(),
            "words",
            "give the exact words with their source, or leave out the obligation as well",
        );
        if let (Some(id), Some(deadline), Some(Some(made))) = (&self.id, self.deadline, self.made)
            && deadline.date().last_day() < made.first_day()
        {
            self.errors.push(Error::DeadlineBeforeMade { commitment: id.clone(), deadline, made });
        }
        let Self { id, title, procedure, made, obligation, words, errors, .. } = self;
        match (id, title, procedure, made.flatten()) {
            (Some(id), Some(title), Some((procedure, carried)), Some(made)) if errors.is_empty() => Ok(Commitment {
                by: self.by.into_iter().flatten().collect(),
                carried,
                deadline: self.deadline,
                id,
                identifiers: self.identifiers,
                language: self.language,
                made,
                obligation,
                opening: self.opening,
                part_of: self.part_of,
                procedure,
                responsible: self.responsible,
                rules: self.rules,
                target: self.target,
                title,
                titles: self.titles,
                to: self.to,
                topics: self.topics,
                words: words.flatten().map(|words| Words {
                    language: self.words_language,
                    translations: self.translations,
                    ..words
                }),
            }),
            _ => Err(Error::all(errors)),
        }
    }
}

impl From<CommitmentBuilder> for Batch {
    fn from(builder: CommitmentBuilder) -> Self {
        match builder.build() {
            Ok(commitment) => commitment.into(),
            Err(error) => Err(error).into(),
        }
    }
}
