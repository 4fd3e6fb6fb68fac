//! Entries: one fact each, with its recorder, its moment, and an id that anyone can recompute.
//!
//! An [`Entry`] *is* its canonical line, so members that this version does not understand are kept.
//! A [`Draft`] is a fact that is not yet on a ledger. An append seals drafts into entries
//! ([`seal`]). [`read_line`] reads one line into an entry, and [`reader`] reads whole streams.

mod clock_rule;
mod commitment;
mod commitment_builder;
mod draft;
mod fact;
mod fact_builder;
mod fact_fields;
mod kind;
mod party;
mod quick;
mod read_draft;
mod read_line;
mod reader;
mod recorded;
mod schema;
mod seal;
mod text;
mod tidy;
mod topic;
mod writer;

pub use clock_rule::ClockRule;
pub use commitment::{Commitment, Obligation, Opening, Responsible, Target, Words};
pub use commitment_builder::CommitmentBuilder;
pub use draft::{Batch, Draft};
pub use fact::{
    Advance, Amend, Assign, Attest, Cite, Define, Deposit, Fact, Link, Measure, Relation, Remark, Repin, Reschedule,
    Retract, Unassign,
};
pub use fact_builder::FactBuilder;
pub use party::Party;
pub use read_line::{from_json, read_line, read_line_in};
pub use reader::Reader;
pub use recorded::{BatchPosition, Entry};
pub use schema::SCHEMA;
pub use topic::Topic;
pub use writer::write;

use read_draft::read_draft;
use read_line::{Header, check_length, read_fact, recorded_by, sources_of, span_in};
use recorded::{ByteRange, Found};
use text::Line;

pub(crate) use clock_rule::ClockRules;
pub(crate) use commitment::RegisteredTerms;
pub(crate) use kind::{HasDay, Kind};
pub(crate) use read_line::read_part;
pub(crate) use recorded::{Definition, More};
pub(crate) use seal::seal_batch;
pub(crate) use tidy::text_faults;

/// The maximum length of a line in bytes, without its line feed.
pub const MAX_LINE_BYTES: usize = 1024 * 1024;
/// The maximum number of entries in a batch.
pub const MAX_BATCH_ENTRIES: u32 = 10_000;
