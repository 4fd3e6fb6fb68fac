//! The kinds of fact, one struct each. Fields are in alphabetical order, as they are written.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::Error;
use crate::entry::{Commitment, Kind, Party, Topic};
use crate::procedure::{Calendar, MAX_REFERENCES, Procedure, ProcedureRef};
use crate::value::{Date, Deadline, Decimal, EntryId, Identifier, Language, Note, Slug, Source, Title, present};

/// The content of an entry: one of the kinds of fact.
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
    /// Something happened that does not change the status.
    Remark(Remark),
    /// The record is complete to a day.
    Attest(Attest),
    /// A deadline was set or moved.
    Reschedule(Reschedule),
    /// A body became responsible.
    Assign(Assign),
    /// A body ceased to be responsible.
    Unassign(Unassign),
    /// Progress towards a target was measured.
    Measure(Measure),
    /// The commitment moves to another version of its procedure, or to another procedure.
    Repin(Repin),
    /// Titles, identifiers, topics or the wording of a note are improved.
    Amend(Amend),
    /// This commitment and another one are related, such as a bill and its successor.
    Link(Link),
    /// An entry was a mistake.
    Retract(Retract),
    /// The definition of a party, a procedure, a calendar or a topic.
    Define(Define),
    /// A kind of fact from a later version, which is kept but not understood.
    #[serde(skip)]
    Unknown {
        /// The name of the kind.
        kind: String,
    },
}

impl Fact {
    /// Returns the kinds of fact that this version knows, as in JSON.
    pub fn kinds() -> impl Iterator<Item = &'static str> {
        Kind::ALL.into_iter().map(Kind::as_str)
    }

    /// Returns the kind of fact, as in JSON.
    #[must_use]
    pub fn kind(&self) -> &str {
        match self {
            Self::Unknown { kind } => kind,
            known => Kind::from(known).as_str(),
        }
    }

    /// Returns the sources that the fact cites.
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
            | Self::Assign(Assign { sources, .. })
            | Self::Unassign(Unassign { sources, .. })
            | Self::Measure(Measure { sources, .. })
            | Self::Link(Link { sources, .. }) => sources,
            Self::Amend(_) | Self::Repin(_) | Self::Retract(_) | Self::Define(_) | Self::Unknown { .. } => &[],
        }
    }

    /// Returns the note, if there is one.
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
            | Self::Assign(Assign { note, .. })
            | Self::Unassign(Unassign { note, .. })
            | Self::Measure(Measure { note, .. })
            | Self::Amend(Amend { note, .. })
            | Self::Link(Link { note, .. }) => note.as_ref(),
            Self::Retract(Retract { reason, .. }) | Self::Repin(Repin { reason, .. }) => Some(reason),
            Self::Define(_) | Self::Unknown { .. } => None,
        }
    }

    /// Checks everything that the types of the fields do not. Whoever writes a fact calls this.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let problem = match self {
            // Its diagnostics name a remedy.
            Self::Define(Define::Procedure(procedure)) => {
                procedure.diagnostics().first().map(|(_, problem, remedy)| format!("{problem}; {remedy}"))
            }
            Self::Define(define) => define.fault(),
            _ => None,
        };
        self.check_names()?;
        match (problem, self) {
            (Some(reason), Self::Define(define)) => Err(define.faulty(reason)),
            _ => self.check_format(),
        }
    }

    /// Checks that each identifier is given once, and the title once in each language.
    fn check_names(&self) -> Result<(), Error> {
        let (identifiers, language, titles) = match self {
            Self::Register(commitment) => {
                (commitment.identifiers.as_slice(), &commitment.language, Some(&commitment.titles))
            }
            Self::Amend(amend) => {
                (amend.identifiers.as_deref().unwrap_or_default(), &amend.language, amend.titles.as_ref())
            }
            _ => return Ok(()),
        };
        let wrong = |field: String, reason: String| {
            Err(Error::InvalidField { field: format!("fact.{}.{field}", self.kind()), reason })
        };
        let mut seen = BTreeSet::new();
        for (index, identifier) in identifiers.iter().enumerate() {
            if !seen.insert(identifier) {
                let reason = format!("{identifier} is there twice; give it once");
                return wrong(format!("identifiers[{index}]"), reason);
            }
        }
        match language.as_ref().filter(|language| titles.is_some_and(|titles| titles.contains_key(*language))) {
            Some(language) => {
                let reason = format!("the title itself is in {language}; titles has it in other languages");
                wrong(format!("titles.{language}"), reason)
            }
            None => Ok(()),
        }
    }

    /// Checks the length of lists, and fields that depend on one another. A line of the format
    /// passes this.
    pub(crate) fn check_format(&self) -> Result<(), Error> {
        let at = |field: &str, reason: &str| {
            Err(Error::InvalidField { field: format!("fact.{}{field}", self.kind()), reason: reason.to_owned() })
        };
        let wrong = |field: &str, reason: &str| at(&format!(".{field}"), reason);
        if self.sources().len() > 100 {
            return wrong("sources", TOO_MANY_SOURCES);
        }
        match self {
            Self::Register(commitment) if commitment.by.is_empty() => wrong("by", "it names at least one party"),
            Self::Register(commitment) if commitment.words.is_none() && commitment.obligation.is_some() => {
                wrong("words", "it is missing; a commitment with an obligation has words")
            }
            Self::Register(commitment) if commitment.words.is_some() && commitment.obligation.is_none() => {
                wrong("obligation", "it is missing; a commitment with words has an obligation")
            }
            // The source of the words counts too.
            Self::Register(_) if self.sources().len() > 99 => wrong("opening.sources", TOO_MANY_SOURCES),
            Self::Register(commitment) if commitment.procedure.version == 0 => {
                wrong("procedure.version", "versions are numbered from 1")
            }
            Self::Register(commitment) => match bad_rule(commitment) {
                Some((clock, field, reason)) => wrong(&format!("rules.{clock}.{field}"), &reason),
                None => Ok(()),
            },
            Self::Repin(repin) if repin.procedure.version == 0 => {
                wrong("procedure.version", "versions are numbered from 1")
            }
            Self::Cite(cite) if cite.sources.is_empty() => wrong("sources", "it cites at least one source"),
            Self::Amend(amend) if amend.note.is_none() && amend.entry.is_some() => {
                wrong("note", "it is missing; the entry is named for the new wording of its note")
            }
            Self::Amend(amend) if amend.note.is_some() && amend.entry.is_none() => {
                wrong("entry", "it is missing; new wording of a note goes with the entry whose note it is")
            }
            Self::Amend(amend) if amend.changes_nothing() => {
                at("", "it changes titles, identifiers, topics, or the note of an entry")
            }
            Self::Define(Define::Party(party)) if party.names.is_empty() => {
                wrong("party.names", "it has at least one name")
            }
            Self::Define(Define::Topic(topic)) if topic.names.is_empty() => {
                wrong("topic.names", "it has at least one name")
            }
            Self::Define(Define::Procedure(procedure)) if procedure.references.len() > MAX_REFERENCES => {
                wrong("procedure.references", TOO_MANY_SOURCES)
            }
            Self::Define(define) => match define.format_fault() {
                Some(fault) => Err(define.faulty(fault.to_owned())),
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
        rule if rule.fault().is_some() => rule.fault().map(|(problem, _)| (clock, "rule", problem)),
        rule if rule.count() == Some(0) => Some((clock, "rule", "it counts from 1")),
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
#[non_exhaustive]
pub struct Advance {
    /// The party that took the step.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub by: Option<Slug>,
    /// A note.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
    /// The sources that serve as evidence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
    /// The status that the commitment goes to.
    pub to: Slug,
}

/// A party deposited its instrument of ratification, acceptance, approval or accession.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Deposit {
    /// The party that deposited the instrument.
    pub by: Slug,
    /// The kind of instrument, such as `ratification` or `acceptance`.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub instrument: Option<Slug>,
    /// A note.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
    /// The share of the party in the total that the treaty weighs, such as emissions.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub share: Option<Decimal>,
    /// The sources that serve as evidence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
}

/// Further sources for an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Cite {
    /// The entry that the sources support.
    pub entry: EntryId,
    /// A note on the sources.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
    /// The sources; at least one.
    pub sources: Vec<Source>,
}

/// Something happened that does not change the status, such as a referendum, a ruling or a
/// restatement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Remark {
    /// A note.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
    /// The sources that serve as evidence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
    /// A title that says what happened.
    pub title: Title,
}

