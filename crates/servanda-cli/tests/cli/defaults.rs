//! Defaults: the ledger, and days named by their distance from today.

use servanda_cli::{Environment, Exit};

use crate::test_dir::{TestDir, desk_environment};

fn with_ledger(dir: &TestDir, name: &str) -> Environment {
    Environment { ledger: Some(dir.path(name).display().to_string()), ..desk_environment(80) }
}

#[test]
fn the_environment_may_name_the_ledger() {
    let dir = TestDir::promises("p.jsonl");
    let env = with_ledger(&dir, "p.jsonl");
    for question in [
        "status @p.jsonl",
        "status @p.jsonl us/senkaku",
        "history @p.jsonl us/senkaku",
        "next @p.jsonl us/senkaku --to holding",
        "agenda @p.jsonl --party us",
        "verify @p.jsonl",
        "advance @p.jsonl us/abductees under-way --on 2013-02-01 --dry-run",
        "find @p.jsonl abduc",
        "find --party us @p.jsonl abduc",
    ] {
        let named = dir.run_as_desk(question);
        let left_out = dir.run_in(&env, &question.replacen("@p.jsonl ", "", 1).replacen("@p.jsonl", "", 1));
        assert_eq!((left_out.exit, left_out.out, left_out.err), (named.exit, named.out, named.err), "{question}");
        // A ledger that is given counts.
        let elsewhere = with_ledger(&dir, "missing.jsonl");
        assert_eq!(dir.run_in(&elsewhere, question).out, dir.run_as_desk(question).out, "{question}");
    }
    assert_eq!(dir.run_in(&with_ledger(&dir, "new.jsonl"), "init").exit, Exit::Done);
    assert_eq!(dir.lines("new.jsonl"), 0);
}

#[test]
fn errors_are_about_what_the_user_meant() {
    let dir = TestDir::promises("p.jsonl");
    let env = with_ledger(&dir, "p.jsonl");
    let error = |arguments: &str| dir.run_in(&env, arguments).err;
    assert!(error("history us/abe-visti").contains("did you mean us/abe-visit"), "{}", error("history us/abe-visti"));
    assert!(error("history").contains("<COMMITMENT>") && !error("history").contains("<LEDGER>"));
    assert!(error("history @p.jsonl").contains("<COMMITMENT>"), "{}", error("history @p.jsonl"));
    assert!(dir.run_in(&env, "history --help").out.contains("--ledger <LEDGER>"));
}

#[test]
fn days_may_be_named_by_their_distance_from_today() {
    let dir = TestDir::promises("p.jsonl");
    // Today is 1 January 2020.
    for (relative, absolute) in [
        ("status @p.jsonl --on yesterday", "status @p.jsonl --on 2019-12-31"),
        ("status @p.jsonl --on -7d", "status @p.jsonl --on 2019-12-25"),
        ("status @p.jsonl --on=-7y", "status @p.jsonl --on 2013-01-01"),
        ("status @p.jsonl --on today --known-at -81m", "status @p.jsonl --on 2020-01-01 --known-at 2013-04-01"),
        ("changes @p.jsonl --since -7y --on -1y", "changes @p.jsonl --since 2013-01-01 --on 2019-01-01"),
        ("agenda @p.jsonl --to +2w --on today", "agenda @p.jsonl --to 2020-01-15 --on 2020-01-01"),
        ("log @p.jsonl --since -72m", "log @p.jsonl --since 2014-01-01"),
        (
            "advance @p.jsonl us/abductees under-way --on yesterday --dry-run",
            "advance @p.jsonl us/abductees under-way --on 2019-12-31 --dry-run",
        ),
        (
            "link @p.jsonl us/abductees successor us/senkaku --on -1d --dry-run",
            "link @p.jsonl us/abductees successor us/senkaku --on 2019-12-31 --dry-run",
        ),
    ] {
        let (relative, absolute) = (dir.run_as_desk(relative), dir.run_as_desk(absolute));
        assert_eq!((relative.exit, relative.out, relative.err), (Exit::Done, absolute.out, absolute.err));
    }
}
