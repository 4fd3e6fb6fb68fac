//! Ledgers on a real PostgreSQL server.

#![allow(clippy::panic, clippy::unwrap_used)]

mod common;
#[path = "common/server.rs"]
mod server;

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::thread;

use common::{COMMITMENT, commitment, day, remark, remarks};
use postgres::{Client, NoTls};
use servanda::{Advance, Commitment, Day, Fact, Obligation, Source, StoreError, Tracker, builtin, facts::Words};
use server::{Program, Server, receive, required_variable, role, send, server};

/// How many programs write concurrently, and how often each.
const PROGRAMS: usize = 4;
const APPENDS: usize = 500;

fn source() -> Source {
    Source::new("Remarks", "https://example.org/remarks").unwrap()
}

fn step(commitment: &str, to: &str, on: Day) -> servanda::facts::FactBuilder<Advance> {
    Advance::builder(commitment, to).on(on).citing(source())
}

fn new_position(id: &str) -> Commitment {
    let words = Words::new("reiterated", source()).unwrap();
    let commitment = Commitment::builder(id, "A position").procedure(builtin::position()).by("us").made(day());
    commitment.obligation(Obligation::Position).words(words.text, words.source).build().unwrap()
}

/// Creates a ledger with one commitment.
fn ledger(server: &Server) -> Tracker {
    let tracker = Tracker::connect_new(&server.url, "desk").unwrap();
    tracker.register(commitment()).unwrap();
    tracker
}

fn titles(tracker: &Tracker) -> Vec<String> {
    let ledger = tracker.ledger().unwrap();
    let titles = ledger.entries().filter_map(|entry| match entry.fact() {
        Fact::Remark(remark) => Some(remark.title.to_string()),
        _ => None,
    });
    titles.collect()
}

#[test]
fn program() {
    let Some((role, url, name)) = role() else { return };
    assert_eq!(role, "append");
    let tracker = Tracker::connect(&url, "desk").unwrap();
    send("open");
    receive("go");
    let (mut refused, own) = (0, format!("own/{name}"));
    let first = day().plus_days(u32::try_from(name).unwrap()).unwrap();
    for number in 0..APPENDS {
        if number % 2 == 0 {
            let note = servanda::Remark::builder(own.as_str(), format!("{name}-{number}").as_str());
            tracker.append(note.on(day())).unwrap();
            continue;
        }
        let shared = format!("shared/{}", number / 2 % PROGRAMS);
        let mut on = first;
        loop {
            let view = tracker.view().on("9999-12-31").unwrap();
            let standing = view.standing(&shared).unwrap();
            let to = if standing.status.unwrap().as_str() == "holding" { "changed" } else { "holding" };
            // No two programs take a step on the same day, so only one of several concurrent steps
            // can be legal.
            let since = standing.since.unwrap().last_day();
            while on <= since {
                on = on.plus_days(PROGRAMS as u32).unwrap();
            }
            match tracker.append(step(&shared, to, on)) {
                Ok(_) => break,
                Err(error) => assert!(matches!(error.code(), "illegal-step" | "breaks-later-step"), "{error}"),
            }
            refused += 1;
        }
    }
    send(&format!("done {refused}"));
    receive("refresh");
    tracker.refresh().unwrap();
    send(&tracker.digest().unwrap().to_string());
}

