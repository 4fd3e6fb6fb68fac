//! The commands that record facts about a registered commitment.

use std::collections::BTreeMap;

use insta::assert_snapshot;
use servanda::{Remark, Tracker, tracker::TimeSource as _};
use servanda_cli::Exit;

use crate::test_dir::{TestDir, desk_environment, made};

fn promises() -> TestDir {
    TestDir::promises("p.jsonl")
}

/// Returns a ledger in which jp/treaty has the status `submitted`.
fn submitted() -> TestDir {
    let dir = promises();
    let register = "register @p.jsonl jp/treaty --title 'A treaty' --procedure treaty --given-by jp --made 2013-01-18 \
        --obligation consideration --words 'will consider' --source https://example.org/remarks";
    assert_eq!(dir.run_as_desk(register).exit, Exit::Done);
    assert_eq!(dir.run_as_desk("advance @p.jsonl jp/treaty submitted --on 2013-03-15").exit, Exit::Done);
    dir
}

#[test]
fn each_command_with_and_without_a_dry_run() {
    let dir = submitted();
    let visit = dir.entry("p.jsonl", 9);
    for (name, arguments) in [
        (
            "advance",
            "advance @p.jsonl us/abductees under-way --on 2013-02 --source https://example.org/a --source-title A --note 'Talks.'"
                .to_owned(),
        ),
        ("deposit", "deposit @p.jsonl jp/treaty jp --on 2014-01-24 --instrument ratification --share 12.5".to_owned()),
        (
            "cite",
            format!("cite @p.jsonl {visit} --source https://example.org/a --source-title A --source https://example.org/b --note N"),
        ),
        (
            "remark",
            "remark @p.jsonl us/senkaku 'The position is restated' --on 2014-04-24 --source https://example.org/a"
                .to_owned(),
        ),
        ("attest", "attest @p.jsonl jp/hague-convention --on 2014-04-30 --note 'All of it.'".to_owned()),
        (
            "reschedule",
            "reschedule @p.jsonl us/abductees 2025 --on 2014-05-01 --source https://example.org/a".to_owned(),
        ),
        (
            "amend",
            format!(
                "amend @p.jsonl us/abe-visit --title 'A visit' --topic visits --topic us --entry {visit} --note 'Done.'"
            ),
        ),
        ("link", "link @p.jsonl us/abductees related us/senkaku --on 2013-01-18 --note 'One meeting.'".to_owned()),
        ("retract", format!("retract @p.jsonl {visit} --reason 'Another visit was meant'")),
    ] {
        let before = dir.lines("p.jsonl");
        let dry = dir.run_as_desk(&format!("{arguments} --dry-run"));
        assert_eq!(dry.exit, Exit::Done, "{}", dry.err);
        assert_eq!(dir.lines("p.jsonl"), before);
        let json = dir.run_as_desk(&format!("{arguments} --dry-run --format json"));
        assert_eq!(dir.lines("p.jsonl"), before);
        let outcome = dir.run_as_desk(&arguments);
        let written = std::fs::read_to_string(dir.path("p.jsonl")).unwrap();
        let written: String = written.split_inclusive('\n').skip(before).collect();
        assert_eq!(json.out, written, "at the same time the same is appended");
        assert_snapshot!(
            format!("all_{name}"),
            format!("{}\n{}\n{}", dry.transcript(), outcome.transcript(), json.transcript())
        );
    }
    assert_eq!(dir.run(80, "verify @p.jsonl").out.lines().last(), Some("no conflicts"));
}

