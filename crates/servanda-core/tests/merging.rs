//! What happens when people who recorded apart come together: stories of two phones, a forger, and a calendar that grows.

#![allow(clippy::unwrap_used)]

mod generate;

use generate::{at, chain, day, draft_of, merged, seal, source};
use serde_json::json;
use servanda_core::builtin::{self, action};
use servanda_core::{
    Advance, Batch, Calendar, Commitment, Conflict, Date, Day, Define, Draft, Entry, EntryId, Error, Ledger, Link,
    Obligation, Party, Procedure, Relation, Remark, Result, Retract, Standing, Verdict, Words,
};

const VISIT: &str = "us/abe-visit";

fn on(text: &str) -> Day {
    text.parse().unwrap()
}

fn visit(procedure: &Procedure) -> Commitment {
    let words = Words::new("has invited", source(0)).unwrap();
    Commitment::new(VISIT, "A visit", procedure).unwrap().given("us", day(0), Obligation::Result, words).unwrap()
}

/// Records at so many seconds, by the name of the device.
fn append(ledger: &mut Ledger, seconds: i64, by: &str, batch: impl Into<Batch>) -> Result<Vec<EntryId>> {
    ledger.append(batch, &by.parse().unwrap(), at(seconds))
}

fn recorded(ledger: &mut Ledger, seconds: i64, by: &str, batch: impl Into<Batch>) -> EntryId {
    *append(ledger, seconds, by, batch).unwrap().last().unwrap()
}

/// A ledger with a visit that was promised on the first day.
fn promised() -> Ledger {
    let mut ledger = Ledger::new();
    append(&mut ledger, 0, "desk", visit(builtin::action())).unwrap();
    ledger
}

fn step(to: impl AsRef<str>, n: u32) -> Draft<Advance> {
    Advance::new(VISIT, to).on(day(n)).citing(source(1))
}

fn standing(ledger: &Ledger, n: u32) -> Standing {
    ledger.view_on(day(n)).standing(VISIT).unwrap()
}

fn status(ledger: &Ledger, n: u32) -> String {
    standing(ledger, n).status.unwrap().to_string()
}

fn path(ledger: &Ledger) -> Vec<String> {
    standing(ledger, 2_000).history.iter().map(|step| format!("{} {}", step.on, step.status)).collect()
}

fn conflicts(ledger: &Ledger) -> Vec<Conflict> {
    ledger.view_on(day(2_000)).conflicts()
}

fn codes(ledger: &Ledger) -> Vec<&'static str> {
    conflicts(ledger).iter().map(|conflict| conflict.reason.code()).collect()
}

fn raw_step(to: &str, n: u32, seconds: i64) -> Entry {
    let fact = json!({ "advance": { "sources": [source(1)], "to": to } });
    seal(draft_of(VISIT, fact, Some(&day(n).to_string()), at(seconds), "elsewhere"))
}

#[test]
fn two_phones_record_what_excludes_one_another_and_one_visible_conflict_remains_until_one_is_retracted() {
    let promised = promised();
    let (mut first, mut second) = (promised.clone(), promised.clone());
    let done = recorded(&mut first, 100, "first", step(action::DONE, 30));
    let not_done = recorded(&mut second, 200, "second", step(action::NOT_DONE, 40));

    let before = (first.clone(), second.clone());
    first.merge(&before.1);
    second.merge(&before.0);
    assert_eq!(first.digest(), second.digest());
    assert_eq!(standing(&first, 50), standing(&second, 50));

    // What was recorded first holds, and the other is shown with the reason.
    assert_eq!(status(&first, 50), "done");
    let [conflict] = conflicts(&first).try_into().unwrap();
    assert_eq!(conflict.entry, not_done);
    assert_eq!(
        conflict.reason.to_string(),
        "us/abe-visit cannot go to not-done on 2001-02-10: it stood at done since 2001-01-31; \
         from there it can go to: under-way"
    );
    assert_eq!(standing(&first, 50).conflicts, [conflict]);

    // To retract what does not fit settles it.
    let mut settled = first.clone();
    append(&mut settled, 300, "first", Retract::new(VISIT, not_done, "The visit took place")).unwrap();
    assert_eq!((status(&settled, 50).as_str(), conflicts(&settled)), ("done", vec![]));

    // To retract what holds lets the other in.
    append(&mut first, 300, "first", Retract::new(VISIT, done, "A hoax")).unwrap();
    assert_eq!((status(&first, 50).as_str(), conflicts(&first)), ("not-done", vec![]));
    assert_eq!(standing(&first, 50).verdict, Some(Verdict::Broken));
}

