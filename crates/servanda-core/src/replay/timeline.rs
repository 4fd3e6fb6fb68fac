//! The timeline of a commitment: its visits to statuses, in order.

use super::replay::{DayPart, Unknown};
use crate::procedure::UnknownReason;
use crate::value::{Date, Day};

/// How a commitment arrived at a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cause {
    Opening,
    /// By a recorded step, with its index among the recorded steps.
    Step(u32),
    /// By a clock, with its index in the procedure.
    Clock(u16),
}

/// The arrival at a status. `status` is an index into the statuses of the procedure.
///
/// Visits are in the order in which they happened. If their dates are imprecise, each date still
/// has a day that is not before a possible day of the previous visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Visit {
    pub(crate) on: Date,
    pub(crate) status: u16,
    pub(crate) cause: Cause,
    /// The part of the day that the replay had reached.
    pub(crate) part: DayPart,
    /// Whether the visit depends on the absence of an entry and is not confirmed.
    pub(crate) presumed: bool,
    /// The status of the last visit that rests on no presumption, if the step to this one is legal
    /// only because of a presumed visit.
    pub(crate) sure_status: Option<u16>,
    /// Whether the visit need not have happened, because the imprecise step after it may have come
    /// first. Such a visit is presumed too.
    pub(crate) doubtful: bool,
    /// Whether the step to this status reopened a final status.
    pub(crate) reopened: bool,
}

impl Visit {
    /// The index of the recorded step that led to this status. `None` if no step did.
    pub(crate) fn step(&self) -> Option<u32> {
        match self.cause {
            Cause::Step(step) => Some(step),
            Cause::Opening | Cause::Clock(_) => None,
        }
    }
}

/// The visits in order: those that are known already, and new ones. There is at least one.
#[derive(Clone, Debug)]
pub(crate) struct Timeline<'a> {
    held: &'a [Visit],
    new: Vec<Visit>,
    /// Steps that repeat a visit: the index of the visit, and the index of the step.
    also: Vec<(usize, u32)>,
}

impl<'a> Timeline<'a> {
    /// Creates a timeline with only the opening.
    pub(crate) fn opening(status: u16, on: Date) -> Self {
        let opening = Visit {
            on,
            status,
            cause: Cause::Opening,
            part: DayPart::Steps,
            presumed: false,
            sure_status: None,
            doubtful: false,
            reopened: false,
        };
        Self { held: &[], new: vec![opening], also: Vec::new() }
    }

    /// Creates a timeline that continues known visits.
    pub(crate) fn following(held: &'a [Visit]) -> Self {
        Self { held, new: Vec::new(), also: Vec::new() }
    }

    pub(crate) fn len(&self) -> usize {
        self.held.len() + self.new.len()
    }

    pub(crate) fn get(&self, index: usize) -> Option<&Visit> {
        match index.checked_sub(self.held.len()) {
            None => self.held.get(index),
            Some(index) => self.new.get(index),
        }
    }

    pub(crate) fn first(&self) -> Option<&Visit> {
        self.get(0)
    }

    pub(crate) fn last(&self) -> Option<&Visit> {
        self.new.last().or_else(|| self.held.last())
    }

    /// The visits from the one at `index` on.
    pub(crate) fn from(&self, index: usize) -> impl Iterator<Item = &Visit> {
        let held = self.held.get(index..).unwrap_or_default();
        let new = self.new.get(index.saturating_sub(self.held.len())..).unwrap_or_default();
        held.iter().chain(new)
    }

    /// The index of the last visit for which `holds` is true.
    pub(crate) fn rposition(&self, holds: impl Fn(&Visit) -> bool) -> Option<usize> {
        (0..self.len()).rev().find(|index| self.get(*index).is_some_and(&holds))
    }

    /// The number of visits that have certainly happened by the end of `day`: all up to the last
    /// one whose last possible day has come.
    pub(crate) fn certain_by(&self, day: Day) -> usize {
        self.rposition(|visit| visit.on.last_day() <= day && !visit.doubtful).map_or(0, |last| last + 1)
    }

