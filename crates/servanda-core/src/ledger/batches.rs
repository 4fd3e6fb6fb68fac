//! Which batches are here as a whole.

use std::sync::Arc;

use super::ids::Ids;
use crate::entry::Entry;

/// The batches of a ledger that are whole, and the ends of those that are not yet.
#[derive(Clone, Debug, Default)]
pub(super) struct Batches {
    /// For the place of each entry, the place of the last entry of the batch that it counts with; [`NONE`] for what belongs to no whole batch.
    /// No longer than it has to be.
    last: Vec<u32>,
    /// The places of the last entries of batches that are not whole yet.
    open: Vec<u32>,
    /// Whether entries of batches came in since batches were last completed.
    changed: bool,
}

/// No place.
const NONE: u32 = u32::MAX;

/// What came of looking for batches that are whole.
#[derive(Debug, Default)]
pub(super) struct Completed {
    /// The places of the entries of each batch that counts from now on, in order.
    pub(super) whole: Vec<Vec<u32>>,
    /// Whether a batch that counted before does not any more.
    pub(super) any_replaced: bool,
}

impl Batches {
    /// Takes note of an entry that came in, and says whether it may be the last that was missing: it is the last of its batch, and
    /// no other batch waits.
    pub(super) fn note(&mut self, place: u32, entry: &Entry) -> bool {
        let Some(mark) = entry.batch() else { return false };
        self.changed = true;
        let is_last = mark.nth == mark.of;
        if is_last {
            self.open.push(place);
        }
        is_last && self.open.len() == 1
    }

    /// Finds the batches that are whole by now and were not before. So many of the entries have been taken note of; what came in together with
    /// them and has its turn later does not count yet.
    pub(super) fn complete(&mut self, noted: u32, entries: &[Arc<Entry>], ids: &Ids) -> Completed {
        let mut completed = Completed::default();
        if !std::mem::take(&mut self.changed) {
            return completed;
        }
        for last in std::mem::take(&mut self.open) {
            let batch = chain(last, entries, ids).filter(|batch| batch.iter().all(|place| *place < noted));
            let Some(batch) = batch else {
                self.open.push(last);
                continue;
            };
            // Two batches can share entries only if one of them was forged, and then they share the first: the one that was whole first counts.
            let rival = batch.first().and_then(|first| self.last_of(*first));
            if let Some(rival) = rival {
                let key = |place: u32| entries.get(place as usize).map(|entry| entry.key());
                if key(rival) <= key(last) {
                    continue;
                }
                self.assign(&chain(rival, entries, ids).unwrap_or_default(), NONE);
                completed.whole.retain(|batch| batch.last() != Some(&rival));
                completed.any_replaced = true;
            }
            self.assign(&batch, last);
            completed.whole.push(batch);
        }
        completed
    }

    fn assign(&mut self, batch: &[u32], last: u32) {
        for place in batch.iter().map(|place| *place as usize) {
            if self.last.len() <= place {
                self.last.resize(place + 1, NONE);
            }
            if let Some(of) = self.last.get_mut(place) {
                *of = last;
            }
        }
    }

    /// The place of the last entry of the whole batch with which an entry counts.
    pub(super) fn last_of(&self, place: u32) -> Option<u32> {
        self.last.get(place as usize).copied().filter(|last| *last != NONE)
    }
}

/// The places of the entries of a batch in order, if all are here and agree on how many they are.
fn chain(last: u32, entries: &[Arc<Entry>], ids: &Ids) -> Option<Vec<u32>> {
    let at = |place: u32| entries.get(place as usize).map(AsRef::as_ref);
    let mut entry = at(last)?;
    let mut batch = vec![last];
    while let Some(previous) = entry.batch()?.previous {
        // They usually came in one after the other.
        let beside =
            batch.last()?.checked_sub(1).filter(|place| at(*place).is_some_and(|entry| entry.id() == previous));
        let place = beside.or_else(|| ids.place_of(entries, previous))?;
        let before = at(place)?;
        let (mark, next) = (before.batch()?, entry.batch()?);
        let in_order = before.recorded_at() < entry.recorded_at() && mark.of == next.of && mark.nth + 1 == next.nth;
        if !in_order {
            return None;
        }
        batch.push(place);
        entry = before;
    }
    batch.reverse();
    Some(batch)
}
