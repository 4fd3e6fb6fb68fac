//! Keep track of what governments and institutions said they would do.
//!
//! Servanda knows the procedure each commitment has to go through, accepts only the steps that the procedure allows, keeps the
//! evidence for every step, and answers where anything stood, on any day, as known at any moment.
//!
//! A [`Tracker`] is a [`Ledger`] that is kept somewhere, with a source of time. Everything of
//! [`servanda_core`] is here too.
//!
//! ```
//! use servanda::builtin::{self, diet_treaty_approval};
//! use servanda::{Advance, Commitment, Day, Obligation, Phase, Source, Tracker, Words};
//!
//! let record = "https://www.shugiin.go.jp/internet/itdb_gian.nsf/html/gian/keika/1DB429A.htm";
//! let statement = "https://editorials.voa.gov/amp/us-japan-alliance-remains-cornerstone/1590413.html";
//! let hague = Commitment::builder("jp/hague-convention", "The Hague Abduction Convention")
//!     .procedure(builtin::diet_treaty_approval())
//!     .by("jp")
//!     .made("2013-01-18")
//!     .obligation(Obligation::Consideration)
//!     .words("will consider", ("U.S. - Japan Alliance Remains Cornerstone", statement))
//!     .build()?;
//!
//! let tracker = Tracker::in_memory("desk")?;
//! tracker.register(hague)?;
//! let source = Source::new("183rd Diet, treaty no. 1", record)?;
//! tracker.append(Advance::builder("jp/hague-convention", diet_treaty_approval::SUBMITTED).on("2013-03-15").citing(source))?;
//!
//! let standing = tracker.view().on("2013-04-01")?.standing("jp/hague-convention")?;
//! assert_eq!((standing.phase, standing.since), (Some(Phase::Active), Some(Day::new(2013, 3, 15)?)));
//!
//! let refused = tracker.append(Advance::builder("jp/hague-convention", "in-force").on("2013-04-01")).unwrap_err();
//! assert_eq!(refused.code(), "illegal-step");
//! # Ok::<(), servanda::Error>(())
//! ```

mod cache;
mod error;
mod exchange;
mod json_lines;
mod observe;
mod parallel;
mod progress;
mod state;
mod time;
mod tracker;
mod view;

// Each kind of database uses a part of these modules.
#[cfg_attr(not(all(feature = "sqlite", feature = "postgres")), allow(dead_code))]
mod backend;
#[cfg_attr(not(all(feature = "sqlite", feature = "postgres")), allow(dead_code))]
mod partial_ledger;
#[cfg_attr(not(all(feature = "sqlite", feature = "postgres")), allow(dead_code))]
mod store;

pub use servanda_core::*;

/// The view of a [`Ledger`], which borrows it.
pub use servanda_core::View as CoreView;

pub use error::{Fault, StoreError};
pub use exchange::Export;
pub use observe::{Observed, ObservedStanding, Observer};
pub use progress::Progress;
pub use store::{is_database_url, without_password};
pub use time::{FixedTime, SystemTime, TimeSource};
pub use tracker::Tracker;
pub use view::View;
