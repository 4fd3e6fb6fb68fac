//! Laws of partial ledgers: on any generated ledger, a part gives the same answers as the whole.

#![allow(clippy::panic, clippy::unwrap_used)]

#[path = "../../servanda-core/tests/generate/mod.rs"]
mod generate;

use std::ops::ControlFlow;

use generate::{COMMITMENTS, World, config, days, shuffled, worlds};
use proptest::prelude::*;
use servanda::{Entry, Filter, Ledger, Moment, Tracker};
use tempfile::TempDir;

/// Creates an empty ledger in a SQLite file.
fn database() -> (TempDir, Tracker) {
    let folder = TempDir::new().unwrap();
    let tracker = Tracker::create(folder.path().join("ledger.db"), "desk").unwrap();
    (folder, tracker)
}

fn again(folder: &TempDir) -> Tracker {
    Tracker::open(folder.path().join("ledger.db"), "desk").unwrap()
}

/// Returns the entries in random order, some of them twice.
fn arriving(world: &World, seed: u64) -> Vec<Entry> {
    let ledger = world.all();
    shuffled(ledger.entries().chain(ledger.entries().take(7)).cloned(), seed)
}

/// Compares the standings of a tracker with those of the whole ledger.
fn agree(tracker: &Tracker, whole: &Ledger, known_at: Option<Moment>, seed: u64) {
    for id in shuffled(COMMITMENTS, seed) {
        for day in days() {
            let (view, pure) = (tracker.view().on(day).unwrap(), whole.view_on(day).unwrap());
            let (view, pure) = match known_at {
                Some(moment) => (view.known_at(moment).unwrap(), pure.known_at(moment).unwrap()),
                None => (view, pure),
            };
            assert_eq!(view.standing(id), pure.standing(id), "{id} on {day}");
        }
    }
}

proptest! {
    #![proptest_config(config(24))]

    #[test]
    fn a_standing_from_a_partial_ledger_equals_that_of_the_whole(world in worlds(40), seed: u64) {
        let (folder, tracker) = database();
        let whole = world.all();
        tracker.merge(arriving(&world, seed)).unwrap();
        let moments: Vec<Moment> = whole.entries().map(Entry::recorded_at).collect();
        agree(&again(&folder), &whole, None, seed);
        for moment in moments.iter().step_by(1 + moments.len() / 3) {
            agree(&again(&folder), &whole, Some(*moment), seed);
        }
        prop_assert_eq!(again(&folder).digest().unwrap(), whole.digest());
        prop_assert_eq!(&*again(&folder).verify(|_| ControlFlow::Continue(())).unwrap(), &whole);
        let view = again(&folder).view().on(generate::day(170)).unwrap();
        prop_assert_eq!(view.standings(&Filter::default()).unwrap(), whole.view_on(view.day()).unwrap().standings(&Filter::default()));
        prop_assert_eq!(view.conflicts().unwrap(), whole.view_on(view.day()).unwrap().conflicts());
    }

    #[test]
    fn followers_agree_after_each_refresh(world in worlds(30), seed: u64) {
        let (folder, tracker) = database();
        // The first follower has queried a commitment before it was registered, the second queries
        // each from the beginning, and the third has read everything.
        let followers = [again(&folder), again(&folder), again(&folder)];
        for (follower, looked_at) in followers.iter().zip([&COMMITMENTS[..1], &COMMITMENTS[..], &[]]) {
            looked_at.iter().for_each(|id| _ = follower.view().standing(id));
        }
        followers[2].ledger().unwrap();
        let mut arrived = Ledger::new();
        for some in arriving(&world, seed).chunks(6) {
            arrived.merge_entries(some.iter().cloned());
            tracker.merge(some.iter().cloned()).unwrap();
            for follower in followers.iter().chain([&tracker]) {
                follower.refresh().unwrap();
                for id in COMMITMENTS {
                    let (view, pure) = (follower.view().on(generate::day(120)).unwrap(), arrived.view_on(generate::day(120)).unwrap());
                    prop_assert_eq!(view.standing(id), pure.standing(id));
                    prop_assert_eq!(view.procedures().unwrap(), pure.procedures());
                }
            }
        }
        for follower in &followers {
            prop_assert_eq!(follower.digest().unwrap(), arrived.digest());
        }
    }
}
