//! The definition of a procedure: its statuses, transitions and clocks.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::procedure::{ProcedureRef, Rule};
use crate::value::json::to_json;
use crate::value::{Digest, Language, Note, Slug, Source, Title, is_false};

/// A declarative state machine with a version.
///
/// It consists of statuses, transitions and clocks. Each transition and each clock states its legal
/// basis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Procedure {
    /// The steps that the law takes by itself.
    ///
    /// If several clocks are due at the same time, the one that is declared first fires.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clocks: Vec<Clock>,
    /// The id, such as `diet-treaty-approval`.
    pub id: Slug,
    /// The status in which a commitment starts, unless its registration states another one.
    pub initial: Slug,
    /// The publications of the law that the procedure is based on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<Source>,
    /// The statuses that a commitment can have.
    pub statuses: Vec<Status>,
    /// The title, by language.
    pub title: BTreeMap<Language, Title>,
    /// The steps that a party can take.
    pub transitions: Vec<Transition>,
    /// The version, from 1. Every change to a procedure needs a new version.
    pub version: u32,
}

impl Procedure {
    /// Creates the first version of a procedure, without statuses, transitions and clocks.
    ///
    /// Set the other fields directly. The ledger checks them when the procedure is defined on it.
    #[must_use]
    pub fn new(id: Slug, initial: Slug) -> Self {
        Self {
            clocks: Vec::new(),
            id,
            initial,
            references: Vec::new(),
            statuses: Vec::new(),
            title: BTreeMap::new(),
            transitions: Vec::new(),
            version: 1,
        }
    }

    /// Returns the status with this id.
    #[must_use]
    pub fn status(&self, id: &str) -> Option<&Status> {
        self.statuses.iter().find(|status| status.id == *id)
    }

    /// Returns the transition from one status to another.
    #[must_use]
    pub fn transition(&self, from: &str, to: &str) -> Option<&Transition> {
        self.transitions.iter().find(|t| t.to == *to && t.from.iter().any(|status| status == from))
    }

    /// Returns the index of the status with this id.
    pub(crate) fn status_index(&self, id: &str) -> Option<u16> {
        let index = self.statuses.iter().position(|status| status.id == *id)?;
        u16::try_from(index).ok()
    }

    /// Returns the transition between the statuses with these indexes.
    pub(crate) fn transition_between(&self, from: u16, to: u16) -> Option<&Transition> {
        let status = |index: u16| self.statuses.get(usize::from(index));
        self.transition(status(from)?.id.as_str(), status(to)?.id.as_str())
    }

    /// Returns the transitions that lead out of a status.
    pub fn transitions_from<'a>(&'a self, from: &'a str) -> impl Iterator<Item = &'a Transition> {
        self.transitions.iter().filter(move |t| t.from.iter().any(|status| status == from))
    }

    /// Returns the clock with this id.
    #[must_use]
    pub fn clock(&self, id: &str) -> Option<&Clock> {
        self.clocks.iter().find(|clock| clock.id == *id)
    }

    /// Returns the ids of the calendars that the clocks use, sorted and without duplicates.
    #[must_use]
    pub fn calendars(&self) -> Vec<&Slug> {
        let mut calendars: Vec<_> = self.clocks.iter().filter_map(|clock| clock.rule.calendar()).collect();
        calendars.sort();
        calendars.dedup();
        calendars
    }

    /// Returns the ids of the parties that take steps, sorted and without duplicates.
    #[must_use]
    pub fn parties(&self) -> Vec<&Slug> {
        let mut parties: Vec<_> = self.transitions.iter().flat_map(|transition| &transition.taken_by).collect();
        parties.sort();
        parties.dedup();
        parties
    }

    /// Returns the canonical JSON of the procedure, from which its digest is computed.
    #[must_use]
    pub fn to_json(&self) -> String {
        to_json(self)
    }

    /// Returns the reference to this version: its id, version and digest.
    #[must_use]
    pub fn reference(&self) -> ProcedureRef {
        ProcedureRef { digest: Digest::of(self.to_json().as_bytes()), id: self.id.clone(), version: self.version }
    }
}

/// A status that a commitment can have in a procedure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Status {
    /// Whether the party that made the commitment has given up.
    #[serde(default, skip_serializing_if = "is_false")]
    pub abandoned: bool,
    /// Whether the body that had to consider the commitment has decided.
    #[serde(default, skip_serializing_if = "is_false")]
    pub decided: bool,
    /// The meaning of the status in this procedure, by language.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub description: BTreeMap<Language, Note>,
    /// Whether only *reopening* transitions lead out of the status.
    #[serde(default, rename = "final", skip_serializing_if = "is_false")]
    pub is_final: bool,
    /// The id, such as `submitted`.
    pub id: Slug,
    /// Whether the commitment is kept only in part. The phase is then `achieved`.
    #[serde(default, skip_serializing_if = "is_false")]
    pub partly: bool,
    /// The phase of the status.
    pub phase: Phase,
    /// The title, by language.
    pub title: BTreeMap<Language, Title>,
    /// Whether nobody has looked yet at what has been done. Only the initial status can say so.
    #[serde(default, skip_serializing_if = "is_false")]
    pub unrated: bool,
}

