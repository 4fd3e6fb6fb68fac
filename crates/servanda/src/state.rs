//! What the clones of a tracker share.

use std::collections::{BTreeSet, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, RwLock};
use std::time::Duration;

use servanda_core::{Batch, Digest, Entry, EntryId, Ledger, Slug};

use crate::exchange::{self, Cursor};
use crate::json_lines::{self, JsonLines, WriteLock};
use crate::observe::{Observed, Observers, touched};
use crate::partial_ledger::{NewlySeen, PartialLedger, Scope, Since, load_dependencies};
use crate::progress::{Report, no_progress};
use crate::store::{Database, OpenLedger, RowQuery, Rows, Watermark};
use crate::{Error, Export, Progress, Result, TimeSource};

/// Who changes it takes the backend first, and what is held only for as long as memory takes: who reads never waits for a disk or for
/// another program that writes.
#[derive(Debug)]
pub(crate) struct State {
    backend: Mutex<Backend>,
    /// Of a database: the connection to read with.
    reader: Option<Mutex<Box<dyn Database>>>,
    /// Of a database: where it is, for people.
    place: String,
    held: RwLock<Arc<PartialLedger>>,
    pub(crate) observers: Arc<Observers>,
}

/// What keeps the ledger.
#[derive(Debug)]
pub(crate) enum Backend {
    /// Nothing but memory.
    Memory,
    /// A file of lines.
    Lines(JsonLines),
    /// A database, with a connection to write with, once something is to be written.
    Database(Option<Box<dyn Database>>),
}

type Reader<'a> = MutexGuard<'a, Box<dyn Database>>;

impl State {
    pub(crate) fn new(ledger: Ledger, backend: Backend) -> Self {
        let held = PartialLedger::complete(Arc::new(ledger));
        Self::with(held, backend, None, String::new())
    }

    fn with(held: PartialLedger, backend: Backend, reader: Option<Box<dyn Database>>, place: String) -> Self {
        let (backend, reader, held) = (Mutex::new(backend), reader.map(Mutex::new), RwLock::new(Arc::new(held)));
        Self { backend, reader, place, held, observers: Arc::default() }
    }

    pub(crate) fn open(entries: OpenLedger) -> Result<Self> {
        match entries {
            OpenLedger::Lines(opened) => {
                let (lines, ledger) = *opened;
                Ok(Self::new(ledger, Backend::Lines(lines)))
            }
            OpenLedger::Database(mut database) => {
                let place = database.place();
                let held = read(&mut *database, |rows| PartialLedger::empty(rows))?;
                Ok(Self::with(held, Backend::Database(None), Some(database), place))
            }
        }
    }

