//! Commitments: what was undertaken, by whom, in which words.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::Source;
use crate::entry_into_force::EntryIntoForce;
use crate::procedure::Rule;
use crate::value::{Date, Day, Deadline, Digest, Note, Slug, Title};
use crate::word::present;
use crate::{Error, Procedure};

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
    pub procedure: Pin,
    /// The rules of those of the procedure's clocks that leave their rule to the commitment, by the clock's id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub rules: BTreeMap<Slug, GivenRule>,
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

/// Which procedure exactly a commitment goes through: a later edition of the same version cannot take its place.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Pin {
    /// The digest of the procedure's canonical JSON.
    pub digest: Digest,
    /// The procedure's id.
    pub id: Slug,
    /// Its version.
    pub version: u32,
}

impl fmt::Display for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} version {}", self.id, self.version)
    }
}

/// A clock's rule as the commitment itself has it, such as a treaty's own article on its entry into force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenRule {
    /// Where the rule stands, such as an article of the treaty.
    pub basis: Title,
    /// How many parties must have deposited their instruments before the clock starts, on the day of the last of them. Without
    /// it the clock starts as the procedure says.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub deposits: Option<u32>,
    /// When the clock fires after its start.
    pub rule: Rule,
    /// The treaty's own article in full, of which `deposits` and `rule` are then the first alternative: with every condition, and
    /// the rule for parties that come later. The clock then fires when the treaty enters into force for the first of the
    /// parties that commit.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub treaty: Option<Box<EntryIntoForce>>,
}

/// The rules that a commitment gives, by the ids of the clocks, and whose deposit they turn on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Given {
    pub(crate) by: Vec<Slug>,
    pub(crate) rules: BTreeMap<Slug, GivenRule>,
}

/// Of a registration what its path and its verdict depend on.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Terms {
    pub(crate) by: Vec<Slug>,
    pub(crate) deadline: Option<Deadline>,
    pub(crate) made: Day,
    pub(crate) obligation: Obligation,
    pub(crate) opening: Option<Opening>,
    pub(crate) part_of: Option<Slug>,
    pub(crate) procedure: Pin,
    #[serde(default)]
    pub(crate) rules: BTreeMap<Slug, GivenRule>,
}

impl Terms {
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
        Ok(Undertaking { id: id.parse()?, title: title.parse()?, procedure: procedure.pin() })
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
    pub fn rule(mut self, clock: &str, rule: GivenRule) -> Result<Self, Error> {
        self.rules.insert(clock.parse()?, rule);
        Ok(self)
    }
}

/// A commitment that is being described and still lacks the word given.
#[derive(Clone, Debug)]
pub struct Undertaking {
    id: Slug,
    title: Title,
    procedure: Pin,
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
