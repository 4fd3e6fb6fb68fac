//! `servanda changes`: the differences between two views.

mod records;

use std::fmt::Display;
use std::io;

use servanda::{
    answers::{
        AsOf, Change, Delta, Deposited, Linked, Measured, Naming, Registration, RetractedEntry, RunningClock,
        SetDeadline, Shift, Step, Timeliness,
    },
    format,
    procedure::in_english,
};

use super::{Load, finish, open_view};
use crate::Environment;
use crate::args::{ChangesArgs, Format};
use crate::exit::{Exit, Failure};
use crate::output::{Output, Style};
use crate::phrases::{
    ABSENT, assigned, conflict, count, matching, may_have, measured, named, repinned, retracted_event, retraction,
    timeliness, verdict_style,
};
use crate::records::yes_no;
use crate::text::padded;

pub(super) fn run(args: ChangesArgs, env: &Environment, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let (view, _) = open_view(Load::All, &args.ledger, &args.view, env, out)?;
    let env = &env.in_zone(args.view.zone.zone.as_ref());
    let zone = &env.zone;
    let mut before = view.clone();
    if let Some(day) = args.since.since {
        before = before.on(day.resolve(env.time.today()))?;
    }
    if let Some(moment) = args.since.since_known_at {
        before = before.known_at(moment.moment(env))?;
    }
    let filter = args.filter.into();
    let changes = view.changes_since(&before, &filter)?;
    match args.view.format {
        Format::Json => {
            format::write_json(&changes, out.writer())?;
            return finish(changes.commitments.len(), &filter, &view);
        }
        Format::Csv | Format::Tsv => {
            records::records(&changes.commitments).write(args.view.format, args.view.raw, out)?;
            return finish(changes.commitments.len(), &filter, &view);
        }
        Format::Table => {}
    }
    let number = count(changes.commitments.len(), "commitment", "commitments");
    let have = if changes.commitments.len() == 1 { "has" } else { "have" };
    let (from, mut to) = (as_of(changes.before), as_of(changes.after));
    if args.view.on.is_none() {
        to = format!("today, {to} ({zone})");
    }
    out.paragraph(
        0,
        None,
        &format!("From {from} to {to}: {number}{} {have} changed", matching(changes.commitments.len(), &filter)),
    )?;
    for change in &changes.commitments {
        out.blank()?;
        write_change(change, out)?;
    }
    finish(changes.commitments.len(), &filter, &view)
}

fn as_of(view: AsOf) -> String {
    let known = view.known_at.map_or_else(String::new, |moment| format!(" (as known at {moment})"));
    let published = view.as_published.map_or_else(String::new, |day| format!(" (as published by {day})"));
    format!("{}{known}{published}", view.on)
}

const INDENT: usize = 2;
/// The column of the values, after their names.
const MARGIN: usize = INDENT + 12;

fn write_change(change: &Change, out: &mut Output<'_>) -> io::Result<()> {
    out.paragraph(0, Style::Strong, change.commitment.as_str())?;
    out.paragraph(0, Style::Faint, change.title.as_str())?;
    if let Some(registered) = &change.registered {
        write_registered(registered, out)?;
    }
    write_shift(out, "Title", None, change.renamed.as_ref())?;
    if let Some(Shift { after, before }) = &change.named {
        let said = |of: &Option<Naming>| of.as_ref().map(named);
        write_option(out, "Also", None, Some(&Shift { after: said(after), before: said(before) }))?;
    }
    write_option(out, "Status", None, change.status.as_ref())?;
    write_option(out, "Since", None, change.since.as_ref())?;
    let presumed = change.presumed.map(|shift| Shift { after: yes_no(shift.after), before: yes_no(shift.before) });
    write_shift(out, "Presumed", Some(Style::Caution), presumed.as_ref())?;
    write_option(out, "Phase", None, change.phase.as_ref())?;
    let style = verdict_style(change.verdict.and_then(|shift| shift.after), None);
    write_option(out, "Verdict", style, change.verdict.as_ref())?;
    let words = |of: Option<Timeliness>| of.map(timeliness);
    let timeliness = change.timeliness.map(|shift| Shift { after: words(shift.after), before: words(shift.before) });
    let style = verdict_style(None, change.timeliness.and_then(|shift| shift.after));
    write_option(out, "Timeliness", style, timeliness.as_ref())?;
    write_option(out, "Deadline", None, change.deadline.as_ref())?;
    let reason = change.reason.as_ref().and_then(|shift| shift.after.as_ref());
    if let Some(reason) = reason {
        write_named(out, "Reason", Some(Style::Caution), reason)?;
    }
    let topics =
        change.topics.as_ref().map(|shift| Shift { after: joined(&shift.after), before: joined(&shift.before) });
    write_shift(out, "Topics", None, topics.as_ref())?;
    write_delta(out, "step", &change.steps, step)?;
    write_delta(out, "possible step", &change.may_have, may_have)?;
    write_delta(out, "deposit", &change.deposits, deposit)?;
    write_delta(out, "deadline", &change.deadlines, deadline)?;
    write_delta(out, "remark", &change.remarks, |remark| format!("{} {}", remark.on, remark.title))?;
    write_delta(out, "responsible", &change.responsible, assigned)?;
    write_delta(out, "perhaps responsible", &change.may_be_responsible, assigned)?;
    if let Some(Shift { after, before }) = &change.measurement {
        let said = |of: &Option<Measured>| of.as_ref().map(measurement);
        write_option(out, "Measured", None, Some(&Shift { after: said(after), before: said(before) }))?;
    }
    write_delta(out, "link", &change.links, link)?;
    write_delta(out, "clock", &change.clocks, clock)?;
    write_delta(out, "move", &change.repins, repinned)?;
    write_delta(out, "correction", &change.retracted, retracted)?;
    write_delta(out, "conflict", &change.conflicts, conflict)
}

