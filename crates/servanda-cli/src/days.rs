//! Days that are named by their distance from today: `today`, `yesterday`, `-7d`.

use std::fmt::Display;
use std::str::FromStr;

use jiff::Span;
use servanda::Day;

use crate::zone::{to_date, to_day};

/// A value that is given, or a day named by its distance from today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OrRelative<T> {
    Given(T),
    Relative(Distance),
}

/// A distance from today. It is negative for days before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Distance {
    number: i32,
    unit: Unit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Days,
    Weeks,
    Months,
    Years,
}

impl<T: From<Day>> OrRelative<T> {
    /// Returns the value, or the day at the distance from today.
    pub(crate) fn resolve(self, today: Day) -> T {
        match self {
            Self::Given(value) => value,
            Self::Relative(distance) => distance.from(today).into(),
        }
    }
}

impl Distance {
    /// Returns the day at this distance from today. There are no days before the year 1 or after
    /// the year 9999.
    pub(crate) fn from(self, today: Day) -> Day {
        let span = match self.unit {
            Unit::Days => Span::new().try_days(self.number),
            Unit::Weeks => Span::new().try_weeks(self.number),
            Unit::Months => Span::new().try_months(self.number),
            Unit::Years => Span::new().try_years(self.number),
        };
        let day = to_date(today).zip(span.ok()).and_then(|(today, span)| to_day(today.checked_add(span).ok()?));
        let first = Day::new(1, 1, 1).unwrap_or(today);
        day.unwrap_or(if self.number < 0 { first } else { Day::LAST })
    }

    /// Reads `today`, `yesterday`, `tomorrow`, or a sign, a number and one of `d`, `w`, `m` and
    /// `y`.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let days = |number| Self { number, unit: Unit::Days };
        match text {
            "today" => return Some(days(0)),
            "yesterday" => return Some(days(-1)),
            "tomorrow" => return Some(days(1)),
            _ => {}
        }
        let (sign, rest) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text.strip_prefix('+')?),
        };
        let (digits, unit) = rest.split_at_checked(rest.len().checked_sub(1)?)?;
        let unit = match unit {
            "d" => Unit::Days,
            "w" => Unit::Weeks,
            "m" => Unit::Months,
            "y" => Unit::Years,
            _ => return None,
        };
        let number: i32 = digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())??;
        Some(Self { number: sign * number, unit })
    }
}

/// Ends the message about a text that is no day.
pub(crate) const WORDS: &str = "or write today, yesterday, or a distance from today such as -7d, -2w, -1m or +1y";

impl<T: FromStr<Err: Display>> FromStr for OrRelative<T> {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match Distance::read(text) {
            Some(distance) => Ok(Self::Relative(distance)),
            None => text.parse().map(Self::Given).map_err(|error: T::Err| format!("{error}; {WORDS}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_distance_is_counted_from_today() {
        let cases = [
            ("today", "2020-03-31"),
            ("yesterday", "2020-03-30"),
            ("tomorrow", "2020-04-01"),
            ("-7d", "2020-03-24"),
            ("+30d", "2020-04-30"),
            ("-2w", "2020-03-17"),
            ("-1m", "2020-02-29"),
            ("+1m", "2020-04-30"),
            ("-1y", "2019-03-31"),
            ("-0d", "2020-03-31"),
            ("-9999y", "0001-01-01"),
            ("+2147483647d", "9999-12-31"),
            ("2013-03-15", "2013-03-15"),
        ];
        let today: Day = "2020-03-31".parse().unwrap();
        for (text, day) in cases {
            let on: OrRelative<Day> = text.parse().unwrap();
            assert_eq!(on.resolve(today).to_string(), day, "{text}");
        }
        for wrong in ["", "-", "7d", "-d", "-7", "-7h", "--7d", "-7 d", "Today", "-７d", "+99999999999d"] {
            assert!(wrong.parse::<OrRelative<Day>>().is_err(), "{wrong}");
        }
    }
}
