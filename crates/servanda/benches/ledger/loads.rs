//! Loading: time and memory.

use std::error::Error;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use std::process::Command;

use servanda::{Day, Ledger, Tracker};

use crate::{floor, quickest, row};

/// With this argument the program loads a file and prints how much memory that takes.
pub(crate) const MEMORY: &str = "--memory-of";

pub(crate) fn rows(file: &Path) -> Result<(), Box<dyn Error>> {
    let (lines, floor) = quickest(3, || floor::parse_and_hash(file));
    let lines = lines?;
    let (one, time) = quickest(3, || {
        let ledger = Ledger::read(BufReader::with_capacity(1 << 18, File::open(file).ok()?)).ok()?;
        folded(&ledger).then_some(ledger.len())
    });
    assert_eq!(one, Some(lines), "all lines are read, and all commitments have a status");
    row("load, verify, fold and hold / parse with serde_json and hash", time, floor);
    let (two, time) = quickest(3, || {
        let tracker = Tracker::open(file, "desk").ok()?;
        let ledger = tracker.ledger().ok()?;
        folded(&ledger).then_some(ledger.len())
    });
    assert_eq!(two, Some(lines), "all lines are read, and all commitments have a status");
    row("the same with `Tracker::open`, which uses two threads", time, floor);

    let output = Command::new(std::env::current_exe()?).arg(MEMORY).arg(file).output()?;
    let memory: Option<u64> = String::from_utf8(output.stdout)?.trim().parse().ok();
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

/// Folds every commitment, and says whether all of them have a status.
fn folded(ledger: &Ledger) -> bool {
    ledger.view_on(Day::new(2020, 1, 1).unwrap_or(Day::FIRST)).briefs().all(|brief| brief.status().is_some())
}

/// Prints by how many bytes the program grew when it loaded a file; nothing where the system does not say.
pub(crate) fn report_memory(file: &str) -> Result<(), Box<dyn Error>> {
    let before = resident();
    let ledger = Ledger::read(BufReader::with_capacity(1 << 18, File::open(file)?))?;
    let folded = folded(&ledger);
    if let (Some(before), Some(after), true) = (before, resident(), folded) {
        println!("{}", after.saturating_sub(before));
    }
    Ok(())
}

/// How many bytes of memory the program holds, as Linux says.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: u64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kibibytes << 10)
}