#[test]
fn a_refused_step_reports_the_status_and_what_is_missing() {
    let dir = submitted();
    let before = dir.lines("p.jsonl");
    let a_source = "--source https://example.org/a";
    for (name, arguments) in [
        ("illegal", "jp/treaty in-force --on 2013-05-01"),
        ("misspelt", "jp/treaty aproved --on 2013-05-01"),
        ("swapped", "us/abductees doen --on 2013-05-01"),
        ("nothing_like_it", "jp/treaty ratified --on 2013-05-01"),
        ("lacks_both", "jp/treaty approved --on 2013-05-01"),
        ("lacks_one_source", &format!("jp/treaty approved --on 2013-05-01 {a_source} --taken-by assembly")),
        ("wrong_party", &format!("jp/treaty approved --on 2013-05-01 {a_source} {a_source} --taken-by jp")),
        ("too_early", "jp/treaty submitted --on 2012-05-01"),
        ("breaks_what_follows", &format!("us/abe-visit given-up --on 2013-02-01 {a_source}")),
        ("unknown_commitment", "jp/treeti submitted --on 2013-05-01"),
        ("unknown_after", "jp/treaty dropped --on 2013-05-01 --after 00000000"),
    ] {
        let [outcome, dry, json] = ["", " --dry-run", " --format json"].map(|option| {
            let outcome = dir.run_as_desk(&format!("advance @p.jsonl {arguments}{option}"));
            assert_eq!((outcome.exit, outcome.out.as_str()), (Exit::Refused, ""));
            outcome.transcript()
        });
        assert_eq!(dry, outcome);
        assert_snapshot!(format!("refused_{name}"), format!("{outcome}\n{json}"));
    }
    assert_eq!(dir.lines("p.jsonl"), before);
}

#[test]
fn other_refusals() {
    let dir = submitted();
    let before = dir.lines("p.jsonl");
    let (definition, hague, visit) = (dir.entry("p.jsonl", 1), dir.entry("p.jsonl", 3), dir.entry("p.jsonl", 5));
    for (name, arguments) in [
        ("cites_a_definition", format!("cite @p.jsonl {definition} --source https://example.org")),
        ("retracts_what_others_rest_on", format!("retract @p.jsonl {hague} --reason 'A mistake'")),
        ("retracts_a_definition_in_use", format!("retract @p.jsonl {definition} --reason 'A mistake'")),
        ("after_another_commitment", format!("remark @p.jsonl us/senkaku R --on 2013-02-01 --after {visit}")),
        ("links_to_nothing", "link @p.jsonl us/senkaku related us/abe-visti".to_owned()),
        ("deadline_of_a_position", "reschedule @p.jsonl us/senkaku 2014 --on 2013-02-01".to_owned()),
        ("no_such_entry", format!("retract @p.jsonl sha256:{} --reason R", "0".repeat(64))),
    ] {
        let outcome = dir.run_as_desk(&arguments);
        assert_snapshot!(format!("other_{name}"), outcome.transcript());
    }
    assert!(dir.lines("p.jsonl") <= before + 1);
}

#[test]
fn an_ambiguous_prefix_is_refused_with_a_list() {
    let dir = promises();
    // Try remarks until the ids of two begin with the same four digits.
    let tracker = Tracker::open(dir.path("p.jsonl"), "desk").unwrap();
    let (ledger, by, now) = (tracker.ledger().unwrap(), "desk".parse().unwrap(), desk_environment(80).time.now());
    let mut remarks = BTreeMap::new();
    let mut numbers = 1..;
    let double = loop {
        let title = format!("Remark {}", numbers.next().unwrap());
        let remark = Remark::builder("us/senkaku", &title).on(made());
        let entry = ledger.prepare(remark, &by, now).unwrap().remove(0);
        let start = entry.id().to_string()["sha256:".len()..][..4].to_owned();
        if let Some(earlier) = remarks.insert(start.clone(), entry.clone()) {
            tracker.merge([earlier, entry]).unwrap();
            break start;
        }
    };
    let outcome = dir.run_as_desk(&format!("retract @p.jsonl {double} --reason R"));
    assert_eq!((outcome.exit, outcome.out.as_str()), (Exit::Refused, ""));
    assert_snapshot!(outcome.transcript());
}

