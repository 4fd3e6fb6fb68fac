//! `servanda status`: where each commitment stood.

use std::io;

use servanda::{Filter, Standing, View, format, in_english};

use super::{answered, view, view_of_some};
use crate::Environment;
use crate::args::{Format, StatusArgs};
use crate::exit::{Exit, Failure};
use crate::output::{Output, Style};
use crate::phrases::{ABSENT, PRESUMED, count, fitting, verdict_style};
use crate::table::{self, Cell, Column};

pub(super) fn run(args: StatusArgs, env: &Environment, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let asked = if args.commitments.is_empty() { view } else { view_of_some };
    let (view, when) = asked(&args.ledger, &args.view, env, out)?;
    let filter = Filter::from(args.filter);
    let standings: Vec<Standing> = if args.commitments.is_empty() {
        let bar = out.progress_bar();
        view.standings_with(&filter, |progress| bar.report(progress))?
    } else {
        let named = args.commitments.iter().map(|commitment| view.standing(commitment));
        let named = named.collect::<servanda::Result<Vec<_>>>()?;
        named.into_iter().filter(|standing| filter.allows(standing)).collect()
    };
    if args.view.format == Format::Json {
        format::write_json(&standings, out.writer())?;
        return answered(standings.len(), &filter, &view);
    }
    let how_many = count(standings.len(), "commitment", "commitments");
    out.paragraph(0, None, &format!("{when}: {how_many}{}", fitting(standings.len(), &filter)))?;
    if !standings.is_empty() {
        out.blank()?;
        write_table(&standings, out)?;
    }
    write_marks(&standings, &view, out)?;
    answered(standings.len(), &filter, &view)
}

/// Says that entries do not fit.
const CONFLICTS: &str = "!";

fn write_table(standings: &[Standing], out: &mut Output<'_>) -> io::Result<()> {
    let mut columns = vec![
        Column::new("Commitment").heading(),
        Column::new("Title").heading_cut_to(24),
        Column::new("Status").cut_to(16),
        Column::new("Since"),
        Column::new("Phase"),
        Column::new("Verdict"),
    ];
    if standings.iter().any(|standing| standing.deadline.is_some()) {
        columns.push(Column::new("Deadline").optional());
    }
    let rows: Vec<Vec<Cell>> = standings.iter().map(row).collect();
    if table::write(out, &columns, &rows)? {
        return Ok(());
    }
    // Too narrow for a table: a few lines for each.
    for (index, standing) in standings.iter().enumerate() {
        if index > 0 {
            out.blank()?;
        }
        out.paragraph(0, Style::Strong, standing.commitment.as_str())?;
        out.paragraph(2, Style::Faint, standing.title.as_str())?;
        match standing.since {
            Some(since) => out.paragraph(2, None, &format!("{}, since {since}", status(standing)))?,
            None => out.paragraph(2, None, "no status")?,
        }
        let judged =
            [standing.phase.map(|phase| phase.as_str().to_owned()), standing.verdict.map(|_| verdict(standing))];
        let judged: Vec<String> = judged.into_iter().flatten().collect();
        if !judged.is_empty() {
            out.paragraph(2, standing.verdict.and_then(verdict_style), &judged.join(", "))?;
        }
        if let Some(deadline) = standing.deadline {
            out.paragraph(2, None, &format!("deadline {deadline}"))?;
        }
    }
    Ok(())
}

fn row(standing: &Standing) -> Vec<Cell> {
    vec![
        Cell::new(standing.commitment.as_str(), Style::Strong),
        standing.title.as_str().into(),
        Cell::new(status(standing), standing.presumed.then_some(Style::Caution)),
        since(standing).into(),
        standing.phase.map_or(ABSENT, |phase| phase.as_str()).into(),
        Cell::new(verdict(standing), standing.verdict.and_then(verdict_style)),
        standing.deadline.map_or_else(String::new, |deadline| deadline.to_string()).into(),
    ]
}

fn status(standing: &Standing) -> String {
    let mark = if standing.presumed { format!("{PRESUMED} ") } else { String::new() };
    standing.status_title.as_ref().map_or_else(|| ABSENT.to_owned(), |title| format!("{mark}{}", in_english(title)))
}

fn since(standing: &Standing) -> String {
    standing.since.map_or_else(|| ABSENT.to_owned(), |since| since.to_string())
}

fn verdict(standing: &Standing) -> String {
    let verdict = standing.verdict.map_or(ABSENT, |verdict| verdict.as_str());
    let mark = if standing.conflicts.is_empty() { String::new() } else { format!(" {CONFLICTS}") };
    format!("{verdict}{mark}")
}

/// Explains the marks and whatever is absent.
fn write_marks(standings: &[Standing], view: &View, out: &mut Output<'_>) -> Result<(), Failure> {
    let mut notes: Vec<(String, String)> = Vec::new();
    if standings.iter().any(|standing| standing.presumed) {
        let text = "presumed: a clock has fired, and no entry confirms it; the verdict is that of the last status that is \
                    not presumed";
        notes.push((PRESUMED.to_owned(), text.to_owned()));
    }
    let conflicts = view.conflicts()?.len();
    if conflicts > 0 {
        let entries = if conflicts == 1 { "1 entry does" } else { &format!("{conflicts} entries do") };
        let text = format!("{entries} not fit with the rest of this ledger; `servanda verify` says why");
        notes.push((CONFLICTS.to_owned(), text));
    }
    let unknown = standings.iter().filter_map(|standing| Some((standing, standing.reason.as_ref()?)));
    notes.extend(unknown.map(|(standing, reason)| {
        let absent = if standing.status.is_some() { "no verdict" } else { "no status" };
        (ABSENT.to_owned(), format!("{}, {absent}: {reason}", standing.commitment))
    }));
    if !notes.is_empty() {
        out.blank()?;
    }
    for (mark, text) in notes {
        let mark = out.styled(Style::Caution, &mark);
        out.hanging(&format!("{mark} "), 2, None, &text)?;
    }
    Ok(())
}
