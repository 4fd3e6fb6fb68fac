//! Whoever runs the command within another program can end it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use servanda_cli::{Exit, Setting};

use crate::desk::{Desk, desk_setting};

/// A setting in which it is interrupted when it looks for the n-th time, and how often it has looked.
fn interrupted_at(nth: usize) -> (Setting, Arc<AtomicUsize>) {
    let looks = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&looks);
    let interrupted = Arc::new(move || counted.fetch_add(1, Ordering::Relaxed) + 1 >= nth);
    (Setting { interrupted, ..desk_setting(80) }, looks)
}

/// The files in the folder and what they hold, without those that ledgers keep beside themselves.
fn files(desk: &Desk) -> BTreeMap<String, Vec<u8>> {
    let files = std::fs::read_dir(desk.path("")).unwrap().map(|file| file.unwrap());
    let files = files.map(|file| (file.file_name().into_string().unwrap(), std::fs::read(file.path()).unwrap()));
    files.filter(|(name, _)| !["-wal", "-shm", ".lock", ".pending"].iter().any(|end| name.ends_with(end))).collect()
}

/// A command is interrupted at each look in turn, until it is done; it then says what it says when nobody interrupts it.
fn check(desk: &Desk, arguments: &str) {
    let before = files(desk);
    for nth in 1.. {
        let (setting, looks) = interrupted_at(nth);
        let said = desk.ask_in(&setting, arguments);
        if said.exit == Exit::Done {
            assert!(nth > 1 && looks.load(Ordering::Relaxed) == nth - 1, "{arguments}: it never looked");
            assert!(!said.out.is_empty(), "{arguments}");
            return;
        }
        let expected = (130, "", "error: interrupted; the ledger is as it was before\n");
        assert_eq!((said.exit.code(), said.out.as_str(), said.err.as_str()), expected, "{arguments}");
        assert_eq!(looks.load(Ordering::Relaxed), nth, "{arguments}: it went on");
        assert!(files(desk) == before, "{arguments}: a file has changed");
    }
}

#[test]
fn what_is_interrupted_says_so_and_leaves_everything_as_it_was() {
    let desk = Desk::promises("promises.jsonl");
    assert_eq!(desk.ask(80, "copy @promises.jsonl @promises.db").exit, Exit::Done);
    for ledger in ["@promises.jsonl", "@promises.db"] {
        check(&desk, &format!("status {ledger} --on 2013-06-01"));
        check(&desk, &format!("agenda {ledger} --on 2013-06-01"));
        check(&desk, &format!("verify {ledger}"));
    }
    check(&desk, "history @promises.jsonl us/abe-visit");
    check(&desk, "merge @promises.jsonl @promises.db -o @merged.db");
    check(&desk, "merge @promises.jsonl @promises.db -o @merged.jsonl");
}

#[test]
fn a_copy_that_is_interrupted_can_be_made_again() {
    let desk = Desk::promises("promises.jsonl");
    for name in ["copy.jsonl", "copy.db"] {
        assert_eq!(desk.ask(80, &format!("init @{name}")).exit, Exit::Done);
        check(&desk, &format!("copy @promises.jsonl @{name}"));
    }
    assert_eq!(desk.lines("copy.jsonl"), desk.lines("promises.jsonl"));
}

#[test]
fn programs_are_told_in_json() {
    let desk = Desk::promises("promises.jsonl");
    let said = desk.ask_in(&interrupted_at(1).0, "status @promises.jsonl --format json");
    let expected = r#"{"code":"interrupted","details":{},"text":"interrupted; the ledger is as it was before"}"#;
    assert_eq!((said.exit, said.out.as_str(), said.err.trim_end()), (Exit::Interrupted, "", expected));
}
