//! Merging ledgers of people who recorded separately.
//!
//! The cases include two phones, a forger, and a calendar that grows.

#![allow(clippy::unwrap_used)]

#[path = "../generate/mod.rs"]
mod generate;

mod batches;
mod definitions;

use generate::{at, chain, day, entry_about, merged, seal, source};
use serde_json::json;
use servanda_core::builtin::{self, action};
use servanda_core::{
    Advance, Batch, Calendar, Commitment, CommitmentBuilder, Conflict, Define, Entry, EntryId, Error, FactBuilder,
    Filter, Ledger, Link, Obligation, Party, Procedure, Relation, Remark, Result, Retract, Standing, Verdict,
};

const VISIT: &str = "us/abe-visit";

fn visit(procedure: &Procedure) -> CommitmentBuilder {
    Commitment::builder(VISIT, "A visit")
        .procedure(procedure)
        .by("us")
        .made(day(0))
        .obligation(Obligation::Result)
        .words("has invited", source(0))
}

/// Appends at the second `seconds`, recorded by the device `by`.
fn append(ledger: &mut Ledger, seconds: i64, by: &str, batch: impl Into<Batch>) -> Result<Vec<EntryId>> {
    ledger.append(batch, &by.parse().unwrap(), at(seconds))
}

fn recorded(ledger: &mut Ledger, seconds: i64, by: &str, batch: impl Into<Batch>) -> EntryId {
    *append(ledger, seconds, by, batch).unwrap().last().unwrap()
}

/// A ledger with a visit that was promised on day 0.
fn ledger_with_visit() -> Ledger {
    let mut ledger = Ledger::new();
    append(&mut ledger, 0, "desk", visit(builtin::action())).unwrap();
    ledger
}

fn step(to: impl AsRef<str>, n: u32) -> FactBuilder<Advance> {
    Advance::builder(VISIT, to).on(day(n)).citing(source(1))
}

fn standing(ledger: &Ledger, n: u32) -> Standing {
    ledger.view_on(day(n)).unwrap().standing(VISIT).unwrap()
}

fn status(ledger: &Ledger, n: u32) -> String {
    standing(ledger, n).status.unwrap().to_string()
}

fn path(ledger: &Ledger) -> Vec<String> {
    standing(ledger, 2_000).history.iter().map(|step| format!("{} {}", step.on, step.status)).collect()
}

fn conflicts(ledger: &Ledger) -> Vec<Conflict> {
    ledger.view_on(day(2_000)).unwrap().conflicts()
}

fn codes(ledger: &Ledger) -> Vec<&'static str> {
    conflicts(ledger).iter().map(|conflict| conflict.reason.code()).collect()
}

fn foreign_step(to: &str, n: u32, seconds: i64) -> Entry {
    let fact = json!({ "advance": { "sources": [source(1)], "to": to } });
    seal(entry_about(VISIT, fact, Some(&day(n).to_string()), at(seconds), "elsewhere"))
}

#[test]
fn contradicting_steps_of_two_phones_are_one_conflict_until_one_is_retracted() {
    let promised = ledger_with_visit();
    let (mut first, mut second) = (promised.clone(), promised.clone());
    let done = recorded(&mut first, 100, "first", step(action::DONE, 30));
    let not_done = recorded(&mut second, 200, "second", step(action::NOT_DONE, 40));

    let before = (first.clone(), second.clone());
    first.merge(&before.1);
    second.merge(&before.0);
    assert_eq!(first.digest(), second.digest());
    assert_eq!(standing(&first, 50), standing(&second, 50));

    // The entry that was recorded first counts. The other one is a conflict with its reason.
    assert_eq!(status(&first, 50), "done");
    let [conflict] = conflicts(&first).try_into().unwrap();
    assert_eq!(conflict.entry, not_done);
    assert_eq!(
        conflict.reason.to_string(),
        "us/abe-visit cannot go to not-done on 2001-02-10: it stood at done since 2001-01-31; \
         from there it can go to: under-way"
    );
    assert_eq!(standing(&first, 50).conflicts, [conflict]);

    // Retracting the conflicting entry resolves the conflict.
    let mut settled = first.clone();
    append(&mut settled, 300, "first", Retract::builder(VISIT, not_done, "The visit took place")).unwrap();
    assert_eq!((status(&settled, 50).as_str(), conflicts(&settled)), ("done", vec![]));

    // Retracting the entry that counts makes the other one count.
    append(&mut first, 300, "first", Retract::builder(VISIT, done, "A hoax")).unwrap();
    assert_eq!((status(&first, 50).as_str(), conflicts(&first)), ("not-done", vec![]));
    assert_eq!(standing(&first, 50).verdict, Some(Verdict::Broken));
}

