//! Taking up the entries about one commitment.

use std::collections::{BTreeMap, HashMap};

use super::Conflict;
use super::walk::{Ground, Refused, Walk};
use crate::Error;
use crate::entry::{Entry, Fact};
use crate::ledger::{Definitions, Known, Unit, retractions};
use crate::model::{Commitment, Obligation};
use crate::procedure::Procedure;
use crate::value::{Day, EntryId};

/// The entries about one commitment, taken up.
///
/// Retracted entries are left out. The others are taken up in the order in which they became known, each if the path stays legal
/// at its place. One that does not fit waits: if a later entry makes room for it, it is taken up then, else it is a conflict.
/// So nothing recorded later ever evicts what was recorded before.
#[derive(Debug)]
pub(crate) struct Folded<'a> {
    pub(crate) commitment: &'a Commitment,
    pub(crate) registered: &'a Entry,
    /// The procedure it is pinned to, if the ledger has it.
    pub(crate) procedure: Option<&'a Procedure>,
    definitions: &'a Definitions<'a>,
    /// The steps, in the order of the path.
    pub(crate) steps: Vec<&'a Entry>,
    pub(crate) deposits: Vec<&'a Entry>,
    /// Facts that take no step, in the order in which they were recorded.
    pub(crate) others: Vec<&'a Entry>,
    pub(crate) conflicts: Vec<Conflict>,
    /// The retracted entries and the entries that retract them.
    pub(crate) retracted: BTreeMap<EntryId, &'a Entry>,
}

/// Takes up what is known about a commitment.
///
/// Nothing comes back but the conflicts if it was never registered.
pub(crate) fn fold<'a>(
    known: &Known<'a>,
    definitions: &'a Definitions<'a>,
    commitment: &str,
) -> Result<Folded<'a>, Vec<Conflict>> {
    let units = known.about(commitment);
    let (retracted, mut conflicts) = retractions(&units);
    conflicts.extend(known.ledger.about(commitment).iter().filter_map(|entry| known.half_batch(entry)));
    let units: Vec<Unit<'a>> = units
        .into_iter()
        .map(|unit| unit.into_iter().filter(|entry| !retracted.contains_key(&entry.id())).collect())
        .collect();
    let registrations = units.iter().flatten().filter_map(|entry| match entry.fact() {
        Fact::Register(commitment) => Some((*entry, commitment.as_ref())),
        _ => None,
    });
    let mut first: Option<(&Entry, &Commitment)> = None;
    for (entry, commitment) in registrations {
        match first {
            None => first = Some((entry, commitment)),
            Some((_, held)) if held == commitment => {}
            Some((by, _)) => {
                let error = Error::AlreadyRegistered { commitment: commitment.id.clone(), by: by.id() };
                conflicts.push(Conflict::new(entry.id(), error));
            }
        }
    }
    let Some((registered, commitment)) = first else {
        let orphaned = units.iter().flatten().filter(|entry| !matches!(entry.fact(), Fact::Retract(_)));
        conflicts.extend(orphaned.filter_map(|entry| {
            let error = Error::UnknownCommitment { commitment: entry.commitment()?.clone(), nearest: None };
            Some(Conflict::new(entry.id(), error))
        }));
        return Err(conflicts);
    };
    let mut folded = Folded {
        commitment,
        registered,
        procedure: definitions.procedure(&commitment.procedure),
        definitions,
        steps: Vec::new(),
        deposits: Vec::new(),
        others: Vec::new(),
        conflicts,
        retracted,
    };
    folded.take_up(known, units);
    Ok(folded)
}

