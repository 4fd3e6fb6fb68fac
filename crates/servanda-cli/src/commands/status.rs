//! `servanda status`: the standing of each commitment.

use std::io;

use servanda::{Date, Filter, Standing, format, procedure::in_english};

use super::{Load, finish, open_view};
use crate::Environment;
use crate::args::{Format, SortArgs, SortKey, StatusArgs, ViewArgs};
use crate::attention::{self, Placed, tally, verdict_cell};
use crate::exit::{Exit, Failure};
use crate::output::{Output, Style};
use crate::phrases::{ABSENT, POSSIBLY_LATER, PRESUMED, count, matching, may_have};
use crate::records::{Records, optional, several, yes_no};
use crate::table::{self, Cell, Column};

pub(super) fn run(args: StatusArgs, env: &Environment, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let load = if args.commitments.is_empty() { Load::All } else { Load::OnDemand };
    let (view, title) = open_view(load, &args.ledger, &args.view, env, out)?;
    let filter = Filter::from(args.filter);
    let standings: Vec<Standing> = if args.commitments.is_empty() {
        let bar = out.progress_bar();
        view.standings_with(&filter, |progress| bar.report(progress))?
    } else {
        let standings = args.commitments.iter().map(|name| view.standing_with_links(view.resolve(name)?));
        let standings = standings.collect::<servanda::Result<Vec<_>>>()?;
        standings.into_iter().filter(|standing| filter.allows(standing)).collect()
    };
    let rows = sorted(standings, &args.sort, args.view.format);
    let number = rows.len();
    write(rows, &title, &filter, &args.view, out)?;
    finish(number, &filter, &view)
}

/// Writes standings in the format of the arguments.
pub(super) fn write(
    rows: Vec<Placed>,
    title: &str,
    filter: &Filter,
    args: &ViewArgs,
    out: &mut Output<'_>,
) -> Result<(), Failure> {
    match args.format {
        Format::Json => {
            let standings: Vec<Standing> = rows.into_iter().map(|(standing, _)| standing).collect();
            format::write_json(&standings, out.writer())?;
        }
        Format::Csv | Format::Tsv => records(&rows).write(args.format, args.raw, out)?,
        Format::Table => {
            let number = count(rows.len(), "commitment", "commitments");
            out.paragraph(0, None, &format!("{title}: {number}{}", matching(rows.len(), filter)))?;
            if !rows.is_empty() {
                out.blank()?;
                write_table(&rows, args.ids, out)?;
                out.blank()?;
                let verdicts = rows.iter().map(|(standing, _)| (standing.verdict, standing.timeliness));
                out.paragraph(0, Style::Strong, &tally(verdicts))?;
            }
            write_legend(&rows, out)?;
        }
    }
    Ok(())
}

/// Sorts the standings. Without a key, a table begins with what needs attention.
fn sorted(mut standings: Vec<Standing>, args: &SortArgs, format: Format) -> Vec<Placed> {
    let first = |date: Option<Date>| date.map(|date| (date.first_day(), date.last_day()));
    let verdict = |standing: &Standing| standing.verdict.map_or("~", |verdict| verdict.as_str());
    let default = if format == Format::Table { SortKey::Attention } else { SortKey::Id };
    match args.sort.unwrap_or(default) {
        SortKey::Attention => {
            let mut rows = attention::by_attention(standings);
            if args.reverse {
                rows.reverse();
                // Parts are only indented below their whole.
                rows.iter_mut().for_each(|(_, depth)| *depth = 0);
            }
            return rows;
        }
        SortKey::Id => standings.sort_by(|one, other| one.commitment.cmp(&other.commitment)),
        SortKey::Title => standings.sort_by(|one, other| one.title.as_str().cmp(other.title.as_str())),
        SortKey::Since => standings.sort_by_key(|standing| std::cmp::Reverse(first(standing.since))),
        SortKey::Deadline => standings.sort_by_key(|standing| {
            let deadline = standing.deadline.map(|deadline| deadline.date().last_day());
            (deadline.is_none(), deadline)
        }),
        SortKey::Verdict => standings.sort_by(|one, other| verdict(one).cmp(verdict(other))),
    }
    if args.reverse {
        standings.reverse();
    }
    standings.into_iter().map(|standing| (standing, 0)).collect()
}

