//! A history with one line for each event.

use std::io;

use servanda::{
    Day, Source, Standing,
    answers::{Assigned, Conflict, LinkedFrom, RetractedEntry},
    procedure::in_english,
    value::{EntryId, Note},
};

use super::events::{Event, events};
use super::write_head;
use crate::output::{Output, Style};
use crate::phrases::{self, count, future_event, in_role, linked, retracted_event, retraction};
use crate::records::{Records, optional, references, several};

/// An event on one line. Texts are empty where an event has none.
#[derive(Default)]
struct Line {
    on: String,
    /// The kind of fact that records such an event, such as `advance`.
    event: String,
    /// Its state, such as `presumed` or `retracted`.
    state: &'static str,
    title: String,
    status: String,
    by: String,
    clock: String,
    note: String,
    sources: Vec<Source>,
    entries: Vec<EntryId>,
    recorded_at: String,
    recorded_by: String,
    retracted_at: String,
    retracted_by: String,
    reason: String,
    /// The retraction: who did it, when and why, for people.
    retraction: Option<String>,
}

/// The states of events.
const PRESUMED: &str = "presumed";
const POSSIBLE: &str = "possible";
const FUTURE: &str = "future";
const RETRACTED: &str = "retracted";
const NOT_IN_FORCE: &str = "not-in-force";
const CONFLICT: &str = "conflict";

impl Line {
    fn with(mut self, note: Option<&Note>, sources: &[Source], entry: Option<EntryId>) -> Self {
        self.note = optional(note);
        self.sources = sources.to_vec();
        self.entries = entry.into_iter().collect();
        self
    }

    fn linked_from(link: &LinkedFrom) -> Self {
        let title = format!("{} {}", link.relation.inverse_label(), link.commitment);
        let line = Self { on: optional(link.on), event: "link".to_owned(), title, ..Self::default() };
        line.with(link.note.as_ref(), &link.sources, Some(link.entry))
    }

    fn assigned(assigned: &Assigned, state: &'static str) -> Self {
        let until = assigned.until.map_or_else(String::new, |until| format!(" until {until}"));
        let title = format!("{} is responsible{until}", in_role(&assigned.body, assigned.role.as_ref()));
        let line = Self { on: assigned.since.to_string(), event: "assign".to_owned(), state, title, ..Self::default() };
        line.with(assigned.note.as_ref(), &assigned.sources, Some(assigned.entry))
    }

    /// Returns the line of an entry that does not count, whose kind and date a conflict does not
    /// tell.
    fn conflicting(conflict: &Conflict) -> Self {
        let line = Self { state: CONFLICT, reason: phrases::conflict(conflict), ..Self::default() };
        line.with(None, &[], Some(conflict.entry))
    }

    fn retracted(entry: &RetractedEntry) -> Self {
        let RetractedEntry { recorded_at, recorded_by, retraction: by, .. } = entry;
        let line = Self {
            on: optional(entry.on),
            event: entry.kind.clone(),
            state: RETRACTED,
            title: retracted_event(entry),
            status: optional(entry.status.as_ref()),
            by: optional(entry.by.as_ref()),
            recorded_at: recorded_at.to_string(),
            recorded_by: recorded_by.to_string(),
            retracted_at: by.recorded_at.to_string(),
            retracted_by: by.recorded_by.to_string(),
            reason: by.reason.to_string(),
            retraction: Some(retraction(by)),
            ..Self::default()
        };
        line.with(entry.note.as_ref(), &entry.sources, Some(entry.entry))
    }
}

/// Returns a line for each event, in the order of their dates. Those without a date come last.
fn lines(standing: &Standing, all: bool) -> Vec<Line> {
    let events = events(standing, all).into_iter();
    let mut dated: Vec<(Day, Line)> = events.map(|(day, event)| (day, line(&event, standing))).collect();
    // The full history shows these at its head.
    let linked_from = || standing.linked_from.iter().flatten();
    dated.extend(linked_from().filter_map(|link| Some((link.on?.last_day(), Line::linked_from(link)))));
    let responsible = standing.responsible.iter().map(|body| (body, ""));
    let responsible = responsible.chain(standing.may_be_responsible.iter().map(|body| (body, POSSIBLE)));
    dated.extend(responsible.map(|(body, state)| (body.since.last_day(), Line::assigned(body, state))));
    dated.sort_by_key(|(day, _)| *day);
    let mut lines: Vec<Line> = dated.into_iter().map(|(_, line)| line).collect();
    let undated = standing.links.iter().filter(|link| link.on.is_none());
    lines.extend(undated.map(|link| {
        let line = Line { event: "link".to_owned(), title: linked(link), ..Line::default() };
        line.with(link.note.as_ref(), &link.sources, Some(link.entry))
    }));
    lines.extend(linked_from().filter(|link| link.on.is_none()).map(Line::linked_from));
    lines.extend(standing.repins.iter().map(|repin| {
        let line = Line {
            event: "repin".to_owned(),
            title: format!("Moved from {} to {}", repin.before, repin.after),
            recorded_at: repin.recorded_at.to_string(),
            recorded_by: repin.recorded_by.to_string(),
            reason: repin.reason.to_string(),
            ..Line::default()
        };
        line.with(None, &[], Some(repin.entry))
    }));
    lines.extend(standing.future.iter().map(|event| {
        let line = Line {
            on: event.on.to_string(),
            event: event.kind.to_string(),
            state: FUTURE,
            title: future_event(event),
            status: optional(event.status.as_ref()),
            by: optional(event.by.as_ref()),
            recorded_at: event.recorded_at.to_string(),
            recorded_by: event.recorded_by.to_string(),
            ..Line::default()
        };
        line.with(event.note.as_ref(), &event.sources, Some(event.entry))
    }));
    if all {
        lines.extend(standing.retracted.iter().filter(|entry| entry.on.is_none()).map(Line::retracted));
    }
    lines
}