    fn backend(&self) -> Result<MutexGuard<'_, Backend>> {
        self.backend.lock().map_err(|_| Error::Poisoned)
    }

    fn reader(&self) -> Result<Option<Reader<'_>>> {
        self.reader.as_ref().map(|reader| reader.lock().map_err(|_| Error::Poisoned)).transpose()
    }

    pub(crate) fn set_lock_timeout(&self, timeout: Duration) -> Result<()> {
        if let Backend::Database(Some(writer)) = &mut *self.backend()? {
            writer.set_lock_timeout(timeout);
        }
        if let Some(mut reader) = self.reader()? {
            reader.set_lock_timeout(timeout);
        }
        Ok(())
    }

    /// What is held now.
    pub(crate) fn held(&self) -> Result<Arc<PartialLedger>> {
        Ok(Arc::clone(&*self.held.read().map_err(|_| Error::Poisoned)?))
    }

    /// What is held of the ledger, with what an answer depends on.
    pub(crate) fn ledger(&self, held: &PartialLedger, scope: &Scope, report: Report<'_>) -> Result<Arc<Ledger>> {
        if !held.covers(scope)
            && let Some(mut reader) = self.reader()?
        {
            reader.read(&mut |rows| held.load(rows, scope, &self.place, report))?;
        }
        Ok(held.ledger())
    }

    pub(crate) fn whole(&self, report: Report<'_>) -> Result<Arc<Ledger>> {
        self.ledger(&*self.held()?, &Scope::All, report)
    }

    /// What is held, with what a batch depends on.
    pub(crate) fn ledger_for(&self, held: &PartialLedger, batch: &Batch) -> Result<Arc<Ledger>> {
        if batch.may_concern_all() {
            return self.ledger(held, &Scope::All, &mut no_progress);
        }
        load_dependencies(batch, |ids| self.ledger(held, &Scope::Commitments(ids.clone()), &mut no_progress))
    }

    /// An error about an unknown commitment, with the nearest of all that there are.
    pub(crate) fn suggest(&self, held: &PartialLedger, error: servanda_core::Error) -> Error {
        if held.is_complete() || !matches!(error, servanda_core::Error::UnknownCommitment { .. }) {
            return error.into();
        }
        let commitments = self.reader().and_then(|reader| match reader {
            Some(mut reader) => read(&mut **reader, |rows| rows.commitments()),
            None => Ok(Vec::new()),
        });
        match commitments {
            Ok(commitments) => error.suggesting(&commitments).into(),
            Err(_) => error.into(),
        }
    }

    pub(crate) fn append(&self, batch: Batch, recorded_by: &Slug, time: &dyn TimeSource) -> Result<Vec<Entry>> {
        let appended = self.backend().and_then(|mut backend| match &mut *backend {
            Backend::Database(writer) => self.append_to_database(self.writer(writer)?, &batch, recorded_by, time),
            backend => {
                let mut lock = self.lock_for_writing(backend, time)?;
                let entries = self.held()?.ledger().prepare(batch, recorded_by, time.now())?;
                self.write_entries(backend, lock.as_mut(), &entries, time, &mut no_progress)?;
                Ok(entries)
            }
        });
        self.observers.deliver();
        appended
    }

    pub(crate) fn prepare(&self, batch: &Batch, recorded_by: &Slug, time: &dyn TimeSource) -> Result<Vec<Entry>> {
        let held = self.held()?;
        let newest = match self.reader()? {
            Some(mut reader) => read(&mut **reader, |rows| rows.newest())?,
            None => None,
        };
        let prepare = |ledger: &Ledger| ledger.prepare_in_part(batch.clone(), recorded_by, time.now(), newest);
        let part =
            load_dependencies(batch, |ids| self.ledger(&held, &Scope::Commitments(ids.clone()), &mut no_progress))?;
        let mut prepared = prepare(&part);
        if !held.is_complete() && affects_everything(&prepared) {
            drop(part);
            prepared = prepare(&*self.ledger(&held, &Scope::All, &mut no_progress)?);
        }
        prepared.map_err(|error| self.suggest(&held, error))
    }

    pub(crate) fn merge(&self, mut entries: Vec<Entry>, time: &dyn TimeSource, report: Report<'_>) -> Result<usize> {
        let merged = self.backend().and_then(|mut backend| match &mut *backend {
            Backend::Database(writer) => self.merge_into_database(self.writer(writer)?, entries, time, report),
            backend => {
                let mut lock = self.lock_for_writing(backend, time)?;
                let mut met = HashSet::new();
                let ledger = self.held()?.ledger();
                entries.retain(|entry| ledger.entry(entry.id()).is_none() && met.insert(entry.id()));
                drop(ledger);
                self.write_entries(backend, lock.as_mut(), &entries, time, report)?;
                Ok(entries.len())
            }
        });
        self.observers.deliver();
        merged
    }

    pub(crate) fn refresh(&self, time: &dyn TimeSource) -> Result<bool> {
        let refreshed = self.backend().and_then(|mut backend| match &mut *backend {
            Backend::Memory => Ok(false),
            Backend::Lines(lines) => self.refresh_lines(lines, time),
            Backend::Database(_) => {
                let Some(mut reader) = self.reader()? else { return Ok(false) };
                read(&mut **reader, |rows| self.refresh_from(rows, time))
            }
        });
        self.observers.deliver();
        refreshed
    }

    pub(crate) fn export(&self, cursor: Option<&str>) -> Result<Export> {
        let since = cursor.map(Cursor::parse).transpose()?;
        let Some(mut reader) = self.reader()? else {
            let ledger = self.held()?.ledger();
            let ids: Vec<EntryId> = ledger.arrivals().map(Entry::id).collect();
            let (start, cursor) = exchange::resume(&ids, since.as_ref());
            let entries = ledger.arrivals().skip(start).cloned().collect();
            return Ok(Export { entries, cursor: cursor.to_string() });
        };
        read(&mut **reader, |rows| {
            let (start, end, cursor) = exchange::resume_in_rows(rows, since.as_ref())?;
            let (mut entries, mut faults) = (Vec::new(), Vec::new());
            rows.select(RowQuery::After(&start), &end, &mut |row| {
                match row.read() {
                    Ok(entry) => entries.push(entry),
                    Err(fault) => faults.push(fault),
                }
                Ok(())
            })?;
            match faults.is_empty() {
                true => Ok(Export { entries, cursor: cursor.to_string() }),
                false => Err(Error::DamagedDatabase { place: self.place.clone(), faults }),
            }
        })
    }

    pub(crate) fn verify(&self, report: Report<'_>) -> Result<Arc<Ledger>> {
        let Some(mut reader) = self.reader()? else {
            if let Backend::Lines(lines) = &*self.backend()? {
                lines.verify(report)?;
            }
            return Ok(self.held()?.ledger());
        };
        let mut faults = reader.check(report)?;
        let read = read(&mut **reader, |rows| {
            let held = PartialLedger::empty(rows)?;
            held.load(rows, &Scope::All, &self.place, report)?;
            Ok(held.ledger())
        });
        match read {
            Ok(ledger) if faults.is_empty() => return Ok(ledger),
            Err(Error::DamagedDatabase { faults: found, .. }) => faults.extend(found),
            // Whatever else is wrong with reading comes of what was found first.
            Err(error) if faults.is_empty() => return Err(error),
            _ => {}
        }
        Err(Error::DamagedDatabase { place: self.place.clone(), faults })
    }

    pub(crate) fn entries_like(&self, start: &str) -> Result<Vec<Entry>> {
        let held = self.held()?;
        if let (Ok(id), false, Some(mut reader)) = (start.parse::<EntryId>(), held.is_complete(), self.reader()?) {
            return read(&mut **reader, |rows| {
                let (mut found, mut faults) = (Vec::new(), Vec::new());
                rows.select(RowQuery::Id(id), held.watermark(), &mut |row| {
                    match row.read() {
                        Ok(entry) => found.push(entry),
                        Err(fault) => faults.push(fault),
                    }
                    Ok(())
                })?;
                match faults.is_empty() {
                    true => Ok(found),
                    false => Err(Error::DamagedDatabase { place: self.place.clone(), faults }),
                }
            });
        }
        let ledger = self.whole(&mut no_progress)?;
        Ok(ledger.entries().filter(|entry| entry.id().to_string().starts_with(start)).cloned().collect())
    }

    pub(crate) fn digest(&self) -> Result<Digest> {
        let held = self.held()?;
        match self.reader()?.filter(|_| !held.is_complete()) {
            Some(mut reader) => read(&mut **reader, |rows| rows.ids(held.watermark())).map(Digest::of_ids),
            None => Ok(held.ledger().digest()),
        }
    }

    /// Waits for the turn to write, settles what a crash left behind, and takes in what others have written.
    fn lock_for_writing(&self, backend: &mut Backend, time: &dyn TimeSource) -> Result<Option<WriteLock>> {
        let Backend::Lines(lines) = backend else { return Ok(None) };
        let mut lock = lines.lock()?;
        lines.recover(&mut lock)?;
        self.refresh_lines(lines, time)?;
        Ok(Some(lock))
    }

    fn refresh_lines(&self, lines: &mut JsonLines, time: &dyn TimeSource) -> Result<bool> {
        match lines.refresh()? {
            json_lines::News::None => Ok(false),
            json_lines::News::More(entries) => {
                let before = self.held()?.ledger().len();
                self.take_in(entries, Vec::new(), NewlySeen::UpTo(Watermark::default()), time)?;
                Ok(self.held()?.ledger().len() > before)
            }
            json_lines::News::Replaced(ledger) => {
                let before = self.held()?.ledger();
                let changed = before != ledger;
                if changed && self.observers.has_callbacks() {
                    let new: Vec<Entry> =
                        ledger.arrivals().filter(|entry| before.entry(entry.id()).is_none()).cloned().collect();
                    let lost = before.entries().filter(|entry| ledger.entry(entry.id()).is_none());
                    let about = touched(new.iter().chain(lost));
                    self.observers.enqueue(Observed::before(time.today(), new, about, &before).with_after(&ledger));
                }
                *self.held.write().map_err(|_| Error::Poisoned)? = Arc::new(PartialLedger::complete(ledger));
                Ok(changed)
            }
        }
    }

    /// Writes entries down, and only then takes them in.
    fn write_entries(
        &self,
        backend: &mut Backend,
        lock: Option<&mut WriteLock>,
        entries: &[Entry],
        time: &dyn TimeSource,
        report: Report<'_>,
    ) -> Result<()> {
        if entries.is_empty() {
            return Ok(());
        }
        Progress::of(0, entries.len()).report_to(report)?;
        let mut wanted = || Progress::of(entries.len(), entries.len()).report_to(report);
        match (backend, lock) {
            (Backend::Lines(lines), Some(lock)) => lines.append(lock, entries, wanted)?,
            _ => wanted()?,
        }
        self.take_in(entries.to_vec(), Vec::new(), NewlySeen::UpTo(Watermark::default()), time)
    }

    /// Takes entries in that are on the disk, with the rest of their batches. Who observes will hear of those that are new.
    fn take_in(&self, mut entries: Vec<Entry>, rest: Vec<Entry>, seen: NewlySeen, time: &dyn TimeSource) -> Result<()> {
        let before = self.held()?.ledger();
        let observed = self.observers.has_callbacks().then(|| {
            let mut met = HashSet::new();
            entries.retain(|entry| before.entry(entry.id()).is_none() && met.insert(entry.id()));
            Observed::before(time.today(), entries.clone(), touched(&entries), &before)
        });
        // Nothing else of what is held may be in use, or all of it is copied.
        drop(before);
        let mut held = self.held.write().map_err(|_| Error::Poisoned)?;
        entries.extend(rest);
        held.extended(entries, seen);
        let after = held.ledger();
        drop(held);
        if let Some(observed) = observed {
            self.observers.enqueue(observed.with_after(&after));
        }
        Ok(())
    }

    /// The connection to write with.
    fn writer<'a>(&self, writer: &'a mut Option<Box<dyn Database>>) -> Result<&'a mut Box<dyn Database>> {
        if writer.is_none()
            && let Some(reader) = self.reader()?
        {
            *writer = Some(reader.reconnect()?);
        }
        writer.as_mut().ok_or(Error::Poisoned)
    }

    /// Takes in what has come to the database since, and says whether there was anything.
    fn refresh_from(&self, rows: &mut dyn Rows, time: &dyn TimeSource) -> Result<bool> {
        let held = self.held()?;
        let every = self.observers.has_callbacks();
        match held.news(rows, every, &self.place)? {
            Since::Unchanged => Ok(false),
            Since::More { any, entries, rest, watermark } => {
                self.load_for_observers(&held, rows, &entries)?;
                drop(held);
                self.take_in(entries, rest, NewlySeen::UpTo(watermark), time)?;
                Ok(any)
            }
            Since::Reset(held) => {
                *self.held.write().map_err(|_| Error::Poisoned)? = Arc::new(held);
                Ok(true)
            }
        }
    }

    /// Takes in what has come to the database about what a batch depends on, so that the transaction depends on it too.
    fn refresh_commitments(&self, rows: &mut dyn Rows, batch: &Batch, time: &dyn TimeSource) -> Result<()> {
        let mut met = BTreeSet::new();
        load_dependencies(batch, |ids| {
            let held = self.held()?;
            held.load(rows, &Scope::Commitments(ids.clone()), &self.place, &mut no_progress)?;
            met.extend(ids.iter().cloned());
            let (entries, rest, numbers) = held.news_of(rows, &met, &self.place)?;
            drop(held);
            self.take_in(entries, rest, NewlySeen::Rows(numbers), time)?;
            Ok(self.held()?.ledger())
        })
        .map(drop)
    }

    /// Reads what those who observe have to be told of how things stood.
    fn load_for_observers(&self, held: &PartialLedger, rows: &mut dyn Rows, entries: &[Entry]) -> Result<()> {
        if !self.observers.has_callbacks() {
            return Ok(());
        }
        held.load(rows, &Scope::Commitments(touched(entries)), &self.place, &mut no_progress)
    }

    fn append_to_database(
        &self,
        writer: &mut Box<dyn Database>,
        batch: &Batch,
        recorded_by: &Slug,
        time: &dyn TimeSource,
    ) -> Result<Vec<Entry>> {
        let serialized = writer.serializes_writes();
        let mut done = None;
        writer.write(&mut |rows| {
            done = None;
            match serialized {
                true => _ = self.refresh_from(rows, time)?,
                false => self.refresh_commitments(rows, batch, time)?,
            }
            let mut held = self.held()?;
            let mut ledger = load_dependencies(batch, |ids| {
                held.load(rows, &Scope::Commitments(ids.clone()), &self.place, &mut no_progress)?;
                Ok(held.ledger())
            })?;
            let newest = rows.newest()?;
            let mut prepared = ledger.prepare_in_part(batch.clone(), recorded_by, time.now(), newest);
            if affects_everything(&prepared) && !(serialized && held.is_complete()) {
                drop(ledger);
                held.load(rows, &Scope::All, &self.place, &mut no_progress)?;
                if !serialized {
                    let all = rows.commitments()?.iter().map(|id| id.as_str().to_owned()).collect();
                    let (entries, rest, numbers) = held.news_of(rows, &all, &self.place)?;
                    drop(held);
                    self.take_in(entries, rest, NewlySeen::Rows(numbers), time)?;
                    held = self.held()?;
                }
                ledger = held.ledger();
                prepared = ledger.prepare_in_part(batch.clone(), recorded_by, time.now(), newest);
            }
            drop(ledger);
            let entries = match prepared {
                Err(error @ servanda_core::Error::UnknownCommitment { .. }) if !held.is_complete() => {
                    return Err(error.suggesting(&rows.commitments()?).into());
                }
                prepared => prepared?,
            };
            self.load_for_observers(&held, rows, &entries)?;
            rows.insert(&entries)?;
            // Where transactions do not follow one another, the mark may go further than what has been taken in.
            done = Some((
                entries,
                if serialized { NewlySeen::UpTo(rows.watermark()?) } else { NewlySeen::Rows(rows.inserted()) },
            ));
            Ok(())
        })?;
        let Some((entries, seen)) = done else { return Ok(Vec::new()) };
        self.take_in(entries.clone(), Vec::new(), seen, time)?;
        Ok(entries)
    }

    fn merge_into_database(
        &self,
        writer: &mut Box<dyn Database>,
        mut entries: Vec<Entry>,
        time: &dyn TimeSource,
        report: Report<'_>,
    ) -> Result<usize> {
        if entries.is_empty() {
            return Ok(0);
        }
        let serialized = writer.serializes_writes();
        let mut inserted = Vec::new();
        let mut watermark = Watermark::default();
        writer.write(&mut |rows| {
            inserted.clear();
            if serialized {
                self.refresh_from(rows, time)?;
            }
            for some in entries.chunks(INSERT_CHUNK) {
                inserted.extend(rows.insert(some)?);
                Progress::of(inserted.len(), entries.len()).report_to(report)?;
            }
            watermark = rows.watermark()?;
            Ok(())
        })?;
        let mut flags = inserted.iter();
        entries.retain(|_| flags.next().is_some_and(|new| *new));
        let new = entries.len();
        let whole = self.held()?.is_complete();
        if serialized
            && !self.observers.has_callbacks()
            && (whole || entries.iter().all(|entry| entry.batch().is_none()))
        {
            self.take_in(entries, Vec::new(), NewlySeen::UpTo(watermark), time)?;
        } else if let Some(mut reader) = self.reader()? {
            // What completes a batch may be there already, so it is taken in as what others write is.
            read(&mut **reader, |rows| self.refresh_from(rows, time))?;
        }
        Ok(new)
    }
}

/// How many entries are inserted from one report to the next.
const INSERT_CHUNK: usize = 4096;

/// Whether what a part of a ledger allows has to be judged by all of it.
fn affects_everything(prepared: &servanda_core::Result<Vec<Entry>>) -> bool {
    prepared.as_ref().is_ok_and(|entries| entries.iter().any(Entry::concerns_all))
}

/// Reads something in one transaction.
fn read<T>(database: &mut dyn Database, mut work: impl FnMut(&mut dyn Rows) -> Result<T>) -> Result<T> {
    let mut result = None;
    database.read(&mut |rows| {
        result = Some(work(rows)?);
        Ok(())
    })?;
    result.ok_or(Error::Poisoned)
}
