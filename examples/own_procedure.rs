//! Uses a procedure of your own, from a TOML file, with a clock.
//!
//! The petition is invented. `cargo run --example own_procedure` prints:
//!
//! ```text
//! possible: answered (Rules of the council, art. 7)
//! by itself: expired on 2024-07-10 (Rules of the council, art. 8)
//! council/library: Expired without an answer (presumed) since 2024-07-10; in-progress
//! council/library: Answered by the council since 2024-06-20; kept
//! ```

use servanda::facts::Advance;
use servanda::{Commitment, Error, Obligation, Procedure, Tracker};

const LIBRARY: &str = "council/library";

fn main() -> Result<(), Error> {
    // A faulty file is refused with all its faults, each with its line and a remedy.
    let procedure = Procedure::from_toml("petition.toml", include_str!("petition.toml"))?;

    // The procedure comes along into the ledger with the commitment.
    let tracker = Tracker::in_memory("desk")?;
    let petition = Commitment::builder(LIBRARY, "Longer opening hours of the library")
        .procedure(&procedure)
        .by("council")
        .made("2024-01-10")
        .obligation(Obligation::Consideration)
        .words("will answer every petition", ("Rules of the council", "https://example.org/rules"))
        .build()?;
    tracker.register(petition)?;

    let outlook = tracker.view().on("2024-03-01")?.outlook(LIBRARY)?;
    for step in &outlook.next {
        println!("possible: {} ({})", step.to, step.basis);
    }
    for clock in &outlook.clocks {
        println!(
            "by itself: {} on {} ({})",
            clock.to,
            clock.due.map_or("?".into(), |day| day.to_string()),
            clock.basis
        );
    }

    // Six months later the petition expires, unless the council has answered.
    println!("{}", tracker.view().on("2024-08-01")?.standing(LIBRARY)?);
    tracker.append(
        Advance::builder(LIBRARY, "answered").on("2024-06-20").citing(("Answer", "https://example.org/answer")),
    )?;
    println!("{}", tracker.view().on("2024-08-01")?.standing(LIBRARY)?);
    Ok(())
}
