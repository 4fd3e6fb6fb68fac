//! Guesses a mapping from the header and the values of a table.

use servanda::Tracker;

use crate::{ImportError, Table};

/// A guessed mapping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guess {
    /// The mapping in TOML, with comments where the guess is unsure.
    pub toml: String,
}

/// Guesses a mapping for a table that is imported into a ledger.
///
/// # Errors
///
/// Every error of reading the ledger.
pub fn guess(_: &Table, _: &Tracker) -> Result<Guess, ImportError> {
    Ok(Guess { toml: String::new() })
}
