//! Exports and merges.

use servanda::{Batch, Entry, Fact, Tracker, tracker::Export};

use crate::appends::new_action;
use crate::common::{COMMITMENT, day, remark};
use crate::test_store::{Kind, TestStore, alliance, entries};

/// The entries of a batch about three commitments arrive one by one, in every order.
pub(crate) fn a_partial_batch_counts_once_it_is_complete(store: &TestStore) {
    let source = Tracker::in_memory("desk").unwrap();
    for id in ["us/a", "us/b", "us/c"] {
        source.append(new_action(id)).unwrap();
    }
    let before = entries(&source);
    let remarks: Batch =
        ["us/a", "us/b", "us/c"].iter().map(|id| servanda::Remark::builder(id, "Together").on(day())).collect();
    let batch = source.record(remarks).unwrap();
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let store = store.elsewhere();
        let tracker = store.empty();
        tracker.merge(before.clone()).unwrap();
        // One tracker has queried a commitment already, the other one queries at the end.
        let (watching, late) = (store.reopen(&tracker), store.reopen(&tracker));
        let mut joining = None;
        for (nth, entry) in order.into_iter().enumerate() {
            tracker.merge([batch[entry].clone()]).unwrap();
            watching.refresh().unwrap();
            let expected = if nth == 2 { 1 } else { 0 };
            let fresh = store.reopen(&tracker);
            for who in [&tracker, &watching, &fresh] {
                assert_eq!(
                    who.view().on(day()).unwrap().standing("us/a").unwrap().remarks.len(),
                    expected,
                    "{order:?} {nth}"
                );
            }
            if nth == 1 {
                joining = Some(fresh);
            }
        }
        // This tracker was opened before the last entry arrived, and has queried one commitment.
        let joining = joining.unwrap();
        joining.refresh().unwrap();
        assert_eq!(joining.view().on(day()).unwrap().standing("us/a").unwrap().remarks.len(), 1, "{order:?}");
        late.refresh().unwrap();
        for id in ["us/a", "us/b", "us/c"] {
            assert_eq!(late.view().on(day()).unwrap().standing(id).unwrap().remarks.len(), 1);
        }
    }
}

pub(crate) fn merging_existing_entries_changes_nothing(store: &TestStore) {
    let tracker = store.with_entries(&alliance());
    let digest = tracker.digest().unwrap();
    assert_eq!(tracker.merge(entries(&tracker)).unwrap(), 0);
    assert_eq!(tracker.merge(alliance().entries().chain(alliance().entries()).cloned()).unwrap(), 0);
    assert_eq!(tracker.merge(Vec::<Entry>::new()).unwrap(), 0);
    assert_eq!(tracker.digest().unwrap(), digest);
    assert!(!tracker.refresh().unwrap());
}

pub(crate) fn a_copy_in_any_store_has_the_same_digest(store: &TestStore) {
    let tracker = store.with_entries(&alliance());
    for kind in Kind::ALL {
        let other = TestStore::new(kind);
        let copy = other.empty();
        assert_eq!(copy.merge(tracker.export_since(None).unwrap().entries).unwrap(), alliance().len());
        assert_eq!(copy.digest(), tracker.digest());
        assert_eq!(entries(&copy), entries(&tracker));
    }
}

fn titles(entries: &[Entry]) -> Vec<String> {
    let title = |entry: &Entry| match entry.fact() {
        Fact::Remark(remark) => Some(remark.title.to_string()),
        _ => None,
    };
    entries.iter().filter_map(title).collect()
}

pub(crate) fn an_export_continues_where_the_last_one_ended(store: &TestStore) {
    let tracker = store.tracker();
    let all = tracker.export_since(None).unwrap();
    assert_eq!(all.entries, entries(&tracker));
    tracker.append(remark("one")).unwrap();
    let one = store.reopen(&tracker).export_since(Some(&all.cursor)).unwrap();
    // Where transactions write concurrently, recent entries may be exported again.
    let new = |export: Export, given_out: &[&Export]| {
        let again = |entry: &Entry| given_out.iter().any(|export| export.entries.contains(entry));
        export.entries.into_iter().filter(|entry| !store.resends() || !again(entry)).collect::<Vec<_>>()
    };
    let since = |export: &Export| tracker.export_since(Some(&export.cursor)).unwrap();
    assert_eq!(titles(&new(one.clone(), &[&all])), ["one"]);
    let none = since(&one);
    assert_eq!((new(none.clone(), &[&all, &one]), &none.cursor), (vec![], &one.cursor));
    tracker.append(remark("two")).unwrap();
    assert_eq!(titles(&new(since(&one), &[&all, &one])), ["two"]);
    assert_eq!(titles(&new(since(&all), &[&all])), ["one", "two"]);
    // An empty ledger has a cursor too.
    let start = store.elsewhere().empty().export_since(None).unwrap();
    assert_eq!(start.entries, []);
    assert_eq!(tracker.export_since(Some(&start.cursor)).unwrap().entries, entries(&tracker));
    for wrong in ["", "1", "-1-0123456789abcdef", "1-0123456789abcde", "1-0123456789abcdeg", "x"] {
        assert_eq!(tracker.export_since(Some(wrong)).unwrap_err().code(), "invalid-cursor");
    }
}

pub(crate) fn a_cursor_of_another_ledger_exports_everything(store: &TestStore) {
    let elsewhere = store.elsewhere();
    let (tracker, other) = (store.tracker(), elsewhere.tracker());
    other.append(remark("elsewhere")).unwrap();
    tracker.append(remark("here")).unwrap();
    let cursor = other.export_since(None).unwrap().cursor;
    assert_eq!(tracker.export_since(Some(&cursor)).unwrap().entries, entries(&tracker));
    other.append(remark("further")).unwrap();
    let beyond = other.export_since(None).unwrap().cursor;
    assert_eq!(tracker.export_since(Some(&beyond)).unwrap().entries, entries(&tracker));
    assert_eq!(tracker.view().on(day()).unwrap().standing(COMMITMENT).unwrap().remarks.len(), 1);
}
