//! Who is told of what is new.

use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::thread;

use servanda::builtin::{action, position};
use servanda::{Advance, Fact, Observed, Observer, Tracker};

use crate::appends::{source, undertaking};
use crate::common::{WORD, day, remark, remarks};
use crate::places::{Kind, Place};

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

/// The status before and after of each commitment, as `id: before > after`.
fn statuses(observed: &Observed) -> Vec<String> {
    let status = |standing: &Option<servanda::Standing>| {
        let status = standing.as_ref().and_then(|standing| standing.status.clone());
        status.map_or("-".to_owned(), |status| status.to_string())
    };
    let shown = observed.standings.iter();
    shown.map(|of| format!("{}: {} > {}", of.commitment, status(&of.before), status(&of.after))).collect()
}

pub(crate) fn an_append_is_told_with_the_standing_before_and_after(place: &Place) {
    let tracker = place.tracker();
    let (_observer, heard) = listen(&tracker);
    tracker.register(undertaking("us/visit")).unwrap();
    let step = Advance::new("us/visit", action::DONE).on(day()).citing(source());
    let recorded = tracker.record(servanda::Batch::from(step).and(remark("one"))).unwrap();
    let registered = heard.recv().unwrap();
    assert_eq!(statuses(&registered), ["us/visit: - > planned"]);
    assert_eq!(registered.on, crate::places::noon().day());
    let stepped = heard.recv().unwrap();
    assert_eq!(stepped.entries, recorded);
    assert_eq!(
        statuses(&stepped),
        [format!("{WORD}: {0} > {0}", position::HOLDING), format!("us/visit: planned > {}", action::DONE)]
    );
    assert_eq!(heard.try_recv().ok(), None);
}

pub(crate) fn what_others_wrote_is_told_after_a_refresh(place: &Place) {
    if place.kind == Kind::Memory {
        return;
    }
    let tracker = place.tracker();
    let other = place.again(&tracker);
    let (_observer, heard) = listen(&other);
    tracker.append(remark("one")).unwrap();
    tracker.append(remarks(["two".to_owned(), "three".to_owned()])).unwrap();
    assert_eq!(heard.try_recv().ok(), None);
    other.refresh().unwrap();
    assert_eq!(titles(&heard.recv().unwrap()), ["one", "two", "three"]);
    // Before an append what others wrote is taken in, and told first; also if the append is then refused.
    tracker.append(remark("four")).unwrap();
    other.append(remark("five")).unwrap();
    tracker.append(remark("six")).unwrap();
    other.append(Advance::new(WORD, "nowhere").on(day())).unwrap_err();
    let heard: Vec<Vec<String>> = heard.try_iter().map(|observed| titles(&observed)).collect();
    assert_eq!(heard, [["four"], ["five"], ["six"]]);
}

pub(crate) fn a_merge_is_told_without_what_was_there(place: &Place) {
    let tracker = place.tracker();
    let elsewhere = Tracker::in_memory("elsewhere");
    elsewhere.merge(crate::places::entries(&tracker)).unwrap();
    elsewhere.append(remark("one")).unwrap();
    let (_observer, heard) = listen(&tracker);
    for _ in 0..2 {
        tracker.merge(crate::places::entries(&elsewhere)).unwrap();
    }
    let observed: Vec<Observed> = heard.try_iter().collect();
    assert_eq!(observed.iter().map(titles).collect::<Vec<_>>(), [["one"]]);
    assert_eq!(observed[0].entries.len(), 1);
    assert_eq!(statuses(&observed[0]), [format!("{WORD}: {0} > {0}", position::HOLDING)]);
}

pub(crate) fn a_refusal_is_not_told(place: &Place) {
    let tracker = place.tracker();
    let (_observer, heard) = listen(&tracker);
    tracker.append(Advance::new(WORD, "nowhere").on(day())).unwrap_err();
    tracker.prepare(remark("one")).unwrap();
    tracker.refresh().unwrap();
    assert_eq!(heard.try_recv().ok(), None);
}

pub(crate) fn a_callback_may_append(place: &Place) {
    let tracker = place.tracker();
    let told = Arc::new(Mutex::new(Vec::new()));
    let (own, noted) = (tracker.clone(), Arc::clone(&told));
    let _observer = tracker.observe(move |observed| {
        let titles = titles(observed);
        noted.lock().unwrap().extend(titles.clone());
        if titles == ["one"] {
            // What it appends is told when it has ended.
            own.append(remark("two")).unwrap();
            own.refresh().unwrap();
            assert_eq!(own.view().on(day()).standing(WORD).unwrap().remarks.len(), 2);
            noted.lock().unwrap().push("end of one".to_owned());
        }
    });
    tracker.append(remark("one")).unwrap();
    assert_eq!(*told.lock().unwrap(), ["one", "end of one", "two"]);
}

pub(crate) fn a_panic_stays_in_its_callback(place: &Place) {
    let tracker = place.tracker();
    let _panicking = tracker.observe(|_| std::panic::resume_unwind(Box::new("a callback that fails")));
    let (_observer, heard) = listen(&tracker);
    tracker.append(remark("one")).unwrap();
    tracker.append(remark("two")).unwrap();
    let heard: Vec<Vec<String>> = heard.try_iter().map(|observed| titles(&observed)).collect();
    assert_eq!(heard, [["one"], ["two"]]);
    assert_eq!(tracker.view().on(day()).standing(WORD).unwrap().remarks.len(), 2);
}

pub(crate) fn who_has_unsubscribed_hears_nothing(place: &Place) {
    let tracker = place.tracker();
    let (observer, heard) = listen(&tracker);
    tracker.append(remark("one")).unwrap();
    drop(observer);
    tracker.append(remark("two")).unwrap();
    // The callback is gone, with all that it held.
    assert_eq!(heard.recv().map(|observed| titles(&observed)), Ok(vec!["one".to_owned()]));
    assert!(heard.recv().is_err());
    // A callback may end its own subscription, and with it the last tracker.
    let own: Arc<Mutex<Option<(Tracker, Observer)>>> = Arc::default();
    let taken = Arc::clone(&own);
    let observer = tracker.observe(move |_| drop(taken.lock().unwrap().take()));
    *own.lock().unwrap() = Some((tracker.clone(), observer));
    tracker.append(remark("three")).unwrap();
    assert!(own.lock().unwrap().is_none());
}

pub(crate) fn all_threads_are_told_of_in_order(place: &Place) {
    let tracker = place.tracker();
    let (_observer, heard) = listen(&tracker);
    let writers: Vec<_> = (0..4)
        .map(|thread| {
            let tracker = tracker.clone();
            thread::spawn(move || (0..10).for_each(|n| _ = tracker.append(remark(&format!("{thread}-{n}"))).unwrap()))
        })
        .collect();
    writers.into_iter().for_each(|writer| writer.join().unwrap());
    // Whoever told last may have told for others; then nothing is left.
    let observed: Vec<Observed> = heard.iter().take(40).collect();
    let moments: Vec<_> = observed.iter().flat_map(|of| of.entries.iter().map(|entry| entry.recorded_at())).collect();
    assert_eq!(moments.len(), 40);
    assert!(moments.is_sorted());
}
