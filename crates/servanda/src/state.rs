//! The state that the clones of a tracker share.

use std::sync::Arc;
use std::time::Duration;

use servanda_core::{Batch, Digest, Entry, EntryId, Ledger, Slug};

use crate::backend::{DatabaseBackend, LocalBackend};
use crate::cache::Cache;
use crate::exchange::Cursor;
use crate::exchange::Export;
use crate::partial_ledger::{PartialLedger, Scope, load_dependencies};
use crate::progress::{Report, no_progress};
use crate::store::OpenLedger;
use crate::time::TimeSource;
use crate::transaction::Base;
use crate::{Error, Result};

/// The shared state of a tracker. Writers lock `backend` first, and hold the lock of the `cache`
/// only while they update memory, so readers never wait for disk I/O or for another process.
#[derive(Debug)]
pub(crate) struct State {
    backend: Backend,
    pub(crate) cache: Cache,
}

/// Where the ledger is kept.
#[derive(Debug)]
enum Backend {
    Local(LocalBackend),
    Database(DatabaseBackend),
}

impl State {
    /// An empty ledger in memory.
    pub(crate) fn in_memory() -> Self {
        Self::local(LocalBackend::new(None), Ledger::new())
    }

    pub(crate) fn open(opened: OpenLedger) -> Result<Self> {
        match opened {
            OpenLedger::Lines(opened) => {
                let (lines, ledger) = *opened;
                Ok(Self::local(LocalBackend::new(Some(lines)), ledger))
            }
            OpenLedger::Database(database) => {
                let (backend, part) = DatabaseBackend::open(database)?;
                Ok(Self { backend: Backend::Database(backend), cache: Cache::new(part) })
            }
        }
    }

    fn local(backend: LocalBackend, ledger: Ledger) -> Self {
        let cache = Cache::new(PartialLedger::complete(Arc::new(ledger)));
        Self { backend: Backend::Local(backend), cache }
    }

    pub(crate) fn set_lock_timeout(&self, timeout: Duration) -> Result<()> {
        match &self.backend {
            Backend::Local(_) => Ok(()),
            Backend::Database(backend) => backend.set_lock_timeout(timeout),
        }
    }

    /// Loads a scope, and returns the ledger.
    pub(crate) fn ledger(&self, part: &PartialLedger, scope: &Scope, report: Report<'_>) -> Result<Arc<Ledger>> {
        if let Backend::Database(backend) = &self.backend {
            backend.load(part, scope, report)?;
        }
        Ok(part.ledger())
    }

    /// Returns the whole ledger.
    pub(crate) fn whole(&self, report: Report<'_>) -> Result<Arc<Ledger>> {
        self.ledger(&*self.cache.get()?, &Scope::All, report)
    }

    /// Loads the definitions and the commitments that a batch names, and returns the ledger.
    pub(crate) fn ledger_about(&self, batch: &Batch) -> Result<Arc<Ledger>> {
        let ids = batch.commitments().into_iter().map(|id| id.as_str().to_owned()).collect();
        self.ledger(&*self.cache.get()?, &Scope::Commitments(ids), &mut no_progress)
    }

    /// Loads what a batch depends on, and returns the ledger.
    pub(crate) fn ledger_for(&self, part: &PartialLedger, batch: &Batch) -> Result<Arc<Ledger>> {
        if batch.may_concern_all() {
            return self.ledger(part, &Scope::All, &mut no_progress);
        }
        load_dependencies(batch, |ids| self.ledger(part, &Scope::Commitments(ids.clone()), &mut no_progress))
    }

    /// Adds the nearest known ids to an error about an unknown commitment.
    pub(crate) fn suggest(&self, part: &PartialLedger, error: Error) -> Error {
        match &self.backend {
            Backend::Local(_) => error,
            Backend::Database(backend) => backend.suggest(part, error),
        }
    }

    pub(crate) fn append(&self, batch: Batch, recorded_by: &Slug, time: &dyn TimeSource) -> Result<Vec<Entry>> {
        let appended = match &self.backend {
            Backend::Local(backend) => backend.append(&self.cache, batch, recorded_by, time),
            Backend::Database(backend) => backend.append(&self.cache, &batch, recorded_by, time),
        };
        self.cache.observers.deliver();
        appended
    }

    pub(crate) fn prepare(&self, batch: &Batch, recorded_by: &Slug, time: &dyn TimeSource) -> Result<Vec<Entry>> {
        let part = self.cache.get()?;
        match &self.backend {
            Backend::Local(_) => Ok(part.ledger().prepare(batch.clone(), recorded_by, time.now())?),
            Backend::Database(backend) => backend.prepare(&part, batch, recorded_by, time),
        }
    }

    pub(crate) fn merge(&self, entries: Vec<Entry>, time: &dyn TimeSource, report: Report<'_>) -> Result<usize> {
        let merged = match &self.backend {
            Backend::Local(backend) => backend.merge(&self.cache, entries, time, report),
            Backend::Database(backend) => backend.merge(&self.cache, entries, time, report),
        };
        self.cache.observers.deliver();
        merged
    }

    /// Writes the entries of a transaction, unless the ledger has changed since it began.
    pub(crate) fn write(&self, entries: &[Entry], base: Base, time: &dyn TimeSource) -> Result<()> {
        let written = match &self.backend {
            Backend::Local(backend) => backend.write(&self.cache, entries, base, time),
            Backend::Database(backend) => backend.write(&self.cache, entries, base, time),
        };
        self.cache.observers.deliver();
        written
    }

    pub(crate) fn refresh(&self, time: &dyn TimeSource) -> Result<bool> {
        let refreshed = match &self.backend {
            Backend::Local(backend) => backend.refresh(&self.cache, time),
            Backend::Database(backend) => backend.refresh(&self.cache, time),
        };
        self.cache.observers.deliver();
        refreshed
    }

    pub(crate) fn export(&self, cursor: Option<&str>) -> Result<Export> {
        let since = cursor.map(Cursor::parse).transpose()?;
        match &self.backend {
            Backend::Local(_) => LocalBackend::export(&self.cache, since.as_ref()),
            Backend::Database(backend) => backend.export(since.as_ref()),
        }
    }

    pub(crate) fn verify(&self, report: Report<'_>) -> Result<Arc<Ledger>> {
        match &self.backend {
            Backend::Local(backend) => backend.verify(&self.cache, report),
            Backend::Database(backend) => backend.verify(report),
        }
    }

    pub(crate) fn entries_like(&self, start: &str) -> Result<Vec<Entry>> {
        let part = self.cache.get()?;
        if let (Backend::Database(backend), Ok(id)) = (&self.backend, start.parse::<EntryId>())
            && !part.is_complete()
        {
            return backend.entry(&part, id);
        }
        let ledger = self.whole(&mut no_progress)?;
        Ok(ledger.entries().filter(|entry| entry.id().to_string().starts_with(start)).cloned().collect())
    }

    pub(crate) fn digest(&self) -> Result<Digest> {
        let part = self.cache.get()?;
        match &self.backend {
            Backend::Database(backend) if !part.is_complete() => backend.digest(&part),
            _ => Ok(part.ledger().digest()),
        }
    }
}