#[test]
fn a_back_dated_step_that_makes_a_later_step_impossible_is_the_conflict() {
    let mut ledger = ledger_with_visit();
    recorded(&mut ledger, 100, "desk", step(action::DONE, 30));
    let given_up = foreign_step("given-up", 20, 200);
    let refused = append(&mut ledger, 150, "desk", step(action::GIVEN_UP, 20)).unwrap_err();
    ledger.merge_entries([given_up.clone()]);
    let [conflict] = conflicts(&ledger).try_into().unwrap();
    assert_eq!((conflict.entry, &conflict.reason), (given_up.id(), &refused));
    assert_eq!(refused.code(), "breaks-later-step");
    assert_eq!(status(&ledger, 50), "done");
}

#[test]
fn the_first_of_two_rival_registrations_counts() {
    let (mut first, mut second) = (Ledger::new(), Ledger::new());
    append(&mut first, 0, "first", visit(builtin::action())).unwrap();
    let rival = recorded(&mut second, 10, "second", visit(builtin::action()).deadline(day(60)));
    first.merge(&second);
    assert_eq!(standing(&first, 70).deadline, None);
    let [conflict] = conflicts(&first).try_into().unwrap();
    assert_eq!((conflict.entry, conflict.reason.code()), (rival, "already-registered"));

    // When the first registration is retracted, the second one counts.
    let held = standing(&first, 70).history[0].entry.unwrap();
    append(&mut first, 20, "first", Retract::builder(VISIT, held, "The other is right")).unwrap();
    assert_eq!(standing(&first, 70).deadline, Some(day(60).into()));
    assert_eq!(conflicts(&first), []);
}

#[test]
fn two_equal_registrations_are_no_conflict() {
    let (mut first, mut second) = (Ledger::new(), Ledger::new());
    append(&mut first, 0, "first", visit(builtin::action())).unwrap();
    append(&mut second, 10, "second", visit(builtin::action())).unwrap();
    recorded(&mut second, 20, "second", step(action::UNDER_WAY, 5));
    first.merge(&second);
    assert_eq!(conflicts(&first), []);
    assert_eq!(status(&first, 10), "under-way");
}

#[test]
fn steps_of_one_day_are_in_the_order_of_recording_unless_one_names_its_predecessor() {
    let mut ledger = ledger_with_visit();
    let begun = recorded(&mut ledger, 100, "desk", step(action::UNDER_WAY, 10));
    recorded(&mut ledger, 200, "desk", step(action::DONE, 10));
    assert_eq!(path(&ledger), ["2001-01-01 planned", "2001-01-11 under-way", "2001-01-11 done"]);

    // After the last step of the day, `stalled` is not allowed; right after the first step, it is.
    let stalled = step(action::STALLED, 10);
    assert_eq!(append(&mut ledger, 300, "desk", stalled.clone()).unwrap_err().code(), "illegal-step");
    append(&mut ledger, 300, "desk", stalled.after(begun)).unwrap();
    assert_eq!(path(&ledger), ["2001-01-01 planned", "2001-01-11 under-way", "2001-01-11 stalled", "2001-01-11 done"]);

    let elsewhere = step(action::STALLED, 11).after(begun);
    let refused = append(&mut ledger, 400, "desk", elsewhere).unwrap_err();
    assert_eq!(refused.code(), "unknown-entry");
}

#[test]
fn a_repeated_step_adds_its_sources_and_changes_nothing_else() {
    let promised = ledger_with_visit();
    let (mut first, mut second) = (promised.clone(), promised.clone());
    let held = recorded(&mut first, 100, "first", step(action::DONE, 10));
    let again =
        recorded(&mut second, 200, "second", Advance::builder(VISIT, action::DONE).on(day(10)).citing(source(2)));
    let before = standing(&first, 20);
    first.merge(&second);
    let after = standing(&first, 20);
    assert_eq!(conflicts(&first), []);
    assert_eq!((after.history.len(), after.since, after.verdict), (2, before.since, before.verdict));
    let done = &after.history[1];
    assert_eq!((done.entry, done.further_entries.as_slice()), (Some(held), [again].as_slice()));
    assert_eq!(done.sources, [source(1), source(2)]);

    // When the first entry is retracted, the repeated entry keeps the step.
    append(&mut first, 300, "first", Retract::builder(VISIT, held, "Entered twice")).unwrap();
    let carried = standing(&first, 20);
    assert_eq!((carried.history[1].entry, carried.since), (Some(again), before.since));
    assert_eq!(carried.history[1].sources, [source(2)]);
}

