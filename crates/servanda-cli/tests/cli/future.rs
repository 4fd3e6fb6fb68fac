//! Events that are recorded for later days: each question shows them, and none counts them.

use insta::assert_snapshot;
use servanda_cli::Exit;

use crate::test_dir::TestDir;

/// Returns a ledger with events on later days than 1 January 2020, such as a law may prescribe.
fn with_future() -> TestDir {
    let dir = TestDir::promises("p.jsonl");
    for command in [
        "advance @p.jsonl us/abductees under-way --on 2020-03-01 --source https://example.org/law --note 'By law.'",
        "remark @p.jsonl us/abductees 'The report is due' --on 2020-02",
        "reschedule @p.jsonl us/abductees 2030 --on 2020-05-01",
        "deposit @p.jsonl us/abductees us --on 2021",
        "link @p.jsonl us/abductees related us/senkaku --on 2020-06-01",
    ] {
        let outcome = dir.run_as_desk(&format!("{command} --future"));
        assert_eq!(outcome.exit, Exit::Done, "{command}: {}", outcome.err);
    }
    dir
}

#[test]
fn history_next_and_agenda_show_what_is_recorded_for_later_days() {
    let dir = with_future();
    for (name, command) in [
        ("history", "history @p.jsonl us/abductees --on 2020-01-01"),
        ("next", "next @p.jsonl us/abductees --on 2020-01-01"),
        ("agenda", "agenda @p.jsonl --on 2020-01-01 --to 2020-12-31"),
    ] {
        assert_snapshot!(name, dir.run(100, command).transcript());
    }
}

#[test]
fn the_status_does_not_change_before_the_day() {
    let dir = with_future();
    let status = |on: &str| dir.run(100, &format!("status @p.jsonl us/abductees --on {on}")).out;
    assert!(status("2020-02-29").contains("Planned") && status("2020-03-01").contains("Under way"));
    // On its day, an event is no longer in the future.
    let history = |on: &str| dir.run(100, &format!("history @p.jsonl us/abductees --on {on}")).out;
    assert!(history("2020-02-29").contains("Recorded for later days"));
    assert!(!history("2021-12-31").contains("Recorded for later days"));
}

#[test]
fn json_has_a_member_for_what_is_recorded_for_later_days() {
    let dir = with_future();
    for command in [
        "history @p.jsonl us/abductees --on 2020-02-29",
        "next @p.jsonl us/abductees --on 2020-02-29",
        "agenda @p.jsonl --on 2020-02-29 --to 2020-12-31",
    ] {
        let outcome = dir.run(100, &format!("{command} --format json"));
        let answer: serde_json::Value = serde_json::from_str(&outcome.out).unwrap();
        let event = &answer["future"][0];
        let shown = ["kind", "on", "status", "commitment", "recorded_by"].map(|member| event[member].as_str().unwrap());
        assert_eq!(shown, ["advance", "2020-03-01", "under-way", "us/abductees", "desk"], "{command}");
    }
}

#[test]
fn what_was_recorded_after_the_day_is_hindsight_and_not_shown() {
    let dir = with_future();
    let history = |on: &str| dir.run(100, &format!("history @p.jsonl us/abe-visit --on {on}")).out;
    // The visit was on 22 February 2013, and was recorded on the day after.
    for on in ["2013-02-01", "2013-02-21", "2013-02-22", "2013-02-23"] {
        assert!(!history(on).contains("Recorded for later days"), "{on}");
    }
    // Everything was recorded on 1 January 2020 in UTC, which was 31 December 2019 further west.
    let history = |on: &str| dir.run(100, &format!("history @p.jsonl us/abductees --on {on}")).out;
    assert!(history("2019-12-31").contains("Recorded for later days"));
    assert!(!history("2019-12-30").contains("Recorded for later days"));
}

#[test]
fn a_retracted_event_is_not_shown() {
    let dir = with_future();
    let step = dir.entry("p.jsonl", dir.lines("p.jsonl") - 4);
    let retract = format!("retract @p.jsonl {step} --reason 'The law was repealed'");
    assert_eq!(dir.run_as_desk(&retract).exit, Exit::Done);
    let outcome = dir.run(100, "history @p.jsonl us/abductees --on 2020-01-01");
    assert!(!outcome.out.contains("Under way") && outcome.out.contains("The report is due"), "{}", outcome.out);
}
