//! What was written down by a moment.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::{Definitions, Ledger};
use crate::Error;
use crate::entry::{Entry, Kind};
use crate::value::{EntryId, Moment};
use crate::view::Conflict;

/// The entries of a ledger that were known at a moment, and entries about to be appended to them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known<'a> {
    pub(crate) ledger: &'a Ledger,
    /// Nothing: all that the ledger holds.
    pub(crate) at: Option<Moment>,
    /// Entries that are being appended. They are later than all others, and whole.
    pub(crate) appended: &'a [Entry],
}

/// Entries that stand or fall together: one entry, or the part of a batch that is about one commitment.
pub(crate) type Unit<'a> = Vec<&'a Entry>;

impl<'a> Known<'a> {
    /// All that a ledger holds.
    pub(crate) fn all(ledger: &'a Ledger) -> Self {
        Self { ledger, at: None, appended: &[] }
    }

    /// The units about a commitment, in the order in which they became known.
    pub(crate) fn about(&self, commitment: &str) -> Vec<Unit<'a>> {
        let appended = self.appended.iter().filter(|entry| entry.commitment() == Some(commitment));
        self.units(self.ledger.about(commitment), appended)
    }

    /// The units about no commitment.
    pub(crate) fn general(&self) -> Vec<Unit<'a>> {
        self.units(self.ledger.general(), self.appended.iter().filter(|entry| entry.commitment().is_none()))
    }

    fn units(&self, held: impl Iterator<Item = &'a Entry>, appended: impl Iterator<Item = &'a Entry>) -> Vec<Unit<'a>> {
        let mut units: Vec<Unit<'a>> = Vec::new();
        let mut batches: HashMap<EntryId, usize> = HashMap::new();
        for entry in held.filter(|entry| self.knows(entry)) {
            match self.ledger.batch_of(entry) {
                None => units.push(vec![entry]),
                Some((_, last)) => {
                    let index = *batches.entry(last).or_insert_with(|| {
                        units.push(Vec::new());
                        units.len() - 1
                    });
                    units.get_mut(index).into_iter().for_each(|unit| unit.push(entry));
                }
            }
        }
        if !batches.is_empty() {
            // A batch became known with its last entry, which may be about something else.
            let known = |entry: &&Entry| self.ledger.batch_of(entry).unwrap_or(entry.key());
            units.sort_by_key(|unit| unit.last().map(known));
        }
        let appended: Unit<'a> = appended.collect();
        units.extend((!appended.is_empty()).then_some(appended));
        units
    }

    /// Whether an entry of the ledger was known. One of a batch is known when all of the batch is.
    pub(crate) fn knows(&self, entry: &Entry) -> bool {
        let known = match entry.batch() {
            None => Some(entry.recorded_at()),
            Some(_) => self.ledger.batch_of(entry).map(|(known, _)| known),
        };
        known.is_some_and(|known| self.at.is_none_or(|at| known <= at))
    }

    /// Whether an entry is here that belongs to a batch of which a part is missing.
    pub(crate) fn half_batch(&self, entry: &Entry) -> Option<Conflict> {
        let mark = entry.batch()?;
        let known = self.at.is_none_or(|at| entry.recorded_at() <= at);
        let half = known && self.ledger.batch_of(entry).is_none();
        half.then(|| Conflict::new(entry.id(), Error::HalfBatch { nth: mark.nth, of: mark.of }))
    }

    pub(crate) fn entry(&self, id: EntryId) -> Option<&'a Entry> {
        let held = self.ledger.entry(id).filter(|entry| self.knows(entry));
        held.or_else(|| self.appended.iter().find(|entry| entry.id() == id))
    }

    pub(crate) fn definitions(&self) -> Arc<Definitions> {
        let as_held = self.at.is_none() && self.appended.iter().all(|entry| entry.commitment().is_some());
        match as_held {
            true => Arc::clone(self.ledger.definitions()),
            false => Arc::new(Definitions::of(&self.general())),
        }
    }
}

/// The retractions that count, by the entry they retract, and those that fit nothing. Those that are `void` do not count.
pub(crate) fn retractions<'a>(
    units: &[Unit<'a>],
    void: &BTreeMap<EntryId, Error>,
) -> (BTreeMap<EntryId, &'a Entry>, Vec<Conflict>) {
    if !units.iter().flatten().any(|entry| entry.kind == Kind::Retract) {
        return (BTreeMap::new(), Vec::new());
    }
    let entries: BTreeMap<EntryId, &Entry> = units.iter().flatten().map(|entry| (entry.id(), *entry)).collect();
    let mut retracted: BTreeMap<EntryId, &'a Entry> = BTreeMap::new();
    let mut conflicts = Vec::new();
    // The latest first: whether a retraction counts depends only on retractions recorded after it.
    let mut latest_first: Vec<&'a Entry> = units.iter().flatten().copied().collect();
    latest_first.sort_unstable_by_key(|entry| std::cmp::Reverse(entry.key()));
    for entry in latest_first {
        let Some(target_id) = entry.retracts() else { continue };
        if retracted.contains_key(&entry.id()) || void.contains_key(&entry.id()) {
            continue;
        }
        match entries.get(&target_id) {
            Some(target) if target.key() < entry.key() => {
                retracted.insert(target_id, entry);
            }
            _ => {
                let wanted = match entry.commitment() {
                    Some(commitment) => format!("an entry recorded before it about {commitment}"),
                    None => "a definition recorded before it".to_owned(),
                };
                let error = Error::UnknownEntry { kind: "retract".to_owned(), entry: target_id, wanted };
                conflicts.push(Conflict::new(entry.id(), error));
            }
        }
    }
    (retracted, conflicts)
}