#[test]
fn two_steps_on_one_day() {
    let dir = promises();
    let first = "advance @p.jsonl us/abductees under-way --on 2013-02-01";
    let second = "advance @p.jsonl us/abductees stalled --on 2013-02-01";
    assert_eq!(dir.run_as_desk(first).exit, Exit::Done);
    let earlier = dir.entry("p.jsonl", dir.lines("p.jsonl"));
    let outcome = dir.run_as_desk(&format!("{second} --after {earlier}"));
    assert_snapshot!("in_a_row", outcome.transcript());
    // Recording the same step again only confirms it.
    assert_snapshot!("once_more", dir.run_as_desk(second).transcript());
    let moments: Vec<_> = {
        let ledger = Tracker::open(dir.path("p.jsonl"), "reader").unwrap().ledger().unwrap();
        ledger.entries().map(servanda::Entry::recorded_at).collect()
    };
    assert!(moments.is_sorted_by(|a, b| a < b));
    assert_eq!(dir.run(80, "verify @p.jsonl").out.lines().last(), Some("no conflicts"));
}

#[test]
fn a_registration_is_retracted_together_with_its_steps() {
    let dir = promises();
    let (registered, done) = (dir.entry("p.jsonl", 5), dir.entry("p.jsonl", 9));
    let outcome = dir.run_as_desk(&format!("retract @p.jsonl {done} {registered} --reason 'A mistake'"));
    assert_snapshot!(outcome.transcript());
}

#[test]
fn an_entry_is_replaced_in_one_batch() {
    let dir = submitted();
    let done = dir.entry("p.jsonl", 9);
    let before = dir.lines("p.jsonl");
    let instead = format!("--instead-of {done} --reason 'A day too early'");
    let step = format!("advance @p.jsonl us/abe-visit done --on 2013-02-23 --source https://example.org/a {instead}");
    assert_snapshot!("replaced_dry", dir.run_as_desk(&format!("{step} --dry-run")).transcript());
    assert_eq!(dir.lines("p.jsonl"), before);
    // If the new step is refused, the old one remains.
    let refused = dir.run_as_desk(&step.replace("done --on", "doen --on"));
    assert_snapshot!("replaced_refused", refused.transcript());
    let unknown = dir.run_as_desk(&step.replace(&done, "00000000"));
    assert_eq!((unknown.exit, dir.lines("p.jsonl")), (Exit::Refused, before));
    assert_snapshot!("replaced", dir.run_as_desk(&step).transcript());
    assert_eq!(dir.lines("p.jsonl"), before + 2);
    assert_snapshot!("replaced_history", dir.run(80, "history @p.jsonl us/abe-visit --on 2013-03-01").transcript());
    assert_eq!(dir.run(80, "verify @p.jsonl").out.lines().last(), Some("no conflicts"));
}

#[test]
fn a_refused_replacement_ignores_the_replaced_entry() {
    let dir = submitted();
    let step = dir.run_as_desk("advance @p.jsonl us/abductees under-way --on 2013-02-01");
    assert_eq!(step.exit, Exit::Done);
    let under_way = dir.entry("p.jsonl", dir.lines("p.jsonl"));
    let instead = format!("--instead-of {under_way} --reason 'Nothing has begun'");
    let refused = dir.run_as_desk(&format!("advance @p.jsonl us/abductees stalld --on 2013-03-01 {instead}"));
    assert_snapshot!(refused.transcript());
}

