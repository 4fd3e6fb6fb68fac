//! `servanda next`: the possible next steps of one commitment.

use std::io;

use servanda::{
    Outlook, Slug, Standing,
    answers::{Asked, FutureEvent, NextStep, RunningClock},
    format,
    procedure::in_english,
};

use super::{Load, open_view};
use crate::Environment;
use crate::args::{Format, NextArgs};
use crate::exit::{Exit, Failure};
use crate::output::{Output, Style};
use crate::phrases;
use crate::records::{Records, optional, several, yes_no};
use crate::text::padded;

pub(super) fn run(args: &NextArgs, env: &Environment, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let (view, title) = open_view(Load::OnDemand, &args.ledger, &args.view, env, out)?;
    let outlook = match &args.to {
        Some(to) => view.outlook_of(&args.commitment, to)?,
        None => view.outlook(&args.commitment)?,
    };
    match args.view.format {
        Format::Json => format::write_json(&outlook, out.writer())?,
        Format::Csv | Format::Tsv => records(&outlook).write(args.view.format, args.view.raw, out)?,
        Format::Table => {
            write_heading(&view.standing(&args.commitment)?, &title, out)?;
            match &outlook.asked {
                Some(asked) => write_answer(asked, &outlook, out)?,
                None => {
                    write_outlook(&outlook, out)?;
                    write_future(&outlook.future, out)?;
                }
            }
        }
    }
    let refused = outlook.asked.is_some_and(|asked| asked.refused.is_some());
    Ok(if refused { Exit::Refused } else { Exit::Done })
}

/// Returns what can happen next, for programs: the clocks, the possible steps, and what is recorded
/// for later days. If the caller asked about one step, only that step, and why it is refused.
fn records(outlook: &Outlook) -> Records {
    let mut records = Records::new(&[
        "kind",
        "on",
        "to",
        "title",
        "sources",
        "taken_by",
        "presumed",
        "reopening",
        "basis",
        "refused",
        "reason",
    ]);
    let empty = String::new;
    let step = |to: &Slug, step: Option<&NextStep>, refused: String| {
        vec![
            "step".to_owned(),
            empty(),
            to.to_string(),
            step.map_or_else(empty, |step| in_english(&step.title).to_owned()),
            optional(step.map(|step| step.sources)),
            step.map_or_else(empty, |step| several(&step.taken_by)),
            empty(),
            step.map_or_else(empty, |step| yes_no(step.reopening)),
            optional(step.map(|step| &step.basis)),
            refused,
            empty(),
        ]
    };
    if let Some(asked) = &outlook.asked {
        let known = outlook.next.iter().find(|step| step.to == asked.to);
        records.push(step(&asked.to, known, optional(asked.refused.as_ref())));
        return records;
    }
    for clock in &outlook.clocks {
        let (title, presumed) = (in_english(&clock.title).to_owned(), yes_no(clock.presumed));
        let row = ["clock".to_owned(), optional(clock.due), clock.to.to_string(), title, empty(), empty(), presumed];
        records.push(
            [row.to_vec(), vec![empty(), clock.basis.to_string(), empty(), optional(clock.reason.as_ref())]].concat(),
        );
    }
    for next in &outlook.next {
        records.push(step(&next.to, Some(next), empty()));
    }
    for event in &outlook.future {
        let (to, title) = (optional(event.status.as_ref()), phrases::future_event(event));
        let row = ["recorded".to_owned(), event.on.to_string(), to, title];
        records.push([row.to_vec(), vec![String::new(); 7]].concat());
    }
    records
}

fn write_heading(standing: &Standing, title: &str, out: &mut Output<'_>) -> io::Result<()> {
    out.paragraph(0, Style::Strong, standing.commitment.as_str())?;
    out.paragraph(0, Style::Strong, standing.title.as_str())?;
    out.blank()?;
    out.paragraph(0, None, &format!("{title}: {}", phrases::standing(standing)))?;
    out.blank()
}

