//! Measures in Rust the calls that the benchmarks of Kotlin and Swift make, and writes the ledgers
//! for them.
//!
//! ```console
//! $ cargo run --release -p servanda-mobile --example floor -- FOLDER
//! ```
//!
//! It writes three files into the folder: `entries.db` has 10,000 entries about 2,000 commitments,
//! `commitments.jsonl` has 10,000 commitments, and `floor.json` has nanoseconds.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use servanda::builtin::{self, action};
use servanda::format::to_json;
use servanda::{Advance, Batch, Commitment, Filter, Obligation, Remark, Source, Tracker};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("name a folder")?);
    fs::create_dir_all(&folder)?;
    let entries = folder.join("entries.db");
    let commitments = folder.join("commitments.jsonl");
    // Each commitment has a registration and four more entries. The ledger also has the definition
    // of the procedure.
    make(&entries, 2_000, 4)?;
    make(&commitments, 10_000, 1)?;

    let tracker = Tracker::open(&commitments, "reader")?;
    let view = tracker.view().on("2014-01-01")?;
    let ids: Vec<String> = (0..100).map(|n| format!("xx/commitment-{}", n * 97)).collect();
    let standing = best(50, || {
        for id in &ids {
            std::hint::black_box(view.standing(id).map(|standing| standing.history.len()).unwrap_or_default());
        }
    }) / 100.0;
    let standings = best(5, || {
        std::hint::black_box(view.standings(&Filter::default()).map(|all| to_json(&all).len()).unwrap_or_default());
    });
    let opening = best(5, || {
        let screen = || -> Result<usize, servanda::Error> {
            let tracker = Tracker::open(&entries, "reader")?;
            let view = tracker.view();
            let standings: Vec<_> = (0..20).map(|n| view.standing(format!("xx/commitment-{n}"))).collect();
            Ok(standings.into_iter().filter(Result::is_ok).count())
        };
        std::hint::black_box(screen().unwrap_or_default());
    });
    let floor = format!(r#"{{"opening":{opening:.0},"standing":{standing:.0},"standings":{standings:.0}}}"#);
    println!("in Rust, in nanoseconds: {floor}");
    fs::write(folder.join("floor.json"), floor)?;
    Ok(())
}

/// Writes a ledger with this number of commitments, each with a registration and `more` entries,
/// unless the file exists.
fn make(path: &Path, commitments: usize, more: usize) -> Result<(), Box<dyn Error>> {
    if path.exists() {
        return Ok(());
    }
    let memory = Tracker::in_memory("desk")?;
    let source = Source::new("Gazette", "https://example.org/gazette")?;
    for n in 0..commitments {
        let id = format!("xx/commitment-{n}");
        let commitment = Commitment::builder(&id, format!("Commitment number {n}"))
            .procedure(builtin::action())
            .by("xx")
            .made("2013-01-18")
            .obligation(Obligation::Result)
            .words("we shall", source.clone())
            .topic("benchmarks")
            .deadline("2013-12-31")
            .build()?;
        let under_way = Advance::builder(&id, action::UNDER_WAY).on("2013-02-01").citing(source.clone());
        let mut batch = Batch::from(commitment).and(under_way);
        for nth in 1..more {
            batch = batch.and(Remark::builder(&id, format!("Remark {nth}")).on("2013-03-01").citing(source.clone()));
        }
        memory.append(batch)?;
    }
    Tracker::create(path, "desk")?.merge(memory.export_since(None)?.entries)?;
    Ok(())
}

/// The nanoseconds of the fastest run.
fn best(runs: u32, mut run: impl FnMut()) -> f64 {
    let timed = (0..runs).map(|_| {
        let start = Instant::now();
        run();
        start.elapsed().as_nanos() as f64
    });
    timed.fold(f64::INFINITY, f64::min)
}
