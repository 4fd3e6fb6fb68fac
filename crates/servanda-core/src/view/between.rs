//! Finds the commitments that can differ between two views of one ledger.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::entry::{ClockRule, Definition, Entry, Fact, Kind};
use crate::ledger::{BatchedEntry, Candidates, Ledger, Snapshot};
use crate::procedure::{Due, ProcedureRef, Rule};
use crate::replay::Definitions;
use crate::value::{Date, Day, Deadline, Moment, Slug};
use crate::view::View;

/// The days and the moments that lie between two views of one ledger. Either view can be the
/// earlier one.
///
/// A standing depends on the known entries, on the definitions and on the day. So two standings of
/// a commitment differ only in two cases. Either an entry became known between the moments, or a
/// relevant day lies between the days.
pub(super) struct Between<'a> {
    ledger: &'a Ledger,
    /// The snapshot of one view. For a commitment without new entries between the moments, both
    /// views have the same entries.
    known: Snapshot<'a>,
    /// After the first moment, and up to the second, where `None` means now. `None` if the moments
    /// are the same.
    moments: Option<(Moment, Option<Moment>)>,
    /// After the first day, and up to the second.
    days: (Day, Day),
}

impl<'a> Between<'a> {
    /// `None` if the views have different ledgers or different days of publication.
    pub(super) fn views(one: &View<'a>, other: &View<'a>) -> Option<Self> {
        let moments = match (one.known.at, other.known.at) {
            (one, other) if one == other => None,
            (Some(one), Some(other)) => Some((one.min(other), Some(one.max(other)))),
            (Some(moment), None) | (None, Some(moment)) => Some((moment, None)),
            (None, None) => None,
        };
        let comparable =
            std::ptr::eq(one.known.ledger, other.known.ledger) && one.known.published == other.known.published;
        comparable.then_some(Self {
            ledger: other.known.ledger,
            known: one.known,
            moments,
            days: (one.on.min(other.on), one.on.max(other.on)),
        })
    }

