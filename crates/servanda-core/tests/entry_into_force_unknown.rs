//! Entry into force of treaties if a share, a date or a row is not known.

#![allow(clippy::unwrap_used)]

mod common;
#[path = "common/treaties.rs"]
mod treaties;

use common::day;
use servanda_core::{Answer, Day, EntryIntoForce, Instrument, Unread};
use treaties::{days, deposits, treaty};

#[test]
fn a_missing_share_makes_the_day_unknown_if_it_may_matter() {
    let treaty = treaty("share = { at_least = '50', of = 'output' }\ndeposits = 2", "{ months = { count = 1 } }");
    for (story, expected) in [
        // Without the share of b, the threshold is reached on 3 January; with it, it may have been
        // reached on 2 January. For c both give the same day: by its own deposit, or by the
        // treaty's entry into force.
        ("a 2001-01-01 10; b 2001-01-02; c 2001-01-03 40", "-; a -; b -; c 2001-02-03"),
        // The deposit comes after the conditions are met.
        ("a 2001-01-01 10; c 2001-01-03 40; b 2001-01-04", "2001-02-03; a 2001-02-03; c 2001-02-03; b 2001-02-04"),
        // The share makes no difference: there were too few parties before.
        ("a 2001-01-01; b 2001-01-02 50", "2001-02-02; a 2001-02-02; b 2001-02-02"),
    ] {
        assert_eq!(days(&treaty, story), expected, "{story}");
    }
    let found = treaty.apply(&deposits("a 2001-01-01 10; b 2001-01-02; c 2001-01-03 40"), None);
    assert_eq!((found.answer, found.missing), (Answer::NotKnown, None));
    assert_eq!((found.earliest, found.latest), (Some(day("2001-02-02")), Some(day("2001-02-03"))));
    let reason = "the share of b in output is not given, and is at most 50 %: art. 9(1)";
    assert_eq!(found.why.unwrap(), reason);
    let a = &found.parties[0];
    assert_eq!((a.answer, a.earliest, a.latest), (Answer::NotKnown, Some(day("2001-02-02")), Some(day("2001-02-03"))));
    assert_eq!(a.why, reason);
    assert_eq!(found.parties[2].why, "the day is the same whatever the share of b in output is");
}

#[test]
fn a_missing_share_is_at_most_what_the_others_leave() {
    let treaty = EntryIntoForce::from_toml("pact.toml", SALT).unwrap();
    let days = |story: &str| {
        let found = treaty.apply(&deposits(story), None);
        (found.answer.as_str(), found.earliest.map(|day| day.to_string()), found.latest.map(|day| day.to_string()))
    };
    let in_force = |day: &str| ("in-force", Some(day.to_owned()), Some(day.to_owned()));
    // The share of b is at most 0.01 %, which is too little on 2 February, and not needed on 1
    // March.
    let story = "a 2016-01-01 30; b 2016-02-01; c 2016-03-01 69.99";
    assert_eq!(days(story), in_force("2016-03-31"));
    // With 25 % left, it may be enough.
    let story = "a 2016-01-01 30; b 2016-02-01; c 2016-03-01 45";
    assert_eq!(days(story), ("not-known", Some("2016-03-02".to_owned()), Some("2016-03-31".to_owned())));
    // It may be enough, and nothing later is.
    let story = "a 2016-01-01 30; b 2016-02-01; c 2016-03-01 20";
    assert_eq!(days(story), ("not-known", Some("2016-03-02".to_owned()), None));
    // It cannot be enough.
    let story = "c 2015-01-01 46; c 2015-02-01 withdrawal; a 2016-01-01 30; b 2016-02-01";
    assert_eq!(days(story), ("not-in-force", None, None));
    // Two missing shares add up to what is left.
    let story = "a 2016-01-01 30; b 2016-02-01; d 2016-02-02; c 2016-03-01 45.5";
    assert_eq!(days(story), in_force("2016-03-31"));
    let story = "a 2016-01-01 30; b 2016-02-01; d 2016-02-02; c 2016-03-01 24.5; e 2017-01-01 20.5";
    assert_eq!(days(story), ("not-known", Some("2016-03-02".to_owned()), Some("2017-01-31".to_owned())));
    // Shares of more than the whole bound nothing.
    let story = "a 2016-01-01 30; b 2016-02-01; c 2016-03-01 71";
    assert_eq!(days(story), ("not-known", Some("2016-03-02".to_owned()), Some("2016-03-31".to_owned())));
}

/// An invented treaty that needs two deposits and 55 per cent of a total.
const SALT: &str = "\
id = 'salt-pact'
title = { en = 'Salt Pact' }
[[general]]
basis = 'Salt Pact, art. 4(1)'
deposits = 2
share = { at_least = '55', of = 'the trade in salt' }
rule = { days = { count = 30 } }
[later]
basis = 'Salt Pact, art. 4(2)'
rule = { days = { count = 30 } }
[leaving]
basis = 'Salt Pact, art. 5'
not_before_months = 36
rule = { months = { count = 12 } }
";

