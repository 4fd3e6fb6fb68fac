//! A ledger that is kept somewhere.

use std::collections::HashSet;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, RwLock, RwLockReadGuard};

use servanda_core::{Batch, Commitment, Digest, Entry, EntryId, Ledger, Slug};

use crate::lines::{Lines, News, Turn};
use crate::{Error, Progress, Result, SystemTime, TimeSource, View};

/// A ledger, the place where it is kept, who records, and a source of time.
///
/// A tracker is a handle: clones share the ledger, from any thread.
#[derive(Clone, Debug)]
pub struct Tracker {
    recorded_by: Result<Slug, servanda_core::Error>,
    time: Arc<dyn TimeSource>,
    state: Arc<State>,
}

/// What clones share. Who changes it takes the writer first, and the ledger only for as long as memory takes: who reads never waits for
/// a disk or for another program.
#[derive(Debug)]
struct State {
    writer: Mutex<Writer>,
    ledger: RwLock<Arc<Ledger>>,
}

/// Where the ledger is kept. None: in memory only.
type Writer = Option<Lines>;

impl Tracker {
    fn new(recorded_by: &str, ledger: Ledger, writer: Writer) -> Self {
        let state = State { writer: Mutex::new(writer), ledger: RwLock::new(Arc::new(ledger)) };
        Self { recorded_by: recorded_by.parse(), time: Arc::new(SystemTime), state: Arc::new(state) }
    }

    /// An empty ledger in memory. `recorded_by` is who writes; if it is not well-formed, appending says so.
    #[must_use]
    pub fn in_memory(recorded_by: &str) -> Self {
        Self::new(recorded_by, Ledger::new(), None)
    }

    /// Opens the JSON Lines ledger at `path`. Nothing is written, not even a lock, until something is appended. `recorded_by` is who writes; if it is not well-formed, appending says so.
    ///
    /// # Errors
    ///
    /// `no-ledger`, `not-a-file`, `no-permission` or `io` if it cannot be read; `damaged` if lines of it are wrong, with all of
    /// them.
    pub fn open(path: impl AsRef<Path>, recorded_by: &str) -> Result<Self> {
        Self::open_with(path, recorded_by, |_| ())
    }

    /// Opens a ledger as [`open`](Tracker::open) does, and reports while it is read how far that has come: every few hundred
    /// kilobytes, and at the end, on the thread that opens. See [`Progress`] for an example.
    ///
    /// # Errors
    ///
    /// As [`open`](Tracker::open).
    pub fn open_with(path: impl AsRef<Path>, recorded_by: &str, mut progress: impl FnMut(Progress)) -> Result<Self> {
        let (lines, ledger) = Lines::open(path.as_ref(), &mut progress)?;
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
    /// When this returns, the entries are on the disk. Whatever stops the program before, a reader finds all of them or none, and the
    /// next append settles which. Programs that append to one file take turns.
    ///
    /// The ids of the new entries come back in order, those of what was brought along first, such as a built-in procedure.
    ///
    /// # Errors
    ///
    /// Whatever the procedure, the ledger or the format does not allow, and what keeps the file from being written; the ledger is
    /// then as it was. Only after `unsettled` it may not be: a disk failed twice, once in writing and once in taking back.
    pub fn append(&self, batch: impl Into<Batch>) -> Result<Vec<EntryId>> {
        let recorded_by = self.recorded_by.as_ref().map_err(Clone::clone)?;
        let mut writer = self.state.writer()?;
        let mut turn = self.state.turn(&mut writer)?;
        let entries = self.state.read()?.prepare(batch, recorded_by, self.time.now())?;
        let ids = entries.iter().map(Entry::id).collect();
        self.state.keep(&mut writer, turn.as_mut(), entries)?;
        Ok(ids)
    }

    /// Takes in entries from elsewhere, and says how many were new. What does not fit together is kept, and shown as conflicts.
    ///
    /// # Errors
    ///
    /// What keeps the file from being written.
    pub fn merge(&self, entries: impl IntoIterator<Item = Entry>) -> Result<usize> {
        // Taken before anything is held: they may come from this very tracker.
        let mut entries: Vec<Entry> = entries.into_iter().collect();
        let mut writer = self.state.writer()?;
        let mut turn = self.state.turn(&mut writer)?;
        let mut met = HashSet::new();
        let ledger = self.state.read()?;
        entries.retain(|entry| ledger.entry(entry.id()).is_none() && met.insert(entry.id()));
        drop(ledger);
        let new = entries.len();
        self.state.keep(&mut writer, turn.as_mut(), entries)?;
        Ok(new)
    }

    /// Takes in what others have written to the file, and says whether there was anything.
    ///
    /// # Errors
    ///
    /// What keeps the file from being read, and `damaged`.
    pub fn refresh(&self) -> Result<bool> {
        self.state.refresh(&mut *self.state.writer()?)
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
        Ok(Arc::clone(&*self.state.read()?))
    }

    /// The digest of the ledger. Two trackers with the same digest hold the same entries.
    ///
    /// # Errors
    ///
    /// `poisoned`.
    pub fn digest(&self) -> Result<Digest> {
        Ok(self.state.read()?.digest())
    }
}

impl State {
    fn writer(&self) -> Result<MutexGuard<'_, Writer>> {
        self.writer.lock().map_err(|_| Error::Poisoned)
    }

    fn read(&self) -> Result<RwLockReadGuard<'_, Arc<Ledger>>> {
        self.ledger.read().map_err(|_| Error::Poisoned)
    }

    /// Waits for the turn to write, settles what a crash left behind, and takes in what others have written.
    fn turn(&self, writer: &mut Writer) -> Result<Option<Turn>> {
        let Some(lines) = writer else { return Ok(None) };
        let mut turn = lines.turn()?;
        lines.recover(&mut turn)?;
        self.refresh(writer)?;
        Ok(Some(turn))
    }

    fn refresh(&self, writer: &mut Writer) -> Result<bool> {
        let Some(lines) = writer else { return Ok(false) };
        match lines.refresh()? {
            News::None => Ok(false),
            News::More(entries) => self.take_in(entries).map(|new| new > 0),
            News::Anew(ledger) => {
                let mut held = self.ledger.write().map_err(|_| Error::Poisoned)?;
                let changed = *held != ledger;
                *held = ledger;
                Ok(changed)
            }
        }
    }

    fn take_in(&self, entries: Vec<Entry>) -> Result<usize> {
        let mut ledger = self.ledger.write().map_err(|_| Error::Poisoned)?;
        Ok(Arc::make_mut(&mut ledger).merge_entries(entries))
    }

    /// Writes entries down, and only then takes them in.
    fn keep(&self, writer: &mut Writer, turn: Option<&mut Turn>, entries: Vec<Entry>) -> Result<()> {
        if entries.is_empty() {
            return Ok(());
        }
        if let (Some(lines), Some(turn)) = (writer, turn) {
            lines.append(turn, &entries)?;
        }
        self.take_in(entries).map(drop)
    }
}
