//! Retractions: which of them count, and which entries they leave out.

use std::collections::BTreeMap;

use crate::Error;
use crate::entry::{Entry, Kind};
use crate::replay::Conflict;
use crate::value::EntryId;

/// Entries that count together or not at all: one entry, or the entries of a batch about one
/// commitment.
pub(crate) type Unit<'a> = Vec<&'a Entry>;

/// The retractions that count, by the entry that they retract, and the conflicts of those that name
/// no earlier entry. Retractions in `void` are ignored.
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
    // Start with the latest: only later retractions decide whether a retraction counts.
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
