//! Property tests: laws that hold for every ledger.
//!
//! They are checked on random procedures and on ledgers that several people write.

#![allow(clippy::unwrap_used)]

mod generate;

use std::collections::BTreeSet;

use generate::{
    Action, ActionKind, COMMITMENTS, World, action, actions, answers, at, chain, config, day, days, entry_about,
    legal_step, lines_of, merged, procedure, seal, shuffled, source, worlds,
};
use proptest::prelude::*;
use serde_json::{Value, json};
use servanda_core::{
    Advance, Batch, Commitment, Conflict, Day, Entry, EntryId, Fact, Filter, Ledger, Moment, Obligation, Procedure,
    Remark, Retract, Slug, format,
};

fn desk() -> Slug {
    "desk".parse().unwrap()
}

fn json_of(answer: &impl serde::Serialize) -> Value {
    let mut written = Vec::new();
    format::write_json(answer, &mut written).unwrap();
    serde_json::from_slice(&written).unwrap()
}

/// Removes these members from every object of an answer.
fn without(answer: Value, keys: &[&str]) -> Value {
    match answer {
        Value::Object(members) => {
            let kept = members.into_iter().filter(|(key, _)| !keys.contains(&key.as_str()));
            Value::Object(kept.map(|(key, value)| (key, without(value, keys))).collect())
        }
        Value::Array(elements) => elements.into_iter().map(|element| without(element, keys)).collect(),
        other => other,
    }
}

fn standings(ledger: &Ledger, known_at: Option<Moment>, leaving_out: &[&str]) -> Vec<Value> {
    let view = |day| {
        known_at.map_or(ledger.view_on(day).unwrap(), |moment| ledger.view_on(day).unwrap().known_at(moment).unwrap())
    };
    days().map(|day| without(json_of(&view(day).standings(&Filter::default())), leaving_out)).collect()
}

proptest! {
    #![proptest_config(config(40))]

    #[test]
    fn a_ledger_accepts_every_generated_procedure(procedure in procedure("first")) {
        // Its clocks may have slips, such as one that can never fire.
        let mut ledger = Ledger::new();
        prop_assert!(ledger.append(procedure, &desk(), at(0)).is_ok());
    }

    #[test]
    fn merging_is_commutative_associative_and_idempotent(world in worlds(30)) {
        let [a, b, c] = &world.devices;
        let (ab, ba) = (merged(&[a, b]), merged(&[b, a]));
        prop_assert_eq!(&ab, &ba);
        prop_assert_eq!(ab.digest(), ba.digest());
        prop_assert_eq!(lines_of(&ab), lines_of(&ba));
        prop_assert_eq!(answers(&ab), answers(&ba));

        let (left, right) = (merged(&[&ab, c]), merged(&[a, &merged(&[b, c])]));
        prop_assert_eq!(left.digest(), right.digest());
        prop_assert_eq!(answers(&left), answers(&right));

        let mut again = left.clone();
        prop_assert_eq!(again.merge(&left) + again.merge(a) + again.merge(&ba), 0);
        prop_assert_eq!(lines_of(&again), lines_of(&left));
        prop_assert_eq!(answers(&again), answers(&left));
    }

    #[test]
    fn reading_lines_in_any_order_and_twice_gives_the_same_ledger(world in worlds(30), seed: u64) {
        let ledger = world.all();
        let lines = lines_of(&ledger);
        let doubled = shuffled(lines.lines().chain(lines.lines().take(7)), seed).join("\n");
        for text in [lines.clone(), doubled + "\n"] {
            let read = Ledger::read(text.as_bytes()).unwrap();
            prop_assert_eq!(read.digest(), ledger.digest());
            prop_assert_eq!(lines_of(&read), lines.clone());
            prop_assert_eq!(answers(&read), answers(&ledger));
        }
    }

    #[test]
    fn entries_may_arrive_one_by_one_in_any_order(world in worlds(30), seed: u64) {
        let ledger = world.all();
        let mut arrived = Ledger::new();
        for entry in shuffled(ledger.entries().cloned(), seed) {
            arrived.merge_entries([entry]);
        }
        prop_assert_eq!(answers(&arrived), answers(&ledger));
    }

    #[test]
    fn a_refused_append_changes_nothing(first in procedure("first"), second in procedure("second"), actions in actions(25)) {
        let mut world = World::start(&first, &second);
        for action in &actions {
            let before = world.devices[action.device].clone();
            if let Some(Err(_)) = world.perform(action) {
                let after = &world.devices[action.device];
                prop_assert_eq!(lines_of(after), lines_of(&before));
                prop_assert_eq!(after.digest(), before.digest());
                prop_assert_eq!(answers(after), answers(&before));
            }
        }
    }

    #[test]
    fn a_batch_with_one_refused_entry_is_refused_as_a_whole(world in worlds(20), action in action()) {
        let ledger = &world.devices[action.device];
        let bad = Advance::builder(COMMITMENTS[0], "no-such-status").on(day(30));
        let batch = world.batch(&action).unwrap_or_default().and(Remark::builder(COMMITMENTS[0], "Good").on(day(3))).and(bad);
        let mut tried = ledger.clone();
        prop_assert!(tried.append(batch, &desk(), at(90_000)).is_err());
        prop_assert_eq!(lines_of(&tried), lines_of(ledger));
        prop_assert_eq!(answers(&tried), answers(ledger));
    }

    #[test]
    fn an_append_is_accepted_exactly_if_its_check_passes(mut world in worlds(25), action in action()) {
        let now = world.now(action.device);
        let Some(batch) = world.batch(&action) else { return Ok(()) };
        let ledger = &world.devices[action.device];
        let checked = ledger.view_on(day(0)).unwrap().check(batch.clone());
        let appended = ledger.clone().append(batch, &desk(), now);
        prop_assert_eq!(checked.is_ok(), appended.is_ok(), "{:?} and {:?}", checked, appended);
    }
}

