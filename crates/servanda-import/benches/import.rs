//! The speed of importing 100,000 rows, compared with appending the same facts through the library.
//!
//! Run it with `cargo bench -p servanda-import`, or with `cargo bench -p servanda-import -- 20000`
//! for another number of rows. Each line of the table compares a figure with a baseline measured in
//! the same run. Quote the ratios: absolute times depend on the machine.

#[path = "../../servanda/benches/common/figures.rs"]
mod figures;

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use servanda::builtin::{self, pledge};
use servanda::{Advance, Batch, Commitment, Obligation, Slug, Source, Tracker};
use servanda_import::read::{ReadOptions, read};
use servanda_import::{Imported, Mapping, PlanOptions, import};

use figures::{row, timed};

/// Rows about each commitment: the first one registers it, and each has a step.
const EACH: usize = 4;
const RUNS: usize = 3;

const STEPS: [(&str, Slug, &str); EACH] = [
    ("Not started", pledge::NOT_STARTED, "2013-02-01"),
    ("In progress", pledge::IN_THE_WORKS, "2013-03-01"),
    ("Stalled", pledge::STALLED, "2013-09-01"),
    ("Kept", pledge::KEPT, "2014-05-01"),
];

const MAPPING: &str = r#"
[columns]
title = "Promise"
status = "Rating"
on = "Rated on"

[defaults]
procedure = "pledge"
by = "gov"
made = 2013-01-18
obligation = "result"

[statuses]
"Not started" = "not-started"
"In progress" = "in-the-works"
"Stalled" = "stalled"
"Kept" = "kept"
"#;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let rows = figures::entries(&args, 100_000, 400);
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("pledges.csv");
    std::fs::write(&file, csv(rows)?)?;
    figures::head(&format!("{rows} rows about {} commitments, in CSV", rows / EACH));

    let (mut appends, mut imports, mut again) = (Duration::MAX, Duration::MAX, Duration::MAX);
    for run in 0..RUNS {
        let ledger = |name: &str| Tracker::create(folder.path().join(format!("{name}-{run}.jsonl")), "desk");
        let (appended, imported) = (ledger("appended")?, ledger("imported")?);
        let (entries, time) = timed(|| append(&appended, rows));
        appends = appends.min(time);
        let entries = entries?;
        drop(appended);
        let (first, time) = timed(|| run_import(&imported, &file));
        imports = imports.min(time);
        assert_eq!(first?.entries.len(), entries, "an import records the same facts");
        let (second, time) = timed(|| run_import(&imported, &file));
        again = again.min(time);
        assert_eq!(second?.changes, [], "a second import changes nothing");
    }
    row("import / append the same facts in one transaction", imports, appends);
    row("import again, without changes / the first import", again, imports);
    Ok(())
}

fn run_import(tracker: &Tracker, file: &Path) -> Result<Imported, Box<dyn Error>> {
    let mapping = Mapping::from_toml("mapping.toml", MAPPING)?;
    let input = read(file, &ReadOptions::default())?;
    Ok(import(tracker, &input, &mapping, &PlanOptions::default())?)
}

fn csv(rows: usize) -> Result<String, std::fmt::Error> {
    let mut csv = "id,Promise,words,words_source,topics,Rating,Rated on,sources,note\n".to_owned();
    for n in 0..rows / EACH {
        for (nth, (word, _, on)) in STEPS.iter().enumerate() {
            let columns = if nth == 0 { registration(n) } else { ",,,".to_owned() };
            writeln!(csv, "{},{columns},{word},{on},{},A note as notes are.", id(n), url(n))?;
        }
    }
    Ok(csv)
}

fn id(n: usize) -> String {
    format!("gov/pledge-{n}")
}

fn title(n: usize) -> String {
    format!("Commitment number {n} of a benchmark")
}

fn registration(n: usize) -> String {
    format!("{},will see to it that it is run,Manifesto {},benchmarks;money", title(n), url(n))
}

fn url(n: usize) -> String {
    format!("https://example.org/pledges/{n}/report.html")
}

/// Appends the facts of the table in one transaction, each commitment in a batch. Returns the
/// number of entries.
fn append(tracker: &Tracker, rows: usize) -> servanda::Result<usize> {
    let mut transaction = tracker.begin()?;
    for n in 0..rows / EACH {
        let id = id(n);
        let commitment = Commitment::builder(&id, title(n))
            .procedure(builtin::pledge())
            .by("gov")
            .made("2013-01-18")
            .obligation(Obligation::Result)
            .words("will see to it that it is run", Source::new("Manifesto", &url(n))?)
            .topic("benchmarks")
            .topic("money")
            .build()?;
        let mut batch = Batch::new().and(commitment);
        for (_, to, on) in &STEPS {
            let source = Source::new("example.org", &url(n))?;
            batch = batch.and(Advance::builder(&id, to).on(*on).citing(source).noting("A note as notes are."));
        }
        transaction.append(batch)?;
    }
    Ok(transaction.commit()?.len())
}
