//! Calendars: the sessions of a parliament and other named periods that clocks depend on.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::diagnostic::{Located, Place};
use crate::value::{Day, Language, Slug, Source, Title, present};

/// Named periods, such as the sessions of a parliament.
///
/// A calendar covers the days up to [`through`](Calendar::through). It may lack data: a day may be
/// in no listed period or after `through`, a period may be missing, and a period may still be open.
/// If the rule of a clock needs data that the calendar lacks, it is unknown when the clock fires.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Calendar {
    /// The id, such as `jp-diet`.
    pub id: Slug,
    /// The periods, in order.
    pub periods: Vec<Period>,
    /// The source of the calendar.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// The last day that the calendar covers.
    pub through: Day,
    /// The title, by language.
    pub title: BTreeMap<Language, Title>,
}

/// A period of a calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Period {
    /// How well the dates of the period are known.
    pub basis: Basis,
    /// The day it closed. Absent while it is open.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub closed: Option<Day>,
    /// The day it convened.
    pub convened: Day,
    /// How it ended.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub ended_by: Option<Ending>,
    /// The kind of period, such as `regular` or `extraordinary`.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub kind: Option<Slug>,
    /// The number.
    ///
    /// Consecutive periods have consecutive numbers. A gap means that the calendar lacks a period.
    pub number: u32,
    /// The recesses. If the list is empty, the period had no recess.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recesses: Vec<Recess>,
    /// The day on which it was scheduled to close.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    pub scheduled: Option<Day>,
}

impl Period {
    /// Creates an open period without recesses. Set the other fields directly.
    #[must_use]
    pub fn new(number: u32, convened: Day, basis: Basis) -> Self {
        Self {
            basis,
            closed: None,
            convened,
            ended_by: None,
            kind: None,
            number,
            recesses: Vec::new(),
            scheduled: None,
        }
    }
}

/// Days of a period that are not counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recess {
    /// The first day.
    pub first: Day,
    /// The last day.
    pub last: Day,
}

/// How well the dates of a period are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// The dates are from a publication.
    Published,
    /// The dates are from memory. No publication has confirmed them yet.
    Recalled,
}

/// How a period ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// The term of the period ended.
    TermEnd,
    /// The house was dissolved.
    Dissolution,
    /// The session was ended by the executive, and the house stays in being.
    Prorogation,
}

impl Ending {
    /// All endings.
    pub const ALL: [Self; 3] = [Self::TermEnd, Self::Dissolution, Self::Prorogation];

    /// The word for the ending, as in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::TermEnd => "term-end",
            Self::Dissolution => "dissolution",
            Self::Prorogation => "prorogation",
        }
    }
}
word!(Ending);

impl Calendar {
    /// Creates a calendar without periods and without a title. Set the other fields directly.
    #[must_use]
    pub fn new(id: Slug, through: Day) -> Self {
        Self { id, periods: Vec::new(), source: None, through, title: BTreeMap::new() }
    }

    /// Returns the period that contains `day`, or `None` if no listed period does.
    ///
    /// An open period contains every day from the day on which it convened. On a day on which one
    /// period closes and the next one convenes, this is the next one.
    #[must_use]
    pub fn period_on(&self, day: Day) -> Option<&Period> {
        self.index_on(day).and_then(|index| self.periods.get(index))
    }

    pub(super) fn index_on(&self, day: Day) -> Option<usize> {
        let index = self.periods.partition_point(|period| period.convened <= day).checked_sub(1)?;
        self.periods.get(index)?.closed.is_none_or(|closed| day <= closed).then_some(index)
    }

    /// Returns what the format does not allow in a definition.
    pub(crate) fn format_fault(&self) -> Option<&'static str> {
        if self.title.is_empty() {
            return Some("a title has at least one language");
        }
        self.periods.iter().any(|period| period.number == 0).then_some("periods are numbered from 1")
    }

    /// Returns the first problem with the calendar, or `None` if it has none.
    pub(crate) fn fault(&self) -> Option<String> {
        self.diagnostics().into_iter().next().map(|(_, problem, _)| problem)
    }

    /// Checks the calendar, and returns its problems.
    ///
    /// A calendar needs a title. Periods need rising numbers from 1, and must not overlap, but one
    /// may close on the day on which the next one convenes. A period must not end before it
    /// convenes, and its recesses must be inside it and in order. No period may convene or close
    /// after `through`.
    pub(crate) fn diagnostics(&self) -> Vec<Located> {
        let mut diagnostics = Vec::new();
        if self.title.is_empty() {
            let remedy = "give it one, such as title = { en = \"…\" }";
            diagnostics.push((Place::Key("title"), "it has no title".to_owned(), remedy.to_owned()));
        }
        for (index, period) in self.periods.iter().enumerate() {
            let previous = index.checked_sub(1).and_then(|previous| self.periods.get(previous));
            let problems = [self.problem_with(period), previous.and_then(|previous| period.problem_after(previous))];
            let place = Place::In("periods", index);
            diagnostics
                .extend(problems.into_iter().flatten().map(|(problem, remedy)| (place, problem, remedy.to_owned())));
        }
        diagnostics
    }

    /// Returns the first problem with a period by itself, and its remedy.
    fn problem_with(&self, period: &Period) -> Option<(String, &'static str)> {
        let (number, through) = (period.number, self.through);
        let ends = [period.closed, period.scheduled];
        if ends.into_iter().flatten().any(|day| day < period.convened) {
            return Some((format!("period {number} ends before it convenes"), "correct its days"));
        }
        if number == 0 {
            return Some(("periods are numbered from 1".to_owned(), "correct its number"));
        }
        if period.convened > through || period.closed.is_some_and(|day| day > through) {
            let problem = format!("period {number} has days after {through}, the last day of the calendar");
            return Some((problem, "correct its days, or move `through`"));
        }
        let mut free_from = period.convened;
        for recess in &period.recesses {
            let inside = free_from <= recess.first
                && recess.first <= recess.last
                && period.closed.is_none_or(|closed| recess.last <= closed);
            if !inside {
                let problem = format!("a recess of period {number} is not inside it, or not after the recess before");
                return Some((problem, "correct its days"));
            }
            let Some(next) = recess.last.plus_days(1) else { break };
            free_from = next;
        }
        None
    }
}

impl Period {
    /// Returns the first problem with the order of two successive periods, and its remedy.
    fn problem_after(&self, previous: &Self) -> Option<(String, &'static str)> {
        if previous.number >= self.number {
            let problem = format!("period {} comes after period {}; numbers rise", self.number, previous.number);
            return Some((problem, "order the periods by number"));
        }
        // A session can be closed in the morning and the next one opened in the afternoon.
        let apart = previous.closed.is_some_and(|closed| closed <= self.convened);
        (!apart).then(|| {
            let problem =
                format!("period {} has not ended by the day on which period {} convenes", previous.number, self.number);
            (problem, "correct the days of one of them; they may share one day")
        })
    }
}
