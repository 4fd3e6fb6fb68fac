//! The ledger as a set of entries.

use std::collections::BTreeSet;
use std::io::BufRead;
use std::sync::{Arc, OnceLock};

use super::batches::Batches;
use super::days::Days;
use super::ids::Ids;
use super::logs::Logs;
use super::mentions::Mentions;
use crate::entry::{Batch, Definition, Entry, Kind, Reader};
use crate::ledger::{BatchedEntry, Candidates, Snapshot};
use crate::replay::{CachedTimeline, Definitions};
use crate::value::{Day, Digest, EntryId, Moment, Slug};
use crate::{Result, entry};

/// A set of entries.
///
/// [`append`](Ledger::append) adds entries, and refuses what the procedures do not allow.
/// [`merge`](Ledger::merge) adds all entries of another ledger. Entries are never edited or
/// removed.
///
/// Cloning is cheap, because clones share their entries.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// All entries, in the order in which they were added. A *place* is an index into this list.
    entries: Vec<Arc<Entry>>,
    /// The places of all entries, sorted by key.
    in_order: Vec<u32>,
    /// The place of the most recently recorded entry.
    newest: u32,
    ids: Ids,
    /// The entries about each commitment.
    pub(super) logs: Logs,
    /// The logs of the entries that are being added. It is empty otherwise, and kept to reuse its
    /// allocation.
    sought: Vec<Option<u32>>,
    /// The places of the entries about no commitment, sorted by key: definitions, and retractions
    /// of them.
    general: Vec<u32>,
    /// Whether `general` needs sorting, because an entry was added after another with a later key.
    general_disordered: bool,
    batches: Batches,
    /// The definitions according to all entries, computed on first use.
    definitions: OnceLock<Arc<Definitions>>,
    /// The index of days, built on first use.
    days: OnceLock<Days>,
    /// The identifiers and links that entries mention, indexed on first use.
    mentions: OnceLock<Mentions>,
}

impl PartialEq for Ledger {
    fn eq(&self, other: &Self) -> bool {
        self.entries.len() == other.entries.len() && self.entries().all(|entry| other.entry(entry.id()).is_some())
    }
}

impl Eq for Ledger {}

/// The number of entries that are read and then added together.
const AT_ONCE: usize = 512;

impl Ledger {
    /// Creates an empty ledger.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads a ledger from a stream of lines.
    ///
    /// # Errors
    ///
    /// The first invalid line, with its number. To get all of them, use [`Reader`].
    pub fn read(input: impl BufRead) -> Result<Self> {
        let mut ledger = Self::new();
        let mut reader = Reader::new(input);
        loop {
            // Reading in chunks adds entries while they are in the CPU cache, without alternating
            // after every line.
            let some = reader.by_ref().take(AT_ONCE).map(|entry| entry.map(Arc::new));
            let some: Vec<Arc<Entry>> = some.collect::<Result<_>>()?;
            if some.is_empty() {
                return Ok(ledger);
            }
            ledger.insert_all(some);
        }
    }

    /// Writes the lines of all entries, in the order in which they were recorded. Ledgers with the
    /// same entries produce the same text.
    ///
    /// # Errors
    ///
    /// Any error of the output stream.
    pub fn write(&self, output: impl std::io::Write) -> std::io::Result<()> {
        entry::write(self.entries(), output)
    }

    /// Returns the entries, in the order in which they were recorded.
    pub fn entries(&self) -> impl ExactSizeIterator<Item = &Entry> {
        self.in_order.iter().map(|place| self.at(*place))
    }

    /// Returns the entry with this id.
    #[must_use]
    pub fn entry(&self, id: EntryId) -> Option<&Entry> {
        self.ids.find(&self.entries, id)
    }

    /// Returns the number of entries.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether the ledger has no entries.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Returns the digest of the sorted ids, joined by newlines. Ledgers with the same digest have
    /// the same entries.
    #[must_use]
    pub fn digest(&self) -> Digest {
        let mut ids: Vec<Digest> = self.entries().map(|entry| entry.id().0).collect();
        ids.sort_unstable();
        Digest::of_lines(ids)
    }