/// The record of a commitment is complete to the day of the entry: anything that it does not
/// contain did not happen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Attest {
    /// A note.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
    /// The sources that serve as evidence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
}

/// A deadline was set or moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Reschedule {
    /// The new deadline.
    pub deadline: Deadline,
    /// A note.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
    /// The sources that serve as evidence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
}

/// A body became responsible for carrying a commitment out. The day of the entry is the first day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Assign {
    /// The body, such as a ministry.
    pub body: Slug,
    /// A note.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
    /// The role of the body, such as `lead` or `supporting`.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub role: Option<Slug>,
    /// The sources that serve as evidence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
    /// The first day on which the body is no longer responsible, if it is known in advance.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

/// A body ceased to be responsible. The day of the entry is the first day without it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Unassign {
    /// The body.
    pub body: Slug,
    /// A note.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
    /// The role that ends. Without this field, every role of the body ends.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub role: Option<Slug>,
    /// The sources that serve as evidence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
}

/// Progress towards the target of a commitment was measured. The day of the entry is the day of the
/// measurement, not that of its publication.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Measure {
    /// A note.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
    /// The sources that serve as evidence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
    /// The value, in the unit of the target.
    pub value: Decimal,
}

/// The commitment moves to another version of its procedure, or to another procedure. From then on
/// its whole history is judged by that procedure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Repin {
    /// The procedure: id, version and digest.
    pub procedure: ProcedureRef,
    /// The reason for the move.
    pub reason: Note,
    /// The statuses that have another name in the procedure: for each old name, the new one. The
    /// others keep their names.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub statuses: BTreeMap<Slug, Slug>,
}

