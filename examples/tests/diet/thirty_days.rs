//! The thirty days of article 61 of the Constitution, with the treaty 183-1. The upper house
//! received it on 23 April 2013, so the thirtieth day is 22 May, and the lapse takes effect at the
//! start of 23 May.

use super::rows::{Rows, SESSIONS_OF_THE_TPP, expected_outcome, outcome_of};

/// 183-1 without any act of the upper house.
fn unanswered(status: &str) -> Rows {
    let blank = [
        "hc_referred",
        "hc_committee",
        "hc_committee_closed",
        "hc_committee_result",
        "hc_plenary",
        "hc_plenary_result",
    ];
    let changes: Vec<(&str, &str)> =
        blank.map(|column| (column, "")).into_iter().chain([("status_ja", status)]).collect();
    Rows::of("183-1").with(&changes)
}

/// 183-1 with the vote of the upper house on another day, and no committee.
fn voted_on(day: &str, status: &str) -> Rows {
    unanswered(status).with(&[("hc_plenary", day), ("hc_plenary_result", "承認")])
}

fn closing_on(rows: Rows, day: &str) -> Rows {
    rows.with_session("183", &format!("183,regular,2013-01-28,{day},term_end,published"))
}

#[test]
fn a_vote_counts_up_to_the_thirtieth_day() {
    for (day, outcome) in [("2013-05-21", "approved-by-both-houses"), ("2013-05-22", "approved-by-both-houses")] {
        let answer = voted_on(day, "両院承認").answer();
        assert_eq!(outcome_of(&answer), expected_outcome("183-1", outcome, day));
        assert_eq!((answer.agrees, answer.note.as_str()), (true, ""));
    }
}

#[test]
fn a_vote_after_the_thirtieth_day_is_too_late() {
    let rows = voted_on("2013-05-23", "両院承認");
    let answer = rows.answer();
    assert_eq!(outcome_of(&answer), expected_outcome("183-1", "approved-after-thirty-days", "2013-05-23"));
    assert!(!answer.agrees);
    assert_eq!(
        rows.problems(),
        [
            "treaties.csv, line 2: treaty 183-1: computed approved-after-thirty-days, but the list says 両院承認",
            "treaties.csv, line 2: treaty 183-1: jp/treaties/183-1 cannot go to approved-by-both-houses on 2013-05-23: \
             it stood at approved-after-thirty-days since 2013-05-23 (presumed: a clock fired, and no entry confirms it); from there it can go to: \
             deposited, in-force, promulgated, superseded; the step is skipped",
        ]
    );
    assert!(voted_on("2013-05-23", "承認").answer().agrees);
}

#[test]
fn the_session_can_close_before_or_after_the_lapse() {
    let table = [
        ("2013-05-21", "未了", "dropped", "2013-05-21"),
        ("2013-05-22", "未了", "dropped", "2013-05-22"),
        // Both are on one day: the lapse comes at its start, the close at its end.
        ("2013-05-23", "承認", "approved-after-thirty-days", "2013-05-23"),
        ("2013-05-24", "承認", "approved-after-thirty-days", "2013-05-23"),
    ];
    for (closes, status, outcome, day) in table {
        let answer = closing_on(unanswered(status), closes).answer();
        assert_eq!(outcome_of(&answer), expected_outcome("183-1", outcome, day), "closing on {closes}");
        assert_eq!((answer.agrees, answer.note.as_str()), (true, ""), "closing on {closes}");
    }
}

#[test]
fn a_vote_on_the_closing_day_counts() {
    for day in ["2013-05-21", "2013-05-22"] {
        let answer = closing_on(voted_on(day, "両院承認"), day).answer();
        assert_eq!(outcome_of(&answer), expected_outcome("183-1", "approved-by-both-houses", day));
        assert!(answer.agrees);
    }
    let late = closing_on(voted_on("2013-05-23", "承認"), "2013-05-23").answer();
    assert_eq!(outcome_of(&late), expected_outcome("183-1", "approved-after-thirty-days", "2013-05-23"));
}

#[test]
fn days_of_recess_do_not_count() {
    let header = "session,kind,convened,closed,ended_by,basis,recesses\n";
    let sessions = |recess: &str| format!("{header}183,regular,2013-01-28,2013-06-26,term_end,published,{recess}\n");
    let effective = |recess: &str| {
        let report = super::report(unanswered("承認").text(), sessions(recess));
        outcome_of(&report.answers[0])
    };
    assert_eq!(effective(""), expected_outcome("183-1", "approved-after-thirty-days", "2013-05-23"));
    assert_eq!(
        effective("2013-05-01/2013-05-03"),
        expected_outcome("183-1", "approved-after-thirty-days", "2013-05-26")
    );
    assert_eq!(
        effective("2013-05-22/2013-05-22"),
        expected_outcome("183-1", "approved-after-thirty-days", "2013-05-24")
    );
    assert_eq!(
        effective("2013-05-23/2013-05-30"),
        expected_outcome("183-1", "approved-after-thirty-days", "2013-05-23")
    );
}

