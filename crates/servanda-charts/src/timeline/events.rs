//! Collects what a timeline shows, in the order of time.

use servanda_core::{Date, Day, Procedure, Slug, Standing, Timeliness};

use super::clocks;
use super::contents::{Contents, capital, measured, verdict};
use crate::colours::Role;
use crate::labels::{Label, Labels};
use crate::plain::{isolated, one_line};

/// The kind of an event, which decides its marker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    /// The commitment was made.
    Made,
    /// A step, or one that may have been taken.
    Step,
    /// An event that did not change the status.
    Note,
    /// An entry that was retracted.
    Corrected,
    /// A deadline, or the date of a target.
    Deadline,
    /// The day asked.
    Asked,
    /// A clock that runs.
    Clock,
    /// Events that are left out.
    LeftOut,
}

/// One row of a timeline. All texts are safe to show.
#[derive(Clone, Debug)]
pub(super) struct Event {
    pub(super) mark: Mark,
    /// The place on the axis: the first day that the event may have, and for a deadline the last.
    pub(super) day: Day,
    /// The days that the event may have, if its date is imprecise.
    pub(super) span: Option<(Day, Day)>,
    /// The written date.
    pub(super) date: String,
    pub(super) role: Role,
    /// Whether the event is known to change the status.
    pub(super) changes_status: bool,
    /// Whether it is presumed, only possible, or ahead.
    pub(super) is_hatched: bool,
    /// Words that say what kind of event it is.
    pub(super) tags: Vec<String>,
    pub(super) name: String,
    pub(super) details: Vec<String>,
    /// The clock that takes the step.
    pub(super) clock: Option<Slug>,
    /// The day on which that clock started, if it is known.
    pub(super) clock_start: Option<Day>,
    /// The status that the step leads to.
    pub(super) status: Option<Slug>,
    /// How soon the event is left out: those with the highest number first.
    pub(super) rank: u8,
}

impl Event {
    fn new(mark: Mark, date: Date, labels: &dyn Labels) -> Self {
        let (first, last) = (date.first_day(), date.last_day());
        Self {
            mark,
            day: first,
            span: (first != last).then_some((first, last)),
            date: one_line(&labels.date(date)),
            role: Role::Muted,
            changes_status: false,
            is_hatched: false,
            tags: Vec::new(),
            name: String::new(),
            details: Vec::new(),
            clock: None,
            clock_start: None,
            status: None,
            rank: 1,
        }
    }

    fn name(mut self, name: &str) -> Self {
        self.name = capital(&one_line(name));
        self
    }

    fn role(mut self, role: Role) -> Self {
        self.role = role;
        self
    }

    fn hatched(mut self, is_hatched: bool) -> Self {
        self.is_hatched = is_hatched;
        self
    }

    fn rank(mut self, rank: u8) -> Self {
        self.rank = rank;
        self
    }

    fn tag(mut self, tag: &str) -> Self {
        self.tags.push(one_line(tag));
        self
    }

    fn detail(mut self, detail: impl AsRef<str>) -> Self {
        self.details.push(one_line(detail.as_ref()));
        self.details.retain(|detail| !detail.is_empty());
        self
    }

    /// Adds a detail whose parts are safe to show already.
    fn line(mut self, line: String) -> Self {
        self.details.push(line);
        self
    }

    /// A row for events that are left out.
    pub(super) fn left_out(events: &[&Self], labels: &dyn Labels) -> Option<Self> {
        let (first, last) = (events.first()?, events.last()?);
        let date = Date::between(first.day, first.day);
        let mut event = Self::new(Mark::LeftOut, date, labels).name(&labels.left_out(events.len()));
        if first.day != last.day {
            let last = Date::between(last.day, last.day);
            event.date = one_line(&format!("{} – {}", labels.date(date), labels.date(last)));
        }
        // The status among them is left out, too.
        event.changes_status = events.iter().any(|event| event.changes_status);
        event.is_hatched = event.changes_status;
        Some(event)
    }
}

/// Returns all events of a timeline, in the order of time.
pub(super) fn events(standing: &Standing, procedure: Option<&Procedure>, labels: &dyn Labels) -> Vec<Event> {
    let mut events = steps(standing, procedure, labels);
    events.extend(possible(standing, labels));
    events.extend(notes(standing, labels));
    events.extend(corrected(standing, labels));
    events.extend(deadlines(standing, labels));
    events.push(asked(standing, labels));
    events.extend(ahead(standing, labels));
    events.extend(running_clocks(standing, procedure, labels));
    // Sorting keeps the order of events with the same key.
    events.sort_by_key(|event| (event.day, rank_on_day(event)));
    clocks::set_starts(&mut events, procedure);
    events
}

