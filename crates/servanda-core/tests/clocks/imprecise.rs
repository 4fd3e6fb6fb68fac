//! Clocks that depend on a date that is only known to the month, or as one day of a range.

use super::common::{check_days, record, status_line};
use super::{check_timed, timed};

/// The clock fires 30 days after the start. The start is in September 2016.
#[test]
fn a_clock_that_a_month_started_fires_on_one_day_of_a_range() {
    let procedure = timed("{ days = { count = 30 } }", "");
    let unknown = "unknown: from 2016-10-01 on it is not known whether a clock has fired: it depends on a date that is \
                   only known as 2016-09";
    check_timed(
        &procedure,
        "waiting 2016-09",
        &format!(
            "2016-08-31 idle since 2011-01-01
            2016-09-15 idle since 2011-01-01
            2016-09-30 waiting since 2016-09
            2016-10-01 {unknown}
            2016-10-29 {unknown}
            2016-10-30 lapsed since [2016-10-01..2016-10-30]"
        ),
    );
}

/// On 1 October every day of September gives the same first day of the next month.
#[test]
fn a_clock_is_exact_if_every_possible_start_gives_the_same_day() {
    let procedure = timed("{ first-of-month = { count = 1 } }", "");
    let expected = "2016-09-30 waiting since 2016-09\n 2016-10-01 lapsed since 2016-10-01";
    check_timed(&procedure, "waiting 2016-09", expected);
}

#[test]
fn a_recorded_step_shows_whether_a_clock_had_fired() {
    let procedure = timed("{ days = { count = 30 } }", "");
    // From `lapsed` no step leads to `halted`, so the clock had not fired.
    check_timed(
        &procedure,
        "waiting 2016-09; halted 2016-10-15",
        "2016-10-14 unknown: from 2016-10-01 on it is not known whether a clock has fired: it depends on a date that is \
         only known as 2016-09
        2016-10-15 halted since 2016-10-15
        2017-01-01 halted since 2016-10-15",
    );
    // A step within October that must come before the clock of 15 October.
    check_timed(
        &procedure,
        "waiting 2016-09-15; halted 2016-10",
        "2016-10-13 waiting since 2016-09-15\n 2016-10-14 halted since [2016-10-01..2016-10-14]",
    );
}

#[test]
fn a_later_step_narrows_the_range_of_the_start() {
    let procedure = timed("{ days = { count = 30 } }", "");
    check_timed(
        &procedure,
        "waiting 2016-09; parked 2016-09-10",
        "2016-09-10 parked since 2016-09-10
        2016-09-30 parked since 2016-09-10
        2016-10-09 unknown: from 2016-10-01 on it is not known whether a clock has fired: it depends on a date that is \
        only known as 2016-09
        2016-10-10 lapsed since [2016-10-01..2016-10-10]",
    );
}

#[test]
fn a_range_of_days_starts_a_clock_too() {
    let procedure = timed("{ days = { count = 30 } }", "fires = 'end'");
    let story = "a result; waiting [2016-09-10..2016-09-14]";
    check_days(
        &record(&procedure, story),
        story,
        "2016-09-13 idle since 2013-01-18
        2016-09-14 waiting since [2016-09-10..2016-09-14]
        2016-10-09 waiting since [2016-09-10..2016-09-14]
        2016-10-14 lapsed since [2016-10-10..2016-10-14]",
        status_line,
    );
}