#[test]
fn a_back_dated_step_that_would_make_a_later_one_impossible_is_blamed_and_not_the_later_one() {
    let mut ledger = promised();
    recorded(&mut ledger, 100, "desk", step(action::DONE, 30));
    let given_up = raw_step("given-up", 20, 200);
    let refused = append(&mut ledger, 150, "desk", step(action::GIVEN_UP, 20)).unwrap_err();
    ledger.merge_entries([given_up.clone()]);
    let [conflict] = conflicts(&ledger).try_into().unwrap();
    assert_eq!((conflict.entry, &conflict.reason), (given_up.id(), &refused));
    assert_eq!(refused.code(), "breaks-later-step");
    assert_eq!(status(&ledger, 50), "done");
}

#[test]
fn the_first_of_two_rival_registrations_holds() {
    let (mut first, mut second) = (Ledger::new(), Ledger::new());
    append(&mut first, 0, "first", visit(builtin::action())).unwrap();
    let rival = recorded(&mut second, 10, "second", visit(builtin::action()).due(day(60)));
    first.merge(&second);
    assert_eq!(standing(&first, 70).deadline, None);
    let [conflict] = conflicts(&first).try_into().unwrap();
    assert_eq!((conflict.entry, conflict.reason.code()), (rival, "already-registered"));

    // With the first one retracted the other is what is registered.
    let held = standing(&first, 70).history[0].entry.unwrap();
    append(&mut first, 20, "first", Retract::new(VISIT, held, "The other is right")).unwrap();
    assert_eq!(standing(&first, 70).deadline, Some(day(60).into()));
    assert_eq!(conflicts(&first), []);
}

#[test]
fn two_people_who_register_the_same_are_of_one_mind() {
    let (mut first, mut second) = (Ledger::new(), Ledger::new());
    append(&mut first, 0, "first", visit(builtin::action())).unwrap();
    append(&mut second, 10, "second", visit(builtin::action())).unwrap();
    recorded(&mut second, 20, "second", step(action::UNDER_WAY, 5));
    first.merge(&second);
    assert_eq!(conflicts(&first), []);
    assert_eq!(status(&first, 10), "under-way");
}

#[test]
fn the_first_definition_of_a_procedure_holds_and_a_rival_one_is_a_conflict() {
    let (mut first, mut second) = (Ledger::new(), Ledger::new());
    let long = chain(5);
    let short = Procedure { statuses: chain(3).statuses, transitions: chain(3).transitions, ..long.clone() };
    append(&mut first, 0, "first", Batch::new().and(long.clone()).and(visit(&long))).unwrap();
    let rival = recorded(&mut second, 10, "second", short.clone());
    let other = Commitment::new("jp/other", "Another", &short).unwrap();
    let words = Words::new("will", source(0)).unwrap();
    recorded(&mut second, 20, "second", other.given("jp", day(0), Obligation::Result, words).unwrap());
    first.merge(&second);

    let [conflict] = conflicts(&first).try_into().unwrap();
    assert_eq!(conflict.entry, rival);
    assert!(matches!(conflict.reason, Error::RivalDefinition { held, given, .. }
        if held == long.pin().digest && given == short.pin().digest));
    assert_eq!(status(&first, 10), "s0");
    // What is pinned to the other definition has no status, and nothing is made up for it.
    let pinned = first.view_on(day(10)).standing("jp/other").unwrap();
    assert_eq!((pinned.status, pinned.verdict), (None, None));
    assert!(pinned.reason.unwrap().contains("is not defined on this ledger"));

    // Nobody can say which steps it may take.
    let refused = append(&mut first, 30, "first", Advance::new("jp/other", "s1").on(day(5))).unwrap_err();
    assert_eq!(refused.code(), "unknown-procedure");
    recorded(&mut first, 30, "first", Remark::new("jp/other", "Still waited for").on(day(5)));

    let refused = append(&mut first, 40, "first", short).unwrap_err();
    assert_eq!(refused.code(), "rival-definition");
}