/// The ids of the entries that count in the histories and deposits of a ledger.
fn counted(ledger: &Ledger) -> BTreeSet<String> {
    let last = ledger.view_on(day(3_000)).unwrap();
    let standings = last.standings(&Filter::default());
    let steps = standings.iter().flat_map(|standing| &standing.history);
    let of_steps = steps.flat_map(|step| step.entry.into_iter().chain(step.further_entries.iter().copied()));
    let deposits = standings.iter().flat_map(|standing| &standing.deposits).map(|deposit| deposit.entry);
    of_steps.chain(deposits).map(|id| id.to_string()).collect()
}

fn conflicting(ledger: &Ledger) -> BTreeSet<String> {
    ledger.view_on(day(3_000)).unwrap().conflicts().iter().map(|conflict| conflict.entry.to_string()).collect()
}

proptest! {
    #![proptest_config(config(90))]

    // The law is about entries that were recorded later. An entry that was recorded *earlier* and
    // is merged only now can displace an accepted one: merging is symmetric, so a ledger cannot
    // know which of the two it saw first, and the recording moment is the only order on which all
    // copies agree. Retractions remove entries on purpose. The latest edition of a calendar applies
    // to past days too, because it states facts that were not known before.
    #[test]
    fn a_later_entry_never_displaces_an_accepted_one(
        first in procedure("first"), second in procedure("second"), earlier in actions(20), later in actions(20),
    ) {
        let mut world = World::start(&first, &second);
        earlier.iter().for_each(|action| drop(world.perform(action)));
        let held = world.all();
        let newest = held.newest().unwrap();
        let mut seconds = 0;
        while world.now(1) <= newest { seconds += 1; prop_assert!(seconds < 100); }
        later.iter().filter(|action| action.kind.only_adds()).for_each(|action| drop(world.perform(action)));
        let mut grown = held.clone();
        grown.merge_entries(world.all().entries().filter(|entry| entry.recorded_at() > newest).cloned());

        let lost: Vec<_> = counted(&held).difference(&counted(&grown)).cloned().collect();
        prop_assert_eq!(lost, Vec::<String>::new());
        let accepted: BTreeSet<String> = held.entries().map(|entry| entry.id().to_string()).collect();
        let accepted: BTreeSet<String> = accepted.difference(&conflicting(&held)).cloned().collect();
        let evicted: Vec<_> = accepted.intersection(&conflicting(&grown)).cloned().collect();
        prop_assert_eq!(evicted, Vec::<String>::new());
    }
}

