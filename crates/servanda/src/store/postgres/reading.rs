//! The transaction that reads rows, and the queries that both kinds of transaction share.

use std::ops::ControlFlow;

use postgres::fallible_iterator::FallibleIterator as _;
use postgres::types::ToSql;
use servanda_core::{EntryId, Moment, Slug};

use super::known_entries::{GENERAL as GENERAL_KEY, id_of};
use super::retry::is_retryable;
use super::session::Session;
use super::{failed, numbers};
use crate::store::{Miscount, Row, RowCallback, RowQuery, Rows, Watermark};
use crate::{Error, Result, StoreError};

/// How many rows one query fetches by number.
const CHUNK: usize = 1000;

/// A transaction that reads.
pub(super) struct Reading<'a> {
    session: &'a mut Session,
    place: &'a str,
    /// How far this connection has read.
    seen: &'a mut Watermark,
    /// Whether an error occurred that a new transaction may not meet again.
    pub(super) retryable: bool,
}

/// Why a selection ended early.
pub(super) enum SelectError {
    Server(postgres::Error),
    /// The caller's callback failed.
    Callback(Error),
}

impl From<postgres::Error> for SelectError {
    fn from(error: postgres::Error) -> Self {
        Self::Server(error)
    }
}

impl<'a> Reading<'a> {
    pub(super) fn new(session: &'a mut Session, place: &'a str, seen: &'a mut Watermark) -> Self {
        Self { session, place, seen, retryable: false }
    }

    fn check<T>(&mut self, result: Result<T, SelectError>) -> Result<T> {
        result.map_err(|stop| match stop {
            SelectError::Callback(error) => error,
            SelectError::Server(error) => {
                self.retryable |= error.code().is_some_and(is_retryable);
                failed(self.place, &error)
            }
        })
    }

    fn read_watermark(&mut self) -> Result<Watermark, SelectError> {
        // The start time of the transaction. Its snapshot is not older than that.
        const TIME: &str = "SELECT (extract(epoch FROM CURRENT_TIMESTAMP) * 1000000)::bigint";
        const LARGEST: &str = "SELECT max(number) FROM servanda_entries WHERE number <= $1";
        const AFTER: &str = "SELECT number FROM servanda_entries WHERE number > $1";
        let time = self.session.query(TIME, &[])?.first().map_or(Ok(0), |row| row.try_get(0))?;
        let rows = self.session.query(LARGEST, &[&numbers::settled(time)])?;
        let largest: Option<i64> = rows.first().map_or(Ok(None), |row| row.try_get(0))?;
        let through = largest.unwrap_or_default().max(self.seen.through);
        let rows = self.session.query(AFTER, &[&through])?;
        let after = rows.iter().map(|row| row.try_get(0)).collect::<Result<Vec<i64>, _>>()?;
        Ok(numbers::watermark(self.seen.through, largest, after))
    }
}

impl Rows for Reading<'_> {
    fn watermark(&mut self) -> Result<Watermark> {
        let watermark = self.read_watermark();
        let watermark = self.check(watermark)?;
        self.seen.clone_from(&watermark);
        Ok(watermark)
    }

    fn newest(&mut self) -> Result<Option<Moment>> {
        let rows = self.session.query("SELECT max(recorded_at) FROM servanda_entries", &[]);
        let newest = rows.and_then(|rows| rows.first().map_or(Ok(None), |row| row.try_get(0)));
        Ok(self.check(newest.map_err(SelectError::from))?.and_then(to_moment))
    }

    fn count(&mut self, to: &Watermark) -> Result<u64> {
        let count = count(self.session, to);
        self.check(count.map_err(SelectError::from))
    }

    fn miscounted(&mut self, query: RowQuery<'_>) -> Result<Vec<Miscount>> {
        let miscounted = miscounted(self.session, query);
        self.check(miscounted.map_err(SelectError::from))
    }

    fn select(&mut self, query: RowQuery<'_>, to: &Watermark, take: RowCallback<'_>) -> Result<()> {
        let done = select(self.session, query, &|number| to.covers(number), take);
        self.check(done)
    }

    fn ids(&mut self, to: &Watermark) -> Result<Vec<EntryId>> {
        let ids = ids(self.session, to);
        self.check(ids.map_err(SelectError::from))
    }

    fn commitments(&mut self) -> Result<Vec<Slug>> {
        let commitments = commitments(self.session);
        self.check(commitments.map_err(SelectError::from))
    }

    fn insert(&mut self, _: &[servanda_core::Entry]) -> Result<Vec<bool>> {
        Err(StoreError::Server {
            place: self.place.to_owned(),
            reason: "this transaction is read-only".to_owned(),
            sqlstate: None,
        }
        .into())
    }
}