#[test]
fn four_programs_taking_the_same_steps_lose_and_duplicate_nothing() {
    let Some(server) = server("four programs append to one database") else { return };
    let tracker = Tracker::connect_new(&server.url, "desk").unwrap();
    for n in 0..PROGRAMS {
        tracker.register(new_position(&format!("own/{n}"))).unwrap();
        tracker.register(new_position(&format!("shared/{n}"))).unwrap();
    }
    let before = tracker.ledger().unwrap().len();
    let mut programs: Vec<Program> = (0..PROGRAMS).map(|n| Program::start("append", &server.url, n)).collect();
    programs.iter_mut().for_each(|program| assert_eq!(program.receive().unwrap(), "open"));
    programs.iter_mut().for_each(|program| program.send("go"));
    let refused: usize = programs
        .iter_mut()
        .map(|program| {
            let said = program.receive().unwrap();
            said.strip_prefix("done ").unwrap().parse::<usize>().unwrap()
        })
        .sum();
    println!("{refused} steps were refused because another program was faster");
    assert!(refused > 0, "the programs never competed for a step");
    programs.iter_mut().for_each(|program| program.send("refresh"));
    assert!(tracker.refresh().unwrap());
    let digest = tracker.digest().unwrap();
    for program in &mut programs {
        assert_eq!(program.receive().unwrap(), digest.to_string());
    }
    let ledger = tracker.ledger().unwrap();
    assert_eq!(ledger.len(), before + PROGRAMS * APPENDS);
    let view = ledger.view_on("9999-12-31").unwrap();
    assert_eq!(view.conflicts(), []);
    let steps = |n| view.standing(format!("shared/{n}")).unwrap().history.len() - 1;
    assert_eq!((0..PROGRAMS).map(steps).sum::<usize>(), PROGRAMS * APPENDS / 2, "every step counts");
    tracker.verify(|_| ControlFlow::Continue(())).unwrap();
    assert_eq!(Tracker::connect(&server.url, "desk").unwrap().digest().unwrap(), digest);
}

#[test]
fn trackers_see_each_others_appends() {
    let Some(server) = server("trackers see each other's appends") else { return };
    assert_eq!(Tracker::connect(&server.url, "desk").unwrap_err().code(), "no-ledger");
    let desk = ledger(&server);
    assert_eq!(Tracker::connect_new(&server.url, "desk").unwrap_err().code(), "already-there");
    let phone = Tracker::connect(&server.url, "phone").unwrap();
    assert_eq!(phone.view().on(day()).unwrap().standing(COMMITMENT).unwrap().status.unwrap().as_str(), "holding");
    desk.append(step(COMMITMENT, "changed", day().plus_days(1).unwrap())).unwrap();
    // The phone has not refreshed, and still gets the current status.
    let refused = phone.append(step(COMMITMENT, "changed", day().plus_days(2).unwrap())).unwrap_err();
    assert!(refused.to_string().contains("it stood at changed since 2013-01-19"), "{refused}");
    phone.append(step(COMMITMENT, "holding", day().plus_days(3).unwrap())).unwrap();
    assert!(desk.refresh().unwrap());
    assert_eq!(desk.digest().unwrap(), phone.digest().unwrap());
    assert_eq!(desk.ledger().unwrap().view_on(day()).unwrap().conflicts(), []);
    desk.verify(|_| ControlFlow::Continue(())).unwrap();
}

#[test]
fn merging_existing_entries_adds_nothing() {
    let Some(server) = server("merging existing entries adds nothing") else { return };
    let memory = Tracker::in_memory("phone").unwrap();
    memory.register(commitment()).unwrap();
    for n in 0..3 {
        memory.append(remarks((0..3).map(|m| format!("{n}-{m}")))).unwrap();
    }
    let entries: Vec<_> = memory.ledger().unwrap().entries().cloned().collect();
    let tracker = Tracker::connect_new(&server.url, "desk").unwrap();
    let counted: Vec<usize> =
        entries.iter().map(|entry| tracker.merge([entry.clone(), entry.clone()]).unwrap()).collect();
    assert_eq!(counted, vec![1; entries.len()]);
    assert_eq!(tracker.merge(entries).unwrap(), 0);
    assert_eq!(tracker.digest().unwrap(), memory.digest().unwrap());
    assert_eq!(tracker.ledger().unwrap(), memory.ledger().unwrap());
    tracker.append(remark("after that")).unwrap();
    tracker.verify(|_| ControlFlow::Continue(())).unwrap();
}

