//! Compares what the rows say with what the ledger says about a commitment.

mod difference;
mod events;
mod phrases;
mod registration;
mod said;

pub(crate) use difference::{Comparison, Difference, NewFact, difference, missing};
pub(crate) use said::{Said, said};