pub(super) fn to_moment(micros: i64) -> Option<Moment> {
    Moment::from_micros(micros).ok()
}

pub(super) fn count(session: &mut Session, to: &Watermark) -> Result<u64, postgres::Error> {
    let rows = session.query("SELECT count(*) FROM servanda_entries WHERE number <= $1", &[&to.through])?;
    let count: i64 = rows.first().map_or(Ok(0), |row| row.try_get(0))?;
    Ok(u64::try_from(count).unwrap_or_default() + to.also.len() as u64)
}

/// Compares the numbers of entries with those in the heads.
fn miscounted(session: &mut Session, query: RowQuery<'_>) -> Result<Vec<Miscount>, postgres::Error> {
    const ABOUT: &str = "SELECT $1::text, coalesce((SELECT entries FROM servanda_heads WHERE commitment = $1), 0), \
        (SELECT count(*) FROM servanda_entries WHERE commitment = $1)";
    const GENERAL: &str = "SELECT $1::text, coalesce((SELECT entries FROM servanda_heads WHERE commitment = $1), 0), \
        (SELECT count(*) FROM servanda_entries WHERE commitment IS NULL)";
    const ALL: &str = "SELECT name, sum(counted)::bigint, sum(found)::bigint FROM (\
        SELECT commitment AS name, entries AS counted, 0 AS found FROM servanda_heads \
        UNION ALL SELECT coalesce(commitment, ''), 0, count(*) FROM servanda_entries GROUP BY commitment\
        ) AS numbers WHERE name >= $1 GROUP BY name HAVING sum(counted) <> sum(found)";
    let (sql, name) = match query {
        RowQuery::About(id) => (ABOUT, id),
        RowQuery::General => (GENERAL, GENERAL_KEY),
        _ => (ALL, GENERAL_KEY),
    };
    let rows = session.query(sql, &[&name])?;
    let read = |row: &postgres::Row| {
        Ok(Miscount { commitment: row.try_get(0)?, counted: row.try_get(1)?, found: row.try_get(2)? })
    };
    let all = rows.iter().map(read).collect::<Result<Vec<Miscount>, postgres::Error>>()?;
    Ok(all.into_iter().filter(|miscount| miscount.counted != miscount.found).collect())
}

pub(super) fn ids(session: &mut Session, to: &Watermark) -> Result<Vec<EntryId>, postgres::Error> {
    let statement = session.prepare("SELECT number, id FROM servanda_entries")?;
    let mut ids = Vec::new();
    let mut rows = session.client.query_raw(&statement, none())?;
    while let Some(row) = rows.next()? {
        if to.covers(row.try_get(0)?) {
            ids.extend(id_of(&row, 1)?);
        }
    }
    ids.sort_unstable();
    Ok(ids)
}

pub(super) fn commitments(session: &mut Session) -> Result<Vec<Slug>, postgres::Error> {
    let rows = session.query("SELECT commitment FROM servanda_heads WHERE commitment <> ''", &[])?;
    let names = rows.iter().map(|row| row.try_get::<_, &str>(0)).collect::<Result<Vec<_>, _>>()?;
    // Databases have different collations, so sort here.
    let mut slugs: Vec<Slug> = names.into_iter().filter_map(|name| name.parse().ok()).collect();
    slugs.sort_unstable();
    Ok(slugs)
}

fn none() -> std::iter::Empty<&'static (dyn ToSql + Sync)> {
    std::iter::empty()
}

