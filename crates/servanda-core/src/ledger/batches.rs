//! Which batches are here as a whole.

use std::collections::HashMap;

use crate::entry::Entry;
use crate::value::{EntryId, Moment};

/// The batches of a ledger: which entry is the last of which, and which last entries still lack some before them.
#[derive(Clone, Debug, Default)]
pub(super) struct Batches {
    /// For each entry of a batch that is whole, the key of the last.
    last: HashMap<EntryId, (Moment, EntryId)>,
    /// For each of these entries, the first of its batch.
    first: HashMap<EntryId, EntryId>,
    /// The last entries of batches that are not whole yet.
    open: Vec<EntryId>,
    /// Whether entries of batches came in since batches were last completed.
    changed: bool,
}

impl Batches {
    /// Takes note of an entry that came in, and says whether it may be the last that was missing: it is the last of its batch, and
    /// no other batch waits.
    pub(super) fn note(&mut self, entry: &Entry) -> bool {
        let Some(mark) = entry.batch() else { return false };
        self.changed = true;
        let is_last = mark.nth == mark.of;
        if is_last {
            self.open.push(entry.id());
        }
        is_last && self.open.len() == 1
    }

    /// Finds the batches that are whole by now and were not before, and gives back their entries in order, each with the key of
    /// the last of its batch.
    pub(super) fn complete<'a>(
        &mut self,
        held: impl Fn(EntryId) -> Option<&'a Entry>,
    ) -> Vec<(&'a Entry, (Moment, EntryId))> {
        let mut whole = Vec::new();
        if !std::mem::take(&mut self.changed) {
            return whole;
        }
        let open = std::mem::take(&mut self.open);
        for last in open {
            match chain(last, &held) {
                Some(batch) => {
                    let (Some(end), Some(first)) = (batch.first().map(|e| e.key()), batch.last().map(|e| e.id()))
                    else {
                        continue;
                    };
                    for entry in &batch {
                        // Two batches can share entries only if one of them was forged: the one that was whole first counts.
                        self.last.entry(entry.id()).and_modify(|held| *held = end.min(*held)).or_insert(end);
                        self.first.insert(entry.id(), first);
                    }
                    whole.extend(batch.into_iter().rev().map(|entry| (entry, end)));
                }
                None => self.open.push(last),
            }
        }
        whole
    }

    /// The key of the last entry of the batch that an entry belongs to. An entry whose batch shares its first entry with one that
    /// counts in its stead belongs to none: alone it would be half a batch.
    pub(super) fn last_of(&self, entry: EntryId) -> Option<(Moment, EntryId)> {
        let counts = self.last.get(self.first.get(&entry)?)?;
        self.last.get(&entry).filter(|last| *last == counts).copied()
    }
}

/// The entries of a batch from the last to the first, if all are here, in order, and agree on how many they are.
fn chain<'a>(last: EntryId, held: impl Fn(EntryId) -> Option<&'a Entry>) -> Option<Vec<&'a Entry>> {
    let mut entry = held(last)?;
    let mut batch = vec![entry];
    while let Some(previous) = entry.batch()?.previous {
        let before = held(previous)?;
        let (mark, next) = (before.batch()?, entry.batch()?);
        let in_order = before.recorded_at() < entry.recorded_at() && mark.of == next.of && mark.nth + 1 == next.nth;
        if !in_order {
            return None;
        }
        batch.push(before);
        entry = before;
    }
    Some(batch)
}
