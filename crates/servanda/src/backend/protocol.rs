//! The two protocols of writing to a database.
//!
//! In SQLite, write transactions run one after another ([`SerialWrites`]). In PostgreSQL they run
//! concurrently, and the database makes one of two conflicting transactions fail
//! ([`ConcurrentWrites`]).

use std::collections::BTreeSet;
use std::fmt::Debug;

use servanda_core::{Batch, Entry, Slug};

use crate::Progress;
use crate::Result;
use crate::cache::Cache;
use crate::partial_ledger::{NewRows, NewlySeen, Scope, Since, load_dependencies};
use crate::progress::{Report, no_progress};
use crate::store::{Database, Rows, Watermark};
use crate::time::TimeSource;
use crate::transaction::Base;

/// How many entries are inserted between two progress reports.
const INSERT_CHUNK: usize = 4096;

/// Writes to a database, and keeps the cache up to date.
pub(crate) trait WriteProtocol: Debug {
    /// Validates a batch, and inserts its entries.
    fn append(
        &self,
        transactions: &Transactions<'_>,
        database: &mut dyn Database,
        batch: &Batch,
        recorded_by: &Slug,
    ) -> Result<Vec<Entry>>;

    /// Inserts the entries of a transaction, unless the ledger has changed since it began.
    fn write(
        &self,
        transactions: &Transactions<'_>,
        database: &mut dyn Database,
        entries: &[Entry],
        base: Base,
    ) -> Result<()>;

    /// Inserts the entries that do not exist yet.
    fn merge(
        &self,
        transactions: &Transactions<'_>,
        database: &mut dyn Database,
        entries: Vec<Entry>,
        report: Report<'_>,
    ) -> Result<Merged>;
}

/// The result of a merge.
#[derive(Debug)]
pub(crate) struct Merged {
    /// How many entries were new.
    pub(crate) new: usize,
    /// Whether the cache has them already. Otherwise it must be refreshed.
    pub(crate) cached: bool,
}

/// Write transactions that run one after another. A transaction first reads everything that is new,
/// and then knows the whole ledger.
#[derive(Debug)]
pub(crate) struct SerialWrites;

impl WriteProtocol for SerialWrites {
    fn append(
        &self,
        transactions: &Transactions<'_>,
        database: &mut dyn Database,
        batch: &Batch,
        recorded_by: &Slug,
    ) -> Result<Vec<Entry>> {
        let (mut entries, mut watermark) = (Vec::new(), Watermark::default());
        database.write(&mut |rows| {
            transactions.refresh(rows)?;
            let part = transactions.cache.get()?;
            let mut prepared = transactions.prepare(rows, batch, recorded_by)?;
            if affects_everything(&prepared) && !part.is_complete() {
                part.load(rows, &Scope::All, transactions.place, &mut no_progress)?;
                prepared = transactions.prepare(rows, batch, recorded_by)?;
            }
            entries = transactions.insert(rows, prepared)?;
            watermark = rows.watermark()?;
            Ok(())
        })?;
        transactions.add(entries.clone(), Vec::new(), NewlySeen::UpTo(watermark))?;
        Ok(entries)
    }

    fn write(
        &self,
        transactions: &Transactions<'_>,
        database: &mut dyn Database,
        entries: &[Entry],
        base: Base,
    ) -> Result<()> {
        let mut watermark = Watermark::default();
        database.write(&mut |rows| {
            transactions.refresh(rows)?;
            transactions.check(rows, base)?;
            transactions.cache.load_for_observers(rows, entries, transactions.place)?;
            insert_in_chunks(rows, entries, &mut no_progress)?;
            watermark = rows.watermark()?;
            Ok(())
        })?;
        transactions.add(entries.to_vec(), Vec::new(), NewlySeen::UpTo(watermark))
    }

