//! What a tracker has in memory of a ledger: all of it, or what somebody has asked for.

use std::collections::{BTreeSet, HashSet};
use std::sync::{Arc, PoisonError, RwLock};

use servanda_core::{Batch, Entry, EntryId, Fact, Ledger};

use crate::parallel::parse_in_parallel;
use crate::progress::Report;
use crate::store::{Row, RowBatch, RowQuery, Rows, Watermark};
use crate::{Error, Fault, Progress, Result};

/// What an answer depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// These commitments, with the definitions.
    Commitments(BTreeSet<String>),
    /// The whole ledger.
    All,
}

impl Scope {
    /// Definitions only.
    pub(crate) const fn definitions() -> Self {
        Self::Commitments(BTreeSet::new())
    }

    pub(crate) fn commitment(commitment: &str) -> Self {
        Self::Commitments(BTreeSet::from([commitment.to_owned()]))
    }
}

/// A part of a ledger as of a mark, which grows as somebody asks for more of it. Views share it with the tracker until the tracker goes on.
#[derive(Debug)]
pub(crate) struct PartialLedger {
    contents: RwLock<Contents>,
    watermark: Watermark,
}

#[derive(Clone, Debug)]
struct Contents {
    /// All entries about no commitment once definitions are loaded, all about the commitments that are, and the rest of their batches.
    ledger: Arc<Ledger>,
    /// Whether definitions are loaded.
    definitions: bool,
    /// The commitments that are loaded. None: the ledger is whole.
    loaded: Option<HashSet<String>>,
}

/// More news than these are not taken in one by one: what is held is forgotten instead, and loaded again when somebody asks.
const MAX_INCREMENT: usize = 1_000;

/// For so many entries room is made before they are seen.
const MAX_RESERVED: usize = 1 << 22;

impl PartialLedger {
    /// A ledger that is whole.
    pub(crate) fn complete(ledger: Arc<Ledger>) -> Self {
        Self { contents: RwLock::new(Contents::complete(ledger)), watermark: Watermark::default() }
    }

    /// Nothing yet, as of now.
    pub(crate) fn empty(rows: &mut dyn Rows) -> Result<Self> {
        let contents = Contents { ledger: Arc::new(Ledger::new()), definitions: false, loaded: Some(HashSet::new()) };
        Ok(Self { contents: RwLock::new(contents), watermark: rows.watermark()? })
    }

    /// How far it goes.
    pub(crate) fn watermark(&self) -> &Watermark {
        &self.watermark
    }

    /// What is held of the ledger.
    pub(crate) fn ledger(&self) -> Arc<Ledger> {
        Arc::clone(&self.read(|contents| Arc::clone(&contents.ledger)))
    }

    pub(crate) fn is_complete(&self) -> bool {
        self.read(|contents| contents.loaded.is_none())
    }

    /// Whether it has what an answer depends on.
    pub(crate) fn covers(&self, scope: &Scope) -> bool {
        self.read(|contents| match (&contents.loaded, scope) {
            (None, _) => true,
            (Some(_), Scope::All) => false,
            (Some(loaded), Scope::Commitments(ids)) => contents.definitions && ids.iter().all(|id| loaded.contains(id)),
        })
    }