    /// Returns the moment at which the newest entry was recorded.
    #[must_use]
    pub fn newest(&self) -> Option<Moment> {
        self.entries.get(self.newest as usize).map(|entry| entry.recorded_at())
    }

    /// Appends a batch of facts: all of them or none.
    ///
    /// The entries are recorded by `recorded_by`, at `now` or right after the newest entry.
    ///
    /// The first commitment that uses a built-in procedure also adds the procedure and its
    /// calendars to the ledger. Returns the ids of the new entries in order, starting with those of
    /// such added definitions.
    ///
    /// # Errors
    ///
    /// An error if the procedure, the ledger or the format does not allow the batch. The ledger is
    /// then unchanged.
    ///
    /// ```
    /// use servanda_core::{Advance, Ledger};
    ///
    /// let mut ledger = Ledger::new();
    /// let step = Advance::builder("jp/tpp", "submitted").on("2013-03-15".parse::<servanda_core::Day>()?);
    /// let refused = ledger.append(step, &"desk".parse()?, "2013-03-16T01:00:00.000000Z".parse()?).unwrap_err();
    /// assert_eq!(refused.to_string(), "jp/tpp is not registered on this ledger; register it first, or ask as of a later moment");
    /// assert!(ledger.is_empty());
    /// # Ok::<(), servanda_core::Error>(())
    /// ```
    pub fn append(&mut self, batch: impl Into<Batch>, recorded_by: &Slug, now: Moment) -> Result<Vec<EntryId>> {
        let entries = self.prepare(batch, recorded_by, now)?;
        let ids = entries.iter().map(Entry::id).collect();
        self.insert_all(entries.into_iter().map(Arc::new));
        Ok(ids)
    }

    /// Returns the entries that [`append`](Ledger::append) would append, without appending them.
    ///
    /// A store can write them first, and then pass them to
    /// [`merge_entries`](Ledger::merge_entries).
    ///
    /// # Errors
    ///
    /// The same as [`append`](Ledger::append).
    pub fn prepare(&self, batch: impl Into<Batch>, recorded_by: &Slug, now: Moment) -> Result<Vec<Entry>> {
        super::append::prepare(Snapshot::all(self), self.newest(), batch.into(), recorded_by, Some(now))
    }

    /// Reserves memory for `entries` more entries, so that adding them is faster.
    pub fn reserve(&mut self, entries: usize) {
        self.entries.reserve(entries);
        self.in_order.reserve(entries);
        self.ids.reserve(entries);
    }

    pub(super) fn insert_all(&mut self, entries: impl IntoIterator<Item = Arc<Entry>>) -> usize {
        let first = self.entries.len();
        let mut entries = entries.into_iter();
        self.reserve(entries.size_hint().0);
        while self.insert_some(entries.by_ref().take(AT_ONCE)) {}
        self.logs.put_in_order(&self.entries);
        let entries = &self.entries;
        let key = |place: &u32| entries.get(*place as usize).map(|entry| entry.key());
        self.in_order.extend(first as u32..entries.len() as u32);
        if !self.in_order.get(first.saturating_sub(1)..).unwrap_or_default().is_sorted_by_key(key) {
            self.in_order.sort_unstable_by_key(key);
        }
        if std::mem::take(&mut self.general_disordered) {
            self.general.sort_unstable_by_key(key);
            self.definitions.take();
            self.logs.forget_all();
        }
        self.complete_batches(self.entries.len() as u32);
        if let Some(mentions) = self.mentions.get_mut() {
            mentions.extend(self.entries.get(first..).unwrap_or_default());
        }
        self.entries.len() - first
    }

    /// Counts the batches that are complete now. Only the first `logged` entries are considered.
    fn complete_batches(&mut self, logged: u32) {
        let completed = self.batches.complete(logged, &self.entries, &self.ids);
        if completed.any_replaced {
            self.definitions.take();
            self.logs.forget_all();
            self.days.take();
        }
        completed.whole.iter().for_each(|batch| self.count(batch));
    }

