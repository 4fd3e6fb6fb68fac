//! Targets in numbers, and measurements of progress towards them.

#![allow(clippy::unwrap_used)]

mod common;

use common::{COMMITMENT, Desk, commitment};
use servanda_core::facts::{Advance, Cite, Measure, Retract};
use servanda_core::{Batch, CommitmentBuilder, Obligation, Source, Standing, Verdict, builtin};

fn word() -> CommitmentBuilder {
    commitment(COMMITMENT, builtin::action(), Obligation::Result)
}

/// A ledger with one commitment, made on 18 January 2013: 1000 homes by the end of 2015.
fn desk() -> Desk {
    let mut desk = Desk::default();
    desk.append(word().target_by("1000", "homes", "2015"));
    desk
}

fn measure(value: &str, on: &str) -> Batch {
    Measure::builder(COMMITMENT, value).on(on).into()
}

fn shown(standing: &Standing) -> String {
    let share = |share: Option<&servanda_core::Decimal>| share.map_or("-".to_owned(), |share| share.to_string());
    standing.measurement.as_ref().map_or_else(String::new, |measured| {
        format!("{} on {}: {}", measured.value, measured.on, share(measured.share.as_ref()))
    })
}

#[track_caller]
fn check(desk: &Desk, days: &[(&str, &str)]) {
    for (on, expected) in days {
        assert_eq!(shown(&desk.standing(on)), *expected, "on {on}");
    }
}

#[test]
fn a_standing_shows_the_latest_measurement_of_its_day_and_its_share() {
    let mut desk = desk();
    desk.append(measure("333", "2014-06-30"));
    desk.append(measure("120.5", "2013-12-31"));
    check(
        &desk,
        &[
            ("2013-12-30", ""),
            ("2013-12-31", "120.5 on 2013-12-31: 0.1205"),
            ("2014-06-29", "120.5 on 2013-12-31: 0.1205"),
            ("2020-01-01", "333 on 2014-06-30: 0.333"),
        ],
    );
    let target = desk.standing("2013-01-01").target.unwrap();
    assert_eq!((target.value.as_str(), target.unit.as_str()), ("1000", "homes"));
    assert_eq!(target.date.unwrap().to_string(), "2015");
}

#[test]
fn an_imprecise_measurement_counts_when_it_has_certainly_been_made() {
    let mut desk = desk();
    desk.append(measure("100", "2013-10-01").and(measure("200", "2014")));
    check(&desk, &[("2014-12-30", "100 on 2013-10-01: 0.1"), ("2014-12-31", "200 on 2014: 0.2")]);
    // Of two whose dates overlap, the one recorded later counts.
    desk.append(measure("150", "2014-03-01"));
    check(&desk, &[("2014-03-01", "150 on 2014-03-01: 0.15"), ("2014-12-31", "150 on 2014-03-01: 0.15")]);
}

#[test]
fn a_retracted_measurement_is_left_out() {
    let mut desk = desk();
    desk.append(measure("100", "2013-10-01"));
    let mistake = desk.append(measure("999", "2014-01-01"));
    desk.append(Retract::builder(COMMITMENT, mistake, "Another town"));
    check(&desk, &[("2014-01-01", "100 on 2013-10-01: 0.1")]);
    let retracted = desk.standing("2014-01-01").retracted;
    assert_eq!(retracted[0].value.as_ref().map(|value| value.as_str()), Some("999"));
}

#[test]
fn sources_can_be_added_to_a_measurement() {
    let mut desk = desk();
    let entry = desk.append(measure("100", "2013-10-01"));
    let source = Source::new("Statistics", "https://example.org/statistics").unwrap();
    desk.append(Cite::builder(COMMITMENT, entry).citing(source.clone()));
    assert_eq!(desk.standing("2014-01-01").measurement.unwrap().sources, [source]);
}

#[test]
fn a_verdict_does_not_depend_on_measurements() {
    let mut desk = desk();
    desk.append(measure("1000", "2013-10-01"));
    assert_eq!(desk.standing("2013-10-01").verdict, Some(Verdict::Pending));
    let source = Source::new("Statistics", "https://example.org/statistics").unwrap();
    desk.append(Advance::builder(COMMITMENT, "done").on("2014-01-01").citing(source));
    desk.append(measure("12", "2014-02-01"));
    assert_eq!(desk.standing("2014-02-01").verdict, Some(Verdict::Kept));
}

#[test]
fn a_target_of_zero_has_no_share() {
    let mut desk = Desk::default();
    desk.append(word().target("0", "open cases"));
    desk.append(measure("12", "2014-01-01"));
    check(&desk, &[("2014-01-01", "12 on 2014-01-01: -")]);
}

#[test]
fn a_measurement_needs_a_target() {
    let mut desk = Desk::default();
    desk.append(word());
    let refused = desk.try_append(measure("12", "2014-01-01")).unwrap_err();
    assert_eq!(refused.code(), "no-target");
}

#[test]
fn the_date_of_a_target_is_not_before_the_word() {
    let refused = Desk::default().try_append(word().target_by("1000", "homes", "2012")).unwrap_err();
    assert_eq!(refused.code(), "invalid-field");
    Desk::default().append(word().target_by("1000", "homes", "2013-01"));
}
