//! The path of one commitment through its procedure, day by day: recorded steps, and the steps of clocks between them.

use std::collections::BTreeMap;

use crate::Error;
use crate::entry::{Entry, Fact};
use crate::ledger::Definitions;
use crate::model::{Commitment, GivenRule};
use crate::procedure::{Clock, Due, Edge, Procedure, Rule, Silence, Status};
use crate::value::{Date, Day, EntryId, Slug, Title};

/// What a path depends on beside the steps themselves.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ground<'a> {
    pub(crate) commitment: &'a Commitment,
    /// The entry that registered it.
    pub(crate) registered: &'a Entry,
    pub(crate) procedure: &'a Procedure,
    pub(crate) definitions: &'a Definitions<'a>,
    /// The day to which the record is attested to be complete.
    pub(crate) attested: Option<Day>,
}

/// A part of a day. Order matters: start clocks, recorded steps, end clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Slot {
    Start,
    Steps,
    End,
}

impl From<Edge> for Slot {
    fn from(edge: Edge) -> Self {
        match edge {
            Edge::Start => Self::Start,
            Edge::End => Self::End,
        }
    }
}

/// How a status was arrived at.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Cause<'a> {
    Opening,
    Step(&'a Entry),
    Clock(&'a Clock),
}

/// One stop on the path.
#[derive(Clone, Debug)]
pub(crate) struct Arrival<'a> {
    pub(crate) status: &'a Status,
    pub(crate) on: Day,
    pub(crate) cause: Cause<'a>,
    /// The status left for it; none for the opening.
    pub(crate) from: Option<&'a Status>,
    /// Whether it rests on the absence of an entry that nothing confirms.
    pub(crate) presumed: bool,
    /// Whether the step that led here reopened what was final.
    pub(crate) reopened: bool,
    /// Further entries that say the same.
    pub(crate) also: Vec<&'a Entry>,
}

/// From when on the status is unknown, and why.
#[derive(Clone, Debug)]
pub(crate) struct Unknown {
    pub(crate) from: Day,
    pub(crate) silence: Silence,
}

/// Why a step was not taken, and which.
#[derive(Debug)]
pub(crate) struct Refused {
    pub(crate) entry: EntryId,
    pub(crate) error: Error,
}

/// A clock that runs, and when it is due.
#[derive(Clone, Debug)]
pub(crate) struct Running<'a> {
    pub(crate) clock: &'a Clock,
    pub(crate) due: Due,
    given: Option<&'a GivenRule>,
}

impl<'a> Running<'a> {
    /// The rule of law: the clock's own, or the one that the commitment gives.
    pub(crate) fn basis(&self) -> &'a Title {
        self.given.map_or(&self.clock.basis, |given| &given.basis)
    }
}

/// The path up to some point.
#[derive(Clone, Debug)]
pub(crate) struct Walk<'a> {
    ground: Ground<'a>,
    deposits: Vec<Day>,
    pub(crate) arrivals: Vec<Arrival<'a>>,
    position: (Day, Slot),
    /// Entries of the current day that state what an end clock of the day will do.
    awaiting: Vec<&'a Entry>,
    pub(crate) unknown: Option<Unknown>,
    /// The steps that were legal only because of a presumption.
    pub(crate) on_presumption: Vec<EntryId>,
}

