//! `servanda stale`: commitments to which nothing has happened for long.

use std::io;

use servanda::{Stale, Verdict, format, in_english};

use super::{answered, view};
use crate::Environment;
use crate::args::{Format, StaleArgs};
use crate::exit::{Exit, Failure};
use crate::output::{Output, Style};
use crate::phrases::{ABSENT, PRESUMED, count, fitting, verdict_style};
use crate::table::{self, Cell, Column};

pub(super) fn run(args: StaleArgs, env: &Environment, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let (view, when) = view(&args.ledger, &args.view, env, out)?;
    let filter = args.filter.into();
    let stale = view.stale(args.days, &filter)?;
    if args.view.format == Format::Json {
        format::write_json(&stale, out.writer())?;
        return answered(stale.len(), &filter, &view);
    }
    let how_many = count(stale.len(), "commitment", "commitments");
    let days = count(usize::try_from(args.days).unwrap_or(usize::MAX), "day", "days");
    out.paragraph(
        0,
        None,
        &format!("{when}: {how_many}{} without news for {days} or more", fitting(stale.len(), &filter)),
    )?;
    if !stale.is_empty() {
        out.blank()?;
        write_table(&stale, out)?;
    }
    write_notes(&stale, out)?;
    answered(stale.len(), &filter, &view)
}

fn write_table(stale: &[Stale], out: &mut Output<'_>) -> io::Result<()> {
    let columns = [
        Column::new("Commitment").heading(),
        Column::new("Title").heading_cut_to(24),
        Column::new("Last news"),
        Column::number("Days"),
        Column::new("Status").cut_to(16),
        Column::new("Verdict"),
    ];
    let rows: Vec<Vec<Cell>> = stale.iter().map(row).collect();
    if table::write(out, &columns, &rows)? {
        return Ok(());
    }
    for (index, stale) in stale.iter().enumerate() {
        if index > 0 {
            out.blank()?;
        }
        out.paragraph(0, Style::Strong, stale.commitment.as_str())?;
        out.paragraph(2, Style::Faint, stale.title.as_str())?;
        out.paragraph(2, None, &format!("last news {}, {} days ago", stale.last, stale.days))?;
        out.paragraph(2, None, &if stale.status.is_some() { status(stale) } else { "no status".to_owned() })?;
        if let Some(verdict) = stale.verdict {
            out.paragraph(2, verdict_style(verdict), verdict.as_str())?;
        }
    }
    Ok(())
}

fn row(stale: &Stale) -> Vec<Cell> {
    vec![
        Cell::new(stale.commitment.as_str(), Style::Strong),
        stale.title.as_str().into(),
        stale.last.to_string().into(),
        stale.days.to_string().into(),
        Cell::new(status(stale), stale.presumed.then_some(Style::Caution)),
        Cell::new(stale.verdict.map_or(ABSENT, Verdict::as_str), stale.verdict.and_then(verdict_style)),
    ]
}

fn status(stale: &Stale) -> String {
    let mark = if stale.presumed { format!("{PRESUMED} ") } else { String::new() };
    stale.status_title.as_ref().map_or_else(|| ABSENT.to_owned(), |title| format!("{mark}{}", in_english(title)))
}

/// Explains the marks and whatever is absent.
fn write_notes(stale: &[Stale], out: &mut Output<'_>) -> io::Result<()> {
    let presumed = stale.iter().any(|stale| stale.presumed);
    let mut notes: Vec<(&str, String)> = Vec::new();
    if presumed {
        notes.push((PRESUMED, "presumed: a clock has fired, and no entry confirms it, which is no news".to_owned()));
    }
    let unknown = stale.iter().filter_map(|stale| Some((stale, stale.reason.as_ref()?)));
    notes.extend(unknown.map(|(stale, reason)| (ABSENT, format!("{}: {reason}", stale.commitment))));
    if !notes.is_empty() {
        out.blank()?;
    }
    for (mark, text) in notes {
        let mark = out.styled(Style::Caution, mark);
        out.hanging(&format!("{mark} "), 2, None, &text)?;
    }
    Ok(())
}