/// Passes on the selected rows that `covers` accepts, in the order of their numbers.
pub(super) fn select(
    session: &mut Session,
    query: RowQuery<'_>,
    covers: &dyn Fn(i64) -> bool,
    take: RowCallback<'_>,
) -> Result<(), SelectError> {
    macro_rules! columns {
        ($rest:literal) => {
            concat!("SELECT e.number, e.id, e.commitment, e.size IS NOT NULL, e.line, e.recorded_at, e.previous FROM servanda_entries e ", $rest)
        };
    }
    const BATCHES: &str = "WITH RECURSIVE \
        up (id, previous) AS (SELECT id, previous FROM servanda_entries WHERE id = ANY($1) \
            UNION SELECT p.id, p.previous FROM servanda_entries p JOIN up ON p.id = up.previous), \
        down (id) AS (SELECT id FROM up UNION SELECT unnest($1::bytea[]) \
            UNION SELECT n.id FROM servanda_entries n JOIN down ON n.previous = down.id) \
        SELECT e.number, e.id, e.commitment, e.size IS NOT NULL, e.line, e.recorded_at, e.previous FROM servanda_entries e JOIN down ON down.id = e.id \
        ORDER BY e.number";
    let mut stream = |session: &mut Session, sql: &'static str, value: Option<&(dyn ToSql + Sync)>| {
        let statement = session.prepare(sql)?;
        let mut rows = session.client.query_raw(&statement, value)?;
        while let Some(row) = rows.next()? {
            if deliver(&row, covers, take)?.is_break() {
                break;
            }
        }
        Ok(())
    };
    match query {
        RowQuery::All => stream(session, columns!("ORDER BY e.number"), None),
        RowQuery::General => stream(session, columns!("WHERE e.commitment IS NULL ORDER BY e.number"), None),
        RowQuery::About(commitment) => {
            stream(session, columns!("WHERE e.commitment = $1 ORDER BY e.number"), Some(&commitment))
        }
        RowQuery::Number(number) => stream(session, columns!("WHERE e.number = $1"), Some(&number)),
        RowQuery::Id(id) => stream(session, columns!("WHERE e.id = $1"), Some(&id.as_bytes().as_slice())),
        RowQuery::Batches(ids) => {
            let ids: Vec<&[u8]> = ids.iter().map(|id| id.as_bytes().as_slice()).collect();
            // PostgreSQL allows one self-reference in each recursive query, so this takes two of
            // them.
            stream(session, BATCHES, Some(&ids))
        }
        // Fetch the numbers first, so that rows which have been read already are not sent again.
        RowQuery::After(watermark) => {
            let rows = session.query(
                "SELECT number FROM servanda_entries WHERE number > $1 ORDER BY number",
                &[&watermark.through],
            )?;
            let all = rows.iter().map(|row| row.try_get(0)).collect::<Result<Vec<i64>, _>>()?;
            let new: Vec<i64> = all.into_iter().filter(|number| !watermark.covers(*number)).collect();
            select_numbers(session, &new, covers, take)
        }
    }
}

/// Passes on the rows with these numbers.
pub(super) fn select_numbers(
    session: &mut Session,
    numbers: &[i64],
    covers: &dyn Fn(i64) -> bool,
    take: RowCallback<'_>,
) -> Result<(), SelectError> {
    const SQL: &str = "SELECT e.number, e.id, e.commitment, e.size IS NOT NULL, e.line, e.recorded_at, e.previous FROM servanda_entries e \
                       WHERE e.number = ANY($1) ORDER BY e.number";
    for some in numbers.chunks(CHUNK) {
        for row in session.query(SQL, &[&some])? {
            if deliver(&row, covers, take)?.is_break() {
                return Ok(());
            }
        }
    }
    Ok(())
}

fn deliver(
    row: &postgres::Row,
    covers: &dyn Fn(i64) -> bool,
    take: RowCallback<'_>,
) -> Result<ControlFlow<()>, SelectError> {
    let number: i64 = row.try_get(0)?;
    if !covers(number) {
        return Ok(ControlFlow::Continue(()));
    }
    // A malformed id belongs to no entry. The row is passed on, and the check of its line fails.
    let id = id_of(row, 1)?.unwrap_or(EntryId::from_bytes([0; 32]));
    let (commitment, batch, line, recorded_at) = (row.try_get(2)?, row.try_get(3)?, row.try_get(4)?, row.try_get(5)?);
    let row = Row { number, id, commitment, recorded_at, batch, previous: id_of(row, 6)?, line };
    take(row).map_err(SelectError::Callback)
}
