//! Changes for programs, one in a row.

use std::fmt::Display;

use servanda::answers::{Change, Delta, Measured, Naming, Shift};

use super::{clock, deadline, deposit, joined, link, measurement, registration, retracted, step};
use crate::phrases::{assigned, conflict, may_have, named, repinned};
use crate::records::{Records, optional, yes_no};

/// The rows about one commitment.
struct Rows<'a> {
    change: &'a Change,
    rows: Vec<Vec<String>>,
}

impl Rows<'_> {
    fn push(&mut self, what: &str, before: String, after: String) {
        let Change { commitment, title, .. } = self.change;
        self.rows.push(vec![commitment.to_string(), title.to_string(), what.to_owned(), before, after]);
    }

    fn shift<T>(&mut self, what: &str, shift: Option<&Shift<T>>, text: impl Fn(&T) -> String) {
        if let Some(shift) = shift {
            self.push(what, text(&shift.before), text(&shift.after));
        }
    }

    fn option<T: Display>(&mut self, what: &str, shift: Option<&Shift<Option<T>>>) {
        self.shift(what, shift, |value| optional(value.as_ref()));
    }

    fn delta<T>(&mut self, what: &str, delta: &Delta<T>, text: impl Fn(&T) -> String) {
        for removed in &delta.removed {
            self.push(what, text(removed), String::new());
        }
        for shift in &delta.altered {
            self.push(what, text(&shift.before), text(&shift.after));
        }
        for added in &delta.added {
            self.push(what, String::new(), text(added));
        }
    }
}

/// Returns a row for each change. An added element has no text before, and a removed one no text
/// after. An element whose note or sources changed has the same text twice.
pub(super) fn records(changes: &[Change]) -> Records {
    let mut records = Records::new(&["commitment", "title", "change", "before", "after"]);
    for change in changes {
        let mut rows = Rows { change, rows: Vec::new() };
        let registered = |of: &Option<_>| of.as_ref().map_or_else(String::new, registration);
        rows.shift("registration", change.registered.as_ref(), registered);
        rows.shift("title", change.renamed.as_ref(), ToString::to_string);
        let named = |of: &Option<Naming>| of.as_ref().map_or_else(String::new, named);
        rows.shift("named", change.named.as_ref(), named);
        rows.option("status", change.status.as_ref());
        rows.option("since", change.since.as_ref());
        rows.shift("presumed", change.presumed.as_ref(), |presumed| yes_no(*presumed));
        rows.option("phase", change.phase.as_ref());
        rows.option("verdict", change.verdict.as_ref());
        rows.option("timeliness", change.timeliness.as_ref());
        rows.option("deadline", change.deadline.as_ref());
        rows.option("reason", change.reason.as_ref());
        rows.shift("topics", change.topics.as_ref(), |topics| joined(topics));
        rows.delta("step", &change.steps, step);
        rows.delta("possible-step", &change.may_have, may_have);
        rows.delta("deposit", &change.deposits, deposit);
        rows.delta("set-deadline", &change.deadlines, deadline);
        rows.delta("remark", &change.remarks, |remark| format!("{} {}", remark.on, remark.title));
        rows.delta("responsible", &change.responsible, assigned);
        rows.delta("perhaps-responsible", &change.may_be_responsible, assigned);
        let measured = |of: &Option<Measured>| optional(of.as_ref().map(measurement));
        rows.shift("measurement", change.measurement.as_ref(), measured);
        rows.delta("link", &change.links, link);
        rows.delta("clock", &change.clocks, clock);
        rows.delta("move", &change.repins, repinned);
        rows.delta("correction", &change.retracted, retracted);
        rows.delta("conflict", &change.conflicts, conflict);
        rows.rows.into_iter().for_each(|row| records.push(row));
    }
    records
}
