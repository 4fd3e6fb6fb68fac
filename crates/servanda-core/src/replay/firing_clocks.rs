//! Determines when clocks fire, and fires them.

use super::{Cause, DayPart, Replay, Unknown, Visit};
use crate::entry::ClockRule;
use crate::procedure::{Clock, Due, Procedure, Rule, UnknownReason};
use crate::value::{Day, Slug, Title};

/// A clock that is running, and when it is due.
#[derive(Clone, Debug)]
pub(crate) struct ActiveClock<'a> {
    pub(crate) clock: &'a Clock,
    pub(crate) due: Due,
    /// The part of the day in which it fires.
    part: DayPart,
}

impl<'a> Replay<'a> {
    /// Fires every clock that is due by `limit`, in order. If it is not known when a clock fires,
    /// this stops at the first possible day and sets `unknown`.
    pub(super) fn run_clocks(&mut self, limit: (Day, DayPart)) {
        loop {
            let mut next: Option<((Day, DayPart), &'a Clock)> = None;
            let mut silent: Option<((Day, DayPart), UnknownReason)> = None;
            for ActiveClock { clock, due, part, .. } in self.running() {
                match due {
                    Due::On(day) => {
                        let at = (day, part);
                        if at <= limit && next.is_none_or(|(earliest, _)| at < earliest) {
                            next = Some((at, clock));
                        }
                    }
                    Due::Unknown { from, reason } => {
                        let at = (from, part);
                        if at <= limit && silent.as_ref().is_none_or(|(earliest, _)| at < *earliest) {
                            silent = Some((at, reason));
                        }
                    }
                    Due::Never => {}
                }
            }
            match next.filter(|(at, _)| silent.as_ref().is_none_or(|(from, _)| at < from)) {
                Some((at, clock)) => self.fire(clock, at),
                None => {
                    self.unknown = silent.map(|((from, _), reason)| Unknown { from, reason });
                    return;
                }
            }
        }
    }

    /// Whether the step of a running clock will be presumed.
    pub(crate) fn will_presume(&self, running: &ActiveClock<'_>) -> bool {
        let at = match running.due {
            Due::On(day) => Some((day, running.part)),
            Due::Never | Due::Unknown { .. } => None,
        };
        self.presumes(running.clock, at)
    }

    fn presumes(&self, clock: &Clock, at: Option<(Day, DayPart)>) -> bool {
        // The record must be complete up to the moment of firing. At the end of a day that includes
        // the day; at its start the day before is enough.
        let needed = |(day, part): (Day, DayPart)| if part == DayPart::End { Some(day) } else { day.previous() };
        let complete = |to: Day| at.is_some_and(|at| needed(at).is_none_or(|needed| to >= needed));
        let rests_on = self.here().is_some_and(|here| here.presumed);
        rests_on || (clock.presumed && !self.context.attested.is_some_and(complete))
    }

    pub(super) fn fire(&mut self, clock: &'a Clock, at: (Day, DayPart)) {
        let procedure: &'a Procedure = self.context.procedure;
        let Some(status) = procedure.status_index(clock.to.as_str()) else { return };
        let index = procedure.clocks.iter().position(|other| std::ptr::eq(other, clock)).unwrap_or(usize::MAX);
        self.timeline.push(Visit {
            on: at.0,
            status,
            cause: Cause::Clock(u16::try_from(index).unwrap_or(u16::MAX)),
            part: at.1,
            presumed: self.presumes(clock, Some(at)),
            reopened: false,
        });
        self.position = at;
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
        let (start, due) = match given.and_then(|given| given.treaty.as_deref()) {
            Some(treaty) => {
                let (by, own) = (&self.context.given.as_ref()?.by, self.start_of(clock, None)?);
                treaty.due_for(by, own, &self.context.deposits.instruments)?
            }
            None => {
                let start = self.start_of(clock, given)?;
                let rule = given.map_or(&clock.rule, |given| &given.rule);
                (start, rule.due(start, |id| self.context.definitions.calendar(id)))
            }
        };
        // A clock that is due on the day it starts fires after the step that starts it.
        let part = DayPart::from(clock.fires);
        let part = if due == Due::On(start) { part.max(DayPart::Steps) } else { part };
        let due = match due {
            Due::On(day) if (day, part) < self.position => return None,
            Due::Unknown { from, reason } => match (from, part) < self.position {
                // The recorded steps show that it had not fired by then.
                true if part < self.position.1 => Due::unknown_from(self.position.0.plus_days(1), reason),
                true => Due::Unknown { from: self.position.0, reason },
                false => Due::Unknown { from, reason },
            },
            Due::Never => return None,
            due => due,
        };
        Some(ActiveClock { clock, due, part })
    }

    /// The day on which a clock started. `None` if it has not, or if it was cancelled since.
    fn start_of(&self, clock: &Clock, given: Option<&ClockRule>) -> Option<Day> {
        let is_one_of =
            |visit: &Visit, among: &[Slug]| self.status(visit).is_some_and(|status| among.contains(&status.id));
        let stopped_after = |index: usize| self.timeline.from(index).any(|visit| is_one_of(visit, &clock.cancelled_by));
        if let Some(needed) = given.and_then(|given| given.deposits) {
            let start = *self.context.deposits.days.get(usize::try_from(needed).ok()?.checked_sub(1)?)?;
            return (!stopped_after(self.timeline.partition_point(|visit| visit.on < start))).then_some(start);
        }
        let index = self.timeline.rposition(|visit| is_one_of(visit, &clock.starts))?;
        let start = self.timeline.get(index)?.on;
        (!stopped_after(index + 1)).then_some(start)
    }
}
