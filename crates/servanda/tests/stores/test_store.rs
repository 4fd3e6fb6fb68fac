//! Stores for tests, one of each kind.

use std::path::PathBuf;

use servanda::{Entry, FixedTime, Ledger, Moment, Tracker};
use tempfile::TempDir;

use crate::common::commitment;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Memory,
    Lines,
    Sqlite,
    #[cfg(feature = "postgres")]
    Postgres,
}

impl Kind {
    pub(crate) const ALL: [Self; 3] = [Self::Memory, Self::Lines, Self::Sqlite];
}

/// A place for a ledger that does not exist yet.
#[derive(Debug)]
pub(crate) struct TestStore {
    pub(crate) kind: Kind,
    folder: TempDir,
    #[cfg(feature = "postgres")]
    server: Option<crate::server::Server>,
}

impl TestStore {
    pub(crate) fn new(kind: Kind) -> Self {
        Self {
            kind,
            folder: TempDir::new().unwrap(),
            #[cfg(feature = "postgres")]
            server: None,
        }
    }

    /// Returns a place of this kind, or `None` if the required server is missing.
    #[cfg(feature = "postgres")]
    pub(crate) fn available(kind: Kind, test: &str) -> Option<Self> {
        let server = match kind {
            Kind::Postgres => Some(crate::server::server(test)?),
            _ => None,
        };
        Some(Self { server, ..Self::new(kind) })
    }

    #[cfg(not(feature = "postgres"))]
    pub(crate) fn available(kind: Kind, _: &str) -> Option<Self> {
        Some(Self::new(kind))
    }

    /// Returns another place of the same kind.
    pub(crate) fn elsewhere(&self) -> Self {
        Self::available(self.kind, "another place").unwrap()
    }

    /// Whether an export may repeat entries of an earlier one.
    pub(crate) fn resends(&self) -> bool {
        #[cfg(feature = "postgres")]
        if self.kind == Kind::Postgres {
            return true;
        }
        false
    }

    fn path(&self) -> PathBuf {
        let name = match self.kind {
            Kind::Lines => "ledger.jsonl",
            _ => "ledger.db",
        };
        self.folder.path().join(name)
    }

    /// Creates an empty ledger.
    pub(crate) fn empty(&self) -> Tracker {
        let tracker = match self.kind {
            Kind::Memory => Tracker::in_memory("desk"),
            Kind::Lines | Kind::Sqlite => Tracker::create(self.path(), "desk"),
            #[cfg(feature = "postgres")]
            Kind::Postgres => Tracker::connect_new(&self.server.as_ref().unwrap().url, "desk"),
        };
        at_noon(tracker.unwrap())
    }

    /// Creates a ledger with one registered commitment.
    pub(crate) fn tracker(&self) -> Tracker {
        let tracker = self.empty();
        tracker.register(commitment()).unwrap();
        tracker
    }

    /// Creates a ledger with these entries.
    pub(crate) fn with_entries(&self, ledger: &Ledger) -> Tracker {
        let tracker = self.empty();
        assert_eq!(tracker.merge(ledger.entries().cloned()).unwrap(), ledger.len());
        tracker
    }

    /// Opens the same ledger again, with nothing loaded yet. A ledger in memory is shared instead.
    pub(crate) fn reopen(&self, tracker: &Tracker) -> Tracker {
        let opened = match self.kind {
            Kind::Memory => Ok(tracker.clone()),
            Kind::Lines | Kind::Sqlite => Tracker::open(self.path(), "desk"),
            #[cfg(feature = "postgres")]
            Kind::Postgres => Tracker::connect(&self.server.as_ref().unwrap().url, "desk"),
        };
        at_noon(opened.unwrap())
    }
}

fn at_noon(tracker: Tracker) -> Tracker {
    tracker.with_time(FixedTime(noon()))
}

pub(crate) fn noon() -> Moment {
    "2026-01-01T12:00:00.000000Z".parse().unwrap()
}

/// Returns the ledger of the example of 2013.
pub(crate) fn alliance() -> Ledger {
    Ledger::read(include_bytes!("../../../../examples/alliance.jsonl").as_slice()).unwrap()
}

pub(crate) fn entries(tracker: &Tracker) -> Vec<Entry> {
    tracker.ledger().unwrap().entries().cloned().collect()
}
