//! Retracted entries: in a history, in changes and in a standing.

use insta::assert_snapshot;
use servanda_cli::Exit;

use crate::test_dir::TestDir;

/// Returns an invented ledger with a step that was retracted and recorded again, and a citation
/// that was retracted.
pub(crate) fn corrected() -> TestDir {
    let dir = TestDir::new();
    dir.run_as_desk("init @l.jsonl");
    let run = |arguments: &str| {
        let outcome = dir.run_as_desk(arguments);
        assert_eq!(outcome.exit, Exit::Done, "{arguments}: {}", outcome.err);
    };
    run("register @l.jsonl arden/road --title 'A road to the coast' --procedure action --given-by arden \
        --made 2019-01-01 --obligation result --words 'will build it' --source https://example.org/words");
    run("advance @l.jsonl arden/road under-way --on 2019-02-20 --source https://example.org/announced");
    let step = dir.entry("l.jsonl", 3);
    run(&format!("cite @l.jsonl {step} --source https://example.org/another-road"));
    let citation = dir.entry("l.jsonl", 4);
    run(&format!("retract @l.jsonl {citation} --reason 'It is about another road' --by editor"));
    run(&format!(
        "advance @l.jsonl arden/road under-way --on 2019-03-05 --source https://example.org/begun \
         --instead-of {step} --reason 'Work was only announced on that day'"
    ));
    dir
}

#[test]
fn a_history_shows_what_was_retracted_where_it_stood() {
    let dir = corrected();
    let history = "history @l.jsonl arden/road --on 2019-06-01";
    let plain = dir.run(80, history);
    assert!(!plain.out.contains("only announced") && plain.out.contains("2 entries retracted"), "{}", plain.out);
    assert_snapshot!("history_all", dir.run(80, &format!("{history} --all")).transcript());
    assert_snapshot!("history_all_brief", dir.run(110, &format!("{history} --all --brief")).transcript());
    assert_snapshot!("history_all_tsv", dir.run(80, &format!("{history} --all --format tsv")).transcript());
    assert_eq!(dir.run(80, &format!("{history} --format tsv")).out.matches("retracted\t").count(), 0);
}

#[test]
fn changes_include_the_reasons() {
    let dir = corrected();
    let changes = "changes @l.jsonl --since 2019-01-31 --since-known-at 2019-12-31 --on 2019-06-01";
    let outcome = dir.run(200, changes);
    assert!(outcome.out.contains("by desk: Work was only announced on that day"), "{}", outcome.out);
    let rows = dir.run(100, &format!("{changes} --format tsv")).out;
    assert!(
        rows.lines().any(|row| row.contains("\tcorrection\t\t") && row.contains("by editor: It is about")),
        "{rows}"
    );
}

#[test]
fn a_standing_counts_its_corrections() {
    let rows = corrected().run(80, "status @l.jsonl --on 2019-06-01 --format tsv").out;
    let rows: Vec<Vec<&str>> = rows.lines().map(|row| row.split('\t').collect()).collect();
    let column = rows[0].iter().position(|name| *name == "corrections").unwrap();
    assert_eq!(rows[1][column], "2");
}