fn write_registered(registered: &Shift<Option<Registration>>, out: &mut Output<'_>) -> io::Result<()> {
    match (&registered.after, &registered.before) {
        (Some(now), before) => {
            let verb = if before.is_some() { "registered differently" } else { "registered" };
            out.hanging("  + ", INDENT + 2, Style::Good, &format!("{verb}: {}", registration(now)))
        }
        (None, _) => out.hanging("  - ", INDENT + 2, Style::Caution, "no longer registered"),
    }
}

fn registration(of: &Registration) -> String {
    let to = if of.to.is_empty() { String::new() } else { format!(" to {}", joined(&of.to)) };
    let words = of.words.as_ref().map_or_else(String::new, |words| format!("“{}”, ", words.text));
    format!("{words}by {}{to} on {}", joined(&of.by), of.made)
}

fn joined(slugs: &[servanda::Slug]) -> String {
    slugs.iter().map(servanda::Slug::as_str).collect::<Vec<_>>().join(", ")
}

fn write_named(out: &mut Output<'_>, name: &str, style: Option<Style>, text: &str) -> io::Result<()> {
    let name = out.styled(Style::Faint, &padded(&format!("  {name}"), MARGIN));
    out.hanging(&name, MARGIN, style, text)
}

fn write_shift(
    out: &mut Output<'_>,
    name: &str,
    style: Option<Style>,
    shift: Option<&Shift<impl Display>>,
) -> io::Result<()> {
    let text = |value: &dyn Display| Some(value.to_string()).filter(|text| !text.is_empty());
    let absent = |text: Option<String>| text.unwrap_or_else(|| ABSENT.to_owned());
    shift.map_or(Ok(()), |shift| {
        let (before, after) = (absent(text(&shift.before)), absent(text(&shift.after)));
        write_named(out, name, style, &format!("{before} → {after}"))
    })
}

fn write_option(
    out: &mut Output<'_>,
    name: &str,
    style: Option<Style>,
    shift: Option<&Shift<Option<impl Display>>>,
) -> io::Result<()> {
    let text = |value: &Option<_>| value.as_ref().map_or_else(String::new, ToString::to_string);
    let shift = shift.map(|shift| Shift { after: text(&shift.after), before: text(&shift.before) });
    write_shift(out, name, style, shift.as_ref())
}

/// Writes removed elements with `-`, changed ones with `~`, and added ones with `+`.
fn write_delta<T>(out: &mut Output<'_>, kind: &str, delta: &Delta<T>, text: impl Fn(&T) -> String) -> io::Result<()> {
    let altered = delta.altered.iter().map(|shift| {
        let (before, after) = (text(&shift.before), text(&shift.after));
        // The text does not contain notes and sources, so it may be the same.
        let was = if before == after { "note or sources changed".to_owned() } else { format!("before: {before}") };
        ("~", Style::Active, format!("{after} ({was})"))
    });
    let added = delta.added.iter().map(|one| ("+", Style::Good, text(one)));
    let removed = delta.removed.iter().map(|one| ("-", Style::Caution, text(one)));
    for (mark, style, text) in removed.chain(altered).chain(added) {
        let mark = out.styled(style, mark);
        out.hanging(&format!("  {mark} "), INDENT + 2, None, &format!("{kind} {text}"))?;
    }
    Ok(())
}

fn step(step: &Step) -> String {
    let presumed = if step.presumed { ", presumed" } else { "" };
    let clock = step.clock.as_ref().map_or_else(String::new, |clock| format!(", by the clock {clock}"));
    format!("{} {} ({}){clock}{presumed}", step.on, in_english(&step.title), step.status)
}

/// Describes a correction: what was retracted, by whom, when and why.
fn retracted(entry: &RetractedEntry) -> String {
    let on = entry.on.map_or_else(String::new, |on| format!("{on} "));
    format!("{on}{}: {}", retracted_event(entry), retraction(&entry.retraction))
}

fn deadline(set: &SetDeadline) -> String {
    let counts = if set.in_force { "" } else { ", not in force" };
    format!("{} set to {}{counts}", set.set_on, set.deadline)
}

fn deposit(deposit: &Deposited) -> String {
    let instrument = deposit.instrument.as_ref().map_or_else(String::new, |kind| format!(" of {kind}"));
    format!("{}{instrument} by {}", deposit.on, deposit.by)
}

fn measurement(of: &Measured) -> String {
    format!("{} on {}", measured(of, None), of.on)
}

fn link(link: &Linked) -> String {
    let on = link.on.map_or_else(String::new, |on| format!("{on} "));
    format!("{on}{} {}", link.relation, link.to)
}

fn clock(clock: &RunningClock) -> String {
    let due = clock.due.map_or_else(|| "on an unknown day".to_owned(), |day| day.to_string());
    let presumed = if clock.presumed { ", presumed" } else { "" };
    format!("due {due}: {}, to {}{presumed}", in_english(&clock.title), clock.to)
}
