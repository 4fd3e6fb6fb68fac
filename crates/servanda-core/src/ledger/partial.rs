//! Partial ledgers, for stores that do not read all entries.
//!
//! The standing of a commitment depends on its own entries, on the definitions, and on the batches
//! that contain these. A [`Ledger`] with only these entries gives the same answer as the whole
//! ledger.

use std::collections::BTreeSet;

use super::append::prepare;
use crate::entry::{Batch, Definition, Draft, Entry, Fact, Kind};
use crate::ledger::{Ledger, Snapshot};
use crate::value::{EntryId, Moment, Slug, nearest};
use crate::{Error, Result};

impl Batch {
    /// Returns the commitments that the facts are about, link to, or are part of.
    ///
    /// To validate the batch, the ledger needs the entries of these commitments, and of the larger
    /// commitments that they are part of, at every level.
    ///
    /// ```
    /// use servanda_core::{Batch, Link, Relation};
    ///
    /// let batch = Batch::from(Link::builder("jp/tpp", Relation::Successor, "jp/cptpp"));
    /// let ids: Vec<&str> = batch.commitments().into_iter().map(|id| id.as_str()).collect();
    /// assert_eq!(ids, ["jp/cptpp", "jp/tpp"]);
    /// ```
    #[must_use]
    pub fn commitments(&self) -> BTreeSet<&Slug> {
        let facts = self.drafts.iter().map(Draft::fact);
        let named = facts.filter_map(|fact| match fact {
            Fact::Link(link) => Some(&link.to),
            Fact::Register(commitment) => commitment.part_of.as_ref(),
            _ => None,
        });
        self.drafts.iter().filter_map(|draft| draft.commitment.as_ref()).chain(named).collect()
    }

    /// Whether validating the batch may need all commitments.
    ///
    /// It may if the batch defines something, brings a built-in calendar into the ledger, or
    /// retracts a definition.
    #[must_use]
    pub fn may_concern_all(&self) -> bool {
        self.drafts.iter().any(|draft| match &draft.fact {
            Fact::Define(_) | Fact::Register(_) => true,
            Fact::Amend(amend) => amend.identifiers.as_ref().is_some_and(|all| !all.is_empty()),
            Fact::Retract(_) => draft.commitment.is_none(),
            _ => false,
        })
    }
}

impl Ledger {
    /// Like [`prepare`](Ledger::prepare), for a partial ledger. `newest` is the moment of the
    /// newest entry on the whole ledger.
    ///
    /// The partial ledger must have all entries about no commitment, and all entries about the
    /// [commitments](Batch::commitments) that the batch needs.
    ///
    /// Entries that [concern all commitments](Entry::concerns_all) are validated against the
    /// commitments of the partial ledger only.
    ///
    /// # Errors
    ///
    /// The same as [`append`](Ledger::append). The nearest id for an unknown commitment is searched
    /// in the partial ledger only; see [`Error::suggesting`].
    pub fn prepare_in_part(
        &self,
        batch: impl Into<Batch>,
        recorded_by: &Slug,
        now: Moment,
        newest: Option<Moment>,
    ) -> Result<Vec<Entry>> {
        prepare(Snapshot::all(self), newest.max(self.newest()), batch.into(), recorded_by, Some(now))
    }
}

impl Ledger {
    /// Returns the entries about a commitment, in the order in which they were recorded.
    pub fn entries_about(&self, commitment: &str) -> impl Iterator<Item = &Entry> {
        self.about(commitment)
    }

    /// Returns the entry with which another one became known: the last entry of its batch, or the
    /// entry itself if it was appended alone. `None` if a part of the batch is missing, or if there
    /// is no such entry.
    ///
    /// Views [as known at a moment](crate::View::known_at) show all entries of a batch or none. So
    /// they show an entry from the moment on at which this one was recorded.
    ///
    /// ```
    /// use servanda_core::builtin;
    /// use servanda_core::{Batch, Commitment, Ledger, Obligation, Remark};
    ///
    /// let visit = Commitment::builder("us/abe-visit", "A visit")
    ///     .procedure(builtin::action())
    ///     .by("us")
    ///     .made("2013-01-18")
    ///     .obligation(Obligation::Result)
    ///     .words("has invited", ("Remarks", "https://example.org/remarks"));
    /// let batch = Batch::new().and(visit).and(Remark::builder("us/abe-visit", "Set for February").on("2013-02-02"));
    /// let mut ledger = Ledger::new();
    /// let ids = ledger.append(batch, &"desk".parse()?, "2013-02-02T09:00:00.000000Z".parse()?)?;
    /// assert_eq!(ledger.known_with(ids[0]), ids.last().copied());
    /// # Ok::<(), servanda_core::Error>(())
    /// ```
    #[must_use]
    pub fn known_with(&self, entry: EntryId) -> Option<EntryId> {
        self.held(entry)?.known().map(|(_, id)| id)
    }

    /// Returns all entries, in the order in which they were added to this ledger.
    pub fn arrivals(&self) -> impl Iterator<Item = &Entry> {
        self.shared().map(AsRef::as_ref)
    }
}

impl Entry {
    /// Whether the entry can make the timeline of any commitment impossible. Definitions of
    /// calendars and retractions of definitions can.
    #[must_use]
    pub fn concerns_all(&self) -> bool {
        let retracts_definition = self.kind == Kind::Retract && self.commitment().is_none();
        retracts_definition || matches!(self.definition(), Some(Definition::Calendar(_)))
    }

    /// Whether the entry gives identifiers to its commitment, which other commitments may have.
    #[must_use]
    pub fn gives_identifiers(&self) -> bool {
        !super::mentions::identifiers(self).is_empty()
    }
}

impl Error {
    /// Returns the same error with the nearest of these commitments as its suggestion, for callers
    /// with a partial ledger.
    #[must_use]
    pub fn suggesting<'a>(self, commitments: impl IntoIterator<Item = &'a Slug>) -> Self {
        match self {
            Self::UnknownCommitment { commitment, .. } => {
                let others = commitments.into_iter().filter(|other| **other != commitment);
                let nearest = nearest(commitment.as_str(), others);
                Self::UnknownCommitment { commitment, nearest }
            }
            error => error,
        }
    }
}
