//! Property tests: intervals say what standings say, on every day and as known at any moment.

#![allow(clippy::unwrap_used)]
// Each file of tests uses a part of the generators.
#![allow(dead_code, unused_imports)]

mod generate;

use std::collections::BTreeSet;

use generate::{config, days, shuffled, worlds};
use proptest::prelude::*;
use servanda_core::{Filter, Interval, Moment, Standing, View};

/// Whether an interval says the same as a standing.
fn agree(interval: &Interval, standing: &Standing) -> bool {
    interval.deadline == standing.deadline
        && interval.may_have.iter().eq(standing.may_have.iter().map(|step| &step.status))
        && interval.phase == standing.phase
        && interval.presumed == standing.presumed
        && interval.since == standing.since
        && interval.status == standing.status
        && interval.timeliness == standing.timeliness
        && interval.verdict == standing.verdict
}

fn check(view: View<'_>) -> Result<(), TestCaseError> {
    for day in days() {
        for standing in view.on(day).unwrap().standings(&Filter::default()) {
            let intervals = view.intervals(&standing.commitment).unwrap();
            let interval = intervals.iter().rev().find(|interval| interval.first <= day).unwrap();
            prop_assert!(agree(interval, &standing), "on {day}: {interval:?} and {standing:?}");
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(config(30))]

    #[test]
    fn intervals_agree_with_standings_on_every_day(world in worlds(25), seed: u64) {
        let ledger = world.all();
        check(ledger.view_on("2013-01-01").unwrap())?;
        let moments: BTreeSet<Moment> = ledger.entries().map(|entry| entry.recorded_at()).collect();
        for moment in shuffled(moments, seed).into_iter().take(3) {
            check(ledger.view_on("2013-01-01").unwrap().known_at(moment).unwrap())?;
        }
    }
}
