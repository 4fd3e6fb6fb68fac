//! The path of one commitment through its procedure, day by day: recorded steps, and the steps of clocks between them.

use std::sync::Arc;

use super::stops::{Cause, Stop, Stops};
use crate::Error;
use crate::entry::{Advance, Entry, Fact, Kind};
use crate::entry_into_force::Instrument;
use crate::ledger::Definitions;
use crate::model::{Given, GivenRule, Terms};
use crate::procedure::{Clock, Due, Edge, Procedure, Rule, Silence, Status};
use crate::value::{Day, EntryId, Slug, Title};

/// What a path depends on beside the steps themselves.
#[derive(Clone, Debug)]
pub(crate) struct Ground<'a> {
    /// The commitment's id.
    pub(crate) commitment: &'a str,
    pub(crate) procedure: &'a Procedure,
    pub(crate) definitions: &'a Definitions,
    /// What the commitment itself gives.
    pub(crate) given: Option<Arc<Given>>,
    pub(crate) deposits: Deposits,
    /// The day to which the record is attested to be complete.
    pub(crate) attested: Option<Day>,
}

/// What was deposited.
#[derive(Clone, Debug, Default)]
pub(crate) struct Deposits {
    /// The days of the first deposits of distinct parties, in order.
    pub(crate) days: Vec<Day>,
    /// The same and all others, where a treaty's rule weighs them.
    pub(crate) instruments: Vec<Instrument>,
}

impl Deposits {
    /// Those by the end of a day.
    pub(crate) fn by(&self, day: Day) -> Self {
        let instruments = self.instruments.iter().filter(|instrument| instrument.on <= day);
        Self {
            days: self.days.iter().copied().filter(|on| *on <= day).collect(),
            instruments: instruments.cloned().collect(),
        }
    }
}

/// A part of a day. Order matters: start clocks, recorded steps, end clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Slot {
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
}

/// The path up to some point.
#[derive(Clone, Debug)]
pub(crate) struct Walk<'a> {
    ground: Ground<'a>,
    pub(crate) stops: Stops<'a>,
    /// The steps recorded, in the order of the path. What a walk goes on from has its steps elsewhere: so many.
    steps: Vec<&'a Entry>,
    steps_before: u32,
    position: (Day, Slot),
    /// Entries of the current day that state what an end clock of the day will do.
    awaiting: Vec<u32>,
    pub(crate) unknown: Option<Unknown>,
    /// The steps that were legal only because of a presumption.
    pub(crate) on_presumption: Vec<EntryId>,
}

impl<'a> Walk<'a> {
    /// A path that has just opened.
    pub(crate) fn open(ground: Ground<'a>, registered: &'a Entry, terms: &Terms) -> Result<Self, Refused> {
        let (status, on) = terms.opens(ground.procedure);
        let refused = |error| Refused { entry: registered.id(), error };
        let status = ground
            .procedure
            .status_index(status.as_str())
            .ok_or_else(|| refused(unknown_status(&ground, status.clone())))?;
        Ok(Self::from(ground, Stops::opening(status, on.last_day()), 0))
    }

    /// A path that goes on from stops of which so many steps are recorded, the last of them not later than what comes.
    pub(crate) fn from(ground: Ground<'a>, stops: Stops<'a>, steps_before: u32) -> Self {
        let position = stops.last().map_or((Day::FIRST, Slot::Start), |here| (here.on, here.slot));
        Self {
            ground,
            stops,
            steps: Vec::new(),
            steps_before,
            position,
            awaiting: Vec::new(),
            unknown: None,
            on_presumption: Vec::new(),
        }
    }

    /// Takes steps in the order given, which is that of the path. [`settle`](Walk::settle) comes after the last.
    pub(crate) fn take_all(&mut self, steps: impl IntoIterator<Item = &'a Entry>) -> Result<(), Refused> {
        steps.into_iter().try_for_each(|step| self.take(step))
    }

