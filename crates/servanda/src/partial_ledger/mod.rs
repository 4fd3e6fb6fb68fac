//! The part of a ledger that is in memory.

#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashSet};
use std::ops::ControlFlow;
use std::sync::{Arc, PoisonError, RwLock};

use servanda_core::{Batch, Entry, Fact, Ledger};

use crate::Progress;
use crate::error::Fault;
use crate::parallel::parse_in_parallel;
use crate::progress::Report;
use crate::store::{RowBatch, RowCollector, RowQuery, Rows, Watermark, check_counts};
use crate::{Result, StoreError};

/// The part of a ledger that an answer depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// These commitments and the definitions.
    Commitments(BTreeSet<String>),
    /// The whole ledger.
    All,
}

impl Scope {
    /// Only the definitions.
    pub(crate) const fn definitions() -> Self {
        Self::Commitments(BTreeSet::new())
    }

    /// One commitment and the definitions.
    pub(crate) fn commitment(id: &str) -> Self {
        Self::commitments([id])
    }

    /// These commitments and the definitions.
    pub(crate) fn commitments<'a>(ids: impl IntoIterator<Item = &'a str>) -> Self {
        Self::Commitments(ids.into_iter().map(str::to_owned).collect())
    }
}

/// A part of a ledger as of a watermark. It loads more entries on demand, but never entries beyond
/// its watermark. The tracker and its views share it until there are new entries.
#[derive(Debug)]
pub(crate) struct PartialLedger {
    contents: RwLock<Contents>,
    watermark: Watermark,
}

#[derive(Clone, Debug)]
struct Contents {
    /// All entries about the loaded commitments, the definitions if they are loaded, and the rest
    /// of the batches of these entries.
    ledger: Arc<Ledger>,
    /// Whether the definitions are loaded.
    definitions: bool,
    /// The loaded commitments. `None` if the whole ledger is loaded.
    loaded: Option<HashSet<String>>,
}

/// If there are more new entries than this, they are not added one by one. Instead everything is
/// unloaded, and loaded again on demand.
const MAX_INCREMENT: usize = 1_000;

/// The maximum number of entries to reserve memory for.
const MAX_RESERVED: usize = 1 << 22;

impl PartialLedger {
    /// Wraps a complete ledger.
    pub(crate) fn complete(ledger: Arc<Ledger>) -> Self {
        Self { contents: RwLock::new(Contents::complete(ledger)), watermark: Watermark::default() }
    }

    /// Creates an empty part of the ledger as it is now.
    pub(crate) fn empty(rows: &mut dyn Rows) -> Result<Self> {
        let contents = Contents { ledger: Arc::new(Ledger::new()), definitions: false, loaded: Some(HashSet::new()) };
        Ok(Self { contents: RwLock::new(contents), watermark: rows.watermark()? })
    }

    /// Returns the watermark: later rows are not loaded.
    pub(crate) fn watermark(&self) -> &Watermark {
        &self.watermark
    }

    /// Returns a ledger with the loaded entries.
    pub(crate) fn ledger(&self) -> Arc<Ledger> {
        self.read(|contents| Arc::clone(&contents.ledger))
    }

    /// Whether the whole ledger is loaded.
    pub(crate) fn is_complete(&self) -> bool {
        self.read(|contents| contents.loaded.is_none())
    }

    /// Whether a scope is loaded.
    pub(crate) fn covers(&self, scope: &Scope) -> bool {
        self.read(|contents| match (&contents.loaded, scope) {
            (None, _) => true,
            (Some(_), Scope::All) => false,
            (Some(loaded), Scope::Commitments(ids)) => contents.definitions && ids.iter().all(|id| loaded.contains(id)),
        })
    }

    /// Loads a scope, up to the watermark. `place` is for error messages.
    pub(crate) fn load(&self, rows: &mut dyn Rows, scope: &Scope, place: &str, report: Report<'_>) -> Result<()> {
        match scope {
            _ if self.covers(scope) => Ok(()),
            Scope::All => self.load_all(rows, place, report),
            Scope::Commitments(ids) => {
                let missing: Vec<&String> =
                    self.read(|contents| ids.iter().filter(|id| !contents.is_loaded(Some(id))).collect());
                self.load_commitments(rows, &missing, place)
            }
        }
    }

