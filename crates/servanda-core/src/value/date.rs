//! Civil dates: days, dates that may be imprecise, and deadlines.

use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

use chrono::{Datelike, Days, Months, NaiveDate};

use super::leaf::Written;
use super::leaf::serde_as_text;
use crate::value::{ValueError, ValueKind};

pub(super) const YEARS: RangeInclusive<i32> = 1..=9999;

/// A day of the Gregorian calendar, written `2013-03-15`, in the years 0001 to 9999.
///
/// It is a civil date at the place of the act, not a moment: it has no time zone.
///
/// ```
/// use servanda_core::Day;
///
/// let day = Day::new(2013, 3, 15)?;
/// assert_eq!(day, "2013-03-15".parse()?);
/// assert_eq!(
///     "2013-02-29".parse::<Day>().unwrap_err().to_string(),
///     r#""2013-02-29" is not a day: 2013-02 has 28 days"#,
/// );
/// # Ok::<(), servanda_core::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(NaiveDate);

impl Day {
    /// The earliest possible day: 1 January of the year 1.
    pub const FIRST: Self = match NaiveDate::from_ymd_opt(1, 1, 1) {
        Some(date) => Self(date),
        None => Self(NaiveDate::MIN),
    };

    /// The latest possible day: 31 December of the year 9999.
    pub const LAST: Self = match NaiveDate::from_ymd_opt(9999, 12, 31) {
        Some(date) => Self(date),
        None => Self(NaiveDate::MAX),
    };

    /// Creates a day from its year (1 to 9999), month (1 to 12) and day of the month (from 1).
    ///
    /// # Errors
    ///
    /// `invalid-day` if the day does not exist.
    pub fn new(year: i32, month: u32, day: u32) -> Result<Self, ValueError> {
        if let Some(date) = NaiveDate::from_ymd_opt(year, month, day).filter(|_| YEARS.contains(&year)) {
            return Ok(Self(date));
        }
        let refused = |reason| ValueError::invalid(ValueKind::Day, format!("{year:04}-{month:02}-{day:02}"), reason);
        let first = first_of(year, month).map_err(refused)?;
        Err(refused(format!("{year:04}-{month:02} has {} days", last_of_month(first).day())))
    }

    /// The year, 1 to 9999.
    #[must_use]
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The month, 1 to 12.
    #[must_use]
    pub fn month(self) -> u32 {
        self.0.month()
    }

    /// The day of the month, from 1.
    #[must_use]
    pub fn day_of_month(self) -> u32 {
        self.0.day()
    }

    /// The day `count` days later, or `None` if it is after the year 9999.
    #[must_use]
    pub fn plus_days(self, count: u32) -> Option<Self> {
        self.0.checked_add_days(Days::new(count.into())).filter(|day| YEARS.contains(&day.year())).map(Self)
    }

    /// The day before, or `None` if it is before the year 1.
    #[must_use]
    pub fn previous(self) -> Option<Self> {
        self.0.pred_opt().filter(|day| YEARS.contains(&day.year())).map(Self)
    }

    /// The number of days from `earlier` to `self`. It is negative if `self` comes first.
    #[must_use]
    pub fn days_since(self, earlier: Day) -> i64 {
        self.0.signed_duration_since(earlier.0).num_days()
    }

    /// Appends the day to a text that has room for ten more characters.
    pub(super) fn write<const N: usize>(self, written: &mut Written<N>) {
        written.number(self.year().unsigned_abs(), 4);
        for number in [self.month(), self.day_of_month()] {
            written.push(b'-');
            written.number(number, 2);
        }
    }

    fn written(self) -> Written<10> {
        let mut written = Written::from("");
        self.write(&mut written);
        written
    }

    pub(crate) fn from_naive(date: NaiveDate) -> Self {
        Self(date)
    }
}

impl From<Day> for NaiveDate {
    fn from(day: Day) -> Self {
        day.0
    }
}

impl From<&Day> for Day {
    fn from(day: &Day) -> Self {
        *day
    }
}

impl TryFrom<NaiveDate> for Day {
    type Error = ValueError;

    fn try_from(date: NaiveDate) -> Result<Self, ValueError> {
        Self::new(date.year(), date.month(), date.day())
    }
}

/// Returns the same day of the month, `count` calendar months later.
///
/// If that month is too short, this is its last day. `None` if the day is after the year 9999.
pub(crate) fn months_after(day: Day, count: u32) -> Option<Day> {
    day.0.checked_add_months(Months::new(count)).filter(|date| YEARS.contains(&date.year())).map(Day)
}

/// Returns the first day of the `count`-th calendar month after the month of `day`.
pub(crate) fn first_of_month_after(day: Day, count: u32) -> Option<Day> {
    months_after(Day(day.0.with_day(1)?), count)
}

