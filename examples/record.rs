//! Records facts in a file: a party, a commitment with a deadline, a remark, a step, and a
//! correction.
//!
//! `cargo run --example record` prints:
//!
//! ```text
//! refused: the step needs 1 source
//! 2013-01-18 planned
//! 2013-02-22 done
//! us/abe-visit: Done since 2013-02-22; kept, on time; deadline 2013-02
//! ```

use servanda::builtin::{self, action};
use servanda::facts::{Advance, Remark, Retract};
use servanda::{Batch, Commitment, Error, Obligation, Party, Tracker};

const VISIT: &str = "us/abe-visit";
const EDITORIAL: (&str, &str) = (
    "U.S. - Japan Alliance Remains Cornerstone",
    "https://editorials.voa.gov/amp/us-japan-alliance-remains-cornerstone/1590413.html",
);
const MEETING: (&str, &str) =
    ("Japan-U.S. Foreign Ministers' Meeting (Summary)", "https://www.mofa.go.jp/region/n-america/us/130118_01.html");
const SUMMIT: (&str, &str) = (
    "Press conference after the summit in Washington",
    "https://japan.kantei.go.jp/96_abe/statement/201302/22kaiken_e.html",
);

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    // The name of the file decides the format: `.jsonl` is a text file with one entry per line, any
    // other name a SQLite database.
    let tracker = Tracker::create(folder.path().join("promises.jsonl"), "desk")?;

    tracker.append(Party::new("us", "en", "United States of America")?)?;
    let visit = Commitment::builder(VISIT, "A visit of Prime Minister Abe to Washington")
        .procedure(builtin::action())
        .by("us")
        .to("jp")
        .made("2013-01-18")
        .obligation(Obligation::Result)
        .words("has invited", EDITORIAL)
        .deadline("2013-02")
        .build()?;
    tracker.register(visit)?;

    // A remark does not change the status.
    let remark = Remark::builder(VISIT, "Both sides speak of the third week of February");
    tracker.append(remark.on("2013-01-18").citing(MEETING))?;

    // The procedure requires a source for this step, so it is refused without one.
    let done = || Advance::builder(VISIT, action::DONE);
    match tracker.append(done().on("2013-02-22")) {
        Err(Error::MissingSources { needed, .. }) => println!("refused: the step needs {needed} source"),
        other => println!("{other:?}"),
    }

    // A mistake is not edited. A batch retracts it and records the right step: both of them, or
    // none.
    let mistake = tracker.append(done().on("2013-02-21").citing(SUMMIT))?[0];
    let correction = Batch::new()
        .and(Retract::builder(VISIT, mistake, "The visit was on the 22nd"))
        .and(done().on("2013-02-22").citing(SUMMIT));
    tracker.append(correction)?;

    let standing = tracker.view().on("2013-03-01")?.standing(VISIT)?;
    for step in &standing.history {
        println!("{} {}", step.on, step.status);
    }
    println!("{standing}");
    Ok(())
}
