//! Views are snapshots.

use servanda::Filter;

use crate::appends::new_action;
use crate::common::{COMMITMENT, day, remark};
use crate::test_store::{Kind, TestStore};

pub(crate) fn a_view_is_a_snapshot(store: &TestStore) {
    let tracker = store.tracker();
    tracker.append(new_action("us/visit")).unwrap();
    let other = store.reopen(&tracker);
    let (looked_at, not_looked_at, by_other) =
        (tracker.view().on(day()).unwrap(), tracker.view().on(day()).unwrap(), other.view().on(day()).unwrap());
    assert_eq!(looked_at.standing(COMMITMENT).unwrap().remarks.len(), 0);
    tracker.append(remark("one")).unwrap();
    other.append(remark("two")).unwrap();
    tracker.append(servanda::Remark::builder("us/visit", "three").on(day())).unwrap();
    tracker.append(new_action("us/new")).unwrap();
    for view in [&looked_at, &not_looked_at, &by_other] {
        assert_eq!(view.standing(COMMITMENT).unwrap().remarks.len(), 0);
        assert_eq!(view.standing("us/visit").unwrap().remarks.len(), 0);
        assert_eq!(view.standing("us/new").unwrap_err().code(), "unknown-commitment");
        assert_eq!(view.standings(&Filter::default()).unwrap().len(), 2);
        assert_eq!(view.standing(COMMITMENT).unwrap().remarks.len(), 0);
    }
    tracker.refresh().unwrap();
    assert_eq!(tracker.view().on(day()).unwrap().standing(COMMITMENT).unwrap().remarks.len(), 2);
    assert_eq!(tracker.view().on(day()).unwrap().standing("us/visit").unwrap().remarks.len(), 1);
}

pub(crate) fn entries_of_others_are_visible_after_a_refresh(store: &TestStore) {
    let tracker = store.tracker();
    let other = store.reopen(&tracker);
    assert_eq!(other.view().on(day()).unwrap().standing(COMMITMENT).unwrap().remarks.len(), 0);
    tracker.append(remark("one")).unwrap();
    if store.kind != Kind::Memory {
        assert_eq!(other.view().on(day()).unwrap().standing(COMMITMENT).unwrap().remarks.len(), 0);
        assert!(other.refresh().unwrap());
    }
    assert!(!other.refresh().unwrap());
    assert_eq!(other.view().on(day()).unwrap().standing(COMMITMENT).unwrap().remarks.len(), 1);
    // More new entries than a refresh adds one by one.
    let merged = servanda::Tracker::in_memory("elsewhere").unwrap();
    for number in 0..300 {
        let batch: servanda::Batch = (0..5).map(|nth| new_action(&format!("us/visit-{number}-{nth}"))).collect();
        merged.append(batch).unwrap();
    }
    tracker.merge(merged.ledger().unwrap().entries().cloned()).unwrap();
    assert_eq!(other.refresh().unwrap(), store.kind != Kind::Memory);
    assert_eq!(other.view().on(day()).unwrap().standing("us/visit-299-4").unwrap().title.as_str(), "An action");
    assert_eq!(other.view().on(day()).unwrap().standing(COMMITMENT).unwrap().remarks.len(), 1);
    assert_eq!(other.view().standings(&Filter::default()).unwrap().len(), 1501);
}

pub(crate) fn a_view_can_include_extra_entries(store: &TestStore) {
    let tracker = store.tracker();
    let prepared = tracker.prepare(remark("one")).unwrap();
    let view = store.reopen(&tracker).view().on(day()).unwrap();
    assert_eq!(view.clone().with(prepared).standing(COMMITMENT).unwrap().remarks.len(), 1);
    assert_eq!(view.standing(COMMITMENT).unwrap().remarks.len(), 0);
}
