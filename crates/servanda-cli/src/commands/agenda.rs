//! `servanda agenda`: what lies ahead.

use std::io;

use servanda::{Agenda, AgendaItem, RunningClock, Span, UnknownDay, Upcoming, Verdict, format, in_english};

use super::{answered, view};
use crate::Setting;
use crate::args::{AgendaArgs, Format};
use crate::exit::{Exit, Failure};
use crate::page::{Ink, Page};
use crate::phrases::{ABSENT, PRESUMED, count, fitting, ink};
use crate::table::{self, Cell, Column};

/// How many days an agenda covers beyond its first, if nothing else is asked for.
const AHEAD: u32 = 30;

pub(super) fn run(args: AgendaArgs, setting: &Setting, page: &mut Page<'_>) -> Result<Exit, Failure> {
    let (view, when) = view(&args.ledger, &args.view, setting, page)?;
    let first = args.from.unwrap_or(view.day());
    let last = args.to.or_else(|| first.plus_days(AHEAD)).unwrap_or(first);
    if last < first {
        return Err(Failure::Usage(format!("the agenda would end on {last}, before it begins on {first}")));
    }
    let filter = args.filter.into();
    let agenda = view.agenda(Span { first, last }, &filter)?;
    if args.view.format == Format::Json {
        format::write_json(&agenda, page.out())?;
        return answered(agenda.items.len(), &filter, &view);
    }
    let dates = count(agenda.items.len(), "date", "dates");
    let fitting = fitting(agenda.items.len(), &filter);
    page.paragraph(0, None, &format!("{when}: {dates} from {first} to {last}{fitting}"))?;
    if !agenda.items.is_empty() {
        page.blank()?;
        write_table(&agenda, page)?;
    }
    write_unknown(&agenda.unknown, page)?;
    write_mark(&agenda, page)?;
    answered(agenda.items.len(), &filter, &view)
}

fn write_table(agenda: &Agenda, page: &mut Page<'_>) -> io::Result<()> {
    let columns = [
        Column::new("Day"),
        Column::new("Commitment").heading(),
        Column::new("Title").heading_cut_to(24),
        Column::new("What").cut_to(40),
        Column::new("Verdict"),
    ];
    let rows: Vec<Vec<Cell>> = agenda.items.iter().map(row).collect();
    if table::write(page, &columns, &rows)? {
        return Ok(());
    }
    for (index, item) in agenda.items.iter().enumerate() {
        if index > 0 {
            page.blank()?;
        }
        page.hanging("", 2, Ink::Strong, &format!("{}  {}", item.day, item.commitment))?;
        page.paragraph(2, Ink::Faint, item.title.as_str())?;
        page.paragraph(2, is_presumed(item).then_some(Ink::Caution), &what(item))?;
        if let Some(verdict) = item.verdict {
            page.paragraph(2, ink(verdict), verdict.as_str())?;
        }
    }
    Ok(())
}

fn row(item: &AgendaItem) -> Vec<Cell> {
    vec![
        item.day.to_string().into(),
        Cell::new(item.commitment.as_str(), Ink::Strong),
        item.title.as_str().into(),
        Cell::new(what(item), is_presumed(item).then_some(Ink::Caution)),
        Cell::new(item.verdict.map_or(ABSENT, Verdict::as_str), item.verdict.and_then(ink)),
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

fn write_unknown(unknown: &[UnknownDay], page: &mut Page<'_>) -> io::Result<()> {
    if unknown.is_empty() {
        return Ok(());
    }
    page.blank()?;
    page.paragraph(0, Ink::Strong, "On days that are not known")?;
    for UnknownDay { clock, commitment, earliest, .. } in unknown {
        page.paragraph(2, Ink::Strong, commitment.as_str())?;
        let what = format!("{}, on {earliest} or later", clock_in_words(clock));
        page.paragraph(4, clock.presumed.then_some(Ink::Caution), &what)?;
        if let Some(reason) = &clock.reason {
            page.paragraph(4, Ink::Caution, reason)?;
        }
    }
    Ok(())
}

fn write_mark(agenda: &Agenda, page: &mut Page<'_>) -> io::Result<()> {
    let presumed = agenda.items.iter().any(is_presumed) || agenda.unknown.iter().any(|unknown| unknown.clock.presumed);
    if !presumed {
        return Ok(());
    }
    page.blank()?;
    let mark = page.paint(Ink::Caution, PRESUMED);
    page.hanging(&format!("{mark} "), 2, None, "will be presumed, until an entry confirms it")
}
