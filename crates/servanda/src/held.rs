//! What a tracker has in memory of a ledger: all of it, or what somebody has asked for.

use std::collections::{BTreeSet, HashSet};
use std::sync::{Arc, PoisonError, RwLock};

use servanda_core::{Batch, Entry, EntryId, Fact, Ledger};

use crate::progress::Report;
use crate::store::{Mark, Row, Rowful, Rows, Select};
use crate::two_threads::make_entries;
use crate::{Error, Fault, Progress, Result};

/// What an answer depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Needs {
    /// These commitments, with the definitions.
    These(BTreeSet<String>),
    /// The whole ledger.
    All,
}

impl Needs {
    /// Definitions only.
    pub(crate) const fn definitions() -> Self {
        Self::These(BTreeSet::new())
    }

    pub(crate) fn of(commitment: &str) -> Self {
        Self::These(BTreeSet::from([commitment.to_owned()]))
    }
}

/// A part of a ledger as of a mark, which grows as somebody asks for more of it. Views share it with the tracker until the tracker goes on.
#[derive(Debug)]
pub(crate) struct Held {
    part: RwLock<Part>,
    mark: Mark,
}

#[derive(Clone, Debug)]
struct Part {
    /// All entries about no commitment once definitions are loaded, all about the commitments that are, and the rest of their batches.
    ledger: Arc<Ledger>,
    /// Whether definitions are loaded.
    definitions: bool,
    /// The commitments that are loaded. None: the ledger is whole.
    loaded: Option<HashSet<String>>,
}

/// More news than these are not taken in one by one: what is held is forgotten instead, and loaded again when somebody asks.
const MOST_TAKEN_IN: usize = 1_000;

/// For so many entries room is made before they are seen.
const MOST_EXPECTED: usize = 1 << 22;

impl Held {
    /// A ledger that is whole.
    pub(crate) fn whole(ledger: Arc<Ledger>) -> Self {
        Self { part: RwLock::new(Part::whole(ledger)), mark: Mark::default() }
    }

    /// Nothing yet, as of now.
    pub(crate) fn nothing(rows: &mut dyn Rows) -> Result<Self> {
        let part = Part { ledger: Arc::new(Ledger::new()), definitions: false, loaded: Some(HashSet::new()) };
        Ok(Self { part: RwLock::new(part), mark: rows.mark()? })
    }

    /// How far it goes.
    pub(crate) fn mark(&self) -> &Mark {
        &self.mark
    }

    /// What is held of the ledger.
    pub(crate) fn ledger(&self) -> Arc<Ledger> {
        Arc::clone(&self.read(|part| Arc::clone(&part.ledger)))
    }

    pub(crate) fn is_whole(&self) -> bool {
        self.read(|part| part.loaded.is_none())
    }

    /// Whether it has what an answer depends on.
    pub(crate) fn has(&self, needs: &Needs) -> bool {
        self.read(|part| match (&part.loaded, needs) {
            (None, _) => true,
            (Some(_), Needs::All) => false,
            (Some(loaded), Needs::These(ids)) => part.definitions && ids.iter().all(|id| loaded.contains(id)),
        })
    }

    /// Reads what an answer depends on, as far as the mark goes.
    pub(crate) fn fill(&self, rows: &mut dyn Rows, needs: &Needs, place: &str, report: Report<'_>) -> Result<()> {
        match needs {
            _ if self.has(needs) => Ok(()),
            Needs::All => self.fill_all(rows, place, report),
            Needs::These(ids) => {
                let missing: Vec<&String> =
                    self.read(|part| ids.iter().filter(|id| !part.is_loaded(Some(id))).collect());
                self.read_about(rows, &missing, place)
            }
        }
    }

    fn read_about(&self, rows: &mut dyn Rows, ids: &[&String], place: &str) -> Result<()> {
        let ledger = self.ledger();
        let mut found = Found::new(place);
        let definitions = self.read(|part| !part.is_loaded(None)).then_some(Select::General);
        for which in definitions.into_iter().chain(ids.iter().map(|id| Select::About(id))) {
            let held = |id| ledger.entry(id).is_some();
            rows.select_new(which, &self.mark, &held, &mut |row| found.take(row))?;
        }
        drop(ledger);
        self.take_in(rows, found, ids)
    }

