//! The places that can store a ledger: a JSON Lines file or a database.
//!
//! A JSON Lines file is read completely ([`crate::json_lines`]). A **database** is read on demand:
//! one standing depends on the commitment's own entries, on the definitions, and on the batches
//! that these belong to. The code that all databases share is here and in
//! [`crate::partial_ledger`]. Each kind of database implements [`Database`]:
//!
//! - [`sqlite`]: a file, on one machine.
//! - [`postgres`]: a server, for many machines.

mod place;
#[cfg(feature = "postgres")]
pub(crate) mod postgres;
mod row_batch;
mod row_collector;
#[cfg(feature = "sqlite")]
pub(crate) mod sqlite;

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::ops::ControlFlow;
use std::time::Duration;

use servanda_core::{Entry, EntryId, Ledger, Moment, Slug, format};

use crate::backend::protocol::WriteProtocol;
use crate::error::Fault;
use crate::first_few::FirstFew;
use crate::json_lines::JsonLines;
use crate::progress::Report;
use crate::{Result, StoreError};

pub use place::{is_database_url, without_password};

pub(crate) use place::Place;
pub(crate) use row_batch::RowBatch;
pub(crate) use row_collector::RowCollector;

/// A ledger that has been opened.
#[derive(Debug)]
pub(crate) enum OpenLedger {
    /// A JSON Lines file with its entries.
    Lines(Box<(JsonLines, Ledger)>),
    /// A database.
    Database(Box<dyn Database>),
}

/// Which rows a reader has seen. Every row has a number, and later rows have larger numbers. Where
/// transactions write concurrently, a row with a smaller number can be committed after one with a
/// larger number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Watermark {
    /// All rows up to this number have been seen, and none will be added among them. Zero if no row
    /// has been seen.
    pub(crate) through: i64,
    /// Rows with larger numbers that have been seen as well. Always empty in SQLite, which has one
    /// writer at a time.
    pub(crate) also: BTreeSet<i64>,
}

impl Watermark {
    /// Whether a row has been seen.
    pub(crate) fn covers(&self, number: i64) -> bool {
        number <= self.through || self.also.contains(&number)
    }
}

/// A connection to a database that stores entries. One thread uses it at a time.
pub(crate) trait Database: Debug + Send {
    /// Returns the path, or the URL without its password, for messages.
    fn place(&self) -> String;

    /// Opens another connection to the same database. A tracker reads with one connection and
    /// writes with another, so that readers never wait for a writer.
    fn reconnect(&self) -> Result<Box<dyn Database>>;

    /// Sets how long to wait for a lock that another program holds.
    fn set_lock_timeout(&mut self, timeout: Duration);

    /// Runs `work` in a read transaction, so that everything it reads is from one point in time.
    /// Returns the error that `work` returns. `work` may run several times, if a transaction fails
    /// for a reason that a retry can resolve.
    fn read(&mut self, work: &mut dyn FnMut(&mut dyn Rows) -> Result<()>) -> Result<()>;

    /// Runs `work` in a transaction that can write. When this returns `Ok`, everything that `work`
    /// inserted is committed and on disk. If `work` or the commit fails, nothing was inserted, and
    /// the error is returned. Of two concurrent transactions that exclude each other only one is
    /// committed: the other one sees its entries, if necessary because `work` runs again.
    fn write(&mut self, work: &mut dyn FnMut(&mut dyn Rows) -> Result<()>) -> Result<()>;

    /// Returns the protocol for writing to this kind of database.
    fn protocol(&self) -> &'static dyn WriteProtocol;

