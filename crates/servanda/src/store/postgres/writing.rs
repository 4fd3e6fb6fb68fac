//! The transaction that writes rows.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::ControlFlow;

use postgres::binary_copy::BinaryCopyInWriter;
use postgres::error::SqlState;
use postgres::types::Type;
use servanda_core::{Entry, EntryId, Moment, Slug};

use super::known_entries::{GENERAL, KnownEntries};
use super::reading::{self, SelectError, to_moment};
use super::retry::is_retryable;
use super::session::{Baseline, Session};
use super::{failed, numbers};
use crate::store::{Miscount, RowCallback, RowQuery, Rows, Watermark};
use crate::{Result, StoreError};

/// How many rows one statement inserts.
const CHUNK: usize = 5000;

/// From this number of rows on, `COPY` is tried before `INSERT`.
const COPY_THRESHOLD: usize = 500;

/// A transaction that writes.
pub(super) struct Writing<'a> {
    session: &'a mut Session,
    place: &'a str,
    known: &'a mut KnownEntries,
    baseline: Baseline,
    heads: HashMap<String, Head>,
    /// The number of the next row.
    number: i64,
    inserted: Inserted,
    retryable: bool,
    /// Whether missing entries may be prefetched outside the transaction, which then starts again.
    may_prefetch: bool,
    prefetch: Option<String>,
}

/// The head of a commitment, as this transaction sees it.
#[derive(Clone, Copy, Debug, Default)]
struct Head {
    version: i64,
    number: i64,
    newest: Option<i64>,
}

/// The rows that a transaction has inserted.
#[derive(Debug, Default)]
pub(super) struct Inserted {
    pub(super) heads: BTreeMap<String, HeadUpdate>,
}

/// A head that the transaction has updated.
#[derive(Debug, Default)]
pub(super) struct HeadUpdate {
    /// The version before the transaction.
    pub(super) version: i64,
    /// The version after it.
    pub(super) new_version: i64,
    pub(super) number: i64,
    pub(super) rows: Vec<(EntryId, i64, bool)>,
}

impl Inserted {
    pub(super) fn is_empty(&self) -> bool {
        self.heads.is_empty()
    }

    /// Returns a head and an entry that exist if and only if the transaction was committed.
    pub(super) fn last(&self) -> Option<(&str, EntryId)> {
        self.heads.iter().find_map(|(key, head)| Some((key.as_str(), head.rows.last()?.0)))
    }
}

/// How the work of a transaction ended.
pub(super) enum Outcome {
    /// The work has run to its end and has inserted this.
    Finished(Inserted),
    /// The transaction must run again. It had read the heads of these commitments.
    Conflict(Vec<String>),
    /// The transaction must run again after the entries of this commitment have been read.
    NeedsPrefetch(String),
}

impl<'a> Writing<'a> {
    pub(super) fn new(
        session: &'a mut Session,
        place: &'a str,
        known: &'a mut KnownEntries,
        baseline: Baseline,
        may_prefetch: bool,
    ) -> Self {
        let (heads, inserted) = (HashMap::new(), Inserted::default());
        let number = numbers::first(baseline.time, baseline.largest);
        Self {
            session,
            place,
            known,
            baseline,
            heads,
            number,
            inserted,
            retryable: false,
            may_prefetch,
            prefetch: None,
        }
    }

    pub(super) fn end(self) -> Outcome {
        match self.prefetch {
            _ if self.retryable => Outcome::Conflict(self.heads.into_keys().filter(|key| !key.is_empty()).collect()),
            Some(key) => Outcome::NeedsPrefetch(key),
            None => Outcome::Finished(self.inserted),
        }
    }

    fn check<T>(&mut self, result: Result<T, impl Into<SelectError>>) -> Result<T> {
        result.map_err(|stop| match stop.into() {
            SelectError::Callback(error) => error,
            SelectError::Server(error) => {
                self.retryable |= error.code().is_some_and(is_retryable);
                failed(self.place, &error)
            }
        })
    }

