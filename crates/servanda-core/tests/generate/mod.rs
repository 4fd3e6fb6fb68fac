//! Generators for the property tests.
//!
//! They generate random procedures, and ledgers that several people write on several devices.
//!
//! A generated case is a list of small numbers that a deterministic player turns into entries, so
//! that a failing case shrinks to few and small numbers.

#![allow(clippy::unwrap_used, dead_code, unused_imports)]

mod histories;
mod procedures;
mod sealing;
mod world;

pub(crate) use histories::{Answer, Random, SUBJECTS, history, pieces};
pub(crate) use procedures::{calendar, chain, procedure};
pub(crate) use sealing::{at, canonical, entry_about, seal, sealed_line};
pub(crate) use world::{Action, ActionKind, COMMITMENTS, World, action, actions, legal_step, worlds};

use proptest::test_runner::{Config, RngSeed};
use servanda_core::{Day, Filter, Ledger, Source, format};

/// Runs a property on this many cases. The seed is fixed, so the cases are always the same.
pub(crate) fn config(cases: u32) -> Config {
    Config { cases, failure_persistence: None, rng_seed: RngSeed::Fixed(20_130_118), ..Config::default() }
}

/// Day number `n` of the generated histories. Day 0 is 1 January 2001.
pub(crate) fn day(n: u32) -> Day {
    Day::new(2001, 1, 1).unwrap().plus_days(n).unwrap()
}

/// The days on which views are compared.
pub(crate) fn days() -> impl Iterator<Item = Day> {
    [0, 20, 45, 60, 90, 120, 170, 300, 800].into_iter().map(day)
}

pub(crate) fn source(n: u8) -> Source {
    Source::new(&format!("Gazette {n}"), &format!("https://gazette.example/{n}")).unwrap()
}

/// All standings, conflicts and parties on the compared days, as the core writes them in JSON.
pub(crate) fn answers(ledger: &Ledger) -> String {
    let mut written = Vec::new();
    for day in days() {
        let view = ledger.view_on(day).unwrap();
        format::write_json(&view.standings(&Filter::default()), &mut written).unwrap();
        format::write_json(&view.conflicts(), &mut written).unwrap();
        format::write_json(&view.parties(), &mut written).unwrap();
    }
    String::from_utf8(written).unwrap()
}

pub(crate) fn lines_of(ledger: &Ledger) -> String {
    let mut lines = Vec::new();
    ledger.write(&mut lines).unwrap();
    String::from_utf8(lines).unwrap()
}

pub(crate) fn merged(ledgers: &[&Ledger]) -> Ledger {
    let mut all = Ledger::new();
    for ledger in ledgers {
        all.merge(ledger);
    }
    all
}

/// The same items in an order that depends only on the seed.
pub(crate) fn shuffled<T>(things: impl IntoIterator<Item = T>, seed: u64) -> Vec<T> {
    let mut state = seed;
    let mut keyed: Vec<(u64, T)> = things
        .into_iter()
        .map(|thing| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33, thing)
        })
        .collect();
    keyed.sort_by_key(|(key, _)| *key);
    keyed.into_iter().map(|(_, thing)| thing).collect()
}
