//! Asks for a day in two ways: as known at an earlier moment, and as known now.
//!
//! `cargo run --example known_at` prints:
//!
//! ```text
//! Known at 08:00: jp/hague-convention: Approved by the lower house's decision after thirty days (presumed) since 2013-05-23; in-progress
//! Known now:      jp/hague-convention: Approved by both houses since 2013-05-22; kept
//! jp/hague-convention: in-progress -> kept
//! ```

use servanda::{Error, Filter, Tracker, answers::Shift};

const HAGUE: &str = "jp/hague-convention";

fn main() -> Result<(), Error> {
    let tracker = Tracker::open_to_read(concat!(env!("CARGO_MANIFEST_DIR"), "/alliance.jsonl"))?;

    // On 23 May 2013 the thirty days for a vote of the upper house were over. The vote of 22 May
    // was recorded at 09:00 UTC on 23 May. An hour earlier, the lapse had to be presumed.
    let now = tracker.view().on("2013-05-23")?;
    let then = now.clone().known_at("2013-05-23T08:00:00.000000Z")?;
    println!("Known at 08:00: {}", then.standing(HAGUE)?);
    println!("Known now:      {}", now.standing(HAGUE)?);

    // All verdicts that are different now.
    for change in now.changes_since(&then, &Filter::default())?.commitments {
        if let Some(Shift { before: Some(before), after: Some(after) }) = change.verdict {
            println!("{}: {before} -> {after}", change.commitment);
        }
    }
    Ok(())
}
