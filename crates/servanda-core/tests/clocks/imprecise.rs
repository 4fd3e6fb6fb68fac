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

/// An invented matter that lapses after ten days, and would be closed after thirty. It can be
/// approved before and after the lapse.
fn matter() -> servanda_core::Procedure {
    let text = r#"
id = "matter"
version = 1
title = { en = "Matter" }
initial = "open"
statuses = [
    { id = "open", phase = "active", title = { en = "Open" } },
    { id = "lapsed", phase = "stalled", title = { en = "Lapsed" } },
    { id = "closed", phase = "failed", final = true, title = { en = "Closed" } },
    { id = "approved", phase = "achieved", final = true, title = { en = "Approved" } },
]
transitions = [
    { from = ["open", "lapsed"], to = "approved", title = { en = "It is approved" }, basis = "Art. 3" },
]
[[clocks]]
id = "long"
starts = ["open"]
while = ["open"]
to = "closed"
fires = "end"
rule = { days = { count = 30 } }
title = { en = "Thirty days" }
basis = "Art. 2"
[[clocks]]
id = "short"
starts = ["open"]
while = ["open"]
to = "lapsed"
fires = "end"
rule = { days = { count = 10 } }
title = { en = "Ten days" }
basis = "Art. 1"
"#;
    servanda_core::Procedure::from_toml("matter.toml", text).unwrap()
}

#[test]
fn a_clock_that_a_step_may_have_preceded_counts_for_nothing() {
    let story = "a result due 2020-01-08, made 2020-01-01; approved 2020-01";
    let desk = record(&matter(), story);
    let line = |standing: &servanda_core::Standing| {
        let reached: Vec<&str> = standing.may_have.iter().map(|step| step.status.as_str()).collect();
        let verdict = standing.verdict.map_or("none", |verdict| verdict.as_str());
        let timeliness = standing.timeliness.map_or("none", |timeliness| timeliness.as_str());
        format!(
            "{} {reached:?} {verdict} {timeliness}",
            standing.status.as_ref().map_or("none", |status| status.as_str())
        )
    };
    check_days(
        &desk,
        story,
        r#"2020-01-01 open ["approved"] in-progress on-time
        2020-01-20 none [] none none
        2020-01-31 approved [] kept unknown"#,
        line,
    );
}

/// No transition leads to `lapsed`, so the step states what the clock did.
#[test]
fn a_step_that_only_a_clock_can_take_leaves_no_doubt_about_the_clock() {
    let story = "a result, made 2020-01-01; lapsed 2020";
    let expected = "2020-01-10 open since 2020-01-01
        2020-01-11 lapsed since 2020-01-11
        2020-12-31 lapsed since 2020-01-11";
    check_days(&record(&matter(), story), story, expected, status_line);
}

#[test]
fn the_table_of_all_commitments_agrees_about_doubtful_clocks() {
    for story in ["a result, made 2020-01-01; approved 2020-01", "a result, made 2020-01-01; lapsed 2020"] {
        let desk = record(&matter(), story);
        for on in ["2020-01-05", "2020-01-11", "2020-01-20", "2020-01-31", "2020-12-31"] {
            let summaries = desk.ledger.view_on(on).unwrap().summaries(&servanda_core::Filter::default());
            assert_eq!(summaries, [servanda_core::Summary::from(desk.standing(on))], "{story} on {on}");
        }
    }
}

#[test]
fn an_imprecise_step_that_a_transition_allows_does_not_confirm_a_clock() {
    let text = r#"
id = "petition"
version = 1
title = { en = "Petition" }
initial = "open"
statuses = [
    { id = "open", phase = "active", title = { en = "Open" } },
    { id = "settled", phase = "achieved", final = true, title = { en = "Settled" } },
]
transitions = [
    { from = ["open"], to = "settled", sources = 2, title = { en = "It is granted" }, basis = "Art. 1" },
]
[[clocks]]
id = "silence"
starts = ["open"]
while = ["open"]
to = "settled"
fires = "end"
rule = { days = { count = 10 } }
title = { en = "Silence" }
basis = "Art. 2"
"#;
    let petition = servanda_core::Procedure::from_toml("petition.toml", text).unwrap();
    let mut desk = record(&petition, "a result, made 2020-01-01");
    let step = servanda_core::Advance::builder(super::common::COMMITMENT, "settled").on("2020-01");
    assert_eq!(desk.try_append(step).unwrap_err().code(), "missing-sources");
}

#[test]
fn of_two_clocks_with_one_imprecise_start_the_shorter_one_fires() {
    let story = "a result, made 2030-01";
    check_days(
        &record(&matter(), story),
        story,
        "2030-01-31 unknown: from 2030-01-11 on it is not known whether a clock has fired: it depends on a date that is \
        only known as 2030-01
        2030-02-10 lapsed since [2030-01-11..2030-02-10]",
        status_line,
    );
}

#[test]
fn a_clock_that_a_possible_step_forestalls_is_not_ahead() {
    let desk = record(&matter(), "a result, made 2020-01-01; approved [2020-01-03..2020-01-08]");
    let standing = desk.standing("2020-01-04");
    let reached: Vec<&str> = standing.may_have.iter().map(|step| step.status.as_str()).collect();
    assert_eq!((standing.clocks, reached), (vec![], vec!["approved"]));
    // The longer clock cannot fire before the shorter one.
    let desk = record(&matter(), "a result, opens open 2020-01");
    let reached: Vec<_> =
        desk.standing("2020-01-30").may_have.into_iter().map(|step| step.status.to_string()).collect();
    assert_eq!(reached, [""; 0]);
}

/// Approval without a vote is due 30 days after a day of May, and the session closes on 26 June.
/// Each of the two may have come first. A deposit is a step only after the close.
#[test]
fn a_step_shows_which_of_two_clocks_fired_first() {
    let story = "a result; submitted 2013-03-17; lower-first-passed 2013-05; deposited-before-approval 2013-06-27";
    let desk = record(servanda_core::builtin::diet_treaty_approval(), story);
    let history = desk.standing("2013-06-27").history;
    let path: Vec<String> = history.iter().map(|step| format!("{} {}", step.status, step.on)).collect();
    let expected = [
        "intended 2013-01-18",
        "submitted 2013-03-17",
        "lower-first-passed 2013-05",
        "dropped 2013-06-26",
        "deposited-before-approval 2013-06-27",
    ];
    assert_eq!(path, expected);
}
