//! The law of imprecise dates: no answer from a history with imprecise dates contradicts the answer
//! from the same history with exact dates.

#![allow(clippy::unwrap_used)]

mod common;

use std::collections::BTreeSet;

use common::{COMMITMENT, Desk, source};
use proptest::prelude::*;
use servanda_core::{
    Advance, Commitment, Date, Day, Filter, Obligation, Procedure, Standing, Summary, Timeliness, builtin,
};

/// How much of the day of a step is known.
#[derive(Clone, Copy, Debug)]
enum Known {
    Day,
    Month,
    Year,
    /// A range that begins so many days before, and ends so many days after.
    Range(u32, u32),
}

impl Known {
    fn of(self, day: Day) -> Date {
        let text = day.to_string();
        match self {
            Self::Day => day.into(),
            Self::Month => text[..7].parse().unwrap(),
            Self::Year => text[..4].parse().unwrap(),
            Self::Range(before, after) => {
                let first = (0..before).try_fold(day, |day, _| day.previous()).unwrap();
                Date::between(first, day.plus_days(after).unwrap())
            }
        }
    }
}

fn known() -> impl Strategy<Value = Known> {
    prop_oneof![
        3 => Just(Known::Day),
        3 => Just(Known::Month),
        1 => Just(Known::Year),
        3 => (0..20_u32, 0..20_u32).prop_map(|(before, after)| Known::Range(before, after)),
    ]
}

/// A step: which of the possible ones, how many days later, and how much of its day is known.
type Choice = (usize, u32, Known);

#[derive(Clone, Debug)]
struct History {
    procedure: usize,
    obligation: Obligation,
    made: Known,
    deadline: Option<u32>,
    choices: Vec<Choice>,
}

fn histories() -> impl Strategy<Value = History> {
    let choice = (0..8_usize, 1..45_u32, known());
    let obligation = prop::sample::select(vec![Obligation::Result, Obligation::Conduct, Obligation::Consideration]);
    (0..5_usize, obligation, known(), prop::option::of(0..200_u32), prop::collection::vec(choice, 1..6)).prop_map(
        |(procedure, obligation, made, deadline, choices)| History { procedure, obligation, made, deadline, choices },
    )
}

fn procedure(index: usize) -> &'static Procedure {
    [
        builtin::action(),
        builtin::pledge(),
        builtin::diet_treaty_approval(),
        builtin::base_realignment(),
        builtin::trade_agreement(),
    ][index]
}

/// The two ledgers, with exact and with imprecise dates, and the days worth asking about.
struct Pair {
    exact: Desk,
    imprecise: Desk,
    days: BTreeSet<Day>,
}

fn pair(history: &History) -> Option<Pair> {
    let procedure = procedure(history.procedure);
    let made: Day = "2013-02-10".parse().unwrap();
    let registered = |date: Date| {
        let commitment = Commitment::builder(COMMITMENT, "A word given")
            .procedure(procedure)
            .by("jp")
            .made(date)
            .obligation(history.obligation)
            .words("we shall see", source());
        match history.deadline {
            Some(days) => commitment.deadline(made.plus_days(days + 40).unwrap()),
            None => commitment,
        }
    };
    let mut pair = Pair { exact: Desk::default(), imprecise: Desk::default(), days: BTreeSet::from([made]) };
    let made_on = history.made.of(made);
    pair.exact.append(registered(made.into()));
    // A deadline before an imprecise date of the promise is refused, and rightly so.
    pair.imprecise.try_append(registered(made_on)).ok()?;
    let mut day = made;
    for (choice, later, known) in &history.choices {
        day = day.plus_days(*later)?;
        let standing = pair.exact.standing(&day.to_string());
        if standing.next.is_empty() {
            break;
        }
        let next = &standing.next[choice % standing.next.len()];
        let step = |date: Date| {
            let step = Advance::builder(COMMITMENT, &next.to).on(date);
            let step = (0..next.sources).fold(step, |step, _| step.citing(source()));
            next.taken_by.iter().take(1).fold(step, |step, by| step.by(by.as_str()))
        };
        if pair.exact.try_append(step(day.into())).is_err() {
            continue;
        }
        let date = known.of(day);
        pair.imprecise.append(step(date));
        let around = [date.first_day(), day, date.last_day()];
        pair.days.extend(around.iter().flat_map(|day| [day.previous(), Some(*day), day.plus_days(1)]).flatten());
    }
    let deadline = history.deadline.and_then(|days| made.plus_days(days + 40));
    pair.days.extend(deadline.into_iter().flat_map(|day| [Some(day), day.plus_days(1)]).flatten());
    pair.days.extend(made_on.last_day().plus_days(1));
    let clocks: Vec<Date> = pair.days.iter().flat_map(|day| due(&pair.imprecise, *day)).collect();
    pair.days.extend(clocks.iter().flat_map(|due| [due.first_day(), due.last_day()]));
    Some(pair)
}

