//! The set of entries.

use std::io::BufRead;
use std::sync::{Arc, OnceLock};

use super::batches::Batches;
use super::days::Days;
use super::ids::Ids;
use super::logs::Logs;
use crate::entry::{Batch, Definition, Entry, Kind, Reader};
use crate::ledger::{BatchedEntry, Candidates, Snapshot};
use crate::replay::{CachedTimeline, Definitions};
use crate::value::{Day, Digest, EntryId, Moment, Slug};
use crate::{Result, entry};

/// A set of entries.
///
/// Entries are added by [`append`](Ledger::append), which refuses what the procedures do not allow, and by
/// [`merge`](Ledger::merge), which takes whatever another ledger holds. Nothing is ever edited or removed.
///
/// Cloning is cheap per entry: clones share them.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// All entries, in the order in which they came in. A *place* is an index into it.
    entries: Vec<Arc<Entry>>,
    /// The places of all entries, in the order of their keys.
    in_order: Vec<u32>,
    /// The place of the entry that was recorded last.
    newest: u32,
    ids: Ids,
    /// The entries about each commitment.
    pub(super) logs: Logs,
    /// Where the logs are of entries that are being taken in; empty otherwise, and here so that it need not be allocated each time.
    sought: Vec<Option<u32>>,
    /// The places of the entries about no commitment, in the order of their keys: definitions, and retractions of them.
    general: Vec<u32>,
    /// Whether some of these came in before others that were recorded earlier, and are not in order yet.
    general_disordered: bool,
    batches: Batches,
    /// What is defined by all that the ledger holds, once somebody has asked.
    definitions: OnceLock<Arc<Definitions>>,
    /// When something happens, once somebody has asked.
    days: OnceLock<Days>,
}

impl PartialEq for Ledger {
    fn eq(&self, other: &Self) -> bool {
        self.entries.len() == other.entries.len() && self.entries().all(|entry| other.entry(entry.id()).is_some())
    }
}

impl Eq for Ledger {}

/// How many entries are read before they are taken in, and taken in together.
const AT_ONCE: usize = 512;

impl Ledger {
    /// An empty ledger.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads a ledger from a stream of lines.
    ///
    /// # Errors
    ///
    /// The first line that is wrong, by number. To see all of them, use [`Reader`].
    pub fn read(input: impl BufRead) -> Result<Self> {
        let mut ledger = Self::new();
        let mut reader = Reader::new(input);
        loop {
            // Some at a time: while they are at hand, and without going to and fro between reading and taking in.
            let some = reader.by_ref().take(AT_ONCE).map(|entry| entry.map(Arc::new));
            let some: Vec<Arc<Entry>> = some.collect::<Result<_>>()?;
            if some.is_empty() {
                return Ok(ledger);
            }
            ledger.insert_all(some);
        }
    }

    /// Writes its lines, in the order in which the entries were recorded, so that ledgers that hold the same write the same.
    ///
    /// # Errors
    ///
    /// What the stream says.
    pub fn write(&self, output: impl std::io::Write) -> std::io::Result<()> {
        entry::write(self.entries(), output)
    }

    /// Its entries, in the order in which they were recorded.
    pub fn entries(&self) -> impl ExactSizeIterator<Item = &Entry> {
        self.in_order.iter().map(|place| self.at(*place))
    }

    /// The entry with this id.
    #[must_use]
    pub fn entry(&self, id: EntryId) -> Option<&Entry> {
        self.ids.find(&self.entries, id)
    }

    /// How many entries it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The digest of its sorted ids, joined by newlines. Two ledgers with the same digest hold the same entries.
    #[must_use]
    pub fn digest(&self) -> Digest {
        let mut ids: Vec<Digest> = self.entries().map(|entry| entry.id().0).collect();
        ids.sort_unstable();
        Digest::of_lines(ids)
    }

    /// When its newest entry was recorded.
    #[must_use]
    pub fn newest(&self) -> Option<Moment> {
        self.entries.get(self.newest as usize).map(|entry| entry.recorded_at())
    }

    /// Appends facts, recorded by `recorded_by` at `now` or right after the newest entry: all of them, or none.
    ///
    /// A commitment that is pinned to a built-in procedure brings the procedure, and the calendars it asks, into the ledger.
    /// The ids of the new entries come back in order, those of what was brought along first.
    ///
    /// # Errors
    ///
    /// Whatever the procedure, the ledger or the format does not allow; the ledger is then as it was.
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

    /// What [`append`](Ledger::append) would append, for a store that has to write it down first: pass the entries to
    /// [`merge_entries`](Ledger::merge_entries) when that is done.
    ///
    /// # Errors
    ///
    /// As [`append`](Ledger::append).
    pub fn prepare(&self, batch: impl Into<Batch>, recorded_by: &Slug, now: Moment) -> Result<Vec<Entry>> {
        super::append::prepare(self, self.newest(), None, batch.into(), recorded_by, Some(now))
    }

