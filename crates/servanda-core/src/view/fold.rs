//! Taking up the entries about one commitment.

use std::collections::{BTreeMap, HashMap};

use super::Conflict;
use super::walk::{Ground, Refused, Walk};
use crate::Error;
use crate::entry::{Entry, Fact};
use crate::format;
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
    /// The walk over both, which a step at its end extends.
    path: Option<Walk<'a>>,
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
    // A retraction falls with the steps of its batch: what it would have made room for stays.
    let mut void: BTreeMap<EntryId, Error> = BTreeMap::new();
    loop {
        let mut folded = fold_without(known, definitions, commitment, &units, &void)?;
        let conflicts: HashMap<EntryId, &Error> = folded.conflicts.iter().map(|c| (c.entry, &c.reason)).collect();
        let fallen = units.iter().find_map(|unit| {
            let is_step = |entry: &&&Entry| matches!(entry.fact(), Fact::Advance(_) | Fact::Deposit(_));
            let reason = unit.iter().filter(is_step).find_map(|entry| conflicts.get(&entry.id()).copied())?;
            let counts = |entry: &&&Entry| folded.retracted.values().any(|by| by.id() == entry.id());
            let retractions: Vec<EntryId> = unit.iter().filter(counts).map(|entry| entry.id()).collect();
            (!retractions.is_empty()).then(|| (retractions, reason.clone()))
        });
        match fallen {
            Some((retractions, reason)) => void.extend(retractions.into_iter().map(|id| (id, reason.clone()))),
            None => {
                folded.conflicts.extend(void.into_iter().map(|(entry, reason)| Conflict::new(entry, reason)));
                return Ok(folded);
            }
        }
    }
}

/// Takes up everything but the retractions that are void.
fn fold_without<'a>(
    known: &Known<'a>,
    definitions: &'a Definitions<'a>,
    commitment: &str,
    units: &[Unit<'a>],
    void: &BTreeMap<EntryId, Error>,
) -> Result<Folded<'a>, Vec<Conflict>> {
    let (retracted, mut conflicts) = retractions(units, void);
    conflicts.extend(known.ledger.about(commitment).iter().filter_map(|entry| known.half_batch(entry)));
    let units: Vec<Unit<'a>> = units
        .iter()
        .map(|unit| unit.iter().copied().filter(|entry| !retracted.contains_key(&entry.id())).collect())
        .collect();
    let registrations = units.iter().flatten().filter_map(|entry| match entry.fact() {
        Fact::Register(commitment) => Some((*entry, commitment.as_ref())),
        _ => None,
    });
    let mut first: Option<(&Entry, &Commitment)> = None;
    for (entry, commitment) in registrations {
        match first {
            None => first = Some((entry, commitment)),
            Some((by, _)) if format::fact_of(by.line()) == format::fact_of(entry.line()) => {}
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
        path: None,
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
            let (steps, deposits) =
                path.into_iter().flatten().partition(|entry| matches!(entry.fact(), Fact::Advance(_)));
            (self.steps, self.deposits) = (path_order(steps), deposits);
            return;
        }
        let mut waiting: Vec<(Unit<'a>, Refused)> = Vec::new();
        for unit in path {
            match self.try_unit(&unit) {
                Ok(()) => self.retry(&mut waiting, first_day(&unit)),
                Err(refused) => waiting.push((unit, refused)),
            }
        }
        for (unit, refused) in waiting {
            self.conflicts.extend(unit.into_iter().map(|entry| Conflict::new(entry.id(), refused.error.clone())));
        }
    }

    /// Gives each unit that waits another chance, the earliest first, until none can be taken up. The path has changed from the
    /// day `changed` on: a step that was refused on an earlier day still is.
    fn retry(&mut self, waiting: &mut Vec<(Unit<'a>, Refused)>, mut changed: Option<Day>) {
        let mut index = 0;
        while let Some((unit, refused)) = waiting.get_mut(index) {
            let blamed = unit.iter().find(|entry| entry.id() == refused.entry);
            let earlier = blamed.is_some_and(|entry| entry.day() < changed);
            if earlier && !matches!(refused.error, Error::BreaksLaterStep { .. }) {
                index += 1;
                continue;
            }
            match self.try_unit(unit) {
                Ok(()) => {
                    changed = changed.min(first_day(unit));
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
        if let Some(done) = self.try_at_the_end(unit) {
            return done;
        }
        let (new_deposits, new_steps): (Vec<&'a Entry>, Vec<&'a Entry>) =
            unit.iter().partition(|entry| matches!(entry.fact(), Fact::Deposit(_)));
        let steps = path_order(self.steps.iter().copied().chain(new_steps).collect());
        let deposits: Vec<_> = self.deposits.iter().copied().chain(new_deposits).collect();
        match self.walk(&steps, &deposits) {
            Ok(walk) => {
                (self.steps, self.deposits, self.path) = (steps, deposits, walk);
                Ok(())
            }
            Err(refused) => Err(self.blame(unit, refused)),
        }
    }

    /// A single step on a day after all others, which is the usual case, extends the path as it is. Nothing comes back if the unit
    /// is something else.
    fn try_at_the_end(&mut self, unit: &Unit<'a>) -> Option<Result<(), Refused>> {
        let [step] = unit.as_slice() else { return None };
        let later = self.steps.last().is_none_or(|last| last.day() < step.day());
        let walk = self.path.as_mut().filter(|_| later && matches!(step.fact(), Fact::Advance(_)))?;
        let done = walk.extend(step);
        if done.is_ok() {
            self.steps.push(step);
        }
        Some(done)
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
        self.others
            .iter()
            .filter(|entry| matches!(entry.fact(), Fact::Attest(_)))
            .filter_map(|entry| entry.vouches_to())
            .max()
    }

    /// The earliest fact of a kind that this version does not understand, and the day from which it may matter: none where it
    /// has no day, which is from the start.
    pub(crate) fn not_understood(&self) -> Option<(&'a Entry, Option<Day>)> {
        let unknown = self.others.iter().filter(|entry| matches!(entry.fact(), Fact::Unknown { .. }));
        unknown.map(|entry| (*entry, entry.on().map(|on| on.first_day()))).min_by_key(|(_, day)| *day)
    }
}

fn first_day(unit: &Unit<'_>) -> Option<Day> {
    unit.iter().filter_map(|entry| entry.day()).min()
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
