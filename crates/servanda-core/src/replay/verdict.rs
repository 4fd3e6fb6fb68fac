//! The verdict on a commitment.

use serde::{Deserialize, Serialize};

use super::timeliness::{Deadlines, Timeliness};
use crate::entry::Obligation;
use crate::procedure::{Phase, Procedure, Status};
use crate::replay::{Timeline, Visit};
use crate::value::{Date, Day};

/// What became of a commitment. It follows from the history; it is derived, never recorded.
///
/// The verdict says nothing about the deadline. That is its [`Timeliness`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Nobody has looked yet.
    Unrated,
    /// Nothing has been done yet.
    Pending,
    /// It is being done.
    InProgress,
    /// It is held up.
    Stalled,
    /// The commitment was kept.
    Kept,
    /// The commitment was kept in part.
    PartlyKept,
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
        Self::Unrated,
        Self::Pending,
        Self::InProgress,
        Self::Stalled,
        Self::Kept,
        Self::PartlyKept,
        Self::Broken,
        Self::Unfulfilled,
        Self::Released,
        Self::Holding,
    ];

    /// The word for the verdict, as in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unrated => "unrated",
            Self::Pending => "pending",
            Self::InProgress => "in-progress",
            Self::Stalled => "stalled",
            Self::Kept => "kept",
            Self::PartlyKept => "partly-kept",
            Self::Broken => "broken",
            Self::Unfulfilled => "unfulfilled",
            Self::Released => "released",
            Self::Holding => "holding",
        }
    }
}
word!(Verdict);

/// The obligation of a commitment, with its date and its deadlines.
pub(crate) struct Promise<'a> {
    pub(crate) obligation: Obligation,
    /// The date on which the commitment was made.
    pub(crate) made: Date,
    /// Whether the history opens when the commitment is made, so that every step comes later.
    pub(crate) opens_when_made: bool,
    pub(crate) deadlines: &'a Deadlines,
}

/// The verdict and the timeliness of a commitment on a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Judgement {
    /// `None` if the commitment had not been made yet, or if imprecise dates allow several.
    pub(crate) verdict: Option<Verdict>,
    pub(crate) timeliness: Option<Timeliness>,
}

/// A verdict, with the index of the visit that kept the commitment, if it was kept.
type Outcome = (Verdict, Option<usize>);

