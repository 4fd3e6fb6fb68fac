//! Moments: the times at which entries were recorded.

use crate::value::ValueError;
use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, NaiveDate};

use super::date::YEARS;
use super::leaf::Written;
use super::leaf::serde_as_text;
use crate::value::{Day, ValueKind};

/// A moment in UTC, to the microsecond, in the years 0001 to 9999.
///
/// It is written `2013-03-16T01:00:00.000000Z`.
///
/// ```
/// use servanda_core::Moment;
///
/// let moment: Moment = "2013-03-16T01:00:00.000000Z".parse()?;
/// assert_eq!(Moment::from_micros(moment.micros())?, moment);
/// assert_eq!(moment.day().to_string(), "2013-03-16");
/// assert_eq!("2013-03-16T10:00:00+09:00".parse::<Moment>().unwrap_err().code(), "invalid-moment");
/// # Ok::<(), servanda_core::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(i64);

const MICROS_A_DAY: i64 = 24 * 60 * 60 * 1_000_000;

const ARGUMENT_RULE: &str = "write it as in RFC 3339, such as 2013-03-16T01:00:00Z, or as a day, such as 2013-03-16, which means its end in UTC";

const RULE: &str =
    "a moment is written in UTC to the microsecond, such as 2013-03-16T01:00:00.000000Z, in the years 0001 to 9999";

impl Moment {
    /// The start of 1970 in UTC.
    pub const EPOCH: Self = Self(0);

    /// The moment `micros` microseconds after the start of 1970 in UTC.
    ///
    /// # Errors
    ///
    /// `invalid-moment` if the moment is not in the years 0001 to 9999.
    pub fn from_micros(micros: i64) -> Result<Self, ValueError> {
        match DateTime::from_timestamp_micros(micros) {
            Some(moment) if YEARS.contains(&moment.year()) => Ok(Self(micros)),
            _ => Err(ValueError::invalid(ValueKind::Moment, micros.to_string(), RULE)),
        }
    }

    /// The number of microseconds since the start of 1970 in UTC.
    #[must_use]
    pub fn micros(self) -> i64 {
        self.0
    }

    /// The start of a day in UTC.
    #[must_use]
    pub fn start_of(day: Day) -> Self {
        Self(i64::from(NaiveDate::from(day).to_epoch_days()) * MICROS_A_DAY)
    }

    /// The civil date in UTC.
    #[must_use]
    pub fn day(self) -> Day {
        let days = i32::try_from(self.0.div_euclid(MICROS_A_DAY)).ok();
        days.and_then(NaiveDate::from_epoch_days).map_or(Day::FIRST, Day::from_naive)
    }

    /// The moment `micros` microseconds later, or earlier if `micros` is negative.
    pub(crate) fn plus_micros(self, micros: i64) -> Result<Self, ValueError> {
        Self::from_micros(self.micros().saturating_add(micros))
    }
}

impl FromStr for Moment {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        parse(text).ok_or_else(|| ValueError::invalid(ValueKind::Moment, text, RULE))
    }
}

/// Reads a moment in more forms than the line format allows.
///
/// These are RFC 3339 with any offset, and a day, which means its end in UTC. Digits after the
/// microseconds are cut off.
///
/// ```
/// use servanda_core::Moment;
///
/// let moment = Moment::try_from("2013-03-16T10:00:00+09:00")?;
/// assert_eq!(moment.to_string(), "2013-03-16T01:00:00.000000Z");
/// assert_eq!(Moment::try_from("2013-03-16")?.to_string(), "2013-03-16T23:59:59.999999Z");
/// # Ok::<(), servanda_core::Error>(())
/// ```
impl TryFrom<&str> for Moment {
    type Error = ValueError;

    fn try_from(text: &str) -> Result<Self, ValueError> {
        if text.len() == "2013-03-16".len() {
            return Ok(Self(Self::start_of(text.parse()?).0 + MICROS_A_DAY - 1));
        }
        let refused = || ValueError::invalid(ValueKind::Moment, text, ARGUMENT_RULE);
        let moment = DateTime::parse_from_rfc3339(text).map_err(|_| refused())?;
        Self::from_micros(moment.timestamp_micros()).map_err(|_| refused())
    }
}

fn parse(text: &str) -> Option<Moment> {
    let (day, time) = text.split_once('T')?;
    let day: Day = day.parse().ok()?;
    let &[a, b, b':', c, d, b':', e, f, b'.', ref micros @ .., b'Z'] = time.as_bytes() else { return None };
    if micros.len() != 6 {
        return None;
    }
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0, |number, digit| digit.is_ascii_digit().then(|| number * 10 + i64::from(digit - b'0')))
    };
    let (hours, minutes, seconds, micros) = (number(&[a, b])?, number(&[c, d])?, number(&[e, f])?, number(micros)?);
    let whole = hours < 24 && minutes < 60 && seconds < 60;
    let time = ((hours * 60 + minutes) * 60 + seconds) * 1_000_000 + micros;
    whole.then(|| Moment(Moment::start_of(day).0 + time))
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.written().as_str())
    }
}

impl Moment {
    fn written(self) -> Written<27> {
        let of_day = self.0.rem_euclid(MICROS_A_DAY);
        let (seconds, micros) = ((of_day / 1_000_000) as u32, (of_day % 1_000_000) as u32);
        let mut written = Written::from("");
        self.day().write(&mut written);
        for (before, number) in [(b'T', seconds / 3600), (b':', seconds / 60 % 60), (b':', seconds % 60)] {
            written.push(before);
            written.number(number, 2);
        }
        written.push(b'.');
        written.number(micros, 6);
        written.push(b'Z');
        written
    }
}

impl fmt::Debug for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

serde_as_text!(@serde Moment, written);
