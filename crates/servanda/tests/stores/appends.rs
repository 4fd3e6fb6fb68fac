//! Appends, and their refusal.

use std::ops::ControlFlow;

use servanda::builtin::{self, action};
use servanda::{
    Advance, Batch, Commitment, Day, Filter, Obligation, Remark, Source, Tracker,
    facts::{Amend, Cite, CommitmentBuilder, Define, Link, Relation, Retract},
};

use crate::common::{COMMITMENT, commitment, day, remark, remarks};
use crate::test_store::{TestStore, entries};

pub(crate) fn source() -> Source {
    Source::new("Record", "https://example.org/record").unwrap()
}

pub(crate) fn new_action(id: &str) -> CommitmentBuilder {
    let commitment = Commitment::builder(id, "An action").procedure(builtin::action()).by("us").made(day());
    commitment.obligation(Obligation::Result).words("will", source())
}

fn step(id: &str, to: impl AsRef<str>) -> servanda::facts::FactBuilder<Advance> {
    Advance::builder(id, to).on(day().plus_days(10).unwrap()).citing(source())
}

pub(crate) fn appended_entries_are_there_after_reopening(store: &TestStore) {
    let tracker = store.tracker();
    tracker.append(remark("one")).unwrap();
    tracker.append(remarks(["two".to_owned(), "three".to_owned()])).unwrap();
    let again = store.reopen(&tracker);
    assert_eq!(again.digest(), tracker.digest());
    assert_eq!(entries(&again), entries(&tracker));
    assert_eq!(entries(&again).len(), 5);
    again.verify(|_| ControlFlow::Continue(())).unwrap();
    let remarks = again.view().on(day()).unwrap().standing(COMMITMENT).unwrap().remarks;
    assert_eq!(remarks.len(), 3);
}

/// Every store refuses with the same errors as the ledger in memory. The trackers have nothing in
/// memory yet.
pub(crate) fn refusals_are_the_same_and_change_nothing(store: &TestStore) {
    let tracker = store.tracker();
    tracker.append(new_action("us/visit")).unwrap();
    tracker.append(step("us/visit", action::DONE)).unwrap();
    let ledger = tracker.ledger().unwrap();
    let registered = ledger.entries().find(|entry| entry.kind() == "register").unwrap().id();
    let elsewhere = ledger.entries().find(|entry| entry.commitment() == Some("us/visit")).unwrap().id();
    let cases: Vec<(&str, Batch)> = vec![
        ("already-registered", commitment().into()),
        ("illegal-step", step("us/visit", action::GIVEN_UP).into()),
        ("unknown-status", step("us/visit", "dunn").into()),
        ("unknown-commitment", step("us/vist", action::DONE).into()),
        ("unknown-commitment", Link::builder(COMMITMENT, Relation::Successor, "us/visitt").into()),
        ("unknown-commitment", new_action("us/part").part_of("us/vizit").into()),
        ("unknown-entry", Remark::builder(COMMITMENT, "A remark").on(day()).after(elsewhere).into()),
        ("unknown-entry", Cite::builder(COMMITMENT, elsewhere).citing(source()).into()),
        ("retraction-breaks", Retract::builder("us/visit", elsewhere, "a mistake").into()),
        ("unknown-entry", Retract::builder("us/visit", registered, "a mistake").into()),
        ("part-of-itself", new_action("us/part").part_of("us/part").into()),
        ("unknown-entry", Amend::builder(COMMITMENT).note_of(elsewhere, "A note").into()),
        ("empty-batch", Batch::new()),
    ];
    let before = tracker.digest().unwrap();
    for (code, batch) in cases {
        let expected = ledger.prepare(batch.clone(), &"desk".parse().unwrap(), crate::test_store::noon());
        let refused = store.reopen(&tracker).append(batch.clone()).unwrap_err();
        assert_eq!(refused.code(), code, "{refused}");
        assert_eq!(Err(refused), expected.map(drop));
        let prepared = store.reopen(&tracker).prepare(batch.clone()).map(drop);
        assert_eq!(prepared.map_err(|error| error.code().to_owned()), Err(code.to_owned()));
        let checked = store.reopen(&tracker).view().check(batch).unwrap_err();
        assert_eq!(checked.code(), code);
    }
    let again = store.reopen(&tracker);
    assert_eq!(again.digest().unwrap(), before);
    again.verify(|_| ControlFlow::Continue(())).unwrap();
}