    /// Returns what is wrong with the database itself, by its own check of its pages and its
    /// tables. Faults of single rows are found by reading them. While the check runs, it reports a
    /// progress of zero.
    fn check(&mut self, report: Report<'_>) -> Result<FirstFew<Fault>>;
}

/// Receives the rows of a selection, and says whether to continue.
pub(crate) type RowCallback<'a> = &'a mut dyn FnMut(Row<'_>) -> Result<ControlFlow<()>>;

/// Returns the selected entries that a watermark covers. `place` is for the error about damaged
/// rows.
pub(crate) fn collect(rows: &mut dyn Rows, query: RowQuery<'_>, to: &Watermark, place: &str) -> Result<Vec<Entry>> {
    let mut found = RowCollector::new(place);
    rows.select(query, to, &mut |row| found.push(row))?;
    found.finish()
}

/// The operations of a transaction.
pub(crate) trait Rows {
    /// Returns how far the transaction sees, its own insertions included.
    fn watermark(&mut self) -> Result<Watermark>;

    /// Returns when the newest entry was recorded. Where transactions write concurrently, the value
    /// can be a little out of date, so that they do not have to wait for each other. It is never
    /// older than the newest entry committed before this transaction began.
    fn newest(&mut self) -> Result<Option<Moment>>;

    /// Returns the number of rows that a watermark covers.
    fn count(&mut self, to: &Watermark) -> Result<u64>;

    /// Compares the number of rows that a query selects, without regard to a watermark, with the
    /// count that the database keeps. Returns the differences. Only for [`RowQuery::All`],
    /// [`RowQuery::General`] and [`RowQuery::About`].
    fn miscounted(&mut self, _: RowQuery<'_>) -> Result<Vec<Miscount>> {
        Ok(Vec::new())
    }

    /// Passes on the selected rows that the watermark covers, each once, in the order of their
    /// numbers.
    fn select(&mut self, query: RowQuery<'_>, to: &Watermark, take: RowCallback<'_>) -> Result<()>;

    /// Like [`select`](Rows::select), but skips entries that the caller already has. Their lines
    /// need not be fetched.
    fn select_missing(
        &mut self,
        query: RowQuery<'_>,
        to: &Watermark,
        held: &dyn Fn(EntryId) -> bool,
        take: RowCallback<'_>,
    ) -> Result<()> {
        self.select(query, to, &mut |row| if held(row.id) { Ok(ControlFlow::Continue(())) } else { take(row) })
    }

    /// Returns the ids of all entries that a watermark covers, sorted.
    fn ids(&mut self, to: &Watermark) -> Result<Vec<EntryId>>;

    /// Returns the commitments that have entries, sorted.
    fn commitments(&mut self) -> Result<Vec<Slug>>;

    /// Inserts the entries that do not exist yet, in this order, and returns for each entry whether
    /// it was new. Only for use within [`Database::write`].
    fn insert(&mut self, entries: &[Entry]) -> Result<Vec<bool>>;

    /// Returns the numbers of the rows that this transaction has inserted, where transactions write
    /// concurrently.
    fn inserted(&self) -> Vec<i64> {
        Vec::new()
    }
}

/// A number of entries that is not the one that the database has counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Miscount {
    /// The commitment; empty for entries about none.
    pub(crate) commitment: String,
    /// How many entries were counted when they were recorded.
    pub(crate) counted: i64,
    /// How many rows there are.
    pub(crate) found: i64,
}

impl Miscount {
    pub(crate) fn fault(&self) -> Fault {
        let Self { commitment, counted, found } = self;
        let about = if commitment.is_empty() { "no commitment" } else { commitment };
        let text = format!("{counted} entries about {about} were recorded, and {found} are found; restore a backup");
        Fault { row: None, text }
    }
}

/// Fails if the number of rows of a query is not the one that the database has counted.
pub(crate) fn check_counts(rows: &mut dyn Rows, query: RowQuery<'_>, place: &str) -> Result<()> {
    // No entry is about the empty name, which stands for those about no commitment.
    if matches!(query, RowQuery::About("")) {
        return Ok(());
    }
    let faults: Vec<Fault> = rows.miscounted(query)?.iter().map(Miscount::fault).collect();
    if faults.is_empty() { Ok(()) } else { Err(StoreError::damaged_database(place, faults.into()).into()) }
}

/// Selects rows.
#[derive(Clone, Copy, Debug)]
pub(crate) enum RowQuery<'a> {
    /// All rows.
    All,
    /// Rows that a watermark does not cover.
    After(&'a Watermark),
    /// Rows about no commitment.
    General,
    /// Rows about a commitment.
    About(&'a str),
    /// All rows of the batches of these entries, which are found by following `previous` in both
    /// directions. The result may or may not include the entries themselves.
    Batches(&'a [EntryId]),
    /// The row of an entry.
    Id(EntryId),
    /// The row with this number.
    Number(i64),
}

/// A row. Whenever a row is read, its columns are compared with its line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'a> {
    /// The number of the row.
    pub(crate) number: i64,
    /// The id of the entry.
    pub(crate) id: EntryId,
    /// The commitment that the entry is about, if any.
    pub(crate) commitment: Option<&'a str>,
    /// When the entry was recorded, in microseconds, as in [`Moment::micros`].
    pub(crate) recorded_at: i64,
    /// Whether the entry is part of a batch.
    pub(crate) batch: bool,
    /// The previous entry in the batch. `None` for the first one.
    pub(crate) previous: Option<EntryId>,
    /// The canonical line of the entry.
    pub(crate) line: &'a str,
}

impl Row<'_> {
    /// Parses the line, and checks that the columns agree with it.
    pub(crate) fn read(&self) -> Result<Entry, Fault> {
        self.checked(format::read_line(self.line))
    }

    /// Returns a parsed entry if the columns agree with it.
    fn checked(&self, read: servanda_core::Result<Entry>) -> Result<Entry, Fault> {
        let fault = |text: String| Fault { row: Some(self.number), text };
        let entry = read.map_err(|error| fault(error.to_string()))?;
        let batch = entry.batch();
        let columns = [
            ("id", entry.id() == self.id),
            ("commitment", entry.commitment() == self.commitment),
            ("recorded_at", entry.recorded_at().micros() == self.recorded_at),
            ("previous", batch.is_some() == self.batch && batch.and_then(|batch| batch.previous) == self.previous),
        ];
        match columns.iter().find(|(_, says_the_same)| !says_the_same) {
            Some((column, _)) => Err(fault(format!("the column {column} does not match the line"))),
            None => Ok(entry),
        }
    }
}
