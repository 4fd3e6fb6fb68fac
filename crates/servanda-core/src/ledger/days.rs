//! An index of the days on which the standing of a commitment can change.

use crate::entry::{Entry, Fact, Kind, RegisteredTerms, read_part};
use crate::ledger::Ledger;
use crate::value::{Date, Day, Deadline, Slug};

/// The number of commitments that may get new entries before the index is built again.
const MAX_TOUCHED: usize = 4096;

/// For each day, the commitments that may change on it, according to all entries on the ledger. It
/// can list too many commitments, but never too few.
#[derive(Clone, Debug, Default)]
pub(super) struct Days {
    /// The days with the indexes of the commitments, sorted.
    happening: Vec<(Day, u32)>,
    /// The commitments whose days cannot be computed in advance.
    restless: Vec<u32>,
    /// The commitments that got new entries since the index was built.
    touched: Vec<u32>,
}

/// The commitments that may change within some days, each once.
pub(crate) struct Candidates<'a> {
    /// Commitments for which the index has such a day.
    pub(crate) sure: Vec<&'a Slug>,
    /// Commitments for which the caller has to check.
    pub(crate) doubtful: Vec<&'a Slug>,
}

impl Days {
    pub(super) fn of(ledger: &Ledger) -> Self {
        let mut days = Self::default();
        for (index, commitment) in ledger.logs.indexed() {
            let mut add = |day: Day| days.happening.push((day, index));
            ledger.about(commitment.as_str()).for_each(|entry| of_entry(entry, &mut add));
            let clocks =
                ledger.cached(commitment.as_str()).map(|cached| cached.clock_days(commitment, ledger.definitions()));
            match clocks {
                Some(Some(clocks)) => clocks.into_iter().for_each(add),
                Some(None) => days.restless.push(index),
                None => {}
            }
        }
        days.happening.sort_unstable();
        days.happening.dedup();
        days
    }

    /// Records that an entry about a commitment was added. Returns false if the index has become
    /// useless and should be dropped.
    pub(super) fn touch(&mut self, index: u32) -> bool {
        if self.touched.last() != Some(&index) {
            self.touched.push(index);
        }
        self.touched.len() <= MAX_TOUCHED
    }

    /// Returns the indexes of the commitments that may change after the first day and up to the
    /// last. The second list has those that the caller has to check.
    pub(super) fn between(&self, first: Day, last: Day) -> (Vec<u32>, Vec<u32>) {
        let start = self.happening.partition_point(|(day, _)| *day <= first);
        let end = self.happening.partition_point(|(day, _)| *day <= last);
        let sure = self.happening.get(start..end).unwrap_or_default().iter().map(|(_, index)| *index);
        (sure.collect(), self.restless.iter().chain(&self.touched).copied().collect())
    }
}

/// The days on which an entry alone can make a difference.
pub(super) fn of_entry(entry: &Entry, add: &mut impl FnMut(Day)) {
    let mut date = |date: Date| [date.first_day(), date.last_day()].map(&mut *add);
    entry.on().map(&mut date);
    let mut passed = None;
    match entry.kind {
        Kind::Register => {
            let Some(terms) = read_part::<RegisteredTerms>(entry) else { return };
            date(terms.made);
            terms.opening.map(|opening| date(opening.on));
            passed = terms.deadline;
        }
        Kind::Reschedule => {
            if let Fact::Reschedule(reschedule) = entry.fact() {
                passed = Some(reschedule.deadline);
            }
        }
        Kind::Assign => {
            if let Fact::Assign(crate::Assign { until: Some(until), .. }) = entry.fact() {
                date(until);
            }
        }
        _ => {}
    }
    let passed = passed.map(Deadline::date).map(|date| [date.first_day(), date.last_day()]);
    passed.into_iter().flatten().filter_map(|day| day.plus_days(1)).for_each(add);
}
