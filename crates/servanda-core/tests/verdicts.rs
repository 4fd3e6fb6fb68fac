//! Every cell of the verdict table, and everything that affects a verdict.
//!
//! That includes deadlines, the day on which the commitment was made, decisions, reopening and
//! presumed steps.

#![allow(clippy::unwrap_used)]

mod common;

use std::sync::LazyLock;

use common::{Desk, check_days, record};
use servanda_core::{Advance, Commitment, Procedure, Standing, Timeliness};

/// Statuses of every kind: the id, and its keys in TOML.
const STATUSES: [(&str, &str); 17] = [
    ("planned", "phase = 'planned'"),
    ("active", "phase = 'active'"),
    ("stalled", "phase = 'stalled'"),
    ("achieved", "phase = 'achieved'\nfinal = true"),
    ("achieved-for-now", "phase = 'achieved'"),
    ("achieved-partly", "phase = 'achieved'\npartly = true\nfinal = true"),
    ("failed", "phase = 'failed'\nfinal = true"),
    ("failed-abandoned", "phase = 'failed'\nfinal = true\nabandoned = true"),
    ("failed-for-now", "phase = 'failed'"),
    ("failed-abandoned-for-now", "phase = 'failed'\nabandoned = true"),
    ("superseded", "phase = 'superseded'\nfinal = true"),
    ("superseded-for-now", "phase = 'superseded'"),
    ("decided-to", "phase = 'active'\ndecided = true"),
    ("decided-not-to", "phase = 'failed'\nfinal = true\ndecided = true\nabandoned = true"),
    ("decided-and-done", "phase = 'achieved'\nfinal = true\ndecided = true"),
    // A clock leads from the first of these to the second after ten days.
    ("awaiting-lapse", "phase = 'active'"),
    ("lapsed", "phase = 'achieved'\nfinal = true\ndecided = true"),
];

/// A procedure in which each status leads to every other one.
///
/// It has one clock, whose step is presumed.
static ANYWHERE: LazyLock<Procedure> = LazyLock::new(|| {
    let mut text = String::from("id = 'anywhere'\nversion = 1\ninitial = 'planned'\ntitle = { en = 'Anywhere' }\n");
    for (id, declared) in STATUSES {
        text += &format!("[[statuses]]\nid = '{id}'\n{declared}\ntitle = {{ en = '{id}' }}\n");
    }
    for reopening in [false, true] {
        for (to, _) in STATUSES {
            let from = STATUSES.iter().filter(|(id, declared)| *id != to && declared.contains("final") == reopening);
            let from: Vec<_> = from.map(|(id, _)| format!("'{id}'")).collect();
            let from = from.join(", ");
            text += &format!(
                "[[transitions]]\nfrom = [{from}]\nto = '{to}'\nreopening = {reopening}\nbasis = 'Practice'\ntitle = {{ en = 'To {to}' }}\n"
            );
        }
    }
    text += "[[clocks]]\nid = 'lapse'\nstarts = ['awaiting-lapse']\nwhile = ['awaiting-lapse']\nto = 'lapsed'\nfires = 'end'\n\
        presumed = true\nrule = { days = { count = 10 } }\ntitle = { en = 'Lapse' }\nbasis = 'Practice'\n";
    Procedure::from_toml("anywhere.toml", &text).unwrap()
});

/// The verdict, and the timeliness if there is one.
fn verdict(standing: &Standing) -> String {
    assert_eq!(standing.overdue, standing.timeliness == Some(Timeliness::Overdue));
    match (standing.verdict, standing.timeliness) {
        (Some(verdict), Some(timeliness)) => format!("{verdict} {timeliness}"),
        (Some(verdict), None) => verdict.to_string(),
        (None, timeliness) => {
            assert_eq!(timeliness, None);
            "none".to_owned()
        }
    }
}

/// Checks the verdict of a story on each day that starts a line of `expected`.
fn check(story: &str, expected: &str) {
    // Most stories have a deadline, so only another timeliness is worth a word.
    let line = |standing: &Standing| verdict(standing).replace(" on-time", "");
    check_days(&record(&ANYWHERE, story), story, expected, line);
}

