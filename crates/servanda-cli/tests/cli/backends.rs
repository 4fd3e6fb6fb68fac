//! All commands work alike on every kind of ledger.

use insta::assert_snapshot;
use servanda::Tracker;
use servanda_cli::Exit;

use crate::test_dir::{Outcome, TestDir};

/// Returns the transcript with `LEDGER` for the name of the ledger.
fn transcript(outcome: &Outcome, name: &str) -> String {
    outcome.transcript().replace(name, "LEDGER")
}

#[test]
fn every_command_answers_alike_for_sqlite_and_json_lines() {
    let dir = TestDir::new();
    let commands = [
        "init LEDGER --dry-run",
        "init LEDGER",
        "init LEDGER",
        "register LEDGER us/abe-visit --title 'A visit' --procedure action --given-by us --made 2013-01-18 --obligation \
            result --words 'has invited' --source https://example.org/remarks",
        "register LEDGER jp/treaty --title 'A treaty' --procedure diet-treaty-approval --given-by jp --made 2013-01-18 \
            --obligation consideration --words 'will consider' --source https://example.org/remarks",
        "advance LEDGER us/abe-visit done --on 2013-02-22 --source https://example.org/visit --dry-run",
        "advance LEDGER us/abe-visit done --on 2013-02-22 --source https://example.org/visit",
        "advance LEDGER us/abe-visit given-up --on 2013-02-23 --source https://example.org/visit",
        "advance LEDGER us/abe-vist done --on 2013-02-22",
        "remark LEDGER us/abe-visit 'It snowed' --on 2013-02-22",
        "define LEDGER --party jp --name en=Japan",
        "link LEDGER us/abe-visit related jp/treaty --on 2013-02-22",
        "status LEDGER --on 2014-01-01",
        "status LEDGER us/abe-visit --on 2014-01-01",
        "history LEDGER us/abe-visit --on 2014-01-01",
        "next LEDGER jp/treaty --on 2014-01-01",
        "agenda LEDGER --on 2013-02-01",
        "changes LEDGER --since 2013-01-20 --on 2013-03-01",
        "stale LEDGER --on 2014-01-01",
        "parts LEDGER us/abe-visit",
        "verify LEDGER",
        "verify LEDGER --format json",
    ];
    for command in commands {
        assert_ne!(dir.run_as_desk(&command.replace("LEDGER", "@nothing.db")).exit, Exit::Usage, "{command}");
        let [lines, database] = ["promises.jsonl", "promises.db"]
            .map(|name| transcript(&dir.run_as_desk(&command.replace("LEDGER", &format!("@{name}"))), name));
        assert_eq!(database, lines, "{command}");
    }
}

#[test]
fn an_entry_can_be_named_by_a_prefix_of_its_id() {
    let dir = TestDir::promises("p.jsonl");
    assert_eq!(dir.run_as_desk("copy @p.jsonl @p.db").exit, Exit::Done);
    let ledger = Tracker::open(dir.path("p.db"), "desk").unwrap().ledger().unwrap();
    let step = ledger.entries().find(|entry| entry.commitment() == Some("us/abe-visit") && entry.kind() == "advance");
    let id = step.unwrap().id().to_string();
    for start in [&id["sha256:".len()..][..12], &id] {
        for name in ["p.jsonl", "p.db"] {
            let retract = format!("retract @{name} {start} --reason 'Another visit was meant' --dry-run");
            assert_eq!(dir.run_as_desk(&retract).exit, Exit::Done, "{}", dir.run_as_desk(&retract).transcript());
        }
    }
}

