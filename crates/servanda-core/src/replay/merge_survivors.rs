//! Folds the entries about one commitment: decides which of them count.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use crate::Error;
use crate::entry::{ClockRules, Commitment, Entry, Fact, Kind, Obligation, RegisteredTerms, Reschedule, read_part};
use crate::procedure::Procedure;
use crate::replay::{
    Conflict, Deadlines, Definitions, Deposits, Moved, Refused, Replay, ReplayContext, Translation, Unit, Visit,
    orders, retractions, slug,
};
use crate::value::{Date, Day, Deadline, EntryId, Slug};

/// The entries about one commitment, folded.
///
/// Retracted entries are left out. The others are taken in the order in which they became known. An
/// entry is taken if the path stays legal with it at its place, and waits otherwise. A waiting
/// entry is taken when a later entry makes room for it, and is a conflict otherwise. So an entry
/// recorded later never displaces one that was recorded before.
#[derive(Debug)]
pub(crate) struct Folded<'a> {
    /// The commitment's id.
    pub(crate) commitment: &'a str,
    pub(crate) registered: &'a Entry,
    pub(crate) terms: RegisteredTerms,
    /// The procedure that the commitment goes through, if the ledger has it.
    pub(crate) procedure: Option<&'a Arc<Procedure>>,
    pub(crate) translation: Arc<Translation>,
    /// The moves to other procedures, in the order in which they were recorded.
    pub(crate) repins: Vec<Moved<'a>>,
    pub(super) definitions: &'a Definitions,
    pub(super) given: Option<Arc<ClockRules>>,
    /// The steps, in the order of the path.
    pub(crate) steps: Vec<&'a Entry>,
    pub(crate) deposits: Vec<&'a Entry>,
    /// The replay of the steps and deposits. A step at the end extends it.
    pub(super) path: Option<Replay<'a>>,
    /// The entries that are not on the path, in the order in which they became known.
    pub(crate) others: Vec<&'a Entry>,
    pub(crate) conflicts: Vec<Conflict>,
    /// The retracted entries and the entries that retract them.
    pub(crate) retracted: BTreeMap<EntryId, &'a Entry>,
}

/// The maximum number of orders in which the steps of a unit are tried.
const MAX_ORDERS: usize = 64;

/// The known entries about one commitment.
pub(crate) struct History<'a> {
    /// The entries, in the order in which they became known.
    pub(crate) units: Vec<Unit<'a>>,
    /// The entries of incomplete batches, as conflicts.
    pub(crate) incomplete: Vec<Conflict>,
}

/// The entries about a commitment without a registration that counts.
pub(crate) struct Unregistered<'a> {
    pub(crate) conflicts: Vec<Conflict>,
    /// The retracted entries and the entries that retract them.
    pub(crate) retracted: BTreeMap<EntryId, &'a Entry>,
}

