//! Determines when clocks fire, and fires them.

use super::{Cause, DayPart, Replay, Unknown, Visit};
use crate::procedure::{Clock, Due, Procedure, Rule, StartedBefore, UnknownReason};
use crate::value::{Date, Day, Slug, Title};

/// A clock that is running, and when it is due.
#[derive(Clone, Debug)]
pub(crate) struct ActiveClock<'a> {
    pub(crate) clock: &'a Clock,
    pub(crate) due: Due,
    /// The part of the day in which it fires.
    part: DayPart,
}

impl ActiveClock<'_> {
    /// The earliest possible time at which it fires. `None` if it never does.
    pub(crate) fn earliest(&self) -> Option<(Day, DayPart)> {
        match self.due {
            Due::On(day) | Due::Unknown { from: day, .. } => Some((day, self.part)),
            Due::Never => None,
        }
    }

    /// The latest possible time at which it fires. `None` if there is no such time.
    pub(crate) fn latest(&self) -> Option<(Day, DayPart)> {
        match self.due {
            Due::On(day) | Due::Unknown { by: Some(day), .. } => Some((day, self.part)),
            Due::Unknown { by: None, .. } | Due::Never => None,
        }
    }

    /// Whether it fires before another clock that depends on the same imprecise date, whichever day
    /// that is.
    fn always_precedes(&self, other: &Self) -> bool {
        let is_earlier = self.earliest() < other.earliest() && self.latest() < other.latest();
        let is_fixed = |rule: &Rule| match rule {
            Rule::Days(_) | Rule::FullDays(_) | Rule::Weeks { .. } => rule.calendar().is_none(),
            _ => false,
        };
        is_earlier && self.reason() == other.reason() && is_fixed(&self.clock.rule) && is_fixed(&other.clock.rule)
    }

    /// The reason why the day is not known. `None` if it is.
    pub(crate) fn reason(&self) -> Option<&UnknownReason> {
        match &self.due {
            Due::Unknown { reason, .. } => Some(reason),
            Due::On(_) | Due::Never => None,
        }
    }
}

/// What the running clocks do next.
pub(crate) enum NextClock<'a> {
    /// This clock fires on one of these days.
    Fires(&'a Clock, Date, DayPart),
    /// It is not known which of the running clocks fires next, or when.
    Unknown(Unknown),
}

impl<'a> Replay<'a> {
    /// Fires every clock that is due by `limit`, in order. If it is not known when a clock fires,
    /// or which one, this stops at the first possible day and sets `unknown`.
    pub(super) fn run_clocks(&mut self, limit: (Day, DayPart)) {
        loop {
            match self.next_clock(limit) {
                Some(NextClock::Fires(clock, on, part)) => self.fire(clock, on, part),
                Some(NextClock::Unknown(unknown)) => {
                    self.unknown = Some(unknown);
                    return;
                }
                None => {
                    self.unknown = None;
                    return;
                }
            }
        }
    }

