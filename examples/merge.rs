//! Merges the ledgers of two phones that recorded offline, and resolves a conflict.
//!
//! The bridge is invented. `cargo run --example merge` prints:
//!
//! ```text
//! council/bridge: Done since 2025-06-01; kept
//! conflict: breaks-later-step
//! conflicts left: 0
//! ```

use servanda::builtin::{self, action};
use servanda::facts::{Advance, Retract};
use servanda::{Commitment, Error, Obligation, Tracker};

const BRIDGE: &str = "council/bridge";

fn main() -> Result<(), Error> {
    let (first, second) = (Tracker::in_memory("first-phone")?, Tracker::in_memory("second-phone")?);
    let bridge = Commitment::builder(BRIDGE, "A bridge over the river")
        .procedure(builtin::action())
        .by("council")
        .made("2024-01-15")
        .obligation(Obligation::Result)
        .words("will build a bridge", ("Minutes", "https://example.org/minutes"))
        .build()?;
    first.register(bridge)?;
    let export = first.export_since(None)?;
    second.merge(export.entries)?;

    // Offline, the phones record steps that exclude each other.
    let step = |to, day| Advance::builder(BRIDGE, to).on(day).citing(("News", "https://example.org/news"));
    first.append(step(action::DONE, "2025-06-01"))?;
    second.append(step(action::GIVEN_UP, "2025-05-01"))?;

    // Each phone merges the new entries of the other one. The order does not matter.
    second.merge(first.export_since(Some(&export.cursor))?.entries)?;
    first.merge(second.export_since(None)?.entries)?;
    assert_eq!(first.digest()?, second.digest()?);

    // The step that was recorded first counts. The other one is kept, and reported as a conflict.
    let view = first.view().on("2025-07-01")?;
    println!("{}", view.standing(BRIDGE)?);
    for conflict in view.conflicts()? {
        println!("conflict: {}", conflict.reason.code());
        first.append(Retract::builder(BRIDGE, conflict.entry, "The report was about another bridge"))?;
    }
    println!("conflicts left: {}", first.view().conflicts()?.len());
    Ok(())
}
