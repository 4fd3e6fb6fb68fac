//! How a commitment relates to its deadline.

use serde::{Deserialize, Serialize};

use crate::value::{Date, Day, Deadline};

/// How the verdict on a commitment relates to its deadline. It is derived, never recorded.
///
/// A commitment has none if it has no deadline, and if its verdict is neither open nor kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Timeliness {
    /// The deadline has not passed, or the commitment was kept by then.
    OnTime,
    /// The commitment was kept after its deadline.
    Late,
    /// The deadline has passed, and the commitment is still pending, in progress or stalled.
    Overdue,
    /// Imprecise dates allow both.
    Unknown,
}

impl Timeliness {
    /// All words for timeliness.
    pub const ALL: [Self; 4] = [Self::OnTime, Self::Late, Self::Overdue, Self::Unknown];

    /// The word for it, as in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OnTime => "on-time",
            Self::Late => "late",
            Self::Overdue => "overdue",
            Self::Unknown => "unknown",
        }
    }
}
word!(Timeliness);

/// The deadlines that were set for a commitment.
#[derive(Clone, Debug)]
pub(crate) struct Deadlines {
    made: Date,
    /// The deadlines with the dates on which they were set, in that order. The one that the
    /// commitment itself names is the first.
    set: Vec<(Date, Deadline)>,
}

/// Whether a deadline has passed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Passed {
    Yes,
    No,
    /// Imprecise dates allow both, or the deadline is not certain.
    Perhaps,
}

impl Deadlines {
    pub(crate) fn new(made: Date, set: Vec<(Date, Deadline)>) -> Self {
        Self { made, set }
    }

    /// The deadline in force on a day. If an imprecise date leaves open whether it had been
    /// replaced by then, it is the earlier one.
    pub(crate) fn on(&self, day: Day) -> Option<Deadline> {
        self.possible_on(day).first().copied().flatten()
    }

    /// Whether a deadline set on a date replaces `before` in any case, whichever days imprecise
    /// dates stand for.
    pub(crate) fn replaces(&self, before: Option<Deadline>, set_on: Date) -> bool {
        (set_on == self.made || self.made.last_day() <= set_on.first_day())
            && before.is_none_or(|before| !before.may_have_passed(set_on.last_day()))
    }

    /// Whether a deadline set on a date can replace `before`: the commitment may have been made by
    /// then, and the deadline before may not have passed.
    fn may_replace(&self, before: Option<Deadline>, set_on: Date) -> bool {
        self.made.first_day() <= set_on.last_day() && before.is_none_or(|before| !before.has_passed(set_on.first_day()))
    }

    /// The deadlines that may be in force on a day, the earliest set first. `None` stands for no
    /// deadline.
    fn possible_on(&self, day: Day) -> Vec<Option<Deadline>> {
        let mut possible = vec![None];
        for (set_on, deadline) in self.set.iter().filter(|(set_on, _)| set_on.first_day() <= day) {
            let is_certain = set_on.last_day() <= day;
            let mut then = Vec::with_capacity(possible.len() + 1);
            let mut is_possible = false;
            for before in possible {
                is_possible |= self.may_replace(before, *set_on);
                if !(is_certain && self.replaces(before, *set_on)) {
                    then.push(before);
                }
            }
            if is_possible {
                then.push(Some(*deadline));
            }
            possible = then;
        }
        possible
    }

    /// Whether the deadline in force on a day has passed on it. `None` without a deadline.
    fn passed_on(&self, day: Day) -> Option<Passed> {
        let possible = self.possible_on(day);
        if possible.iter().all(Option::is_none) {
            return None;
        }
        let of = |deadline: Option<Deadline>| match deadline {
            Some(deadline) if deadline.has_passed(day) => Passed::Yes,
            Some(deadline) if deadline.may_have_passed(day) => Passed::Perhaps,
            _ => Passed::No,
        };
        let all = |passed| possible.iter().all(|deadline| of(*deadline) == passed);
        Some(match (all(Passed::Yes), all(Passed::No)) {
            (true, _) => Passed::Yes,
            (_, true) => Passed::No,
            _ => Passed::Perhaps,
        })
    }

    /// The timeliness of a commitment that was kept on one of these days.
    ///
    /// A deadline that has passed is never replaced. So a commitment that was late on the first day
    /// was late on each.
    pub(crate) fn of_kept(&self, first: Day, last: Day) -> Option<Timeliness> {
        match (self.passed_on(first), self.passed_on(last)) {
            (None, None) => None,
            (Some(Passed::Yes), _) => Some(Timeliness::Late),
            (_, Some(Passed::No)) => Some(Timeliness::OnTime),
            _ => Some(Timeliness::Unknown),
        }
    }

    /// The timeliness on `day` of a commitment that is open. `may_be_settled` says that it may have
    /// been kept, or have ended otherwise, by then.
    pub(crate) fn of_open(&self, day: Day, may_be_settled: bool) -> Option<Timeliness> {
        Some(match self.passed_on(day)? {
            Passed::No => Timeliness::OnTime,
            Passed::Yes if !may_be_settled => Timeliness::Overdue,
            Passed::Yes | Passed::Perhaps => Timeliness::Unknown,
        })
    }
}