#[test]
fn a_notice_after_the_latest_possible_day_is_no_instrument_taken_back() {
    let treaty = EntryIntoForce::from_toml("pact.toml", SALT).unwrap();
    // The day is known although a share is not.
    let found =
        treaty.apply(&deposits("a 2016-01-01 30; b 2016-02-01; c 2016-03-01 69.99; c 2020-04-01 withdrawal"), None);
    let c = &found.parties[2];
    assert_eq!((c.in_force, c.until), (Some(day("2016-03-31")), Some(day("2021-04-01"))));
    assert_eq!(
        c.why,
        "30 days after 2016-03-01, when c deposited, which made 3 deposits and at least 99.99 % of the trade in salt: \
         Salt Pact, art. 4(1); until 2021-04-01, by its notice of 2020-04-01: Salt Pact, art. 5"
    );
    // The day is not known, but it is before the notice in any case, and so is its end.
    let found =
        treaty.apply(&deposits("a 2016-01-01 30; b 2016-02-01; c 2016-03-01 45; a 2020-04-01 withdrawal"), None);
    let a = &found.parties[0];
    assert_eq!((a.answer, a.earliest, a.latest), (Answer::NotKnown, Some(day("2016-03-02")), Some(day("2016-03-31"))));
    assert_eq!(a.until, Some(day("2021-04-01")));
    assert!(!a.why.contains("took its instrument back"), "{}", a.why);
    // It may have been before the conditions were met, so nothing is said that needs one of the
    // two.
    let found =
        treaty.apply(&deposits("a 2016-01-01 30; b 2016-02-01; a 2016-02-15 withdrawal; c 2016-03-01 45"), None);
    let a = &found.parties[0];
    assert_eq!((a.answer, a.earliest, a.latest), (Answer::NotKnown, Some(day("2016-03-02")), None));
    assert_eq!(a.why, "the share of b in the trade in salt is not given, and is at most 25 %: Salt Pact, art. 4(1)");
}

#[test]
fn a_deposit_of_a_month_or_a_year_may_be_of_each_of_its_days() {
    let treaty = treaty("deposits = 2", "{ days = { count = 30 } }");
    let apply = |story: &str, as_of: Option<&str>| {
        let instruments: Vec<Instrument> = story
            .split("; ")
            .map(|row| {
                let mut words = row.split(' ');
                let mut instrument = Instrument::new(words.next().unwrap(), day("2001-01-01")).unwrap();
                instrument.on = words.next().unwrap().parse().unwrap();
                instrument.kind = words.next().map(|kind| kind.parse().unwrap());
                instrument
            })
            .collect();
        let found = treaty.apply(&instruments, as_of.map(day));
        let text = |day: Option<Day>| day.map_or_else(|| "?".to_owned(), |day| day.to_string());
        let range = |answer: Answer, earliest, latest| format!("{answer} {} {}", text(earliest), text(latest));
        let parties = found
            .parties
            .iter()
            .map(|party| format!("{} {}", party.party, range(party.answer, party.earliest, party.latest)));
        let all: Vec<String> = [range(found.answer, found.earliest, found.latest)].into_iter().chain(parties).collect();
        (all.join("; "), found)
    };
    // The second deposit is of some day in February.
    let (days, found) = apply("a 2001-01-10; b 2001-02", None);
    assert_eq!(
        days,
        "not-known 2001-03-03 2001-03-30; a not-known 2001-03-03 2001-03-30; b not-known 2001-03-03 2001-03-30"
    );
    assert_eq!(found.why.unwrap(), "the deposit of b is not known to the day: art. 9(1)");
    assert_eq!(found.parties[1].deposited.unwrap().to_string(), "2001-02");
    // On a day of February it may not have been made.
    let (days, _) = apply("a 2001-01-10; b 2001-02", Some("2001-02-10"));
    assert_eq!(days, "not-known 2001-03-03 ?; a not-known 2001-03-03 ?; b not-known 2001-03-03 ?");
    let (days, _) = apply("a 2001-01-10; b 2001-02", Some("2001-01-31"));
    assert_eq!(days, "not-in-force ? ?; a not-in-force ? ?");
    // A deposit of a year may have been the first, the second or a later one. For b the day is the
    // same in each case.
    let (days, _) = apply("a 2001-01-10; b 2001-01-20; c 2001", Some("2002-01-01"));
    assert_eq!(
        days,
        "not-known 2001-02-09 2001-02-19; c not-known 2001-02-09 2002-01-30; a not-known 2001-02-09 2001-02-19; \
         b in-force 2001-02-19 2001-02-19"
    );
    // A later deposit changes the day of its own party only.
    let (days, _) = apply("a 2001-01-10; b 2001-01-20; c 2001-03", None);
    assert_eq!(
        days,
        "in-force 2001-02-19 2001-02-19; a in-force 2001-02-19 2001-02-19; b in-force 2001-02-19 2001-02-19; c not-known 2001-03-31 2001-04-30"
    );
    // It is not known which of the two came first.
    let (days, found) = apply("a 2001-01-10; b 2001-01-20; c 2001-03; c 2001-03-15 withdrawal", None);
    assert_eq!(
        days,
        "in-force 2001-02-19 2001-02-19; a in-force 2001-02-19 2001-02-19; b in-force 2001-02-19 2001-02-19; c not-known ? ?"
    );
    assert_eq!(found.parties[2].why, "it is not known whether it deposited or gave notice first");
    assert_eq!(found.unread, 0);
}

