//! What the clones of a tracker share.

use std::collections::{BTreeSet, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, RwLock};
use std::time::Duration;

use servanda_core::{Batch, Digest, Entry, EntryId, Ledger, Slug};

use crate::exchange::{self, Cursor};
use crate::held::{Held, Needs, Seen, Since, needed_for};
use crate::lines::{self, Lines, Turn};
use crate::observe::{Observed, Observers, touched};
use crate::progress::{Report, unheard};
use crate::store::{Database, Entries, Mark, Rows, Select};
use crate::{Error, Export, Progress, Result, TimeSource};

/// Who changes it takes the keeper first, and what is held only for as long as memory takes: who reads never waits for a disk or for
/// another program that writes.
#[derive(Debug)]
pub(crate) struct State {
    keeper: Mutex<Keeper>,
    /// Of a database: the connection to read with.
    reader: Option<Mutex<Box<dyn Database>>>,
    /// Of a database: where it is, for people.
    place: String,
    held: RwLock<Arc<Held>>,
    pub(crate) observers: Arc<Observers>,
}

/// What keeps the ledger.
#[derive(Debug)]
pub(crate) enum Keeper {
    /// Nothing but memory.
    Memory,
    /// A file of lines.
    Lines(Lines),
    /// A database, with a connection to write with, once something is to be written.
    Database(Option<Box<dyn Database>>),
}

type Reader<'a> = MutexGuard<'a, Box<dyn Database>>;

impl State {
    pub(crate) fn new(ledger: Ledger, keeper: Keeper) -> Self {
        let held = Held::whole(Arc::new(ledger));
        Self::with(held, keeper, None, String::new())
    }

    fn with(held: Held, keeper: Keeper, reader: Option<Box<dyn Database>>, place: String) -> Self {
        let (keeper, reader, held) = (Mutex::new(keeper), reader.map(Mutex::new), RwLock::new(Arc::new(held)));
        Self { keeper, reader, place, held, observers: Arc::default() }
    }

    pub(crate) fn of(entries: Entries) -> Result<Self> {
        match entries {
            Entries::Lines(opened) => {
                let (lines, ledger) = *opened;
                Ok(Self::new(ledger, Keeper::Lines(lines)))
            }
            Entries::Database(mut database) => {
                let place = database.place();
                let held = read(&mut *database, |rows| Held::nothing(rows))?;
                Ok(Self::with(held, Keeper::Database(None), Some(database), place))
            }
        }
    }

