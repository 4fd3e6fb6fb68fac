//! Runs the laws on their seeds and on some thousands of mutations, always the same ones.

use std::panic::{AssertUnwindSafe, catch_unwind};

use servanda_fuzz::mutate::Numbers;
use servanda_fuzz::{laws, mutate, seeds};

/// Runs a law on its seeds and on this many mutations, and prints the input that violates it.
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
        eprintln!("\nthe law is violated by:\n{}", input.escape_ascii());
        std::panic::resume_unwind(panic);
    }
}

#[test]
fn an_accepted_line_is_written_back_unchanged() {
    holds("ledger", 2_000);
}

#[test]
fn entries_of_another_program_obey_the_laws_of_ledgers() {
    holds("entries", 100);
}

#[test]
fn an_accepted_append_is_no_conflict_and_a_refused_one_changes_nothing() {
    holds("history", 12);
}

#[test]
fn definition_files_are_accepted_or_refused_with_a_line() {
    holds("definitions", 500);
}

#[test]
fn values_are_written_as_they_are_read() {
    holds("dates", 8_000);
}

#[test]
fn the_command_answers_or_refuses_any_arguments() {
    holds("command", 500);
}
