//! Calendars: the sessions of a parliament and other named periods on which the law's clocks depend.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::rule::{ClosingPeriod, Counted, Due, Silence};
use crate::model::Source;
use crate::value::{Day, Language, Slug, Title};
use crate::word::present;

/// Named periods, such as the sessions of a parliament.
///
/// A calendar speaks of the days up to [`through`](Calendar::through). Where it does not say (a day in no listed period, a
/// number that is missing, a period that is still open, days past its end), whatever depends on it is unknown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// Its id, such as `jp-diet`.
    pub id: Slug,
    /// The periods, in order.
    pub periods: Vec<Period>,
    /// Where it can be read.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// The last day it speaks of.
    pub through: Day,
    /// What it is called, by language.
    pub title: BTreeMap<Language, Title>,
}

/// One period of a calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// How well its dates are known.
    pub basis: Basis,
    /// The day it closed; absent while it is open.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub closed: Option<Day>,
    /// The day it convened.
    pub convened: Day,
    /// How it ended.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub ended_by: Option<Ending>,
    /// What kind of period it is, such as `regular` or `extraordinary`.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub kind: Option<Slug>,
    /// Its number. Consecutive periods have consecutive numbers; a gap means that one is missing here.
    pub number: u32,
    /// Its recesses. A period for which none is listed had none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recesses: Vec<Recess>,
    /// The day on which it was scheduled to close.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub scheduled: Option<Day>,
}

/// Days of a period that do not count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recess {
    /// Its first day.
    pub first: Day,
    /// Its last day.
    pub last: Day,
}

/// How well a period's dates are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// Seen in a publication.
    Published,
    /// Remembered, and not yet seen in a publication.
    Recalled,
}

/// How a period ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// Its time was over.
    TermEnd,
    /// The house was dissolved.
    Dissolution,
}

impl Ending {
    /// All endings.
    pub const ALL: [Self; 2] = [Self::TermEnd, Self::Dissolution];

    /// The word for it, as in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::TermEnd => "term-end",
            Self::Dissolution => "dissolution",
        }
    }
}
word!(Ending);

impl Calendar {
    /// A calendar that says nothing.
    pub(crate) fn nothing() -> Self {
        Self {
            id: Slug::from_static("nothing"),
            periods: Vec::new(),
            source: None,
            through: Day::FIRST,
            title: BTreeMap::new(),
        }
    }

    /// The period that contains `day`.
    #[must_use]
    pub fn period_on(&self, day: Day) -> Option<&Period> {
        self.index_on(day).and_then(|index| self.periods.get(index))
    }

    fn index_on(&self, day: Day) -> Option<usize> {
        let index = self.periods.partition_point(|period| period.convened <= day).checked_sub(1)?;
        self.periods.get(index)?.closed.is_none_or(|closed| day <= closed).then_some(index)
    }

    /// The day on which the period that contains `day`, or the one after it, closed.
    pub(super) fn close(&self, day: Day, of: ClosingPeriod, ended_by: Option<Ending>) -> Due {
        let Some(index) = self.index_on(day) else {
            let silence = if day > self.through {
                Silence::Beyond { calendar: self.id.clone(), through: self.through }
            } else {
                Silence::NoPeriod { calendar: self.id.clone(), day }
            };
            return Due::Unknown { from: day, silence };
        };
        match of {
            ClosingPeriod::Containing => self.closing_of(index, ended_by),
            ClosingPeriod::Next => match self.following(index) {
                Ok(next) => self.closing_of(next, ended_by),
                Err(due) => due,
            },
        }
    }

    /// The period that came right after the one at `index`, unless the calendar does not have it.
    fn following(&self, index: usize) -> Result<usize, Due> {
        let Some(period) = self.periods.get(index) else {
            return Err(Due::Never);
        };
        let Some(closed) = period.closed else {
            return Err(self.unknown_after(self.through, self.open(period)));
        };
        let silence = Silence::NoNextPeriod { calendar: self.id.clone(), after: closed };
        match self.periods.get(index + 1) {
            Some(next) if next.number == period.number.saturating_add(1) => Ok(index + 1),
            Some(_) => Err(self.unknown_after(closed, silence)),
            None => Err(self.unknown_after(self.through.max(closed), silence)),
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
            (Some(_), None) => Due::Unknown {
                from: closed,
                silence: Silence::Ending { calendar: self.id.clone(), number: period.number },
            },
        }
    }

    fn open(&self, period: &Period) -> Silence {
        Silence::Open { calendar: self.id.clone(), number: period.number }
    }

    fn unknown_after(&self, day: Day, silence: Silence) -> Due {
        Due::unknown_from(day.plus_days(1), silence)
    }

    /// The n-th day counted from `start`, days of recess left out.
    pub(super) fn nth_day(&self, start: Day, counted: &Counted) -> Due {
        let mut day = start;
        let mut left = counted.count;
        if !counted.first_day_counts {
            let Some(next) = day.plus_days(1) else {
                return Due::Never;
            };
            day = next;
        }
        loop {
            if day > self.through {
                // No more recess, and it would be this day; it cannot be earlier.
                let silence = Silence::Beyond { calendar: self.id.clone(), through: self.through };
                return Due::unknown_from(day.plus_days(left.saturating_sub(1)), silence);
            }
            if let Some(recess) = self.recess_on(day) {
                day = recess.last;
            } else {
                left = left.saturating_sub(1);
                if left == 0 {
                    return Due::On(day);
                }
            }
            let Some(next) = day.plus_days(1) else {
                return Due::Never;
            };
            day = next;
        }
    }

    fn recess_on(&self, day: Day) -> Option<&Recess> {
        self.period_on(day)?.recesses.iter().find(|recess| (recess.first..=recess.last).contains(&day))
    }

    /// What is wrong with it, if anything: periods out of order or overlapping, days outside their period.
    pub(crate) fn fault(&self) -> Option<String> {
        if self.title.is_empty() {
            return Some("it has no title".to_owned());
        }
        for period in &self.periods {
            let number = period.number;
            let ends = [period.closed, period.scheduled];
            if ends.into_iter().flatten().any(|day| day < period.convened) {
                return Some(format!("period {number} ends before it convenes"));
            }
            if number == 0 {
                return Some("periods are numbered from 1".to_owned());
            }
            if period.convened > self.through || period.closed.is_some_and(|day| day > self.through) {
                return Some(format!("period {number} has days after {}, the last day it speaks of", self.through));
            }
            for recess in &period.recesses {
                let inside = period.convened <= recess.first
                    && recess.first <= recess.last
                    && period.closed.is_none_or(|closed| recess.last <= closed);
                if !inside {
                    return Some(format!("a recess of period {number} does not lie within it"));
                }
            }
        }
        self.periods.iter().zip(self.periods.iter().skip(1)).find_map(|(period, next)| {
            if period.number >= next.number {
                return Some(format!("period {} comes after period {}; numbers rise", next.number, period.number));
            }
            let apart = period.closed.is_some_and(|closed| closed < next.convened);
            (!apart).then(|| format!("period {} does not end before period {} convenes", period.number, next.number))
        })
    }
}
