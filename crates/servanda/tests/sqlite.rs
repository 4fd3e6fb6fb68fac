//! SQLite files that other programs change or lock, a full disk, and missing permissions.

#![allow(clippy::panic, clippy::unwrap_used)]

mod common;

use std::fs;
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::ops::ControlFlow;
use std::path::Path;
use std::time::Duration;

use common::{COMMITMENT, TestDir, day, remark, remarks};
use rusqlite::Connection;
use servanda::{StoreError, Tracker, tracker::Fault};

#[test]
fn the_content_of_a_file_determines_its_kind() {
    let dir = TestDir::new();
    drop(dir.tracker("lines.jsonl"));
    drop(dir.tracker("database.db"));
    fs::rename(dir.path("lines.jsonl"), dir.path("now.db")).unwrap();
    fs::rename(dir.path("database.db"), dir.path("now.jsonl")).unwrap();
    for name in ["now.db", "now.jsonl"] {
        let tracker = Tracker::open(dir.path(name), "desk").unwrap();
        tracker.append(remark("one")).unwrap();
        assert_eq!(tracker.ledger().unwrap().len(), 3);
    }
    assert!(fs::read_to_string(dir.path("now.db")).unwrap().starts_with("{"));
}

#[test]
fn a_new_file_has_its_tables_and_leaves_no_other_files() {
    let dir = TestDir::new();
    drop(Tracker::create(dir.path("new.db"), "desk").unwrap());
    let names: Vec<_> = fs::read_dir(dir.path("")).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(names, ["new.db"]);
    let connection = Connection::open(dir.path("new.db")).unwrap();
    let asked = |pragma: &str| connection.query_row(&format!("PRAGMA {pragma}"), [], |row| row.get::<_, String>(0));
    let number = |pragma: &str| connection.query_row(&format!("PRAGMA {pragma}"), [], |row| row.get::<_, i64>(0));
    assert_eq!(asked("journal_mode").unwrap(), "wal");
    assert_eq!((number("user_version").unwrap(), number("application_id").unwrap()), (2, 0x5376_6e64));
    let refused = Tracker::create(dir.path("new.db"), "desk").unwrap_err();
    assert_eq!(refused, StoreError::AlreadyThere { path: dir.path("new.db") }.into());
    let refused = Tracker::create(dir.path("nowhere/new.db"), "desk").unwrap_err();
    assert!(matches!(refused.store(), Some(StoreError::Io { action: "write", .. })), "{refused}");
}

/// Otherwise SQLite would apply the log of the removed file to the new one.
#[test]
fn a_leftover_log_prevents_creation() {
    for end in ["-wal", "-journal"] {
        let dir = TestDir::new();
        let left = dir.path(&format!("new.db{end}"));
        fs::write(&left, "pages").unwrap();
        let refused = Tracker::create(dir.path("new.db"), "desk").unwrap_err();
        assert_eq!(refused.code(), "io");
        assert!(
            refused.to_string().ends_with(&format!("put the old file back, or remove {}", left.display())),
            "{refused}"
        );
        assert!(!dir.path("new.db").exists());
        fs::remove_file(left).unwrap();
        drop(Tracker::create(dir.path("new.db"), "desk").unwrap());
    }
}

/// A file that was cut off looks like a ledger without commitments.
#[test]
fn an_empty_database_is_refused() {
    let dir = TestDir::new();
    let path = dir.path("ledger.db");
    drop(dir.tracker("ledger.db"));
    fs::File::options().write(true).open(&path).unwrap().set_len(0).unwrap();
    let refused = Tracker::open(&path, "desk").unwrap_err();
    assert_eq!(refused, StoreError::EmptyDatabase { path: path.clone(), log: None }.into());
    let log = dir.path("ledger.db-wal");
    fs::write(&log, "pages").unwrap();
    let refused = Tracker::open(&path, "desk").unwrap_err();
    assert_eq!(refused, StoreError::EmptyDatabase { path, log: Some(log) }.into());
    // A new ledger in JSON Lines is an empty file.
    fs::write(dir.path("ledger.jsonl"), "").unwrap();
    assert!(Tracker::open(dir.path("ledger.jsonl"), "desk").unwrap().ledger().unwrap().is_empty());
}

