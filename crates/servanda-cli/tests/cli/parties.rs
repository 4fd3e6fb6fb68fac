//! Parties that a ledger does not define, most of them misspelt.

use insta::assert_snapshot;
use servanda_cli::Exit;

#[cfg(unix)]
use crate::pty::Screen;
use crate::test_dir::TestDir;

const REGISTER: &str = "register @l.jsonl arden/road --title 'A road to the coast' --procedure action \
    --made 2019-01-01 --obligation result --words 'will build it' --source https://example.org/words --given-by";

/// Returns a ledger that defines the party `arden`.
fn with_arden() -> TestDir {
    let dir = TestDir::new();
    for command in ["init @l.jsonl", "define @l.jsonl --party arden --name en=Arden"] {
        assert_eq!(dir.run_as_desk(command).exit, Exit::Done);
    }
    dir
}

#[test]
fn a_party_that_is_almost_a_defined_one_is_refused() {
    let dir = with_arden();
    let lines = dir.lines("l.jsonl");
    assert_snapshot!("register", dir.run_as_desk(&format!("{REGISTER} ardne")).transcript());
    assert_snapshot!("register_json", dir.run_as_desk(&format!("{REGISTER} ardne --format json")).transcript());
    assert_eq!(dir.run_as_desk(&format!("{REGISTER} arden --to ardenn --dry-run")).exit, Exit::Refused);
    assert_eq!(dir.lines("l.jsonl"), lines);
    assert_eq!(dir.run_as_desk(&format!("{REGISTER} arden")).exit, Exit::Done);
    let step = "advance @l.jsonl arden/road under-way --on 2019-02-02 --taken-by";
    assert_snapshot!("step", dir.run_as_desk(&format!("{step} arde")).transcript());
    assert_eq!(dir.run_as_desk("deposit @l.jsonl arden/road ardne --on 2019-02-02").exit, Exit::Refused);
    assert_eq!(dir.run_as_desk(&format!("{step} arden")).exit, Exit::Done);
}

#[test]
fn a_new_party_is_allowed_by_an_option_or_a_definition() {
    let dir = with_arden();
    assert_eq!(dir.run_as_desk(&format!("{REGISTER} ardne --allow-new-parties")).exit, Exit::Done);
    // A party to the commitment can take steps and make deposits.
    let step = "advance @l.jsonl arden/road under-way --on 2019-02-02 --taken-by";
    assert_eq!(dir.run_as_desk(&format!("{step} ardne")).exit, Exit::Done);
    assert_eq!(dir.run_as_desk(&format!("{step} arde")).exit, Exit::Refused);
    assert_eq!(dir.run_as_desk("define @l.jsonl --party arde --name en=Arde").exit, Exit::Done);
    assert_eq!(dir.run_as_desk(&format!("{step} arde")).exit, Exit::Done);
}

#[test]
fn a_party_unlike_any_defined_one_is_accepted_with_a_note() {
    let dir = with_arden();
    assert_snapshot!("strange", dir.run_as_desk(&format!("{REGISTER} bohemia")).transcript());
    // Codes of countries often differ by one letter.
    assert_eq!(dir.run_as_desk("define @l.jsonl --party us --name 'en=United States'").exit, Exit::Done);
    let other = REGISTER.replace("arden/road", "uk/road");
    assert_eq!(dir.run_as_desk(&format!("{other} uk")).exit, Exit::Done);
}

#[test]
fn a_ledger_without_definitions_accepts_every_party() {
    let dir = TestDir::new();
    dir.run_as_desk("init @l.jsonl");
    let outcome = dir.run_as_desk(&format!("{REGISTER} ardne"));
    assert_eq!((outcome.exit, outcome.err.as_str()), (Exit::Done, ""));
}

#[test]
fn a_filter_does_not_take_a_defined_party_for_a_misspelt_one() {
    let dir = with_arden();
    dir.run_as_desk(&format!("{REGISTER} ardne --allow-new-parties"));
    let note = |party: &str| dir.run(80, &format!("status @l.jsonl --party {party}")).err;
    assert_eq!(note("arden"), "note: no commitment on this ledger is by or to arden\n");
    assert_eq!(note("ardn"), "note: no commitment on this ledger is by or to ardn (did you mean ardne?)\n");
}

#[cfg(unix)]
#[test]
fn on_a_terminal_the_user_is_asked() {
    let dir = with_arden();
    let register = format!("{} ardne --by desk", REGISTER.replace('@', ""));
    let asked = |keys| Screen::of(&dir, 80, 30).with("NO_COLOR", "1").typing("Record ardne?", keys).run(&register);
    let lines = dir.lines("l.jsonl");
    let mut no = asked("n\r");
    // A key that arrives early is echoed by the terminal too.
    no.rows.retain(|row| !row.ends_with("Record ardne?n"));
    assert_snapshot!("asked_no", no.transcript());
    assert_eq!(asked("\r").code, Some(1));
    assert_eq!(dir.lines("l.jsonl"), lines);
    let yes = asked("y\r");
    assert_eq!((yes.code, dir.lines("l.jsonl")), (Some(0), lines + 2), "{}", yes.written);
}