#[test]
fn half_a_batch_is_shown_and_counts_when_the_rest_arrives() {
    let mut phone = promised();
    let desk = phone.clone();
    let batch = Batch::new()
        .and(step(action::UNDER_WAY, 10))
        .and(Remark::new(VISIT, "The aeroplane is late").on(day(12)))
        .and(step(action::DONE, 20));
    append(&mut phone, 100, "phone", batch).unwrap();
    let entries: Vec<Entry> = phone.entries().skip(desk.len()).cloned().collect();

    for missing in 0..3 {
        let mut half = desk.clone();
        half.merge_entries(entries.iter().cloned().enumerate().filter(|(n, _)| *n != missing).map(|(_, entry)| entry));
        assert_eq!(status(&half, 30), "planned");
        assert_eq!(standing(&half, 30).remarks, []);
        assert_eq!(codes(&half), ["half-batch", "half-batch"]);
        assert_eq!(standing(&half, 30).conflicts, conflicts(&half));

        half.merge_entries([entries[missing].clone()]);
        assert_eq!((status(&half, 30).as_str(), conflicts(&half)), ("done", vec![]));
        assert_eq!(standing(&half, 30), standing(&phone, 30));
    }

    // Until its last entry was written down, none of it was known.
    let view = phone.view_on(day(30));
    let known = |n: usize| view.known_at(entries[n].recorded_at()).standing(VISIT).unwrap();
    assert_eq!(known(1).status.unwrap(), "planned");
    assert_eq!((known(1).remarks.len(), known(1).conflicts.len()), (0, 0));
    assert_eq!(known(2).status.unwrap(), "done");
}

#[test]
fn a_batch_that_does_not_fit_is_left_out_as_a_whole() {
    let promised = promised();
    let (mut first, mut second) = (promised.clone(), promised.clone());
    recorded(&mut first, 100, "first", step(action::NOT_DONE, 15));
    let batch = Batch::new().and(step(action::UNDER_WAY, 10)).and(step(action::DONE, 20));
    let ids = append(&mut second, 200, "second", batch).unwrap();
    first.merge(&second);
    // By itself its first step would fit; it was meant together with the second.
    assert_eq!(path(&first), ["2001-01-01 planned", "2001-01-16 not-done"]);
    let left_out: Vec<EntryId> = conflicts(&first).iter().map(|conflict| conflict.entry).collect();
    assert_eq!(left_out, ids);
}

#[test]
fn a_batch_is_taken_up_when_its_last_entry_was_recorded() {
    let promised = promised();
    let (mut first, mut second) = (promised.clone(), promised.clone());
    let batch = Batch::new().and(step(action::UNDER_WAY, 10)).and(step(action::DONE, 20).recorded_at(at(300)));
    append(&mut first, 100, "first", batch).unwrap();
    recorded(&mut second, 200, "second", step(action::NOT_DONE, 15));
    first.merge(&second);
    assert_eq!(path(&first), ["2001-01-01 planned", "2001-01-16 not-done"]);
    assert_eq!(codes(&first), ["illegal-step", "illegal-step"]);
}

#[test]
fn a_forged_entry_with_the_mark_of_a_batch_does_not_disturb_the_batch() {
    let mut ledger = promised();
    let batch = Batch::new().and(step(action::UNDER_WAY, 10)).and(step(action::DONE, 20));
    append(&mut ledger, 100, "desk", batch).unwrap();
    let held = standing(&ledger, 30);
    let marks: Vec<_> = ledger.entries().filter_map(Entry::batch).collect();
    for mark in marks {
        // It would be legal, and is left out because the batch that it claims to end is whole without it.
        let fact = json!({ "advance": { "sources": [source(3)], "to": "stalled" } });
        let mut forged = draft_of(VISIT, fact, Some("2001-01-06"), at(900), "forger");
        forged["batch"] = serde_json::to_value(mark).unwrap();
        let forged = seal(forged);
        let mut disturbed = ledger.clone();
        disturbed.merge_entries([forged.clone()]);
        assert_eq!(standing(&disturbed, 30).history, held.history);
        let [conflict] = conflicts(&disturbed).try_into().unwrap();
        assert_eq!((conflict.entry, conflict.reason.code()), (forged.id(), "half-batch"));
    }
}