impl<'a> Walk<'a> {
    /// A path that has just opened. `deposits` are the deposits of distinct parties.
    pub(crate) fn open(ground: Ground<'a>, deposits: &[&'a Entry]) -> Result<Self, Refused> {
        let (status, on) = opening(ground.commitment, ground.procedure);
        let refused = |error| Refused { entry: ground.registered.id(), error };
        let status = ground.procedure.status(status.as_str()).ok_or_else(|| refused(unknown_status(ground, status)))?;
        let on = on.last_day();
        let first = Arrival {
            status,
            on,
            cause: Cause::Opening,
            from: None,
            presumed: false,
            reopened: false,
            also: Vec::new(),
        };
        let mut days: BTreeMap<&Slug, Day> = BTreeMap::new();
        for (party, day) in deposits.iter().filter_map(|entry| match entry.fact() {
            Fact::Deposit(deposit) => Some((&deposit.by, entry.day()?)),
            _ => None,
        }) {
            days.entry(party).and_modify(|first| *first = day.min(*first)).or_insert(day);
        }
        let mut deposits: Vec<Day> = days.into_values().collect();
        deposits.sort_unstable();
        Ok(Self {
            ground,
            deposits,
            arrivals: vec![first],
            position: (on, Slot::Steps),
            awaiting: Vec::new(),
            unknown: None,
            on_presumption: Vec::new(),
        })
    }

    /// Takes steps in the order given, which is that of the path. [`settle`](Walk::settle) comes after the last.
    pub(crate) fn take_all(&mut self, steps: impl IntoIterator<Item = &'a Entry>) -> Result<(), Refused> {
        steps.into_iter().try_for_each(|step| self.take(step))
    }

    /// Lets the clocks run to the end of `day`.
    pub(crate) fn run_to(&mut self, day: Day) {
        self.run_clocks((day, Slot::End));
    }

    fn take(&mut self, entry: &'a Entry) -> Result<(), Refused> {
        let (Fact::Advance(advance), Some(date)) = (entry.fact(), entry.on()) else {
            return Ok(());
        };
        let day = date.last_day();
        if self.awaiting.first().and_then(|waiting| waiting.day()).is_some_and(|waiting| waiting < day) {
            self.settle()?;
        }
        self.run_clocks((day, Slot::Start));
        let refused = |error| Err(Refused { entry: entry.id(), error });
        let Some(status) = self.ground.procedure.status(advance.to.as_str()) else {
            return refused(unknown_status(self.ground, &advance.to));
        };
        if self.corroborate(status, day, entry) {
            return Ok(());
        }
        if let Some(opening) = self.arrivals.first().filter(|opening| day < opening.on) {
            return refused(Error::BeforeOpening {
                commitment: self.ground.commitment.id.clone(),
                to: advance.to.clone(),
                on: date,
                opens: opening.on,
                status: opening.status.id.clone(),
            });
        }
        let ends_today = |running: &Running<'_>| {
            running.clock.to == status.id && running.clock.fires == Edge::End && running.due == Due::On(day)
        };
        if self.running().iter().any(ends_today) {
            self.awaiting.push(entry);
            return Ok(());
        }
        self.step(entry, status, date)
    }

    /// A step to the status and day that something else already gave is no transition: it corroborates, or confirms.
    fn corroborate(&mut self, status: &Status, day: Day, entry: &'a Entry) -> bool {
        let same = |arrival: &&mut Arrival<'_>| arrival.on == day && arrival.status.id == status.id;
        let Some(arrival) = self.arrivals.iter_mut().find(same) else {
            return false;
        };
        arrival.also.push(entry);
        arrival.presumed = false;
        true
    }

    /// What was recorded of an end clock's step is settled at the end of its day.
    pub(crate) fn settle(&mut self) -> Result<(), Refused> {
        for entry in std::mem::take(&mut self.awaiting) {
            let (Fact::Advance(advance), Some(date)) = (entry.fact(), entry.on()) else {
                continue;
            };
            let Some(status) = self.ground.procedure.status(advance.to.as_str()) else {
                continue;
            };
            self.run_clocks((date.last_day(), Slot::End));
            if !self.corroborate(status, date.last_day(), entry) {
                self.step(entry, status, date)?;
            }
        }
        Ok(())
    }

    /// Takes a transition.
    fn step(&mut self, entry: &'a Entry, status: &'a Status, date: Date) -> Result<(), Refused> {
        let Fact::Advance(advance) = entry.fact() else {
            return Ok(());
        };
        let Some(here) = self.arrivals.last() else {
            return Ok(());
        };
        let refused = |error| Err(Refused { entry: entry.id(), error });
        let (commitment, to) = (self.ground.commitment.id.clone(), advance.to.clone());
        let Some(transition) = self.ground.procedure.transition(here.status.id.as_str(), to.as_str()) else {
            return self.step_of_clock(entry, status, date);
        };
        let given = u32::try_from(advance.sources.len()).unwrap_or(u32::MAX);
        if given < transition.sources {
            return refused(Error::MissingSources { commitment, to, on: date, needed: transition.sources, given });
        }
        if !transition.taken_by.is_empty() && !advance.by.as_ref().is_some_and(|by| transition.taken_by.contains(by)) {
            let (allowed, given) = (transition.taken_by.clone(), advance.by.clone());
            return refused(Error::WrongParty { commitment, to, on: date, allowed, given });
        }
        let from = Some(here.status);
        if here.presumed {
            self.on_presumption.push(entry.id());
        }
        let day = date.last_day();
        self.arrivals.push(Arrival {
            status,
            on: day,
            cause: Cause::Step(entry),
            from,
            presumed: false,
            reopened: transition.reopening,
            also: Vec::new(),
        });
        self.position = self.position.max((day, Slot::Steps));
        self.unknown = None;
        Ok(())
    }

    /// A step that only a clock takes, and that an entry states. Where the calendar does not say when the clock is due, the entry
    /// says it.
    fn step_of_clock(&mut self, entry: &'a Entry, status: &'a Status, date: Date) -> Result<(), Refused> {
        let Some(here) = self.arrivals.last() else { return Ok(()) };
        let day = date.last_day();
        let (commitment, to) = (self.ground.commitment.id.clone(), status.id.clone());
        let leading_there: Vec<_> = self.running().into_iter().filter(|running| running.clock.to == to).collect();
        let may_be_due = |running: &&Running<'_>| matches!(running.due, Due::Unknown { from, .. } if from <= day);
        if let Some(clock) = leading_there.iter().find(may_be_due).map(|running| running.clock) {
            self.fire(clock, (day, Slot::Steps));
            self.corroborate(status, day, entry);
            self.unknown = None;
            return Ok(());
        }
        let known = leading_there.iter().filter_map(|running| match running.due {
            Due::On(due) => Some((due, running.clock.id.clone())),
            Due::Never | Due::Unknown { .. } => None,
        });
        let error = match known.min() {
            Some((due, clock)) => Error::ClockNotDue { commitment, to, on: date, clock, due },
            None => {
                let transitions = self.ground.procedure.transitions_from(here.status.id.as_str());
                let mut allowed: Vec<Slug> = transitions.map(|transition| transition.to.clone()).collect();
                allowed.sort();
                let (from, since, presumed) = (here.status.id.clone(), here.on, here.presumed);
                Error::IllegalStep { commitment, to, on: date, from, since, presumed, allowed }
            }
        };
        Err(Refused { entry: entry.id(), error })
    }

    /// Fires every clock that is due by `limit`, in order, and notes from when on the calendars do not say.
    fn run_clocks(&mut self, limit: (Day, Slot)) {
        loop {
            let mut next: Option<((Day, Slot), &'a Clock)> = None;
            let mut unknown: Option<Unknown> = None;
            for Running { clock, due, .. } in self.running() {
                match due {
                    Due::On(day) => {
                        let at = (day, Slot::from(clock.fires));
                        if at <= limit && next.is_none_or(|(earliest, _)| at < earliest) {
                            next = Some((at, clock));
                        }
                    }
                    Due::Unknown { from, silence } => {
                        if from <= limit.0 && unknown.as_ref().is_none_or(|earliest| from < earliest.from) {
                            unknown = Some(Unknown { from, silence });
                        }
                    }
                    Due::Never => {}
                }
            }
            let certain = |day: Day| unknown.as_ref().is_none_or(|unknown| day < unknown.from);
            match next.filter(|((day, _), _)| certain(*day)) {
                Some((at, clock)) => self.fire(clock, at),
                None => {
                    self.unknown = unknown;
                    return;
                }
            }
        }
    }

    fn fire(&mut self, clock: &'a Clock, at: (Day, Slot)) {
        let (day, slot) = at;
        let Some(status) = self.ground.procedure.status(clock.to.as_str()) else {
            return;
        };
        // The record has to be complete to the moment of firing: to the day itself for its end, to the day before for its start.
        let needed = if slot == Slot::End { Some(day) } else { day.previous() };
        let attested = self.ground.attested.is_some_and(|to| needed.is_none_or(|needed| to >= needed));
        let rests_on = self.arrivals.last().is_some_and(|here| here.presumed);
        self.arrivals.push(Arrival {
            status,
            on: day,
            cause: Cause::Clock(clock),
            from: self.arrivals.last().map(|here| here.status),
            presumed: rests_on || (clock.presumed && !attested),
            reopened: false,
            also: Vec::new(),
        });
        self.position = at;
    }

    /// The clocks that run where the path stands, in the order in which the procedure declares them.
    pub(crate) fn running(&self) -> Vec<Running<'a>> {
        let clocks: &'a [Clock] = &self.ground.procedure.clocks;
        clocks.iter().filter_map(|clock| self.runs(clock)).collect()
    }

    /// A clock with the day it is due, if it runs where the path stands and has not missed its day.
    fn runs(&self, clock: &'a Clock) -> Option<Running<'a>> {
        let here = self.arrivals.last()?;
        if !clock.during.contains(&here.status.id) {
            return None;
        }
        let given = match clock.rule {
            Rule::Given => Some(self.ground.commitment.rules.get(&clock.id)?),
            _ => None,
        };
        let start = self.start_of(clock, given)?;
        let rule = given.map_or(&clock.rule, |given| &given.rule);
        let due = match rule.due(start, |id| self.ground.definitions.calendar(id)) {
            Due::On(day) if (day, Slot::from(clock.fires)) < self.position => return None,
            Due::Unknown { from, silence } => Due::Unknown { from: from.max(self.position.0), silence },
            Due::Never => return None,
            due => due,
        };
        Some(Running { clock, due, given })
    }

    /// The day on which a clock started, if it has and nothing has cancelled it since.
    fn start_of(&self, clock: &Clock, given: Option<&GivenRule>) -> Option<Day> {
        let stopped_after = |index: usize| {
            self.arrivals.iter().skip(index).any(|arrival| clock.cancelled_by.contains(&arrival.status.id))
        };
        if let Some(needed) = given.and_then(|given| given.deposits) {
            let start = *self.deposits.get(usize::try_from(needed).ok()?.checked_sub(1)?)?;
            return (!stopped_after(self.arrivals.partition_point(|arrival| arrival.on < start))).then_some(start);
        }
        let index = self.arrivals.iter().rposition(|arrival| clock.starts.contains(&arrival.status.id))?;
        let start = self.arrivals.get(index)?.on;
        (!stopped_after(index + 1)).then_some(start)
    }
}

/// The status and the date at which a commitment's history opens.
pub(crate) fn opening<'a>(commitment: &'a Commitment, procedure: &'a Procedure) -> (&'a Slug, Date) {
    match &commitment.opening {
        Some(opening) => (&opening.status, opening.on),
        None => (&procedure.initial, commitment.made.into()),
    }
}

fn unknown_status(ground: Ground<'_>, status: &Slug) -> Error {
    let statuses: Vec<Slug> = ground.procedure.statuses.iter().map(|status| status.id.clone()).collect();
    Error::UnknownStatus {
        procedure: ground.commitment.procedure.clone(),
        status: status.clone(),
        nearest: crate::error::nearest(status.as_str(), &statuses),
        statuses,
    }
}
