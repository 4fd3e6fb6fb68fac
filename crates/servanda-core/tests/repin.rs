//! Moves of a commitment to another procedure.

#![allow(clippy::unwrap_used)]

mod common;

use common::{COMMITMENT, Desk, commitment, moment};
use servanda_core::facts::{Advance, Define, Deposit, Remark, Repin, Retract};
use servanda_core::{Batch, EntryId, Filter, Obligation, Procedure, Standing, Verdict};

/// A short procedure: asked, then granted or refused. A request lapses after 90 days.
fn short() -> Procedure {
    Procedure::from_toml("short.toml", SHORT).unwrap()
}

/// A procedure with another first status, in which a committee can come in between.
fn long() -> Procedure {
    Procedure::from_toml("long.toml", LONG).unwrap()
}

/// Version 2 of the long procedure, in which only the committee leads to a grant.
fn strict() -> Procedure {
    let mut strict = long();
    strict.version = 2;
    for transition in strict.transitions.iter_mut().filter(|transition| transition.to == *"granted") {
        transition.from = vec!["committee".parse().unwrap()];
    }
    strict
}

const SHORT: &str = r#"
id = "short"
version = 1
initial = "asked"
title = { en = "Made up" }
statuses = [
    { id = "asked", phase = "planned", title = { en = "Asked" } },
    { id = "granted", phase = "achieved", title = { en = "Granted" }, final = true },
    { id = "refused", phase = "failed", title = { en = "Refused" }, final = true },
    { id = "lapsed", phase = "failed", title = { en = "Lapsed" }, final = true },
]
transitions = [
    { from = ["asked"], to = "granted", basis = "Rule 1", title = { en = "Grant" } },
    { from = ["asked"], to = "refused", basis = "Rule 1", title = { en = "Refuse" } },
]
[[clocks]]
id = "ninety-days"
while = ["asked"]
starts = ["asked"]
to = "lapsed"
fires = "start"
rule = { days = { count = 90 } }
basis = "Rule 3"
title = { en = "Lapse" }
"#;

const LONG: &str = r#"
id = "long"
version = 1
initial = "tabled"
title = { en = "Made up" }
statuses = [
    { id = "tabled", phase = "planned", title = { en = "Tabled" } },
    { id = "committee", phase = "active", title = { en = "In committee" } },
    { id = "granted", phase = "achieved", title = { en = "Granted" }, final = true },
    { id = "refused", phase = "failed", title = { en = "Refused" }, final = true },
]
transitions = [
    { from = ["tabled"], to = "committee", basis = "Rule 2", title = { en = "Refer" } },
    { from = ["tabled", "committee"], to = "granted", basis = "Rule 1", title = { en = "Grant" } },
    { from = ["tabled", "committee"], to = "refused", basis = "Rule 1", title = { en = "Refuse" } },
]
"#;

/// A ledger with one commitment under the short procedure, made on 18 January 2013, and with the
/// other procedures.
fn desk() -> Desk {
    let mut desk = Desk::default();
    desk.append(commitment(COMMITMENT, &short(), Obligation::Result));
    desk.append(Batch::new().and(Define::Procedure(long())).and(Define::Procedure(strict())));
    desk
}

fn repin(to: &Procedure) -> servanda_core::FactBuilder<Repin> {
    Repin::builder(COMMITMENT, to.reference(), "The rules were reformed").status("asked", "tabled")
}

fn step(to: &str, on: &str) -> Batch {
    Advance::builder(COMMITMENT, to).on(on).into()
}

fn shown(standing: &Standing) -> String {
    let history: Vec<String> = standing.history.iter().map(|step| format!("{} {}", step.on, step.status)).collect();
    format!("{}: {}", standing.procedure, history.join(", "))
}

#[test]
fn the_whole_history_is_judged_by_the_new_procedure() {
    let mut desk = desk();
    desk.append(step("granted", "2013-03-01"));
    desk.append(repin(&long()));
    let standing = desk.standing("2013-03-01");
    assert_eq!(shown(&standing), "long: 2013-01-18 tabled, 2013-03-01 granted");
    assert_eq!(standing.pin, long().reference());
    assert_eq!(standing.verdict, Some(Verdict::Kept));
    let moved = &standing.repins[0];
    assert_eq!((&moved.before, &moved.after), (&short().reference(), &long().reference()));
    assert_eq!((moved.reason.as_str(), moved.recorded_by.as_str()), ("The rules were reformed", "desk"));
    assert_eq!(moved.statuses["asked"].as_str(), "tabled");
}

