//! Targets in numbers and measurements.

use insta::assert_snapshot;
use servanda_cli::Exit;

use crate::test_dir::TestDir;

/// Returns a ledger with a commitment to build 1000 homes by 2015.
fn registered() -> TestDir {
    let dir = TestDir::promises("p.jsonl");
    let register = "register @p.jsonl jp/homes --title 'Homes' --procedure action --given-by jp --made 2013-01-18 \
        --obligation result --words 'will build a thousand homes' --source https://example.org/remarks \
        --target 1000 --target-unit homes --target-date 2015";
    assert_eq!(dir.run_as_desk(register).exit, Exit::Done);
    dir
}

#[test]
fn a_measurement_is_recorded_and_shown_with_its_share() {
    let dir = registered();
    let measure = "measure @p.jsonl jp/homes 455 --on 2014-06-30 --source https://example.org/s --note 'Completed.'";
    assert_snapshot!("measure_dry_run", dir.run_as_desk(&format!("{measure} --dry-run")).transcript());
    assert_eq!(dir.run_as_desk(measure).exit, Exit::Done);
    assert_snapshot!("measured_history", dir.run(100, "history @p.jsonl jp/homes --on 2014-07-01").transcript());
    assert_snapshot!(
        "measured_changes",
        dir.run(100, "changes @p.jsonl --since 2013-12-31 --on 2014-07-01").transcript()
    );
    let rows = dir.run(100, "changes @p.jsonl --since 2013-12-31 --on 2014-07-01 --format tsv").out;
    assert!(rows.contains("\tmeasurement\t\t455, 45.5% of the target on 2014-06-30\n"), "{rows}");
}

#[test]
fn a_measurement_without_a_target_and_a_target_without_a_unit_are_refused() {
    let dir = registered();
    let outcome = dir.run_as_desk("measure @p.jsonl us/abe-visit 1 --on 2013-02-01");
    assert_eq!(outcome.exit, Exit::Refused);
    assert_snapshot!("measure_without_target", outcome.transcript());
    let outcome =
        dir.run_as_desk("register @p.jsonl jp/x --title X --procedure action --given-by jp --made 2013 --target 1000");
    assert_eq!(outcome.exit, Exit::Usage);
}
