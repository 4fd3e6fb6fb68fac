//! The entries of a ledger by commitment.

use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, OnceLock};

use hashbrown::HashTable;

use crate::entry::Entry;
use crate::ledger::{Ledger, Snapshot};
use crate::replay::{CachedTimeline, Definitions};
use crate::value::{Moment, Slug};

/// The commitments on a ledger, with the places of the entries about each.
#[derive(Clone, Debug, Default)]
pub(super) struct Logs {
    /// One log per commitment, in the order in which the commitments were added.
    logs: Vec<Log>,
    /// Indexes into `logs`, by the hash of the commitment's id.
    by_name: HashTable<u32>,
    hasher: RandomState,
    /// Indexes into `logs`, sorted by the ids of the commitments. Computed on first use.
    in_order: OnceLock<Vec<u32>>,
    /// The logs that got an entry recorded before an existing one, and need sorting.
    disordered: Vec<u32>,
    /// The index of the commitment that was looked up last. Entries about one commitment often
    /// follow one another.
    last: u32,
}

/// The entries about one commitment.
#[derive(Clone, Debug)]
struct Log {
    commitment: Slug,
    /// The places of the entries, sorted by key.
    entries: Vec<u32>,
    /// The moment at which the newest entry was recorded.
    newest: Moment,
    /// The moment at which the last counting entry became known. An entry of a batch becomes known
    /// with the last entry of the batch, which may be about another commitment.
    known_to: Option<Moment>,
    /// The cached timeline, computed on first use. `None` if the commitment is not registered.
    cached: OnceLock<Option<Arc<CachedTimeline>>>,
}

impl Logs {
    /// Adds an entry about the commitment with this index.
    pub(super) fn push(
        &mut self,
        index: u32,
        place: u32,
        entry: &Entry,
        held: &[Arc<Entry>],
        definitions: Option<&Definitions>,
    ) {
        let Some(log) = self.logs.get_mut(index as usize) else { return };
        let newest = || log.entries.last().and_then(|place| held.get(*place as usize));
        let is_later = log.newest < entry.recorded_at() || newest().is_none_or(|newest| newest.key() < entry.key());
        log.newest = log.newest.max(entry.recorded_at());
        log.entries.push(place);
        if !is_later {
            self.disordered.push(index);
        }
        // An entry of a batch does not count before the batch is complete.
        if entry.batch().is_none() {
            log.count(&[entry], entry.recorded_at(), definitions);
        }
    }

    /// Counts the entries of a complete batch about the commitment with this index. `known` is the
    /// moment at which the batch became known.
    pub(super) fn count(&mut self, index: u32, unit: &[&Entry], known: Moment, definitions: Option<&Definitions>) {
        if let Some(log) = self.logs.get_mut(index as usize) {
            log.count(unit, known, definitions);
        }
    }

    /// The index of a commitment, which is added if it is new.
    pub(super) fn index_or_insert(&mut self, commitment: &str) -> u32 {
        if self.logs.get(self.last as usize).is_some_and(|log| log.commitment == *commitment) {
            return self.last;
        }
        if let Some(index) = self.index(commitment) {
            self.last = index;
            return index;
        }
        // The commitment of an entry is always a valid slug.
        let Ok(commitment) = commitment.parse::<Slug>() else { return u32::MAX };
        let index = self.logs.len() as u32;
        let (logs, hasher) = (&self.logs, &self.hasher);
        let hash_of = |index: &u32| logs.get(*index as usize).map_or(0, |log| hasher.hash_one(log.commitment.as_str()));
        self.by_name.insert_unique(hasher.hash_one(commitment.as_str()), index, hash_of);
        if let Some(in_order) = self.in_order.get_mut() {
            let name = |index: &u32| logs.get(*index as usize).map(|log| &log.commitment);
            let place = in_order.partition_point(|other| name(other) < Some(&commitment));
            in_order.insert(place, index);
        }
        self.logs.push(Log {
            commitment,
            entries: Vec::new(),
            newest: Moment::EPOCH,
            known_to: None,
            cached: OnceLock::new(),
        });
        index
    }

    fn index(&self, commitment: &str) -> Option<u32> {
        let is_it = |index: &u32| self.logs.get(*index as usize).is_some_and(|log| log.commitment == *commitment);
        self.by_name.find(self.hasher.hash_one(commitment), is_it).copied()
    }

