//! The data model, procedures, ledger and views of Servanda, without files, clock or database.
//!
//! A [`Ledger`] is a set of dated, attributed and cited [entries](Entry). A [`View`] answers
//! questions about it. Every answer is a pure function of the ledger, a day (valid time) and a
//! moment (transaction time).
//!
//! ```
//! use servanda_core::builtin::{self, action};
//! use servanda_core::{Advance, Commitment, Day, Ledger, Moment, Obligation, Slug, Source, Timeliness, Verdict, Words};
//!
//! let statement = Source::new(
//!     "U.S. - Japan Alliance Remains Cornerstone",
//!     "https://editorials.voa.gov/amp/us-japan-alliance-remains-cornerstone/1590413.html",
//! )?;
//! let summit = Source::new(
//!     "Press conference after the summit in Washington",
//!     "https://japan.kantei.go.jp/96_abe/statement/201302/22kaiken_e.html",
//! )?;
//! let visit = Commitment::builder("us/abe-visit", "A visit of Prime Minister Abe to Washington in February")
//!     .procedure(builtin::action())
//!     .by("us")
//!     .made("2013-01-18")
//!     .obligation(Obligation::Result)
//!     .words("has invited", statement)
//!     .deadline("2013-02")
//!     .build()?;
//!
//! let mut ledger = Ledger::new();
//! let desk: Slug = "desk".parse()?;
//! ledger.append(visit, &desk, "2013-01-19T09:00:00.000000Z".parse()?)?;
//! let step = Advance::builder("us/abe-visit", action::DONE).on("2013-02-22").citing(summit);
//! ledger.append(step, &desk, "2013-02-23T09:00:00.000000Z".parse()?)?;
//!
//! let standing = ledger.view_on("2013-03-01")?.standing("us/abe-visit")?;
//! assert_eq!(standing.verdict, Some(Verdict::Kept));
//!
//! let before: Moment = "2013-02-01T00:00:00.000000Z".parse()?;
//! let standing = ledger.view_on("2013-03-01")?.known_at(before)?.standing("us/abe-visit")?;
//! assert_eq!(standing.timeliness, Some(Timeliness::Overdue));
//! # Ok::<(), servanda_core::Error>(())
//! ```
//!
//! The crate does no I/O, reads no clock, starts no thread and does not panic.

#[macro_use]
pub mod value;

pub mod builtin;
mod entry;
mod error;
pub mod facts;
mod files;
pub mod format;
mod from_fields;
mod ledger;
mod procedure;
mod replay;
mod treaty;
mod view;

pub use entry::{
    Advance, Amend, Assign, Attest, Batch, BatchPosition, Cite, ClockRule, Commitment, CommitmentBuilder, Define,
    Deposit, Draft, Entry, Fact, FactBuilder, Link, Measure, Obligation, Opening, Party, Relation, Remark, Repin,
    Reschedule, Responsible, Retract, Target, Topic, Unassign, Words,
};
pub use error::{AnyStoreFailure, Error, ErrorKind, Result, StoreFailure};
pub use ledger::Ledger;
pub use procedure::{
    Basis, Calendar, Clock, ClosingPeriod, Counted, Diagnostic, Edge, Ending, Period, Phase, Procedure, ProcedureRef,
    Recess, Rule, Severity, Status, Transition, in_english,
};
pub use replay::{Conflict, Timeliness, Verdict};
pub use treaty::{
    Alternative, Answer, EntryIntoForce, InForce, Instrument, InstrumentKind, Joining, KnownParty, Leaving, Met,
    Organizations, PartyInForce, RenewalTerms, ShareWanted, Signatories, SignaturePeriod, Unread, Unused,
};
pub use value::{
    Date, Day, Deadline, Decimal, Digest, EntryId, Identifier, Language, Moment, Note, Slug, Source, Title, Url,
    ValueError, ValueKind,
};
pub use view::{
    Agenda, AgendaItem, AsOf, Asked, Assigned, Bodies, BodyTotals, Change, Changes, Delta, Deposited, Filter,
    FutureEvent, Interval, Linked, LinkedFrom, LogFilter, Logged, Measured, Naming, NextStep, Outlook, Part, Parts,
    PhaseCounts, PossibleStep, Registration, Remarked, Repinned, RetractedEntry, Retraction, RunningClock, SetDeadline,
    Shift, Span, Stale, Standing, Step, Summary, TimelinessCounts, UndefinedParty, UnknownDay, Unmatched, Upcoming,
    VerdictCounts, View,
};

/// The version of the core, which decides what the entries of a ledger mean. A cache of answers is
/// good for one version.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
