//! The records that cross the boundary by value.
//!
//! Records of the core can grow, so code outside the core cannot construct them field by field, which is
//! what UniFFI does. Each therefore has a counterpart here with conversions. `cargo xtask generate` writes
//! these from the types of the core; the few that differ from the core are written by hand below.

mod answer;
mod change;
mod commitment;
mod fact;
mod procedure;
mod standing;

use servanda::{
    Date, Day, Deadline, Decimal, Digest, EntryId, EntryIntoForce, Language, Moment, Note, Slug, Title, Url,
};

use crate::leaf::{ClockRules, Names};

pub use answer::*;
pub use change::*;
pub use commitment::*;
pub use fact::*;
pub use procedure::*;
pub use standing::*;

/// Why something is not possible: an error that is an answer.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct Problem {
    /// The stable code, such as `missing-sources`.
    pub code: String,
    /// The reason, for people.
    pub text: String,
    /// The data, as a JSON object.
    pub details: String,
}

impl From<servanda::CoreError> for Problem {
    fn from(error: servanda::CoreError) -> Self {
        Self { code: error.code().to_owned(), text: error.to_string(), details: error.details() }
    }
}

/// An entry that contradicts others.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct Conflict {
    /// The entry.
    pub entry: EntryId,
    /// The stable code of the reason, such as `illegal-step`.
    pub code: String,
    /// The reason, for people: the message with which an append would have been refused.
    pub text: String,
}

impl From<servanda::Conflict> for Conflict {
    fn from(conflict: servanda::Conflict) -> Self {
        let reason = conflict.reason;
        Self { entry: conflict.entry, code: reason.code().to_owned(), text: reason.to_string() }
    }
}

/// The standing of a commitment in brief.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct Summary {
    /// The commitment.
    pub commitment: Slug,
    /// The status, if it is known.
    pub status: Option<Slug>,
    /// The day since when it has had this status.
    pub since: Option<Day>,
    /// The phase, if it is known.
    pub phase: Option<Phase>,
    /// The verdict, if the commitment was made by then and the status is known.
    pub verdict: Option<Verdict>,
    /// Whether the status is presumed: it follows from the absence of an entry, and no entry confirms it.
    pub presumed: bool,
}

impl From<&servanda::Position<'_>> for Summary {
    fn from(position: &servanda::Position<'_>) -> Self {
        Self {
            commitment: position.commitment.clone(),
            status: position.status().map(|status| status.id.clone()),
            since: position.since,
            phase: position.phase,
            verdict: position.verdict,
            presumed: position.presumed,
        }
    }
}
