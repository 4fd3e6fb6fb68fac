//! The desk that keeps the ledger.
//!
//! The story is told topic by topic, but a ledger is written in the order of time: nothing can be recorded before what
//! it already holds. So the desk first collects everything, and then writes it down day after day.

use servanda::{Batch, Commitment, Date, Day, Draft, FixedTime, Moment, Remark, Result, Tracker};

/// The first day on which the desk wrote anything down.
const FIRST_DAY: &str = "2013-01-19";

const MADE_UP: &str = "Times of recording are made up";

const HOW: &str = "This ledger is an example, put together years later. Its times of recording are made up by \
                   a rule: the desk writes at 09:00 UTC on the day after an act, or after the last day of the \
                   month or year where no day is known, each entry a microsecond after the one before. It \
                   began on 19 January 2013, and entered on that day whatever had happened earlier.";

/// Everything the desk is going to write down, each with the moment at which it does.
#[derive(Default)]
pub(crate) struct Desk {
    notes: Vec<(Moment, Batch)>,
}

impl Desk {
    /// Takes note of a fact, effective on this day, or in this month or year.
    pub(crate) fn on<F>(&mut self, date: &str, fact: Draft<F>) -> Result<()>
    where
        Draft<F>: Into<Batch>,
    {
        let date: Date = date.parse()?;
        self.notes.push((morning_after(date.last_day())?, fact.on(date).into()));
        Ok(())
    }

    /// Takes note of what has no day of its own, such as a definition, on the day on which it became known.
    pub(crate) fn take(&mut self, day: &str, batch: impl Into<Batch>) -> Result<()> {
        self.notes.push((morning_after(day.parse()?)?, batch.into()));
        Ok(())
    }

    /// Registers a commitment. One that is not a piece of a larger one also says how its times of recording came about.
    pub(crate) fn register(&mut self, day: &str, commitment: Commitment) -> Result<()> {
        let explanation = Remark::new(&commitment.id, MADE_UP).on(day.parse::<Day>()?).noting(HOW);
        match commitment.part_of {
            None => self.take(day, Batch::from(commitment).and(explanation)),
            Some(_) => self.take(day, commitment),
        }
    }

    /// Writes everything down, in the order of time. What has the same moment keeps the order of the story.
    pub(crate) fn write_down(mut self) -> Result<Tracker> {
        self.notes.sort_by_key(|(moment, _)| *moment);
        let tracker = Tracker::in_memory("desk");
        for (moment, batch) in self.notes {
            tracker.clone().with_time(FixedTime(moment)).append(batch)?;
        }
        Ok(tracker)
    }
}

/// The moment at which the desk writes down what happened on a day.
fn morning_after(happened: Day) -> Result<Moment> {
    let next = happened.plus_days(1).unwrap_or(happened);
    let day = next.max(FIRST_DAY.parse()?);
    Ok(format!("{day}T09:00:00.000000Z").parse()?)
}