    /// Reads heads that this transaction has not read yet, so that it depends on them.
    fn read_heads<'k>(&mut self, keys: impl IntoIterator<Item = &'k str>) -> Result<()> {
        const ONE: &str = "SELECT commitment, version, number, newest FROM servanda_heads WHERE commitment = $1";
        const SOME: &str = "SELECT commitment, version, number, newest FROM servanda_heads WHERE commitment = ANY($1)";
        let new: Vec<&str> = keys.into_iter().filter(|key| !self.heads.contains_key(*key)).collect();
        let rows = match new.as_slice() {
            [] => return Ok(()),
            [one] => self.session.query(ONE, &[one]),
            some => self.session.query(SOME, &[&some]),
        };
        let read = rows.and_then(|rows| {
            self.heads.extend(new.into_iter().map(|key| (key.to_owned(), Head::default())));
            for row in rows {
                let head = Head { version: row.try_get(1)?, number: row.try_get(2)?, newest: Some(row.try_get(3)?) };
                self.heads.insert(row.try_get(0)?, head);
            }
            Ok(())
        });
        self.check(read)
    }

    /// Passes on the rows about a commitment (or about none) that the caller does not have yet.
    fn about(
        &mut self,
        key: &str,
        to: &Watermark,
        held: &dyn Fn(EntryId) -> bool,
        take: RowCallback<'_>,
    ) -> Result<()> {
        self.read_heads([key])?;
        let version = self.heads.get(key).map_or(0, |head| head.version);
        if version == 0 {
            return Ok(());
        }
        if self.known.get(key).is_none_or(|about| about.version != version) {
            if self.may_prefetch {
                // Reading here would make this transaction depend on unrelated rows stored on the
                // same page.
                self.prefetch = Some(key.to_owned());
                return Err(StoreError::Contended { place: self.place.to_owned(), tries: 0 }.into());
            }
            let read = self.known.read(self.session, key);
            self.check(read)?;
        }
        let Some(known) = self.known.get(key) else { return Ok(()) };
        let found = i64::try_from(known.rows.len()).unwrap_or(i64::MAX);
        if known.counted != found {
            let miscount = Miscount { commitment: key.to_owned(), counted: known.counted, found };
            self.known.forget(key);
            return Err(StoreError::damaged_database(self.place, vec![miscount.fault()].into()).into());
        }
        // An entry about another commitment may have completed a batch. The caller looks for the
        // rest of a batch whenever it gets one of its rows, so pass on all rows of batches.
        let wanted = |(id, number, batch): &&(EntryId, i64, bool)| {
            to.covers(*number) && (!held(*id) || (known.touched && *batch))
        };
        let new: Vec<i64> = known.rows.iter().filter(wanted).map(|(_, number, _)| *number).collect();
        let done = reading::select_numbers(self.session, &new, &|_| true, take);
        self.check(done)
    }

    /// Returns the heads of the other commitments of batches that are inserted only in part: their
    /// standings change when the rest of a batch arrives.
    fn heads_of_batches(&mut self, entries: &[Entry]) -> Result<BTreeSet<String>> {
        let own: HashSet<EntryId> = entries.iter().map(Entry::id).collect();
        let mut sizes: HashMap<EntryId, u32> = HashMap::new();
        let mut parts = Vec::new();
        for entry in entries {
            let Some(batch) = entry.batch() else { continue };
            // In a complete batch every entry follows one of the given entries, and the last one is
            // preceded by as many entries as it says.
            let before = match batch.previous {
                None => Some(0),
                Some(previous) => sizes.get(&previous).copied(),
            };
            match before {
                Some(before) => {
                    sizes.insert(entry.id(), before + 1);
                }
                None => parts.push(entry.id()),
            }
        }
        let previous: HashSet<EntryId> =
            entries.iter().filter_map(|entry| entry.batch().and_then(|batch| batch.previous)).collect();
        for entry in entries {
            if let Some(batch) = entry.batch()
                && batch.nth < batch.of
                && !previous.contains(&entry.id())
            {
                parts.push(entry.id());
            }
        }
        let mut others = BTreeSet::new();
        if !parts.is_empty() {
            let done = reading::select(self.session, RowQuery::Batches(&parts), &|_| true, &mut |row| {
                if !own.contains(&row.id) {
                    others.insert(row.commitment.unwrap_or(GENERAL).to_owned());
                }
                Ok(ControlFlow::Continue(()))
            });
            self.check(done)?;
        }
        Ok(others)
    }

    fn insert_chunk(&mut self, entries: &[Entry]) -> Result<Vec<bool>> {
        const INSERT: &str = "WITH new AS (\
            INSERT INTO servanda_entries (number, id, commitment, recorded_at, nth, size, previous, line) \
            SELECT * FROM unnest($1::bigint[], $2::bytea[], $3::text[], $4::bigint[], $5::integer[], $6::integer[], $7::bytea[], $8::text[]) \
            ON CONFLICT (id) DO NOTHING RETURNING number, commitment, recorded_at\
            ), heads AS (\
            INSERT INTO servanda_heads AS head (commitment, version, entries, number, newest) \
            SELECT coalesce(commitment, ''), 1, count(*), max(number), max(recorded_at) FROM new GROUP BY 1 ORDER BY 1 \
            ON CONFLICT (commitment) DO UPDATE SET version = head.version + 1, entries = head.entries + excluded.entries, \
            number = greatest(head.number, excluded.number), newest = greatest(head.newest, excluded.newest)\
            ) SELECT number FROM new";
        let numbers = self.numbers_for(entries);
        let ids: Vec<EntryId> = entries.iter().map(Entry::id).collect();
        let ids: Vec<&[u8]> = ids.iter().map(|id| id.as_bytes().as_slice()).collect();
        let commitments: Vec<Option<&str>> = entries.iter().map(Entry::commitment).collect();
        let recorded_at: Vec<i64> = entries.iter().map(|entry| entry.recorded_at().micros()).collect();
        let batches: Vec<_> = entries.iter().map(Entry::batch).collect();
        let nth: Vec<Option<i32>> = batches.iter().map(|batch| batch.map(|batch| to_i32(batch.nth))).collect();
        let size: Vec<Option<i32>> = batches.iter().map(|batch| batch.map(|batch| to_i32(batch.of))).collect();
        let previous: Vec<Option<&[u8]>> = batches
            .iter()
            .map(|batch| batch.as_ref().and_then(|batch| batch.previous.as_ref()).map(|id| id.as_bytes().as_slice()))
            .collect();
        let lines: Vec<&str> = entries.iter().map(Entry::line).collect();
        let rows =
            self.session.query(INSERT, &[&numbers, &ids, &commitments, &recorded_at, &nth, &size, &previous, &lines]);
        let new =
            rows.and_then(|rows| rows.iter().map(|row| row.try_get::<_, i64>(0)).collect::<Result<HashSet<_>, _>>());
        let new = self.check(new)?;
        self.record_inserted(entries.iter().zip(numbers.iter().copied()).filter(|(_, number)| new.contains(number)));
        Ok(numbers.iter().map(|number| new.contains(number)).collect())
    }

    /// Inserts entries with `COPY`, which is much faster. Returns false, and inserts nothing, if
    /// any of them exists already.
    fn copy(&mut self, entries: &[Entry]) -> Result<bool> {
        const COPY: &str = "COPY servanda_entries (number, id, commitment, recorded_at, nth, size, previous, line) FROM STDIN (FORMAT binary)";
        const TYPES: [Type; 8] =
            [Type::INT8, Type::BYTEA, Type::TEXT, Type::INT8, Type::INT4, Type::INT4, Type::BYTEA, Type::TEXT];
        let numbers = self.numbers_for(entries);
        let copied = (|| {
            self.session.client.batch_execute("SAVEPOINT copying")?;
            let mut rows = BinaryCopyInWriter::new(self.session.client.copy_in(COPY)?, &TYPES);
            for (entry, number) in entries.iter().zip(&numbers) {
                let (id, batch) = (entry.id(), entry.batch());
                let (nth, size) = (batch.map(|batch| to_i32(batch.nth)), batch.map(|batch| to_i32(batch.of)));
                let previous = batch.and_then(|batch| batch.previous);
                let previous = previous.as_ref().map(|id| id.as_bytes().as_slice());
                let (id, recorded_at) = (id.as_bytes().as_slice(), entry.recorded_at().micros());
                rows.write(&[number, &id, &entry.commitment(), &recorded_at, &nth, &size, &previous, &entry.line()])?;
            }
            rows.finish()?;
            self.session.client.batch_execute("RELEASE SAVEPOINT copying")
        })();
        match copied {
            Ok(()) => {}
            Err(error) if error.code() == Some(&SqlState::UNIQUE_VIOLATION) => {
                let back = self.session.client.batch_execute("ROLLBACK TO SAVEPOINT copying");
                return self.check(back).map(|()| false);
            }
            Err(error) => return self.check(Err(error)),
        }
        self.record_inserted(entries.iter().zip(numbers));
        self.update_heads(entries)?;
        Ok(true)
    }

    /// Updates the heads of entries that were copied.
    fn update_heads(&mut self, entries: &[Entry]) -> Result<()> {
        const RAISE: &str = "INSERT INTO servanda_heads AS head (commitment, version, entries, number, newest) \
            SELECT commitment, 1, entries, number, newest FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[]) \
            AS given (commitment, entries, number, newest) \
            ON CONFLICT (commitment) DO UPDATE SET version = head.version + 1, entries = head.entries + excluded.entries, \
            number = greatest(head.number, excluded.number), newest = greatest(head.newest, excluded.newest)";
        let mut heads: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
        for entry in entries {
            let head = heads.entry(entry.commitment().unwrap_or(GENERAL)).or_insert((0, i64::MIN));
            *head = (head.0 + 1, head.1.max(entry.recorded_at().micros()));
        }
        let keys: Vec<&str> = heads.keys().copied().collect();
        let numbers: Vec<i64> = keys.iter().map(|key| self.head_update(key).number).collect();
        let (counts, newest): (Vec<i64>, Vec<i64>) = heads.values().copied().unzip();
        let raised = self.session.query(RAISE, &[&keys, &counts, &numbers, &newest]);
        self.check(raised).map(drop)
    }

    fn numbers_for(&mut self, entries: &[Entry]) -> Vec<i64> {
        let numbers: Vec<i64> = (self.number..).take(entries.len()).collect();
        self.number = numbers.last().map_or(self.number, |last| last + 1);
        numbers
    }

    /// Records what one statement has inserted.
    fn record_inserted<'e>(&mut self, rows: impl IntoIterator<Item = (&'e Entry, i64)>) {
        let mut raised: HashSet<&str> = HashSet::new();
        for (entry, number) in rows {
            let key = entry.commitment().unwrap_or(GENERAL);
            let head = self.head_update(key);
            head.rows.push((entry.id(), number, entry.batch().is_some()));
            head.number = head.number.max(number);
            if raised.insert(key) {
                head.new_version += 1;
            }
        }
    }

    fn head_update(&mut self, key: &str) -> &mut HeadUpdate {
        let head = self.heads.get(key).copied().unwrap_or_default();
        let unchanged =
            || HeadUpdate { version: head.version, new_version: head.version, number: head.number, rows: Vec::new() };
        self.inserted.heads.entry(key.to_owned()).or_insert_with(unchanged)
    }

    /// Increments the versions of heads without inserting entries about them.
    fn touch_heads(&mut self, others: BTreeSet<String>) -> Result<()> {
        const TOUCH: &str = "UPDATE servanda_heads SET version = version + 1 WHERE commitment = ANY($1)";
        let keys: Vec<String> = others.into_iter().filter(|key| !self.inserted.heads.contains_key(key)).collect();
        if !keys.is_empty() {
            self.read_heads(keys.iter().map(String::as_str))?;
            let touched = self.session.query(TOUCH, &[&keys]);
            self.check(touched)?;
            keys.iter().for_each(|key| self.head_update(key).new_version += 1);
        }
        self.check_time()
    }

    /// Fails if the transaction began so long ago that readers might treat its numbers as settled.
    fn check_time(&mut self) -> Result<()> {
        let time = self.session.time();
        let lasted = self.check(time)? - self.baseline.time;
        if lasted < numbers::MAX_TRANSACTION {
            return Ok(());
        }
        Err(StoreError::TooLong {
            place: self.place.to_owned(),
            seconds: numbers::MAX_TRANSACTION.unsigned_abs() / 1_000_000,
        }
        .into())
    }
}

