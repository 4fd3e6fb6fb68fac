//! Clocks and recorded steps.
//!
//! The tests check the order of clocks and steps within a day, and which steps start, cancel and
//! confirm a clock.

use servanda_core::builtin::diet_treaty_approval;

use super::common::{self, check_days, day, record, record_on, status_line};
use super::{check_timed, council, timed};

#[test]
fn a_clock_fires_before_or_after_the_recorded_steps_of_its_day() {
    // The clock is due on the 10th. A step recorded for that day comes before a clock that fires at
    // the end of the day, and after one that fires at the start.
    let rule = "{ days = { count = 9 } }";
    let started = "waiting 2013-02-01";
    let parked = format!("{started}; halted 2013-02-10");
    check_timed(&timed(rule, "fires = 'end'"), &parked, "2013-02-10 halted since 2013-02-10");
    let mut desk = record_on(council(), &timed(rule, ""), &format!("a result; {started}"));
    let step = servanda_core::Advance::builder(common::COMMITMENT, "halted").on("2013-02-10");
    let refused = desk.try_append(step).unwrap_err().to_string();
    assert_eq!(
        refused,
        "jp/word cannot go to halted on 2013-02-10: it stood at lapsed since 2013-02-10; from there it can go to: settled, waiting"
    );
    // On the day before, both steps are possible. On the day itself, only a step out of `lapsed`
    // is.
    for edge in ["fires = 'start'", "fires = 'end'"] {
        let early = format!("{started}; halted 2013-02-09");
        check_timed(
            &timed(rule, edge),
            &early,
            "2013-02-09 halted since 2013-02-09\n 2013-02-10 halted since 2013-02-09",
        );
        let settled = format!("{started}; settled 2013-02-10");
        check_timed(
            &timed(rule, edge),
            &settled,
            "2013-02-09 waiting since 2013-02-01\n 2013-02-10 settled since 2013-02-10",
        );
    }
    let history = |edge| {
        let desk = record_on(council(), &timed(rule, edge), &format!("a result; {started}; settled 2013-02-10"));
        let steps = desk.standing("2013-02-10").history;
        steps.iter().map(|step| step.status.to_string()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(history("fires = 'start'"), "idle waiting lapsed settled");
    assert_eq!(history("fires = 'end'"), "idle waiting settled");
}

#[test]
fn a_clock_can_be_cancelled_and_restarted() {
    let rule = timed("{ days = { count = 9 } }", "");
    // The clock keeps running while the status is `parked`, unless `halted` cancelled it before.
    check_timed(
        &rule,
        "waiting 2013-02-01; parked 2013-02-05",
        "2013-02-09 parked since 2013-02-05\n 2013-02-10 lapsed since 2013-02-10",
    );
    let cancelled = "waiting 2013-02-01; halted 2013-02-04; parked 2013-02-05";
    check_timed(&rule, cancelled, "2013-02-10 parked since 2013-02-05\n 2020-01-01 parked since 2013-02-05");
    // The latest arrival at the starting status counts, also after a cancellation and from the same
    // status.
    let again = "waiting 2013-02-01; waiting 2013-02-06";
    check_timed(
        &rule,
        again,
        "2013-02-10 waiting since 2013-02-06\n 2013-02-14 waiting since 2013-02-06\n 2013-02-15 lapsed since 2013-02-15",
    );
    let restarted = "waiting 2013-02-01; halted 2013-02-04; parked 2013-02-05; waiting 2013-02-06; parked 2013-02-07";
    check_timed(&rule, restarted, "2013-02-14 parked since 2013-02-07\n 2013-02-15 lapsed since 2013-02-15");
    // The clock does not run outside the statuses of `while`, and does not fire later for a day
    // that it missed.
    check_timed(&rule, "waiting 2013-02-01; settled 2013-02-09", "2013-02-10 settled since 2013-02-09");
    let missed = "waiting 2013-02-01; settled 2013-02-09; waiting 2013-02-20";
    check_timed(&rule, missed, "2013-02-28 waiting since 2013-02-20\n 2013-03-01 lapsed since 2013-03-01");
    check_timed(&rule, "waiting 2013-02-01; lapsed 2013-02-03", "2013-02-10 lapsed since 2013-02-03");
}

#[test]
fn clocks_due_on_one_day_fire_by_edge_and_then_in_order_of_declaration() {
    for (edges, expected) in [
        (["start", "start"], "lapsed"),
        (["end", "end"], "lapsed"),
        (["start", "end"], "lapsed"),
        (["end", "start"], "settled"),
    ] {
        let [first, second] =
            edges.map(|edge| timed("{ days = { count = 9 } }", &format!("fires = '{edge}'")).clocks.remove(0));
        let mut procedure = timed("{ days = { count = 9 } }", "");
        let mut second = second;
        (second.id, second.to) = ("settle".parse().unwrap(), "settled".parse().unwrap());
        procedure.clocks = vec![first, second];
        let expected = format!("2013-02-09 waiting since 2013-02-01\n 2013-02-10 {expected} since 2013-02-10");
        check_timed(&procedure, "waiting 2013-02-01", &expected);
    }
}

#[test]
fn an_entry_or_an_attestation_confirms_a_presumed_status() {
    let rule = "{ days = { count = 9 } }";
    for (edge, attested) in [("start", "2013-02-09"), ("end", "2013-02-10")] {
        let procedure = timed(rule, &format!("fires = '{edge}'\npresumed = true"));
        let check = |story: &str, expected: &str| check_timed(&procedure, story, expected);
        let (presumed, sure) = ("2013-02-10 lapsed since 2013-02-10, presumed", "2013-02-10 lapsed since 2013-02-10");
        check("waiting 2013-02-01", &format!("2013-02-09 waiting since 2013-02-01\n {presumed}"));
        check("waiting 2013-02-01; lapsed 2013-02-10", sure);
        // A clock at the start of the day needs a record that is complete to the day before, one at
        // the end to the day itself.
        let eve = day(attested).previous().unwrap();
        check(&format!("waiting 2013-02-01; attested {eve}"), presumed);
        check(&format!("waiting 2013-02-01; attested {attested}"), sure);
        check("waiting 2013-02-01; attested 2014", sure);
        // An entry for an earlier day is a step of its own, and the clock does not fire any more.
        check("waiting 2013-02-01; lapsed 2013-02-09", "2013-02-10 lapsed since 2013-02-09");
        // A step that is recorded afterwards is not presumed, even if it leaves a presumed status.
        check("waiting 2013-02-01; settled 2013-02-12", &format!("{presumed}\n 2013-02-12 settled since 2013-02-12"));
    }
    let sure = timed(rule, "");
    check_timed(&sure, "waiting 2013-02-01", "2013-02-10 lapsed since 2013-02-10");
}

/// The sources of a confirming entry are shown on the clock's step.
#[test]
fn a_confirmed_step_of_a_clock_has_the_sources_of_the_confirming_entry() {
    for edge in ["start", "end"] {
        let procedure = timed("{ days = { count = 9 } }", &format!("fires = '{edge}'\npresumed = true"));
        let desk = record(&procedure, "a result; waiting 2013-02-01; lapsed 2013-02-10");
        let step = desk.standing("2013-02-10").history.pop().unwrap();
        let last = desk.ledger.entries().last().unwrap().id();
        let found = (step.clock.map(|clock| clock.to_string()), step.entry, step.further_entries, step.presumed);
        // An end clock fires after everything that happens on its day. So the entry is the step
        // that the procedure allows, and not the step of the clock.
        let expected = match edge {
            "start" => (Some("lapse".to_owned()), None, vec![last], false),
            _ => (None, Some(last), vec![], false),
        };
        assert_eq!((found, step.sources), (expected, vec![common::source()]), "{edge}");
    }
}

/// A petition is deemed granted at the end of the tenth day if the council is silent.
///
/// This law is invented.
#[test]
fn on_the_day_of_an_end_clock_a_step_that_is_allowed_is_that_step() {
    let petition = |transitions: &str| {
        let text = format!(
            r#"id = "petition"
version = 1
initial = "open"
title = {{ en = "Petition" }}
[[statuses]]
id = "open"
phase = "active"
title = {{ en = "Open" }}
[[statuses]]
id = "settled"
phase = "achieved"
title = {{ en = "Settled" }}
[[statuses]]
id = "published"
phase = "achieved"
final = true
title = {{ en = "Published" }}
{transitions}
[[transitions]]
from = ["settled"]
to = "published"
title = {{ en = "It is published" }}
basis = "Art. 3"
[[clocks]]
id = "silence"
starts = ["open"]
while = ["open"]
to = "settled"
fires = "end"
rule = {{ days = {{ count = 10 }} }}
title = {{ en = "Silence" }}
basis = "Art. 2"
"#
        );
        servanda_core::Procedure::from_toml("petition.toml", &text).unwrap()
    };
    let granted = petition(
        "[[transitions]]\nfrom = ['open']\nto = 'settled'\nsources = 2\ntaken_by = ['council']\n\
         title = { en = 'The council grants it' }\nbasis = 'Art. 1'",
    );
    let step = |to: &str| servanda_core::Advance::builder(common::COMMITMENT, to).on("2013-02-11");
    let mut desk = record(&granted, "a result, opens open 2013-02-01");
    assert_eq!(desk.try_append(step("settled")).unwrap_err().code(), "missing-sources");
    let sources = ["minutes", "gazette"]
        .map(|page| servanda_core::Source::new(page, &format!("https://example.org/{page}")).unwrap());
    let [minutes, gazette] = sources;
    desk.append(step("settled").by("council").citing(minutes).citing(gazette));
    desk.append(step("published"));
    let history = desk.standing("2013-02-11").history;
    let steps: Vec<_> = history
        .iter()
        .map(|step| (step.status.as_str(), step.clock.as_ref().map(|clock| clock.as_str()), step.basis.as_ref()))
        .map(|(status, clock, basis)| (status, clock, basis.map_or("", |basis| basis.as_str())))
        .collect();
    assert_eq!(steps, [("open", None, ""), ("settled", None, "Art. 1"), ("published", None, "Art. 3")]);

    // Where no transition leads there, the entry confirms the clock.
    let silent = petition("");
    let desk = record(&silent, "a result, opens open 2013-02-01; settled 2013-02-11");
    let step = desk.standing("2013-02-11").history.pop().unwrap();
    assert_eq!((step.clock.unwrap().as_str(), step.basis.unwrap().as_str()), ("silence", "Art. 2"));
}

/// An entry may state a step that only a clock takes.
///
/// It must name the clock's own day, unless the calendar has no data to compute that day.
#[test]
fn an_entry_can_state_a_step_that_only_a_clock_takes() {
    let treaty = diet_treaty_approval();
    let dropped = |submitted: &str, on: &str| {
        let mut desk = record(treaty, &format!("a consideration, opens submitted {submitted}"));
        let step = servanda_core::Advance::builder(common::COMMITMENT, "dropped").on(on);
        desk.try_append(step).map(|_| status_line(&desk.standing(on))).map_err(|error| error.to_string())
    };
    assert_eq!(dropped("2013-03-15", "2013-06-26"), Ok("dropped since 2013-06-26".to_owned()));
    let early = "jp/word cannot go to dropped on 2013-06-25: the clock close-of-session takes that step by itself, \
                 and does so on 2013-06-26";
    assert_eq!(dropped("2013-03-15", "2013-06-25"), Err(early.to_owned()));
    // The calendar says nothing of these years.
    assert_eq!(dropped("2030-03-15", "2030-06-26"), Ok("dropped since 2030-06-26".to_owned()));
    let story = "a consideration, opens submitted 2030-03-15; dropped 2030-06-26; submitted 2031-02-01";
    check_days(
        &record(treaty, story),
        story,
        "2030-06-25 unknown: from 2030-03-15 on it is not known whether a clock has fired: \
         the calendar jp-diet says nothing of days after 2026-07-25
        2030-06-26 dropped since 2030-06-26
        2031-01-31 dropped since 2030-06-26",
        status_line,
    );
}
