//! Procedures: declarative state machines with statuses, transitions and clocks.
//!
//! A commitment has one status at a time. A party takes a transition from one status to another. A
//! clock is a step that the law takes by itself.
//!
//! A procedure is data. Its file is TOML ([`Procedure::from_toml`]), and has titles by language and
//! the legal basis of each transition and clock, so that a lawyer who does not program can read and
//! check it. The ledger stores the same content as canonical JSON. Built-in procedures
//! ([`builtin`](crate::builtin)) and procedures of users have the same file format.

mod calendar;
mod check;
mod definition;
mod diagnostic;
mod draw;
mod due;
mod effects;
mod reference;
mod rule;
mod started_before;

pub use calendar::{Basis, Calendar, Ending, Period, Recess};
pub use definition::{Clock, Edge, Phase, Procedure, Status, Transition};
pub use diagnostic::{Diagnostic, Severity};
pub use draw::in_english;
pub use reference::ProcedureRef;
pub use rule::{ClosingPeriod, Counted, Rule};

pub(crate) use check::too_many_references;
pub(crate) use diagnostic::{Located, MAX_REFERENCES, Place};
pub(crate) use due::{Due, UnknownReason};
pub(crate) use started_before::StartedBefore;
