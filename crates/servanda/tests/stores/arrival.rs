//! The law of arrival: equal entries give equal answers, whatever was asked before.

use servanda::{Advance, Filter, Ledger, Tracker};

use crate::generate::{Random, SUBJECTS, day, history, pieces, source};
use crate::test_store::{Kind, TestStore};

/// How many histories a kind of store gets. The law of the ledger itself has many more.
fn histories(kind: Kind) -> u64 {
    match kind {
        Kind::Memory => 400,
        Kind::Lines | Kind::Sqlite => 100,
        #[cfg(feature = "postgres")]
        Kind::Postgres => 20,
    }
}

/// The number of questions. The first three depend on a part of the ledger only.
const QUESTIONS: usize = 7;
const QUESTIONS_ON_PARTS: usize = 3;

/// Asks a tracker, and compares its answer with that of a ledger that got all entries at once.
fn ask(question: usize, tracker: &Tracker, arrived: &Ledger, about: &str) {
    let mut at_once = Ledger::new();
    at_once.merge(arrived);
    let view = |n: u32| tracker.view().on(day(n)).unwrap();
    let pure = |n: u32| at_once.view_on(day(n)).unwrap();
    let all = Filter::default();
    match question {
        0 | 1 => {
            let id = SUBJECTS[question];
            let (answer, expected) = (view(250).standing(id), pure(250).standing(id));
            let code = |error: servanda::Error| error.code();
            assert_eq!(answer.map_err(code), expected.map_err(code), "{about}");
        }
        2 => {
            assert_eq!(view(0).procedures().unwrap(), pure(0).procedures(), "{about}");
            assert_eq!(view(0).parties().unwrap(), pure(0).parties(), "{about}");
        }
        3 => assert_eq!(view(250).summaries(&all).unwrap(), pure(250).summaries(&all), "{about}"),
        4 => assert_eq!(view(250).conflicts().unwrap(), pure(250).conflicts(), "{about}"),
        5 => {
            let (answer, expected) = (view(51).changes_since(&view(49), &all), pure(51).changes_since(&pure(49), &all));
            assert_eq!(answer.unwrap(), expected, "{about}");
        }
        _ => {
            let step = || Advance::builder(SUBJECTS[0], "s2").on(day(200)).citing(source(1));
            let code = |error: servanda::Error| error.code();
            let (answer, expected) = (view(250).check(step()), pure(250).check(step()));
            assert_eq!(answer.map_err(code), expected.map_err(code), "{about}");
        }
    }
}

fn holds(store: &TestStore, seed: u64) {
    let mut random = Random(!seed);
    let tracker = store.empty();
    // Others have the same ledger open, and read what was merged by a refresh.
    let trackers = [store.reopen(&tracker), store.reopen(&tracker), tracker];
    let mut arrived = Ledger::new();
    // Some trackers never read more than a part of their ledger, except at the end.
    let questions = if seed.is_multiple_of(2) { QUESTIONS } else { QUESTIONS_ON_PARTS };
    for piece in pieces(&history(seed), &mut random) {
        let writer = random.below(trackers.len());
        trackers[writer].merge(piece.iter().cloned()).unwrap();
        arrived.merge_entries(piece);
        let reader = random.below(trackers.len());
        trackers[reader].refresh().unwrap();
        let question = random.below(questions + 2);
        if question < questions {
            ask(question, &trackers[reader], &arrived, &format!("history {seed}, tracker {reader}"));
        }
    }
    for (number, tracker) in trackers.iter().enumerate() {
        tracker.refresh().unwrap();
        for question in 0..QUESTIONS {
            ask(question, tracker, &arrived, &format!("history {seed}, tracker {number} in the end"));
        }
        assert_eq!(tracker.digest().unwrap(), arrived.digest());
    }
}

pub(crate) fn questions_between_merges_do_not_change_later_answers(store: &TestStore) {
    for seed in 0..histories(store.kind) {
        holds(&store.elsewhere(), seed);
    }
}
