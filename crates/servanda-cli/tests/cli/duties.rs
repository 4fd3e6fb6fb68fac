//! The commands about responsible bodies.

use insta::assert_snapshot;
use servanda_cli::Exit;

use crate::test_dir::TestDir;

/// Returns a ledger with a commitment that two bodies carry out.
fn registered() -> TestDir {
    let dir = TestDir::promises("p.jsonl");
    let register = "register @p.jsonl jp/road --title 'A road' --procedure action --given-by jp --made 2013-01-18 \
        --obligation result --words 'will build' --source https://example.org/remarks \
        --responsible jp/works=lead --responsible jp/finance";
    assert_eq!(dir.run_as_desk(register).exit, Exit::Done);
    dir
}

#[test]
fn bodies_are_assigned_and_unassigned() {
    let dir = registered();
    let assign = "assign @p.jsonl jp/road jp/transport --role lead --on 2014-01-01 --until 2016 --note 'Reorganised.'";
    assert_snapshot!("assign_dry_run", dir.run_as_desk(&format!("{assign} --dry-run")).transcript());
    assert_eq!(dir.run_as_desk(assign).exit, Exit::Done);
    let unassign = "unassign @p.jsonl jp/road jp/works --role lead --on 2014-01 --source https://example.org/a";
    assert_snapshot!("unassign_dry_run", dir.run_as_desk(&format!("{unassign} --dry-run")).transcript());
    assert_eq!(dir.run_as_desk(unassign).exit, Exit::Done);
    assert_snapshot!("responsible_history", dir.run(100, "history @p.jsonl jp/road --on 2014-01-10").transcript());
    let brief = "history @p.jsonl jp/road --on 2014-01-10";
    assert_snapshot!("responsible_brief", dir.run(100, &format!("{brief} --brief")).transcript());
    assert_snapshot!("responsible_tsv", dir.run(100, &format!("{brief} --format tsv")).transcript());
    assert_snapshot!(
        "responsible_changes",
        dir.run(100, "changes @p.jsonl --since 2013-12-31 --on 2014-02-01").transcript()
    );
}

#[test]
fn an_end_without_an_assignment_is_refused() {
    let dir = registered();
    let outcome = dir.run_as_desk("unassign @p.jsonl jp/road jp/work --on 2014-01-01");
    assert_eq!(outcome.exit, Exit::Refused);
    assert_snapshot!("unassign_refused", outcome.transcript());
}

#[test]
fn totals_by_body_and_the_commitments_of_one_body() {
    let dir = registered();
    dir.run_as_desk("assign @p.jsonl us/abe-visit jp/works --on 2013-02-01");
    assert_snapshot!("bodies", dir.run(100, "bodies @p.jsonl --on 2013-03-01").transcript());
    assert_snapshot!("bodies_narrow", dir.run(40, "bodies @p.jsonl --on 2013-03-01").transcript());
    assert_snapshot!(
        "bodies_json",
        dir.run(100, "bodies @p.jsonl --on 2013-03-01 --body jp/finance --format json").transcript()
    );
    assert_snapshot!("status_of_a_body", dir.run(100, "status @p.jsonl --on 2013-03-01 --body jp/works").transcript());
    assert_snapshot!("no_such_body", dir.run(100, "status @p.jsonl --body jp/work").transcript());
}