impl<'a> Folded<'a> {
    fn take_up(&mut self, known: &Known<'a>, units: Vec<Unit<'a>>) {
        let (mut path, mut rest): (Vec<Unit<'a>>, Vec<&'a Entry>) = (Vec::new(), Vec::new());
        for unit in units {
            let (steps, others): (Unit<'a>, Unit<'a>) =
                unit.into_iter().partition(|entry| matches!(entry.fact(), Fact::Advance(_) | Fact::Deposit(_)));
            rest.extend(others);
            if !steps.is_empty() {
                path.push(steps);
            }
        }
        for entry in rest {
            match misfit(entry, self.commitment, known) {
                Some(error) => self.conflicts.push(Conflict::new(entry.id(), error)),
                None => self.others.push(entry),
            }
        }
        if self.procedure.is_none() {
            // Where the procedure is missing nothing can be judged, and nothing is blamed.
            self.steps = path_order(
                path.into_iter().flatten().filter(|entry| matches!(entry.fact(), Fact::Advance(_))).collect(),
            );
            return;
        }
        let mut waiting: Vec<(Unit<'a>, Refused)> = Vec::new();
        for unit in path {
            match self.try_unit(&unit) {
                Ok(()) => self.retry(&mut waiting),
                Err(refused) => waiting.push((unit, refused)),
            }
        }
        for (unit, refused) in waiting {
            self.conflicts.extend(unit.into_iter().map(|entry| Conflict::new(entry.id(), refused.error.clone())));
        }
    }

    /// Gives each unit that waits another chance, the earliest first, until none can be taken up.
    fn retry(&mut self, waiting: &mut Vec<(Unit<'a>, Refused)>) {
        let mut index = 0;
        while let Some((unit, refused)) = waiting.get_mut(index) {
            match self.try_unit(unit) {
                Ok(()) => {
                    waiting.remove(index);
                    index = 0;
                }
                Err(again) => {
                    *refused = again;
                    index += 1;
                }
            }
        }
    }

    /// Takes a unit up if the path stays legal with all of it.
    fn try_unit(&mut self, unit: &Unit<'a>) -> Result<(), Refused> {
        let (new_deposits, new_steps): (Vec<&'a Entry>, Vec<&'a Entry>) =
            unit.iter().partition(|entry| matches!(entry.fact(), Fact::Deposit(_)));
        let steps = if new_steps.is_empty() {
            self.steps.clone()
        } else {
            path_order(self.steps.iter().copied().chain(new_steps).collect())
        };
        let deposits: Vec<_> = self.deposits.iter().copied().chain(new_deposits).collect();
        match self.walk(&steps, &deposits) {
            Ok(Some(_)) => {
                self.steps = steps;
                self.deposits = deposits;
                Ok(())
            }
            Ok(None) => Ok(()),
            Err(refused) => Err(self.blame(unit, refused)),
        }
    }

    /// If the refused step is one that was taken up before, it is the new unit that does not fit.
    fn blame(&self, unit: &Unit<'a>, refused: Refused) -> Refused {
        if unit.iter().any(|entry| entry.id() == refused.entry) {
            return refused;
        }
        let later = self.steps.iter().find(|entry| entry.id() == refused.entry);
        let tried = unit.first().and_then(|entry| Some((entry.id(), what(entry), entry.on()?)));
        match (later.and_then(|later| Some((later.fact(), later.on()?))), tried) {
            (Some((Fact::Advance(later), later_on)), Some((id, what, on))) => Refused {
                entry: id,
                error: Error::BreaksLaterStep {
                    commitment: self.commitment.id.clone(),
                    what,
                    on,
                    entry: refused.entry,
                    later: later.to.clone(),
                    later_on,
                },
            },
            _ => refused,
        }
    }

    /// Walks these steps, which stand in the order of the path. There is no path where the procedure is missing.
    fn walk(&self, steps: &[&'a Entry], deposits: &[&'a Entry]) -> Result<Option<Walk<'a>>, Refused> {
        let Some(procedure) = self.procedure else {
            return Ok(None);
        };
        let ground = Ground {
            commitment: self.commitment,
            registered: self.registered,
            procedure,
            definitions: self.definitions,
            attested: self.attested(),
        };
        let mut walk = Walk::open(ground, deposits)?;
        walk.take_all(steps.iter().copied())?;
        walk.settle()?;
        Ok(Some(walk))
    }

    /// The path to the end of `day`.
    pub(crate) fn walk_to(&self, day: Day) -> Result<Option<Walk<'a>>, Refused> {
        let until = |entries: &[&'a Entry]| -> Vec<&'a Entry> {
            entries.iter().copied().filter(|entry| entry.day().is_some_and(|on| on <= day)).collect()
        };
        let Some(mut walk) = self.walk(&until(&self.steps), &until(&self.deposits))? else {
            return Ok(None);
        };
        walk.run_to(day);
        Ok(Some(walk))
    }

    /// The whole recorded path.
    pub(crate) fn walk_all(&self) -> Result<Option<Walk<'a>>, Refused> {
        self.walk(&self.steps, &self.deposits)
    }

