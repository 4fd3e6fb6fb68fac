//! Every query gives the same answer as the ledger in memory.

use servanda::{
    Day, Filter, Moment, Tracker,
    answers::{LogFilter, Span},
};

use crate::test_store::{TestStore, alliance, entries};

const DAYS: [(i32, u32, u32); 2] = [(2013, 6, 1), (2024, 1, 10)];

fn days() -> impl Iterator<Item = Day> {
    DAYS.into_iter().map(|(year, month, day)| Day::new(year, month, day).unwrap())
}

/// Returns the present, and a moment in the middle of the ledger.
fn moments() -> Vec<Option<Moment>> {
    let ledger = alliance();
    let moments: Vec<Moment> = ledger.entries().map(servanda::Entry::recorded_at).collect();
    vec![None, moments.get(moments.len() / 2).copied()]
}

pub(crate) fn every_query_gives_the_same_answer(store: &TestStore) {
    let ledger = alliance();
    let tracker = store.with_entries(&ledger);
    let all = Filter::default();
    for at in moments() {
        for day in days() {
            let pure = at.map_or(ledger.view_on(day).unwrap(), |at| ledger.view_on(day).unwrap().known_at(at).unwrap());
            // Reopen the ledger for each query, so that nothing is loaded yet.
            let view = |tracker: Tracker| {
                let view = tracker.view().on(day).unwrap();
                at.map_or(view.clone(), |at| view.known_at(at).unwrap())
            };
            let fresh = || view(store.reopen(&tracker));
            assert_eq!(fresh().standings(&all).unwrap(), pure.standings(&all));
            assert_eq!(fresh().conflicts().unwrap(), pure.conflicts());
            assert_eq!(fresh().procedures().unwrap(), pure.procedures());
            assert_eq!(fresh().parties().unwrap(), pure.parties());
            assert_eq!(fresh().stale(30, &all).unwrap(), pure.stale(30, &all));
            let span = Span { first: day, last: day.plus_days(400).unwrap() };
            assert_eq!(fresh().agenda(span, &all).unwrap(), pure.agenda(span, &all));
            assert_eq!(fresh().parts("us/base-realignment", &all).ok(), pure.parts("us/base-realignment", &all).ok());
            let filter = LogFilter::default();
            assert_eq!(fresh().log(&filter).unwrap(), pure.log(&filter));
            let filter = filter.commitment("us/abe-visit".parse().unwrap()).kind("advance");
            assert_eq!(fresh().log(&filter).unwrap(), pure.log(&filter));
            let unknown = LogFilter::default().recorded_by("dsk".parse().unwrap());
            assert_eq!(fresh().unmatched_in_log(&unknown).unwrap(), pure.unmatched_in_log(&unknown));
            let before = Day::new(2013, 1, 18).unwrap();
            let view = fresh();
            assert_eq!(
                view.changes_since(&view.clone().on(before).unwrap(), &all).unwrap(),
                pure.changes_since(&ledger_view(&ledger, before, at), &all)
            );
        }
    }
    assert_eq!(store.reopen(&tracker).digest().unwrap(), ledger.digest());
    assert_eq!(*store.reopen(&tracker).ledger().unwrap(), ledger);
}

fn ledger_view(ledger: &servanda::Ledger, day: Day, at: Option<Moment>) -> servanda::answers::LedgerView<'_> {
    at.map_or(ledger.view_on(day).unwrap(), |at| ledger.view_on(day).unwrap().known_at(at).unwrap())
}

pub(crate) fn single_standings_equal_those_of_the_whole_ledger(store: &TestStore) {
    let ledger = alliance();
    let tracker = store.with_entries(&ledger);
    let ids: Vec<String> = ledger
        .view_on("2030-01-01")
        .unwrap()
        .standings(&Filter::default())
        .into_iter()
        .map(|standing| standing.commitment.to_string())
        .collect();
    assert_eq!(ids.len(), 16);
    for at in moments() {
        for day in days() {
            let tracker = store.reopen(&tracker);
            let view = tracker.view().on(day).unwrap();
            let view = at.map_or(view.clone(), |at| view.known_at(at).unwrap());
            let pure = ledger_view(&ledger, day, at);
            for id in ids.iter().rev() {
                let expected = pure.standing(id);
                assert_eq!(view.standing(id), expected, "{id} on {day}");
                let expected = pure.why_not(id, "done");
                assert_eq!(view.why_not(id, "done"), expected, "{id} on {day}");
            }
        }
    }
}

pub(crate) fn a_misspelt_commitment_gets_suggestions(store: &TestStore) {
    let ledger = alliance();
    let tracker = store.with_entries(&ledger);
    for wrong in ["jp/hague-convntion", "us/abe-visitt", "jp", "us/base-realignment/guam"] {
        let view = store.reopen(&tracker).view().on("2014-01-01").unwrap();
        let expected = ledger.view_on(view.day()).unwrap().standing(wrong).unwrap_err();
        assert_eq!(view.standing(wrong).unwrap_err(), expected);
    }
}

/// Trackers that have nothing in memory yet merge the entries of the example, a few at a time.
pub(crate) fn a_ledger_merged_in_pieces_is_the_same(store: &TestStore) {
    let ledger = alliance();
    let tracker = store.empty();
    let all: Vec<servanda::Entry> = ledger.entries().cloned().collect();
    for some in all.chunks(7) {
        // One entry is merged twice.
        assert_eq!(store.reopen(&tracker).merge(some.iter().chain(&some[..1]).cloned()).unwrap(), some.len());
    }
    tracker.refresh().unwrap();
    assert_eq!(tracker.digest().unwrap(), ledger.digest());
    assert_eq!(entries(&tracker), ledger.entries().cloned().collect::<Vec<_>>());
}
