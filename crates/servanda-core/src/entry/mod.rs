//! Entries: one fact each, with who wrote it down, when, and the id that anyone can recompute.
//!
//! A [`Draft`] is a fact that is not yet on a ledger; builders such as [`Advance::new`] make one. Appending seals drafts into
//! [`Entry`] values. An entry *is* its canonical line, beside a typed reading of it: what the reading does not understand is
//! still in the line.

mod draft;
mod fact;
mod seal;
mod sealed;

pub use draft::{Batch, Draft};
pub use fact::{Advance, Amend, Attest, Cite, Define, Deposit, Fact, Link, Relation, Remark, Reschedule, Retract};
pub use sealed::{BatchMark, Entry};

pub(crate) use seal::{Header, seal_batch};