    fn attested(&self) -> Option<Day> {
        self.others.iter().filter(|entry| matches!(entry.fact(), Fact::Attest(_))).filter_map(|entry| entry.day()).max()
    }

    /// The earliest fact of a kind that this version does not understand, and the day from which it may matter: none where it
    /// has no day, which is from the start.
    pub(crate) fn not_understood(&self) -> Option<(&'a Entry, Option<Day>)> {
        let unknown = self.others.iter().filter(|entry| matches!(entry.fact(), Fact::Unknown { .. }));
        unknown.map(|entry| (*entry, entry.on().map(|on| on.first_day()))).min_by_key(|(_, day)| *day)
    }
}

/// Why a fact that takes no step does not fit, if it does not.
fn misfit(entry: &Entry, commitment: &Commitment, known: &Known<'_>) -> Option<Error> {
    let named = match entry.fact() {
        Fact::Cite(cite) => cite.entry,
        Fact::Amend(amend) => amend.entry?,
        Fact::Reschedule(_) if commitment.obligation == Obligation::Position => {
            return Some(Error::PositionTakesNoDeadline { commitment: commitment.id.clone() });
        }
        _ => return None,
    };
    let is_ours = known.entry(named).is_some_and(|target| target.commitment() == entry.commitment());
    (!is_ours).then(|| Error::UnknownEntry {
        kind: entry.fact().kind().to_owned(),
        entry: named,
        wanted: format!("an entry about {}", commitment.id),
    })
}

/// What an entry of the path does, in words.
fn what(entry: &Entry) -> String {
    match entry.fact() {
        Fact::Advance(advance) => format!("the step to {}", advance.to),
        Fact::Deposit(deposit) => format!("the deposit by {}", deposit.by),
        fact => fact.kind().to_owned(),
    }
}

/// The order of the path: by day, then each entry right behind the one it comes `after`, then as recorded.
fn path_order(mut entries: Vec<&Entry>) -> Vec<&Entry> {
    entries.sort_by_key(|entry| (entry.day(), entry.key()));
    if entries.iter().all(|entry| entry.after().is_none()) {
        return entries;
    }
    let days: HashMap<EntryId, Option<Day>> = entries.iter().map(|entry| (entry.id(), entry.day())).collect();
    let parent = |entry: &Entry| entry.after().filter(|after| days.get(after).is_some_and(|day| *day == entry.day()));
    let mut children: HashMap<Option<EntryId>, Vec<&Entry>> = HashMap::new();
    for entry in &entries {
        children.entry(parent(entry)).or_default().push(entry);
    }
    let mut ordered = Vec::with_capacity(entries.len());
    let mut stack: Vec<&Entry> = children.remove(&None).unwrap_or_default().into_iter().rev().collect();
    while let Some(entry) = stack.pop() {
        ordered.push(entry);
        stack.extend(children.remove(&Some(entry.id())).unwrap_or_default().into_iter().rev());
    }
    ordered
}