/// The verdicts after a step, by obligation and day, as a row of a table.
fn row(path: &str, cells: impl Fn(&str) -> Desk, days: &[&str]) -> String {
    let mut row = format!("{path:<24}");
    for obligation in ["result", "conduct", "consideration", "position"] {
        for day in days {
            // A position has no deadline, so it has no column for a day after the deadline.
            if obligation == "position" && *day != days[0] {
                continue;
            }
            row += &format!(" | {:<19}", verdict(&cells(obligation).standing(day)));
        }
    }
    row.trim_end().to_owned()
}

fn check_table(found: &[String], expected: &str) {
    let expected: Vec<&str> = expected.trim().lines().map(str::trim).collect();
    assert_eq!(expected.join("\n"), found.join("\n"), "expected (left) and found (right)");
}

#[test]
fn verdicts_by_status_and_obligation_on_the_deadline_and_after_it() {
    // The status is reached on 1 February. The verdict is asked on the deadline, 30 June, and on
    // the day after.
    let found: Vec<String> = STATUSES
        .iter()
        .filter(|(id, _)| *id != "lapsed" && *id != "awaiting-lapse")
        .map(|(status, _)| {
            let story = |obligation: &str| match obligation {
                "position" => format!("a position; {status} 2013-02-01"),
                _ => format!("a {obligation} due 2013-06-30; {status} 2013-02-01"),
            };
            let story = |obligation: &str| {
                let story = story(obligation);
                record(&ANYWHERE, if *status == "planned" { story.split(';').next().unwrap() } else { &story })
            };
            row(status, story, &["2013-06-30", "2013-07-01"])
        })
        .collect();
    // Result, conduct, consideration: in time, past the deadline. Position.
    check_table(
        &found,
        "
        planned                  | pending on-time     | pending overdue     | pending on-time     | pending overdue     | pending on-time     | pending overdue     | holding
        active                   | in-progress on-time | in-progress overdue | in-progress on-time | in-progress overdue | in-progress on-time | in-progress overdue | holding
        stalled                  | stalled on-time     | stalled overdue     | stalled on-time     | stalled overdue     | stalled on-time     | stalled overdue     | holding
        achieved                 | kept on-time        | kept on-time        | kept on-time        | kept on-time        | kept on-time        | kept on-time        | holding
        achieved-for-now         | kept on-time        | kept on-time        | kept on-time        | kept on-time        | kept on-time        | kept on-time        | holding
        achieved-partly          | partly-kept on-time | partly-kept on-time | partly-kept on-time | partly-kept on-time | partly-kept on-time | partly-kept on-time | holding
        failed                   | broken              | broken              | unfulfilled         | unfulfilled         | broken              | broken              | broken
        failed-abandoned         | broken              | broken              | broken              | broken              | broken              | broken              | broken
        failed-for-now           | stalled on-time     | stalled overdue     | stalled on-time     | stalled overdue     | stalled on-time     | stalled overdue     | broken
        failed-abandoned-for-now | stalled on-time     | stalled overdue     | stalled on-time     | stalled overdue     | stalled on-time     | stalled overdue     | broken
        superseded               | released            | released            | released            | released            | released            | released            | released
        superseded-for-now       | released            | released            | released            | released            | released            | released            | released
        decided-to               | in-progress on-time | in-progress overdue | in-progress on-time | in-progress overdue | kept on-time        | kept on-time        | holding
        decided-not-to           | broken              | broken              | broken              | broken              | kept on-time        | kept on-time        | broken
        decided-and-done         | kept on-time        | kept on-time        | kept on-time        | kept on-time        | kept on-time        | kept on-time        | holding
        ",
    );
}

