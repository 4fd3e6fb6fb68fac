//! The procedures, calendars and parties that a ledger defines.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::Error;
use crate::entry::{Definition, Entry, Party};
use crate::procedure::{Calendar, Procedure, ProcedureRef};
use crate::replay::{Conflict, Unit, retractions};
use crate::value::{Digest, EntryId, Moment, Slug};

/// The definitions known at a moment.
#[derive(Clone, Debug, Default)]
pub(crate) struct Definitions {
    /// The procedures by id and version, with their digests.
    procedures: BTreeMap<Slug, BTreeMap<u32, (Arc<Procedure>, Digest)>>,
    calendars: BTreeMap<Slug, Arc<Calendar>>,
    parties: BTreeMap<Slug, Arc<Party>>,
    pub(crate) conflicts: Vec<Conflict>,
    /// The key with which the latest definition became known.
    latest: Option<(Moment, EntryId)>,
}

impl Definitions {
    /// Collects the definitions in these units. The last of them became known at `latest`.
    pub(crate) fn of(units: &[Unit<'_>], latest: Option<(Moment, EntryId)>) -> Self {
        let (retracted, conflicts) = retractions(units, &BTreeMap::new());
        let mut definitions = Self { conflicts, latest, ..Self::default() };
        for entry in units.iter().flatten().filter(|entry| !retracted.contains_key(&entry.id())) {
            definitions.take(entry);
        }
        definitions
    }

    /// Adds a definition that became known at `known`. Returns `false` if the entry is not a
    /// definition, or if a later one is known already.
    pub(crate) fn learn(&mut self, entry: &Entry, known: (Moment, EntryId)) -> bool {
        if entry.definition().is_none() || self.latest > Some(known) {
            return false;
        }
        self.latest = Some(known);
        self.take(entry);
        true
    }

    fn take(&mut self, entry: &Entry) {
        match entry.definition() {
            Some(Definition::Party(party)) => {
                self.parties.insert(party.id.clone(), Arc::clone(party));
            }
            Some(Definition::Calendar(calendar)) => {
                // A merge can bring an older calendar, such as a template. It does not replace a
                // calendar that covers a longer time.
                let held = self.calendars.entry(calendar.id.clone()).or_insert_with(|| Arc::clone(calendar));
                if held.through <= calendar.through {
                    *held = Arc::clone(calendar);
                }
            }
            Some(Definition::Procedure(procedure, given)) => {
                let versions = self.procedures.entry(procedure.id.clone()).or_default();
                let (_, held) = versions.entry(procedure.version).or_insert_with(|| (Arc::clone(procedure), *given));
                if held != given {
                    let procedure = format!("{} version {}", procedure.id, procedure.version);
                    let error = Error::RivalDefinition { procedure, held: *held, given: *given };
                    self.conflicts.push(Conflict::new(entry.id(), error));
                }
            }
            None => {}
        }
    }

    pub(crate) fn procedure(&self, pin: &ProcedureRef) -> Option<&Arc<Procedure>> {
        let (procedure, digest) = self.procedures.get(&pin.id)?.get(&pin.version)?;
        (*digest == pin.digest).then_some(procedure)
    }

    /// The reference of a procedure, with the digest on the ledger if the ledger has the procedure.
    pub(crate) fn pin(&self, procedure: &Procedure) -> ProcedureRef {
        let held = self.procedures.get(&procedure.id).and_then(|versions| versions.get(&procedure.version));
        match held {
            Some((_, digest)) => ProcedureRef { digest: *digest, id: procedure.id.clone(), version: procedure.version },
            None => procedure.reference(),
        }
    }

    pub(crate) fn calendar(&self, id: &Slug) -> Option<&Calendar> {
        self.calendars.get(id).map(AsRef::as_ref)
    }

    pub(crate) fn procedures(&self) -> impl Iterator<Item = &Arc<Procedure>> {
        self.procedures.values().flat_map(BTreeMap::values).map(|(procedure, _)| procedure)
    }

    pub(crate) fn parties(&self) -> impl Iterator<Item = &Arc<Party>> {
        self.parties.values()
    }
}
