//! Charts of measurements.

#![allow(clippy::unwrap_used, reason = "a test may fail in the shortest way")]

mod common;

use common::{Desk, check, talks};
use servanda_charts::{English, Measurements};
use servanda_core::facts::Measure;
use servanda_core::{Date, Decimal};

/// An invented commitment with a target, and its measurements.
fn measured(target: &str, values: &[(&str, &str)]) -> (Desk, Vec<(Date, Decimal)>) {
    let mut desk = Desk::new(talks(&[]));
    desk.record("2024-05-02", desk.promise("Invented: build bridges").target(target, "bridges <&>"));
    for (on, value) in values {
        desk.record("2026-01-01", Measure::builder("xx/talks", *value).on(*on));
    }
    let parsed = values.iter().map(|(on, value)| (on.parse().unwrap(), value.parse().unwrap()));
    (desk, parsed.collect())
}

#[test]
fn measurements_lead_to_the_target() {
    let (desk, values) = measured("1000", &[("2024-09-30", "120"), ("2025-03", "455.5"), ("2025-12-31", "700")]);
    let standing = desk.standing("2026-02-01");
    let chart = Measurements::new(&standing).unwrap().values(values);
    let svg = chart.svg(&English);
    check(&svg);
    insta::assert_snapshot!("measurements_svg", svg);
    insta::assert_snapshot!("measurements_text", chart.text(&English, 60));
}

#[test]
fn a_standing_alone_has_the_latest_measurement() {
    let (desk, _) = measured("1000", &[("2024-09-30", "120"), ("2025-03", "455.5")]);
    let standing = desk.standing("2025-06-01");
    insta::assert_snapshot!("latest_text", Measurements::new(&standing).unwrap().text(&English, 0));
    let standing = desk.standing("2024-06-01");
    let chart = Measurements::new(&standing).unwrap();
    check(&chart.svg(&English));
    insta::assert_snapshot!("none_text", chart.text(&English, 60));
}

#[test]
fn values_beyond_the_target_and_very_large_ones_fit() {
    let large = "9".repeat(30);
    for (target, value) in [("0", "0"), ("10", "25"), ("1", large.as_str()), (large.as_str(), "0.0001")] {
        let (desk, values) = measured(target, &[("2025-01-01", value)]);
        let standing = desk.standing("2025-06-01");
        let chart = Measurements::new(&standing).unwrap().values(values).width(720);
        check(&chart.svg(&English));
        assert!(chart.text(&English, 60).lines().all(|line| line.chars().count() <= 72));
    }
}

#[test]
fn without_a_target_there_is_no_chart() {
    let mut desk = Desk::new(talks(&[]));
    desk.record("2024-05-02", desk.promise("Invented: no numbers"));
    assert!(Measurements::new(&desk.standing("2024-06-01")).is_none());
}
