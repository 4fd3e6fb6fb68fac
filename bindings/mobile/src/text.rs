//! Values read from text, and checked as numbers, for a language that has no types of its own for them.

use servanda::{Day, Moment};

use crate::error::ServandaError;

/// Reads a day: `2013-02-28`.
///
/// # Errors
///
/// `invalid-day`.
#[uniffi::export]
pub fn read_day(text: &str) -> Result<Day, ServandaError> {
    Ok(text.parse::<Day>()?)
}

/// Reads a moment: `2013-03-16T01:00:00.000000Z`.
///
/// # Errors
///
/// `invalid-moment`.
#[uniffi::export]
pub fn read_moment(text: &str) -> Result<Moment, ServandaError> {
    Ok(text.parse::<Moment>()?)
}

/// The same moment, if it lies in the years that there are.
///
/// # Errors
///
/// `invalid-moment`.
#[uniffi::export]
pub fn checked_moment(moment: Moment) -> Result<Moment, ServandaError> {
    Ok(moment)
}
