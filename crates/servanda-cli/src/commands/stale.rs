//! `servanda stale`: commitments to which nothing has happened for long.

use std::io;

use servanda::{Stale, Verdict, format, in_english};

use super::{answered, view};
use crate::Setting;
use crate::args::{Format, StaleArgs};
use crate::exit::{Exit, Failure};
use crate::page::{Ink, Page};
use crate::phrases::{ABSENT, PRESUMED, count, fitting, ink};
use crate::table::{self, Cell, Column};

pub(super) fn run(args: StaleArgs, setting: &Setting, page: &mut Page<'_>) -> Result<Exit, Failure> {
    let (view, when) = view(&args.ledger, &args.view, setting, page)?;
    let filter = args.filter.into();
    let stale = view.stale(args.days, &filter)?;
    if args.view.format == Format::Json {
        format::write_json(&stale, page.out())?;
        return answered(stale.len(), &filter, &view);
    }
    let how_many = count(stale.len(), "commitment", "commitments");
    let days = count(usize::try_from(args.days).unwrap_or(usize::MAX), "day", "days");
    page.paragraph(
        0,
        None,
        &format!("{when}: {how_many}{} without news for {days} or more", fitting(stale.len(), &filter)),
    )?;
    if !stale.is_empty() {
        page.blank()?;
        write_table(&stale, page)?;
    }
    write_notes(&stale, page)?;
    answered(stale.len(), &filter, &view)
}

fn write_table(stale: &[Stale], page: &mut Page<'_>) -> io::Result<()> {
    let columns = [
        Column::new("Commitment").heading(),
        Column::new("Title").heading_cut_to(24),
        Column::new("Last news"),
        Column::number("Days"),
        Column::new("Status").cut_to(16),
        Column::new("Verdict"),
    ];
    let rows: Vec<Vec<Cell>> = stale.iter().map(row).collect();
    if table::write(page, &columns, &rows)? {
        return Ok(());
    }
    for (index, stale) in stale.iter().enumerate() {
        if index > 0 {
            page.blank()?;
        }
        page.paragraph(0, Ink::Strong, stale.commitment.as_str())?;
        page.paragraph(2, Ink::Faint, stale.title.as_str())?;
        page.paragraph(2, None, &format!("last news {}, {} days ago", stale.last, stale.days))?;
        page.paragraph(2, None, &if stale.status.is_some() { status(stale) } else { "no status".to_owned() })?;
        if let Some(verdict) = stale.verdict {
            page.paragraph(2, ink(verdict), verdict.as_str())?;
        }
    }
    Ok(())
}

fn row(stale: &Stale) -> Vec<Cell> {
    vec![
        Cell::new(stale.commitment.as_str(), Ink::Strong),
        stale.title.as_str().into(),
        stale.last.to_string().into(),
        stale.days.to_string().into(),
        Cell::new(status(stale), stale.presumed.then_some(Ink::Caution)),
        Cell::new(stale.verdict.map_or(ABSENT, Verdict::as_str), stale.verdict.and_then(ink)),
    ]
}

fn status(stale: &Stale) -> String {
    let mark = if stale.presumed { format!("{PRESUMED} ") } else { String::new() };
    stale.status_title.as_ref().map_or_else(|| ABSENT.to_owned(), |title| format!("{mark}{}", in_english(title)))
}

/// Explains the marks and whatever is absent.
fn write_notes(stale: &[Stale], page: &mut Page<'_>) -> io::Result<()> {
    let presumed = stale.iter().any(|stale| stale.presumed);
    let mut notes: Vec<(&str, String)> = Vec::new();
    if presumed {
        notes.push((PRESUMED, "presumed: a clock has fired, and no entry confirms it, which is no news".to_owned()));
    }
    let unknown = stale.iter().filter_map(|stale| Some((stale, stale.reason.as_ref()?)));
    notes.extend(unknown.map(|(stale, reason)| (ABSENT, format!("{}: {reason}", stale.commitment))));
    if !notes.is_empty() {
        page.blank()?;
    }
    for (mark, text) in notes {
        let mark = page.paint(Ink::Caution, mark);
        page.hanging(&format!("{mark} "), 2, None, &text)?;
    }
    Ok(())
}