#[test]
fn every_writing_command_can_replace_an_entry() {
    let dir = submitted();
    for arguments in [
        "deposit @p.jsonl jp/treaty jp --on 2014-01-24",
        "remark @p.jsonl us/senkaku 'The position is restated' --on 2014-04-24",
        "attest @p.jsonl jp/hague-convention --on 2014-04-30",
        "reschedule @p.jsonl us/abductees 2025 --on 2014-05-01",
        "amend @p.jsonl us/abe-visit --title 'A visit'",
        "link @p.jsonl us/abductees related us/senkaku",
        "define @p.jsonl --party jp --name en=Japan",
        "register @p.jsonl jp/other --title 'A treaty' --procedure treaty --given-by jp --made 2013-01-18 \
            --obligation consideration --words 'will consider' --source https://example.org/remarks",
    ] {
        assert_eq!(dir.run_as_desk(arguments).exit, Exit::Done, "{arguments}");
        let mistake = dir.entry("p.jsonl", dir.lines("p.jsonl"));
        let before = dir.lines("p.jsonl");
        let outcome = dir.run_as_desk(&format!("{arguments} --instead-of {mistake} --reason 'A slip' --format json"));
        assert_eq!(outcome.exit, Exit::Done, "{arguments}: {}", outcome.err);
        let kinds: Vec<bool> = outcome.out.lines().map(|line| line.contains("\"fact\":{\"retract\"")).collect();
        assert_eq!((kinds, dir.lines("p.jsonl")), (vec![true, false], before + 2), "{arguments}");
    }
    assert_eq!(dir.run(80, "verify @p.jsonl").out.lines().last(), Some("no conflicts"));
}

#[test]
fn moving_a_deadline_that_has_passed_says_that_it_cures_nothing() {
    let dir = promises();
    let outcome = dir.run_as_desk("reschedule @p.jsonl us/abe-visit 2014 --on 2013-03-05 --dry-run");
    assert_snapshot!(outcome.transcript());
}

#[test]
fn an_event_in_the_future_takes_effect_later() {
    let dir = promises();
    let outcome = dir.run_as_desk("advance @p.jsonl us/abductees under-way --on 2031-02 --future");
    assert_snapshot!(outcome.transcript());
}

#[test]
fn a_date_in_the_future_must_be_confirmed() {
    let dir = promises();
    let before = dir.lines("p.jsonl");
    for command in [
        "advance @p.jsonl us/abductees under-way --on 2020-01-02",
        "deposit @p.jsonl jp/hague-convention us --on 2020-02",
        "remark @p.jsonl us/senkaku Restated --on 2021",
        "reschedule @p.jsonl us/abductees 2030 --on 2020-01-02",
        "link @p.jsonl us/abductees related us/senkaku --on 2020-01-02",
    ] {
        let outcome = dir.run_as_desk(command);
        assert_eq!(outcome.exit, Exit::Refused, "{command}");
        let reason = "is later than today, 2020-01-01 (UTC); correct the date, or add --future";
        assert!(outcome.err.contains(reason), "{command}: {}", outcome.err);
        assert_eq!(dir.lines("p.jsonl"), before, "{command}");
        let outcome = dir.run_as_desk(&format!("{command} --future --dry-run"));
        assert_eq!(outcome.exit, Exit::Done, "{command}: {}", outcome.err);
    }
    // Today and a date that may be today need no confirmation.
    for on in ["2020-01-01", "2020-01", "2020"] {
        let outcome = dir.run_as_desk(&format!("remark @p.jsonl us/senkaku Restated --on {on} --dry-run"));
        assert_eq!(outcome.exit, Exit::Done, "{on}: {}", outcome.err);
    }
    let tomorrow = "remark @p.jsonl us/senkaku Restated --on 2020-01-02 --dry-run";
    let outcome = dir.run_as_desk(&format!("{tomorrow} --format json"));
    let error = r#"{"code":"in-the-future","details":{"on":"2020-01-02","today":"2020-01-01"},"text":"#;
    assert!(outcome.err.starts_with(error), "{}", outcome.err);
}

#[test]
fn a_dry_run_on_a_narrow_terminal() {
    let dir = promises();
    let narrow = desk_environment(40);
    let arguments = "remark @p.jsonl us/senkaku '尖閣諸島についての立場を改めて表明する' --on 2014-04-24 --dry-run";
    assert_snapshot!(dir.run_in(&narrow, arguments).transcript());
}