/// The append waits for a table lock when its connection is terminated.
#[test]
fn losing_the_connection_during_a_batch_leaves_nothing_behind() {
    let Some(mut server) = server("losing the connection during a batch") else { return };
    let tracker = ledger(&server);
    let before = tracker.digest().unwrap();
    let mut holder = server.admin.transaction().unwrap();
    holder.batch_execute("LOCK TABLE servanda_entries IN SHARE MODE").unwrap();
    let writer = {
        let tracker = tracker.clone();
        thread::spawn(move || tracker.append(remarks((0..3).map(|n| format!("batch {n}")))))
    };
    let waiting = "SELECT count(pg_terminate_backend(pid)) FROM pg_locks WHERE NOT granted AND relation = 'servanda_entries'::regclass";
    while holder.query_one(waiting, &[]).unwrap().get::<_, i64>(0) == 0 {}
    let error = writer.join().unwrap().unwrap_err();
    assert!(matches!(error.code(), "server" | "no-connection"), "{error}");
    assert!(error.to_string().contains("connection"), "{error}");
    holder.rollback().unwrap();
    tracker.refresh().unwrap();
    assert_eq!(tracker.digest().unwrap(), before);
    // The tracker reconnects.
    tracker.append(remarks((0..3).map(|n| format!("batch {n}")))).unwrap();
    assert_eq!(titles(&tracker).iter().filter(|title| title.starts_with("batch")).count(), 3);
    tracker.verify(|_| ControlFlow::Continue(())).unwrap();
}

#[test]
fn a_connection_lost_while_idle_is_reopened() {
    let Some(mut server) = server("a connection lost while idle") else { return };
    // The name tells this connection from those of tests that run at the same time.
    server.url += "&application_name=servanda-idle";
    let tracker = ledger(&server);
    let idle = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'servanda-idle'";
    assert!(server.admin.query_one(idle, &[]).unwrap().get::<_, i64>(0) > 0);
    tracker.append(remark("after that")).unwrap();
    assert!(titles(&tracker).contains(&"after that".to_owned()));
}

fn faults(tracker: &Tracker) -> Vec<String> {
    match tracker.verify(|_| ControlFlow::Continue(())) {
        Ok(_) => Vec::new(),
        Err(error) => match error.store() {
            Some(StoreError::DamagedDatabase { faults, .. }) => faults.iter().map(|fault| fault.text.clone()).collect(),
            _ => panic!("{error}"),
        },
    }
}

#[test]
fn verify_names_changes_made_by_others() {
    let cases = [
        (
            "UPDATE servanda_entries SET line = replace(line, 'A remark', 'A lie') WHERE line LIKE '%A remark%'",
            "sha256",
        ),
        ("UPDATE servanda_entries SET commitment = 'us/other' WHERE line LIKE '%A remark%'", "column commitment"),
        (
            "UPDATE servanda_entries SET recorded_at = recorded_at + 1 WHERE line LIKE '%A remark%'",
            "column recorded_at",
        ),
        ("UPDATE servanda_entries SET size = 7 WHERE size IS NOT NULL", "nth and size"),
        (
            "DELETE FROM servanda_entries WHERE line LIKE '%A remark%'",
            "counts 2 entries about us/senkaku, and there are 1",
        ),
        ("DELETE FROM servanda_heads WHERE commitment = 'us/senkaku'", "no row in servanda_heads"),
        (
            "UPDATE servanda_heads SET newest = 0 WHERE commitment = ''",
            "servanda_heads does not match the entries about no commitment",
        ),
    ];
    for (change, named) in cases {
        let Some(mut server) = server("verify names changes made by others") else { return };
        let tracker = ledger(&server);
        tracker.append(remark("A remark")).unwrap();
        assert_eq!(faults(&tracker), [""; 0]);
        assert!(server.admin.execute(change, &[]).unwrap() > 0);
        let found = faults(&tracker);
        assert!(found.iter().any(|text| text.contains(named)), "{change}: {found:?}");
    }
}

