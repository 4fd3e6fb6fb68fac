//! Answers the question "What can happen next?".

use std::collections::BTreeMap;

use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

use crate::procedure::Phase;
use crate::value::{Date, Day, Language, Moment, Slug, Title};
use crate::view::{FutureEvent, NextStep, PossibleStep, RunningClock, Standing, View};
use crate::{Error, Result};

/// The possible next steps and the running clocks of one commitment: the part of a [`Standing`]
/// that looks ahead.
///
/// Fields are in alphabetical order, as in JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Outlook {
    /// The day by which an entry must have been published to count. JSON leaves it out if every
    /// known entry counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_published: Option<Day>,
    /// The answer about one step, if the caller asked about one.
    pub asked: Option<Asked>,
    /// The clocks that fire if nothing more is recorded, one after the other.
    pub clocks: Vec<RunningClock>,
    /// The commitment.
    pub commitment: Slug,
    /// The events that were recorded in advance for dates after the day of the view, sorted by
    /// date. JSON leaves them out if there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub future: Vec<FutureEvent>,
    /// The moment of the view; `None` if every entry on the ledger counts.
    pub known_at: Option<Moment>,
    /// The steps that may have been taken by the day of the view, because their dates are
    /// imprecise.
    pub may_have: Vec<PossibleStep>,
    /// The steps that can be taken from the present status.
    pub next: Vec<NextStep>,
    /// The day of the view.
    pub on: Day,
    /// The phase; `None` if it is unknown.
    pub phase: Option<Phase>,
    /// Whether the status is presumed: inferred from the absence of an entry, and not confirmed.
    pub presumed: bool,
    /// Why the status is `None`, if it is.
    pub reason: Option<String>,
    /// The date of the step to the present status, as precisely as known.
    pub since: Option<Date>,
    /// The status; `None` if it is unknown.
    pub status: Option<Slug>,
    /// The name of the status, by language.
    pub status_title: Option<BTreeMap<Language, Title>>,
    /// The title of the commitment: what it is about.
    pub title: Title,
}

impl From<Standing> for Outlook {
    fn from(standing: Standing) -> Self {
        Self {
            asked: None,
            as_published: standing.as_published,
            clocks: standing.clocks,
            commitment: standing.commitment,
            future: standing.future,
            known_at: standing.known_at,
            may_have: standing.may_have,
            next: standing.next,
            on: standing.on,
            phase: standing.phase,
            presumed: standing.presumed,
            // The reason of a standing can also explain an absent verdict, which an outlook does
            // not have.
            reason: standing.reason.filter(|_| standing.status.is_none()),
            since: standing.since,
            status: standing.status,
            status_title: standing.status_title,
            title: standing.title,
        }
    }
}

impl View<'_> {
    /// Returns what can happen next to a commitment.
    ///
    /// # Errors
    ///
    /// `unknown-commitment` if the view has no registration of this commitment.
    pub fn outlook(&self, commitment: impl AsRef<str>) -> Result<Outlook> {
        self.standing(commitment).map(Outlook::from)
    }

    /// Returns what can happen next to a commitment, and whether it can go to the status `to`.
    ///
    /// # Errors
    ///
    /// `unknown-commitment` if the view has no registration of this commitment; `invalid-slug` if
    /// the status is not well-formed.
    pub fn outlook_of(&self, commitment: impl AsRef<str>, to: impl AsRef<str>) -> Result<Outlook> {
        let (commitment, to) = (commitment.as_ref(), to.as_ref().parse::<Slug>()?);
        let refused = self.why_not(commitment, to.as_str())?;
        Ok(Outlook { asked: Some(Asked { refused, to }), ..self.outlook(commitment)? })
    }
}

/// Whether one step is possible, as [`View::why_not`](crate::View::why_not) answers.
///
/// In JSON, `code` and `text` come from the error, and are null if the step is possible.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Asked {
    /// The error that explains why the step is not possible; `None` if it is possible.
    pub refused: Option<Error>,
    /// The status that the step leads to.
    pub to: Slug,
}

impl Serialize for Asked {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut asked = serializer.serialize_struct("Asked", 4)?;
        asked.serialize_field("code", &self.refused.as_ref().map(Error::code))?;
        asked.serialize_field("possible", &self.refused.is_none())?;
        asked.serialize_field("text", &self.refused.as_ref().map(Error::to_string))?;
        asked.serialize_field("to", &self.to)?;
        asked.end()
    }
}
