//! The laws, on their seeds and on some thousands of mutations of these, always the same ones.

use std::panic::{AssertUnwindSafe, catch_unwind};

use servanda_fuzz::mutate::Numbers;
use servanda_fuzz::{laws, mutate, seeds};

/// Tries a law on its seeds and on so many mutations of them; shows the input that breaks it.
fn holds(name: &str, mutations: u64) {
    let (_, law) = laws::ALL.into_iter().find(|(known, _)| *known == name).unwrap();
    let (seeds, words) = (seeds::of(name), seeds::words(name));
    assert!(!seeds.is_empty());
    seeds.iter().for_each(|seed| check(law, seed));
    let mut numbers = Numbers::from(20_130_118);
    for n in 0..mutations {
        let (seed, other) = (numbers.one_of(&seeds), numbers.one_of(&seeds));
        let input = match name {
            "entries" if n % 3 == 0 => mutate::drafts(seed, numbers.next()),
            _ => mutate::bytes(seed, other, words, numbers.next()),
        };
        check(law, &input);
    }
}

fn check(law: laws::Law, input: &[u8]) {
    if let Err(panic) = catch_unwind(AssertUnwindSafe(|| law(input))) {
        eprintln!("\nthe law is broken by:\n{}", input.escape_ascii());
        std::panic::resume_unwind(panic);
    }
}

#[test]
fn whatever_is_read_as_a_ledger_is_written_back() {
    holds("ledger", 2_000);
}

#[test]
fn entries_sealed_elsewhere_make_a_ledger() {
    holds("entries", 100);
}

#[test]
fn what_is_appended_fits_and_what_does_not_changes_nothing() {
    holds("history", 12);
}

#[test]
fn files_are_read_or_refused_by_line() {
    holds("definitions", 500);
}

#[test]
fn values_are_written_as_they_are_read() {
    holds("dates", 8_000);
}

#[test]
fn the_command_answers_whatever_it_is_asked() {
    holds("command", 500);
}