#[test]
fn rows_that_could_not_be_read_make_the_answer_unknown() {
    let treaty = treaty("deposits = 3", "{ days = { count = 30 } }");
    let two = deposits("a 2001-01-01; b 2001-01-02");
    let four = deposits("a 2001-01-01; b 2001-01-02; c 2001-01-03; d 2001-01-10");
    let unread = |on: Option<&str>, by: Option<&str>, may_leave| {
        let mut row = Unread::default();
        (row.on, row.by, row.may_leave) =
            (on.map(|on| on.parse().unwrap()), by.map(|by| by.parse().unwrap()), may_leave);
        row
    };
    let check = |deposits: &[Instrument], rows: &[Unread], expected: &str| {
        let found = treaty.apply_despite(rows, deposits, None);
        let text = |day: Option<Day>| day.map_or_else(|| "?".to_owned(), |day| day.to_string());
        let answer = format!("{} {} {}", found.answer, text(found.earliest), text(found.latest));
        assert_eq!((answer.as_str(), found.unread), (expected, rows.len()));
        found
    };
    // A row of any day may be the third deposit, or no deposit at all.
    let found = check(&two, &[Unread::default()], "not-known 2001-02-01 ?");
    assert_eq!(found.why.unwrap(), "1 row could not be read: art. 9(1)");
    assert_eq!(found.missing, None);
    assert!(
        found.parties.iter().all(|party| party.answer == Answer::NotKnown && party.why.contains("could not be read"))
    );
    // Three may be all three deposits. Nothing follows from the other rows.
    let found = check(&[], &[Unread::default(), Unread::default(), Unread::default()], "not-known ? ?");
    assert_eq!(found.why.unwrap(), "3 rows could not be read; the others lack 3 more deposits (0 of 3): art. 9(1)");
    // One row alone may have swallowed others.
    check(&two[..1], &[unread(None, Some("e"), false)], "not-known ? ?");
    // The others suffice, but the day may be an earlier one.
    let found = check(&four, &[unread(None, Some("e"), false)], "not-known 2001-02-01 2001-02-02");
    let range = |index: usize| (found.parties[index].earliest, found.parties[index].latest);
    let possible = (Some(day("2001-02-01")), Some(day("2001-02-02")));
    assert_eq!(
        (range(0), range(1), range(2)),
        (possible, possible, (Some(day("2001-02-02")), Some(day("2001-02-02"))))
    );
    assert_eq!((found.parties[2].answer, found.parties[3].in_force), (Answer::InForce, Some(day("2001-02-09"))));
    // Nothing is known about the party of the row.
    let e = &found.parties[4];
    assert_eq!(
        (e.party.as_str(), e.answer, e.deposited, e.earliest, e.latest),
        ("e", Answer::NotKnown, None, None, None)
    );
    assert_eq!(e.why, "a row that is or may be about it could not be read");
    // A row of a later day changes nothing for the others.
    let found = check(&four, &[unread(Some("2001-01-05"), Some("e"), false)], "in-force 2001-02-02 2001-02-02");
    assert_eq!(found.parties[3].in_force, Some(day("2001-02-09")));
    // If it may be a notice of leaving, the conditions may have been met later, or not at all.
    check(&four, &[unread(Some("2001-01-03"), Some("a"), true)], "not-known 2001-02-02 2001-02-09");
    check(&four[..3], &[unread(None, None, true)], "not-known 2001-02-01 ?");
    // Of a month, each day is possible.
    check(&two, &[unread(Some("2001-02"), Some("e"), false)], "not-known 2001-03-03 ?");
    check(&four, &[unread(Some("2001-02"), Some("e"), false)], "in-force 2001-02-02 2001-02-02");
    let three = deposits("a 2001-01-01; b 2001-01-02; c 2001-02-20");
    check(&three, &[unread(Some("2001-02"), Some("e"), false)], "not-known 2001-03-03 2001-03-22");
}
