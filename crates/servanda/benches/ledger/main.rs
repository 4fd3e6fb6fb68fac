//! The speed of a ledger with a million entries, compared with the minimum cost of the same bytes.
//!
//! Run it with `cargo bench -p servanda`, or with `cargo bench -p servanda -- 100000` for another
//! number of entries. Each line of the table compares a figure with a baseline measured in the same
//! run. Quote the ratios: absolute times depend on the machine.

mod appends;
mod baseline;
#[path = "../common/figures.rs"]
mod figures;
mod generate;
mod loads;
mod questions;

use std::error::Error;
use std::time::Duration;

use servanda::Ledger;

use figures::timed;
use generate::Generated;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let [flag, way, file] = args.as_slice()
        && flag == loads::LOAD
    {
        return loads::report(way, std::path::Path::new(file));
    }
    let entries = figures::entries(&args, 1_000_000, 2_000);
    let folder = tempfile::tempdir()?;
    let Generated { ledger, commitments, .. } = generate::ledger(entries)?;
    let file = folder.path().join("ledger.jsonl");
    let mut output = std::io::BufWriter::new(std::fs::File::create(&file)?);
    ledger.write(&mut output)?;
    // Finish writing to disk before measuring anything else.
    output.into_inner()?.sync_all()?;
    drop(ledger);
    let bytes = std::fs::metadata(&file)?.len();
    figures::head(&format!("{entries} entries, {commitments} commitments, {} bytes a line", bytes / entries as u64));

    loads::rows(&file)?;
    let mut ledger = Ledger::read(std::io::BufReader::with_capacity(1 << 18, std::fs::File::open(&file)?))?;
    questions::rows(&ledger)?;
    appends::rows(&mut ledger, folder.path())
}

/// Returns the result and the time of the fastest of several runs. Other programs can only slow a
/// run down.
fn quickest<T>(runs: usize, mut run: impl FnMut() -> T) -> (T, Duration) {
    let (mut result, mut least) = timed(&mut run);
    for _ in 1..runs {
        // Drop one result before computing the next: two large ones would compete for memory.
        drop(result);
        let (again, time) = timed(&mut run);
        (result, least) = (again, least.min(time));
    }
    (result, least)
}
