//! Checks whether a step is legal, and takes it.

use super::replay::slug;
use super::{ActiveClock, Cause, DayPart, Refused, Replay, Visit};
use crate::Error;
use crate::entry::{Advance, Fact};
use crate::procedure::Due;
use crate::value::{Date, Slug};

impl<'a> Replay<'a> {
    /// Takes a step to a status if the procedure allows it.
    pub(super) fn step(&mut self, step: u32, status: u16, on: Date) -> Result<(), Refused> {
        let Some((entry, date)) = self.entry(step).and_then(|entry| Some((entry, entry.on()?))) else { return Ok(()) };
        let Some(here) = self.here().copied() else { return Ok(()) };
        let Some(transition) = self.context.procedure.transition_between(here.status, status) else {
            return self.step_of_clock(step, status, on);
        };
        let refused = |error| Err(Refused { entry: entry.id(), error });
        let about = || (slug(self.context.commitment), slug(self.to(entry)));
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
        let sure_status = self.sure_status(&here, status);
        if sure_status.is_some() && here.presumed {
            self.on_presumption.push(entry.id());
        }
        self.position = self.position.max((on.first_day(), DayPart::Steps));
        self.timeline.push(Visit {
            on,
            status,
            cause: Cause::Step(step),
            part: self.position.1,
            presumed: false,
            sure_status,
            doubtful: false,
            reopened: transition.reopening,
        });
        self.unknown = None;
        Ok(())
    }

    /// Returns the status of the last visit that rests on no presumption, if a step from here to
    /// `to` is not legal from there: the step is then legal only because of a presumed visit.
    fn sure_status(&self, here: &Visit, to: u16) -> Option<u16> {
        let status = match (here.sure_status, here.presumed) {
            (None, false) => return None,
            (None, true) => {
                let last = self.timeline.rposition(|visit| !visit.presumed);
                let last = last.and_then(|index| self.timeline.get(index))?;
                last.sure_status.unwrap_or(last.status)
            }
            (Some(status), _) => status,
        };
        self.context.procedure.transition_between(status, to).is_none().then_some(status)
    }

    /// Takes a step that is no transition of the procedure, but may be the step of a clock. If the
    /// calendar does not say when the clock is due, the day of the entry counts.
    fn step_of_clock(&mut self, step: u32, status: u16, on: Date) -> Result<(), Refused> {
        let Some((entry, date)) = self.entry(step).and_then(|entry| Some((entry, entry.on()?))) else { return Ok(()) };
        let Some(here) = self.here().copied() else { return Ok(()) };
        let leading_there: Vec<_> = self.running().filter(|running| running.clock.to == *self.to(entry)).collect();
        // A clock that is due today has not fired yet if another clock may have fired before it.
        let due_then = |running: &ActiveClock<'a>| {
            let due = match running.due {
                Due::Unknown { from, by, .. } => Date::between(from, by.unwrap_or(on.last_day()).max(from)),
                Due::On(due) => due.into(),
                Due::Never => return None,
            };
            due.overlaps(on).then(|| (running.clock, due.intersection(on)))
        };
        if let Some((clock, fires)) = leading_there.iter().find_map(due_then) {
            self.fire(clock, fires, DayPart::Steps);
            self.corroborate(status, on, step);
            self.unknown = None;
            return Ok(());
        }
        let known = leading_there.iter().filter_map(|running| match running.due {
            Due::On(due) => Some((due, running.clock.id.clone())),
            Due::Never | Due::Unknown { .. } => None,
        });
        let (commitment, to) = (slug(self.context.commitment), slug(self.to(entry)));
        let error = match known.min() {
            Some((due, clock)) => Error::ClockNotDue { commitment, to, on: date, clock, due },
            None => {
                let from = self.status(&here).map_or_else(|| to.clone(), |status| status.id.clone());
                let transitions = self.context.procedure.transitions_from(from.as_str());
                let mut allowed: Vec<Slug> = transitions.map(|transition| transition.to.clone()).collect();
                allowed.sort();
                let (since, presumed) = (here.on, here.presumed);
                Error::IllegalStep { commitment, to, on: date, from, since, presumed, allowed }
            }
        };
        Err(Refused { entry: entry.id(), error })
    }
}
