//! What a procedure is made of.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::procedure::{ProcedureRef, Rule};
use crate::value::json::to_json;
use crate::value::{Digest, Language, Slug, Source, Title, is_false};

/// A declarative state machine with a version: statuses, transitions and clocks, each with its
/// legal basis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Procedure {
    /// The steps that the law takes by itself. If several are due at once, the first one fires.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clocks: Vec<Clock>,
    /// The id, such as `diet-treaty-approval`.
    pub id: Slug,
    /// The status in which a commitment starts, unless its registration opens at another.
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
    /// The version, from 1. Any change to a procedure makes a new version.
    pub version: u32,
}

impl Procedure {
    /// Creates the first version of a procedure, without statuses, transitions and clocks. Set the
    /// other fields directly; they are checked when the procedure is defined on a ledger.
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

    /// The status with this id.
    #[must_use]
    pub fn status(&self, id: &str) -> Option<&Status> {
        self.statuses.iter().find(|status| status.id == *id)
    }

    /// The transition from one status to another.
    #[must_use]
    pub fn transition(&self, from: &str, to: &str) -> Option<&Transition> {
        self.transitions.iter().find(|t| t.to == *to && t.from.iter().any(|status| status == from))
    }

    /// Which of the statuses has this id.
    pub(crate) fn status_index(&self, id: &str) -> Option<u16> {
        let index = self.statuses.iter().position(|status| status.id == *id)?;
        u16::try_from(index).ok()
    }

    /// The transition from one of the statuses to another.
    pub(crate) fn transition_between(&self, from: u16, to: u16) -> Option<&Transition> {
        let status = |index: u16| self.statuses.get(usize::from(index));
        self.transition(status(from)?.id.as_str(), status(to)?.id.as_str())
    }

    /// The transitions that a status has.
    pub fn transitions_from<'a>(&'a self, from: &'a str) -> impl Iterator<Item = &'a Transition> {
        self.transitions.iter().filter(move |t| t.from.iter().any(|status| status == from))
    }

    /// The clock with this id.
    #[must_use]
    pub fn clock(&self, id: &str) -> Option<&Clock> {
        self.clocks.iter().find(|clock| clock.id == *id)
    }

    /// The ids of the calendars that its clocks ask.
    #[must_use]
    pub fn calendars(&self) -> Vec<&Slug> {
        let mut calendars: Vec<_> = self.clocks.iter().filter_map(|clock| clock.rule.calendar()).collect();
        calendars.sort();
        calendars.dedup();
        calendars
    }

    /// Its canonical JSON, of which the digest is taken.
    #[must_use]
    pub fn to_json(&self) -> String {
        to_json(self)
    }

    /// Its id, version and digest.
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
    /// Whether only a *reopening* transition leads out of the status.
    #[serde(default, rename = "final", skip_serializing_if = "is_false")]
    pub is_final: bool,
    /// The id, such as `submitted`.
    pub id: Slug,
    /// The phase of the status.
    pub phase: Phase,
    /// The title, by language.
    pub title: BTreeMap<Language, Title>,
}

impl Status {
    /// Creates a status without a title, which is not final. Set the other fields directly.
    #[must_use]
    pub fn new(id: Slug, phase: Phase) -> Self {
        Self { abandoned: false, decided: false, is_final: false, id, phase, title: BTreeMap::new() }
    }
}

/// The stage of a status. All procedures have the same phases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// Nothing has begun.
    Planned,
    /// It is under way.
    Active,
    /// It is held up.
    Stalled,
    /// It is done.
    Achieved,
    /// It has failed.
    Failed,
    /// Something else has replaced it.
    Superseded,
}

impl Phase {
    /// All phases.
    pub const ALL: [Self; 6] =
        [Self::Planned, Self::Active, Self::Stalled, Self::Achieved, Self::Failed, Self::Superseded];

    /// The word for it, as in JSON.
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

/// A step that the procedure allows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Transition {
    /// The rule of law, or the practice, that allows the step.
    pub basis: Title,
    /// The statuses that it leads out of.
    pub from: Vec<Slug>,
    /// Whether it reopens a final status.
    #[serde(default, skip_serializing_if = "is_false")]
    pub reopening: bool,
    /// The number of sources that the step must cite.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub sources: u32,
    /// The parties that can take the step. If there are any, the entry must name one of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub taken_by: Vec<Slug>,
    /// The title, by language.
    pub title: BTreeMap<Language, Title>,
    /// The status that it leads to.
    pub to: Slug,
}

impl Transition {
    /// Creates a transition without a title, which any party can take and which needs no source.
    /// Set the other fields directly.
    #[must_use]
    pub fn new(from: Vec<Slug>, to: Slug, basis: Title) -> Self {
        Self { basis, from, reopening: false, sources: 0, taken_by: Vec::new(), title: BTreeMap::new(), to }
    }
}

/// A step that the law takes by itself when its day arrives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Clock {
    /// The rule of law.
    pub basis: Title,
    /// The statuses that stop the clock, if the commitment reaches one of them after the start.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cancelled_by: Vec<Slug>,
    /// Whether it fires at the start or at the end of its day.
    pub fires: Edge,
    /// The id, such as `thirty-days`.
    pub id: Slug,
    /// Whether the step rests on the absence of an entry, so that it is presumed until it is
    /// confirmed.
    #[serde(default, skip_serializing_if = "is_false")]
    pub presumed: bool,
    /// The rule that gives the day on which the clock fires.
    pub rule: Rule,
    /// The statuses that start the clock. The latest arrival at one of them counts.
    pub starts: Vec<Slug>,
    /// The title, by language.
    pub title: BTreeMap<Language, Title>,
    /// The status that it leads to.
    pub to: Slug,
    /// The statuses during which the clock runs.
    #[serde(rename = "while")]
    pub during: Vec<Slug>,
}

impl Clock {
    /// Creates a clock without a title and without statuses that start it or during which it runs.
    /// Set the other fields directly.
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
    /// Before the recorded steps of the day: a lapse, an entry into force.
    Start,
    /// After the recorded steps of the day: the close of a session, a dissolution.
    End,
}

fn is_zero(count: &u32) -> bool {
    *count == 0
}
