//! Time zones: they decide which day is today, and when a day ends.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use servanda::format::quote;
use servanda::tracker::TimeSource;
use servanda::{Day, Moment};

use crate::Environment;
use crate::days::{Distance, OrRelative};

/// A time zone: a name of the IANA Time Zone Database, or an offset from UTC.
///
/// ```
/// use servanda_cli::Zone;
///
/// let tokyo: Zone = "+09:00".parse()?;
/// assert_eq!(tokyo.day_of("2013-03-15T15:00:00.000000Z".parse()?).to_string(), "2013-03-16");
/// assert_eq!(Zone::utc().to_string(), "UTC");
/// assert!("Mars/Olympus".parse::<Zone>().is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    rules: TimeZone,
    /// The name, or else the offset.
    label: String,
}

impl Zone {
    /// Returns UTC.
    #[must_use]
    pub fn utc() -> Self {
        Self::of(TimeZone::UTC)
    }

    /// Returns the time zone of this machine, or UTC if it has none.
    ///
    /// On Unix it is that of the environment variable `TZ`, or else of `/etc/localtime`.
    #[must_use]
    pub fn of_system() -> Self {
        TimeZone::try_system().map_or_else(|_| Self::utc(), Self::of)
    }

    /// Returns the civil date at a moment.
    #[must_use]
    pub fn day_of(&self, moment: Moment) -> Day {
        let local = Timestamp::from_microsecond(moment.micros()).map(|moment| self.rules.to_datetime(moment).date());
        // Around the years 1 and 9999, the local day may not exist. The day in UTC does.
        local.ok().and_then(to_day).unwrap_or_else(|| moment.day())
    }

    /// Returns the last moment of a day.
    #[must_use]
    pub fn end_of(&self, day: Day) -> Moment {
        let next = to_date(day).and_then(|date| date.tomorrow().ok());
        // Where the clocks are put forward at midnight, this is the moment at which they are.
        let next = next.and_then(|next| self.rules.to_timestamp(next.at(0, 0, 0, 0)).ok());
        let end = next.and_then(|next| Moment::from_micros(next.as_microsecond().checked_sub(1)?).ok());
        // The last day of the year 9999 ends in UTC, because there are no later moments.
        end.or_else(|| Moment::try_from(day.to_string().as_str()).ok()).unwrap_or(Moment::EPOCH)
    }
}

impl Zone {
    /// Returns the first moment of a day.
    pub(crate) fn start_of(&self, day: Day) -> Moment {
        let start = to_date(day).and_then(|date| self.rules.to_timestamp(date.at(0, 0, 0, 0)).ok());
        // The first day of the year 1 begins in UTC, because there are no earlier moments.
        let start = start.and_then(|start| Moment::from_micros(start.as_microsecond()).ok());
        start.or_else(|| format!("{day}T00:00:00.000000Z").parse().ok()).unwrap_or(Moment::EPOCH)
    }
}

pub(crate) fn to_day(date: Date) -> Option<Day> {
    Day::new(date.year().into(), u32::try_from(date.month()).ok()?, u32::try_from(date.day()).ok()?).ok()
}

pub(crate) fn to_date(day: Day) -> Option<Date> {
    let (month, day_of_month) = (i8::try_from(day.month()).ok()?, i8::try_from(day.day_of_month()).ok()?);
    Date::new(i16::try_from(day.year()).ok()?, month, day_of_month).ok()
}

/// Writes the name of the time zone, or else its offset.
impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.label)
    }
}

impl Zone {
    fn of(rules: TimeZone) -> Self {
        let label = match rules.iana_name() {
            Some("Etc/UTC" | "Etc/Unknown") => "UTC".to_owned(),
            Some(name) => name.to_owned(),
            // A machine may have rules without a name. Their present offset is what a user knows.
            None => written(rules.to_offset(Timestamp::now())),
        };
        Self { rules, label }
    }
}

/// Writes an offset, such as `+09:00`.
fn written(offset: Offset) -> String {
    let seconds = offset.seconds();
    let (sign, minutes) = (if seconds < 0 { '-' } else { '+' }, seconds.abs() / 60);
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

impl FromStr for Zone {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let zone = match offset(text) {
            Some(offset) => Some(TimeZone::fixed(offset)),
            None => TimeZone::get(text).ok(),
        };
        zone.map(Self::of).ok_or_else(|| {
            let reason = "give a name of the IANA Time Zone Database, such as Asia/Tokyo, or an offset, such as +09:00";
            format!("{} is not a time zone: {reason}", quote(text))
        })
    }
}

/// Reads an offset such as `+09:00`, as in RFC 3339. `Z` is UTC, as there.
fn offset(text: &str) -> Option<Offset> {
    if text.eq_ignore_ascii_case("z") {
        return Some(Offset::UTC);
    }
    let &[sign @ (b'+' | b'-'), a, b, b':', c, d] = text.as_bytes() else { return None };
    let number = |tens: u8, ones: u8| {
        (tens.is_ascii_digit() && ones.is_ascii_digit()).then(|| i32::from(tens - b'0') * 10 + i32::from(ones - b'0'))
    };
    let (hours, minutes) = (number(a, b).filter(|hours| *hours < 24)?, number(c, d).filter(|minutes| *minutes < 60)?);
    let seconds = (hours * 60 + minutes) * 60;
    Offset::from_seconds(if sign == b'-' { -seconds } else { seconds }).ok()
}

/// A source of time whose current day is that of a time zone.
#[derive(Debug)]
pub(crate) struct ZonedTime {
    pub(crate) time: Arc<dyn TimeSource>,
    pub(crate) zone: Zone,
}

