//! How fast a ledger of a million entries is, beside what the same bytes cost at the least.
//!
//! `cargo bench -p servanda` runs it; `cargo bench -p servanda -- 100000` with so many entries. Each line of the table compares a
//! figure of ours with a floor measured in the same run. Quote the ratios: seconds belong to one machine.

use std::hint::black_box;
use std::time::{Duration, Instant};

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use servanda::builtin::{self, action};
use servanda::{
    Advance, Batch, Commitment, CoreError, Day, Define, Digest, Draft, Filter, Ledger, Moment, Obligation, Remark,
    Slug, Source, Words, format,
};

/// Entries about each commitment.
const EACH: usize = 10;

fn main() -> Result<(), CoreError> {
    let asked = std::env::args().skip(1).find_map(|arg| arg.parse().ok());
    let entries: usize = asked.unwrap_or(1_000_000);
    let text = generate(entries / EACH)?;
    let lines = text.lines().count();
    println!("{lines} entries, {} commitments, {} bytes a line\n", entries / EACH, text.len() / lines);
    println!("{:<58}{:>10}{:>10}{:>8}", "", "ours", "floor", "ratio");

    let floor = timed(|| parse_and_hash(&text));
    let mut ledger = Ledger::new();
    let ours = timed(|| ledger = Ledger::read(text.as_bytes()).unwrap_or_default());
    row("load and verify / parse with serde_json and hash", ours, floor);
    drop(text);

    let day = Day::new(2014, 1, 1)?;
    let one: Vec<u64> = (0..ledger.len() as u64 / EACH as u64).collect();
    let pass = timed(|| black_box(one.iter().map(|n| n.rotate_left(7)).fold(0_u64, u64::wrapping_add)));
    let mut standings = Vec::new();
    let all = timed(|| standings = ledger.view_on(day).standings(&Filter::default()));
    row("all standings, in full / one pass over a vector", all, pass);
    let json = timed(|| {
        let mut out = Vec::new();
        black_box(servanda::format::write_json(&standings, &mut out).is_ok());
    });
    row("their JSON / one pass over a vector", json, pass);
    drop(standings);

    append(&mut ledger)?;
    Ok(())
}

fn timed<T>(run: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    black_box(run());
    start.elapsed()
}

fn row(what: &str, ours: Duration, floor: Duration) {
    let ratio = ours.as_secs_f64() / floor.as_secs_f64();
    println!("{what:<58}{:>10}{:>10}{ratio:>8.2}", spoken(ours), spoken(floor));
}

fn spoken(time: Duration) -> String {
    match time.as_secs_f64() {
        s if s >= 1.0 => format!("{s:.2} s"),
        s if s >= 1e-3 => format!("{:.2} ms", s * 1e3),
        s => format!("{:.2} µs", s * 1e6),
    }
}

/// Validated appends in memory, beside serialising an entry once and hashing it, on a small and on the whole ledger.
fn append(large: &mut Ledger) -> Result<(), CoreError> {
    const TIMES: u32 = 1_000;
    let desk: Slug = "desk".parse()?;
    let mut small = Ledger::read(generate(100)?.as_bytes())?;
    for (name, ledger) in [("small", &mut small), ("whole", large)] {
        let now = ledger.newest().unwrap_or(Moment::EPOCH);
        let entry = ledger.entries().last().map(|entry| entry.line().to_owned()).unwrap_or_default();
        let parsed: Line = serde_json::from_str(&entry).unwrap_or_default();
        let floor = timed(|| {
            for _ in 0..TIMES {
                let line = serde_json::to_string(black_box(&parsed)).unwrap_or_default();
                black_box(Digest::of(line.as_bytes()));
            }
        });
        let drafts: Vec<_> = (0..TIMES).map(|n| step(&id(n as usize % 100), n as usize / 100)).collect();
        let drafts: Vec<_> = drafts.into_iter().collect::<Result<_, _>>()?;
        let mut refused = 0;
        let ours = timed(|| {
            for draft in drafts {
                refused += usize::from(ledger.append(draft, &desk, now).is_err());
            }
        });
        if refused > 0 {
            println!("{refused} of the following were refused, which they should not be");
        }
        row(&format!("a validated append, {name} ledger / serialise and hash"), ours / TIMES, floor / TIMES);
    }
    Ok(())
}

