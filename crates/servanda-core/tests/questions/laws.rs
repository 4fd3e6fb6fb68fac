//! Property tests for questions about many commitments at once.
//!
//! They run on ledgers that several people write.

use crate::generate::{COMMITMENTS, World, at, config, day, merged, worlds};
use proptest::prelude::*;
use servanda_core::{Delta, EntryId, Fact, Filter, Ledger, LogFilter, Logged, Moment, Phase, Standing, Summary, View};

/// A day and a moment of a generated world. A negative moment means now.
fn views() -> impl Strategy<Value = (u32, i64)> {
    (prop_oneof![0..200_u32, Just(800)], prop_oneof![Just(-1_i64), 0..40_000_i64, Just(60_000)])
}

fn view(ledger: &Ledger, (n, seconds): (u32, i64)) -> View<'_> {
    let view = ledger.view_on(day(n)).unwrap();
    if seconds < 0 { view } else { view.known_at(at(seconds)).unwrap() }
}

/// The standing of each commitment, without the day and the moment of the view.
fn standings(view: &View<'_>) -> Vec<Option<Standing>> {
    let same = |mut standing: Standing| {
        (standing.known_at, standing.on) = (None, day(0));
        standing
    };
    COMMITMENTS.iter().map(|id| view.standing(id).ok().map(same)).collect()
}

/// The commitments whose standings differ between two views.
fn differing(before: &View<'_>, after: &View<'_>) -> Vec<&'static str> {
    let both = standings(before).into_iter().zip(standings(after));
    let mut ids: Vec<&str> = both.zip(COMMITMENTS).filter(|((b, a), _)| b != a).map(|(_, id)| id).collect();
    ids.sort_unstable();
    ids
}

fn changed(before: &View<'_>, after: &View<'_>) -> Vec<String> {
    let changes = after.changes_since(before, &Filter::default());
    changes.commitments.into_iter().map(|change| change.commitment.to_string()).collect()
}

/// Applies a delta to a list.
fn applied<T: Clone + PartialEq>(before: &[T], delta: &Delta<T>) -> Vec<T> {
    let kept = before
        .iter()
        .filter(|one| !delta.removed.contains(one))
        .map(|one| delta.altered.iter().find(|shift| shift.before == *one).map_or(one, |shift| &shift.after).clone());
    kept.chain(delta.added.iter().cloned()).collect()
}

fn same_elements<T: PartialEq + std::fmt::Debug>(one: &[T], other: &[T]) -> bool {
    one.len() == other.len() && one.iter().all(|element| other.contains(element))
}

/// The recording moments of all entries of a ledger, and the microseconds before and after each.
fn moments(ledger: &Ledger) -> Vec<Moment> {
    let around = |moment: Moment| [-1, 0, 1].map(|micros| Moment::from_micros(moment.micros() + micros).unwrap());
    ledger.entries().flat_map(|entry| around(entry.recorded_at())).collect()
}

proptest! {
    #![proptest_config(config(40))]

    #[test]
    fn a_filter_with_alternatives_accepts_what_one_of_them_accepts(world in worlds(20), asked in views()) {
        let ledger = world.all();
        let view = view(&ledger, asked);
        let phases = [Phase::Planned, Phase::Stalled, Phase::Achieved];
        let either = Filter::default().and_one_of(phases.map(|phase| Filter::default().phase(phase)));
        let by_phase = |standing: &Standing| standing.phase.is_some_and(|phase| phases.contains(&phase));
        let all = view.standings(&Filter::default());
        let expected: Vec<Standing> = all.iter().filter(|standing| by_phase(standing)).cloned().collect();
        prop_assert_eq!(view.standings(&either), expected);
        prop_assert!(view.standings(&Filter::default().and_one_of([])).is_empty());
    }

    #[test]
    fn what_is_found_has_every_word(world in worlds(20), asked in views()) {
        let ledger = world.all();
        let view = view(&ledger, asked);
        prop_assert_eq!(view.find("", &Filter::default()).len(), view.summaries(&Filter::default()).len());
        for summary in view.summaries(&Filter::default()) {
            let words = format!("{} {}", summary.title.as_str().to_uppercase(), summary.commitment);
            let found = view.find(&words, &Filter::default());
            prop_assert_eq!(found.iter().filter(|found| found.commitment == summary.commitment).count(), 1);
        }
        prop_assert!(view.find("no-such-word", &Filter::default()).is_empty());
    }
}

