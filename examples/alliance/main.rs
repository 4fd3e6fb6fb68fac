//! What became of the seven commitments of 18 January 2013.
//!
//! On that day the Secretary of State of the United States and the Foreign Minister of Japan met in Washington and
//! spoke to the press. This program writes the ledger of what they said they would do, and then asks it where everything stood:
//!
//! ```console
//! $ cargo run --example alliance
//! ```
//!
//! Each topic has a file of its own. [`hague`] is the one to begin with; [`desk`] is where entries meet the ledger.

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

/// The story, from its sources to a tracker that holds it.
pub(crate) fn story() -> Result<Tracker> {
    let mut desk = Desk::default();
    parties::define(&mut desk)?;
    hague::tell(&mut desk)?;
    tpp::tell(&mut desk)?;
    cptpp::tell(&mut desk)?;
    okinawa::tell(&mut desk)?;
    guam::tell(&mut desk)?;
    others::tell(&mut desk)?;
    desk.write_down()
}

/// Days on which something had just changed.
const DAYS: [&str; 6] = ["2013-01-18", "2013-03-15", "2013-05-22", "2015-10-20", "2018-12-30", "2024-02-01"];

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "examples/alliance.jsonl".to_owned());
    let tracker = story()?;
    tracker.ledger()?.write(File::create(&path)?)?;
    print!("{}", told(&path, &tracker)?);
    Ok(())
}

/// What the program prints: what it has written, and a line for each commitment, with the verdict on each of the days: none before the word was
/// given.
pub(crate) fn told(path: &str, tracker: &Tracker) -> Result<String> {
    let ledger = tracker.ledger()?;
    let mut text = format!("{path}: {} entries, {}\n\n", ledger.len(), ledger.digest());
    text += format!("{:48}{}", "", DAYS.map(|day| format!("{day:13}")).concat()).trim_end();
    text.push('\n');
    for commitment in tracker.view().standings(&Filter::default())? {
        let mut line = format!("{:48}", commitment.commitment.as_str());
        for day in DAYS {
            let standing = tracker.view().on(day.parse()?).standing(&commitment.commitment)?;
            let verdict = standing.verdict.map_or("-", Verdict::as_str);
            line += &format!("{verdict:13}");
        }
        text += line.trim_end();
        text.push('\n');
    }
    Ok(text)
}
