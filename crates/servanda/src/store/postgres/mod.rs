//! Stores a ledger in a PostgreSQL database.
//!
//! **Concurrent writers.** Every commitment has a *head*: one row that summarizes its entries.
//! Entries about no commitment share one head. A transaction that takes a step reads the heads of
//! everything the step depends on and updates the head of its own commitment, at isolation level
//! SERIALIZABLE. Two transactions that depend on each other therefore never both commit: the
//! database fails one of them with SQLSTATE 40001, and that one runs again from the start. Two
//! transactions on different commitments touch no row in common.
//!
//! A transaction reads heads itself, but entries are read *before* it begins (see
//! [`Postgres::prefetch`]) and are used only if the head has not changed since. Reading a range of
//! an index inside the transaction would make it depend on unrelated rows that happen to be stored
//! on the same page. After a conflict, the retry locks the heads first and reads inside the
//! transaction. Otherwise a fast writer could starve one that has to read more before it can write.
//!
//! **Timestamps.** Within a commitment, and relative to definitions, a new entry is stamped later
//! than every existing entry; the heads guarantee this. Relative to other commitments, it is
//! stamped later than everything committed before the append began. Two concurrent appends to
//! different commitments can be stamped in either order. No standing depends on that order.
//!
//! **How far a reader has read.** See [`numbers`].

mod check;
mod known_entries;
mod numbers;
mod reading;
mod retry;
mod schema;
mod session;
mod target;
#[cfg(test)]
mod tests;
mod tls;
mod writing;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use postgres::error::SqlState;

use super::{Database, Rows, Watermark};
use crate::backend::protocol::{ConcurrentWrites, WriteProtocol};
use crate::error::Fault;
use crate::first_few::FirstFew;
use crate::progress::Report;
use crate::{Error, Result, StoreError};
use known_entries::KnownEntries;
use reading::{Reading, SelectError};
use retry::{MAX_ATTEMPTS, Sleep, Wait, backoff, is_retryable};
use session::Session;
use target::Target;
use writing::{Outcome, Writing};

/// How long to wait for a server that does not answer.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// How many prefetches a transaction may request. After that it reads what it needs itself.
const MAX_PREFETCHES: u32 = 16;

/// A connection to a database. It reconnects after the connection was lost.
pub(crate) struct Postgres {
    target: Arc<Target>,
    session: Option<Session>,
    wait: Arc<dyn Wait>,
    /// How far this connection has read.
    watermark: Watermark,
    known: KnownEntries,
}

impl fmt::Debug for Postgres {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Postgres").field(&self.target).finish()
    }
}

impl Postgres {
    /// Opens an existing ledger.
    pub(crate) fn open(url: &str) -> Result<Self> {
        let mut postgres = Self::at(Target::parse(url)?);
        let place = postgres.place();
        schema::open(&mut postgres.session()?.client, &place)?;
        Ok(postgres)
    }

    /// Creates the tables of an empty ledger.
    pub(crate) fn create(url: &str) -> Result<Self> {
        let mut postgres = Self::at(Target::parse(url)?);
        let place = postgres.place();
        schema::create(&mut postgres.session()?.client, &place)?;
        Ok(postgres)
    }

    fn at(target: Target) -> Self {
        let (watermark, known) = (Watermark::default(), KnownEntries::default());
        Self { target: Arc::new(target), session: None, wait: Arc::new(Sleep), watermark, known }
    }

    /// Returns the open connection, or opens a new one.
    fn session(&mut self) -> Result<&mut Session> {
        let open = self.session.take().filter(|session| !session.client.is_closed());
        let session = match open {
            Some(session) => session,
            None => Session::connect(&self.target)?,
        };
        Ok(self.session.insert(session))
    }

