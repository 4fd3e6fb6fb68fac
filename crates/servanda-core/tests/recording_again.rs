//! Appends that leave out what is recorded already, as a script that runs every night needs them.

#![allow(clippy::unwrap_used)]

mod common;

use common::{COMMITMENT, commitment, moment, source};
use servanda_core::builtin::{self, action};
use servanda_core::{
    Advance, Amend, Batch, CommitmentBuilder, Define, Entry, FactBuilder, Identifier, Ledger, Measure, Obligation,
    Party, Procedure, Repin, Reschedule, Retract, Slug, Source, Topic,
};

fn promise() -> CommitmentBuilder {
    commitment(COMMITMENT, builtin::action(), Obligation::Result)
}

fn step(to: impl AsRef<str>, on: &str) -> FactBuilder<Advance> {
    Advance::builder(COMMITMENT, to).on(on).citing(source())
}

/// Appends what this recorder has not recorded yet, and returns how many entries are new.
fn append_new(ledger: &mut Ledger, batch: impl Into<Batch>, by: &str) -> usize {
    let by: Slug = by.parse().unwrap();
    let now = moment("2026-08-01T00:00:00.000000Z");
    ledger.append(batch.into().skip_recorded(), &by, now).unwrap().len()
}

fn desk() -> Slug {
    "desk".parse().unwrap()
}

#[test]
fn the_same_facts_by_the_same_recorder_add_nothing() {
    let mut ledger = Ledger::new();
    let batch =
        || Batch::from(promise()).and(step(action::UNDER_WAY, "2013-02-01")).and(step(action::DONE, "2013-03-01"));
    // The procedure comes with them.
    assert_eq!(append_new(&mut ledger, batch(), "desk"), 4);
    let digest = ledger.digest();
    assert_eq!(append_new(&mut ledger, batch(), "desk"), 0);
    assert_eq!(append_new(&mut ledger, promise(), "desk"), 0);
    assert_eq!(append_new(&mut ledger, step(action::DONE, "2013-03-01"), "desk"), 0);
    assert_eq!(ledger.digest(), digest);
    // Only what is new of a batch is added.
    let more = batch().and(Advance::builder(COMMITMENT, action::DONE).on("2013-03-01").citing(other_source()));
    assert_eq!(append_new(&mut ledger, more, "desk"), 1);
}

fn other_source() -> Source {
    Source::new("Report", "https://example.org/report").unwrap()
}

#[test]
fn anything_that_differs_is_recorded_or_refused() {
    let mut ledger = Ledger::new();
    append_new(&mut ledger, promise(), "desk");
    let changed = Batch::from(promise().deadline("2014")).skip_recorded();
    let refused = ledger.append(changed, &desk(), moment("2026-08-01T00:00:00.000000Z")).unwrap_err();
    assert_eq!(refused.code(), "already-registered");
    append_new(&mut ledger, step(action::DONE, "2013-03-01"), "desk");
    let further = Advance::builder(COMMITMENT, action::DONE).on("2013-03-01").citing(other_source());
    assert_eq!(append_new(&mut ledger, further, "desk"), 1);
    assert_eq!(append_new(&mut ledger, step(action::DONE, "2013-03-01").noting("Late in the day."), "desk"), 1);
    // Another recorder confirms the step.
    assert_eq!(append_new(&mut ledger, step(action::DONE, "2013-03-01"), "phone"), 1);
    assert_eq!(append_new(&mut ledger, step(action::DONE, "2013-03-01"), "phone"), 0);
}

#[test]
fn what_was_retracted_can_be_recorded_again() {
    let mut ledger = Ledger::new();
    append_new(&mut ledger, promise(), "desk");
    append_new(&mut ledger, step(action::DONE, "2013-03-01"), "desk");
    let done = |ledger: &Ledger| ledger.entries().last().map(Entry::id).unwrap();
    let first = done(&ledger);
    // A batch that retracts an entry and records the same again is not a batch that does nothing.
    let replaced = || Batch::from(Retract::builder(COMMITMENT, first, "a test")).and(step(action::DONE, "2013-03-01"));
    assert_eq!(append_new(&mut ledger, replaced(), "desk"), 2);
    assert_eq!(append_new(&mut ledger, replaced(), "desk"), 0);
    let second = done(&ledger);
    let retraction = || Retract::builder(COMMITMENT, second, "another test");
    assert_eq!(append_new(&mut ledger, retraction(), "desk"), 1);
    assert_eq!(append_new(&mut ledger, retraction(), "desk"), 0);
    assert_eq!(append_new(&mut ledger, step(action::DONE, "2013-03-01"), "desk"), 1);
}

#[test]
fn a_fact_that_a_later_one_replaced_can_be_recorded_again() {
    let mut ledger = Ledger::new();
    append_new(&mut ledger, promise().target("10", "visits"), "desk");
    let title = |title: &str| Batch::from(Amend::builder(COMMITMENT).title(title));
    let topics = || Batch::from(Amend::builder(COMMITMENT).topics(["trade"]));
    let party = |name: &str| Batch::from(Party::new("jp", "en", name).unwrap());
    let deadline = |deadline: &str| {
        let deadline: servanda_core::Deadline = deadline.parse().unwrap();
        Batch::from(Reschedule::builder(COMMITMENT, deadline).on("2013-02-01"))
    };
    let titles = |title: &str| Batch::from(Amend::builder(COMMITMENT).title_in("ja", title));
    let identifier = |value: &str| {
        Batch::from(Amend::builder(COMMITMENT).identifiers(vec![Identifier::new("tracker", value).unwrap()]))
    };
    let topic = |name: &str| Batch::from(Define::Topic(Topic::new("roads", "en", name).unwrap()));
    let measured = |value: &str| Batch::from(Measure::builder(COMMITMENT, value).on("2013-02-01"));
    let moved = |to: &Procedure| Batch::from(Repin::builder(COMMITMENT, to.reference(), "A reform"));
    let mut reformed = builtin::action().clone();
    reformed.version = 2;
    append_new(&mut ledger, reformed.clone(), "desk");
    for (one, other) in [
        (title("One"), title("Two")),
        (titles("一"), titles("二")),
        (identifier("1"), identifier("2")),
        (party("Japan"), party("Nippon")),
        (topic("Roads"), topic("Streets")),
        (deadline("2014"), deadline("2015")),
        (measured("5"), measured("7")),
        (moved(&reformed), moved(builtin::action())),
    ] {
        assert_eq!(append_new(&mut ledger, one.clone(), "desk"), 1);
        // Topics do not replace a title.
        append_new(&mut ledger, topics(), "desk");
        assert_eq!(append_new(&mut ledger, one.clone(), "desk"), 0);
        // Another recorder replaces it, and the first one takes it back.
        assert_eq!(append_new(&mut ledger, other, "phone"), 1);
        assert_eq!(append_new(&mut ledger, one.clone(), "desk"), 1);
        assert_eq!(append_new(&mut ledger, one, "desk"), 0);
    }
}

#[test]
fn each_entry_stands_for_one_draft() {
    let mut ledger = Ledger::new();
    append_new(&mut ledger, promise(), "desk");
    // On one day the matter begins, stalls, and goes on. Two of these facts are equal.
    let day = || {
        let begun = step(action::UNDER_WAY, "2013-02-01");
        Batch::from(begun.clone()).and(step(action::STALLED, "2013-02-01")).and(begun)
    };
    assert_eq!(append_new(&mut ledger, day(), "desk"), 3);
    assert_eq!(append_new(&mut ledger, day(), "desk"), 0);
}