#[test]
fn verdicts_by_status_and_obligation_when_the_status_is_reached_late() {
    // The status is reached on the deadline or on the day after. The verdict is asked much later.
    let statuses = STATUSES.iter().filter(|(id, _)| !["planned", "awaiting-lapse", "lapsed"].contains(id));
    let found: Vec<String> = statuses
        .map(|(status, _)| {
            let mut row = format!("{status:<24}");
            for obligation in ["result", "conduct", "consideration"] {
                for reached in ["2013-06-30", "2013-07-01"] {
                    let desk = record(&ANYWHERE, &format!("a {obligation} due 2013-06-30; {status} {reached}"));
                    row += &format!(" | {:<19}", verdict(&desk.standing("2014-01-01")));
                }
            }
            row.trim_end().to_owned()
        })
        .collect();
    check_table(
        &found,
        "
        active                   | in-progress overdue | in-progress overdue | in-progress overdue | in-progress overdue | in-progress overdue | in-progress overdue
        stalled                  | stalled overdue     | stalled overdue     | stalled overdue     | stalled overdue     | stalled overdue     | stalled overdue
        achieved                 | kept on-time        | kept late           | kept on-time        | kept late           | kept on-time        | kept late
        achieved-for-now         | kept on-time        | kept late           | kept on-time        | kept late           | kept on-time        | kept late
        achieved-partly          | partly-kept on-time | partly-kept late    | partly-kept on-time | partly-kept late    | partly-kept on-time | partly-kept late
        failed                   | broken              | broken              | unfulfilled         | unfulfilled         | broken              | broken
        failed-abandoned         | broken              | broken              | broken              | broken              | broken              | broken
        failed-for-now           | stalled overdue     | stalled overdue     | stalled overdue     | stalled overdue     | stalled overdue     | stalled overdue
        failed-abandoned-for-now | stalled overdue     | stalled overdue     | stalled overdue     | stalled overdue     | stalled overdue     | stalled overdue
        superseded               | released            | released            | released            | released            | released            | released
        superseded-for-now       | released            | released            | released            | released            | released            | released
        decided-to               | in-progress overdue | in-progress overdue | in-progress overdue | in-progress overdue | kept on-time        | kept late
        decided-not-to           | broken              | broken              | broken              | broken              | kept on-time        | kept late
        decided-and-done         | kept on-time        | kept late           | kept on-time        | kept late           | kept on-time        | kept late
        ",
    );
}

#[test]
fn without_a_deadline_nothing_is_overdue_or_late() {
    for obligation in ["result", "conduct", "consideration"] {
        check(&format!("a {obligation}"), "2013-01-18 pending\n 9999-12-31 pending");
        check(&format!("a {obligation}; active 2013-02-01"), "2013-02-01 in-progress\n 9999-12-31 in-progress");
        check(&format!("a {obligation}; stalled 2013-02-01"), "9999-12-31 stalled");
        check(&format!("a {obligation}; achieved 9999-12-30"), "9999-12-31 kept");
    }
}

#[test]
fn a_deadline_has_passed_after_its_last_possible_day() {
    for obligation in ["result", "consideration"] {
        let due = |deadline: &str| format!("a {obligation} due {deadline}; active 2013-02-01");
        check(&due("2013-02-28"), "2013-02-28 in-progress\n 2013-03-01 in-progress overdue");
        check(&due("2013-02"), "2013-02-28 in-progress\n 2013-03-01 in-progress overdue");
        check(&due("2016-02"), "2016-02-29 in-progress\n 2016-03-01 in-progress overdue");
        check(&due("2013"), "2013-12-31 in-progress\n 2014-01-01 in-progress overdue");
    }
    check("a result due 2013; achieved 2013-12-31", "2014-06-01 kept");
    check("a result due 2013; achieved 2014-01-01", "2014-06-01 kept late");
    check("a conduct due 2013; planned 2013-01-18", "2013-12-31 pending\n 2014-01-01 pending overdue");
    // Only the month of the step is known, so it counts from the last day of the month.
    check("a result due 2013-06-15; achieved 2013-06", "2013-06-29 pending unknown\n 2013-06-30 kept unknown");
}