/// With this setting, the server acknowledges a commit before it is on disk.
#[test]
fn commits_wait_for_the_disk_even_where_the_database_does_not() {
    let Some(mut server) = server("commits wait for the disk") else { return };
    server.url = server.url.replacen("options=", "options=-csynchronous_commit%3Doff%20", 1);
    let tracker = ledger(&server);
    let record = "CREATE TABLE seen (setting text); \
        CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql AS \
        'BEGIN INSERT INTO seen VALUES (current_setting(''synchronous_commit'')); RETURN NULL; END'; \
        CREATE TRIGGER see AFTER INSERT ON servanda_entries EXECUTE FUNCTION see()";
    server.admin.batch_execute(record).unwrap();
    tracker.append(remark("one")).unwrap();
    let others = Tracker::in_memory("phone").unwrap();
    others.merge(tracker.ledger().unwrap().entries().cloned()).unwrap();
    others.append(remark("two")).unwrap();
    tracker.merge(others.ledger().unwrap().entries().cloned()).unwrap();
    let seen: Vec<String> =
        server.admin.query("SELECT setting FROM seen", &[]).unwrap().iter().map(|row| row.get(0)).collect();
    assert!(seen.len() >= 2 && seen.iter().all(|setting| setting == "on"), "{seen:?}");
}

/// A reader for whom the database hides rows must not take the rest for the ledger.
#[test]
fn rows_hidden_by_a_policy_are_an_error() {
    let Some(mut server) = server("rows hidden by a policy") else { return };
    let tracker = ledger(&server);
    tracker.append(remark("one")).unwrap();
    let schema: String = server.admin.query_one("SELECT current_schema()::text", &[]).unwrap().get(0);
    let role = format!("{schema}_reader");
    server
        .admin
        .batch_execute(&format!(
            "CREATE ROLE {role} LOGIN PASSWORD 'reader'; GRANT USAGE ON SCHEMA {schema} TO {role}; \
             GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {role}; \
             ALTER TABLE servanda_entries ENABLE ROW LEVEL SECURITY; \
             CREATE POLICY none ON servanda_entries TO {role} USING (commitment IS NULL)"
        ))
        .unwrap();
    let (scheme, rest) = server.url.split_once("://").unwrap();
    let url = format!("{scheme}://{role}:reader@{}", rest.split_once('@').map_or(rest, |(_, host)| host));
    let reader = Tracker::connect(&url, "desk").and_then(|reader| reader.ledger().map(drop));
    let refused = reader.unwrap_err();
    server.admin.batch_execute(&format!("DROP OWNED BY {role}; DROP ROLE {role}")).unwrap();
    assert_eq!(refused.code(), "server");
    assert!(refused.to_string().contains("row-level security"), "{refused}");
    // The owner of the table is not affected.
    assert_eq!(titles(&tracker), ["one"]);
}

/// Each row that is left agrees with its line.
#[test]
fn missing_rows_are_reported_by_every_question_that_needs_them() {
    let changes = [
        "DELETE FROM servanda_entries WHERE line LIKE '%A remark%'",
        "UPDATE servanda_entries SET commitment = 'us/other' WHERE line LIKE '%A remark%'",
    ];
    for change in changes {
        let Some(mut server) = server("missing rows are reported") else { return };
        ledger(&server).append(remark("A remark")).unwrap();
        assert_eq!(server.admin.execute(change, &[]).unwrap(), 1);
        let open = || Tracker::connect(&server.url, "desk").unwrap();
        let error = open().view().standing(COMMITMENT).unwrap_err();
        assert!(error.to_string().contains("2 entries about us/senkaku were recorded, and 1 are found"), "{error}");
        let code = |error: servanda::Error| error.code();
        assert_eq!(open().append(remark("three")).map_err(code), Err("damaged-database"), "{change}");
        assert_eq!(open().view().conflicts().map_err(code), Err("damaged-database"), "{change}");
        assert_eq!(open().digest().map_err(code), Err("damaged-database"), "{change}");
        assert_eq!(open().export_since(None).map(drop).map_err(code), Err("damaged-database"), "{change}");
    }
}