    fn merge(
        &self,
        transactions: &Transactions<'_>,
        database: &mut dyn Database,
        mut entries: Vec<Entry>,
        report: Report<'_>,
    ) -> Result<Merged> {
        let (mut inserted, mut watermark) = (Vec::new(), Watermark::default());
        database.write(&mut |rows| {
            transactions.refresh(rows)?;
            inserted = insert_in_chunks(rows, &entries, report)?;
            watermark = rows.watermark()?;
            Ok(())
        })?;
        keep_inserted(&mut entries, &inserted);
        let new = entries.len();
        // The rest of a batch may be in the database already, so batches need a refresh. So do
        // observers: they need the standings before the merge.
        let cached = !transactions.cache.observers.has_callbacks()
            && (transactions.cache.get()?.is_complete() || entries.iter().all(|entry| entry.batch().is_none()));
        if cached {
            transactions.add(entries, Vec::new(), NewlySeen::UpTo(watermark))?;
        }
        Ok(Merged { new, cached })
    }
}

/// Write transactions that run concurrently. A transaction reads only what its batch depends on, so
/// that it does not conflict with every other one. Other new entries are read by a refresh.
#[derive(Debug)]
pub(crate) struct ConcurrentWrites;

impl WriteProtocol for ConcurrentWrites {
    fn append(
        &self,
        transactions: &Transactions<'_>,
        database: &mut dyn Database,
        batch: &Batch,
        recorded_by: &Slug,
    ) -> Result<Vec<Entry>> {
        let (mut entries, mut numbers) = (Vec::new(), Vec::new());
        database.write(&mut |rows| {
            transactions.refresh_dependencies(rows, batch)?;
            let mut prepared = transactions.prepare(rows, batch, recorded_by)?;
            if affects_everything(&prepared) {
                transactions.cache.get()?.load(rows, &Scope::All, transactions.place, &mut no_progress)?;
                let commitments = rows.commitments()?.iter().map(|id| id.as_str().to_owned()).collect();
                transactions.refresh_commitments(rows, &commitments)?;
                prepared = transactions.prepare(rows, batch, recorded_by)?;
            }
            entries = transactions.insert(rows, prepared)?;
            numbers = rows.inserted();
            Ok(())
        })?;
        // The watermark of the transaction may cover rows that the cache does not have.
        transactions.add(entries.clone(), Vec::new(), NewlySeen::Rows(numbers))?;
        Ok(entries)
    }

    fn write(
        &self,
        transactions: &Transactions<'_>,
        database: &mut dyn Database,
        entries: &[Entry],
        base: Base,
    ) -> Result<()> {
        let mut numbers = Vec::new();
        database.write(&mut |rows| {
            transactions.refresh(rows)?;
            // Reading the counts of all commitments makes the transaction depend on them.
            let commitments = rows.commitments()?.iter().map(|id| id.as_str().to_owned()).collect();
            transactions.cache.get()?.load(rows, &Scope::All, transactions.place, &mut no_progress)?;
            transactions.refresh_commitments(rows, &commitments)?;
            transactions.check(rows, base)?;
            insert_in_chunks(rows, entries, &mut no_progress)?;
            numbers = rows.inserted();
            Ok(())
        })?;
        // The watermark of the transaction may cover rows that the cache does not have.
        transactions.add(entries.to_vec(), Vec::new(), NewlySeen::Rows(numbers))
    }

    fn merge(
        &self,
        _: &Transactions<'_>,
        database: &mut dyn Database,
        mut entries: Vec<Entry>,
        report: Report<'_>,
    ) -> Result<Merged> {
        let mut inserted = Vec::new();
        database.write(&mut |rows| {
            inserted = insert_in_chunks(rows, &entries, report)?;
            Ok(())
        })?;
        keep_inserted(&mut entries, &inserted);
        Ok(Merged { new: entries.len(), cached: false })
    }
}

/// The steps that both protocols take within their transactions.
pub(crate) struct Transactions<'a> {
    pub(crate) cache: &'a Cache,
    /// The place of the database, for messages.
    pub(crate) place: &'a str,
    pub(crate) time: &'a dyn TimeSource,
}

