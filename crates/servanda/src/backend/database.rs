//! Ledgers in a database, which are read on demand.

use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use servanda_core::{Batch, Digest, Entry, EntryId, Ledger, Slug};

use super::protocol::Transactions;
use crate::cache::Cache;
use crate::exchange::Export;
use crate::exchange::{self, Cursor};
use crate::first_few::FirstFew;
use crate::partial_ledger::{PartialLedger, Scope, load_dependencies};
use crate::progress::{Report, no_progress};
use crate::store::{Database, RowQuery, Rows, Watermark, check_counts, collect};
use crate::time::TimeSource;
use crate::transaction::Base;
use crate::{Error, Result, StoreError};

/// A database. Reads and writes use separate connections, so that reads do not wait for writes.
#[derive(Debug)]
pub(crate) struct DatabaseBackend {
    /// The path, or the URL without its password, for messages.
    place: String,
    reader: Mutex<Box<dyn Database>>,
    /// The connection for writing, which is opened by the first write. A change of the cache takes
    /// this lock first, and only then the lock of the reader.
    writer: Mutex<Option<Box<dyn Database>>>,
}

impl DatabaseBackend {
    /// Returns the backend, and an empty part of its ledger.
    pub(crate) fn open(mut reader: Box<dyn Database>) -> Result<(Self, PartialLedger)> {
        let place = reader.place();
        let empty = read(&mut *reader, |rows| PartialLedger::empty(rows))?;
        Ok((Self { place, reader: Mutex::new(reader), writer: Mutex::new(None) }, empty))
    }

