//! Opening a ledger in a new process, and reading what an answer needs.

use std::error::Error;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use servanda::{Filter, Tracker};

use crate::figures::row;
use crate::{bare, generate};

/// The roles of a new process.
pub(crate) const ROLES: [&str; 4] = [ONE, POINT, ALL, "--all-of-lines"];
const ONE: &str = "--one-standing";
const POINT: &str = "--point-query";
const ALL: &str = "--all-standings";

/// Performs a role, and prints the nanoseconds since the start of the process and its peak memory
/// in KiB.
pub(crate) fn run(role: &str, file: &str, commitment: &str) -> Result<(), Box<dyn Error>> {
    let start = Instant::now();
    match role {
        POINT => {
            let connection = bare::open(Path::new(file))?;
            let mut statement = connection.prepare("SELECT line FROM entries WHERE commitment = ?1")?;
            let mut rows = statement.query([commitment])?;
            let mut bytes = 0;
            while let Some(row) = rows.next()? {
                bytes += row.get_ref(0)?.as_str()?.len();
            }
            assert!(bytes > 0, "there is nothing about {commitment}");
        }
        ONE => {
            let standing = Tracker::open(file, "reader")?.view().standing(commitment)?;
            assert!(standing.status.is_some());
        }
        _ => {
            let ledger = Tracker::open(file, "reader")?.ledger()?;
            let summaries = ledger.view_on("2030-01-01")?.summaries(&Filter::default());
            let all_have_a_status = summaries.iter().all(|summary| summary.status.is_some());
            assert!(all_have_a_status && !ledger.is_empty());
        }
    }
    println!("{} {}", start.elapsed().as_nanos(), peak().unwrap_or(0));
    Ok(())
}

/// Returns the peak memory of this process in KiB, where the system provides it.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}

/// Returns the time and the memory (in KiB) of the fastest of several runs.
fn in_a_process(role: &str, file: &Path, commitment: &str, runs: usize) -> Result<(Duration, u64), Box<dyn Error>> {
    let mut least = (Duration::MAX, 0);
    for _ in 0..runs {
        let mut command = Command::new(std::env::current_exe()?);
        let output = command.arg(role).arg(file).arg(commitment).output()?;
        let said = String::from_utf8(output.stdout)?;
        let (nanos, kib) =
            said.trim().split_once(' ').ok_or_else(|| String::from_utf8_lossy(&output.stderr).into_owned())?;
        least = least.min((Duration::from_nanos(nanos.parse()?), kib.parse()?));
    }
    Ok(least)
}

pub(crate) fn rows(database: &Path, lines: &Path, commitments: usize) -> Result<(), Box<dyn Error>> {
    let commitment = generate::id(commitments / 2);
    let (baseline, _) = in_a_process(POINT, database, &commitment, 10)?;
    let (ours, kib) = in_a_process(ONE, database, &commitment, 10)?;
    row("open and one standing / bare query with the same index", ours, baseline);
    println!("  in {} MiB of memory", kib / 1024);
    let (baseline, _) = in_a_process(ROLES[3], lines, &commitment, 2)?;
    let (ours, _) = in_a_process(ALL, database, &commitment, 2)?;
    row("open and replay everything / the same from JSON Lines", ours, baseline);
    Ok(())
}
