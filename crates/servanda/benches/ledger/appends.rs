//! Appending, in memory and to a file.

use std::error::Error;
use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::Path;
use std::time::Duration;

use servanda::{Day, FixedTime, Ledger, Moment, Slug, Tracker};

use crate::baseline::{Line, serialize_and_hash};
use crate::figures::{row, timed};
use crate::generate::{self, Generated};
use crate::quickest;

pub(crate) fn rows(large: &mut Ledger, folder: &Path) -> Result<(), Box<dyn Error>> {
    for entries in [1_000, 10_000, 100_000] {
        if entries < large.len() {
            let Generated { mut ledger, .. } = generate::ledger(entries)?;
            in_memory(&mut ledger)?;
        }
    }
    in_memory(large)?;
    to_a_file(folder)
}

/// Measures validated steps of different commitments, compared with serializing such an entry once
/// and hashing it.
fn in_memory(ledger: &mut Ledger) -> Result<(), Box<dyn Error>> {
    const TIMES: usize = 100;
    const ROUNDS: usize = 20;
    let (desk, now): (Slug, _) = ("desk".parse()?, ledger.newest().unwrap_or(Moment::EPOCH));
    let line = ledger.entries().last().map(|entry| entry.line().to_owned()).unwrap_or_default();
    let line: Line = serde_json::from_str(&line)?;
    let entries = ledger.len();
    let (mut ours, mut baseline) = (Duration::MAX, Duration::MAX);
    for round in 0..ROUNDS {
        let on = Day::new(2020, 1, 1 + u32::try_from(round)?)?;
        let drafts = (0..TIMES).map(|n| generate::step(&generate::id(n), generate::STEPS + 1 + round, on));
        let drafts = drafts.collect::<Result<Vec<_>, _>>()?;
        let (done, time) =
            timed(|| drafts.into_iter().try_for_each(|draft| ledger.append(draft, &desk, now).map(drop)));
        done?;
        ours = ours.min(time);
        baseline = baseline.min(quickest(1, || (0..TIMES).for_each(|_| serialize_and_hash(&line))).1);
    }
    let times = u32::try_from(TIMES)?;
    row(&format!("validated append to {entries} entries / serialize and hash"), ours / times, baseline / times);
    Ok(())
}

/// Measures durable appends, compared with writing the same bytes and waiting for the disk as
/// often.
fn to_a_file(folder: &Path) -> Result<(), Box<dyn Error>> {
    const TIMES: u32 = 100;
    let (path, bare) = (folder.join("appended.jsonl"), folder.join("bare.jsonl"));
    let Generated { ledger, first, .. } = generate::ledger(1_000)?;
    ledger.write(File::create(&path)?)?;
    let tracker = Tracker::open(&path, "desk")?.with_time(FixedTime(Moment::EPOCH));
    let line = ledger.entries().last().map(|entry| entry.line().to_owned()).unwrap_or_default();
    let mut files =
        [bare.with_extension("pending"), bare].map(|path| OpenOptions::new().create(true).append(true).open(path));
    let (mut ours, mut baseline) = (Duration::ZERO, Duration::ZERO);
    for nth in 1..=TIMES {
        let on = Day::new(2020, 1, 1)?.plus_days(nth).unwrap_or(first);
        let draft = generate::step(&generate::id(0), generate::STEPS + nth as usize, on)?;
        let (done, time) = timed(|| tracker.append(draft));
        done?;
        ours += time;
        let (done, time) = timed(|| {
            files.iter_mut().try_for_each(|file| {
                let file = file.as_mut().map_err(|error| std::io::Error::other(error.to_string()))?;
                file.write_all(line.as_bytes())?;
                file.sync_data()
            })
        });
        done?;
        baseline += time;
    }
    row("durable append to a file / two bare writes and syncs", ours / TIMES, baseline / TIMES);
    Ok(())
}
