//! A transaction: reading and inserting rows.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::ControlFlow;

use rusqlite::{Connection, Params, params};
use servanda_core::{Entry, EntryId, Moment, Slug};

use super::Sqlite;
use super::schema::{COUNT, COUNTS, CREATE_COUNT_TRIGGER};
use crate::Result;
use crate::store::{Miscount, Row, RowCallback, RowQuery, Rows, Watermark};

/// From this number of entries on, they are counted together, which is much faster than by the
/// trigger.
const MANY: usize = 256;

/// A transaction.
pub(super) struct Transaction<'a> {
    pub(super) database: &'a Sqlite,
    pub(super) connection: &'a Connection,
}

impl Transaction<'_> {
    fn read_error(&self, error: &rusqlite::Error) -> crate::Error {
        self.database.error("read", error).into()
    }

    fn number<T: rusqlite::types::FromSql>(&self, sql: &str) -> Result<Option<T>> {
        let queried =
            self.connection.prepare_cached(sql).and_then(|mut statement| statement.query_row([], |row| row.get(0)));
        queried.map_err(|error| self.read_error(&error))
    }

    fn rows(&self, condition: &str, params: impl Params, take: RowCallback<'_>) -> Result<ControlFlow<()>> {
        let sql = format!(
            "SELECT number, id, commitment, recorded_at, previous, line FROM entries WHERE {condition} ORDER BY number"
        );
        let read_error = |error| self.read_error(&error);
        let mut statement = self.connection.prepare_cached(&sql).map_err(read_error)?;
        let mut rows = statement.query(params).map_err(read_error)?;
        while let Some(row) = rows.next().map_err(read_error)? {
            let line = row.get_ref(5).map_err(read_error)?;
            // Only another program can have written a value of the wrong type. The check of the
            // row's columns and digest reports it.
            let line = text(line.as_bytes().unwrap_or_default());
            let commitment = row.get_ref(2).map_err(read_error)?.as_bytes_or_null().unwrap_or_default();
            let commitment = commitment.map(text);
            let previous = row.get_ref(4).map_err(read_error)?.as_blob_or_null().unwrap_or_default();
            let flow = take(Row {
                number: row.get(0).map_err(read_error)?,
                id: id(row.get_ref(1).map_err(read_error)?.as_blob().unwrap_or_default()).unwrap_or(NO_ID),
                commitment: commitment.as_deref(),
                recorded_at: row.get_ref(3).map_err(read_error)?.as_i64().unwrap_or(i64::MIN),
                batch: previous.is_some(),
                previous: previous.filter(|bytes| !bytes.is_empty()).map(|bytes| id(bytes).unwrap_or(NO_ID)),
                line: &line,
            })?;
            if flow.is_break() {
                return Ok(flow);
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Returns the numbers of all rows in the batches of these entries.
    fn batches(&self, entries: &[EntryId]) -> rusqlite::Result<BTreeSet<i64>> {
        const CHAIN: &str = "
            WITH RECURSIVE chain (number, id, previous) AS (
                SELECT number, id, previous FROM entries WHERE id = ?1
                UNION SELECT e.number, e.id, e.previous FROM chain c JOIN entries e ON e.id = c.previous
                UNION SELECT e.number, e.id, e.previous FROM chain c JOIN entries e ON e.previous = c.id
            )
            SELECT number, id FROM chain";
        let (mut numbers, mut met) = (BTreeSet::new(), HashSet::new());
        let mut statement = self.connection.prepare_cached(CHAIN)?;
        for entry in entries {
            if met.contains(entry) {
                continue;
            }
            let mut rows = statement.query([entry.as_bytes()])?;
            while let Some(row) = rows.next()? {
                numbers.insert(row.get(0)?);
                met.extend(row.get_ref(1)?.as_blob().ok().and_then(id));
            }
        }
        Ok(numbers)
    }
}

/// Groups consecutive numbers into ranges of the first and the last. The numbers of a batch are
/// mostly consecutive.
fn runs(numbers: &BTreeSet<i64>) -> Vec<(i64, i64)> {
    let mut runs: Vec<(i64, i64)> = Vec::new();
    for number in numbers.iter().copied() {
        match runs.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(number) => *last = number,
            _ => runs.push((number, number)),
        }
    }
    runs
}

/// The id of no entry.
const NO_ID: EntryId = EntryId::from_bytes([0; 32]);

/// Like [`String::from_utf8_lossy`], and much faster for valid UTF-8.
fn text(bytes: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}

fn id(bytes: &[u8]) -> Option<EntryId> {
    bytes.try_into().ok().map(EntryId::from_bytes)
}

impl Rows for Transaction<'_> {
    fn watermark(&mut self) -> Result<Watermark> {
        let last = self.number("SELECT max(number) FROM entries")?.unwrap_or(0);
        Ok(Watermark { through: last, also: BTreeSet::new() })
    }

    fn newest(&mut self) -> Result<Option<Moment>> {
        let micros: Option<i64> = self.number("SELECT max(recorded_at) FROM entries")?;
        Ok(micros.map(Moment::from_micros).transpose()?)
    }

    fn count(&mut self, to: &Watermark) -> Result<u64> {
        // Rows are numbered consecutively and never deleted.
        Ok(u64::try_from(to.through).unwrap_or_default())
    }

    fn miscounted(&mut self, query: RowQuery<'_>) -> Result<Vec<Miscount>> {
        const ABOUT: &str = "SELECT ?1, coalesce((SELECT entries FROM counts WHERE commitment = ?1), 0) AS counted,
            (SELECT count(*) FROM entries WHERE commitment = ?1) AS found WHERE counted <> found";
        const GENERAL: &str = "SELECT ?1, coalesce((SELECT entries FROM counts WHERE commitment = ?1), 0) AS counted,
            (SELECT count(*) FROM entries WHERE commitment IS NULL) AS found WHERE counted <> found";
        const ALL: &str = "SELECT name, sum(counted) AS counted, sum(found) AS found FROM (
                SELECT commitment AS name, entries AS counted, 0 AS found FROM counts
                UNION ALL SELECT coalesce(commitment, ''), 0, count(*) FROM entries GROUP BY commitment
            ) WHERE name >= ?1 GROUP BY name HAVING sum(counted) <> sum(found)";
        if self.database.version < COUNTS {
            return Ok(Vec::new());
        }
        let (sql, name) = match query {
            RowQuery::About(id) => (ABOUT, id),
            RowQuery::General => (GENERAL, ""),
            _ => (ALL, ""),
        };
        let miscounted = || {
            let mut statement = self.connection.prepare_cached(sql)?;
            let rows = statement.query_map([name], |row| {
                Ok(Miscount { commitment: row.get(0)?, counted: row.get(1)?, found: row.get(2)? })
            })?;
            rows.collect::<rusqlite::Result<_>>()
        };
        miscounted().map_err(|error| self.read_error(&error))
    }

    fn select(&mut self, query: RowQuery<'_>, to: &Watermark, take: RowCallback<'_>) -> Result<()> {
        let to = to.through;
        let flow = match query {
            RowQuery::All => self.rows("number <= ?1", [to], take),
            RowQuery::After(watermark) => self.rows("number <= ?1 AND number > ?2", [to, watermark.through], take),
            RowQuery::General => self.rows("number <= ?1 AND commitment IS NULL", [to], take),
            RowQuery::About(id) => self.rows("number <= ?1 AND commitment = ?2", params![to, id], take),
            RowQuery::Id(id) => self.rows("number <= ?1 AND id = ?2", params![to, id.as_bytes()], take),
            RowQuery::Number(number) => self.rows("number <= ?1 AND number = ?2", [to, number], take),
            RowQuery::Batches(entries) => {
                let numbers = self.batches(entries).map_err(|error| self.read_error(&error))?;
                let between = "number >= ?1 AND number <= ?2";
                let mut flow = ControlFlow::Continue(());
                for (first, last) in runs(&numbers) {
                    flow = self.rows(between, [first, last.min(to)], take)?;
                    if flow.is_break() {
                        break;
                    }
                }
                Ok(flow)
            }
        };
        flow.map(drop)
    }

    fn ids(&mut self, to: &Watermark) -> Result<Vec<EntryId>> {
        let ids = || {
            let mut statement =
                self.connection.prepare_cached("SELECT id FROM entries WHERE number <= ?1 ORDER BY id")?;
            let ids = statement.query_map([to.through], |row| row.get(0).map(EntryId::from_bytes))?;
            ids.collect::<rusqlite::Result<_>>()
        };
        ids().map_err(|error| self.read_error(&error))
    }

    fn commitments(&mut self) -> Result<Vec<Slug>> {
        const SQL: &str = "SELECT DISTINCT commitment FROM entries WHERE commitment IS NOT NULL ORDER BY commitment";
        let ids = || {
            let mut statement = self.connection.prepare_cached(SQL)?;
            let ids = statement.query_map([], |row| row.get::<_, String>(0))?;
            ids.collect::<rusqlite::Result<Vec<_>>>()
        };
        let ids = ids().map_err(|error| self.read_error(&error))?;
        Ok(ids.into_iter().filter_map(|id| id.parse().ok()).collect())
    }

    fn insert(&mut self, entries: &[Entry]) -> Result<Vec<bool>> {
        const SQL: &str =
            "INSERT INTO entries (id, commitment, recorded_at, previous, line) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (id) DO NOTHING";
        let insert = || {
            let mut statement = self.connection.prepare_cached(SQL)?;
            let mut insert = |entry: &Entry| {
                let previous =
                    entry.batch().map(|batch| batch.previous.map_or(Vec::new(), |id| id.as_bytes().to_vec()));
                let recorded_at = entry.recorded_at().micros();
                statement.execute(params![
                    entry.id().as_bytes(),
                    entry.commitment(),
                    recorded_at,
                    previous,
                    entry.line()
                ])
            };
            entries
                .iter()
                .map(|entry| insert(entry).map(|changed| changed > 0))
                .collect::<rusqlite::Result<Vec<bool>>>()
        };
        let count_together = || {
            // The trigger is away only within this transaction.
            self.connection.execute_batch("DROP TRIGGER IF EXISTS entries_are_counted")?;
            let inserted = insert()?;
            let mut counts: BTreeMap<&str, i64> = BTreeMap::new();
            for (entry, _) in entries.iter().zip(&inserted).filter(|(_, new)| **new) {
                *counts.entry(entry.commitment().unwrap_or_default()).or_default() += 1;
            }
            let mut statement = self.connection.prepare_cached(COUNT)?;
            counts
                .iter()
                .try_for_each(|(commitment, count)| statement.execute(params![commitment, count]).map(drop))?;
            self.connection.execute_batch(CREATE_COUNT_TRIGGER)?;
            Ok(inserted)
        };
        let many = entries.len() >= MANY && self.database.version >= COUNTS;
        let inserted = if many { count_together() } else { insert() };
        inserted.map_err(|error| self.database.error("write", &error).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn consecutive_numbers_form_one_run() {
        let runs_of = |numbers: &[i64]| runs(&numbers.iter().copied().collect());
        assert_eq!(runs_of(&[]), []);
        assert_eq!(runs_of(&[7]), [(7, 7)]);
        assert_eq!(runs_of(&[3, 1, 2, 5, 8, 9, i64::MAX]), [(1, 3), (5, 5), (8, 9), (i64::MAX, i64::MAX)]);
    }
}