pub(crate) fn what_is_recorded_already_is_left_out(store: &TestStore) {
    let tracker = store.tracker();
    let batch = || Batch::from(new_action("us/visit")).and(step("us/visit", action::UNDER_WAY));
    let recorded = tracker.record(batch()).unwrap();
    let before = tracker.digest().unwrap();
    for tracker in [&tracker, &store.reopen(&tracker)] {
        let calls = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
        let counter = std::sync::Arc::clone(&calls);
        let _observer = tracker.observe(move |_| _ = counter.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
        assert_eq!(tracker.prepare(batch().skip_recorded()).unwrap(), []);
        assert_eq!(tracker.append(batch().skip_recorded()).unwrap(), []);
        assert_eq!(tracker.digest().unwrap(), before);
        assert_eq!(calls.load(std::sync::atomic::Ordering::Relaxed), 0);
    }
    let fresh = store.reopen(&tracker);
    let earlier: Vec<_> = fresh.recorded(&batch()).unwrap().into_iter().flatten().collect();
    assert_eq!(earlier, recorded[recorded.len() - 2..]);
    // The rest of a batch is still validated.
    let refused = fresh.append(batch().and(step("us/visit", "dunn")).skip_recorded()).unwrap_err();
    assert_eq!(refused.code(), "unknown-status");
    assert_eq!(fresh.append(batch().and(step("us/visit", action::DONE)).skip_recorded()).unwrap().len(), 1);
}

pub(crate) fn the_loser_of_a_race_learns_the_new_status(store: &TestStore) {
    let tracker = store.tracker();
    tracker.append(new_action("us/visit")).unwrap();
    let (winner, loser) = (store.reopen(&tracker), store.reopen(&tracker));
    // The loser has seen the old status.
    assert_eq!(loser.view().on(day()).unwrap().standing("us/visit").unwrap().status.unwrap(), action::PLANNED);
    winner.append(step("us/visit", action::DONE)).unwrap();
    let refused = loser.append(step("us/visit", action::GIVEN_UP)).unwrap_err();
    assert_eq!(refused.code(), "illegal-step");
    assert!(refused.to_string().contains("it stood at done since 2013-01-28"), "{refused}");
    // Now it knows the new one.
    let standing = loser.view().standing("us/visit").unwrap();
    assert_eq!(standing.status.unwrap(), action::DONE);
    assert_eq!(loser.digest(), winner.digest());
}

pub(crate) fn dependencies_of_a_batch_are_loaded(store: &TestStore) {
    let tracker = store.tracker();
    let fresh = || store.reopen(&tracker);
    for (id, whole) in [("us/a", None), ("us/a/b", Some("us/a")), ("us/a/b/c", Some("us/a/b"))] {
        let part = new_action(id);
        fresh().append(whole.into_iter().fold(part, CommitmentBuilder::part_of)).unwrap();
    }
    fresh().append(Link::builder(COMMITMENT, Relation::Successor, "us/a/b/c")).unwrap();
    // A batch about several commitments, one of them new.
    let batch = Batch::from(new_action("us/d").part_of("us/a/b/c")).and(step("us/d", action::DONE));
    fresh().append(batch.and(step("us/a", action::UNDER_WAY)).and(remark("all at once"))).unwrap();
    let parts = fresh().view().parts("us/a", &Filter::default()).unwrap();
    assert_eq!(parts.parts.len(), 3);
    assert_eq!(fresh().view().conflicts().unwrap(), []);
}

pub(crate) fn a_calendar_that_breaks_a_commitment_is_refused(store: &TestStore) {
    let ledger = crate::test_store::alliance();
    let tracker = store.with_entries(&ledger);
    let mut calendar = builtin::jp_diet().clone();
    // The session in which the Convention was approved closes too early.
    for period in &mut calendar.periods {
        if period.number == 183 {
            period.closed = Some(Day::new(2013, 4, 10).unwrap());
        }
    }
    let batch = Batch::from(Define::Calendar(calendar));
    let expected = ledger.prepare(batch.clone(), &"desk".parse().unwrap(), crate::test_store::noon());
    let refused = store.reopen(&tracker).append(batch).unwrap_err();
    assert_eq!(refused, expected.unwrap_err());
    // A definition that is in use cannot be retracted.
    let procedure = ledger.entries().find(|entry| entry.line().contains(r#""define":{"procedure""#)).unwrap().id();
    let refused = store.reopen(&tracker).append(Retract::definition(procedure, "a mistake")).unwrap_err();
    assert_eq!(refused.code(), "retraction-breaks");
}

pub(crate) fn preparing_changes_nothing(store: &TestStore) {
    let tracker = store.tracker();
    let before = tracker.digest().unwrap();
    let prepared = tracker.prepare(remark("one")).unwrap();
    assert_eq!(tracker.digest().unwrap(), before);
    assert_eq!(tracker.record(remark("one")).unwrap(), prepared);
}

pub(crate) fn entries_are_found_by_id_prefix(store: &TestStore) {
    let tracker = store.tracker();
    let entry = tracker.record(remark("one")).unwrap().remove(0);
    let found = |tracker: &Tracker, start: &str| tracker.entries_like(start).unwrap();
    let id = entry.id().to_string();
    for start in [&id, &id[..20]] {
        assert_eq!(found(&store.reopen(&tracker), start), std::slice::from_ref(&entry));
    }
    assert_eq!(found(&store.reopen(&tracker), "sha256:x"), []);
    assert_eq!(found(&tracker, "sha256:").len(), 3);
    let missing = id.replace(['0', '1', '2'], "3");
    assert_eq!(found(&store.reopen(&tracker), &missing), []);
}
