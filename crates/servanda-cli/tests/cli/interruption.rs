//! Whoever runs the command within another program can end it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use servanda_cli::{Environment, Exit};

use crate::test_dir::{TestDir, desk_environment};

/// A setting in which it is interrupted when it looks for the n-th time, and how often it has looked.
fn interrupted_at(nth: usize) -> (Environment, Arc<AtomicUsize>) {
    let looks = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&looks);
    let interrupted = Arc::new(move || counted.fetch_add(1, Ordering::Relaxed) + 1 >= nth);
    (Environment { interrupted, ..desk_environment(80) }, looks)
}

/// The files in the folder and what they hold, without those that ledgers keep beside themselves.
fn files(dir: &TestDir) -> BTreeMap<String, Vec<u8>> {
    let files = std::fs::read_dir(dir.path("")).unwrap().map(|file| file.unwrap());
    let files = files.map(|file| (file.file_name().into_string().unwrap(), std::fs::read(file.path()).unwrap()));
    files.filter(|(name, _)| !["-wal", "-shm", ".lock", ".pending"].iter().any(|end| name.ends_with(end))).collect()
}

/// A command is interrupted at each look in turn, until it is done; it then says what it says when nobody interrupts it.
fn check(dir: &TestDir, arguments: &str) {
    let before = files(dir);
    for nth in 1.. {
        let (env, looks) = interrupted_at(nth);
        let outcome = dir.run_in(&env, arguments);
        if outcome.exit == Exit::Done {
            assert!(nth > 1 && looks.load(Ordering::Relaxed) == nth - 1, "{arguments}: it never looked");
            assert!(!outcome.out.is_empty(), "{arguments}");
            return;
        }
        let expected = (130, "", "error: interrupted; the ledger is unchanged\n");
        assert_eq!((outcome.exit.code(), outcome.out.as_str(), outcome.err.as_str()), expected, "{arguments}");
        assert_eq!(looks.load(Ordering::Relaxed), nth, "{arguments}: it went on");
        assert!(files(dir) == before, "{arguments}: a file has changed");
    }
}

#[test]
fn what_is_interrupted_says_so_and_leaves_everything_as_it_was() {
    let dir = TestDir::promises("promises.jsonl");
    assert_eq!(dir.run(80, "copy @promises.jsonl @promises.db").exit, Exit::Done);
    for ledger in ["@promises.jsonl", "@promises.db"] {
        check(&dir, &format!("status {ledger} --on 2013-06-01"));
        check(&dir, &format!("agenda {ledger} --on 2013-06-01"));
        check(&dir, &format!("verify {ledger}"));
    }
    check(&dir, "history @promises.jsonl us/abe-visit");
    check(&dir, "merge @promises.jsonl @promises.db -o @merged.db");
    check(&dir, "merge @promises.jsonl @promises.db -o @merged.jsonl");
}

#[test]
fn a_copy_that_is_interrupted_can_be_made_again() {
    let dir = TestDir::promises("promises.jsonl");
    for name in ["copy.jsonl", "copy.db"] {
        assert_eq!(dir.run(80, &format!("init @{name}")).exit, Exit::Done);
        check(&dir, &format!("copy @promises.jsonl @{name}"));
    }
    assert_eq!(dir.lines("copy.jsonl"), dir.lines("promises.jsonl"));
}

#[test]
fn programs_are_told_in_json() {
    let dir = TestDir::promises("promises.jsonl");
    let outcome = dir.run_in(&interrupted_at(1).0, "status @promises.jsonl --format json");
    let expected = r#"{"code":"interrupted","details":{},"text":"interrupted; the ledger is unchanged"}"#;
    assert_eq!((outcome.exit, outcome.out.as_str(), outcome.err.trim_end()), (Exit::Interrupted, "", expected));
}
