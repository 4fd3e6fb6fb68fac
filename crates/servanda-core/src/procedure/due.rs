//! Computes the day on which a clock fires, from its rule and the calendar.

use std::fmt;

use crate::procedure::{Calendar, ClosingPeriod, Counted, Ending, Period, Rule};
use crate::value::{Date, Day, Slug, first_of_month_after, months_after};

/// The day on which a clock fires, if it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Due {
    /// The clock fires on this day.
    On(Day),
    /// The clock never fires.
    Never,
    /// The clock may fire on the day `from` or later, but it is unknown when. If there is a day
    /// `by`, the clock has fired by its end.
    Unknown { from: Day, by: Option<Day>, reason: UnknownReason },
}

impl Due {
    /// Creates an unknown day that is not before `day`.
    ///
    /// `None` is a day after the year 9999. The clock then never fires.
    pub(crate) fn unknown_from(day: Option<Day>, reason: UnknownReason) -> Self {
        day.map_or(Self::Never, |from| Self::Unknown { from, by: None, reason })
    }

    /// The day by whose end the clock has certainly fired.
    pub(crate) fn by(self) -> Option<Day> {
        match self {
            Self::On(day) => Some(day),
            Self::Unknown { by, .. } => by,
            Self::Never => None,
        }
    }

    fn next_day(self) -> Self {
        match self {
            Self::On(day) => day.plus_days(1).map_or(Self::Never, Self::On),
            Self::Unknown { from, by, reason } => match from.plus_days(1) {
                Some(from) => Self::Unknown { from, by: by.and_then(|by| by.plus_days(1)), reason },
                None => Self::Never,
            },
            Self::Never => Self::Never,
        }
    }
}

/// The reason why it is unknown when a clock fires.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum UnknownReason {
    NoCalendar(Slug),
    NoPeriod {
        calendar: Slug,
        day: Day,
    },
    /// The day is between two periods, and the rule does not say whether such days count.
    Between {
        calendar: Slug,
        day: Day,
    },
    /// A period closes and the next one convenes on the day on which the clock starts.
    Shared {
        calendar: Slug,
        day: Day,
    },
    NoNextPeriod {
        calendar: Slug,
        after: Day,
    },
    Open {
        calendar: Slug,
        number: u32,
    },
    Ending {
        calendar: Slug,
        number: u32,
    },
    Beyond {
        calendar: Slug,
        through: Day,
    },
    /// The clock may have started before the history opened, on a day that is not recorded.
    StartBeforeOpening(Slug),
    /// The date on which the clock depends is not one day.
    Imprecise(Date),
    /// It is not certain that this number of parties have deposited.
    TooFewDeposits(u32),
    /// The rule of a treaty gives no day, for this reason.
    Treaty(String),
}

impl UnknownReason {
    /// Whether an imprecise date is the reason, and not a calendar or a treaty that lacks
    /// something.
    pub(crate) fn is_imprecision(&self) -> bool {
        matches!(self, Self::Imprecise(_) | Self::StartBeforeOpening(_) | Self::TooFewDeposits(_))
    }
}

impl fmt::Display for UnknownReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoCalendar(calendar) => write!(f, "the ledger has no calendar {calendar}"),
            Self::NoPeriod { calendar, day } => write!(f, "the calendar {calendar} has no period that contains {day}"),
            Self::Between { calendar, day } => write!(
                f,
                "{day} is between two periods of the calendar {calendar}, and the rule does not say whether such days count"
            ),
            Self::Shared { calendar, day } => write!(
                f,
                "one period of the calendar {calendar} closes and the next one convenes on {day}, and the calendar does not say to which of them a step of that day belongs"
            ),
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
            Self::StartBeforeOpening(clock) => write!(
                f,
                "the clock {clock} may have started before the history opens; register the opening with the day on which it did, under clocks_started, or name it under clocks_not_started"
            ),
            Self::Imprecise(date) => write!(f, "it depends on a date that is only known as {date}"),
            Self::TooFewDeposits(count) => {
                write!(f, "it is not certain that {count} parties have deposited by this day")
            }
            Self::Treaty(reason) => f.write_str(reason),
        }
    }
}

