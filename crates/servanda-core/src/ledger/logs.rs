//! The entries about each commitment.

use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, OnceLock};

use hashbrown::HashTable;

use super::{Definitions, Known, Ledger};
use crate::entry::Entry;
use crate::value::{Moment, Slug};
use crate::view::{Track, fold};

/// The commitments that entries are about, with the places of those entries.
#[derive(Clone, Debug, Default)]
pub(super) struct Logs {
    /// In the order in which they came in.
    logs: Vec<Log>,
    /// Indexes into `logs`, by the hash of the commitment's id.
    by_name: HashTable<u32>,
    hasher: RandomState,
    /// Indexes into `logs`, in the order of the commitments' ids, once somebody has asked.
    in_order: OnceLock<Vec<u32>>,
    /// The logs to which entries came that were recorded before others.
    disordered: Vec<u32>,
    /// The commitment that was looked for last. Entries about one commitment often follow one another.
    last: u32,
}

/// What is written down about one commitment.
#[derive(Clone, Debug)]
struct Log {
    commitment: Slug,
    /// The places of the entries, in the order of their keys.
    entries: Vec<u32>,
    /// When the last of them was recorded.
    newest: Moment,
    /// Where it leads, once somebody has asked; nothing if it was never registered.
    track: OnceLock<Option<Arc<Track>>>,
}

impl Logs {
    /// Takes in an entry about the commitment with this index.
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
        if !is_later {
            self.disordered.push(index);
            log.track.take();
        } else {
            log.extend_track(entry, definitions);
        }
        log.entries.push(place);
    }

    /// The index of a commitment, which is new if no entry is about it yet.
    pub(super) fn index_or_insert(&mut self, commitment: &str) -> u32 {
        if self.logs.get(self.last as usize).is_some_and(|log| log.commitment == *commitment) {
            return self.last;
        }
        if let Some(index) = self.index(commitment) {
            self.last = index;
            return index;
        }
        // An entry's commitment is a slug.
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
        self.logs.push(Log { commitment, entries: Vec::new(), newest: Moment::EPOCH, track: OnceLock::new() });
        index
    }

    fn index(&self, commitment: &str) -> Option<u32> {
        let is_it = |index: &u32| self.logs.get(*index as usize).is_some_and(|log| log.commitment == *commitment);
        self.by_name.find(self.hasher.hash_one(commitment), is_it).copied()
    }

    fn log(&self, commitment: &str) -> Option<&Log> {
        self.logs.get(self.index(commitment)? as usize)
    }

    /// Puts the entries of each log in order, if they came in out of order.
    pub(super) fn put_in_order(&mut self, entries: &[Arc<Entry>]) {
        for index in std::mem::take(&mut self.disordered) {
            if let Some(log) = self.logs.get_mut(index as usize) {
                log.entries.sort_unstable_by_key(|place| entries.get(*place as usize).map(|entry| entry.key()));
            }
        }
    }

    /// Forgets where a commitment leads.
    pub(super) fn forget(&mut self, commitment: &str) {
        if let Some(log) = self.index(commitment).and_then(|index| self.logs.get_mut(index as usize)) {
            log.track.take();
        }
    }

    pub(super) fn forget_all(&mut self) {
        for log in &mut self.logs {
            log.track.take();
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

    /// The commitments with these indexes, each once, in the order of their ids.
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

    pub(super) fn tracks<'a>(&'a self, ledger: &'a Ledger) -> impl Iterator<Item = (&'a Slug, Option<&'a Track>)> {
        self.sorted().map(|log| (&log.commitment, log.track(ledger)))
    }

    pub(super) fn track<'a>(&'a self, commitment: &str, ledger: &Ledger) -> Option<&'a Track> {
        self.log(commitment)?.track(ledger)
    }

    /// Finds out where a commitment leads about which there is one entry so far.
    pub(super) fn track_if_opened(&self, index: u32, ledger: &Ledger) {
        if let Some(log) = self.logs.get(index as usize).filter(|log| log.entries.len() == 1) {
            log.track(ledger);
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
    fn track(&self, ledger: &Ledger) -> Option<&Track> {
        let track = || {
            let known = Known::all(ledger);
            let folded = fold(&known, ledger.definitions(), self.commitment.as_str()).ok()?;
            Some(Arc::new(folded.into_track()))
        };
        self.track.get_or_init(track).as_deref()
    }

    /// Goes on with the entry if it only adds to what is known, which is the usual case, and else forgets.
    fn extend_track(&mut self, entry: &Entry, definitions: Option<&Definitions>) {
        let extended = match (self.track.get_mut(), definitions) {
            (None, _) => return,
            (Some(Some(track)), Some(definitions)) => Arc::make_mut(track).take(&self.commitment, entry, definitions),
            _ => false,
        };
        if !extended {
            self.track.take();
        }
    }
}
