//! The tracker: a ledger, the place where it is kept, and who records.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};

use servanda::{Digest, EntryId, FixedTime, Moment};

use crate::draft::{self, Draft};
use crate::entry::{self, Entry};
use crate::error::ServandaError;
use crate::observer::{LedgerChange, Observer, RawListener};
use crate::view::View;

/// Whether a tracker is still open, for itself and all that came of it.
#[derive(Debug, Default)]
pub(crate) struct Gate {
    closed: RwLock<bool>,
}

impl Gate {
    pub(crate) fn check(&self) -> Result<(), ServandaError> {
        let closed = *self.closed.read().unwrap_or_else(PoisonError::into_inner);
        if closed { Err(ServandaError::closed()) } else { Ok(()) }
    }

    fn close(&self) {
        *self.closed.write().unwrap_or_else(PoisonError::into_inner) = true;
    }
}

/// A ledger, the place where it is kept, and who records. It can be used from any thread.
#[derive(Debug, uniffi::Object)]
pub struct Tracker {
    gate: Arc<Gate>,
    tracker: RwLock<Option<Arc<servanda::Tracker>>>,
}

/// What an export has brought, and where the next one can go on.
#[derive(Clone, Debug, uniffi::Record)]
pub struct Export {
    /// The entries.
    pub entries: Vec<Entry>,
    /// Where the next export can go on.
    pub cursor: String,
}

impl Tracker {
    fn new(tracker: servanda::Tracker) -> Self {
        Self { gate: Arc::default(), tracker: RwLock::new(Some(Arc::new(tracker))) }
    }

    /// The tracker, of which nothing is held while it works: a callback may come back here.
    fn open_tracker(&self) -> Result<Arc<servanda::Tracker>, ServandaError> {
        self.gate.check()?;
        let tracker = self.tracker.read().unwrap_or_else(PoisonError::into_inner);
        tracker.as_ref().map(Arc::clone).ok_or_else(ServandaError::closed)
    }
}

// Functions, because what TOML says of other names does not reach what constructors throw.

/// An empty ledger in memory. `recorded_by` is who writes; if it is not well-formed, appending says so.
#[uniffi::export]
pub fn tracker_in_memory(recorded_by: &str) -> Tracker {
    Tracker::new(servanda::Tracker::in_memory(recorded_by))
}

/// Opens the ledger at a path: a SQLite file or a file of JSON Lines, as its content says.
///
/// # Errors
///
/// `no-ledger`, `not-a-file`, `no-permission` or `io` if it cannot be read; `damaged` or `damaged-database`.
#[uniffi::export]
pub fn open_tracker(path: &str, recorded_by: &str) -> Result<Tracker, ServandaError> {
    Ok(Tracker::new(servanda::Tracker::open(Path::new(path), recorded_by)?))
}

/// Creates an empty ledger at a path: a file of JSON Lines if it ends in `.jsonl`, and else a SQLite file.
///
/// # Errors
///
/// `already-there`, `no-permission` or `io`.
#[uniffi::export]
pub fn create_tracker(path: &str, recorded_by: &str) -> Result<Tracker, ServandaError> {
    Ok(Tracker::new(servanda::Tracker::create(Path::new(path), recorded_by)?))
}

#[uniffi::export]
impl Tracker {
    /// The same ledger, for which it is always this moment: for imports and for tests.
    ///
    /// # Errors
    ///
    /// `closed`, `invalid-moment`.
    pub fn at_moment(&self, now: Moment) -> Result<Self, ServandaError> {
        let tracker = servanda::Tracker::clone(&*self.open_tracker()?).with_time(FixedTime(now));
        Ok(Self { gate: Arc::clone(&self.gate), tracker: RwLock::new(Some(Arc::new(tracker))) })
    }

    /// Appends facts: all of them, or none. The ids of the new entries come back in order, those of what was brought along first,
    /// such as a built-in procedure. When this returns, the entries are on the disk.
    ///
    /// # Errors
    ///
    /// Whatever the procedure, the ledger or the format does not allow, and what keeps the place from being written.
    pub fn append(&self, drafts: Vec<Draft>) -> Result<Vec<EntryId>, ServandaError> {
        Ok(self.open_tracker()?.append(draft::batch(drafts))?)
    }

