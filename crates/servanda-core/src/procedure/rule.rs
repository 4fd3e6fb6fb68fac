//! When a clock fires after its start.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::procedure::Ending;
use crate::value::{Slug, is_false, present};

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
    /// As the commitment's own registration says; without a rule there, the clock does not run.
    #[serde(rename = "given")]
    SetByCommitment,
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
    #[serde(default, skip_serializing_if = "is_false")]
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

impl Rule {
    /// The calendar that it asks, if any.
    #[must_use]
    pub fn calendar(&self) -> Option<&Slug> {
        match self {
            Self::Days(counted) | Self::FullDays(counted) => counted.except_recess_of.as_ref(),
            Self::Close { calendar, .. } => Some(calendar),
            Self::Months { .. } | Self::FirstOfMonth { .. } | Self::SetByCommitment => None,
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
    fn manner(&self) -> String {
        let first = if self.first_day_counts { ", the first day counted" } else { "" };
        match &self.except_recess_of {
            Some(calendar) => format!("{first}, recess of {calendar} not counted"),
            None => first.to_owned(),
        }
    }
}
