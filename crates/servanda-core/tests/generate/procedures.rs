//! Random procedures that pass their check by construction.
//!
//! The statuses are in a row, with random transitions between them. Clocks lead only forward in the
//! row, so they cannot fire in a cycle.

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::vec;
use proptest::prelude::*;
use servanda_core::{
    Calendar, Clock, ClosingPeriod, Counted, Edge, Ending, Language, Phase, Procedure, Rule, Slug, Status, Title,
    Transition,
};

fn slug(text: &str) -> Slug {
    text.parse().unwrap()
}

fn title(text: &str) -> BTreeMap<Language, Title> {
    BTreeMap::from([("en".parse().unwrap(), text.parse().unwrap())])
}

fn status_id(n: usize) -> Slug {
    slug(&format!("s{n}"))
}

#[derive(Clone, Debug)]
struct ClockPlan {
    during: u8,
    to: usize,
    starts: u8,
    cancelled_by: u8,
    rule: u8,
    count: u8,
    at_end: bool,
    presumed: bool,
}

fn clock_plan() -> impl Strategy<Value = ClockPlan> {
    (any::<u8>(), 0..7_usize, any::<u8>(), any::<u8>(), 0..17_u8, 1..50_u8, any::<bool>(), any::<bool>()).prop_map(
        |(during, to, starts, cancelled_by, rule, count, at_end, presumed)| {
            // Only a third of the clocks can be cancelled; otherwise hardly any clock would fire.
            let cancelled_by = if cancelled_by % 3 == 0 { cancelled_by >> 5 } else { 0 };
            ClockPlan { during, to, starts, cancelled_by, rule, count, at_end, presumed }
        },
    )
}

fn rule(kind: u8, count: u8) -> Rule {
    let counted = |recess: bool, first: bool| {
        let mut counted = Counted::new(count.into());
        match recess {
            true if count.is_multiple_of(3) => counted.within_periods_of = Some(slug("council")),
            true => counted.except_recess_of = Some(slug("council")),
            false => {}
        }
        counted.first_day_counts = first;
        counted
    };
    let close = |of, ended_by| Rule::Close { calendar: slug("council"), ended_by, of };
    match kind {
        0 | 1 => Rule::Days(counted(false, false)),
        2 => Rule::Days(counted(true, true)),
        3 | 4 => Rule::FullDays(counted(false, true)),
        5 => Rule::FullDays(counted(true, false)),
        6 => Rule::Months { count: u32::from(count % 4) + 1 },
        7 => Rule::FirstOfMonth { count: u32::from(count % 4) + 1 },
        8 => close(ClosingPeriod::Containing, None),
        9 => close(ClosingPeriod::Next, None),
        10 => close(ClosingPeriod::Containing, Some(Ending::Dissolution)),
        11 => close(ClosingPeriod::Next, Some(Ending::TermEnd)),
        12 => Rule::Weeks { count: u32::from(count % 4) + 1 },
        13 => Rule::Years { count: u32::from(count % 2) + 1 },
        14 => Rule::FirstOfMonthAfterDays { count: count.into() },
        _ => Rule::SetByCommitment,
    }
}

/// A procedure of 3 to 7 statuses, named `s0`, `s1` and so on, with up to three clocks.
pub(crate) fn procedure(id: &'static str) -> impl Strategy<Value = Procedure> {
    let status = (0..6_usize, 0..5_u8, any::<bool>(), any::<bool>());
    let way = (0..7_usize, 0..7_usize, 0..6_u8);
    (vec(status, 3..=7), vec(0..7_usize, 7), vec(way, 4..14), vec(clock_plan(), 0..=3)).prop_map(
        move |(statuses, parents, ways, clocks)| {
            let n = statuses.len();
            let is_final: Vec<bool> = statuses.iter().enumerate().map(|(i, s)| i > 0 && s.1 == 0).collect();
            let open: Vec<usize> = (0..n).filter(|i| !is_final[*i]).collect();
            let mut edges: BTreeMap<(usize, usize), u8> = BTreeMap::new();
            for i in 1..n {
                let before: Vec<usize> = open.iter().copied().filter(|j| *j < i).collect();
                edges.insert((before[parents[i] % before.len()], i), 0);
            }
            edges.extend(ways.into_iter().map(|(from, to, needs)| ((from % n, to % n), needs)));
            for i in open.iter().copied() {
                if !edges.keys().any(|(from, to)| *from == i && *to != i) {
                    edges.insert((i, (i + 1) % n), 0);
                }
            }
            let mut procedure = Procedure::new(slug(id), status_id(0));
            procedure.title = title("Made up");
            procedure.clocks = clocks.iter().enumerate().map(|(i, plan)| clock(i, plan, &is_final)).collect();
            let status = |(i, (phase, _, abandoned, decided)): (usize, &(usize, u8, bool, bool))| {
                let mut status = Status::new(status_id(i), Phase::ALL[*phase]);
                (status.abandoned, status.decided, status.is_final) = (*abandoned, *decided, is_final[i]);
                status.title = title(&format!("Status {i}"));
                status
            };
            procedure.statuses = statuses.iter().enumerate().map(status).collect();
            procedure.transitions =
                edges.into_iter().map(|((a, b), needs)| transition(a, b, needs, is_final[a])).collect();
            procedure
        },
    )
}

