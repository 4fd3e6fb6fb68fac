//! Trackers.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError, RwLock};

use pyo3::prelude::*;
use servanda::{Entry, Error, FixedTime, Moment, Progress, tracker::without_password};

use crate::convert::{Arg, entries, lines};
use crate::draft::{Draft, batch, with_options};
use crate::error::Result;
use crate::observe::{Observer, notify};
use crate::progress::with_progress;
use crate::view::View;

/// A ledger, its location, and its recorder. The Python side passes the time with each call, unless
/// the system clock is used.
#[pyclass(frozen, module = "servanda._servanda")]
pub(crate) struct Tracker {
    /// None once the tracker is closed.
    open: RwLock<Option<servanda::Tracker>>,
    /// The path, or the URL without its password. None for a ledger in memory.
    #[pyo3(get)]
    place: Option<String>,
    /// None for a ledger that was opened for reading.
    #[pyo3(get)]
    recorded_by: Option<String>,
    /// The open subscriptions. They are held here, so the caller may drop the handle that `observe`
    /// returns.
    observers: Mutex<Vec<Py<Observer>>>,
}

pub(crate) type Now = Option<Arg<Moment>>;
type ProgressArg = Option<Py<PyAny>>;

impl Tracker {
    fn new(tracker: servanda::Tracker, place: Option<&PathBuf>, recorded_by: Option<&str>) -> Self {
        let place = place.map(|place| without_password(&place.to_string_lossy()).to_string());
        Self {
            open: RwLock::new(Some(tracker)),
            place,
            recorded_by: recorded_by.map(str::to_owned),
            observers: Mutex::default(),
        }
    }

    /// A handle to the open tracker.
    pub(crate) fn handle(&self) -> Result<servanda::Tracker> {
        // The option is only ever replaced as a whole, so a poisoned lock still holds a valid
        // value.
        let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
        Ok(open.clone().ok_or_else(|| Error::from(servanda::StoreError::Closed))?)
    }

    pub(crate) fn at(&self, now: Now) -> Result<servanda::Tracker> {
        let handle = self.handle()?;
        Ok(match now {
            Some(Arg(now)) => handle.with_time(FixedTime(now)),
            None => handle,
        })
    }
}

/// Merges entries. Returns the number of new entries, and the number of conflicts on the
/// commitments that the entries are about.
fn merged(
    tracker: &servanda::Tracker,
    entries: Vec<Entry>,
    report: impl FnMut(Progress) -> ControlFlow<()>,
) -> servanda::Result<(usize, usize)> {
    let about: BTreeSet<String> = entries.iter().filter_map(Entry::commitment).map(str::to_owned).collect();
    let new = tracker.merge_with(entries, report)?;
    let view = tracker.view();
    let conflicts = |id: &String| view.standing(id).map_or(0, |standing| standing.conflicts.len());
    Ok((new, if new == 0 { 0 } else { about.iter().map(conflicts).sum() }))
}

#[pymethods]
impl Tracker {
    #[staticmethod]
    #[pyo3(signature = (recorded_by, /))]
    fn memory(recorded_by: &str) -> Result<Self> {
        Ok(Self::new(servanda::Tracker::in_memory(recorded_by)?, None, Some(recorded_by)))
    }

    #[staticmethod]
    #[pyo3(signature = (place, recorded_by, progress, /))]
    fn open(py: Python<'_>, place: PathBuf, recorded_by: Option<&str>, progress: ProgressArg) -> Result<Self> {
        let opened = with_progress(py, progress.as_ref(), |report| match recorded_by {
            Some(recorded_by) => servanda::Tracker::open_with(&place, recorded_by, report),
            None => servanda::Tracker::open_to_read_with(&place, report),
        })?;
        Ok(Self::new(opened, Some(&place), recorded_by))
    }

    #[staticmethod]
    #[pyo3(signature = (place, recorded_by, /))]
    fn create(py: Python<'_>, place: PathBuf, recorded_by: &str) -> Result<Self> {
        let created = py.detach(|| servanda::Tracker::create(&place, recorded_by))?;
        Ok(Self::new(created, Some(&place), Some(recorded_by)))
    }

    /// Releases the file or the connection.
    fn close(&self, py: Python<'_>) {
        let open = py.detach(|| self.open.write().unwrap_or_else(PoisonError::into_inner).take());
        py.detach(|| drop(open));
        let observers = std::mem::take(&mut *self.observers.lock().unwrap_or_else(PoisonError::into_inner));
        observers.iter().for_each(|observer| observer.get().close(py));
    }

    #[getter]
    fn closed(&self) -> bool {
        self.handle().is_err()
    }

