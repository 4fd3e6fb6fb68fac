//! `servanda agenda`: the deadlines and clocks between two days.

use std::io;

use servanda::{
    Day,
    answers::{Agenda, AgendaItem, FutureEvent, RunningClock, Span, UnknownDay, Upcoming},
    format,
    procedure::in_english,
};

use super::{Load, finish, open_view};
use crate::Environment;
use crate::args::{AgendaArgs, Format};
use crate::exit::{Exit, Failure};
use crate::output::{Output, Style};
use crate::phrases::{PRESUMED, count, future_event, judgement, matching, verdict_style};
use crate::table::{self, Cell, Column};

/// The default number of days after the first.
const DEFAULT_DAYS: u32 = 30;

pub(super) fn run(args: AgendaArgs, env: &Environment, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let (view, title) = open_view(Load::All, &args.ledger, &args.view, env, out)?;
    let first = args.from.unwrap_or(view.day());
    let last = args.to.or_else(|| first.plus_days(DEFAULT_DAYS)).unwrap_or(first);
    if last < first {
        return Err(Failure::Usage(format!("the agenda would end on {last}, before it starts on {first}")));
    }
    let filter = args.filter.into();
    let agenda = view.agenda(Span { first, last }, &filter)?;
    if args.view.format == Format::Json {
        format::write_json(&agenda, out.writer())?;
        return finish(agenda.items.len() + agenda.future.len(), &filter, &view);
    }
    let number = agenda.items.len() + agenda.future.len();
    let dates = count(number, "date", "dates");
    let matching = matching(number, &filter);
    out.paragraph(0, None, &format!("{title}: {dates} from {first} to {last}{matching}"))?;
    if number > 0 {
        out.blank()?;
        write_table(&agenda, out)?;
    }
    write_unknown(&agenda.unknown, out)?;
    write_legend(&agenda, out)?;
    finish(number, &filter, &view)
}

fn write_table(agenda: &Agenda, out: &mut Output<'_>) -> io::Result<()> {
    let columns = [
        Column::text("Day"),
        Column::heading("Commitment"),
        Column::heading("Title"),
        Column::text("Event"),
        Column::text("Verdict"),
    ];
    let items = agenda.items.iter().map(|item| (item.day.first_day(), row(item)));
    let future = agenda.future.iter().map(|event| (event.on.first_day(), future_row(event)));
    let mut rows: Vec<(Day, Vec<Cell>)> = items.chain(future).collect();
    rows.sort_by_key(|(day, _)| *day);
    table::write(out, &columns, rows.into_iter().map(|(_, row)| row).collect())
}

/// Marks an event that is recorded for a later date.
const RECORDED: &str = "recorded:";

fn future_row(event: &FutureEvent) -> Vec<Cell> {
    vec![
        event.on.to_string().into(),
        Cell::new(event.commitment.as_str(), Style::Strong),
        event.title.as_str().into(),
        format!("{RECORDED} {}", future_event(event)).into(),
        "".into(),
    ]
}

fn row(item: &AgendaItem) -> Vec<Cell> {
    vec![
        item.day.to_string().into(),
        Cell::new(item.commitment.as_str(), Style::Strong),
        item.title.as_str().into(),
        Cell::new(event(item), is_presumed(item).then_some(Style::Caution)),
        Cell::new(judgement(item.verdict, item.timeliness), verdict_style(item.verdict, item.timeliness)),
    ]
}

fn is_presumed(item: &AgendaItem) -> bool {
    matches!(&item.what, Upcoming::Clock(clock) if clock.presumed)
}

fn event(item: &AgendaItem) -> String {
    match &item.what {
        Upcoming::Deadline(set) => format!("deadline {}", set.deadline),
        Upcoming::Clock(clock) => describe_clock(clock),
    }
}

fn describe_clock(clock: &RunningClock) -> String {
    let mark = if clock.presumed { format!("{PRESUMED} ") } else { String::new() };
    format!("{mark}{}: to {}", in_english(&clock.title), clock.to)
}

fn write_unknown(unknown: &[UnknownDay], out: &mut Output<'_>) -> io::Result<()> {
    if unknown.is_empty() {
        return Ok(());
    }
    out.blank()?;
    out.paragraph(0, Style::Strong, "On unknown days")?;
    for UnknownDay { clock, commitment, earliest, .. } in unknown {
        out.paragraph(2, Style::Strong, commitment.as_str())?;
        let what = format!("{}, on {earliest} or later", describe_clock(clock));
        out.paragraph(4, clock.presumed.then_some(Style::Caution), &what)?;
        if let Some(reason) = &clock.reason {
            out.paragraph(4, Style::Caution, reason)?;
        }
    }
    Ok(())
}

fn write_legend(agenda: &Agenda, out: &mut Output<'_>) -> io::Result<()> {
    let presumed = agenda.items.iter().any(is_presumed) || agenda.unknown.iter().any(|unknown| unknown.clock.presumed);
    if !presumed {
        return Ok(());
    }
    out.blank()?;
    let mark = out.styled(Style::Caution, PRESUMED);
    out.hanging(&format!("{mark} "), 2, None, "will be presumed until an entry confirms it")
}
