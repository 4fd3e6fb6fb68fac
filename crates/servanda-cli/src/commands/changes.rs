//! `servanda changes`: what has changed since another day or another moment.

use std::fmt::Display;
use std::io;

use servanda::{AsOf, Change, Delta, Deposited, Linked, Registration, RunningClock, Shift, Step, format, in_english};

use super::{answered, view};
use crate::Setting;
use crate::args::{ChangesArgs, Format};
use crate::exit::{Exit, Failure};
use crate::page::{Ink, Page};
use crate::phrases::{ABSENT, count, fitting, ink};
use crate::text::padded;

pub(super) fn run(args: ChangesArgs, setting: &Setting, page: &mut Page<'_>) -> Result<Exit, Failure> {
    let (view, _) = view(&args.ledger, &args.view, setting, page)?;
    let mut before = view.clone();
    if let Some(day) = args.since.since {
        before = before.on(day);
    }
    if let Some(moment) = args.since.since_known_at {
        before = before.known_at(moment);
    }
    let filter = args.filter.into();
    let changes = view.changes_since(&before, &filter)?;
    if args.view.format == Format::Json {
        format::write_json(&changes, page.out())?;
        return answered(changes.commitments.len(), &filter, &view);
    }
    let how_many = count(changes.commitments.len(), "commitment", "commitments");
    let have = if changes.commitments.len() == 1 { "has" } else { "have" };
    let (from, to) = (as_of(changes.before), as_of(changes.after));
    page.paragraph(
        0,
        None,
        &format!("From {from} to {to}: {how_many}{} {have} changed", fitting(changes.commitments.len(), &filter)),
    )?;
    for change in &changes.commitments {
        page.blank()?;
        write_change(change, page)?;
    }
    answered(changes.commitments.len(), &filter, &view)
}

fn as_of(view: AsOf) -> String {
    let known = view.known_at.map_or_else(String::new, |moment| format!(" (as known at {moment})"));
    format!("{}{known}", view.on)
}

const INDENT: usize = 2;
/// What differs stands in a column of its own, after its name.
const MARGIN: usize = INDENT + 12;

fn write_change(change: &Change, page: &mut Page<'_>) -> io::Result<()> {
    page.paragraph(0, Ink::Strong, change.commitment.as_str())?;
    page.paragraph(0, Ink::Faint, change.title.as_str())?;
    if let Some(registered) = &change.registered {
        write_registered(registered, page)?;
    }
    write_shift(page, "Title", None, change.renamed.as_ref())?;
    write_option(page, "Status", None, change.status.as_ref())?;
    write_option(page, "Since", None, change.since.as_ref())?;
    let presumed = change.presumed.map(|shift| Shift { after: yes_no(shift.after), before: yes_no(shift.before) });
    write_shift(page, "Presumed", Some(Ink::Caution), presumed.as_ref())?;
    write_option(page, "Phase", None, change.phase.as_ref())?;
    let colour = change.verdict.and_then(|shift| ink(shift.after?));
    write_option(page, "Verdict", colour, change.verdict.as_ref())?;
    write_option(page, "Deadline", None, change.deadline.as_ref())?;
    let reason = change.reason.as_ref().and_then(|shift| shift.after.as_ref());
    if let Some(reason) = reason {
        write_named(page, "Reason", Some(Ink::Caution), reason)?;
    }
    let topics =
        change.topics.as_ref().map(|shift| Shift { after: joined(&shift.after), before: joined(&shift.before) });
    write_shift(page, "Topics", None, topics.as_ref())?;
    write_delta(page, "step", &change.steps, step)?;
    write_delta(page, "deposit", &change.deposits, deposit)?;
    write_delta(page, "deadline", &change.deadlines, |set| {
        let counts = if set.in_force { "" } else { ", which does not count" };
        format!("{} set to {}{counts}", set.set_on, set.deadline)
    })?;
    write_delta(page, "remark", &change.remarks, |remark| format!("{} {}", remark.on, remark.title))?;
    write_delta(page, "link", &change.links, link)?;
    write_delta(page, "clock", &change.clocks, clock)?;
    write_delta(page, "conflict", &change.conflicts, |conflict| {
        format!("{}: {}", conflict.reason.code(), conflict.reason)
    })
}

