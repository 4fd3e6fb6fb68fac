//! The kinds of fact, one struct each. Fields stand in alphabetical order, as they are written.

use serde::{Deserialize, Serialize};

use crate::Error;
use crate::entry::{Commitment, Kind, Party};
use crate::procedure::{Calendar, MAX_REFERENCES, Procedure};
use crate::value::{Deadline, Decimal, EntryId, Note, Slug, Source, Title, present};

/// What an entry says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fact {
    /// A commitment was made.
    Register(Box<Commitment>),
    /// A step was taken.
    Advance(Advance),
    /// A party deposited an instrument.
    Deposit(Deposit),
    /// Further sources for an entry.
    Cite(Cite),
    /// Something happened that moves nothing.
    Remark(Remark),
    /// The record is complete to a day.
    Attest(Attest),
    /// A deadline was set or moved.
    Reschedule(Reschedule),
    /// A title, topics or the wording of a note are put better.
    Amend(Amend),
    /// Two commitments have to do with one another.
    Link(Link),
    /// An entry was a mistake.
    Retract(Retract),
    /// What a party, a procedure or a calendar is.
    Define(Define),
    /// A kind of fact from a later version, which is kept and not understood.
    #[serde(skip)]
    Unknown {
        /// Its kind.
        kind: String,
    },
}

impl Fact {
    /// The kind of fact, as in JSON.
    #[must_use]
    pub fn kind(&self) -> &str {
        match self {
            Self::Unknown { kind } => kind,
            known => Kind::from(known).as_str(),
        }
    }

    /// The sources it cites.
    #[must_use]
    pub fn sources(&self) -> &[Source] {
        match self {
            Self::Register(commitment) => commitment.opening.as_ref().map_or(&[], |opening| &opening.sources),
            Self::Advance(Advance { sources, .. })
            | Self::Deposit(Deposit { sources, .. })
            | Self::Cite(Cite { sources, .. })
            | Self::Remark(Remark { sources, .. })
            | Self::Attest(Attest { sources, .. })
            | Self::Reschedule(Reschedule { sources, .. })
            | Self::Link(Link { sources, .. }) => sources,
            Self::Amend(_) | Self::Retract(_) | Self::Define(_) | Self::Unknown { .. } => &[],
        }
    }

    /// The note on it.
    #[must_use]
    pub fn note(&self) -> Option<&Note> {
        match self {
            Self::Register(commitment) => commitment.opening.as_ref().and_then(|opening| opening.note.as_ref()),
            Self::Advance(Advance { note, .. })
            | Self::Deposit(Deposit { note, .. })
            | Self::Cite(Cite { note, .. })
            | Self::Remark(Remark { note, .. })
            | Self::Attest(Attest { note, .. })
            | Self::Reschedule(Reschedule { note, .. })
            | Self::Amend(Amend { note, .. })
            | Self::Link(Link { note, .. }) => note.as_ref(),
            Self::Retract(Retract { reason, .. }) => Some(reason),
            Self::Define(_) | Self::Unknown { .. } => None,
        }
    }

    /// Checks what the types of the fields do not: bounds on lists, and fields that go together.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let at = |field: &str, reason: &str| {
            Err(Error::InvalidField { field: format!("fact.{}{field}", self.kind()), reason: reason.to_owned() })
        };
        let wrong = |field: &str, reason: &str| at(&format!(".{field}"), reason);
        if self.sources().len() > 100 {
            return wrong("sources", TOO_MANY_SOURCES);
        }
        match self {
            Self::Register(commitment) if commitment.by.is_empty() => wrong("by", "it names at least one party"),
            // The source of the words counts too.
            Self::Register(_) if self.sources().len() > 99 => wrong("opening.sources", TOO_MANY_SOURCES),
            Self::Register(commitment) if commitment.procedure.version == 0 => {
                wrong("procedure.version", "versions are numbered from 1")
            }
            Self::Register(commitment) => match bad_rule(commitment) {
                Some((clock, field, reason)) => wrong(&format!("rules.{clock}.{field}"), &reason),
                None => Ok(()),
            },
            Self::Cite(cite) if cite.sources.is_empty() => wrong("sources", "it cites at least one source"),
            Self::Amend(amend) if amend.note.is_none() && amend.entry.is_some() => {
                wrong("note", "it is missing; the entry is named for the new wording of its note")
            }
            Self::Amend(amend) if amend.note.is_some() && amend.entry.is_none() => {
                wrong("entry", "it is missing; new wording of a note goes with the entry whose note it is")
            }
            Self::Amend(amend) if amend.note.is_none() && amend.title.is_none() && amend.topics.is_none() => {
                at("", "it changes the title, the topics, or the note of an entry")
            }
            Self::Define(Define::Party(party)) if party.names.is_empty() => {
                wrong("party.names", "it has at least one name")
            }
            Self::Define(Define::Procedure(procedure)) if procedure.references.len() > MAX_REFERENCES => {
                wrong("procedure.references", TOO_MANY_SOURCES)
            }
            Self::Define(Define::Procedure(procedure)) => match procedure.check().first() {
                Some(finding) => wrong("procedure", &finding.to_string()),
                None => Ok(()),
            },
            Self::Define(Define::Calendar(calendar)) => match calendar.fault() {
                Some(fault) => wrong("calendar", &fault),
                None => Ok(()),
            },
            _ => Ok(()),
        }
    }
}

