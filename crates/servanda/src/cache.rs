//! The entries in memory, and the observers of their changes.

use std::collections::HashSet;
use std::sync::{Arc, RwLock};

use servanda_core::{Day, Entry, Ledger};

use crate::observe::{Observed, Observers, touched};
use crate::partial_ledger::{NewlySeen, PartialLedger, Scope};
use crate::progress::no_progress;
use crate::store::Rows;
use crate::{Result, StoreError};

/// The entries in memory. The lock is held only while memory is updated, so readers never wait for
/// disk I/O or for another process.
#[derive(Debug)]
pub(crate) struct Cache {
    current: RwLock<Arc<PartialLedger>>,
    pub(crate) observers: Arc<Observers>,
}

impl Cache {
    pub(crate) fn new(ledger: PartialLedger) -> Self {
        Self { current: RwLock::new(Arc::new(ledger)), observers: Arc::default() }
    }

    /// Returns the current entries. They do not change, but more of the same ledger may be loaded.
    pub(crate) fn get(&self) -> Result<Arc<PartialLedger>> {
        Ok(Arc::clone(&*self.current.read().map_err(|_| StoreError::Poisoned)?))
    }

    /// Adds entries that are on disk, and queues the new ones for the observers. `rest` are older
    /// entries that complete batches of the new ones.
    pub(crate) fn extend(&self, mut entries: Vec<Entry>, rest: Vec<Entry>, seen: NewlySeen, today: Day) -> Result<()> {
        let before = self.get()?.ledger();
        let observed = self.observers.has_callbacks().then(|| {
            let mut met = HashSet::new();
            entries.retain(|entry| before.entry(entry.id()).is_none() && met.insert(entry.id()));
            Observed::before(today, entries.clone(), touched(&entries), &before)
        });
        // Release the ledger: extending would copy it otherwise.
        drop(before);
        let mut current = self.current.write().map_err(|_| StoreError::Poisoned)?;
        entries.extend(rest);
        current.extend(entries, seen);
        let after = current.ledger();
        drop(current);
        if let Some(observed) = observed {
            self.observers.enqueue(observed.with_after(&after));
        }
        Ok(())
    }

    /// Replaces the entries by those of another part of the same ledger.
    pub(crate) fn reset(&self, ledger: PartialLedger) -> Result<()> {
        *self.current.write().map_err(|_| StoreError::Poisoned)? = Arc::new(ledger);
        Ok(())
    }

    /// Replaces the entries by those of another complete ledger. Queues the differences for the
    /// observers, and returns whether there are any.
    pub(crate) fn replace(&self, ledger: Arc<Ledger>, today: Day) -> Result<bool> {
        let before = self.get()?.ledger();
        let changed = before != ledger;
        if changed && self.observers.has_callbacks() {
            let new: Vec<Entry> =
                ledger.arrivals().filter(|entry| before.entry(entry.id()).is_none()).cloned().collect();
            let lost = before.entries().filter(|entry| ledger.entry(entry.id()).is_none());
            let about = touched(new.iter().chain(lost));
            self.observers.enqueue(Observed::before(today, new, about, &before).with_after(&ledger));
        }
        self.reset(PartialLedger::complete(ledger))?;
        Ok(changed)
    }

    /// If there are observers, loads what these entries are about, so that observers get the
    /// standings before the entries are added.
    pub(crate) fn load_for_observers(&self, rows: &mut dyn Rows, entries: &[Entry], place: &str) -> Result<()> {
        if !self.observers.has_callbacks() {
            return Ok(());
        }
        self.get()?.load(rows, &Scope::Commitments(touched(entries)), place, &mut no_progress)
    }
}
