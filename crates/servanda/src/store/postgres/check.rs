//! Checks that the heads, and the columns that only PostgreSQL has, agree with the lines.

use std::collections::{BTreeMap, BTreeSet};

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
    differences(client)?.into_iter().for_each(|text| faults.push(Fault { row: None, text }));
    let without = found.into_iter().map(|(commitment, about)| mismatch(&commitment, None, about));
    without.for_each(|text| faults.push(Fault { row: None, text }));
    Ok(faults)
}

/// The tables, with their columns, their indexes, and what else may be attached to them.
const EXPECTED: [&str; 25] = [
    "table servanda_entries",
    "column servanda_entries.number bigint NOT NULL",
    "column servanda_entries.id bytea NOT NULL",
    "column servanda_entries.commitment text",
    "column servanda_entries.recorded_at bigint NOT NULL",
    "column servanda_entries.nth integer",
    "column servanda_entries.size integer",
    "column servanda_entries.previous bytea",
    "column servanda_entries.line text NOT NULL",
    "table servanda_heads",
    "column servanda_heads.commitment text NOT NULL",
    "column servanda_heads.version bigint NOT NULL",
    "column servanda_heads.entries bigint NOT NULL",
    "column servanda_heads.number bigint NOT NULL",
    "column servanda_heads.newest bigint NOT NULL",
    "table servanda_meta",
    "column servanda_meta.name text NOT NULL",
    "column servanda_meta.value text NOT NULL",
    "unique index on servanda_entries (id)",
    "unique index on servanda_entries (number)",
    "unique index on servanda_heads (commitment)",
    "unique index on servanda_meta (name)",
    "index on servanda_entries (commitment, number)",
    "index on servanda_entries (previous) of some rows",
    "index on servanda_entries (recorded_at)",
];

/// Compares tables, columns, indexes, triggers and rules with those that this program creates, and
/// returns the differences. More indexes do no harm.
fn differences(client: &mut Client) -> Result<Vec<String>, postgres::Error> {
    const FOUND: &str = "WITH ours AS (\
            SELECT c.oid, c.relname, c.relkind, c.relpersistence FROM pg_class c \
            JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = current_schema() \
            WHERE c.relname IN ('servanda_entries', 'servanda_heads', 'servanda_meta')) \
        SELECT CASE WHEN relkind = 'r' AND relpersistence = 'p' THEN 'table ' ELSE 'other object in the place of the table ' END \
            || relname FROM ours \
        UNION ALL SELECT 'column ' || o.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) \
            || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END \
            FROM ours o JOIN pg_attribute a ON a.attrelid = o.oid AND a.attnum > 0 AND NOT a.attisdropped \
        UNION ALL SELECT CASE WHEN x.indisunique THEN 'unique index on ' ELSE 'index on ' END || o.relname || ' (' \
            || (SELECT string_agg(a.attname, ', ' ORDER BY k.nth) FROM unnest(x.indkey::int2[]) WITH ORDINALITY AS k(attnum, nth) \
                JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k.attnum) \
            || ')' || CASE WHEN x.indpred IS NULL THEN '' ELSE ' of some rows' END \
            || CASE WHEN x.indisvalid AND x.indisready THEN '' ELSE ', which is not valid' END \
            FROM ours o JOIN pg_index x ON x.indrelid = o.oid \
        UNION ALL SELECT 'trigger ' || t.tgname || ' on ' || o.relname FROM ours o JOIN pg_trigger t ON t.tgrelid = o.oid \
            AND NOT t.tgisinternal \
        UNION ALL SELECT 'rule ' || r.rulename || ' on ' || o.relname FROM ours o JOIN pg_rewrite r ON r.ev_class = o.oid";
    let rows = client.query(FOUND, &[])?;
    let found = rows.iter().map(|row| row.try_get(0)).collect::<Result<BTreeSet<String>, _>>()?;
    let missing = EXPECTED.iter().filter(|expected| !found.contains(**expected));
    let mut differences: Vec<String> = missing.map(|missing| format!("there is no {missing}")).collect();
    let foreign = |object: &&String| !EXPECTED.contains(&object.as_str()) && !object.contains("index on ");
    differences.extend(found.iter().filter(foreign).map(|object| format!("this program creates no {object}")));
    Ok(differences)
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
