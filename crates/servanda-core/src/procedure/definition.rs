//! What a procedure is made of.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::procedure::{ProcedureRef, Rule};
use crate::value::json::to_json;
use crate::value::{Digest, Language, Slug, Source, Title, is_false};

/// A declared, versioned state machine: statuses, transitions and clocks, each with its legal basis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Procedure {
    /// The steps the law takes by itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clocks: Vec<Clock>,
    /// Its id, such as `diet-treaty-approval`.
    pub id: Slug,
    /// The status in which a commitment starts, unless its registration opens at another.
    pub initial: Slug,
    /// Where the law it rests on can be read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<Source>,
    /// Where a commitment can be.
    pub statuses: Vec<Status>,
    /// What it is called, by language.
    pub title: BTreeMap<Language, Title>,
    /// The steps that somebody takes.
    pub transitions: Vec<Transition>,
    /// Its version, from 1. Any change to a procedure is a new version.
    pub version: u32,
}

impl Procedure {
    /// A procedure in which nothing can happen.
    pub(crate) fn nothing() -> Self {
        Self {
            clocks: Vec::new(),
            id: Slug::from_static("nothing"),
            initial: Slug::from_static("nothing"),
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

/// Where a commitment is in its procedure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// Whether the party that committed has given up.
    #[serde(default, skip_serializing_if = "is_false")]
    pub abandoned: bool,
    /// Whether the body that was to consider it has decided.
    #[serde(default, skip_serializing_if = "is_false")]
    pub decided: bool,
    /// Whether only a *reopening* transition leads out of it.
    #[serde(default, rename = "final", skip_serializing_if = "is_false")]
    pub is_final: bool,
    /// Its id, such as `submitted`.
    pub id: Slug,
    /// Its phase.
    pub phase: Phase,
    /// What it is called, by language.
    pub title: BTreeMap<Language, Title>,
}

/// What the statuses of all procedures have in common, so that a dashboard can mix them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// Nothing has begun.
    Planned,
    /// Under way.
    Active,
    /// BatchedEntry up.
    Stalled,
    /// Done.
    Achieved,
    /// Not done.
    Failed,
    /// Replaced by something else.
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

/// An allowed step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transition {
    /// The rule of law, or the practice, that allows it.
    pub basis: Title,
    /// The statuses it leads out of.
    pub from: Vec<Slug>,
    /// Whether it reopens what was final.
    #[serde(default, skip_serializing_if = "is_false")]
    pub reopening: bool,
    /// How many sources the step must cite.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub sources: u32,
    /// Who can take it. If any are named, the step must say which of them took it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub taken_by: Vec<Slug>,
    /// What it is called, by language.
    pub title: BTreeMap<Language, Title>,
    /// The status it leads to.
    pub to: Slug,
}

/// A step the law takes by itself when a day arrives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// The rule of law.
    pub basis: Title,
    /// Arriving at one of these statuses after the start stops it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cancelled_by: Vec<Slug>,
    /// At which end of its day it fires.
    pub fires: Edge,
    /// Its id, such as `thirty-days`.
    pub id: Slug,
    /// Whether it rests on the absence of an entry, so that its step is presumed until confirmed.
    #[serde(default, skip_serializing_if = "is_false")]
    pub presumed: bool,
    /// When it fires after its start.
    pub rule: Rule,
    /// Arriving at one of these statuses starts it; the latest arrival counts.
    pub starts: Vec<Slug>,
    /// What it is called, by language.
    pub title: BTreeMap<Language, Title>,
    /// The status it leads to.
    pub to: Slug,
    /// It runs while the commitment is at one of these statuses.
    #[serde(rename = "while")]
    pub during: Vec<Slug>,
}

/// The end of a day at which a clock fires.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Edge {
    /// Before the day's recorded steps: a lapse, an entry into force.
    Start,
    /// After the day's recorded steps: the close of a session, a dissolution.
    End,
}

fn is_zero(count: &u32) -> bool {
    *count == 0
}
