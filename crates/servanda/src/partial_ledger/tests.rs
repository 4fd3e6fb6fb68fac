//! Partial ledgers, on rows in memory.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::Arc;

use servanda_core::{
    Batch, Commitment, CommitmentBuilder, Day, Define, Entry, EntryId, FactBuilder, Ledger, Moment, Obligation, Party,
    Remark, Slug, builtin,
};

use super::{MAX_INCREMENT, NewlySeen, PartialLedger, Scope, Since, load_dependencies};
use crate::progress::no_progress;
use crate::store::{Row, RowCallback, RowQuery, Rows, Watermark};
use crate::{Error, Result, StoreError};

/// Rows in memory.
#[derive(Default)]
struct MemoryRows {
    ledger: Ledger,
    rows: Vec<(i64, Entry)>,
    /// The number of a row whose `recorded_at` is wrong.
    damaged: Option<i64>,
    /// How many rows were passed on.
    delivered: Cell<usize>,
}

impl MemoryRows {
    /// Appends a batch, with consecutive numbers.
    fn append(&mut self, batch: impl Into<Batch>) -> Vec<Entry> {
        let next = self.rows.last().map_or(1, |(number, _)| number + 1);
        let entries = self.ledger.append(batch, &"desk".parse().unwrap(), Moment::EPOCH).unwrap();
        let entries: Vec<Entry> = entries.into_iter().map(|id| self.ledger.entry(id).unwrap().clone()).collect();
        self.rows.extend((next..).zip(entries.iter().cloned()));
        entries
    }

    /// Returns the number of rows that `work` reads.
    fn count_delivered(&mut self, work: impl FnOnce(&mut Self)) -> usize {
        self.delivered.set(0);
        work(self);
        self.delivered.get()
    }
}

impl Rows for MemoryRows {
    fn watermark(&mut self) -> Result<Watermark> {
        Ok(Watermark { through: self.rows.last().map_or(0, |(number, _)| *number), also: BTreeSet::new() })
    }

    fn newest(&mut self) -> Result<Option<Moment>> {
        Ok(self.ledger.newest())
    }

    fn count(&mut self, to: &Watermark) -> Result<u64> {
        Ok(self.rows.iter().filter(|(number, _)| to.covers(*number)).count() as u64)
    }

    fn select(&mut self, query: RowQuery<'_>, to: &Watermark, take: RowCallback<'_>) -> Result<()> {
        let batches: BTreeSet<EntryId> = match query {
            RowQuery::Batches(ids) => self.batches(ids),
            _ => BTreeSet::new(),
        };
        for (number, entry) in self.rows.iter().filter(|(number, _)| to.covers(*number)) {
            let selected = match query {
                RowQuery::All => true,
                RowQuery::After(watermark) => !watermark.covers(*number),
                RowQuery::General => entry.commitment().is_none(),
                RowQuery::About(id) => entry.commitment() == Some(id),
                RowQuery::Batches(_) => batches.contains(&entry.id()),
                RowQuery::Id(id) => entry.id() == id,
                RowQuery::Number(wanted) => *number == wanted,
            };
            if !selected {
                continue;
            }
            self.delivered.set(self.delivered.get() + 1);
            let damage = i64::from(self.damaged == Some(*number));
            let row = Row {
                number: *number,
                id: entry.id(),
                commitment: entry.commitment(),
                recorded_at: entry.recorded_at().micros() + damage,
                batch: entry.batch().is_some(),
                previous: entry.batch().and_then(|batch| batch.previous),
                line: entry.line(),
            };
            if take(row)?.is_break() {
                break;
            }
        }
        Ok(())
    }

    fn ids(&mut self, _: &Watermark) -> Result<Vec<EntryId>> {
        Ok(Vec::new())
    }

    fn commitments(&mut self) -> Result<Vec<Slug>> {
        Ok(Vec::new())
    }