impl Status {
    /// Creates a status that has no title and is not final. Set the other fields directly.
    #[must_use]
    pub fn new(id: Slug, phase: Phase) -> Self {
        Self {
            abandoned: false,
            decided: false,
            description: BTreeMap::new(),
            is_final: false,
            id,
            partly: false,
            phase,
            title: BTreeMap::new(),
            unrated: false,
        }
    }
}

/// The stage of a status. All procedures have the same phases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// The work has not begun.
    Planned,
    /// The work is under way.
    Active,
    /// The work is held up.
    Stalled,
    /// The work is done.
    Achieved,
    /// The work has failed.
    Failed,
    /// Something else has replaced the work.
    Superseded,
}

impl Phase {
    /// All phases.
    pub const ALL: [Self; 6] =
        [Self::Planned, Self::Active, Self::Stalled, Self::Achieved, Self::Failed, Self::Superseded];

    /// The word for the phase, as in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Active => "active",
            Self::Stalled => "stalled",
            Self::Achieved => "achieved",
            Self::Failed => "failed",
            Self::Superseded => "superseded",
        }
    }
}
word!(Phase);

/// A step that the procedure allows a party to take.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Transition {
    /// The rule of law, or the practice, that allows the step.
    pub basis: Title,
    /// The statuses from which the step can be taken.
    pub from: Vec<Slug>,
    /// Whether the step reopens a final status.
    #[serde(default, skip_serializing_if = "is_false")]
    pub reopening: bool,
    /// The number of sources that the step must cite.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub sources: u32,
    /// The parties that can take the step. If the list is empty, any party can.
    ///
    /// If it is not empty, the entry must name one of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub taken_by: Vec<Slug>,
    /// The title, by language.
    pub title: BTreeMap<Language, Title>,
    /// The status to which the step leads.
    pub to: Slug,
}

impl Transition {
    /// Creates a transition without a title. Set the other fields directly.
    ///
    /// Any party can take the step, and it needs no source.
    #[must_use]
    pub fn new(from: Vec<Slug>, to: Slug, basis: Title) -> Self {
        Self { basis, from, reopening: false, sources: 0, taken_by: Vec::new(), title: BTreeMap::new(), to }
    }
}

/// A step that the law takes by itself when its day arrives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Clock {
    /// The rule of law by which the clock fires.
    pub basis: Title,
    /// The statuses that cancel the clock when the commitment reaches one of them after the start.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cancelled_by: Vec<Slug>,
    /// Whether the clock fires at the start or at the end of its day.
    pub fires: Edge,
    /// The id, such as `thirty-days`.
    pub id: Slug,
    /// Whether the step is presumed until it is confirmed.
    ///
    /// Such a step rests on the absence of an entry.
    #[serde(default, skip_serializing_if = "is_false")]
    pub presumed: bool,
    /// The rule that gives the day on which the clock fires.
    pub rule: Rule,
    /// The statuses that start the clock. The latest arrival at one of them counts.
    pub starts: Vec<Slug>,
    /// The title, by language.
    pub title: BTreeMap<Language, Title>,
    /// The status to which the step leads.
    pub to: Slug,
    /// The statuses during which the clock runs.
    #[serde(rename = "while")]
    pub during: Vec<Slug>,
}

impl Clock {
    /// Creates a clock without a title and without statuses in which it starts and runs.
    ///
    /// Set the other fields directly. A clock needs statuses in `starts` and `during` to run.
    #[must_use]
    pub fn new(id: Slug, to: Slug, rule: Rule, fires: Edge, basis: Title) -> Self {
        Self {
            basis,
            cancelled_by: Vec::new(),
            fires,
            id,
            presumed: false,
            rule,
            starts: Vec::new(),
            title: BTreeMap::new(),
            to,
            during: Vec::new(),
        }
    }
}

/// The part of a day at which a clock fires.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Edge {
    /// Before the recorded steps of the day, such as a lapse or an entry into force.
    Start,
    /// After the recorded steps of the day, such as the close of a session or a dissolution.
    End,
}

fn is_zero(count: &u32) -> bool {
    *count == 0
}
