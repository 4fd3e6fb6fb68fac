//! The parts of a commitment.

use serde_json::json;
use servanda_core::{
    Advance, Batch, CommitmentBuilder, Ledger, Obligation, Parts, Phase, PhaseCounts, Retract, Verdict, VerdictCounts,
    builtin,
};

use crate::common::{self, Desk, commitment, day};
use crate::{all, bill, desk, json_of, with_story};

/// A ledger with a cycle of parts.
///
/// On two devices, one commitment each is registered again as a part of the other. Then the devices
/// merge.
fn cycle_of_parts() -> Ledger {
    let whole = |id: &str| commitment(id, builtin::action(), Obligation::Result);
    let part = |id: &str, of: &str| whole(id).part_of(of);
    let (mut phone, mut laptop) = (Desk::default(), Desk::default());
    phone.append(builtin::action().clone());
    laptop.ledger = phone.ledger.clone();
    let plain = phone.append(whole("jp/b"));
    phone.append(part("jp/a", "jp/b"));
    phone.append(part("jp/c", "jp/a"));
    phone.append(Retract::builder("jp/b", plain, "It is a part of something"));
    let plain = laptop.append(whole("jp/a"));
    laptop.append(part("jp/b", "jp/a"));
    laptop.append(Advance::builder("jp/b", "done").on("2013-02-01").citing(common::source()));
    laptop.append(Retract::builder("jp/a", plain, "It is a part of something"));
    phone.ledger.merge(&laptop.ledger);
    phone.ledger
}

fn depths(parts: &Parts) -> Vec<(u32, &str)> {
    parts.parts.iter().map(|part| (part.depth, part.commitment.as_str())).collect()
}

#[test]
fn parts_are_counted_once_even_if_they_form_a_cycle() {
    let ledger = cycle_of_parts();
    let conflicts = ledger.view_on("2013-03-01").unwrap().conflicts();
    let codes: Vec<&str> = conflicts.iter().map(|conflict| conflict.reason.code()).collect();
    assert_eq!(codes, ["part-of-itself", "part-of-itself"]);
    let parts = |id: &str| ledger.view_on("2013-03-01").unwrap().parts(id, &all()).unwrap();
    assert_eq!(depths(&parts("jp/a")), [(1, "jp/b"), (1, "jp/c")]);
    assert_eq!(depths(&parts("jp/b")), [(1, "jp/a"), (2, "jp/c")]);
    assert_eq!(depths(&parts("jp/c")), []);
    let phases = PhaseCounts { achieved: 1, planned: 1, ..PhaseCounts::default() };
    let verdicts = VerdictCounts { kept: 1, pending: 1, ..VerdictCounts::default() };
    assert_eq!((parts("jp/a").phases, parts("jp/a").verdicts, parts("jp/a").count), (phases, verdicts, 2));
    let unknown = ledger.view_on("2013-03-01").unwrap().parts("jp/aa", &all()).unwrap_err();
    assert_eq!(unknown.code(), "unknown-commitment");
}

/// A wrong registration of a whole can be corrected while its parts stay as they are.
#[test]
fn a_whole_can_be_retracted_and_registered_again_while_it_has_parts() {
    let whole = |title: &str| {
        let mut whole = commitment("jp/w", builtin::action(), Obligation::Result).build().unwrap();
        whole.title = title.parse().unwrap();
        whole
    };
    let part = commitment("jp/w/a", builtin::action(), Obligation::Result).part_of("jp/w");
    let on = day("2013-03-01");
    let mut desk = Desk::default();
    desk.append(builtin::action().clone());
    let wrong = desk.append(whole("A wrold"));
    desk.append(part);
    let before = desk.ledger.view_on(on).unwrap().standing("jp/w/a").unwrap();
    desk.append(Retract::builder("jp/w", wrong, "A slip"));
    let view = desk.ledger.view_on(on).unwrap();
    assert_eq!((view.standing("jp/w/a"), view.conflicts()), (Ok(before.clone()), Vec::new()));
    assert_eq!(view.parts("jp/w", &all()).unwrap_err().code(), "unknown-commitment");
    desk.append(whole("A word"));
    let view = desk.ledger.view_on(on).unwrap();
    assert_eq!(view.standing("jp/w/a"), Ok(before));
    let parts = view.parts("jp/w", &all()).unwrap();
    assert_eq!((parts.title.as_str(), depths(&parts)), ("A word", vec![(1, "jp/w/a")]));
}

