//! Commitments: what was undertaken, by whom, in which words.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::Error;
use crate::entry::ClockRule;
use crate::procedure::{Procedure, ProcedureRef};
use crate::value::{Date, Day, Deadline, Note, Slug, Source, Title, present};

/// One undertaking: the exact words with their source, who gave them to whom, and the procedure it has to go through.
///
/// ```
/// use servanda_core::{Commitment, Day, Obligation, Source, Words, builtin};
///
/// let source = Source::new(
///     "U.S. - Japan Alliance Remains Cornerstone",
///     "https://editorials.voa.gov/amp/us-japan-alliance-remains-cornerstone/1590413.html",
/// )?;
/// let words = Words::new("will consider", source)?;
/// let made = Day::new(2013, 1, 18)?;
/// let tpp = Commitment::new("jp/tpp", "Participation in the Trans-Pacific Partnership", builtin::trade_agreement())?
///     .given("jp", made, Obligation::Consideration, words)?
///     .to("us")?;
/// assert_eq!(tpp.procedure.id.as_str(), "trade-agreement");
/// # Ok::<(), servanda_core::Error>(())
/// ```
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
}

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

impl Commitment {
    /// Starts to describe a commitment by its id, its title and the procedure it goes through; who gave which word on which
    /// day follows with [`Undertaking::given`].
    ///
    /// # Errors
    ///
    /// `invalid-slug` or `invalid-title`.
    #[expect(clippy::new_ret_no_self, reason = "a commitment is none without the word given, which follows")]
    pub fn new(id: &str, title: &str, procedure: &Procedure) -> Result<Undertaking, Error> {
        Ok(Undertaking { id: id.parse()?, title: title.parse()?, procedure: procedure.reference() })
    }

    /// The same commitment, by a further party.
    ///
    /// # Errors
    ///
    /// `invalid-slug`.
    pub fn with(mut self, party: &str) -> Result<Self, Error> {
        self.by.push(party.parse()?);
        Ok(self)
    }

    /// The same commitment, made to this party (too).
    ///
    /// # Errors
    ///
    /// `invalid-slug`.
    pub fn to(mut self, party: &str) -> Result<Self, Error> {
        self.to.push(party.parse()?);
        Ok(self)
    }

    /// The same commitment, to be found under this topic (too).
    ///
    /// # Errors
    ///
    /// `invalid-slug`.
    pub fn topic(mut self, topic: &str) -> Result<Self, Error> {
        self.topics.push(topic.parse()?);
        Ok(self)
    }

    /// The same commitment as one piece of a larger one.
    ///
    /// # Errors
    ///
    /// `invalid-slug`.
    pub fn part_of(mut self, whole: &str) -> Result<Self, Error> {
        self.part_of = Some(whole.parse()?);
        Ok(self)
    }

    /// The same commitment with a deadline.
    #[must_use]
    pub fn due(mut self, deadline: impl Into<Deadline>) -> Self {
        self.deadline = Some(deadline.into());
        self
    }

    /// The same commitment with a past: its history opens at `status` on `on`.
    #[must_use]
    pub fn opening_at(mut self, status: impl Into<Slug>, on: impl Into<Date>, sources: Vec<Source>) -> Self {
        self.opening = Some(Opening { note: None, on: on.into(), sources, status: status.into() });
        self
    }

    /// The same commitment with its own rule for one of the procedure's clocks.
    ///
    /// # Errors
    ///
    /// `invalid-slug`.
    pub fn rule(mut self, clock: &str, rule: ClockRule) -> Result<Self, Error> {
        self.rules.insert(clock.parse()?, rule);
        Ok(self)
    }
}

/// A commitment that is being described and still lacks the word given.
#[derive(Clone, Debug)]
pub struct Undertaking {
    id: Slug,
    title: Title,
    procedure: ProcedureRef,
}

impl Undertaking {
    /// The commitment: this word, of this weight, given by this party on this day.
    ///
    /// # Errors
    ///
    /// `invalid-slug`.
    pub fn given(self, by: &str, made: Day, obligation: Obligation, words: Words) -> Result<Commitment, Error> {
        Ok(Commitment {
            by: vec![by.parse()?],
            deadline: None,
            id: self.id,
            made,
            obligation,
            opening: None,
            part_of: None,
            procedure: self.procedure,
            rules: BTreeMap::new(),
            title: self.title,
            to: Vec::new(),
            topics: Vec::new(),
            words,
        })
    }
}
