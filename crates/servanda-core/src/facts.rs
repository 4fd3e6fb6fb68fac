//! The kinds of fact that a ledger records, and what they are made of.
//!
//! Each kind has a builder, such as [`Advance::builder`]. A builder collects what is wrong and
//! reports it when it is [built](FactBuilder::build) or appended.

pub use crate::entry::{
    Advance, Amend, Attest, BatchPosition, Cite, ClockRule, CommitmentBuilder, Define, Deposit, Fact, FactBuilder,
    Identifier, Link, Opening, Relation, Remark, Reschedule, Retract, Words,
};