#[test]
fn clocks_of_the_old_procedure_no_longer_run() {
    let mut desk = desk();
    assert_eq!(desk.standing("2013-06-01").status.unwrap().as_str(), "lapsed");
    assert_eq!(desk.standing("2013-02-01").clocks.len(), 1);
    desk.append(repin(&long()));
    assert_eq!(desk.standing("2013-06-01").status.unwrap().as_str(), "tabled");
    assert!(desk.standing("2013-02-01").clocks.is_empty());
}

#[test]
fn the_next_steps_and_later_entries_are_those_of_the_new_procedure() {
    let mut desk = desk();
    desk.append(repin(&long()));
    let next: Vec<String> = desk.standing("2013-02-01").next.iter().map(|step| step.to.to_string()).collect();
    assert_eq!(next, ["committee", "granted", "refused"]);
    desk.append(step("committee", "2013-02-01"));
    desk.append(step("granted", "2013-07-01"));
    let expected = "long: 2013-01-18 tabled, 2013-02-01 committee, 2013-07-01 granted";
    assert_eq!(shown(&desk.standing("2013-07-01")), expected);
    assert_eq!(desk.try_append(step("asked", "2013-07-02")).unwrap_err().code(), "unknown-status");
}

#[test]
fn what_was_known_before_the_recording_stays() {
    let mut desk = desk();
    desk.append(step("granted", "2013-03-01"));
    let before = desk.ledger.newest().unwrap();
    let known = |desk: &Desk, on: &str| {
        desk.ledger.view_on(on).unwrap().known_at(before).unwrap().standing(COMMITMENT).unwrap()
    };
    let (asked, granted) = (known(&desk, "2013-02-01"), known(&desk, "2013-03-01"));
    desk.append(repin(&long()));
    assert_eq!((known(&desk, "2013-02-01"), known(&desk, "2013-03-01")), (asked, granted));
    let view = desk.ledger.view_on("2013-03-01").unwrap();
    let changes = view.changes_since(&view.known_at(before).unwrap(), &Filter::default());
    let registered = changes.commitments[0].registered.as_ref().unwrap();
    assert_eq!(registered.before.as_ref().unwrap().pin, short().reference());
    assert_eq!(registered.after.as_ref().unwrap().pin, long().reference());
}

#[test]
fn a_move_is_refused_where_a_step_would_not_be_legal_and_names_the_step() {
    let mut desk = desk();
    let granted = desk.append(step("granted", "2013-03-01"));
    let refused = desk.try_append(repin(&strict())).unwrap_err();
    assert_eq!(refused.code(), "repin-breaks");
    assert_eq!(
        refused.to_string(),
        format!(
            "jp/word cannot move to long version 2: the step to granted on 2013-03-01 ({granted}) would not be legal \
             there: jp/word cannot go to granted on 2013-03-01: it stood at tabled since 2013-01-18; from there it can \
             go to: committee, refused; say what its status is called there (statuses), or record what is missing in \
             the same batch"
        )
    );
    assert_eq!(desk.standing("2013-03-01").procedure.as_str(), "short");
}

#[test]
fn what_is_missing_can_be_recorded_in_the_same_batch() {
    let mut desk = desk();
    desk.append(step("granted", "2013-03-01"));
    let batch = Batch::new().and(repin(&strict())).and(Advance::builder(COMMITMENT, "committee").on("2013-02-01"));
    desk.append(batch);
    let expected = "long: 2013-01-18 tabled, 2013-02-01 committee, 2013-03-01 granted";
    assert_eq!(shown(&desk.standing("2013-03-01")), expected);
}