    /// What the running clocks do next, by `limit`. `None` if none fires or may fire by then.
    pub(crate) fn next_clock(&self, limit: (Day, DayPart)) -> Option<NextClock<'a>> {
        let running: Vec<ActiveClock<'a>> = self.running().collect();
        let due = |running: &ActiveClock<'a>| running.earliest().filter(|earliest| *earliest <= limit);
        // Of clocks that are due at the same time, the one that is declared first fires.
        let (index, first) =
            running.iter().enumerate().filter(|(_, clock)| due(clock).is_some()).min_by_key(|(_, clock)| due(clock))?;
        let (from, part) = first.earliest()?;
        let unknown = |reason: &UnknownReason| Some(NextClock::Unknown(Unknown { from, reason: reason.clone() }));
        let uncertain = running.iter().filter(|other| other.reason().is_some() && other.earliest() == first.earliest());
        if let Some(reason) = first.reason().or(uncertain.filter_map(ActiveClock::reason).next()) {
            let others = running.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, other)| other);
            let latest = first.latest().filter(|latest| *latest <= limit && first.reason().is_some());
            let is_first = |latest| {
                others
                    .clone()
                    .all(|other| first.always_precedes(other) || other.earliest().is_none_or(|other| other > latest))
            };
            return match latest.filter(|latest| is_first(*latest)) {
                Some((by, part)) => Some(NextClock::Fires(first.clock, Date::between(from, by), part)),
                None => unknown(reason),
            };
        }
        Some(NextClock::Fires(first.clock, from.into(), part))
    }

    /// The running clocks that may fire by the end of `day`, with the days on which they may. If
    /// there is no last day, it is that of the current visit.
    pub(super) fn clocks_by(&self, day: Day) -> Vec<(&'a Clock, Date, DayPart)> {
        let here = self.here().map_or(day, |here| here.on.last_day());
        // A clock does not fire if another one has certainly fired before.
        let first_to_fire = self.running().filter_map(|running| running.latest()).min();
        let by_then = |running: ActiveClock<'a>| {
            let can_be_first = |at: &(Day, DayPart)| first_to_fire.is_none_or(|first| *at <= first);
            let (from, _) = running.earliest().filter(|(from, _)| *from <= day).filter(can_be_first)?;
            let by = running.latest().map_or(here, |(by, _)| by);
            Some((running.clock, Date::between(from, by), running.part))
        };
        self.running().filter_map(by_then).collect()
    }

    /// The clocks that may have fired by the end of `day` but need not have, because a date on
    /// which they depend is imprecise; with the days on which they may have. A clock with a
    /// known day is one of them if such a clock may have fired before it.
    pub(super) fn uncertain_clocks(&self, day: Day) -> Vec<(&'a Clock, Date, DayPart)> {
        let running: Vec<ActiveClock<'a>> = self.running().collect();
        let is_imprecise = |running: &ActiveClock<'a>| running.reason().is_some_and(UnknownReason::is_imprecision);
        if !running.iter().any(is_imprecise) {
            return Vec::new();
        }
        let uncertain = |running: &ActiveClock<'a>| match running.due {
            Due::Unknown { from, by, .. } if from <= day && is_imprecise(running) => {
                Some((running.clock, Date::between(from, by.map_or(day, |by| by.min(day))), running.part))
            }
            Due::On(on) if (on, running.part) <= (day, DayPart::Steps) => {
                Some((running.clock, on.into(), running.part))
            }
            _ => None,
        };
        running.iter().filter_map(uncertain).collect()
    }

    /// Whether the step of a clock that fires at this time is presumed. Without a time, whether it
    /// can be.
    pub(crate) fn presumes(&self, clock: &Clock, at: Option<(Day, DayPart)>) -> bool {
        // The record must be complete up to the moment of firing. At the end of a day that includes
        // the day; at its start the day before is enough.
        let needed = |(day, part): (Day, DayPart)| if part == DayPart::End { Some(day) } else { day.previous() };
        let complete = |to: Day| at.is_some_and(|at| needed(at).is_none_or(|needed| to >= needed));
        let rests_on = self.here().is_some_and(|here| here.presumed);
        rests_on || (clock.presumed && !self.context.attested.is_some_and(complete))
    }

    pub(crate) fn fire(&mut self, clock: &'a Clock, on: Date, part: DayPart) {
        let procedure: &'a Procedure = self.context.procedure;
        let Some(status) = procedure.status_index(clock.to.as_str()) else { return };
        let index = procedure.clocks.iter().position(|other| std::ptr::eq(other, clock)).unwrap_or(usize::MAX);
        self.timeline.push(Visit {
            on,
            status,
            cause: Cause::Clock(u16::try_from(index).unwrap_or(u16::MAX)),
            part,
            presumed: self.presumes(clock, Some((on.last_day(), part))),
            sure_status: None,
            doubtful: false,
            reopened: false,
        });
        self.position = self.position.max((on.first_day(), part));
    }

    /// The legal basis of a clock: that of the rule that the commitment sets, or its own.
    pub(crate) fn basis<'b>(&'b self, clock: &'b Clock) -> &'b Title {
        let given = self.context.given.as_ref().and_then(|given| given.rules.get(&clock.id));
        given.map_or(&clock.basis, |given| &given.basis)
    }

    /// The clocks that run in the current status, in the order in which the procedure declares
    /// them.
    pub(crate) fn running(&self) -> impl Iterator<Item = ActiveClock<'a>> {
        let clocks: &'a [Clock] = &self.context.procedure.clocks;
        clocks.iter().filter_map(|clock| self.runs(clock))
    }

    /// A clock and the day on which it is due. `None` if it does not run in the current status, or
    /// has missed its day.
    fn runs(&self, clock: &'a Clock) -> Option<ActiveClock<'a>> {
        let here = self.status(self.here()?)?;
        if !clock.during.contains(&here.id) {
            return None;
        }
        let given = match clock.rule {
            Rule::SetByCommitment => Some(self.context.given.as_ref()?.rules.get(&clock.id)?),
            _ => None,
        };
        let start = match given.filter(|given| given.treaty.is_none()).and_then(|given| given.deposits) {
            Some(count) => self.start_by_deposits(clock, count)?,
            None => self.start_by_status(clock)?,
        };
        let due_from = |day: Day| match given.and_then(|given| given.treaty.as_deref()) {
            Some(treaty) => {
                let by = &self.context.given.as_ref()?.by;
                treaty.due_for(by, day, &self.context.deposits.instruments)
            }
            None => {
                let rule = given.map_or(&clock.rule, |given| &given.rule);
                Some((day, rule.due(day, |id| self.context.definitions.calendar(id))))
            }
        };
        let rule = given.map_or(&clock.rule, |given| &given.rule);
        let (earliest_start, due) = start.due(self.position.0, rule.calendar().is_some(), due_from)?;
        // A clock that is due on the day it starts fires after the step that starts it.
        let part = DayPart::from(clock.fires);
        let part = if due == Due::On(earliest_start) { part.max(DayPart::Steps) } else { part };
        Some(ActiveClock { clock, due: self.due_from_here(clock, due, part)?, part })
    }

    /// When a clock is due, given that it has not fired before the current visit. `None` if it has
    /// missed its day.
    fn due_from_here(&self, clock: &Clock, due: Due, part: DayPart) -> Option<Due> {
        match due {
            Due::On(day) if (day, part) < self.position => None,
            Due::On(day) => match self.arrived_after(clock, day) {
                // The clock did not run before, and may have missed its day.
                Some(reason) => Some(Due::Unknown { from: day, by: None, reason }),
                None => Some(due),
            },
            Due::Unknown { by: Some(by), .. } if (by, part) < self.position => None,
            Due::Unknown { from, by, reason } => match (from, part) < self.position {
                // The recorded steps show that it had not fired by then.
                true if part < self.position.1 => {
                    let from = self.position.0.plus_days(1)?;
                    Some(Due::Unknown { from, by: by.map(|by| by.max(from)), reason })
                }
                true => Some(Due::Unknown { from: self.position.0, by, reason }),
                false => Some(Due::Unknown { from, by, reason }),
            },
            Due::Never => None,
        }
    }

    /// The reason why a clock may have missed its day: the current visit may have begun later, and
    /// the clock did not run before it.
    fn arrived_after(&self, clock: &Clock, day: Day) -> Option<UnknownReason> {
        let index = self.timeline.len().checked_sub(1)?;
        let (_, last) = self.timeline.days_of(index)?;
        let before = index.checked_sub(1).and_then(|index| self.status(self.timeline.get(index)?));
        let ran_before = before.is_some_and(|before| clock.during.contains(&before.id));
        let here = self.here()?;
        (day < last && !ran_before && here.on.exact_day().is_none()).then_some(UnknownReason::Imprecise(here.on))
    }

    fn is_one_of(&self, visit: &Visit, among: &[Slug]) -> bool {
        self.status(visit).is_some_and(|status| among.contains(&status.id))
    }

    fn cancelled_after(&self, clock: &Clock, index: usize) -> bool {
        self.timeline.from(index).any(|visit| self.is_one_of(visit, &clock.cancelled_by))
    }

    /// The start of a clock that waits for deposits. `None` if it has not started, or was cancelled
    /// since.
    fn start_by_deposits(&self, clock: &Clock, count: u32) -> Option<Start> {
        let (first, last) = self.context.deposits.nth(count)?;
        let after = self.timeline.rposition(|visit| visit.on.first_day() < first).map_or(0, |index| index + 1);
        let cancels = |visit: &&Visit| self.is_one_of(visit, &clock.cancelled_by);
        let cancelled: Vec<&Visit> = self.timeline.from(after).filter(cancels).collect();
        if last.is_some_and(|last| cancelled.iter().any(|visit| visit.on.first_day() >= last)) {
            return None;
        }
        // A visit on a possible day of the deposit may have cancelled it.
        let last = last.filter(|_| cancelled.is_empty());
        let reason = match last {
            Some(last) => UnknownReason::Imprecise(Date::between(first, last)),
            None => UnknownReason::TooFewDeposits(count),
        };
        Some(Start { first: Some(first), last, reason })
    }

    /// The start of a clock that a status starts. `None` if it has not started, or was cancelled
    /// since.
    fn start_by_status(&self, clock: &Clock) -> Option<Start> {
        let Some(index) = self.timeline.rposition(|visit| self.is_one_of(visit, &clock.starts)) else {
            return self.start_before_opening(clock);
        };
        if self.cancelled_after(clock, index + 1) {
            return None;
        }
        let (first, last) = self.timeline.days_of(index)?;
        let on = self.timeline.get(index)?.on;
        Some(Start { first: Some(first), last: Some(last), reason: UnknownReason::Imprecise(on) })
    }

    /// The start of a clock before the history opened. `None` if it had not started, or was
    /// cancelled since.
    fn start_before_opening(&self, clock: &Clock) -> Option<Start> {
        let opening = self.timeline.first().filter(|opening| opening.cause == Cause::Opening)?;
        if !self.context.opens_midway {
            return None;
        }
        if self.cancelled_after(clock, 0) {
            return None;
        }
        let given = self.context.given.as_ref().and_then(|given| given.started.get(&clock.id));
        if let Some(on) = given {
            let on = on.as_ref()?;
            let (first, last) = (Some(on.first_day()), Some(on.last_day()));
            return Some(Start { first, last, reason: UnknownReason::Imprecise(*on) });
        }
        let status = self.status(opening)?;
        let started = self.context.procedure.started_before(clock, status);
        let reason = || UnknownReason::StartBeforeOpening(clock.id.clone());
        let last = Some(opening.on.last_day()).filter(|_| started == StartedBefore::Certainly);
        (started != StartedBefore::No).then(|| Start { first: None, last, reason: reason() })
    }
}

