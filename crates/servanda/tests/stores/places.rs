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
    #[cfg(feature = "postgres")]
    Postgres,
}

impl Kind {
    pub(crate) const ALL: [Self; 3] = [Self::Memory, Self::Lines, Self::Sqlite];
}

/// A place where there is nothing yet.
#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) kind: Kind,
    folder: TempDir,
    #[cfg(feature = "postgres")]
    server: Option<crate::server::Server>,
}

impl Place {
    pub(crate) fn new(kind: Kind) -> Self {
        Self {
            kind,
            folder: TempDir::new().unwrap(),
            #[cfg(feature = "postgres")]
            server: None,
        }
    }

    /// A place of a kind; nothing if it takes a server that is not there.
    #[cfg(feature = "postgres")]
    pub(crate) fn if_there(kind: Kind, test: &str) -> Option<Self> {
        let server = match kind {
            Kind::Postgres => Some(crate::server::server(test)?),
            _ => None,
        };
        Some(Self { server, ..Self::new(kind) })
    }

    #[cfg(not(feature = "postgres"))]
    pub(crate) fn if_there(kind: Kind, _: &str) -> Option<Self> {
        Some(Self::new(kind))
    }

    /// Another place of the same kind.
    pub(crate) fn elsewhere(&self) -> Self {
        Self::if_there(self.kind, "another place").unwrap()
    }

    /// Whether an export may give out again what an earlier one gave out.
    pub(crate) fn resends(&self) -> bool {
        #[cfg(feature = "postgres")]
        if self.kind == Kind::Postgres {
            return true;
        }
        false
    }

    pub(crate) fn path(&self) -> PathBuf {
        #[cfg(feature = "postgres")]
        if let Some(server) = &self.server {
            return PathBuf::from(&server.url);
        }
        let name = match self.kind {
            Kind::Lines => "ledger.jsonl",
            _ => "ledger.db",
        };
        self.folder.path().join(name)
    }

    /// A new ledger.
    pub(crate) fn empty(&self) -> Tracker {
        let tracker = match self.kind {
            Kind::Memory => Tracker::in_memory("desk"),
            _ => Tracker::create(self.path(), "desk").unwrap(),
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
            _ => at_noon(Tracker::open(self.path(), "desk").unwrap()),
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