#[test]
fn copies_have_the_same_entries() {
    let dir = TestDir::promises("p.jsonl");
    let mut all = String::new();
    for command in [
        "copy @p.jsonl @p.db",
        "copy @p.db @again.jsonl",
        "copy @p.jsonl @p.db",
        "copy @p.db @again.jsonl --format json",
        "copy @nothing.db @p.db",
        "copy @p.db @nowhere/p.db",
    ] {
        all.push_str(&format!("$ servanda {command}\n{}\n\n", dir.run_as_desk(command).transcript()));
    }
    assert_snapshot!(all.trim_end());
    let digests =
        ["p.jsonl", "p.db", "again.jsonl"].map(|name| Tracker::open(dir.path(name), "desk").unwrap().digest());
    assert_eq!(digests[0], digests[1]);
    assert_eq!(digests[0], digests[2]);
}

#[test]
fn merge_refuses_a_url_and_leftover_files() {
    let dir = TestDir::promises("p.jsonl");
    let outcome = dir.run(80, "merge @p.jsonl -o postgresql://me:secret@localhost/db");
    let expected =
        "error: --output <FILE>: postgresql://me@localhost/db is not a file; `servanda copy` adds to a database\n";
    assert_eq!((outcome.exit, outcome.err.as_str()), (Exit::Usage, expected));
    let outcome = dir.run_as_desk("init --dry-run postgresql://me:secret@localhost/db");
    assert!(
        !outcome.transcript().contains("secret") && !outcome.transcript().contains("folder"),
        "{}",
        outcome.transcript()
    );
    dir.write("new.db-wal", "pages");
    let outcome = dir.run(80, "merge @p.jsonl -o @new.db");
    assert_eq!(
        (outcome.exit, outcome.err.contains("new.db-wal was left behind")),
        (Exit::Refused, true),
        "{}",
        outcome.err
    );
    assert_eq!(dir.run_as_desk("init --dry-run @new.db").err, outcome.err);
    assert_eq!(dir.run_as_desk("init @new.db").err, outcome.err);
    assert!(!dir.path("new.db").exists());
}

#[test]
fn any_kinds_of_ledger_merge_into_any_kind() {
    let dir = TestDir::promises("p.jsonl");
    assert_eq!(dir.run_as_desk("init @q.db").exit, Exit::Done);
    assert_eq!(dir.run_as_desk("define @q.db --party jp --name en=Japan").exit, Exit::Done);
    for name in ["both.jsonl", "both.db"] {
        assert_eq!(dir.run_as_desk(&format!("merge @p.jsonl @q.db -o @{name}")).exit, Exit::Done);
        let outcome = dir.run_as_desk(&format!("merge @p.jsonl @q.db -o @{name}"));
        assert_eq!((outcome.exit, outcome.err.contains("already something")), (Exit::Refused, true), "{}", outcome.err);
    }
    let ledgers =
        ["both.jsonl", "both.db"].map(|name| Tracker::open(dir.path(name), "desk").unwrap().ledger().unwrap());
    assert_eq!(ledgers[0], ledgers[1]);
    let names =
        || std::fs::read_dir(dir.path("")).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    let left: Vec<String> = names().filter(|name| name.starts_with('.') || name.contains("-wal")).collect();
    assert_eq!(left, [""; 0]);
}

#[test]
fn damage_to_a_database_is_listed() {
    let dir = TestDir::promises("p.jsonl");
    dir.write("damaged.db", "SQLite format 3\0 and nothing more");
    let asked = ["verify @damaged.db", "verify @damaged.db --format json", "status @damaged.db"];
    let outcome = asked.map(|command| format!("$ servanda {command}\n{}", dir.run_as_desk(command).transcript()));
    assert_snapshot!(outcome.join("\n\n"));
}

// The Python tests check the same message, because their build never has the feature.
#[cfg(not(feature = "postgres"))]
#[test]
fn postgres_url_needs_the_feature() {
    let outcome = TestDir::promises("p.jsonl").run(80, "status postgres://desk:s3cr3t@localhost/promises");
    let expected = "error: postgres://desk@localhost/promises is a PostgreSQL ledger, but this program was built \
        without PostgreSQL; build it with the feature `postgres`\n";
    assert_eq!((outcome.exit, outcome.err.as_str()), (Exit::Refused, expected));
}