#[test]
fn a_move_without_a_name_for_the_opening_is_refused() {
    let refused = desk().try_append(Repin::builder(COMMITMENT, long().reference(), "A reform")).unwrap_err();
    assert_eq!(refused.code(), "repin-breaks");
    assert!(
        refused.to_string().contains("its history could not open there: long version 1 has no status asked"),
        "{refused}"
    );
}

#[test]
fn the_table_has_statuses_of_both_procedures() {
    let mut desk = desk();
    for (from, to) in [("granted", "grant"), ("grant", "granted")] {
        let refused = desk.try_append(repin(&long()).status(from, to)).unwrap_err();
        assert_eq!(refused.code(), "unknown-status");
    }
    let same = Repin::builder(COMMITMENT, short().reference(), "No move");
    assert_eq!(desk.try_append(same).unwrap_err().code(), "invalid-field");
    let mut unknown = long();
    unknown.version = 9;
    assert_eq!(desk.try_append(repin(&unknown)).unwrap_err().code(), "unknown-procedure");
}

#[test]
fn a_commitment_can_move_twice() {
    let mut desk = desk();
    desk.append(repin(&long()));
    desk.append(step("committee", "2013-02-01"));
    desk.append(step("granted", "2013-03-01"));
    desk.append(Repin::builder(COMMITMENT, strict().reference(), "Stricter"));
    let expected = "long: 2013-01-18 tabled, 2013-02-01 committee, 2013-03-01 granted";
    assert_eq!(shown(&desk.standing("2013-03-01")), expected);
    assert_eq!(desk.standing("2013-03-01").pin.version, 2);
    let back = Repin::builder(COMMITMENT, short().reference(), "Back").status("tabled", "asked");
    let refused = desk.try_append(back.clone()).unwrap_err();
    assert!(refused.to_string().contains("the step to committee on 2013-02-01"), "{refused}");
}

#[test]
fn a_retracted_move_did_not_happen() {
    let mut desk = desk();
    desk.append(step("granted", "2013-03-01"));
    let moved = desk.append(repin(&long()));
    let retract = Retract::builder(COMMITMENT, moved, "The wrong procedure");
    desk.append(retract);
    assert_eq!(shown(&desk.standing("2013-03-01")), "short: 2013-01-18 asked, 2013-03-01 granted");
}

#[test]
fn a_move_on_which_later_steps_rest_is_not_retracted_alone() {
    let mut desk = desk();
    let moved = desk.append(repin(&long()));
    desk.append(step("committee", "2013-02-01"));
    let refused = desk.try_append(Retract::builder(COMMITMENT, moved, "The wrong procedure")).unwrap_err();
    assert_eq!(refused.code(), "retraction-breaks");
}

#[test]
fn a_procedure_from_which_or_to_which_a_commitment_moved_is_not_retracted() {
    let mut desk = desk();
    desk.append(repin(&long()));
    let procedures: Vec<EntryId> = desk
        .ledger
        .entries()
        .filter(|entry| entry.kind() == "define" && !entry.line().contains("\"version\":2"))
        .map(|entry| entry.id())
        .collect();
    assert_eq!(procedures.len(), 2);
    for procedure in procedures {
        let refused = desk.try_append(Retract::definition(procedure, "Not needed")).unwrap_err();
        assert_eq!(refused.code(), "retraction-breaks");
    }
}

#[test]
fn a_step_recorded_before_a_move_is_not_displaced_by_it() {
    let mut desk = desk();
    let mut other = desk.ledger.clone();
    // The phone records a step; the desk moves the commitment later, without knowing the step.
    other.append(step("granted", "2013-03-01"), &"phone".parse().unwrap(), Desk::now()).unwrap();
    desk.append(Remark::builder(COMMITMENT, "A remark").on("2013-02-01"));
    desk.append(Remark::builder(COMMITMENT, "Another remark").on("2013-02-01"));
    desk.append(repin(&strict()));
    let mut both = other;
    both.merge(&desk.ledger);
    let standing = both.view_on("2013-03-01").unwrap().standing(COMMITMENT).unwrap();
    assert_eq!(shown(&standing), "short: 2013-01-18 asked, 2013-03-01 granted");
    assert_eq!(standing.conflicts.len(), 1);
    assert_eq!(standing.conflicts[0].reason.code(), "repin-breaks");
}