    /// Runs the first statement of a transaction. If the connection was lost while it was idle,
    /// this reconnects and tries once more: nothing has been done yet.
    fn begin<T>(&mut self, mut begin: impl FnMut(&mut Session) -> Result<T, postgres::Error>) -> Result<T> {
        let first = begin(self.session()?);
        let result = match first {
            Err(error) if self.session()?.is_lost(&error) => {
                self.session = None;
                begin(self.session()?)
            }
            result => result,
        };
        result.map_err(|error| self.failed(&error))
    }

    fn failed(&self, error: &postgres::Error) -> Error {
        failed(&self.target.place, error)
    }

    /// Rolls back the current transaction.
    fn roll_back(&mut self) {
        if let Some(session) = &mut self.session
            && session.client.batch_execute("ROLLBACK").is_err()
        {
            self.session = None;
        }
    }
}

/// Converts an error of the driver. The result never contains the statement or its values.
fn failed(place: &str, error: &postgres::Error) -> Error {
    let place = place.to_owned();
    match error.as_db_error() {
        Some(said) => {
            let (reason, sqlstate) = (said.message().to_owned(), Some(said.code().code().to_owned()));
            StoreError::Server { place, reason, sqlstate }.into()
        }
        None => StoreError::NoConnection { place, reason: describe(error) }.into(),
    }
}

/// Returns the text of an error and of its sources.
fn describe(error: &postgres::Error) -> String {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        let said = cause.to_string();
        if !text.contains(&said) {
            text = format!("{text}: {said}");
        }
        source = cause.source();
    }
    text
}

/// How one attempt at a transaction ended.
enum Attempt {
    Finished(Result<()>),
    /// Other writers changed the heads of these commitments.
    Conflict(Vec<String>),
    /// The entries of this commitment must be read before the transaction begins.
    Prefetch(String),
}

impl Database for Postgres {
    fn place(&self) -> String {
        self.target.place.clone()
    }

    fn reconnect(&self) -> Result<Box<dyn Database>> {
        let (target, wait) = (Arc::clone(&self.target), Arc::clone(&self.wait));
        let (watermark, known) = (self.watermark.clone(), KnownEntries::default());
        Ok(Box::new(Self { target, session: None, wait, watermark, known }))
    }

    fn set_lock_timeout(&mut self, _: Duration) {
        // Nothing locks the whole database: writers conflict on single commitments, and retry.
    }