/// Four statuses, of which each leads to the next, and the first to the last too.
const SHORT_CUT: &str = r#"
id = "short-cut"
version = 1
initial = "first"
title = { en = "Short cut" }
[[statuses]]
id = "first"
phase = "active"
title = { en = "First" }
[[statuses]]
id = "second"
phase = "active"
title = { en = "Second" }
[[statuses]]
id = "third"
phase = "active"
title = { en = "Third" }
[[statuses]]
id = "last"
phase = "achieved"
title = { en = "Last" }
final = true
[[transitions]]
from = ["first"]
to = "second"
basis = "Practice"
title = { en = "To the second" }
[[transitions]]
from = ["second"]
to = "third"
basis = "Practice"
title = { en = "To the third" }
[[transitions]]
from = ["first", "third"]
to = "last"
basis = "Practice"
title = { en = "To the last" }
"#;

fn brief(ledger: &Ledger, n: u32) -> Option<String> {
    let view = ledger.view_on(day(n));
    view.briefs().find_map(|brief| brief.status().map(|status| status.id.to_string()))
}

/// What is remembered of the path has the two batches in it when the step comes that was recorded before they became known.
#[test]
fn a_step_recorded_before_the_last_entries_of_batches_is_taken_up_before_them_even_if_it_arrives_later() {
    let procedure = Procedure::from_toml("short-cut.toml", SHORT_CUT).unwrap();
    let mut ledger = Ledger::new();
    append(&mut ledger, 0, "desk", Batch::new().and(procedure.clone()).and(visit(&procedure))).unwrap();
    let to_last = raw_step("last", 30, 200);
    for (to, n, known) in [("second", 10, 300), ("third", 20, 400)] {
        let about_something_else = Party::new("jp", "en", "Japan").unwrap();
        let batch =
            Batch::new().and(step(to, n)).and(Draft::from(Define::Party(about_something_else)).recorded_at(at(known)));
        let seconds = i64::from(n);
        append(&mut ledger, seconds, "desk", batch).unwrap();
    }
    assert_eq!((brief(&ledger, 15).as_deref(), brief(&ledger, 35).as_deref()), (Some("second"), Some("third")));
    ledger.merge_entries([to_last]);
    let anew = merged(&[&ledger]);
    for ledger in [&ledger, &anew] {
        assert_eq!(path(ledger), ["2001-01-01 first", "2001-01-31 last"]);
        assert_eq!((brief(ledger, 15).as_deref(), brief(ledger, 35).as_deref()), (Some("first"), Some("last")));
    }
}

#[test]
fn what_comes_in_together_may_come_in_any_order() {
    let mut ledger = Ledger::new();
    append(&mut ledger, 0, "desk", builtin::action().clone()).unwrap();
    let about_something_else = Party::new("jp", "en", "Japan").unwrap();
    append(&mut ledger, 10, "desk", Batch::new().and(visit(builtin::action())).and(about_something_else)).unwrap();
    append(&mut ledger, 20, "desk", step(action::UNDER_WAY, 10)).unwrap();
    let entries: Vec<Entry> = ledger.entries().cloned().collect();
    let mut reversed = Ledger::new();
    reversed.merge_entries([entries[0].clone()]);
    assert_eq!(brief(&reversed, 15), None);
    // The last of the batch comes before the registration, about which there is one entry by then.
    reversed.merge_entries([3, 2, 1].map(|nth| entries[nth].clone()));
    assert_eq!(brief(&reversed, 15).as_deref(), Some("under-way"));
    assert_eq!(standing(&reversed, 15), standing(&ledger, 15));
}

