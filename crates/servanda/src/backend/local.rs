//! Ledgers that are completely in memory, with or without a JSON Lines file.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard};

use servanda_core::{Batch, Entry, EntryId, Ledger, Slug};

use crate::Progress;
use crate::cache::Cache;
use crate::exchange::Export;
use crate::exchange::{self, Cursor};
use crate::json_lines::{JsonLines, News, WriteLock};
use crate::partial_ledger::NewlySeen;
use crate::progress::{Report, no_progress};
use crate::store::Watermark;
use crate::time::TimeSource;
use crate::transaction::Base;
use crate::{Result, StoreError};

/// A ledger in memory and, if there is one, its JSON Lines file.
#[derive(Debug)]
pub(crate) struct LocalBackend {
    file: Mutex<Option<JsonLines>>,
}

impl LocalBackend {
    pub(crate) fn new(file: Option<JsonLines>) -> Self {
        Self { file: Mutex::new(file) }
    }

    fn file(&self) -> Result<MutexGuard<'_, Option<JsonLines>>> {
        self.file.lock().map_err(|_| StoreError::Poisoned.into())
    }

    /// Locks the ledger for writing. This recovers from an earlier crash, and reads what other
    /// programs have written.
    fn writer<'a>(&'a self, cache: &'a Cache, time: &'a dyn TimeSource) -> Result<Writer<'a>> {
        let mut file = self.file()?;
        let lock = match &mut *file {
            None => None,
            Some(lines) => {
                let mut lock = lines.lock()?;
                lines.recover(&mut lock)?;
                refresh(lines, cache, time)?;
                Some(lock)
            }
        };
        Ok(Writer { lock, file, cache, time })
    }

    pub(crate) fn append(
        &self,
        cache: &Cache,
        batch: Batch,
        recorded_by: &Slug,
        time: &dyn TimeSource,
    ) -> Result<Vec<Entry>> {
        let mut writer = self.writer(cache, time)?;
        let entries = cache.get()?.ledger().prepare(batch, recorded_by, time.now())?;
        writer.write(&entries, &mut no_progress)?;
        Ok(entries)
    }

    pub(crate) fn write(&self, cache: &Cache, entries: &[Entry], base: Base, time: &dyn TimeSource) -> Result<()> {
        let mut writer = self.writer(cache, time)?;
        base.check(&cache.get()?.ledger())?;
        writer.write(entries, &mut no_progress)
    }

    pub(crate) fn merge(
        &self,
        cache: &Cache,
        mut entries: Vec<Entry>,
        time: &dyn TimeSource,
        report: Report<'_>,
    ) -> Result<usize> {
        let mut writer = self.writer(cache, time)?;
        let mut met = HashSet::new();
        let ledger = cache.get()?.ledger();
        entries.retain(|entry| ledger.entry(entry.id()).is_none() && met.insert(entry.id()));
        // Release the ledger: extending would copy it otherwise.
        drop(ledger);
        writer.write(&entries, report)?;
        Ok(entries.len())
    }

    pub(crate) fn refresh(&self, cache: &Cache, time: &dyn TimeSource) -> Result<bool> {
        self.file()?.as_mut().map_or(Ok(false), |lines| refresh(lines, cache, time))
    }

    pub(crate) fn verify(&self, cache: &Cache, report: Report<'_>) -> Result<Arc<Ledger>> {
        if let Some(lines) = &*self.file()? {
            lines.verify(report)?;
        }
        Ok(cache.get()?.ledger())
    }

    pub(crate) fn export(cache: &Cache, since: Option<&Cursor>) -> Result<Export> {
        let ledger = cache.get()?.ledger();
        let ids: Vec<EntryId> = ledger.arrivals().map(Entry::id).collect();
        let (start, cursor) = exchange::resume(&ids, since);
        let entries = ledger.arrivals().skip(start).cloned().collect();
        Ok(Export { entries, cursor: cursor.to_string() })
    }
}

/// Reads what other programs have written, and returns whether there was anything new.
fn refresh(lines: &mut JsonLines, cache: &Cache, time: &dyn TimeSource) -> Result<bool> {
    match lines.refresh()? {
        News::None => Ok(false),
        News::More(entries) => {
            let before = cache.get()?.ledger().len();
            cache.extend(entries, Vec::new(), NewlySeen::UpTo(Watermark::default()), time.today())?;
            Ok(cache.get()?.ledger().len() > before)
        }
        News::Replaced(ledger) => cache.replace(ledger, time.today()),
    }
}

/// The right to write, until it is dropped.
struct Writer<'a> {
    /// The lock on the file, if there is one.
    lock: Option<WriteLock>,
    file: MutexGuard<'a, Option<JsonLines>>,
    cache: &'a Cache,
    time: &'a dyn TimeSource,
}

impl Writer<'_> {
    /// Writes entries to disk, and then adds them to the cache.
    fn write(&mut self, entries: &[Entry], report: Report<'_>) -> Result<()> {
        if entries.is_empty() {
            return Ok(());
        }
        Progress::of(0, entries.len()).report_to(report)?;
        let mut confirm = || Progress::of(entries.len(), entries.len()).report_to(report);
        match (&mut *self.file, &mut self.lock) {
            (Some(lines), Some(lock)) => lines.append(lock, entries, confirm)?,
            _ => confirm()?,
        }
        self.cache.extend(entries.to_vec(), Vec::new(), NewlySeen::UpTo(Watermark::default()), self.time.today())
    }
}
