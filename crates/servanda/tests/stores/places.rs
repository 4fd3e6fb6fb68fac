//! Places for ledgers, one of each kind.

use std::path::PathBuf;

use servanda::{Entry, FixedTime, Ledger, Moment, Tracker};
use tempfile::TempDir;

use crate::common::word;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Memory,
    Lines,
    Sqlite,
}

impl Kind {
    pub(crate) const ALL: [Self; 3] = [Self::Memory, Self::Lines, Self::Sqlite];
}

/// A place where there is nothing yet.
#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) kind: Kind,
    folder: TempDir,
}

impl Place {
    pub(crate) fn new(kind: Kind) -> Self {
        Self { kind, folder: TempDir::new().unwrap() }
    }

    pub(crate) fn path(&self) -> PathBuf {
        let name = match self.kind {
            Kind::Lines => "ledger.jsonl",
            Kind::Sqlite | Kind::Memory => "ledger.db",
        };
        self.folder.path().join(name)
    }

    /// A new ledger.
    pub(crate) fn empty(&self) -> Tracker {
        let tracker = match self.kind {
            Kind::Memory => Tracker::in_memory("desk"),
            Kind::Lines | Kind::Sqlite => Tracker::create(self.path(), "desk").unwrap(),
        };
        at_noon(tracker)
    }

    /// A new ledger on which the commitment is registered.
    pub(crate) fn tracker(&self) -> Tracker {
        let tracker = self.empty();
        tracker.register(word()).unwrap();
        tracker
    }

    /// A new ledger with these entries.
    pub(crate) fn holding(&self, ledger: &Ledger) -> Tracker {
        let tracker = self.empty();
        assert_eq!(tracker.merge(ledger.entries().cloned()).unwrap(), ledger.len());
        tracker
    }

    /// The same ledger, opened by somebody else, who has read nothing of it yet. In memory there is nobody else.
    pub(crate) fn again(&self, tracker: &Tracker) -> Tracker {
        match self.kind {
            Kind::Memory => tracker.clone(),
            Kind::Lines | Kind::Sqlite => at_noon(Tracker::open(self.path(), "desk").unwrap()),
        }
    }
}

fn at_noon(tracker: Tracker) -> Tracker {
    tracker.with_time(FixedTime(noon()))
}

pub(crate) fn noon() -> Moment {
    "2026-01-01T12:00:00.000000Z".parse().unwrap()
}

/// The ledger of the alliance of 2013.
pub(crate) fn alliance() -> Ledger {
    Ledger::read(include_bytes!("../../../../examples/alliance.jsonl").as_slice()).unwrap()
}

pub(crate) fn entries(tracker: &Tracker) -> Vec<Entry> {
    tracker.ledger().unwrap().entries().cloned().collect()
}