fn last_of_month(first: NaiveDate) -> NaiveDate {
    first.checked_add_months(Months::new(1)).and_then(|next| next.pred_opt()).unwrap_or(first)
}

fn first_of(year: i32, month: u32) -> Result<NaiveDate, String> {
    if !YEARS.contains(&year) {
        return Err("the year lies between 0001 and 9999".to_owned());
    }
    NaiveDate::from_ymd_opt(year, month, 1).ok_or_else(|| format!("there is no month {month:02}"))
}

const DAY_RULE: &str = "a day is written YYYY-MM-DD, such as 2013-02-28";
const DATE_RULE: &str = "a date is a day, a month, a year or an unknown day of a range, such as 2013-02-28, 2013-02, 2013 or [2013-02-10..2013-02-14]";

fn digits(text: &str, length: usize) -> Option<u32> {
    (text.len() == length && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

/// Returns the three numbers of a text that is written `YYYY-MM-DD`.
///
/// Does not check that the day exists.
fn parts_of_day(text: &str) -> Option<(i32, u32, u32)> {
    let &[a, b, c, d, b'-', e, f, b'-', g, h] = text.as_bytes() else { return None };
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0, |number, digit| digit.is_ascii_digit().then(|| number * 10 + u32::from(digit - b'0')))
    };
    Some((number(&[a, b, c, d])?.cast_signed(), number(&[e, f])?, number(&[g, h])?))
}

fn year_of(text: &str) -> Option<i32> {
    digits(text, 4).and_then(|year| year.try_into().ok())
}

impl FromStr for Day {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        match parts_of_day(text) {
            Some((year, month, day)) => Self::new(year, month, day),
            None => Err(ValueError::invalid(ValueKind::Day, text, DAY_RULE)),
        }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.written().as_str())
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

serde_as_text!(Day, written);

/// A day, or as much of it as is known: a month, a year or a range of days.
///
/// It is written as in ISO 8601: `2013-02-28`, `2013-02` or `2013`. One unknown day of a range is
/// written as in EDTF (ISO 8601-2): `[2013-02-10..2013-02-14]`. A range covers at most 65,536 days.
///
/// A date that is not one day is imprecise. Something that happened on it certainly has not
/// happened before its [first day](Date::first_day), and certainly has happened by the end of its
/// [last day](Date::last_day).
///
/// ```
/// use servanda_core::Date;
///
/// let month: Date = "2013-02".parse()?;
/// assert_eq!(month.first_day().to_string(), "2013-02-01");
/// assert_eq!(month.last_day().to_string(), "2013-02-28");
///
/// let range: Date = "[2013-02-10..2013-02-14]".parse()?;
/// assert_eq!(range.last_day().to_string(), "2013-02-14");
///
/// assert_eq!("2013-13".parse::<Date>().unwrap_err().code(), "invalid-date");
/// # Ok::<(), servanda_core::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Date {
    first: Day,
    precision: Precision,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Precision {
    Year,
    Month,
    Day,
    /// A range, with the number of days from the first to the last.
    Range(u16),
}

impl Date {
    /// Returns the most precise date that covers all days from `first` to `last`.
    ///
    /// The result is one day if `last` is not after `first`, and a month or a year if the two are
    /// its first and its last day.
    #[must_use]
    pub fn between(first: Day, last: Day) -> Self {
        let as_month = Self { first, precision: Precision::Month };
        let as_year = Self { first, precision: Precision::Year };
        let precision = match last.days_since(first) {
            ..=0 => Precision::Day,
            _ if first.day_of_month() == 1 && as_month.last_day() == last => Precision::Month,
            _ if first.day_of_month() == 1 && first.month() == 1 && as_year.last_day() == last => Precision::Year,
            days => Precision::Range(u16::try_from(days).unwrap_or(u16::MAX)),
        };
        Self { first, precision }
    }

    /// The first day that the date can mean.
    #[must_use]
    pub fn first_day(self) -> Day {
        self.first
    }

    /// The last day that the date can mean.
    #[must_use]
    pub fn last_day(self) -> Day {
        match self.precision {
            Precision::Day => self.first,
            Precision::Month => Day(last_of_month(self.first.0)),
            Precision::Year => {
                Day(self.first.0.with_month(12).and_then(|day| day.with_day(31)).unwrap_or(self.first.0))
            }
            Precision::Range(days) => self.first.plus_days(days.into()).unwrap_or(self.first),
        }
    }

    /// The day, if the date is precise.
    #[must_use]
    pub fn exact_day(self) -> Option<Day> {
        (self.precision == Precision::Day).then_some(self.first)
    }