fn write_registered(registered: &Shift<Option<Registration>>, page: &mut Page<'_>) -> io::Result<()> {
    match (&registered.after, &registered.before) {
        (Some(now), before) => {
            let to = if now.to.is_empty() { String::new() } else { format!(" to {}", joined(&now.to)) };
            let how = if before.is_some() { "registered otherwise" } else { "registered" };
            let given = format!("{how}: “{}”, by {}{to} on {}", now.words.text, joined(&now.by), now.made);
            page.hanging("  + ", INDENT + 2, Ink::Good, &given)
        }
        (None, _) => page.hanging("  - ", INDENT + 2, Ink::Caution, "not registered any more"),
    }
}

fn joined(slugs: &[servanda::Slug]) -> String {
    slugs.iter().map(servanda::Slug::as_str).collect::<Vec<_>>().join(", ")
}

fn yes_no(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

fn write_named(page: &mut Page<'_>, name: &str, ink: Option<Ink>, text: &str) -> io::Result<()> {
    let name = page.paint(Ink::Faint, &padded(&format!("  {name}"), MARGIN));
    page.hanging(&name, MARGIN, ink, text)
}

fn write_shift(
    page: &mut Page<'_>,
    name: &str,
    ink: Option<Ink>,
    shift: Option<&Shift<impl Display>>,
) -> io::Result<()> {
    let text = |value: &dyn Display| Some(value.to_string()).filter(|text| !text.is_empty());
    let absent = |text: Option<String>| text.unwrap_or_else(|| ABSENT.to_owned());
    shift.map_or(Ok(()), |shift| {
        let (before, after) = (absent(text(&shift.before)), absent(text(&shift.after)));
        write_named(page, name, ink, &format!("{before} → {after}"))
    })
}

fn write_option(
    page: &mut Page<'_>,
    name: &str,
    ink: Option<Ink>,
    shift: Option<&Shift<Option<impl Display>>>,
) -> io::Result<()> {
    let text = |value: &Option<_>| value.as_ref().map_or_else(String::new, ToString::to_string);
    let shift = shift.map(|shift| Shift { after: text(&shift.after), before: text(&shift.before) });
    write_shift(page, name, ink, shift.as_ref())
}

/// What was added, with `+`; what reads otherwise now, with `~`; what is no longer there, with `-`.
fn write_delta<T>(page: &mut Page<'_>, kind: &str, delta: &Delta<T>, text: impl Fn(&T) -> String) -> io::Result<()> {
    let altered = delta.altered.iter().map(|shift| {
        let (before, after) = (text(&shift.before), text(&shift.after));
        // Where both look alike here, it is a note or sources that differ.
        let was = if before == after { "its note or its sources".to_owned() } else { format!("before: {before}") };
        ("~", Ink::Moving, format!("{after} ({was})"))
    });
    let added = delta.added.iter().map(|one| ("+", Ink::Good, text(one)));
    let removed = delta.removed.iter().map(|one| ("-", Ink::Caution, text(one)));
    for (mark, ink, text) in removed.chain(altered).chain(added) {
        let mark = page.paint(ink, mark);
        page.hanging(&format!("  {mark} "), INDENT + 2, None, &format!("{kind} {text}"))?;
    }
    Ok(())
}

fn step(step: &Step) -> String {
    let presumed = if step.presumed { ", presumed" } else { "" };
    let clock = step.clock.as_ref().map_or_else(String::new, |clock| format!(", by the clock {clock}"));
    format!("{} {} ({}){clock}{presumed}", step.on, in_english(&step.title), step.status)
}

fn deposit(deposit: &Deposited) -> String {
    let instrument = deposit.instrument.as_ref().map_or_else(String::new, |kind| format!(" of {kind}"));
    format!("{}{instrument} by {}", deposit.on, deposit.by)
}

fn link(link: &Linked) -> String {
    let on = link.on.map_or_else(String::new, |on| format!("{on} "));
    format!("{on}{} {}", link.relation, link.to)
}

fn clock(clock: &RunningClock) -> String {
    let due = clock.due.map_or_else(|| "on a day not known".to_owned(), |day| day.to_string());
    let presumed = if clock.presumed { ", presumed" } else { "" };
    format!("due {due}: {}, to {}{presumed}", in_english(&clock.title), clock.to)
}
