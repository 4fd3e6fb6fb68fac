//! The tracker: a ledger, the file it is stored in, and the recorder.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};

use servanda::{
    FixedTime, Moment,
    value::{Digest, EntryId},
};

use crate::draft::{self, Draft};
use crate::entry::{self, Entry};
use crate::error::ServandaError;
use crate::observer::{LedgerChange, Observer, RawListener};
use crate::view::View;

/// Whether a tracker is still open. A tracker shares it with its views.
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

/// A ledger, the file it is stored in, and the recorder. It can be used from any thread.
#[derive(Debug, uniffi::Object)]
pub struct Tracker {
    gate: Arc<Gate>,
    tracker: RwLock<Option<Arc<servanda::Tracker>>>,
}

/// The entries of an export, and the cursor for the next one.
#[derive(Clone, Debug, uniffi::Record)]
pub struct Export {
    /// The entries.
    pub entries: Vec<Entry>,
    /// The cursor from which the next export continues.
    pub cursor: String,
}

impl Tracker {
    fn new(tracker: servanda::Tracker) -> Self {
        Self { gate: Arc::default(), tracker: RwLock::new(Some(Arc::new(tracker))) }
    }

    /// The tracker. No lock is held while it works, because a callback may call this object again.
    fn open_tracker(&self) -> Result<Arc<servanda::Tracker>, ServandaError> {
        self.gate.check()?;
        let tracker = self.tracker.read().unwrap_or_else(PoisonError::into_inner);
        tracker.as_ref().map(Arc::clone).ok_or_else(ServandaError::closed)
    }
}

// These are functions, not constructors: the names in `uniffi.toml` do not apply to the errors of
// constructors.

/// Creates an empty ledger in memory. `recorded_by` is the recorder.
///
/// # Errors
///
/// `invalid-slug`.
#[uniffi::export]
pub fn tracker_in_memory(recorded_by: &str) -> Result<Tracker, ServandaError> {
    Ok(Tracker::new(servanda::Tracker::in_memory(recorded_by)?))
}

/// Opens the ledger at a path. The content decides whether it is a SQLite file or a JSON Lines
/// file.
///
/// # Errors
///
/// `no-ledger`, `not-a-file`, `no-permission` or `io` if it cannot be read; `damaged` or
/// `damaged-database`.
#[uniffi::export]
pub fn open_tracker(path: &str, recorded_by: &str) -> Result<Tracker, ServandaError> {
    Ok(Tracker::new(servanda::Tracker::open(Path::new(path), recorded_by)?))
}

