//! The ledger: a set of entries, with the checks for adding to it.

mod append;
mod batches;
mod days;
mod ids;
mod logs;
mod mentions;
mod merge;
mod partial;
mod recorded;
mod set;
mod snapshot;

pub use set::Ledger;

pub(crate) use days::Candidates;
pub(crate) use snapshot::{BatchedEntry, PendingEntries, Snapshot};
