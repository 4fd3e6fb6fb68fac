//! `servanda status`: the standing of each commitment.

use std::io;

use servanda::{Filter, Standing, format, procedure::in_english};

use super::{Load, finish, open_view};
use crate::Environment;
use crate::args::{Format, StatusArgs};
use crate::exit::{Exit, Failure};
use crate::output::{Output, Style};
use crate::phrases::{ABSENT, POSSIBLY_LATER, PRESUMED, count, judgement, matching, may_have, verdict_style};
use crate::table::{self, Cell, Column};

pub(super) fn run(args: StatusArgs, env: &Environment, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let load = if args.commitments.is_empty() { Load::All } else { Load::OnDemand };
    let (view, title) = open_view(load, &args.ledger, &args.view, env, out)?;
    let filter = Filter::from(args.filter);
    let standings: Vec<Standing> = if args.commitments.is_empty() {
        let bar = out.progress_bar();
        view.standings_with(&filter, |progress| bar.report(progress))?
    } else {
        let standings = args.commitments.iter().map(|commitment| view.standing(commitment));
        let standings = standings.collect::<servanda::Result<Vec<_>>>()?;
        standings.into_iter().filter(|standing| filter.allows(standing)).collect()
    };
    if args.view.format == Format::Json {
        format::write_json(&standings, out.writer())?;
        return finish(standings.len(), &filter, &view);
    }
    let number = count(standings.len(), "commitment", "commitments");
    out.paragraph(0, None, &format!("{title}: {number}{}", matching(standings.len(), &filter)))?;
    if !standings.is_empty() {
        out.blank()?;
        write_table(&standings, out)?;
    }
    write_legend(&standings, out)?;
    finish(standings.len(), &filter, &view)
}

/// Marks a commitment with conflicts.
const CONFLICTS: &str = "!";

fn write_table(standings: &[Standing], out: &mut Output<'_>) -> io::Result<()> {
    let mut columns = vec![
        Column::heading("Commitment"),
        Column::heading("Title"),
        Column::text("Status"),
        Column::text("Since"),
        Column::text("Phase"),
        Column::text("Verdict"),
    ];
    if standings.iter().any(|standing| standing.deadline.is_some()) {
        columns.push(Column::text("Deadline"));
    }
    table::write(out, &columns, standings.iter().map(row).collect())
}

fn row(standing: &Standing) -> Vec<Cell> {
    vec![
        Cell::new(standing.commitment.as_str(), Style::Strong),
        standing.title.as_str().into(),
        Cell::new(status(standing), standing.presumed.then_some(Style::Caution)),
        since(standing).into(),
        standing.phase.map_or(ABSENT, |phase| phase.as_str()).into(),
        Cell::new(verdict(standing), verdict_style(standing.verdict, standing.timeliness)),
        standing.deadline.map_or_else(String::new, |deadline| deadline.to_string()).into(),
    ]
}

fn status(standing: &Standing) -> String {
    let mark = if standing.presumed { format!("{PRESUMED} ") } else { String::new() };
    let later = if standing.may_have.is_empty() { String::new() } else { format!(" {POSSIBLY_LATER}") };
    let named = |title| format!("{mark}{}{later}", in_english(title));
    standing.status_title.as_ref().map_or_else(|| ABSENT.to_owned(), named)
}

fn since(standing: &Standing) -> String {
    standing.since.map_or_else(|| ABSENT.to_owned(), |since| since.to_string())
}

fn verdict(standing: &Standing) -> String {
    let verdict = judgement(standing.verdict, standing.timeliness);
    let mark = if standing.conflicts.is_empty() { String::new() } else { format!(" {CONFLICTS}") };
    format!("{verdict}{mark}")
}

/// Explains the marks and the absent values.
fn write_legend(standings: &[Standing], out: &mut Output<'_>) -> io::Result<()> {
    let mut notes: Vec<(String, String)> = Vec::new();
    if standings.iter().any(|standing| standing.presumed) {
        let text = "presumed: a clock has fired, but no entry confirms it; the verdict is that of the last status that \
                    is not presumed";
        notes.push((PRESUMED.to_owned(), text.to_owned()));
    }
    for standing in standings {
        let possible = standing.may_have.iter().map(|step| format!("{}: {}", standing.commitment, may_have(step)));
        notes.extend(possible.map(|text| (POSSIBLY_LATER.to_owned(), text)));
    }
    let conflicting = standings.iter().filter(|standing| !standing.conflicts.is_empty());
    notes.extend(conflicting.map(|standing| {
        let number = count(standing.conflicts.len(), "conflict", "conflicts");
        let commitment = &standing.commitment;
        (CONFLICTS.to_owned(), format!("{commitment}: {number}; `servanda history` lists the entries and the reasons"))
    }));
    let unknown = standings.iter().filter_map(|standing| Some((standing, standing.reason.as_ref()?)));
    notes.extend(unknown.map(|(standing, reason)| {
        let missing = if standing.status.is_some() { "no verdict" } else { "no status" };
        (ABSENT.to_owned(), format!("{}, {missing}: {reason}", standing.commitment))
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
