//! The answer.

use serde::Serialize;

use crate::treaty::Instrument;
use crate::value::{Day, Slug, Title};

/// When a treaty enters into force, and for whom. As JSON it has `general`, `missing`, `parties` and `treaty`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct InForce {
    /// The day on which it enters into force at all, as far as that follows from the deposits; it can lie ahead.
    pub general: Option<Day>,
    /// What is still missing for that, by each alternative; absent exactly if there is a day.
    pub missing: Option<String>,
    /// The parties that deposited, in the order of their deposits. One that left and came back is there twice.
    pub parties: Vec<PartyInForce>,
    /// The id of the treaty.
    pub treaty: Slug,
    /// The instruments that have no effect.
    #[serde(skip)]
    pub unused: Vec<Unused>,
    /// Why it enters into force on that day: because of which deposit, by which article.
    #[serde(skip)]
    pub why: Option<String>,
}

/// What follows for one party from its deposit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PartyInForce {
    /// The day of its deposit.
    pub deposited: Day,
    /// The day on which the treaty enters into force for it, as far as that follows from the deposits; it can lie ahead.
    pub in_force: Option<Day>,
    /// The party, as it was named.
    pub party: Title,
    /// The day on which the treaty ceases to be in force for it, if it gave notice and the treaty says when.
    #[serde(skip)]
    pub until: Option<Day>,
    /// Why on that day, because of which deposit and by which article, or why there is none.
    pub why: String,
}

/// An instrument that has no effect.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unused {
    /// Which of those given it is, from 0.
    pub index: usize,
    /// Why it has none, in words.
    pub reason: String,
}

impl Unused {
    pub(super) fn already_deposited(index: usize, instrument: &Instrument, first: Day) -> Self {
        let (by, on) = (&instrument.by, instrument.on);
        let reason = format!("{by} deposits on {on}, and has deposited on {first} already; the first deposit counts");
        Self { index, reason }
    }

    pub(super) fn already_left(index: usize, instrument: &Instrument, left: Option<Day>) -> Self {
        let (by, on) = (&instrument.by, instrument.on);
        let already = left.map_or_else(String::new, |left| format!(" on {left}"));
        let reason =
            format!("{by} gives notice on {on} that it leaves, and has given it{already} already; the first counts");
        Self { index, reason }
    }

    pub(super) fn nothing_to_leave(index: usize, instrument: &Instrument) -> Self {
        let (by, on) = (&instrument.by, instrument.on);
        let reason =
            format!("{by} gives notice on {on} that it leaves, but has deposited nothing by then; nothing changes");
        Self { index, reason }
    }
}