/// A ledger of the entries that were known at a moment.
///
/// A batch that was completed later was not known at all.
fn known_by(ledger: &Ledger, moment: Moment) -> Ledger {
    let broken = |conflict: &Conflict| matches!(conflict.reason.code(), "half-batch" | "wrong-batch");
    let ids = |ledger: &Ledger| -> BTreeSet<String> {
        let conflicts = ledger.view_on(day(0)).unwrap().conflicts();
        conflicts.iter().filter(|conflict| broken(conflict)).map(|conflict| conflict.entry.to_string()).collect()
    };
    let mut by_then = Ledger::new();
    by_then.merge_entries(ledger.entries().filter(|entry| entry.recorded_at() <= moment).cloned());
    let (never_whole, not_yet_whole) = (ids(ledger), ids(&by_then));
    let unknown = |entry: &Entry| {
        let id = entry.id().to_string();
        not_yet_whole.contains(&id) && !never_whole.contains(&id)
    };
    let mut known = Ledger::new();
    known.merge_entries(by_then.entries().filter(|entry| !unknown(entry)).cloned());
    known
}

proptest! {
    #![proptest_config(config(60))]

    #[test]
    fn a_view_as_known_at_a_moment_shows_nothing_that_was_recorded_later(world in worlds(25), seed: u64) {
        let ledger = world.all();
        let moments: BTreeSet<i64> =
            ledger.entries().flat_map(|entry| [entry.recorded_at().micros(), entry.recorded_at().micros() - 1]).collect();
        for micros in shuffled(moments, seed).into_iter().take(6) {
            let moment = Moment::from_micros(micros).unwrap();
            let known = known_by(&ledger, moment);
            prop_assert_eq!(standings(&ledger, Some(moment), &["known_at"]), standings(&known, None, &["known_at"]));
            let (seen, there) = (ledger.view_on(day(60)).unwrap().known_at(moment).unwrap(), known.view_on(day(60)).unwrap());
            prop_assert_eq!(json_of(&seen.conflicts()), json_of(&there.conflicts()));
            prop_assert_eq!(json_of(&seen.procedures()), json_of(&there.procedures()));
            prop_assert_eq!(json_of(&seen.parties()), json_of(&there.parties()));
        }
    }

    #[test]
    fn the_newest_moment_hides_nothing(world in worlds(25)) {
        let ledger = world.all();
        prop_assert_eq!(standings(&ledger, ledger.newest(), &["known_at"]), standings(&ledger, None, &["known_at"]));
    }
}

/// The members of a standing that list the corrections, which stay visible.
const CORRECTIONS: [&str; 2] = ["corrections", "retracted"];

fn retractions(ledger: &Ledger, ids: &[EntryId]) -> Batch {
    let retract = |id: &EntryId| match ledger.entry(*id).unwrap().commitment() {
        Some(commitment) => Batch::from(Retract::builder(commitment, *id, "It was a mistake")),
        None => Retract::definition(*id, "It was a mistake").into(),
    };
    ids.iter().rev().map(retract).collect()
}

proptest! {
    #![proptest_config(config(160))]

    #[test]
    fn a_retraction_undoes_an_append_and_retracting_it_restores_the_append(mut world in worlds(15), action in action()) {
        let now = world.now(action.device);
        let mut ledger = world.devices[action.device].clone();
        let before = standings(&ledger, None, &CORRECTIONS);
        let Some(batch) = world.batch(&action) else { return Ok(()) };
        let Ok(added) = ledger.append(batch, &desk(), now) else { return Ok(()) };
        let after = standings(&ledger, None, &CORRECTIONS);

        let batch = retractions(&ledger, &added);
        // The batch cannot be retracted if later entries became legal because of it.
        let Ok(retracting) = ledger.append(batch, &desk(), now) else { return Ok(()) };
        prop_assert_eq!(standings(&ledger, None, &CORRECTIONS), before);

        let batch = retractions(&ledger, &retracting);
        let restored = ledger.append(batch, &desk(), now);
        prop_assert!(restored.is_ok(), "{:?}", restored);
        prop_assert_eq!(standings(&ledger, None, &CORRECTIONS), after);
    }
}

