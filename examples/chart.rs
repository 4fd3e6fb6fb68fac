//! Draws the history of a commitment: as text for a terminal, and as SVG for a page.
//!
//! `cargo run --example chart` prints:
//!
//! ```text
//! A visit of Prime Minister Abe to Washington in February
//!
//! 2013-01-18  ◇  Planned
//!             │  commitment made
//!             │  “has invited”
//! 2013-01-18  ·  Times of recording are made up
//!             │  remark
//! 2013-01-18  ·  Both sides speak of the third week of February
//!             │  remark
//! 2013-02-22  ●  Done
//!             │  The undertaking itself
//! 2013-02     ⚑  Deadline
//!             │  on time
//! 2013-03-01 ─┼─ Kept, on time
//!                as of this day
//! ```
//!
//! With the path of a file, it also writes a picture of a longer history into the file. The picture
//! in the README is made in this way.

use std::error::Error;

use servanda::Tracker;
use servanda_charts::{English, STYLE, Timeline};

fn main() -> Result<(), Box<dyn Error>> {
    let tracker = Tracker::open_to_read(concat!(env!("CARGO_MANIFEST_DIR"), "/alliance.jsonl"))?;

    let visit = tracker.view().on("2013-03-01")?.standing("us/abe-visit")?;
    print!("{}", Timeline::new(&visit).text(&English, 80));

    if let Some(path) = std::env::args_os().nth(1) {
        // The convention entered into force for Japan on this day. The procedure of the Diet says
        // when the clocks of the history started.
        let view = tracker.view().on("2014-04-01")?;
        let (hague, procedures) = (view.standing("jp/hague-convention")?, view.procedures()?);
        let timeline = Timeline::new(&hague).procedure_among(procedures.iter().map(AsRef::as_ref));
        let picture = timeline.width(760).svg(&English);
        // The style sheet has the colours for dark pages.
        std::fs::write(path, picture.replacen("<title>", &format!("<style>{STYLE}</style><title>"), 1))?;
    }
    Ok(())
}
