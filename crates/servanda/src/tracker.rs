//! The tracker, and what it uses: exports, observers, progress and sources of time.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use servanda_core::{Batch, Commitment, Digest, Entry, EntryId, Ledger, Moment, Slug};

use crate::progress::no_progress;
use crate::state::State;
use crate::store::Place;
use crate::{Error, Result, StoreError, View};

pub use crate::error::Fault;
pub use crate::exchange::Export;
pub use crate::observe::{Observed, ObservedStanding, Observer};
pub use crate::progress::Progress;
pub use crate::store::{is_database_url, without_password};
pub use crate::time::{FixedTime, SystemTime, TimeSource};
pub use crate::transaction::Transaction;

/// A ledger, the place where it is stored, the name of the recorder, and a source of time.
///
/// A tracker is a handle: its clones share the ledger, and can be used from any thread.
///
/// A ledger can be kept [in memory](Tracker::in_memory), in a [file](Tracker::open), or in a
/// [PostgreSQL database](Tracker::connect). All methods work in the same way for all of them, and
/// give the same answers and errors. There are two kinds of files: SQLite files, and JSON Lines
/// files, whose names end in `.jsonl`. When an existing file is opened, its content determines its
/// kind, not its name.
///
/// A JSON Lines file is read completely when it is opened. A database is read on demand, and what
/// has been read stays in memory: for one standing, the commitment's own entries and the
/// definitions; for all standings, everything.
///
/// ```
/// use servanda::Tracker;
/// # use servanda::{Commitment, Obligation, builtin};
/// # let visit = Commitment::builder("us/abe-visit", "A visit")
/// #     .procedure(builtin::action())
/// #     .by("us")
/// #     .made("2013-01-18")
/// #     .obligation(Obligation::Result)
/// #     .words("will", ("Remarks", "https://example.org/remarks"))
/// #     .build()?;
///
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("promises.db");
/// Tracker::create(&path, "desk")?.register(visit)?;
///
/// let tracker = Tracker::open_to_read(&path)?;
/// let standing = tracker.view().on("2013-02-01")?.standing("us/abe-visit")?;
/// assert_eq!(standing.title.as_str(), "A visit");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Tracker {
    /// `None` if the ledger was opened for reading.
    recorded_by: Option<Slug>,
    pub(crate) time: Arc<dyn TimeSource>,
    pub(crate) state: Arc<State>,
}

impl Tracker {
    fn new(recorded_by: Option<Slug>, state: State) -> Self {
        Self { recorded_by, time: Arc::new(SystemTime), state: Arc::new(state) }
    }

    /// Returns the name of the recorder. `None` if the ledger was opened for reading.
    #[must_use]
    pub fn recorder(&self) -> Option<&Slug> {
        self.recorded_by.as_ref()
    }

