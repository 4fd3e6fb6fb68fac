//! Reads the list of sessions into the calendar that the clocks of the procedure use.

use std::collections::BTreeMap;

use servanda::{
    Day, builtin,
    procedure::{Basis, Calendar, Ending, Period, Recess},
};

use super::problem::Problem;
use super::table::{File, Line, Table};

const NEEDED: [&str; 4] = ["session", "convened", "closed", "ended_by"];

/// Reads a list of sessions into a calendar, and returns it with the problems of the list. A
/// session that contradicts itself or another row is skipped. The calendar then does not have it,
/// and answers that depend on it are unknown.
///
/// An open session lasts at least to `newest`, the last day in the rows of the treaties.
pub(crate) fn read(file: &File, newest: Option<Day>) -> Result<(Calendar, Vec<Problem>), String> {
    let table = Table::read(file, &NEEDED)?;
    let mut problems = Vec::new();
    let mut found = |line: &Line, text: String| problems.push(Problem::of(file, line.number, text));
    let mut sessions: BTreeMap<u32, Vec<(&Line, Period)>> = BTreeMap::new();
    for line in &table.lines {
        match period(&table, line) {
            Ok((period, oddities)) => {
                oddities.into_iter().for_each(|oddity| found(line, oddity));
                sessions.entry(period.number).or_default().push((line, period));
            }
            Err(faults) => found(line, format!("{}; the session is skipped", faults.join("; "))),
        }
    }
    let mut periods = Vec::new();
    for (number, rows) in sessions {
        let mut rows = rows.into_iter();
        let Some((first, period)) = rows.next() else { continue };
        let rest: Vec<(&Line, Period)> = rows.collect();
        for (line, _) in &rest {
            let other = first.number;
            found(
                line,
                match first.repeats(line) {
                    true => format!("session {number} is already on line {other}, with the same content"),
                    false => {
                        format!("session {number} is already on line {other}, with other content; both are skipped")
                    }
                },
            );
        }
        if rest.iter().all(|(line, _)| first.repeats(line)) {
            periods.push((first, period));
        }
    }
    let overlaps = check_overlaps(&periods);
    let mut kept = Vec::new();
    for ((line, period), overlap) in periods.into_iter().zip(overlaps) {
        match overlap {
            Ok(()) => kept.push(period),
            Err(why) => found(line, format!("{why}; the session is skipped")),
        }
    }
    let calendar = calendar(kept, newest);
    Ok((calendar, problems))
}

/// For each session, in the order of the numbers, whether it overlaps a neighbour. If two overlap,
/// both are faulty, because it is unknown which one is wrong.
fn check_overlaps(periods: &[(&Line, Period)]) -> Vec<Result<(), String>> {
    let ends_before = |earlier: &Period, later: &Period| earlier.closed.is_some_and(|closed| closed < later.convened);
    periods
        .iter()
        .enumerate()
        .map(|(index, (_, period))| {
            let before = index.checked_sub(1).and_then(|index| periods.get(index));
            let after = periods.get(index + 1);
            match (before, after) {
                (Some((_, before)), _) if !ends_before(before, period) && before.closed.is_some() => Err(format!(
                    "session {} convenes on {}, before session {} has closed",
                    period.number, period.convened, before.number
                )),
                (_, Some((_, after))) if !ends_before(period, after) => Err(match period.closed {
                    None => format!(
                        "session {} has no closing day, but session {} has convened",
                        period.number, after.number
                    ),
                    Some(closed) => format!(
                        "session {} closes on {closed}, after session {} has convened",
                        period.number, after.number
                    ),
                }),
                _ => Ok(()),
            }
        })
        .collect()
}

fn calendar(periods: Vec<Period>, newest: Option<Day>) -> Calendar {
    let open = periods.last().filter(|period| period.closed.is_none());
    let through = periods.iter().map(|period| period.closed.unwrap_or(period.convened)).max();
    let through = through.max(open.and(newest)).unwrap_or(Day::FIRST);
    let built_in = builtin::jp_diet();
    let mut calendar = Calendar::new(built_in.id.clone(), through);
    (calendar.periods, calendar.title) = (periods, built_in.title.clone());
    calendar
}

/// Reads the session of a row. Returns it with its problems, or all faults of the row.
fn period(table: &Table, line: &Line) -> Result<(Period, Vec<String>), Vec<String>> {
    let (mut faults, mut oddities) = (Vec::new(), Vec::new());
    faults.extend(line.damage.clone());
    let cell = |column: &str| table.cell(line, column);
    let number = cell("session").parse().ok().filter(|number: &u32| *number > 0);
    if number.is_none() {
        faults.push(format!("session: \"{}\" is not a number from 1", cell("session")));
    }
    let mut day = |column: &str| match cell(column) {
        "" => None,
        text => text.parse::<Day>().map_err(|error| faults.push(format!("{column}: {error}"))).ok(),
    };
    let (convened, closed, scheduled) = (day("convened"), day("closed"), day("scheduled"));
    if cell("convened").is_empty() {
        faults.push("convened is blank".to_owned());
    }
    if let (Some(convened), Some(end)) = (convened, closed.into_iter().chain(scheduled).min())
        && end < convened
    {
        faults.push(format!("it ends on {end}, before it convenes on {convened}"));
    }
    let ended_by = match cell("ended_by").replace('_', "-").as_str() {
        "" => None,
        word => {
            let ending = Ending::ALL.into_iter().find(|ending| ending.as_str() == word);
            if ending.is_none() {
                oddities.push(format!(
                    "ended_by: \"{word}\" is neither term_end nor dissolution; how the session ended is unknown"
                ));
            }
            ending
        }
    };
    let basis = if cell("basis") == "published" { Basis::Published } else { Basis::Recalled };
    let recesses = recesses(cell("recesses"), convened, closed).map_err(|fault| faults.push(fault)).unwrap_or_default();
    match (number, convened) {
        (Some(number), Some(convened)) if faults.is_empty() => {
            let kind = cell("kind").parse().ok();
            let mut period = Period::new(number, convened, basis);
            (period.closed, period.scheduled, period.ended_by) = (closed, scheduled, ended_by);
            (period.kind, period.recesses) = (kind, recesses);
            Ok((period, oddities))
        }
        _ => Err(faults),
    }
}

/// Reads the recesses, if the list has them: ISO 8601 intervals such as `2013-05-01/2013-05-03`,
/// separated by spaces.
fn recesses(text: &str, convened: Option<Day>, closed: Option<Day>) -> Result<Vec<Recess>, String> {
    let wrong = |pair: &str| {
        format!("recesses: \"{pair}\" is not a first and a last day within the session, such as 2013-05-01/2013-05-03")
    };
    let mut free_from = convened;
    let mut recesses = Vec::new();
    for pair in text.split_whitespace() {
        let (first, last) = pair.split_once('/').ok_or_else(|| wrong(pair))?;
        let recess =
            Recess { first: first.parse().map_err(|_| wrong(pair))?, last: last.parse().map_err(|_| wrong(pair))? };
        let within = free_from <= Some(recess.first)
            && recess.first <= recess.last
            && closed.is_none_or(|closed| recess.last <= closed);
        if !within {
            return Err(wrong(pair));
        }
        free_from = recess.last.plus_days(1);
        recesses.push(recess);
    }
    Ok(recesses)
}
