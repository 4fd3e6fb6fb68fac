//! Rules for the time between the start of a clock and its firing.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::procedure::Ending;
use crate::value::{Slug, is_false, present};

/// The rule that gives the day on which a clock fires.
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
    /// Fires on the n-th counted day.
    Days(Counted),
    /// Fires when n full days have passed, on the day after the n-th counted day.
    FullDays(Counted),
    /// Fires on the same day of the week, n weeks later.
    Weeks {
        /// The number of weeks.
        count: u32,
    },
    /// Fires on the same day of the month, n months later.
    ///
    /// If that month is too short, the clock fires on its last day.
    Months {
        /// The number of months.
        count: u32,
    },
    /// Fires on the same day of the year, n years later.
    ///
    /// If the start is 29 February and that year has none, the clock fires on 28 February.
    Years {
        /// The number of years.
        count: u32,
    },
    /// Fires on the first day of the n-th calendar month after the month of the start.
    FirstOfMonth {
        /// The number of months after the month of the start.
        count: u32,
    },
    /// Fires on the first day of the month after the n-th day after the start.
    ///
    /// Many final clauses are worded like this, such as article 126 of the Rome Statute of the
    /// International Criminal Court.
    FirstOfMonthAfterDays {
        /// The number of days.
        count: u32,
    },
    /// Fires on the day on which a period of a calendar closes.
    Close {
        /// The calendar.
        calendar: Slug,
        /// If this is `Some`, the clock fires only if the period ends in this way.
        #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
        ended_by: Option<Ending>,
        /// The period.
        of: ClosingPeriod,
    },
    /// Each commitment sets the rule in its registration.
    ///
    /// If the commitment sets none, the clock does not run.
    #[serde(rename = "given")]
    SetByCommitment,
}

/// A number of days, and how to count them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Counted {
    /// The number of days, from 1.
    pub count: u32,
    /// The calendar whose days of recess are not counted.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub except_recess_of: Option<Slug>,
    /// Whether the day of the start is the first counted day.
    #[serde(default, skip_serializing_if = "is_false")]
    pub first_day_counts: bool,
    /// The calendar of whose periods only the days are counted. Days of recess are not counted.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub within_periods_of: Option<Slug>,
}

impl Counted {
    /// Creates a count of days that starts on the day after the start and includes recesses.
    ///
    /// Set the other fields directly.
    #[must_use]
    pub fn new(count: u32) -> Self {
        Self { count, except_recess_of: None, first_day_counts: false, within_periods_of: None }
    }
}

/// The period whose close a clock waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClosingPeriod {
    /// The period that contains the day of the start.
    Containing,
    /// The period that follows the one that contains the day of the start.
    Next,
}

impl Rule {
    /// Returns the id of the calendar that the rule uses, or `None` if it uses none.
    #[must_use]
    pub fn calendar(&self) -> Option<&Slug> {
        match self {
            Self::Days(counted) | Self::FullDays(counted) => counted.calendar(),
            Self::Close { calendar, .. } => Some(calendar),
            Self::Weeks { .. }
            | Self::Months { .. }
            | Self::Years { .. }
            | Self::FirstOfMonth { .. }
            | Self::FirstOfMonthAfterDays { .. }
            | Self::SetByCommitment => None,
        }
    }

    /// Returns the problem with the rule by itself, and its remedy.
    pub(crate) fn fault(&self) -> Option<(&'static str, &'static str)> {
        let (Self::Days(counted) | Self::FullDays(counted)) = self else { return None };
        (counted.except_recess_of.is_some() && counted.within_periods_of.is_some()).then_some((
            "it has except_recess_of and within_periods_of",
            "keep one of the two; within_periods_of leaves out days of recess too",
        ))
    }

    /// Returns the number that the rule counts to, or `None` if it does not count.
    pub(crate) fn count(&self) -> Option<u32> {
        match self {
            Self::Days(counted) | Self::FullDays(counted) => Some(counted.count),
            Self::Weeks { count }
            | Self::Months { count }
            | Self::Years { count }
            | Self::FirstOfMonth { count }
            | Self::FirstOfMonthAfterDays { count } => Some(*count),
            Self::Close { .. } | Self::SetByCommitment => None,
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Days(counted) => write!(f, "on day {counted}"),
            Self::FullDays(counted) => write!(f, "once {} days have run{}", counted.count, counted.manner()),
            Self::Weeks { count: 1 } => f.write_str("one week after"),
            Self::Weeks { count } => write!(f, "{count} weeks after"),
            Self::Months { count: 1 } => f.write_str("one month after"),
            Self::Months { count } => write!(f, "{count} months after"),
            Self::Years { count: 1 } => f.write_str("one year after"),
            Self::Years { count } => write!(f, "{count} years after"),
            Self::FirstOfMonth { count: 1 } => f.write_str("on the first day of the next month"),
            Self::FirstOfMonth { count } => {
                write!(f, "on the first day of the {count}. month after")
            }
            Self::FirstOfMonthAfterDays { count } => {
                write!(f, "on the first day of the month after day {count}")
            }
            Self::Close { calendar, ended_by, of } => {
                let which = match of {
                    ClosingPeriod::Containing => "the period",
                    ClosingPeriod::Next => "the next period",
                };
                write!(f, "at the close of {which} of {calendar}")?;
                ended_by.map_or(Ok(()), |ending| write!(f, ", if it ends by {ending}"))
            }
            Self::SetByCommitment => f.write_str("as the commitment itself says"),
        }
    }
}

impl fmt::Display for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.count, self.manner())
    }
}

impl Counted {
    /// Returns the id of the calendar, or `None` if every day is counted.
    pub(crate) fn calendar(&self) -> Option<&Slug> {
        self.within_periods_of.as_ref().or(self.except_recess_of.as_ref())
    }

    fn manner(&self) -> String {
        let first = if self.first_day_counts { ", the first day counted" } else { "" };
        match (&self.within_periods_of, &self.except_recess_of) {
            (Some(calendar), _) => format!("{first}, only days of periods of {calendar} counted"),
            (None, Some(calendar)) => format!("{first}, recess of {calendar} not counted"),
            (None, None) => first.to_owned(),
        }
    }
}