#[test]
fn of_two_whole_batches_that_share_an_entry_the_one_that_was_whole_first_counts_whichever_arrives_first() {
    let promised = promised();
    let mut real = promised.clone();
    let batch = Batch::new().and(step(action::UNDER_WAY, 10)).and(step(action::DONE, 20).recorded_at(at(300)));
    append(&mut real, 100, "desk", batch).unwrap();
    let entries: Vec<Entry> = real.entries().skip(promised.len()).cloned().collect();
    let forged = |to: &str, seconds| {
        let fact = json!({ "advance": { "sources": [source(1)], "to": to } });
        let mut draft = draft_of(VISIT, fact, Some(&day(21).to_string()), at(seconds), "forger");
        draft["batch"] = serde_json::to_value(entries[1].batch()).unwrap();
        seal(draft)
    };
    for (end, expected) in [(forged("stalled", 200), "stalled"), (forged("given-up", 400), "done")] {
        let last = [entries[1].clone(), end];
        for order in [[0, 1], [1, 0]] {
            let mut ledger = promised.clone();
            ledger.merge_entries([entries[0].clone()]);
            for which in order {
                ledger.merge_entries([last[which].clone()]);
                assert!(brief(&ledger, 30).is_some());
            }
            assert_eq!((status(&ledger, 30).as_str(), brief(&ledger, 30).as_deref()), (expected, Some(expected)));
            assert_eq!(codes(&ledger), ["half-batch"]);

            let mut together = promised.clone();
            together.merge_entries([entries[0].clone(), last[order[0]].clone(), last[order[1]].clone()]);
            assert_eq!(standing(&together, 30), standing(&ledger, 30));
            assert_eq!(brief(&together, 30).as_deref(), Some(expected));
        }
    }
}

/// A procedure in which everything is dropped when the session closes in which it was begun.
const SESSION: &str = r#"
id = "session"
version = 1
initial = "before"
title = { en = "Before a council" }
[[statuses]]
id = "before"
phase = "active"
title = { en = "Before the council" }
[[statuses]]
id = "dropped"
phase = "failed"
title = { en = "Dropped" }
final = true
[[statuses]]
id = "done"
phase = "achieved"
title = { en = "Done" }
final = true
[[transitions]]
from = ["before"]
to = "done"
basis = "Practice"
title = { en = "Done" }
[[transitions]]
from = ["dropped"]
to = "before"
reopening = true
basis = "Practice"
title = { en = "Begun again" }
[[clocks]]
id = "close"
while = ["before"]
starts = ["before"]
to = "dropped"
fires = "end"
rule = { close = { calendar = "council", of = "containing" } }
basis = "Rule 7"
title = { en = "Dropped at the close" }
"#;

fn council(closed: Option<&str>) -> Calendar {
    let closed = closed.map_or_else(String::new, |day| format!("closed = \"{day}\"\n"));
    let text = format!(
        "id = \"council\"\nthrough = \"2001-06-30\"\ntitle = {{ en = \"Council\" }}\n[[periods]]\nnumber = 1\n\
         convened = \"2000-12-01\"\nbasis = \"published\"\n{closed}"
    );
    Calendar::from_toml("council.toml", &text).unwrap()
}

#[test]
fn the_latest_calendar_known_applies_and_what_was_known_before_stays_known() {
    let session = Procedure::from_toml("session.toml", SESSION).unwrap();
    let mut ledger = Ledger::new();
    let setup = Batch::new().and(session.clone()).and(council(None)).and(visit(&session));
    append(&mut ledger, 0, "desk", setup).unwrap();
    let open = ledger.newest().unwrap();
    // While the session is open, it is known where it stands as far as the calendar speaks, and not after.
    assert_eq!(standing(&ledger, 60).status.unwrap(), "before");
    let beyond = ledger.view_on(on("2001-07-01")).standing(VISIT).unwrap();
    assert_eq!((beyond.status, beyond.phase, beyond.verdict), (None, None, None));
    assert!(beyond.reason.unwrap().contains("council"));

    append(&mut ledger, 100, "desk", council(Some("2001-05-31"))).unwrap();
    let closed = ledger.newest().unwrap();
    append(&mut ledger, 200, "desk", council(Some("2001-02-28"))).unwrap();
    let status = |known_at, day| ledger.view_on(on(day)).known_at(known_at).standing(VISIT).unwrap().status;
    assert_eq!(status(open, "2001-06-01").unwrap(), "before");
    assert_eq!(status(closed, "2001-05-30").unwrap(), "before");
    assert_eq!(status(closed, "2001-05-31").unwrap(), "dropped");
    assert_eq!(status(ledger.newest().unwrap(), "2001-02-28").unwrap(), "dropped");

    // The correction was a mistake: the one before it applies again.
    let correction = ledger.entries().last().unwrap().id();
    append(&mut ledger, 300, "desk", Retract::definition(correction, "Misread")).unwrap();
    assert_eq!(standing(&ledger, 100).status.unwrap(), "before");
}