    /// Takes one more step, on a day after all others; the path is as it was if the step is refused.
    pub(crate) fn extend(&mut self, step: &'a Entry) -> Result<(), Refused> {
        let before = (self.stops.len(), self.on_presumption.len(), self.position, self.unknown.clone());
        let done = self.take(step).and_then(|()| self.settle());
        if done.is_err() {
            let (stops, rests);
            (stops, rests, self.position, self.unknown) = before;
            self.stops.truncate(stops);
            self.on_presumption.truncate(rests);
            self.awaiting.clear();
            self.steps.pop();
        }
        done
    }

    /// Where the path stands.
    fn here(&self) -> Option<&Stop> {
        self.stops.last()
    }

    pub(crate) fn status(&self, stop: &Stop) -> Option<&'a Status> {
        let procedure: &'a Procedure = self.ground.procedure;
        procedure.statuses.get(usize::from(stop.status))
    }

    pub(crate) fn deposits(&self) -> &Deposits {
        &self.ground.deposits
    }

    /// A step that was taken up, by its number.
    fn entry(&self, step: u32) -> Option<&'a Entry> {
        self.steps.get(step.checked_sub(self.steps_before)? as usize).copied()
    }

    /// Lets the clocks run to the end of `day`.
    pub(crate) fn run_to(&mut self, day: Day) {
        self.run_clocks((day, Slot::End));
    }

    fn take(&mut self, entry: &'a Entry) -> Result<(), Refused> {
        let (Kind::Advance, Some(date)) = (entry.kind, entry.on()) else {
            return Ok(());
        };
        let step = self.steps_before.saturating_add(u32::try_from(self.steps.len()).unwrap_or(u32::MAX));
        self.steps.push(entry);
        let day = date.last_day();
        let waiting = self.awaiting.first().and_then(|step| self.entry(*step)?.day());
        if waiting.is_some_and(|waiting| waiting < day) {
            self.settle()?;
        }
        self.run_clocks((day, Slot::Start));
        let refused = |error| Err(Refused { entry: entry.id(), error });
        let Some(status) = self.ground.procedure.status_index(entry.to()) else {
            return refused(unknown_status(&self.ground, slug(entry.to())));
        };
        if self.corroborate(status, day, step) {
            return Ok(());
        }
        if let Some(opening) = self.stops.first().filter(|opening| day < opening.on) {
            let opens_at = self.status(opening).map_or_else(|| slug(entry.to()), |status| status.id.clone());
            return refused(Error::BeforeOpening {
                commitment: slug(self.ground.commitment),
                to: slug(entry.to()),
                on: date,
                opens: opening.on,
                status: opens_at,
            });
        }
        let ends_today = |running: &Running<'_>| {
            running.clock.to == *entry.to() && running.clock.fires == Edge::End && running.due == Due::On(day)
        };
        if self.running().any(|running| ends_today(&running)) {
            self.awaiting.push(step);
            return Ok(());
        }
        self.step(step, status)
    }

    /// A step to the status and day that something else already gave is no transition: it corroborates, or confirms.
    fn corroborate(&mut self, status: u16, day: Day, step: u32) -> bool {
        // Usually nothing else is of that day.
        if self.here().is_none_or(|here| here.on < day) {
            return false;
        }
        let today = self.stops.partition_point(|stop| stop.on < day);
        // An entry that says it comes after something later than the match is a way back on the same day, and a step of its own.
        let said_by = |index: usize, id: EntryId| {
            let said = |step: u32| self.entry(step).is_some_and(|entry| entry.id() == id);
            self.stops.get(index).and_then(Stop::step).is_some_and(said) || self.stops.also(index).any(said)
        };
        let after = self.entry(step).and_then(Entry::after);
        let after = after.and_then(|id| (today..self.stops.len()).find(|index| said_by(*index, id)));
        let first = after.unwrap_or(today);
        let same = |stop: &Stop| stop.on == day && stop.status == status;
        let Some(index) = (first..self.stops.len()).find(|index| self.stops.get(*index).is_some_and(same)) else {
            return false;
        };
        self.stops.say_again(index, step);
        true
    }

    /// What was recorded of an end clock's step is settled at the end of its day.
    pub(crate) fn settle(&mut self) -> Result<(), Refused> {
        for step in std::mem::take(&mut self.awaiting) {
            let Some((entry, day)) = self.entry(step).and_then(|entry| Some((entry, entry.day()?))) else { continue };
            let Some(status) = self.ground.procedure.status_index(entry.to()) else { continue };
            self.run_clocks((day, Slot::End));
            if !self.corroborate(status, day, step) {
                self.step(step, status)?;
            }
        }
        Ok(())
    }

    /// Takes a transition.
    fn step(&mut self, step: u32, status: u16) -> Result<(), Refused> {
        let Some((entry, date)) = self.entry(step).and_then(|entry| Some((entry, entry.on()?))) else { return Ok(()) };
        let Some(here) = self.here().copied() else { return Ok(()) };
        let Some(transition) = self.ground.procedure.transition_between(here.status, status) else {
            return self.step_of_clock(step, status);
        };
        let refused = |error| Err(Refused { entry: entry.id(), error });
        let about = || (slug(self.ground.commitment), slug(entry.to()));
        if u32::from(entry.sources) < transition.sources {
            let ((commitment, to), needed, given) = (about(), transition.sources, entry.sources.into());
            return refused(Error::MissingSources { commitment, to, on: date, needed, given });
        }
        if !transition.taken_by.is_empty() {
            let given = match entry.fact() {
                Fact::Advance(Advance { by, .. }) => by,
                _ => None,
            };
            if !given.as_ref().is_some_and(|by| transition.taken_by.contains(by)) {
                let ((commitment, to), allowed) = (about(), transition.taken_by.clone());
                return refused(Error::WrongParty { commitment, to, on: date, allowed, given });
            }
        }
        if here.presumed {
            self.on_presumption.push(entry.id());
        }
        let day = date.last_day();
        self.position = self.position.max((day, Slot::Steps));
        self.stops.push(Stop {
            on: day,
            status,
            cause: Cause::Step(step),
            slot: self.position.1,
            presumed: false,
            reopened: transition.reopening,
        });
        self.unknown = None;
        Ok(())
    }

    /// A step that only a clock takes, and that an entry states. Where the calendar does not say when the clock is due, the entry
    /// says it.
    fn step_of_clock(&mut self, step: u32, status: u16) -> Result<(), Refused> {
        let Some((entry, date)) = self.entry(step).and_then(|entry| Some((entry, entry.on()?))) else { return Ok(()) };
        let Some(here) = self.here().copied() else { return Ok(()) };
        let day = date.last_day();
        let leading_there: Vec<_> = self.running().filter(|running| running.clock.to == *entry.to()).collect();
        // A clock that is due today has not fired yet if another may have fired before it.
        let may_be_due = |running: &&Running<'_>| match running.due {
            Due::Unknown { from, .. } => from <= day,
            Due::On(due) => due == day,
            Due::Never => false,
        };
        if let Some(clock) = leading_there.iter().find(may_be_due).map(|running| running.clock) {
            self.fire(clock, (day, Slot::Steps));
            self.corroborate(status, day, step);
            self.unknown = None;
            return Ok(());
        }
        let known = leading_there.iter().filter_map(|running| match running.due {
            Due::On(due) => Some((due, running.clock.id.clone())),
            Due::Never | Due::Unknown { .. } => None,
        });
        let (commitment, to) = (slug(self.ground.commitment), slug(entry.to()));
        let error = match known.min() {
            Some((due, clock)) => Error::ClockNotDue { commitment, to, on: date, clock, due },
            None => {
                let from = self.status(&here).map_or_else(|| to.clone(), |status| status.id.clone());
                let transitions = self.ground.procedure.transitions_from(from.as_str());
                let mut allowed: Vec<Slug> = transitions.map(|transition| transition.to.clone()).collect();
                allowed.sort();
                let (since, presumed) = (here.on, here.presumed);
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
        let rests_on = self.here().is_some_and(|here| here.presumed);
        rests_on || (clock.presumed && !self.ground.attested.is_some_and(complete))
    }

    fn fire(&mut self, clock: &'a Clock, at: (Day, Slot)) {
        let procedure: &'a Procedure = self.ground.procedure;
        let Some(status) = procedure.status_index(clock.to.as_str()) else { return };
        let index = procedure.clocks.iter().position(|other| std::ptr::eq(other, clock)).unwrap_or(usize::MAX);
        self.stops.push(Stop {
            on: at.0,
            status,
            cause: Cause::Clock(u16::try_from(index).unwrap_or(u16::MAX)),
            slot: at.1,
            presumed: self.presumes(clock, Some(at)),
            reopened: false,
        });
        self.position = at;
    }

    /// The rule of law of a clock: its own, or the one that the commitment gives.
    pub(crate) fn basis<'b>(&'b self, clock: &'b Clock) -> &'b Title {
        let given = self.ground.given.as_ref().and_then(|given| given.rules.get(&clock.id));
        given.map_or(&clock.basis, |given| &given.basis)
    }

    /// The clocks that run where the path stands, in the order in which the procedure declares them.
    pub(crate) fn running(&self) -> impl Iterator<Item = Running<'a>> {
        let clocks: &'a [Clock] = &self.ground.procedure.clocks;
        clocks.iter().filter_map(|clock| self.runs(clock))
    }

    /// A clock with the day it is due, if it runs where the path stands and has not missed its day.
    fn runs(&self, clock: &'a Clock) -> Option<Running<'a>> {
        let here = self.status(self.here()?)?;
        if !clock.during.contains(&here.id) {
            return None;
        }
        let given = match clock.rule {
            Rule::Given => Some(self.ground.given.as_ref()?.rules.get(&clock.id)?),
            _ => None,
        };
        let (start, due) = match given.and_then(|given| given.treaty.as_deref()) {
            Some(treaty) => {
                let (by, own) = (&self.ground.given.as_ref()?.by, self.start_of(clock, None)?);
                treaty.due_for(by, own, &self.ground.deposits.instruments)?
            }
            None => {
                let start = self.start_of(clock, given)?;
                let rule = given.map_or(&clock.rule, |given| &given.rule);
                (start, rule.due(start, |id| self.ground.definitions.calendar(id)))
            }
        };
        // A clock that is due on the day it starts fires after the step that starts it.
        let slot = Slot::from(clock.fires);
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
        Some(Running { clock, due, slot })
    }

    /// The day on which a clock started, if it has and nothing has cancelled it since.
    fn start_of(&self, clock: &Clock, given: Option<&GivenRule>) -> Option<Day> {
        let is_one_of =
            |stop: &Stop, among: &[Slug]| self.status(stop).is_some_and(|status| among.contains(&status.id));
        let stopped_after = |index: usize| self.stops.from(index).any(|stop| is_one_of(stop, &clock.cancelled_by));
        if let Some(needed) = given.and_then(|given| given.deposits) {
            let start = *self.ground.deposits.days.get(usize::try_from(needed).ok()?.checked_sub(1)?)?;
            return (!stopped_after(self.stops.partition_point(|stop| stop.on < start))).then_some(start);
        }
        let index = self.stops.rposition(|stop| is_one_of(stop, &clock.starts))?;
        let start = self.stops.get(index)?.on;
        (!stopped_after(index + 1)).then_some(start)
    }
}

/// Text that was checked when its entry was read.
pub(crate) fn slug(text: &str) -> Slug {
    text.parse().unwrap_or(Slug::from_static("unnamed"))
}

fn unknown_status(ground: &Ground<'_>, status: Slug) -> Error {
    let statuses: Vec<Slug> = ground.procedure.statuses.iter().map(|status| status.id.clone()).collect();
    Error::UnknownStatus {
        procedure: ground.definitions.pin(ground.procedure),
        nearest: crate::error::nearest(status.as_str(), &statuses),
        status,
        statuses,
    }
}
