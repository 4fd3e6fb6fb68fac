//! Merging: set union.

use std::sync::Arc;

use crate::entry::Entry;
use crate::ledger::Ledger;

impl Ledger {
    /// Takes in everything that another ledger holds, and says how many entries were new.
    ///
    /// Merging is set union: commutative, associative and idempotent. What does not fit together afterwards is kept and shown
    /// as a [`Conflict`](crate::Conflict).
    pub fn merge(&mut self, other: &Ledger) -> usize {
        let entries: Vec<Arc<Entry>> = other.shared().cloned().collect();
        self.insert_all(entries)
    }

    /// Takes in entries that came from elsewhere, and says how many were new.
    pub fn merge_entries<E: Into<Arc<Entry>>>(&mut self, entries: impl IntoIterator<Item = E>) -> usize {
        self.insert_all(entries.into_iter().map(Into::into))
    }
}
