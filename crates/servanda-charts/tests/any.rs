//! Properties of all timelines and tallies.

#![allow(clippy::unwrap_used, reason = "a test may fail in the shortest way")]

mod common;

use common::{Desk, check, talks};
use proptest::prelude::*;
use servanda_charts::{English, Tally, Timeline};
use servanda_core::facts::{Remark, Retract};
use servanda_core::{Advance, Date, Filter, Title, Verdict};
use unicode_width::UnicodeWidthChar;

/// A date that may be imprecise, in any year.
fn date() -> impl Strategy<Value = String> {
    (1..=9999u32, 1..=12u32, 1..=28u32, 0..4u8).prop_map(|(year, month, day, precision)| match precision {
        0 => format!("{year:04}"),
        1 => format!("{year:04}-{month:02}"),
        2 if day < 28 => format!("[{year:04}-{month:02}-{day:02}..{year:04}-{month:02}-28]"),
        _ => format!("{year:04}-{month:02}-{day:02}"),
    })
}

/// A title of any characters, as far as the core accepts them.
fn title() -> impl Strategy<Value = String> {
    prop_oneof!["\\PC{1,300}", "[<>&\"'\u{202e}\u{2067}\u{5d0}-\u{5ea}条a ]{1,80}"]
        .prop_filter("a title", |text| text.parse::<Title>().is_ok())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_timeline_is_well_formed(
        titles in proptest::collection::vec(title(), 2..4),
        dates in proptest::collection::vec(date(), 1..12),
        on in date(),
        width in 0..3000u32,
        most in 1..20usize,
    ) {
        let mut desk = Desk::new(talks(&[]));
        let made = dates[0].parse::<Date>().unwrap();
        desk.record("2024-05-02", desk.promise(&titles[0]).made(made).build().unwrap());
        for (number, date) in dates.iter().enumerate() {
            let remark = Remark::builder("xx/talks", &titles[number % titles.len()]).on(date.as_str());
            let entry = desk.record("2024-06-01", remark);
            if number % 3 == 0 {
                desk.record("2024-06-01", Retract::builder("xx/talks", entry, &titles[1]));
            }
            let step = Advance::builder("xx/talks", if number % 2 == 0 { "talking" } else { "paused" });
            let step = step.on(date.as_str()).build().unwrap();
            let is_legal = desk.ledger.prepare(step.clone(), &"desk".parse().unwrap(), "2025-01-01T00:00:00.000000Z".parse().unwrap()).is_ok();
            if is_legal {
                desk.record("2024-06-01", step);
            }
        }
        let day = on.parse::<Date>().unwrap().last_day();
        let standing = desk.ledger.view_on(day).unwrap().standing("xx/talks").unwrap();
        let timeline = Timeline::new(&standing).procedure(&desk.procedure).width(width).max_events(most);
        let svg = timeline.svg(&English);
        check(&svg);
        prop_assert_eq!(&svg, &timeline.svg(&English));
        let text = timeline.text(&English, width as usize);
        prop_assert!(!text.contains(|character: char| character.is_control() && character != '\n'));
        let columns = |line: &str| line.chars().filter_map(UnicodeWidthChar::width).sum::<usize>();
        prop_assert!(text.lines().map(columns).max() <= Some((width as usize).max(24)), "{}", text);
        check(&Tally::of(&desk.ledger.view_on(day).unwrap().summaries(&Filter::default())).svg(&English));
    }

    #[test]
    fn every_tally_is_as_wide_as_asked(counts in proptest::collection::vec(0..2000usize, 11), width in 16..300usize) {
        let verdicts = Verdict::ALL.into_iter().map(Some).chain([None]);
        let tally = Tally::of_verdicts(verdicts.zip(&counts).flat_map(|(verdict, count)| vec![(verdict, false); *count]));
        prop_assert_eq!(tally.total(), counts.iter().sum::<usize>());
        check(&tally.width(width as u32).svg(&English));
        if counts.iter().any(|count| *count > 0) {
            let tally = Tally::of_verdicts(verdicts_of(&counts));
            let text = tally.text(&English, width);
            prop_assert_eq!(text.lines().next().unwrap().chars().count(), width);
        }
    }
}

fn verdicts_of(counts: &[usize]) -> Vec<(Option<Verdict>, bool)> {
    let verdicts = Verdict::ALL.into_iter().map(Some).chain([None]);
    verdicts.zip(counts).flat_map(|(verdict, count)| vec![(verdict, false); *count]).collect()
}
