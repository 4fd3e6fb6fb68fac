//! The stops of a path.

use super::walk::Slot;
use crate::value::Day;

/// How a status was arrived at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cause {
    Opening,
    /// By a recorded step: which of the path's.
    Step(u32),
    /// By a clock: which of the procedure's.
    Clock(u16),
}

/// One stop on a path. The statuses are indexes into those of the procedure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stop {
    pub(crate) on: Day,
    pub(crate) status: u16,
    pub(crate) cause: Cause,
    /// The part of the day up to which the path had come.
    pub(crate) slot: Slot,
    /// Whether it rests on the absence of an entry that nothing confirms.
    pub(crate) presumed: bool,
    /// Whether the step that led here reopened what was final.
    pub(crate) reopened: bool,
}

impl Stop {
    /// The recorded step that led here.
    pub(crate) fn step(&self) -> Option<u32> {
        match self.cause {
            Cause::Step(step) => Some(step),
            Cause::Opening | Cause::Clock(_) => None,
        }
    }
}

/// The stops of a path in order, never empty: those that another path has already, and new ones.
#[derive(Clone, Debug)]
pub(crate) struct Stops<'a> {
    held: &'a [Stop],
    new: Vec<Stop>,
    /// Steps that say again what another one says: of which stop, and which step.
    also: Vec<(usize, u32)>,
}

impl<'a> Stops<'a> {
    /// A path that has just opened.
    pub(crate) fn opening(status: u16, on: Day) -> Self {
        let cause = Cause::Opening;
        let opening = Stop { on, status, cause, slot: Slot::Steps, presumed: false, reopened: false };
        Self { held: &[], new: vec![opening], also: Vec::new() }
    }

    /// A path that goes on from stops that are known.
    pub(crate) fn following(held: &'a [Stop]) -> Self {
        Self { held, new: Vec::new(), also: Vec::new() }
    }

    pub(crate) fn len(&self) -> usize {
        self.held.len() + self.new.len()
    }

    pub(crate) fn get(&self, index: usize) -> Option<&Stop> {
        match index.checked_sub(self.held.len()) {
            None => self.held.get(index),
            Some(index) => self.new.get(index),
        }
    }

    pub(crate) fn first(&self) -> Option<&Stop> {
        self.get(0)
    }

    pub(crate) fn last(&self) -> Option<&Stop> {
        self.new.last().or_else(|| self.held.last())
    }

    /// The stops from the one at `index` on.
    pub(crate) fn from(&self, index: usize) -> impl Iterator<Item = &Stop> {
        let held = self.held.get(index..).unwrap_or_default();
        let new = self.new.get(index.saturating_sub(self.held.len())..).unwrap_or_default();
        held.iter().chain(new)
    }

    /// The last stop of which something holds.
    pub(crate) fn rposition(&self, holds: impl Fn(&Stop) -> bool) -> Option<usize> {
        (0..self.len()).rev().find(|index| self.get(*index).is_some_and(&holds))
    }

    pub(crate) fn partition_point(&self, is_before: impl Fn(&Stop) -> bool) -> usize {
        match self.new.first() {
            Some(first) if is_before(first) => self.held.len() + self.new.partition_point(is_before),
            _ => self.held.partition_point(is_before),
        }
    }

    pub(crate) fn push(&mut self, stop: Stop) {
        self.new.push(stop);
    }

    pub(crate) fn truncate(&mut self, len: usize) {
        match len.checked_sub(self.held.len()) {
            Some(new) => self.new.truncate(new),
            None => {
                self.held = self.held.get(..len).unwrap_or_default();
                self.new.clear();
            }
        }
        self.also.retain(|(stop, _)| *stop < len);
    }

    /// The step says what led to a stop, too, which is then no longer presumed.
    pub(crate) fn say_again(&mut self, index: usize, step: u32) {
        if index < self.held.len() {
            self.new.splice(..0, self.held.iter().copied());
            self.held = &[];
        }
        if let Some(stop) = self.new.get_mut(index - self.held.len()) {
            stop.presumed = false;
        }
        self.also.push((index, step));
    }

    /// The further steps that say what led to a stop.
    pub(crate) fn also(&self, index: usize) -> impl Iterator<Item = u32> {
        self.also.iter().filter(move |(stop, _)| *stop == index).map(|(_, step)| *step)
    }

    /// All of them.
    pub(crate) fn into_all(self) -> Vec<Stop> {
        match self.held.is_empty() {
            true => self.new,
            false => [self.held, &self.new].concat(),
        }
    }

    /// How many of the stops were there before, and those that are new.
    pub(crate) fn into_new(self) -> (usize, Vec<Stop>) {
        (self.held.len(), self.new)
    }
}