impl Rule {
    /// Returns the day on which a clock with this rule fires if it starts on `start`.
    pub(crate) fn due<'a>(&self, start: Day, calendar: impl Fn(&Slug) -> Option<&'a Calendar>) -> Due {
        let on = |day: Option<Day>| day.map_or(Due::Never, Due::On);
        match self {
            Self::Days(counted) | Self::FullDays(counted) => {
                let last = match counted.calendar().map(|id| (id, calendar(id))) {
                    None => on(counted.nth_day(start)),
                    Some((_, Some(calendar))) => calendar.nth_day(start, counted),
                    Some((id, None)) => {
                        Due::unknown_from(counted.nth_day(start), UnknownReason::NoCalendar(id.clone()))
                    }
                };
                if matches!(self, Self::FullDays(_)) { last.next_day() } else { last }
            }
            Self::Weeks { count } => on(count.checked_mul(7).and_then(|days| start.plus_days(days))),
            Self::Months { count } => on(months_after(start, *count)),
            Self::Years { count } => on(count.checked_mul(12).and_then(|months| months_after(start, months))),
            Self::FirstOfMonth { count } => on(first_of_month_after(start, *count)),
            Self::FirstOfMonthAfterDays { count } => {
                on(start.plus_days(*count).and_then(|last| first_of_month_after(last, 1)))
            }
            Self::Close { calendar: id, ended_by, of } => match calendar(id) {
                Some(calendar) => calendar.close(start, *of, *ended_by),
                None => Due::unknown_from(Some(start), UnknownReason::NoCalendar(id.clone())),
            },
            Self::SetByCommitment => Due::Never,
        }
    }
}

impl Counted {
    /// Returns the n-th counted day after a start on `start`, if every day counts.
    fn nth_day(&self, start: Day) -> Option<Day> {
        start.plus_days(self.count.saturating_sub(u32::from(self.first_day_counts)))
    }
}

impl Calendar {
    /// Returns the day on which the period that contains `day`, or the next one, closed.
    fn close(&self, day: Day, of: ClosingPeriod, ended_by: Option<Ending>) -> Due {
        let Some(index) = self.index_on(day) else {
            let reason = if day > self.through {
                UnknownReason::Beyond { calendar: self.id.clone(), through: self.through }
            } else {
                UnknownReason::NoPeriod { calendar: self.id.clone(), day }
            };
            return Due::unknown_from(Some(day), reason);
        };
        let previous = index.checked_sub(1).and_then(|previous| self.periods.get(previous));
        if previous.is_some_and(|previous| previous.closed == Some(day)) {
            return Due::unknown_from(Some(day), UnknownReason::Shared { calendar: self.id.clone(), day });
        }
        match of {
            ClosingPeriod::Containing => self.closing_of(index, ended_by),
            ClosingPeriod::Next => match self.following(index) {
                Ok(next) => self.closing_of(next, ended_by),
                Err(due) => due,
            },
        }
    }

    /// Returns the index of the period that followed the one at `index`.
    ///
    /// If the calendar does not have that period, `Err` is the answer for a rule that needs it.
    fn following(&self, index: usize) -> Result<usize, Due> {
        let Some(period) = self.periods.get(index) else {
            return Err(Due::Never);
        };
        let Some(closed) = period.closed else {
            return Err(self.unknown_after(self.through, self.open(period)));
        };
        let reason = UnknownReason::NoNextPeriod { calendar: self.id.clone(), after: closed };
        match self.periods.get(index + 1) {
            Some(next) if next.number == period.number.saturating_add(1) => Ok(index + 1),
            Some(_) => Err(self.unknown_after(closed, reason)),
            None => Err(self.unknown_after(self.through.max(closed), reason)),
        }
    }