#[test]
fn a_move_that_waits_counts_once_an_earlier_step_makes_room_for_it() {
    let mut desk = Desk::default();
    desk.append(commitment(COMMITMENT, &long(), Obligation::Result));
    desk.append(Define::Procedure(strict()));
    let mut phone = desk.ledger.clone();
    phone.append(step("granted", "2013-03-01"), &"phone".parse().unwrap(), Desk::now()).unwrap();
    desk.append(Remark::builder(COMMITMENT, "A remark").on("2013-02-01"));
    desk.append(Repin::builder(COMMITMENT, strict().reference(), "The rules were reformed"));
    desk.ledger.merge(&phone);
    assert_eq!(desk.standing("2013-03-01").conflicts[0].reason.code(), "repin-breaks");
    desk.append(step("committee", "2013-02-01"));
    let standing = desk.standing("2013-03-01");
    assert_eq!(standing.conflicts, []);
    assert_eq!(standing.pin, strict().reference());
}

#[test]
fn each_move_of_a_batch_is_checked_against_the_procedure_before_it() {
    let table = |to: &Procedure, from: &str, into: &str| {
        Repin::builder(COMMITMENT, to.reference(), "The rules were reformed").status(from, into)
    };
    let there = || Batch::from(repin(&long()));
    // The second move is in the words of the first one's procedure.
    let mut desk = desk();
    desk.append(there().and(table(&short(), "tabled", "asked")));
    assert_eq!(shown(&desk.standing("2013-02-01")), "short: 2013-01-18 asked");
    let unknown = table(&short(), "tabled", "asked").status("requested", "asked");
    let refused = desk.try_append(there().and(unknown)).unwrap_err();
    assert_eq!(refused.code(), "unknown-status");
    let registered = Batch::from(commitment("jp/other", &short(), Obligation::Result));
    let moved = Repin::builder("jp/other", long().reference(), "A reform");
    let moved = moved.status("asked", "tabled").status("requested", "tabled");
    assert_eq!(desk.try_append(registered.and(moved)).unwrap_err().code(), "unknown-status");
}

#[test]
fn a_step_in_old_words_recorded_after_a_move_is_a_conflict() {
    let mut desk = desk();
    let mut other = desk.ledger.clone();
    desk.append(repin(&strict()));
    let later = moment("2026-08-01T00:01:00.000000Z");
    other.append(step("granted", "2013-03-01"), &"phone".parse().unwrap(), later).unwrap();
    other.merge(&desk.ledger);
    let standing = other.view_on("2013-03-01").unwrap().standing(COMMITMENT).unwrap();
    assert_eq!(shown(&standing), "long: 2013-01-18 tabled");
    assert_eq!(standing.conflicts[0].reason.code(), "illegal-step");
}

#[test]
fn the_same_move_by_two_people_translates_the_statuses_once() {
    let mut desk = desk();
    desk.append(step("granted", "2013-03-01"));
    let mut other = desk.ledger.clone();
    let swap = || repin(&long()).status("granted", "refused").status("refused", "granted");
    other.append(swap(), &"phone".parse().unwrap(), Desk::now()).unwrap();
    desk.append(swap());
    desk.ledger.merge(&other);
    let standing = desk.standing("2013-03-01");
    assert_eq!(shown(&standing), "long: 2013-01-18 tabled, 2013-03-01 refused");
    assert!(standing.conflicts.is_empty());
}

#[test]
fn deposits_and_a_filter_follow_the_move() {
    let mut desk = desk();
    desk.append(Deposit::builder(COMMITMENT, "jp").on("2013-02-01"));
    desk.append(repin(&long()));
    assert_eq!(desk.standing("2013-02-01").deposits.len(), 1);
    let view = desk.ledger.view_on("2013-02-01").unwrap();
    let of = |procedure: &str| view.summaries(&Filter::default().procedure(procedure.parse().unwrap()));
    assert_eq!((of("long").len(), of("short").len()), (1, 0));
    assert!(view.unmatched(&Filter::default().procedure("short".parse().unwrap())).len() == 1);
    assert_eq!(of("long")[0].pin, long().reference());
}