    fn load_commitments(&self, rows: &mut dyn Rows, ids: &[&String], place: &str) -> Result<()> {
        let ledger = self.ledger();
        let loaded = |id| ledger.entry(id).is_some();
        let mut found = RowCollector::new(place);
        let definitions = self.read(|contents| !contents.is_loaded(None)).then_some(RowQuery::General);
        let queries = definitions.into_iter().chain(ids.iter().map(|id| RowQuery::About(id)));
        for query in queries.clone() {
            rows.select_missing(query, &self.watermark, &loaded, &mut |row| found.push(row))?;
        }
        found.add_rest_of_batches(rows, &self.watermark, &ledger)?;
        // Release the ledger: merging would copy it otherwise.
        drop(ledger);
        let entries = found.finish()?;
        for query in queries {
            check_counts(rows, query, place)?;
        }
        self.write(|contents| {
            contents.merge(entries);
            contents.definitions = true;
            if let Some(loaded) = &mut contents.loaded {
                loaded.extend(ids.iter().map(|id| (*id).clone()));
            }
        });
        Ok(())
    }

    fn load_all(&self, rows: &mut dyn Rows, place: &str, report: Report<'_>) -> Result<()> {
        let total = rows.count(&self.watermark)?;
        let mut done = 0;
        let produce = |produce: &mut dyn FnMut(RowBatch)| -> Result<()> {
            let mut batch = RowBatch::new();
            rows.select(RowQuery::All, &self.watermark, &mut |row| {
                batch.push(row);
                if batch.is_full() {
                    done += batch.len() as u64;
                    Progress { done, total: Some(total) }.report_to(report)?;
                    produce(std::mem::replace(&mut batch, RowBatch::new()));
                }
                Ok(ControlFlow::Continue(()))
            })?;
            produce(batch);
            Ok(())
        };
        let mut ledger = Ledger::new();
        // Another program may have written any number into the file.
        ledger.reserve(usize::try_from(total).unwrap_or_default().min(MAX_RESERVED));
        let (read, faults) = parse_in_parallel(&mut ledger, produce, RowBatch::read);
        read?;
        Progress { done: total, total: Some(total) }.report_to(report)?;
        if !faults.is_empty() {
            return Err(StoreError::damaged_database(place, faults).into());
        }
        check_counts(rows, RowQuery::All, place)?;
        if ledger.len() as u64 != total {
            let text = format!("{total} entries were recorded, and {} are found; restore a backup", ledger.len());
            return Err(StoreError::damaged_database(place, vec![Fault { row: None, text }].into()).into());
        }
        self.write(|contents| *contents = Contents::complete(Arc::new(ledger)));
        Ok(())
    }

    /// Adds new entries, as far as what they are about is loaded, and moves the watermark. If the
    /// part is shared with a view, it is copied first, so the view does not change.
    pub(crate) fn extend(self: &mut Arc<Self>, entries: Vec<Entry>, seen: NewlySeen) {
        let complete = self.is_complete();
        let wanted = |contents: &Contents, entry: &Entry| {
            complete || entry.batch().is_some() || contents.is_loaded(entry.commitment())
        };
        let entries: Vec<Entry> =
            self.read(|contents| entries.into_iter().filter(|entry| wanted(contents, entry)).collect());
        match Arc::get_mut(self) {
            Some(part) => {
                part.write(|contents| contents.merge(entries));
                seen.add_to(&mut part.watermark);
            }
            None => {
                let mut contents = self.read(Contents::clone);
                contents.merge(entries);
                let mut watermark = self.watermark.clone();
                seen.add_to(&mut watermark);
                *self = Arc::new(Self { contents: RwLock::new(contents), watermark });
            }
        }
    }

    /// Returns the new entries since the watermark that belong to the loaded part. With `all`,
    /// returns every new entry.
    pub(crate) fn news(&self, rows: &mut dyn Rows, all: bool, place: &str) -> Result<Since> {
        let watermark = rows.watermark()?;
        if watermark == self.watermark {
            return Ok(Since::Unchanged);
        }
        let ledger = self.ledger();
        let all = all || self.is_complete();
        let mut found = RowCollector::new(place);
        let (mut any, mut too_many) = (false, false);
        rows.select(RowQuery::After(&self.watermark), &watermark, &mut |row| {
            if self.watermark.covers(row.number) || ledger.entry(row.id).is_some() {
                return Ok(ControlFlow::Continue(()));
            }
            any = true;
            if !all && found.len() >= MAX_INCREMENT {
                too_many = true;
                return Ok(ControlFlow::Break(()));
            }
            match all || row.batch || self.read(|contents| contents.is_loaded(row.commitment)) {
                true => found.push(row),
                false => Ok(ControlFlow::Continue(())),
            }
        })?;
        if too_many {
            return Ok(Since::Reset(Self::empty(rows)?));
        }
        let own = found.len();
        if !self.is_complete() {
            found.add_rest_of_batches(rows, &watermark, &ledger)?;
        }
        let mut entries = found.finish()?;
        let rest = entries.split_off(own);
        Ok(Since::More { any, entries, rest, watermark })
    }