/// Puts the day asked after what happened on it, and clocks after that.
fn rank_on_day(event: &Event) -> u8 {
    match event.mark {
        Mark::Made => 0,
        Mark::Step | Mark::Note | Mark::Corrected => 1,
        Mark::Deadline | Mark::LeftOut => 2,
        Mark::Asked => 3,
        Mark::Clock => 4,
    }
}

fn steps(standing: &Standing, procedure: Option<&Procedure>, labels: &dyn Labels) -> Vec<Event> {
    let is_promise = standing.obligation.is_some();
    let made_label = labels.label(if is_promise { Label::Made } else { Label::Begins });
    let quote = standing.words.as_ref().map(|words| format!("“{}”", words.text));
    let opens_when_made = standing.history.first().is_some_and(|opening| opening.on == standing.made);
    let mut events = Vec::new();
    if !opens_when_made {
        let made = Event::new(Mark::Made, standing.made, labels).name(made_label).role(Role::Ink).rank(0);
        events.push(made.detail(quote.as_deref().unwrap_or_default()));
    }
    let mut latest = Day::FIRST;
    let last = standing.history.len().saturating_sub(1);
    for (index, step) in standing.history.iter().enumerate() {
        let is_opening = index == 0 && opens_when_made;
        let mut event = Event::new(if is_opening { Mark::Made } else { Mark::Step }, step.on, labels)
            .name(labels.title(&step.title))
            .role(Role::Phase(step.phase))
            .hatched(step.presumed)
            .rank(if index == 0 || index == last { 0 } else { 2 });
        if step.presumed {
            event = event.tag(labels.label(Label::Presumed));
        }
        if is_opening {
            event = event.tag(made_label).detail(quote.as_deref().unwrap_or_default());
        }
        if let Some(clock) = &step.clock {
            let title = procedure.and_then(|procedure| procedure.clock(clock.as_str())).map(|clock| &clock.title);
            let title = one_line(title.map_or(clock.as_str(), |title| labels.title(title)));
            event = event.line(format!("{}: {}", one_line(labels.label(Label::Clock)), isolated(&title)));
        }
        event.changes_status = true;
        event.clock.clone_from(&step.clock);
        event.status = Some(step.status.clone());
        // An imprecise date may begin before the day of the step before.
        event.day = event.day.max(latest);
        latest = event.day;
        events.push(event.detail(step.basis.as_ref().map_or("", |basis| basis.as_str())));
    }
    events
}

fn possible(standing: &Standing, labels: &dyn Labels) -> Vec<Event> {
    let event = |step: &servanda_core::PossibleStep| {
        Event::new(Mark::Step, step.on, labels)
            .name(labels.title(&step.title))
            .role(Role::Phase(step.phase))
            .hatched(true)
            .rank(0)
            .tag(labels.label(Label::Possible))
    };
    standing.may_have.iter().map(event).collect()
}

fn notes(standing: &Standing, labels: &dyn Labels) -> Vec<Event> {
    let remarks = standing.remarks.iter().map(|remark| {
        Event::new(Mark::Note, remark.on, labels).name(remark.title.as_str()).tag(labels.label(Label::Remark)).rank(4)
    });
    let deposits = standing.deposits.iter().map(|deposit| {
        let by = isolated(&one_line(&labels.party(deposit.by.as_str())));
        let instrument = deposit.instrument.as_ref().map_or(String::new(), |instrument| format!(" · {instrument}"));
        Event::new(Mark::Note, deposit.on, labels).name(labels.label(Label::Deposit)).rank(3).line(by + &instrument)
    });
    let measurements = standing.measurement.iter().map(|measurement| {
        Event::new(Mark::Note, measurement.on, labels)
            .name(&measured(&measurement.value, standing, labels))
            .tag(labels.label(Label::Measurement))
            .rank(1)
    });
    remarks.chain(deposits).chain(measurements).collect()
}