#[test]
fn special_names_of_sqlite_are_plain_paths() {
    let dir = TestDir::new();
    for name in ["file:ledger.db?mode=memory", ":memory:", "a b%20c.db"] {
        drop(dir.tracker(name));
        assert!(dir.path(name).is_file());
        assert_eq!(Tracker::open(dir.path(name), "desk").unwrap().ledger().unwrap().len(), 2);
    }
}

#[test]
fn a_dump_of_the_lines_is_the_ledger() {
    let dir = TestDir::new();
    let tracker = dir.tracker("ledger.db");
    tracker.append(remarks(["one".to_owned(), "two".to_owned()])).unwrap();
    let connection = Connection::open(dir.path("ledger.db")).unwrap();
    let mut statement = connection.prepare("SELECT line FROM entries").unwrap();
    let lines: Vec<String> = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    fs::write(dir.path("dump.jsonl"), lines.join("\n")).unwrap();
    assert_eq!(Tracker::open(dir.path("dump.jsonl"), "desk").unwrap().digest(), tracker.digest());
}

/// Returns what `verify` finds in a ledger of two entries and a batch, after this SQL was run on
/// its file.
fn found(sql: &str) -> Vec<Fault> {
    let dir = TestDir::new();
    let tracker = dir.tracker("ledger.db");
    tracker.append(remarks(["one".to_owned(), "two".to_owned()])).unwrap();
    drop(tracker);
    Connection::open(dir.path("ledger.db")).unwrap().execute_batch(sql).unwrap();
    match Tracker::open(dir.path("ledger.db"), "desk").and_then(|tracker| tracker.verify(|_| ControlFlow::Continue(())))
    {
        Ok(_) => Vec::new(),
        Err(error) => match error.store() {
            Some(StoreError::DamagedDatabase { faults, .. }) => faults.clone(),
            _ => panic!("{error}"),
        },
    }
}

