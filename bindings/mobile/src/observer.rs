//! Observers, which a tracker calls when there are new entries.

use std::sync::{Mutex, PoisonError};

use servanda::{Day, Slug};

use crate::entry::{self, Entry};
use crate::error::ServandaError;
use crate::records::Standing;

/// A callback for new entries. It may ask, append, and stop its own subscription.
#[uniffi::export(callback_interface)]
pub trait RawListener: Send + Sync {
    /// Called with new entries, after they are on the disk. Calls come one after the other, in the
    /// order of the entries, on the thread that appended, merged or refreshed. Errors are ignored.
    ///
    /// # Errors
    ///
    /// Any error that the callback throws.
    fn changed(&self, change: LedgerChange) -> Result<(), ServandaError>;
}

/// The new entries of a ledger.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct LedgerChange {
    /// The day of the change. The standings are as of this day.
    pub on: Day,
    /// The new entries.
    pub entries: Vec<Entry>,
    /// The standings, before and after, of the commitments that the entries are about.
    pub standings: Vec<ObservedStanding>,
}

/// The standing of a commitment before and after a change.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct ObservedStanding {
    /// The commitment.
    pub commitment: Slug,
    /// The standing before, or none if the commitment was not registered.
    pub before: Option<Standing>,
    /// The standing after, or none if the commitment is not registered.
    pub after: Option<Standing>,
}

impl From<&servanda::tracker::Observed> for LedgerChange {
    fn from(observed: &servanda::tracker::Observed) -> Self {
        let standing = |standing: &servanda::tracker::ObservedStanding| ObservedStanding {
            commitment: standing.commitment.clone(),
            before: standing.before.clone().map(Standing::from),
            after: standing.after.clone().map(Standing::from),
        };
        Self {
            on: observed.on,
            entries: entry::all(&observed.entries),
            standings: observed.standings.iter().map(standing).collect(),
        }
    }
}

/// A subscription. It ends when it is stopped or dropped.
#[derive(Debug, uniffi::Object)]
pub struct Observer {
    subscription: Mutex<Option<servanda::tracker::Observer>>,
}

impl Observer {
    pub(crate) fn new(subscription: servanda::tracker::Observer) -> Self {
        Self { subscription: Mutex::new(Some(subscription)) }
    }
}

#[uniffi::export]
impl Observer {
    /// Ends the subscription. It does not wait for a call that is in progress on another thread.
    pub fn stop(&self) {
        let subscription = self.subscription.lock().unwrap_or_else(PoisonError::into_inner).take();
        drop(subscription);
    }
}
