//! The records that cross the boundary by value.
//!
//! Records of the core can grow, so code outside the core cannot construct them field by field,
//! which is what UniFFI does. Each therefore has a counterpart here with conversions. `cargo xtask
//! generate` writes these from the types of the core; the few that differ from the core are written
//! by hand below.

mod answer;
mod change;
mod commitment;
mod fact;
mod procedure;
mod standing;

use servanda::{
    Date, Day, Deadline, Moment, Slug,
    treaty::EntryIntoForce,
    value::{Decimal, Digest, EntryId, Language, Note, Title, Url},
};

use crate::entry::Entry;
use crate::leaf::{ClockDates, ClockRules, Names, StatusNames, Translations};

/// The types of the library, for the generated conversions.
mod rust {
    pub use servanda::{answers::*, facts::*, procedure::*};

    pub(super) use servanda::value::*;
}

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

impl From<servanda::Error> for Problem {
    fn from(error: servanda::Error) -> Self {
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

impl From<servanda::answers::Conflict> for Conflict {
    fn from(conflict: servanda::answers::Conflict) -> Self {
        let reason = conflict.reason;
        Self { entry: conflict.entry, code: reason.code().to_owned(), text: reason.to_string() }
    }
}

/// An entry in a log.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct Logged {
    /// The entry.
    pub entry: Entry,
    /// The retraction: who did it, when and why; absent if it was not retracted.
    pub retracted: Option<Retraction>,
}

impl From<servanda::answers::Logged> for Logged {
    fn from(logged: servanda::answers::Logged) -> Self {
        Self { entry: Entry::from(&logged.entry), retracted: logged.retracted.map(Into::into) }
    }
}