#[test]
fn a_calendar_without_which_a_step_is_impossible_is_not_retracted() {
    let session = Procedure::from_toml("session.toml", SESSION).unwrap();
    let mut ledger = Ledger::new();
    append(&mut ledger, 0, "desk", Batch::new().and(session.clone()).and(visit(&session))).unwrap();
    let calendar = recorded(&mut ledger, 100, "desk", council(Some("2001-02-28")));
    let begun = recorded(&mut ledger, 200, "desk", step("before", 100));
    let retract = || Retract::definition(calendar, "Misread");
    let refused = append(&mut ledger, 300, "desk", retract()).unwrap_err();
    assert!(matches!(&refused, Error::RetractionBreaks { entry, .. } if *entry == calendar), "{refused}");
    let both = Batch::new().and(retract()).and(Retract::new(VISIT, begun, "Not begun again"));
    append(&mut ledger, 300, "desk", both).unwrap();
    assert_eq!(conflicts(&ledger), []);
}

#[test]
fn a_calendar_that_makes_a_step_impossible_is_defined_only_together_with_its_retraction() {
    let session = Procedure::from_toml("session.toml", SESSION).unwrap();
    let mut ledger = Ledger::new();
    let setup = Batch::new().and(session.clone()).and(council(None)).and(visit(&session));
    append(&mut ledger, 0, "desk", setup).unwrap();
    let done = recorded(&mut ledger, 150, "desk", step("done", 100));
    let digest = ledger.digest();
    let early = || council(Some("2001-02-28"));
    assert_eq!(append(&mut ledger, 200, "desk", early()).unwrap_err().code(), "calendar-breaks");
    assert_eq!(ledger.digest(), digest);
    let both = Batch::new().and(early()).and(Retract::new(VISIT, done, "Not done"));
    append(&mut ledger, 200, "desk", both).unwrap();
    assert_eq!((conflicts(&ledger), standing(&ledger, 100).status.unwrap().as_str()), (vec![], "dropped"));
}

#[test]
fn steps_of_one_day_stand_in_the_order_of_recording_unless_one_says_what_it_comes_after() {
    let mut ledger = promised();
    let begun = recorded(&mut ledger, 100, "desk", step(action::UNDER_WAY, 10));
    recorded(&mut ledger, 200, "desk", step(action::DONE, 10));
    assert_eq!(path(&ledger), ["2001-01-01 planned", "2001-01-11 under-way", "2001-01-11 done"]);

    // After the last step of the day nothing stalls any more; right after the first it can.
    let stalled = step(action::STALLED, 10);
    assert_eq!(append(&mut ledger, 300, "desk", stalled.clone()).unwrap_err().code(), "illegal-step");
    append(&mut ledger, 300, "desk", stalled.after(begun)).unwrap();
    assert_eq!(path(&ledger), ["2001-01-01 planned", "2001-01-11 under-way", "2001-01-11 stalled", "2001-01-11 done"]);

    let elsewhere = step(action::STALLED, 11).after(begun);
    let refused = append(&mut ledger, 400, "desk", elsewhere).unwrap_err();
    assert_eq!(refused.code(), "unknown-entry");
}

#[test]
fn a_step_that_is_there_already_is_corroborated_and_moves_nothing() {
    let promised = promised();
    let (mut first, mut second) = (promised.clone(), promised.clone());
    let held = recorded(&mut first, 100, "first", step(action::DONE, 10));
    let again = recorded(&mut second, 200, "second", Advance::new(VISIT, action::DONE).on(day(10)).citing(source(2)));
    let before = standing(&first, 20);
    first.merge(&second);
    let after = standing(&first, 20);
    assert_eq!(conflicts(&first), []);
    assert_eq!((after.history.len(), after.since, after.verdict), (2, before.since, before.verdict));
    let done = &after.history[1];
    assert_eq!((done.entry, done.further_entries.as_slice()), (Some(held), [again].as_slice()));
    assert_eq!(done.sources, [source(1), source(2)]);

    // The one that corroborates carries the step when the other is retracted.
    append(&mut first, 300, "first", Retract::new(VISIT, held, "Entered twice")).unwrap();
    let carried = standing(&first, 20);
    assert_eq!((carried.history[1].entry, carried.since), (Some(again), before.since));
    assert_eq!(carried.history[1].sources, [source(2)]);
}

