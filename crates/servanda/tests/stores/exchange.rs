//! From one ledger to another.

use servanda::{Batch, Entry, Export, Fact, Tracker};

use crate::appends::undertaking;
use crate::common::{WORD, day, remark};
use crate::places::{Kind, Place, alliance, entries};

/// A batch about three commitments, whose entries arrive one by one in any order.
pub(crate) fn half_a_batch_counts_when_its_rest_has_come(place: &Place) {
    let source = Tracker::in_memory("desk");
    for id in ["us/a", "us/b", "us/c"] {
        source.register(undertaking(id)).unwrap();
    }
    let before = entries(&source);
    let remarks: Batch =
        ["us/a", "us/b", "us/c"].iter().map(|id| servanda::Remark::new(id, "Together").on(day())).collect();
    let batch = source.record(remarks).unwrap();
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let place = place.elsewhere();
        let tracker = place.empty();
        tracker.merge(before.clone()).unwrap();
        // One that has looked at a commitment already, and one that looks when all has come.
        let (watching, late) = (place.again(&tracker), place.again(&tracker));
        let mut joining = None;
        for (nth, entry) in order.into_iter().enumerate() {
            tracker.merge([batch[entry].clone()]).unwrap();
            watching.refresh().unwrap();
            let expected = if nth == 2 { 1 } else { 0 };
            let fresh = place.again(&tracker);
            for who in [&tracker, &watching, &fresh] {
                assert_eq!(who.view().on(day()).standing("us/a").unwrap().remarks.len(), expected, "{order:?} {nth}");
            }
            if nth == 1 {
                joining = Some(fresh);
            }
        }
        // One who has not seen the first two arrive, and has looked at one commitment since.
        let joining = joining.unwrap();
        joining.refresh().unwrap();
        assert_eq!(joining.view().on(day()).standing("us/a").unwrap().remarks.len(), 1, "{order:?}");
        late.refresh().unwrap();
        for id in ["us/a", "us/b", "us/c"] {
            assert_eq!(late.view().on(day()).standing(id).unwrap().remarks.len(), 1);
        }
    }
}

pub(crate) fn merging_what_is_there_is_nothing(place: &Place) {
    let tracker = place.holding(&alliance());
    let digest = tracker.digest().unwrap();
    assert_eq!(tracker.merge(entries(&tracker)).unwrap(), 0);
    assert_eq!(tracker.merge(alliance().entries().chain(alliance().entries()).cloned()).unwrap(), 0);
    assert_eq!(tracker.merge(Vec::<Entry>::new()).unwrap(), 0);
    assert_eq!(tracker.digest().unwrap(), digest);
    assert!(!tracker.refresh().unwrap());
}

pub(crate) fn a_copy_to_any_kind_has_the_same_digest(place: &Place) {
    let tracker = place.holding(&alliance());
    for kind in Kind::ALL {
        let other = Place::new(kind);
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

pub(crate) fn an_export_goes_on_where_the_last_ended(place: &Place) {
    let tracker = place.tracker();
    let all = tracker.export_since(None).unwrap();
    assert_eq!(all.entries, entries(&tracker));
    tracker.append(remark("one")).unwrap();
    let one = place.again(&tracker).export_since(Some(&all.cursor)).unwrap();
    // Where many write at a time, what is recent is given out again.
    let new = |export: Export, given_out: &[&Export]| {
        let again = |entry: &Entry| given_out.iter().any(|export| export.entries.contains(entry));
        export.entries.into_iter().filter(|entry| !place.resends() || !again(entry)).collect::<Vec<_>>()
    };
    let since = |export: &Export| tracker.export_since(Some(&export.cursor)).unwrap();
    assert_eq!(titles(&new(one.clone(), &[&all])), ["one"]);
    let none = since(&one);
    assert_eq!((new(none.clone(), &[&all, &one]), &none.cursor), (vec![], &one.cursor));
    tracker.append(remark("two")).unwrap();
    assert_eq!(titles(&new(since(&one), &[&all, &one])), ["two"]);
    assert_eq!(titles(&new(since(&all), &[&all])), ["one", "two"]);
    // An empty ledger has a cursor too.
    let start = place.elsewhere().empty().export_since(None).unwrap();
    assert_eq!(start.entries, []);
    assert_eq!(tracker.export_since(Some(&start.cursor)).unwrap().entries, entries(&tracker));
    for wrong in ["", "1", "-1-0123456789abcdef", "1-0123456789abcde", "1-0123456789abcdeg", "x"] {
        assert_eq!(tracker.export_since(Some(wrong)).unwrap_err().code(), "invalid-cursor");
    }
}

pub(crate) fn a_cursor_of_another_ledger_exports_everything(place: &Place) {
    let elsewhere = place.elsewhere();
    let (tracker, other) = (place.tracker(), elsewhere.tracker());
    other.append(remark("elsewhere")).unwrap();
    tracker.append(remark("here")).unwrap();
    let cursor = other.export_since(None).unwrap().cursor;
    assert_eq!(tracker.export_since(Some(&cursor)).unwrap().entries, entries(&tracker));
    other.append(remark("further")).unwrap();
    let beyond = other.export_since(None).unwrap().cursor;
    assert_eq!(tracker.export_since(Some(&beyond)).unwrap().entries, entries(&tracker));
    assert_eq!(tracker.view().on(day()).standing(WORD).unwrap().remarks.len(), 1);
}