    fn read(&mut self, work: &mut dyn FnMut(&mut dyn Rows) -> Result<()>) -> Result<()> {
        for tries in 0..MAX_ATTEMPTS {
            self.begin(|session| {
                session.client.batch_execute("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            })?;
            let Some(session) = &mut self.session else { continue };
            let mut rows = Reading::new(session, &self.target.place, &mut self.watermark);
            let result = work(&mut rows);
            let retryable = rows.retryable;
            self.roll_back();
            if !retryable {
                return result;
            }
            self.wait.wait(backoff(tries));
        }
        Err(StoreError::Contended { place: self.place(), tries: MAX_ATTEMPTS }.into())
    }

    fn write(&mut self, work: &mut dyn FnMut(&mut dyn Rows) -> Result<()>) -> Result<()> {
        let (mut tries, mut prefetched, mut met) = (0, 0, Vec::new());
        while tries < MAX_ATTEMPTS {
            match self.attempt_write(work, prefetched < MAX_PREFETCHES, &met)? {
                Attempt::Finished(result) => return result,
                Attempt::Prefetch(key) => {
                    prefetched += 1;
                    self.prefetch(&key)?;
                }
                Attempt::Conflict(at) => {
                    self.wait.wait(backoff(tries));
                    (tries, prefetched, met) = (tries + 1, 0, at);
                }
            }
        }
        Err(StoreError::Contended { place: self.place(), tries: MAX_ATTEMPTS }.into())
    }

    fn protocol(&self) -> &'static dyn WriteProtocol {
        &ConcurrentWrites
    }

    fn check(&mut self, report: Report<'_>) -> Result<FirstFew<Fault>> {
        self.begin(|session| {
            session.client.batch_execute("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        })?;
        let Some(session) = &mut self.session else { return Ok(FirstFew::default()) };
        let faults = check::check(&mut session.client, report).map_err(|stop| match stop {
            SelectError::Callback(error) => error,
            SelectError::Server(error) => failed(&self.target.place, &error),
        });
        self.roll_back();
        faults
    }
}

impl Postgres {
    /// Tries the transaction once. `met` lists the commitments of an earlier conflict: their heads
    /// are locked first, and everything is read inside the transaction. Otherwise a fast writer
    /// could starve one that has to read more before it can write.
    fn attempt_write(
        &mut self,
        work: &mut dyn FnMut(&mut dyn Rows) -> Result<()>,
        may_prefetch: bool,
        met: &[String],
    ) -> Result<Attempt> {
        let baseline = self.begin(Session::read_baseline)?;
        self.begin(Session::begin_to_write)?;
        let Some(session) = &mut self.session else { return Ok(Attempt::Conflict(Vec::new())) };
        if let Err(error) = session.lock_heads(met) {
            let retryable = error.code().is_some_and(is_retryable);
            self.roll_back();
            return if retryable { Ok(Attempt::Conflict(met.to_vec())) } else { Err(self.failed(&error)) };
        }
        let may_prefetch = may_prefetch && met.is_empty();
        let mut rows = Writing::new(session, &self.target.place, &mut self.known, baseline, may_prefetch);
        let result = work(&mut rows);
        let outcome = rows.end();
        match outcome {
            Outcome::Conflict(met) => {
                self.roll_back();
                Ok(Attempt::Conflict(met))
            }
            Outcome::NeedsPrefetch(key) => {
                self.roll_back();
                Ok(Attempt::Prefetch(key))
            }
            Outcome::Finished(inserted) if result.is_ok() && !inserted.is_empty() => self.commit(&inserted),
            Outcome::Finished(_) => {
                self.roll_back();
                Ok(Attempt::Finished(result))
            }
        }
    }

    fn commit(&mut self, inserted: &writing::Inserted) -> Result<Attempt> {
        let Some(session) = &mut self.session else { return Ok(Attempt::Conflict(Vec::new())) };
        let Err(error) = session.client.batch_execute("COMMIT") else {
            self.known.inserted(inserted);
            return Ok(Attempt::Finished(Ok(())));
        };
        if let Some(state) = error.code()
            && !session.is_lost(&error)
        {
            let retryable = is_retryable(state);
            self.roll_back();
            let met = || inserted.heads.keys().filter(|key| !key.is_empty()).cloned().collect();
            return if retryable { Ok(Attempt::Conflict(met())) } else { Err(self.failed(&error)) };
        }
        // The server did not say whether the transaction was committed. A new connection can find
        // out.
        self.session = None;
        let unknown =
            |postgres: &Self| StoreError::CommitUnknown { place: postgres.place(), reason: describe(&error) }.into();
        let settled = self.session().map_err(|_| ()).and_then(|session| session.is_committed(inserted).map_err(|_| ()));
        match settled {
            Ok(true) => Ok(Attempt::Finished(Ok(()))),
            Ok(false) => Err(self.failed(&error)),
            Err(()) => Err(unknown(self)),
        }
    }

    /// Reads the entries of a commitment (or those about none) for the transaction that needs them.
    fn prefetch(&mut self, key: &str) -> Result<()> {
        let place = self.place();
        let Self { session: Some(session), known, .. } = self else { return Ok(()) };
        known.read(session, key).map_err(|error| failed(&place, &error))
    }
}

/// Whether the server closed the connection: it is shutting down, or an administrator ended it.
fn is_disconnect(state: &SqlState) -> bool {
    [SqlState::ADMIN_SHUTDOWN, SqlState::CRASH_SHUTDOWN, SqlState::CANNOT_CONNECT_NOW].contains(state)
        || *state == SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT
}
