//! Writing: many entries at once, and one at a time.

use std::error::Error;
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::time::Duration;

use servanda::{Day, Entry, Ledger, Tracker};

use crate::figures::{row, timed};
use crate::{bare, generate};

/// Writes a ledger into a database, and into a JSON Lines file.
pub(crate) fn bulk(ledger: &Ledger, folder: &Path) -> Result<(PathBuf, PathBuf), Box<dyn Error>> {
    const ROUNDS: usize = 3;
    let (database, lines) = (folder.join("ours.db"), folder.join("ledger.jsonl"));
    ledger.write(BufWriter::new(File::create(&lines)?))?;
    let entries: Vec<Entry> = ledger.entries().cloned().collect();
    let (mut ours, mut baseline) = (Duration::MAX, Duration::MAX);
    for round in 0..ROUNDS {
        let path = if round == 0 { database.clone() } else { folder.join(format!("again-{round}.db")) };
        let tracker = Tracker::create(&path, "desk")?;
        let given = entries.clone();
        let (done, time) = timed(|| tracker.merge(given));
        assert_eq!(done?, entries.len());
        ours = ours.min(time);
        let path = folder.join(format!("bare-{round}.db"));
        let mut connection = bare::like(&database, &path)?;
        let (done, time) = timed(|| bare::insert(&mut connection, &entries));
        done?;
        baseline = baseline.min(time);
        drop(connection);
        std::fs::remove_file(path)?;
    }
    row("merge everything / bare inserts in one transaction", ours, baseline);
    Ok((database, lines))
}

/// Measures durable appends to a large database, compared with bare inserts of the same bytes.
pub(crate) fn single(database: &Path) -> Result<(), Box<dyn Error>> {
    const TIMES: u32 = 200;
    let copy = database.with_extension("bare");
    std::fs::copy(database, &copy)?;
    let tracker = Tracker::open(database, "desk")?;
    let mut connection = bare::open(&copy)?;
    // Finish earlier writes to disk before measuring.
    File::open(&copy)?.sync_all()?;
    File::open(database)?.sync_all()?;
    let (mut ours, mut baseline) = (Vec::new(), Vec::new());
    for nth in 0..TIMES {
        let on = Day::new(2020, 1, 1)?.plus_days(nth).ok_or("no such day")?;
        // Each step is of a commitment that is not in memory yet.
        let draft = generate::step(&generate::id(nth as usize), generate::STEPS + 1, on)?;
        let (done, time) = timed(|| tracker.record(draft));
        let entries = done?;
        ours.push(time);
        let (done, time) = timed(|| bare::insert(&mut connection, &entries));
        done?;
        baseline.push(time);
    }
    row("durable append / durable bare insert", median(ours), median(baseline));
    drop(connection);
    std::fs::remove_file(copy)?;
    Ok(())
}

/// Returns the median, because single waits for the disk can take very long.
fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
