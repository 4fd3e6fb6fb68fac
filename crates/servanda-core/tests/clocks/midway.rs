//! Histories that open midway, when a clock may already have started.

use servanda_core::builtin::diet_treaty_approval;

use super::common::{Desk, check_days, record, record_changed, status_line};

/// The treaty is invented. It is in the upper house when its history opens.
const STORY: &str = "a consideration, opens upper-second-referred 2013-05-10";

fn clocks(desk: &Desk, on: &str) -> Vec<String> {
    let clocks = desk.standing(on).clocks;
    clocks
        .iter()
        .map(|clock| format!("{} {}", clock.clock, clock.due.map_or("unknown".to_owned(), |due| due.to_string())))
        .collect()
}

#[test]
fn a_clock_that_must_have_started_has_fired_by_its_latest_day() {
    let desk = record(diet_treaty_approval(), STORY);
    let reason = "from 2013-05-11 on it is not known whether a clock has fired: the clock thirty-days may have started \
                  before the history opens; register the opening with the day on which it did, under clocks_started, \
                  or name it under clocks_not_started";
    let expected = format!(
        "2013-05-09 unknown: its history opens on 2013-05-10, which is later
        2013-05-10 upper-second-referred since 2013-05-10
        2013-06-08 unknown: {reason}
        2013-06-09 approved-after-thirty-days since [2013-05-11..2013-06-09], presumed
        2013-07-20 approved-after-thirty-days since [2013-05-11..2013-06-09], presumed"
    );
    check_days(&desk, STORY, &expected, status_line);
    assert_eq!(clocks(&desk, "2013-05-20"), ["thirty-days [2013-05-11..2013-06-09]"]);
}

#[test]
fn an_opening_can_give_the_day_on_which_a_clock_started() {
    let started = |on: &str| {
        record_changed(Desk::default(), diet_treaty_approval(), STORY, |commitment| {
            commitment.clock_started("thirty-days", on)
        })
    };
    check_days(
        &started("2013-04-23"),
        "a day",
        "2013-05-22 upper-second-referred since 2013-05-10
        2013-05-23 approved-after-thirty-days since 2013-05-23, presumed",
        status_line,
    );
    check_days(
        &started("[2013-04-23..2013-04-25]"),
        "a range of days",
        "2013-05-22 upper-second-referred since 2013-05-10
        2013-05-23 unknown: from 2013-05-23 on it is not known whether a clock has fired: it depends on a date that is \
        only known as [2013-04-23..2013-04-25]
        2013-05-25 approved-after-thirty-days since [2013-05-23..2013-05-25], presumed",
        status_line,
    );
}

#[test]
fn an_opening_can_say_that_a_clock_had_not_started() {
    let desk = record_changed(Desk::default(), diet_treaty_approval(), STORY, |commitment| {
        commitment.clock_not_started("thirty-days")
    });
    check_days(
        &desk,
        "not started",
        "2013-06-25 upper-second-referred since 2013-05-10
        2013-06-26 dropped since 2013-06-26, presumed",
        status_line,
    );
}

#[test]
fn a_clock_that_need_not_have_started_leaves_the_status_unknown() {
    // The instrument may have been deposited before the Diet approved the treaty.
    let rule = servanda_core::ClockRule::new("Convention, art. 9", servanda_core::Rule::Months { count: 3 }).unwrap();
    let story = "a consideration, opens approved-by-both-houses 2013-05-22";
    let desk = record_changed(Desk::default(), diet_treaty_approval(), story, |commitment| {
        commitment.rule("entry-into-force", rule)
    });
    assert_eq!(desk.standing("2013-05-21").status, None);
    assert_eq!(desk.standing("2013-06-01").status, None);
    assert_eq!(clocks(&desk, "2013-06-01"), ["entry-into-force unknown"]);
    // Without a rule for it, the clock does not run.
    let desk = record(diet_treaty_approval(), story);
    check_days(&desk, story, "2013-06-01 approved-by-both-houses since 2013-05-22", status_line);
}

#[test]
fn a_clock_that_the_opening_names_must_be_one_of_the_procedure() {
    let commitment = super::common::commitment("jp/word", diet_treaty_approval(), servanda_core::Obligation::Result)
        .opening("submitted", "2013-03-15", [super::common::source()])
        .clock_started("forty-days", "2013-03-01");
    let error = Desk::default().try_append(commitment).unwrap_err();
    assert_eq!(error.code(), "unknown-clock");
}

#[test]
fn a_clock_starts_before_the_opening_or_not_at_all() {
    let refused = |change: fn(servanda_core::CommitmentBuilder) -> servanda_core::CommitmentBuilder| {
        let opening = super::common::commitment("jp/word", diet_treaty_approval(), servanda_core::Obligation::Result)
            .opening("upper-second-referred", "2013-05-10", [super::common::source()]);
        Desk::default().try_append(change(opening)).unwrap_err().to_string()
    };
    assert_eq!(
        refused(|opening| opening.clock_started("thirty-days", "2013-06-01")),
        "the field fact.register.opening.clocks_started: the clock thirty-days started on 2013-06-01, after the history \
         opens on 2013-05-10; give an earlier date"
    );
    assert_eq!(
        refused(|opening| opening.clock_started("thirty-days", "2013-05").clock_not_started("thirty-days")),
        "the field fact.register.opening.clocks_started: the clock thirty-days is also under clocks_not_started; name it \
         in one of the two"
    );
}

/// The procedure can return to its initial status. Without an opening, nothing came before it.
#[test]
fn a_history_that_does_not_open_midway_has_no_clock_before_it() {
    let text = r#"
id = "hearing"
version = 1
title = { en = "Hearing" }
initial = "open"
statuses = [
    { id = "open", phase = "active", title = { en = "Open" } },
    { id = "heard", phase = "active", title = { en = "Heard" } },
    { id = "closed", phase = "failed", final = true, title = { en = "Closed" } },
]
transitions = [
    { from = ["open"], to = "heard", title = { en = "It is heard" }, basis = "Art. 1" },
    { from = ["heard"], to = "open", title = { en = "It is opened again" }, basis = "Art. 2" },
]
[[clocks]]
id = "month"
starts = ["heard"]
while = ["open", "heard"]
to = "closed"
fires = "end"
rule = { months = { count = 1 } }
title = { en = "A month" }
basis = "Art. 3"
"#;
    let hearing = servanda_core::Procedure::from_toml("hearing.toml", text).unwrap();
    check_days(&record(&hearing, "a result"), "a result", "2020-01-01 open since 2013-01-18", status_line);
}
