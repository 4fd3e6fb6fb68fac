//! A SQLite file in the hands of others: other programs, a full disk, somebody who may only read.

#![allow(clippy::panic, clippy::unwrap_used)]

mod common;

use std::fs;
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::ops::ControlFlow;
use std::path::Path;
use std::time::Duration;

use common::{Desk, WORD, day, remark, remarks};
use rusqlite::Connection;
use servanda::{Error, Fault, Tracker};

#[test]
fn a_file_is_what_its_content_says() {
    let desk = Desk::new();
    drop(desk.tracker("lines.jsonl"));
    drop(desk.tracker("database.db"));
    fs::rename(desk.path("lines.jsonl"), desk.path("now.db")).unwrap();
    fs::rename(desk.path("database.db"), desk.path("now.jsonl")).unwrap();
    for name in ["now.db", "now.jsonl"] {
        let tracker = Tracker::open(desk.path(name), "desk").unwrap();
        tracker.append(remark("one")).unwrap();
        assert_eq!(tracker.ledger().unwrap().len(), 3);
    }
    assert!(fs::read_to_string(desk.path("now.db")).unwrap().starts_with("{"));
}

#[test]
fn a_new_file_is_there_with_its_tables_and_nothing_beside_it() {
    let desk = Desk::new();
    drop(Tracker::create(desk.path("new.db"), "desk").unwrap());
    let names: Vec<_> = fs::read_dir(desk.path("")).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(names, ["new.db"]);
    let connection = Connection::open(desk.path("new.db")).unwrap();
    let asked = |pragma: &str| connection.query_row(&format!("PRAGMA {pragma}"), [], |row| row.get::<_, String>(0));
    let number = |pragma: &str| connection.query_row(&format!("PRAGMA {pragma}"), [], |row| row.get::<_, i64>(0));
    assert_eq!(asked("journal_mode").unwrap(), "wal");
    assert_eq!((number("user_version").unwrap(), number("application_id").unwrap()), (1, 0x5376_6e64));
    let refused = Tracker::create(desk.path("new.db"), "desk").unwrap_err();
    assert_eq!(refused, Error::AlreadyThere { path: desk.path("new.db") });
    let refused = Tracker::create(desk.path("nowhere/new.db"), "desk").unwrap_err();
    assert!(matches!(refused, Error::Io { action: "write", .. }), "{refused}");
}

/// Otherwise SQLite would put what the one that is gone had last into the new one.
#[test]
fn no_file_is_made_beside_what_another_has_left_behind() {
    for end in ["-wal", "-journal"] {
        let desk = Desk::new();
        let left = desk.path(&format!("new.db{end}"));
        fs::write(&left, "pages").unwrap();
        let refused = Tracker::create(desk.path("new.db"), "desk").unwrap_err();
        assert_eq!(refused.code(), "io");
        assert!(
            refused.to_string().ends_with(&format!("put that file back, or remove {}", left.display())),
            "{refused}"
        );
        assert!(!desk.path("new.db").exists());
        fs::remove_file(left).unwrap();
        drop(Tracker::create(desk.path("new.db"), "desk").unwrap());
    }
}

#[test]
fn a_name_that_sqlite_would_take_for_something_else_is_a_path() {
    let desk = Desk::new();
    for name in ["file:ledger.db?mode=memory", ":memory:", "a b%20c.db"] {
        drop(desk.tracker(name));
        assert!(desk.path(name).is_file());
        assert_eq!(Tracker::open(desk.path(name), "desk").unwrap().ledger().unwrap().len(), 2);
    }
}

#[test]
fn a_dump_is_the_ledger() {
    let desk = Desk::new();
    let tracker = desk.tracker("ledger.db");
    tracker.append(remarks(["one".to_owned(), "two".to_owned()])).unwrap();
    let connection = Connection::open(desk.path("ledger.db")).unwrap();
    let mut statement = connection.prepare("SELECT line FROM entries").unwrap();
    let lines: Vec<String> = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    fs::write(desk.path("dump.jsonl"), lines.join("\n")).unwrap();
    assert_eq!(Tracker::open(desk.path("dump.jsonl"), "desk").unwrap().digest(), tracker.digest());
}