fn due(desk: &Desk, day: Day) -> Vec<Date> {
    desk.standing(&day.to_string()).clocks.iter().filter_map(|clock| clock.due).collect()
}

fn is_within(exact: Date, imprecise: Date) -> bool {
    imprecise.first_day() <= exact.first_day() && exact.last_day() <= imprecise.last_day()
}

/// Checks that what is said with imprecise dates is true if it is known that the dates are these.
fn check(exact: &Standing, imprecise: &Standing) -> Result<(), TestCaseError> {
    let about = || format!("exact: {exact}\nimprecise: {imprecise}\n{:?}", imprecise.history);
    let Some(status) = &imprecise.status else { return Ok(()) };
    let reached: BTreeSet<&str> = imprecise.may_have.iter().map(|step| step.status.as_str()).collect();
    let found = exact.status.as_ref().map(|status| status.as_str());
    // If the exact status is unknown because of a calendar, it is so from a step that is possible.
    prop_assert!(
        found == Some(status.as_str()) || found.map_or(!reached.is_empty(), |found| reached.contains(found)),
        "the status\n{}",
        about()
    );
    if found.is_none() {
        return Ok(());
    }
    // The timeliness of a kept commitment goes with its verdict, which a later step may have
    // changed.
    let is_about = |timeliness: &Timeliness| *timeliness == Timeliness::Overdue || exact.verdict == imprecise.verdict;
    let said = imprecise.timeliness.filter(|timeliness| *timeliness != Timeliness::Unknown).filter(is_about);
    prop_assert!(said.is_none_or(|said| exact.timeliness == Some(said)), "the timeliness\n{}", about());
    if !imprecise.may_have.is_empty() {
        return Ok(());
    }
    prop_assert!(imprecise.verdict.is_none_or(|verdict| exact.verdict == Some(verdict)), "the verdict\n{}", about());
    let since = exact.since.zip(imprecise.since).is_some_and(|(exact, imprecise)| is_within(exact, imprecise));
    prop_assert!(since, "since\n{}", about());
    for clock in imprecise.clocks.iter().filter(|clock| clock.due.is_some()) {
        let due = exact.clocks.iter().find(|other| other.clock == clock.clock).and_then(|clock| clock.due);
        let holds = due.zip(clock.due).is_some_and(|(exact, imprecise)| is_within(exact, imprecise));
        prop_assert!(holds, "the clock {}: {due:?} and {:?}\n{}", clock.clock, clock.due, about());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn imprecise_dates_never_contradict_exact_ones(history in histories()) {
        let Some(pair) = pair(&history) else { return Ok(()) };
        prop_assert_eq!(&pair.imprecise.standing("2020-01-01").conflicts, &vec![]);
        for day in &pair.days {
            let on = day.to_string();
            check(&pair.exact.standing(&on), &pair.imprecise.standing(&on))?;
        }
    }

    #[test]
    fn a_summary_says_the_same_as_the_standing(history in histories()) {
        let Some(pair) = pair(&history) else { return Ok(()) };
        for day in pair.days {
            let view = pair.imprecise.ledger.view_on(day).unwrap();
            let standing = view.standing(COMMITMENT).unwrap();
            let summaries = view.summaries(&servanda_core::Filter::default());
            prop_assert_eq!(summaries, vec![servanda_core::Summary::from(standing)], "{}", day);
        }
    }
}

/// A clock fires on a day on which an imprecise step may have come first.
#[test]
fn a_summary_knows_that_an_imprecise_step_may_have_come_before_a_clock() {
    let text = "id = 'made-up'\nversion = 1\ninitial = 'asked'\ntitle = { en = 'Made up' }\nstatuses = [\n\
        { id = 'asked', phase = 'planned', title = { en = 'Asked' } },\n\
        { id = 'closed', phase = 'failed', title = { en = 'Closed' } },\n\
        { id = 'granted', phase = 'achieved', title = { en = 'Granted' }, final = true },\n]\ntransitions = [\n\
        { from = ['asked', 'closed'], to = 'granted', basis = 'Rule 1', title = { en = 'Grant' } },\n]\n[[clocks]]\n\
        id = 'month'\nwhile = ['asked']\nstarts = ['asked']\nto = 'closed'\nfires = 'start'\n\
        rule = { months = { count = 1 } }\nbasis = 'Rule 2'\ntitle = { en = 'A month' }\n";
    let procedure = Procedure::from_toml("made-up.toml", text).unwrap();
    let mut desk = Desk::default();
    desk.append(common::commitment(COMMITMENT, &procedure, Obligation::Conduct));
    desk.append(Advance::builder(COMMITMENT, "granted").on("2013"));
    assert_eq!(desk.standing("2013-02-18").status, None);
    let (view, all) = (desk.ledger.view_on("2013-02-18").unwrap(), Filter::default());
    let summaries: Vec<Summary> = view.standings(&all).into_iter().map(Summary::from).collect();
    assert_eq!(view.summaries(&all), summaries);
}
