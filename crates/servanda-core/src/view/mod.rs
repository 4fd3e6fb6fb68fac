//! Views: the state of a ledger on a day (valid time), as known at a moment (transaction time).
//!
//! A [`View`] replays the entries about a commitment and answers questions about the result. A
//! [`standing`] has all details, a [`summary`] is short, and an [`outlook`] says what can happen
//! next. [`agenda`], [`changes`], [`parts`] and [`stale`] ask about many commitments at once. A
//! [`log`] says what was recorded.

mod agenda;
mod between;
mod bodies;
mod changes;
mod content;
mod filter;
mod find;
mod forecast;
mod future;
mod intervals;
mod log;
mod measurement;
mod naming;
mod outlook;
mod parts;
mod repinned;
mod retracted;
mod stale;
mod standing;
mod summary;
mod undefined;
#[expect(clippy::module_inception, reason = "the view itself is one file among the questions that it answers")]
mod view;

pub use agenda::{Agenda, AgendaItem, Span, UnknownDay, Upcoming};
pub use bodies::{Assigned, Bodies, BodyTotals};
pub use changes::{AsOf, Change, Changes, Delta, Naming, Registration, Shift};
pub use filter::{Filter, Unmatched};
pub use future::FutureEvent;
pub use intervals::Interval;
pub use log::{LogFilter, Logged};
pub use measurement::Measured;
pub use naming::LinkedFrom;
pub use outlook::{Asked, Outlook};
pub use parts::{Part, Parts, PhaseCounts, TimelinessCounts, VerdictCounts};
pub use repinned::Repinned;
pub use retracted::{RetractedEntry, Retraction};
pub use stale::Stale;
pub use standing::{Deposited, Linked, NextStep, PossibleStep, Remarked, RunningClock, SetDeadline, Standing, Step};
pub use summary::Summary;
pub use undefined::UndefinedParty;
pub use view::View;
