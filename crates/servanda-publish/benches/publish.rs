//! The speed of publishing 10,000 commitments with 100,000 entries, compared with writing the same
//! files.
//!
//! Run it with `cargo bench -p servanda-publish`, or with `cargo bench -p servanda-publish -- 10000`
//! for another number of entries. Each line of the table compares a figure with a baseline measured
//! in the same run. Quote the ratios: absolute times depend on the machine.

#[path = "../../servanda/benches/common/figures.rs"]
mod figures;

use std::error::Error;
use std::path::{Path, PathBuf};

use servanda::builtin::{self, pledge};
use servanda::facts::{Batch, Remark};
use servanda::{Advance, Commitment, Obligation, Party, Source, Tracker};
use servanda_publish::{Site, publish};

use figures::{row, timed};

/// The entries about each commitment.
const EACH: usize = 10;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let entries = figures::entries(&args, 100_000, 400);
    let folder = tempfile::tempdir()?;
    let ledger = folder.path().join("promises.jsonl");
    record(&Tracker::create(&ledger, "desk")?, entries / EACH)?;
    figures::head(&format!("{entries} entries about {} commitments, in JSON Lines", entries / EACH));

    let site = folder.path().join("site");
    let (published, first) = timed(|| run(&ledger, &site));
    let published = published?;
    let (written, bare) = timed(|| copy(&site, &folder.path().join("copy")));
    written?;
    row("publish, from opening the ledger on / write the same files", first, bare);

    let (again, same) = timed(|| run(&ledger, &site));
    assert_eq!(again?.written, 0, "nothing has changed");
    row("publish again, without changes / the first time", same, first);
    Tracker::open(&ledger, "desk")?.append(Remark::builder("gov/pledge-7", "A remark").on("2014-05-02"))?;
    let (again, changed) = timed(|| run(&ledger, &site));
    let again = again?;
    row("publish again after one entry / the first time", changed, first);
    println!(
        "{} files, {} of them written again; {:.1} s and {:.1} s",
        published.files,
        again.written,
        first.as_secs_f64(),
        changed.as_secs_f64()
    );
    if let Some(peak) = peak() {
        println!("{peak} MiB of memory at most");
    }
    Ok(())
}

fn run(ledger: &Path, site: &Path) -> Result<servanda_publish::Published, Box<dyn Error>> {
    let view = Tracker::open_to_read(ledger)?.view().on("2014-06-01")?;
    Ok(publish(&view, &Site::default(), site)?)
}

/// Writes every file of a folder into another one.
fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let (path, target): (PathBuf, PathBuf) =
            (entry.as_ref().map(|entry| entry.path()).unwrap_or_default(), to.join(entry?.file_name()));
        match path.is_dir() {
            true => copy(&path, &target)?,
            false => std::fs::write(&target, std::fs::read(&path)?)?,
        }
    }
    Ok(())
}

/// The most memory that this process had, if the system tells.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kib| kib / 1024)
}

/// Records commitments with ten entries each: the registration, four steps and five remarks.
fn record(tracker: &Tracker, commitments: usize) -> servanda::Result<()> {
    let mut transaction = tracker.begin()?;
    transaction.append(Party::new("gov", "en", "The government")?)?;
    for n in 0..commitments {
        let (id, url) = (format!("gov/pledge-{n}"), format!("https://example.org/pledges/{n}/report.html"));
        let mut batch = Batch::new().and(
            Commitment::builder(&id, format!("Commitment number {n} of a benchmark"))
                .procedure(builtin::pledge())
                .by("gov")
                .made("2013-01-18")
                .deadline("2014-03")
                .obligation(Obligation::Result)
                .words("will see to it that it is run", Source::new("Manifesto", &url)?)
                .topic(format!("topic-{}", n % 40))
                .responsible(format!("ministry-{}", n % 15))
                .build()?,
        );
        let steps = [pledge::NOT_STARTED, pledge::IN_THE_WORKS, pledge::STALLED, pledge::KEPT];
        for (nth, step) in steps.iter().take(1 + n % 4).enumerate() {
            let on = format!("2013-{:02}-{:02}", 2 + 3 * nth, 1 + n % 28);
            batch = batch.and(Advance::builder(&id, step).on(on.as_str()).citing(Source::new("Report", &url)?));
        }
        for nth in 0..EACH - 2 - n % 4 {
            let on = format!("2014-{:02}-{:02}", 1 + nth % 5, 1 + (n + nth) % 28);
            batch = batch.and(Remark::builder(&id, "A remark as remarks are").on(on.as_str()));
        }
        transaction.append(batch)?;
    }
    transaction.commit()?;
    Ok(())
}