proptest! {
    #![proptest_config(config(150))]

    #[test]
    fn a_summary_agrees_with_the_full_standing(world in worlds(40), asked in views(), phase in prop::option::of(0..Phase::ALL.len())) {
        let ledger = world.all();
        let view = view(&ledger, asked);
        let filter = phase.map_or_else(Filter::default, |index| Filter::default().phase(Phase::ALL[index]));
        let of_standings: Vec<Summary> = view.standings(&filter).into_iter().map(Summary::from).collect();
        prop_assert_eq!(view.summaries(&filter), of_standings);
    }

    #[test]
    fn cached_answers_equal_freshly_computed_ones(
        world in worlds(40),
        late in prop::collection::vec(prop_oneof![5 => Just(false), 1 => Just(true)], 64),
        n in 0..200_u32,
    ) {
        let all = world.all();
        let mut left: Vec<_> = all.entries().cloned().collect();
        let mut ledger = Ledger::new();
        for pair in late.into_iter().cycle().take(left.len()).collect::<Vec<_>>().chunks(2) {
            // The entries mostly arrive in the order of recording, for which the cache is made, and
            // sometimes not.
            let next = pair.iter().map(|late| left.remove(if *late { left.len() / 2 } else { 0 }));
            ledger.merge_entries(next);
            let rebuilt = merged(&[&ledger]);
            let (before, after) = (ledger.view_on(day(n)).unwrap(), ledger.view_on(day(n + 5)).unwrap());
            let all = Filter::default();
            let replayed = rebuilt.view_on(day(n + 5)).unwrap().standings(&all).into_iter().map(Summary::from);
            prop_assert_eq!(after.summaries(&all), replayed.collect::<Vec<_>>());
            prop_assert_eq!(changed(&before, &after), differing(&before, &after));
        }
    }

    #[test]
    fn there_are_changes_exactly_where_standings_differ(world in worlds(40), before in views(), after in views()) {
        let ledger = world.all();
        let (before, after) = (view(&ledger, before), view(&ledger, after));
        prop_assert_eq!(changed(&before, &after), differing(&before, &after));
        prop_assert_eq!(changed(&after, &before), differing(&after, &before));
        prop_assert!(changed(&after, &after).is_empty());
    }

    #[test]
    fn there_are_changes_exactly_where_standings_differ_on_one_day(world in worlds(40), n in 0..200_u32, a: prop::sample::Index, b: prop::sample::Index) {
        let ledger = world.all();
        let moments = moments(&ledger);
        let known = |index: prop::sample::Index| ledger.view_on(day(n)).unwrap().known_at(moments[index.index(moments.len())]).unwrap();
        for (before, after) in [(known(a), known(b)), (known(a), ledger.view_on(day(n)).unwrap()), (ledger.view_on(day(n)).unwrap(), known(b))] {
            prop_assert_eq!(changed(&before, &after), differing(&before, &after));
        }
    }

    #[test]
    fn there_are_changes_exactly_where_standings_differ_from_day_to_day(world in worlds(30), from in 0..150_u32) {
        let ledger = world.all();
        for n in from..from + 50 {
            let (before, after) = (ledger.view_on(day(n)).unwrap(), ledger.view_on(day(n + 1)).unwrap());
            prop_assert_eq!(changed(&before, &after), differing(&before, &after), "on day {}", n + 1);
        }
    }

    #[test]
    fn changes_between_two_ledgers_are_where_their_standings_differ(world in worlds(40), n in 0..200_u32) {
        let World { devices: [one, other, _], .. } = &world;
        let both = merged(&[one, other]);
        for (before, after) in [(one, other), (one, &both)] {
            let (before, after) = (before.view_on(day(n)).unwrap(), after.view_on(day(n)).unwrap());
            prop_assert_eq!(changed(&before, &after), differing(&before, &after));
        }
    }

    #[test]
    fn applying_the_changes_to_one_standing_gives_the_other(world in worlds(40), before in views(), after in views()) {
        let ledger = world.all();
        let (before, after) = (view(&ledger, before), view(&ledger, after));
        for change in after.changes_since(&before, &Filter::default()).commitments {
            let id = change.commitment.as_str();
            let (Ok(then), Ok(now)) = (before.standing(id), after.standing(id)) else {
                prop_assert!(change.registered.is_some());
                continue;
            };
            prop_assert!(same_elements(&applied(&then.history, &change.steps), &now.history));
            prop_assert!(same_elements(&applied(&then.remarks, &change.remarks), &now.remarks));
            prop_assert!(same_elements(&applied(&then.links, &change.links), &now.links));
            prop_assert!(same_elements(&applied(&then.deadlines, &change.deadlines), &now.deadlines));
            prop_assert!(same_elements(&applied(&then.deposits, &change.deposits), &now.deposits));
            prop_assert!(same_elements(&applied(&then.retracted, &change.retracted), &now.retracted));
            prop_assert!(same_elements(&applied(&then.clocks, &change.clocks), &now.clocks));
            prop_assert_eq!(change.status.map_or(then.status, |shift| shift.after), now.status);
            prop_assert_eq!(change.phase.map_or(then.phase, |shift| shift.after), now.phase);
            prop_assert_eq!(change.verdict.map_or(then.verdict, |shift| shift.after), now.verdict);
            prop_assert_eq!(change.deadline.map_or(then.deadline, |shift| shift.after), now.deadline);
            prop_assert_eq!(change.since.map_or(then.since, |shift| shift.after), now.since);
            prop_assert_eq!(change.presumed.map_or(then.presumed, |shift| shift.after), now.presumed);
            prop_assert_eq!(change.reason.map_or(then.reason, |shift| shift.after), now.reason);
            prop_assert_eq!(change.topics.map_or(then.topics, |shift| shift.after), now.topics);
        }
    }

    #[test]
    fn the_log_has_every_entry_exactly_once_and_the_newest_first(world in worlds(40), seconds in 0..60_000_i64, limit in 0..20_u32) {
        let ledger = world.all();
        let view = ledger.view_on(day(100)).unwrap();
        let log = view.log(&LogFilter::default());
        let mut newest_first: Vec<EntryId> = ledger.entries().map(servanda_core::Entry::id).collect();
        newest_first.reverse();
        prop_assert_eq!(ids(&log), newest_first);

        // Every filter gives a part of the log, in the same order.
        let moment = at(seconds);
        let part = |filter: &LogFilter| log.iter().filter(|logged| filter.allows(&logged.entry)).cloned().collect::<Vec<_>>();
        for commitment in COMMITMENTS {
            let filter = LogFilter::default().commitment(commitment.parse().unwrap()).until(moment);
            prop_assert_eq!(view.log(&filter), part(&filter));
        }
        for filter in [LogFilter::default().since(moment), LogFilter::default().recorded_by("elsewhere".parse().unwrap())] {
            prop_assert_eq!(view.log(&filter), part(&filter));
        }
        let limited = view.log(&LogFilter::default().limit(limit));
        prop_assert_eq!(&limited[..], &log[..log.len().min(limit as usize)]);
    }

    #[test]
    fn a_log_as_known_at_a_moment_is_that_of_the_entries_of_that_time(world in worlds(40), index: prop::sample::Index) {
        let ledger = world.all();
        let moments = moments(&ledger);
        let moment = moments[index.index(moments.len())];
        let then = ledger.view_on(day(100)).unwrap().known_at(moment).unwrap();
        let log = then.log(&LogFilter::default());
        prop_assert!(log.iter().all(|logged| logged.entry.recorded_at() <= moment));
        let mut known = Ledger::new();
        known.merge_entries(log.iter().map(|logged| logged.entry.clone()));
        prop_assert_eq!(known.view_on(day(100)).unwrap().log(&LogFilter::default()), log);
    }

    #[test]
    fn the_corrections_of_a_standing_are_the_retractions_that_count(world in worlds(40), asked in views()) {
        let ledger = world.all();
        let view = view(&ledger, asked);
        let conflicts: Vec<EntryId> = view.conflicts().into_iter().map(|conflict| conflict.entry).collect();
        for commitment in COMMITMENTS {
            let log = view.log(&LogFilter::default().commitment(commitment.parse().unwrap()));
            // A retraction counts if it is not retracted itself, and fits with the other entries.
            let counting = log.iter().filter(|logged| logged.retracted.is_none() && !conflicts.contains(&logged.entry.id()));
            let mut targets: Vec<EntryId> = counting.filter_map(|logged| match logged.entry.fact() {
                Fact::Retract(retract) => Some(retract.entry),
                _ => None,
            }).collect();
            targets.sort();
            targets.dedup();
            let mut retracted = ids(&log.iter().filter(|logged| logged.retracted.is_some()).cloned().collect::<Vec<_>>());
            retracted.sort();
            prop_assert_eq!(&retracted, &targets);
            let Ok(standing) = view.standing(commitment) else { continue };
            prop_assert_eq!(standing.corrections as usize, targets.len());
            let mut listed: Vec<EntryId> = standing.retracted.iter().map(|retracted| retracted.entry).collect();
            listed.sort();
            prop_assert_eq!(listed, targets);
            let of_log = |entry: EntryId| log.iter().find(|logged| logged.entry.id() == entry).and_then(|logged| logged.retracted.clone());
            prop_assert!(standing.retracted.iter().all(|retracted| of_log(retracted.entry).as_ref() == Some(&retracted.retraction)));
        }
    }
}

fn ids(log: &[Logged]) -> Vec<EntryId> {
    log.iter().map(|logged| logged.entry.id()).collect()
}
