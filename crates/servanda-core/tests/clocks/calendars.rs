//! Clock rules that use a calendar, and the answer "unknown" where the calendar has no data.

use servanda_core::Calendar;

use super::common::{self, Desk, check_days, record_on, status_line};
use super::{COUNCIL, check_due, check_never, check_unknown, council, timed};

#[test]
fn a_rule_can_skip_days_of_recess() {
    // Recess from the 10th to the 14th of February, and on the 1st of March.
    check_due("{ days = { count = 3 } }", "2013-02-08", "2013-02-11");
    check_due("{ days = { count = 1, except_recess_of = 'council' } }", "2013-02-08", "2013-02-09");
    check_due("{ days = { count = 2, except_recess_of = 'council' } }", "2013-02-08", "2013-02-15");
    check_due("{ days = { count = 3, except_recess_of = 'council' } }", "2013-02-08", "2013-02-16");
    check_due("{ days = { count = 1, except_recess_of = 'council' } }", "2013-02-12", "2013-02-15");
    check_due(
        "{ days = { count = 1, first_day_counts = true, except_recess_of = 'council' } }",
        "2013-02-12",
        "2013-02-15",
    );
    check_due("{ days = { count = 30, except_recess_of = 'council' } }", "2013-02-01", "2013-03-09");
    // The clock fires once the full days have run; the day on which it fires may be a day of
    // recess.
    check_due("{ full-days = { count = 1, except_recess_of = 'council' } }", "2013-02-08", "2013-02-10");
    check_due("{ full-days = { count = 2, except_recess_of = 'council' } }", "2013-02-08", "2013-02-16");
    check_due(
        "{ full-days = { count = 30, first_day_counts = true, except_recess_of = 'council' } }",
        "2013-02-01",
        "2013-03-09",
    );
}

#[test]
fn a_rule_can_fire_at_the_close_of_the_current_or_of_the_next_period() {
    const CONTAINING: &str = "{ close = { calendar = 'council', of = 'containing' } }";
    const NEXT: &str = "{ close = { calendar = 'council', of = 'next' } }";
    check_due(CONTAINING, "2013-02-01", "2013-03-20");
    check_due(CONTAINING, "2013-03-19", "2013-03-20");
    check_due(CONTAINING, "2013-03-20", "2013-03-20");
    check_due(CONTAINING, "2013-06-29", "2013-06-30");
    check_due(NEXT, "2013-02-01", "2013-06-30");
    check_due(NEXT, "2013-03-20", "2013-06-30");
    // The rule may ask how the period ended: the first period reached its term, the second ended by
    // dissolution.
    check_never(
        "{ close = { calendar = 'council', of = 'containing', ended_by = 'dissolution' } }",
        "2013-02-01",
        "2020-01-01",
    );
    check_due(
        "{ close = { calendar = 'council', of = 'containing', ended_by = 'term-end' } }",
        "2013-02-01",
        "2013-03-20",
    );
    check_due(
        "{ close = { calendar = 'council', of = 'containing', ended_by = 'dissolution' } }",
        "2013-05-01",
        "2013-06-30",
    );
    check_due(
        "{ close = { calendar = 'council', of = 'next', ended_by = 'dissolution' } }",
        "2013-02-01",
        "2013-06-30",
    );
    check_never("{ close = { calendar = 'council', of = 'next', ended_by = 'term-end' } }", "2013-02-01", "2020-01-01");
}

