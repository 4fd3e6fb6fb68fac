//! `servanda log`.

use insta::assert_snapshot;
use servanda::{Tracker, answers::LogFilter, format};
use servanda_cli::Exit;

use crate::corrections::corrected;
use crate::test_dir::TestDir;

#[test]
fn the_newest_entries_come_first() {
    let dir = corrected();
    for width in [50, 100] {
        assert_snapshot!(format!("log_{width}"), dir.run(width, "log @l.jsonl").transcript());
    }
    assert_snapshot!("log_full", dir.run(80, "log @l.jsonl --full --limit 4").transcript());
    assert_snapshot!("log_tsv", dir.run(80, "log @l.jsonl --format tsv").transcript());
}

#[test]
fn entries_are_selected_by_commitment_recorder_kind_and_time() {
    let dir = TestDir::promises("p.jsonl");
    let kinds = |arguments: &str| {
        let outcome = dir.run(80, &format!("log @p.jsonl --format tsv {arguments}"));
        assert_eq!(outcome.exit, Exit::Done, "{}", outcome.err);
        let kinds = outcome.out.lines().skip(1).filter_map(|line| line.split('\t').nth(2));
        kinds.map(str::to_owned).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(kinds("us/senkaku us/abe-visit"), "remark advance register register");
    assert_eq!(kinds("--kind deposit --kind remark"), "remark deposit");
    assert_eq!(kinds("--recorded-by desk --limit 2"), "remark deposit");
    assert_eq!(kinds("--since 2013-05-23 --until 2014-01-25"), "deposit advance");
    assert_eq!(kinds("--until 2013-01-01"), "define define");
    // A day begins and ends in the time zone.
    assert_eq!(kinds("--since 2013-05-23 --until 2013-05-23 --zone +09:00"), "advance");
    assert_eq!(kinds("--since 2013-05-23 --until 2013-05-23 --zone -05:00"), "");
    assert_eq!(kinds("--since 2013-05-23T01:00:00Z --until 2013-05-23T01:00:00Z"), "advance");
    assert_eq!(kinds("--known-at 2013-01-01"), "define define");
}

#[test]
fn json_comes_from_the_library() {
    let dir = corrected();
    let log = Tracker::open(dir.path("l.jsonl"), "reader").unwrap().view().log(&LogFilter::default()).unwrap();
    let mut expected = Vec::new();
    format::write_json(&log, &mut expected).unwrap();
    assert_eq!(dir.run(40, "log @l.jsonl --format json").out.into_bytes(), expected);
}

#[test]
fn an_empty_log_says_what_may_be_misspelt() {
    let dir = corrected();
    let asked = |arguments: &str| dir.run(80, &format!("log @l.jsonl {arguments}"));
    let outcome = asked("arden/raod --recorded-by dexk");
    assert_eq!((outcome.exit, outcome.out.as_str()), (Exit::Done, "No entries.\n"));
    let notes = "note: no entry on this ledger is about arden/raod (did you mean arden/road?)\n\
                 note: no entry on this ledger is recorded by dexk (did you mean desk?)\n";
    assert_eq!(outcome.err, notes);
    assert_eq!(asked("--kind advence").exit, Exit::Usage);
}
