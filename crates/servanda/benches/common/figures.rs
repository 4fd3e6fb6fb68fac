//! Shared by all benchmarks: measures times, and prints a table that compares each figure with a
//! baseline measured in the same run.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// A measured value.
pub(crate) trait Figure {
    fn number(&self) -> f64;
    /// Returns the value with its unit.
    fn display(&self) -> String;
}

impl Figure for Duration {
    fn number(&self) -> f64 {
        self.as_secs_f64()
    }

    fn display(&self) -> String {
        match self.as_secs_f64() {
            s if s >= 1.0 => format!("{s:.2} s"),
            s if s >= 1e-3 => format!("{:.2} ms", s * 1e3),
            s => format!("{:.2} µs", s * 1e6),
        }
    }
}

/// A rate per second.
impl Figure for f64 {
    fn number(&self) -> f64 {
        *self
    }

    fn display(&self) -> String {
        format!("{self:.0}")
    }
}

/// Returns how many entries to measure with: the number given as an argument, or `usual` under
/// `cargo bench`. Tests run the benchmarks with `few` entries, to check that they work.
pub(crate) fn entries(args: &[String], usual: usize, few: usize) -> usize {
    let unless_told = if is_bench(args) { usual } else { few };
    args.iter().find_map(|arg| arg.parse().ok()).unwrap_or(unless_told)
}

/// Whether `cargo bench` runs the program.
pub(crate) fn is_bench(args: &[String]) -> bool {
    args.iter().any(|arg| arg == "--bench")
}

pub(crate) fn timed<T>(run: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = black_box(run());
    (result, start.elapsed())
}

/// Prints the size of the ledger and the head of the table.
pub(crate) fn head(measured: &str) {
    println!("{measured}\n");
    println!("{:<66}{:>10}{:>10}{:>8}", "", "Servanda", "baseline", "ratio");
}

pub(crate) fn row<T: Figure>(what: &str, ours: T, baseline: T) {
    let ratio = ours.number() / baseline.number();
    println!("{what:<66}{:>10}{:>10}{ratio:>8.2}", ours.display(), baseline.display());
}