    fn keeper(&self) -> Result<MutexGuard<'_, Keeper>> {
        self.keeper.lock().map_err(|_| Error::Poisoned)
    }

    fn reader(&self) -> Result<Option<Reader<'_>>> {
        self.reader.as_ref().map(|reader| reader.lock().map_err(|_| Error::Poisoned)).transpose()
    }

    pub(crate) fn be_patient(&self, patience: Duration) -> Result<()> {
        if let Keeper::Database(Some(writer)) = &mut *self.keeper()? {
            writer.be_patient(patience);
        }
        if let Some(mut reader) = self.reader()? {
            reader.be_patient(patience);
        }
        Ok(())
    }

    /// What is held now.
    pub(crate) fn held(&self) -> Result<Arc<Held>> {
        Ok(Arc::clone(&*self.held.read().map_err(|_| Error::Poisoned)?))
    }

    /// What is held of the ledger, with what an answer depends on.
    pub(crate) fn ledger(&self, held: &Held, needs: &Needs, report: Report<'_>) -> Result<Arc<Ledger>> {
        if !held.has(needs)
            && let Some(mut reader) = self.reader()?
        {
            reader.read(&mut |rows| held.fill(rows, needs, &self.place, report))?;
        }
        Ok(held.ledger())
    }

    pub(crate) fn whole(&self, report: Report<'_>) -> Result<Arc<Ledger>> {
        self.ledger(&*self.held()?, &Needs::All, report)
    }

    /// What is held, with what a batch depends on.
    pub(crate) fn ledger_for(&self, held: &Held, batch: &Batch) -> Result<Arc<Ledger>> {
        if batch.may_concern_all() {
            return self.ledger(held, &Needs::All, &mut unheard);
        }
        needed_for(batch, |ids| self.ledger(held, &Needs::These(ids.clone()), &mut unheard))
    }

    /// An error about an unknown commitment, with the nearest of all that there are.
    pub(crate) fn suggest(&self, held: &Held, error: servanda_core::Error) -> Error {
        if held.is_whole() || !matches!(error, servanda_core::Error::UnknownCommitment { .. }) {
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
        let appended = self.keeper().and_then(|mut keeper| match &mut *keeper {
            Keeper::Database(writer) => self.append_to_database(self.writer(writer)?, &batch, recorded_by, time),
            keeper => {
                let mut turn = self.turn(keeper, time)?;
                let entries = self.held()?.ledger().prepare(batch, recorded_by, time.now())?;
                self.keep(keeper, turn.as_mut(), &entries, time, &mut unheard)?;
                Ok(entries)
            }
        });
        self.observers.tell();
        appended
    }

    pub(crate) fn prepare(&self, batch: &Batch, recorded_by: &Slug, time: &dyn TimeSource) -> Result<Vec<Entry>> {
        let held = self.held()?;
        let newest = match self.reader()? {
            Some(mut reader) => read(&mut **reader, |rows| rows.newest())?,
            None => None,
        };
        let prepare = |ledger: &Ledger| ledger.prepare_in_part(batch.clone(), recorded_by, time.now(), newest);
        let part = needed_for(batch, |ids| self.ledger(&held, &Needs::These(ids.clone()), &mut unheard))?;
        let mut prepared = prepare(&part);
        if !held.is_whole() && concerns_all(&prepared) {
            drop(part);
            prepared = prepare(&*self.ledger(&held, &Needs::All, &mut unheard)?);
        }
        prepared.map_err(|error| self.suggest(&held, error))
    }

    pub(crate) fn merge(&self, mut entries: Vec<Entry>, time: &dyn TimeSource, report: Report<'_>) -> Result<usize> {
        let merged = self.keeper().and_then(|mut keeper| match &mut *keeper {
            Keeper::Database(writer) => self.merge_into_database(self.writer(writer)?, entries, time, report),
            keeper => {
                let mut turn = self.turn(keeper, time)?;
                let mut met = HashSet::new();
                let ledger = self.held()?.ledger();
                entries.retain(|entry| ledger.entry(entry.id()).is_none() && met.insert(entry.id()));
                drop(ledger);
                self.keep(keeper, turn.as_mut(), &entries, time, report)?;
                Ok(entries.len())
            }
        });
        self.observers.tell();
        merged
    }

    pub(crate) fn refresh(&self, time: &dyn TimeSource) -> Result<bool> {
        let refreshed = self.keeper().and_then(|mut keeper| match &mut *keeper {
            Keeper::Memory => Ok(false),
            Keeper::Lines(lines) => self.refresh_lines(lines, time),
            Keeper::Database(_) => {
                let Some(mut reader) = self.reader()? else { return Ok(false) };
                read(&mut **reader, |rows| self.catch_up(rows, time))
            }
        });
        self.observers.tell();
        refreshed
    }

    pub(crate) fn export(&self, cursor: Option<&str>) -> Result<Export> {
        let since = cursor.map(Cursor::parse).transpose()?;
        let Some(mut reader) = self.reader()? else {
            let ledger = self.held()?.ledger();
            let ids: Vec<EntryId> = ledger.arrivals().map(Entry::id).collect();
            let (start, cursor) = exchange::go_on(&ids, since.as_ref());
            let entries = ledger.arrivals().skip(start).cloned().collect();
            return Ok(Export { entries, cursor: cursor.to_string() });
        };
        read(&mut **reader, |rows| {
            let (start, end, cursor) = exchange::go_on_in_rows(rows, since.as_ref())?;
            let (mut entries, mut faults) = (Vec::new(), Vec::new());
            rows.select(Select::After(&start), &end, &mut |row| {
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
            if let Keeper::Lines(lines) = &*self.keeper()? {
                lines.verify(report)?;
            }
            return Ok(self.held()?.ledger());
        };
        let mut faults = reader.check(report)?;
        let read = read(&mut **reader, |rows| {
            let held = Held::nothing(rows)?;
            held.fill(rows, &Needs::All, &self.place, report)?;
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
        if let (Ok(id), false, Some(mut reader)) = (start.parse::<EntryId>(), held.is_whole(), self.reader()?) {
            return read(&mut **reader, |rows| {
                let (mut found, mut faults) = (Vec::new(), Vec::new());
                rows.select(Select::Id(id), held.mark(), &mut |row| {
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
        let ledger = self.whole(&mut unheard)?;
        Ok(ledger.entries().filter(|entry| entry.id().to_string().starts_with(start)).cloned().collect())
    }

    pub(crate) fn digest(&self) -> Result<Digest> {
        let held = self.held()?;
        match self.reader()?.filter(|_| !held.is_whole()) {
            Some(mut reader) => read(&mut **reader, |rows| rows.ids(held.mark())).map(Digest::of_ids),
            None => Ok(held.ledger().digest()),
        }
    }

    /// Waits for the turn to write, settles what a crash left behind, and takes in what others have written.
    fn turn(&self, keeper: &mut Keeper, time: &dyn TimeSource) -> Result<Option<Turn>> {
        let Keeper::Lines(lines) = keeper else { return Ok(None) };
        let mut turn = lines.turn()?;
        lines.recover(&mut turn)?;
        self.refresh_lines(lines, time)?;
        Ok(Some(turn))
    }

    fn refresh_lines(&self, lines: &mut Lines, time: &dyn TimeSource) -> Result<bool> {
        match lines.refresh()? {
            lines::News::None => Ok(false),
            lines::News::More(entries) => {
                let before = self.held()?.ledger().len();
                self.go_on(entries, Vec::new(), Seen::To(Mark::default()), time)?;
                Ok(self.held()?.ledger().len() > before)
            }
            lines::News::Anew(ledger) => {
                let before = self.held()?.ledger();
                let changed = before != ledger;
                if changed && self.observers.any() {
                    let new: Vec<Entry> =
                        ledger.arrivals().filter(|entry| before.entry(entry.id()).is_none()).cloned().collect();
                    let lost = before.entries().filter(|entry| ledger.entry(entry.id()).is_none());
                    let about = touched(new.iter().chain(lost));
                    self.observers.note(Observed::begin(time.today(), new, about, &before).end(&ledger));
                }
                *self.held.write().map_err(|_| Error::Poisoned)? = Arc::new(Held::whole(ledger));
                Ok(changed)
            }
        }
    }

    /// Writes entries down, and only then takes them in.
    fn keep(
        &self,
        keeper: &mut Keeper,
        turn: Option<&mut Turn>,
        entries: &[Entry],
        time: &dyn TimeSource,
        report: Report<'_>,
    ) -> Result<()> {
        if entries.is_empty() {
            return Ok(());
        }
        Progress::of(0, entries.len()).tell(report)?;
        let mut wanted = || Progress::of(entries.len(), entries.len()).tell(report);
        match (keeper, turn) {
            (Keeper::Lines(lines), Some(turn)) => lines.append(turn, entries, wanted)?,
            _ => wanted()?,
        }
        self.go_on(entries.to_vec(), Vec::new(), Seen::To(Mark::default()), time)
    }

    /// Takes entries in that are on the disk, with the rest of their batches. Who observes will hear of those that are new.
    fn go_on(&self, mut entries: Vec<Entry>, rest: Vec<Entry>, seen: Seen, time: &dyn TimeSource) -> Result<()> {
        let before = self.held()?.ledger();
        let observed = self.observers.any().then(|| {
            let mut met = HashSet::new();
            entries.retain(|entry| before.entry(entry.id()).is_none() && met.insert(entry.id()));
            Observed::begin(time.today(), entries.clone(), touched(&entries), &before)
        });
        // Nothing else of what is held may be in use, or all of it is copied.
        drop(before);
        let mut held = self.held.write().map_err(|_| Error::Poisoned)?;
        entries.extend(rest);
        held.gone_on(entries, seen);
        let after = held.ledger();
        drop(held);
        if let Some(observed) = observed {
            self.observers.note(observed.end(&after));
        }
        Ok(())
    }

    /// The connection to write with.
    fn writer<'a>(&self, writer: &'a mut Option<Box<dyn Database>>) -> Result<&'a mut Box<dyn Database>> {
        if writer.is_none()
            && let Some(reader) = self.reader()?
        {
            *writer = Some(reader.again()?);
        }
        writer.as_mut().ok_or(Error::Poisoned)
    }

    /// Takes in what has come to the database since, and says whether there was anything.
    fn catch_up(&self, rows: &mut dyn Rows, time: &dyn TimeSource) -> Result<bool> {
        let held = self.held()?;
        let every = self.observers.any();
        match held.news(rows, every, &self.place)? {
            Since::Nothing => Ok(false),
            Since::More { any, entries, rest, mark } => {
                self.load_before(&held, rows, &entries)?;
                drop(held);
                self.go_on(entries, rest, Seen::To(mark), time)?;
                Ok(any)
            }
            Since::Anew(held) => {
                *self.held.write().map_err(|_| Error::Poisoned)? = Arc::new(held);
                Ok(true)
            }
        }
    }

    /// Takes in what has come to the database about what a batch depends on, so that the transaction depends on it too.
    fn catch_up_with(&self, rows: &mut dyn Rows, batch: &Batch, time: &dyn TimeSource) -> Result<()> {
        let mut met = BTreeSet::new();
        needed_for(batch, |ids| {
            let held = self.held()?;
            held.fill(rows, &Needs::These(ids.clone()), &self.place, &mut unheard)?;
            met.extend(ids.iter().cloned());
            let (entries, rest, numbers) = held.news_about(rows, &met, &self.place)?;
            drop(held);
            self.go_on(entries, rest, Seen::These(numbers), time)?;
            Ok(self.held()?.ledger())
        })
        .map(drop)
    }

    /// Reads what those who observe have to be told of how things stood.
    fn load_before(&self, held: &Held, rows: &mut dyn Rows, entries: &[Entry]) -> Result<()> {
        if !self.observers.any() {
            return Ok(());
        }
        held.fill(rows, &Needs::These(touched(entries)), &self.place, &mut unheard)
    }

    fn append_to_database(
        &self,
        writer: &mut Box<dyn Database>,
        batch: &Batch,
        recorded_by: &Slug,
        time: &dyn TimeSource,
    ) -> Result<Vec<Entry>> {
        let in_turn = writer.writes_in_turn();
        let mut done = None;
        writer.write(&mut |rows| {
            done = None;
            match in_turn {
                true => _ = self.catch_up(rows, time)?,
                false => self.catch_up_with(rows, batch, time)?,
            }
            let mut held = self.held()?;
            let mut ledger = needed_for(batch, |ids| {
                held.fill(rows, &Needs::These(ids.clone()), &self.place, &mut unheard)?;
                Ok(held.ledger())
            })?;
            let newest = rows.newest()?;
            let mut prepared = ledger.prepare_in_part(batch.clone(), recorded_by, time.now(), newest);
            if concerns_all(&prepared) && !(in_turn && held.is_whole()) {
                drop(ledger);
                held.fill(rows, &Needs::All, &self.place, &mut unheard)?;
                if !in_turn {
                    let all = rows.commitments()?.iter().map(|id| id.as_str().to_owned()).collect();
                    let (entries, rest, numbers) = held.news_about(rows, &all, &self.place)?;
                    drop(held);
                    self.go_on(entries, rest, Seen::These(numbers), time)?;
                    held = self.held()?;
                }
                ledger = held.ledger();
                prepared = ledger.prepare_in_part(batch.clone(), recorded_by, time.now(), newest);
            }
            drop(ledger);
            let entries = match prepared {
                Err(error @ servanda_core::Error::UnknownCommitment { .. }) if !held.is_whole() => {
                    return Err(error.suggesting(&rows.commitments()?).into());
                }
                prepared => prepared?,
            };
            self.load_before(&held, rows, &entries)?;
            rows.insert(&entries)?;
            // Where transactions do not follow one another, the mark may go further than what has been taken in.
            done = Some((entries, if in_turn { Seen::To(rows.mark()?) } else { Seen::These(rows.inserted()) }));
            Ok(())
        })?;
        let Some((entries, seen)) = done else { return Ok(Vec::new()) };
        self.go_on(entries.clone(), Vec::new(), seen, time)?;
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
        let in_turn = writer.writes_in_turn();
        let mut inserted = Vec::new();
        let mut mark = Mark::default();
        writer.write(&mut |rows| {
            inserted.clear();
            if in_turn {
                self.catch_up(rows, time)?;
            }
            for some in entries.chunks(INSERTED_AT_ONCE) {
                inserted.extend(rows.insert(some)?);
                Progress::of(inserted.len(), entries.len()).tell(report)?;
            }
            mark = rows.mark()?;
            Ok(())
        })?;
        let mut flags = inserted.iter();
        entries.retain(|_| flags.next().is_some_and(|new| *new));
        let new = entries.len();
        let whole = self.held()?.is_whole();
        if in_turn && !self.observers.any() && (whole || entries.iter().all(|entry| entry.batch().is_none())) {
            self.go_on(entries, Vec::new(), Seen::To(mark), time)?;
        } else if let Some(mut reader) = self.reader()? {
            // What completes a batch may be there already, so it is taken in as what others write is.
            read(&mut **reader, |rows| self.catch_up(rows, time))?;
        }
        Ok(new)
    }
}

/// How many entries are inserted from one report to the next.
const INSERTED_AT_ONCE: usize = 4096;

/// Whether what a part of a ledger allows has to be judged by all of it.
fn concerns_all(prepared: &servanda_core::Result<Vec<Entry>>) -> bool {
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