fn write_outlook(outlook: &Outlook, out: &mut Output<'_>) -> io::Result<()> {
    if outlook.clocks.is_empty() && outlook.next.is_empty() {
        return out.paragraph(0, None, "Nothing can happen next: no step is possible, and no clock is running.");
    }
    if !outlook.clocks.is_empty() {
        out.paragraph(0, Style::Strong, "Clocks")?;
    }
    for clock in &outlook.clocks {
        write_clock(clock, out)?;
        out.blank()?;
    }
    if outlook.next.is_empty() {
        return out.paragraph(0, None, "No step is possible.");
    }
    // The status is unknown if a clock may have fired. Then these steps may no longer be possible.
    let unless = if outlook.status.is_some() { "" } else { ", if no clock has fired" };
    out.paragraph(0, Style::Strong, &format!("Possible steps{unless}"))?;
    for (index, step) in outlook.next.iter().enumerate() {
        if index > 0 {
            out.blank()?;
        }
        write_step(step, out)?;
    }
    Ok(())
}

const INDENT: usize = 2;
/// The column after the due dates.
const MARGIN: usize = INDENT + 12;

fn write_clock(clock: &RunningClock, out: &mut Output<'_>) -> io::Result<()> {
    let due = clock.due.map_or_else(|| "unknown".to_owned(), |due| due.to_string());
    let text = format!("{}: moves to {}", in_english(&clock.title), clock.to);
    if due.len() < MARGIN - INDENT {
        out.hanging(&format!("  {}", padded(&due, MARGIN - INDENT)), MARGIN, None, &text)?;
    } else {
        out.line(&format!("  {due}"))?;
        out.paragraph(MARGIN, None, &text)?;
    }
    if let Some(reason) = &clock.reason {
        out.paragraph(MARGIN, Style::Caution, reason)?;
    }
    if clock.presumed {
        out.paragraph(MARGIN, Style::Caution, "presumed, until an entry confirms it")?;
    }
    out.paragraph(MARGIN, Style::Faint, &format!("clock {}; {}", clock.clock, clock.basis))
}

fn write_future(events: &[FutureEvent], out: &mut Output<'_>) -> io::Result<()> {
    if events.is_empty() {
        return Ok(());
    }
    out.blank()?;
    out.paragraph(0, Style::Strong, phrases::FUTURE)?;
    for event in events {
        let on = format!("  {}", padded(&event.on.to_string(), MARGIN - INDENT));
        out.hanging(&on, MARGIN, None, &phrases::future_event(event))?;
    }
    Ok(())
}

fn write_step(step: &NextStep, out: &mut Output<'_>) -> io::Result<()> {
    let to = out.styled(Style::Active, step.to.as_str());
    out.line(&format!("  {to} ({})", step.phase))?;
    out.paragraph(2 * INDENT, None, in_english(&step.title))?;
    let mut needs = Vec::new();
    if step.sources > 0 {
        needs.push(format!("needs {}", sources(step.sources)));
    }
    if !step.taken_by.is_empty() {
        let parties: Vec<&str> = step.taken_by.iter().map(|party| party.as_str()).collect();
        needs.push(format!("taken by {}", parties.join(" or ")));
    }
    if step.reopening {
        needs.push("reopens a final status".to_owned());
    }
    if !needs.is_empty() {
        out.paragraph(2 * INDENT, Style::Caution, &needs.join("; "))?;
    }
    out.paragraph(2 * INDENT, Style::Faint, step.basis.as_str())
}

fn sources(number: u32) -> String {
    if number == 1 { "1 source".to_owned() } else { format!("{number} sources") }
}

fn write_answer(asked: &Asked, outlook: &Outlook, out: &mut Output<'_>) -> io::Result<()> {
    let Some(refused) = &asked.refused else {
        out.paragraph(0, Style::Good, &format!("Yes: the step to {} is possible.", asked.to))?;
        let step = outlook.next.iter().find(|step| step.to == asked.to);
        return step.map_or(Ok(()), |step| {
            out.blank()?;
            write_step(step, out)
        });
    };
    // The step was tried without sources and a party, but the procedure requires them.
    let incomplete = matches!(refused.code(), "missing-sources" | "wrong-party");
    let answer = if incomplete { "Incomplete" } else { "No" };
    out.paragraph(0, Style::Caution, &format!("{answer}: {refused}"))?;
    let step = outlook.next.iter().find(|step| incomplete && step.to == asked.to);
    step.map_or(Ok(()), |step| {
        out.blank()?;
        write_step(step, out)
    })
}
