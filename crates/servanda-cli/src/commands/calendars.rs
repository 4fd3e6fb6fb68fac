//! `servanda calendars`: lists, shows and checks calendars.

use std::io;
use std::path::Path;

use servanda::{
    Day, Slug, builtin, format,
    procedure::{Basis, Calendar, Ending, Period, in_english},
};

use super::files;
use crate::args::{CalendarFormat, CalendarsArgs};
use crate::exit::{Exit, Failure};
use crate::json;
use crate::output::{Output, Style};
use crate::phrases::{ABSENT, count};
use crate::table::{self, Cell, Column};

pub(super) fn run(args: &CalendarsArgs, out: &mut Output<'_>) -> Result<Exit, Failure> {
    if let Some(file) = &args.check {
        return check(file, args.format, out);
    }
    if args.format == CalendarFormat::Text && !args.pager.no_pager {
        out.allow_pager();
    }
    let calendars = builtin::calendars();
    let Some(id) = &args.calendar else {
        return list(&calendars, args.format, out);
    };
    let Some(calendar) = calendars.iter().find(|calendar| calendar.id == *id) else {
        let ids: Vec<&str> = calendars.iter().map(|calendar| calendar.id.as_str()).collect();
        let reason = format!("there is no built-in calendar {id}; there are: {}", ids.join(", "));
        return Err(Failure::refused("no-calendar", reason));
    };
    match args.format {
        CalendarFormat::Text => write(calendar, out)?,
        CalendarFormat::Json => format::write_json(calendar, out.writer())?,
        CalendarFormat::Toml => {
            let toml = builtin::calendar_toml(id.as_str()).unwrap_or_default();
            out.writer().write_all(toml.as_bytes())?;
        }
    }
    Ok(Exit::Done)
}

fn list(calendars: &[&Calendar], format: CalendarFormat, out: &mut Output<'_>) -> Result<Exit, Failure> {
    match format {
        CalendarFormat::Json => format::write_json(&calendars, out.writer())?,
        CalendarFormat::Toml => {
            let example = "servanda calendars jp-diet --format toml";
            let reason = format!("--format toml shows one calendar; give its id, such as: {example}");
            return Err(Failure::Usage(reason));
        }
        CalendarFormat::Text => {
            let columns = [
                Column::heading("Calendar"),
                Column::heading("Title"),
                Column::number("Periods"),
                Column::text("From"),
                Column::text("Through"),
            ];
            let row = |calendar: &&Calendar| {
                let from = calendar.periods.first().map(|period| period.convened);
                vec![
                    Cell::new(calendar.id.as_str(), Style::Strong),
                    in_english(&calendar.title).into(),
                    calendar.periods.len().to_string().into(),
                    text(from).into(),
                    calendar.through.to_string().into(),
                ]
            };
            table::write(out, &columns, calendars.iter().map(row).collect(), true)?;
        }
    }
    Ok(Exit::Done)
}

fn write(calendar: &Calendar, out: &mut Output<'_>) -> io::Result<()> {
    let title = format!("{} ({}, through {})", in_english(&calendar.title), calendar.id, calendar.through);
    out.paragraph(0, Style::Strong, &title)?;
    if let Some(source) = &calendar.source {
        out.paragraph(2, None, &source.description())?;
        source.url.as_ref().map_or(Ok(()), |url| out.url(2, url.as_str()))?;
    }
    out.blank()?;
    let columns = [
        Column::number("Number"),
        Column::text("Kind"),
        Column::text("Convened"),
        Column::text("Scheduled"),
        Column::text("Closed"),
        Column::text("Ended by"),
        Column::text("Recesses"),
        Column::text("Basis"),
    ];
    let rows: Vec<Vec<Cell>> = calendar.periods.iter().map(row).collect();
    // Omit columns without any value.
    let is_used = |index: usize| rows.iter().any(|row| row.get(index).is_some_and(|cell| !cell.is(ABSENT)));
    let used: Vec<usize> = (0..columns.len()).filter(|index| is_used(*index)).collect();
    let columns: Vec<Column> = used.iter().filter_map(|index| columns.get(*index).copied()).collect();
    let rows = rows.iter().map(|row| used.iter().filter_map(|index| row.get(*index).cloned()).collect());
    table::write(out, &columns, rows.collect(), true)
}

fn row(period: &Period) -> Vec<Cell> {
    let recesses: Vec<String> =
        period.recesses.iter().map(|recess| format!("{} to {}", recess.first, recess.last)).collect();
    let recesses = if recesses.is_empty() { ABSENT.to_owned() } else { recesses.join(", ") };
    let basis = match period.basis {
        Basis::Published => Cell::new("published", Style::Good),
        Basis::Recalled => Cell::new("recalled", Style::Caution),
    };
    vec![
        Cell::new(period.number.to_string(), Style::Strong),
        period.kind.as_ref().map_or(ABSENT, Slug::as_str).into(),
        period.convened.to_string().into(),
        text(period.scheduled).into(),
        text(period.closed).into(),
        period.ended_by.map_or(ABSENT, Ending::as_str).into(),
        recesses.into(),
        basis,
    ]
}

fn text(day: Option<Day>) -> String {
    day.map_or_else(|| ABSENT.to_owned(), |day| day.to_string())
}

fn check(file: &Path, format: CalendarFormat, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let name = file.display().to_string();
    let text = files::read(file, "a calendar is a TOML file")?;
    let checked = Calendar::check_toml(&name, &text);
    match (format, &checked) {
        (CalendarFormat::Toml, _) => return Err(files::check_as_toml()),
        (CalendarFormat::Json, checked) => {
            let id = checked.as_ref().ok().map(|calendar| &calendar.id);
            let findings = checked.as_ref().err().map_or(&[][..], Vec::as_slice);
            let members = [("calendar", format::to_json(&id)), ("findings", format::to_json(&findings))];
            out.json(&json::object(members))?;
        }
        (CalendarFormat::Text, Ok(calendar)) => {
            let periods = count(calendar.periods.len(), "period", "periods");
            out.line(&format!("{name} is fine: {}, {periods}, through {}", calendar.id, calendar.through))?;
        }
        (CalendarFormat::Text, Err(diagnostics)) => files::write_diagnostics(diagnostics, out)?,
    }
    Ok(if checked.is_ok() { Exit::Done } else { Exit::Refused })
}