    #[pyo3(signature = (drafts, skip_recorded, share_identifiers, now, /))]
    fn append(
        &self,
        py: Python<'_>,
        drafts: Vec<Py<Draft>>,
        skip_recorded: bool,
        share_identifiers: bool,
        now: Now,
    ) -> Result<Vec<String>> {
        let (tracker, batch) = (self.at(now)?, with_options(batch(&drafts), skip_recorded, share_identifiers));
        let ids = py.detach(|| tracker.append(batch))?;
        Ok(ids.iter().map(ToString::to_string).collect())
    }

    #[pyo3(signature = (drafts, now, /))]
    fn prepare(&self, py: Python<'_>, drafts: Vec<Py<Draft>>, now: Now) -> Result<Vec<String>> {
        let (tracker, batch) = (self.at(now)?, batch(&drafts));
        Ok(lines(&py.detach(|| tracker.prepare(batch))?))
    }

    #[pyo3(signature = (lines, now, progress, /))]
    fn merge(&self, py: Python<'_>, lines: Vec<String>, now: Now, progress: ProgressArg) -> Result<(usize, usize)> {
        let (tracker, entries) = (self.at(now)?, entries(py, &lines)?);
        with_progress(py, progress.as_ref(), |report| merged(&tracker, entries, report))
    }

    #[pyo3(signature = (other, now, progress, /))]
    fn merge_tracker(
        &self,
        py: Python<'_>,
        other: Py<Tracker>,
        now: Now,
        progress: ProgressArg,
    ) -> Result<(usize, usize)> {
        let (tracker, other) = (self.at(now)?, other.get().handle()?);
        with_progress(py, progress.as_ref(), |report| {
            let entries = other.ledger()?.entries().cloned().collect();
            merged(&tracker, entries, report)
        })
    }

    #[pyo3(signature = (cursor, /))]
    fn export_since(&self, py: Python<'_>, cursor: Option<&str>) -> Result<(Vec<String>, String)> {
        let tracker = self.handle()?;
        let export = py.detach(|| tracker.export_since(cursor))?;
        Ok((lines(&export.entries), export.cursor))
    }

    #[pyo3(signature = (now, /))]
    fn refresh(&self, py: Python<'_>, now: Now) -> Result<bool> {
        let tracker = self.at(now)?;
        Ok(py.detach(|| tracker.refresh())?)
    }

    #[pyo3(signature = (callback, /))]
    fn observe(&self, py: Python<'_>, callback: Py<PyAny>) -> Result<Py<Observer>> {
        let tracker = self.handle()?;
        let observer = Observer::new(py.detach(|| tracker.observe(move |observed| notify(&callback, observed))));
        let observer = Py::new(py, observer)?;
        let mut observers = self.observers.lock().unwrap_or_else(PoisonError::into_inner);
        observers.retain(|other| other.get().is_open());
        observers.push(observer.clone_ref(py));
        Ok(observer)
    }

    #[pyo3(signature = (progress, /))]
    fn verify(&self, py: Python<'_>, progress: ProgressArg) -> Result<usize> {
        let tracker = self.handle()?;
        with_progress(py, progress.as_ref(), |report| tracker.verify(report).map(|ledger| ledger.len()))
    }

    #[pyo3(signature = (progress, /))]
    fn load(&self, py: Python<'_>, progress: ProgressArg) -> Result<()> {
        let tracker = self.handle()?;
        with_progress(py, progress.as_ref(), |report| tracker.load_with(report).map(drop))
    }

    #[pyo3(signature = (now, /))]
    fn view(&self, py: Python<'_>, now: Now) -> Result<View> {
        let tracker = self.at(now)?;
        Ok(View { view: py.detach(|| tracker.view()) })
    }

    /// The lines of all entries.
    fn lines(&self, py: Python<'_>) -> Result<Vec<String>> {
        let tracker = self.handle()?;
        Ok(py.detach(|| {
            tracker.ledger().map(|ledger| ledger.entries().map(|entry| entry.line().to_owned()).collect())
        })?)
    }

    #[pyo3(signature = (start, /))]
    fn lines_like(&self, py: Python<'_>, start: &str) -> Result<Vec<String>> {
        let tracker = self.handle()?;
        Ok(lines(&py.detach(|| tracker.entries_like(start))?))
    }

    fn count(&self, py: Python<'_>) -> Result<usize> {
        let tracker = self.handle()?;
        Ok(py.detach(|| tracker.ledger().map(|ledger| ledger.len()))?)
    }

    fn digest(&self, py: Python<'_>) -> Result<String> {
        let tracker = self.handle()?;
        Ok(py.detach(|| tracker.digest())?.to_string())
    }
}
