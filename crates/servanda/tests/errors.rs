//! Every error of a tracker: its code, its text and its details in one snapshot. The errors of the ledger itself have theirs in the core.

#![allow(clippy::panic, clippy::unwrap_used)]

mod common;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::Duration;

use common::{Desk, remark};
use rusqlite::Connection;
use servanda::{Error, ErrorKind, FixedTime, Moment, Tracker};

/// Every code that a tracker adds to those of the ledger itself, by its family.
const FAMILIES: [(ErrorKind, &str); 4] = [
    (ErrorKind::Invalid, "invalid-cursor invalid-url"),
    (ErrorKind::Damaged, "damaged damaged-database newer-schema"),
    (
        ErrorKind::Place,
        "already-there commit-unknown contended io locked no-connection no-ledger no-permission not-a-file \
        not-compiled-in not-ours server too-long unsettled",
    ),
    (ErrorKind::Stopped, "closed interrupted poisoned"),
];

/// What was done, and the error that came of it.
type Deeds = Vec<(&'static str, Error)>;

#[test]
fn every_error_has_its_code_its_text_and_its_details() {
    let desk = Desk::new();
    let mut deeds = done(&desk);
    deeds.extend(told());
    let folder = fs::canonicalize(desk.path("")).unwrap().display().to_string();
    let mut shown = String::new();
    for (deed, error) in &deeds {
        let text = format!("{deed}\n  {}: {error}\n  {}\n", error.code(), error.details());
        writeln!(shown, "{}", text.replace(&folder, "DIR").replace(&desk.path("").display().to_string(), "DIR/"))
            .unwrap();
    }
    insta::assert_snapshot!("errors", shown.trim_end().replace("DIR//", "DIR/"));

    // The codes as they stand in the source: what follows an arrow in the function that is called `code`.
    let source = include_str!("../src/error.rs");
    let function = source.split("fn code(").nth(1).unwrap().split("\n    }\n").next().unwrap();
    let written: BTreeSet<&str> = function.split("=> \"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    let own = deeds.iter().filter(|(_, error)| !matches!(error, Error::Core(_)));
    let met: BTreeSet<(&str, ErrorKind)> = own.map(|(_, error)| (error.code(), error.kind())).collect();
    let listed = FAMILIES.iter().flat_map(|(family, codes)| codes.split_whitespace().map(|code| (code, *family)));
    assert_eq!(listed.collect::<BTreeSet<_>>(), met, "listed (left), and met by a wrong deed (right)");
    assert_eq!(written, met.iter().map(|(code, _)| *code).collect(), "in the source (left), and in deeds (right)");
    let of_core = deeds.iter().find_map(|(_, error)| match error {
        Error::Core(core) => Some((core.kind(), error.kind())),
        _ => None,
    });
    assert_eq!(of_core, Some((ErrorKind::Invalid, ErrorKind::Invalid)), "what the ledger refuses keeps its family");
}

/// Errors that come of really doing the wrong thing, on any system and by any user.
fn done(desk: &Desk) -> Deeds {
    let mut deeds = Deeds::new();
    let path = |name: &str| desk.path(name);
    let open = |name: &str| Tracker::open(path(name), "desk").unwrap_err();
    let create = |name: &str| Tracker::create(path(name), "desk").unwrap_err();
    deeds.push(("opens what is not there", open("missing.jsonl")));
    fs::create_dir(path("folder")).unwrap();
    deeds.push(("opens a folder", open("folder")));
    deeds.push(("creates a ledger where there is one", {
        Tracker::create(path("ledger.jsonl"), "desk").unwrap();
        create("ledger.jsonl")
    }));
    deeds.push(("creates a ledger in a folder that is not there", create("nowhere/ledger.jsonl")));
    fs::write(path("damaged.jsonl"), "{}\nnot JSON\n".to_owned() + &"\n".repeat(20)).unwrap();
    deeds.push(("opens a damaged ledger", open("damaged.jsonl")));

    let tracker = desk.tracker("gone.jsonl");
    fs::remove_file(path("gone.jsonl")).unwrap();
    fs::remove_file(path("gone.jsonl.lock")).unwrap();
    deeds.push(("appends to a ledger that has been removed", tracker.append(remark("one")).unwrap_err()));
    assert!(!path("gone.jsonl.lock").exists(), "a lock was left where there is no ledger");
    deeds.push(("refreshes a ledger that has been removed", tracker.refresh().unwrap_err()));

    let tracker = desk.tracker("locked.jsonl");
    fs::remove_file(path("locked.jsonl.lock")).unwrap();
    fs::create_dir(path("locked.jsonl.lock")).unwrap();
    deeds.push(("appends where the lock is a folder", tracker.append(remark("one")).unwrap_err()));

    let tracker = desk.tracker("recorded.jsonl");
    fs::remove_file(path("recorded.jsonl.pending")).unwrap();
    fs::create_dir(path("recorded.jsonl.pending")).unwrap();
    deeds.push(("appends where the record is a folder", tracker.append(remark("one")).unwrap_err()));

    deeds.extend(done_to_a_database(desk));
    deeds.push((
        "exports since a cursor that is none",
        desk.tracker("exported.jsonl").export_since(Some("yesterday")).unwrap_err(),
    ));

    deeds.push(("is stopped", Error::Interrupted));
    let nobody = Tracker::in_memory("Nobody At All");
    deeds.push(("records under a name that is not well-formed", nobody.append(remark("one")).unwrap_err()));
    deeds
}

/// What other programs can do to a SQLite file.
fn done_to_a_database(desk: &Desk) -> Deeds {
    let open = |name: &str| Tracker::open(desk.path(name), "desk");
    let changed = |name: &str, sql: &str| {
        // At a fixed moment: ids are shown.
        let tracker = Tracker::create(desk.path(name), "desk").unwrap().with_time(FixedTime(Moment::EPOCH));
        tracker.register(common::word()).unwrap();
        tracker.append(remark("one")).unwrap();
        drop(tracker);
        Connection::open(desk.path(name)).unwrap().execute_batch(sql).unwrap();
    };
    let mut deeds = Deeds::new();
    Connection::open(desk.path("other.db")).unwrap().execute_batch("CREATE TABLE photos (id INTEGER)").unwrap();
    deeds.push(("opens a SQLite file of another program", open("other.db").unwrap_err()));
    changed("newer.db", "PRAGMA user_version = 7");
    deeds.push(("opens a SQLite file of a later version", open("newer.db").unwrap_err()));
    changed("row.db", r#"UPDATE entries SET line = replace(line, '"one"', '"two"') WHERE number = 3"#);
    deeds.push((
        "asks about a row that was changed",
        open("row.db").unwrap().view().standing(common::WORD).unwrap_err(),
    ));
    changed("column.db", "UPDATE entries SET commitment = 'us/other' WHERE number = 3");
    deeds.push((
        "verifies where a column was changed",
        open("column.db").unwrap().verify(|_| ControlFlow::Continue(())).unwrap_err(),
    ));
    fs::write(desk.path("header.db"), "SQLite format 3\0 and then nothing of the kind").unwrap();
    deeds.push(("opens what only begins like a SQLite file", open("header.db").unwrap_err()));
    let tracker = desk.tracker("locked.db").with_lock_timeout(Duration::from_millis(2)).unwrap();
    let other = Connection::open(desk.path("locked.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    deeds.push(("appends while another program writes", tracker.append(remark("one")).unwrap_err()));
    let tracker = desk.tracker("replaced.db");
    drop(desk.tracker("by.db"));
    fs::rename(desk.path("by.db"), desk.path("replaced.db")).unwrap();
    deeds.push(("appends to a SQLite file that was replaced", tracker.append(remark("one")).unwrap_err()));
    deeds
}

/// Errors that take a failing disk, another user or a failing thread. The first is met in `lines/replay.rs`.
fn told() -> Deeds {
    let path = || PathBuf::from("DIR/ledger.jsonl");
    let reason = || "No space left on device".to_owned();
    let place = || "postgresql://desk@db.example.org/alliance".to_owned();
    vec![
        ("fails to write, and to take it back", Error::Unsettled { path: path(), reason: reason() }),
        ("fails to write", Error::Io { action: "write", path: path(), reason: reason() }),
        (
            "has no locks",
            Error::Io { action: "lock", path: "DIR/ledger.jsonl.lock".into(), reason: "not supported".to_owned() },
        ),
        ("may not write", Error::NoPermission { action: "write", path: path() }),
        ("may not read", Error::NoPermission { action: "read", path: path() }),
        (
            "opens what it was built without",
            Error::NotCompiledIn {
                kind: "PostgreSQL",
                feature: "postgres",
                place: "postgres://desk@db.example.org/alliance".to_owned(),
            },
        ),
        (
            "opens a URL that is none of PostgreSQL's",
            Error::InvalidUrl { reason: "sslmode=verify-ca is not supported; use sslmode=verify-full".to_owned() },
        ),
        ("has no connection", Error::NoConnection { place: place(), reason: "connection refused".to_owned() }),
        (
            "is refused by the server",
            Error::Server {
                place: place(),
                reason: "permission denied for table servanda_entries".to_owned(),
                sqlstate: Some("42501".to_owned()),
            },
        ),
        (
            "loses the connection in a commit",
            Error::CommitUnknown { place: place(), reason: "connection closed".to_owned() },
        ),
        ("is always outrun", Error::Contended { place: place(), tries: 60 }),
        ("takes too long", Error::TooLong { place: place(), seconds: 30 }),
        ("after it was closed", Error::Closed),
        ("after a thread failed", Error::Poisoned),
    ]
}
