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

impl Arrival<'_> {
    /// Whether an entry led here, or says the same.
    fn is_said_by(&self, id: EntryId) -> bool {
        matches!(self.cause, Cause::Step(entry) if entry.id() == id) || self.also.iter().any(|entry| entry.id() == id)
    }
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
    /// The part of its day at which it fires.
    slot: Slot,
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

    /// Takes one more step, on a day after all others; the path is as it was if the step is refused.
    pub(crate) fn extend(&mut self, step: &'a Entry) -> Result<(), Refused> {
        let before = (self.arrivals.len(), self.on_presumption.len(), self.position, self.unknown.clone());
        let done = self.take(step).and_then(|()| self.settle());
        if done.is_err() {
            let (arrivals, rests);
            (arrivals, rests, self.position, self.unknown) = before;
            self.arrivals.truncate(arrivals);
            self.on_presumption.truncate(rests);
            self.awaiting.clear();
        }
        done
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
        let today = self.arrivals.partition_point(|arrival| arrival.on < day);
        // An entry that says it comes after something later than the match is a way back on the same day, and a step of its own.
        let after =
            entry.after().and_then(|id| self.arrivals.iter().skip(today).position(|arrival| arrival.is_said_by(id)));
        let same = |arrival: &&mut Arrival<'_>| arrival.on == day && arrival.status.id == status.id;
        let first = today + after.unwrap_or(0);
        let Some(arrival) = self.arrivals.iter_mut().skip(first).find(same) else {
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
        // A clock that is due today has not fired yet if another may have fired before it.
        let may_be_due = |running: &&Running<'_>| match running.due {
            Due::Unknown { from, .. } => from <= day,
            Due::On(due) => due == day,
            Due::Never => false,
        };
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
            let mut silent: Option<((Day, Slot), Silence)> = None;
            for Running { clock, due, slot, .. } in self.running() {
                match due {
                    Due::On(day) => {
                        let at = (day, slot);
                        if at <= limit && next.is_none_or(|(earliest, _)| at < earliest) {
                            next = Some((at, clock));
                        }
                    }
                    Due::Unknown { from, silence } => {
                        let at = (from, slot);
                        if at <= limit && silent.as_ref().is_none_or(|(earliest, _)| at < *earliest) {
                            silent = Some((at, silence));
                        }
                    }
                    Due::Never => {}
                }
            }
            match next.filter(|(at, _)| silent.as_ref().is_none_or(|(from, _)| at < from)) {
                Some((at, clock)) => self.fire(clock, at),
                None => {
                    self.unknown = silent.map(|((from, _), silence)| Unknown { from, silence });
                    return;
                }
            }
        }
    }

    /// Whether the step of a clock that runs will rest on the absence of an entry that nothing confirms.
    pub(crate) fn will_presume(&self, running: &Running<'_>) -> bool {
        let at = match running.due {
            Due::On(day) => Some((day, running.slot)),
            Due::Never | Due::Unknown { .. } => None,
        };
        self.presumes(running.clock, at)
    }

    fn presumes(&self, clock: &Clock, at: Option<(Day, Slot)>) -> bool {
        // The record has to be complete to the moment of firing: to the day itself for its end, to the day before for its start.
        let needed = |(day, slot): (Day, Slot)| if slot == Slot::End { Some(day) } else { day.previous() };
        let complete = |to: Day| at.is_some_and(|at| needed(at).is_none_or(|needed| to >= needed));
        let rests_on = self.arrivals.last().is_some_and(|here| here.presumed);
        rests_on || (clock.presumed && !self.ground.attested.is_some_and(complete))
    }

    fn fire(&mut self, clock: &'a Clock, at: (Day, Slot)) {
        let Some(status) = self.ground.procedure.status(clock.to.as_str()) else {
            return;
        };
        self.arrivals.push(Arrival {
            status,
            on: at.0,
            cause: Cause::Clock(clock),
            from: self.arrivals.last().map(|here| here.status),
            presumed: self.presumes(clock, Some(at)),
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
        // A clock that is due on the day it starts fires after the step that starts it.
        let slot = Slot::from(clock.fires);
        let due = rule.due(start, |id| self.ground.definitions.calendar(id));
        let slot = if due == Due::On(start) { slot.max(Slot::Steps) } else { slot };
        let due = match due {
            Due::On(day) if (day, slot) < self.position => return None,
            Due::Unknown { from, silence } => match (from, slot) < self.position {
                // What stands recorded shows that it had not fired by then.
                true if slot < self.position.1 => Due::unknown_from(self.position.0.plus_days(1), silence),
                true => Due::Unknown { from: self.position.0, silence },
                false => Due::Unknown { from, silence },
            },
            Due::Never => return None,
            due => due,
        };
        Some(Running { clock, due, slot, given })
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
