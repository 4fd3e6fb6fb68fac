//! The ledger: a set of entries, and what it takes to add to it.

mod append;
mod batches;
mod days;
mod definitions;
mod ids;
mod known;
mod logs;
mod merge;
mod part;
mod set;

pub use set::Ledger;

pub(crate) use days::Candidates;
pub(crate) use definitions::Definitions;
pub(crate) use known::{Appended, Held, Known, Unit, retractions};