/// The days on which a clock may have started.
struct Start {
    /// `None` if it is not known at all; the clock has not fired before the current visit.
    first: Option<Day>,
    /// `None` if the clock may not have started yet.
    last: Option<Day>,
    /// Why the day on which the clock fires is not known, if that depends on the start.
    reason: UnknownReason,
}

impl Start {
    /// When the clock is due, whichever day it started on, and the earliest start. `None` if it
    /// does not run. `here` is the first day of the current visit. `every_day` says that a later
    /// start can give an earlier day, or none, because the rule depends on a calendar.
    fn due(self, here: Day, every_day: bool, due_from: impl Fn(Day) -> Option<(Day, Due)>) -> Option<(Day, Due)> {
        let Self { first, last, reason } = self;
        let Some(first) = first else {
            let (_, late) = last.and_then(due_from).unzip();
            let by = late.and_then(Due::by);
            return Some((here, Due::Unknown { from: here, by, reason }));
        };
        let early = due_from(first);
        if last == Some(first) {
            return early;
        }
        let end = last.unwrap_or(first);
        if every_day && end.days_since(first) > MAX_DAYS_OF_START {
            return Some((first, Due::Unknown { from: first, by: None, reason }));
        }
        let starts: Vec<Day> = match every_day {
            true => std::iter::successors(Some(first), |day| day.plus_days(1)).take_while(|day| *day <= end).collect(),
            false => vec![first, end],
        };
        let dues: Vec<Due> = starts
            .into_iter()
            .map(|start| due_from(start).map_or(Due::Never, |(_, due)| due))
            .chain(last.is_none().then_some(Due::Never))
            .collect();
        let from = dues.iter().filter_map(|due| match due {
            Due::On(day) | Due::Unknown { from: day, .. } => Some(*day),
            Due::Never => None,
        });
        let from = from.min()?;
        let start = early.map_or(first, |(start, _)| start);
        let one = dues.first().filter(|one| dues.iter().all(|due| due == *one));
        if let Some(one) = one {
            return Some((start, one.clone()));
        }
        let by: Option<Vec<Day>> = dues.into_iter().map(Due::by).collect();
        let by = by.and_then(|by| by.into_iter().max());
        Some((start, Due::Unknown { from, by, reason }))
    }
}

/// The maximum number of possible days of a start for which the rule is asked about each.
const MAX_DAYS_OF_START: i64 = 800;
