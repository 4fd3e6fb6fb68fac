//! Rules that ask a calendar, and what is unknown where it does not say.

use servanda_core::Calendar;

use super::common::{self, Book, check_days, day, stands, tell_with};
use super::{COUNCIL, check_due, check_never, check_unknown, council, timed};

#[test]
fn days_of_recess_are_not_counted_where_the_rule_says_so() {
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
    // Once two days have run: the day after may be one of recess.
    check_due("{ full-days = { count = 1, except_recess_of = 'council' } }", "2013-02-08", "2013-02-10");
    check_due("{ full-days = { count = 2, except_recess_of = 'council' } }", "2013-02-08", "2013-02-16");
    check_due(
        "{ full-days = { count = 30, first_day_counts = true, except_recess_of = 'council' } }",
        "2013-02-01",
        "2013-03-09",
    );
}

#[test]
fn the_close_of_the_period_that_contains_the_day_or_of_the_next() {
    const CONTAINING: &str = "{ close = { calendar = 'council', of = 'containing' } }";
    const NEXT: &str = "{ close = { calendar = 'council', of = 'next' } }";
    check_due(CONTAINING, "2013-02-01", "2013-03-20");
    check_due(CONTAINING, "2013-03-19", "2013-03-20");
    check_due(CONTAINING, "2013-03-20", "2013-03-20");
    check_due(CONTAINING, "2013-06-29", "2013-06-30");
    check_due(NEXT, "2013-02-01", "2013-06-30");
    check_due(NEXT, "2013-03-20", "2013-06-30");
    // Only if it ended in a certain way; the council's first period ran out, and the second was cut short.
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
fn where_the_calendar_does_not_say_there_is_no_status() {
    let close = |of: &str| format!("{{ close = {{ calendar = 'council', of = '{of}' }} }}");
    let gap = "the calendar council has no period that contains 2013-04-01";
    check_unknown(&close("containing"), "2013-04-01", "2013-04-01", gap);
    check_unknown(&close("next"), "2013-04-01", "2013-04-01", gap);
    let early = "the calendar council has no period that contains 2012-12-31";
    check_unknown(&close("containing"), "2012-12-31", "2012-12-31", early);
    // A number is missing after the second period, and none follows the fifth, which is open.
    let hole = "the calendar council does not have the period that followed 2013-06-30";
    check_unknown(&close("next"), "2013-05-01", "2013-07-01", hole);
    let open = "the calendar council does not say when period 5 closed";
    check_unknown(&close("containing"), "2013-12-05", "2013-12-16", open);
    check_unknown(&close("next"), "2013-12-05", "2013-12-16", open);
    check_unknown(&close("next"), "2013-09-05", "2013-12-16", open);
    // Past the last day that the calendar speaks of an open period may have closed at any time.
    check_unknown(&close("containing"), "2013-12-20", "2013-12-20", open);
    let ending = "{ close = { calendar = 'council', of = 'containing', ended_by = 'dissolution' } }";
    check_unknown(ending, "2013-09-05", "2013-10-31", "the calendar council does not say how period 4 ended");
    // Recess may come after the last day, and then it fires later than it would without.
    let beyond = "the calendar council says nothing of days after 2013-12-15";
    check_unknown("{ days = { count = 10, except_recess_of = 'council' } }", "2013-12-10", "2013-12-20", beyond);
    check_unknown("{ full-days = { count = 10, except_recess_of = 'council' } }", "2013-12-10", "2013-12-21", beyond);
    check_due("{ days = { count = 5, except_recess_of = 'council' } }", "2013-12-10", "2013-12-15");
    // A calendar that nobody has defined.
    let none = "the ledger has no calendar senate";
    check_unknown("{ close = { calendar = 'senate', of = 'containing' } }", "2013-02-01", "2013-02-01", none);
    check_unknown("{ days = { count = 10, except_recess_of = 'senate' } }", "2013-02-01", "2013-02-11", none);
}

#[test]
fn a_calendar_that_ended_says_nothing_of_later_days() {
    let text = COUNCIL.replace("convened = '2013-12-01'", "convened = '2013-12-01'\nclosed = '2013-12-10'");
    let procedure = timed("{ close = { calendar = 'council', of = 'containing' } }", "fires = 'end'");
    let tell = |story: &str| {
        let mut book = Book::default();
        book.append(Calendar::from_toml("council.toml", &text).unwrap());
        tell_with(book, &procedure, &format!("a result, opens idle 2011-01-01; {story}"), |word| word)
    };
    let gap = "unknown: from 2013-12-12 on it is not known whether a clock has fired: \
        the calendar council has no period that contains 2013-12-12";
    check_days(&tell("waiting 2013-12-12"), "a day after the last period", &format!("2013-12-12 {gap}"), stands);
    let beyond = "unknown: from 2013-12-16 on it is not known whether a clock has fired: \
        the calendar council says nothing of days after 2013-12-15";
    check_days(&tell("waiting 2013-12-16"), "a day past the calendar", &format!("2013-12-16 {beyond}"), stands);
    // A recorded step says where it stands, whatever the calendar left open.
    check_days(
        &tell("waiting 2013-12-12; settled 2013-12-20"),
        "a step after",
        &format!("2013-12-19 {gap}\n2013-12-20 settled since 2013-12-20"),
        stands,
    );
}

#[test]
fn a_calendar_grows_and_the_latest_one_known_applies() {
    let procedure = timed("{ close = { calendar = 'council', of = 'containing' } }", "fires = 'end'");
    let mut book = tell_with(council(), &procedure, "a result; waiting 2013-12-05", |word| word);
    let grown = COUNCIL
        .replace("convened = '2013-12-01'", "convened = '2013-12-01'\nclosed = '2013-12-28'")
        .replace("2013-12-15", "2013-12-31");
    let known_before = book.ledger.newest().unwrap();
    book.append(Calendar::from_toml("council.toml", &grown).unwrap());
    check_days(
        &book,
        "the calendar grown",
        "2013-12-27 waiting since 2013-12-05\n2013-12-28 lapsed since 2013-12-28",
        stands,
    );
    let earlier = book.ledger.view_on(day("2013-12-28")).known_at(known_before).standing(common::WORD).unwrap();
    assert_eq!(earlier.status, None);
}