fn to_i32(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

impl Rows for Writing<'_> {
    fn watermark(&mut self) -> Result<Watermark> {
        Ok(Watermark { through: i64::MAX, also: BTreeSet::new() })
    }

    fn newest(&mut self) -> Result<Option<Moment>> {
        let of_heads = self.heads.values().filter_map(|head| head.newest).max();
        Ok(self.baseline.newest.max(of_heads).and_then(to_moment))
    }

    fn count(&mut self, to: &Watermark) -> Result<u64> {
        let count = reading::count(self.session, to);
        self.check(count)
    }

    fn select(&mut self, query: RowQuery<'_>, to: &Watermark, take: RowCallback<'_>) -> Result<()> {
        let done = reading::select(self.session, query, &|number| to.covers(number), take);
        self.check(done)
    }

    fn select_missing(
        &mut self,
        query: RowQuery<'_>,
        to: &Watermark,
        held: &dyn Fn(EntryId) -> bool,
        take: RowCallback<'_>,
    ) -> Result<()> {
        match query {
            RowQuery::General => self.about(GENERAL, to, held, take),
            RowQuery::About(commitment) => self.about(commitment, to, held, take),
            _ => {
                self.select(query, to, &mut |row| if held(row.id) { Ok(ControlFlow::Continue(())) } else { take(row) })
            }
        }
    }

    fn ids(&mut self, to: &Watermark) -> Result<Vec<EntryId>> {
        let ids = reading::ids(self.session, to);
        self.check(ids)
    }

    fn commitments(&mut self) -> Result<Vec<Slug>> {
        let commitments = reading::commitments(self.session);
        self.check(commitments)
    }

    fn insert(&mut self, entries: &[Entry]) -> Result<Vec<bool>> {
        let keys: BTreeSet<&str> = entries.iter().map(|entry| entry.commitment().unwrap_or(GENERAL)).collect();
        self.read_heads(keys.iter().copied())?;
        let largest = keys.iter().filter_map(|key| self.heads.get(*key)).map(|head| head.number).max();
        self.number = self.number.max(largest.unwrap_or_default() + 1);
        let others = self.heads_of_batches(entries)?;
        if entries.len() >= COPY_THRESHOLD && self.copy(entries)? {
            self.touch_heads(others)?;
            return Ok(vec![true; entries.len()]);
        }
        let mut new = Vec::with_capacity(entries.len());
        for some in entries.chunks(CHUNK) {
            new.extend(self.insert_chunk(some)?);
        }
        if new.contains(&true) {
            self.touch_heads(others)?;
        }
        Ok(new)
    }
    fn inserted(&self) -> Vec<i64> {
        self.inserted.heads.values().flat_map(|head| &head.rows).map(|(_, number, _)| *number).collect()
    }
}
