//! Views stay as they were taken.

use servanda::Filter;

use crate::appends::undertaking;
use crate::common::{WORD, day, remark};
use crate::places::{Kind, Place};

pub(crate) fn a_view_keeps_what_was_there_when_it_was_taken(place: &Place) {
    let tracker = place.tracker();
    tracker.register(undertaking("us/visit")).unwrap();
    let other = place.again(&tracker);
    let (looked_at, not_looked_at, by_other) =
        (tracker.view().on(day()), tracker.view().on(day()), other.view().on(day()));
    assert_eq!(looked_at.standing(WORD).unwrap().remarks.len(), 0);
    tracker.append(remark("one")).unwrap();
    other.append(remark("two")).unwrap();
    tracker.append(servanda::Remark::new("us/visit", "three").on(day())).unwrap();
    tracker.register(undertaking("us/new")).unwrap();
    for view in [&looked_at, &not_looked_at, &by_other] {
        assert_eq!(view.standing(WORD).unwrap().remarks.len(), 0);
        assert_eq!(view.standing("us/visit").unwrap().remarks.len(), 0);
        assert_eq!(view.standing("us/new").unwrap_err().code(), "unknown-commitment");
        assert_eq!(view.standings(&Filter::default()).unwrap().len(), 2);
        assert_eq!(view.standing(WORD).unwrap().remarks.len(), 0);
    }
    tracker.refresh().unwrap();
    assert_eq!(tracker.view().on(day()).standing(WORD).unwrap().remarks.len(), 2);
    assert_eq!(tracker.view().on(day()).standing("us/visit").unwrap().remarks.len(), 1);
}

pub(crate) fn what_others_write_is_seen_after_a_refresh(place: &Place) {
    let tracker = place.tracker();
    let other = place.again(&tracker);
    assert_eq!(other.view().on(day()).standing(WORD).unwrap().remarks.len(), 0);
    tracker.append(remark("one")).unwrap();
    if place.kind != Kind::Memory {
        assert_eq!(other.view().on(day()).standing(WORD).unwrap().remarks.len(), 0);
        assert!(other.refresh().unwrap());
    }
    assert!(!other.refresh().unwrap());
    assert_eq!(other.view().on(day()).standing(WORD).unwrap().remarks.len(), 1);
    // A great many at once, of which nothing is held.
    let merged = servanda::Tracker::in_memory("elsewhere");
    for number in 0..300 {
        let batch: servanda::Batch =
            (0..5).map(|nth| servanda::Draft::from(undertaking(&format!("us/visit-{number}-{nth}")))).collect();
        merged.append(batch).unwrap();
    }
    tracker.merge(merged.ledger().unwrap().entries().cloned()).unwrap();
    assert_eq!(other.refresh().unwrap(), place.kind != Kind::Memory);
    assert_eq!(other.view().on(day()).standing("us/visit-299-4").unwrap().title.as_str(), "An action");
    assert_eq!(other.view().on(day()).standing(WORD).unwrap().remarks.len(), 1);
    assert_eq!(other.view().standings(&Filter::default()).unwrap().len(), 1501);
}

pub(crate) fn a_view_with_more_entries_shows_what_would_be(place: &Place) {
    let tracker = place.tracker();
    let prepared = tracker.prepare(remark("one")).unwrap();
    let view = place.again(&tracker).view().on(day());
    assert_eq!(view.clone().with(prepared).standing(WORD).unwrap().remarks.len(), 1);
    assert_eq!(view.standing(WORD).unwrap().remarks.len(), 0);
}
