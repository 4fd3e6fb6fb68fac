//! The outcome of the seven commitments of 18 January 2013.
//!
//! On that day the Secretary of State of the United States and the Foreign Minister of Japan met in
//! Washington and spoke to the press. This program writes a ledger of the commitments that they
//! made, and prints the verdict on each commitment on several days:
//!
//! ```console
//! $ cargo run --example alliance
//! ```
//!
//! Each topic has its own file. Start with `hague`; `desk` collects the entries and writes them
//! to the ledger.

mod cptpp;
mod desk;
mod guam;
mod hague;
mod okinawa;
mod others;
mod parties;
mod sources;
mod tpp;

use std::error::Error;
use std::fs::File;

use servanda::{Filter, Result, Tracker, Verdict};

use desk::Desk;

/// Builds the ledger of the whole story.
pub(crate) fn story() -> Result<Tracker> {
    let mut desk = Desk::default();
    parties::define(&mut desk)?;
    hague::record(&mut desk)?;
    tpp::record(&mut desk)?;
    cptpp::record(&mut desk)?;
    okinawa::record(&mut desk)?;
    guam::record(&mut desk)?;
    others::record(&mut desk)?;
    desk.into_tracker()
}

/// Days on which something has just changed.
const DAYS: [&str; 6] = ["2013-01-18", "2013-03-15", "2013-05-22", "2015-10-20", "2018-12-30", "2024-02-01"];

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "examples/alliance.jsonl".to_owned());
    let tracker = story()?;
    tracker.ledger()?.write(File::create(&path)?)?;
    print!("{}", report(&path, &tracker)?);
    Ok(())
}

/// Formats the output of the program: the size and digest of the ledger, and a line for each
/// commitment with its verdict on each of the days. There is no verdict before the day on which a
/// commitment was made.
pub(crate) fn report(path: &str, tracker: &Tracker) -> Result<String> {
    let ledger = tracker.ledger()?;
    let mut text = format!("{path}: {} entries, {}\n\n", ledger.len(), ledger.digest());
    text += format!("{:48}{}", "", DAYS.map(|day| format!("{day:13}")).concat()).trim_end();
    text.push('\n');
    for commitment in tracker.view().standings(&Filter::default())? {
        let mut line = format!("{:48}", commitment.commitment.as_str());
        for day in DAYS {
            let standing = tracker.view().on(day)?.standing(&commitment.commitment)?;
            let verdict = standing.verdict.map_or("-", Verdict::as_str);
            line += &format!("{verdict:13}");
        }
        text += line.trim_end();
        text.push('\n');
    }
    Ok(text)
}