#[test]
fn before_the_day_made_there_is_no_verdict() {
    for obligation in ["result", "conduct", "consideration", "position"] {
        for status in ["active", "stalled", "failed-for-now", "failed", "achieved", "superseded", "decided-not-to"] {
            let story = format!("a {obligation} made 2013-01-18, opens {status} 2012-06-01");
            let desk = record(&ANYWHERE, &story);
            let (earlier, eve, made) =
                (desk.standing("2012-05-31"), desk.standing("2013-01-17"), desk.standing("2013-01-18"));
            // There is a status, because the history opens earlier. On the day made, every status
            // counts as planned.
            let counts = if obligation == "position" { "holding" } else { "pending" };
            let found = [&earlier, &eve, &made].map(|s| (s.status.as_ref().map(ToString::to_string), verdict(s)));
            let status = Some(status.to_owned());
            let expected = [(None, "none"), (status.clone(), "none"), (status, counts)];
            assert_eq!(expected.map(|(status, verdict)| (status, verdict.to_owned())), found, "{story}");
            let reason = "the word was given on 2013-01-18, which is later";
            assert_eq!(eve.reason.as_deref(), Some(reason), "{story}");
        }
    }
}

#[test]
fn a_status_reached_before_the_day_made_counts_as_planned() {
    check("a result due 2013-06, opens achieved 2012-06-01", "2013-06-30 pending\n 2013-07-01 pending overdue");
    check("a conduct due 2013-06, opens active 2012-06-01", "2013-06-30 pending\n 2013-07-01 pending overdue");
    check("a result, opens stalled 2012-06-01; active 2013-01-17", "2013-01-18 pending");
    check("a result, opens stalled 2012-06-01; active 2013-01-18", "2013-01-18 in-progress");
    check("a result, opens active 2013-01-18", "2013-01-18 in-progress");
    // A status that was achieved before must be achieved again. If it is superseded first, it was
    // never kept.
    check("a result, opens achieved 2012-06-01; active 2013-02-01", "2013-02-01 in-progress");
    check("a result, opens achieved-for-now 2012-06-01; superseded 2013-02-01", "2013-02-01 released");
    // Only a decision on or after the day made counts.
    check("a consideration, opens decided-to 2012-06-01", "2013-02-01 pending");
    check("a consideration, opens decided-to 2012-06-01; stalled 2013-02-01", "2013-02-01 stalled");
    check("a consideration, opens decided-to 2013-01-18", "2013-01-18 kept");
    check("a position, opens failed 2012-06-01; superseded 2013-02-01", "2013-01-31 holding\n 2013-02-01 released");
}

#[test]
fn a_consideration_is_kept_by_any_decision_and_stays_kept() {
    for decided in ["decided-to", "decided-not-to", "decided-and-done"] {
        for then in ["active", "stalled", "failed", "failed-abandoned", "failed-for-now", "superseded", "achieved"] {
            let story = format!("a consideration due 2013-06; {decided} 2013-03-15; {then} 2013-08-01");
            check(&story, "2013-03-14 pending\n 2013-03-15 kept\n 2013-08-01 kept");
            let late = format!("a consideration due 2013-06; {decided} 2013-07-01; {then} 2013-08-01");
            check(&late, "2013-06-30 pending\n 2013-07-01 kept late\n 2013-08-01 kept late");
        }
    }
    // The first decision counts, even if a later one is late.
    let twice = "a consideration due 2013-06; decided-not-to 2013-03-15; active 2013-08-01; decided-to 2013-09-01";
    check(twice, "2013-08-01 kept\n 2013-09-01 kept");
    // For a stronger obligation than consideration, a decision is not enough.
    check("a result; decided-to 2013-03-15", "2013-03-15 in-progress");
    check("a conduct; decided-to 2013-03-15", "2013-03-15 in-progress");
}