    fn insert(&mut self, _: &[Entry]) -> Result<Vec<bool>> {
        Ok(Vec::new())
    }
}

impl MemoryRows {
    /// Returns the entries in the batches of these entries.
    fn batches(&self, ids: &[EntryId]) -> BTreeSet<EntryId> {
        let mut found: BTreeSet<EntryId> = ids.iter().copied().collect();
        loop {
            let before = found.len();
            for (_, entry) in &self.rows {
                let previous = entry.batch().and_then(|batch| batch.previous);
                if found.contains(&entry.id()) {
                    found.extend(previous);
                } else if previous.is_some_and(|id| found.contains(&id)) {
                    found.insert(entry.id());
                }
            }
            if found.len() == before {
                return found;
            }
        }
    }
}

fn day() -> Day {
    Day::new(2013, 1, 18).unwrap()
}

fn commitment(id: &str) -> CommitmentBuilder {
    let commitment = Commitment::builder(id, "A commitment").procedure(builtin::action()).by("us").made(day());
    commitment.obligation(Obligation::Result).words("will", ("Remarks", "https://example.org/remarks"))
}

fn remark(id: &str, title: &str) -> FactBuilder<Remark> {
    Remark::builder(id, title).on(day())
}

/// Three commitments, one of them part of another, with a remark about each.
fn rows() -> MemoryRows {
    let mut rows = MemoryRows::default();
    rows.append(commitment("us/b"));
    rows.append(commitment("us/a").part_of("us/b"));
    rows.append(commitment("us/c"));
    rows.append(Batch::from(remark("us/a", "one")).and(remark("us/b", "two")));
    rows.append(remark("us/c", "three"));
    rows
}

fn load(part: &PartialLedger, rows: &mut MemoryRows, scope: &Scope) -> Result<()> {
    part.load(rows, scope, "ledger.db", &mut no_progress)
}

/// Returns the titles of the remarks in memory.
fn remarks(part: &PartialLedger) -> Vec<String> {
    let ledger = part.ledger();
    let titles = ledger.arrivals().filter_map(|entry| match entry.fact() {
        servanda_core::Fact::Remark(remark) => Some(remark.title.to_string()),
        _ => None,
    });
    titles.collect()
}

#[test]
fn only_the_scope_and_the_rest_of_its_batches_are_loaded() {
    let mut rows = rows();
    let part = PartialLedger::empty(&mut rows).unwrap();
    assert!(part.ledger().is_empty() && !part.covers(&Scope::definitions()));
    let scope = Scope::commitment("us/a");
    load(&part, &mut rows, &scope).unwrap();
    assert!(part.covers(&scope) && part.covers(&Scope::definitions()) && !part.is_complete());
    assert!(!part.covers(&Scope::commitment("us/b")) && !part.covers(&Scope::All));
    // The remark about `us/b` is in the same batch.
    assert_eq!(remarks(&part), ["one", "two"]);
    assert_eq!(part.ledger().entries_about("us/c").count(), 0);
    let standing = part.ledger().view_on(day()).unwrap().standing("us/a").unwrap();
    assert_eq!(standing, rows.ledger.view_on(day()).unwrap().standing("us/a").unwrap());
}

#[test]
fn what_is_loaded_is_not_read_again() {
    let mut rows = rows();
    let part = PartialLedger::empty(&mut rows).unwrap();
    let scope = Scope::commitment("us/a");
    assert!(rows.count_delivered(|rows| load(&part, rows, &scope).unwrap()) > 0);
    assert_eq!(rows.count_delivered(|rows| load(&part, rows, &scope).unwrap()), 0);
    load(&part, &mut rows, &Scope::All).unwrap();
    assert!(part.is_complete() && *part.ledger() == rows.ledger);
    assert_eq!(rows.count_delivered(|rows| load(&part, rows, &Scope::commitment("us/c")).unwrap()), 0);
}