#[test]
fn a_conflicting_step_counts_once_another_entry_makes_it_legal() {
    let chain = chain(4);
    let mut ledger = Ledger::new();
    append(&mut ledger, 0, "desk", Batch::new().and(chain.clone()).and(visit(&chain))).unwrap();
    ledger.merge_entries([foreign_step("s3", 30, 10), foreign_step("s2", 20, 20)]);
    assert_eq!(codes(&ledger), ["illegal-step", "illegal-step"]);
    assert_eq!(path(&ledger), ["2001-01-01 s0"]);

    append(&mut ledger, 100, "desk", step("s1", 10)).unwrap();
    assert_eq!(path(&ledger), ["2001-01-01 s0", "2001-01-11 s1", "2001-01-21 s2", "2001-01-31 s3"]);
    assert_eq!(conflicts(&ledger), []);
    // A view as known before that still gives the old answer.
    let before = ledger.view_on(day(60)).unwrap().known_at(at(20)).unwrap().standing(VISIT).unwrap();
    assert_eq!((before.history.len(), before.conflicts.len()), (1, 2));
}

#[test]
fn a_step_that_later_steps_need_is_retracted_only_with_a_replacement() {
    let chain = chain(4);
    let mut ledger = Ledger::new();
    append(&mut ledger, 0, "desk", Batch::new().and(chain.clone()).and(visit(&chain))).unwrap();
    let wrong = recorded(&mut ledger, 100, "desk", step("s1", 10));
    let later = recorded(&mut ledger, 200, "desk", step("s2", 20));
    let held = ledger.clone();
    let retract = || Retract::builder(VISIT, wrong, "It was on another day");
    let refused = append(&mut ledger, 300, "desk", retract()).unwrap_err();
    assert!(matches!(&refused, Error::RetractionBreaks { entry, .. } if *entry == wrong), "{refused}");
    assert_eq!(ledger.digest(), held.digest());

    // A replacement in the same batch is accepted, before or after the retraction.
    for batch in [Batch::new().and(retract()).and(step("s1", 15)), Batch::new().and(step("s1", 15)).and(retract())] {
        let mut mended = ledger.clone();
        append(&mut mended, 300, "desk", batch).unwrap();
        assert_eq!(path(&mended), ["2001-01-01 s0", "2001-01-16 s1", "2001-01-21 s2"]);
    }
    // A replacement on a day that is too late is refused.
    let late = Batch::new().and(retract()).and(step("s1", 25));
    assert!(append(&mut ledger, 300, "desk", late).is_err());
    // Retracting the dependent step too is accepted.
    let both = Batch::new().and(Retract::builder(VISIT, later, "Nor that")).and(retract());
    append(&mut ledger, 300, "desk", both).unwrap();
    assert_eq!(path(&ledger), ["2001-01-01 s0"]);
}

#[test]
fn a_step_is_retracted_alone_if_the_later_steps_are_legal_without_it() {
    let mut ledger = ledger_with_visit();
    let wrong = recorded(&mut ledger, 100, "desk", step(action::DONE, 10));
    recorded(&mut ledger, 200, "desk", Advance::builder(VISIT, action::UNDER_WAY).on(day(20)));
    append(&mut ledger, 300, "desk", Retract::builder(VISIT, wrong, "It was not done yet")).unwrap();
    assert_eq!(path(&ledger), ["2001-01-01 planned", "2001-01-21 under-way"]);
}