/// Titles, identifiers, topics or the wording of a note are improved. The substance does not
/// change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Amend {
    /// The entry whose note is reworded.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub entry: Option<EntryId>,
    /// The new identifiers of the commitment in other systems, which replace all earlier ones.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub identifiers: Option<Vec<Identifier>>,
    /// The language of the title of the commitment.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// The new wording of the note.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
    /// The new title of the commitment.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub title: Option<Title>,
    /// The new titles in other languages, which replace all earlier ones.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub titles: Option<BTreeMap<Language, Title>>,
    /// The new topics of the commitment, which replace all earlier ones.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub topics: Option<Vec<Slug>>,
}

impl Amend {
    fn changes_nothing(&self) -> bool {
        let Self { entry: _, identifiers, language, note, title, titles, topics } = self;
        let texts = language.is_none() && note.is_none() && title.is_none() && titles.is_none();
        texts && identifiers.is_none() && topics.is_none()
    }
}

/// This commitment and another one are related, such as a bill and its successor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Link {
    /// A note.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
    /// The relation of the other commitment to this one.
    pub relation: Relation,
    /// The sources that serve as evidence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
    /// The other commitment.
    pub to: Slug,
}

/// How a commitment and the one that it links to are related.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// The linked commitment takes the place of this one.
    Successor,
    /// The two are related in some other way.
    Related,
    /// Both are records of the same commitment, and readers should use the linked one.
    DuplicateOf,
    /// This commitment takes the place of the linked one.
    Replaces,
    /// This commitment was a part of the linked one, and became a commitment of its own.
    SplitFrom,
    /// This commitment is continued in the linked one, together with others.
    MergedInto,
}

impl Relation {
    /// All relations.
    pub const ALL: [Self; 6] =
        [Self::Successor, Self::Related, Self::DuplicateOf, Self::Replaces, Self::SplitFrom, Self::MergedInto];

    /// The word for the relation, as in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Successor => "successor",
            Self::Related => "related",
            Self::DuplicateOf => "duplicate-of",
            Self::Replaces => "replaces",
            Self::SplitFrom => "split-from",
            Self::MergedInto => "merged-into",
        }
    }

    /// The relation in English, before the commitment that is linked to: `Split from jp/tpp`.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Successor => "Succeeded by",
            Self::Related => "Related to",
            Self::DuplicateOf => "Duplicate of",
            Self::Replaces => "Replaces",
            Self::SplitFrom => "Split from",
            Self::MergedInto => "Merged into",
        }
    }

    /// The relation in English as seen from the commitment that is linked to, before the one that
    /// links to it: `Split into jp/tpp`.
    #[must_use]
    pub fn inverse_label(self) -> &'static str {
        match self {
            Self::Successor => "Succeeds",
            Self::Related => "Related to",
            Self::DuplicateOf => "Duplicated by",
            Self::Replaces => "Replaced by",
            Self::SplitFrom => "Split into",
            Self::MergedInto => "Merged from",
        }
    }
}
word!(Relation);

/// An entry was a mistake. From then on it is left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Retract {
    /// The entry that was a mistake.
    pub entry: EntryId,
    /// The reason for the retraction.
    pub reason: Note,
}

/// The definition of a party, a procedure, a calendar or a topic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Define {
    /// A party. The latest known definition applies.
    Party(Party),
    /// A procedure. The first known definition of a version applies.
    Procedure(Procedure),
    /// A calendar. The known definition that covers the most days applies; among equal ones, the
    /// latest.
    Calendar(Calendar),
    /// A topic. The latest known definition applies.
    Topic(Topic),
}

impl Define {
    /// What the format does not allow in the definition, apart from the types of its fields.
    fn format_fault(&self) -> Option<&'static str> {
        match self {
            Self::Party(_) | Self::Topic(_) => None,
            Self::Procedure(procedure) => procedure.format_fault(),
            Self::Calendar(calendar) => calendar.format_fault(),
        }
    }

    /// The problem because of which the definition is not used, although its line is well-formed.
    pub(crate) fn fault(&self) -> Option<String> {
        match self {
            Self::Party(_) | Self::Topic(_) => None,
            Self::Procedure(procedure) => procedure.fault(),
            Self::Calendar(calendar) => calendar.fault(),
        }
    }

    /// The error for a problem with the definition.
    pub(crate) fn faulty(&self, reason: String) -> Error {
        let what = match self {
            Self::Party(_) => "party",
            Self::Procedure(_) => "procedure",
            Self::Calendar(_) => "calendar",
            Self::Topic(_) => "topic",
        };
        Error::InvalidField { field: format!("fact.define.{what}"), reason }
    }
}

/// Implements the conversion of each kind of fact into a [`Fact`].
macro_rules! into_fact {
    ($($kind:ident),*) => {$(
        impl From<$kind> for Fact {
            fn from(fact: $kind) -> Self {
                Self::$kind(fact)
            }
        }
    )*};
}
into_fact!(
    Advance, Deposit, Cite, Remark, Attest, Reschedule, Assign, Unassign, Measure, Repin, Amend, Link, Retract, Define
);

impl From<Commitment> for Fact {
    fn from(commitment: Commitment) -> Self {
        Self::Register(Box::new(commitment))
    }
}