const TOO_MANY_SOURCES: &str = "an entry cites at most 100 sources";

fn bad_rule(commitment: &Commitment) -> Option<(&Slug, &'static str, String)> {
    use crate::procedure::Rule;
    let plain = commitment.rules.iter().find_map(|(clock, given)| match &given.rule {
        Rule::SetByCommitment => Some((clock, "rule", "a rule given by a commitment is not itself `given`")),
        Rule::Days(counted) | Rule::FullDays(counted) if counted.count == 0 => {
            Some((clock, "rule", "it counts from 1"))
        }
        Rule::Months { count: 0 } | Rule::FirstOfMonth { count: 0 } => Some((clock, "rule", "it counts from 1")),
        _ if given.treaty.as_ref().is_some_and(|treaty| treaty.references.len() > MAX_REFERENCES) => {
            Some((clock, "treaty.references", TOO_MANY_SOURCES))
        }
        _ if given.deposits == Some(0) => Some((clock, "deposits", "it waits for at least one deposit")),
        _ => None,
    });
    let plain = plain.map(|(clock, field, reason)| (clock, field, reason.to_owned()));
    plain.or_else(|| commitment.rules.iter().find_map(|(clock, given)| Some((clock, "treaty", given.treaty_fault()?))))
}

/// A step was taken: the commitment went on to a status.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advance {
    /// Who took it.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub by: Option<Slug>,
    /// A note on it.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
    /// The evidence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
    /// The status.
    pub to: Slug,
}

/// A party deposited its instrument of ratification, acceptance, approval or accession.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deposit {
    /// The party.
    pub by: Slug,
    /// The kind of instrument, such as `ratification` or `acceptance`.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub instrument: Option<Slug>,
    /// A note on it.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
    /// The party's share of whatever total the treaty weighs, such as emissions.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub share: Option<Decimal>,
    /// The evidence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
}

/// Further sources for an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cite {
    /// The entry.
    pub entry: EntryId,
    /// A note on them.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
    /// The sources; at least one.
    pub sources: Vec<Source>,
}

/// Something happened that moves nothing: a referendum, a ruling, a restatement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// A note on it.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
    /// The evidence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
    /// What happened.
    pub title: Title,
}

/// The record of a commitment is complete to the entry's day: what it does not contain did not happen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attest {
    /// A note on it.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
    /// The evidence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
}

/// A deadline was set or moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reschedule {
    /// The new deadline.
    pub deadline: Deadline,
    /// A note on it.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
    /// The evidence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
}

/// A title, topics or the wording of a note are put better; nothing of substance changes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amend {
    /// The entry whose note is worded anew.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub entry: Option<EntryId>,
    /// The note's new wording.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
    /// The commitment's new title.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub title: Option<Title>,
    /// The commitment's new topics, in place of all it had.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub topics: Option<Vec<Slug>>,
}

/// Two commitments have to do with one another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// A note on it.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
    /// What the other is to this one.
    pub relation: Relation,
    /// The evidence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
    /// The other commitment.
    pub to: Slug,
}

/// What one commitment is to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// It took the other's place.
    Successor,
    /// It has to do with the other.
    Related,
}

impl Relation {
    /// All relations.
    pub const ALL: [Self; 2] = [Self::Successor, Self::Related];

    /// The word for it, as in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Successor => "successor",
            Self::Related => "related",
        }
    }
}
word!(Relation);

/// An entry was a mistake and is left out from here on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retract {
    /// The entry.
    pub entry: EntryId,
    /// Why.
    pub reason: Note,
}

/// What a party, a procedure or a calendar is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Define {
    /// A party; the latest definition known applies.
    Party(Party),
    /// A procedure; the first definition of a version holds.
    Procedure(Procedure),
    /// A calendar; of the definitions known the one that speaks of the most days applies, and among equals the latest.
    Calendar(Calendar),
}

/// Each kind of fact as a fact.
macro_rules! into_fact {
    ($($kind:ident),*) => {$(
        impl From<$kind> for Fact {
            fn from(fact: $kind) -> Self {
                Self::$kind(fact)
            }
        }
    )*};
}
into_fact!(Advance, Deposit, Cite, Remark, Attest, Reschedule, Amend, Link, Retract, Define);

impl From<Commitment> for Fact {
    fn from(commitment: Commitment) -> Self {
        Self::Register(Box::new(commitment))
    }
}