#[test]
fn superseding_an_achieved_commitment_does_not_change_its_verdict() {
    for obligation in ["result", "conduct"] {
        // A status that is not final is left by any step, a final one by a reopening step.
        // Superseding changes the verdict of neither.
        for achieved in ["achieved-for-now", "achieved"] {
            let story = |on| format!("a {obligation} due 2013-06; {achieved} {on}; superseded 2014-01-01");
            check(&story("2013-06-30"), "2013-12-31 kept\n 2014-01-01 kept");
            check(&story("2013-07-01"), "2013-12-31 kept late\n 2014-01-01 kept late");
        }
        check(&format!("a {obligation} due 2013-06; active 2013-02-01; superseded 2014-01-01"), "2014-01-01 released");
    }
    check("a position; superseded 2014-01-01", "2013-12-31 holding\n 2014-01-01 released");
}

#[test]
fn reopening_a_commitment_changes_its_verdict() {
    for obligation in ["result", "conduct"] {
        let early = format!("a {obligation} due 2013-06; achieved 2013-03-01; active 2013-04-01");
        let lapsed = "in-progress overdue";
        check(
            &early,
            &format!("2013-03-31 kept\n 2013-04-01 in-progress\n 2013-06-30 in-progress\n 2013-07-01 {lapsed}"),
        );
        check(&format!("{early}; achieved 2013-06-30"), "2013-07-01 kept");
        check(&format!("{early}; achieved 2013-07-01"), "2013-07-01 kept late");
        check(&format!("{early}; superseded 2013-07-01"), "2013-07-01 released");
        check(&format!("{early}; failed-abandoned 2013-07-01"), "2013-07-01 broken");
    }
    // A status that is not final is left without a reopening step, and the verdict is computed
    // again too.
    let left = "a result due 2013-06; achieved-for-now 2013-03-01; stalled 2013-04-01";
    check(&format!("{left}; achieved 2013-07-01"), "2013-03-31 kept\n 2013-04-01 stalled\n 2013-07-01 kept late");
    check(&format!("{left}; superseded 2013-07-01"), "2013-06-30 stalled\n 2013-07-01 released");
    // If a commitment is achieved twice in a row, the first time counts.
    check("a result due 2013-06; achieved-for-now 2013-03-01; achieved 2013-07-01", "2013-07-01 kept");
    check("a result; failed 2013-03-01; active 2013-04-01", "2013-03-31 broken\n 2013-04-01 in-progress");
    check("a result; superseded 2013-03-01; active 2013-04-01", "2013-03-31 released\n 2013-04-01 in-progress");
    check("a position; failed 2013-03-01; active 2013-04-01", "2013-03-31 broken\n 2013-04-01 holding");
}

#[test]
fn rescheduling_moves_a_deadline_that_has_not_passed() {
    let moved = "a result due 2013-06; active 2013-02-01; rescheduled 2013-12 on 2013-06-30";
    check(
        moved,
        "2013-06-30 in-progress\n 2013-07-01 in-progress\n 2013-12-31 in-progress\n 2014-01-01 in-progress overdue",
    );
    check(&format!("{moved}; achieved 2013-12-31"), "2013-12-31 kept");
    check(&format!("{moved}; achieved 2014-01-01"), "2014-01-01 kept late");
    // A deadline can be moved to an earlier day, and can be set where there was none.
    check("a result due 2013-12; rescheduled 2013-06 on 2013-05-01", "2013-06-30 pending\n 2013-07-01 pending overdue");
    check("a result; rescheduled 2013-06 on 2013-05-01", "2013-06-30 pending\n 2013-07-01 pending overdue");
    // A new deadline from before the day made has no effect.
    check("a result due 2013-06; rescheduled 2013-03 on 2013-01-17", "2013-06-30 pending\n 2013-07-01 pending overdue");
    check("a result; rescheduled 2013-03 on 2013-01-17", "2013-04-01 pending");
    check("a result; rescheduled 2013-03 on 2013-01-18", "2013-04-01 pending overdue");
    // The old deadline applies until the day on which it is moved, and it can be moved twice.
    let twice = "a result due 2013-03; rescheduled 2013-06 on 2013-03-31; rescheduled 2013-09 on 2013-06-30";
    check(twice, "2013-09-30 pending\n 2013-10-01 pending overdue");
}