    /// Whether at least one day is possible for both dates.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.first_day() <= other.last_day() && other.first_day() <= self.last_day()
    }

    /// The days that are possible for both of two dates that overlap.
    pub(crate) fn intersection(self, other: Self) -> Self {
        let within =
            |inner: Self, outer: Self| outer.first_day() <= inner.first_day() && inner.last_day() <= outer.last_day();
        if within(self, other) {
            self
        } else if within(other, self) {
            other
        } else {
            Self::between(self.first_day().max(other.first_day()), self.last_day().min(other.last_day()))
        }
    }

    fn written(self) -> Written<24> {
        let mut written = Written::from("");
        match self.precision {
            Precision::Day => self.first.write(&mut written),
            Precision::Month => {
                written.number(self.first.year().unsigned_abs(), 4);
                written.push(b'-');
                written.number(self.first.month(), 2);
            }
            Precision::Year => written.number(self.first.year().unsigned_abs(), 4),
            Precision::Range(_) => {
                written.push(b'[');
                self.first.write(&mut written);
                written.push(b'.');
                written.push(b'.');
                self.last_day().write(&mut written);
                written.push(b']');
            }
        }
        written
    }
}

impl From<Day> for Date {
    fn from(day: Day) -> Self {
        Self { first: day, precision: Precision::Day }
    }
}

impl FromStr for Date {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        if let Some((year, month, day)) = parts_of_day(text)
            && let Some(day) = NaiveDate::from_ymd_opt(year, month, day).filter(|_| YEARS.contains(&year))
        {
            return Ok(Self::from(Day(day)));
        }
        let refused = |reason: String| ValueError::invalid(ValueKind::Date, text, reason);
        if let Some(range) = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            return range_of(range).map_err(refused);
        }
        let first = |year, month| first_of(year, month).map(Day).map_err(refused);
        let mut parts = text.split('-');
        let (year, month) = (parts.next().and_then(year_of), parts.next());
        match (year, month, parts.next()) {
            (Some(year), None, _) => Ok(Self { first: first(year, 1)?, precision: Precision::Year }),
            (Some(year), Some(month), None) => {
                let month = digits(month, 2).ok_or_else(|| refused(DATE_RULE.to_owned()))?;
                Ok(Self { first: first(year, month)?, precision: Precision::Month })
            }
            (Some(_), Some(_), Some(_)) => text.parse::<Day>().map(Self::from).map_err(|error| match error {
                ValueError::Invalid { reason, .. } => {
                    refused(if reason == DAY_RULE { DATE_RULE.to_owned() } else { reason })
                }
                other => other,
            }),
            _ => Err(refused(DATE_RULE.to_owned())),
        }
    }
}

/// Reads the inside of the brackets of a range.
fn range_of(text: &str) -> Result<Date, String> {
    let Some((first, last)) = text.split_once("..") else {
        return Err("a range has two days, such as [2013-02-10..2013-02-14]".to_owned());
    };
    let day = |text: &str| text.parse::<Day>().map_err(|error| error.to_string());
    let (first, last) = (day(first)?, day(last)?);
    match u16::try_from(last.days_since(first)) {
        Ok(0) => Err(format!("both days of the range are the same; write {first}")),
        Ok(days) => Ok(Date { first, precision: Precision::Range(days) }),
        Err(_) if last < first => Err(format!("the range ends on {last}, before it begins")),
        Err(_) => Err("a range has at most 65,536 days".to_owned()),
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.written().as_str())
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

serde_as_text!(Date, written);

/// The [`Date`] by which something must be done. It has passed when its last possible day has.
///
/// ```
/// use servanda_core::{Day, Deadline};
///
/// let deadline: Deadline = "2013-02".parse()?;
/// assert!(!deadline.has_passed(Day::new(2013, 2, 28)?));
/// assert!(deadline.has_passed(Day::new(2013, 3, 1)?));
/// # Ok::<(), servanda_core::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Deadline(Date);

impl Deadline {
    /// The date as it was set.
    #[must_use]
    pub fn date(self) -> Date {
        self.0
    }

    fn written(self) -> Written<24> {
        self.0.written()
    }

    /// Whether the deadline has certainly passed on `day`: whether its last possible day is before
    /// `day`.
    #[must_use]
    pub fn has_passed(self, day: Day) -> bool {
        self.0.last_day() < day
    }

    /// Whether the deadline may have passed on `day`.
    ///
    /// This differs from [`has_passed`](Deadline::has_passed) only if the deadline is one unknown
    /// day of a range. A deadline that is a month or a year passes at its end.
    #[must_use]
    pub fn may_have_passed(self, day: Day) -> bool {
        match self.0.precision {
            Precision::Range(_) => self.0.first_day() < day,
            Precision::Day | Precision::Month | Precision::Year => self.has_passed(day),
        }
    }
}

impl From<Date> for Deadline {
    fn from(date: Date) -> Self {
        Self(date)
    }
}

impl From<Day> for Deadline {
    fn from(day: Day) -> Self {
        Self(day.into())
    }
}

impl FromStr for Deadline {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        text.parse().map(Self)
    }
}

impl fmt::Display for Deadline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for Deadline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

serde_as_text!(Deadline, written);
