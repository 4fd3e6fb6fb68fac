//! The example `diet_treaties` on fifteen notable treaties, and on the whole list if it is
//! available.
//!
//! The files in `diet/` have rows as the House of Representatives lists them, each with the URL of
//! its page. The invented rows of a test are such rows with some cells changed.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test may panic")]

#[allow(dead_code, reason = "the main function is not called here")]
#[path = "../diet_treaties/main.rs"]
mod diet_treaties;

#[path = "diet/faults.rs"]
mod faults;
#[path = "diet/files.rs"]
mod files;
#[path = "diet/rows.rs"]
mod rows;
#[path = "diet/thirty_days.rs"]
mod thirty_days;

use diet_treaties::{Attestation, File, Report, respond};
use rows::{FACTS, Rows, SESSIONS, answer, report};
use servanda::Standing;

/// The outcome of each notable treaty, and its day.
#[test]
fn the_outcomes_of_the_notable_treaties_agree_with_the_list() {
    let table = [
        // Both houses, the lower one first, and the upper one first.
        ("142-1", "approved-by-both-houses", "1998-03-31"),
        ("142-4", "approved-by-both-houses", "1998-04-28"),
        // Carried over three times, the first time without a committee.
        ("142-20", "approved-by-both-houses", "1999-05-24"),
        // The upper house rejects; the lower house's decision prevails on the day on which that is
        // reported.
        ("169-1", "approved-after-rejection", "2008-04-25"),
        ("171-1", "approved-after-rejection", "2009-05-13"),
        // The first was received on 13 May 2008, the others on 22 May, so that they lapse at the
        // start of the closing day.
        ("169-3", "approved-after-thirty-days", "2008-06-12"),
        ("169-5", "approved-after-thirty-days", "2008-06-21"),
        ("169-13", "approved-after-thirty-days", "2008-06-21"),
        // A vote on the closing day counts.
        ("174-12", "approved-by-both-houses", "2010-06-16"),
        // Passed by the lower house; the session closes before the thirty days run out.
        ("176-1", "dropped", "2010-12-03"),
        ("183-8", "dropped", "2013-06-26"),
        ("183-14", "dropped", "2013-06-26"),
        ("177-14", "approved-by-both-houses", "2011-12-09"),
        // Carried over, and dropped at the dissolution.
        ("180-7", "dropped", "2012-11-16"),
        ("183-1", "approved-by-both-houses", "2013-05-22"),
    ];
    let report = report(FACTS, SESSIONS);
    let found: Vec<(String, String, String)> = report.answers.iter().map(rows::outcome_of).collect();
    let mut expected = table.map(|(treaty, outcome, day)| (treaty.to_owned(), outcome.to_owned(), day.to_owned()));
    expected.sort_by_key(|(treaty, ..)| {
        let (session, number) = treaty.split_once('-').unwrap();
        (session.parse::<u32>().unwrap(), number.parse::<u32>().unwrap())
    });
    assert_eq!(found, expected);
    assert_eq!(report.answers.iter().filter(|answer| !answer.agrees).collect::<Vec<_>>(), Vec::<&_>::new());
    assert_eq!(report.problems, []);
}

/// The standing of a treaty of the files on a day.
fn standing(treaty: &str, on: &str) -> Standing {
    let view = report(FACTS, SESSIONS).tracker.view().on(on).unwrap();
    view.standing(format!("jp/treaties/{treaty}")).unwrap()
}

/// The steps of a treaty, with `*` for those that a clock took.
fn history(treaty: &str, on: &str) -> String {
    let mark = |step: &servanda::answers::Step| if step.clock.is_some() { " *" } else { "" };
    let line = |step: &servanda::answers::Step| format!("{} {}{}\n", step.on, step.status, mark(step));
    standing(treaty, on).history.iter().map(line).collect()
}

#[test]
fn the_upper_house_approves_again_after_the_lower_house_has_carried_a_treaty_over() {
    let expected = "\
2011-03-08 submitted
2011-03-30 upper-first-referred
2011-03-31 upper-first-reported
2011-03-31 upper-first-passed
2011-04-12 lower-second-referred
2011-08-31 lower-carried-over
2011-09-13 lower-first-referred
2011-09-30 lower-carried-over
2011-10-20 lower-first-referred
2011-12-02 lower-first-reported
2011-12-06 lower-first-passed
2011-12-06 upper-second-referred
2011-12-08 upper-second-reported
2011-12-09 approved-by-both-houses
";
    assert_eq!(history("177-14", "2011-12-09"), expected);
}

