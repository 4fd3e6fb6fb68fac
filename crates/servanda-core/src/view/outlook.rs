//! The answer to "what can happen next?".

use std::collections::BTreeMap;

use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

use crate::procedure::Phase;
use crate::value::{Day, Language, Moment, Slug, Title};
use crate::view::{NextStep, RunningClock, Standing, View};
use crate::{Error, Result};

/// What can happen next to one commitment: the part of a [`Standing`] that looks ahead. Fields stand in alphabetical order, as in
/// JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Outlook {
    /// The step that was asked about, if one was.
    pub asked: Option<Asked>,
    /// The clocks that run.
    pub clocks: Vec<RunningClock>,
    /// The commitment.
    pub commitment: Slug,
    /// The moment as of which the ledger is read; all that it holds if absent.
    pub known_at: Option<Moment>,
    /// The steps that can be taken from here.
    pub next: Vec<NextStep>,
    /// The day asked about.
    pub on: Day,
    /// The phase, if known.
    pub phase: Option<Phase>,
    /// Whether the status rests on the absence of an entry that nothing confirms.
    pub presumed: bool,
    /// Why the status is absent, if it is.
    pub reason: Option<String>,
    /// Since when it has had its status.
    pub since: Option<Day>,
    /// The status, if known.
    pub status: Option<Slug>,
    /// What the status is called, by language.
    pub status_title: Option<BTreeMap<Language, Title>>,
    /// What the commitment is about.
    pub title: Title,
}

impl From<Standing> for Outlook {
    fn from(standing: Standing) -> Self {
        Self {
            asked: None,
            clocks: standing.clocks,
            commitment: standing.commitment,
            known_at: standing.known_at,
            next: standing.next,
            on: standing.on,
            phase: standing.phase,
            presumed: standing.presumed,
            // The reason of a standing can also be that of an absent verdict, which is of no matter here.
            reason: standing.reason.filter(|_| standing.status.is_none()),
            since: standing.since,
            status: standing.status,
            status_title: standing.status_title,
            title: standing.title,
        }
    }
}

impl View<'_> {
    /// What can happen next to a commitment.
    ///
    /// # Errors
    ///
    /// `unknown-commitment` if it was not registered by then.
    pub fn outlook(&self, commitment: impl AsRef<str>) -> Result<Outlook> {
        self.standing(commitment).map(Outlook::from)
    }

    /// What can happen next to a commitment, and whether it can go to the status `to`.
    ///
    /// # Errors
    ///
    /// `unknown-commitment` if it was not registered by then, `invalid-slug` if the status is not well-formed.
    pub fn outlook_of(&self, commitment: impl AsRef<str>, to: impl AsRef<str>) -> Result<Outlook> {
        let (commitment, to) = (commitment.as_ref(), to.as_ref().parse::<Slug>()?);
        let refused = self.why_not(commitment, to.as_str())?;
        Ok(Outlook { asked: Some(Asked { refused, to }), ..self.outlook(commitment)? })
    }
}

/// Whether one step is possible, as [`View::why_not`](crate::View::why_not) answers. In JSON `code` and `text` are those of the
/// refusal, and null if there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Why the step is not possible, if it is not.
    pub refused: Option<Error>,
    /// The status it leads to.
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