#[test]
fn rows_beyond_the_watermark_are_not_loaded() {
    let mut rows = rows();
    let part = PartialLedger::empty(&mut rows).unwrap();
    rows.append(remark("us/c", "later"));
    load(&part, &mut rows, &Scope::commitment("us/c")).unwrap();
    assert_eq!(remarks(&part), ["three"]);
    load(&part, &mut rows, &Scope::All).unwrap();
    assert_eq!(remarks(&part), ["one", "two", "three"]);
}

#[test]
fn news_contain_only_entries_about_what_is_loaded() {
    let mut rows = rows();
    let part = PartialLedger::empty(&mut rows).unwrap();
    load(&part, &mut rows, &Scope::commitment("us/a")).unwrap();
    assert!(matches!(part.news(&mut rows, false, "ledger.db").unwrap(), Since::Unchanged));
    let wanted = rows.append(remark("us/a", "wanted"));
    rows.append(remark("us/c", "not wanted"));
    let Since::More { any, entries, rest, watermark } = part.news(&mut rows, false, "ledger.db").unwrap() else {
        panic!("no news");
    };
    assert_eq!((any, entries, rest.len()), (true, wanted, 0));
    assert_eq!(watermark, rows.watermark().unwrap());
    let Since::More { entries, .. } = part.news(&mut rows, true, "ledger.db").unwrap() else { panic!("no news") };
    assert_eq!(entries.len(), 2, "all news were requested");
}

#[test]
fn news_complete_a_batch_whose_first_entries_were_not_loaded() {
    let mut rows = rows();
    let mut batch = rows.append(Batch::from(remark("us/c", "first")).and(remark("us/a", "second")));
    let last = rows.rows.pop().unwrap();
    let part = PartialLedger::empty(&mut rows).unwrap();
    load(&part, &mut rows, &Scope::commitment("us/a")).unwrap();
    rows.rows.push(last);
    let Since::More { entries, rest, .. } = part.news(&mut rows, false, "ledger.db").unwrap() else {
        panic!("no news");
    };
    assert_eq!((rest, entries), (vec![batch.remove(0)], batch));
}

#[test]
fn too_many_news_reset_the_part_without_reading_all_of_them() {
    let mut rows = rows();
    let part = PartialLedger::empty(&mut rows).unwrap();
    load(&part, &mut rows, &Scope::commitment("us/c")).unwrap();
    for number in 0..=MAX_INCREMENT + 50 {
        rows.append(remark("us/c", &format!("Remark {number}")));
    }
    let mut since = None;
    let read = rows.count_delivered(|rows| since = Some(part.news(rows, false, "ledger.db").unwrap()));
    assert_eq!(read, MAX_INCREMENT + 1, "reading stops at the first entry beyond the limit");
    let Some(Since::Reset(part)) = since else { panic!("not reset") };
    assert!(part.ledger().is_empty() && *part.watermark() == rows.watermark().unwrap());
    // A complete ledger is never reset: it needs all new entries.
    let complete = PartialLedger::complete(Arc::new(Ledger::new()));
    assert!(matches!(complete.news(&mut rows, false, "ledger.db").unwrap(), Since::More { .. }));
}

#[test]
fn news_of_a_commitment_go_beyond_the_watermark() {
    let mut rows = rows();
    let part = PartialLedger::empty(&mut rows).unwrap();
    load(&part, &mut rows, &Scope::commitment("us/a")).unwrap();
    let remark = rows.append(remark("us/c", "later"));
    let definition = rows.append(Define::Party(Party::new("jp", "en", "Japan").unwrap()));
    let new = part.news_of(&mut rows, &BTreeSet::from(["us/a".to_owned()]), "ledger.db").unwrap();
    assert_eq!((new.entries, new.numbers), (definition, vec![rows.rows.last().unwrap().0]));
    let new = part.news_of(&mut rows, &BTreeSet::from(["us/c".to_owned()]), "ledger.db").unwrap();
    assert!(new.entries.contains(&remark[0]));
}

