//! Observers of new entries.

use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::thread;

use servanda::builtin::{action, position};
use servanda::{
    Advance, Fact, Tracker,
    tracker::{Observed, Observer},
};

use crate::appends::{new_action, source};
use crate::common::{COMMITMENT, day, remark, remarks};
use crate::test_store::{Kind, TestStore};

pub(crate) fn listen(tracker: &Tracker) -> (Observer, Receiver<Observed>) {
    let (told, heard) = channel();
    let observer = tracker.observe(move |observed| _ = told.send(observed.clone()));
    (observer, heard)
}

fn titles(observed: &Observed) -> Vec<String> {
    let title = |entry: &servanda::Entry| match entry.fact() {
        Fact::Remark(remark) => Some(remark.title.to_string()),
        _ => None,
    };
    observed.entries.iter().filter_map(title).collect()
}

/// Returns the status of each commitment before and after, as `id: before > after`.
fn statuses(observed: &Observed) -> Vec<String> {
    let status = |standing: &Option<servanda::Standing>| {
        let status = standing.as_ref().and_then(|standing| standing.status.clone());
        status.map_or("-".to_owned(), |status| status.to_string())
    };
    let shown = observed.standings.iter();
    shown.map(|of| format!("{}: {} > {}", of.commitment, status(&of.before), status(&of.after))).collect()
}

pub(crate) fn observers_get_the_standings_before_and_after_an_append(store: &TestStore) {
    let tracker = store.tracker();
    let (_observer, heard) = listen(&tracker);
    tracker.append(new_action("us/visit")).unwrap();
    let step = Advance::builder("us/visit", action::DONE).on(day()).citing(source());
    let recorded = tracker.record(servanda::Batch::from(step).and(remark("one"))).unwrap();
    let registered = heard.recv().unwrap();
    assert_eq!(statuses(&registered), ["us/visit: - > planned"]);
    assert_eq!(registered.on, crate::test_store::noon().day());
    let stepped = heard.recv().unwrap();
    assert_eq!(stepped.entries, recorded);
    assert_eq!(
        statuses(&stepped),
        [format!("{COMMITMENT}: {0} > {0}", position::HOLDING), format!("us/visit: planned > {}", action::DONE)]
    );
    assert_eq!(heard.try_recv().ok(), None);
}

pub(crate) fn observers_get_entries_of_others_after_a_refresh(store: &TestStore) {
    if store.kind == Kind::Memory {
        return;
    }
    let tracker = store.tracker();
    let other = store.reopen(&tracker);
    let (_observer, heard) = listen(&other);
    tracker.append(remark("one")).unwrap();
    tracker.append(remarks(["two".to_owned(), "three".to_owned()])).unwrap();
    assert_eq!(heard.try_recv().ok(), None);
    other.refresh().unwrap();
    assert_eq!(titles(&heard.recv().unwrap()), ["one", "two", "three"]);
    // An append first reads and delivers what others have written, even if it is then refused.
    tracker.append(remark("four")).unwrap();
    other.append(remark("five")).unwrap();
    tracker.append(remark("six")).unwrap();
    other.append(Advance::builder(COMMITMENT, "nowhere").on(day())).unwrap_err();
    let heard: Vec<Vec<String>> = heard.try_iter().map(|observed| titles(&observed)).collect();
    assert_eq!(heard, [["four"], ["five"], ["six"]]);
}

pub(crate) fn observers_of_a_merge_get_only_new_entries(store: &TestStore) {
    let tracker = store.tracker();
    let elsewhere = Tracker::in_memory("elsewhere").unwrap();
    elsewhere.merge(crate::test_store::entries(&tracker)).unwrap();
    elsewhere.append(remark("one")).unwrap();
    let (_observer, heard) = listen(&tracker);
    for _ in 0..2 {
        tracker.merge(crate::test_store::entries(&elsewhere)).unwrap();
    }
    let observed: Vec<Observed> = heard.try_iter().collect();
    assert_eq!(observed.iter().map(titles).collect::<Vec<_>>(), [["one"]]);
    assert_eq!(observed[0].entries.len(), 1);
    assert_eq!(statuses(&observed[0]), [format!("{COMMITMENT}: {0} > {0}", position::HOLDING)]);
}