impl TimeSource for ZonedTime {
    fn now(&self) -> Moment {
        self.time.now()
    }

    fn today(&self) -> Day {
        self.zone.day_of(self.now())
    }
}

/// A moment, or a day, which means its end in the time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MomentOrDay {
    Moment(Moment),
    Day(OrRelative<Day>),
}

impl MomentOrDay {
    /// Returns the moment: a day means its end in the time zone of `env`, which decides which day
    /// is today.
    pub(crate) fn moment(self, env: &Environment) -> Moment {
        match self {
            Self::Moment(moment) => moment,
            Self::Day(day) => env.zone.end_of(day.resolve(env.time.today())),
        }
    }
}

impl MomentOrDay {
    /// Returns the moment: a day means its start in the time zone of `env`.
    pub(crate) fn first_moment(self, env: &Environment) -> Moment {
        match self {
            Self::Moment(moment) => moment,
            Self::Day(day) => env.zone.start_of(day.resolve(env.time.today())),
        }
    }
}

impl FromStr for MomentOrDay {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text.len() == "2013-03-16".len() || Distance::read(text).is_some() {
            return text.parse().map(Self::Day);
        }
        Moment::try_from(text).map(Self::Moment).map_err(|_| {
            let reason = "write it as in RFC 3339, such as 2013-03-16T01:00:00Z or 2013-03-16T10:00:00+09:00, or as a \
                          day, such as 2013-03-16, today, yesterday or -7d, which means its end in the time zone";
            format!("{} is not a moment: {reason}", quote(text))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> Moment {
        Moment::try_from(text).unwrap()
    }

    #[test]
    fn a_day_begins_and_ends_in_its_time_zone() {
        let cases = [
            ("UTC", "2013-03-15T23:59:59.999999Z"),
            ("Z", "2013-03-15T23:59:59.999999Z"),
            ("+09:00", "2013-03-15T14:59:59.999999Z"),
            ("-03:30", "2013-03-16T03:29:59.999999Z"),
            ("Asia/Tokyo", "2013-03-15T14:59:59.999999Z"),
            ("America/New_York", "2013-03-16T03:59:59.999999Z"),
        ];
        for (name, end) in cases {
            let zone: Zone = name.parse().unwrap();
            let day: Day = "2013-03-15".parse().unwrap();
            assert_eq!(zone.end_of(day), moment(end), "{name}");
            assert_eq!(zone.day_of(moment(end)), day, "{name}");
            let after = Moment::from_micros(moment(end).micros() + 1).unwrap();
            assert_eq!(zone.day_of(after).to_string(), "2013-03-16", "{name}");
        }
    }

    #[test]
    fn clocks_may_be_put_forward_at_midnight() {
        // https://data.iana.org/time-zones/tzdb/southamerica: 15 October 2017 began at one o'clock.
        let zone: Zone = "America/Sao_Paulo".parse().unwrap();
        assert_eq!(zone.end_of("2017-10-14".parse().unwrap()), moment("2017-10-15T02:59:59.999999Z"));
    }

    #[test]
    fn the_first_and_the_last_day_have_an_end() {
        for (zone, day) in [("+14:00", "0001-01-01"), ("-12:00", "9999-12-31"), ("+00:00", "9999-12-31")] {
            let (zone, day): (Zone, Day) = (zone.parse().unwrap(), day.parse().unwrap());
            assert!(zone.end_of(day) > Moment::from_micros(-62_135_596_800_000_000).unwrap());
        }
        let zone: Zone = "-12:00".parse().unwrap();
        assert_eq!(zone.day_of(moment("0001-01-01T00:00:00Z")).to_string(), "0001-01-01");
    }

    #[test]
    fn a_time_zone_is_shown_by_its_name_or_its_offset() {
        let cases = [
            ("asia/tokyo", "Asia/Tokyo"),
            ("Etc/UTC", "UTC"),
            ("utc", "UTC"),
            ("z", "UTC"),
            ("+09:00", "+09:00"),
            ("-03:30", "-03:30"),
            ("-00:00", "UTC"),
        ];
        for (text, shown) in cases {
            assert_eq!(text.parse::<Zone>().unwrap().to_string(), shown, "{text}");
        }
        for wrong in ["", "Mars/Olympus", "+9", "+24:00", "+09:60", "09:00", "+0９:00", "../etc/passwd"] {
            assert!(wrong.parse::<Zone>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn moments_have_any_offset() {
        let env = Environment { zone: "+09:00".parse().unwrap(), ..Environment::plain(80) };
        let known = |text: &str| text.parse::<MomentOrDay>().map(|known| known.moment(&env).to_string());
        for text in [
            "2013-03-16T01:00:00Z",
            "2013-03-16T10:00:00+09:00",
            "2013-03-15t20:30:00.0-04:30",
            "2013-03-16T01:00:00-00:00",
            "2013-03-16 01:00:00z",
            "2013-03-17T00:59:00+23:59",
            "2013-03-16T01:00:00.000000999Z",
        ] {
            assert_eq!(known(text).as_deref(), Ok("2013-03-16T01:00:00.000000Z"), "{text}");
        }
        assert_eq!(known("2013-03-16").as_deref(), Ok("2013-03-16T14:59:59.999999Z"));
        for wrong in
            ["2013-03", "2013-03-16T01:00", "2013-03-16T01:00:00", "2013-02-30", "someday", "2013-03-16T01:00:00+24:00"]
        {
            assert!(known(wrong).is_err(), "{wrong}");
        }
    }
}
