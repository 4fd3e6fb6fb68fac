//! Loading: time and memory.

use std::error::Error;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use servanda::{Ledger, Tracker};

use crate::baseline;
use crate::figures::{row, timed};

/// With this argument the program loads a file in one way, and prints the time and the memory that
/// it took.
pub(crate) const LOAD: &str = "--load";

/// The ways to load a file.
const WAYS: [&str; 3] = ["baseline", "one-thread", "two-threads"];

/// Measures each way three times, each in its own process, so that none inherits memory from
/// another.
pub(crate) fn rows(file: &Path) -> Result<(), Box<dyn Error>> {
    let mut figures = Vec::new();
    for way in WAYS {
        let mut best = (Duration::MAX, None);
        for _ in 0..3 {
            let output = Command::new(std::env::current_exe()?).args([LOAD, way]).arg(file).output()?;
            let told = String::from_utf8(output.stdout)?;
            let mut told = told.split_whitespace();
            let nanos: u64 = told.next().ok_or("a load printed nothing")?.parse()?;
            let memory: Option<u64> = told.next().and_then(|bytes| bytes.parse().ok());
            best = (best.0.min(Duration::from_nanos(nanos)), memory);
        }
        figures.push(best);
    }
    let [(baseline, _), (one, memory), (two, _)] = figures[..] else { return Err("expected three ways".into()) };
    row("load, verify and replay / parse with serde_json and hash", one, baseline);
    row("the same with `Tracker::open`, with two threads", two, baseline);
    let bytes = std::fs::metadata(file)?.len();
    match memory {
        Some(memory) => {
            let (ours, file, ratio) = (memory >> 20, bytes >> 20, memory as f64 / bytes as f64);
            println!("{:<66}{:>6} MiB{:>6} MiB{ratio:>8.2}", "memory after that / the file", ours, file);
        }
        None => println!("memory after that: not measured on this system"),
    }
    Ok(())
}

/// Loads a file in one way, and prints the nanoseconds and, where the system provides it, the
/// growth of the process in bytes.
pub(crate) fn report(way: &str, file: &Path) -> Result<(), Box<dyn Error>> {
    let before = resident();
    let (held, time) = match way {
        "baseline" => timed(|| baseline::parse_and_hash(file).map(|_| None)),
        "one-thread" => timed(|| {
            let ledger = Ledger::read(BufReader::with_capacity(1 << 18, File::open(file)?)).map(Arc::new);
            Ok(ledger.ok().filter(|ledger| folded(ledger)))
        }),
        _ => timed(|| {
            let ledger = Tracker::open(file, "desk").and_then(|tracker| tracker.ledger());
            Ok(ledger.ok().filter(|ledger| folded(ledger)))
        }),
    };
    let held = held?;
    if held.is_none() && way != "baseline" {
        return Err("not all lines could be read, or not all commitments have a status".into());
    }
    print!("{}", time.as_nanos());
    if let (Some(before), Some(after)) = (before, resident()) {
        print!(" {}", after.saturating_sub(before));
    }
    println!();
    drop(held);
    Ok(())
}

/// Computes every standing, and returns whether all of them have a status.
fn folded(ledger: &Ledger) -> bool {
    ledger
        .view_on("2020-01-01")
        .is_ok_and(|view| view.standing(crate::generate::id(0)).is_ok_and(|standing| standing.status.is_some()))
}

/// Returns the resident memory of the process in bytes (on Linux).
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: u64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kibibytes << 10)
}
