//! `servanda agenda`: what lies ahead.

use std::io;

use servanda::{Agenda, AgendaItem, RunningClock, Span, UnknownDay, Upcoming, Verdict, format, in_english};

use super::{answered, view};
use crate::Environment;
use crate::args::{AgendaArgs, Format};
use crate::exit::{Exit, Failure};
use crate::output::{Output, Style};
use crate::phrases::{ABSENT, PRESUMED, count, fitting, verdict_style};
use crate::table::{self, Cell, Column};

/// How many days an agenda covers beyond its first, if nothing else is asked for.
const AHEAD: u32 = 30;

pub(super) fn run(args: AgendaArgs, env: &Environment, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let (view, when) = view(&args.ledger, &args.view, env, out)?;
    let first = args.from.unwrap_or(view.day());
    let last = args.to.or_else(|| first.plus_days(AHEAD)).unwrap_or(first);
    if last < first {
        return Err(Failure::Usage(format!("the agenda would end on {last}, before it begins on {first}")));
    }
    let filter = args.filter.into();
    let agenda = view.agenda(Span { first, last }, &filter)?;
    if args.view.format == Format::Json {
        format::write_json(&agenda, out.writer())?;
        return answered(agenda.items.len(), &filter, &view);
    }
    let dates = count(agenda.items.len(), "date", "dates");
    let fitting = fitting(agenda.items.len(), &filter);
    out.paragraph(0, None, &format!("{when}: {dates} from {first} to {last}{fitting}"))?;
    if !agenda.items.is_empty() {
        out.blank()?;
        write_table(&agenda, out)?;
    }
    write_unknown(&agenda.unknown, out)?;
    write_mark(&agenda, out)?;
    answered(agenda.items.len(), &filter, &view)
}

fn write_table(agenda: &Agenda, out: &mut Output<'_>) -> io::Result<()> {
    let columns = [
        Column::new("Day"),
        Column::new("Commitment").heading(),
        Column::new("Title").heading_cut_to(24),
        Column::new("What").cut_to(40),
        Column::new("Verdict"),
    ];
    let rows: Vec<Vec<Cell>> = agenda.items.iter().map(row).collect();
    if table::write(out, &columns, &rows)? {
        return Ok(());
    }
    for (index, item) in agenda.items.iter().enumerate() {
        if index > 0 {
            out.blank()?;
        }
        out.hanging("", 2, Style::Strong, &format!("{}  {}", item.day, item.commitment))?;
        out.paragraph(2, Style::Faint, item.title.as_str())?;
        out.paragraph(2, is_presumed(item).then_some(Style::Caution), &what(item))?;
        if let Some(verdict) = item.verdict {
            out.paragraph(2, verdict_style(verdict), verdict.as_str())?;
        }
    }
    Ok(())
}

fn row(item: &AgendaItem) -> Vec<Cell> {
    vec![
        item.day.to_string().into(),
        Cell::new(item.commitment.as_str(), Style::Strong),
        item.title.as_str().into(),
        Cell::new(what(item), is_presumed(item).then_some(Style::Caution)),
        Cell::new(item.verdict.map_or(ABSENT, Verdict::as_str), item.verdict.and_then(verdict_style)),
    ]
}

fn is_presumed(item: &AgendaItem) -> bool {
    matches!(&item.what, Upcoming::Clock(clock) if clock.presumed)
}

fn what(item: &AgendaItem) -> String {
    match &item.what {
        Upcoming::Deadline(set) => format!("deadline {}", set.deadline),
        Upcoming::Clock(clock) => clock_in_words(clock),
    }
}

fn clock_in_words(clock: &RunningClock) -> String {
    let mark = if clock.presumed { format!("{PRESUMED} ") } else { String::new() };
    format!("{mark}{}: to {}", in_english(&clock.title), clock.to)
}

fn write_unknown(unknown: &[UnknownDay], out: &mut Output<'_>) -> io::Result<()> {
    if unknown.is_empty() {
        return Ok(());
    }
    out.blank()?;
    out.paragraph(0, Style::Strong, "On days that are not known")?;
    for UnknownDay { clock, commitment, earliest, .. } in unknown {
        out.paragraph(2, Style::Strong, commitment.as_str())?;
        let what = format!("{}, on {earliest} or later", clock_in_words(clock));
        out.paragraph(4, clock.presumed.then_some(Style::Caution), &what)?;
        if let Some(reason) = &clock.reason {
            out.paragraph(4, Style::Caution, reason)?;
        }
    }
    Ok(())
}

fn write_mark(agenda: &Agenda, out: &mut Output<'_>) -> io::Result<()> {
    let presumed = agenda.items.iter().any(is_presumed) || agenda.unknown.iter().any(|unknown| unknown.clock.presumed);
    if !presumed {
        return Ok(());
    }
    out.blank()?;
    let mark = out.styled(Style::Caution, PRESUMED);
    out.hanging(&format!("{mark} "), 2, None, "will be presumed, until an entry confirms it")
}
