//! Batches whose entries arrive separately.

use super::*;

#[test]
fn an_incomplete_batch_is_a_conflict_and_counts_when_the_rest_arrives() {
    let mut phone = ledger_with_visit();
    let desk = phone.clone();
    let batch = Batch::new()
        .and(step(action::UNDER_WAY, 10))
        .and(Remark::builder(VISIT, "The aeroplane is late").on(day(12)))
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

    // Nothing of the batch is known before its last entry was recorded.
    let view = phone.view_on(day(30)).unwrap();
    let known = |n: usize| view.known_at(entries[n].recorded_at()).unwrap().standing(VISIT).unwrap();
    assert_eq!(known(1).status.unwrap(), "planned");
    assert_eq!((known(1).remarks.len(), known(1).conflicts.len()), (0, 0));
    assert_eq!(known(2).status.unwrap(), "done");
}

#[test]
fn a_batch_with_a_conflict_is_left_out_as_a_whole() {
    let promised = ledger_with_visit();
    let (mut first, mut second) = (promised.clone(), promised.clone());
    recorded(&mut first, 100, "first", step(action::NOT_DONE, 15));
    let batch = Batch::new().and(step(action::UNDER_WAY, 10)).and(step(action::DONE, 20));
    let ids = append(&mut second, 200, "second", batch).unwrap();
    first.merge(&second);
    // The first step alone would be legal, but the batch counts only as a whole.
    assert_eq!(path(&first), ["2001-01-01 planned", "2001-01-16 not-done"]);
    let left_out: Vec<EntryId> = conflicts(&first).iter().map(|conflict| conflict.entry).collect();
    assert_eq!(left_out, ids);
}

#[test]
fn a_batch_is_ordered_by_the_moment_of_its_last_entry() {
    let promised = ledger_with_visit();
    let (mut first, mut second) = (promised.clone(), promised.clone());
    let batch = Batch::new().and(step(action::UNDER_WAY, 10)).and(step(action::DONE, 20).recorded_at(at(300)));
    append(&mut first, 100, "first", batch).unwrap();
    recorded(&mut second, 200, "second", step(action::NOT_DONE, 15));
    first.merge(&second);
    assert_eq!(path(&first), ["2001-01-01 planned", "2001-01-16 not-done"]);
    assert_eq!(codes(&first), ["illegal-step", "illegal-step"]);
}

#[test]
fn a_forged_entry_that_claims_a_position_in_a_batch_does_not_change_the_batch() {
    let mut ledger = ledger_with_visit();
    let batch = Batch::new().and(step(action::UNDER_WAY, 10)).and(step(action::DONE, 20));
    append(&mut ledger, 100, "desk", batch).unwrap();
    let held = standing(&ledger, 30);
    let marks: Vec<_> = ledger.entries().filter_map(Entry::batch).collect();
    for mark in marks {
        // The forged step would be legal. It is left out because the batch is complete without it.
        let fact = json!({ "advance": { "sources": [source(3)], "to": "stalled" } });
        let mut forged = entry_about(VISIT, fact, Some("2001-01-06"), at(900), "forger");
        forged["batch"] = serde_json::to_value(mark).unwrap();
        let forged = seal(forged);
        let mut disturbed = ledger.clone();
        disturbed.merge_entries([forged.clone()]);
        assert_eq!(standing(&disturbed, 30).history, held.history);
        let [conflict] = conflicts(&disturbed).try_into().unwrap();
        assert_eq!((conflict.entry, conflict.reason.code()), (forged.id(), "half-batch"));
    }
}

/// Four statuses. Each leads to the next, and the first also leads to the last.
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

/// The status from the cached timeline.
fn summary(ledger: &Ledger, n: u32) -> Option<String> {
    let summaries = ledger.view_on(day(n)).unwrap().summaries(&Filter::default());
    summaries.into_iter().find_map(|summary| summary.status).map(|status| status.to_string())
}

/// A step arrives after two batches, but was recorded before they became known.
///
/// The cached path already contains the batches.
#[test]
fn a_step_recorded_before_the_last_entry_of_a_batch_counts_first_even_if_it_arrives_later() {
    let procedure = Procedure::from_toml("short-cut.toml", SHORT_CUT).unwrap();
    let mut ledger = Ledger::new();
    append(&mut ledger, 0, "desk", Batch::new().and(procedure.clone()).and(visit(&procedure))).unwrap();
    let to_last = foreign_step("last", 30, 200);
    for (to, n, known) in [("second", 10, 300), ("third", 20, 400)] {
        let about_something_else = Party::new("jp", "en", "Japan").unwrap();
        let batch = Batch::new()
            .and(step(to, n))
            .and(FactBuilder::from(Define::Party(about_something_else)).recorded_at(at(known)));
        let seconds = i64::from(n);
        append(&mut ledger, seconds, "desk", batch).unwrap();
    }
    assert_eq!((summary(&ledger, 15).as_deref(), summary(&ledger, 35).as_deref()), (Some("second"), Some("third")));
    ledger.merge_entries([to_last]);
    let rebuilt = merged(&[&ledger]);
    for ledger in [&ledger, &rebuilt] {
        assert_eq!(path(ledger), ["2001-01-01 first", "2001-01-31 last"]);
        assert_eq!((summary(ledger, 15).as_deref(), summary(ledger, 35).as_deref()), (Some("first"), Some("last")));
    }
}

