//! Computes what the ledger should say, from the rows of the imported file.

mod build;
mod fields;
mod further;
mod group;
mod ids;
mod record;
mod sources;
mod vocabulary;

use servanda::{Commitment, Date, Day, Fact, Moment, Slug};

use crate::Position;

pub(crate) use build::wanted;
pub(crate) use group::{Group, groups};
pub(crate) use ids::slug_of;
pub(crate) use record::{Columns, Problem};
pub(crate) use vocabulary::Vocabulary;

/// The facts that the ledger should have about one commitment.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    pub(crate) registration: Commitment,
    /// The steps and other events, in the order of their dates.
    pub(crate) events: Vec<WantedEvent>,
    /// The row that registers the commitment.
    pub(crate) position: Position,
    /// The reason that the row gives for a change.
    pub(crate) reason: Option<String>,
    /// The date on which the row was first published elsewhere.
    pub(crate) published: Option<Date>,
    /// The moment at which the row was first known.
    pub(crate) known: Option<Moment>,
}

/// Something that happened on a day: a step, a remark, or a deadline that was set.
#[derive(Clone, Debug)]
pub(crate) struct WantedEvent {
    pub(crate) on: Date,
    pub(crate) fact: Fact,
    pub(crate) position: Position,
    pub(crate) reason: Option<String>,
    pub(crate) published: Option<Date>,
    pub(crate) known: Option<Moment>,
}

impl Wanted {
    /// Refuses dates that are certainly later than today.
    pub(crate) fn until(self, today: Option<Day>) -> Result<Self, Refused> {
        let Some(today) = today else { return Ok(self) };
        let made = (self.registration.made, &self.position);
        let dates = self.events.iter().map(|event| (event.on, &event.position)).chain([made]);
        let problems: Vec<Problem> = dates
            .filter(|(on, _)| on.first_day() > today)
            .map(|(on, position)| Problem {
                position: position.clone(),
                text: format!("{on} is later than today, {today}; correct the date, or allow dates in the future"),
                nearest: None,
            })
            .collect();
        match problems.is_empty() {
            true => Ok(self),
            false => Err(Refused { commitment: Some(self.registration.id), problems }),
        }
    }
}

/// The problems of the rows of a commitment.
#[derive(Clone, Debug)]
pub(crate) struct Refused {
    /// The commitment, if its id is known.
    pub(crate) commitment: Option<Slug>,
    pub(crate) problems: Vec<Problem>,
}
