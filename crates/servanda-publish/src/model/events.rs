//! The events of all commitments, by day.

use std::collections::HashMap;
use std::sync::Arc;

use servanda::answers::Standing;
use servanda::procedure::ProcedureRef;
use servanda::value::{Deadline, Decimal, EntryId, Title};
use servanda::{Date, Fact, Ledger, Slug};

use super::Names;

/// Something that happened to a commitment.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub(crate) on: Date,
    /// The entry that tells it. `None` if it follows from a rule, such as a step that the law takes
    /// by itself.
    pub(crate) entry: Option<EntryId>,
    pub(crate) what: What,
}

/// The kinds of events.
#[derive(Clone, Debug)]
pub(crate) enum What {
    /// The commitment was made.
    Made,
    /// A step led to a status.
    Step { status: Arc<Names>, presumed: bool },
    /// Something that did not change the status.
    Remark(Title),
    /// A deadline was set.
    DeadlineSet(Deadline),
    /// The deadline passed, and the commitment is still open.
    DeadlinePassed(Deadline),
    /// A party deposited an instrument.
    Deposit(Slug),
    /// A body became responsible.
    Assigned(Slug),
    /// A body ceased to be responsible.
    Unassigned(Slug),
    /// Progress was measured.
    Measured { value: Decimal, unit: Option<Title> },
}

/// The names of statuses, each kept once.
#[derive(Default)]
pub(super) struct SharedNames(HashMap<(ProcedureRef, Slug), Arc<Names>>);

impl SharedNames {
    pub(super) fn of(&mut self, procedure: &ProcedureRef, status: &Slug, names: Names) -> Arc<Names> {
        let key = (procedure.clone(), status.clone());
        Arc::clone(self.0.entry(key).or_insert_with(|| Arc::new(names)))
    }
}

/// Adds the events that a standing tells.
pub(super) fn of_standing(standing: &Standing, names: &mut SharedNames, events: &mut Vec<Event>) {
    let mut add = |on: Date, entry: Option<EntryId>, what: What| events.push(Event { on, entry, what });
    if standing.made.first_day() <= standing.on {
        add(standing.made, None, What::Made);
    }
    // The opening is not a step, if the history opens with the promise.
    let opens_when_made = standing.history.first().is_some_and(|opening| opening.on == standing.made);
    for step in standing.history.iter().skip(usize::from(opens_when_made)) {
        let status = names.of(&standing.pin, &step.status, step.title.clone());
        add(step.on, step.entry, What::Step { status, presumed: step.presumed });
    }
    for remark in &standing.remarks {
        add(remark.on, Some(remark.entry), What::Remark(remark.title.clone()));
    }
    for deposit in &standing.deposits {
        add(deposit.on, Some(deposit.entry), What::Deposit(deposit.by.clone()));
    }
    // The first deadline is part of the promise.
    for set in standing.deadlines.iter().filter(|set| set.set_on != standing.made) {
        add(set.set_on, Some(set.entry), What::DeadlineSet(set.deadline));
    }
    if let Some(deadline) = standing.deadline.filter(|_| standing.overdue)
        && let Some(after) = deadline.date().last_day().plus_days(1)
    {
        add(after.into(), None, What::DeadlinePassed(deadline));
    }
}

/// Adds the events that a standing does not tell, because it has only their outcome.
pub(super) fn of_facts(ledger: &Ledger, standing: &Standing, events: &mut Vec<Event>) {
    for entry in ledger.counting(standing.commitment.as_str()) {
        let Some(on) = entry.on().filter(|on| on.last_day() <= standing.on) else { continue };
        let what = match entry.kind() {
            "assign" | "unassign" | "measure" => match entry.fact() {
                Fact::Assign(assign) => What::Assigned(assign.body),
                Fact::Unassign(unassign) => What::Unassigned(unassign.body),
                Fact::Measure(measure) => {
                    let unit = standing.target.as_ref().map(|target| target.unit.clone());
                    What::Measured { value: measure.value, unit }
                }
                _ => continue,
            },
            _ => continue,
        };
        events.push(Event { on, entry: Some(entry.id()), what });
    }
}