#[test]
fn rescheduling_never_cures_a_deadline_that_had_passed() {
    let late = "a result due 2013-06; active 2013-02-01; rescheduled 2013-12 on 2013-07-01";
    check(late, "2013-07-01 in-progress overdue\n 2013-12-31 in-progress overdue");
    check(&format!("{late}; achieved 2013-08-01"), "2013-08-01 kept late");
    check(&format!("{late}; rescheduled 2014 on 2013-12-31"), "2013-12-31 in-progress overdue");
    // Only the month of the move is known, so it counts from the last day of the month, which is
    // too late here.
    check(
        "a result due 2013-06-15; rescheduled 2013-12 on 2013-06",
        "2013-06-30 pending unknown\n 2013-07-01 pending unknown",
    );
    // A late commitment stays late, and a commitment in time stays in time.
    check("a result due 2013-06; achieved 2013-07-01; rescheduled 2013-12 on 2013-08-01", "2013-08-01 kept late");
    check("a result due 2013-12; achieved 2013-07-01; rescheduled 2013-06 on 2013-08-01", "2013-08-01 kept");
    check("a consideration due 2013-06; decided-to 2013-07-01; rescheduled 2014 on 2013-08-01", "2013-08-01 kept late");
}

#[test]
fn a_standing_lists_all_deadlines_and_which_of_them_are_in_force() {
    let story = "a result due 2013-06; rescheduled 2013-12 on 2013-06-30; rescheduled 2014 on 2014-01-01";
    let standing = record(&ANYWHERE, story).standing("2014-06-01");
    let found: Vec<_> = standing
        .deadlines
        .iter()
        .map(|set| format!("{} set on {}{}", set.deadline, set.set_on, if set.in_force { "" } else { ", too late" }))
        .collect();
    let expected = ["2013-06 set on 2013-01-18", "2013-12 set on 2013-06-30", "2014 set on 2014-01-01, too late"];
    assert_eq!(expected.map(str::to_owned).to_vec(), found);
    assert_eq!(standing.deadline.map(|deadline| deadline.to_string()).as_deref(), Some("2013-12"));
}

#[test]
fn a_presumed_step_does_not_change_the_verdict() {
    // On 11 February the clock leads to a status that is achieved, decided and final.
    for obligation in ["result", "conduct", "consideration"] {
        let story = format!("a {obligation}; awaiting-lapse 2013-02-01");
        let presumed = "2013-02-10 in-progress\n 2013-02-11 in-progress\n 2013-12-31 in-progress";
        check(&story, presumed);
        let standing = record(&ANYWHERE, &story).standing("2013-02-11");
        assert_eq!((standing.status.unwrap().as_str(), standing.presumed), ("lapsed", true));
        // The step is confirmed by an entry, or by an attestation that the record is complete.
        let sure = "2013-02-10 in-progress\n 2013-02-11 kept";
        check(&format!("{story}; lapsed 2013-02-11"), sure);
        check(&format!("{story}; attested 2013-02-11"), sure);
        check(&format!("{story}; attested 2013-02-10"), presumed);
        // A recorded step counts even if the status before it was presumed. The verdict ignores the
        // presumed step.
        check(&format!("{story}; stalled 2013-03-01"), "2013-02-28 in-progress\n 2013-03-01 stalled");
        check(&format!("{story}; superseded 2013-03-01"), "2013-03-01 released");
    }
    check(
        "a result due 2013-02-10; awaiting-lapse 2013-02-01",
        "2013-02-10 in-progress\n 2013-02-11 in-progress overdue",
    );
    check("a result due 2013-02-10; awaiting-lapse 2013-02-01; lapsed 2013-02-11", "2013-02-11 kept late");
    check("a position; awaiting-lapse 2013-02-01", "2013-02-11 holding");
}