#[test]
fn verify_compares_the_schema() {
    let cases = [
        (
            "CREATE FUNCTION late() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'; \
             CREATE TRIGGER late BEFORE INSERT ON servanda_entries FOR EACH ROW EXECUTE FUNCTION late()",
            vec!["this program creates no trigger late on servanda_entries"],
        ),
        ("DROP INDEX servanda_entries_commitment", vec!["there is no index on servanda_entries (commitment, number)"]),
        (
            "ALTER TABLE servanda_entries ADD COLUMN note text",
            vec!["this program creates no column servanda_entries.note text"],
        ),
        (
            "ALTER TABLE servanda_entries SET UNLOGGED",
            vec![
                "there is no table servanda_entries",
                "this program creates no other object in the place of the table servanda_entries",
            ],
        ),
        ("CREATE INDEX mine ON servanda_entries (nth)", vec![]),
        ("CREATE VIEW mine AS SELECT line FROM servanda_entries", vec![]),
    ];
    for (change, expected) in cases {
        let Some(mut server) = server("verify compares the schema") else { return };
        let tracker = ledger(&server);
        assert_eq!(faults(&tracker), [""; 0]);
        server.admin.batch_execute(change).unwrap();
        assert_eq!(faults(&tracker), expected, "{change}");
    }
}

#[test]
fn a_later_schema_is_refused_with_both_versions() {
    let Some(mut server) = server("a later schema is refused with both versions") else { return };
    drop(ledger(&server));
    server.admin.execute("UPDATE servanda_meta SET value = '7' WHERE name = 'schema'", &[]).unwrap();
    let refused = Tracker::connect(&server.url, "desk").unwrap_err();
    assert!(matches!(refused.store(), Some(StoreError::NewerSchema { found: 7, known: 1, .. })), "{refused}");
}

#[test]
fn a_row_committed_late_is_exported_and_read() {
    let Some(mut server) = server("a row committed late") else { return };
    let tracker = ledger(&server);
    tracker.register(new_position("us/other")).unwrap();
    let others = Tracker::in_memory("phone").unwrap();
    others.merge(tracker.ledger().unwrap().entries().cloned()).unwrap();
    let id = others.append(servanda::Remark::builder("us/other", "late").on(day())).unwrap()[0];
    let late = others.ledger().unwrap().entry(id).unwrap().clone();

    // A transaction takes its number, but another one with a larger number is committed first.
    let url = server.url.clone();
    let mut slow = server.admin.transaction().unwrap();
    let insert = "INSERT INTO servanda_entries (number, id, commitment, recorded_at, line) \
                  SELECT max(number) + 1, $1, $2, $3, $4 FROM servanda_entries";
    let values = (late.id().as_bytes().to_vec(), late.recorded_at().micros());
    slow.execute(insert, &[&values.0, &"us/other", &values.1, &late.line()]).unwrap();
    let count = "UPDATE servanda_heads SET version = version + 1, entries = entries + 1 WHERE commitment = 'us/other'";
    slow.execute(count, &[]).unwrap();
    let other = Tracker::connect(&url, "laptop").unwrap();
    other.append(remark("early")).unwrap();
    assert!(tracker.refresh().unwrap());
    let first = tracker.export_since(None).unwrap();
    slow.commit().unwrap();

    assert!(tracker.refresh().unwrap());
    assert!(titles(&tracker).contains(&"late".to_owned()));
    let second = tracker.export_since(Some(&first.cursor)).unwrap();
    assert!(second.entries.iter().any(|entry| entry.id() == id));
    assert!(!tracker.refresh().unwrap(), "nothing is new twice");
}