    /// Why the status is unknown on a day by which the first `certain` visits have happened: a
    /// clock need not have fired if the imprecise step after it may have come first.
    pub(super) fn doubt_at(&self, certain: usize, day: Day) -> Option<Unknown> {
        let next = self.get(certain).filter(|next| next.doubtful && next.on.first_day() <= day)?;
        let step = self.from(certain).find(|visit| !visit.doubtful).map_or(next.on, |step| step.on);
        Some(Unknown { from: next.on.first_day(), reason: UnknownReason::Imprecise(step) })
    }

    /// The indexes of the visits that may have happened by the end of `day`, but are not certain.
    pub(crate) fn possible_by(&self, day: Day) -> impl Iterator<Item = usize> {
        let may_have = move |index: &usize| self.days_of(*index).is_some_and(|(first, _)| first <= day);
        (self.certain_by(day)..self.len()).filter(may_have)
    }

    /// The earliest and the latest day of the visit at `index`, given the visits around it.
    pub(crate) fn days_of(&self, index: usize) -> Option<(Day, Day)> {
        let own = self.get(index)?.on;
        let sure = |visit: &&Visit| !visit.doubtful;
        let before = (0..index).filter_map(|index| self.get(index)).filter(sure).map(|visit| visit.on.first_day());
        let after = self.from(index + 1).filter(sure).map(|visit| visit.on.last_day());
        let first = before.max().map_or(own.first_day(), |day| day.max(own.first_day()));
        let last = after.min().map_or(own.last_day(), |day| day.min(own.last_day()));
        Some((first, last.max(first)))
    }

    /// Notes that the step at `index` is legal without the presumed visits before it.
    pub(crate) fn believe(&mut self, index: usize) {
        if let Some(visit) = index.checked_sub(self.held.len()).and_then(|index| self.new.get_mut(index)) {
            visit.sure_status = None;
        }
    }

    /// Marks the visits from `start` up to `end` as doubtful.
    pub(crate) fn doubt(&mut self, start: usize, end: usize) {
        let held = self.held.len();
        for visit in self.new.iter_mut().take(end.saturating_sub(held)).skip(start.saturating_sub(held)) {
            (visit.doubtful, visit.presumed) = (true, true);
        }
    }

    pub(crate) fn push(&mut self, visit: Visit) {
        self.new.push(visit);
    }

    pub(crate) fn truncate(&mut self, len: usize) {
        match len.checked_sub(self.held.len()) {
            Some(new) => self.new.truncate(new),
            None => {
                self.held = self.held.get(..len).unwrap_or_default();
                self.new.clear();
            }
        }
        self.also.retain(|(visit, _)| *visit < len);
    }

    /// Notes that a step repeats a visit, which is then no longer presumed. `on` is the date of the
    /// step, which may be more precise than that of the visit.
    pub(crate) fn say_again(&mut self, index: usize, step: u32, on: Date) {
        if index < self.held.len() {
            self.new.splice(..0, self.held.iter().copied());
            self.held = &[];
        }
        if let Some(visit) = self.new.get_mut(index - self.held.len()) {
            visit.presumed = false;
            visit.on = visit.on.intersection(on);
        }
        self.also.push((index, step));
    }

    /// The steps that repeat a visit.
    pub(crate) fn also(&self, index: usize) -> impl Iterator<Item = u32> {
        self.also.iter().filter(move |(visit, _)| *visit == index).map(|(_, step)| *step)
    }

    /// All visits.
    pub(crate) fn into_all(self) -> Vec<Visit> {
        match self.held.is_empty() {
            true => self.new,
            false => [self.held, &self.new].concat(),
        }
    }

    /// The number of known visits that remain, and the new visits.
    pub(crate) fn into_new(self) -> (usize, Vec<Visit>) {
        (self.held.len(), self.new)
    }
}