pub(crate) fn observers_are_not_called_after_a_refusal(store: &TestStore) {
    let tracker = store.tracker();
    let (_observer, heard) = listen(&tracker);
    tracker.append(Advance::builder(COMMITMENT, "nowhere").on(day())).unwrap_err();
    tracker.prepare(remark("one")).unwrap();
    tracker.refresh().unwrap();
    assert_eq!(heard.try_recv().ok(), None);
}

pub(crate) fn a_callback_can_append(store: &TestStore) {
    let tracker = store.tracker();
    let told = Arc::new(Mutex::new(Vec::new()));
    let (own, noted) = (tracker.clone(), Arc::clone(&told));
    let _observer = tracker.observe(move |observed| {
        let titles = titles(observed);
        noted.lock().unwrap().extend(titles.clone());
        if titles == ["one"] {
            // The entries appended here are delivered after this call has ended.
            own.append(remark("two")).unwrap();
            own.refresh().unwrap();
            assert_eq!(own.view().on(day()).unwrap().standing(COMMITMENT).unwrap().remarks.len(), 2);
            noted.lock().unwrap().push("end of one".to_owned());
        }
    });
    tracker.append(remark("one")).unwrap();
    assert_eq!(*told.lock().unwrap(), ["one", "end of one", "two"]);
}

pub(crate) fn a_panic_in_a_callback_is_caught(store: &TestStore) {
    let tracker = store.tracker();
    let _panicking = tracker.observe(|_| std::panic::resume_unwind(Box::new("a callback that fails")));
    let (_observer, heard) = listen(&tracker);
    tracker.append(remark("one")).unwrap();
    tracker.append(remark("two")).unwrap();
    let heard: Vec<Vec<String>> = heard.try_iter().map(|observed| titles(&observed)).collect();
    assert_eq!(heard, [["one"], ["two"]]);
    assert_eq!(tracker.view().on(day()).unwrap().standing(COMMITMENT).unwrap().remarks.len(), 2);
}

pub(crate) fn a_dropped_observer_is_not_called(store: &TestStore) {
    let tracker = store.tracker();
    let (observer, heard) = listen(&tracker);
    tracker.append(remark("one")).unwrap();
    drop(observer);
    tracker.append(remark("two")).unwrap();
    // The callback was dropped, with everything it owned.
    assert_eq!(heard.recv().map(|observed| titles(&observed)), Ok(vec!["one".to_owned()]));
    assert!(heard.recv().is_err());
    // A callback can drop its own observer, and with it the last tracker.
    let own: Arc<Mutex<Option<(Tracker, Observer)>>> = Arc::default();
    let taken = Arc::clone(&own);
    let observer = tracker.observe(move |_| drop(taken.lock().unwrap().take()));
    *own.lock().unwrap() = Some((tracker.clone(), observer));
    tracker.append(remark("three")).unwrap();
    assert!(own.lock().unwrap().is_none());
}

pub(crate) fn changes_by_many_threads_are_delivered_in_order(store: &TestStore) {
    let tracker = store.tracker();
    let (_observer, heard) = listen(&tracker);
    let writers: Vec<_> = (0..4)
        .map(|thread| {
            let tracker = tracker.clone();
            thread::spawn(move || (0..10).for_each(|n| _ = tracker.append(remark(&format!("{thread}-{n}"))).unwrap()))
        })
        .collect();
    writers.into_iter().for_each(|writer| writer.join().unwrap());
    // The last thread may have delivered the entries of others, so wait for all of them.
    let observed: Vec<Observed> = heard.iter().take(40).collect();
    let moments: Vec<_> = observed.iter().flat_map(|of| of.entries.iter().map(|entry| entry.recorded_at())).collect();
    assert_eq!(moments.len(), 40);
    assert!(moments.is_sorted());
}