    /// Reads what an answer depends on, as far as the mark goes.
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
        let mut found = RowCollector::new(place);
        let definitions = self.read(|contents| !contents.is_loaded(None)).then_some(RowQuery::General);
        for which in definitions.into_iter().chain(ids.iter().map(|id| RowQuery::About(id))) {
            let held = |id| ledger.entry(id).is_some();
            rows.select_missing(which, &self.watermark, &held, &mut |row| found.push(row))?;
        }
        drop(ledger);
        self.add(rows, found, ids)
    }

    /// Puts what was found into the ledger, with the rest of the batches: the definitions, and all about these commitments.
    fn add(&self, rows: &mut dyn Rows, mut found: RowCollector<'_>, ids: &[&String]) -> Result<()> {
        let ledger = self.ledger();
        found.add_rest_of_batches(rows, &self.watermark, &ledger)?;
        drop(ledger);
        let entries = found.finish()?;
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
        let hand_out = |hand_out: &mut dyn FnMut(RowBatch)| -> Result<()> {
            let mut some = RowBatch::new();
            rows.select(RowQuery::All, &self.watermark, &mut |row| {
                some.push(row);
                if some.is_full() {
                    done += some.len() as u64;
                    Progress { done, total: Some(total) }.report_to(report)?;
                    hand_out(std::mem::replace(&mut some, RowBatch::new()));
                }
                Ok(())
            })?;
            hand_out(some);
            Ok(())
        };
        let mut ledger = Ledger::new();
        // Somebody may have written any number into the file.
        ledger.reserve(usize::try_from(total).unwrap_or_default().min(MAX_RESERVED));
        let (read, faults) = parse_in_parallel(&mut ledger, hand_out, |some: RowBatch| some.read());
        read?;
        Progress { done: total, total: Some(total) }.report_to(report)?;
        if !faults.is_empty() {
            return Err(Error::DamagedDatabase { place: place.to_owned(), faults });
        }
        self.write(|contents| *contents = Contents::complete(Arc::new(ledger)));
        Ok(())
    }

    /// The same with entries that came after it, as far as anybody has asked for what they are about.
    pub(crate) fn extended(self: &mut Arc<Self>, entries: Vec<Entry>, seen: NewlySeen) {
        let whole = self.is_complete();
        let wanted = |contents: &Contents, entry: &Entry| {
            whole || entry.batch().is_some() || contents.is_loaded(entry.commitment())
        };
        let entries =
            self.read(|contents| entries.into_iter().filter(|entry| wanted(contents, entry)).collect::<Vec<_>>());
        match Arc::get_mut(self) {
            Some(held) => {
                held.write(|contents| contents.merge(entries));
                seen.add_to(&mut held.watermark);
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

    /// What has come since, as far as it is to be taken in, and how far that goes.
    pub(crate) fn news(&self, rows: &mut dyn Rows, every: bool, place: &str) -> Result<Since> {
        let watermark = rows.watermark()?;
        if watermark == self.watermark {
            return Ok(Since::Unchanged);
        }
        let ledger = self.ledger();
        let every = every || self.is_complete();
        let mut found = RowCollector::new(place);
        let (mut any, mut too_many) = (false, false);
        let selected = rows.select(RowQuery::After(&self.watermark), &watermark, &mut |row| {
            if self.watermark.covers(row.number) || ledger.entry(row.id).is_some() {
                return Ok(());
            }
            any = true;
            let wanted = every || row.batch || self.read(|contents| contents.is_loaded(row.commitment));
            too_many = too_many || (!every && found.entries.len() >= MAX_INCREMENT);
            match too_many {
                // Nothing of it is needed: it ends here.
                true => Err(Error::Poisoned),
                false if wanted => found.push(row),
                false => Ok(()),
            }
        });
        if too_many {
            return Ok(Since::Reset(Self::empty(rows)?));
        }
        selected?;
        let own = found.entries.len();
        if !self.is_complete() {
            found.add_rest_of_batches(rows, &watermark, &ledger)?;
        }
        let mut entries = found.finish()?;
        let rest = entries.split_off(own);
        Ok(Since::More { any, entries, rest, watermark })
    }

    /// What there is now about these commitments and in definitions and is not held, and the rest of the batches.
    pub(crate) fn news_of(
        &self,
        rows: &mut dyn Rows,
        ids: &BTreeSet<String>,
        place: &str,
    ) -> Result<(Vec<Entry>, Vec<Entry>, Vec<i64>)> {
        let watermark = rows.watermark()?;
        let ledger = self.ledger();
        let held = |id| ledger.entry(id).is_some();
        let mut found = RowCollector::new(place);
        for which in std::iter::once(RowQuery::General).chain(ids.iter().map(|id| RowQuery::About(id))) {
            rows.select_missing(which, &watermark, &held, &mut |row| found.push(row))?;
        }
        let own = found.entries.len();
        found.add_rest_of_batches(rows, &watermark, &ledger)?;
        let numbers = std::mem::take(&mut found.numbers);
        let mut entries = found.finish()?;
        let rest = entries.split_off(own);
        Ok((entries, rest, numbers))
    }

    fn read<T>(&self, look: impl FnOnce(&Contents) -> T) -> T {
        // Nothing in it can be half done: what changes it changes it at the end, in one go.
        look(&self.contents.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn write(&self, change: impl FnOnce(&mut Contents)) {
        change(&mut self.contents.write().unwrap_or_else(PoisonError::into_inner));
    }
}

/// What is seen with entries that are taken in.
#[derive(Debug)]
pub(crate) enum NewlySeen {
    /// Everything up to a mark.
    UpTo(Watermark),
    /// Rows with these numbers, beside what was seen before.
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

/// What has come since a mark.
#[derive(Debug)]
pub(crate) enum Since {
    Unchanged,
    /// These entries, and the rest of their batches, which was there before.
    More {
        any: bool,
        entries: Vec<Entry>,
        rest: Vec<Entry>,
        watermark: Watermark,
    },
    /// So much that it is better to begin anew.
    Reset(PartialLedger),
}

impl Contents {
    fn complete(ledger: Arc<Ledger>) -> Self {
        Self { ledger, definitions: true, loaded: None }
    }

    /// Whether all entries about a commitment are here, or all about none.
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

/// Entries read from rows, and the rows that are wrong.
struct RowCollector<'a> {
    entries: Vec<Entry>,
    numbers: Vec<i64>,
    faults: Vec<Fault>,
    place: &'a str,
}

impl<'a> RowCollector<'a> {
    fn new(place: &'a str) -> Self {
        Self { entries: Vec::new(), numbers: Vec::new(), faults: Vec::new(), place }
    }

    fn push(&mut self, row: Row<'_>) -> Result<()> {
        self.numbers.push(row.number);
        match row.read() {
            Ok(entry) => self.entries.push(entry),
            Err(fault) => self.faults.push(fault),
        }
        Ok(())
    }

    /// Finds the rest of the batches, of which a part counts for nothing.
    fn add_rest_of_batches(&mut self, rows: &mut dyn Rows, watermark: &Watermark, ledger: &Ledger) -> Result<()> {
        let of_batches: Vec<EntryId> =
            self.entries.iter().filter(|entry| entry.batch().is_some()).map(Entry::id).collect();
        if of_batches.is_empty() {
            return Ok(());
        }
        let met: HashSet<EntryId> = self.entries.iter().map(Entry::id).collect();
        let held = |id| met.contains(&id) || ledger.entry(id).is_some();
        rows.select_missing(RowQuery::Batches(&of_batches), watermark, &held, &mut |row| self.push(row))
    }

    fn finish(self) -> Result<Vec<Entry>> {
        match self.faults.is_empty() {
            true => Ok(self.entries),
            false => Err(Error::DamagedDatabase { place: self.place.to_owned(), faults: self.faults }),
        }
    }
}

/// The commitments that a batch depends on: those it is about or names, and those that they are a part of, as far as that leads.
pub(crate) fn load_dependencies(
    batch: &Batch,
    mut fill: impl FnMut(&BTreeSet<String>) -> Result<Arc<Ledger>>,
) -> Result<Arc<Ledger>> {
    let mut all: BTreeSet<String> = batch.commitments().into_iter().map(|id| id.as_str().to_owned()).collect();
    let mut new = all.clone();
    loop {
        let ledger = fill(&new)?;
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
