//! A ledger that is kept somewhere.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError, RwLock};

use pyo3::prelude::*;
use servanda::{Day, Entry, Error, FixedTime, Moment, Progress, without_password};

use crate::convert::{Given, entries, lines};
use crate::draft::{Draft, batch};
use crate::error::Result;
use crate::observe::{Observer, told};
use crate::progress::running;
use crate::view::View;

/// A ledger, the place where it is kept, and who records. Whoever calls says what time it is, if not the clock of the machine.
#[pyclass(frozen, module = "servanda._servanda")]
pub(crate) struct Tracker {
    /// Nothing once it is closed.
    open: RwLock<Option<servanda::Tracker>>,
    /// Where it is kept; nothing if that is in memory.
    #[pyo3(get)]
    place: Option<String>,
    #[pyo3(get)]
    recorded_by: String,
    /// Who hears what is new, until it is closed: nobody has to keep what `observe` gives back.
    observers: Mutex<Vec<Py<Observer>>>,
}

type Now = Option<Given<Moment>>;
type Told = Option<Py<PyAny>>;

impl Tracker {
    fn new(tracker: servanda::Tracker, place: Option<&PathBuf>, recorded_by: &str) -> Self {
        let place = place.map(|place| without_password(&place.to_string_lossy()).to_string());
        Self {
            open: RwLock::new(Some(tracker)),
            place,
            recorded_by: recorded_by.to_owned(),
            observers: Mutex::default(),
        }
    }

    /// A handle on what is open.
    pub(crate) fn handle(&self) -> Result<servanda::Tracker> {
        // A handle is replaced as a whole, so there is nothing that could be half done.
        let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
        Ok(open.clone().ok_or(Error::Closed)?)
    }

    fn at(&self, now: Now) -> Result<servanda::Tracker> {
        let handle = self.handle()?;
        Ok(match now {
            Some(Given(now)) => handle.with_time(FixedTime(now)),
            None => handle,
        })
    }
}

/// Merges entries, and says how many were new, and how many of the commitments that they are about do not fit.
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
    fn memory(recorded_by: &str) -> Self {
        Self::new(servanda::Tracker::in_memory(recorded_by), None, recorded_by)
    }

    #[staticmethod]
    #[pyo3(signature = (place, recorded_by, told, /))]
    fn open(py: Python<'_>, place: PathBuf, recorded_by: &str, told: Told) -> Result<Self> {
        let opened = running(py, told.as_ref(), |report| servanda::Tracker::open_with(&place, recorded_by, report))?;
        Ok(Self::new(opened, Some(&place), recorded_by))
    }

    #[staticmethod]
    #[pyo3(signature = (place, recorded_by, /))]
    fn create(py: Python<'_>, place: PathBuf, recorded_by: &str) -> Result<Self> {
        let created = py.detach(|| servanda::Tracker::create(&place, recorded_by))?;
        Ok(Self::new(created, Some(&place), recorded_by))
    }

    /// Lets go of the place.
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

    #[pyo3(signature = (drafts, now, /))]
    fn append(&self, py: Python<'_>, drafts: Vec<Py<Draft>>, now: Now) -> Result<Vec<String>> {
        let (tracker, batch) = (self.at(now)?, batch(&drafts));
        let ids = py.detach(|| tracker.append(batch))?;
        Ok(ids.iter().map(ToString::to_string).collect())
    }

    #[pyo3(signature = (drafts, now, /))]
    fn prepare(&self, py: Python<'_>, drafts: Vec<Py<Draft>>, now: Now) -> Result<Vec<String>> {
        let (tracker, batch) = (self.at(now)?, batch(&drafts));
        Ok(lines(&py.detach(|| tracker.prepare(batch))?))
    }

    #[pyo3(signature = (lines, now, told, /))]
    fn merge(&self, py: Python<'_>, lines: Vec<String>, now: Now, told: Told) -> Result<(usize, usize)> {
        let (tracker, entries) = (self.at(now)?, entries(py, &lines)?);
        running(py, told.as_ref(), |report| merged(&tracker, entries, report))
    }

    #[pyo3(signature = (other, now, told, /))]
    fn merge_tracker(&self, py: Python<'_>, other: Py<Tracker>, now: Now, told: Told) -> Result<(usize, usize)> {
        let (tracker, other) = (self.at(now)?, other.get().handle()?);
        running(py, told.as_ref(), |report| {
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
        let observer = Observer::new(py.detach(|| tracker.observe(move |observed| told(&callback, observed))));
        let observer = Py::new(py, observer)?;
        let mut observers = self.observers.lock().unwrap_or_else(PoisonError::into_inner);
        observers.retain(|other| other.get().is_open());
        observers.push(observer.clone_ref(py));
        Ok(observer)
    }

    #[pyo3(signature = (told, /))]
    fn verify(&self, py: Python<'_>, told: Told) -> Result<usize> {
        let tracker = self.handle()?;
        running(py, told.as_ref(), |report| tracker.verify(report).map(|ledger| ledger.len()))
    }

    #[pyo3(signature = (told, /))]
    fn load(&self, py: Python<'_>, told: Told) -> Result<()> {
        let tracker = self.handle()?;
        running(py, told.as_ref(), |report| tracker.load_with(report).map(drop))
    }

    #[pyo3(signature = (on, known_at, now, /))]
    fn view(&self, py: Python<'_>, on: Option<Given<Day>>, known_at: Now, now: Now) -> Result<View> {
        let tracker = self.at(now)?;
        View::new(py.detach(|| tracker.view())).as_of(on, known_at)
    }

    /// All entries.
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
