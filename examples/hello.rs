//! Records a commitment and one step, and asks for its status on three days.
//!
//! `cargo run --example hello` prints:
//!
//! ```text
//! On 2013-02-01, jp/hague-convention: Intended since 2013-01-18; pending
//! On 2013-06-01, jp/hague-convention: Submitted to the Diet since 2013-03-15; in-progress
//! On 2013-07-01, jp/hague-convention: Dropped: not finished when the session closed (presumed) since 2013-06-26; in-progress
//! ```

use servanda::builtin::{self, diet_treaty_approval};
use servanda::facts::Advance;
use servanda::{Commitment, Error, Obligation, Tracker};

const EDITORIAL: &str = "https://editorials.voa.gov/amp/us-japan-alliance-remains-cornerstone/1590413.html";
const RECORD: &str = "https://www.shugiin.go.jp/internet/itdb_gian.nsf/html/gian/keika/1DB429A.htm";

fn main() -> Result<(), Error> {
    let hague = Commitment::builder("jp/hague-convention", "The Hague Abduction Convention")
        .procedure(builtin::diet_treaty_approval())
        .by("jp")
        .to("us")
        .made("2013-01-18")
        .obligation(Obligation::Consideration)
        .words("will consider", ("U.S. - Japan Alliance Remains Cornerstone", EDITORIAL))
        .build()?;
    let submitted = Advance::builder("jp/hague-convention", diet_treaty_approval::SUBMITTED)
        .on("2013-03-15")
        .citing(("183rd Diet, treaty no. 1", RECORD));

    let tracker = Tracker::in_memory("desk")?;
    tracker.register(hague)?;
    tracker.append(submitted)?;

    // On the last day no further step is recorded. The session closed on 26 June, which drops a
    // treaty.
    for day in ["2013-02-01", "2013-06-01", "2013-07-01"] {
        println!("On {day}, {}", tracker.view().on(day)?.standing("jp/hague-convention")?);
    }
    Ok(())
}
