//! The speed of a ledger on a PostgreSQL server: bulk inserts, and concurrent writers.
//!
//! Run it with `cargo xtask postgres cargo bench -p servanda --features postgres --bench postgres`,
//! which starts a temporary server, and with `-- 10000` at the end for another number of entries.
//! Each line of the table compares figures of one run. Quote the ratios: absolute times depend on
//! the machine.

#[path = "../common/figures.rs"]
mod figures;
#[path = "../ledger/generate.rs"]
#[allow(dead_code, reason = "the other benchmark uses the rest")]
mod generate;

use std::error::Error;
use std::io::Write as _;
use std::thread;
use std::time::Duration;

use postgres::{Client, NoTls};
use servanda::builtin::{self, action};
use servanda::{Advance, Commitment, Day, Entry, Ledger, Obligation, Source, Tracker, facts::Words};

use figures::{row, timed};
use generate::Generated;

/// The variable with the URL of the server, which `cargo xtask postgres` sets.
const SERVER: &str = "SERVANDA_TEST_POSTGRES";

/// The number of concurrent writers.
const WRITERS: usize = 4;

type Failed = Box<dyn Error + Send + Sync>;

fn main() -> Result<(), Failed> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let Some(server) = std::env::var(SERVER).ok().filter(|url| !url.is_empty()) else {
        println!("skipped: {SERVER} is not set; `cargo xtask postgres` runs a program with it");
        return Ok(());
    };
    let entries = figures::entries(&args, 100_000, 1_000);
    let Generated { ledger, commitments, .. } = generate::ledger(entries)?;
    figures::head(&format!("{entries} entries, {commitments} commitments"));
    bulk(&server, &ledger)?;
    concurrent(&server, if figures::is_bench(&args) { 1_000 } else { 10 })
}

/// Creates a schema, and returns its URL.
fn schema(server: &str, name: &str) -> Result<(String, Client), Failed> {
    let join = if server.contains('?') { '&' } else { '?' };
    let url = format!("{server}{join}options=-csearch_path%3D{name}");
    let mut client = Client::connect(&url, NoTls)?;
    client.batch_execute(&format!("DROP SCHEMA IF EXISTS {name} CASCADE; CREATE SCHEMA {name}"))?;
    Ok((url, client))
}

/// Measures merging entries, compared with `COPY` of the same rows into the same table with the
/// same indexes. Both are committed.
fn bulk(server: &str, ledger: &Ledger) -> Result<(), Failed> {
    const ROUNDS: usize = 3;
    let (mut ours, mut baseline) = (Duration::MAX, Duration::MAX);
    for _ in 0..ROUNDS {
        let (url, mut client) = schema(server, "servanda_bench")?;
        let tracker = Tracker::connect_new(&url, "desk")?;
        let entries: Vec<Entry> = ledger.entries().cloned().collect();
        let (done, time) = timed(|| tracker.merge(entries));
        assert_eq!(done?, ledger.len());
        ours = ours.min(time);

        let text = client.query("SELECT number, id::text, commitment, recorded_at, nth, size, previous::text, line FROM servanda_entries ORDER BY number", &[])?;
        let mut rows = Vec::new();
        for row in &text {
            let null = |text: Option<String>| text.map_or_else(|| "\\N".to_owned(), |text| text.replace('\\', "\\\\"));
            let number = |number: Option<i32>| null(number.map(|number| number.to_string()));
            let line = format!(
                "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n",
                row.get::<_, i64>(0),
                null(row.get(1)),
                null(row.get(2)),
                row.get::<_, i64>(3),
                number(row.get(4)),
                number(row.get(5)),
                null(row.get(6)),
                null(row.get(7)),
            );
            rows.extend_from_slice(line.as_bytes());
        }
        drop(text);
        client.batch_execute("TRUNCATE servanda_entries, servanda_heads")?;
        let (done, time) = timed(|| -> Result<u64, Failed> {
            let mut copy = client.copy_in(
                "COPY servanda_entries (number, id, commitment, recorded_at, nth, size, previous, line) FROM STDIN",
            )?;
            copy.write_all(&rows)?;
            Ok(copy.finish()?)
        });
        assert_eq!(done?, ledger.len() as u64);
        baseline = baseline.min(time);
        client.batch_execute("DROP SCHEMA servanda_bench CASCADE")?;
    }
    let rate = |time: Duration| ledger.len() as f64 / time.as_secs_f64();
    row("entries per second: merge / COPY into the same table", rate(ours), rate(baseline));
    Ok(())
}

/// Measures appends by four writers, each with its own commitments and connection, compared with
/// appends by one of them.
fn concurrent(server: &str, each: u32) -> Result<(), Failed> {
    let (url, mut client) = schema(server, "servanda_bench")?;
    let desk = Tracker::connect_new(&url, "desk")?;
    for writer in 0..WRITERS {
        let source = Source::new("Record", "https://example.org/record")?;
        let words = Words::new("will see to it", source)?;
        let commitment = Commitment::builder(generate::id(writer), "A commitment").procedure(builtin::action());
        let commitment = commitment.by("bench").made("2020-01-01").obligation(Obligation::Result);
        desk.append(commitment.words(words.text, words.source))?;
    }
    // Do not measure opening: each writer has already appended something.
    let write = |tracker: &Tracker, writer: usize, from: u32, times: u32| -> Result<(), Failed> {
        for nth in from..from + times {
            let to = if nth.is_multiple_of(2) { action::STALLED } else { action::UNDER_WAY };
            let on = Day::new(2020, 1, 2)?.plus_days(nth).ok_or("no such day")?;
            let source = Source::new("Record", "https://example.org/record")?;
            tracker.append(Advance::builder(generate::id(writer), to).on(on).citing(source))?;
        }
        Ok(())
    };
    let trackers = (0..WRITERS).map(|_| Tracker::connect(&url, "desk")).collect::<Result<Vec<_>, _>>()?;
    for (writer, tracker) in trackers.iter().enumerate() {
        write(tracker, writer, 0, 2)?;
    }
    let (done, alone) = timed(|| write(&trackers[0], 0, 2, each));
    done?;
    let (done, together) = timed(|| {
        thread::scope(|scope| {
            let start = |(writer, tracker)| {
                let from = if writer == 0 { 2 + each } else { 2 };
                scope.spawn(move || write(tracker, writer, from, each))
            };
            let writers: Vec<_> = trackers.iter().enumerate().map(start).collect();
            writers.into_iter().try_for_each(|writer| writer.join().map_err(|_| "a writer failed")?)
        })
    });
    done?;
    let rate = |writers: usize, time: Duration| (writers as f64 * f64::from(each)) / time.as_secs_f64();
    let what = "appends per second: four writers on own commitments / one";
    row(what, rate(WRITERS, together), rate(1, alone));
    client.batch_execute("DROP SCHEMA servanda_bench CASCADE")?;
    Ok(())
}