/// A line as plain serde reads it, with nothing checked: the floor.
#[derive(Default, Deserialize, Serialize)]
#[serde(default)]
struct Line {
    commitment: Option<String>,
    fact: Option<Fact>,
    id: String,
    on: Option<String>,
    recorded_at: String,
    recorded_by: String,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Fact {
    Advance {
        note: Option<String>,
        sources: Vec<Reference>,
        to: String,
    },
    Remark {
        note: Option<String>,
        sources: Vec<Reference>,
        title: String,
    },
    Register {
        by: Vec<String>,
        made: String,
        obligation: String,
        procedure: Pin,
        title: String,
        words: Said,
    },
    #[serde(skip_serializing)]
    Define(IgnoredAny),
}

#[derive(Deserialize, Serialize)]
struct Reference {
    publisher: Option<String>,
    title: String,
    url: String,
}

#[derive(Deserialize, Serialize)]
struct Pin {
    digest: String,
    id: String,
    version: u32,
}

#[derive(Deserialize, Serialize)]
struct Said {
    source: Reference,
    text: String,
}

fn parse_and_hash(text: &str) {
    for line in text.lines() {
        black_box(serde_json::from_str::<Line>(line).is_ok());
        black_box(Digest::of(line.as_bytes()));
    }
}

fn id(n: usize) -> String {
    format!("bench/commitment-{n}")
}

fn source(n: usize) -> Result<Source, CoreError> {
    let mut source =
        Source::new(&format!("Record number {n} of a benchmark"), &format!("https://example.org/records/{n}"))?;
    source.publisher = Some("A publisher whose name is of the usual length".parse()?);
    Ok(source)
}

/// The n-th step of a commitment: to and fro between two statuses, a day apart.
fn step(commitment: &str, n: usize) -> Result<Draft<Advance>, CoreError> {
    let to = if n.is_multiple_of(2) { action::UNDER_WAY } else { action::STALLED };
    let day = Day::new(2014, 2, 1)?.plus_days(u32::try_from(n).unwrap_or(0)).unwrap_or(Day::FIRST);
    Ok(Advance::new(commitment, to).on(day).citing(source(n)?))
}

/// A ledger of so many commitments with ten entries each: the registration, steps and remarks.
fn generate(commitments: usize) -> Result<String, CoreError> {
    let desk: Slug = "desk".parse()?;
    let mut base = Ledger::new();
    base.append(Define::Procedure(builtin::action().clone()), &desk, Moment::EPOCH)?;
    let mut lines = Vec::new();
    format::write(base.entries(), &mut lines).map_err(|error| CoreError::Unreadable { reason: error.to_string() })?;
    for n in 0..commitments {
        let id = id(n);
        let words = Words::new("will see to it that the benchmark is run", source(n)?)?;
        let word = Commitment::new(&id, &format!("Commitment number {n} of a benchmark"), builtin::action())?.given(
            "bench",
            Day::new(2013, 1, 1)?,
            Obligation::Result,
            words,
        )?;
        let mut ledger = base.clone();
        let mut at = i64::try_from(n * 2 * EACH + 10).unwrap_or(0);
        let mut record = |batch: Batch| {
            at += 1;
            ledger.append(batch, &desk, Moment::from_micros(at)?).map(drop)
        };
        record(word.into())?;
        let begun = Advance::new(&id, action::UNDER_WAY).on(Day::new(2013, 2, 1)?).citing(source(n)?);
        record(begun.noting("The first step, with a note of a sentence or two, as notes are.").into())?;
        for day in 2..EACH {
            let on = Day::new(2013, 3, u32::try_from(day).unwrap_or(1))?;
            if day.is_multiple_of(3) {
                let remark = Remark::new(&id, "Something happened that moved nothing").on(on).citing(source(day)?);
                record(remark.noting("A note of a sentence or two, as notes are, to fill the line.").into())?;
            } else {
                let to = if day % 3 == 1 { action::UNDER_WAY } else { action::STALLED };
                let step = Advance::new(&id, to).on(on).citing(source(day)?);
                record(step.noting("Another step, with a note of a sentence or two, as notes are.").into())?;
            }
        }
        let own = ledger.entries().filter(|entry| entry.commitment().is_some());
        format::write(own, &mut lines).map_err(|error| CoreError::Unreadable { reason: error.to_string() })?;
    }
    String::from_utf8(lines).map_err(|error| CoreError::Unreadable { reason: error.to_string() })
}
