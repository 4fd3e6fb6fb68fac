//! Deadlines and days of clocks as iCalendar (RFC 5545).
//!
//! - The UID names the site, the commitment, and the deadline or the clock. It stays the same when
//!   the day changes, so that calendars move what they show.
//! - SEQUENCE counts the entries that can have changed what is shown. It rises with each, and never
//!   falls, because entries are only ever added.
//! - DTSTAMP is the moment of the latest entry about the commitment, and not that of publishing, so
//!   that the same ledger gives the same bytes.

use std::collections::HashMap;

use servanda::answers::Upcoming;
use servanda::facts::Define;
use servanda::value::Digest;
use servanda::{Date, Day, Entry, Fact, Moment};

use super::content_lines::ContentLines;
use super::{atom, has, inputs, namespace, say};
use crate::PublishError;
use crate::model::Row;
use crate::pages::{Channel, Context};
use crate::parallel::in_parallel;
use crate::text::plain;
use crate::write::SiteWriter;

/// An event of a calendar. It lasts whole days.
struct CalendarEvent {
    uid: String,
    sequence: usize,
    stamp: Moment,
    first: Day,
    last: Day,
    summary: String,
    description: String,
    page: Option<String>,
}

/// The lines of an event of a calendar.
pub(super) struct RenderedEvent<'m> {
    row: &'m Row,
    lines: ContentLines,
}

/// Returns the deadlines in force, passed or not, and the days of clocks that lie ahead, the earliest
/// first.
pub(super) fn events<'m>(context: &Context<'m>) -> Vec<RenderedEvent<'m>> {
    let model = context.model;
    let rules = model.ledger.entries().filter(|entry| is_rule(entry)).count();
    let mut events: Vec<(&Row, CalendarEvent)> =
        in_parallel(&model.rows, |rows| rows.iter().filter_map(|row| Some((row, deadline(context, row)?))).collect());
    let mut times: HashMap<String, usize> = HashMap::new();
    for item in &model.agenda.items {
        let (Upcoming::Clock(clock), Some(row)) = (&item.what, model.row(&item.commitment)) else { continue };
        let mut name = format!("clock {}", clock.clock);
        // A clock can fire again on a later day.
        let nth = times.entry(format!("{} {name}", row.id)).or_default();
        *nth += 1;
        if *nth > 1 {
            name = format!("{name} {nth}");
        }
        let title = plain(context.title(row).0);
        let mut event = event(context, row, &name, item.day);
        event.sequence = model.ledger.entries_about(row.id.as_str()).count().saturating_sub(1) + rules;
        event.summary = say::pair(context, &title, &context.plain_name(&clock.title));
        event.description = plain(clock.basis.as_str());
        events.push((row, event));
    }
    events.sort_by(|(_, one), (_, other)| (one.first, &one.uid).cmp(&(other.first, &other.uid)));
    events.into_iter().map(|(row, event)| RenderedEvent { row, lines: vevent(context, &event) }).collect()
}

fn deadline(context: &Context<'_>, row: &Row) -> Option<CalendarEvent> {
    let deadline = row.deadline?;
    // A month or a year ends on its last day. A range is one day that is not known.
    let date = deadline.date();
    let day = if date.to_string().starts_with('[') { date } else { date.last_day().into() };
    let shown = say::filled(context.words.t("front.deadline"), &[("deadline", &say::date(context, date))]);
    let mut event = event(context, row, "deadline", day);
    let changing = ["amend", "register", "repin", "reschedule", "retract"];
    let record = context.model.ledger.entries_about(row.id.as_str());
    event.sequence = record.filter(|entry| changing.contains(&entry.kind())).count().saturating_sub(1);
    event.summary = say::pair(context, context.words.t("agenda.deadline"), &plain(context.title(row).0));
    event.description = shown;
    Some(event)
}

/// Whether an entry defines something that can move the day of a clock.
fn is_rule(entry: &Entry) -> bool {
    entry.kind() == "define" && matches!(entry.fact(), Fact::Define(Define::Calendar(_) | Define::Procedure(_)))
}