#[test]
fn a_step_that_waits_is_taken_up_once_another_makes_room_for_it() {
    let chain = chain(4);
    let mut ledger = Ledger::new();
    append(&mut ledger, 0, "desk", Batch::new().and(chain.clone()).and(visit(&chain))).unwrap();
    ledger.merge_entries([raw_step("s3", 30, 10), raw_step("s2", 20, 20)]);
    assert_eq!(codes(&ledger), ["illegal-step", "illegal-step"]);
    assert_eq!(path(&ledger), ["2001-01-01 s0"]);

    append(&mut ledger, 100, "desk", step("s1", 10)).unwrap();
    assert_eq!(path(&ledger), ["2001-01-01 s0", "2001-01-11 s1", "2001-01-21 s2", "2001-01-31 s3"]);
    assert_eq!(conflicts(&ledger), []);
    // What was known before stays as it was.
    let before = ledger.view_on(day(60)).known_at(at(20)).standing(VISIT).unwrap();
    assert_eq!((before.history.len(), before.conflicts.len()), (1, 2));
}

#[test]
fn a_step_that_others_rest_on_is_retracted_together_with_its_mending_or_not_at_all() {
    let chain = chain(4);
    let mut ledger = Ledger::new();
    append(&mut ledger, 0, "desk", Batch::new().and(chain.clone()).and(visit(&chain))).unwrap();
    let wrong = recorded(&mut ledger, 100, "desk", step("s1", 10));
    let later = recorded(&mut ledger, 200, "desk", step("s2", 20));
    let held = ledger.clone();
    let retract = || Retract::new(VISIT, wrong, "It was on another day");
    let refused = append(&mut ledger, 300, "desk", retract()).unwrap_err();
    assert!(matches!(&refused, Error::RetractionBreaks { entry, .. } if *entry == wrong), "{refused}");
    assert_eq!(ledger.digest(), held.digest());

    // Mended in the same batch, whichever stands first in it.
    for batch in [Batch::new().and(retract()).and(step("s1", 15)), Batch::new().and(step("s1", 15)).and(retract())] {
        let mut mended = ledger.clone();
        append(&mut mended, 300, "desk", batch).unwrap();
        assert_eq!(path(&mended), ["2001-01-01 s0", "2001-01-16 s1", "2001-01-21 s2"]);
    }
    // Not if the mending comes too late.
    let late = Batch::new().and(retract()).and(step("s1", 25));
    assert!(append(&mut ledger, 300, "desk", late).is_err());
    // Or what rests on it goes as well.
    let both = Batch::new().and(Retract::new(VISIT, later, "Nor that")).and(retract());
    append(&mut ledger, 300, "desk", both).unwrap();
    assert_eq!(path(&ledger), ["2001-01-01 s0"]);
}

#[test]
fn a_step_is_retracted_by_itself_where_what_follows_is_legal_without_it() {
    let mut ledger = promised();
    let wrong = recorded(&mut ledger, 100, "desk", step(action::DONE, 10));
    recorded(&mut ledger, 200, "desk", Advance::new(VISIT, action::UNDER_WAY).on(day(20)));
    append(&mut ledger, 300, "desk", Retract::new(VISIT, wrong, "It was not done yet")).unwrap();
    assert_eq!(path(&ledger), ["2001-01-01 planned", "2001-01-21 under-way"]);
}