/// Decides which of the known entries about a commitment count.
///
/// # Errors
///
/// The conflicts and the retractions, if no registration of the commitment counts.
pub(crate) fn fold<'a>(
    history: &History<'a>,
    definitions: &'a Definitions,
    commitment: &str,
) -> Result<Folded<'a>, Unregistered<'a>> {
    let units = &history.units;
    // If a step of a batch does not count, its retractions do not either. The retracted entries
    // stay.
    let mut void: BTreeMap<EntryId, Error> = BTreeMap::new();
    loop {
        let mut folded = fold_without(history, definitions, commitment, &void)?;
        if folded.retracted.is_empty() || folded.conflicts.is_empty() {
            folded.conflicts.extend(void.into_iter().map(|(entry, reason)| Conflict::new(entry, reason)));
            return Ok(folded);
        }
        let conflicts: HashMap<EntryId, &Error> = folded.conflicts.iter().map(|c| (c.entry, &c.reason)).collect();
        let fallen = units.iter().find_map(|unit| {
            let is_step = |entry: &&&Entry| entry.kind.is_on_path();
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

/// Folds the entries, ignoring the retractions in `void`.
fn fold_without<'a>(
    history: &History<'a>,
    definitions: &'a Definitions,
    commitment: &str,
    void: &BTreeMap<EntryId, Error>,
) -> Result<Folded<'a>, Unregistered<'a>> {
    let (retracted, mut conflicts) = retractions(&history.units, void);
    conflicts.extend(history.incomplete.iter().cloned());
    let units: Vec<Unit<'a>> = history
        .units
        .iter()
        .map(|unit| unit.iter().copied().filter(|entry| !retracted.contains_key(&entry.id())).collect())
        .collect();
    let mut registrations = units.iter().flatten().copied().filter(|entry| entry.kind == Kind::Register);
    let first =
        registrations.next().and_then(|entry| Some((entry, entry.commitment()?, read_part::<RegisteredTerms>(entry)?)));
    if let Some((by, ..)) = first {
        for entry in registrations.filter(|entry| entry.body() != by.body()) {
            let error = Error::AlreadyRegistered { commitment: slug(commitment), by: by.id() };
            conflicts.push(Conflict::new(entry.id(), error));
        }
    }
    let Some((registered, commitment, mut terms)) = first else {
        let orphaned = units.iter().flatten().filter(|entry| entry.kind != Kind::Retract);
        conflicts.extend(orphaned.filter_map(|entry| {
            let error = Error::UnknownCommitment { commitment: slug(entry.commitment()?), nearest: None };
            Some(Conflict::new(entry.id(), error))
        }));
        return Err(Unregistered { conflicts, retracted });
    };
    let started = terms.opening.as_mut().map(|opening| {
        let started = std::mem::take(&mut opening.clocks_started).into_iter().map(|(clock, on)| (clock, Some(on)));
        let not_started = std::mem::take(&mut opening.clocks_not_started).into_iter().map(|clock| (clock, None));
        started.chain(not_started).collect()
    });
    let given = ClockRules {
        by: std::mem::take(&mut terms.by),
        rules: std::mem::take(&mut terms.rules),
        started: started.unwrap_or_default(),
    };
    let mut folded = Folded {
        commitment,
        registered,
        procedure: definitions.procedure(&terms.procedure),
        terms,
        translation: Arc::new(Translation::of(&units)),
        repins: Vec::new(),
        definitions,
        given: (!given.rules.is_empty() || !given.started.is_empty()).then(|| Arc::new(given)),
        steps: Vec::new(),
        deposits: Vec::new(),
        path: None,
        others: Vec::new(),
        conflicts,
        retracted,
    };
    folded.take_up(history, units);
    Ok(folded)
}

impl<'a> Folded<'a> {
    fn take_up(&mut self, history: &History<'a>, units: Vec<Unit<'a>>) {
        let (mut path, mut rest): (Vec<Unit<'a>>, Vec<&'a Entry>) = (Vec::new(), Vec::new());
        for unit in units {
            let (steps, others): (Unit<'a>, Unit<'a>) = unit.into_iter().partition(|entry| entry.kind.is_on_path());
            rest.extend(others);
            if !steps.is_empty() {
                path.push(steps);
            }
        }
        let names_another = |entry: &&Entry| matches!(entry.kind, Kind::Cite | Kind::Amend);
        let known: HashSet<EntryId> = match rest.iter().copied().any(|entry| names_another(&entry)) {
            true => history.units.iter().flatten().map(|entry| entry.id()).collect(),
            false => HashSet::new(),
        };
        for entry in rest {
            match self.misfit(entry, &known) {
                Some(error) => self.conflicts.push(Conflict::new(entry.id(), error)),
                None => self.others.push(entry),
            }
        }
        if self.procedure.is_none() {
            // Without the procedure no step can be judged, so none is a conflict.
            let of_kind = |kind| path.iter().flatten().copied().filter(move |entry| entry.kind == kind);
            let steps: Vec<&Entry> = of_kind(Kind::Advance).collect();
            self.deposits = of_kind(Kind::Deposit).collect();
            self.steps = orders(&[], &steps).next().unwrap_or(steps);
            return;
        }
        self.path = self.replay(&[], &[]).ok().flatten();
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

    /// Tries each waiting unit again, the earliest first, until none fits. The path has changed
    /// from the day `changed` on. A step that was refused on an earlier day is skipped, unless a
    /// later step was the reason.
    fn retry(&mut self, waiting: &mut Vec<(Unit<'a>, Refused)>, mut changed: Option<Day>) {
        let mut index = 0;
        while let Some((unit, refused)) = waiting.get_mut(index) {
            let blamed = unit.iter().find(|entry| entry.id() == refused.entry);
            // A unit that was refused because of an entry without a day, such as a repin, may fit now.
            let earlier = blamed.and_then(|entry| entry.day()).zip(changed).is_some_and(|(day, changed)| day < changed);
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

    /// Takes a unit if the path stays legal with all of its entries.
    ///
    /// The steps are tried at every place that their dates allow, the last places first. So of two
    /// steps whose dates overlap, the one that was taken first comes first, unless only the other
    /// order is legal.
    fn try_unit(&mut self, unit: &Unit<'a>) -> Result<(), Refused> {
        if !unit.iter().any(|entry| entry.kind == Kind::Repin) {
            return self.try_path(unit);
        }
        let before = self.pinned();
        let done = self.move_on(unit).and_then(|()| self.try_path(unit));
        if done.is_err() {
            self.return_to(before);
        }
        done.map_err(|refused| self.blame_repin(unit, refused))
    }

    /// Takes the steps and deposits of a unit if the path stays legal with all of them.
    fn try_path(&mut self, unit: &Unit<'a>) -> Result<(), Refused> {
        if let Some(done) = self.try_at_the_end(unit) {
            return done;
        }
        let of_kind = |kind| unit.iter().copied().filter(move |entry| entry.kind == kind);
        let new_deposits = of_kind(Kind::Deposit);
        let new_steps: Vec<&'a Entry> = of_kind(Kind::Advance).collect();
        let deposits: Vec<_> = self.deposits.iter().copied().chain(new_deposits).collect();
        let mut refusal: Option<Refused> = None;
        for steps in orders(&self.steps, &new_steps).take(MAX_ORDERS) {
            match self.replay(&steps, &deposits) {
                Ok(replay) => {
                    (self.steps, self.deposits, self.path) = (steps, deposits, replay);
                    return Ok(());
                }
                // No other place would cure this.
                Err(refused) if matches!(refused.error, Error::UnknownStatus { .. }) => {
                    return Err(self.blame(unit, refused));
                }
                Err(refused) => {
                    refusal = Some(match refusal {
                        Some(first) => first.or(refused),
                        None => refused,
                    });
                }
            }
        }
        match refusal {
            Some(refused) => Err(self.blame(unit, refused)),
            None => Err(no_place(unit)),
        }
    }

    /// Extends the path with a single step on a day after all others, which is the usual case.
    /// `None` if the unit is something else.
    fn try_at_the_end(&mut self, unit: &Unit<'a>) -> Option<Result<(), Refused>> {
        let [step] = unit.as_slice() else { return None };
        let last = self.steps.iter().filter_map(|step| step.day()).max();
        let is_later = step.on().is_some_and(|on| last.is_none_or(|last| last < on.first_day()));
        let replay = self.path.as_mut().filter(|_| is_later && step.kind == Kind::Advance)?;
        let done = replay.extend(step);
        if done.is_ok() {
            self.steps.push(step);
        }
        Some(done)
    }

    /// If the refused step was taken before, the new unit is the one that does not fit.
    fn blame(&self, unit: &Unit<'a>, refused: Refused) -> Refused {
        if unit.iter().any(|entry| entry.id() == refused.entry) {
            return refused;
        }
        let later = self.steps.iter().find(|entry| entry.id() == refused.entry);
        let tried = unit.first().and_then(|entry| Some((entry.id(), what(entry), entry.on()?)));
        match (later.and_then(|later| Some((self.translation.to(later), later.on()?))), tried) {
            (Some((later, later_on)), Some((id, what, on))) => Refused {
                entry: id,
                error: Error::BreaksLaterStep {
                    commitment: slug(self.commitment),
                    what,
                    on,
                    entry: refused.entry,
                    later: slug(later),
                    later_on,
                },
            },
            _ => refused,
        }
    }

    /// Replays these steps, which must be in the order of the path. `None` if the procedure is
    /// missing.
    fn replay(&self, steps: &[&'a Entry], deposits: &[&'a Entry]) -> Result<Option<Replay<'a>>, Refused> {
        let Some(procedure) = self.procedure else {
            return Ok(None);
        };
        let context = self.context(procedure, deposits);
        let mut replay = Replay::open(context, self.registered, self.opens(procedure))?;
        replay.take_all(steps)?;
        Ok(Some(replay))
    }

    fn context(&self, procedure: &'a Procedure, deposits: &[&'a Entry]) -> ReplayContext<'a> {
        ReplayContext {
            commitment: self.commitment,
            procedure,
            translation: Arc::clone(&self.translation),
            definitions: self.definitions,
            given: self.given.clone(),
            opens_midway: self.terms.opening.is_some(),
            deposits: self.deposited(deposits),
            attested: self.attested(),
        }
    }

    /// The deposits in these entries.
    fn deposited(&self, entries: &[&'a Entry]) -> Deposits {
        let mut dates: BTreeMap<Slug, (Day, Day)> = BTreeMap::new();
        for (party, on) in entries.iter().filter_map(|entry| match entry.fact() {
            Fact::Deposit(deposit) => Some((deposit.by, entry.on()?)),
            _ => None,
        }) {
            let (first, last) = dates.entry(party).or_insert((on.first_day(), on.last_day()));
            (*first, *last) = (on.first_day().min(*first), on.last_day().min(*last));
        }
        let (mut first_days, mut last_days): (Vec<Day>, Vec<Day>) = dates.into_values().unzip();
        first_days.sort_unstable();
        last_days.sort_unstable();
        let weighed = self.given.as_ref().is_some_and(|given| given.rules.values().any(|rule| rule.treaty.is_some()));
        let told = entries.iter().filter(|_| weighed).filter_map(|entry| entry.instrument());
        Deposits { first_days, last_days, instruments: told.collect() }
    }

    /// The path at the end of `day`. `None` if the procedure, or the status at which the history
    /// opens, is missing.
    pub(crate) fn path_at(&self, day: Day) -> Option<Replay<'a>> {
        self.path.as_ref().map(|path| path.at(day))
    }

    /// The path with all recorded steps that may have been taken by the end of `day`. `None` if all
    /// of them are certain.
    pub(crate) fn path_ahead(&self, day: Day) -> Option<Replay<'a>> {
        self.path.as_ref().and_then(|path| path.ahead(day))
    }

    /// The visits that may have happened by the end of `day`, but are not certain.
    pub(crate) fn possible_by(&self, day: Day) -> Vec<Visit> {
        self.path.as_ref().map_or_else(Vec::new, |path| path.possible_by(day))
    }

    /// Replays the whole recorded path.
    pub(crate) fn replay_all(&self) -> Result<Option<Replay<'a>>, Refused> {
        self.replay(&self.steps, &self.deposits)
    }

    /// The reason why an entry that is not on the path does not fit. `None` if it fits.
    fn misfit(&self, entry: &Entry, known: &HashSet<EntryId>) -> Option<Error> {
        let named = match entry.kind {
            Kind::Reschedule if self.terms.obligation == Some(Obligation::Position) => {
                return Some(Error::PositionTakesNoDeadline { commitment: slug(self.commitment) });
            }
            Kind::Cite | Kind::Amend => match entry.fact() {
                Fact::Cite(cite) => cite.entry,
                Fact::Amend(amend) => amend.entry?,
                _ => return None,
            },
            _ => return None,
        };
        (!known.contains(&named)).then(|| Error::UnknownEntry {
            kind: entry.kind().to_owned(),
            entry: named,
            wanted: format!("an entry about {}", self.commitment),
        })
    }

    /// The deadlines that were set. A position and a matter without a promise have none.
    pub(crate) fn deadlines(&self) -> Deadlines {
        let mut set: Vec<(Date, Deadline)> = Vec::new();
        if self.terms.obligation.is_some_and(|obligation| obligation != Obligation::Position) {
            set.extend(self.terms.deadline.map(|deadline| (self.terms.made, deadline)));
            set.extend(self.reschedules().into_iter().filter_map(|(entry, said)| Some((entry.on()?, said.deadline))));
        }
        Deadlines::new(self.terms.made, set)
    }

    /// The entries of these kinds, which take no step, in the order of their dates as for steps.
    pub(crate) fn dated(&self, wanted: impl Fn(Kind) -> bool) -> Vec<&'a Entry> {
        let mut entries: Vec<&'a Entry> = self.others.iter().copied().filter(|entry| wanted(entry.kind)).collect();
        entries.sort_by_key(|entry| entry.key());
        orders(&[], &entries).next().unwrap_or_default()
    }

    /// The entries that set a deadline, in the order of their dates as for steps, with their facts.
    pub(crate) fn reschedules(&self) -> Vec<(&'a Entry, Reschedule)> {
        let entries = self.dated(|kind| kind == Kind::Reschedule);
        let said = |entry: &'a Entry| match entry.fact() {
            Fact::Reschedule(reschedule) => Some((entry, reschedule)),
            _ => None,
        };
        entries.into_iter().filter_map(said).collect()
    }

    /// The commitment as it was registered.
    pub(crate) fn registration(&self) -> Option<Commitment> {
        match self.registered.fact() {
            Fact::Register(commitment) => Some(*commitment),
            _ => None,
        }
    }

    pub(super) fn attested(&self) -> Option<Day> {
        self.others.iter().filter(|entry| entry.kind == Kind::Attest).filter_map(|entry| entry.vouches_to()).max()
    }

    /// The earliest entry that this version does not understand, and the day from which it may
    /// matter. An entry without a day may matter from the start.
    pub(crate) fn not_understood(&self) -> Option<(&'a Entry, Option<Day>)> {
        let unknown = self.others.iter().filter(|entry| entry.kind == Kind::Unknown);
        unknown.map(|entry| (*entry, entry.on().map(|on| on.first_day()))).min_by_key(|(_, day)| *day)
    }
}

/// The refusal of steps for which there is no place: one comes `after` another that stands behind
/// steps of later days.
fn no_place(unit: &Unit<'_>) -> Refused {
    let step = unit.iter().find(|entry| entry.after().is_some());
    let on = step.and_then(|step| step.on()).map_or_else(String::new, |on| format!(" on {on}"));
    let named = step.and_then(|step| step.after()).unwrap_or(EntryId::NONE);
    let wanted = format!("a step that can stand before one{on}; it stands behind a step of a later day");
    let error = Error::UnknownEntry { kind: "advance".to_owned(), entry: named, wanted };
    Refused { entry: step.map_or(EntryId::NONE, |step| step.id()), error }
}

fn first_day(unit: &Unit<'_>) -> Option<Day> {
    unit.iter().filter_map(|entry| entry.on()).map(Date::first_day).min()
}

/// A description of an entry of the path, for errors.
fn what(entry: &Entry) -> String {
    match entry.fact() {
        Fact::Advance(advance) => format!("the step to {}", advance.to),
        Fact::Deposit(deposit) => format!("the deposit by {}", deposit.by),
        fact => fact.kind().to_owned(),
    }
}
