//! A ledger that is kept somewhere.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use servanda_core::{Batch, Commitment, Digest, Entry, EntryId, Ledger, Slug};

use crate::observe::{Observed, Observer};
use crate::progress::no_progress;
use crate::state::{Backend, State};
use crate::store::{OpenLedger, Place};
use crate::{Export, Progress, Result, SystemTime, TimeSource, View};

/// A ledger, the place where it is kept, who records, and a source of time.
///
/// A tracker is a handle: clones share the ledger, from any thread.
///
/// A ledger can be kept in memory, in a file of JSON Lines, in a SQLite file, or in a PostgreSQL database. All calls are the same, and all answers and refusals.
/// What a place is, is seen by its name: a URL that begins with `postgres://` or `postgresql://`, and otherwise a path. A file
/// that is there is what its content says; a new one is a file of JSON Lines if its name ends in `.jsonl`, and else a SQLite file.
///
/// A file of JSON Lines is read as a whole when it is opened. Of a database only what an answer depends on is read, when somebody asks, and kept:
/// for one standing that is the commitment's own entries and the definitions; for all standings, everything.
///
/// ```
/// use servanda::{Day, Tracker};
/// # use servanda::{builtin, Commitment, Obligation, Source, Words};
/// # let words = Words::new("will", Source::new("Remarks", "https://example.org/remarks")?)?;
/// # let visit = Commitment::new("us/abe-visit", "A visit", builtin::action())?.given("us", Day::new(2013, 1, 18)?, Obligation::Result, words)?;
///
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("promises.db");
/// Tracker::create(&path, "desk")?.register(visit)?;
///
/// let tracker = Tracker::open(&path, "reader")?;
/// let standing = tracker.view().on(Day::new(2013, 2, 1)?).standing("us/abe-visit")?;
/// assert_eq!(standing.title.as_str(), "A visit");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Tracker {
    recorded_by: Result<Slug, servanda_core::Error>,
    time: Arc<dyn TimeSource>,
    state: Arc<State>,
}

impl Tracker {
    fn new(recorded_by: &str, state: State) -> Self {
        Self {
            recorded_by: recorded_by.parse().map_err(servanda_core::Error::from),
            time: Arc::new(SystemTime),
            state: Arc::new(state),
        }
    }

    fn at(recorded_by: &str, opened: OpenLedger) -> Result<Self> {
        Ok(Self::new(recorded_by, State::open(opened)?))
    }

    /// An empty ledger in memory. `recorded_by` is who writes; if it is not well-formed, appending says so.
    #[must_use]
    pub fn in_memory(recorded_by: &str) -> Self {
        Self::new(recorded_by, State::new(Ledger::new(), Backend::Memory))
    }

    /// Opens the ledger at a path or a URL. Nothing is written, not even a lock, until something is appended; but beside a SQLite file, SQLite keeps files of
    /// its own while it is open, so that whoever reads one has to be allowed to write to its folder. `recorded_by` is who writes; if it is not well-formed,
    /// appending says so.
    ///
    /// # Errors
    ///
    /// `no-ledger`, `not-a-file`, `no-permission` or `io` if it cannot be read; `damaged` if lines of it are wrong, with all of
    /// them, or `damaged-database`; `not-ours` and `newer-schema` if a database is not of this program or of a later one; `not-compiled-in` if it is of a kind for which
    /// this program has no feature.
    pub fn open(place: impl AsRef<Path>, recorded_by: &str) -> Result<Self> {
        Self::open_with(place, recorded_by, no_progress)
    }

