//! Where a ledger is kept: in memory, in a file of lines, or in a database.
//!
//! A file of lines is read as a whole ([`crate::json_lines`]). A **database** is read as far as somebody asks: what a standing depends on is
//! the commitment's own entries, the definitions, and the batches these belong to. Everything that databases have in common is
//! here and in [`crate::partial_ledger`]; what one of them has to be able to do is a [`Database`], and no more:
//!
//! - [`sqlite`]: a file, for one machine.
//! - [`postgres`]: a server, for many.

mod place;
#[cfg(feature = "postgres")]
pub(crate) mod postgres;
mod row_batch;
#[cfg(feature = "sqlite")]
pub(crate) mod sqlite;

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::time::Duration;

use servanda_core::{Entry, EntryId, Ledger, Moment, Slug, format};

use crate::json_lines::JsonLines;
use crate::progress::Report;
use crate::{Fault, Result};

pub use place::{is_database_url, without_password};

pub(crate) use place::Place;
pub(crate) use row_batch::RowBatch;

/// A ledger at its place.
#[derive(Debug)]
pub(crate) enum OpenLedger {
    /// A file of lines, and all that is in it.
    Lines(Box<(JsonLines, Ledger)>),
    /// A database.
    Database(Box<dyn Database>),
}

/// How far rows have been seen. Every row has a number, and later rows have larger ones; but where several transactions write at a time, a
/// row with a smaller number may come to light after one with a larger.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Watermark {
    /// All rows up to this number have been seen, and none will ever be added among them. Zero: none has been seen.
    pub(crate) through: i64,
    /// The rows after it that have been seen too. SQLite, where one writes at a time, scope none.
    pub(crate) also: BTreeSet<i64>,
}

impl Watermark {
    /// Whether a row has been seen.
    pub(crate) fn covers(&self, number: i64) -> bool {
        number <= self.through || self.also.contains(&number)
    }
}

/// A connection to a database that keeps entries. One thread uses it at a time.
pub(crate) trait Database: Debug + Send {
    /// Where it is, for people: a path, or a URL without its password.
    fn place(&self) -> String;

    /// Another connection to the same database. A tracker reads with one and writes with another, so that who reads does not wait.
    fn reconnect(&self) -> Result<Box<dyn Database>>;

    /// How long to wait for another program that writes, where waiting is all that can be done.
    fn set_lock_timeout(&mut self, timeout: Duration);

    /// Reads: all that `work` asks for is of one moment. Whatever error `work` returns is returned. `work` may be run again from
    /// its beginning, if a transaction fails for a reason that a new one would not have.
    fn read(&mut self, work: &mut dyn FnMut(&mut dyn Rows) -> Result<()>) -> Result<()>;

    /// Reads and writes in one transaction. When this returns, what `work` inserted is committed and on the disk; if `work` returns
    /// an error or the commit fails, nothing of it is there, and the error is returned. Two such transactions that both would take a step that only one of
    /// them may take are never both committed: the later sees what the earlier inserted, if need be because `work` is run again from its beginning.
    fn write(&mut self, work: &mut dyn FnMut(&mut dyn Rows) -> Result<()>) -> Result<()>;

    /// Whether transactions that write follow one another, so that whoever has read what is new within one knows all there is. If not, what a
    /// step depends on is read again in the transaction that takes it, and what is new is taken in outside of it.
    fn serializes_writes(&self) -> bool;

    /// What is wrong with the database itself, by its own check of its pages and its tables. What is wrong with rows is found by reading them. It is
    /// reported, while it takes, that nothing has been read yet.
    fn check(&mut self, report: Report<'_>) -> Result<Vec<Fault>>;
}

/// What a transaction can see and do.
pub(crate) trait Rows {
    /// How far it sees, its own insertions included.
    fn watermark(&mut self) -> Result<Watermark>;

    /// When the newest entry was recorded. Where several transactions write at a time it may be as of a little earlier, so that they do not have to
    /// wait for each other over it; but it is never older than the newest entry of a transaction that was committed before this one began.
    fn newest(&mut self) -> Result<Option<Moment>>;

    /// How many rows a mark covers.
    fn count(&mut self, to: &Watermark) -> Result<u64>;

    /// The rows that are selected and that the mark covers, in the order of their numbers, each once.
    fn select(
        &mut self,
        which: RowQuery<'_>,
        to: &Watermark,
        take: &mut dyn FnMut(Row<'_>) -> Result<()>,
    ) -> Result<()>;

    /// As [`select`](Rows::select), but for entries that are held already, of which not even the line need be fetched.
    fn select_missing(
        &mut self,
        which: RowQuery<'_>,
        to: &Watermark,
        held: &dyn Fn(EntryId) -> bool,
        take: &mut dyn FnMut(Row<'_>) -> Result<()>,
    ) -> Result<()> {
        self.select(which, to, &mut |row| if held(row.id) { Ok(()) } else { take(row) })
    }

    /// The ids of all entries that a mark covers, sorted.
    fn ids(&mut self, to: &Watermark) -> Result<Vec<EntryId>>;

    /// The commitments that any entry is about, sorted.
    fn commitments(&mut self) -> Result<Vec<Slug>>;

    /// Inserts entries in this order, but for those that are there, and says of each whether it was new. Called only within [`Database::write`].
    fn insert(&mut self, entries: &[Entry]) -> Result<Vec<bool>>;

    /// The numbers of the rows that this transaction has inserted, where transactions do not write in turn.
    fn inserted(&self) -> Vec<i64> {
        Vec::new()
    }
}

/// Which rows.
#[derive(Clone, Copy, Debug)]
pub(crate) enum RowQuery<'a> {
    /// All.
    All,
    /// Those after a mark: those that it does not cover.
    After(&'a Watermark),
    /// Those about no commitment.
    General,
    /// Those about a commitment.
    About(&'a str),
    /// All rows of the batches to which these entries belong: along [`BatchPosition::previous`](servanda_core::BatchPosition::previous), in both
    /// directions, as far as it leads. Those entries themselves may be among them or not.
    Batches(&'a [EntryId]),
    /// The row of an entry.
    Id(EntryId),
    /// The row with this number.
    Number(i64),
}

/// A row. What its columns say is compared with what the line says whenever a row is read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'a> {
    /// Its number.
    pub(crate) number: i64,
    /// The entry's id.
    pub(crate) id: EntryId,
    /// The commitment that it is about, if it is about one.
    pub(crate) commitment: Option<&'a str>,
    /// When it was recorded, in microseconds as [`Moment::micros`].
    pub(crate) recorded_at: i64,
    /// Whether it is one of a batch.
    pub(crate) batch: bool,
    /// The entry before it in the batch; none for the first.
    pub(crate) previous: Option<EntryId>,
    /// The entry's canonical line.
    pub(crate) line: &'a str,
}

impl Row<'_> {
    /// The entry that the line is, if the columns say the same.
    pub(crate) fn read(&self) -> Result<Entry, Fault> {
        self.checked(format::read_line(self.line))
    }

    /// The entry that was read from the line, if the columns say the same.
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
            Some((column, _)) => Err(fault(format!("the column {column} does not say what the line says"))),
            None => Ok(entry),
        }
    }
}
