//! Entries: one fact each, with who wrote it down, when, and the id that anyone can recompute.
//!
//! A [`Draft`] is a fact that is not yet on a ledger; builders such as [`Advance::new`] make one. Appending seals drafts into
//! [`Entry`] values. An entry *is* its canonical line, beside what is asked of it all the time: what this version does not understand is
//! still in the line.

mod draft;
mod fact;
mod kind;
mod line;
mod seal;
mod sealed;

pub use draft::{Batch, Draft};
pub use fact::{Advance, Amend, Attest, Cite, Define, Deposit, Fact, Link, Relation, Remark, Reschedule, Retract};
pub use sealed::{BatchMark, Entry};

pub(crate) use kind::{HasDay, Kind};
pub(crate) use line::Line;
pub(crate) use seal::seal_batch;
pub(crate) use sealed::{Definition, Found, More, Span};
