//! Reads days and moments from text, and checks moments, for a language without types of its own
//! for them.

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

/// Returns the moment if it is in the years 1 to 9999.
///
/// # Errors
///
/// `invalid-moment`.
#[uniffi::export]
pub fn checked_moment(moment: Moment) -> Result<Moment, ServandaError> {
    Ok(moment)
}
