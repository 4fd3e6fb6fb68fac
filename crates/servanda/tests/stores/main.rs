//! One suite of cases for every place where a ledger can be kept.

#![allow(clippy::panic, clippy::unwrap_used)]

#[path = "../common/mod.rs"]
mod common;
#[cfg(feature = "postgres")]
#[path = "../common/server.rs"]
mod server;

mod answers;
mod appends;
mod exchange;
mod interruption;
mod observers;
mod places;
mod views;

/// The cases, each a test of its own, for one kind of place.
macro_rules! cases {
    ($kind:ident, $name:ident) => {
        mod $name {
            use crate::places::{Kind, Place};
            cases!(@ $kind, answers: every_question_has_the_same_answer);
            cases!(@ $kind, answers: one_standing_at_a_time_is_as_all_at_once);
            cases!(@ $kind, answers: a_misspelt_commitment_comes_with_the_nearest);
            cases!(@ $kind, answers: a_ledger_that_comes_bit_by_bit_is_the_same);
            cases!(@ $kind, appends: what_is_appended_is_there_when_it_is_opened_again);
            cases!(@ $kind, appends: refusals_are_the_same_and_change_nothing);
            cases!(@ $kind, appends: the_loser_of_a_race_is_told_the_new_status);
            cases!(@ $kind, appends: what_a_batch_depends_on_is_found);
            cases!(@ $kind, appends: a_calendar_that_breaks_a_commitment_is_refused);
            cases!(@ $kind, appends: preparing_changes_nothing);
            cases!(@ $kind, appends: entries_are_found_by_the_start_of_their_ids);
            cases!(@ $kind, views: a_view_keeps_what_was_there_when_it_was_taken);
            cases!(@ $kind, views: what_others_write_is_seen_after_a_refresh);
            cases!(@ $kind, views: a_view_with_more_entries_shows_what_would_be);
            cases!(@ $kind, exchange: half_a_batch_counts_when_its_rest_has_come);
            cases!(@ $kind, exchange: merging_what_is_there_is_nothing);
            cases!(@ $kind, exchange: a_copy_to_any_kind_has_the_same_digest);
            cases!(@ $kind, exchange: an_export_goes_on_where_the_last_ended);
            cases!(@ $kind, exchange: a_cursor_of_another_ledger_exports_everything);
            cases!(@ $kind, interruption: a_merge_that_is_interrupted_adds_nothing);
            cases!(@ $kind, interruption: reading_that_is_interrupted_can_be_done_again);
            cases!(@ $kind, interruption: standings_that_are_interrupted_can_be_asked_for_again);
            cases!(@ $kind, observers: an_append_is_told_with_the_standing_before_and_after);
            cases!(@ $kind, observers: what_others_wrote_is_told_after_a_refresh);
            cases!(@ $kind, observers: a_merge_is_told_without_what_was_there);
            cases!(@ $kind, observers: a_refusal_is_not_told);
            cases!(@ $kind, observers: a_callback_may_append);
            cases!(@ $kind, observers: a_panic_stays_in_its_callback);
            cases!(@ $kind, observers: who_has_unsubscribed_hears_nothing);
            cases!(@ $kind, observers: all_threads_are_told_of_in_order);
        }
    };
    (@ $kind:ident, $file:ident: $case:ident) => {
        #[test]
        fn $case() {
            if let Some(place) = Place::if_there(Kind::$kind, stringify!($case)) {
                crate::$file::$case(&place);
            }
        }
    };
}

cases!(Memory, in_memory);
cases!(Lines, in_lines);
cases!(Sqlite, in_sqlite);
#[cfg(feature = "postgres")]
cases!(Postgres, in_postgres);