    /// Makes room for so many further entries, so that taking them in is quicker.
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
        self.entries.len() - first
    }

    /// Lets those batches count that are whole by now. So many entries have been logged.
    fn complete_batches(&mut self, logged: u32) {
        let completed = self.batches.complete(logged, &self.entries, &self.ids);
        if completed.any_replaced {
            self.definitions.take();
            self.logs.forget_all();
            self.days.take();
        }
        completed.whole.iter().for_each(|batch| self.count(batch));
    }

    /// Concludes what is remembered from a batch that counts from now on.
    fn count(&mut self, batch: &[u32]) {
        let entries = &self.entries;
        let at = |place: &u32| entries.get(*place as usize).map(AsRef::as_ref);
        let Some(known) = batch.last().and_then(at).map(Entry::key) else { return };
        let mut units: Vec<(u32, u32)> = Vec::with_capacity(batch.len());
        for (place, entry) in batch.iter().filter_map(|place| Some((*place, at(place)?))) {
            match entry.commitment() {
                Some(commitment) => units.push((self.logs.index_or_insert(commitment), place)),
                None => {
                    self.days.take();
                    learn(&mut self.definitions, &mut self.logs, entry, known);
                }
            }
        }
        // What the batch has about each commitment, in the order of the batch.
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

    /// Takes in some entries, and says whether there were any.
    ///
    /// Each loop looks into one table that is too large to be at hand, so that what is needed for several entries is fetched at a time.
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

    /// Puts an entry among all others, if it is not there yet.
    fn hold(&mut self, entry: Arc<Entry>) {
        let newest = self.entries.get(self.newest as usize);
        // What was recorded later than all others is none of them.
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

    /// Concludes from an entry what is remembered.
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
                // What belongs to a batch is not known before all of that is here.
                let counts = entry.kind == Kind::Register && entry.batch().is_none() && !self.general_disordered;
                registered = Some(log).filter(|_| counts);
            }
            None => {
                let last = self.general.last().and_then(|place| entries.get(*place as usize));
                self.general_disordered |= last.is_some_and(|last| last.key() > entry.key());
                self.general.push(place);
                self.days.take();
                if entry.batch().is_none() {
                    learn(&mut self.definitions, &mut self.logs, entry, entry.key());
                }
            }
        }
        if self.batches.note(place, entry) {
            self.complete_batches(place + 1);
        }
        if let Some(log) = registered {
            // Of what follows each entry then only has to be added to the path, while it is at hand.
            self.logs.cache_if_opened(log, 1, self);
        }
    }

    fn at(&self, place: u32) -> &Entry {
        &self.entries[place as usize]
    }

    pub(super) fn shared(&self) -> impl Iterator<Item = &Arc<Entry>> {
        self.entries.iter()
    }

    /// The entries written down after one moment and by another; nothing: by now.
    pub(crate) fn recorded_between(&self, after: Moment, by: Option<Moment>) -> impl Iterator<Item = &Entry> {
        let up_to = |moment: Moment| self.in_order.partition_point(|place| self.at(*place).recorded_at() <= moment);
        let (start, end) = (up_to(after), by.map_or(self.in_order.len(), up_to));
        self.in_order.get(start..end).unwrap_or_default().iter().map(|place| self.at(*place))
    }

    /// The entries about a commitment, in the order of their keys.
    pub(crate) fn about(&self, commitment: &str) -> impl Iterator<Item = &Entry> {
        self.logs.about(commitment).iter().map(|place| self.at(*place))
    }

    /// Every commitment that some entry is about, in the order of their ids.
    pub(crate) fn commitments(&self) -> impl Iterator<Item = &Slug> {
        self.logs.commitments()
    }

    /// The id of a commitment that some entry is about.
    pub(crate) fn commitment(&self, id: &str) -> Option<&Slug> {
        self.logs.commitment(id)
    }

    /// The path of each commitment by all that the ledger holds, in the order of their ids; nothing for one that is not registered.
    pub(crate) fn cached_timelines(&self) -> impl Iterator<Item = (&Slug, Option<&CachedTimeline>)> {
        self.logs.cached_timelines(self)
    }

    /// The path of a commitment by all that the ledger holds.
    pub(crate) fn cached(&self, commitment: &str) -> Option<&CachedTimeline> {
        self.logs.cached(commitment, self)
    }

    /// The commitments to which something may happen after the first day and by the last, by all that the ledger holds.
    pub(crate) fn happening(&self, first: Day, last: Day) -> Candidates<'_> {
        let (sure, doubtful) = self.days.get_or_init(|| Days::of(self)).between(first, last);
        let sure = self.logs.named(sure);
        let doubtful = self.logs.named(doubtful).into_iter().filter(|id| sure.binary_search(id).is_err()).collect();
        Candidates { sure, doubtful }
    }

    /// What is defined by all that the ledger holds.
    pub(crate) fn definitions(&self) -> &Arc<Definitions> {
        self.definitions.get_or_init(|| Arc::new(Snapshot::all(self).definitions_anew()))
    }

    /// The entries about a commitment, likewise, with the batches that they count with.
    pub(crate) fn held_about(&self, commitment: &str) -> impl Iterator<Item = BatchedEntry<'_>> {
        self.logs.about(commitment).iter().map(|place| self.held_at(*place))
    }

    /// The entries about no commitment, likewise.
    pub(crate) fn held_general(&self) -> impl Iterator<Item = BatchedEntry<'_>> {
        self.general.iter().map(|place| self.held_at(*place))
    }

    /// The entry with this id.
    pub(crate) fn held(&self, id: EntryId) -> Option<BatchedEntry<'_>> {
        self.ids.place_of(&self.entries, id).map(|place| self.held_at(place))
    }

    fn held_at(&self, place: u32) -> BatchedEntry<'_> {
        let batch = self.batches.last_of(place).map(|last| self.at(last).key());
        BatchedEntry { entry: self.at(place), batch }
    }
}

/// Adds a definition to those remembered, or forgets them; and with them what was concluded from them.
fn learn(definitions: &mut OnceLock<Arc<Definitions>>, logs: &mut Logs, entry: &Entry, known: (Moment, EntryId)) {
    let learnt = definitions.get_mut().is_some_and(|held| Arc::make_mut(held).learn(entry, known));
    if !learnt {
        definitions.take();
    }
    // Nothing but names follows from who is a party.
    if !matches!(entry.definition(), Some(Definition::Party(_))) {
        logs.forget_all();
    }
}
