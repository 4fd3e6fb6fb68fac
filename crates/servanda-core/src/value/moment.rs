//! Moments in time: when something was written down.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, NaiveDate, Timelike, Utc};

use super::date::{Day, YEARS};
use super::leaf::serde_as_text;
use crate::Error;
use crate::error::ValueKind;

/// A moment in UTC, to the microsecond, written `2013-03-16T01:00:00.000000Z`; in the years 0001 to 9999.
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
pub struct Moment(DateTime<Utc>);

const RULE: &str =
    "a moment is written in UTC to the microsecond, such as 2013-03-16T01:00:00.000000Z, in the years 0001 to 9999";

impl Moment {
    /// The start of 1970 in UTC.
    pub const EPOCH: Self = Self(DateTime::UNIX_EPOCH);

    /// The moment so many microseconds after the start of 1970 in UTC.
    ///
    /// # Errors
    ///
    /// `invalid-moment` outside the years 0001 to 9999.
    pub fn from_micros(micros: i64) -> Result<Self, Error> {
        DateTime::from_timestamp_micros(micros)
            .filter(|moment| YEARS.contains(&chrono::Datelike::year(moment)))
            .map(Self)
            .ok_or_else(|| Error::invalid(ValueKind::Moment, micros.to_string(), RULE))
    }

    /// Microseconds since the start of 1970 in UTC.
    #[must_use]
    pub fn micros(self) -> i64 {
        self.0.timestamp_micros()
    }

    /// The civil date in UTC.
    #[must_use]
    pub fn day(self) -> Day {
        Day::from_naive(self.0.date_naive())
    }

    /// The moment `micros` microseconds later, or earlier if negative.
    pub(crate) fn plus_micros(self, micros: i64) -> Result<Self, Error> {
        Self::from_micros(self.micros().saturating_add(micros))
    }
}

impl FromStr for Moment {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        parse(text).ok_or_else(|| Error::invalid(ValueKind::Moment, text, RULE))
    }
}

fn parse(text: &str) -> Option<Moment> {
    let (day, time) = text.strip_suffix('Z')?.split_once('T')?;
    let day: Day = day.parse().ok()?;
    let shape = b"00:00:00.000000";
    let shaped = time.len() == shape.len()
        && time.bytes().zip(shape).all(
            |(byte, like)| {
                if *like == b'0' { byte.is_ascii_digit() } else { byte == *like }
            },
        );
    if !shaped {
        return None;
    }
    let part = |range: std::ops::Range<usize>| time.get(range)?.parse::<u32>().ok();
    let time = chrono::NaiveTime::from_hms_micro_opt(part(0..2)?, part(3..5)?, part(6..8)?, part(9..15)?)?;
    Some(Moment(NaiveDate::from(day).and_time(time).and_utc()))
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = self.0.time();
        let micros = time.nanosecond() / 1_000;
        write!(f, "{}T{:02}:{:02}:{:02}.{micros:06}Z", self.day(), time.hour(), time.minute(), time.second())
    }
}

impl fmt::Debug for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

serde_as_text!(Moment);
