//! On which days something happens to which commitment.

use crate::entry::{Entry, Fact, Kind, RegisteredTerms, read_part};
use crate::ledger::Ledger;
use crate::value::{Date, Day, Deadline, Slug};

/// How many commitments may have been written about before it is found out anew.
const MAX_TOUCHED: usize = 4096;

/// For each day the commitments to which something may happen on it, by all that the ledger holds. There may be more of them than
/// there need to be, but none is missing.
#[derive(Clone, Debug, Default)]
pub(super) struct Days {
    /// The days and the commitments' indexes, in order.
    happening: Vec<(Day, u32)>,
    /// The commitments of which that cannot be told day by day.
    restless: Vec<u32>,
    /// The commitments about which entries came in since.
    touched: Vec<u32>,
}

/// The commitments to which something may happen within some days, each once.
pub(crate) struct Candidates<'a> {
    /// Those of which it is known that something does.
    pub(crate) sure: Vec<&'a Slug>,
    /// Those that have to be looked at.
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

    /// Takes note that an entry about a commitment came in, and says whether it is still worth to keep what was found out.
    pub(super) fn touch(&mut self, index: u32) -> bool {
        if self.touched.last() != Some(&index) {
            self.touched.push(index);
        }
        self.touched.len() <= MAX_TOUCHED
    }

    /// The indexes of the commitments to which something may happen after the first day and by the last, and of those of which that
    /// has to be looked at.
    pub(super) fn between(&self, first: Day, last: Day) -> (Vec<u32>, Vec<u32>) {
        let start = self.happening.partition_point(|(day, _)| *day <= first);
        let end = self.happening.partition_point(|(day, _)| *day <= last);
        let sure = self.happening.get(start..end).unwrap_or_default().iter().map(|(_, index)| *index);
        (sure.collect(), self.restless.iter().chain(&self.touched).copied().collect())
    }
}

/// The days on which an entry by itself makes a difference.
fn of_entry(entry: &Entry, add: &mut impl FnMut(Day)) {
    let mut date = |date: Date| [date.first_day(), date.last_day()].map(&mut *add);
    entry.on().map(&mut date);
    let mut passed = None;
    match entry.kind {
        Kind::Register => {
            let Some(terms) = read_part::<RegisteredTerms>(entry) else { return };
            date(terms.made.into());
            terms.opening.map(|opening| date(opening.on));
            passed = terms.deadline;
        }
        Kind::Reschedule => {
            if let Fact::Reschedule(reschedule) = entry.fact() {
                passed = Some(reschedule.deadline);
            }
        }
        _ => {}
    }
    passed.map(Deadline::date).and_then(|date| date.last_day().plus_days(1)).map(add);
}
