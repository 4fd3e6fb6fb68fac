//! Measures how many treaties per second the example `diet_treaties` imports and answers for.
//!
//! Run it with `cargo bench -p servanda-examples`. It uses the list in the folder `SERVANDA_DATA`,
//! or the few rows of the tests if there is none.

#[allow(dead_code, reason = "the command line of the program is not measured")]
#[path = "../diet_treaties/main.rs"]
mod diet_treaties;

use std::time::{Duration, Instant};

use diet_treaties::{Attestation, File, Report};

/// The number of runs. The fastest one counts, because other load on the machine can only slow a
/// run down.
const RUNS: usize = 20;

fn main() -> Result<(), String> {
    let (treaties, sessions) = files()?;
    let mut fastest = Duration::MAX;
    let mut answers = 0;
    // `cargo bench` passes `--bench`. Without it, one run is enough to see that the benchmark
    // works.
    let runs = if std::env::args().any(|argument| argument == "--bench") { RUNS } else { 1 };
    for _ in 0..runs {
        let start = Instant::now();
        answers = Report::of(&treaties, &sessions, Attestation::Complete)?.answers.len();
        fastest = fastest.min(start.elapsed());
    }
    let rate = answers as f64 / fastest.as_secs_f64();
    println!(
        "{answers} treaties of {} in {:.1} ms: {rate:.0} treaties a second",
        treaties.name,
        fastest.as_secs_f64() * 1e3
    );
    Ok(())
}

/// The list of treaties and the list of sessions.
fn files() -> Result<(File, File), String> {
    let data =
        std::env::var("SERVANDA_DATA").unwrap_or_else(|_| format!("{}/../../shared/data", env!("CARGO_MANIFEST_DIR")));
    let whole = |name: &str| File::open(&format!("{data}/diet/{name}"));
    if let (Ok(treaties), Ok(sessions)) = (whole("hr_treaties_142_183.csv"), whole("diet_sessions.csv")) {
        return Ok((treaties, sessions));
    }
    println!("{data}/diet is missing, so the rows of the tests are measured instead");
    let few = |name: &str| File::open(&format!("{}/tests/diet/{name}", env!("CARGO_MANIFEST_DIR")));
    Ok((few("treaties.csv")?, few("sessions.csv")?))
}