#[test]
fn messages_contain_no_password() {
    let Some(server) = server("messages contain no password") else { return };
    let (before, rest) = server.url.split_once("://").unwrap();
    let (user, host) = rest.split_once('@').unwrap();
    let password = user.split_once(':').map_or("none", |(_, password)| password);
    let wrong = format!("{before}://{}:hunter2@{host}", user.split(':').next().unwrap());
    let error = Tracker::connect(&wrong, "desk").unwrap_err();
    assert_eq!(error.code(), "no-connection");
    let said = format!("{error} {error:?} {}", error.details());
    assert!(said.contains("password authentication failed") && !said.contains("hunter2"), "{said}");
    let tracker = ledger(&server);
    let said = format!("{tracker:?} {:?}", Tracker::connect_new(&server.url, "desk").unwrap_err());
    assert!(!said.contains(password), "{said}");
    let nobody = Tracker::connect("postgresql://desk:hunter2@127.0.0.1:1/tracker", "desk").unwrap_err();
    assert_eq!(nobody.code(), "no-connection");
    let said = format!("{nobody} {nobody:?}");
    assert!(said.contains("postgresql://desk@127.0.0.1:1/tracker") && !said.contains("hunter2"), "{said}");
}

#[test]
fn the_certificate_is_verified_as_the_url_requires() {
    let test = "the certificate is verified as the URL requires";
    let (Some(server), Some(root)) = (server(test), required_variable("SERVANDA_TEST_POSTGRES_ROOT_CERT", test)) else {
        return;
    };
    ledger(&server);
    let root = root.replace('/', "%2F");
    let named = server.url.replace("127.0.0.1", "localhost");
    let connected = |url: &str, options: &str| {
        Tracker::connect(format!("{url}&{options}"), "desk")
            .map(|_| "connected".to_owned())
            .unwrap_or_else(|error| error.to_string())
    };
    let cases = [
        (&server.url, "sslmode=disable".to_owned(), "connected"),
        (&server.url, "sslmode=prefer".to_owned(), "connected"),
        (&server.url, "sslmode=require".to_owned(), "connected"),
        (&named, format!("sslmode=verify-full&sslrootcert={root}"), "connected"),
        (&named, format!("sslmode=require&sslrootcert={root}"), "connected"),
        (&server.url, format!("sslmode=verify-full&sslrootcert={root}"), "certificate not valid for name"),
        (&named, "sslmode=verify-full&sslrootcert=%2Fno%2Fsuch".to_owned(), "sslrootcert /no/such"),
        (&named, "sslmode=verify-ca".to_owned(), "use sslmode=verify-full"),
    ];
    for (url, options, expected) in cases {
        let said = connected(url, &options);
        assert!(said.contains(expected), "{options}: {said}");
    }
}

#[test]
fn writers_do_not_scan_whole_tables() {
    let Some(server) = server("writers do not scan whole tables") else { return };
    let tracker = ledger(&server);
    tracker.register(new_position("us/other")).unwrap();
    let other = Tracker::connect(&server.url, "laptop").unwrap();
    let mine = Tracker::connect(&server.url, "phone").unwrap();
    for tracker in [&other, &mine] {
        tracker.append(remark("what is needed is read")).unwrap();
    }
    let mut admin = Client::connect(&server.url, NoTls).unwrap();
    let mut holder = admin.transaction().unwrap();
    // A writer that waited for the other commitment would never finish.
    holder.execute("SELECT 1 FROM servanda_heads WHERE commitment = 'us/senkaku' FOR UPDATE", &[]).unwrap();
    mine.append(servanda::Remark::builder("us/other", "meanwhile").on(day())).unwrap();
    holder.rollback().unwrap();
    let distinct: BTreeSet<String> = titles(&mine).into_iter().collect();
    assert!(distinct.contains("meanwhile"));
}
