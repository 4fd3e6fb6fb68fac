//! The answer that [`EntryIntoForce::apply`](crate::treaty::EntryIntoForce::apply) gives.

use serde::{Deserialize, Serialize};

use crate::treaty::Instrument;
use crate::value::{Date, Day, Slug, Title};

/// The entry into force of a treaty, in general and for each party.
///
/// As JSON it has `answer`, `earliest`, `general`, `latest`, `missing`, `parties`, `treaty`,
/// `unread` and `why`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct InForce {
    /// Whether the treaty enters into force, does not, or may.
    pub answer: Answer,
    /// The earliest possible day of the general entry into force. `None` if the treaty is not in
    /// force, or if any day is possible.
    pub earliest: Option<Day>,
    /// The day of the general entry into force, which can lie ahead. `None` unless the answer is
    /// [`InForce`](Answer::InForce).
    pub general: Option<Day>,
    /// The latest possible day of the general entry into force. `None` if the treaty is not in
    /// force, or may not be.
    pub latest: Option<Day>,
    /// The conditions that are not met yet, by alternative. `None` unless the answer is
    /// [`NotInForce`](Answer::NotInForce).
    pub missing: Option<String>,
    /// The parties that deposited, in the order of their deposits. A party that left and came back
    /// is listed twice. Parties that only unreadable rows are about come last.
    pub parties: Vec<PartyInForce>,
    /// The id of the treaty.
    pub treaty: Slug,
    /// The number of rows that could not be read.
    pub unread: usize,
    /// The instruments that have no effect.
    #[serde(skip)]
    pub unused: Vec<Unused>,
    /// The reason for the day: the deposit that caused it, and the article. If the answer is not
    /// known, what it depends on. `None` if the treaty is not in force.
    pub why: Option<String>,
}

/// The entry into force of a treaty for one party.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PartyInForce {
    /// Whether the treaty enters into force for the party, does not, or may.
    pub answer: Answer,
    /// The date of its deposit. `None` if the row could not be read.
    pub deposited: Option<Date>,
    /// The earliest possible day. `None` if the treaty is not in force for the party, or if any day
    /// is possible.
    pub earliest: Option<Day>,
    /// The day of entry into force for the party, which can lie ahead. `None` unless the answer is
    /// [`InForce`](Answer::InForce).
    pub in_force: Option<Day>,
    /// The latest possible day. `None` if the treaty is not in force for the party, or may not be.
    pub latest: Option<Day>,
    /// The party, as the instrument names it.
    pub party: Title,
    /// The day on which the treaty ceases to be in force for the party. `None` if the party gave no
    /// notice, or if no day follows from the notice.
    pub until: Option<Day>,
    /// The reason for the answer, with the deposit and the article.
    pub why: String,
}

/// The answer to the question whether a treaty is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// It is in force from a known day, which can lie ahead.
    InForce,
    /// It is not in force, and the reason is known.
    NotInForce,
    /// It may be in force. The day, or whether there is one, depends on what is not known.
    NotKnown,
}

impl Answer {
    /// All answers.
    pub const ALL: [Self; 3] = [Self::InForce, Self::NotInForce, Self::NotKnown];

    /// The word for the answer, as in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InForce => "in-force",
            Self::NotInForce => "not-in-force",
            Self::NotKnown => "not-known",
        }
    }
}
word!(Answer);
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
    pub(super) fn already_deposited(index: usize, instrument: &Instrument, first: Date) -> Self {
        let (by, on) = (&instrument.by, instrument.on);
        let reason = format!("{by} deposits on {on}, and has deposited on {first} already; the first deposit counts");
        Self { index, reason }
    }

    pub(super) fn already_left(index: usize, instrument: &Instrument, left: Option<Date>) -> Self {
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
