//! Shared by the tests of trackers: a folder for ledgers, and a commitment.

#![allow(dead_code, reason = "each test file uses a part")]
#![allow(clippy::panic, clippy::unwrap_used)]

use std::ops::ControlFlow;
use std::path::PathBuf;

use servanda::{
    Batch, Commitment, Day, Error, Obligation, Progress, Remark, Result, Source, Tracker, builtin,
    facts::{FactBuilder, Words},
};
use tempfile::TempDir;

/// The id of the commitment.
pub(crate) const COMMITMENT: &str = "us/senkaku";

pub(crate) fn day() -> Day {
    Day::new(2013, 1, 18).unwrap()
}

pub(crate) fn commitment() -> Commitment {
    let source = Source::new("Remarks", "https://example.org/remarks").unwrap();
    let words = Words::new("reiterated", source).unwrap();
    let commitment = Commitment::builder(COMMITMENT, "No position on sovereignty").procedure(builtin::position());
    commitment.by("us").made(day()).obligation(Obligation::Position).words(words.text, words.source).build().unwrap()
}

pub(crate) fn remark(title: &str) -> FactBuilder<Remark> {
    Remark::builder(COMMITMENT, title).on(day())
}

/// Returns a batch of remarks with these titles.
pub(crate) fn remarks(titles: impl IntoIterator<Item = String>) -> Batch {
    titles.into_iter().fold(Batch::new(), |batch, title| batch.and(remark(&title)))
}

/// Repeats an operation, and cancels it at its first report, then at its second, and so on, until
/// it completes. Calls `check` after each cancellation. Returns the final result, and the reports
/// of the last run.
pub(crate) fn interrupt_at_each_report<T>(
    mut work: impl FnMut(&mut dyn FnMut(Progress) -> ControlFlow<()>) -> Result<T>,
    mut check: impl FnMut(),
) -> (T, Vec<Progress>) {
    for ended_at in 0.. {
        let mut reports = Vec::new();
        let done = work(&mut |progress| {
            reports.push(progress);
            if reports.len() > ended_at { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert!(reports.is_sorted_by_key(|progress| progress.done), "{reports:?}");
        match done {
            Err(Error::Interrupted) => assert_eq!(reports.len(), ended_at + 1, "nothing is reported after the end"),
            done => return (done.unwrap(), reports),
        }
        check();
    }
    unreachable!()
}

/// A temporary folder with ledgers.
pub(crate) struct TestDir {
    folder: TempDir,
}

impl TestDir {
    pub(crate) fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Creates a ledger with one registered commitment.
    pub(crate) fn tracker(&self, name: &str) -> Tracker {
        let tracker = Tracker::create(self.path(name), "desk").unwrap();
        tracker.register(commitment()).unwrap();
        tracker
    }
}
