//! The agenda: deadlines and clocks that are ahead.

use serde_json::{Value, json};
use servanda_core::{Agenda, Obligation, RunningClock, Span, Upcoming};

use crate::common::{commitment, day, moment};
use crate::{all, bill, desk, json_of, with_story};

fn span(first: &str, last: &str) -> Span {
    Span { first: day(first), last: day(last) }
}

/// Formats an agenda as lines: the items with a day, then those whose day is unknown.
fn lines_of_agenda(agenda: &Agenda) -> Vec<String> {
    let presumed = |clock: &RunningClock| if clock.presumed { ", presumed" } else { "" };
    let items = agenda.items.iter().map(|item| match &item.what {
        Upcoming::Deadline(set) => format!("{} {} deadline {}", item.day, item.commitment, set.deadline),
        Upcoming::Clock(clock) => format!("{} {} {}{}", item.day, item.commitment, clock.clock, presumed(clock)),
    });
    let unknown = agenda.unknown.iter().map(|unknown| {
        let (clock, reason) = (&unknown.clock, unknown.clock.reason.as_deref().unwrap());
        format!("from {} {} {}{}: {reason}", unknown.earliest, unknown.commitment, clock.clock, presumed(clock))
    });
    items.chain(unknown).collect()
}

/// A story, the day of the view, the first and last day of the agenda, and the expected lines.
type Case<'a> = (&'a str, &'a str, (&'a str, &'a str), &'a [&'a str]);

#[test]
fn an_agenda_lists_deadlines_and_the_days_on_which_clocks_fire() {
    let cases: [Case<'_>; 16] = [
        // Both ends are included. A deadline that is a month or a year is listed on its last day.
        ("a result, due 2013-03", "2013-02-01", ("2013-03-31", "2013-03-31"), &["2013-03-31 jp/word deadline 2013-03"]),
        ("a result, due 2013-03", "2013-02-01", ("2013-03-01", "2013-03-30"), &[]),
        ("a result, due 2013-03", "2013-02-01", ("2013-04-01", "2013-04-30"), &[]),
        ("a result, due 2013", "2013-02-01", ("2013-12-31", "2014-01-31"), &["2013-12-31 jp/word deadline 2013"]),
        // The deadlines are those in force on the day of the view, past ones too. There is none
        // before the commitment is made.
        (
            "a result, due 2013-03; rescheduled 2013-05 on 2013-03-10",
            "2013-03-09",
            ("2013-01-01", "2013-12-31"),
            &["2013-03-31 jp/word deadline 2013-03"],
        ),
        (
            "a result, due 2013-03; rescheduled 2013-05 on 2013-03-10",
            "2013-08-01",
            ("2013-01-01", "2013-12-31"),
            &["2013-05-31 jp/word deadline 2013-05"],
        ),
        (
            "a result, due 2013-03; rescheduled 2013-05 on 2013-04-10",
            "2013-08-01",
            ("2013-01-01", "2013-12-31"),
            &["2013-03-31 jp/word deadline 2013-03"],
        ),
        ("a result, due 2013-03", "2013-01-17", ("2013-01-01", "2013-12-31"), &[]),
        // The clocks are those that run on the day of the view.
        ("a result; tabled 2013-03-15", "2013-03-14", ("2013-01-01", "2013-12-31"), &[]),
        (
            "a result, due 2013-06-26; tabled 2013-03-15",
            "2013-03-15",
            ("2013-06-26", "2013-06-26"),
            &["2013-06-26 jp/word close, presumed", "2013-06-26 jp/word deadline 2013-06-26"],
        ),
        ("a result; tabled 2013-03-15", "2013-03-15", ("2013-03-15", "2013-06-25"), &[]),
        ("a result; tabled 2013-03-15", "2013-06-26", ("2013-01-01", "2013-12-31"), &[]),
        (
            "a result; tabled 2013-03-15; passed 2013-05-01",
            "2013-05-01",
            ("2013-05-01", "2013-12-31"),
            &["2013-05-21 jp/word force"],
        ),
        // If the record is attested to be complete, the step is not presumed.
        (
            "a result; tabled 2013-03-15; attested 2013-06-26",
            "2013-04-01",
            ("2013-06-01", "2013-06-30"),
            &["2013-06-26 jp/word close"],
        ),
        // If the calendar has no data, the answer is the earliest day on which the clock may fire.
        (
            "a result; tabled 2013-10-20",
            "2013-11-01",
            ("2013-11-01", "2014-01-01"),
            &["from 2014-01-01 jp/word close, presumed: the calendar house does not say when period 2 closed"],
        ),
        ("a result; tabled 2013-10-20", "2013-11-01", ("2013-11-01", "2013-12-31"), &[]),
    ];
    for (story, on, (first, last), expected) in cases {
        let desk = with_story(desk(), story);
        let agenda = desk.ledger.view_on(on).unwrap().agenda(span(first, last), &all());
        assert_eq!(lines_of_agenda(&agenda), expected, "{story}, on {on}, from {first} to {last}");
    }
}

#[test]
fn an_agenda_is_sorted_by_day_and_respects_the_filter() {
    let mut desk = with_story(desk(), "a result, due 2013-07; tabled 2013-03-15");
    desk.append(commitment("jp/alms", &bill(), Obligation::Result).deadline("2013-06-26"));
    desk.append(commitment("jp/barn", &bill(), Obligation::Result).deadline("2013-04").topic("farms"));
    let view = desk.ledger.view_on("2013-04-01").unwrap();
    let year = span("2013-01-01", "2013-12-31");
    assert_eq!(
        lines_of_agenda(&view.agenda(year, &all())),
        [
            "2013-04-30 jp/barn deadline 2013-04",
            "2013-06-26 jp/alms deadline 2013-06-26",
            "2013-06-26 jp/word close, presumed",
            "2013-07-31 jp/word deadline 2013-07",
        ]
    );
    let farms = all().topic("farms".parse().unwrap());
    assert_eq!(lines_of_agenda(&view.agenda(year, &farms)), ["2013-04-30 jp/barn deadline 2013-04"]);
    // An agenda whose last day is before the first one is empty.
    let nothing = Span { first: year.last, last: year.first };
    let agenda = view.agenda(nothing, &all());
    assert_eq!((agenda.first, agenda.last, agenda.on), (year.last, year.first, view.day()));
    assert_eq!((agenda.items, agenda.unknown, agenda.known_at), (vec![], vec![], None));
}

#[test]
fn the_json_of_an_agenda_is_complete() {
    let desk = with_story(desk(), "a result, due 2013-07; tabled 2013-03-15");
    let known = moment("2026-08-02T00:00:00.000000Z");
    let view = desk.ledger.view_on("2013-04-01").unwrap().known_at(known).unwrap();
    let agenda = view.agenda(span("2013-06-01", "2013-07-31"), &all());
    let standing = view.standing("jp/word").unwrap();
    let item = |day: &str, what: Value| {
        json!({
            "commitment": "jp/word", "day": day, "phase": "active", "timeliness": "on-time",
            "title": "A word given", "verdict": "in-progress", "what": what,
        })
    };
    let expected = json!({
        "first": "2013-06-01",
        "items": [
            item("2013-06-26", json!({ "clock": standing.clocks[0] })),
            item("2013-07-31", json!({ "deadline": standing.deadlines[0] })),
        ],
        "known_at": "2026-08-02T00:00:00.000000Z",
        "last": "2013-07-31",
        "on": "2013-04-01",
        "unknown": [],
    });
    assert_eq!(json_of(&agenda), expected);
}

/// An invented matter that lapses after ten days, and would be approved after thirty. A lapse is
/// published a week later.
const TWO_CLOCKS: &str = r#"
id = "two-clocks"
version = 1
title = { en = "Two clocks" }
initial = "open"
statuses = [
    { id = "open", phase = "active", title = { en = "Open" } },
    { id = "lapsed", phase = "failed", title = { en = "Lapsed" } },
    { id = "published", phase = "failed", final = true, title = { en = "Published" } },
    { id = "approved", phase = "achieved", final = true, title = { en = "Approved" } },
]
transitions = [{ from = ["open"], to = "approved", title = { en = "It is approved" }, basis = "Art. 3" }]
[[clocks]]
id = "long"
starts = ["open"]
while = ["open"]
to = "approved"
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
[[clocks]]
id = "week"
starts = ["lapsed"]
while = ["lapsed"]
to = "published"
fires = "start"
rule = { days = { count = 7 } }
title = { en = "A week" }
basis = "Art. 4"
"#;

#[test]
fn an_agenda_follows_the_clocks_and_leaves_out_those_that_cannot_fire() {
    let procedure = servanda_core::Procedure::from_toml("two-clocks.toml", TWO_CLOCKS).unwrap();
    let mut desk = crate::common::Desk::default();
    desk.append(commitment("jp/matter", &procedure, Obligation::Result).made("2030-01-01"));
    let agenda = |on: &str| {
        let view = desk.ledger.view_on(on).unwrap();
        lines_of_agenda(&view.agenda(span("2030-01-01", "2030-03-01"), &all()))
    };
    assert_eq!(agenda("2030-01-02"), ["2030-01-11 jp/matter short", "2030-01-18 jp/matter week"]);
    assert_eq!(agenda("2030-01-11"), ["2030-01-18 jp/matter week"]);
    let clocks = desk.ledger.view_on("2030-01-02").unwrap().standing("jp/matter").unwrap().clocks;
    let expected = ["short 2030-01-11 lapsed", "week 2030-01-18 published"];
    let found: Vec<String> =
        clocks.iter().map(|clock| format!("{} {} {}", clock.clock, clock.due.unwrap(), clock.to)).collect();
    assert_eq!(found, expected);
}
