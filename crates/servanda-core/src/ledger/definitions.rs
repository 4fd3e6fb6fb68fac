//! What procedures, calendars and parties are, by the ledger itself.

use std::collections::BTreeMap;

use super::known::{Unit, retractions};
use crate::Error;
use crate::entry::{Define, Entry, Fact};
use crate::model::{Party, Pin};
use crate::procedure::{Calendar, Procedure};
use crate::value::{Digest, Slug};
use crate::view::Conflict;

/// The definitions known at a moment.
#[derive(Debug, Default)]
pub(crate) struct Definitions<'a> {
    procedures: BTreeMap<(&'a Slug, u32), (&'a Procedure, Digest)>,
    calendars: BTreeMap<&'a Slug, &'a Calendar>,
    parties: BTreeMap<&'a Slug, &'a Party>,
    pub(crate) conflicts: Vec<Conflict>,
}

impl<'a> Definitions<'a> {
    pub(super) fn of(units: Vec<Unit<'a>>) -> Self {
        let (retracted, conflicts) = retractions(&units, &BTreeMap::new());
        let mut definitions = Self { conflicts, ..Self::default() };
        for entry in units.into_iter().flatten().filter(|entry| !retracted.contains_key(&entry.id())) {
            definitions.take(entry);
        }
        definitions
    }

    fn take(&mut self, entry: &'a Entry) {
        match entry.fact() {
            Fact::Define(Define::Party(party)) => {
                self.parties.insert(&party.id, party);
            }
            Fact::Define(Define::Calendar(calendar)) => {
                // A template that another device brought along does not take back what a grown calendar says.
                let held = self.calendars.entry(&calendar.id).or_insert(calendar);
                if held.through <= calendar.through {
                    *held = calendar;
                }
            }
            Fact::Define(Define::Procedure(procedure)) => {
                let Some(given) = entry.defines else { return };
                let key = (&procedure.id, procedure.version);
                let (_, held) = *self.procedures.entry(key).or_insert((procedure, given));
                if held != given {
                    let procedure = format!("{} version {}", procedure.id, procedure.version);
                    self.conflicts.push(Conflict::new(entry.id(), Error::RivalDefinition { procedure, held, given }));
                }
            }
            _ => {}
        }
    }

    pub(crate) fn procedure(&self, pin: &Pin) -> Option<&'a Procedure> {
        let (procedure, digest) = self.procedures.get(&(&pin.id, pin.version))?;
        (*digest == pin.digest).then_some(procedure)
    }

    pub(crate) fn calendar(&self, id: &Slug) -> Option<&'a Calendar> {
        self.calendars.get(id).copied()
    }

    pub(crate) fn procedures(&self) -> impl Iterator<Item = &'a Procedure> {
        self.procedures.values().map(|(procedure, _)| *procedure)
    }

    pub(crate) fn parties(&self) -> impl Iterator<Item = &'a Party> {
        self.parties.values().copied()
    }
}
