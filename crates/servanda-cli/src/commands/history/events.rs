//! The events of a history, in order.

use servanda::{
    Date, Day, Standing,
    answers::{Deposited, Linked, Measured, PossibleStep, Remarked, RetractedEntry, SetDeadline, Step},
};

/// An event with a date.
pub(super) enum Event<'a> {
    Made,
    Step(&'a Step),
    Possible(&'a PossibleStep),
    Deposit(&'a Deposited),
    Deadline(&'a SetDeadline),
    Remark(&'a Remarked),
    Measurement(&'a Measured),
    Link(Date, &'a Linked),
    Retracted(Date, &'a RetractedEntry),
}

impl Event<'_> {
    pub(super) fn date(&self, standing: &Standing) -> Date {
        match self {
            Self::Made => standing.made,
            Self::Step(step) => step.on,
            Self::Possible(step) => step.on,
            Self::Deposit(deposit) => deposit.on,
            Self::Deadline(set) => set.set_on,
            Self::Remark(remark) => remark.on,
            Self::Measurement(measured) => measured.on,
            Self::Link(on, _) | Self::Retracted(on, _) => *on,
        }
    }
}

fn dated<'a>(event: Event<'a>, standing: &Standing) -> (Day, Event<'a>) {
    (event.date(standing).last_day(), event)
}

/// Returns all events with the days by which they are certain, in the order of these days. The
/// steps keep their order. Events of the same day are ordered by kind. With `all`, they include the
/// retracted ones that have a date.
pub(super) fn events(standing: &Standing, all: bool) -> Vec<(Day, Event<'_>)> {
    let made = (standing.made.last_day() <= standing.on).then_some(Event::Made);
    let mut events: Vec<(Day, Event<'_>)> = Vec::new();
    let add = |event| dated(event, standing);
    events.extend(made.map(add));
    let mut steps: Vec<(Day, Event<'_>)> = standing.history.iter().map(|step| add(Event::Step(step))).collect();
    // A step happened by the last possible day of each later step.
    let mut last = Day::LAST;
    for (day, _) in steps.iter_mut().rev() {
        last = last.min(*day);
        *day = last;
    }
    events.append(&mut steps);
    events.extend(standing.may_have.iter().map(|step| add(Event::Possible(step))));
    events.extend(standing.deposits.iter().map(|deposit| add(Event::Deposit(deposit))));
    events.extend(standing.deadlines.iter().map(|set| add(Event::Deadline(set))));
    events.extend(standing.remarks.iter().map(|remark| add(Event::Remark(remark))));
    events.extend(standing.measurement.iter().map(|measured| add(Event::Measurement(measured))));
    events.extend(standing.links.iter().filter_map(|link| Some(add(Event::Link(link.on?, link)))));
    if all {
        let retracted = standing.retracted.iter();
        events.extend(retracted.filter_map(|entry| Some(add(Event::Retracted(entry.on?, entry)))));
    }
    events.sort_by_key(|(day, _)| *day);
    events
}