/// The day of receipt is day one, not the day of the vote. If the list does not have it, the days
/// are not counted.
#[test]
fn the_thirty_days_run_from_the_receipt() {
    let later = unanswered("承認").with(&[("hc_received", "2013-04-24")]).answer();
    assert_eq!(outcome_of(&later), expected_outcome("183-1", "approved-after-thirty-days", "2013-05-24"));

    let unknown = unanswered("承認").with(&[("hc_received", "")]);
    assert_eq!(outcome_of(&unknown.answer()), expected_outcome("183-1", "-", "-"));
    assert_eq!(
        unknown.problems(),
        [
            "treaties.csv, line 2: treaty 183-1: hc_received is blank, although the treaty was passed and sent on",
            "treaties.csv, line 2: treaty 183-1: it is unknown whether the thirty days have passed, because the day of receipt is missing",
        ]
    );
    let voted = voted_on("2013-05-22", "両院承認").with(&[("hc_received", "")]).answer();
    assert_eq!(
        (outcome_of(&voted), voted.agrees),
        (expected_outcome("183-1", "approved-by-both-houses", "2013-05-22"), true)
    );
}

/// The upper house received it on 10 November 2016 and approved it on 9 December, the thirtieth
/// day.
#[test]
fn the_trans_pacific_partnership_was_approved_on_the_thirtieth_day() {
    let row = |session: &str, page: &str| {
        let url = format!("https://www.shugiin.go.jp/internet/itdb_gian.nsf/html/gian/keika/{page}.htm");
        Rows::new(&[
            ("listed_session", session),
            ("submitted_session", "190"),
            ("number", "8"),
            ("title", "環太平洋パートナーシップ協定の締結について承認を求めるの件"),
            ("progress_url", &url),
        ])
    };
    let carried = [("status_ja", "衆議院で閉会中審査"), ("hr_plenary_result", "閉会中審査")];
    let first = row("190", "1DBF776").with(&carried);
    let first = first.with(&[("hr_received", "2016-03-08"), ("hr_referred", "2016-03-24")]);
    let last = row("192", "1DC09E2").with(&[
        ("status_ja", "両院承認"),
        ("hr_referred", "2016-09-26"),
        ("hr_committee_closed", "2016-11-04"),
        ("hr_committee_result", "承認"),
        ("hr_plenary", "2016-11-10"),
        ("hr_plenary_result", "承認"),
        ("hc_received", "2016-11-10"),
        ("hc_referred", "2016-11-11"),
        ("hc_committee_closed", "2016-12-09"),
        ("hc_committee_result", "承認"),
        ("hc_plenary", "2016-12-09"),
        ("hc_plenary_result", "承認"),
    ]);
    let history = |last: Rows| {
        let rows = first.clone().and(row("191", "1DBFD86").with(&carried)).and(last);
        SESSIONS_OF_THE_TPP.into_iter().fold(rows, |rows, (number, line)| rows.with_session(number, line))
    };
    let answer = history(last.clone()).answer();
    assert_eq!(
        (outcome_of(&answer), answer.agrees),
        (expected_outcome("190-8", "approved-by-both-houses", "2016-12-09"), true)
    );
    let too_late = [("hc_committee_closed", "2016-12-10"), ("hc_plenary", "2016-12-10"), ("status_ja", "承認")];
    let answer = history(last.with(&too_late)).answer();
    assert_eq!(
        (outcome_of(&answer), answer.agrees),
        (expected_outcome("190-8", "approved-after-thirty-days", "2016-12-10"), true)
    );
}

/// The rule applies only to the upper house.
#[test]
fn the_thirty_days_do_not_apply_to_the_lower_house() {
    let blank = ["hr_referred", "hr_committee_closed", "hr_committee_result", "hr_plenary", "hr_plenary_result"];
    let changes: Vec<(&str, &str)> =
        blank.map(|column| (column, "")).into_iter().chain([("status_ja", "未了")]).collect();
    let answer = Rows::of("142-4").with(&changes).answer();
    assert_eq!((outcome_of(&answer), answer.agrees), (expected_outcome("142-4", "dropped", "1998-06-18"), true));
}