fn transition(from: usize, to: usize, needs: u8, reopening: bool) -> Transition {
    let basis = format!("Article {from}{to}").parse().unwrap();
    let mut transition = Transition::new(vec![status_id(from)], status_id(to), basis);
    transition.reopening = reopening;
    transition.title = title("A step");
    match needs {
        3 => transition.taken_by = vec![slug("jp"), slug("us")],
        4 => transition.sources = 1,
        5 => transition.sources = 2,
        _ => {}
    }
    transition
}

fn clock(index: usize, plan: &ClockPlan, is_final: &[bool]) -> Clock {
    let n = is_final.len();
    let to = 1 + plan.to % (n - 1);
    let picked = |mask: u8, most: usize| -> Vec<usize> { (0..most).filter(|i| mask >> i & 1 == 1).collect() };
    let mut during: BTreeSet<usize> = picked(plan.during, to).into_iter().filter(|i| !is_final[*i]).collect();
    if during.is_empty() {
        during.insert(0);
    }
    let mut starts = picked(plan.starts, n);
    if starts.is_empty() {
        starts.extend(during.first());
    }
    let (id, basis) = (slug(&format!("k{index}")), format!("Article {index}").parse().unwrap());
    let fires = if plan.at_end { Edge::End } else { Edge::Start };
    let mut clock = Clock::new(id, status_id(to), rule(plan.rule, plan.count), fires, basis);
    clock.cancelled_by = picked(plan.cancelled_by, n).into_iter().map(status_id).collect();
    clock.presumed = plan.presumed;
    clock.starts = starts.into_iter().map(status_id).collect();
    clock.during = during.into_iter().map(status_id).collect();
    clock.title = title("A clock");
    clock
}

/// A procedure in which each status leads only to the next one.
pub(crate) fn chain(length: usize) -> Procedure {
    let status = |i| {
        let mut status = Status::new(status_id(i), Phase::Active);
        status.is_final = i + 1 == length;
        status.title = title("Status");
        status
    };
    let mut chain = Procedure::new(slug("chain"), status_id(0));
    chain.statuses = (0..length).map(status).collect();
    chain.title = title("A chain");
    chain.transitions = (1..length).map(|i| transition(i - 1, i, 0, false)).collect();
    chain
}

/// The calendar that the clocks use. Each edition only adds to the one before.
pub(crate) fn calendar(edition: u8) -> Calendar {
    let through = ["2001-07-15", "2001-10-01", "2003-12-31"][usize::from(edition.min(2))];
    let third = match edition {
        0 => String::new(),
        1 => THIRD_PERIOD.to_owned(),
        _ => format!("{THIRD_PERIOD}closed = \"2001-11-20\"\nended_by = \"dissolution\"\n"),
    };
    Calendar::from_toml("council.toml", &format!("through = \"{through}\"\n{TWO_PERIODS}{third}")).unwrap()
}

const TWO_PERIODS: &str = r#"
id = "council"
title = { en = "Sessions of the council" }
[[periods]]
number = 1
convened = "2000-06-01"
closed = "2001-02-20"
ended_by = "dissolution"
basis = "recalled"
recesses = [{ first = "2001-01-10", last = "2001-01-15" }]
[[periods]]
number = 2
convened = "2001-03-01"
closed = "2001-06-30"
ended_by = "term-end"
basis = "published"
recesses = [{ first = "2001-05-01", last = "2001-05-07" }]
"#;

const THIRD_PERIOD: &str = r#"
[[periods]]
number = 3
convened = "2001-08-01"
basis = "published"
"#;