#[test]
fn the_status_is_unknown_where_the_calendar_has_no_data() {
    let close = |of: &str| format!("{{ close = {{ calendar = 'council', of = '{of}' }} }}");
    let gap = "the calendar council has no period that contains 2013-04-01";
    check_unknown(&close("containing"), "2013-04-01", "2013-04-01", gap);
    check_unknown(&close("next"), "2013-04-01", "2013-04-01", gap);
    let early = "the calendar council has no period that contains 2012-12-31";
    check_unknown(&close("containing"), "2012-12-31", "2012-12-31", early);
    // Period 3 is missing from the calendar, and no period follows period 5, which is open.
    let hole = "the calendar council does not have the period that followed 2013-06-30";
    check_unknown(&close("next"), "2013-05-01", "2013-07-01", hole);
    let open = "the calendar council does not say when period 5 closed";
    check_unknown(&close("containing"), "2013-12-05", "2013-12-16", open);
    check_unknown(&close("next"), "2013-12-05", "2013-12-16", open);
    check_unknown(&close("next"), "2013-09-05", "2013-12-16", open);
    // After the last day that the calendar covers, an open period may have closed on any day.
    check_unknown(&close("containing"), "2013-12-20", "2013-12-20", open);
    let ending = "{ close = { calendar = 'council', of = 'containing', ended_by = 'dissolution' } }";
    check_unknown(ending, "2013-09-05", "2013-10-31", "the calendar council does not say how period 4 ended");
    // There may be a recess after the last covered day, and it would delay the clock.
    let beyond = "the calendar council says nothing of days after 2013-12-15";
    check_unknown("{ days = { count = 10, except_recess_of = 'council' } }", "2013-12-10", "2013-12-20", beyond);
    check_unknown("{ full-days = { count = 10, except_recess_of = 'council' } }", "2013-12-10", "2013-12-21", beyond);
    check_due("{ days = { count = 5, except_recess_of = 'council' } }", "2013-12-10", "2013-12-15");
    // A calendar that is not defined on the ledger.
    let none = "the ledger has no calendar senate";
    check_unknown("{ close = { calendar = 'senate', of = 'containing' } }", "2013-02-01", "2013-02-01", none);
    check_unknown("{ days = { count = 10, except_recess_of = 'senate' } }", "2013-02-01", "2013-02-11", none);
}

#[test]
fn the_status_is_unknown_on_days_after_the_end_of_the_calendar() {
    let text = COUNCIL.replace("convened = '2013-12-01'", "convened = '2013-12-01'\nclosed = '2013-12-10'");
    let procedure = timed("{ close = { calendar = 'council', of = 'containing' } }", "fires = 'end'");
    let record = |story: &str| {
        let mut desk = Desk::default();
        desk.append(Calendar::from_toml("council.toml", &text).unwrap());
        record_on(desk, &procedure, &format!("a result, opens idle 2011-01-01; {story}"))
    };
    let gap = "unknown: from 2013-12-12 on it is not known whether a clock has fired: \
        the calendar council has no period that contains 2013-12-12";
    check_days(&record("waiting 2013-12-12"), "a day after the last period", &format!("2013-12-12 {gap}"), status_line);
    let beyond = "unknown: from 2013-12-16 on it is not known whether a clock has fired: \
        the calendar council says nothing of days after 2013-12-15";
    check_days(&record("waiting 2013-12-16"), "a day past the calendar", &format!("2013-12-16 {beyond}"), status_line);
    // A recorded step makes the status known again, even if the calendar has no data.
    check_days(
        &record("waiting 2013-12-12; settled 2013-12-20"),
        "a step after",
        &format!("2013-12-19 {gap}\n2013-12-20 settled since 2013-12-20"),
        status_line,
    );
}

#[test]
fn the_latest_known_edition_of_a_calendar_applies() {
    let procedure = timed("{ close = { calendar = 'council', of = 'containing' } }", "fires = 'end'");
    let mut desk = record_on(council(), &procedure, "a result; waiting 2013-12-05");
    let grown = COUNCIL
        .replace("convened = '2013-12-01'", "convened = '2013-12-01'\nclosed = '2013-12-28'")
        .replace("2013-12-15", "2013-12-31");
    let known_before = desk.ledger.newest().unwrap();
    desk.append(Calendar::from_toml("council.toml", &grown).unwrap());
    check_days(
        &desk,
        "the calendar grown",
        "2013-12-27 waiting since 2013-12-05\n2013-12-28 lapsed since 2013-12-28",
        status_line,
    );
    let earlier = desk
        .ledger
        .view_on("2013-12-28")
        .unwrap()
        .known_at(known_before)
        .unwrap()
        .standing(common::COMMITMENT)
        .unwrap();
    assert_eq!(earlier.status, None);
}
