//! Entries by their ids.

use std::sync::Arc;

use hashbrown::HashTable;

use crate::entry::Entry;
use crate::value::EntryId;

/// The places of the entries of a ledger, by their ids.
#[derive(Clone, Debug, Default)]
pub(super) struct Ids {
    /// All but the last few.
    table: HashTable<Slot>,
    /// The beginnings of the ids of the last few, in the order in which they came in.
    ///
    /// The table is too large to be at hand. Several entries are put into it at a time, so that their slots are fetched side by side and no
    /// append waits for one.
    last: Vec<u32>,
}

/// How many entries are put into the table together. So many are looked through one by one.
const TOGETHER: usize = 64;

/// Where an entry is, and the beginning of its id, by which it is found and told from most others without being looked at.
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

/// An id is a digest, whose bits are as good as those of a hash. They only have to be spread over all of them.
fn hash(beginning: u32) -> u64 {
    u64::from(beginning).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

impl Ids {
    /// Finds an entry among those that the ledger holds.
    pub(super) fn find<'a>(&self, entries: &'a [Arc<Entry>], id: EntryId) -> Option<&'a Entry> {
        self.place_of(entries, id).and_then(|place| entries.get(place as usize)).map(AsRef::as_ref)
    }

    /// The place of an entry.
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

    /// Takes in an entry that was not among them, as the last of so many.
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