    /// Returns the present moment, according to the tracker's source of time.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.time.now()
    }

    pub(crate) fn recorded_by(&self) -> Result<&Slug> {
        self.recorded_by.as_ref().ok_or_else(|| StoreError::NoRecorder.into())
    }

    /// Creates an empty ledger in memory. `recorded_by` is the name of the recorder.
    ///
    /// # Errors
    ///
    /// `invalid-slug` if that is not a slug.
    pub fn in_memory(recorded_by: impl AsRef<str>) -> Result<Self> {
        let recorded_by = recorded_by.as_ref().parse()?;
        Ok(Self::new(Some(recorded_by), State::in_memory()))
    }

    /// Opens the ledger at a path. This writes nothing, not even a lock, until the first append.
    /// But SQLite keeps files of its own next to an open SQLite file, so readers need permission to
    /// write to its folder. `recorded_by` is the name of the recorder.
    ///
    /// # Errors
    ///
    /// - `invalid-slug` if `recorded_by` is not a slug
    /// - `invalid-url` if the path is the URL of a database; see [`connect`](Tracker::connect)
    /// - `no-ledger`, `not-a-file`, `no-permission` or `io` if the ledger cannot be read
    /// - `damaged`, which lists all wrong lines, or `damaged-database`
    /// - `not-ours` or `newer-schema` if a database belongs to another program, or to a later
    ///   version of this one
    /// - `not-compiled-in` if this program was built without support for this kind of database
    pub fn open(path: impl AsRef<Path>, recorded_by: impl AsRef<str>) -> Result<Self> {
        Self::open_with(path, recorded_by, no_progress)
    }

    /// Opens a ledger like [`open`](Tracker::open), and reports the progress of reading a JSON
    /// Lines file: every few hundred kilobytes, and at the end, on the calling thread. [`Progress`]
    /// has an example, and shows how to cancel. Opening a database takes no time;
    /// [`load_with`](Tracker::load_with) reports the progress of reading all of it.
    ///
    /// # Errors
    ///
    /// Like [`open`](Tracker::open), and `interrupted`.
    pub fn open_with(
        path: impl AsRef<Path>,
        recorded_by: impl AsRef<str>,
        mut progress: impl FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Self> {
        let recorded_by = recorded_by.as_ref().parse()?;
        let opened = Place::of_existing(local(path.as_ref())?).open(&mut progress)?;
        Ok(Self::new(Some(recorded_by), State::open(opened)?))
    }

    /// Opens the ledger at a path for reading. Without a recorder, appends and merges fail with
    /// `no-recorder`.
    ///
    /// ```
    /// use servanda::{Party, Tracker};
    ///
    /// let folder = tempfile::tempdir()?;
    /// let path = folder.path().join("promises.db");
    /// Tracker::create(&path, "desk")?;
    ///
    /// let reader = Tracker::open_to_read(&path)?;
    /// let refused = reader.append(Party::new("jp", "en", "Japan")?).unwrap_err();
    /// assert_eq!(refused.code(), "no-recorder");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Like [`open`](Tracker::open).
    pub fn open_to_read(path: impl AsRef<Path>) -> Result<Self> {
        Self::open_to_read_with(path, no_progress)
    }

    /// Opens a ledger like [`open_to_read`](Tracker::open_to_read), and reports progress like
    /// [`open_with`](Tracker::open_with).
    ///
    /// # Errors
    ///
    /// Like [`open`](Tracker::open), and `interrupted`.
    pub fn open_to_read_with(
        path: impl AsRef<Path>,
        mut progress: impl FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Self> {
        let opened = Place::of_existing(local(path.as_ref())?).open(&mut progress)?;
        Ok(Self::new(None, State::open(opened)?))
    }

    /// Creates an empty ledger at a path: a JSON Lines file if the path ends in `.jsonl`, and a
    /// SQLite file otherwise.
    ///
    /// # Errors
    ///
    /// `invalid-slug`, `invalid-url`, `already-there`, `no-permission`, `io` or `not-compiled-in`.
    pub fn create(path: impl AsRef<Path>, recorded_by: impl AsRef<str>) -> Result<Self> {
        let recorded_by = recorded_by.as_ref().parse()?;
        let opened = Place::of_new(local(path.as_ref())?).create()?;
        Ok(Self::new(Some(recorded_by), State::open(opened)?))
    }

    /// Opens the ledger in a database, by its URL, such as `postgresql://USER@HOST/DATABASE`.
    ///
    /// # Errors
    ///
    /// Like [`open`](Tracker::open), and `no-connection` or `server`; `invalid-url` if it is not
    /// the URL of a database.
    pub fn connect(url: impl AsRef<str>, recorded_by: impl AsRef<str>) -> Result<Self> {
        let recorded_by = recorded_by.as_ref().parse()?;
        let opened = Place::of_existing(remote(url.as_ref())?).open(&mut no_progress)?;
        Ok(Self::new(Some(recorded_by), State::open(opened)?))
    }

    /// Opens the ledger in a database for reading. Without a recorder, appends and merges fail with
    /// `no-recorder`.
    ///
    /// # Errors
    ///
    /// Like [`connect`](Tracker::connect).
    pub fn connect_to_read(url: impl AsRef<str>) -> Result<Self> {
        let opened = Place::of_existing(remote(url.as_ref())?).open(&mut no_progress)?;
        Ok(Self::new(None, State::open(opened)?))
    }

    /// Creates an empty ledger in a database, by its URL.
    ///
    /// # Errors
    ///
    /// Like [`create`](Tracker::create), and `no-connection` or `server`.
    pub fn connect_new(url: impl AsRef<str>, recorded_by: impl AsRef<str>) -> Result<Self> {
        let recorded_by = recorded_by.as_ref().parse()?;
        let opened = Place::of_new(remote(url.as_ref())?).create()?;
        Ok(Self::new(Some(recorded_by), State::open(opened)?))
    }

    /// Checks that there is a place for a new ledger at a path or at the URL of a database, without
    /// writing anything.
    /// Missing permission to write shows only when something is written.
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
    /// Like [`create`](Tracker::create). For a database, also any error of opening it.
    pub fn check_new(place: impl AsRef<Path>) -> Result<()> {
        Place::of_new(place.as_ref()).check_new()
    }

    /// Replaces the source of time.
    #[must_use]
    pub fn with_time(mut self, time: impl TimeSource + 'static) -> Self {
        self.time = Arc::new(time);
        self
    }

    /// Sets how long to wait while another program holds a lock on the database, instead of ten
    /// seconds. After that, methods fail with `locked`. This applies to all clones. The lock of a
    /// JSON Lines file is waited for without a limit.
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
    /// Like [`append`](Tracker::append).
    pub fn register(&self, commitment: Commitment) -> Result<Vec<EntryId>> {
        self.append(commitment)
    }

    /// Appends facts: all of them, or none. Before that, it reads what other programs have written.
    ///
    /// When this returns, the entries are on disk. If the program or the machine crashes earlier,
    /// readers find either all of the entries or none, and the next append cleans up. Programs that
    /// append to the same file take turns.
    ///
    /// Returns the ids of the new entries in order. Entries that had to be added first, such as a
    /// built-in procedure, come before the others.
    ///
    /// # Errors
    ///
    /// Every error with which the procedure, the ledger or the format rejects the facts, and every
    /// error of writing to the place. The ledger is then unchanged. The exception is `unsettled`:
    /// the disk failed twice, when writing and when undoing that.
    pub fn append(&self, batch: impl Into<Batch>) -> Result<Vec<EntryId>> {
        Ok(self.record(batch)?.iter().map(Entry::id).collect())
    }

    /// Appends facts like [`append`](Tracker::append), and returns the new entries.
    ///
    /// # Errors
    ///
    /// Like [`append`](Tracker::append).
    pub fn record(&self, batch: impl Into<Batch>) -> Result<Vec<Entry>> {
        let recorded_by = self.recorded_by()?;
        self.state.append(batch.into(), recorded_by, &*self.time)
    }

    /// Returns the entries that [`append`](Tracker::append) would append now, without writing
    /// anything.
    ///
    /// # Errors
    ///
    /// Like [`append`](Tracker::append).
    pub fn prepare(&self, batch: impl Into<Batch>) -> Result<Vec<Entry>> {
        let recorded_by = self.recorded_by()?;
        self.state.prepare(&batch.into(), recorded_by, &*self.time)
    }

    /// Returns, for each draft of a batch in order, the entry with which this recorder already
    /// records it; see [`Ledger::recorded`].
    ///
    /// [`Batch::skip_recorded`] makes an append leave these drafts out.
    ///
    /// # Errors
    ///
    /// `no-recorder`, and every error of reading from the tracker's place.
    pub fn recorded(&self, batch: &Batch) -> Result<Vec<Option<Entry>>> {
        let recorded_by = self.recorded_by()?;
        let ledger = self.state.ledger_about(batch)?;
        Ok(ledger.recorded(batch, recorded_by).into_iter().map(Option::<&Entry>::cloned).collect())
    }

    /// Adds entries from another ledger, and returns how many were new. If it fails, none were
    /// added. Entries that contradict others are kept, and shown as conflicts.
    ///
    /// # Errors
    ///
    /// Every error of writing to the place.
    pub fn merge(&self, entries: impl IntoIterator<Item = Entry>) -> Result<usize> {
        self.merge_with(entries, no_progress)
    }

    /// Like [`merge`](Tracker::merge), and reports how many entries have been written but not
    /// committed. Cancelling rolls back the transaction of a database. To a JSON Lines file,
    /// nothing is written before the last report.
    ///
    /// ```
    /// use std::ops::ControlFlow;
    /// use servanda::{Error, Party, Tracker, facts::Define};
    ///
    /// let (phone, desk) = (Tracker::in_memory("phone")?, Tracker::in_memory("desk")?);
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
    /// Like [`merge`](Tracker::merge), and `interrupted`.
    pub fn merge_with(
        &self,
        entries: impl IntoIterator<Item = Entry>,
        mut progress: impl FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<usize> {
        self.recorded_by()?;
        // Collect before locking: the iterator may read from this tracker.
        self.state.merge(entries.into_iter().collect(), &*self.time, &mut progress)
    }

    /// Reads what other programs have written, and returns whether there was anything new.
    ///
    /// # Errors
    ///
    /// Every error of reading from the place, and `damaged` or `damaged-database`.
    pub fn refresh(&self) -> Result<bool> {
        self.state.refresh(&*self.time)
    }

    /// Calls back when there are new entries: appended or merged through this tracker, or written
    /// by other programs and read by a refresh or before an append. The callback receives the
    /// entries, and the standings of their commitments on the current day, before and after.
    ///
    /// Calls come after the entries are on disk, one at a time, in the order in which the entries
    /// came. They come on a thread that has appended, merged or refreshed, which may be a different
    /// one from the thread that added these entries. No lock is held during a call, so the callback
    /// may query, append, and drop its own [`Observer`]. A panic in the callback is caught. The
    /// subscription ends when the returned value is dropped. Clocks that fire at midnight are not
    /// entries; the [agenda](View::agenda) lists them.
    ///
    /// ```
    /// use std::sync::mpsc;
    /// use servanda::{Party, Tracker, facts::Define};
    ///
    /// let tracker = Tracker::in_memory("desk")?;
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
        self.state.cache.observers.subscribe(callback)
    }

    /// Returns the entries that have come to this ledger since an earlier export, for another
    /// tracker to [merge](Tracker::merge). Without a cursor, returns all entries.
    ///
    /// Entries may be exported again, which is harmless: merging ignores entries that exist
    /// already. Compare [digests](Tracker::digest) to see whether two trackers have the same
    /// entries.
    ///
    /// ```
    /// # use servanda::{Party, Tracker, facts::Define};
    /// let (phone, desk) = (Tracker::in_memory("phone")?, Tracker::in_memory("desk")?);
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
    /// `invalid-cursor`, and every error of reading from the place.
    pub fn export_since(&self, cursor: Option<&str>) -> Result<Export> {
        self.state.export(cursor)
    }

    /// Reads the whole ledger at its place, checks every line, and returns the ledger. For a
    /// database, this also checks the other columns and the tables. A file that has not changed
    /// since it was read is not read again. Progress is reported in bytes of a file, or in entries
    /// of a database.
    ///
    /// ```
    /// use std::ops::ControlFlow;
    /// use servanda::Tracker;
    ///
    /// let tracker = Tracker::in_memory("desk")?;
    /// let ledger = tracker.verify(|_| ControlFlow::Continue(()))?;
    /// assert_eq!(ledger.digest(), tracker.digest()?);
    /// # Ok::<(), servanda::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `damaged` or `damaged-database`, which list everything that is wrong, `interrupted`, and
    /// every error of reading from the place.
    pub fn verify(&self, mut progress: impl FnMut(Progress) -> ControlFlow<()>) -> Result<Arc<Ledger>> {
        self.state.verify(&mut progress)
    }

    /// Returns a view of the tracker's current entries, as of the current day.
    #[must_use]
    pub fn view(&self) -> View {
        View::new(Arc::clone(&self.state), self.state.cache.get(), self.time.today())
    }

    /// Returns the whole ledger as it is now. Later appends and merges do not change it.
    ///
    /// # Errors
    ///
    /// Every error of reading from a database that has not been read completely yet; `poisoned`.
    pub fn ledger(&self) -> Result<Arc<Ledger>> {
        self.load_with(no_progress)
    }

    /// Like [`ledger`](Tracker::ledger), and reports progress in entries. Entries that are in
    /// memory already are neither read again nor reported.
    ///
    /// ```
    /// use std::ops::ControlFlow;
    /// use servanda::{Error, Party, Tracker, facts::Define};
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
    /// Like [`ledger`](Tracker::ledger), and `interrupted`.
    pub fn load_with(&self, mut progress: impl FnMut(Progress) -> ControlFlow<()>) -> Result<Arc<Ledger>> {
        self.state.whole(&mut progress)
    }

    /// Returns the entries whose ids begin with these characters, such as `sha256:0b3f`.
    ///
    /// # Errors
    ///
    /// Like [`ledger`](Tracker::ledger).
    pub fn entries_like(&self, start: &str) -> Result<Vec<Entry>> {
        self.state.entries_like(start)
    }

    /// Returns the digest of the ledger. Two trackers with the same digest have the same entries.
    ///
    /// # Errors
    ///
    /// Every error of reading from the place; `poisoned`.
    pub fn digest(&self) -> Result<Digest> {
        self.state.digest()
    }
}

/// Returns the path, unless it is the URL of a database.
fn local(path: &Path) -> Result<&Path> {
    match is_database_url(path) {
        true => Err(invalid_url("it was given as the path of a file; connect to it instead")),
        false => Ok(path),
    }
}

/// Returns the URL of a database as the place of a ledger.
fn remote(url: &str) -> Result<&Path> {
    match is_database_url(url) {
        true => Ok(Path::new(url)),
        false => Err(invalid_url("it does not begin with postgresql:// or postgres://")),
    }
}

fn invalid_url(reason: &str) -> Error {
    StoreError::InvalidUrl { reason: reason.to_owned() }.into()
}
