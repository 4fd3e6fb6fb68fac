//! Moves of a commitment to another procedure.

use insta::assert_snapshot;
use servanda_cli::Exit;

use crate::test_dir::TestDir;

/// An invented procedure, in which a visit is agreed before it is done.
const VISIT: &str = "id = 'visit'\nversion = 2\ninitial = 'asked'\ntitle = { en = 'Visit' }\nstatuses = [\n\
    { id = 'asked', phase = 'planned', title = { en = 'Asked' } },\n\
    { id = 'agreed', phase = 'active', title = { en = 'Agreed' } },\n\
    { id = 'done', phase = 'achieved', title = { en = 'Done' }, final = true },\n]\ntransitions = [\n\
    { from = ['asked'], to = 'agreed', basis = 'Custom', title = { en = 'Agree' } },\n\
    { from = ['agreed'], to = 'done', basis = 'Custom', title = { en = 'Visit' } },\n]\n";

fn defined() -> TestDir {
    let dir = TestDir::promises("p.jsonl");
    dir.write("visit.toml", VISIT);
    assert_eq!(dir.run_as_desk("define @p.jsonl --procedure @visit.toml").exit, Exit::Done);
    dir
}

#[test]
fn a_commitment_moves_to_another_procedure() {
    let dir = defined();
    let repin = "repin @p.jsonl us/abe-visit visit --status planned=asked --reason 'A visit has to be agreed'";
    assert_snapshot!("repin_refused", dir.run_as_desk(repin).transcript());
    let repin = "repin @p.jsonl us/abe-visit visit@2 --status planned=asked --status done=agreed \
        --reason 'A visit has to be agreed'";
    assert_snapshot!("repin_dry_run", dir.run_as_desk(&format!("{repin} --dry-run")).transcript());
    assert_eq!(dir.run_as_desk(repin).exit, Exit::Done);
    assert_snapshot!("repin_history", dir.run(100, "history @p.jsonl us/abe-visit --on 2013-03-01").transcript());
}

#[test]
fn a_version_that_the_ledger_does_not_have_is_refused() {
    let dir = defined();
    assert_snapshot!("repin_version", dir.run_as_desk("repin @p.jsonl us/abe-visit visit@3 --reason x").transcript());
    assert_eq!(dir.run_as_desk("repin @p.jsonl us/abe-visit visit@two --reason x").exit, Exit::Usage);
}
