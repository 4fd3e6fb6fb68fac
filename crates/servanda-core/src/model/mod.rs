//! The plain records that facts are made of: parties, sources and commitments.
//!
//! They hold no invariants of their own; those are in the [leaf types](crate::value) of their fields. Fields stand in
//! alphabetical order, which is the order in which the [line format](crate::format) writes them.

mod commitment;
mod file;
mod party;
mod source;

pub use commitment::{Commitment, GivenRule, Obligation, Opening, Pin, Undertaking, Words};
pub(crate) use commitment::{Given, Terms};
pub use party::{Identifier, Party};
pub use source::Source;