/// Creates an empty ledger at a path: a JSON Lines file if the path ends in `.jsonl`, otherwise a
/// SQLite file.
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
    /// A tracker of the same ledger whose clock always shows this moment, for imports and tests.
    ///
    /// # Errors
    ///
    /// `closed`, `invalid-moment`.
    pub fn at_moment(&self, now: Moment) -> Result<Self, ServandaError> {
        let tracker = servanda::Tracker::clone(&*self.open_tracker()?).with_time(FixedTime(now));
        Ok(Self { gate: Arc::clone(&self.gate), tracker: RwLock::new(Some(Arc::new(tracker))) })
    }

    /// Appends facts, all or none. When this returns, the entries are on the disk.
    ///
    /// Returns the ids of the new entries in order. Definitions that came along, such as that of a
    /// built-in procedure, are first. `skip_recorded` leaves out what this recorder has recorded
    /// already, and `share_identifiers` allows identifiers that other commitments have too.
    ///
    /// # Errors
    ///
    /// If the procedure, the ledger or the format does not allow a fact, or the file cannot be
    /// written.
    pub fn append(
        &self,
        drafts: Vec<Draft>,
        skip_recorded: bool,
        share_identifiers: bool,
    ) -> Result<Vec<EntryId>, ServandaError> {
        let batch = draft::with_options(draft::batch(drafts)?, skip_recorded, share_identifiers);
        Ok(self.open_tracker()?.append(batch)?)
    }

    /// Appends facts like `append`, and returns the new entries.
    ///
    /// # Errors
    ///
    /// As `append`.
    pub fn record(&self, drafts: Vec<Draft>) -> Result<Vec<Entry>, ServandaError> {
        Ok(entry::all(&self.open_tracker()?.record(draft::batch(drafts)?)?))
    }

    /// Returns the entries that `append` would write now, without writing them.
    ///
    /// # Errors
    ///
    /// As `append`.
    pub fn prepare(&self, drafts: Vec<Draft>) -> Result<Vec<Entry>, ServandaError> {
        Ok(entry::all(&self.open_tracker()?.prepare(draft::batch(drafts)?)?))
    }

    /// Merges entries of another ledger, given as lines, all or none. Returns how many were new.
    /// Entries that contradict each other are kept and reported as conflicts.
    ///
    /// # Errors
    ///
    /// If a line is not an entry, or the file cannot be written.
    pub fn merge(&self, lines: Vec<String>) -> Result<u64, ServandaError> {
        let tracker = self.open_tracker()?;
        let entries = entry::read(&lines)?;
        Ok(tracker.merge(entries)? as u64)
    }

    /// Exports the entries that this ledger received since an earlier export, or all entries, for
    /// another tracker to merge. An entry may be exported twice, which is harmless.
    ///
    /// # Errors
    ///
    /// `invalid-cursor`, or if the file cannot be read.
    pub fn export_since(&self, cursor: Option<String>) -> Result<Export, ServandaError> {
        let servanda::tracker::Export { entries, cursor } = self.open_tracker()?.export_since(cursor.as_deref())?;
        Ok(Export { entries: entry::all(&entries), cursor })
    }

    /// Reads what other programs have written to the file. Returns whether there was anything.
    ///
    /// # Errors
    ///
    /// If the file cannot be read; `damaged` or `damaged-database`.
    pub fn refresh(&self) -> Result<bool, ServandaError> {
        Ok(self.open_tracker()?.refresh()?)
    }

    /// The digest of the ledger. Two ledgers with the same digest have the same entries.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn digest(&self) -> Result<Digest, ServandaError> {
        Ok(self.open_tracker()?.digest()?)
    }

    /// All entries.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn entries(&self) -> Result<Vec<Entry>, ServandaError> {
        Ok(entry::all(self.open_tracker()?.ledger()?.entries()))
    }

    /// The entries whose ids start with this text, such as `sha256:0b3f`.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn entries_like(&self, start: &str) -> Result<Vec<Entry>, ServandaError> {
        Ok(entry::all(&self.open_tracker()?.entries_like(start)?))
    }

    /// Reads the whole ledger again and checks every line. Returns the number of entries.
    ///
    /// # Errors
    ///
    /// `damaged` or `damaged-database` with every mistake, or if the file cannot be read.
    pub fn verify(&self) -> Result<u64, ServandaError> {
        Ok(self.open_tracker()?.verify(|_| ControlFlow::Continue(()))?.len() as u64)
    }

    /// Calls the listener when there are new entries, until the subscription is stopped.
    ///
    /// # Errors
    ///
    /// `closed`.
    pub fn observe(&self, listener: Box<dyn RawListener>) -> Result<Observer, ServandaError> {
        let subscription = self.open_tracker()?.observe(move |observed| {
            // The entries are written, so an error of the listener changes nothing.
            let _ = listener.changed(LedgerChange::from(observed));
        });
        Ok(Observer::new(subscription))
    }

    /// A view of the entries that the tracker has now, as of today.
    ///
    /// # Errors
    ///
    /// `closed`.
    pub fn view(&self) -> Result<View, ServandaError> {
        Ok(View::new(Arc::clone(&self.gate), self.open_tracker()?.view()))
    }

    /// Closes the ledger. Later calls to the tracker and its views fail with `closed`. Calls that
    /// are in progress finish normally. Closing again has no effect.
    pub fn close(&self) {
        self.gate.close();
        let tracker = self.tracker.write().unwrap_or_else(PoisonError::into_inner).take();
        drop(tracker);
    }
}

/// Does nothing. A benchmark measures with it what any call costs.
#[uniffi::export]
impl Tracker {
    #[doc(hidden)]
    pub fn nothing(&self) {}
}
