//! Tracks which batches are complete.

use std::sync::Arc;

use super::ids::Ids;
use crate::entry::Entry;

/// The complete batches of a ledger, and the last entries of incomplete ones.
#[derive(Clone, Debug, Default)]
pub(super) struct Batches {
    /// For the place of each entry, the place of the last entry of its complete batch, or [`NONE`].
    /// The list is no longer than it needs to be.
    last: Vec<u32>,
    /// The places of the last entries of incomplete batches.
    open: Vec<u32>,
    /// Whether entries of batches were added since the last call of `complete`.
    changed: bool,
}

/// Stands for an entry without a complete batch.
const NONE: u32 = u32::MAX;

/// The result of a search for complete batches.
#[derive(Debug, Default)]
pub(super) struct Completed {
    /// The places of the entries of each newly complete batch, in order.
    pub(super) whole: Vec<Vec<u32>>,
    /// Whether a batch that was complete before no longer counts.
    pub(super) any_replaced: bool,
}

impl Batches {
    /// Records an added entry. Returns whether it may complete a batch: it is the last of its
    /// batch, and no other batch is incomplete.
    pub(super) fn note(&mut self, place: u32, entry: &Entry) -> bool {
        let Some(mark) = entry.batch() else { return false };
        self.changed = true;
        let is_last = mark.nth == mark.of;
        if is_last {
            self.open.push(place);
        }
        is_last && self.open.len() == 1
    }

    /// Returns the batches that became complete since the last call. Only the first `noted` entries
    /// count; later entries that were added together with them do not count yet.
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
            // Two batches can share entries only if one of them was forged, and then they share the
            // first entry. The batch that was complete first counts.
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

    /// The place of the last entry of the complete batch that an entry belongs to.
    pub(super) fn last_of(&self, place: u32) -> Option<u32> {
        self.last.get(place as usize).copied().filter(|last| *last != NONE)
    }
}

/// The places of the entries of a batch, in order. `None` if one is missing or they disagree on the
/// number of entries.
fn chain(last: u32, entries: &[Arc<Entry>], ids: &Ids) -> Option<Vec<u32>> {
    let at = |place: u32| entries.get(place as usize).map(AsRef::as_ref);
    let mut entry = at(last)?;
    let mut batch = vec![last];
    while let Some(previous) = entry.batch()?.previous {
        // Entries of a batch were usually added one after the other.
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
