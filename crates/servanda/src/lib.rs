//! Keep track of what governments and institutions said they would do.
//!
//! Servanda knows the procedure that each commitment has to go through, and accepts only the steps
//! that the procedure allows. It keeps the evidence for every step, and answers where a commitment
//! stood on any day, as known at any moment.
//!
//! In technical terms, it is a *bitemporal*, *event-sourced*, *append-only ledger*. Valid time is
//! the day of a question, transaction time the moment at which something was known. Procedures are
//! *declarative state machines* with timers. Ledgers merge as a *grow-only set* (a CRDT) of
//! *content-addressed* entries.
//!
//! # Example
//!
//! A [`Tracker`] is a ledger that is stored somewhere. Facts are appended to it, and a [`View`]
//! answers questions about a day.
//!
//! ```
//! use servanda::builtin::{self, diet_treaty_approval};
//! use servanda::{Advance, Commitment, Obligation, Phase, Tracker};
//!
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
//! let record = "https://www.shugiin.go.jp/internet/itdb_gian.nsf/html/gian/keika/1DB429A.htm";
//! let submitted = Advance::builder("jp/hague-convention", diet_treaty_approval::SUBMITTED)
//!     .on("2013-03-15")
//!     .citing(("183rd Diet, treaty no. 1", record));
//! tracker.append(submitted)?;
//!
//! let standing = tracker.view().on("2013-04-01")?.standing("jp/hague-convention")?;
//! assert_eq!(standing.phase, Some(Phase::Active));
//!
//! // The procedure does not allow this step.
//! let step = Advance::builder("jp/hague-convention", "in-force").on("2013-04-01");
//! assert_eq!(tracker.append(step).unwrap_err().code(), "illegal-step");
//! # Ok::<(), servanda::Error>(())
//! ```
//!
//! # Modules
//!
//! The names that most programs use are at the root. The others are in modules by topic:
//!
//! - [`facts`]: everything that can be recorded, and its builders.
//! - [`procedure`]: procedures, clocks and calendars. [`builtin`] has those that come with the
//!   crate.
//! - [`treaty`]: when treaties enter into force.
//! - [`answers`]: the answers of a view, and their parts.
//! - [`value`]: dates, ids and texts.
//! - [`tracker`]: exports, observers, progress and sources of time.
//! - [`format`](mod@format): the lines of a ledger.
//!
//! # Features
//!
//! - `sqlite` (default): ledgers in SQLite files.
//! - `postgres`: ledgers in PostgreSQL databases.

mod cache;
mod error;
mod exchange;
mod first_few;
mod json_lines;
mod observe;
mod parallel;
mod progress;
mod state;
mod time;
mod transaction;
mod view;

pub mod tracker;

// Each kind of database uses a part of these modules.
#[cfg_attr(not(all(feature = "sqlite", feature = "postgres")), allow(dead_code))]
mod backend;
#[cfg_attr(not(all(feature = "sqlite", feature = "postgres")), allow(dead_code))]
mod partial_ledger;
#[cfg_attr(not(all(feature = "sqlite", feature = "postgres")), allow(dead_code))]
mod store;

pub use servanda_core::{
    Advance, Batch, Commitment, Date, Day, Deadline, Entry, Error, ErrorKind, Fact, Filter, Ledger, Moment, Obligation,
    Outlook, Party, Phase, Procedure, Remark, Result, Slug, Source, Standing, Summary, VERSION, Verdict, builtin,
    format, value,
};

pub use error::StoreError;
pub use progress::Progress;
pub use time::FixedTime;
pub use tracker::Tracker;
pub use view::View;

pub mod facts {
    //! Everything that can be recorded, and its builders.
    //!
    //! Each kind of fact has a builder, such as [`Advance::builder`]. Its methods never fail;
    //! `build` reports everything that is wrong at once. Builders can be appended as they are.

    pub use servanda_core::{
        Advance, Amend, Assign, Attest, Batch, BatchPosition, Cite, ClockRule, Commitment, CommitmentBuilder, Define,
        Deposit, Draft, Entry, Fact, FactBuilder, Identifier, Link, Measure, Obligation, Opening, Party, Relation,
        Remark, Repin, Reschedule, Responsible, Retract, Target, Topic, Unassign, Words,
    };
}

pub mod procedure {
    //! Procedures, with their clocks and calendars.

    pub use servanda_core::{
        Basis, Calendar, Clock, ClosingPeriod, Counted, Diagnostic, Edge, Ending, Period, Phase, Procedure,
        ProcedureRef, Recess, Rule, Severity, Status, Transition, in_english,
    };
}

pub mod treaty {
    //! The articles of treaties on their entry into force, and the days that follow from them.

    pub use servanda_core::{
        Alternative, Answer, EntryIntoForce, InForce, Instrument, InstrumentKind, Joining, KnownParty, Leaving, Met,
        Organizations, PartyInForce, RenewalTerms, ShareWanted, Signatories, SignaturePeriod, Unread, Unused,
    };
}

pub mod answers {
    //! The answers of a view, and their parts.

    /// The view of a [`Ledger`](crate::Ledger) in memory, which borrows it.
    pub use servanda_core::View as LedgerView;
    pub use servanda_core::{
        Agenda, AgendaItem, AsOf, Asked, Assigned, Bodies, BodyTotals, Change, Changes, Conflict, Delta, Deposited,
        Filter, FutureEvent, Interval, Linked, LinkedFrom, LogFilter, Logged, Measured, Naming, NextStep, Outlook,
        Part, Parts, PhaseCounts, PossibleStep, Registration, Remarked, Repinned, RetractedEntry, Retraction,
        RunningClock, SetDeadline, Shift, Span, Stale, Standing, Step, Summary, Timeliness, TimelinessCounts,
        UndefinedParty, UnknownDay, Unmatched, Upcoming, Verdict, VerdictCounts,
    };
}
