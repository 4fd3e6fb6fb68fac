//! Finds out whether a clock had started before a history opened midway.

use std::collections::HashSet;

use crate::procedure::{Clock, Procedure, Status};
use crate::value::Slug;

/// Whether a clock had started when a history opened at some status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StartedBefore {
    /// No way from the initial status to that status starts the clock, or each one cancels it.
    No,
    /// Some ways start it, and others do not.
    Perhaps,
    /// Every way starts it.
    Certainly,
}

impl Procedure {
    /// Whether a clock had started when a history opened at `status`, by all ways that the
    /// procedure allows from the initial status to that one.
    pub(crate) fn started_before(&self, clock: &Clock, status: &Status) -> StartedBefore {
        let arrive =
            |at: &Slug, started: bool| clock.starts.contains(at) || (started && !clock.cancelled_by.contains(at));
        let first = (&self.initial, arrive(&self.initial, false));
        let (mut seen, mut open) = (HashSet::from([first]), vec![first]);
        while let Some((at, started)) = open.pop() {
            let steps = self.transitions_from(at.as_str()).map(|transition| &transition.to);
            let clocks = self.clocks.iter().filter(|other| other.during.contains(at)).map(|other| &other.to);
            for to in steps.chain(clocks) {
                let next = (to, arrive(to, started));
                if seen.insert(next) {
                    open.push(next);
                }
            }
        }
        match (seen.contains(&(&status.id, true)), seen.contains(&(&status.id, false))) {
            (true, false) => StartedBefore::Certainly,
            (true, true) => StartedBefore::Perhaps,
            (false, _) => StartedBefore::No,
        }
    }
}