proptest! {
    #![proptest_config(config(60))]

    #[test]
    fn why_not_is_none_exactly_if_an_append_is_accepted(world in worlds(20), on in 0..220_u32) {
        let ledger = &world.devices[0];
        let view = ledger.view_on(day(on)).unwrap();
        for standing in view.standings(&Filter::default()) {
            let id = standing.commitment.as_str();
            for status in (0..8).map(|n| format!("s{n}")) {
                let step = Advance::builder(id, &status).on(day(on)).by("jp").citing(source(1)).citing(source(2));
                let allowed = view.check(step.clone());
                let appended = ledger.clone().append(step, &desk(), at(90_000));
                prop_assert_eq!(allowed.is_ok(), appended.is_ok());
                let why_not = view.why_not(id, &status).unwrap().map(|error| error.code());
                let bare = ledger.clone().append(Advance::builder(id, &status).on(day(on)), &desk(), at(90_000));
                prop_assert_eq!(why_not, bare.err().map(|error| error.code()));
                // Apart from missing sources and a missing party, `why_not` and an append agree.
                if !matches!(why_not, Some("missing-sources" | "wrong-party")) {
                    prop_assert_eq!(why_not.is_none(), appended.is_ok(), "{} to {}: {:?}", id, status, why_not);
                }
            }
        }
    }
}

/// A ledger with one commitment under this procedure.
fn ledger_with(procedure: &Procedure) -> Ledger {
    let commitment = Commitment::builder("jp/visit", "A visit").procedure(procedure).by("jp").made(day(0));
    let commitment = commitment.obligation(Obligation::Result).words("will", source(0));
    let mut ledger = Ledger::new();
    let setup = Batch::new().and(procedure.clone()).and(generate::calendar(2)).and(commitment);
    ledger.append(setup, &desk(), at(0)).unwrap();
    ledger
}

fn step(to: &Slug, on: Day) -> Batch {
    Advance::builder("jp/visit", to).on(on).by("jp").citing(source(1)).citing(source(2)).into()
}

/// A legal path on distinct days, found by taking steps that the views offer.
fn legal_path(procedure: &Procedure, choices: &[(u32, u8)]) -> Vec<(Slug, Day)> {
    let mut ledger = ledger_with(procedure);
    let mut path = Vec::new();
    for (gap, choice) in choices {
        let Some((to, on)) = legal_step(&ledger, "jp/visit", *gap, *choice) else { continue };
        if ledger.append(step(&to, on), &desk(), at(1)).is_ok() {
            path.push((to, on));
        }
    }
    path
}

/// The standings without entry ids, recorders and recording moments.
fn path_of(ledger: &Ledger) -> Vec<Value> {
    standings(ledger, None, &["entry", "further_entries", "recorded_at", "recorded_by"])
}

/// The entry of a step that was recorded at `seconds`.
fn step_recorded(to: &Slug, on: Day, seconds: i64) -> Entry {
    let fact = json!({ "advance": { "by": "jp", "sources": [source(1), source(2)], "to": to } });
    seal(entry_about("jp/visit", fact, Some(&on.to_string()), at(seconds), "desk"))
}

