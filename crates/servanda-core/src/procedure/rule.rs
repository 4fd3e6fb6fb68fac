//! When a clock fires after its start.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::calendar::{Calendar, Ending};
use crate::value::{Day, Slug, first_of_month_after, months_after};
use crate::word::present;

/// When a clock fires after its start.
///
/// ```
/// use servanda_core::Rule;
///
/// let lapse: Rule = serde_json::from_str(
///     r#"{"full-days":{"count":30,"except_recess_of":"jp-diet","first_day_counts":true}}"#,
/// )?;
/// assert_eq!(lapse.to_string(), "once 30 days have run, the first day counted, recess of jp-diet not counted");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// On the n-th day counted.
    Days(Counted),
    /// Once n full days have run: on the day after the n-th day counted.
    FullDays(Counted),
    /// On the same day of the month n months later, or on that month's last day if it is shorter.
    Months {
        /// How many months.
        count: u32,
    },
    /// On the first day of the n-th calendar month after that of the start.
    FirstOfMonth {
        /// Which month after.
        count: u32,
    },
    /// On the day a period of a calendar closes.
    Close {
        /// The calendar.
        calendar: Slug,
        /// Only if the period ends in this way; if it ends otherwise the clock never fires.
        #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
        ended_by: Option<Ending>,
        /// Which period.
        of: ClosingPeriod,
    },
    /// As the commitment's own registration says; without a word there, the clock does not run.
    Given,
}

/// So many days, and how they are counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// How many days, from 1.
    pub count: u32,
    /// The calendar whose days of recess are not counted.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub except_recess_of: Option<Slug>,
    /// Whether the day of the start is day one.
    #[serde(default, skip_serializing_if = "super::definition::is_false")]
    pub first_day_counts: bool,
}

/// The period whose close a clock waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClosingPeriod {
    /// The period that contains the day of the start.
    Containing,
    /// The period after that.
    Next,
}

/// What a rule says of a day of start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Due {
    /// It fires on this day.
    On(Day),
    /// It never fires.
    Never,
    /// It may fire on this day or later, but the calendar does not say when.
    Unknown { from: Day, silence: Silence },
}

impl Due {
    /// Not known, and at the earliest on this day, if there is such a day at all.
    pub(super) fn unknown_from(day: Option<Day>, silence: Silence) -> Self {
        day.map_or(Self::Never, |from| Self::Unknown { from, silence })
    }

    fn next_day(self) -> Self {
        match self {
            Self::On(day) => day.plus_days(1).map_or(Self::Never, Self::On),
            Self::Unknown { from, silence } => Self::unknown_from(from.plus_days(1), silence),
            Self::Never => Self::Never,
        }
    }
}

/// What a calendar does not say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Silence {
    NoCalendar(Slug),
    NoPeriod { calendar: Slug, day: Day },
    NoNextPeriod { calendar: Slug, after: Day },
    Open { calendar: Slug, number: u32 },
    Ending { calendar: Slug, number: u32 },
    Beyond { calendar: Slug, through: Day },
}

impl fmt::Display for Silence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoCalendar(calendar) => write!(f, "the ledger has no calendar {calendar}"),
            Self::NoPeriod { calendar, day } => write!(f, "the calendar {calendar} has no period that contains {day}"),
            Self::NoNextPeriod { calendar, after } => {
                write!(f, "the calendar {calendar} does not have the period that followed {after}")
            }
            Self::Open { calendar, number } => {
                write!(f, "the calendar {calendar} does not say when period {number} closed")
            }
            Self::Ending { calendar, number } => {
                write!(f, "the calendar {calendar} does not say how period {number} ended")
            }
            Self::Beyond { calendar, through } => {
                write!(f, "the calendar {calendar} says nothing of days after {through}")
            }
        }
    }
}

impl Rule {
    /// The calendar that it asks, if any.
    #[must_use]
    pub fn calendar(&self) -> Option<&Slug> {
        match self {
            Self::Days(counted) | Self::FullDays(counted) => counted.except_recess_of.as_ref(),
            Self::Close { calendar, .. } => Some(calendar),
            Self::Months { .. } | Self::FirstOfMonth { .. } | Self::Given => None,
        }
    }

    /// When it fires for a clock started on `start`.
    pub(crate) fn due<'a>(&self, start: Day, calendar: impl Fn(&Slug) -> Option<&'a Calendar>) -> Due {
        let on = |day: Option<Day>| day.map_or(Due::Never, Due::On);
        match self {
            Self::Days(counted) | Self::FullDays(counted) => {
                let last = match counted.except_recess_of.as_ref().map(|id| (id, calendar(id))) {
                    None => on(counted.nth_day(start)),
                    Some((_, Some(calendar))) => calendar.nth_day(start, counted),
                    Some((id, None)) => Due::unknown_from(counted.nth_day(start), Silence::NoCalendar(id.clone())),
                };
                if matches!(self, Self::FullDays(_)) { last.next_day() } else { last }
            }
            Self::Months { count } => on(months_after(start, *count)),
            Self::FirstOfMonth { count } => on(first_of_month_after(start, *count)),
            Self::Close { calendar: id, ended_by, of } => match calendar(id) {
                Some(calendar) => calendar.close(start, *of, *ended_by),
                None => Due::Unknown { from: start, silence: Silence::NoCalendar(id.clone()) },
            },
            Self::Given => Due::Never,
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Days(counted) => write!(f, "on day {counted}"),
            Self::FullDays(counted) => write!(f, "once {} days have run{}", counted.count, counted.manner()),
            Self::Months { count: 1 } => f.write_str("one month after"),
            Self::Months { count } => write!(f, "{count} months after"),
            Self::FirstOfMonth { count: 1 } => f.write_str("on the first day of the next month"),
            Self::FirstOfMonth { count } => {
                write!(f, "on the first day of the {count}. month after")
            }
            Self::Close { calendar, ended_by, of } => {
                let which = match of {
                    ClosingPeriod::Containing => "the period",
                    ClosingPeriod::Next => "the next period",
                };
                write!(f, "at the close of {which} of {calendar}")?;
                ended_by.map_or(Ok(()), |ending| write!(f, ", if it ends by {ending}"))
            }
            Self::Given => f.write_str("as the commitment itself says"),
        }
    }
}

impl fmt::Display for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.count, self.manner())
    }
}

impl Counted {
    /// The n-th day counted from `start`, where every day counts.
    fn nth_day(&self, start: Day) -> Option<Day> {
        start.plus_days(self.count.saturating_sub(u32::from(self.first_day_counts)))
    }

    fn manner(&self) -> String {
        let first = if self.first_day_counts { ", the first day counted" } else { "" };
        match &self.except_recess_of {
            Some(calendar) => format!("{first}, recess of {calendar} not counted"),
            None => first.to_owned(),
        }
    }
}
