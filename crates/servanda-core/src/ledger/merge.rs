//! Merges ledgers by set union.

use std::sync::Arc;

use crate::entry::Entry;
use crate::ledger::Ledger;

impl Ledger {
    /// Adds all entries of another ledger, and returns the number of new entries.
    ///
    /// A merge is a set union: commutative, associative and idempotent. Entries that do not fit
    /// together afterwards are kept and reported as a [`Conflict`](crate::Conflict).
    pub fn merge(&mut self, other: &Ledger) -> usize {
        let entries: Vec<Arc<Entry>> = other.shared().cloned().collect();
        self.insert_all(entries)
    }

    /// Adds entries from elsewhere, and returns the number of new entries.
    pub fn merge_entries<E: Into<Arc<Entry>>>(&mut self, entries: impl IntoIterator<Item = E>) -> usize {
        self.insert_all(entries.into_iter().map(Into::into))
    }
}
