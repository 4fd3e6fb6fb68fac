//! Replay: computes where a commitment stands from the entries about it.
//!
//! [`merge_survivors`] decides which entries count after a merge. [`replay`] takes their steps in
//! order and lets the procedure's clocks run between them. The result is a [`timeline`] of visits
//! to statuses. [`verdict`] and [`timeliness`] judge it. A [`cached_timeline`] is the part of the
//! result that a ledger keeps, so that most questions and appends need no replay.

mod amended;
mod assignments;
mod cached_timeline;
mod conflict;
mod definitions;
mod firing_clocks;
mod legal_steps;
mod merge_survivors;
mod path_order;
mod repin;
#[expect(clippy::module_inception, reason = "the replay itself is one file among what it needs")]
mod replay;
mod retractions;
mod timeline;
mod timeliness;
mod verdict;
mod wholes;

pub use conflict::Conflict;
pub use timeliness::Timeliness;
pub use verdict::Verdict;

pub(crate) use cached_timeline::{CachedTimeline, Position};
pub(crate) use definitions::Definitions;
pub(crate) use firing_clocks::{ActiveClock, NextClock};
pub(crate) use merge_survivors::{Folded, History, Unregistered, fold};
pub(crate) use repin::{Moved, Translation};
pub(crate) use replay::{END_OF_TIME, MAX_CLOCKS_IN_A_ROW, Replay, slug};
pub(crate) use retractions::{Unit, retractions};
pub(crate) use timeline::{Cause, Visit};
pub(crate) use timeliness::Deadlines;
pub(crate) use verdict::{Judgement, Promise};
pub(crate) use wholes::way_back;

use path_order::orders;
use replay::{DayPart, Deposits, Refused, ReplayContext, Unknown};
use timeline::Timeline;