/// An event without its words.
fn event(context: &Context<'_>, row: &Row, name: &str, date: Date) -> CalendarEvent {
    let newest = context.model.ledger.entries_about(row.id.as_str()).map(Entry::recorded_at).max();
    let key = format!("{}\n{}\n{name}", namespace(context), row.id);
    let uid = Digest::of(key.as_bytes()).to_string();
    let url = context.site.url.as_ref();
    CalendarEvent {
        uid: uid.replace("sha256:", ""),
        sequence: 0,
        stamp: newest.unwrap_or_else(|| Moment::start_of(context.model.day)),
        first: date.first_day(),
        last: date.last_day(),
        summary: String::new(),
        description: String::new(),
        page: url.map(|url| {
            let root = format!("{url}{}", context.folder);
            atom::address(&root, &Channel::Commitment(row.id.clone()).page())
        }),
    }
}

/// Makes the calendar of a channel, which is about these commitments.
pub(super) fn write<'m>(
    context: &Context<'_>,
    channel: &Channel,
    rows: &[&Row],
    events: impl FnOnce() -> &'m [RenderedEvent<'m>],
    out: &SiteWriter,
) -> Result<(), PublishError> {
    let path = format!("{}{}", context.folder, channel.calendar());
    let make = || Ok(calendar(context, channel, events()).as_str().as_bytes().to_vec());
    out.put_from(&path, &inputs(context, "calendar", rows), make)
}

fn calendar(context: &Context<'_>, channel: &Channel, events: &[RenderedEvent<'_>]) -> ContentLines {
    let mut lines = ContentLines::default();
    let name = match channel {
        Channel::All => context.words.t("follow.deadlines").to_owned(),
        channel => say::pair(context, context.words.t("follow.deadlines"), &channel.about(context)),
    };
    let name = format!("{name} · {}", context.site_name());
    lines.value("BEGIN", "VCALENDAR");
    lines.value("VERSION", "2.0");
    lines.text("PRODID", "-//Servanda//Servanda//EN");
    lines.text("NAME", &name);
    // Most programs know the older name of the property only.
    lines.text("X-WR-CALNAME", &name);
    lines.value("REFRESH-INTERVAL;VALUE=DURATION", "P1D");
    for event in events.iter().filter(|event| has(channel, event.row)) {
        lines.append(&event.lines);
    }
    lines.value("END", "VCALENDAR");
    lines
}

fn vevent(context: &Context<'_>, event: &CalendarEvent) -> ContentLines {
    let mut lines = ContentLines::default();
    let language = context.language.code();
    lines.value("BEGIN", "VEVENT");
    lines.text("UID", &event.uid);
    lines.value("DTSTAMP", &stamp(event.stamp));
    lines.value("SEQUENCE", &event.sequence.to_string());
    lines.value("DTSTART;VALUE=DATE", &digits(event.first));
    // The end is the day after the last one. Without it, an event lasts one day.
    if let Some(after) = event.last.plus_days(1).filter(|_| event.first < event.last) {
        lines.value("DTEND;VALUE=DATE", &digits(after));
    }
    lines.text(&format!("SUMMARY;LANGUAGE={language}"), &event.summary);
    lines.text(&format!("DESCRIPTION;LANGUAGE={language}"), &event.description);
    if let Some(page) = &event.page {
        lines.value("URL", page);
    }
    lines.value("TRANSP", "TRANSPARENT");
    lines.value("END", "VEVENT");
    lines
}

/// A day as `20130228`.
fn digits(day: Day) -> String {
    day.to_string().replace('-', "")
}

/// A moment as `20130119T090000Z`.
fn stamp(moment: Moment) -> String {
    let written = moment.to_string().replace(['-', ':'], "");
    format!("{}Z", written.split('.').next().unwrap_or_default().trim_end_matches('Z'))
}
