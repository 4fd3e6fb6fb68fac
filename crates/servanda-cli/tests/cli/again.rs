//! Recording what is recorded already, as a script that runs every night does.

use insta::assert_snapshot;
use servanda_cli::Exit;

use crate::test_dir::TestDir;

const REGISTER: &str = "register @l.jsonl arden/road --title 'A road to the coast' --procedure action \
    --given-by arden --made 2019-01-01 --obligation result --words 'will build it' --source https://example.org/words";
const STEP: &str = "advance @l.jsonl arden/road done --on 2019-05-01 --source https://example.org/report";

/// Returns a ledger with a commitment and a step, and the number of its lines.
fn recorded() -> (TestDir, usize) {
    let dir = TestDir::new();
    for command in ["init @l.jsonl", REGISTER, STEP] {
        assert_eq!(dir.run_as_desk(command).exit, Exit::Done);
    }
    let lines = dir.lines("l.jsonl");
    (dir, lines)
}

#[test]
fn the_same_command_again_writes_nothing_and_says_so() {
    let (dir, lines) = recorded();
    assert_snapshot!("register", dir.run_as_desk(REGISTER).transcript());
    assert_snapshot!("step", dir.run_as_desk(STEP).transcript());
    assert_snapshot!("step_dry", dir.run_as_desk(&format!("{STEP} --dry-run")).transcript());
    for command in [REGISTER, STEP] {
        let outcome = dir.run_as_desk(&format!("{command} --format json"));
        assert_eq!((outcome.exit, outcome.out.as_str(), outcome.err.as_str()), (Exit::Done, "", ""));
    }
    assert_eq!(dir.lines("l.jsonl"), lines);
}

#[test]
fn a_part_that_is_new_is_written() {
    let (dir, lines) = recorded();
    let amend = "amend @l.jsonl arden/road --title 'A road'";
    assert_eq!(dir.run_as_desk(amend).exit, Exit::Done);
    assert_snapshot!("in_part", dir.run_as_desk(&format!("{amend} --topic roads")).transcript());
    assert_eq!(dir.lines("l.jsonl"), lines + 2);
}

#[test]
fn what_differs_is_refused_or_a_new_entry() {
    let (dir, lines) = recorded();
    assert_snapshot!("register_differs", dir.run_as_desk(&format!("{REGISTER} --deadline 2020")).transcript());
    assert_eq!(dir.lines("l.jsonl"), lines);
    assert_eq!(dir.run_as_desk(&STEP.replace("report", "gazette")).exit, Exit::Done);
    assert_eq!(dir.run_as_desk(&format!("{STEP} --by archive")).exit, Exit::Done);
    assert_eq!(dir.lines("l.jsonl"), lines + 2);
}

#[test]
fn a_replacement_again_writes_nothing() {
    let (dir, lines) = recorded();
    let done = dir.entry("l.jsonl", lines);
    let replaced = format!("{} --instead-of {done} --reason 'A day late'", STEP.replace("05-01", "04-30"));
    assert_eq!(dir.run_as_desk(&replaced).exit, Exit::Done);
    assert_eq!(dir.lines("l.jsonl"), lines + 2);
    assert_eq!(dir.run_as_desk(&replaced).exit, Exit::Done);
    assert_eq!(dir.lines("l.jsonl"), lines + 2);
}
