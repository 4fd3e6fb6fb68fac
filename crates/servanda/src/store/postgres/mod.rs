//! A ledger in a PostgreSQL database.
//!
//! **What two writers meet at.** Every commitment has a *head*, one row that says what there is about it, and what is about none has one too. A
//! transaction that takes a step reads the heads of what the step depends on and raises that of its commitment, at isolation level
//! SERIALIZABLE. So two that depend on each other are never both committed (the database fails one of them with SQLSTATE 40001, and it is run again
//! from its beginning), and two on different commitments touch no row in common. What a transaction reads beyond heads it reads
//! *before* it begins, by [`Writing`]'s prefetch, and uses only if the head is still the same: ranges of an index read within it would make it
//! depend on everything that happens to be stored beside them. Who lost to another holds the heads from the beginning the next time, and reads
//! within the transaction: else a writer without a pause would always be quicker than who first has to find out what it wrote.
//!
//! **When an entry was recorded.** Within a commitment, and beside definitions, entries are stamped later than all there is, exactly: the heads say
//! so. Beside entries about other commitments they are stamped later than all that was committed before the append began;
//! two appends at the same time on different commitments may be stamped in either order. No standing depends on that order.
//!
//! **What readers have seen.** See [`numbers`].

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
use crate::progress::Report;
use crate::{Error, Fault, Result};
use known_entries::KnownEntries;
use reading::{Reading, SelectError};
use retry::{MAX_ATTEMPTS, Sleep, Wait, backoff, is_retryable};
use session::Session;
use target::Target;
use writing::{Outcome, Writing};

/// How long to wait for a server that does not answer.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// How often a transaction may ask for something to be read before it; what it needs beyond that it reads itself.
const MAX_PREFETCHES: u32 = 16;

/// A connection to a database, which is made anew when it has broken.
pub(crate) struct Postgres {
    target: Arc<Target>,
    session: Option<Session>,
    wait: Arc<dyn Wait>,
    /// How far this connection has seen.
    watermark: Watermark,
    known: KnownEntries,
}

impl fmt::Debug for Postgres {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Postgres").field(&self.target).finish()
    }
}

impl Postgres {
    /// Opens a ledger that is there.
    pub(crate) fn open(url: &str) -> Result<Self> {
        let mut postgres = Self::at(Target::parse(url)?);
        let place = postgres.place();
        schema::open(&mut postgres.session()?.client, &place)?;
        Ok(postgres)
    }

    /// Makes the tables of an empty ledger.
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

    /// The connection that is there, or a new one.
    fn session(&mut self) -> Result<&mut Session> {
        let open = self.session.take().filter(|session| !session.client.is_closed());
        let session = match open {
            Some(session) => session,
            None => Session::connect(&self.target)?,
        };
        Ok(self.session.insert(session))
    }

    /// Runs what a transaction begins with. A connection that has broken since it was last used is made anew: nothing has been done yet.
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

    /// Ends a transaction that is not to count.
    fn roll_back(&mut self) {
        if let Some(session) = &mut self.session
            && session.client.batch_execute("ROLLBACK").is_err()
        {
            self.session = None;
        }
    }
}

/// What went wrong, without what was sent.
fn failed(place: &str, error: &postgres::Error) -> Error {
    let place = place.to_owned();
    match error.as_db_error() {
        Some(said) => {
            let (reason, sqlstate) = (said.message().to_owned(), Some(said.code().code().to_owned()));
            Error::Server { place, reason, sqlstate }
        }
        None => Error::NoConnection { place, reason: describe(error) },
    }
}

/// What an error says and what is behind it.
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

/// How a try at a transaction ended.
enum Attempt {
    Finished(Result<()>),
    /// Others came between, at the heads of these commitments.
    Conflict(Vec<String>),
    /// Something has to be read before it.
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
        // Nobody holds all of a server: writers meet at one commitment, and try again.
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
        Err(Error::Contended { place: self.place(), tries: MAX_ATTEMPTS })
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
        Err(Error::Contended { place: self.place(), tries: MAX_ATTEMPTS })
    }

    fn serializes_writes(&self) -> bool {
        false
    }

    fn check(&mut self, report: Report<'_>) -> Result<Vec<Fault>> {
        self.begin(|session| {
            session.client.batch_execute("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        })?;
        let Some(session) = &mut self.session else { return Ok(Vec::new()) };
        let faults = check::check(&mut session.client, report).map_err(|stop| match stop {
            SelectError::Callback(error) => error,
            SelectError::Server(error) => failed(&self.target.place, &error),
        });
        self.roll_back();
        faults
    }
}

impl Postgres {
    /// Tries once. Where others were met before, their heads are held from the beginning, and all is read within the transaction: who
    /// writes without a pause would else always be quicker than who has to find out first what was written.
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
        // Nobody has told us whether it was committed. A new connection can.
        self.session = None;
        let unknown = |postgres: &Self| Error::CommitUnknown { place: postgres.place(), reason: describe(&error) };
        let settled = self.session().map_err(|_| ()).and_then(|session| session.is_committed(inserted).map_err(|_| ()));
        match settled {
            Ok(true) => Ok(Attempt::Finished(Ok(()))),
            Ok(false) => Err(self.failed(&error)),
            Err(()) => Err(unknown(self)),
        }
    }

    /// Reads what there is about a commitment, or about none, for a transaction that is going to depend on it.
    fn prefetch(&mut self, key: &str) -> Result<()> {
        let place = self.place();
        let Self { session: Some(session), known, .. } = self else { return Ok(()) };
        known.read(session, key).map_err(|error| failed(&place, &error))
    }
}

/// Whether the server broke the connection off: it is shutting down, or somebody has told it to.
fn is_disconnect(state: &SqlState) -> bool {
    [SqlState::ADMIN_SHUTDOWN, SqlState::CRASH_SHUTDOWN, SqlState::CANNOT_CONNECT_NOW].contains(state)
        || *state == SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT
}
