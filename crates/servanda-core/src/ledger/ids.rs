//! An index of entries by their ids.

use std::sync::Arc;

use hashbrown::HashTable;

use crate::entry::Entry;
use crate::value::EntryId;

/// Maps the ids of entries to their places in the ledger.
#[derive(Clone, Debug, Default)]
pub(super) struct Ids {
    /// All entries except the most recent ones.
    table: HashTable<Slot>,
    /// The first bytes of the ids of the most recent entries, in the order in which they were
    /// added.
    ///
    /// The table is too large for the CPU cache. Several entries are inserted at a time, so that
    /// their slots are fetched in parallel and no append waits for one.
    last: Vec<u32>,
}

/// The number of entries that are inserted into the table together. Up to this many are searched
/// one by one.
const TOGETHER: usize = 64;

/// The place of an entry, and the first bytes of its id, which distinguish it from almost all
/// others.
#[derive(Clone, Copy, Debug)]
struct Slot {
    beginning: u32,
    place: u32,
}

impl Slot {
    fn hash(self) -> u64 {
        hash(self.beginning)
    }
}

/// Spreads the bits of an id over the hash. An id is a digest, so its bits are random already.
fn hash(beginning: u32) -> u64 {
    u64::from(beginning).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

impl Ids {
    /// Finds an entry of the ledger by its id.
    pub(super) fn find<'a>(&self, entries: &'a [Arc<Entry>], id: EntryId) -> Option<&'a Entry> {
        self.place_of(entries, id).and_then(|place| entries.get(place as usize)).map(AsRef::as_ref)
    }

    /// The place of the entry with this id.
    pub(super) fn place_of(&self, entries: &[Arc<Entry>], id: EntryId) -> Option<u32> {
        let beginning = id.beginning();
        let is_at = |place: u32| entries.get(place as usize).is_some_and(|entry| entry.id() == id);
        if self.last.contains(&beginning) {
            let first = entries.len().saturating_sub(self.last.len()) as u32;
            if let Some(place) = (first..entries.len() as u32).find(|place| is_at(*place)) {
                return Some(place);
            }
        }
        let is_it = |slot: &Slot| slot.beginning == beginning && is_at(slot.place);
        self.table.find(hash(beginning), is_it).map(|slot| slot.place)
    }

    /// Adds an entry that is not in the index yet. It is the last of `entries` entries.
    pub(super) fn push(&mut self, id: EntryId, entries: usize) {
        self.last.push(id.beginning());
        if self.last.len() == TOGETHER {
            for (place, beginning) in (entries.saturating_sub(TOGETHER) as u32..).zip(self.last.drain(..)) {
                self.table.insert_unique(hash(beginning), Slot { beginning, place }, |slot| slot.hash());
            }
        }
    }

    pub(super) fn reserve(&mut self, entries: usize) {
        self.table.reserve(entries, |slot| slot.hash());
    }
}