#[test]
fn extending_a_shared_part_copies_it() {
    let mut rows = rows();
    let mut part = Arc::new(PartialLedger::empty(&mut rows).unwrap());
    load(&part, &mut rows, &Scope::commitment("us/c")).unwrap();
    let view = Arc::clone(&part);
    let wanted = rows.append(remark("us/c", "wanted"));
    let other = rows.append(remark("us/a", "not loaded"));
    part.extend([wanted, other].concat(), NewlySeen::UpTo(rows.watermark().unwrap()));
    assert_eq!(
        (remarks(&view), remarks(&part)),
        (vec!["three".to_owned()], vec!["three".to_owned(), "wanted".to_owned()])
    );
    assert!(*part.watermark() != *view.watermark());
    drop(view);
    let before = Arc::as_ptr(&part);
    part.extend(rows.append(remark("us/c", "four")), NewlySeen::UpTo(rows.watermark().unwrap()));
    assert_eq!((Arc::as_ptr(&part), remarks(&part).len()), (before, 3), "a part that is not shared is not copied");
}

#[test]
fn rows_seen_early_are_not_news() {
    let mut rows = rows();
    let mut part = Arc::new(PartialLedger::empty(&mut rows).unwrap());
    load(&part, &mut rows, &Scope::commitment("us/c")).unwrap();
    let through = part.watermark().through;
    rows.append(remark("us/c", "by another writer"));
    let own = rows.append(remark("us/c", "own"));
    part.extend(own, NewlySeen::Rows(vec![through, through + 2]));
    assert_eq!(*part.watermark(), Watermark { through, also: BTreeSet::from([through + 2]) });
    let Since::More { entries, .. } = part.news(&mut rows, false, "ledger.db").unwrap() else { panic!("no news") };
    assert_eq!(entries.len(), 1);
}

#[test]
fn damaged_rows_are_reported_and_nothing_is_loaded() {
    let mut rows = rows();
    let part = PartialLedger::empty(&mut rows).unwrap();
    rows.damaged = rows.rows.last().map(|(number, _)| *number);
    for scope in [Scope::commitment("us/c"), Scope::All] {
        let error = load(&part, &mut rows, &scope).unwrap_err();
        let Some(StoreError::DamagedDatabase { place, faults, .. }) = error.store() else {
            panic!("no damage was found");
        };
        assert_eq!((place.as_str(), faults.len(), faults[0].row), ("ledger.db", 1, rows.damaged));
        assert!(part.ledger().is_empty() && !part.covers(&scope));
    }
}

#[test]
fn a_cancelled_load_changes_nothing() {
    let mut rows = rows();
    let part = PartialLedger::empty(&mut rows).unwrap();
    let cancelled = part.load(&mut rows, &Scope::All, "ledger.db", &mut |_| ControlFlow::Break(()));
    assert_eq!(cancelled, Err(Error::Interrupted));
    assert!(part.ledger().is_empty() && !part.is_complete());
    load(&part, &mut rows, &Scope::All).unwrap();
    assert!(part.is_complete());
}

#[test]
fn dependencies_include_everything_that_a_commitment_is_part_of() {
    let mut rows = rows();
    let part = PartialLedger::empty(&mut rows).unwrap();
    let mut requested = Vec::new();
    let batch = Batch::from(remark("us/a", "new"));
    let ledger = load_dependencies(&batch, |ids| {
        requested.push(ids.clone());
        load(&part, &mut rows, &Scope::Commitments(ids.clone()))?;
        Ok(part.ledger())
    });
    assert_eq!(requested, [BTreeSet::from(["us/a".to_owned()]), BTreeSet::from(["us/b".to_owned()])]);
    assert!(ledger.unwrap().entries_about("us/b").any(|entry| entry.kind() == "register"));
}
