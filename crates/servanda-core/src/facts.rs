//! The kinds of fact that a ledger records, and their parts.
//!
//! Each kind has a builder, such as [`Advance::builder`]. A builder collects errors and reports
//! them when it is [built](FactBuilder::build) or appended.

pub use crate::entry::{
    Advance, Amend, Assign, Attest, BatchPosition, Cite, ClockRule, CommitmentBuilder, Define, Deposit, Fact,
    FactBuilder, Link, Measure, Opening, Relation, Remark, Repin, Reschedule, Responsible, Retract, Target, Unassign,
    Words,
};
