//! Transactions: several batches that are written together.

use std::sync::Arc;

use servanda_core::{Batch, Entry, Ledger, Moment};

use crate::{Result, StoreError, Tracker};

/// Several batches that are written together: all of them or none.
///
/// Each batch is validated with the entries of the ledger and of the batches before it. Nothing is
/// written before [`commit`](Transaction::commit), and nothing if the transaction is dropped.
///
/// An import of many commitments uses a transaction: each commitment is a batch that counts as a
/// whole, and a refused one is known before anything is written.
///
/// ```
/// use servanda::{Commitment, Tracker, builtin};
///
/// let visit = |id: &str| {
///     Commitment::builder(id, "A visit").procedure(builtin::action()).by("us").made("2013-01-18")
/// };
/// let tracker = Tracker::in_memory("desk")?;
/// let mut transaction = tracker.begin()?;
/// transaction.append(visit("us/abe-visit"))?;
/// assert_eq!(transaction.append(visit("US")).unwrap_err().code(), "invalid-slug");
/// assert_eq!(tracker.ledger()?.len(), 0);
///
/// transaction.commit()?;
/// assert_eq!(tracker.ledger()?.len(), 2);
/// # Ok::<(), servanda::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Transaction {
    tracker: Tracker,
    base: Base,
    /// The ledger with the entries of the transaction.
    ledger: Arc<Ledger>,
    entries: Vec<Entry>,
}

/// The mark that tells whether a ledger has changed since a transaction began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Base {
    entries: usize,
    newest: Option<Moment>,
}

impl Base {
    pub(crate) fn of(ledger: &Ledger) -> Self {
        Self { entries: ledger.len(), newest: ledger.newest() }
    }

    /// Fails if the ledger has entries that the transaction has not seen.
    pub(crate) fn check(self, ledger: &Ledger) -> Result<()> {
        match Self::of(ledger) == self {
            true => Ok(()),
            false => Err(StoreError::ChangedMeanwhile { before: self.entries, now: ledger.len() }.into()),
        }
    }
}

impl Tracker {
    /// Begins a transaction: several batches that are written together. It reads the whole ledger.
    ///
    /// # Errors
    ///
    /// `no-recorder`, and every error of reading from the place.
    pub fn begin(&self) -> Result<Transaction> {
        self.recorded_by()?;
        self.refresh()?;
        let ledger = self.ledger()?;
        Ok(Transaction { tracker: self.clone(), base: Base::of(&ledger), ledger, entries: Vec::new() })
    }
}

impl Transaction {
    /// Adds a batch, and returns the entries that it becomes.
    ///
    /// # Errors
    ///
    /// Every error with which the procedure, the ledger or the format rejects the batch. The
    /// transaction then has what it had before, and can go on.
    pub fn append(&mut self, batch: impl Into<Batch>) -> Result<Vec<Entry>> {
        let entries = self.ledger.prepare(batch, self.tracker.recorded_by()?, self.tracker.time.now())?;
        Arc::make_mut(&mut self.ledger).merge_entries(entries.iter().cloned());
        self.entries.extend(entries.iter().cloned());
        Ok(entries)
    }

    /// Returns the ledger with the entries of the transaction.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Returns the entries that [`commit`](Transaction::commit) writes.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Writes the entries, and returns them.
    ///
    /// When this returns, they are on disk. If the program or the machine crashes earlier, readers
    /// find either all of them or none.
    ///
    /// # Errors
    ///
    /// `changed-meanwhile` if the ledger has got other entries since the transaction began; begin
    /// another one. Also every error of writing to the place. Nothing is written then.
    pub fn commit(self) -> Result<Vec<Entry>> {
        let Self { tracker, base, ledger, entries } = self;
        // Release the ledger: extending would copy it otherwise.
        drop(ledger);
        if !entries.is_empty() {
            tracker.state.write(&entries, base, &*tracker.time)?;
        }
        Ok(entries)
    }
}