    /// Puts what was found into the ledger, with the rest of the batches: the definitions, and all about these commitments.
    fn take_in(&self, rows: &mut dyn Rows, mut found: Found<'_>, ids: &[&String]) -> Result<()> {
        let ledger = self.ledger();
        found.complete(rows, &self.mark, &ledger)?;
        drop(ledger);
        let entries = found.end()?;
        self.write(|part| {
            part.take(entries);
            part.definitions = true;
            if let Some(loaded) = &mut part.loaded {
                loaded.extend(ids.iter().map(|id| (*id).clone()));
            }
        });
        Ok(())
    }

    fn fill_all(&self, rows: &mut dyn Rows, place: &str, report: Report<'_>) -> Result<()> {
        let total = rows.count(&self.mark)?;
        let mut done = 0;
        let hand_out = |hand_out: &mut dyn FnMut(Rowful)| -> Result<()> {
            let mut some = Rowful::new();
            rows.select(Select::All, &self.mark, &mut |row| {
                some.push(row);
                if some.is_full() {
                    done += some.len() as u64;
                    Progress { done, total: Some(total) }.tell(report)?;
                    hand_out(std::mem::replace(&mut some, Rowful::new()));
                }
                Ok(())
            })?;
            hand_out(some);
            Ok(())
        };
        let mut ledger = Ledger::new();
        // Somebody may have written any number into the file.
        ledger.reserve(usize::try_from(total).unwrap_or_default().min(MOST_EXPECTED));
        let (read, faults) = make_entries(&mut ledger, hand_out, |some: Rowful| some.read());
        read?;
        Progress { done: total, total: Some(total) }.tell(report)?;
        if !faults.is_empty() {
            return Err(Error::DamagedDatabase { place: place.to_owned(), faults });
        }
        self.write(|part| *part = Part::whole(Arc::new(ledger)));
        Ok(())
    }

    /// The same with entries that came after it, as far as anybody has asked for what they are about.
    pub(crate) fn gone_on(self: &mut Arc<Self>, entries: Vec<Entry>, seen: Seen) {
        let whole = self.is_whole();
        let wanted =
            |part: &Part, entry: &Entry| whole || entry.batch().is_some() || part.is_loaded(entry.commitment());
        let entries = self.read(|part| entries.into_iter().filter(|entry| wanted(part, entry)).collect::<Vec<_>>());
        match Arc::get_mut(self) {
            Some(held) => {
                held.write(|part| part.take(entries));
                seen.add_to(&mut held.mark);
            }
            None => {
                let mut part = self.read(Part::clone);
                part.take(entries);
                let mut mark = self.mark.clone();
                seen.add_to(&mut mark);
                *self = Arc::new(Self { part: RwLock::new(part), mark });
            }
        }
    }

    /// What has come since, as far as it is to be taken in, and how far that goes.
    pub(crate) fn news(&self, rows: &mut dyn Rows, every: bool, place: &str) -> Result<Since> {
        let mark = rows.mark()?;
        if mark == self.mark {
            return Ok(Since::Nothing);
        }
        let ledger = self.ledger();
        let every = every || self.is_whole();
        let mut found = Found::new(place);
        let (mut any, mut too_many) = (false, false);
        let selected = rows.select(Select::After(&self.mark), &mark, &mut |row| {
            if self.mark.covers(row.number) || ledger.entry(row.id).is_some() {
                return Ok(());
            }
            any = true;
            let wanted = every || row.batch || self.read(|part| part.is_loaded(row.commitment));
            too_many = too_many || (!every && found.entries.len() >= MOST_TAKEN_IN);
            match too_many {
                // Nothing of it is needed: it ends here.
                true => Err(Error::Poisoned),
                false if wanted => found.take(row),
                false => Ok(()),
            }
        });
        if too_many {
            return Ok(Since::Anew(Self::nothing(rows)?));
        }
        selected?;
        let own = found.entries.len();
        if !self.is_whole() {
            found.complete(rows, &mark, &ledger)?;
        }
        let mut entries = found.end()?;
        let rest = entries.split_off(own);
        Ok(Since::More { any, entries, rest, mark })
    }

