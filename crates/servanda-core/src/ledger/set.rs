//! The set of entries and its indexes.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::BufRead;
use std::sync::Arc;

use super::batches::Batches;
use crate::entry::{Batch, Entry};
use crate::format::Reader;
use crate::value::{Day, Digest, EntryId, Moment, Slug};
use crate::view::View;
use crate::{Result, format};

/// A set of entries.
///
/// Entries are added by [`append`](Ledger::append), which refuses what the procedures do not allow, and by
/// [`merge`](Ledger::merge), which takes whatever another ledger holds. Nothing is ever edited or removed.
///
/// Cloning is cheap per entry: clones share them.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// All entries, in the order of their keys.
    entries: Vec<Arc<Entry>>,
    by_id: HashMap<EntryId, Arc<Entry>>,
    /// The entries about each commitment, in the order of their keys.
    by_commitment: BTreeMap<Slug, Vec<Arc<Entry>>>,
    /// The entries about no commitment: definitions, and retractions of them.
    general: Vec<Arc<Entry>>,
    batches: Batches,
}

impl PartialEq for Ledger {
    fn eq(&self, other: &Self) -> bool {
        self.entries.len() == other.entries.len()
            && self.entries.iter().all(|entry| other.by_id.contains_key(&entry.id()))
    }
}

impl Eq for Ledger {}

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
        ledger.insert_all(Reader::new(input).collect::<Result<Vec<_>>>()?.into_iter().map(Arc::new));
        Ok(ledger)
    }

    /// Writes its lines, in the order in which the entries were recorded, so that ledgers that hold the same write the same.
    ///
    /// # Errors
    ///
    /// What the stream says.
    pub fn write(&self, output: impl std::io::Write) -> std::io::Result<()> {
        format::write(self.entries(), output)
    }

    /// Its entries, in the order in which they were recorded.
    pub fn entries(&self) -> impl ExactSizeIterator<Item = &Entry> {
        self.entries.iter().map(AsRef::as_ref)
    }

    /// The entry with this id.
    #[must_use]
    pub fn entry(&self, id: EntryId) -> Option<&Entry> {
        self.by_id.get(&id).map(AsRef::as_ref)
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
        self.entries.last().map(|entry| entry.recorded_at())
    }

    /// What was the case on `day`, by all that is written down here. See [`View::known_at`] for what was known earlier.
    #[must_use]
    pub fn view_on(&self, day: Day) -> View<'_> {
        View::new(self, day)
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
    /// let step = Advance::new("jp/tpp", "submitted").on("2013-03-15".parse::<servanda_core::Day>()?);
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
        super::append::prepare(self, None, batch.into(), recorded_by, Some(now))
    }

    pub(super) fn insert_all(&mut self, entries: impl IntoIterator<Item = Arc<Entry>>) -> usize {
        let before = self.entries.len();
        let newest = self.entries.last().map(|entry| entry.key());
        let mut in_order = true;
        let mut last = newest;
        let mut commitments = BTreeSet::new();
        for entry in entries {
            if self.by_id.contains_key(&entry.id()) {
                continue;
            }
            in_order &= last.is_none_or(|last| last < entry.key());
            last = Some(entry.key());
            match entry.commitment() {
                Some(commitment) => {
                    push(self.by_commitment.entry(commitment.clone()).or_default(), &entry, || {
                        commitments.insert(commitment.clone());
                    });
                }
                None => push(&mut self.general, &entry, || ()),
            }
            self.batches.note(&entry);
            self.by_id.insert(entry.id(), Arc::clone(&entry));
            self.entries.push(entry);
        }
        if !in_order {
            self.entries.sort_unstable_by_key(|entry| entry.key());
            self.general.sort_unstable_by_key(|entry| entry.key());
            for id in commitments {
                if let Some(entries) = self.by_commitment.get_mut(&id) {
                    entries.sort_unstable_by_key(|entry| entry.key());
                }
            }
        }
        self.batches.complete(&self.by_id);
        self.entries.len() - before
    }

    pub(super) fn shared(&self) -> impl Iterator<Item = &Arc<Entry>> {
        self.entries.iter()
    }

    /// The entries written down after one moment and by another; nothing: by now.
    pub(crate) fn recorded_between(&self, after: Moment, by: Option<Moment>) -> &[Arc<Entry>] {
        let start = self.entries.partition_point(|entry| entry.recorded_at() <= after);
        let end = by.map_or(self.entries.len(), |by| self.entries.partition_point(|entry| entry.recorded_at() <= by));
        self.entries.get(start..end).unwrap_or_default()
    }

    pub(crate) fn about(&self, commitment: &str) -> &[Arc<Entry>] {
        self.by_commitment.get(commitment).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn general(&self) -> &[Arc<Entry>] {
        &self.general
    }

    /// Every commitment that some entry is about.
    pub(crate) fn commitments(&self) -> impl Iterator<Item = &Slug> {
        self.by_commitment.keys()
    }

    /// The last entry of the batch that an entry belongs to, if all of it is here.
    pub(crate) fn batch_of(&self, entry: EntryId) -> Option<(Moment, EntryId)> {
        self.batches.last_of(entry)
    }
}

/// Pushes, and reports when that broke the order.
fn push(entries: &mut Vec<Arc<Entry>>, entry: &Arc<Entry>, disordered: impl FnOnce()) {
    if entries.last().is_some_and(|last| last.key() > entry.key()) {
        disordered();
    }
    entries.push(Arc::clone(entry));
}
