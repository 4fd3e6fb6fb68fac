//! The example program writes the committed ledger, and the ledger gives the expected answers.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[expect(dead_code, reason = "the main function is not called here")]
#[path = "../alliance/main.rs"]
mod alliance;

use std::collections::BTreeSet;

use servanda::{Day, Filter, Ledger, Moment, Obligation, Phase, Slug, Standing, Verdict, facts::Relation};

const COMMITTED: &[u8] = include_bytes!("../alliance.jsonl");
/// The output of the program, the same in Rust and in Python.
const OUTPUT: &str = include_str!("../alliance.txt");

/// The ids of the seven commitments of 18 January 2013.
const SEVEN: [&str; 7] = [
    "jp/hague-convention",
    "jp/tpp",
    "us-jp/security-council",
    "us/abductees",
    "us/abe-visit",
    "us/base-realignment",
    "us/senkaku",
];

fn ledger() -> Ledger {
    Ledger::read(COMMITTED).unwrap()
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn standing(commitment: &str, on: &str) -> Standing {
    ledger().view_on(on).unwrap().standing(commitment).unwrap()
}

fn all(on: &str) -> Vec<Standing> {
    ledger().view_on(on).unwrap().standings(&Filter::default())
}

/// Formats status, phase and verdict, with `-` for each that is `None`.
fn status_phase_and_verdict(commitment: &str, on: &str) -> String {
    let standing = standing(commitment, on);
    let status = standing.status.map_or("-".to_owned(), |status| status.to_string());
    let phase = standing.phase.map_or("-", Phase::as_str);
    let verdict = standing.verdict.map_or("-", Verdict::as_str);
    format!("{status} | {phase} | {verdict}")
}

/// Formats each step as a line, with the clock that took it, if one did.
fn history(commitment: &str) -> String {
    let line = |step: &servanda::answers::Step| {
        let clock = step.clock.as_ref().map_or(String::new(), |clock| format!(" by the clock {clock}"));
        format!("{} {}{clock}", step.on, step.status)
    };
    standing(commitment, "2026-01-01").history.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_program_writes_the_committed_ledger() {
    let mut written = Vec::new();
    alliance::story().unwrap().ledger().unwrap().write(&mut written).unwrap();
    let (written, committed) = (String::from_utf8(written).unwrap(), String::from_utf8(COMMITTED.to_vec()).unwrap());
    assert!(written == committed, "run `cargo run --example alliance` and commit examples/alliance.jsonl");
}

#[test]
fn the_program_prints_the_committed_output() {
    let output = alliance::report("examples/alliance.jsonl", &alliance::story().unwrap()).unwrap();
    assert!(output == OUTPUT, "run `cargo run --example alliance > examples/alliance.txt` and commit it:\n{output}");
}

#[test]
fn there_are_no_conflicts_at_any_moment() {
    let ledger = ledger();
    assert_eq!(ledger.view_on("2026-01-01").unwrap().conflicts(), []);
    for entry in ledger.entries() {
        assert_eq!(ledger.view_on("2026-01-01").unwrap().known_at(entry.recorded_at()).unwrap().conflicts(), []);
    }
}

#[test]
fn the_ledger_has_the_seven_commitments_and_their_parts() {
    let table: Vec<String> = all("2026-01-01")
        .into_iter()
        .map(|standing| {
            let Standing { commitment, by, to, made, obligation, procedure, .. } = standing;
            let names = |parties: Vec<Slug>| parties.iter().map(Slug::as_str).collect::<Vec<_>>().join(" ");
            let part_of = standing.part_of.map_or(String::new(), |whole| format!(", part of {whole}"));
            let obligation = obligation.unwrap();
            format!("{commitment}: {made} {procedure} {obligation}, {} to [{}]{part_of}", names(by), names(to))
        })
        .collect();
    let expected = "
jp/cptpp: 2018-03-08 trade-agreement result, jp to [au bn ca cl mx my nz pe sg vn]
jp/cptpp-in-the-diet: 2018-03-08 diet-treaty-approval result, jp to [au bn ca cl mx my nz pe sg vn], part of jp/cptpp
jp/guam-agreement-2009: 2009-02-17 diet-treaty-approval result, jp to [us], part of us/base-realignment/guam-relocation
jp/hague-convention: 2013-01-18 diet-treaty-approval consideration, jp to [us]
jp/tpp: 2013-01-18 trade-agreement consideration, jp to [us]
jp/tpp-in-the-diet: 2013-01-18 diet-treaty-approval consideration, jp to [us], part of jp/tpp
us-jp/security-council: 2013-01-18 action result, us jp to []
us/abductees: 2013-01-18 action conduct, us to [jp]
us/abe-visit: 2013-01-18 action result, us jp to []
us/base-realignment: 2013-01-18 base-realignment conduct, us jp to []
us/base-realignment/consolidation-plan-returns: 2013-04-05 base-realignment result, us jp to [], part of us/base-realignment
us/base-realignment/futenma-design-change: 2013-01-18 base-realignment conduct, us jp to [], part of us/base-realignment/futenma-replacement
us/base-realignment/futenma-replacement: 2013-01-18 base-realignment conduct, us jp to [], part of us/base-realignment
us/base-realignment/guam-relocation: 2013-01-18 base-realignment conduct, us jp to [], part of us/base-realignment
us/base-realignment/northern-training-area: 2013-01-18 base-realignment conduct, us jp to [], part of us/base-realignment
us/senkaku: 2013-01-18 position position, us to [jp]";
    assert_eq!(table.join("\n"), expected.trim_start());

    let words = SEVEN.map(|id| standing(id, "2026-01-01").words.unwrap().text.to_string());
    let expected = [
        "will consider",
        "will consider",
        "joint commitment to",
        "support",
        "has invited",
        "will work toward",
        "reiterated",
    ];
    assert_eq!(words, expected);
}

/// The days on which a status changed, and the days before.
#[test]
fn every_commitment_has_the_expected_status_and_verdict_over_time() {
    let table = [
        ("jp/tpp", "2013-01-17", "- | - | -"),
        ("jp/tpp", "2013-01-18", "under-consideration | planned | pending"),
        ("jp/tpp", "2013-03-14", "consulting | active | in-progress"),
        ("jp/tpp", "2013-03-15", "entry-sought | active | kept"),
        ("jp/tpp", "2017-01-29", "notified | active | kept"),
        ("jp/tpp", "2017-01-30", "blocked | stalled | kept"),
        ("jp/tpp", "2018-12-29", "blocked | stalled | kept"),
        ("jp/tpp", "2018-12-30", "superseded | superseded | kept"),
        ("jp/tpp-in-the-diet", "2016-03-07", "- | - | -"),
        ("jp/tpp-in-the-diet", "2016-06-02", "lower-carried-over | active | in-progress"),
        ("jp/tpp-in-the-diet", "2016-12-08", "upper-second-referred | active | in-progress"),
        ("jp/tpp-in-the-diet", "2016-12-09", "approved-by-both-houses | active | kept"),
        ("jp/tpp-in-the-diet", "2018-12-30", "superseded | superseded | kept"),
        ("jp/cptpp", "2018-01-23", "concluded | active | -"),
        ("jp/cptpp", "2018-12-29", "notified | active | in-progress"),
        ("jp/cptpp", "2018-12-30", "in-force | achieved | kept"),
        ("jp/cptpp-in-the-diet", "2018-12-29", "deposited | active | in-progress"),
        ("jp/cptpp-in-the-diet", "2018-12-30", "in-force | achieved | kept"),
        ("jp/hague-convention", "2011-05-19", "- | - | -"),
        ("jp/hague-convention", "2011-05-20", "preparing | planned | -"),
        ("jp/hague-convention", "2012-09-08", "lower-carried-over | active | -"),
        ("jp/hague-convention", "2012-12-01", "dropped | failed | -"),
        ("jp/hague-convention", "2013-01-17", "dropped | failed | -"),
        ("jp/hague-convention", "2013-02-01", "dropped | failed | pending"),
        ("jp/hague-convention", "2013-05-21", "upper-second-reported | active | in-progress"),
        ("jp/hague-convention", "2013-05-22", "approved-by-both-houses | active | kept"),
        ("jp/hague-convention", "2014-03-31", "deposited | active | kept"),
        ("jp/hague-convention", "2014-04-01", "in-force | achieved | kept"),
        ("us/base-realignment", "2012-12-01", "plan-agreed | planned | -"),
        ("us/base-realignment", "2013-02-01", "plan-agreed | planned | pending"),
        ("us/base-realignment", "2013-08-30", "plan-agreed | planned | pending"),
        ("us/base-realignment", "2013-08-31", "under-way | active | in-progress"),
        ("us/base-realignment/futenma-replacement", "2015-10-20", "permit-revoked | stalled | stalled"),
        ("us/base-realignment/futenma-replacement", "2015-10-28", "revocation-suspended | active | in-progress"),
        ("us/base-realignment/futenma-replacement", "2016-03-04", "works-halted | stalled | stalled"),
        ("us/base-realignment/futenma-replacement", "2017-05-01", "works | active | in-progress"),
        ("us/base-realignment/futenma-replacement", "2018-09-15", "permit-withdrawn | stalled | stalled"),
        ("us/base-realignment/futenma-replacement", "2024-02-01", "works | active | in-progress"),
        ("us/base-realignment/futenma-design-change", "2020-04-29", "- | - | -"),
        ("us/base-realignment/futenma-design-change", "2020-04-30", "design-change-applied | active | in-progress"),
        ("us/base-realignment/futenma-design-change", "2023-12-19", "design-change-refused | stalled | stalled"),
        ("us/base-realignment/futenma-design-change", "2023-12-20", "design-change-ordered | active | in-progress"),
        ("us/base-realignment/northern-training-area", "2016-12-21", "plan-agreed | planned | pending"),
        ("us/base-realignment/northern-training-area", "2016-12-22", "land-returned | achieved | kept"),
        ("us/base-realignment/guam-relocation", "2024-12-13", "plan-agreed | planned | pending"),
        ("us/base-realignment/guam-relocation", "2024-12-14", "relocation-under-way | active | in-progress"),
        ("jp/guam-agreement-2009", "2009-05-12", "upper-second-reported | active | in-progress"),
        ("jp/guam-agreement-2009", "2009-05-13", "approved-after-rejection | active | in-progress"),
        ("jp/guam-agreement-2009", "2009-12-31", "in-force | achieved | kept"),
        ("us-jp/security-council", "2013-01-21", "planned | planned | pending"),
        ("us-jp/security-council", "2013-01-22", "done | achieved | kept"),
        ("us/abe-visit", "2013-02-21", "planned | planned | pending"),
        ("us/abe-visit", "2013-02-22", "done | achieved | kept"),
        ("us/abductees", "2014-04-23", "planned | planned | pending"),
        ("us/abductees", "2014-04-24", "under-way | active | in-progress"),
        ("us/senkaku", "2013-01-18", "holding | active | holding"),
        ("us/senkaku", "2015-04-28", "holding | active | holding"),
        ("us/senkaku", "2026-01-01", "holding | active | holding"),
    ];
    for (commitment, on, expected) in table {
        assert_eq!(status_phase_and_verdict(commitment, on), expected, "{commitment} on {on}");
    }
}

#[test]
fn the_history_of_the_convention_is_complete() {
    let expected = "
2011-05-20 preparing
2012-03-09 submitted
2012-08-28 lower-first-referred
2012-09-07 lower-carried-over
2012-10-29 lower-first-referred
2012-11-16 dropped by the clock close-of-session
2013-03-15 submitted
2013-04-04 lower-first-referred
2013-04-19 lower-first-reported
2013-04-23 lower-first-passed
2013-05-15 upper-second-referred
2013-05-21 upper-second-reported
2013-05-22 approved-by-both-houses
2014-01-24 deposited
2014-04-01 in-force by the clock entry-into-force";
    assert_eq!(history("jp/hague-convention"), expected.trim_start());

    // The clock alone would only presume the drop. The record of the House confirms it.
    let dropped = standing("jp/hague-convention", "2012-12-01").history.pop().unwrap();
    assert_eq!((dropped.further_entries.len(), dropped.presumed), (1, false));
    assert_eq!(dropped.sources[0].title.as_str(), "Record of the 181st Diet on treaty no. 7 of the 180th");

    let in_force = standing("jp/hague-convention", "2014-04-01").history.pop().unwrap();
    assert_eq!(in_force.basis.unwrap().as_str(), "Hague Convention of 25 October 1980, art. 43(2)(1)");
    assert_eq!((in_force.entry, in_force.presumed), (None, false));
}

#[test]
fn the_histories_of_the_tpp_and_of_its_successor_are_complete() {
    let expected = "
2013-01-18 under-consideration
2013-02-22 consulting
2013-03-15 entry-sought
2013-04-12 consultations-completed
2013-04-20 accepted
2013-07-23 negotiating
2015-10-05 concluded
2016-02-04 signed
2016-12-09 approved
2017-01-20 notified
2017-01-30 blocked
2018-12-30 superseded";
    assert_eq!(history("jp/tpp"), expected.trim_start());
    let expected = "
2016-03-08 submitted
2016-03-24 lower-first-referred
2016-06-01 lower-carried-over
2016-08-03 lower-carried-over
2016-09-26 lower-first-referred
2016-11-04 lower-first-reported
2016-11-10 lower-first-passed
2016-11-11 upper-second-referred
2016-12-09 upper-second-reported
2016-12-09 approved-by-both-houses
2017-01-20 deposited
2018-12-30 superseded";
    assert_eq!(history("jp/tpp-in-the-diet"), expected.trim_start());
    let expected = "
2018-01-23 concluded
2018-03-08 signed
2018-06-13 approved
2018-07-06 notified
2018-12-30 in-force by the clock entry-into-force";
    assert_eq!(history("jp/cptpp"), expected.trim_start());
    let expected = "
2018-03-27 submitted
2018-04-17 lower-first-referred
2018-05-18 lower-first-reported
2018-05-18 lower-first-passed
2018-06-01 upper-second-referred
2018-06-12 upper-second-reported
2018-06-13 approved-by-both-houses
2018-07-06 deposited
2018-12-30 in-force";
    assert_eq!(history("jp/cptpp-in-the-diet"), expected.trim_start());
}

#[test]
fn the_histories_of_the_bases_are_complete() {
    let expected = "
2006-05-01 plan-agreed
2012-02-08 plan-agreed
2012-04-27 plan-agreed
2013-04-05 plan-agreed
2013-08 under-way";
    assert_eq!(history("us/base-realignment"), expected.trim_start());
    let expected = "
2006-05-01 plan-agreed
2013-03-22 permit-applied
2013-12-27 permit-granted
2015-10-13 permit-revoked
2015-10-27 revocation-suspended
2015-10-29 works
2016-03-04 works-halted
2016-12-26 permit-restored
2017-04-25 works
2018-08-31 permit-withdrawn
2018-10-30 withdrawal-suspended
2018-11-01 works";
    assert_eq!(history("us/base-realignment/futenma-replacement"), expected.trim_start());
    let expected = "
2020-04 design-change-applied
2021-11-25 design-change-refused
2023-12-20 design-change-ordered
2023-12-28 design-change-approved-by-proxy
2024-01-10 works";
    assert_eq!(history("us/base-realignment/futenma-design-change"), expected.trim_start());
    let expected = "
2013-01-18 agreed-in-principle
2016-12-06 plan-agreed
2016-12-22 land-returned";
    assert_eq!(history("us/base-realignment/northern-training-area"), expected.trim_start());
    let expected = "
2013-04-05 plan-agreed
2013-08 land-partly-returned
2015-03-31 land-partly-returned
2017-07-19 land-partly-returned";
    assert_eq!(history("us/base-realignment/consolidation-plan-returns"), expected.trim_start());
    let expected = "
2006-05-01 plan-agreed
2012-02-08 plan-agreed
2012-04-27 plan-agreed
2024-12-14 relocation-under-way";
    assert_eq!(history("us/base-realignment/guam-relocation"), expected.trim_start());
    let expected = "
2009-02-17 intended
2009-02-24 submitted
2009-03-26 lower-first-referred
2009-04-10 lower-first-reported
2009-04-14 lower-first-passed
2009-04-15 upper-second-referred
2009-05-12 upper-second-reported
2009-05-13 upper-second-rejected
2009-05-13 conference-failed
2009-05-13 approved-after-rejection
2009 in-force";
    assert_eq!(history("jp/guam-agreement-2009"), expected.trim_start());
}

#[test]
fn the_sixth_notification_brings_the_successor_into_force() {
    let deposits: Vec<String> = standing("jp/cptpp", "2026-01-01")
        .deposits
        .iter()
        .map(|deposit| format!("{} {} {}", deposit.on, deposit.by, deposit.instrument.as_ref().unwrap()))
        .collect();
    let expected = "
2018-06-28 mx notification
2018-07-06 jp notification
2018-07-19 sg notification
2018-10-25 nz notification
2018-10-29 ca notification
2018-10-31 au notification
2018-11-15 vn notification
2021-07-21 pe notification
2022-09-30 my notification
2022-12-23 cl notification
2023-05-13 bn notification";
    assert_eq!(deposits.join("\n"), expected.trim_start());

    let no_clock = standing("jp/cptpp", "2018-10-30");
    assert_eq!(no_clock.clocks, []);
    let started = standing("jp/cptpp", "2018-10-31");
    let due: Vec<_> = started.clocks.iter().map(|clock| (clock.basis.as_str(), clock.due)).collect();
    assert_eq!(due, [("CPTPP, art. 3(1); CPTPP, art. 3(2)", Some(day("2018-12-30").into()))]);
}

#[test]
fn the_successors_are_linked() {
    let links = |commitment: &str, on: &str| -> Vec<(Relation, String)> {
        standing(commitment, on).links.iter().map(|link| (link.relation, link.to.to_string())).collect()
    };
    assert_eq!(links("jp/tpp", "2018-12-29"), []);
    assert_eq!(links("jp/tpp", "2018-12-30"), [(Relation::Successor, "jp/cptpp".to_owned())]);
    let in_the_diet = [(Relation::Successor, "jp/cptpp-in-the-diet".to_owned())];
    assert_eq!(links("jp/tpp-in-the-diet", "2018-12-30"), in_the_diet);
}

#[test]
fn events_that_change_no_status_are_remarks() {
    let remarks = |commitment: &str| -> Vec<String> {
        let remarks = standing(commitment, "2026-01-01").remarks;
        remarks.iter().map(|remark| format!("{} {}", remark.on, remark.title)).collect()
    };
    let made_up = "2013-01-18 Times of recording are made up";
    let senkaku = [
        made_up,
        "2014-04-24 President Obama restates it in Tokyo",
        "2015-04-28 Restated during Prime Minister Abe's visit to Washington",
    ];
    assert_eq!(remarks("us/senkaku"), senkaku);
    let futenma = [
        "2015-10-14 The Ministry of Defense appeals to the land minister, and asks for a suspension",
        "2016-09-16 A high court holds the revocation illegal",
        "2016-12-20 The Supreme Court rules against the prefecture",
        "2018-12-14 Soil is poured into the sea for the first time",
        "2019-02-24 The prefecture votes against the landfill in a referendum",
        "2019-04-05 The land minister annuls the withdrawal of the approval",
    ];
    assert_eq!(remarks("us/base-realignment/futenma-replacement"), futenma);
    let abductees = [made_up, "2014-05-29 North Korea agrees to investigate the abductions again"];
    assert_eq!(remarks("us/abductees"), abductees);
    let hague = [
        made_up,
        "2013-01-18 What the Foreign Minister was quoted as saying",
        "2013-06-12 The upper house passes the Implementing Act",
        "2014-04-01 Japan's Central Authority starts work",
    ];
    assert_eq!(remarks("jp/hague-convention"), hague);
}

#[test]
fn no_status_is_presumed_or_unknown_on_any_day_of_a_change() {
    let ledger = ledger();
    let steps = all("2026-01-01").into_iter().flat_map(|standing| standing.history);
    let days: BTreeSet<Day> =
        steps.flat_map(|step| [step.on.last_day(), step.on.last_day().plus_days(1).unwrap()]).collect();
    for on in days {
        for standing in ledger.view_on(on).unwrap().standings(&Filter::default()) {
            assert!(!standing.presumed, "{} on {on}", standing.commitment);
            let opened = !standing.history.is_empty();
            assert_eq!(standing.status.is_some(), opened, "{} on {on}: {:?}", standing.commitment, standing.reason);
        }
    }
}

/// The calendar of the Diet ends in 2026, which does not affect matters that are already decided.
#[test]
fn no_status_is_unknown_on_days_after_the_end_of_the_calendar() {
    let now = all("2026-01-01");
    for on in ["2027-01-01", "2050-06-30", "9999-12-31"] {
        for (then, now) in all(on).iter().zip(&now) {
            assert_eq!(then.reason, None, "{} on {on}", then.commitment);
            assert_eq!((&then.status, then.verdict), (&now.status, now.verdict), "{} on {on}", then.commitment);
        }
    }
}

#[test]
fn a_view_as_known_before_a_step_was_recorded_does_not_have_it() {
    let ledger = ledger();
    for commitment in all("2026-01-01") {
        for (index, step) in commitment.history.iter().enumerate().skip(1) {
            let (Some(entry), Some(recorded_at)) = (step.entry, step.recorded_at) else { continue };
            let view = ledger.view_on("2026-01-01").unwrap();
            let before = Moment::from_micros(recorded_at.micros() - 1).unwrap();
            let known = |at| view.known_at(at).unwrap().standing(commitment.commitment.as_str()).unwrap();
            let has = |standing: &Standing| standing.history.iter().any(|step| step.entry == Some(entry));
            assert!(!has(&known(before)), "{} {index}", commitment.commitment);
            assert!(has(&known(recorded_at)), "{} {index}", commitment.commitment);
        }
    }
}

#[test]
fn a_view_as_known_then_can_differ_from_what_is_known_now() {
    let ledger = ledger();
    let known = |commitment: &str, on: &str, at: &str| {
        let view = ledger.view_on(on).unwrap().known_at(format!("{at}T08:59:59.999999Z").as_str()).unwrap();
        view.standing(commitment)
            .map(|standing| (standing.status.unwrap().to_string(), standing.presumed, standing.verdict))
    };
    let consulting = ("consulting".to_owned(), false, Some(Verdict::InProgress));
    assert_eq!(known("jp/tpp", "2013-03-15", "2013-03-16").unwrap(), consulting);
    // No vote had been recorded, so the lapse after thirty days was presumed. A presumed step does
    // not change the verdict.
    let presumed = ("approved-after-thirty-days".to_owned(), true, Some(Verdict::InProgress));
    assert_eq!(known("jp/hague-convention", "2013-05-23", "2013-05-23").unwrap(), presumed);
    // Nothing was known before the first day of recording.
    assert_eq!(known("jp/hague-convention", "2013-01-18", "2013-01-19").unwrap_err().code(), "unknown-commitment");
}

#[test]
fn every_step_and_deposit_names_its_sources() {
    for standing in all("2026-01-01") {
        for step in standing.history {
            // The initial status on the day on which the commitment was made needs no source: its
            // words have one.
            let opening_of_its_own = step.on != standing.made || step.basis.is_some();
            let needed = step.entry.is_some() && opening_of_its_own;
            assert!(!needed || !step.sources.is_empty(), "{} {}", standing.commitment, step.on);
        }
        for deposit in standing.deposits {
            assert!(!deposit.sources.is_empty(), "{} {}", standing.commitment, deposit.by);
        }
    }
}

/// The rule is: 09:00 UTC on the day after the event, and not before 19 January 2013.
#[test]
fn times_of_recording_follow_the_rule_in_the_remark() {
    for standing in all("2026-01-01") {
        for step in standing.history.iter().skip(1).filter(|step| step.entry.is_some()) {
            let recorded_at = step.recorded_at.unwrap();
            let expected = step.on.last_day().plus_days(1).unwrap().max(day("2013-01-19"));
            assert_eq!(recorded_at.day(), expected, "{} {}", standing.commitment, step.on);
            assert!(recorded_at.to_string().contains("T09:00:00.000"), "{recorded_at}");
        }
        let says_so = standing.remarks.iter().any(|remark| remark.title.as_str() == "Times of recording are made up");
        assert_eq!(says_so, standing.part_of.is_none(), "{}", standing.commitment);
    }
}

#[test]
fn filters_select_by_part_party_phase_and_obligation() {
    let ledger = ledger();
    let ids = |filter: Filter| -> Vec<String> {
        let standings = ledger.view_on("2018-09-15").unwrap().standings(&filter);
        standings.iter().map(|standing| standing.commitment.to_string()).collect()
    };
    let pieces = Filter::default().part_of("us/base-realignment".parse().unwrap());
    let expected = [
        "us/base-realignment/consolidation-plan-returns",
        "us/base-realignment/futenma-replacement",
        "us/base-realignment/guam-relocation",
        "us/base-realignment/northern-training-area",
    ];
    assert_eq!(ids(pieces), expected);
    let to_mexico = Filter::default().party("mx".parse().unwrap());
    assert_eq!(ids(to_mexico), ["jp/cptpp", "jp/cptpp-in-the-diet"]);
    let stalled = Filter::default().phase(Phase::Stalled);
    assert_eq!(ids(stalled), ["jp/tpp", "us/base-realignment/futenma-replacement"]);
    let positions = Filter::default().obligation(Obligation::Position);
    assert_eq!(ids(positions), ["us/senkaku"]);
}

#[test]
fn the_seven_commitments_were_made_on_one_day() {
    let said: Vec<String> = all("2013-01-18")
        .into_iter()
        .filter(|standing| standing.made == day("2013-01-18").into() && standing.part_of.is_none())
        .map(|standing| standing.commitment.to_string())
        .collect();
    assert_eq!(said, SEVEN);
}

#[test]
fn the_parties_are_named_in_two_languages() {
    let ledger = ledger();
    let parties = ledger.view_on("2026-01-01").unwrap().parties();
    let ids: Vec<&str> = parties.iter().map(|party| party.id.as_str()).collect();
    assert_eq!(ids, ["au", "bn", "ca", "cl", "jp", "mx", "my", "nz", "pe", "sg", "us", "vn"]);
    for party in parties {
        let languages: Vec<&str> = party.names.keys().map(AsRef::as_ref).collect();
        assert_eq!(languages, ["en", "ja"]);
        assert_eq!(party.identifiers[0].value.as_str().to_lowercase(), party.id.as_str());
    }
}