#[test]
fn verify_names_changed_rows() {
    let column = |row, column: &str| {
        vec![Fault { row: Some(row), text: format!("the column {column} does not match the line") }]
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

/// The entry exists, although its row was changed. It must not be reported as unknown.
#[test]
fn an_entry_with_a_changed_row_is_reported_as_damaged() {
    let dir = TestDir::new();
    let tracker = dir.tracker("ledger.db");
    let id = tracker.append(remarks(["one".to_owned()])).unwrap()[0].to_string();
    drop(tracker);
    let sql = "UPDATE entries SET line = replace(line, 'one', 'eno') WHERE number = 3";
    Connection::open(dir.path("ledger.db")).unwrap().execute(sql, []).unwrap();
    let tracker = Tracker::open(dir.path("ledger.db"), "desk").unwrap();
    for start in [&id, &id[..20]] {
        assert_eq!(tracker.entries_like(start).unwrap_err().code(), "damaged-database");
    }
}

/// Opening a ledger reads no entries, not even definitions.
#[test]
fn a_damaged_definition_is_reported_by_the_first_query_that_needs_it() {
    let dir = TestDir::new();
    drop(dir.tracker("ledger.db"));
    let sql = "UPDATE entries SET line = replace(line, 'holding', 'gnidloh') WHERE commitment IS NULL";
    assert_eq!(Connection::open(dir.path("ledger.db")).unwrap().execute(sql, []).unwrap(), 1);
    let tracker = Tracker::open(dir.path("ledger.db"), "desk").unwrap();
    let view = tracker.view();
    assert_eq!(view.procedures().unwrap_err().code(), "damaged-database");
    assert_eq!(view.standing(COMMITMENT).unwrap_err().code(), "damaged-database");
    assert_eq!(tracker.append(remark("one")).unwrap_err().code(), "damaged-database");
}

/// Makes the index of commitments lose the rows from the third on.
const LOSE_A_PART_OF_THE_INDEX: &str = "
    DROP INDEX entries_by_commitment;
    CREATE INDEX entries_by_commitment ON entries (commitment) WHERE number < 3;
    PRAGMA writable_schema = ON;
    UPDATE sqlite_schema SET sql = 'CREATE INDEX entries_by_commitment ON entries (commitment)'
        WHERE name = 'entries_by_commitment';";

/// Each row that is left agrees with its line.
#[test]
fn missing_rows_are_reported_by_every_question_that_needs_them() {
    let changes = [
        "DELETE FROM entries WHERE number = 3",
        "UPDATE entries SET commitment = 'us/other' WHERE number = 3",
        LOSE_A_PART_OF_THE_INDEX,
    ];
    for change in changes {
        let dir = TestDir::new();
        let tracker = dir.tracker("ledger.db");
        tracker.append(remark("one")).unwrap();
        tracker.append(remark("two")).unwrap();
        drop(tracker);
        Connection::open(dir.path("ledger.db")).unwrap().execute_batch(change).unwrap();
        let open = || Tracker::open(dir.path("ledger.db"), "desk").unwrap();
        let error = open().view().standing(COMMITMENT).unwrap_err();
        assert_eq!(error.code(), "damaged-database", "{change}");
        assert!(error.to_string().contains("3 entries about us/senkaku were recorded"), "{error}");
        let code = |error: servanda::Error| error.code();
        let expected = "damaged-database";
        assert_eq!(open().append(remark("three")).map_err(code), Err(expected), "{change}");
        assert_eq!(open().view().conflicts().map_err(code), Err(expected), "{change}");
        assert_eq!(open().digest().map_err(code), Err(expected), "{change}");
        assert_eq!(open().export_since(None).map(drop).map_err(code), Err(expected), "{change}");
        assert_eq!(open().verify(|_| ControlFlow::Continue(())).map_err(code), Err(expected), "{change}");
    }
}

#[test]
fn many_entries_are_counted_together() {
    let dir = TestDir::new();
    let tracker = dir.tracker("ledger.db");
    let others = Tracker::in_memory("phone").unwrap();
    others.merge(tracker.ledger().unwrap().entries().cloned()).unwrap();
    others.append(remarks((0..700).map(|number| format!("Remark {number}")))).unwrap();
    let all = || others.ledger().unwrap().entries().cloned().collect::<Vec<_>>();
    assert_eq!((tracker.merge(all()).unwrap(), tracker.merge(all()).unwrap()), (700, 0));
    let reopened = Tracker::open(dir.path("ledger.db"), "desk").unwrap();
    assert_eq!(reopened.view().on(day()).unwrap().standing(COMMITMENT).unwrap().remarks.len(), 700);
    tracker.append(remark("one more")).unwrap();
    tracker.verify(|_| ControlFlow::Continue(())).unwrap();
}

#[test]
fn verify_compares_the_schema() {
    let text = |sql: &str| found(sql).into_iter().map(|fault| fault.text).collect::<Vec<_>>();
    let trigger = "CREATE TRIGGER late AFTER INSERT ON entries BEGIN SELECT 1; END";
    assert_eq!(text(trigger), ["there is a trigger late on entries, which this program does not create"]);
    assert_eq!(text("DROP TRIGGER entries_are_counted"), ["the trigger entries_are_counted is missing"]);
    assert_eq!(text("DROP INDEX entries_by_commitment"), ["the index entries_by_commitment is missing"]);
    assert_eq!(
        text("ALTER TABLE entries ADD COLUMN note TEXT"),
        ["the table entries is not as this program creates it"]
    );
    let view = "ALTER TABLE counts RENAME TO held; CREATE VIEW counts AS SELECT * FROM held";
    assert!(text(view).contains(&"the table counts is not as this program creates it".to_owned()));
    // Additions of users stay as they are.
    assert_eq!(text("CREATE VIEW lines AS SELECT line FROM entries; CREATE TABLE notes (text TEXT)"), [""; 0]);
}

/// Turns a file into one of the first version, which had no counts.
const WITHOUT_COUNTS: &str = "DROP TRIGGER entries_are_counted; DROP TABLE counts; PRAGMA user_version = 1";

#[test]
fn a_file_of_the_first_version_gets_its_counts_when_it_is_opened() {
    let dir = TestDir::new();
    drop(dir.tracker("ledger.db"));
    let connection = Connection::open(dir.path("ledger.db")).unwrap();
    connection.execute_batch(WITHOUT_COUNTS).unwrap();
    let tracker = Tracker::open(dir.path("ledger.db"), "desk").unwrap();
    let counts = || {
        let mut statement = connection.prepare("SELECT commitment, entries FROM counts ORDER BY 1").unwrap();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.map(Result::unwrap).collect::<Vec<(String, i64)>>()
    };
    assert_eq!(counts(), [(String::new(), 1), (COMMITMENT.to_owned(), 1)]);
    tracker.append(remark("one")).unwrap();
    // A program of the first version that has the file open inserts a row and knows of no counts.
    let others = Tracker::in_memory("phone").unwrap();
    others.merge(tracker.ledger().unwrap().entries().cloned()).unwrap();
    let entry = others.append(remark("two")).unwrap()[0];
    let entry = others.ledger().unwrap().entry(entry).unwrap().clone();
    let insert = "INSERT INTO entries (id, commitment, recorded_at, previous, line) VALUES (?1, ?2, ?3, NULL, ?4)
        ON CONFLICT (id) DO NOTHING";
    let row = (entry.id().as_bytes().to_vec(), COMMITMENT, entry.recorded_at().micros(), entry.line());
    connection.execute(insert, row.clone()).unwrap();
    connection.execute(insert, row).unwrap();
    assert_eq!(counts(), [(String::new(), 1), (COMMITMENT.to_owned(), 3)]);
    assert_eq!(Tracker::open(dir.path("ledger.db"), "desk").unwrap().digest(), others.digest());
    tracker.verify(|_| ControlFlow::Continue(())).unwrap();
}

#[test]
fn verify_finds_overwritten_pages() {
    let dir = TestDir::new();
    let tracker = dir.tracker("ledger.db");
    for number in 0..40 {
        tracker.append(remark(&format!("Remark {number}, {}", "x".repeat(200)))).unwrap();
    }
    drop(tracker);
    let path = dir.path("ledger.db");
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
        assert!(verified.as_ref().is_err_and(|error| error.code() == "damaged-database"), "page {page}: {verified:?}");
        found += 1;
        fs::write(&path, &sound).unwrap();
    }
    assert_eq!(found, pages - 1);
    Tracker::open(&path, "desk").unwrap().verify(|_| ControlFlow::Continue(())).unwrap();
}

#[test]
fn readers_work_and_writers_time_out_while_another_program_writes() {
    let dir = TestDir::new();
    let tracker = dir.tracker("ledger.db").with_lock_timeout(Duration::from_millis(1)).unwrap();
    let other = Connection::open(dir.path("ledger.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let place = dir.path("ledger.db").display().to_string();
    let expected = servanda::Error::from(StoreError::Locked { place, waited: Duration::from_millis(1) });
    assert_eq!(tracker.append(remark("one")).unwrap_err(), expected);
    assert_eq!(tracker.merge(tracker.ledger().unwrap().entries().cloned()).unwrap_err(), expected);
    // A tracker that has not written before waits as long.
    let reader =
        Tracker::open(dir.path("ledger.db"), "desk").unwrap().with_lock_timeout(Duration::from_millis(1)).unwrap();
    assert_eq!(reader.append(remark("one")).unwrap_err(), expected);
    assert!(!reader.refresh().unwrap());
    assert_eq!(reader.view().on(day()).unwrap().standing(COMMITMENT).unwrap().remarks.len(), 0);
    other.execute_batch("ROLLBACK").unwrap();
    tracker.append(remark("one")).unwrap();
    assert!(reader.refresh().unwrap());
    reader.verify(|_| ControlFlow::Continue(())).unwrap();
}

#[test]
fn appending_to_a_removed_file_fails() {
    let dir = TestDir::new();
    let tracker = dir.tracker("ledger.db");
    tracker.append(remark("one")).unwrap();
    fs::remove_file(dir.path("ledger.db")).unwrap();
    let refused = tracker.append(remark("two")).unwrap_err();
    assert_eq!(refused, StoreError::NoLedger { path: dir.path("ledger.db") }.into());
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

    /// The program that the tests below run as another user, or with a limit.
    #[test]
    fn program() {
        let Ok(role) = env::var(ROLE) else { return };
        let mut out = io::stdout().lock();
        let tracker = Tracker::open(env::var(LEDGER).unwrap(), "desk");
        let said = match (role.as_str(), tracker) {
            (_, Err(error)) => format!("open: {}", error.code()),
            ("read and append", Ok(tracker)) => {
                let read =
                    tracker.view().on(day()).unwrap().standing(COMMITMENT).map(|standing| standing.remarks.len());
                let appended = tracker.append(remark("one")).map_err(|error| error.code());
                format!("read: {read:?}, appended: {appended:?}")
            }
            ("append until full", Ok(tracker)) => {
                let mut appended = 0;
                loop {
                    match tracker.append(remark(&format!("Remark {appended}, {}", "x".repeat(200)))) {
                        Ok(_) => appended += 1,
                        Err(error) => {
                            let held = tracker.view().on(day()).unwrap().standing(COMMITMENT).unwrap().remarks.len();
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
    fn a_reader_without_write_permission_can_read_but_not_append() {
        for before in ["", WITHOUT_COUNTS] {
            let dir = TestDir::new();
            drop(dir.tracker("ledger.db"));
            Connection::open(dir.path("ledger.db")).unwrap().execute_batch(before).unwrap();
            read_without_permission(&dir);
        }
    }

    fn read_without_permission(dir: &TestDir) {
        let program = dir.path("program");
        fs::copy(env::current_exe().unwrap(), &program).unwrap();
        let allow = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        allow(&program, 0o755);
        let is_root = std::os::unix::fs::MetadataExt::uid(&fs::metadata(&program).unwrap()) == 0;
        let as_reader = |role: &str| {
            let mut command = Command::new(&program);
            command.args(TEST);
            if is_root {
                // Root ignores file permissions, so run as the user `nobody`.
                command.uid(65_534);
            }
            run(command, role, &dir.path("ledger.db"))
        };
        let expected = r#"read: Ok(0), appended: Err("no-permission")"#;
        for (folder, file) in [(0o777, 0o444), (0o555, 0o444), (0o555, 0o666)] {
            allow(&dir.path("ledger.db"), file);
            allow(&dir.path(""), folder);
            let said = as_reader("read and append");
            allow(&dir.path(""), 0o755);
            assert_eq!(said, expected, "folder {folder:o}, file {file:o}");
        }
        allow(&dir.path("ledger.db"), 0o000);
        allow(&dir.path(""), 0o755);
        assert_eq!(as_reader("read and append"), "open: no-permission");
    }

    #[test]
    fn a_full_disk_is_reported_and_loses_nothing() {
        let dir = TestDir::new();
        drop(dir.tracker("ledger.db"));
        // Limit the size of files, in blocks of 512 bytes, as if the disk were full.
        let limited = "trap '' XFSZ; ulimit -f 600; exec \"$0\" \"$@\"";
        let mut command = Command::new("sh");
        command.arg("-c").arg(limited).arg(env::current_exe().unwrap()).args(TEST);
        let said = run(command, "append until full", &dir.path("ledger.db"));
        let words: Vec<&str> = said.split(' ').collect();
        let appended: usize = words[0].parse().unwrap();
        assert!(appended > 10, "{said}");
        assert_eq!(words[1], words[0], "what was refused is not shown");
        assert_eq!(words[2], "io");
        let tracker = Tracker::open(dir.path("ledger.db"), "desk").unwrap();
        tracker.verify(|_| ControlFlow::Continue(())).unwrap();
        assert_eq!(tracker.view().on(day()).unwrap().standing(COMMITMENT).unwrap().remarks.len(), appended);
        tracker.append(remark("there is room again")).unwrap();
    }
}
