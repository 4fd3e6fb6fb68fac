//! Collects entries from rows.

use std::collections::HashSet;
use std::ops::ControlFlow;

use servanda_core::{Entry, EntryId, Ledger};

use super::{Row, RowQuery, Rows, Watermark};
use crate::error::Fault;
use crate::first_few::FirstFew;
use crate::{Result, StoreError};

/// The entries read from rows, and the faults of damaged rows.
pub(crate) struct RowCollector<'a> {
    entries: Vec<Entry>,
    numbers: Vec<i64>,
    faults: FirstFew<Fault>,
    place: &'a str,
}

impl<'a> RowCollector<'a> {
    pub(crate) fn new(place: &'a str) -> Self {
        Self { entries: Vec::new(), numbers: Vec::new(), faults: FirstFew::default(), place }
    }

    /// Reads a row. A fault does not end the selection.
    pub(crate) fn push(&mut self, row: Row<'_>) -> Result<ControlFlow<()>> {
        self.numbers.push(row.number);
        match row.read() {
            Ok(entry) => self.entries.push(entry),
            Err(fault) => self.faults.push(fault),
        }
        Ok(ControlFlow::Continue(()))
    }

    /// The number of entries.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Reads the other entries of the batches: an incomplete batch does not count.
    pub(crate) fn add_rest_of_batches(
        &mut self,
        rows: &mut dyn Rows,
        watermark: &Watermark,
        ledger: &Ledger,
    ) -> Result<()> {
        let of_batches: Vec<EntryId> =
            self.entries.iter().filter(|entry| entry.batch().is_some()).map(Entry::id).collect();
        if of_batches.is_empty() {
            return Ok(());
        }
        let collected: HashSet<EntryId> = self.entries.iter().map(Entry::id).collect();
        let known = |id| collected.contains(&id) || ledger.entry(id).is_some();
        rows.select_missing(RowQuery::Batches(&of_batches), watermark, &known, &mut |row| self.push(row))
    }

    /// Removes and returns the numbers of the rows.
    pub(crate) fn take_numbers(&mut self) -> Vec<i64> {
        std::mem::take(&mut self.numbers)
    }

    /// Returns the entries, or an error with the first faults.
    pub(crate) fn finish(self) -> Result<Vec<Entry>> {
        match self.faults.is_empty() {
            true => Ok(self.entries),
            false => Err(StoreError::damaged_database(self.place, self.faults).into()),
        }
    }
}