#[test]
fn a_treaty_can_be_referred_to_committee_while_the_thirty_days_run() {
    let expected = "\
2008-02-22 submitted
2008-05-07 lower-first-referred
2008-05-09 lower-first-reported
2008-05-13 lower-first-passed
2008-05-19 upper-second-referred
2008-06-12 approved-after-thirty-days *
";
    assert_eq!(history("169-3", "2008-06-21"), expected);
}

#[test]
fn a_rejection_is_followed_by_the_report_and_the_decision_of_the_lower_house() {
    let expected = "\
2009-02-24 submitted
2009-03-26 lower-first-referred
2009-04-10 lower-first-reported
2009-04-14 lower-first-passed
2009-04-15 upper-second-referred
2009-05-12 upper-second-reported
2009-05-13 upper-second-rejected
2009-05-13 conference-failed
2009-05-13 approved-after-rejection
";
    assert_eq!(history("171-1", "2009-07-21"), expected);
}

/// A treaty that was carried over is dropped on the day of the dissolution.
#[test]
fn a_dissolution_drops_a_treaty_that_was_carried_over() {
    let expected = "\
2012-03-09 submitted
2012-08-28 lower-first-referred
2012-09-08 lower-carried-over
2012-10-29 lower-first-referred
2012-11-16 dropped *
";
    assert_eq!(history("180-7", "2012-11-16"), expected);
}

#[test]
fn every_step_has_its_source_its_house_and_the_vote() {
    let changes =
        [("hr_group_attitude", "多数"), ("hr_for", "自由民主党・無所属の会; 公明党"), ("hr_against", "日本共産党")];
    let report = Rows::of("183-1").with(&changes).report();
    let standing = report.tracker.view().on("2013-06-26").unwrap().standing("jp/treaties/183-1").unwrap();
    let page = "https://www.shugiin.go.jp/internet/itdb_gian.nsf/html/gian/keika/1DB429A.htm";
    assert!(standing.history.iter().all(|step| step.sources.iter().map(|source| source.reference()).eq([page])));

    let said = |step: &servanda::answers::Step| {
        let house = step.by.as_ref().map_or("-".to_owned(), ToString::to_string);
        let note = step.note.as_ref().map_or("-".to_owned(), ToString::to_string);
        format!("{} | {house} | {note}", step.status)
    };
    let expected = [
        "submitted | - | -",
        "lower-first-referred | jp-house-of-representatives | Committee: 外務.",
        "lower-first-reported | jp-house-of-representatives | For approval.",
        "lower-first-passed | jp-house-of-representatives | By a majority (多数). For: 自由民主党・無所属の会; 公明党. Against: 日本共産党.",
        "upper-second-referred | jp-house-of-councillors | Committee: 外交防衛.",
        "upper-second-reported | jp-house-of-councillors | For approval.",
        "approved-by-both-houses | jp-house-of-councillors | -",
    ];
    assert_eq!(standing.history.iter().map(said).collect::<Vec<_>>(), expected);
    let in_advance: Vec<String> =
        standing.remarks.iter().map(|remark| format!("{} {}", remark.on, remark.title)).collect();
    assert_eq!(in_advance, ["2013-03-15 House of Councillors: Received for examination in advance"]);
}

#[test]
fn a_vote_to_carry_over_without_a_day_is_entered_on_the_closing_day() {
    let carried =
        |standing: Standing| standing.history.last().map(|step| (step.on.to_string(), step.note.clone())).unwrap();
    let (on, note) = carried(standing("180-7", "2012-09-08"));
    let note = note.unwrap();
    assert_eq!(on, "2012-09-08");
    assert_eq!(
        note.as_str(),
        "The day of the vote is not recorded. The step stands on the day on which the session closed, when it takes effect."
    );
    assert_eq!(
        answer(FACTS, SESSIONS, "180-7").note,
        "carried over from session 180 on an unrecorded day; entered on the closing day 2012-09-08"
    );

    let recorded = Rows::of("180-7").only("180").with(&[("hr_plenary", "2012-09-07")]).answer();
    assert_eq!(rows::outcome_of(&recorded), rows::expected_outcome("180-7", "carried-over", "2012-09-07"));
    assert_eq!((recorded.agrees, recorded.note.as_str()), (true, ""));
}

