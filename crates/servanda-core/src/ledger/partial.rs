//! A part of a ledger, as a store holds it that does not read all of it.
//!
//! Where a commitment stands depends on its own entries, on definitions, and on the batches that these belong to. A [`Ledger`] with these
//! and no others gives the same answer as the whole.

use std::collections::BTreeSet;

use super::append::prepare;
use crate::entry::{Batch, Definition, Draft, Entry, Fact, Kind};
use crate::ledger::Ledger;
use crate::value::{Moment, Slug, nearest};
use crate::{Error, Result};

impl Batch {
    /// The commitments that its facts are about or name: those that they link to, or are a part of. To judge the batch takes their entries, those of
    /// the commitments that these are a part of, and so on.
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

    /// Whether judging it may take all commitments: where it defines something or brings a built-in calendar along, and where it retracts a
    /// definition.
    #[must_use]
    pub fn may_concern_all(&self) -> bool {
        self.drafts.iter().any(|draft| match &draft.fact {
            Fact::Define(_) | Fact::Register(_) => true,
            Fact::Retract(_) => draft.commitment.is_none(),
            _ => false,
        })
    }
}

impl Ledger {
    /// As [`prepare`](Ledger::prepare), of a ledger of which this is a part and whose newest entry was recorded at `newest`. The part has to have all entries
    /// about no commitment, and all about the [commitments](Batch::commitments) that the batch takes.
    ///
    /// What [asks for all commitments](Entry::concerns_all) is judged by those that are here.
    ///
    /// # Errors
    ///
    /// As [`append`](Ledger::append). An unknown commitment comes with the nearest id that is here; see [`Error::suggesting`].
    pub fn prepare_in_part(
        &self,
        batch: impl Into<Batch>,
        recorded_by: &Slug,
        now: Moment,
        newest: Option<Moment>,
    ) -> Result<Vec<Entry>> {
        prepare(self, newest.max(self.newest()), None, batch.into(), recorded_by, Some(now))
    }
}

impl Ledger {
    /// The entries about a commitment, in the order in which they were recorded.
    pub fn entries_about(&self, commitment: &str) -> impl Iterator<Item = &Entry> {
        self.about(commitment)
    }

    /// Its entries, in the order in which they came in.
    pub fn arrivals(&self) -> impl Iterator<Item = &Entry> {
        self.shared().map(AsRef::as_ref)
    }
}

impl Entry {
    /// Whether what it says can make the path of any commitment impossible: the definition of a calendar, and the retraction of a definition.
    #[must_use]
    pub fn concerns_all(&self) -> bool {
        let retracts_definition = self.kind == Kind::Retract && self.commitment().is_none();
        retracts_definition || matches!(self.definition(), Some(Definition::Calendar(_)))
    }
}

impl Error {
    /// The same error, with what may have been meant taken from these commitments: for a ledger of which not all is at hand.
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