    /// Updates the cached state for a batch that has become complete.
    fn count(&mut self, batch: &[u32]) {
        let entries = &self.entries;
        let at = |place: &u32| entries.get(*place as usize).map(AsRef::as_ref);
        let Some(known) = batch.last().and_then(at).map(Entry::key) else { return };
        let mut units: Vec<(u32, u32)> = Vec::with_capacity(batch.len());
        let mut general: Vec<&Entry> = Vec::new();
        for (place, entry) in batch.iter().filter_map(|place| Some((*place, at(place)?))) {
            match entry.commitment() {
                Some(commitment) => units.push((self.logs.index_or_insert(commitment), place)),
                None => general.push(entry),
            }
        }
        if !general.is_empty() {
            self.days.take();
            learn(&mut self.definitions, &mut self.logs, &general, known);
        }
        // The entries of the batch grouped by commitment, in the order of the batch.
        units.sort_by_key(|(log, _)| *log);
        for unit in units.chunk_by(|(log, _), (other, _)| log == other) {
            let Some((log, _)) = unit.first().copied() else { continue };
            let unit: Vec<&Entry> = unit.iter().filter_map(|(_, place)| at(place)).collect();
            let definitions = self.definitions.get().map(AsRef::as_ref);
            self.logs.count(log, &unit, known.0, definitions);
            if self.days.get_mut().is_some_and(|days| !days.touch(log)) {
                self.days.take();
            }
            if unit.iter().any(|entry| entry.kind == Kind::Register) && !self.general_disordered {
                self.logs.cache_if_opened(log, unit.len(), self);
            }
        }
    }

    /// Adds some entries, and returns whether there were any.
    ///
    /// Each loop accesses one table that is too large for the CPU cache, so that the memory
    /// accesses of several entries overlap.
    fn insert_some(&mut self, entries: impl Iterator<Item = Arc<Entry>>) -> bool {
        let first = self.entries.len();
        let mut any = false;
        for entry in entries {
            any = true;
            self.hold(entry);
        }
        let mut sought = std::mem::take(&mut self.sought);
        let held = self.entries.get(first..).unwrap_or_default();
        sought.extend(held.iter().map(|entry| Some(self.logs.index_or_insert(entry.commitment()?))));
        for (place, log) in (first as u32..).zip(sought.drain(..)) {
            self.log(place, log);
        }
        self.sought = sought;
        any
    }

    /// Adds an entry to `entries`, unless the ledger already has it.
    fn hold(&mut self, entry: Arc<Entry>) {
        let newest = self.entries.get(self.newest as usize);
        // An entry with a later key than all others cannot be on the ledger yet.
        let is_newest = newest.is_none_or(|newest| newest.key() < entry.key());
        if !is_newest && self.ids.find(&self.entries, entry.id()).is_some() {
            return;
        }
        if is_newest {
            self.newest = self.entries.len() as u32;
        }
        let id = entry.id();
        self.entries.push(entry);
        self.ids.push(id, self.entries.len());
    }

    /// Updates the logs and the cached state for an added entry.
    fn log(&mut self, place: u32, log: Option<u32>) {
        let entries = &self.entries;
        let Some(entry) = entries.get(place as usize).map(AsRef::as_ref) else { return };
        let mut registered = None;
        match log {
            Some(log) => {
                let definitions = self.definitions.get().map(AsRef::as_ref);
                self.logs.push(log, place, entry, entries, definitions);
                if self.days.get_mut().is_some_and(|days| !days.touch(log)) {
                    self.days.take();
                }
                // An entry of a batch does not count before the batch is complete.
                let counts = entry.kind == Kind::Register && entry.batch().is_none() && !self.general_disordered;
                registered = Some(log).filter(|_| counts);
            }
            None => {
                let last = self.general.last().and_then(|place| entries.get(*place as usize));
                self.general_disordered |= last.is_some_and(|last| last.key() > entry.key());
                self.general.push(place);
                self.days.take();
                if entry.batch().is_none() {
                    learn(&mut self.definitions, &mut self.logs, &[entry], entry.key());
                }
            }
        }
        if self.batches.note(place, entry) {
            self.complete_batches(place + 1);
        }
        if let Some(log) = registered {
            // With a cached timeline, each following entry only has to be added to it while it is
            // in the CPU cache.
            self.logs.cache_if_opened(log, 1, self);
        }
    }

