//! What the tests of the tracker share: a folder with ledgers, and one commitment that all is about.

#![allow(dead_code, reason = "each test file uses a part")]
#![allow(clippy::panic, clippy::unwrap_used)]

use std::ops::ControlFlow;
use std::path::PathBuf;

use servanda::{
    Batch, Commitment, Day, Draft, Error, Obligation, Progress, Remark, Result, Source, Tracker, Words, builtin,
};
use tempfile::TempDir;

/// The commitment that all is about.
pub(crate) const WORD: &str = "us/senkaku";

pub(crate) fn day() -> Day {
    Day::new(2013, 1, 18).unwrap()
}

pub(crate) fn word() -> Commitment {
    let source = Source::new("Remarks", "https://example.org/remarks").unwrap();
    let words = Words::new("reiterated", source).unwrap();
    let word = Commitment::new(WORD, "No position on sovereignty", builtin::position()).unwrap();
    word.given("us", day(), Obligation::Position, words).unwrap()
}

pub(crate) fn remark(title: &str) -> Draft<Remark> {
    Remark::new(WORD, title).on(day())
}

/// A batch of remarks with these titles.
pub(crate) fn remarks(titles: impl IntoIterator<Item = String>) -> Batch {
    titles.into_iter().fold(Batch::new(), |batch, title| batch.and(remark(&title)))
}

/// Does something again and again, ended at each of its reports in turn, until it is not ended. What holds after each time is `check`ed.
/// Gives back what came of it in the end, and what was reported then.
pub(crate) fn at_each_report<T>(
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

/// A folder with ledgers.
pub(crate) struct Desk {
    folder: TempDir,
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A tracker over a new ledger, on which the commitment is registered.
    pub(crate) fn tracker(&self, name: &str) -> Tracker {
        let tracker = Tracker::create(self.path(name), "desk").unwrap();
        tracker.register(word()).unwrap();
        tracker
    }
}
