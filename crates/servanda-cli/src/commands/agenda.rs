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
use crate::attention::{TITLE, verdict_cell};
use crate::exit::{Exit, Failure};
use crate::output::{Output, Style};
use crate::phrases::{PRESUMED, count, future_event, matching};
use crate::records::{Records, optional, yes_no};
use crate::table::{self, Cell, Column};

/// The default number of days after the first.
const DEFAULT_DAYS: u32 = 30;

pub(super) fn run(args: AgendaArgs, env: &Environment, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let (view, title) = open_view(Load::All, &args.ledger, &args.view, env, out)?;
    let today = env.in_zone(args.view.zone.zone.as_ref()).time.today();
    let first = args.from.map_or(view.day(), |from| from.resolve(today));
    let last = args.to.map(|to| to.resolve(today)).or_else(|| first.plus_days(DEFAULT_DAYS)).unwrap_or(first);
    if last < first {
        return Err(Failure::Usage(format!("the agenda would end on {last}, before it starts on {first}")));
    }
    let filter = args.filter.into();
    let agenda = view.agenda(Span { first, last }, &filter)?;
    let number = agenda.items.len() + agenda.future.len();
    match args.view.format {
        Format::Json => {
            format::write_json(&agenda, out.writer())?;
            return finish(number, &filter, &view);
        }
        Format::Csv | Format::Tsv => {
            records(&agenda).write(args.view.format, args.view.raw, out)?;
            return finish(number, &filter, &view);
        }
        Format::Table => {}
    }
    let dates = count(number, "date", "dates");
    let matching = matching(number, &filter);
    out.paragraph(0, None, &format!("{title}: {dates} from {first} to {last}{matching}"))?;
    if number > 0 {
        out.blank()?;
        write_table(&agenda, args.view.ids, out)?;
    }
    write_unknown(&agenda.unknown, out)?;
    write_legend(&agenda, out)?;
    finish(number, &filter, &view)
}

/// Returns the dates for programs, those on unknown days last.
fn records(agenda: &Agenda) -> Records {
    let mut records = Records::new(&[
        "day",
        "commitment",
        "title",
        "kind",
        "event",
        "presumed",
        "verdict",
        "timeliness",
        "earliest",
        "reason",
    ]);
    let items = agenda.items.iter().map(|item| {
        let kind = match &item.what {
            Upcoming::Deadline(_) => "deadline",
            Upcoming::Clock(_) => "clock",
        };
        let row = vec![
            item.day.to_string(),
            item.commitment.to_string(),
            item.title.to_string(),
            kind.to_owned(),
            event(item),
            yes_no(is_presumed(item)),
            optional(item.verdict),
            optional(item.timeliness),
            String::new(),
            String::new(),
        ];
        (item.day.first_day(), row)
    });
    let future = agenda.future.iter().map(|event| {
        let (commitment, title) = (event.commitment.to_string(), event.title.to_string());
        let row = vec![event.on.to_string(), commitment, title, "recorded".to_owned(), future_event(event)];
        (event.on.first_day(), [row, vec![String::new(); 5]].concat())
    });
    let mut rows: Vec<(Day, Vec<String>)> = items.chain(future).collect();
    rows.sort_by_key(|(day, _)| *day);
    rows.into_iter().for_each(|(_, row)| records.push(row));
    for UnknownDay { clock, commitment, earliest, timeliness, title, verdict, .. } in &agenda.unknown {
        records.push(vec![
            String::new(),
            commitment.to_string(),
            title.to_string(),
            "clock".to_owned(),
            clock_event(clock),
            yes_no(clock.presumed),
            optional(*verdict),
            optional(*timeliness),
            earliest.to_string(),
            optional(clock.reason.as_ref()),
        ]);
    }
    records
}

fn write_table(agenda: &Agenda, ids: bool, out: &mut Output<'_>) -> io::Result<()> {
    let columns = [
        Column::text("Day"),
        Column::heading("Title"),
        Column::text("Event"),
        Column::text("Verdict"),
        Column::id("Commitment"),
    ];
    let items = agenda.items.iter().map(|item| (item.day.first_day(), row(item)));
    let future = agenda.future.iter().map(|event| (event.on.first_day(), future_row(event)));
    let mut rows: Vec<(Day, Vec<Cell>)> = items.chain(future).collect();
    rows.sort_by_key(|(day, _)| *day);
    table::write(out, &columns, rows.into_iter().map(|(_, row)| row).collect(), ids)
}

/// Marks an event that is recorded for a later date.
const RECORDED: &str = "recorded:";

fn future_row(event: &FutureEvent) -> Vec<Cell> {
    vec![
        event.on.to_string().into(),
        Cell::new(event.title.as_str(), TITLE),
        format!("{RECORDED} {}", future_event(event)).into(),
        "".into(),
        Cell::new(event.commitment.as_str(), Style::Faint),
    ]
}

fn row(item: &AgendaItem) -> Vec<Cell> {
    vec![
        item.day.to_string().into(),
        Cell::new(item.title.as_str(), TITLE),
        Cell::new(marked(event(item), is_presumed(item)), is_presumed(item).then_some(Style::Caution)),
        verdict_cell(item.verdict, item.timeliness, item.phase, true),
        Cell::new(item.commitment.as_str(), Style::Faint),
    ]
}

fn is_presumed(item: &AgendaItem) -> bool {
    matches!(&item.what, Upcoming::Clock(clock) if clock.presumed)
}

fn event(item: &AgendaItem) -> String {
    match &item.what {
        Upcoming::Deadline(set) => format!("deadline {}", set.deadline),
        Upcoming::Clock(clock) => clock_event(clock),
    }
}

fn clock_event(clock: &RunningClock) -> String {
    format!("{}: to {}", in_english(&clock.title), clock.to)
}

/// Marks an event that is only presumed.
fn marked(event: String, presumed: bool) -> String {
    if presumed { format!("{PRESUMED} {event}") } else { event }
}

fn write_unknown(unknown: &[UnknownDay], out: &mut Output<'_>) -> io::Result<()> {
    if unknown.is_empty() {
        return Ok(());
    }
    out.blank()?;
    out.paragraph(0, Style::Strong, "On unknown days")?;
    for UnknownDay { clock, commitment, earliest, .. } in unknown {
        out.paragraph(2, Style::Strong, commitment.as_str())?;
        let what = format!("{}, on {earliest} or later", marked(clock_event(clock), clock.presumed));
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