    fn at(&self, place: u32) -> &Entry {
        &self.entries[place as usize]
    }

    pub(super) fn shared(&self) -> impl Iterator<Item = &Arc<Entry>> {
        self.entries.iter()
    }

    /// The entries recorded after one moment and up to another, or up to now if `by` is `None`.
    pub(crate) fn recorded_between(&self, after: Moment, by: Option<Moment>) -> impl Iterator<Item = &Entry> {
        let up_to = |moment: Moment| self.in_order.partition_point(|place| self.at(*place).recorded_at() <= moment);
        let (start, end) = (up_to(after), by.map_or(self.in_order.len(), up_to));
        self.in_order.get(start..end).unwrap_or_default().iter().map(|place| self.at(*place))
    }

    /// The entries recorded from one moment to another, inclusive, sorted by key, with the batches
    /// that they count with.
    pub(crate) fn held_between(
        &self,
        since: Option<Moment>,
        until: Option<Moment>,
    ) -> impl DoubleEndedIterator<Item = BatchedEntry<'_>> {
        let recorded_at = |place: &u32| self.at(*place).recorded_at();
        let start = since.map_or(0, |since| self.in_order.partition_point(|place| recorded_at(place) < since));
        let end = until
            .map_or(self.in_order.len(), |until| self.in_order.partition_point(|place| recorded_at(place) <= until));
        self.in_order.get(start..end).unwrap_or_default().iter().map(|place| self.held_at(*place))
    }

    /// The entries about a commitment, sorted by key.
    pub(crate) fn about(&self, commitment: &str) -> impl Iterator<Item = &Entry> {
        self.logs.about(commitment).iter().map(|place| self.at(*place))
    }

    /// Returns the entries about a commitment that count, in the order in which they were recorded.
    ///
    /// Retractions, retracted entries and conflicts are left out. There are none if the commitment
    /// is not registered.
    ///
    /// ```
    /// use servanda_core::{Commitment, Ledger, Remark, builtin, facts::Retract};
    ///
    /// let (mut ledger, desk) = (Ledger::new(), "desk".parse()?);
    /// let visit = Commitment::builder("us/abe-visit", "A visit").procedure(builtin::action());
    /// ledger.append(visit.by("us").made("2013-01-18"), &desk, "2013-01-19T09:00:00.000000Z".parse()?)?;
    /// let remark = Remark::builder("us/abe-visit", "The day is set").on("2013-02-01");
    /// let remark = ledger.append(remark, &desk, "2013-02-02T09:00:00.000000Z".parse()?)?;
    /// assert_eq!(ledger.counting("us/abe-visit").len(), 2);
    ///
    /// let mistake = Retract::builder("us/abe-visit", remark[0], "Another visit was meant");
    /// ledger.append(mistake, &desk, "2013-02-03T09:00:00.000000Z".parse()?)?;
    /// assert_eq!(ledger.counting("us/abe-visit").len(), 1);
    /// # Ok::<(), servanda_core::Error>(())
    /// ```
    #[must_use]
    pub fn counting(&self, commitment: &str) -> Vec<&Entry> {
        match self.cached(commitment) {
            None => Vec::new(),
            Some(cached) if cached.is_plain() => self.about(commitment).collect(),
            Some(_) => {
                let Ok(folded) = Snapshot::all(self).fold(self.definitions(), commitment) else { return Vec::new() };
                let conflicting = |id| folded.conflicts.iter().any(|conflict| conflict.entry == id);
                let counts = |entry: &&Entry| {
                    entry.kind != Kind::Retract
                        && !folded.retracted.contains_key(&entry.id())
                        && !conflicting(entry.id())
                };
                self.about(commitment).filter(counts).collect()
            }
        }
    }

    /// Returns the ids of all commitments that entries are about, sorted.
    pub fn commitments(&self) -> impl Iterator<Item = &Slug> {
        self.logs.commitments()
    }

    /// The id of a commitment, if an entry is about it.
    pub(crate) fn commitment(&self, id: &str) -> Option<&Slug> {
        self.logs.commitment(id)
    }

    /// The cached timeline of each commitment, sorted by id; `None` for one that is not registered.
    pub(crate) fn cached_timelines(&self) -> impl Iterator<Item = (&Slug, Option<&CachedTimeline>)> {
        self.logs.cached_timelines(self)
    }

    /// The cached timeline of a commitment.
    pub(crate) fn cached(&self, commitment: &str) -> Option<&CachedTimeline> {
        self.logs.cached(commitment, self)
    }

    /// The commitments that may change after the first day and up to the last.
    pub(crate) fn happening(&self, first: Day, last: Day) -> Candidates<'_> {
        let (sure, doubtful) = self.days.get_or_init(|| Days::of(self)).between(first, last);
        let sure = self.logs.named(sure);
        let doubtful = self.logs.named(doubtful).into_iter().filter(|id| sure.binary_search(id).is_err()).collect();
        Candidates { sure, doubtful }
    }

    /// The days on which the entries about a commitment alone can make a difference to where it
    /// stands.
    pub(crate) fn days_of_entries(&self, commitment: &str) -> BTreeSet<Day> {
        let mut days = BTreeSet::new();
        self.about(commitment).for_each(|entry| super::days::of_entry(entry, &mut |day| _ = days.insert(day)));
        days
    }

    /// The identifiers and links that entries mention.
    pub(crate) fn mentions(&self) -> &Mentions {
        self.mentions.get_or_init(|| Mentions::of(&self.entries))
    }

    /// The definitions according to all entries on the ledger.
    pub(crate) fn definitions(&self) -> &Arc<Definitions> {
        self.definitions.get_or_init(|| Arc::new(Snapshot::all(self).definitions_anew()))
    }

    /// The entries about a commitment, sorted by key, with the batches that they count with.
    pub(crate) fn held_about(&self, commitment: &str) -> impl Iterator<Item = BatchedEntry<'_>> {
        self.logs.about(commitment).iter().map(|place| self.held_at(*place))
    }

    /// The entries about no commitment, sorted by key, with the batches that they count with.
    pub(crate) fn held_general(&self) -> impl Iterator<Item = BatchedEntry<'_>> {
        self.general.iter().map(|place| self.held_at(*place))
    }

    /// The entry with this id, with the batch that it counts with.
    pub(crate) fn held(&self, id: EntryId) -> Option<BatchedEntry<'_>> {
        self.ids.place_of(&self.entries, id).map(|place| self.held_at(place))
    }

    fn held_at(&self, place: u32) -> BatchedEntry<'_> {
        let batch = self.batches.last_of(place).map(|last| self.at(last).key());
        BatchedEntry { entry: self.at(place), batch }
    }
}

/// Adds entries about no commitment, which became known together at `known`, to the cached
/// definitions, or drops these if that is not possible. Also drops the cached timelines, which
/// depend on the definitions.
fn learn(definitions: &mut OnceLock<Arc<Definitions>>, logs: &mut Logs, unit: &[&Entry], known: (Moment, EntryId)) {
    let learnt = definitions.get_mut().is_some_and(|held| Arc::make_mut(held).learn(unit, known));
    if !learnt {
        definitions.take();
    }
    // The definition of a party or a topic affects names only.
    if !unit.iter().all(|entry| matches!(entry.definition(), Some(Definition::Party(_) | Definition::Topic(_)))) {
        logs.forget_all();
    }
}
