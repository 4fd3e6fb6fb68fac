//! Who hears what is new.

use std::sync::{Mutex, PoisonError};

use servanda::{Day, Slug};

use crate::entry::{self, Entry};
use crate::error::ServandaError;
use crate::standing::Standing;

/// Hears what is new on a ledger. It may ask, append, and end its own subscription.
#[uniffi::export(callback_interface)]
pub trait RawListener: Send + Sync {
    /// There are new entries. It is called after they are on the disk, in the order in which they came, one call after the other, on
    /// a thread that appended, merged or refreshed. What it throws is let go: what is observed has happened.
    ///
    /// # Errors
    ///
    /// Whatever it throws.
    fn changed(&self, change: LedgerChange) -> Result<(), ServandaError>;
}

/// What is new on a ledger.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct LedgerChange {
    /// The day on which it was observed, as of which the standings are.
    pub on: Day,
    /// The new entries.
    pub entries: Vec<Entry>,
    /// Where the commitments that they are about stood before and after.
    pub standings: Vec<ObservedStanding>,
}

/// Where a commitment stood before and after.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct ObservedStanding {
    /// The commitment.
    pub commitment: Slug,
    /// Where it stood before; none if it was not registered.
    pub before: Option<Standing>,
    /// Where it stands; none if it is not registered.
    pub after: Option<Standing>,
}

impl From<&servanda::Observed> for LedgerChange {
    fn from(observed: &servanda::Observed) -> Self {
        let servanda::Observed { on, entries, standings } = observed;
        let standing = |standing: &servanda::ObservedStanding| {
            let servanda::ObservedStanding { commitment, before, after } = standing.clone();
            ObservedStanding { commitment, before: before.map(Standing::from), after: after.map(Standing::from) }
        };
        Self { on: *on, entries: entry::all(entries), standings: standings.iter().map(standing).collect() }
    }
}

/// A subscription. It ends when it is stopped, or let go of.
#[derive(Debug, uniffi::Object)]
pub struct Observer {
    subscription: Mutex<Option<servanda::Observer>>,
}

impl Observer {
    pub(crate) fn new(subscription: servanda::Observer) -> Self {
        Self { subscription: Mutex::new(Some(subscription)) }
    }
}

#[uniffi::export]
impl Observer {
    /// Ends the subscription. A call that is under way on another thread is not waited for.
    pub fn stop(&self) {
        let subscription = self.subscription.lock().unwrap_or_else(PoisonError::into_inner).take();
        drop(subscription);
    }
}