impl Transactions<'_> {
    /// Adds everything that is new to the cache, and returns whether there was anything.
    pub(crate) fn refresh(&self, rows: &mut dyn Rows) -> Result<bool> {
        let part = self.cache.get()?;
        match part.news(rows, self.cache.observers.has_callbacks(), self.place)? {
            Since::Unchanged => Ok(false),
            Since::More { any, entries, rest, watermark } => {
                self.cache.load_for_observers(rows, &entries, self.place)?;
                drop(part);
                self.add(entries, rest, NewlySeen::UpTo(watermark))?;
                Ok(any)
            }
            Since::Reset(part) => {
                self.cache.reset(part)?;
                Ok(true)
            }
        }
    }

    /// Fails if the ledger has entries that a transaction has not seen.
    fn check(&self, rows: &mut dyn Rows, base: Base) -> Result<()> {
        let part = self.cache.get()?;
        part.load(rows, &Scope::All, self.place, &mut no_progress)?;
        base.check(&part.ledger())
    }

    /// Adds what is new about the dependencies of a batch to the cache. The transaction then
    /// depends on these rows.
    fn refresh_dependencies(&self, rows: &mut dyn Rows, batch: &Batch) -> Result<()> {
        let mut all = BTreeSet::new();
        load_dependencies(batch, |ids| {
            let scope = Scope::Commitments(ids.clone());
            self.cache.get()?.load(rows, &scope, self.place, &mut no_progress)?;
            all.extend(ids.iter().cloned());
            self.refresh_commitments(rows, &all)?;
            Ok(self.cache.get()?.ledger())
        })
        .map(drop)
    }

    /// Adds what is new about these commitments to the cache, and new definitions.
    fn refresh_commitments(&self, rows: &mut dyn Rows, ids: &BTreeSet<String>) -> Result<()> {
        let NewRows { entries, rest, numbers } = self.cache.get()?.news_of(rows, ids, self.place)?;
        self.add(entries, rest, NewlySeen::Rows(numbers))
    }

    /// Loads the dependencies of a batch, and prepares its entries.
    fn prepare(
        &self,
        rows: &mut dyn Rows,
        batch: &Batch,
        recorded_by: &Slug,
    ) -> Result<servanda_core::Result<Vec<Entry>>> {
        let part = self.cache.get()?;
        let ledger = load_dependencies(batch, |ids| {
            part.load(rows, &Scope::Commitments(ids.clone()), self.place, &mut no_progress)?;
            Ok(part.ledger())
        })?;
        Ok(ledger.prepare_in_part(batch.clone(), recorded_by, self.time.now(), rows.newest()?))
    }

    /// Inserts prepared entries. Adds the nearest known ids to an error about an unknown
    /// commitment.
    fn insert(&self, rows: &mut dyn Rows, prepared: servanda_core::Result<Vec<Entry>>) -> Result<Vec<Entry>> {
        let entries = match prepared {
            Err(error @ servanda_core::Error::UnknownCommitment { .. }) if !self.cache.get()?.is_complete() => {
                return Err(error.suggesting(&rows.commitments()?));
            }
            prepared => prepared?,
        };
        self.cache.load_for_observers(rows, &entries, self.place)?;
        rows.insert(&entries)?;
        Ok(entries)
    }

    /// Adds entries to the cache.
    fn add(&self, entries: Vec<Entry>, rest: Vec<Entry>, seen: NewlySeen) -> Result<()> {
        self.cache.extend(entries, rest, seen, self.time.today())
    }
}

/// Inserts entries, and returns for each whether it was new.
fn insert_in_chunks(rows: &mut dyn Rows, entries: &[Entry], report: Report<'_>) -> Result<Vec<bool>> {
    let mut inserted = Vec::with_capacity(entries.len());
    for chunk in entries.chunks(INSERT_CHUNK) {
        inserted.extend(rows.insert(chunk)?);
        Progress::of(inserted.len(), entries.len()).report_to(report)?;
    }
    Ok(inserted)
}

/// Removes the entries that were not inserted.
fn keep_inserted(entries: &mut Vec<Entry>, inserted: &[bool]) {
    let mut inserted = inserted.iter();
    entries.retain(|_| inserted.next().is_some_and(|new| *new));
}

/// Whether prepared entries can affect every commitment, or have identifiers that any may have, so
/// that the whole ledger must be loaded to validate them.
pub(super) fn affects_everything(prepared: &servanda_core::Result<Vec<Entry>>) -> bool {
    prepared.as_ref().is_ok_and(|entries| entries.iter().any(|entry| entry.concerns_all() || entry.gives_identifiers()))
}