/// What `verify` says of a ledger of two entries and a batch, after this was done to its file.
fn found(sql: &str) -> Vec<Fault> {
    let desk = Desk::new();
    let tracker = desk.tracker("ledger.db");
    tracker.append(remarks(["one".to_owned(), "two".to_owned()])).unwrap();
    drop(tracker);
    Connection::open(desk.path("ledger.db")).unwrap().execute_batch(sql).unwrap();
    match Tracker::open(desk.path("ledger.db"), "desk")
        .and_then(|tracker| tracker.verify(|_| ControlFlow::Continue(())))
    {
        Ok(_) => Vec::new(),
        Err(Error::DamagedDatabase { faults, .. }) => faults,
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn a_row_that_was_changed_is_named() {
    let column = |row, column: &str| {
        vec![Fault { row: Some(row), text: format!("the column {column} does not say what the line says") }]
    };
    assert_eq!(found(""), []);
    assert_eq!(found("UPDATE entries SET commitment = 'us/other' WHERE number = 2"), column(2, "commitment"));
    assert_eq!(found("UPDATE entries SET recorded_at = 0 WHERE number = 3"), column(3, "recorded_at"));
    assert_eq!(found("UPDATE entries SET previous = NULL WHERE number = 4"), column(4, "previous"));
    assert_eq!(found("UPDATE entries SET previous = NULL WHERE number = 3"), column(3, "previous"));
    assert_eq!(found("UPDATE entries SET previous = x'00' WHERE number = 3"), column(3, "previous"));
    assert_eq!(found("UPDATE entries SET id = zeroblob(32) WHERE number = 3"), column(3, "id"));
    for change in ["replace(line, 'one', 'eno')", "'{}'", "''", "CAST(x'ff' AS TEXT)", "line || ' '"] {
        let faults = found(&format!("UPDATE entries SET line = {change} WHERE number = 3"));
        assert!(matches!(&faults[..], [Fault { row: Some(3), .. }]), "{change}: {faults:?}");
    }
}

/// It is there, whatever has become of it; that it is not would be another answer.
#[test]
fn an_entry_whose_row_was_changed_is_not_said_to_be_unknown() {
    let desk = Desk::new();
    let tracker = desk.tracker("ledger.db");
    let id = tracker.append(remarks(["one".to_owned()])).unwrap()[0].to_string();
    drop(tracker);
    let sql = "UPDATE entries SET line = replace(line, 'one', 'eno') WHERE number = 3";
    Connection::open(desk.path("ledger.db")).unwrap().execute(sql, []).unwrap();
    let tracker = Tracker::open(desk.path("ledger.db"), "desk").unwrap();
    for start in [&id, &id[..20]] {
        assert_eq!(tracker.entries_like(start).unwrap_err().code(), "damaged-database");
    }
}

/// To open a ledger reads no entries, not even definitions.
#[test]
fn what_is_wrong_with_a_definition_is_told_when_somebody_asks_for_what_depends_on_it() {
    let desk = Desk::new();
    drop(desk.tracker("ledger.db"));
    let sql = "UPDATE entries SET line = replace(line, 'holding', 'gnidloh') WHERE commitment IS NULL";
    assert_eq!(Connection::open(desk.path("ledger.db")).unwrap().execute(sql, []).unwrap(), 1);
    let tracker = Tracker::open(desk.path("ledger.db"), "desk").unwrap();
    let view = tracker.view();
    assert_eq!(view.procedures().unwrap_err().code(), "damaged-database");
    assert_eq!(view.standing(WORD).unwrap_err().code(), "damaged-database");
    assert_eq!(tracker.append(remark("one")).unwrap_err().code(), "damaged-database");
}

#[test]
fn rows_that_were_deleted_leave_half_a_batch_that_is_shown() {
    let desk = Desk::new();
    let tracker = desk.tracker("ledger.db");
    tracker.append(remarks(["one".to_owned(), "two".to_owned()])).unwrap();
    Connection::open(desk.path("ledger.db")).unwrap().execute("DELETE FROM entries WHERE number = 3", []).unwrap();
    let conflicts = Tracker::open(desk.path("ledger.db"), "desk").unwrap().view().conflicts().unwrap();
    assert_eq!(conflicts.iter().map(|conflict| conflict.reason.code()).collect::<Vec<_>>(), ["half-batch"]);
}

#[test]
fn a_page_that_was_overwritten_is_found() {
    let desk = Desk::new();
    let tracker = desk.tracker("ledger.db");
    for number in 0..40 {
        tracker.append(remark(&format!("Remark {number}, {}", "x".repeat(200)))).unwrap();
    }
    drop(tracker);
    let path = desk.path("ledger.db");
    let sound = fs::read(&path).unwrap();
    let pages = sound.len() / 4096;
    assert!(pages > 6, "{pages}");
    let mut found = 0;
    for page in 1..pages {
        let mut file = fs::File::options().read(true).write(true).open(&path).unwrap();
        file.seek(SeekFrom::Start(page as u64 * 4096)).unwrap();
        let mut before = vec![0; 4096];
        file.read_exact(&mut before).unwrap();
        file.seek(SeekFrom::Start(page as u64 * 4096)).unwrap();
        file.write_all(&[0x5a; 4096]).unwrap();
        let verified = Tracker::open(&path, "desk").and_then(|tracker| tracker.verify(|_| ControlFlow::Continue(())));
        assert!(matches!(verified, Err(Error::DamagedDatabase { .. })), "page {page}: {verified:?}");
        found += 1;
        fs::write(&path, &sound).unwrap();
    }
    assert_eq!(found, pages - 1);
    Tracker::open(&path, "desk").unwrap().verify(|_| ControlFlow::Continue(())).unwrap();
}

#[test]
fn while_another_program_writes_one_reads_and_then_says_who_holds_it() {
    let desk = Desk::new();
    let tracker = desk.tracker("ledger.db").with_lock_timeout(Duration::from_millis(1)).unwrap();
    let other = Connection::open(desk.path("ledger.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let expected =
        Error::Locked { place: desk.path("ledger.db").display().to_string(), waited: Duration::from_millis(1) };
    assert_eq!(tracker.append(remark("one")).unwrap_err(), expected);
    assert_eq!(tracker.merge(tracker.ledger().unwrap().entries().cloned()).unwrap_err(), expected);
    // Who has not written yet waits as long.
    let reader =
        Tracker::open(desk.path("ledger.db"), "desk").unwrap().with_lock_timeout(Duration::from_millis(1)).unwrap();
    assert_eq!(reader.append(remark("one")).unwrap_err(), expected);
    assert!(!reader.refresh().unwrap());
    assert_eq!(reader.view().on(day()).standing(WORD).unwrap().remarks.len(), 0);
    other.execute_batch("ROLLBACK").unwrap();
    tracker.append(remark("one")).unwrap();
    assert!(reader.refresh().unwrap());
    reader.verify(|_| ControlFlow::Continue(())).unwrap();
}

#[test]
fn what_is_appended_to_a_file_that_is_gone_is_refused() {
    let desk = Desk::new();
    let tracker = desk.tracker("ledger.db");
    tracker.append(remark("one")).unwrap();
    fs::remove_file(desk.path("ledger.db")).unwrap();
    let refused = tracker.append(remark("two")).unwrap_err();
    assert_eq!(refused, Error::NoLedger { path: desk.path("ledger.db") });
}

#[cfg(unix)]
mod as_another_process {
    use std::os::unix::fs::PermissionsExt as _;
    use std::os::unix::process::CommandExt as _;
    use std::process::{Command, Stdio};
    use std::{env, io};

    use super::*;

    const ROLE: &str = "SERVANDA_TEST_ROLE";
    const LEDGER: &str = "SERVANDA_TEST_LEDGER";

    /// What the tests below run, as a program of its own, by somebody who is not root, or under a limit.
    #[test]
    fn program() {
        let Ok(role) = env::var(ROLE) else { return };
        let mut out = io::stdout().lock();
        let tracker = Tracker::open(env::var(LEDGER).unwrap(), "desk");
        let said = match (role.as_str(), tracker) {
            (_, Err(error)) => format!("open: {}", error.code()),
            ("read and append", Ok(tracker)) => {
                let read = tracker.view().on(day()).standing(WORD).map(|standing| standing.remarks.len());
                let appended = tracker.append(remark("one")).map_err(|error| error.code());
                format!("read: {read:?}, appended: {appended:?}")
            }
            ("append until full", Ok(tracker)) => {
                let mut appended = 0;
                loop {
                    match tracker.append(remark(&format!("Remark {appended}, {}", "x".repeat(200)))) {
                        Ok(_) => appended += 1,
                        Err(error) => {
                            let held = tracker.view().on(day()).standing(WORD).unwrap().remarks.len();
                            break format!("{appended} {held} {}", error.code());
                        }
                    }
                }
            }
            (role, _) => panic!("no such role: {role}"),
        };
        out.write_all(format!("\n> {said}\n").as_bytes()).unwrap();
    }

    fn run(mut command: Command, role: &str, ledger: &Path) -> String {
        command.env(ROLE, role).env(LEDGER, ledger).stdin(Stdio::null());
        let output = command.output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        let line = said.lines().find_map(|line| line.strip_prefix("> ")).map(str::to_owned);
        line.unwrap_or_else(|| panic!("{said}\n{}", String::from_utf8_lossy(&output.stderr)))
    }

    const TEST: [&str; 4] = ["as_another_process::program", "--exact", "--nocapture", "--test-threads=1"];

    #[test]
    fn who_may_only_read_reads_and_is_told_so() {
        let desk = Desk::new();
        drop(desk.tracker("ledger.db"));
        let program = desk.path("program");
        fs::copy(env::current_exe().unwrap(), &program).unwrap();
        let allow = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        allow(&program, 0o755);
        let is_root = std::os::unix::fs::MetadataExt::uid(&fs::metadata(&program).unwrap()) == 0;
        let as_reader = |role: &str| {
            let mut command = Command::new(&program);
            command.args(TEST);
            if is_root {
                // Root may write whatever the permissions say; nobody may not.
                command.uid(65_534);
            }
            run(command, role, &desk.path("ledger.db"))
        };
        let expected = r#"read: Ok(0), appended: Err("no-permission")"#;
        for (folder, file) in [(0o777, 0o444), (0o555, 0o444), (0o555, 0o666)] {
            allow(&desk.path("ledger.db"), file);
            allow(&desk.path(""), folder);
            let said = as_reader("read and append");
            allow(&desk.path(""), 0o755);
            assert_eq!(said, expected, "folder {folder:o}, file {file:o}");
        }
        allow(&desk.path("ledger.db"), 0o000);
        allow(&desk.path(""), 0o755);
        assert_eq!(as_reader("read and append"), "open: no-permission");
    }

    #[test]
    fn a_full_disk_is_told_and_nothing_is_lost() {
        let desk = Desk::new();
        drop(desk.tracker("ledger.db"));
        // No file may become larger than so many blocks of 512 bytes, as if the disk was full.
        let limited = "trap '' XFSZ; ulimit -f 600; exec \"$0\" \"$@\"";
        let mut command = Command::new("sh");
        command.arg("-c").arg(limited).arg(env::current_exe().unwrap()).args(TEST);
        let said = run(command, "append until full", &desk.path("ledger.db"));
        let words: Vec<&str> = said.split(' ').collect();
        let appended: usize = words[0].parse().unwrap();
        assert!(appended > 10, "{said}");
        assert_eq!(words[1], words[0], "what was refused is not shown");
        assert_eq!(words[2], "io");
        let tracker = Tracker::open(desk.path("ledger.db"), "desk").unwrap();
        tracker.verify(|_| ControlFlow::Continue(())).unwrap();
        assert_eq!(tracker.view().on(day()).standing(WORD).unwrap().remarks.len(), appended);
        tracker.append(remark("there is room again")).unwrap();
    }
}
