//! Commitments: what was undertaken, by whom, in which words.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::Error;
use crate::entry::ClockRule;
use crate::procedure::{Procedure, ProcedureRef};
use crate::value::{Date, Day, Deadline, Note, Slug, Source, Title, present};

/// One undertaking: the exact words with their source, who gave them to whom, and the procedure it has to go through.
///
/// [`Commitment::builder`] makes one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commitment {
    /// Who commits; at least one party.
    pub by: Vec<Slug>,
    /// By when, if a day, month or year was named.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Deadline>,
    /// Its id, such as `jp/hague-convention`. In the line format this is the entry's `commitment`.
    #[serde(skip, default = "no_id")]
    pub id: Slug,
    /// The day the word was given.
    pub made: Day,
    /// The legal weight of the words.
    pub obligation: Obligation,
    /// The status at which its history opens, if not at the procedure's initial status on the day it was made.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub opening: Option<Opening>,
    /// The commitment of which this is one piece. It has to be there when this one is registered, and can be retracted or registered
    /// anew later: where a part stands does not depend on it.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub part_of: Option<Slug>,
    /// The procedure it is pinned to.
    pub procedure: ProcedureRef,
    /// The rules of those of the procedure's clocks that leave their rule to the commitment, by the clock's id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub rules: BTreeMap<Slug, ClockRule>,
    /// What it is about.
    pub title: Title,
    /// To whom.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<Slug>,
    /// What it can be found under.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<Slug>,
    /// The words used, with their source.
    pub words: Words,
    #[serde(skip)]
    pub(crate) carried: CarriedProcedure,
}

impl Commitment {
    /// The same commitment, which brings the definition of its procedure into the ledger.
    pub(crate) fn carrying(mut self, procedure: &Procedure) -> Self {
        self.carried = CarriedProcedure::new(procedure);
        self
    }

    /// The definition of its procedure, if it was built with one.
    pub(crate) fn carried_procedure(&self) -> Option<&Procedure> {
        self.carried.0.as_deref()
    }
}

/// The definition of a commitment's procedure, which comes along into the ledger. It is no part of
/// the commitment, so two commitments are equal whatever they carry.
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

/// Stands in while a commitment is read, until the entry's own member `commitment` is put in its place.
fn no_id() -> Slug {
    Slug::from_static("unnamed")
}

/// The words of a commitment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// Where they can be read.
    pub source: Source,
    /// The words, exactly.
    pub text: Note,
}

impl Words {
    /// The words, exactly as they stand in the source.
    ///
    /// # Errors
    ///
    /// `invalid-note`.
    pub fn new(text: &str, source: Source) -> Result<Self, Error> {
        Ok(Self { source, text: text.parse()? })
    }
}

/// The status at which a commitment's history opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// A note on it.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
    /// Since when it stood there.
    pub on: Date,
    /// The evidence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
    /// The status.
    pub status: Slug,
}

/// Of a registration what its path and its verdict depend on.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct RegisteredTerms {
    pub(crate) by: Vec<Slug>,
    pub(crate) deadline: Option<Deadline>,
    pub(crate) made: Day,
    pub(crate) obligation: Obligation,
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
            None => (&procedure.initial, self.made.into()),
        }
    }
}

/// The legal weight of the words. It decides what counts as keeping them: see [`Verdict`](crate::Verdict).
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

    /// The word for it, as in JSON.
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
