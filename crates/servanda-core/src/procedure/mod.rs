//! Procedures: the statuses a commitment can have, the steps between them, and the clocks by which the law takes a step itself.
//!
//! A procedure is data. As a file it is TOML, with titles by language and the legal basis beside each rule, so that a lawyer
//! who does not program can read and check it ([`Procedure::from_toml`]); in a ledger it is the same thing as canonical JSON.
//! [`builtin`](crate::builtin) ones and a user's own are the same kind of file.

mod calendar;
mod check;
mod definition;
mod diagnostic;
mod draw;
mod due;
mod reference;
mod rule;

pub use calendar::{Basis, Calendar, Ending, Period, Recess};
pub use definition::{Clock, Edge, Phase, Procedure, Status, Transition};
pub use diagnostic::Diagnostic;
pub use draw::in_english;
pub use reference::ProcedureRef;
pub use rule::{ClosingPeriod, Counted, Rule};

pub(crate) use check::too_many_references;
pub(crate) use diagnostic::{Located, MAX_REFERENCES, Place};
pub(crate) use due::{Due, UnknownReason};