impl Promise<'_> {
    /// Judges the commitment at the end of `day`, by the visits that are certain by then. The other
    /// visits in `possible` may have happened too. Presumed visits do not count.
    pub(crate) fn judge<'a>(
        &self,
        path: &Timeline<'_>,
        possible: impl Iterator<Item = &'a Visit>,
        procedure: &Procedure,
        day: Day,
    ) -> Judgement {
        if day < self.made.last_day() && !(self.opens_when_made && path.len() > 1) {
            return Judgement::default();
        }
        let outcome = self.outcome(path, procedure, |(first, _)| first >= self.made.last_day());
        // If an imprecise date leaves open whether a status was reached before the commitment was
        // made, both must lead to the same verdict.
        let other = self.outcome(path, procedure, |(_, last)| last >= self.made.first_day());
        if outcome != other {
            return Judgement::default();
        }
        let (verdict, kept_by) = outcome;
        let possible: Vec<&Status> =
            possible.filter_map(|visit| procedure.statuses.get(usize::from(visit.status))).collect();
        let timeliness = match (verdict, kept_by.and_then(|index| path.days_of(index))) {
            _ if self.obligation == Obligation::Position => None,
            (Verdict::Pending | Verdict::InProgress | Verdict::Stalled, _) => {
                self.deadlines.of_open(day, possible.iter().any(|status| settles(status)))
            }
            (_, Some((first, last))) => {
                // It may have been reopened since, and kept again.
                let stays = |status: &&Status| status.phase == Phase::Superseded;
                let is_settled = self.obligation == Obligation::Consideration || possible.iter().all(stays);
                let timeliness = self.deadlines.of_kept(first, last);
                timeliness.map(|timeliness| if is_settled { timeliness } else { Timeliness::Unknown })
            }
            (_, None) => None,
        };
        Judgement { verdict: Some(verdict), timeliness }
    }

    /// The verdict, if the statuses reached on days for which `counts` is true were reached since
    /// the commitment was made.
    fn outcome(&self, path: &Timeline<'_>, procedure: &Procedure, counts: impl Fn((Day, Day)) -> bool) -> Outcome {
        let since_made = |index: usize| self.opens_when_made || path.days_of(index).is_some_and(&counts);
        let sure: Vec<(usize, &Visit, &Status)> = path
            .from(0)
            .enumerate()
            .filter(|(_, visit)| !visit.presumed)
            .filter_map(|(index, visit)| Some((index, visit, procedure.statuses.get(usize::from(visit.status))?)))
            .collect();
        let last = sure.last().copied();
        let counting = || sure.iter().copied().filter(|(index, ..)| since_made(*index));
        // A status reached before the commitment was made counts as planned.
        let here = last.filter(|(index, ..)| since_made(*index)).map(|(.., status)| status);
        let phase = here.map_or(Phase::Planned, |status| status.phase);

        if self.obligation == Obligation::Position {
            return (position(phase), None);
        }
        let is_consideration = self.obligation == Obligation::Consideration;
        if is_consideration {
            let decides = |(_, visit, status): &(usize, &Visit, &Status)| {
                (status.decided || status.phase == Phase::Achieved) && visit.sure_status.is_none()
            };
            if let Some((index, _, status)) = counting().find(decides) {
                return (kept(status.partly), Some(index));
            }
        }
        // The visit since which the commitment is achieved, and whether only in part. A step that
        // reopens sets a new one. A superseded commitment stays achieved.
        let achieved =
            counting().fold(None, |achieved: Option<(usize, bool)>, (index, visit, status)| match status.phase {
                Phase::Achieved => achieved
                    .filter(|(_, partly)| *partly == status.partly && !visit.reopened)
                    .or(Some((index, status.partly))),
                Phase::Superseded => achieved,
                Phase::Planned | Phase::Active | Phase::Stalled | Phase::Failed => None,
            });
        let achieved = achieved.filter(|_| !is_consideration).map(|(index, partly)| (kept(partly), Some(index)));
        match phase {
            Phase::Planned if last.is_some_and(|(.., status)| status.unrated) => (Verdict::Unrated, None),
            Phase::Planned => (Verdict::Pending, None),
            Phase::Active => (Verdict::InProgress, None),
            Phase::Failed if here.is_some_and(|status| status.is_final) => match self.obligation {
                Obligation::Conduct if !here.is_some_and(|status| status.abandoned) => (Verdict::Unfulfilled, None),
                _ => (Verdict::Broken, None),
            },
            Phase::Stalled | Phase::Failed => (Verdict::Stalled, None),
            // A consideration gets here only if its decision rests on a presumed status.
            Phase::Achieved => achieved.unwrap_or((Verdict::InProgress, None)),
            Phase::Superseded => achieved.unwrap_or((Verdict::Released, None)),
        }
    }
}

fn kept(partly: bool) -> Verdict {
    if partly { Verdict::PartlyKept } else { Verdict::Kept }
}

fn position(phase: Phase) -> Verdict {
    match phase {
        Phase::Failed => Verdict::Broken,
        Phase::Superseded => Verdict::Released,
        Phase::Planned | Phase::Active | Phase::Stalled | Phase::Achieved => Verdict::Holding,
    }
}

/// Whether a commitment at this status may no longer be pending, in progress or stalled.
fn settles(status: &Status) -> bool {
    match status.phase {
        _ if status.decided || status.unrated => true,
        Phase::Achieved | Phase::Superseded => true,
        Phase::Failed => status.is_final,
        Phase::Planned | Phase::Active | Phase::Stalled => false,
    }
}