    fn closing_of(&self, index: usize, wanted: Option<Ending>) -> Due {
        let Some(period) = self.periods.get(index) else {
            return Due::Never;
        };
        let Some(closed) = period.closed else {
            return self.unknown_after(self.through.max(period.convened), self.open(period));
        };
        match (wanted, period.ended_by) {
            (None, _) => Due::On(closed),
            (Some(wanted), Some(ended)) if wanted == ended => Due::On(closed),
            (Some(_), Some(_)) => Due::Never,
            (Some(_), None) => Due::unknown_from(
                Some(closed),
                UnknownReason::Ending { calendar: self.id.clone(), number: period.number },
            ),
        }
    }

    fn open(&self, period: &Period) -> UnknownReason {
        UnknownReason::Open { calendar: self.id.clone(), number: period.number }
    }

    fn unknown_after(&self, day: Day, reason: UnknownReason) -> Due {
        Due::unknown_from(day.plus_days(1), reason)
    }

    /// Returns the n-th counted day after a start on `start`, without the days that the calendar
    /// leaves out.
    ///
    /// The calendar says nothing of some days. The answer is unknown if one of them matters: the
    /// n-th day is earlier if they all count, and later if none does.
    fn nth_day(&self, start: Day, counted: &Counted) -> Due {
        let first = if counted.first_day_counts { Some(start) } else { start.plus_days(1) };
        let Some(mut day) = first else { return Due::Never };
        let within = counted.within_periods_of.is_some();
        let mut left = counted.count.max(1);
        let mut silent: Option<UnknownReason> = None;
        loop {
            let (kind, last) = self.run_of_days(day, within);
            if let DayKind::Silent(reason) = &kind {
                silent.get_or_insert_with(|| reason.clone());
            }
            if !matches!(kind, DayKind::LeftOut) {
                let nth = day.plus_days(left - 1);
                let is_here = last.is_none_or(|last| nth.is_some_and(|nth| nth <= last));
                if is_here {
                    return match silent {
                        None => nth.map_or(Due::Never, Due::On),
                        Some(reason) => Due::unknown_from(nth, reason),
                    };
                }
                let days = last.map_or(0, |last| last.days_since(day) + 1);
                left = left.saturating_sub(u32::try_from(days).unwrap_or(u32::MAX)).max(1);
            }
            match last.and_then(|last| last.plus_days(1)) {
                Some(next) => day = next,
                None => return Due::Never,
            }
        }
    }

    /// Returns whether a day counts, and the last day of the run of days for which the same holds.
    /// `None` if it holds for all later days.
    fn run_of_days(&self, day: Day, within: bool) -> (DayKind, Option<Day>) {
        if day > self.through {
            return (DayKind::Silent(UnknownReason::Beyond { calendar: self.id.clone(), through: self.through }), None);
        }
        let following = self.periods.partition_point(|period| period.convened <= day);
        let before = following.checked_sub(1).and_then(|index| self.periods.get(index));
        let next = self.periods.get(following);
        if let Some(period) = before.filter(|period| period.closed.is_none_or(|closed| day <= closed)) {
            let end = period.closed.map_or(self.through, |closed| closed.min(self.through));
            return match period.recesses.iter().find(|recess| day <= recess.last) {
                Some(recess) if recess.first <= day => (DayKind::LeftOut, Some(recess.last.min(end))),
                Some(recess) => (DayKind::Counted, Some(recess.first.previous().unwrap_or(day).min(end))),
                None => (DayKind::Counted, Some(end)),
            };
        }
        let end = next.and_then(|next| next.convened.previous()).unwrap_or(self.through).min(self.through);
        let is_between = before.zip(next).is_some_and(|(before, next)| next.number == before.number.saturating_add(1));
        let calendar = self.id.clone();
        let kind = match (is_between, within) {
            (true, true) => DayKind::LeftOut,
            (true, false) => DayKind::Silent(UnknownReason::Between { calendar, day }),
            (false, _) => DayKind::Silent(UnknownReason::NoPeriod { calendar, day }),
        };
        (kind, Some(end))
    }
}

/// Whether a day counts.
enum DayKind {
    Counted,
    LeftOut,
    /// The calendar does not say, for this reason.
    Silent(UnknownReason),
}