    fn reader(&self) -> Result<MutexGuard<'_, Box<dyn Database>>> {
        self.reader.lock().map_err(|_| StoreError::Poisoned.into())
    }

    fn writer(&self) -> Result<MutexGuard<'_, Option<Box<dyn Database>>>> {
        self.writer.lock().map_err(|_| StoreError::Poisoned.into())
    }

    fn read<T>(&self, work: impl FnMut(&mut dyn Rows) -> Result<T>) -> Result<T> {
        read(&mut **self.reader()?, work)
    }

    pub(crate) fn set_lock_timeout(&self, timeout: Duration) -> Result<()> {
        if let Some(writer) = &mut *self.writer()? {
            writer.set_lock_timeout(timeout);
        }
        self.reader()?.set_lock_timeout(timeout);
        Ok(())
    }

    /// Loads a scope.
    pub(crate) fn load(&self, part: &PartialLedger, scope: &Scope, report: Report<'_>) -> Result<()> {
        if part.covers(scope) {
            return Ok(());
        }
        self.reader()?.read(&mut |rows| part.load(rows, scope, &self.place, report))
    }

    /// Adds the nearest known ids to an error about an unknown commitment.
    pub(crate) fn suggest(&self, part: &PartialLedger, error: Error) -> Error {
        if part.is_complete() || !matches!(error, Error::UnknownCommitment { .. }) {
            return error;
        }
        match self.read(|rows| rows.commitments()) {
            Ok(commitments) => error.suggesting(&commitments),
            Err(_) => error,
        }
    }

    pub(crate) fn append(
        &self,
        cache: &Cache,
        batch: &Batch,
        recorded_by: &Slug,
        time: &dyn TimeSource,
    ) -> Result<Vec<Entry>> {
        let mut writer = self.writer()?;
        let database = self.connect(&mut writer)?;
        let transactions = Transactions { cache, place: &self.place, time };
        database.protocol().append(&transactions, database, batch, recorded_by)
    }

    pub(crate) fn prepare(
        &self,
        part: &PartialLedger,
        batch: &Batch,
        recorded_by: &Slug,
        time: &dyn TimeSource,
    ) -> Result<Vec<Entry>> {
        let newest = self.read(|rows| rows.newest())?;
        let prepare = |ledger: &Ledger| ledger.prepare_in_part(batch.clone(), recorded_by, time.now(), newest);
        let ledger = load_dependencies(batch, |ids| {
            self.load(part, &Scope::Commitments(ids.clone()), &mut no_progress)?;
            Ok(part.ledger())
        })?;
        let mut prepared = prepare(&ledger);
        if !part.is_complete() && super::protocol::affects_everything(&prepared) {
            // Release the ledger: loading would copy it otherwise.
            drop(ledger);
            self.load(part, &Scope::All, &mut no_progress)?;
            prepared = prepare(&part.ledger());
        }
        prepared.map_err(|error| self.suggest(part, error))
    }

    pub(crate) fn write(&self, cache: &Cache, entries: &[Entry], base: Base, time: &dyn TimeSource) -> Result<()> {
        let mut writer = self.writer()?;
        let database = self.connect(&mut writer)?;
        let transactions = Transactions { cache, place: &self.place, time };
        database.protocol().write(&transactions, database, entries, base)
    }

    pub(crate) fn merge(
        &self,
        cache: &Cache,
        entries: Vec<Entry>,
        time: &dyn TimeSource,
        report: Report<'_>,
    ) -> Result<usize> {
        let mut writer = self.writer()?;
        let database = self.connect(&mut writer)?;
        if entries.is_empty() {
            return Ok(0);
        }
        let transactions = Transactions { cache, place: &self.place, time };
        let merged = database.protocol().merge(&transactions, database, entries, report)?;
        if !merged.cached {
            self.read(|rows| transactions.refresh(rows))?;
        }
        Ok(merged.new)
    }

    /// Returns the connection for writing.
    fn connect<'a>(&self, writer: &'a mut Option<Box<dyn Database>>) -> Result<&'a mut dyn Database> {
        match writer {
            Some(writer) => Ok(&mut **writer),
            none => Ok(&mut **none.insert(self.reader()?.reconnect()?)),
        }
    }

    pub(crate) fn refresh(&self, cache: &Cache, time: &dyn TimeSource) -> Result<bool> {
        let _writer = self.writer()?;
        let transactions = Transactions { cache, place: &self.place, time };
        self.read(|rows| transactions.refresh(rows))
    }

    pub(crate) fn export(&self, since: Option<&Cursor>) -> Result<Export> {
        self.read(|rows| {
            let (start, end, cursor) = exchange::resume_in_rows(rows, since)?;
            // A part is not worth counting everything for.
            if start == Watermark::default() {
                check_counts(rows, RowQuery::All, &self.place)?;
            }
            let entries = collect(rows, RowQuery::After(&start), &end, &self.place)?;
            Ok(Export { entries, cursor: cursor.to_string() })
        })
    }

    pub(crate) fn verify(&self, report: Report<'_>) -> Result<Arc<Ledger>> {
        let mut reader = self.reader()?;
        let mut faults = reader.check(report)?;
        let read = read(&mut **reader, |rows| {
            let part = PartialLedger::empty(rows)?;
            part.load(rows, &Scope::All, &self.place, report)?;
            Ok(part.ledger())
        });
        match read.as_ref().err().and_then(|error| error.store()) {
            Some(StoreError::DamagedDatabase { faults: found, more, .. }) => {
                faults.append(FirstFew { first: found.clone(), more: *more });
            }
            // If the check has found faults, they explain every other error of reading.
            _ if faults.is_empty() => return read,
            _ => {}
        }
        Err(StoreError::damaged_database(&self.place, faults).into())
    }

    /// Reads the entry with an id.
    pub(crate) fn entry(&self, part: &PartialLedger, id: EntryId) -> Result<Vec<Entry>> {
        self.read(|rows| collect(rows, RowQuery::Id(id), part.watermark(), &self.place))
    }

    pub(crate) fn digest(&self, part: &PartialLedger) -> Result<Digest> {
        let ids = self.read(|rows| {
            check_counts(rows, RowQuery::All, &self.place)?;
            rows.ids(part.watermark())
        })?;
        Ok(Digest::of_ids(ids))
    }
}

/// Runs `work` in a read transaction, and returns its result.
fn read<T>(database: &mut dyn Database, mut work: impl FnMut(&mut dyn Rows) -> Result<T>) -> Result<T> {
    let mut result = None;
    database.read(&mut |rows| {
        result = Some(work(rows)?);
        Ok(())
    })?;
    // There is always a result: a read transaction succeeds only if `work` does.
    result.ok_or_else(|| StoreError::Poisoned.into())
}