    /// Opens a ledger as [`open`](Tracker::open) does, and reports while a file of lines is read how far that has come: every few hundred
    /// kilobytes, and at the end, on the thread that opens. See [`Progress`] for an example, and for how to interrupt it. Opening a database takes
    /// no time; [`load_with`](Tracker::load_with) reports how far reading all of it has come.
    ///
    /// # Errors
    ///
    /// As [`open`](Tracker::open), and `interrupted`.
    pub fn open_with(
        place: impl AsRef<Path>,
        recorded_by: &str,
        mut progress: impl FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Self> {
        Self::at(recorded_by, Place::of_existing(place.as_ref()).open(&mut progress)?)
    }

    /// Creates an empty ledger at a path or a URL: a file of JSON Lines if the path ends in `.jsonl`, and else a SQLite file.
    ///
    /// # Errors
    ///
    /// `already-there`, `no-permission`, `io` or `not-compiled-in`.
    pub fn create(place: impl AsRef<Path>, recorded_by: &str) -> Result<Self> {
        Self::at(recorded_by, Place::of_new(place.as_ref()).create()?)
    }

    /// Whether [`create`](Tracker::create) has a place for a ledger; nothing is written. Whether it may be written to shows when it is.
    ///
    /// ```
    /// use servanda::Tracker;
    ///
    /// let folder = tempfile::tempdir()?;
    /// let path = folder.path().join("promises.db");
    /// Tracker::check_new(&path)?;
    /// Tracker::create(&path, "desk")?;
    /// assert_eq!(Tracker::check_new(&path).unwrap_err().code(), "already-there");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`create`](Tracker::create); of a database also what keeps it from being opened.
    pub fn check_new(place: impl AsRef<Path>) -> Result<()> {
        Place::of_new(place.as_ref()).check_new()
    }

    /// The same ledger with another source of time.
    #[must_use]
    pub fn with_time(mut self, time: impl TimeSource + 'static) -> Self {
        self.time = Arc::new(time);
        self
    }

    /// The same ledger, for whose database one waits at most so long while another program holds it, instead of ten seconds; then `locked` is the answer.
    /// It is set for all clones. A file of lines is waited for however long it takes.
    ///
    /// # Errors
    ///
    /// `poisoned`.
    pub fn with_lock_timeout(self, timeout: Duration) -> Result<Self> {
        self.state.set_lock_timeout(timeout)?;
        Ok(self)
    }

    /// Registers a commitment.
    ///
    /// # Errors
    ///
    /// As [`append`](Tracker::append).
    pub fn register(&self, commitment: Commitment) -> Result<Vec<EntryId>> {
        self.append(commitment)
    }

    /// Appends facts: all of them, or none. What others have written is taken in first.
    ///
    /// When this returns, the entries are on the disk. Whatever stops the program before, a reader finds all of them or none, and the
    /// next append settles which. Programs that append to one file take turns.
    ///
    /// The ids of the new entries come back in order, those of what was brought along first, such as a built-in procedure.
    ///
    /// # Errors
    ///
    /// Whatever the procedure, the ledger or the format does not allow, and what keeps the place from being written; the ledger is
    /// then as it was. Only after `unsettled` it may not be: a disk failed twice, once in writing and once in taking back.
    pub fn append(&self, batch: impl Into<Batch>) -> Result<Vec<EntryId>> {
        Ok(self.record(batch)?.iter().map(Entry::id).collect())
    }

    /// Appends facts as [`append`](Tracker::append) does, and gives back the new entries.
    ///
    /// # Errors
    ///
    /// As [`append`](Tracker::append).
    pub fn record(&self, batch: impl Into<Batch>) -> Result<Vec<Entry>> {
        let recorded_by = self.recorded_by.as_ref().map_err(Clone::clone)?;
        self.state.append(batch.into(), recorded_by, &*self.time)
    }

    /// The entries that [`append`](Tracker::append) would append now; nothing is written.
    ///
    /// # Errors
    ///
    /// As [`append`](Tracker::append).
    pub fn prepare(&self, batch: impl Into<Batch>) -> Result<Vec<Entry>> {
        let recorded_by = self.recorded_by.as_ref().map_err(Clone::clone)?;
        self.state.prepare(&batch.into(), recorded_by, &*self.time)
    }

    /// Takes in entries from elsewhere, and says how many were new: all of them, or none if it fails. What does not fit together is kept, and shown as
    /// conflicts.
    ///
    /// # Errors
    ///
    /// What keeps the place from being written.
    pub fn merge(&self, entries: impl IntoIterator<Item = Entry>) -> Result<usize> {
        self.merge_with(entries, no_progress)
    }

    /// As [`merge`](Tracker::merge), and reports how many entries are written, as long as they do not count yet: a transaction of a database is
    /// rolled back if it is interrupted, and of a file of lines not a byte is written before the last report.
    ///
    /// ```
    /// use std::ops::ControlFlow;
    /// use servanda::{Define, Error, Party, Tracker};
    ///
    /// let (phone, desk) = (Tracker::in_memory("phone"), Tracker::in_memory("desk"));
    /// phone.append(Define::Party(Party::new("jp", "en", "Japan")?))?;
    /// let entries = phone.export_since(None)?.entries;
    ///
    /// let interrupted = desk.merge_with(entries.clone(), |_| ControlFlow::Break(()));
    /// assert_eq!((interrupted, desk.ledger()?.len()), (Err(Error::Interrupted), 0));
    /// assert_eq!(desk.merge(entries)?, 1);
    /// # Ok::<(), servanda::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`merge`](Tracker::merge), and `interrupted`.
    pub fn merge_with(
        &self,
        entries: impl IntoIterator<Item = Entry>,
        mut progress: impl FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<usize> {
        // Taken before anything is held: they may come from this very tracker.
        self.state.merge(entries.into_iter().collect(), &*self.time, &mut progress)
    }

    /// Takes in what others have written, and says whether there was anything.
    ///
    /// # Errors
    ///
    /// What keeps the place from being read, and `damaged` or `damaged-database`.
    pub fn refresh(&self) -> Result<bool> {
        self.state.refresh(&*self.time)
    }

    /// Calls back when there are new entries: appended here, merged, or written by others and taken in by a refresh or before an append. The callback is told
    /// which, and where the commitments that they are about stood today before and after.
    ///
    /// It is called after they are on the disk, in the order in which they came, and one call after the other, on a thread that appended, merged or refreshed;
    /// that may be another than the one whose entries it is told of. No lock is held meanwhile: it may ask, append, and
    /// end its own subscription. A panic in it stays there. It is called until what this returns is dropped. Clocks that fire at midnight are not entries: those
    /// are in the [agenda](View::agenda).
    ///
    /// ```
    /// use std::sync::mpsc;
    /// use servanda::{Party, Define, Tracker};
    ///
    /// let tracker = Tracker::in_memory("desk");
    /// let (told, heard) = mpsc::channel();
    /// let observer = tracker.observe(move |observed| _ = told.send(observed.entries.len()));
    /// tracker.append(Define::Party(Party::new("jp", "en", "Japan")?))?;
    /// assert_eq!(heard.recv(), Ok(1));
    ///
    /// drop(observer);
    /// tracker.append(Define::Party(Party::new("us", "en", "United States")?))?;
    /// assert!(heard.recv().is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn observe(&self, callback: impl Fn(&Observed) + Send + Sync + 'static) -> Observer {
        self.state.observers.subscribe(callback)
    }

    /// What has come to this ledger since an earlier export, for another tracker to [merge](Tracker::merge); everything if there was none.
    ///
    /// Entries may be given out again, which does no harm: what a tracker has, it does not take in twice. Compare [digests](Tracker::digest) to see
    /// whether two trackers hold the same.
    ///
    /// ```
    /// # use servanda::{Party, Define, Tracker};
    /// let (phone, desk) = (Tracker::in_memory("phone"), Tracker::in_memory("desk"));
    /// phone.append(Define::Party(Party::new("jp", "en", "Japan")?))?;
    /// let first = phone.export_since(None)?;
    /// assert_eq!(desk.merge(first.entries)?, 1);
    ///
    /// phone.append(Define::Party(Party::new("us", "en", "United States")?))?;
    /// let second = phone.export_since(Some(&first.cursor))?;
    /// assert_eq!(desk.merge(second.entries)?, 1);
    /// assert_eq!(phone.digest()?, desk.digest()?);
    /// # Ok::<(), servanda::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `invalid-cursor`, and what keeps the place from being read.
    pub fn export_since(&self, cursor: Option<&str>) -> Result<Export> {
        self.state.export(cursor)
    }

    /// Reads the whole ledger at its place, checks every line, and gives it back. Of a database also the other columns and the tables themselves are checked. A
    /// file that has not changed since it was read is not read again. How far reading has come is reported, in bytes of a file or in entries of a database.
    ///
    /// ```
    /// use std::ops::ControlFlow;
    /// use servanda::Tracker;
    ///
    /// let tracker = Tracker::in_memory("desk");
    /// let ledger = tracker.verify(|_| ControlFlow::Continue(()))?;
    /// assert_eq!(ledger.digest(), tracker.digest()?);
    /// # Ok::<(), servanda::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `damaged` or `damaged-database` with everything that is wrong, `interrupted`, and what keeps the place from being read.
    pub fn verify(&self, mut progress: impl FnMut(Progress) -> ControlFlow<()>) -> Result<Arc<Ledger>> {
        self.state.verify(&mut progress)
    }

    /// A view of what the tracker holds now: today, unless another day is chosen.
    #[must_use]
    pub fn view(&self) -> View {
        View::new(Arc::clone(&self.state), self.state.held(), self.time.today())
    }

    /// The ledger as it is now, all of it. Later appends and merges do not change it.
    ///
    /// # Errors
    ///
    /// What keeps the place from being read, if it is a database of which not all has been asked for yet; `poisoned`.
    pub fn ledger(&self) -> Result<Arc<Ledger>> {
        self.load_with(no_progress)
    }

    /// As [`ledger`](Tracker::ledger), and reports how far reading it has come, in entries. What has been read before is not read again, and not reported.
    ///
    /// ```
    /// use std::ops::ControlFlow;
    /// use servanda::{Define, Error, Party, Tracker};
    ///
    /// let folder = tempfile::tempdir()?;
    /// let path = folder.path().join("promises.db");
    /// Tracker::create(&path, "desk")?.append(Define::Party(Party::new("jp", "en", "Japan")?))?;
    ///
    /// let tracker = Tracker::open(&path, "reader")?;
    /// assert_eq!(tracker.load_with(|_| ControlFlow::Break(())), Err(Error::Interrupted));
    /// assert_eq!(tracker.ledger()?.len(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`ledger`](Tracker::ledger), and `interrupted`.
    pub fn load_with(&self, mut progress: impl FnMut(Progress) -> ControlFlow<()>) -> Result<Arc<Ledger>> {
        self.state.whole(&mut progress)
    }

    /// The entries whose ids begin with these characters, such as `sha256:0b3f`.
    ///
    /// # Errors
    ///
    /// As [`ledger`](Tracker::ledger).
    pub fn entries_like(&self, start: &str) -> Result<Vec<Entry>> {
        self.state.entries_like(start)
    }

    /// The digest of the ledger. Two trackers with the same digest hold the same entries.
    ///
    /// # Errors
    ///
    /// What keeps the place from being read; `poisoned`.
    pub fn digest(&self) -> Result<Digest> {
        self.state.digest()
    }
}
