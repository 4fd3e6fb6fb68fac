//! The procedures, calendars, parties and topics that a ledger defines.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::Error;
use crate::entry::{Definition, Entry, Kind, Party, Topic};
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
    topics: BTreeMap<Slug, Arc<Topic>>,
    pub(crate) conflicts: Vec<Conflict>,
    /// The key with which the latest entry became known.
    latest: Option<(Moment, EntryId)>,
    /// Whether there are retractions. A retraction can be known before the definition that it
    /// retracts, because a definition in a batch becomes known with the whole batch.
    any_retractions: bool,
}

impl Definitions {
    /// Collects the definitions in these units. The last of them became known at `latest`.
    pub(crate) fn of(units: &[Unit<'_>], latest: Option<(Moment, EntryId)>) -> Self {
        let (retracted, conflicts) = retractions(units, &BTreeMap::new());
        let any_retractions = units.iter().flatten().any(|entry| entry.kind == Kind::Retract);
        let mut definitions = Self { conflicts, latest, any_retractions, ..Self::default() };
        for entry in units.iter().flatten().filter(|entry| !retracted.contains_key(&entry.id())) {
            definitions.take(entry);
        }
        definitions
    }

    /// Adds definitions that became known together at `known`. Returns `false` if all definitions
    /// have to be collected again: if an entry is not a definition, if an existing retraction may
    /// apply to it, or if it did not become known after all others.
    pub(crate) fn learn(&mut self, unit: &[&Entry], known: (Moment, EntryId)) -> bool {
        let only_definitions = unit.iter().all(|entry| entry.definition().is_some());
        if !only_definitions || self.any_retractions || self.latest >= Some(known) {
            return false;
        }
        self.latest = Some(known);
        unit.iter().for_each(|entry| self.take(entry));
        true
    }

    fn take(&mut self, entry: &Entry) {
        match entry.definition() {
            Some(Definition::Party(party)) => {
                self.parties.insert(party.id.clone(), Arc::clone(party));
            }
            Some(Definition::Topic(topic)) => {
                self.topics.insert(topic.id.clone(), Arc::clone(topic));
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
            Some(Definition::Unusable(reason)) => {
                self.conflicts.push(Conflict::new(entry.id(), Error::clone(reason)));
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

    pub(crate) fn calendars(&self) -> impl Iterator<Item = &Arc<Calendar>> {
        self.calendars.values()
    }

    pub(crate) fn procedures(&self) -> impl Iterator<Item = &Arc<Procedure>> {
        self.procedures.values().flat_map(BTreeMap::values).map(|(procedure, _)| procedure)
    }

    pub(crate) fn parties(&self) -> impl Iterator<Item = &Arc<Party>> {
        self.parties.values()
    }

    pub(crate) fn topics(&self) -> impl Iterator<Item = &Arc<Topic>> {
        self.topics.values()
    }
}
