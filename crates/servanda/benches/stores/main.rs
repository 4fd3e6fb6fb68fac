//! How fast a ledger of a million entries is in SQLite, beside what bare SQLite does with the same bytes, tables and indexes.
//!
//! `cargo bench -p servanda --bench stores` runs it; with `-- 100000` for so many entries. Each line of the table compares a figure of ours with a
//! floor measured in the same run. Quote the ratios: seconds belong to one machine.

mod bare;
#[path = "../ledger/floor.rs"]
#[allow(dead_code, reason = "the other benchmark uses the rest")]
mod floor;
#[path = "../ledger/generate.rs"]
#[allow(dead_code, reason = "the other benchmark uses the rest")]
mod generate;
mod opens;
mod writes;

use std::error::Error;
use std::hint::black_box;
use std::time::{Duration, Instant};

use generate::Generated;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let [role, file, commitment] = args.as_slice()
        && opens::ROLES.contains(&role.as_str())
    {
        return opens::run(role, file, commitment);
    }
    // Tests run it too, to see that it runs.
    let usual = if args.iter().any(|arg| arg == "--bench") { 1_000_000 } else { 2_000 };
    let entries: usize = args.iter().find_map(|arg| arg.parse().ok()).unwrap_or(usual);
    let folder = tempfile::tempdir()?;
    let Generated { ledger, commitments, .. } = generate::ledger(entries)?;
    println!("{entries} entries, {commitments} commitments\n");
    println!("{:<66}{:>10}{:>10}{:>8}", "", "ours", "floor", "ratio");
    let (database, lines) = writes::bulk(&ledger, folder.path())?;
    drop(ledger);
    writes::single(&database)?;
    opens::rows(&database, &lines, commitments)
}

fn timed<T>(run: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = black_box(run());
    (result, start.elapsed())
}

fn row(what: &str, ours: Duration, floor: Duration) {
    let ratio = ours.as_secs_f64() / floor.as_secs_f64();
    println!("{what:<66}{:>10}{:>10}{ratio:>8.2}", spoken(ours), spoken(floor));
}

fn spoken(time: Duration) -> String {
    match time.as_secs_f64() {
        s if s >= 1.0 => format!("{s:.2} s"),
        s if s >= 1e-3 => format!("{:.2} ms", s * 1e3),
        s => format!("{:.2} µs", s * 1e6),
    }
}