fn line(event: &Event<'_>, standing: &Standing) -> Line {
    let line = Line { on: event.date(standing).to_string(), ..Line::default() };
    match event {
        Event::Made => Line { event: "register".to_owned(), title: "The commitment is made".to_owned(), ..line },
        Event::Step(step) => {
            let line = Line {
                event: "advance".to_owned(),
                state: if step.presumed { PRESUMED } else { "" },
                title: in_english(&step.title).to_owned(),
                status: step.status.to_string(),
                by: optional(step.by.as_ref()),
                clock: optional(step.clock.as_ref()),
                recorded_at: optional(step.recorded_at),
                recorded_by: optional(step.recorded_by.as_ref()),
                ..line
            };
            let mut line = line.with(step.note.as_ref(), &step.sources, step.entry);
            line.entries.extend(&step.further_entries);
            line
        }
        Event::Possible(step) => {
            let (title, status) = (in_english(&step.title).to_owned(), step.status.to_string());
            let clock = optional(step.clock.as_ref());
            Line { event: "advance".to_owned(), state: POSSIBLE, title, status, clock, ..line }.with(
                None,
                &[],
                step.entry,
            )
        }
        Event::Deposit(deposit) => {
            let title = phrases::deposit(deposit);
            let line = Line { event: "deposit".to_owned(), title, by: deposit.by.to_string(), ..line };
            line.with(deposit.note.as_ref(), &deposit.sources, Some(deposit.entry))
        }
        Event::Deadline(set) => {
            let title = format!("The deadline is set to {}", set.deadline);
            let state = if set.in_force { "" } else { NOT_IN_FORCE };
            let line = Line { event: "reschedule".to_owned(), state, title, ..line };
            line.with(set.note.as_ref(), &set.sources, Some(set.entry))
        }
        Event::Remark(remark) => {
            let line = Line { event: "remark".to_owned(), title: remark.title.to_string(), ..line };
            line.with(remark.note.as_ref(), &remark.sources, Some(remark.entry))
        }
        Event::Measurement(measured) => {
            let title = phrases::measured(measured, standing.target.as_ref());
            let line = Line { event: "measure".to_owned(), title, ..line };
            line.with(measured.note.as_ref(), &measured.sources, Some(measured.entry))
        }
        Event::Link(_, link) => {
            let line = Line { event: "link".to_owned(), title: linked(link), ..line };
            line.with(link.note.as_ref(), &link.sources, Some(link.entry))
        }
        Event::Retracted(_, entry) => Line::retracted(entry),
    }
}

/// Returns the events for programs, and then the entries that do not count.
pub(super) fn records(standing: &Standing, all: bool) -> Records {
    let mut records = Records::new(&[
        "on",
        "event",
        "state",
        "title",
        "status",
        "by",
        "clock",
        "note",
        "sources",
        "entries",
        "recorded_at",
        "recorded_by",
        "retracted_at",
        "retracted_by",
        "reason",
    ]);
    for line in lines(standing, all).into_iter().chain(standing.conflicts.iter().map(Line::conflicting)) {
        records.push(vec![
            line.on,
            line.event,
            line.state.to_owned(),
            line.title,
            line.status,
            line.by,
            line.clock,
            line.note,
            references(&line.sources),
            several(line.entries),
            line.recorded_at,
            line.recorded_by,
            line.retracted_at,
            line.retracted_by,
            line.reason,
        ]);
    }
    records
}

/// Writes the events for people.
pub(super) fn write_lines(standing: &Standing, all: bool, out: &mut Output<'_>) -> io::Result<()> {
    let lines = lines(standing, all);
    if !lines.is_empty() {
        out.blank()?;
    }
    for line in lines {
        let on = if line.on.is_empty() { "no date" } else { &line.on };
        let (style, text) = shown(&line);
        write_head(out, on, style, &text)?;
    }
    Ok(())
}

fn shown(line: &Line) -> (Option<Style>, String) {
    let named = line.by.is_empty() || line.event == "deposit" || line.title.ends_with(&line.by);
    let by = if named { String::new() } else { format!(" by {}", line.by) };
    let evidence = match line.sources.len() {
        0 => String::new(),
        number => format!(" ({})", count(number, "source", "sources")),
    };
    let title = format!("{}{by}", line.title);
    match (line.state, &line.retraction) {
        (_, Some(retraction)) => (Some(Style::Caution), format!("{title}; {retraction}")),
        (FUTURE, _) => (None, format!("recorded ahead: {title}{evidence}")),
        ("", _) => ((line.event == "advance").then_some(Style::Strong), format!("{title}{evidence}")),
        (state, _) => (Some(Style::Caution), format!("{title}, {}{evidence}", state.replace('-', " "))),
    }
}