    fn log(&self, commitment: &str) -> Option<&Log> {
        self.logs.get(self.index(commitment)? as usize)
    }

    /// Sorts the logs that got entries out of order.
    pub(super) fn put_in_order(&mut self, entries: &[Arc<Entry>]) {
        for index in std::mem::take(&mut self.disordered) {
            if let Some(log) = self.logs.get_mut(index as usize) {
                log.entries.sort_unstable_by_key(|place| entries.get(*place as usize).map(|entry| entry.key()));
            }
        }
    }

    /// Drops all cached timelines.
    pub(super) fn forget_all(&mut self) {
        for log in &mut self.logs {
            log.cached.take();
        }
    }

    pub(super) fn about(&self, commitment: &str) -> &[u32] {
        self.log(commitment).map_or(&[], |log| &log.entries)
    }

    pub(super) fn commitment(&self, id: &str) -> Option<&Slug> {
        self.log(id).map(|log| &log.commitment)
    }

    /// The commitments with their indexes.
    pub(super) fn indexed(&self) -> impl Iterator<Item = (u32, &Slug)> {
        (0..).zip(&self.logs).map(|(index, log)| (index, &log.commitment))
    }

    /// The commitments with these indexes, without duplicates and sorted by id.
    pub(super) fn named(&self, mut indexes: Vec<u32>) -> Vec<&Slug> {
        indexes.sort_unstable();
        indexes.dedup();
        let mut named: Vec<&Slug> =
            indexes.into_iter().filter_map(|index| self.logs.get(index as usize)).map(|log| &log.commitment).collect();
        named.sort_unstable();
        named
    }

    pub(super) fn commitments(&self) -> impl Iterator<Item = &Slug> {
        self.sorted().map(|log| &log.commitment)
    }

    pub(super) fn cached_timelines<'a>(
        &'a self,
        ledger: &'a Ledger,
    ) -> impl Iterator<Item = (&'a Slug, Option<&'a CachedTimeline>)> {
        self.sorted().map(|log| (&log.commitment, log.cached(ledger)))
    }

    pub(super) fn cached<'a>(&'a self, commitment: &str, ledger: &Ledger) -> Option<&'a CachedTimeline> {
        self.log(commitment)?.cached(ledger)
    }

    /// Caches the timeline of a commitment that has exactly `entries` entries, all of them from its
    /// registration.
    pub(super) fn cache_if_opened(&self, index: u32, entries: usize, ledger: &Ledger) {
        if let Some(log) = self.logs.get(index as usize).filter(|log| log.entries.len() == entries) {
            log.cached(ledger);
        }
    }

    fn sorted(&self) -> impl Iterator<Item = &Log> {
        let in_order = self.in_order.get_or_init(|| {
            let mut in_order: Vec<u32> = (0..self.logs.len() as u32).collect();
            in_order.sort_unstable_by_key(|index| self.logs.get(*index as usize).map(|log| &log.commitment));
            in_order
        });
        in_order.iter().filter_map(|index| self.logs.get(*index as usize))
    }
}

impl Log {
    fn cached(&self, ledger: &Ledger) -> Option<&CachedTimeline> {
        let cached = || {
            let known = Snapshot::all(ledger);
            let folded = known.fold(ledger.definitions(), self.commitment.as_str()).ok()?;
            Some(Arc::new(folded.into_cached()))
        };
        self.cached.get_or_init(cached).as_deref()
    }

    /// Counts entries that became known together at `known`. Usually they extend the cached
    /// timeline; otherwise it is dropped.
    fn count(&mut self, unit: &[&Entry], known: Moment, definitions: Option<&Definitions>) {
        let is_latest = self.known_to < Some(known);
        self.known_to = self.known_to.max(Some(known));
        let commitment = &self.commitment;
        let extended = match (self.cached.get_mut(), definitions) {
            (None, _) => return,
            (Some(Some(cached)), Some(definitions)) if is_latest => {
                let cached = Arc::make_mut(cached);
                unit.iter().all(|entry| cached.take(commitment.as_str(), entry, definitions))
            }
            _ => false,
        };
        if !extended {
            self.cached.take();
        }
    }
}
