//! Checks that each part of a procedure can have an effect, and only one.
//!
//! A procedure with such a slip is well-formed, and a ledger that has it stays readable. So these
//! checks apply to files and to procedures that are built in code, and not to lines of a ledger.

use std::collections::BTreeSet;

use super::diagnostic::{Located, Place, Severity};
use crate::procedure::{Clock, Procedure, Rule};
use crate::value::{Slug, nearest};

impl Procedure {
    /// Finds clocks that cannot have the effect that they are written for.
    ///
    /// All statuses must be declared.
    pub(super) fn find_slips(&self, found: &mut Vec<(Severity, Located)>) {
        for (index, clock) in self.clocks.iter().enumerate() {
            let mut add =
                |severity, problem, remedy| found.push((severity, (Place::In("clocks", index), problem, remedy)));
            if let Some(both) = clock.starts.iter().find(|start| clock.cancelled_by.contains(start)) {
                let problem = format!("the clock {} is cancelled by {both}, which also starts it", clock.id);
                add(Severity::Fault, problem, format!("take {both} out of `cancelled_by` or of `starts`"));
                continue;
            }
            self.find_unreached(clock, &mut add);
            for earlier in self.clocks.iter().take(index) {
                if let Some((severity, from)) = rivalry(earlier, clock) {
                    let problem = format!(
                        "the clocks {} and {} fire at the same time at {from}, and lead to {} and {}; only the one that is \
                         declared first has an effect",
                        earlier.id, clock.id, earlier.to, clock.to
                    );
                    add(severity, problem, format!("keep one, or take {from} out of `while` or `starts` of the other"));
                }
            }
        }
    }

    /// Finds statuses of a clock that have no effect on it.
    fn find_unreached(&self, clock: &Clock, add: &mut impl FnMut(Severity, String, String)) {
        let from_each: Vec<(&Slug, BTreeSet<&Slug>)> =
            clock.starts.iter().map(|start| (start, self.reached_from(start, &clock.cancelled_by))).collect();
        // Arriving at a status that cancels the clock stops it.
        let can_run_at = |status: &Slug| !clock.cancelled_by.contains(status);
        let runs_at = |reached: &BTreeSet<&Slug>| {
            clock.during.iter().any(|status| reached.contains(status) && can_run_at(status))
        };
        if !clock.starts.is_empty()
            && !clock.during.is_empty()
            && !from_each.iter().any(|(_, reached)| runs_at(reached))
        {
            let problem = format!(
                "the clock {} can never fire: it starts at {} and runs while at {}, and nothing leads from the one to the \
                 other without cancelling it",
                clock.id,
                listed(&clock.starts),
                listed(&clock.during),
            );
            return add(Severity::Fault, problem, "correct `starts` or `while`, or add a transition".to_owned());
        }
        for (start, _) in from_each.iter().filter(|(_, reached)| !runs_at(reached)) {
            let problem =
                format!("the clock {} starts at {start}, and nothing leads from there to where it runs", clock.id);
            add(Severity::Warning, problem, format!("take {start} out of `starts`, or add a transition"));
        }
        let all: BTreeSet<&Slug> = from_each.iter().flat_map(|(_, reached)| reached).copied().collect();
        for (key, statuses, why) in [
            ("while", &clock.during, "the clock is never running there"),
            ("cancelled_by", &clock.cancelled_by, "nothing leads there while the clock is running"),
        ] {
            let is_vain = |status: &&Slug| !all.contains(status) || (key == "while" && !can_run_at(status));
            for status in statuses.iter().filter(is_vain) {
                let problem = format!("{status} in `{key}` of the clock {} has no effect: {why}", clock.id);
                add(Severity::Warning, problem, format!("take {status} out of `{key}`, or add a transition"));
            }
        }
    }

    /// The statuses that can be reached from a status, and the status itself. A path ends at a
    /// status in `until`.
    fn reached_from<'a>(&'a self, start: &'a Slug, until: &[Slug]) -> BTreeSet<&'a Slug> {
        let mut reached = BTreeSet::from([start]);
        let mut frontier = vec![start];
        while let Some(at) = frontier.pop() {
            let by_step = self.transitions_from(at.as_str()).map(|transition| &transition.to);
            let by_clock = self.clocks.iter().filter(|clock| clock.during.contains(at)).map(|clock| &clock.to);
            for to in by_step.chain(by_clock) {
                if reached.insert(to) && !until.contains(to) {
                    frontier.push(to);
                }
            }
        }
        reached
    }

    /// Returns a warning for each clock that needs a calendar which is not known.
    pub(super) fn find_unknown_calendars(&self, known: &[&Slug], found: &mut Vec<(Severity, Located)>) {
        for (index, clock) in self.clocks.iter().enumerate() {
            let Some(calendar) = clock.rule.calendar().filter(|calendar| !known.contains(calendar)) else { continue };
            let meant = nearest(calendar.as_str(), known.iter().copied());
            let meant = meant.map_or_else(String::new, |meant| format!(", or write {meant} if you mean that one"));
            let problem = format!("the clock {} needs the calendar {calendar}, which is not known", clock.id);
            let remedy = format!("define it in the ledger too{meant}");
            found.push((Severity::Warning, (Place::In("clocks", index), problem, remedy)));
        }
    }
}

/// The status at which two clocks always fire together and lead to different statuses.
///
/// If something cancels only one of them, their order can be meant.
fn rivalry<'a>(one: &Clock, other: &'a Clock) -> Option<(Severity, &'a Slug)> {
    let is_same = one.rule == other.rule && one.rule != Rule::SetByCommitment && one.fires == other.fires;
    let start = other.starts.iter().any(|start| one.starts.contains(start));
    let from = other.during.iter().find(|from| one.during.contains(from))?;
    let same_sets = same(&one.starts, &other.starts) && same(&one.cancelled_by, &other.cancelled_by);
    let severity = if same_sets { Severity::Fault } else { Severity::Warning };
    (is_same && start && one.to != other.to).then_some((severity, from))
}

fn same(one: &[Slug], other: &[Slug]) -> bool {
    one.iter().collect::<BTreeSet<_>>() == other.iter().collect::<BTreeSet<_>>()
}

fn listed(statuses: &[Slug]) -> String {
    statuses.iter().map(Slug::as_str).collect::<Vec<_>>().join(", ")
}
