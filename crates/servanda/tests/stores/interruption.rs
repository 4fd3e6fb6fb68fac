//! Whoever asked for something that takes long can end it at every report, and nothing is half done.

use std::ops::ControlFlow;

use servanda::{Batch, Entry, Error, Filter, FixedTime, Progress, Tracker};

use crate::appends::undertaking;
use crate::common::{WORD, at_each_report, day, remark, remarks, word};
use crate::places::{Kind, Place, entries, noon};

/// How many commitments are registered, and how many remarks are made: several times as many as from one report to the next.
const COMMITMENTS: usize = 300;
const REMARKS: usize = 5000;

/// Many entries from elsewhere.
fn many() -> Vec<Entry> {
    let elsewhere = Tracker::in_memory("elsewhere").with_time(FixedTime(noon()));
    let commitments = (0..COMMITMENTS).map(|number| undertaking(&format!("us/{number}")));
    elsewhere.append(commitments.collect::<Batch>().and(word())).unwrap();
    elsewhere.append(remarks((0..REMARKS).map(|number| format!("Remark {number}")))).unwrap();
    entries(&elsewhere)
}

pub(crate) fn a_merge_that_is_interrupted_adds_nothing(place: &Place) {
    let (tracker, many) = (place.tracker(), many());
    let watching = place.again(&tracker);
    let (observer, heard) = crate::observers::listen(&tracker);
    let mut before = entries(&tracker);
    let merge = |report: &mut dyn FnMut(Progress) -> ControlFlow<()>| tracker.merge_with(many.clone(), report);
    let (new, reports) = at_each_report(merge, || {
        assert_eq!(entries(&tracker), before);
        watching.refresh().unwrap();
        assert_eq!(entries(&watching), before);
        assert_eq!(entries(&place.again(&tracker)), before);
        assert!(heard.try_recv().is_err(), "told of what has not happened");
        // It works on.
        before.extend(tracker.record(remark("Still here")).unwrap());
        assert_eq!(heard.recv().unwrap().entries.len(), 1);
    });
    drop(observer);
    let total = reports.last().unwrap().total;
    assert_eq!((reports.last().unwrap().done, reports.iter().all(|p| p.total == total)), (total.unwrap(), true));
    assert!(reports.len() > 1, "{reports:?}");
    // Both have the definition of the one procedure that they use.
    let all = tracker.ledger().unwrap();
    assert!(many.iter().all(|entry| all.entry(entry.id()).is_some()));
    assert_eq!(all.len(), before.len() + new);
    assert_eq!(place.again(&tracker).digest(), tracker.digest());
}

pub(crate) fn reading_that_is_interrupted_can_be_done_again(place: &Place) {
    let tracker = place.empty();
    tracker.merge(many()).unwrap();
    let held = entries(&tracker);
    let reader = place.again(&tracker);
    let of_one = reader.view().on(day()).standing(WORD).unwrap();
    let check = || assert_eq!(reader.view().on(day()).standing(WORD).unwrap(), of_one);

    let (verified, reports) = at_each_report(|report| reader.verify(report), check);
    assert_eq!(verified.digest(), tracker.digest().unwrap());
    let is_database = !matches!(place.kind, Kind::Memory | Kind::Lines);
    // What is in memory, and a file that has not changed, is not read again.
    assert_eq!(reports.len() > 2, is_database, "{reports:?}");

    let (loaded, reports) = at_each_report(|report| reader.load_with(report), check);
    assert_eq!(loaded.entries().cloned().collect::<Vec<_>>(), held);
    assert_eq!(reports.len() > 2, is_database, "{reports:?}");
    reader.append(remark("Still here")).unwrap();
}

pub(crate) fn standings_that_are_interrupted_can_be_asked_for_again(place: &Place) {
    let tracker = place.empty();
    tracker.merge(many()).unwrap();
    let (filter, view) = (Filter::default(), place.again(&tracker).view().on(day()));
    let expected = tracker.view().on(day()).standings(&filter).unwrap();
    assert_eq!(expected.len(), COMMITMENTS + 1);
    // When all has been read, commitments alone are counted.
    view.conflicts().unwrap();
    let (standings, reports) = at_each_report(|report| view.standings_with(&filter, report), || ());
    assert_eq!(standings, expected);
    let total = COMMITMENTS as u64 + 1;
    assert_eq!(reports, [0, 256, total].map(|done| Progress { done, total: Some(total) }));
    // Before that, entries are read, which can be interrupted too.
    let fresh = place.again(&tracker).view().on(day());
    assert_eq!(fresh.standings_with(&filter, |_| ControlFlow::Break(())), Err(Error::Interrupted));
    assert_eq!(fresh.standings_with(&filter, |_| ControlFlow::Continue(())), Ok(expected));
}
