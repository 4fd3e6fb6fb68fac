//! Entry into force: calculates when a treaty enters into force, and for which parties.
//!
//! [`EntryIntoForce`] has the rules of a treaty as data, each with its article.
//! [`EntryIntoForce::from_toml`] reads it from a TOML file. The treaties in
//! [`builtin`](crate::builtin) come from files of the same format.
//!
//! [`EntryIntoForce::apply`] takes the instruments that parties deposited ([`Instrument`]). It
//! returns the day on which the treaty enters into force, and the deposit that caused it
//! ([`InForce`]). For each party it returns the day and the reason. It can answer as of any day,
//! and says which conditions are not met yet.
//!
//! There are three answers, for the treaty and for each party ([`Answer`]): it is in force from a
//! day, it is not in force, or the answer is not known. The calculation does not guess. A share
//! that is not given is bounded by what the others leave of the total, and a row that could not be
//! read ([`Unread`]) may be anything. If the answer depends on these, or if the article leaves the
//! day to a decision, it is not known, and says which days are possible. Shares are exact decimals,
//! and "at least 55 per cent" is met at 55.
//!
//! ```
//! use servanda_core::{Day, Instrument, builtin};
//!
//! let deposit = |by: &str, on: &str| Instrument::new(by, on.parse()?);
//! let deposits = [
//!     deposit("France", "1982-09-16")?,
//!     deposit("Canada", "1983-06-02")?,
//!     deposit("Portugal", "1983-09-29")?,
//!     deposit("Japan", "2014-01-24")?,
//! ];
//! let hague = builtin::hague_1980();
//!
//! let now = hague.apply(&deposits, None);
//! assert_eq!(now.general, Some(Day::new(1983, 12, 1)?));
//! assert_eq!(now.parties[3].in_force, Some(Day::new(2014, 4, 1)?));
//!
//! let before = hague.apply(&deposits, Some(Day::new(1983, 7, 1)?));
//! assert_eq!(before.general, None);
//! assert_eq!(
//!     before.missing.as_deref(),
//!     Some("1 more deposit (2 of 3): Hague Convention of 25 October 1980, art. 43(1)"),
//! );
//! # Ok::<(), servanda_core::Error>(())
//! ```

mod answer;
mod calculation;
mod check;
mod due;
mod instrument;
mod members;
mod outcomes;
mod rule;
mod why;

pub use answer::{Answer, InForce, PartyInForce, Unused};
pub use instrument::{Instrument, InstrumentKind, Unread};
pub use rule::{
    Alternative, EntryIntoForce, Joining, KnownParty, Leaving, Met, Organizations, RenewalTerms, ShareWanted,
    Signatories, SignaturePeriod,
};
