//! `servanda stale`: commitments without any recent event.

use std::io;

use servanda::{answers::Stale, format, procedure::in_english};

use super::{Load, finish, open_view};
use crate::Environment;
use crate::args::{Format, StaleArgs};
use crate::attention::{TITLE, tally, verdict_cell};
use crate::exit::{Exit, Failure};
use crate::output::{Output, Style};
use crate::phrases::{ABSENT, PRESUMED, count, matching};
use crate::records::{Records, optional, yes_no};
use crate::table::{self, Cell, Column};

pub(super) fn run(args: StaleArgs, env: &Environment, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let (view, title) = open_view(Load::All, &args.ledger, &args.view, env, out)?;
    let filter = args.filter.into();
    let stale = view.stale(args.days, &filter)?;
    match args.view.format {
        Format::Json => {
            format::write_json(&stale, out.writer())?;
            return finish(stale.len(), &filter, &view);
        }
        Format::Csv | Format::Tsv => {
            records(&stale).write(args.view.format, args.view.raw, out)?;
            return finish(stale.len(), &filter, &view);
        }
        Format::Table => {}
    }
    let number = count(stale.len(), "commitment", "commitments");
    let days = count(usize::try_from(args.days).unwrap_or(usize::MAX), "day", "days");
    out.paragraph(
        0,
        None,
        &format!("{title}: {number}{} without an event for {days} or more", matching(stale.len(), &filter)),
    )?;
    if !stale.is_empty() {
        out.blank()?;
        write_table(&stale, args.view.ids, out)?;
        out.blank()?;
        let verdicts = stale.iter().map(|stale| (stale.verdict, stale.timeliness));
        out.paragraph(0, Style::Strong, &tally(verdicts))?;
    }
    write_legend(&stale, out)?;
    finish(stale.len(), &filter, &view)
}

/// Returns the rows for programs.
fn records(stale: &[Stale]) -> Records {
    let mut records = Records::new(&[
        "commitment",
        "title",
        "last",
        "days",
        "status",
        "phase",
        "verdict",
        "timeliness",
        "presumed",
        "reason",
    ]);
    for stale in stale {
        records.push(vec![
            stale.commitment.to_string(),
            stale.title.to_string(),
            stale.last.to_string(),
            stale.days.to_string(),
            optional(stale.status.as_ref()),
            optional(stale.phase),
            optional(stale.verdict),
            optional(stale.timeliness),
            yes_no(stale.presumed),
            optional(stale.reason.as_ref()),
        ]);
    }
    records
}

fn write_table(stale: &[Stale], ids: bool, out: &mut Output<'_>) -> io::Result<()> {
    let columns = [
        Column::heading("Verdict"),
        Column::heading("Title"),
        Column::text("Last event"),
        Column::number("Days"),
        Column::text("Status"),
        Column::id("Commitment"),
    ];
    table::write(out, &columns, stale.iter().map(row).collect(), ids)
}

fn row(stale: &Stale) -> Vec<Cell> {
    vec![
        verdict_cell(stale.verdict, stale.timeliness, stale.phase, stale.reason.is_none()),
        Cell::new(stale.title.as_str(), TITLE),
        stale.last.to_string().into(),
        stale.days.to_string().into(),
        Cell::new(status(stale), stale.presumed.then_some(Style::Caution)),
        Cell::new(stale.commitment.as_str(), Style::Faint),
    ]
}

fn status(stale: &Stale) -> String {
    let mark = if stale.presumed { format!("{PRESUMED} ") } else { String::new() };
    stale.status_title.as_ref().map_or_else(|| ABSENT.to_owned(), |title| format!("{mark}{}", in_english(title)))
}

/// Explains the marks and the absent values.
fn write_legend(stale: &[Stale], out: &mut Output<'_>) -> io::Result<()> {
    let presumed = stale.iter().any(|stale| stale.presumed);
    let mut notes: Vec<(&str, String)> = Vec::new();
    if presumed {
        notes.push((
            PRESUMED,
            "presumed: a clock has fired, but no entry confirms it, so it is not an event".to_owned(),
        ));
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
