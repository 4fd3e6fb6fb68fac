//! Timelines of the alliance and of invented commitments.

#![allow(clippy::unwrap_used, reason = "a test may fail in the shortest way")]

mod common;

use common::{Desk, alliance, check, talks};
use servanda_charts::{English, Labels, Timeline};
use servanda_core::facts::{Deposit, Measure, Remark, Reschedule, Retract};
use servanda_core::{Advance, Ledger};

/// The timeline of a commitment of the alliance, as SVG of two widths and as text.
fn drawn(ledger: &Ledger, commitment: &str, day: &str) -> [String; 3] {
    let view = ledger.view_on(day).unwrap();
    let standing = view.standing(commitment).unwrap();
    let procedures = view.procedures();
    let timeline = Timeline::new(&standing).procedure_among(procedures.iter().map(AsRef::as_ref));
    let svgs = [timeline.svg(&English), timeline.width(720).svg(&English)];
    svgs.iter().for_each(|svg| check(svg));
    let [narrow, wide] = svgs;
    [narrow, wide, timeline.text(&English, 80)]
}

#[test]
fn a_treaty_with_clocks_is_drawn() {
    let [narrow, wide, text] = drawn(&alliance(), "jp/hague-convention", "2014-02-01");
    insta::assert_snapshot!("hague_narrow", narrow);
    insta::assert_snapshot!("hague_wide", wide);
    insta::assert_snapshot!("hague_text", text);
}

#[test]
fn a_long_history_with_deposits_is_drawn() {
    let [narrow, _, text] = drawn(&alliance(), "jp/cptpp", "2019-02-01");
    insta::assert_snapshot!("cptpp_narrow", narrow);
    insta::assert_snapshot!("cptpp_text", text);
}

#[test]
fn a_deadline_that_is_a_month_is_a_span() {
    let [narrow, _, text] = drawn(&alliance(), "us/abe-visit", "2013-02-10");
    insta::assert_snapshot!("visit_narrow", narrow);
    insta::assert_snapshot!("visit_text", text);
}

#[test]
fn every_commitment_of_the_alliance_is_small_and_well_formed_on_every_day() {
    let ledger = alliance();
    for day in ["2000-01-01", "2013-01-18", "2013-05-22", "2015-10-20", "2024-02-01"] {
        let view = ledger.view_on(day).unwrap();
        for standing in view.standings(&servanda_core::Filter::default()) {
            for width in [240, 320, 720] {
                let svg = Timeline::new(&standing).width(width).svg(&English);
                check(&svg);
                assert!(svg.len() <= 20 * 1024, "{} on {day}: {} bytes", standing.commitment, svg.len());
            }
        }
    }
}

/// An invented commitment with everything that a timeline shows.
fn everything() -> Desk {
    let mut desk = Desk::new(talks(&[]));
    let promise = desk.promise("Invented: agree on a bridge").deadline("2025-03").target("3", "bridges");
    desk.record("2024-05-02", promise.build().unwrap());
    desk.record("2024-06-21", Advance::builder("xx/talks", "talking").on("[2024-06-10..2024-06-20]"));
    desk.record("2024-07-01", Remark::builder("xx/talks", "An invented letter").on("2024-07-01"));
    let wrong = desk.record("2024-08-02", Advance::builder("xx/talks", "agreed").on("2024-08-01"));
    desk.record("2024-08-09", Retract::builder("xx/talks", wrong, "The report was about another bridge"));
    desk.record("2024-08-10", Deposit::builder("xx/talks", "yy").on("2024-08-10"));
    desk.record("2024-09-01", Advance::builder("xx/talks", "paused").on("2024-09-01"));
    desk.record("2024-10-02", Measure::builder("xx/talks", "1").on("2024-10"));
    desk.record("2024-10-03", Reschedule::builder("xx/talks", "2025-09-30").on("2024-10-03"));
    desk.record("2024-10-04", Remark::builder("xx/talks", "An invented meeting that is planned").on("2025-06-01"));
    desk
}

#[test]
fn clocks_deadlines_corrections_and_what_lies_ahead_are_drawn() {
    let desk = everything();
    for (name, day) in [("before", "2024-11-15"), ("presumed", "2025-04-15")] {
        let svg = desk.svg(day);
        check(&svg);
        insta::assert_snapshot!(format!("everything_{name}_svg"), svg);
        insta::assert_snapshot!(format!("everything_{name}_text"), desk.text(day));
    }
}

#[test]
fn a_wide_timeline_has_a_column_of_dates() {
    let desk = everything();
    let standing = desk.standing("2024-11-15");
    let svg = Timeline::new(&standing).procedure(&desk.procedure).width(720).without_heading().svg(&English);
    check(&svg);
    insta::assert_snapshot!("everything_wide_svg", svg);
}

#[test]
fn without_a_procedure_a_clock_begins_on_the_day_asked() {
    let desk = everything();
    let standing = desk.standing("2024-11-15");
    insta::assert_snapshot!("without_procedure_text", Timeline::new(&standing).text(&English, 60));
}

#[test]
fn a_narrow_terminal_has_dates_above_names() {
    let desk = everything();
    let standing = desk.standing("2024-11-15");
    let text = Timeline::new(&standing).procedure(&desk.procedure).text(&English, 0);
    insta::assert_snapshot!("narrow_text", text);
}

#[test]
fn a_step_on_an_imprecise_date_may_have_happened() {
    let mut desk = Desk::new(talks(&[]));
    desk.record("2024-05-02", desk.promise("Invented: talks in a month that is known").build().unwrap());
    desk.record("2024-07-01", Advance::builder("xx/talks", "talking").on("2024-06"));
    let svg = desk.svg("2024-06-15");
    check(&svg);
    insta::assert_snapshot!("possible_svg", svg);
    insta::assert_snapshot!("possible_text", desk.text("2024-06-15"));
}

