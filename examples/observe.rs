//! Observes a ledger to which another program writes.
//!
//! The bridge is invented. `cargo run --example observe` prints:
//!
//! ```text
//! new entries: 2
//! council/bridge: none -> pending
//! new entries: 1
//! council/bridge: pending -> in-progress
//! ```

use servanda::builtin::{self, action};
use servanda::facts::Advance;
use servanda::{Commitment, Obligation, Standing, Tracker, Verdict};

const BRIDGE: &str = "council/bridge";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("promises.db");
    // Two trackers of one file, which could be in different programs.
    let (desk, phone) = (Tracker::create(&path, "desk")?, Tracker::open(&path, "phone")?);

    let observer = desk.observe(|observed| {
        println!("new entries: {}", observed.entries.len());
        for change in &observed.standings {
            println!("{}: {} -> {}", change.commitment, verdict(&change.before), verdict(&change.after));
        }
    });

    let bridge = Commitment::builder(BRIDGE, "A bridge over the river")
        .procedure(builtin::action())
        .by("council")
        .made("2024-01-15")
        .obligation(Obligation::Result)
        .words("will build a bridge", ("Minutes", "https://example.org/minutes"))
        .build()?;
    phone.register(bridge)?;
    // The desk reads the new entries when it is asked to, and before it appends.
    desk.refresh()?;

    phone.append(Advance::builder(BRIDGE, action::UNDER_WAY).on("2024-09-01"))?;
    desk.refresh()?;

    // Dropping the observer ends the subscription.
    drop(observer);
    Ok(())
}

fn verdict(standing: &Option<Standing>) -> &str {
    standing.as_ref().and_then(|standing| standing.verdict).map_or("none", Verdict::as_str)
}