#[test]
fn a_retraction_can_be_retracted_and_no_entry_is_retracted_twice() {
    let mut ledger = ledger_with_visit();
    let done = recorded(&mut ledger, 100, "desk", step(action::DONE, 10));
    let retracted = recorded(&mut ledger, 200, "desk", Retract::builder(VISIT, done, "A hoax"));
    assert_eq!(status(&ledger, 20), "planned");
    let again = append(&mut ledger, 300, "desk", Retract::builder(VISIT, done, "A hoax")).unwrap_err();
    assert_eq!(again, Error::AlreadyRetracted { entry: done, by: retracted });
    recorded(&mut ledger, 300, "desk", Retract::builder(VISIT, retracted, "It was none"));
    assert_eq!(status(&ledger, 20), "done");
    // A view as known between the two retractions still shows the first one.
    let then = ledger.view_on(day(20)).unwrap().known_at(at(200)).unwrap().standing(VISIT).unwrap();
    assert_eq!(then.status.unwrap(), "planned");
}

#[test]
fn a_step_dated_by_month_counts_from_the_last_day_of_the_month() {
    let promised = ledger_with_visit();
    let (mut first, mut second) = (promised.clone(), promised.clone());
    let begun = Advance::builder(VISIT, action::UNDER_WAY).on("2001-02");
    append(&mut first, 100, "first", begun).unwrap();
    recorded(&mut second, 200, "second", step(action::DONE, 59));
    let all = merged(&[&first, &second]);
    assert_eq!(path(&all), ["2001-01-01 planned", "2001-02 under-way", "2001-03-01 done"]);
    assert_eq!(all.view_on("2001-02-27").unwrap().standing(VISIT).unwrap().status.unwrap(), "planned");
}

#[test]
fn a_retracted_registration_is_an_unknown_commitment_to_links_and_parts() {
    let mut ledger = ledger_with_visit();
    let other = |id: &str| {
        let other = Commitment::builder(id, "Another").procedure(builtin::action()).by("us").made(day(0));
        other.obligation(Obligation::Result).words("will", source(0))
    };
    let mistaken = recorded(&mut ledger, 100, "desk", other("us/other"));
    append(&mut ledger, 200, "desk", Retract::builder("us/other", mistaken, "Nobody said so")).unwrap();

    let part = other("us/part").part_of("us/other");
    for refused in [
        append(&mut ledger, 300, "desk", Link::builder(VISIT, Relation::Successor, "us/other")),
        append(&mut ledger, 300, "desk", part),
    ] {
        let other = "us/other".parse().unwrap();
        assert_eq!(refused.unwrap_err(), Error::UnknownCommitment { commitment: other, nearest: None });
    }
}

#[test]
fn an_entry_of_a_large_ledger_is_found_and_never_added_twice() {
    let mut whole = ledger_with_visit();
    for n in 1..200 {
        let to = if n % 2 == 1 { action::UNDER_WAY } else { action::STALLED };
        recorded(&mut whole, n.into(), "desk", step(to, n));
    }
    let entries: Vec<Entry> = whole.entries().cloned().collect();
    let mut again = Ledger::new();
    // Entries in order, in reverse order, and from the middle on: newer than all others, older, and
    // already there.
    let rounds = [entries.clone(), entries.iter().rev().cloned().collect(), entries[100..].to_vec()];
    for (nth, round) in rounds.into_iter().enumerate() {
        let new = again.merge_entries(round);
        assert_eq!((new, again.len()), (if nth == 0 { entries.len() } else { 0 }, entries.len()));
    }
    let mut backwards = Ledger::new();
    for entry in entries.iter().rev() {
        assert_eq!(backwards.merge_entries([entry.clone()]), 1);
        assert_eq!(backwards.merge_entries([entry.clone()]), 0);
    }
    for ledger in [&again, &backwards] {
        assert!(entries.iter().all(|entry| ledger.entry(entry.id()) == Some(entry)));
        assert_eq!((ledger.newest(), ledger.digest()), (whole.newest(), whole.digest()));
    }
    assert_eq!(again.entry(foreign_step("done", 1, 900).id()), None);
}

#[test]
fn a_step_cannot_come_after_one_that_stands_behind_a_later_day() {
    let mut ledger = ledger_with_visit();
    recorded(&mut ledger, 100, "desk", step(action::UNDER_WAY, 20));
    let stalled = Advance::builder(VISIT, action::STALLED).on("2001-01").citing(source(1));
    let stalled = recorded(&mut ledger, 200, "desk", stalled);
    assert_eq!(path(&ledger), ["2001-01-01 planned", "2001-01-21 under-way", "2001-01 stalled"]);
    let done = step(action::DONE, 10).after(stalled);
    assert_eq!(append(&mut ledger, 300, "desk", done).unwrap_err().code(), "unknown-entry");
}
