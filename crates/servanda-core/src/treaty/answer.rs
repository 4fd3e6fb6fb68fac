//! The answer that [`EntryIntoForce::apply`](crate::treaty::EntryIntoForce::apply) gives.

use serde::Serialize;

use crate::treaty::Instrument;
use crate::value::{Day, Slug, Title};

/// The entry into force of a treaty, in general and for each party.
///
/// As JSON it has `general`, `missing`, `parties` and `treaty`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct InForce {
    /// The day of the general entry into force, which can lie ahead. `None` if no day follows from
    /// the deposits.
    pub general: Option<Day>,
    /// The conditions that are not met yet, by alternative. `None` exactly if `general` is a day.
    pub missing: Option<String>,
    /// The parties that deposited, in the order of their deposits. A party that left and came back
    /// is listed twice.
    pub parties: Vec<PartyInForce>,
    /// The id of the treaty.
    pub treaty: Slug,
    /// The instruments that have no effect.
    #[serde(skip)]
    pub unused: Vec<Unused>,
    /// The reason for that day: the deposit that caused it, and the article.
    #[serde(skip)]
    pub why: Option<String>,
}

/// The entry into force of a treaty for one party.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PartyInForce {
    /// The day of its deposit.
    pub deposited: Day,
    /// The day of entry into force for the party, which can lie ahead. `None` if no day follows
    /// from the deposits.
    pub in_force: Option<Day>,
    /// The party, as the instrument names it.
    pub party: Title,
    /// The day on which the treaty ceases to be in force for the party. `None` if the party gave no
    /// notice, or if no day follows from the notice.
    #[serde(skip)]
    pub until: Option<Day>,
    /// The reason for that day, or for its absence, with the deposit and the article.
    pub why: String,
}

/// An instrument that has no effect.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unused {
    /// The position of the instrument among those given, from 0.
    pub index: usize,
    /// The reason why it has no effect, in words.
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
