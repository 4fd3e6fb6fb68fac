//! The clocks of a treaty in the Diet.
//!
//! They count the thirty days of the upper house, or fire at the close of a session.

use servanda_core::builtin::diet_treaty_approval;

use super::common::{self, Desk, check_days, day, record, record_on, status_line};

#[test]
fn a_treaty_is_approved_when_the_upper_house_does_not_vote_within_thirty_days() {
    // The upper house receives the treaty on 23 April 2013, which is day one. The thirtieth day is
    // 22 May, and the lapse takes effect at the start of 23 May.
    let passed =
        "a consideration, opens submitted 2013-03-15; lower-first-passed 2013-04-23; upper-second-referred 2013-05-10";
    let check =
        |story: &str, expected: &str| check_days(&record(diet_treaty_approval(), story), story, expected, status_line);
    check(
        passed,
        "2013-05-22 upper-second-referred since 2013-05-10
        2013-05-23 approved-after-thirty-days since 2013-05-23, presumed
        2013-05-24 approved-after-thirty-days since 2013-05-23, presumed",
    );
    let vote = |on: &str| format!("{passed}; approved-by-both-houses {on}");
    check(&vote("2013-05-21"), "2013-05-23 approved-by-both-houses since 2013-05-21");
    check(
        &vote("2013-05-22"),
        "2013-05-22 approved-by-both-houses since 2013-05-22\n 2013-05-23 approved-by-both-houses since 2013-05-22",
    );
    let mut desk = record(diet_treaty_approval(), passed);
    let late = servanda_core::Advance::builder(common::COMMITMENT, "approved-by-both-houses").on("2013-05-23");
    assert_eq!(desk.try_append(late).unwrap_err().code(), "illegal-step");
    check(&format!("{passed}; attested 2013-05-22"), "2013-05-23 approved-after-thirty-days since 2013-05-23");
    check(
        &format!("{passed}; attested 2013-05-21"),
        "2013-05-23 approved-after-thirty-days since 2013-05-23, presumed",
    );
    // The 183rd session closed on 26 June. It is, in this order, before the thirtieth day, the
    // thirtieth day, the day of the lapse, and the day after the lapse.
    let received = |on: &str| format!("a consideration, opens submitted 2013-03-15; lower-first-passed {on}");
    check(
        &received("2013-05-29"),
        "2013-06-25 lower-first-passed since 2013-05-29\n 2013-06-26 dropped since 2013-06-26, presumed
        2013-06-28 dropped since 2013-06-26, presumed",
    );
    check(
        &received("2013-05-28"),
        "2013-06-25 lower-first-passed since 2013-05-28\n 2013-06-26 dropped since 2013-06-26, presumed
        2013-06-27 dropped since 2013-06-26, presumed",
    );
    check(
        &received("2013-05-27"),
        "2013-06-25 lower-first-passed since 2013-05-27
        2013-06-26 approved-after-thirty-days since 2013-06-26, presumed
        2013-06-27 approved-after-thirty-days since 2013-06-26, presumed",
    );
    check(
        &received("2013-05-26"),
        "2013-06-24 lower-first-passed since 2013-05-26
        2013-06-25 approved-after-thirty-days since 2013-06-25, presumed
        2013-06-26 approved-after-thirty-days since 2013-06-25, presumed",
    );
}

#[test]
fn recess_of_the_diet_does_not_count_toward_the_thirty_days() {
    let mut diet = servanda_core::builtin::jp_diet().clone();
    let session = diet.periods.iter_mut().find(|period| period.number == 183).unwrap();
    session.recesses = vec![servanda_core::Recess { first: day("2013-05-01"), last: day("2013-05-06") }];
    let mut desk = Desk::default();
    desk.append(diet);
    let story = "a consideration, opens submitted 2013-03-15; lower-first-passed 2013-04-23";
    let desk = record_on(desk, diet_treaty_approval(), story);
    let expected = "2013-05-28 lower-first-passed since 2013-04-23
        2013-05-29 approved-after-thirty-days since 2013-05-29, presumed";
    check_days(&desk, story, expected, status_line);
}

#[test]
fn an_unfinished_treaty_is_dropped_at_the_close_of_the_session_unless_carried_over() {
    let check =
        |story: &str, expected: &str| check_days(&record(diet_treaty_approval(), story), story, expected, status_line);
    let opens = |on: &str| format!("a consideration made 2008-01-18, opens submitted {on}");
    // The 180th session closed on 8 September 2012, the 181st with the dissolution of 16 November,
    // the 182nd on 28 December.
    check(
        &opens("2012-03-09"),
        "2012-09-07 submitted since 2012-03-09\n 2012-09-08 dropped since 2012-09-08, presumed
        2012-09-09 dropped since 2012-09-08, presumed",
    );
    check(&format!("{}; dropped 2012-09-08", opens("2012-03-09")), "2012-09-08 dropped since 2012-09-08");
    check(&format!("{}; attested 2012-09-08", opens("2012-03-09")), "2012-09-08 dropped since 2012-09-08");
    check(&format!("{}; attested 2012-09-07", opens("2012-03-09")), "2012-09-08 dropped since 2012-09-08, presumed");
    // Carried over on the closing day itself, it lives until the next session closes, here by
    // dissolution.
    let carried = format!("{}; lower-carried-over 2012-09-08", opens("2012-03-09"));
    check(
        &carried,
        "2012-09-08 lower-carried-over since 2012-09-08\n 2012-11-15 lower-carried-over since 2012-09-08
        2012-11-16 dropped since 2012-11-16, presumed\n 2012-11-17 dropped since 2012-11-16, presumed",
    );
    // Carried over again, it lives on. Taken up again, it is dropped at the close of that session.
    let again = format!("{}; upper-carried-over 2013-06-20; upper-carried-over 2013-08-07", opens("2013-03-15"));
    check(&again, "2013-12-07 upper-carried-over since 2013-08-07\n 2013-12-08 dropped since 2013-12-08, presumed");
    let once = format!("{}; upper-carried-over 2013-06-20", opens("2013-03-15"));
    check(
        &once,
        "2013-06-27 upper-carried-over since 2013-06-20\n 2013-08-06 upper-carried-over since 2013-06-20
        2013-08-07 dropped since 2013-08-07, presumed",
    );
    let taken_up = format!("{once}; upper-first-referred 2013-08-02");
    check(
        &taken_up,
        "2013-08-06 upper-first-referred since 2013-08-02\n 2013-08-07 dropped since 2013-08-07, presumed",
    );
    // A vote to carry over has no effect if the session in which it was taken ends by dissolution.
    let dissolved = format!("{}; lower-carried-over 2012-11-14", opens("2012-10-29"));
    check(&dissolved, "2012-11-15 lower-carried-over since 2012-11-14\n 2012-11-16 dropped since 2012-11-16, presumed");
    // The status is unknown outside all sessions, and before a session that is missing from the
    // calendar.
    let gap = "unknown: from 2012-12-01 on it is not known whether a clock has fired: \
        the calendar jp-diet has no period that contains 2012-12-01";
    check(&opens("2012-12-01"), &format!("2012-12-01 {gap}"));
    let missing = format!("{}; lower-carried-over 2025-12-16", opens("2025-11-01"));
    let hole = "unknown: from 2025-12-18 on it is not known whether a clock has fired: \
        the calendar jp-diet does not have the period that followed 2025-12-17";
    check(&missing, &format!("2025-12-17 lower-carried-over since 2025-12-16\n 2025-12-18 {hole}"));
}
