//! Entries as they stand on a ledger.

use serde::{Deserialize, Serialize};

use super::fact::Fact;
use crate::value::{Date, Day, Digest, EntryId, Moment, Slug};
use crate::word::present;

/// One fact on the ledger: its canonical line, and what this version reads in it.
#[derive(Clone, Debug)]
pub struct Entry {
    pub(crate) line: Box<str>,
    pub(crate) id: EntryId,
    pub(crate) recorded_at: Moment,
    pub(crate) recorded_by: Slug,
    pub(crate) commitment: Option<Slug>,
    pub(crate) on: Option<Date>,
    pub(crate) after: Option<EntryId>,
    pub(crate) batch: Option<BatchMark>,
    /// The digest of the procedure it defines, taken of the line, so that fields of a later version count too.
    pub(crate) defines: Option<Digest>,
    pub(crate) fact: Fact,
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Entry {}

impl Entry {
    /// Its canonical line, without the line feed.
    #[must_use]
    pub fn line(&self) -> &str {
        &self.line
    }

    /// The digest of its line without the member `id`.
    #[must_use]
    pub fn id(&self) -> EntryId {
        self.id
    }

    /// When it was written down.
    #[must_use]
    pub fn recorded_at(&self) -> Moment {
        self.recorded_at
    }

    /// Who wrote it down.
    #[must_use]
    pub fn recorded_by(&self) -> &Slug {
        &self.recorded_by
    }

    /// The commitment it is about; none for a definition.
    #[must_use]
    pub fn commitment(&self) -> Option<&Slug> {
        self.commitment.as_ref()
    }

    /// The day it is effective, as precisely as known.
    #[must_use]
    pub fn on(&self) -> Option<Date> {
        self.on
    }

    /// The day from which it counts: the last that `on` can mean.
    #[must_use]
    pub fn day(&self) -> Option<Day> {
        self.on.map(Date::last_day)
    }

    /// The last day that an attestation can vouch for: its own, but not later than the day after it was recorded in UTC, which
    /// somewhere on Earth is still the day itself.
    pub(crate) fn vouches_to(&self) -> Option<Day> {
        let recorded = self.recorded_at.day();
        Some(self.day()?.min(recorded.plus_days(1).unwrap_or(recorded)))
    }

    /// The entry of the same day that it comes after.
    #[must_use]
    pub fn after(&self) -> Option<EntryId> {
        self.after
    }

    /// Its place in the batch it was appended in.
    #[must_use]
    pub fn batch(&self) -> Option<BatchMark> {
        self.batch
    }

    /// The fact.
    #[must_use]
    pub fn fact(&self) -> &Fact {
        &self.fact
    }

    /// The order in which entries are taken up: by the moment they were written down, then by id.
    pub(crate) fn key(&self) -> (Moment, EntryId) {
        (self.recorded_at, self.id)
    }
}

/// An entry's place in a batch. With it a part of a batch is recognised as such, and not taken for the whole.
///
/// Each entry names the one before it, so that the id of the last vouches for all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchMark {
    /// Which of the batch's entries it is, from 1.
    pub nth: u32,
    /// How many they are.
    pub of: u32,
    /// The entry before it in the batch; none for the first.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub previous: Option<EntryId>,
}