fn corrected(standing: &Standing, labels: &dyn Labels) -> Vec<Event> {
    let event = |entry: &servanda_core::RetractedEntry| {
        let contents = Contents {
            body: entry.body.as_ref(),
            by: entry.by.as_ref(),
            deadline: entry.deadline,
            kind: &entry.kind,
            remark: entry.remark.as_ref(),
            status_title: entry.status_title.as_ref(),
            to: entry.to.as_ref(),
            value: entry.value.as_ref(),
        };
        let (name, kind) = contents.name(standing, labels);
        let retracted_on = labels.date(entry.retraction.recorded_at.day().into());
        let date = entry.on.unwrap_or_else(|| entry.recorded_at.day().into());
        let mut event = Event::new(Mark::Corrected, date, labels)
            .name(&name)
            .role(Role::Alert)
            .rank(2)
            .tag(&format!("{} {retracted_on}", labels.label(Label::Corrected)));
        if let Some(kind) = kind {
            event = event.tag(labels.label(kind));
        }
        event.detail(entry.retraction.reason.as_str())
    };
    standing.retracted.iter().map(event).collect()
}

fn deadlines(standing: &Standing, labels: &dyn Labels) -> Vec<Event> {
    let in_force = standing.deadlines.iter().rposition(|set| Some(set.deadline) == standing.deadline && set.in_force);
    let event = |(index, set): (usize, &servanda_core::SetDeadline)| {
        let is_in_force = Some(index) == in_force;
        let label = if is_in_force { Label::Deadline } else { Label::DeadlineReplaced };
        let missed = is_in_force && matches!(standing.timeliness, Some(Timeliness::Overdue | Timeliness::Late));
        let mut event = Event::new(Mark::Deadline, set.deadline.date(), labels)
            .name(labels.label(label))
            .role(match is_in_force {
                _ if missed => Role::Alert,
                true => Role::Ink,
                false => Role::Muted,
            })
            .rank(if is_in_force { 0 } else { 3 });
        if let Some(timeliness) = standing.timeliness.filter(|_| is_in_force) {
            event = event.tag(labels.timeliness(timeliness));
        }
        event.day = set.deadline.date().last_day();
        event
    };
    let target = standing.target.iter().filter_map(|target| Some((target, target.date?))).map(|(target, date)| {
        let mut event = Event::new(Mark::Deadline, date, labels)
            .name(&measured(&target.value, standing, labels))
            .tag(labels.label(Label::Target));
        event.day = date.last_day();
        event
    });
    standing.deadlines.iter().enumerate().map(event).chain(target).collect()
}

fn asked(standing: &Standing, labels: &dyn Labels) -> Event {
    Event::new(Mark::Asked, standing.on.into(), labels)
        .name(&verdict(standing, labels))
        .role(Role::Accent)
        .rank(0)
        .tag(labels.label(Label::DayAsked))
        .detail(standing.reason.as_deref().unwrap_or_default())
}

fn ahead(standing: &Standing, labels: &dyn Labels) -> Vec<Event> {
    let event = |future: &servanda_core::FutureEvent| {
        let contents = Contents {
            body: future.body.as_ref(),
            by: future.by.as_ref(),
            deadline: future.deadline,
            kind: future.kind.as_str(),
            remark: future.remark.as_ref(),
            status_title: future.status_title.as_ref(),
            to: future.to.as_ref(),
            value: future.value.as_ref(),
        };
        let (name, kind) = contents.name(standing, labels);
        let mark = if future.status.is_some() { Mark::Step } else { Mark::Note };
        let mut event = Event::new(mark, future.on, labels).name(&name).hatched(true).tag(labels.label(Label::Ahead));
        if let Some(kind) = kind {
            event = event.tag(labels.label(kind));
        }
        event
    };
    standing.future.iter().map(event).collect()
}

fn running_clocks(standing: &Standing, procedure: Option<&Procedure>, labels: &dyn Labels) -> Vec<Event> {
    let mut latest = standing.on;
    let event = |clock: &servanda_core::RunningClock| {
        let date = clock.due.unwrap_or_else(|| clock.earliest.unwrap_or(latest).max(latest).into());
        let status = procedure.and_then(|procedure| procedure.status(clock.to.as_str()));
        let to = one_line(status.map_or(clock.to.as_str(), |status| labels.title(&status.title)));
        let mut event = Event::new(Mark::Clock, date, labels)
            .name(labels.title(&clock.title))
            .role(Role::Clock)
            .hatched(true)
            .tag(labels.label(if clock.presumed { Label::Presumed } else { Label::Clock }))
            .line(format!("→ {}, {}", isolated(&to), one_line(labels.label(Label::Unless))))
            .detail(clock.reason.as_deref().unwrap_or_default());
        if clock.due.is_none() {
            event.date = one_line(labels.label(Label::UnknownDay));
        }
        event.clock = Some(clock.clock.clone());
        event.status = Some(clock.to.clone());
        event.day = event.day.max(latest);
        latest = event.day;
        event
    };
    standing.clocks.iter().map(event).collect()
}
