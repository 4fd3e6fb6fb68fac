//! `servanda stale`: commitments without any recent event.

use std::io;

use servanda::{answers::Stale, format, procedure::in_english};

use super::{Load, finish, open_view};
use crate::Environment;
use crate::args::{Format, StaleArgs};
use crate::exit::{Exit, Failure};
use crate::output::{Output, Style};
use crate::phrases::{ABSENT, PRESUMED, count, judgement, matching, verdict_style};
use crate::table::{self, Cell, Column};

pub(super) fn run(args: StaleArgs, env: &Environment, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let (view, title) = open_view(Load::All, &args.ledger, &args.view, env, out)?;
    let filter = args.filter.into();
    let stale = view.stale(args.days, &filter)?;
    if args.view.format == Format::Json {
        format::write_json(&stale, out.writer())?;
        return finish(stale.len(), &filter, &view);
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
        write_table(&stale, out)?;
    }
    write_legend(&stale, out)?;
    finish(stale.len(), &filter, &view)
}

fn write_table(stale: &[Stale], out: &mut Output<'_>) -> io::Result<()> {
    let columns = [
        Column::heading("Commitment"),
        Column::heading("Title"),
        Column::text("Last event"),
        Column::number("Days"),
        Column::text("Status"),
        Column::text("Verdict"),
    ];
    table::write(out, &columns, stale.iter().map(row).collect())
}

fn row(stale: &Stale) -> Vec<Cell> {
    vec![
        Cell::new(stale.commitment.as_str(), Style::Strong),
        stale.title.as_str().into(),
        stale.last.to_string().into(),
        stale.days.to_string().into(),
        Cell::new(status(stale), stale.presumed.then_some(Style::Caution)),
        Cell::new(judgement(stale.verdict, stale.timeliness), verdict_style(stale.verdict, stale.timeliness)),
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
