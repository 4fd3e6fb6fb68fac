//! What was written down by a moment.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::Error;
use crate::entry::Entry;
use crate::ledger::Ledger;
use crate::replay::{Conflict, Definitions, Folded, History, Unit, fold};
use crate::value::{EntryId, Moment};

/// The entries of a ledger that were known at a moment, and entries about to be appended to them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Snapshot<'a> {
    pub(crate) ledger: &'a Ledger,
    /// Nothing: all that the ledger holds.
    pub(crate) at: Option<Moment>,
    /// Entries that are being appended, if any are.
    pub(crate) pending: Option<&'a PendingEntries<'a>>,
}

/// Entries that are being appended to what a ledger holds. They are later than all others, and whole.
#[derive(Debug, Default)]
pub(crate) struct PendingEntries<'a> {
    /// By the commitment that they are about, in their order.
    about: BTreeMap<&'a str, Unit<'a>>,
    /// Those about no commitment.
    general: Unit<'a>,
    by_id: HashMap<EntryId, &'a Entry>,
}

impl<'a> PendingEntries<'a> {
    pub(crate) fn of(entries: &'a [Entry]) -> Self {
        let mut pending = Self::default();
        for entry in entries {
            pending.by_id.insert(entry.id(), entry);
            match entry.commitment() {
                Some(commitment) => pending.about.entry(commitment).or_default().push(entry),
                None => pending.general.push(entry),
            }
        }
        pending
    }

    /// The commitments that they are about, in the order of their ids, each with what is about it.
    pub(crate) fn commitments(&self) -> impl Iterator<Item = (&'a str, &[&'a Entry])> {
        self.about.iter().map(|(commitment, unit)| (*commitment, unit.as_slice()))
    }

    pub(crate) fn entry(&self, id: EntryId) -> Option<&'a Entry> {
        self.by_id.get(&id).copied()
    }
}

/// An entry of a ledger, with the last entry of the batch that it counts with, if all of that is here. An entry whose batch shares its first entry
/// with one that counts in its stead counts with none: alone it would be half a batch.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BatchedEntry<'a> {
    pub(crate) entry: &'a Entry,
    pub(crate) batch: Option<(Moment, EntryId)>,
}

impl BatchedEntry<'_> {
    /// When it became known, if it did: what belongs to a batch, with the last of that.
    pub(crate) fn known(&self) -> Option<(Moment, EntryId)> {
        match self.entry.batch() {
            None => Some(self.entry.key()),
            Some(_) => self.batch,
        }
    }
}

impl<'a> Snapshot<'a> {
    /// All that a ledger holds.
    pub(crate) fn all(ledger: &'a Ledger) -> Self {
        Self { ledger, at: None, pending: None }
    }

    /// What is known about a commitment.
    pub(crate) fn history(&self, commitment: &str) -> History<'a> {
        let incomplete = self.half_batches(self.ledger.held_about(commitment)).collect();
        History { units: self.about(commitment), incomplete }
    }

    /// Decides which of the entries about a commitment count: see [`fold`].
    pub(crate) fn fold(&self, definitions: &'a Definitions, commitment: &str) -> Result<Folded<'a>, Vec<Conflict>> {
        fold(&self.history(commitment), definitions, commitment)
    }

    /// The units about a commitment, in the order in which they became known.
    fn about(&self, commitment: &str) -> Vec<Unit<'a>> {
        let pending = self.pending.and_then(|pending| pending.about.get(commitment));
        self.units(self.ledger.held_about(commitment), pending)
    }

    /// The units about no commitment.
    pub(crate) fn general(&self) -> Vec<Unit<'a>> {
        self.units(self.ledger.held_general(), self.pending.map(|pending| &pending.general))
    }

    fn units(&self, held: impl Iterator<Item = BatchedEntry<'a>>, pending: Option<&Unit<'a>>) -> Vec<Unit<'a>> {
        // Each with when it became known, which for a batch is with its last entry. That may be about something else.
        let mut units: Vec<((Moment, EntryId), Unit<'a>)> = Vec::new();
        let mut batches: HashMap<EntryId, usize> = HashMap::new();
        for BatchedEntry { entry, batch } in held.filter(|held| self.knows(held)) {
            let Some(last) = batch else {
                units.push((entry.key(), vec![entry]));
                continue;
            };
            // What one batch has about a commitment usually follows one another.
            let index = match units.last() {
                Some((known, _)) if *known == last => units.len() - 1,
                _ => *batches.entry(last.1).or_insert(units.len()),
            };
            match units.get_mut(index) {
                Some((_, unit)) => unit.push(entry),
                None => units.push((last, vec![entry])),
            }
        }
        if !batches.is_empty() {
            units.sort_by_key(|(known, _)| *known);
        }
        let pending = pending.filter(|unit| !unit.is_empty()).cloned();
        units.into_iter().map(|(_, unit)| unit).chain(pending).collect()
    }

    /// Whether an entry of the ledger was known. One of a batch is known when all of the batch is.
    pub(crate) fn knows(&self, held: &BatchedEntry<'_>) -> bool {
        held.known().is_some_and(|(known, _)| self.at.is_none_or(|at| known <= at))
    }

    /// The entries among these that belong to a batch of which a part is missing.
    pub(crate) fn half_batches(&self, held: impl Iterator<Item = BatchedEntry<'a>>) -> impl Iterator<Item = Conflict> {
        held.filter(|held| held.known().is_none()).filter_map(|BatchedEntry { entry, .. }| {
            let mark = entry.batch()?;
            let known = self.at.is_none_or(|at| entry.recorded_at() <= at);
            known.then(|| Conflict::new(entry.id(), Error::HalfBatch { nth: mark.nth, of: mark.of }))
        })
    }

    pub(crate) fn entry(&self, id: EntryId) -> Option<&'a Entry> {
        let held = self.ledger.held(id).filter(|held| self.knows(held)).map(|held| held.entry);
        held.or_else(|| self.pending?.entry(id))
    }

    pub(crate) fn definitions(&self) -> Arc<Definitions> {
        let as_held = self.at.is_none() && self.pending.is_none_or(|pending| pending.general.is_empty());
        match as_held {
            true => Arc::clone(self.ledger.definitions()),
            false => Arc::new(self.definitions_anew()),
        }
    }

    /// What is defined, found out anew.
    pub(super) fn definitions_anew(&self) -> Definitions {
        let known = self.ledger.held_general().filter(|held| self.knows(held)).filter_map(|held| held.known());
        Definitions::of(&self.general(), known.max())
    }
}