#[test]
fn parts_are_listed_depth_first_and_counted_by_phase_and_verdict() {
    let mut desk = with_story(desk(), "a conduct");
    let part = |id: &str, whole: &str| commitment(id, &bill(), Obligation::Result).part_of(whole);
    let opening = |commitment: CommitmentBuilder, on: &str| commitment.opening("tabled", on, []);
    // The parts are listed depth first. Each has a different standing on 1 July 2013.
    desk.append(part("jp/word/a", "jp/word"));
    desk.append(opening(part("jp/word/a/presumed", "jp/word/a"), "2013-03-01"));
    desk.append(opening(part("jp/word/a/unknown", "jp/word/a"), "2013-06-28"));
    desk.append(opening(part("jp/word/b/opens-later", "jp/word"), "2013-08-01"));
    let later = part("jp/word/c/given-later", "jp/word").made("2013-09-01");
    desk.append(opening(later, "2013-02-01"));
    desk.append(commitment("jp/elsewhere", &bill(), Obligation::Result));
    let view = desk.ledger.view_on("2013-07-01").unwrap();
    let parts = view.parts("jp/word", &all()).unwrap();
    let part = |id: &str, depth: u32, phase: Option<Phase>, presumed: bool, verdict: Option<Verdict>| {
        json!({
            "commitment": id, "depth": depth, "phase": phase, "presumed": presumed,
            "reason": view.standing(id).unwrap().reason, "timeliness": null, "title": "A word given",
            "verdict": verdict,
        })
    };
    let phases = PhaseCounts { failed: 2, not_yet: 1, planned: 1, unknown: 1, ..PhaseCounts::default() };
    let verdicts = VerdictCounts { in_progress: 1, not_yet: 2, pending: 1, unknown: 1, ..VerdictCounts::default() };
    let expected = json!({
        "commitment": "jp/word", "count": 5, "known_at": null, "on": "2013-07-01",
        "parts": [
            part("jp/word/a", 1, Some(Phase::Planned), false, Some(Verdict::Pending)),
            part("jp/word/a/presumed", 2, Some(Phase::Failed), true, Some(Verdict::InProgress)),
            part("jp/word/a/unknown", 2, None, false, None),
            part("jp/word/b/opens-later", 1, None, false, None),
            part("jp/word/c/given-later", 1, Some(Phase::Failed), true, None),
        ],
        "phases": json_of(&phases), "presumed": 2,
        "timeliness": { "late": 0, "on-time": 0, "overdue": 0, "unknown": 0 }, "title": "A word given", "verdicts": json_of(&verdicts),
    });
    assert_eq!(json_of(&parts), expected);
    let failed = all().phase(Phase::Failed);
    assert_eq!(
        depths(&view.parts("jp/word", &failed).unwrap()),
        [(2, "jp/word/a/presumed"), (1, "jp/word/c/given-later")]
    );
    assert_eq!(
        json_of(&parts)["verdicts"],
        json!({
            "broken": 0, "holding": 0, "in-progress": 1, "kept": 0, "none": 0, "not-yet": 2,
            "partly-kept": 0, "pending": 1, "released": 0, "stalled": 0, "unfulfilled": 0, "unknown": 1, "unrated": 0,
        })
    );
}

#[test]
fn parts_may_be_nested_300_deep() {
    let mut desk = Desk::default();
    let id = |n: u32| format!("jp/p{n:04}");
    let mut batch = Batch::new().and(commitment(&id(0), builtin::action(), Obligation::Result));
    for n in 1..300 {
        batch = batch.and(commitment(&id(n), builtin::action(), Obligation::Result).part_of(id(n - 1)));
    }
    desk.append(batch);
    let parts = desk.ledger.view_on("2013-02-01").unwrap().parts("jp/p0000", &all()).unwrap();
    assert_eq!((parts.count, parts.parts.last().unwrap().depth), (299, 299));
}