/// Returns the standings for programs.
fn records(rows: &[Placed]) -> Records {
    let mut records = Records::new(&[
        "commitment",
        "title",
        "status",
        "since",
        "phase",
        "verdict",
        "timeliness",
        "deadline",
        "presumed",
        "by",
        "to",
        "obligation",
        "procedure",
        "part_of",
        "topics",
        "conflicts",
        "corrections",
        "reason",
    ]);
    for (standing, _) in rows {
        records.push(vec![
            standing.commitment.to_string(),
            standing.title.to_string(),
            optional(standing.status.as_ref()),
            optional(standing.since),
            optional(standing.phase),
            optional(standing.verdict),
            optional(standing.timeliness),
            optional(standing.deadline),
            yes_no(standing.presumed),
            several(&standing.by),
            several(&standing.to),
            optional(standing.obligation),
            standing.procedure.to_string(),
            optional(standing.part_of.as_ref()),
            several(&standing.topics),
            standing.conflicts.len().to_string(),
            standing.corrections.to_string(),
            optional(standing.reason.as_ref()),
        ]);
    }
    records
}

/// Marks a commitment with conflicts.
const CONFLICTS: &str = "!";

fn write_table(rows: &[Placed], ids: bool, out: &mut Output<'_>) -> io::Result<()> {
    let mut columns =
        vec![Column::heading("Verdict"), Column::heading("Title"), Column::text("Status"), Column::text("Since")];
    let deadlines = rows.iter().any(|(standing, _)| standing.deadline.is_some());
    if deadlines {
        columns.push(Column::text("Deadline"));
    }
    columns.push(Column::id("Commitment"));
    let rows = rows.iter().map(|(standing, depth)| {
        let mut row = row(standing, *depth);
        if deadlines {
            row.push(standing.deadline.map_or_else(String::new, |deadline| deadline.to_string()).into());
        }
        row.push(Cell::new(standing.commitment.as_str(), Style::Faint));
        row
    });
    table::write(out, &columns, rows.collect(), ids)
}

fn row(standing: &Standing, depth: usize) -> Vec<Cell> {
    let known = standing.obligation.is_none();
    let verdict = verdict_cell(standing.verdict, standing.timeliness, standing.phase, known);
    let conflicts = if standing.conflicts.is_empty() { String::new() } else { format!(" {CONFLICTS}") };
    vec![
        verdict.followed_by(&conflicts),
        Cell::new(format!("{}{}", "  ".repeat(depth.min(8)), standing.title), attention::TITLE),
        Cell::new(status(standing), standing.presumed.then_some(Style::Caution)),
        since(standing).into(),
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

/// Explains the marks and the absent values.
fn write_legend(rows: &[Placed], out: &mut Output<'_>) -> io::Result<()> {
    let standings = || rows.iter().map(|(standing, _)| standing);
    let mut notes: Vec<(String, String)> = Vec::new();
    if standings().any(|standing| standing.presumed) {
        let text = "presumed: a clock has fired, but no entry confirms it; the verdict is that of the last status that \
                    is not presumed";
        notes.push((PRESUMED.to_owned(), text.to_owned()));
    }
    for standing in standings() {
        let possible = standing.may_have.iter().map(|step| format!("{}: {}", standing.commitment, may_have(step)));
        notes.extend(possible.map(|text| (POSSIBLY_LATER.to_owned(), text)));
    }
    let conflicting = standings().filter(|standing| !standing.conflicts.is_empty());
    notes.extend(conflicting.map(|standing| {
        let number = count(standing.conflicts.len(), "conflict", "conflicts");
        let commitment = &standing.commitment;
        (CONFLICTS.to_owned(), format!("{commitment}: {number}; `servanda history` lists the entries and the reasons"))
    }));
    let unknown = standings().filter_map(|standing| Some((standing, standing.reason.as_ref()?)));
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
