//! Checks that the heads, and the columns that only PostgreSQL has, agree with the lines.

use std::collections::BTreeMap;

use postgres::Client;
use postgres::fallible_iterator::FallibleIterator as _;
use servanda_core::format;

use super::known_entries::GENERAL;
use super::reading::SelectError;
use crate::Progress;
use crate::Result;
use crate::error::Fault;
use crate::first_few::FirstFew;
use crate::progress::Report;

/// The entries of a commitment: how many there are, the largest number, and the latest time.
type Totals = (i64, i64, i64);

/// How many rows are checked between two progress reports.
const CHUNK: usize = 1000;

pub(super) fn check(client: &mut Client, report: Report<'_>) -> Result<FirstFew<Fault>, SelectError> {
    let (mut faults, mut found) = (FirstFew::default(), BTreeMap::<String, Totals>::new());
    let mut checked: usize = 0;
    let none: [&str; 0] = [];
    let mut rows =
        client.query_raw("SELECT number, commitment, recorded_at, nth, size, line FROM servanda_entries", none)?;
    while let Some(row) = rows.next()? {
        if checked.is_multiple_of(CHUNK) {
            Progress { done: 0, total: None }.report_to(report).map_err(SelectError::Callback)?;
        }
        checked += 1;
        let (number, recorded_at): (i64, i64) = (row.try_get(0)?, row.try_get(2)?);
        let commitment: Option<&str> = row.try_get(1)?;
        let about = found.entry(commitment.unwrap_or(GENERAL).to_owned()).or_default();
        *about = (about.0 + 1, about.1.max(number), about.2.max(recorded_at));
        let of_batch: (Option<i32>, Option<i32>) = (row.try_get(3)?, row.try_get(4)?);
        // A line that cannot be read is reported when the rows themselves are read.
        if let Ok(entry) = format::read_line(row.try_get(5)?)
            && entry.batch().map(|batch| (i64::from(batch.nth), i64::from(batch.of)))
                != of_batch.0.map(i64::from).zip(of_batch.1.map(i64::from))
        {
            let text = "the columns nth and size do not match the line".to_owned();
            faults.push(Fault { row: Some(number), text });
        }
    }
    drop(rows);
    for row in client.query("SELECT commitment, entries, number, newest FROM servanda_heads", &[])? {
        let commitment: String = row.try_get(0)?;
        let head: Totals = (row.try_get(1)?, row.try_get(2)?, row.try_get(3)?);
        let about = found.remove(&commitment).unwrap_or_default();
        if head != about {
            faults.push(Fault { row: None, text: mismatch(&commitment, Some(head), about) });
        }
    }
    let without = found.into_iter().map(|(commitment, about)| mismatch(&commitment, None, about));
    without.for_each(|text| faults.push(Fault { row: None, text }));
    Ok(faults)
}

fn mismatch(commitment: &str, head: Option<Totals>, about: Totals) -> String {
    let name = if commitment == GENERAL { "no commitment" } else { commitment };
    match head {
        None => format!("there are {} entries about {name}, and no row in servanda_heads", about.0),
        Some((entries, ..)) if entries != about.0 => {
            format!("servanda_heads counts {entries} entries about {name}, and there are {}", about.0)
        }
        Some(_) => format!("servanda_heads does not match the entries about {name}"),
    }
}
