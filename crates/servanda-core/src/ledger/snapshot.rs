//! Snapshots: the entries that count as known at a moment.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::Error;
use crate::entry::Entry;
use crate::ledger::Ledger;
use crate::replay::{Conflict, Definitions, Folded, History, Unit, Unregistered, fold};
use crate::value::{Date, Day, EntryId, Moment};

/// The entries of a ledger that were known at a moment, and entries that are about to be appended
/// to them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Snapshot<'a> {
    pub(crate) ledger: &'a Ledger,
    /// The moment; `None` if every entry on the ledger counts.
    pub(crate) at: Option<Moment>,
    /// The day by which an entry must have been published; `None` if every known entry counts.
    pub(crate) published: Option<Day>,
    /// The entries that are being appended, if any.
    pub(crate) pending: Option<&'a PendingEntries<'a>>,
}

/// Entries that are being appended to a ledger. They are later than all others, and their batch is
/// complete.
#[derive(Debug, Default)]
pub(crate) struct PendingEntries<'a> {
    /// The entries by the commitment that they are about, in their order.
    about: BTreeMap<&'a str, Unit<'a>>,
    /// The entries about no commitment.
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

    /// The commitments that the entries are about, sorted by id, with the entries about each.
    pub(crate) fn commitments(&self) -> impl Iterator<Item = (&'a str, &[&'a Entry])> {
        self.about.iter().map(|(commitment, unit)| (*commitment, unit.as_slice()))
    }

    pub(crate) fn entry(&self, id: EntryId) -> Option<&'a Entry> {
        self.by_id.get(&id).copied()
    }
}

/// An entry of a ledger, with the last entry of its batch if the batch is complete.
///
/// Two batches can share their first entry, and then only one of them counts. The other entries of
/// the second one have no batch here, because they would be half a batch.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BatchedEntry<'a> {
    pub(crate) entry: &'a Entry,
    pub(crate) batch: Option<(Moment, EntryId)>,
}

impl BatchedEntry<'_> {
    /// The key of the entry with which this one became known: for a batch, the last entry of the
    /// batch. `None` if it is not known.
    pub(crate) fn known(&self) -> Option<(Moment, EntryId)> {
        match self.entry.batch() {
            None => Some(self.entry.key()),
            Some(_) => self.batch,
        }
    }
}

impl<'a> Snapshot<'a> {
    /// The snapshot of all entries on a ledger.
    pub(crate) fn all(ledger: &'a Ledger) -> Self {
        Self { ledger, at: None, published: None, pending: None }
    }

    /// Whether every entry on the ledger counts.
    pub(crate) fn is_whole(&self) -> bool {
        self.at.is_none() && self.published.is_none()
    }

    /// The known entries about a commitment.
    pub(crate) fn history(&self, commitment: &str) -> History<'a> {
        let incomplete = self.half_batches(self.ledger.held_about(commitment)).collect();
        History { units: self.about(commitment), incomplete }
    }

    /// Decides which of the entries about a commitment count; see [`fold`].
    pub(crate) fn fold(&self, definitions: &'a Definitions, commitment: &str) -> Result<Folded<'a>, Unregistered<'a>> {
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
        // Each unit has the key of the entry with which it became known. For a batch that is its
        // last entry, which may be about another commitment.
        let mut units: Vec<((Moment, EntryId), Unit<'a>)> = Vec::new();
        let mut batches: HashMap<EntryId, usize> = HashMap::new();
        for BatchedEntry { entry, batch } in held.filter(|held| self.knows(held)) {
            let Some(last) = batch else {
                units.push((entry.key(), vec![entry]));
                continue;
            };
            // The entries of one batch about a commitment usually follow one another.
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

    /// Whether an entry of the ledger was known. An entry of a batch is known when the whole batch
    /// is.
    pub(crate) fn knows(&self, held: &BatchedEntry<'_>) -> bool {
        let recorded = held.known().is_some_and(|(known, _)| self.at.is_none_or(|at| known <= at));
        recorded && self.published.is_none_or(|day| is_published(held.entry, day))
    }

    /// Whether an entry of the ledger had been recorded, even if its batch is incomplete.
    pub(crate) fn has_recorded(&self, held: &BatchedEntry<'_>) -> bool {
        match held.known() {
            Some(_) => self.knows(held),
            None => self.at.is_none_or(|at| held.entry.recorded_at() <= at),
        }
    }

    /// The conflicts for those of the entries whose batch is incomplete.
    pub(crate) fn half_batches(&self, held: impl Iterator<Item = BatchedEntry<'a>>) -> impl Iterator<Item = Conflict> {
        held.filter(|held| held.known().is_none()).filter_map(|held| {
            let (entry, mark) = (held.entry, held.entry.batch()?);
            self.has_recorded(&held).then(|| Conflict::new(entry.id(), Error::HalfBatch { nth: mark.nth, of: mark.of }))
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

    /// Computes the definitions without the cache.
    pub(super) fn definitions_anew(&self) -> Definitions {
        let known = self.ledger.held_general().filter(|held| self.knows(held)).filter_map(|held| held.known());
        Definitions::of(&self.general(), known.max())
    }
}

/// Whether an entry had been published by the end of a day. Definitions always count.
fn is_published(entry: &Entry, day: Day) -> bool {
    let published = || entry.published().map_or(entry.recorded_at().day(), Date::last_day);
    entry.commitment().is_none() || published() <= day
}