    /// The commitments whose standings can differ, sorted by id. `then` and `now` are the
    /// definitions that the two views know.
    pub(super) fn candidates(&self, then: &Definitions, now: &Definitions) -> Vec<&'a Slug> {
        let written = self.written();
        let (first, last) = self.days;
        if first == last && !written.iter().any(|entry| is_definition(entry)) {
            let about: BTreeSet<&str> = written.into_iter().filter_map(Entry::commitment).collect();
            return about.into_iter().filter_map(|id| self.ledger.commitment(id)).collect();
        }
        if self.moments.is_none() && self.known.is_whole() {
            let Candidates { mut sure, doubtful } = self.ledger.happening(first, last);
            sure.extend(doubtful.into_iter().filter(|id| self.can_differ(id, then, now)));
            sure.sort_unstable();
            return sure;
        }
        self.ledger.commitments().filter(|id| self.can_differ(id, then, now)).collect()
    }

    /// The entries that became known between the moments, and possibly some others.
    fn written(&self) -> Vec<&'a Entry> {
        let Some((after, by)) = self.moments else { return Vec::new() };
        let mut written: Vec<&Entry> = Vec::new();
        for entry in self.ledger.recorded_between(after, by) {
            written.push(entry);
            // A batch becomes known with its last entry, although its other entries were recorded
            // earlier.
            let previous = |entry: &Entry| self.ledger.entry(entry.batch()?.previous?);
            written.extend(
                std::iter::successors(previous(entry), |entry| previous(entry))
                    .take_while(|e| e.recorded_at() <= after),
            );
        }
        written
    }

    fn can_differ(&self, id: &Slug, then: &Definitions, now: &Definitions) -> bool {
        let (mut has_clocks, mut has_begun) = (false, false);
        for held in self.ledger.held_about(id.as_str()) {
            if self.is_written(&held) {
                return true;
            }
            if !self.known.knows(&held) {
                continue;
            }
            let entry = held.entry;
            if entry.on().is_some_and(|on| self.is_reached(on)) {
                return true;
            }
            has_begun |= entry.on().is_some_and(|on| self.may_be_over(on));
            if !matches!(entry.kind, Kind::Register | Kind::Repin | Kind::Reschedule | Kind::Assign) {
                continue;
            }
            match entry.fact() {
                Fact::Register(commitment) => {
                    let opens = commitment.opening.as_ref().map(|opening| opening.on);
                    let reached = opens.into_iter().chain([commitment.made]).any(|on| self.is_reached(on));
                    has_begun |= opens.is_some_and(|on| self.may_be_over(on));
                    let passed = commitment.deadline.is_some_and(|deadline| self.is_passed(deadline));
                    if reached || passed || !same_definitions(&commitment.procedure, &commitment.rules, then, now) {
                        return true;
                    }
                    let procedure = then.procedure(&commitment.procedure);
                    has_clocks |= procedure.is_some_and(|procedure| !procedure.clocks.is_empty());
                }
                Fact::Repin(repin) => {
                    if !same_definitions(&repin.procedure, &BTreeMap::new(), then, now) {
                        return true;
                    }
                    let procedure = then.procedure(&repin.procedure);
                    has_clocks |= procedure.is_some_and(|procedure| !procedure.clocks.is_empty());
                }
                Fact::Assign(assign) if assign.until.is_some_and(|until| self.is_reached(until)) => return true,
                Fact::Reschedule(reschedule) if self.is_passed(reschedule.deadline) => return true,
                _ => {}
            }
        }
        // A step that may have been taken may have started a clock.
        has_clocks && (has_begun || self.may_fire(id, then))
    }

    /// Whether an entry became known between the moments.
    fn is_written(&self, held: &BatchedEntry<'_>) -> bool {
        let known = held.batch.map_or(held.entry.recorded_at(), |(last, _)| last);
        self.moments.is_some_and(|(after, by)| after < known && by.is_none_or(|by| known <= by))
    }

    /// Whether the first or the last day that a date can mean lies between the days.
    fn is_reached(&self, date: Date) -> bool {
        self.contains(date.first_day()) || self.contains(date.last_day())
    }

    /// Whether a date begins before these days and ends after them.
    fn may_be_over(&self, date: Date) -> bool {
        let (first, last) = self.days;
        date.first_day() <= first && last < date.last_day()
    }

    fn is_passed(&self, deadline: Deadline) -> bool {
        let (first, last) = self.days;
        deadline.has_passed(first) != deadline.has_passed(last)
            || deadline.may_have_passed(first) != deadline.may_have_passed(last)
    }

    fn contains(&self, day: Day) -> bool {
        let (first, last) = self.days;
        first < day && day <= last
    }

    /// Whether a clock that runs on the first day fires by the last, or may have fired by then. A
    /// clock that starts later needs no check: the step that starts it lies between the days.
    fn may_fire(&self, id: &Slug, definitions: &Definitions) -> bool {
        let (first, last) = self.days;
        if first == last {
            return false;
        }
        let replay = self.known.fold(definitions, id.as_str()).ok().and_then(|folded| folded.path_at(first));
        replay.is_some_and(|replay| {
            replay.running().any(|running| match running.due {
                Due::On(day) => self.contains(day),
                Due::Unknown { from, by, .. } => self.contains(from) || by.is_some_and(|by| self.contains(by)),
                Due::Never => false,
            })
        })
    }
}

/// Whether an entry can change the definition of a procedure or a calendar.
fn is_definition(entry: &Entry) -> bool {
    entry.commitment().is_none() && !matches!(entry.definition(), Some(Definition::Party(_) | Definition::Topic(_)))
}

/// Whether `then` and `now` have the same procedure, and the same calendars for its clocks and for
/// the given rules.
fn same_definitions(
    procedure: &ProcedureRef,
    given: &BTreeMap<Slug, ClockRule>,
    then: &Definitions,
    now: &Definitions,
) -> bool {
    let (before, after) = (then.procedure(procedure), now.procedure(procedure));
    let of_procedure = before.into_iter().flat_map(|procedure| &procedure.clocks).map(|clock| &clock.rule);
    let mut rules = of_procedure.chain(given.values().map(|given| &given.rule));
    same(before.map(Arc::as_ref), after.map(Arc::as_ref))
        && rules.all(|rule| Rule::calendar(rule).is_none_or(|id| same(then.calendar(id), now.calendar(id))))
}

fn same<T>(one: Option<&T>, other: Option<&T>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => std::ptr::eq(one, other),
        (None, None) => true,
        _ => false,
    }
}