    /// Returns the definitions and the entries about these commitments that are not loaded yet,
    /// even beyond the watermark.
    pub(crate) fn news_of(&self, rows: &mut dyn Rows, ids: &BTreeSet<String>, place: &str) -> Result<NewRows> {
        let watermark = rows.watermark()?;
        let ledger = self.ledger();
        let loaded = |id| ledger.entry(id).is_some();
        let mut found = RowCollector::new(place);
        for query in std::iter::once(RowQuery::General).chain(ids.iter().map(|id| RowQuery::About(id))) {
            rows.select_missing(query, &watermark, &loaded, &mut |row| found.push(row))?;
        }
        let own = found.len();
        found.add_rest_of_batches(rows, &watermark, &ledger)?;
        let numbers = found.take_numbers();
        let mut entries = found.finish()?;
        let rest = entries.split_off(own);
        Ok(NewRows { entries, rest, numbers })
    }

    fn read<T>(&self, look: impl FnOnce(&Contents) -> T) -> T {
        // A panic cannot leave the contents half changed: each change is a single assignment at the
        // end.
        look(&self.contents.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn write(&self, change: impl FnOnce(&mut Contents)) {
        change(&mut self.contents.write().unwrap_or_else(PoisonError::into_inner));
    }
}

impl Contents {
    fn complete(ledger: Arc<Ledger>) -> Self {
        Self { ledger, definitions: true, loaded: None }
    }

    /// Whether the entries about a commitment are loaded or, for `None`, the definitions.
    fn is_loaded(&self, commitment: Option<&str>) -> bool {
        match (&self.loaded, commitment) {
            (None, _) => true,
            (Some(_), None) => self.definitions,
            (Some(loaded), Some(id)) => loaded.contains(id),
        }
    }

    fn merge(&mut self, entries: Vec<Entry>) {
        if !entries.is_empty() {
            Arc::make_mut(&mut self.ledger).merge_entries(entries);
        }
    }
}

/// The rows that have been seen with new entries.
#[derive(Debug)]
pub(crate) enum NewlySeen {
    /// All rows up to a watermark.
    UpTo(Watermark),
    /// The rows with these numbers, in addition to those seen before.
    Rows(Vec<i64>),
}

impl NewlySeen {
    fn add_to(self, watermark: &mut Watermark) {
        match self {
            Self::UpTo(to) => *watermark = to,
            Self::Rows(numbers) => {
                let through = watermark.through;
                watermark.also.extend(numbers.into_iter().filter(|number| *number > through));
            }
        }
    }
}

/// The changes since a watermark.
#[derive(Debug)]
pub(crate) enum Since {
    /// Nothing.
    Unchanged,
    /// New entries.
    More {
        /// Whether there were any new entries, wanted or not.
        any: bool,
        /// The new entries that are wanted.
        entries: Vec<Entry>,
        /// Older entries of the same batches that were not loaded.
        rest: Vec<Entry>,
        /// How far this goes.
        watermark: Watermark,
    },
    /// So many new entries that it is faster to start again with an empty part.
    Reset(PartialLedger),
}

/// Entries that were not loaded yet.
#[derive(Debug)]
pub(crate) struct NewRows {
    /// The entries.
    pub(crate) entries: Vec<Entry>,
    /// Other entries of the same batches.
    pub(crate) rest: Vec<Entry>,
    /// The numbers of all these rows.
    pub(crate) numbers: Vec<i64>,
}

/// Loads what a batch depends on: the commitments that it names, those that they are part of, and
/// so on. `load` loads a set of commitments and returns the ledger.
pub(crate) fn load_dependencies(
    batch: &Batch,
    mut load: impl FnMut(&BTreeSet<String>) -> Result<Arc<Ledger>>,
) -> Result<Arc<Ledger>> {
    let mut all: BTreeSet<String> = batch.commitments().into_iter().map(|id| id.as_str().to_owned()).collect();
    let mut new = all.clone();
    loop {
        let ledger = load(&new)?;
        let about = new.iter().flat_map(|id| ledger.entries_about(id));
        let wholes = about.filter(|entry| entry.kind() == "register").filter_map(|entry| match entry.fact() {
            Fact::Register(commitment) => commitment.part_of.map(|whole| whole.as_str().to_owned()),
            _ => None,
        });
        let further: BTreeSet<String> = wholes.filter(|id| !all.contains(id)).collect();
        if further.is_empty() {
            return Ok(ledger);
        }
        all.extend(further.iter().cloned());
        new = further;
    }
}