#[test]
fn before_the_commitment_there_is_only_the_day_it_is_made() {
    let mut desk = Desk::new(talks(&[]));
    desk.record("2024-05-02", desk.promise("Invented: nothing has happened").build().unwrap());
    let svg = desk.svg("2024-04-01");
    check(&svg);
    insta::assert_snapshot!("nothing_svg", svg);
    insta::assert_snapshot!("nothing_text", desk.text("2024-04-01"));
}

#[test]
fn hostile_text_is_shown_as_text() {
    let hostile = "</title><script>alert(\"1\")</script> ' onload='x' ]]> &amp; \u{202e}txet\u{2067}";
    let mut desk = Desk::new(talks(&[
        ("Talking", hostile),
        ("Invented rules, art. 1", hostile),
        ("Six months without talks", hostile),
    ]));
    let promise = desk.promise(hostile).deadline("2025-03").target("3", hostile);
    desk.record("2024-05-02", promise.words(hostile, (hostile, "https://example.org/")).build().unwrap());
    desk.record("2024-06-02", Advance::builder("xx/talks", "talking").on("2024-06-01").noting(hostile));
    let wrong = desk.record("2024-06-03", Remark::builder("xx/talks", hostile).on("2024-06-03"));
    desk.record("2024-06-04", Retract::builder("xx/talks", wrong, format!("{hostile}\n{hostile}")));
    desk.record("2024-06-05", Remark::builder("xx/talks", hostile).on("2024-06-05"));
    desk.record("2024-06-06", Advance::builder("xx/talks", "paused").on("2024-06-06"));
    let svg = desk.svg("2024-07-01");
    check(&svg);
    assert!(!svg.contains("<script") && !svg.contains('\u{202e}'));
    insta::assert_snapshot!("hostile_svg", svg);
    insta::assert_snapshot!("hostile_text", desk.text("2024-07-01"));
}

#[test]
fn text_from_right_to_left_is_isolated() {
    let mut desk = Desk::new(talks(&[("Talking", "المفاوضات جارية"), ("Six months without talks", "ستة أشهر")]));
    desk.record("2024-05-02", desk.promise("ההסכם החדש על הגשר (2024)").build().unwrap());
    desk.record("2024-06-02", Advance::builder("xx/talks", "talking").on("2024-06-01"));
    desk.record("2024-06-05", Remark::builder("xx/talks", "לפי ABC, 3 פגישות").on("2024-06-05"));
    desk.record("2024-06-06", Advance::builder("xx/talks", "paused").on("2024-06-06"));
    let svg = desk.svg("2024-07-01");
    check(&svg);
    insta::assert_snapshot!("right_to_left_svg", svg);
    insta::assert_snapshot!("right_to_left_text", desk.text("2024-07-01"));
}

#[test]
fn long_names_are_broken_into_lines_that_end() {
    let long = "条約の承認を求めるの件".repeat(20);
    let mut desk = Desk::new(talks(&[("Talking", &"Talks ".repeat(40)), ("Paused", &"x".repeat(200))]));
    desk.record("2024-05-02", desk.promise(&long).language("ja").build().unwrap());
    desk.record("2024-06-02", Advance::builder("xx/talks", "talking").on("2024-06-01"));
    desk.record("2024-06-05", Remark::builder("xx/talks", &long).on("2024-06-05"));
    desk.record("2024-06-06", Advance::builder("xx/talks", "paused").on("2024-06-06"));
    let svg = desk.svg("2024-07-01");
    check(&svg);
    insta::assert_snapshot!("long_svg", svg);
}

#[test]
fn of_three_hundred_steps_the_latest_are_drawn_and_all_are_written() {
    let mut desk = Desk::new(talks(&[]));
    desk.record("2024-05-02", desk.promise("Invented: talks without end").build().unwrap());
    let first = servanda_core::Day::new(2024, 5, 2).unwrap();
    for number in 0..300 {
        let to = if number % 2 == 0 { "talking" } else { "paused" };
        let day = first.plus_days(number * 2).unwrap();
        desk.record("2026-06-01", Advance::builder("xx/talks", to).on(day));
    }
    let svg = desk.svg("2026-06-01");
    check(&svg);
    assert!(svg.len() <= 20 * 1024, "{} bytes", svg.len());
    insta::assert_snapshot!("three_hundred_svg", svg);
    let standing = desk.standing("2026-06-01");
    let small = Timeline::new(&standing).max_bytes(8 * 1024).svg(&English);
    assert!(small.len() <= 8 * 1024, "{} bytes", small.len());
    assert_eq!(desk.text("2026-06-01").matches("Talking").count(), 150);
}

/// Writes every date in one of these ways, which are the longest of their languages.
struct LongDates(&'static str);

impl Labels for LongDates {
    fn date(&self, _: servanda_core::Date) -> String {
        self.0.to_owned()
    }
}

#[test]
fn a_date_with_a_long_month_stays_on_one_line() {
    let ledger = alliance();
    let standing = ledger.view_on("2013-03-01").unwrap().standing("us/abe-visit").unwrap();
    for date in ["30 September 2012", "30. September 2012", "30 septembre 2012", "2012年12月30日"] {
        for width in [520, 700, 720] {
            let svg = Timeline::new(&standing).width(width).svg(&LongDates(date));
            check(&svg);
            assert!(svg.contains(&format!("text-anchor=\"end\">{date}</text>")), "{date} at {width}: {svg}");
        }
    }
    let range = "between 30 September 2012 and 30 November 2012";
    let svg = Timeline::new(&standing).width(700).svg(&LongDates(range));
    assert!(!svg.contains(&format!(">{range}</text>")), "a range is wrapped: {svg}");
}
