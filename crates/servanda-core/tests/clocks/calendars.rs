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
fn days_between_periods_are_never_counted_as_ordinary_days() {
    // Period 1 closes on 20 March, period 2 convenes on 10 April. A rule that leaves out recesses
    // does not say whether the days between them count.
    let except = |count: u32| format!("{{ days = {{ count = {count}, except_recess_of = 'council' }} }}");
    check_due(&except(5), "2013-03-15", "2013-03-20");
    let between = |day: &str| {
        format!(
            "{day} is between two periods of the calendar council, and the rule does not say whether such days count"
        )
    };
    check_unknown(&except(6), "2013-03-15", "2013-03-21", &between("2013-03-21"));
    check_unknown(&except(40), "2013-03-15", "2013-04-24", &between("2013-03-21"));
    check_unknown(&except(3), "2013-04-01", "2013-04-04", &between("2013-04-02"));
    // A rule that counts days of periods only leaves them out, and days of recess too.
    let within = |count: u32| format!("{{ days = {{ count = {count}, within_periods_of = 'council' }} }}");
    check_due(&within(5), "2013-03-15", "2013-03-20");
    check_due(&within(6), "2013-03-15", "2013-04-10");
    check_due(&within(9), "2013-03-15", "2013-04-13");
    check_due(&within(1), "2013-04-01", "2013-04-10");
    check_due(&within(2), "2013-02-08", "2013-02-15");
    check_due(
        "{ days = { count = 1, first_day_counts = true, within_periods_of = 'council' } }",
        "2013-04-01",
        "2013-04-10",
    );
    check_due("{ full-days = { count = 6, within_periods_of = 'council' } }", "2013-03-15", "2013-04-11");
}

#[test]
fn the_status_is_unknown_where_it_depends_on_days_of_which_the_calendar_is_silent() {
    let within = |count: u32| format!("{{ days = {{ count = {count}, within_periods_of = 'council' }} }}");
    let silent = |day: &str| format!("the calendar council has no period that contains {day}");
    // Before the first period.
    check_unknown(&within(3), "2013-01-10", "2013-01-13", &silent("2013-01-11"));
    // Period 3 is missing, so the days after period 2 may be its days.
    check_due(&within(2), "2013-06-28", "2013-06-30");
    check_unknown(&within(3), "2013-06-28", "2013-07-01", &silent("2013-07-01"));
    // Period 5 is open at the end of the calendar.
    check_due(&within(5), "2013-12-10", "2013-12-15");
    let beyond = "the calendar council says nothing of days after 2013-12-15";
    check_unknown(&within(10), "2013-12-10", "2013-12-20", beyond);
    check_unknown(
        "{ days = { count = 10, within_periods_of = 'senate' } }",
        "2013-02-01",
        "2013-02-11",
        "the ledger has no calendar senate",
    );
}

#[test]
fn after_the_last_period_a_next_one_may_have_convened() {
    let text = COUNCIL.replace("convened = '2013-12-01'", "convened = '2013-12-01'\nclosed = '2013-12-05'");
    for rule in ["except_recess_of", "within_periods_of"] {
        let procedure = timed(&format!("{{ days = {{ count = 3, {rule} = 'council' }} }}"), "fires = 'end'");
        let mut desk = Desk::default();
        desk.append(Calendar::from_toml("council.toml", &text).unwrap());
        let desk = record_on(desk, &procedure, "a result, opens idle 2011-01-01; waiting 2013-12-04");
        let why = "unknown: from 2013-12-07 on it is not known whether a clock has fired: \
            the calendar council has no period that contains 2013-12-06";
        check_days(
            &desk,
            rule,
            &format!("2013-12-06 waiting since 2013-12-04\n2013-12-07 {why}\n2014-06-01 {why}"),
            status_line,
        );
    }
}

/// An invented parliament that is closed in the morning of 6 November and opened in the afternoon.
const SENATE: &str = "
    id = 'senate'\nthrough = '2013-12-31'\ntitle = { en = 'Senate' }
    [[periods]]\nnumber = 1\nbasis = 'published'\nconvened = '2013-10-14'\nclosed = '2013-11-06'\nended_by = 'prorogation'
    [[periods]]\nnumber = 2\nbasis = 'published'\nconvened = '2013-11-06'\nclosed = '2013-12-17'\nended_by = 'dissolution'
";

#[test]
fn one_period_may_close_on_the_day_on_which_the_next_one_convenes() {
    let record = |rule: &str, started: &str| {
        let mut desk = Desk::default();
        desk.append(Calendar::from_toml("senate.toml", SENATE).unwrap());
        let procedure = timed(rule, "fires = 'end'");
        record_on(desk, &procedure, &format!("a result, opens idle 2011-01-01; waiting {started}"))
    };
    let close = |of: &str, more: &str| format!("{{ close = {{ calendar = 'senate', of = '{of}'{more} }} }}");
    let fires = |rule: &str, started: &str, due: &str| {
        let eve = common::day(due).previous().unwrap();
        let expected = format!("{eve} waiting since {started}\n{due} lapsed since {due}");
        check_days(&record(rule, started), rule, &expected, status_line);
    };
    fires(&close("containing", ""), "2013-11-05", "2013-11-06");
    fires(&close("containing", ", ended_by = 'prorogation'"), "2013-11-05", "2013-11-06");
    fires(&close("next", ""), "2013-11-05", "2013-12-17");
    fires(&close("containing", ""), "2013-11-07", "2013-12-17");
    fires(&close("containing", ", ended_by = 'dissolution'"), "2013-11-07", "2013-12-17");
    // The shared day is one day.
    fires("{ days = { count = 3, within_periods_of = 'senate' } }", "2013-11-04", "2013-11-07");
    // To which period a step of that day belongs is not known.
    for of in ["containing", "next"] {
        let why = "unknown: from 2013-11-06 on it is not known whether a clock has fired: one period of the calendar \
            senate closes and the next one convenes on 2013-11-06, and the calendar does not say to which of them a step of that \
            day belongs";
        let expected = format!("2013-11-05 idle since 2011-01-01\n2013-11-06 {why}");
        check_days(&record(&close(of, ""), "2013-11-06"), of, &expected, status_line);
    }
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