#[test]
fn a_matter_without_a_promise_has_statuses_and_no_verdict() {
    let mut desk = Desk::default();
    let bill = Commitment::builder("jp/bill", "A bill").procedure(&ANYWHERE).by("jp").made("2013-01-18");
    desk.append(bill);
    desk.append(Advance::builder("jp/bill", "achieved").on("2013-02-01"));
    let standing = desk.ledger.view_on("2013-03-01").unwrap().standing("jp/bill").unwrap();
    assert_eq!(
        (standing.status.unwrap().as_str(), standing.verdict, standing.timeliness, standing.reason, standing.words),
        ("achieved", None, None, None, None)
    );
    let refused = Commitment::builder("jp/bill", "A bill").procedure(&ANYWHERE).by("jp").made("2013-01-18");
    let refused = refused.obligation(servanda_core::Obligation::Result).build().unwrap_err();
    assert_eq!(
        refused.to_string(),
        "the field words: it is missing; give the exact words with their source, or leave out the obligation as well"
    );
}

#[test]
fn a_promise_that_nobody_has_looked_at_is_unrated() {
    let pledge = servanda_core::builtin::pledge();
    let rated = |story: &str, expected: &str| check_days(&record(pledge, story), story, expected, verdict);
    rated("a result due 2013-06", "2013-02-01 unrated\n 2014-01-01 unrated");
    rated(
        "a result due 2013-06; not-started 2013-02-01; in-the-works 2013-03-01",
        "2013-02-01 pending on-time\n 2013-03-01 in-progress on-time\n 2013-07-01 in-progress overdue",
    );
    rated("a conduct; kept 2013-03-01; broken 2013-04-01", "2013-03-01 kept\n 2013-04-01 broken");
    rated(
        "a result due 2013-06; partly-kept 2013-03-01; compromise 2013-07-02; kept 2013-07-03; not-rated 2013-08-01",
        "2013-03-01 partly-kept on-time\n 2013-07-02 partly-kept late\n 2013-07-03 kept late\n 2013-08-01 unrated",
    );
    rated("a result; replaced 2013-03-01", "2013-03-01 released");
}

#[test]
fn a_decision_that_rests_on_a_presumed_status_does_not_keep_a_consideration() {
    // A bill that was laid is presumed dropped after ten days. It can be laid again only then.
    let status =
        |id: &str, declared: &str| format!("[[statuses]]\nid = '{id}'\n{declared}\ntitle = {{ en = '{id}' }}\n");
    let transition = |from: &str, to: &str| {
        format!("[[transitions]]\nfrom = ['{from}']\nto = '{to}'\nbasis = 'Practice'\ntitle = {{ en = 'To {to}' }}\n")
    };
    let text = [
        "id = 'bill'\nversion = 1\ninitial = 'planned'\ntitle = { en = 'Bill' }\n".to_owned(),
        ["planned", "laid", "dropped", "laid-again"].map(|id| status(id, "phase = 'active'")).concat(),
        ["passed", "revived"].map(|id| status(id, "phase = 'achieved'\ndecided = true\nfinal = true")).concat(),
        transition("planned", "laid"),
        transition("laid", "passed"),
        transition("dropped", "laid-again"),
        transition("laid-again", "passed"),
        transition("laid-again", "revived"),
        "[[clocks]]\nid = 'lapse'\nstarts = ['laid']\nwhile = ['laid']\nto = 'dropped'\nfires = 'end'\npresumed = true\n\
         rule = { days = { count = 10 } }\ntitle = { en = 'Lapse' }\nbasis = 'Practice'\n"
            .to_owned(),
    ];
    let procedure = Procedure::from_toml("bill.toml", &text.concat()).unwrap();
    let check = |story: &str, expected: &str| check_days(&record(&procedure, story), story, expected, verdict);
    let story = "a consideration; laid 2013-02-01; laid-again 2013-02-20";
    // Only a bill that was dropped and laid again can be revived. The bill could be passed either
    // way.
    check(&format!("{story}; revived 2013-03-01"), "2013-03-01 in-progress\n 2013-03-02 in-progress");
    check(&format!("{story}; revived 2013-03-01; attested 2013-03-02"), "2013-03-01 kept");
    check(&format!("{story}; passed 2013-03-01"), "2013-02-28 in-progress\n 2013-03-01 kept");
}
