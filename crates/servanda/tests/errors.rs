//! Every error of a tracker, with its code, message and details, in one snapshot. The core has a
//! snapshot of its own errors.

#![allow(clippy::panic, clippy::unwrap_used)]

mod common;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::Duration;

use common::{TestDir, remark};
use rusqlite::Connection;
use servanda::{Error, ErrorKind, FixedTime, Moment, StoreError, Tracker};

/// Every code that this crate adds to those of the core, by kind.
const KINDS: [(ErrorKind, &str); 4] = [
    (ErrorKind::Invalid, "invalid-cursor invalid-url no-recorder"),
    (ErrorKind::Damaged, "damaged damaged-database empty-database newer-schema"),
    (
        ErrorKind::Place,
        "already-there changed-meanwhile commit-unknown contended io locked no-connection no-ledger no-permission not-a-file \
        not-compiled-in not-ours server too-long unsettled",
    ),
    (ErrorKind::Stopped, "closed poisoned"),
];

/// An action, and the resulting error.
type Cases = Vec<(&'static str, Error)>;

#[test]
fn every_error_has_a_code_a_message_and_details() {
    let dir = TestDir::new();
    let mut cases = provoked(&dir);
    cases.extend(constructed().into_iter().map(|(action, error)| (action, Error::from(error))));
    let folder = fs::canonicalize(dir.path("")).unwrap().display().to_string();
    let mut shown = String::new();
    for (action, error) in &cases {
        let text = format!("{action}\n  {}: {error}\n  {}\n", error.code(), error.details());
        writeln!(shown, "{}", text.replace(&folder, "DIR").replace(&dir.path("").display().to_string(), "DIR/"))
            .unwrap();
    }
    insta::assert_snapshot!("errors", shown.trim_end().replace("DIR//", "DIR/"));

    // The codes in the source: the strings after the arrows in the function `code`.
    let source = include_str!("../src/error.rs");
    let function = source.split("fn code(").nth(1).unwrap().split("\n    }\n").next().unwrap();
    let written: BTreeSet<&str> = function.split("=> \"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    let own = cases.iter().filter(|(_, error)| matches!(error, Error::Store(_)));
    let met: BTreeSet<(&str, ErrorKind)> = own.map(|(_, error)| (error.code(), error.kind())).collect();
    let listed = KINDS.iter().flat_map(|(kind, codes)| codes.split_whitespace().map(|code| (code, *kind)));
    assert_eq!(listed.collect::<BTreeSet<_>>(), met, "in the list (left), and provoked (right)");
    assert_eq!(written, met.iter().map(|(code, _)| *code).collect(), "in the source (left), and provoked (right)");
}

/// Provokes the errors that occur on every system and for every user.
fn provoked(dir: &TestDir) -> Cases {
    let mut cases = Cases::new();
    let path = |name: &str| dir.path(name);
    let open = |name: &str| Tracker::open(path(name), "desk").unwrap_err();
    let create = |name: &str| Tracker::create(path(name), "desk").unwrap_err();
    cases.push(("open a missing file", open("missing.jsonl")));
    fs::create_dir(path("folder")).unwrap();
    cases.push(("open a folder", open("folder")));
    cases.push(("create a ledger where one exists", {
        Tracker::create(path("ledger.jsonl"), "desk").unwrap();
        create("ledger.jsonl")
    }));
    cases.push(("create a ledger in a missing folder", create("nowhere/ledger.jsonl")));
    fs::write(path("damaged.jsonl"), "{}\nnot JSON\n".to_owned() + &"\n".repeat(20)).unwrap();
    cases.push(("open a damaged ledger", open("damaged.jsonl")));

    let tracker = dir.tracker("gone.jsonl");
    fs::remove_file(path("gone.jsonl")).unwrap();
    fs::remove_file(path("gone.jsonl.lock")).unwrap();
    cases.push(("append to a removed ledger", tracker.append(remark("one")).unwrap_err()));
    assert!(!path("gone.jsonl.lock").exists(), "a lock file was created without a ledger");
    cases.push(("refresh a removed ledger", tracker.refresh().unwrap_err()));

    let tracker = dir.tracker("locked.jsonl");
    fs::remove_file(path("locked.jsonl.lock")).unwrap();
    fs::create_dir(path("locked.jsonl.lock")).unwrap();
    cases.push(("append where the lock file is a folder", tracker.append(remark("one")).unwrap_err()));

    let tracker = dir.tracker("recorded.jsonl");
    fs::remove_file(path("recorded.jsonl.pending")).unwrap();
    fs::create_dir(path("recorded.jsonl.pending")).unwrap();
    cases.push(("append where the journal is a folder", tracker.append(remark("one")).unwrap_err()));

    cases.extend(provoked_in_sqlite(dir));
    cases.push((
        "export with a malformed cursor",
        dir.tracker("exported.jsonl").export_since(Some("yesterday")).unwrap_err(),
    ));

    cases.push(("cancel an operation", Error::Interrupted));
    cases.push(("open with a malformed recorder", Tracker::in_memory("Nobody At All").unwrap_err()));
    let reader = Tracker::open_to_read(path("exported.jsonl")).unwrap();
    cases.push(("append to a ledger opened for reading", reader.append(remark("one")).unwrap_err()));
    let tracker = dir.tracker("changed.jsonl");
    let mut transaction = tracker.begin().unwrap();
    transaction.append(remark("one")).unwrap();
    tracker.append(remark("two")).unwrap();
    cases.push(("commit to a ledger that has changed", transaction.commit().unwrap_err()));
    cases.push(("open a URL as a path", Tracker::open("postgresql://localhost/alliance", "desk").unwrap_err()));
    cases.push(("connect to a path", Tracker::connect("alliance.db", "desk").unwrap_err()));
    cases
}

/// Provokes the errors that other programs can cause in a SQLite file.
fn provoked_in_sqlite(dir: &TestDir) -> Cases {
    let open = |name: &str| Tracker::open(dir.path(name), "desk");
    let changed = |name: &str, sql: &str| {
        // Use a fixed time: the snapshot contains ids.
        let tracker = Tracker::create(dir.path(name), "desk").unwrap().with_time(FixedTime(Moment::EPOCH));
        tracker.register(common::commitment()).unwrap();
        tracker.append(remark("one")).unwrap();
        drop(tracker);
        Connection::open(dir.path(name)).unwrap().execute_batch(sql).unwrap();
    };
    let mut cases = Cases::new();
    Connection::open(dir.path("other.db")).unwrap().execute_batch("CREATE TABLE photos (id INTEGER)").unwrap();
    cases.push(("open a SQLite file of another program", open("other.db").unwrap_err()));
    changed("newer.db", "PRAGMA user_version = 7");
    cases.push(("open a SQLite file of a later version", open("newer.db").unwrap_err()));
    changed("row.db", r#"UPDATE entries SET line = replace(line, '"one"', '"two"') WHERE number = 3"#);
    cases.push(("read a changed row", open("row.db").unwrap().view().standing(common::COMMITMENT).unwrap_err()));
    changed("column.db", "UPDATE entries SET commitment = 'us/other' WHERE number = 3");
    cases.push((
        "verify a changed column",
        open("column.db").unwrap().verify(|_| ControlFlow::Continue(())).unwrap_err(),
    ));
    fs::write(dir.path("empty.db"), "").unwrap();
    cases.push(("open an empty SQLite file", open("empty.db").unwrap_err()));
    fs::write(dir.path("empty.db-wal"), "pages").unwrap();
    cases.push(("open an empty SQLite file next to a log", open("empty.db").unwrap_err()));
    fs::write(dir.path("header.db"), "SQLite format 3\0 and then nothing of the kind").unwrap();
    cases.push(("open a file that only begins like a SQLite file", open("header.db").unwrap_err()));
    let tracker = dir.tracker("locked.db").with_lock_timeout(Duration::from_millis(2)).unwrap();
    let other = Connection::open(dir.path("locked.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    cases.push(("append while another program writes", tracker.append(remark("one")).unwrap_err()));
    let tracker = dir.tracker("replaced.db");
    drop(dir.tracker("by.db"));
    fs::rename(dir.path("by.db"), dir.path("replaced.db")).unwrap();
    cases.push(("append to a replaced SQLite file", tracker.append(remark("one")).unwrap_err()));
    cases
}

/// Constructs the errors that need a failing disk, another user or a failing thread.
fn constructed() -> Vec<(&'static str, StoreError)> {
    let path = || PathBuf::from("DIR/ledger.jsonl");
    let reason = || "No space left on device".to_owned();
    let place = || "postgresql://desk@db.example.org/alliance".to_owned();
    vec![
        ("fail to write, and to undo the write", StoreError::Unsettled { path: path(), reason: reason() }),
        ("fail to write", StoreError::Io { action: "write", path: path(), reason: reason() }),
        (
            "use a file system without locks",
            StoreError::Io { action: "lock", path: "DIR/ledger.jsonl.lock".into(), reason: "not supported".to_owned() },
        ),
        ("write without permission", StoreError::NoPermission { action: "write", path: path() }),
        ("read without permission", StoreError::NoPermission { action: "read", path: path() }),
        (
            "open a kind of database that is not compiled in",
            StoreError::NotCompiledIn {
                kind: "PostgreSQL",
                feature: "postgres",
                place: "postgres://desk@db.example.org/alliance".to_owned(),
            },
        ),
        (
            "open an unsupported URL",
            StoreError::InvalidUrl { reason: "sslmode=verify-ca is not supported; use sslmode=verify-full".to_owned() },
        ),
        (
            "connect without a server",
            StoreError::NoConnection { place: place(), reason: "connection refused".to_owned() },
        ),
        (
            "be refused by the server",
            StoreError::Server {
                place: place(),
                reason: "permission denied for table servanda_entries".to_owned(),
                sqlstate: Some("42501".to_owned()),
            },
        ),
        (
            "lose the connection during a commit",
            StoreError::CommitUnknown { place: place(), reason: "connection closed".to_owned() },
        ),
        ("always lose to other writers", StoreError::Contended { place: place(), tries: 60 }),
        ("exceed the time limit", StoreError::TooLong { place: place(), seconds: 30 }),
        ("use a closed tracker", StoreError::Closed),
        ("use a tracker after a thread failed", StoreError::Poisoned),
    ]
}
