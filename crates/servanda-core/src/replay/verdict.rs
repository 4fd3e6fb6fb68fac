//! The verdict on a commitment.

use serde::{Deserialize, Serialize};

use crate::entry::Obligation;
use crate::procedure::{Phase, Procedure};
use crate::replay::{Timeline, Visit};
use crate::value::{Day, Deadline};

/// The judgement on a commitment that follows from its history. It is derived, never recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Nothing has been done yet.
    Pending,
    /// It is being done.
    InProgress,
    /// It is held up.
    Stalled,
    /// The deadline has passed. Overdue is not yet broken.
    Overdue,
    /// The commitment was kept.
    Kept,
    /// The commitment was kept after its deadline.
    KeptLate,
    /// The commitment was broken.
    Broken,
    /// The goal was not reached, though the party did not give up.
    Unfulfilled,
    /// Something else replaced the commitment.
    Released,
    /// The position is held.
    Holding,
}

impl Verdict {
    /// All verdicts.
    pub const ALL: [Self; 10] = [
        Self::Pending,
        Self::InProgress,
        Self::Stalled,
        Self::Overdue,
        Self::Kept,
        Self::KeptLate,
        Self::Broken,
        Self::Unfulfilled,
        Self::Released,
        Self::Holding,
    ];

    /// The word for the verdict, as in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::InProgress => "in-progress",
            Self::Stalled => "stalled",
            Self::Overdue => "overdue",
            Self::Kept => "kept",
            Self::KeptLate => "kept-late",
            Self::Broken => "broken",
            Self::Unfulfilled => "unfulfilled",
            Self::Released => "released",
            Self::Holding => "holding",
        }
    }
}
word!(Verdict);

/// The obligation of a commitment, with its day and its deadlines.
pub(crate) struct Promise<'a> {
    pub(crate) obligation: Obligation,
    /// The day on which the commitment was made.
    pub(crate) made: Day,
    /// The deadline in force on a day.
    pub(crate) deadline_on: &'a dyn Fn(Day) -> Option<Deadline>,
}

/// The verdict on `day`, for a timeline to the end of that day. Presumed visits do not count.
pub(crate) fn verdict(promise: &Promise<'_>, path: &Timeline<'_>, procedure: &Procedure, day: Day) -> Verdict {
    let sure = || {
        let status = |visit: &Visit| procedure.statuses.get(usize::from(visit.status));
        let sure = path.from(0).filter(|visit| !visit.presumed);
        sure.filter_map(move |visit| Some((visit, status(visit)?)))
    };
    let since_made = || sure().filter(|(visit, _)| visit.on >= promise.made);
    let kept_on = |on: Day| {
        let late = (promise.deadline_on)(on).is_some_and(|deadline| deadline.has_passed(on));
        if late { Verdict::KeptLate } else { Verdict::Kept }
    };
    // A status reached before the commitment was made counts as planned.
    let here = sure().last().filter(|(visit, _)| visit.on >= promise.made).map(|(_, status)| status);
    let phase = here.map_or(Phase::Planned, |status| status.phase);
    let is_final = here.is_some_and(|status| status.is_final);
    let abandoned = here.is_some_and(|status| status.abandoned);

    if promise.obligation == Obligation::Position {
        return match phase {
            Phase::Failed => Verdict::Broken,
            Phase::Superseded => Verdict::Released,
            Phase::Planned | Phase::Active | Phase::Stalled | Phase::Achieved => Verdict::Holding,
        };
    }
    if promise.obligation == Obligation::Consideration
        && let Some((decided, _)) = since_made().find(|(_, status)| status.decided || status.phase == Phase::Achieved)
    {
        return kept_on(decided.on);
    }
    // The day since which the commitment is achieved. A reopening step to an achieved status sets a
    // new day. A superseded commitment stays achieved.
    let achieved = since_made().fold(None, |achieved: Option<Day>, (visit, status)| match status.phase {
        Phase::Achieved if !visit.reopened => achieved.or(Some(visit.on)),
        Phase::Achieved => Some(visit.on),
        Phase::Superseded => achieved,
        Phase::Planned | Phase::Active | Phase::Stalled | Phase::Failed => None,
    });
    let overdue = (promise.deadline_on)(day).is_some_and(|deadline| deadline.has_passed(day));
    let unless_overdue = |verdict| if overdue { Verdict::Overdue } else { verdict };
    match phase {
        Phase::Planned => unless_overdue(Verdict::Pending),
        Phase::Active if promise.obligation == Obligation::Conduct => Verdict::InProgress,
        Phase::Active => unless_overdue(Verdict::InProgress),
        Phase::Failed if is_final => match promise.obligation {
            Obligation::Conduct if !abandoned => Verdict::Unfulfilled,
            _ => Verdict::Broken,
        },
        Phase::Stalled | Phase::Failed => unless_overdue(Verdict::Stalled),
        Phase::Achieved => kept_on(achieved.unwrap_or(day)),
        Phase::Superseded => achieved.map_or(Verdict::Released, kept_on),
    }
}