/// A lapse or a drop rests on the absence of a vote. Without the attestation that the record is
/// complete, it is presumed.
#[test]
fn without_the_attestation_a_presumed_lapse_or_drop_is_no_outcome() {
    let treaties = File { name: "treaties.csv".to_owned(), bytes: FACTS.into() };
    let sessions = File { name: "sessions.csv".to_owned(), bytes: SESSIONS.into() };
    let withheld = Report::of(&treaties, &sessions, Attestation::Withheld).unwrap();
    let presumed_outcomes = ["169-3", "169-5", "169-13", "176-1", "180-7", "183-8", "183-14"];
    for (attested, withheld) in report(FACTS, SESSIONS).answers.iter().zip(&withheld.answers) {
        if presumed_outcomes.contains(&attested.treaty.as_str()) {
            let (_, outcome, day) = rows::outcome_of(attested);
            let presumed =
                format!("{outcome} since {day} is only presumed, because the record is not attested to be complete");
            assert_eq!((withheld.outcome, withheld.effective, withheld.agrees), (None, None, false));
            assert!(withheld.note.ends_with(&presumed), "{}", withheld.note);
        } else {
            assert_eq!(withheld, attested);
        }
    }
    let ask = |report: &Report| {
        let view = report.tracker.view().on("2013-06-26").unwrap();
        let standing = view.standing("jp/treaties/183-8").unwrap();
        (standing.status.unwrap().to_string(), standing.presumed)
    };
    assert_eq!(ask(&withheld), ("dropped".to_owned(), true));
    assert_eq!(ask(&report(FACTS, SESSIONS)), ("dropped".to_owned(), false));
}

/// The list from the 142nd to the 183rd session, if it is available.
#[test]
fn every_treaty_of_the_list_agrees() {
    let data =
        std::env::var("SERVANDA_DATA").unwrap_or_else(|_| format!("{}/../../shared/data", env!("CARGO_MANIFEST_DIR")));
    let [treaties, sessions] =
        ["hr_treaties_142_183.csv", "diet_sessions.csv"].map(|name| format!("{data}/diet/{name}"));
    if !std::path::Path::new(&treaties).is_file() {
        assert!(std::env::var_os("CI").is_none(), "{treaties} is missing, and CI needs it");
        println!("skipped: the whole list is not tested, because {treaties} is missing");
        return;
    }
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let arguments = [&treaties, "--sessions", &sessions, "--format", "json"].map(str::to_owned);
    let status = respond(arguments, &mut out, &mut err);
    let counts = "\
treaties: 263
approved-by-both-houses: 231
approved-after-rejection: 2
approved-after-thirty-days: 9
rejected: 0
dropped: 21
carried-over: 0
pending: 0
withdrawn: 0
not computed: 0
disagreements: 0
";
    assert_eq!((String::from_utf8(err).unwrap().as_str(), status), (counts, 0));
    let answers: Vec<serde_json::Value> = serde_json::from_slice(&out).unwrap();
    let with = |outcome: &str, day: &str| -> Vec<&str> {
        let fits = |answer: &&serde_json::Value| answer["outcome"] == outcome && answer["effective"] == day;
        answers.iter().filter(fits).map(|answer| answer["treaty"].as_str().unwrap()).collect()
    };
    assert_eq!(with("approved-after-thirty-days", "2008-06-21"), ["169-5", "169-13"]);
    assert_eq!(with("approved-by-both-houses", "2010-06-16"), ["174-12", "174-13"]);
    assert_eq!(with("approved-by-both-houses", "2011-12-09"), ["177-2", "177-3", "177-4", "177-14", "179-1", "179-2"]);
    assert_eq!(with("dropped", "2010-12-03"), ["176-1", "176-2", "176-3", "176-4"]);
    let with_the_183rd: Vec<String> = (8..=16).map(|number| format!("183-{number}")).collect();
    assert_eq!(with("dropped", "2013-06-26"), with_the_183rd);
}
