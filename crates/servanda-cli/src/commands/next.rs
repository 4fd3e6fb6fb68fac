//! `servanda next`: what can happen next to one commitment.

use std::io;

use servanda::{Asked, NextStep, Outlook, RunningClock, Standing, format, in_english};

use super::view_of_some;
use crate::Setting;
use crate::args::{Format, NextArgs};
use crate::exit::{Exit, Failure};
use crate::page::{Ink, Page};
use crate::phrases;
use crate::text::padded;

pub(super) fn run(args: &NextArgs, setting: &Setting, page: &mut Page<'_>) -> Result<Exit, Failure> {
    let (view, when) = view_of_some(&args.ledger, &args.view, setting, page)?;
    let standing = view.standing(&args.commitment)?;
    let asked = match &args.to {
        Some(to) => Some(Asked { refused: view.why_not(&args.commitment, to)?, to: to.clone() }),
        None => None,
    };
    let refused = asked.as_ref().is_some_and(|asked| asked.refused.is_some());
    if args.view.format == Format::Json {
        format::write_json(&Outlook { asked, ..Outlook::from(standing) }, page.out())?;
    } else {
        write_heading(&standing, &when, page)?;
        match &asked {
            Some(asked) => write_answer(asked, &standing, page)?,
            None => write_outlook(&standing, page)?,
        }
    }
    Ok(if refused { Exit::Refused } else { Exit::Done })
}

fn write_heading(standing: &Standing, when: &str, page: &mut Page<'_>) -> io::Result<()> {
    page.paragraph(0, Ink::Strong, standing.commitment.as_str())?;
    page.paragraph(0, Ink::Strong, standing.title.as_str())?;
    page.blank()?;
    page.paragraph(0, None, &format!("{when}: {}", phrases::standing(standing)))?;
    page.blank()
}

fn write_outlook(standing: &Standing, page: &mut Page<'_>) -> io::Result<()> {
    if standing.clocks.is_empty() && standing.next.is_empty() {
        return page.paragraph(0, None, "Nothing can happen from here: no step leads on, and no clock runs.");
    }
    if !standing.clocks.is_empty() {
        page.paragraph(0, Ink::Strong, "By itself")?;
    }
    for clock in &standing.clocks {
        write_clock(clock, page)?;
        page.blank()?;
    }
    if standing.next.is_empty() {
        return page.paragraph(0, None, "No step leads on from here.");
    }
    // Where a clock may have fired nobody knows whether these steps are still open.
    let unless = if standing.status.is_some() { "" } else { ", if no clock has fired" };
    page.paragraph(0, Ink::Strong, &format!("Steps that can be taken{unless}"))?;
    for (index, step) in standing.next.iter().enumerate() {
        if index > 0 {
            page.blank()?;
        }
        write_step(step, page)?;
    }
    Ok(())
}

const INDENT: usize = 2;
/// Days stand in a column of their own.
const MARGIN: usize = INDENT + 12;

fn write_clock(clock: &RunningClock, page: &mut Page<'_>) -> io::Result<()> {
    let due = clock.due.map_or_else(|| "unknown".to_owned(), |due| due.to_string());
    let due = format!("  {}", padded(&due, MARGIN - INDENT));
    page.hanging(&due, MARGIN, None, &format!("{}: goes to {}", in_english(&clock.title), clock.to))?;
    if let Some(reason) = &clock.reason {
        page.paragraph(MARGIN, Ink::Caution, reason)?;
    }
    if clock.presumed {
        page.paragraph(MARGIN, Ink::Caution, "presumed, until an entry confirms it")?;
    }
    page.paragraph(MARGIN, Ink::Faint, &format!("clock {}; {}", clock.clock, clock.basis))
}

fn write_step(step: &NextStep, page: &mut Page<'_>) -> io::Result<()> {
    let to = page.paint(Ink::Moving, step.to.as_str());
    page.line(&format!("  {to} ({})", step.phase))?;
    page.paragraph(2 * INDENT, None, in_english(&step.title))?;
    let mut needs = Vec::new();
    if step.sources > 0 {
        needs.push(format!("needs {}", sources(step.sources)));
    }
    if !step.taken_by.is_empty() {
        let parties: Vec<&str> = step.taken_by.iter().map(|party| party.as_str()).collect();
        needs.push(format!("taken by {}", parties.join(" or ")));
    }
    if step.reopening {
        needs.push("reopens what is final".to_owned());
    }
    if !needs.is_empty() {
        page.paragraph(2 * INDENT, Ink::Caution, &needs.join("; "))?;
    }
    page.paragraph(2 * INDENT, Ink::Faint, step.basis.as_str())
}

fn sources(number: u32) -> String {
    if number == 1 { "1 source".to_owned() } else { format!("{number} sources") }
}

fn write_answer(asked: &Asked, standing: &Standing, page: &mut Page<'_>) -> io::Result<()> {
    let Some(refused) = &asked.refused else {
        page.paragraph(0, Ink::Good, &format!("Yes: the step to {} could be taken.", asked.to))?;
        let step = standing.next.iter().find(|step| step.to == asked.to);
        return step.map_or(Ok(()), |step| {
            page.blank()?;
            write_step(step, page)
        });
    };
    // The procedure has the step, and asks for more than the bare step that was tried.
    let lacking = matches!(refused.code(), "missing-sources" | "wrong-party");
    let answer = if lacking { "Not as it stands" } else { "No" };
    page.paragraph(0, Ink::Caution, &format!("{answer}: {refused}"))?;
    let step = standing.next.iter().find(|step| lacking && step.to == asked.to);
    step.map_or(Ok(()), |step| {
        page.blank()?;
        write_step(step, page)
    })
}
