//! `servanda history`.

use insta::assert_snapshot;
use servanda::{Tracker, format};
use servanda_cli::{Exit, Terminal};

use crate::test_dir::{TestDir, day, moved_deadlines, two_ledgers};

#[test]
fn steps_with_sources_and_legal_basis() {
    let dir = TestDir::promises("p.jsonl");
    assert_snapshot!("wide", dir.run(100, "history @p.jsonl jp/hague-convention --on 2014-03-01").transcript());
    assert_snapshot!("narrow", dir.run(50, "history @p.jsonl jp/hague-convention --on 2013-06-01").transcript());
}

#[test]
fn remarks_appear_between_the_steps() {
    assert_snapshot!(TestDir::promises("p.jsonl").run(80, "history @p.jsonl us/senkaku --on 2014-05-01").transcript());
}

#[test]
fn before_the_history_opens() {
    assert_snapshot!(
        TestDir::promises("p.jsonl").run(80, "history @p.jsonl us/abe-visit --on 2012-05-01").transcript()
    );
}

#[test]
fn deadlines_and_links() {
    assert_snapshot!(moved_deadlines().run(80, "history @moved.jsonl us/abe-visit --on 2013-06-01").transcript());
}

#[test]
fn conflicting_entries() {
    let dir = two_ledgers();
    assert_eq!(dir.run(80, "merge @phone.jsonl @laptop.jsonl -o @both.jsonl").exit, Exit::Done);
    assert_snapshot!(dir.run(80, "history @both.jsonl us/abe-visit --on 2013-03-01").transcript());
}

#[test]
fn rows_have_the_conflicts_and_the_shares_of_deposits() {
    let dir = two_ledgers();
    assert_eq!(dir.run(80, "merge @phone.jsonl @laptop.jsonl -o @both.jsonl").exit, Exit::Done);
    let rows = dir.run(80, "history @both.jsonl us/abe-visit --on 2013-03-01 --format tsv");
    assert_snapshot!("conflicting_rows", rows.transcript());
    let dir = TestDir::promises("p.jsonl");
    let deposit = "deposit @p.jsonl jp/hague-convention us --on 2014-02-01 --share 12.5";
    assert_eq!(dir.run_as_desk(deposit).exit, Exit::Done);
    let rows = dir.run(80, "history @p.jsonl jp/hague-convention --on 2014-03-01 --format tsv").out;
    assert!(rows.contains("\tDeposit by us, with a share of 12.5\t"), "{rows}");
}

#[test]
fn json_is_the_standing() {
    let dir = TestDir::promises("p.jsonl");
    let view = Tracker::open(dir.path("p.jsonl"), "reader").unwrap().view().on(day("2013-06-01")).unwrap();
    let mut expected = Vec::new();
    format::write_json(&view.standing_with_links("jp/hague-convention").unwrap(), &mut expected).unwrap();
    let outcome = dir.run(40, "history @p.jsonl jp/hague-convention --on 2013-06-01 --format json");
    assert_eq!((outcome.out.into_bytes(), outcome.exit), (expected, Exit::Done));
}

#[test]
fn colours() {
    let terminal = Terminal { colours: true, ..Terminal::plain(60) };
    let outcome = TestDir::promises("p.jsonl").run_on(&terminal, "history @p.jsonl us/abe-visit --on 2013-03-01");
    assert_snapshot!(outcome.transcript().replace('\x1b', "ESC"));
}

#[test]
fn an_unknown_commitment_is_refused_with_a_suggestion() {
    let dir = TestDir::promises("p.jsonl");
    assert_snapshot!("near", dir.run(80, "history @p.jsonl jp/hague-convension").transcript());
    assert_snapshot!("far", dir.run(80, "history @p.jsonl something-else").transcript());
}

#[test]
fn a_chart_has_steps_clocks_and_what_lies_ahead() {
    let dir = TestDir::promises("p.jsonl");
    let chart = |columns: usize| dir.run(columns, "history @p.jsonl jp/hague-convention --on 2014-03-01 --chart");
    assert_snapshot!("chart", chart(80).transcript());
    assert_snapshot!("narrow_chart", chart(30).transcript());
    let refused = dir.run(80, "history @p.jsonl jp/hague-convention --chart --format json");
    assert_eq!(refused.exit, Exit::Usage);
}