    /// What there is now about these commitments and in definitions and is not held, and the rest of the batches.
    pub(crate) fn news_about(
        &self,
        rows: &mut dyn Rows,
        ids: &BTreeSet<String>,
        place: &str,
    ) -> Result<(Vec<Entry>, Vec<Entry>, Vec<i64>)> {
        let mark = rows.mark()?;
        let ledger = self.ledger();
        let held = |id| ledger.entry(id).is_some();
        let mut found = Found::new(place);
        for which in std::iter::once(Select::General).chain(ids.iter().map(|id| Select::About(id))) {
            rows.select_new(which, &mark, &held, &mut |row| found.take(row))?;
        }
        let own = found.entries.len();
        found.complete(rows, &mark, &ledger)?;
        let numbers = std::mem::take(&mut found.numbers);
        let mut entries = found.end()?;
        let rest = entries.split_off(own);
        Ok((entries, rest, numbers))
    }

    fn read<T>(&self, look: impl FnOnce(&Part) -> T) -> T {
        // Nothing in it can be half done: what changes it changes it at the end, in one go.
        look(&self.part.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn write(&self, change: impl FnOnce(&mut Part)) {
        change(&mut self.part.write().unwrap_or_else(PoisonError::into_inner));
    }
}

/// What is seen with entries that are taken in.
#[derive(Debug)]
pub(crate) enum Seen {
    /// Everything up to a mark.
    To(Mark),
    /// Rows with these numbers, beside what was seen before.
    These(Vec<i64>),
}

impl Seen {
    fn add_to(self, mark: &mut Mark) {
        match self {
            Self::To(to) => *mark = to,
            Self::These(numbers) => {
                let all_to = mark.all_to;
                mark.and.extend(numbers.into_iter().filter(|number| *number > all_to));
            }
        }
    }
}

/// What has come since a mark.
#[derive(Debug)]
pub(crate) enum Since {
    Nothing,
    /// These entries, and the rest of their batches, which was there before.
    More {
        any: bool,
        entries: Vec<Entry>,
        rest: Vec<Entry>,
        mark: Mark,
    },
    /// So much that it is better to begin anew.
    Anew(Held),
}

impl Part {
    fn whole(ledger: Arc<Ledger>) -> Self {
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

    fn take(&mut self, entries: Vec<Entry>) {
        if !entries.is_empty() {
            Arc::make_mut(&mut self.ledger).merge_entries(entries);
        }
    }
}

/// Entries read from rows, and the rows that are wrong.
struct Found<'a> {
    entries: Vec<Entry>,
    numbers: Vec<i64>,
    faults: Vec<Fault>,
    place: &'a str,
}

impl<'a> Found<'a> {
    fn new(place: &'a str) -> Self {
        Self { entries: Vec::new(), numbers: Vec::new(), faults: Vec::new(), place }
    }

    fn take(&mut self, row: Row<'_>) -> Result<()> {
        self.numbers.push(row.number);
        match row.read() {
            Ok(entry) => self.entries.push(entry),
            Err(fault) => self.faults.push(fault),
        }
        Ok(())
    }

    /// Finds the rest of the batches, of which a part counts for nothing.
    fn complete(&mut self, rows: &mut dyn Rows, mark: &Mark, ledger: &Ledger) -> Result<()> {
        let of_batches: Vec<EntryId> =
            self.entries.iter().filter(|entry| entry.batch().is_some()).map(Entry::id).collect();
        if of_batches.is_empty() {
            return Ok(());
        }
        let met: HashSet<EntryId> = self.entries.iter().map(Entry::id).collect();
        let held = |id| met.contains(&id) || ledger.entry(id).is_some();
        rows.select_new(Select::Batches(&of_batches), mark, &held, &mut |row| self.take(row))
    }

    fn end(self) -> Result<Vec<Entry>> {
        match self.faults.is_empty() {
            true => Ok(self.entries),
            false => Err(Error::DamagedDatabase { place: self.place.to_owned(), faults: self.faults }),
        }
    }
}

/// The commitments that a batch depends on: those it is about or names, and those that they are a part of, as far as that leads.
pub(crate) fn needed_for(
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
