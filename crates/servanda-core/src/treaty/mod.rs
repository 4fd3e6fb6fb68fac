//! Entry into force: when a treaty enters into force, and for whom, by its own article.
//!
//! A treaty's rule is data ([`EntryIntoForce`]): one TOML file with the article beside each rule, read by
//! [`EntryIntoForce::from_toml`]; those in [`builtin`](crate::builtin) and a user's own are the same kind of file. Given the
//! instruments that parties deposited ([`Instrument`]), [`EntryIntoForce::apply`] says on which day the treaty enters into force,
//! because of which deposit, for each party on which day and why, and, as of any day, what is still missing ([`InForce`]).
//!
//! Nothing is guessed: where the article leaves the day to somebody's decision, or a share that matters is not given, there is
//! no day, and the reason stands beside it. Shares are exact decimals, and "at least 55 per cent" is met at 55.
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
mod rule;
mod why;

pub use answer::{InForce, PartyInForce, Unused};
pub use instrument::{Instrument, InstrumentKind};
pub use rule::{
    Alternative, EntryIntoForce, Joining, KnownParty, Leaving, Met, Organizations, RenewalTerms, ShareWanted,
    Signatories, SignaturePeriod,
};