#[test]
fn entries_that_are_merged_together_may_be_in_any_order() {
    let mut ledger = Ledger::new();
    append(&mut ledger, 0, "desk", builtin::action().clone()).unwrap();
    let about_something_else = Party::new("jp", "en", "Japan").unwrap();
    append(&mut ledger, 10, "desk", Batch::new().and(visit(builtin::action())).and(about_something_else)).unwrap();
    append(&mut ledger, 20, "desk", step(action::UNDER_WAY, 10)).unwrap();
    let entries: Vec<Entry> = ledger.entries().cloned().collect();
    let mut reversed = Ledger::new();
    reversed.merge_entries([entries[0].clone()]);
    assert_eq!(summary(&reversed, 15), None);
    // The last entry of the batch comes before the registration.
    reversed.merge_entries([3, 2, 1].map(|nth| entries[nth].clone()));
    assert_eq!(summary(&reversed, 15).as_deref(), Some("under-way"));
    assert_eq!(standing(&reversed, 15), standing(&ledger, 15));
}

#[test]
fn of_two_complete_batches_that_share_an_entry_the_earlier_one_counts() {
    let promised = ledger_with_visit();
    let mut real = promised.clone();
    let batch = Batch::new().and(step(action::UNDER_WAY, 10)).and(step(action::DONE, 20).recorded_at(at(300)));
    append(&mut real, 100, "desk", batch).unwrap();
    let entries: Vec<Entry> = real.entries().skip(promised.len()).cloned().collect();
    let forged = |to: &str, seconds| {
        let fact = json!({ "advance": { "sources": [source(1)], "to": to } });
        let mut draft = entry_about(VISIT, fact, Some(&day(21).to_string()), at(seconds), "forger");
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
                assert!(summary(&ledger, 30).is_some());
            }
            assert_eq!((status(&ledger, 30).as_str(), summary(&ledger, 30).as_deref()), (expected, Some(expected)));
            assert_eq!(codes(&ledger), ["half-batch"]);

            let mut together = promised.clone();
            together.merge_entries([entries[0].clone(), last[order[0]].clone(), last[order[1]].clone()]);
            assert_eq!(standing(&together, 30), standing(&ledger, 30));
            assert_eq!(summary(&together, 30).as_deref(), Some(expected));
        }
    }
}

/// The batch defines a procedure and registers a commitment. A retraction of the definition arrives
/// before the last of its entries.
#[test]
fn a_retraction_known_before_the_batch_that_it_retracts_from_applies_when_the_batch_is_complete() {
    let procedure = Procedure::from_toml("short-cut.toml", SHORT_CUT).unwrap();
    let mut desk = Ledger::new();
    let remark = Remark::builder(VISIT, "Announced").on(day(5)).recorded_at(at(7));
    append(&mut desk, 0, "desk", Batch::new().and(procedure.clone()).and(visit(&procedure)).and(remark)).unwrap();
    let [definition, registration, remark]: [Entry; 3] =
        desk.entries().cloned().collect::<Vec<_>>().try_into().unwrap();
    let retraction = json!({ "retract": { "entry": definition.id(), "reason": "A mistake" } });
    let retraction = seal(json!({ "fact": retraction, "recorded_at": at(5), "recorded_by": "phone" }));

    let arriving = [definition, registration, retraction, remark];
    let mut at_once = Ledger::new();
    at_once.merge_entries(arriving.clone());
    assert_eq!(at_once.view_on(day(10)).unwrap().procedures(), []);
    assert_eq!(standing(&at_once, 10).status, None);

    let mut one_by_one = Ledger::new();
    for entry in arriving {
        one_by_one.merge_entries([entry]);
        assert_eq!(one_by_one.view_on(day(10)).unwrap().procedures(), []);
        assert_eq!(summary(&one_by_one, 10), None);
    }
    assert_eq!(standing(&one_by_one, 10), standing(&at_once, 10));
    assert_eq!(conflicts(&one_by_one), conflicts(&at_once));
}
