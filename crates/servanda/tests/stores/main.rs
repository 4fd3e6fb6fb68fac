//! A suite of tests that runs for every kind of store.

#![allow(clippy::panic, clippy::unwrap_used)]

#[path = "../common/mod.rs"]
mod common;
#[path = "../../../servanda-core/tests/generate/mod.rs"]
mod generate;
#[cfg(feature = "postgres")]
#[path = "../common/server.rs"]
mod server;

mod answers;
mod appends;
mod arrival;
mod exchange;
mod interruption;
mod observers;
mod test_store;
mod transactions;
mod views;

/// Defines the tests for one kind of store.
macro_rules! cases {
    ($kind:ident, $name:ident) => {
        mod $name {
            use crate::test_store::{Kind, TestStore};
            cases!(@ $kind, answers: every_query_gives_the_same_answer);
            cases!(@ $kind, answers: single_standings_equal_those_of_the_whole_ledger);
            cases!(@ $kind, answers: a_misspelt_commitment_gets_suggestions);
            cases!(@ $kind, answers: a_ledger_merged_in_pieces_is_the_same);
            cases!(@ $kind, appends: appended_entries_are_there_after_reopening);
            cases!(@ $kind, appends: refusals_are_the_same_and_change_nothing);
            cases!(@ $kind, appends: the_loser_of_a_race_learns_the_new_status);
            cases!(@ $kind, appends: dependencies_of_a_batch_are_loaded);
            cases!(@ $kind, appends: a_calendar_that_breaks_a_commitment_is_refused);
            cases!(@ $kind, appends: preparing_changes_nothing);
            cases!(@ $kind, appends: what_is_recorded_already_is_left_out);
            cases!(@ $kind, appends: entries_are_found_by_id_prefix);
            cases!(@ $kind, transactions: the_batches_of_a_transaction_are_written_together);
            cases!(@ $kind, transactions: a_refused_batch_leaves_the_others_in_a_transaction);
            cases!(@ $kind, transactions: a_transaction_fails_if_the_ledger_has_changed);
            cases!(@ $kind, arrival: questions_between_merges_do_not_change_later_answers);
            cases!(@ $kind, views: a_view_is_a_snapshot);
            cases!(@ $kind, views: entries_of_others_are_visible_after_a_refresh);
            cases!(@ $kind, views: a_view_can_include_extra_entries);
            cases!(@ $kind, exchange: a_partial_batch_counts_once_it_is_complete);
            cases!(@ $kind, exchange: merging_existing_entries_changes_nothing);
            cases!(@ $kind, exchange: a_copy_in_any_store_has_the_same_digest);
            cases!(@ $kind, exchange: an_export_continues_where_the_last_one_ended);
            cases!(@ $kind, exchange: a_cursor_of_another_ledger_exports_everything);
            cases!(@ $kind, interruption: an_interrupted_merge_adds_nothing);
            cases!(@ $kind, interruption: interrupted_reading_can_be_repeated);
            cases!(@ $kind, interruption: interrupted_standings_can_be_requested_again);
            cases!(@ $kind, observers: observers_get_the_standings_before_and_after_an_append);
            cases!(@ $kind, observers: observers_get_entries_of_others_after_a_refresh);
            cases!(@ $kind, observers: observers_of_a_merge_get_only_new_entries);
            cases!(@ $kind, observers: observers_are_not_called_after_a_refusal);
            cases!(@ $kind, observers: a_callback_can_append);
            cases!(@ $kind, observers: a_panic_in_a_callback_is_caught);
            cases!(@ $kind, observers: a_dropped_observer_is_not_called);
            cases!(@ $kind, observers: changes_by_many_threads_are_delivered_in_order);
        }
    };
    (@ $kind:ident, $file:ident: $case:ident) => {
        #[test]
        fn $case() {
            if let Some(store) = TestStore::available(Kind::$kind, stringify!($case)) {
                crate::$file::$case(&store);
            }
        }
    };
}

cases!(Memory, in_memory);
cases!(Lines, in_lines);
cases!(Sqlite, in_sqlite);
#[cfg(feature = "postgres")]
cases!(Postgres, in_postgres);
