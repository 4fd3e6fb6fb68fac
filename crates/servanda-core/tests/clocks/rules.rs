//! The day on which a clock fires, by each kind of rule.

use super::{check_due, check_never};

#[test]
fn days_are_counted_from_the_next_day_unless_the_first_day_counts() {
    check_due("{ days = { count = 1 } }", "2013-01-31", "2013-02-01");
    check_due("{ days = { count = 60 } }", "2018-10-31", "2018-12-30");
    check_due("{ days = { count = 30 } }", "2012-02-01", "2012-03-02");
    check_due("{ days = { count = 30 } }", "2013-02-01", "2013-03-03");
    check_due("{ days = { count = 30, first_day_counts = true } }", "2013-02-01", "2013-03-02");
    check_due("{ days = { count = 1, first_day_counts = true } }", "2013-02-01", "2013-02-01");
}

#[test]
fn full_days_end_on_the_day_after_the_last_of_them() {
    check_due("{ full-days = { count = 1 } }", "2013-01-30", "2013-02-01");
    check_due("{ full-days = { count = 30 } }", "2013-04-23", "2013-05-24");
    check_due("{ full-days = { count = 30, first_day_counts = true } }", "2013-04-23", "2013-05-23");
    check_due("{ full-days = { count = 1, first_day_counts = true } }", "2013-12-31", "2014-01-01");
}

#[test]
fn months_end_on_the_last_day_of_a_shorter_month() {
    check_due("{ months = { count = 1 } }", "2013-01-15", "2013-02-15");
    check_due("{ months = { count = 1 } }", "2013-01-31", "2013-02-28");
    check_due("{ months = { count = 1 } }", "2012-01-31", "2012-02-29");
    check_due("{ months = { count = 1 } }", "2013-02-28", "2013-03-28");
    check_due("{ months = { count = 3 } }", "2013-01-31", "2013-04-30");
    check_due("{ months = { count = 12 } }", "2012-02-29", "2013-02-28");
    check_due("{ months = { count = 48 } }", "2012-02-29", "2016-02-29");
    check_due("{ months = { count = 2 } }", "2013-12-31", "2014-02-28");
    check_never("{ months = { count = 120000 } }", "2013-12-31", "9999-12-31");
}

#[test]
fn weeks_end_on_the_same_day_of_the_week() {
    check_due("{ weeks = { count = 1 } }", "2013-02-25", "2013-03-04");
    check_due("{ weeks = { count = 6 } }", "2012-01-20", "2012-03-02");
    check_never("{ weeks = { count = 4294967295 } }", "2013-12-31", "9999-12-31");
}

#[test]
fn years_end_on_28_february_where_there_is_no_29_february() {
    check_due("{ years = { count = 1 } }", "2013-03-15", "2014-03-15");
    check_due("{ years = { count = 1 } }", "2012-02-29", "2013-02-28");
    check_due("{ years = { count = 4 } }", "2012-02-29", "2016-02-29");
    check_due("{ years = { count = 1 } }", "2011-02-28", "2012-02-28");
    check_never("{ years = { count = 4294967295 } }", "2013-12-31", "9999-12-31");
}

#[test]
fn a_rule_can_fire_on_the_first_day_of_the_month_after_a_number_of_days() {
    // The 60th day is 10 June, 31 August, 1 September, 29 February and 1 March.
    check_due("{ first-of-month-after-days = { count = 60 } }", "2013-04-11", "2013-07-01");
    check_due("{ first-of-month-after-days = { count = 60 } }", "2013-07-02", "2013-09-01");
    check_due("{ first-of-month-after-days = { count = 60 } }", "2013-07-03", "2013-10-01");
    check_due("{ first-of-month-after-days = { count = 60 } }", "2011-12-31", "2012-03-01");
    check_due("{ first-of-month-after-days = { count = 60 } }", "2012-01-01", "2012-04-01");
    check_never("{ first-of-month-after-days = { count = 60 } }", "9999-11-01", "9999-12-31");
}

#[test]
fn a_rule_can_fire_on_the_first_day_of_a_later_month() {
    check_due("{ first-of-month = { count = 1 } }", "2013-01-31", "2013-02-01");
    check_due("{ first-of-month = { count = 1 } }", "2013-02-01", "2013-03-01");
    check_due("{ first-of-month = { count = 3 } }", "2014-01-24", "2014-04-01");
    check_due("{ first-of-month = { count = 2 } }", "2012-12-01", "2013-02-01");
    check_never("{ first-of-month = { count = 1 } }", "9999-12-01", "9999-12-31");
}
