//! A program that runs the command can interrupt it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use servanda_cli::{Environment, Exit};

use crate::test_dir::{TestDir, desk_environment};

/// Returns an environment that interrupts at the n-th check, and the number of checks so far.
fn interrupted_at(nth: usize) -> (Environment, Arc<AtomicUsize>) {
    let checks = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&checks);
    let interrupted = Arc::new(move || counted.fetch_add(1, Ordering::Relaxed) + 1 >= nth);
    (Environment { interrupted, ..desk_environment(80) }, checks)
}

/// Returns the files in the test directory with their contents, without auxiliary files of ledgers.
fn files(dir: &TestDir) -> BTreeMap<String, Vec<u8>> {
    let files = std::fs::read_dir(dir.path("")).unwrap().map(|file| file.unwrap());
    let files = files.map(|file| (file.file_name().into_string().unwrap(), std::fs::read(file.path()).unwrap()));
    files.filter(|(name, _)| !["-wal", "-shm", ".lock", ".pending"].iter().any(|end| name.ends_with(end))).collect()
}

/// Runs a command again and again, interrupting it at the first check, then at the second and so
/// on, until it completes.
fn check(dir: &TestDir, arguments: &str) {
    let before = files(dir);
    for nth in 1.. {
        let (env, checks) = interrupted_at(nth);
        let outcome = dir.run_in(&env, arguments);
        if outcome.exit == Exit::Done {
            assert!(nth > 1 && checks.load(Ordering::Relaxed) == nth - 1, "{arguments}: never checked");
            assert!(!outcome.out.is_empty(), "{arguments}");
            return;
        }
        let expected = (130, "", "error: interrupted; the ledger is unchanged\n");
        assert_eq!((outcome.exit.code(), outcome.out.as_str(), outcome.err.as_str()), expected, "{arguments}");
        assert_eq!(checks.load(Ordering::Relaxed), nth, "{arguments}: continued");
        assert!(files(dir) == before, "{arguments}: a file has changed");
    }
}

#[test]
fn an_interrupted_command_changes_nothing() {
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
fn an_interrupted_copy_can_be_repeated() {
    let dir = TestDir::promises("promises.jsonl");
    for name in ["copy.jsonl", "copy.db"] {
        assert_eq!(dir.run(80, &format!("init @{name}")).exit, Exit::Done);
        check(&dir, &format!("copy @promises.jsonl @{name}"));
    }
    assert_eq!(dir.lines("copy.jsonl"), dir.lines("promises.jsonl"));
}

#[test]
fn the_error_is_reported_as_json() {
    let dir = TestDir::promises("promises.jsonl");
    let outcome = dir.run_in(&interrupted_at(1).0, "status @promises.jsonl --format json");
    let expected = r#"{"code":"interrupted","details":{},"text":"interrupted; the ledger is unchanged"}"#;
    assert_eq!((outcome.exit, outcome.out.as_str(), outcome.err.trim_end()), (Exit::Interrupted, "", expected));
}