#[test]
fn a_retraction_may_be_retracted_and_no_entry_is_retracted_twice() {
    let mut ledger = promised();
    let done = recorded(&mut ledger, 100, "desk", step(action::DONE, 10));
    let retracted = recorded(&mut ledger, 200, "desk", Retract::new(VISIT, done, "A hoax"));
    assert_eq!(status(&ledger, 20), "planned");
    let again = append(&mut ledger, 300, "desk", Retract::new(VISIT, done, "A hoax")).unwrap_err();
    assert_eq!(again, Error::AlreadyRetracted { entry: done, by: retracted });
    recorded(&mut ledger, 300, "desk", Retract::new(VISIT, retracted, "It was none"));
    assert_eq!(status(&ledger, 20), "done");
    // Between the two, what was known then is still what was known then.
    let then = ledger.view_on(day(20)).known_at(at(200)).standing(VISIT).unwrap();
    assert_eq!(then.status.unwrap(), "planned");
}

#[test]
fn a_month_counts_from_its_last_day_wherever_it_was_recorded() {
    let promised = promised();
    let (mut first, mut second) = (promised.clone(), promised.clone());
    let begun = Advance::new(VISIT, action::UNDER_WAY).on("2001-02".parse::<Date>().unwrap());
    append(&mut first, 100, "first", begun).unwrap();
    recorded(&mut second, 200, "second", step(action::DONE, 59));
    let all = merged(&[&first, &second]);
    assert_eq!(path(&all), ["2001-01-01 planned", "2001-02 under-way", "2001-03-01 done"]);
    assert_eq!(all.view_on(on("2001-02-27")).standing(VISIT).unwrap().status.unwrap(), "planned");
}

#[test]
fn what_was_registered_by_mistake_is_not_there_to_be_linked_to_nor_to_be_a_part_of() {
    let (mut ledger, words) = (promised(), Words::new("will", source(0)).unwrap());
    let given = |id| {
        let other = Commitment::new(id, "Another", builtin::action()).unwrap();
        other.given("us", day(0), Obligation::Result, words.clone()).unwrap()
    };
    let mistaken = recorded(&mut ledger, 100, "desk", given("us/other"));
    append(&mut ledger, 200, "desk", Retract::new("us/other", mistaken, "Nobody said so")).unwrap();

    let part = given("us/part").part_of("us/other").unwrap();
    for refused in [
        append(&mut ledger, 300, "desk", Link::new(VISIT, Relation::Successor, "us/other")),
        append(&mut ledger, 300, "desk", part),
    ] {
        let other = "us/other".parse().unwrap();
        assert_eq!(refused.unwrap_err(), Error::UnknownCommitment { commitment: other, nearest: None });
    }
}

#[test]
fn an_entry_is_found_and_never_taken_in_twice_wherever_it_stands_in_a_large_ledger() {
    let mut whole = promised();
    for n in 1..200 {
        let to = if n % 2 == 1 { action::UNDER_WAY } else { action::STALLED };
        recorded(&mut whole, n.into(), "desk", step(to, n));
    }
    let entries: Vec<Entry> = whole.entries().cloned().collect();
    let mut again = Ledger::new();
    // Forwards, backwards, and from the middle on: what is newer than all others, what is older, and what is there.
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
    assert_eq!(again.entry(raw_step("done", 1, 900).id()), None);
}

#[test]
fn a_definition_recorded_before_a_batch_became_known_comes_before_those_of_the_batch() {
    let long = chain(5);
    let short = Procedure { statuses: chain(3).statuses, transitions: chain(3).transitions, ..long.clone() };
    let (mut ledger, mut other) = (Ledger::new(), Ledger::new());
    let late = Remark::new(VISIT, "Late").on(day(5)).recorded_at(at(400));
    append(&mut ledger, 0, "desk", visit(builtin::action())).unwrap();
    let batch = append(&mut ledger, 100, "desk", Batch::new().and(long.clone()).and(late)).unwrap();
    // What comes in backwards makes the ledger forget what is defined, and find it out anew.
    let entries: Vec<Entry> = ledger.entries().cloned().collect();
    let mut ledger = Ledger::new();
    ledger.merge_entries(entries.into_iter().rev());
    assert!(ledger.view_on(day(10)).procedures().iter().any(|procedure| **procedure == long));
    recorded(&mut other, 200, "phone", short.clone());
    ledger.merge(&other);

    for ledger in [&ledger, &merged(&[&ledger])] {
        let [conflict] = conflicts(ledger).try_into().unwrap();
        assert_eq!(conflict.entry, batch[0]);
        assert!(ledger.view_on(day(10)).procedures().iter().any(|procedure| **procedure == short));
    }
}