    /// Appends facts as `append` does, and gives back the new entries.
    ///
    /// # Errors
    ///
    /// As `append`.
    pub fn record(&self, drafts: Vec<Draft>) -> Result<Vec<Entry>, ServandaError> {
        Ok(entry::all(&self.open_tracker()?.record(draft::batch(drafts))?))
    }

    /// The entries that `append` would append now; nothing is written.
    ///
    /// # Errors
    ///
    /// As `append`.
    pub fn prepare(&self, drafts: Vec<Draft>) -> Result<Vec<Entry>, ServandaError> {
        Ok(entry::all(&self.open_tracker()?.prepare(draft::batch(drafts))?))
    }

    /// Takes in entries from elsewhere, by their lines, and says how many were new: all of them, or none if it fails. What does not
    /// fit together is kept, and shown as conflicts.
    ///
    /// # Errors
    ///
    /// What is wrong with a line, and what keeps the place from being written.
    pub fn merge(&self, lines: Vec<String>) -> Result<u64, ServandaError> {
        let tracker = self.open_tracker()?;
        let entries = entry::read(&lines)?;
        Ok(tracker.merge(entries)? as u64)
    }

    /// What has come to this ledger since an earlier export, for another tracker to merge; everything if there was none. Entries may be
    /// given out again, which does no harm.
    ///
    /// # Errors
    ///
    /// `invalid-cursor`, and what keeps the place from being read.
    pub fn export_since(&self, cursor: Option<String>) -> Result<Export, ServandaError> {
        let servanda::Export { entries, cursor } = self.open_tracker()?.export_since(cursor.as_deref())?;
        Ok(Export { entries: entry::all(&entries), cursor })
    }

    /// Takes in what others have written, and says whether there was anything.
    ///
    /// # Errors
    ///
    /// What keeps the place from being read, and `damaged` or `damaged-database`.
    pub fn refresh(&self) -> Result<bool, ServandaError> {
        Ok(self.open_tracker()?.refresh()?)
    }

    /// The digest of the ledger. Two trackers with the same digest hold the same entries.
    ///
    /// # Errors
    ///
    /// What keeps the place from being read.
    pub fn digest(&self) -> Result<Digest, ServandaError> {
        Ok(self.open_tracker()?.digest()?)
    }

    /// All entries.
    ///
    /// # Errors
    ///
    /// What keeps the place from being read.
    pub fn entries(&self) -> Result<Vec<Entry>, ServandaError> {
        Ok(entry::all(self.open_tracker()?.ledger()?.entries()))
    }

    /// The entries whose ids begin with these characters, such as `sha256:0b3f`.
    ///
    /// # Errors
    ///
    /// What keeps the place from being read.
    pub fn entries_like(&self, start: &str) -> Result<Vec<Entry>, ServandaError> {
        Ok(entry::all(&self.open_tracker()?.entries_like(start)?))
    }

    /// Reads the whole ledger at its place, checks every line, and says how many entries there are.
    ///
    /// # Errors
    ///
    /// `damaged` or `damaged-database` with everything that is wrong, and what keeps the place from being read.
    pub fn verify(&self) -> Result<u64, ServandaError> {
        Ok(self.open_tracker()?.verify(|_| ControlFlow::Continue(()))?.len() as u64)
    }

    /// Calls back when there are new entries, until the subscription is stopped.
    ///
    /// # Errors
    ///
    /// `closed`.
    pub fn observe(&self, listener: Box<dyn RawListener>) -> Result<Observer, ServandaError> {
        let subscription = self.open_tracker()?.observe(move |observed| {
            // What is observed has happened, whatever becomes of who observes.
            let _ = listener.changed(LedgerChange::from(observed));
        });
        Ok(Observer::new(subscription))
    }

    /// A view of what the tracker holds now: today, unless another day is chosen.
    ///
    /// # Errors
    ///
    /// `closed`.
    pub fn view(&self) -> Result<View, ServandaError> {
        Ok(View::new(Arc::clone(&self.gate), self.open_tracker()?.view()))
    }

    /// Lets go of the ledger. Whatever is asked of it afterwards, of its views too, is answered with `closed`; calls that are under way end as
    /// usual. To close it again does nothing.
    pub fn close(&self) {
        self.gate.close();
        let tracker = self.tracker.write().unwrap_or_else(PoisonError::into_inner).take();
        drop(tracker);
    }
}

/// Does nothing. What it takes is what any call takes: a benchmark's floor.
#[uniffi::export]
impl Tracker {
    #[doc(hidden)]
    pub fn nothing(&self) {}
}
