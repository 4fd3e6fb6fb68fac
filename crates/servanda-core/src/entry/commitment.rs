//! Commitments: what was promised, by whom, and in which words.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::Error;
use crate::entry::ClockRule;
use crate::procedure::{Procedure, ProcedureRef};
use crate::value::{Date, Deadline, Decimal, Identifier, Language, Note, Slug, Source, Title, present};

/// One thing that a party said it would do, with the exact words, their source and the procedure it
/// goes through.
///
/// Use [`Commitment::builder`] to create one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Commitment {
    /// The parties that commit; at least one.
    pub by: Vec<Slug>,
    /// The deadline, if the words name a day, a month or a year.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Deadline>,
    /// The id, such as `jp/hague-convention`. In the line format this is the member `commitment` of
    /// the entry.
    #[serde(skip, default = "no_id")]
    pub id: Slug,
    /// Identifiers of the commitment in other systems, such as the ids of an earlier tracker. The
    /// commitment can be found by each of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub identifiers: Vec<Identifier>,
    /// The language of `title`.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// The date on which the commitment was made, as precisely as known.
    pub made: Date,
    /// The legal weight of the words used. A matter without a promise has none, and no words.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub obligation: Option<Obligation>,
    /// The status and the day at which the history begins. Without this field, it begins with the
    /// initial status of the procedure, on the day on which the commitment was made.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub opening: Option<Opening>,
    /// The larger commitment that this one is part of. The ledger must have it when this one is
    /// registered. It can be retracted or registered again later, because the standing of a part
    /// does not depend on it.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub part_of: Option<Slug>,
    /// The procedure that the commitment goes through: id, version and digest.
    pub procedure: ProcedureRef,
    /// The bodies that are responsible from the day on which the commitment was made. Later facts
    /// assign others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub responsible: Vec<Responsible>,
    /// The rules that the commitment sets for clocks of its procedure, by the id of the clock.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub rules: BTreeMap<Slug, ClockRule>,
    /// The target, in numbers, if the words name it. The verdict does not depend on it.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub target: Option<Target>,
    /// The title of the commitment: what it is about.
    pub title: Title,
    /// The title in other languages.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub titles: BTreeMap<Language, Title>,
    /// The parties to whom the commitment is made.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<Slug>,
    /// The topics under which the commitment can be found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<Slug>,
    /// The exact words used, with their source. A matter without a promise, such as a bill, has
    /// none, and no obligation. It has a status, but no verdict.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub words: Option<Words>,
    #[serde(skip)]
    pub(crate) carried: CarriedProcedure,
}

impl Commitment {
    /// The same commitment, carrying the definition of its procedure to the ledger.
    pub(crate) fn carrying(mut self, procedure: &Procedure) -> Self {
        self.carried = CarriedProcedure::new(procedure);
        self
    }

    /// The definition of the procedure, if the commitment was built with one.
    pub(crate) fn carried_procedure(&self) -> Option<&Procedure> {
        self.carried.0.as_deref()
    }
}

/// The definition of a commitment's procedure, which is appended together with it. It is not part
/// of the commitment and does not affect equality.
#[derive(Clone, Debug, Default)]
pub(crate) struct CarriedProcedure(Option<Arc<Procedure>>);

impl CarriedProcedure {
    pub(crate) fn new(procedure: &Procedure) -> Self {
        Self(Some(Arc::new(procedure.clone())))
    }
}

impl PartialEq for CarriedProcedure {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for CarriedProcedure {}

/// A placeholder for the id while a commitment is being read. The entry's own member `commitment`
/// then replaces it.
fn no_id() -> Slug {
    Slug::from_static("unnamed")
}

/// The exact words of a commitment, with their source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Words {
    /// The language of the words.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// The source in which the words can be read.
    pub source: Source,
    /// The exact words.
    pub text: Note,
    /// The words in other languages.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub translations: BTreeMap<Language, Note>,
}

impl Words {
    /// Creates words from their exact text and the source that contains it.
    ///
    /// # Errors
    ///
    /// `invalid-note` if the text is not a valid note.
    pub fn new(text: &str, source: Source) -> Result<Self, Error> {
        Ok(Self { language: None, source, text: text.parse()?, translations: BTreeMap::new() })
    }

    /// Returns the same words with their language.
    #[must_use]
    pub fn in_language(mut self, language: Language) -> Self {
        self.language = Some(language);
        self
    }

    /// Returns the same words with a translation.
    #[must_use]
    pub fn translated(mut self, language: Language, text: Note) -> Self {
        self.translations.insert(language, text);
        self
    }
}

/// A body that is responsible for carrying a commitment out, which need not be the party that made
/// it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Responsible {
    /// The body, such as a ministry.
    pub body: Slug,
    /// The role of the body, such as `lead` or `supporting`.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub role: Option<Slug>,
}

impl Responsible {
    /// Creates a responsible body without a role.
    #[must_use]
    pub fn new(body: Slug) -> Self {
        Self { body, role: None }
    }
}

/// The target, in numbers, such as 1000 homes by the end of 2015.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Target {
    /// The date by which it should be reached, if the words name one. Unlike a deadline, it decides
    /// nothing.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// The unit of the value and of every measurement, such as `homes`.
    pub unit: Title,
    /// The value, as an exact decimal number.
    pub value: Decimal,
}

impl Target {
    /// Creates a target without a date.
    #[must_use]
    pub fn new(value: Decimal, unit: Title) -> Self {
        Self { date: None, unit, value }
    }
}

/// The status at which the history of a commitment opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Opening {
    /// The clocks that had not started before the opening, although the procedure allows it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clocks_not_started: Vec<Slug>,
    /// The dates on which clocks started before the opening, by the ids of the clocks.
    ///
    /// A clock that may have started and is named in neither field leaves the status unknown until
    /// it must have fired.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub clocks_started: BTreeMap<Slug, Date>,
    /// A note.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
    /// The date since which the commitment had this status.
    pub on: Date,
    /// The sources that serve as evidence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
    /// The status at which the history opens.
    pub status: Slug,
}

/// The parts of a registration on which the timeline and the verdict depend.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct RegisteredTerms {
    pub(crate) by: Vec<Slug>,
    pub(crate) deadline: Option<Deadline>,
    pub(crate) made: Date,
    pub(crate) obligation: Option<Obligation>,
    pub(crate) opening: Option<Opening>,
    pub(crate) part_of: Option<Slug>,
    pub(crate) procedure: ProcedureRef,
    #[serde(default)]
    pub(crate) rules: BTreeMap<Slug, ClockRule>,
}

impl RegisteredTerms {
    /// The status and the date at which the history opens.
    pub(crate) fn opens<'a>(&'a self, procedure: &'a Procedure) -> (&'a Slug, Date) {
        match &self.opening {
            Some(opening) => (&opening.status, opening.on),
            None => (&procedure.initial, self.made),
        }
    }
}

/// The legal weight of the words. It decides what keeps the commitment: see
/// [`Verdict`](crate::Verdict).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Obligation {
    /// To bring something about: "will", "shall".
    Result,
    /// To strive for something: "will work toward", "will support".
    Conduct,
    /// To decide on something, either way: "will consider".
    Consideration,
    /// To hold a view: "reiterates that".
    Position,
}

impl Obligation {
    /// All obligations.
    pub const ALL: [Self; 4] = [Self::Result, Self::Conduct, Self::Consideration, Self::Position];

    /// The word for the obligation, as in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Result => "result",
            Self::Conduct => "conduct",
            Self::Consideration => "consideration",
            Self::Position => "position",
        }
    }
}
word!(Obligation);
