//! The desk that writes the ledger.
//!
//! The story is written topic by topic, but a ledger is written in chronological order: an entry
//! cannot be recorded before the newest one. So the desk first collects all entries, sorts them by
//! the time of recording, and then appends them.

use servanda::{
    Batch, Date, Day, FixedTime, Moment, Remark, Result, Tracker,
    facts::{CommitmentBuilder, FactBuilder},
};

/// The first day on which the desk recorded entries.
const FIRST_DAY: &str = "2013-01-19";

const MADE_UP: &str = "Times of recording are made up";

const HOW: &str = "This ledger is an example, put together years later. Its times of recording are made up by \
                   a rule: the desk writes at 09:00 UTC on the day after an act, or after the last day of the \
                   month or year where no day is known, each entry a microsecond after the one before. It \
                   began on 19 January 2013, and entered on that day whatever had happened earlier.";

/// The collected batches, each with the moment at which it is recorded.
#[derive(Default)]
pub(crate) struct Desk {
    batches: Vec<(Moment, Batch)>,
}

impl Desk {
    /// Adds a fact that took effect on this day, or in this month or year.
    pub(crate) fn on<F>(&mut self, date: &str, fact: FactBuilder<F>) -> Result<()>
    where
        FactBuilder<F>: Into<Batch>,
    {
        let date: Date = date.parse()?;
        self.batches.push((morning_after(date.last_day())?, fact.on(date).into()));
        Ok(())
    }

    /// Adds a batch that has no day of its own, such as a definition, on the day on which it became
    /// known.
    pub(crate) fn add(&mut self, day: &str, batch: impl Into<Batch>) -> Result<()> {
        self.batches.push((morning_after(day.parse()?)?, batch.into()));
        Ok(())
    }

    /// Registers a commitment. If it is not part of another one, a remark explains that its times
    /// of recording are made up.
    pub(crate) fn register(&mut self, day: &str, commitment: CommitmentBuilder) -> Result<()> {
        let commitment = commitment.build()?;
        let explanation = Remark::builder(&commitment.id, MADE_UP).on(day).noting(HOW);
        match commitment.part_of {
            None => self.add(day, Batch::from(commitment).and(explanation)),
            Some(_) => self.add(day, commitment),
        }
    }

    /// Appends all batches in chronological order. Batches of the same moment keep the order in
    /// which they were added.
    pub(crate) fn into_tracker(mut self) -> Result<Tracker> {
        self.batches.sort_by_key(|(moment, _)| *moment);
        let tracker = Tracker::in_memory("desk")?;
        for (moment, batch) in self.batches {
            tracker.clone().with_time(FixedTime(moment)).append(batch)?;
        }
        Ok(tracker)
    }
}

/// The moment at which the desk records an event of this day.
fn morning_after(happened: Day) -> Result<Moment> {
    let next = happened.plus_days(1).unwrap_or(happened);
    let day = next.max(FIRST_DAY.parse()?);
    Ok(format!("{day}T09:00:00.000000Z").parse()?)
}
