//! A connection with its prepared statements.

use std::collections::HashMap;

use postgres::{Client, NoTls, Row, Statement, types::ToSql};

use super::target::Target;
use super::writing::Inserted;
use super::{failed, is_disconnect, numbers};
use crate::{Result, StoreError};

pub(super) struct Session {
    pub(super) client: Client,
    prepared: HashMap<&'static str, Statement>,
}

/// Values that are read before a transaction begins. Reading them inside the transaction would
/// make it depend on every other writer.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Baseline {
    /// The server's clock, in microseconds.
    pub(super) time: i64,
    /// When the newest entry was recorded.
    pub(super) newest: Option<i64>,
    /// The largest number of a row.
    pub(super) largest: i64,
}

impl Session {
    pub(super) fn connect(target: &Target) -> Result<Self> {
        let no_connection = |reason| StoreError::NoConnection { place: target.place.clone(), reason };
        let connected = match target.tls.connector().map_err(no_connection)? {
            Some(tls) => target.config.connect(tls),
            None => target.config.connect(NoTls),
        };
        let mut client = connected.map_err(|error| match error.as_db_error() {
            Some(said) => no_connection(said.message().to_owned()),
            None => no_connection(super::describe(&error)),
        })?;
        // PostgreSQL scans small tables sequentially, and a serializable transaction then depends
        // on the whole table. Databases without this setting do not need it.
        let _ = client.batch_execute("SET enable_seqscan = off");
        // With that setting the estimated cost of a necessary scan is so high that PostgreSQL would
        // JIT-compile the statement first.
        let _ = client.batch_execute("SET jit = off");
        // Row-level security would otherwise hide rows, and a ledger without them looks sound. With
        // this setting, a statement whose rows would be filtered fails.
        let set = "SET client_min_messages = warning; SET row_security = off";
        client.batch_execute(set).map_err(|error| failed(&target.place, &error))?;
        Ok(Self { client, prepared: HashMap::new() })
    }

    /// Whether the connection is gone.
    pub(super) fn is_lost(&self, error: &postgres::Error) -> bool {
        self.client.is_closed()
            || error.is_closed()
            || error.as_db_error().is_none()
            || error.code().is_some_and(is_disconnect)
    }

    pub(super) fn prepare(&mut self, sql: &'static str) -> Result<Statement, postgres::Error> {
        if let Some(statement) = self.prepared.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(sql)?;
        self.prepared.insert(sql, statement.clone());
        Ok(statement)
    }

    pub(super) fn query(
        &mut self,
        sql: &'static str,
        values: &[&(dyn ToSql + Sync)],
    ) -> Result<Vec<Row>, postgres::Error> {
        let statement = self.prepare(sql)?;
        self.client.query(&statement, values)
    }

    pub(super) fn read_baseline(&mut self) -> Result<Baseline, postgres::Error> {
        const SQL: &str = "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint, \
                           (SELECT max(recorded_at) FROM servanda_entries), (SELECT max(number) FROM servanda_entries)";
        let rows = self.query(SQL, &[])?;
        let Some(row) = rows.first() else { return Ok(Baseline::default()) };
        let largest: Option<i64> = row.try_get(2)?;
        Ok(Baseline { time: row.try_get(0)?, newest: row.try_get(1)?, largest: largest.unwrap_or_default() })
    }

    /// Begins a transaction that the server ends if it takes too long. Its commit waits for the
    /// disk, even if the database is configured not to.
    pub(super) fn begin_to_write(&mut self) -> Result<(), postgres::Error> {
        let longest = numbers::MAX_TRANSACTION / 1000;
        self.client.batch_execute(&format!(
            "BEGIN TRANSACTION ISOLATION LEVEL SERIALIZABLE; SET LOCAL synchronous_commit = on; \
             SET LOCAL statement_timeout = {longest}; SET LOCAL idle_in_transaction_session_timeout = {longest}"
        ))
    }

    /// Locks these heads until the end of the transaction, and waits for other writers first.
    pub(super) fn lock_heads(&mut self, keys: &[String]) -> Result<(), postgres::Error> {
        const SQL: &str =
            "SELECT version FROM servanda_heads WHERE commitment = ANY($1) ORDER BY commitment FOR UPDATE";
        if keys.is_empty() { Ok(()) } else { self.query(SQL, &[&keys]).map(drop) }
    }

    /// Returns the server's clock.
    pub(super) fn time(&mut self) -> Result<i64, postgres::Error> {
        const SQL: &str = "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint";
        self.query(SQL, &[])?.first().map_or(Ok(0), |row| row.try_get(0))
    }

    /// Whether a transaction was committed whose connection was lost during the commit. If the
    /// server is still working on it, this waits, because that transaction holds a lock on its
    /// head.
    pub(super) fn is_committed(&mut self, inserted: &Inserted) -> Result<bool, postgres::Error> {
        let Some((key, id)) = inserted.last() else { return Ok(false) };
        self.client.batch_execute("BEGIN")?;
        self.client.execute(
            "INSERT INTO servanda_heads AS head (commitment, version, entries, number, newest) VALUES ($1, 0, 0, 0, 0) \
             ON CONFLICT (commitment) DO UPDATE SET version = head.version",
            &[&key],
        )?;
        self.client.batch_execute("ROLLBACK")?;
        Ok(!self.client.query("SELECT 1 FROM servanda_entries WHERE id = $1", &[&id.as_bytes().as_slice()])?.is_empty())
    }
}
