//! The law of arrival: equal entries give equal answers.
//!
//! It does not matter in which order entries arrive, in which pieces, and what is asked in between.

#![allow(clippy::panic, clippy::unwrap_used)]

mod generate;

use std::thread;

use generate::{Answer, Random, history, pieces};
use servanda_core::Ledger;

/// The number of histories, and how many threads share them.
const HISTORIES: u64 = 10_000;
const THREADS: u64 = 4;

/// Asks a tracker that has been asked before, and compares its answer with that of a new one.
fn ask(question: usize, arrived: &Ledger, seed: u64) {
    let mut at_once = Ledger::new();
    at_once.merge(arrived);
    let (answer, expected) = (Answer::to(question, arrived), Answer::to(question, &at_once));
    assert!(answer == expected, "history {seed}: {answer:#?}\nshould be {expected:#?}");
}

fn holds(seed: u64) {
    let mut random = Random(!seed);
    let mut arrived = Ledger::new();
    for piece in pieces(&history(seed), &mut random) {
        arrived.merge_entries(piece);
        // Most pieces are followed by a question.
        let question = random.below(Answer::QUESTIONS + 2);
        if question < Answer::QUESTIONS {
            ask(question, &arrived, seed);
        }
    }
    (0..Answer::QUESTIONS).for_each(|question| ask(question, &arrived, seed));
}

#[test]
fn questions_between_merges_do_not_change_later_answers() {
    thread::scope(|scope| {
        for thread in 0..THREADS {
            scope.spawn(move || (0..HISTORIES).filter(|seed| seed % THREADS == thread).for_each(holds));
        }
    });
}
