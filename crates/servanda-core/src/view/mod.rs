//! Views: what the ledger says of a day, as known at a moment.
//!
//! Three steps lead from entries to an answer. [`fold`] takes the entries about one commitment up, one after the other, each if the
//! path stays legal at its place. [`walk`] goes that path from day to day, with the procedure's clocks. [`verdict`] says what
//! follows about the word given. [`standing`] puts the answer together. A [`track`] is what a ledger remembers of a path, from which
//! standings are told in brief, or as the rows of a table ([`row`]). [`agenda`], [`changes`], [`parts`] and [`stale`] ask further, of many
//! standings at once.

mod agenda;
mod between;
mod changes;
mod conflict;
mod filter;
mod fold;
mod outlook;
mod parts;
mod row;
mod stale;
mod standing;
mod stops;
mod summary;
mod track;
mod verdict;
mod walk;

pub use agenda::{Agenda, AgendaItem, Span, UnknownDay, Upcoming};
pub use changes::{AsOf, Change, Changes, Delta, Registration, Shift};
pub use conflict::Conflict;
pub use filter::{Filter, Unmatched};
pub use outlook::{Asked, Outlook};
pub use parts::{Part, Parts, PhaseCounts, VerdictCounts};
pub use row::Row;
pub use stale::Stale;
pub use standing::View;
pub(crate) use standing::way_back;
pub use summary::{Deposited, Linked, NextStep, Remarked, RunningClock, SetDeadline, Standing, Step};
pub use track::Brief;
pub use verdict::Verdict;

pub(crate) use fold::{Folded, fold};
pub(crate) use track::Track;
pub(crate) use walk::slug;