proptest! {
    #![proptest_config(config(90))]

    #[test]
    fn the_order_of_recording_does_not_matter_for_steps_of_distinct_days(
        procedure in procedure("first"),
        choices in prop::collection::vec((0..30_u32, any::<u8>()), 1..7),
        seed: u64,
    ) {
        let path = legal_path(&procedure, &choices);
        let mut in_order = ledger_with(&procedure);
        path.iter().for_each(|(to, on)| drop(in_order.append(step(to, *on), &desk(), at(1)).unwrap()));

        let mut waiting = shuffled(path.clone(), seed);
        let mut as_accepted = ledger_with(&procedure);
        while let Some(index) = waiting.iter().position(|(to, on)| {
            as_accepted.append(step(to, *on), &desk(), at(1)).is_ok()
        }) {
            waiting.remove(index);
        }
        // A step may be legal without the one before it, which is then refused. Only complete paths
        // are compared.
        if waiting.is_empty() {
            prop_assert_eq!(path_of(&as_accepted), path_of(&in_order));
        }

        let mut stamped = ledger_with(&procedure);
        stamped.merge_entries((100..).zip(shuffled(path.clone(), seed)).map(|(at, (to, on))| step_recorded(&to, on, at)));
        if stamped.view_on(day(0)).unwrap().conflicts().is_empty() {
            prop_assert_eq!(path_of(&stamped), path_of(&in_order));
        }
    }

    // Each step is legal only after the one before it. A step that was recorded too early waits for
    // the others, and in the end all steps are taken.
    #[test]
    fn the_steps_of_a_chain_may_be_recorded_in_any_order(length in 3..9_usize, seed: u64) {
        let chain = chain(length);
        let path: Vec<(Slug, Day)> = chain.statuses.iter().skip(1).map(|status| status.id.clone()).zip((1..).map(|n| day(n * 9))).collect();
        let mut in_order = ledger_with(&chain);
        path.iter().for_each(|(to, on)| drop(in_order.append(step(to, *on), &desk(), at(1)).unwrap()));
        let mut stamped = ledger_with(&chain);
        stamped.merge_entries((100..).zip(shuffled(path, seed)).map(|(at, (to, on))| step_recorded(&to, on, at)));
        prop_assert_eq!(path_of(&stamped), path_of(&in_order));
    }

    #[test]
    fn a_fact_of_an_unknown_kind_makes_the_status_unknown_from_its_day_on(
        first in procedure("first"), second in procedure("second"), actions in actions(12), n in 0..200_u32, on in 0..3_u8,
    ) {
        let mut world = World::start(&first, &second);
        actions.iter().filter(|action| action.kind != ActionKind::UnknownKind).for_each(|action: &Action| drop(world.perform(action)));
        let known = world.all();
        let (on, from) = match on {
            0 => (None, Day::FIRST),
            1 => (Some(day(n).to_string()), day(n)),
            _ => (Some(day(n).to_string()[..7].to_owned()), Day::new(2001, day(n).month(), 1).unwrap()),
        };
        let mut ledger = known.clone();
        ledger.merge_entries([seal(entry_about(COMMITMENTS[0], json!({ "suspend": {} }), on.as_deref(), at(80_000), "newer"))]);
        for day in days() {
            let Ok(before) = known.view_on(day).unwrap().standing(COMMITMENTS[0]) else { return Ok(()) };
            let standing = ledger.view_on(day).unwrap().standing(COMMITMENTS[0]).unwrap();
            if day < from {
                prop_assert_eq!(&standing, &before);
            } else {
                prop_assert_eq!((&standing.status, standing.phase, standing.verdict), (&None, None, None));
                prop_assert!(standing.reason.clone().unwrap().contains("`suspend`"), "{:?}", standing.reason);
                prop_assert_eq!(&standing.history, &before.history);
            }
            prop_assert_eq!(ledger.view_on(day).unwrap().standing(COMMITMENTS[2]), known.view_on(day).unwrap().standing(COMMITMENTS[2]));
        }
        let later = Advance::builder(COMMITMENTS[0], "s1").on(day(199)).citing(source(1)).citing(source(2));
        prop_assert!(ledger.append(later, &desk(), at(90_000)).is_err());
    }
}

/// Checks that the generated actions are often accepted and often refused.
///
/// Otherwise the property tests would test little.
#[test]
fn the_generated_actions_are_often_accepted_and_often_refused() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::new(config(1));
    let (mut accepted, mut refused, mut conflicts, mut steps, mut clocks, mut presumed, mut unknown) =
        (0, 0, 0, 0, 0, 0, 0);
    for _ in 0..100 {
        let (first, second) = (procedure("first"), procedure("second"));
        let (first, second, actions) = (first, second, actions(40)).new_tree(&mut runner).unwrap().current();
        let mut world = World::start(&first, &second);
        for action in &actions {
            match world.perform(action) {
                Some(Ok(_)) => accepted += 1,
                Some(Err(_)) => refused += 1,
                None => {}
            }
        }
        let all = world.all();
        let standings = all.view_on(day(170)).unwrap().standings(&Filter::default());
        conflicts += all.view_on(day(170)).unwrap().conflicts().len();
        let history = || standings.iter().flat_map(|standing| &standing.history);
        steps += history().filter(|step| step.clock.is_none()).count();
        clocks += history().filter(|step| step.clock.is_some()).count();
        presumed += history().filter(|step| step.presumed).count();
        unknown += standings.iter().filter(|standing| standing.status.is_none()).count();
        assert!(all.entries().any(|entry| matches!(entry.fact(), Fact::Register(_))));
    }
    let found = [accepted, refused, conflicts, steps, clocks, presumed, unknown];
    assert!(found.iter().all(|count| *count >= 15), "{found:?}");
    assert!(accepted > refused, "{found:?}");
}
