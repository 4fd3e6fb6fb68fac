//! Answers the question "Where did it stand on each day?".

use std::collections::BTreeSet;

use serde::Serialize;

use crate::Result;
use crate::procedure::Phase;
use crate::replay::{Position, Timeliness, Verdict};
use crate::value::{Date, Day, Deadline, Slug};
use crate::view::View;

/// Where a commitment stands from a day on, until the day before the next interval begins.
///
/// The fields are those of a [`Standing`](crate::Standing) with the same names. Fields are in
/// alphabetical order, as in JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Interval {
    /// The deadline in force.
    pub deadline: Option<Deadline>,
    /// The first day of the interval.
    pub first: Day,
    /// The statuses that the commitment may have reached, because the dates of the steps are
    /// imprecise.
    pub may_have: Vec<Slug>,
    /// The phase; `None` if it is unknown.
    pub phase: Option<Phase>,
    /// Whether the status is presumed.
    pub presumed: bool,
    /// The date of the step to the status.
    pub since: Option<Date>,
    /// The status; `None` if it is unknown, and before the history opens.
    pub status: Option<Slug>,
    /// How the verdict relates to the deadline.
    pub timeliness: Option<Timeliness>,
    /// The verdict.
    pub verdict: Option<Verdict>,
}

impl Interval {
    fn of(first: Day, position: Position<'_>) -> Self {
        Self {
            status: position.status().map(|status| status.id.clone()),
            deadline: position.deadline,
            first,
            may_have: position.may_have,
            phase: position.phase,
            presumed: position.presumed,
            since: position.since,
            timeliness: position.judgement.timeliness,
            verdict: position.judgement.verdict,
        }
    }

    /// Whether the two differ only in their first days.
    fn continues(&self, before: &Self) -> bool {
        *before == Self { first: before.first, ..self.clone() }
    }
}

impl View<'_> {
    /// Returns where a commitment stands on every day, as known at the moment of the view: the
    /// first interval begins with the first day that there is, and the last has no end. The day of
    /// the view does not matter.
    ///
    /// ```
    /// use servanda_core::{Advance, Commitment, Ledger, Obligation, Verdict, builtin};
    ///
    /// let visit = Commitment::builder("us/visit", "A visit")
    ///     .procedure(builtin::action())
    ///     .by("us")
    ///     .made("2013-01-18")
    ///     .obligation(Obligation::Result)
    ///     .words("will", ("Remarks", "https://example.org/remarks"))
    ///     .build()?;
    /// let (mut ledger, desk) = (Ledger::new(), "desk".parse()?);
    /// ledger.append(visit, &desk, "2013-01-19T09:00:00.000000Z".parse()?)?;
    /// let done = Advance::builder("us/visit", builtin::action::DONE).on("2013-02-22");
    /// let done = done.citing(("A report", "https://example.org/report"));
    /// ledger.append(done, &desk, "2013-02-23T09:00:00.000000Z".parse()?)?;
    ///
    /// let intervals = ledger.view_on("2013-03-01")?.intervals("us/visit")?;
    /// let shown: Vec<_> = intervals.iter().map(|interval| (interval.first.to_string(), interval.verdict)).collect();
    /// assert_eq!(shown, [
    ///     ("0001-01-01".to_owned(), None),
    ///     ("2013-01-18".to_owned(), Some(Verdict::Pending)),
    ///     ("2013-02-22".to_owned(), Some(Verdict::Kept)),
    /// ]);
    /// # Ok::<(), servanda_core::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `unknown-commitment` if the view has no registration of this commitment.
    pub fn intervals(&self, commitment: impl AsRef<str>) -> Result<Vec<Interval>> {
        let commitment = commitment.as_ref();
        let ledger = self.known.ledger;
        let Some(id) = ledger.commitment(commitment) else { return Err(self.unknown_commitment(commitment)) };
        let definitions = self.known.definitions();
        let folded;
        let cached = match ledger.cached(commitment).filter(|_| self.known.is_whole()) {
            Some(cached) => cached,
            None => match self.known.fold(&definitions, commitment) {
                Ok(fold) => {
                    folded = fold.into_cached();
                    &folded
                }
                Err(_) => return Err(self.unknown_commitment(commitment)),
            },
        };
        let mut days = ledger.days_of_entries(commitment);
        days.insert(Day::FIRST);
        match cached.clock_days(id, &definitions) {
            Some(clocks) => days.extend(clocks),
            None => self.add_days_of_clocks(commitment, &mut days),
        }
        let mut intervals: Vec<Interval> = Vec::new();
        for day in days {
            let interval = Interval::of(day, cached.position(id, day, &definitions));
            if !intervals.last().is_some_and(|before| interval.continues(before)) {
                intervals.push(interval);
            }
        }
        Ok(intervals)
    }

    /// Adds the days on which clocks fire or may fire, for a commitment whose clocks move with what
    /// is known on the day of a view: the standing on each day names further ones.
    fn add_days_of_clocks(&self, commitment: &str, days: &mut BTreeSet<Day>) {
        let mut asked: BTreeSet<Day> = BTreeSet::new();
        while let Some(day) = days.difference(&asked).next().copied() {
            asked.insert(day);
            let Ok(standing) = Self { on: day, ..*self }.standing(commitment) else { continue };
            let clocks = standing.clocks.iter();
            days.extend(clocks.clone().filter_map(|clock| clock.earliest));
            let dates = standing.history.iter().map(|step| step.on).chain(clocks.filter_map(|clock| clock.due));
            days.extend(dates.flat_map(|date| [date.first_day(), date.last_day()]));
        }
    }
}
