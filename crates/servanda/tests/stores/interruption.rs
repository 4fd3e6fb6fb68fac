//! A long operation can be cancelled at every report, and leaves nothing half done.

use std::ops::ControlFlow;

use servanda::{Batch, Entry, Error, Filter, FixedTime, Progress, Tracker};

use crate::appends::new_action;
use crate::common::{COMMITMENT, commitment, day, interrupt_at_each_report, remark, remarks};
use crate::test_store::{Kind, TestStore, entries, noon};

/// The numbers of commitments and remarks: several times as many as between two reports.
const COMMITMENTS: usize = 300;
const REMARKS: usize = 5000;

/// Returns many entries of another ledger.
fn many() -> Vec<Entry> {
    let elsewhere = Tracker::in_memory("elsewhere").unwrap().with_time(FixedTime(noon()));
    let commitments = (0..COMMITMENTS).map(|number| new_action(&format!("us/{number}")));
    elsewhere.append(commitments.collect::<Batch>().and(commitment())).unwrap();
    elsewhere.append(remarks((0..REMARKS).map(|number| format!("Remark {number}")))).unwrap();
    entries(&elsewhere)
}

pub(crate) fn an_interrupted_merge_adds_nothing(store: &TestStore) {
    let (tracker, many) = (store.tracker(), many());
    let watching = store.reopen(&tracker);
    let (observer, heard) = crate::observers::listen(&tracker);
    let mut before = entries(&tracker);
    let merge = |report: &mut dyn FnMut(Progress) -> ControlFlow<()>| tracker.merge_with(many.clone(), report);
    let (new, reports) = interrupt_at_each_report(merge, || {
        assert_eq!(entries(&tracker), before);
        watching.refresh().unwrap();
        assert_eq!(entries(&watching), before);
        assert_eq!(entries(&store.reopen(&tracker)), before);
        assert!(heard.try_recv().is_err(), "told of what has not happened");
        // The tracker still works.
        before.extend(tracker.record(remark("Still here")).unwrap());
        assert_eq!(heard.recv().unwrap().entries.len(), 1);
    });
    drop(observer);
    let total = reports.last().unwrap().total;
    assert_eq!((reports.last().unwrap().done, reports.iter().all(|p| p.total == total)), (total.unwrap(), true));
    assert!(reports.len() > 1, "{reports:?}");
    // Both ledgers define the same procedure, so it is merged only once.
    let all = tracker.ledger().unwrap();
    assert!(many.iter().all(|entry| all.entry(entry.id()).is_some()));
    assert_eq!(all.len(), before.len() + new);
    assert_eq!(store.reopen(&tracker).digest(), tracker.digest());
}

pub(crate) fn interrupted_reading_can_be_repeated(store: &TestStore) {
    let tracker = store.empty();
    tracker.merge(many()).unwrap();
    let held = entries(&tracker);
    let reader = store.reopen(&tracker);
    let of_one = reader.view().on(day()).unwrap().standing(COMMITMENT).unwrap();
    let check = || assert_eq!(reader.view().on(day()).unwrap().standing(COMMITMENT).unwrap(), of_one);

    let (verified, reports) = interrupt_at_each_report(|report| reader.verify(report), check);
    assert_eq!(verified.digest(), tracker.digest().unwrap());
    let is_database = !matches!(store.kind, Kind::Memory | Kind::Lines);
    // A ledger in memory, and an unchanged file, are not read again.
    assert_eq!(reports.len() > 2, is_database, "{reports:?}");

    let (loaded, reports) = interrupt_at_each_report(|report| reader.load_with(report), check);
    assert_eq!(loaded.entries().cloned().collect::<Vec<_>>(), held);
    assert_eq!(reports.len() > 2, is_database, "{reports:?}");
    reader.append(remark("Still here")).unwrap();
}

pub(crate) fn interrupted_standings_can_be_requested_again(store: &TestStore) {
    let tracker = store.empty();
    tracker.merge(many()).unwrap();
    let (filter, view) = (Filter::default(), store.reopen(&tracker).view().on(day()).unwrap());
    let expected = tracker.view().on(day()).unwrap().standings(&filter).unwrap();
    assert_eq!(expected.len(), COMMITMENTS + 1);
    // When everything has been read, only commitments are counted.
    view.conflicts().unwrap();
    let (standings, reports) = interrupt_at_each_report(|report| view.standings_with(&filter, report), || ());
    assert_eq!(standings, expected);
    let total = COMMITMENTS as u64 + 1;
    assert_eq!(reports, [0, 256, total].map(|done| Progress { done, total: Some(total) }));
    // Before that, entries are read, which can be cancelled too.
    let fresh = store.reopen(&tracker).view().on(day()).unwrap();
    assert_eq!(fresh.standings_with(&filter, |_| ControlFlow::Break(())), Err(Error::Interrupted));
    assert_eq!(fresh.standings_with(&filter, |_| ControlFlow::Continue(())), Ok(expected));
}
