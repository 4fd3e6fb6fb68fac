//! A ledger that is kept somewhere.

use std::path::Path;
use std::sync::{Arc, RwLock, RwLockReadGuard, RwLockWriteGuard};

use servanda_core::{Batch, Commitment, Digest, Entry, EntryId, Ledger, Slug};

use crate::lines::Lines;
use crate::{Error, Result, SystemTime, TimeSource, View};

/// A ledger, the place where it is kept, who records, and a source of time.
///
/// A tracker is a handle: clones share the ledger, from any thread.
#[derive(Clone, Debug)]
pub struct Tracker {
    recorded_by: Result<Slug, servanda_core::Error>,
    time: Arc<dyn TimeSource>,
    state: Arc<RwLock<State>>,
}

#[derive(Debug, Default)]
struct State {
    ledger: Arc<Ledger>,
    /// None: in memory only.
    lines: Option<Lines>,
}

impl Tracker {
    fn new(recorded_by: &str, ledger: Ledger, lines: Option<Lines>) -> Self {
        Self {
            recorded_by: recorded_by.parse(),
            time: Arc::new(SystemTime),
            state: Arc::new(RwLock::new(State { ledger: Arc::new(ledger), lines })),
        }
    }

    /// An empty ledger in memory. `recorded_by` is who writes; if it is not well-formed, appending says so.
    #[must_use]
    pub fn in_memory(recorded_by: &str) -> Self {
        Self::new(recorded_by, Ledger::new(), None)
    }

    /// Opens the JSON Lines ledger at `path`. `recorded_by` is who writes; if it is not well-formed, appending says so.
    ///
    /// # Errors
    ///
    /// `no-ledger`, `not-a-file`, `no-permission` or `io` if it cannot be read; `damaged` if lines of it are wrong, with all of
    /// them.
    pub fn open(path: impl AsRef<Path>, recorded_by: &str) -> Result<Self> {
        let (lines, ledger) = Lines::open(path.as_ref())?;
        Ok(Self::new(recorded_by, ledger, Some(lines)))
    }

    /// Creates an empty JSON Lines ledger at `path`.
    ///
    /// # Errors
    ///
    /// `already-there`, `no-permission` or `io`.
    pub fn create(path: impl AsRef<Path>, recorded_by: &str) -> Result<Self> {
        Ok(Self::new(recorded_by, Ledger::new(), Some(Lines::create(path.as_ref())?)))
    }

    /// The same ledger with another source of time.
    #[must_use]
    pub fn with_time(mut self, time: impl TimeSource + 'static) -> Self {
        self.time = Arc::new(time);
        self
    }

    fn read(&self) -> Result<RwLockReadGuard<'_, State>> {
        self.state.read().map_err(|_| Error::Poisoned)
    }

    fn write(&self) -> Result<RwLockWriteGuard<'_, State>> {
        self.state.write().map_err(|_| Error::Poisoned)
    }

    /// Registers a commitment.
    ///
    /// # Errors
    ///
    /// As [`append`](Tracker::append).
    pub fn register(&self, commitment: Commitment) -> Result<Vec<EntryId>> {
        self.append(commitment)
    }

    /// Appends facts: all of them, or none. What others have written to the file is taken in first.
    ///
    /// The ids of the new entries come back in order, those of what was brought along first, such as a built-in procedure.
    ///
    /// # Errors
    ///
    /// Whatever the procedure, the ledger or the format does not allow, and what keeps the file from being written; the ledger is
    /// then as it was.
    pub fn append(&self, batch: impl Into<Batch>) -> Result<Vec<EntryId>> {
        let recorded_by = self.recorded_by.as_ref().map_err(Clone::clone)?;
        let mut state = self.write()?;
        let _lock = state.exclusive()?;
        let entries = state.ledger.prepare(batch, recorded_by, self.time.now())?;
        let ids = entries.iter().map(Entry::id).collect();
        state.keep(entries)?;
        Ok(ids)
    }

    /// Takes in entries from elsewhere, and says how many were new. What does not fit together is kept, and shown as conflicts.
    ///
    /// # Errors
    ///
    /// What keeps the file from being written.
    pub fn merge(&self, entries: impl IntoIterator<Item = Entry>) -> Result<usize> {
        let mut state = self.write()?;
        let _lock = state.exclusive()?;
        let new: Vec<Entry> = entries.into_iter().filter(|entry| state.ledger.entry(entry.id()).is_none()).collect();
        let before = state.ledger.len();
        state.keep(new)?;
        Ok(state.ledger.len() - before)
    }

    /// Takes in what others have written to the file, and says whether there was anything.
    ///
    /// # Errors
    ///
    /// What keeps the file from being read, and `damaged`.
    pub fn refresh(&self) -> Result<bool> {
        self.write()?.refresh()
    }

    /// A view of what the tracker holds now: today, unless another day is chosen.
    #[must_use]
    pub fn view(&self) -> View {
        View::new(self.ledger(), self.time.today())
    }

    /// The ledger as it is now. Later appends and merges do not change it.
    ///
    /// # Errors
    ///
    /// `poisoned`.
    pub fn ledger(&self) -> Result<Arc<Ledger>> {
        Ok(Arc::clone(&self.read()?.ledger))
    }

    /// The digest of the ledger. Two trackers with the same digest hold the same entries.
    ///
    /// # Errors
    ///
    /// `poisoned`.
    pub fn digest(&self) -> Result<Digest> {
        Ok(self.read()?.ledger.digest())
    }
}

impl State {
    /// Holds off other writers, and takes in what they have written.
    fn exclusive(&mut self) -> Result<Option<std::fs::File>> {
        let lock = self.lines.as_ref().map(Lines::lock).transpose()?;
        self.refresh()?;
        Ok(lock)
    }

    fn refresh(&mut self) -> Result<bool> {
        let Some(ledger) = self.lines.as_mut().map_or(Ok(None), Lines::refresh)? else { return Ok(false) };
        self.ledger = Arc::new(ledger);
        Ok(true)
    }

    /// Writes entries down, and only then takes them in.
    fn keep(&mut self, entries: Vec<Entry>) -> Result<()> {
        if entries.is_empty() {
            return Ok(());
        }
        if let Some(lines) = &mut self.lines {
            lines.append(&entries)?;
        }
        Arc::make_mut(&mut self.ledger).merge_entries(entries);
        Ok(())
    }
}
