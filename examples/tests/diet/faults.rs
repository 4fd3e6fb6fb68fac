//! Rows that contradict themselves, and incomplete lists.

use super::rows::{FACTS, Rows, SESSIONS, expected_outcome, outcome_of, report};

/// Checks that the row of 183-1 with these changes is skipped for the reason `why`, and that other
/// rows are not affected.
fn check_skipped(changes: &[(&str, &str)], why: &str) {
    let rows = Rows::of("142-1").and(Rows::of("183-1").with(changes));
    let report = rows.report();
    let found: Vec<String> = report.problems.iter().map(ToString::to_string).collect();
    let nothing = "treaties.csv, line 3: treaty 183-1: the outcome is not computed, because one of its rows is skipped";
    let mut expected =
        vec![format!("treaties.csv, line 3: treaty 183-1: {why}; the row is skipped"), nothing.to_owned()];
    expected.sort();
    assert_eq!(found, expected);
    assert_eq!(outcome_of(&report.answers[0]), expected_outcome("142-1", "approved-by-both-houses", "1998-03-31"));
    assert!(report.answers[0].agrees, "other rows are not affected");
    let faulty = &report.answers[1];
    assert_eq!((outcome_of(faulty), faulty.agrees), (expected_outcome("183-1", "-", "-"), false));
    assert!(faulty.note.contains(&format!("line 3: {why}")), "{}", faulty.note);
}

#[test]
fn a_row_that_contradicts_itself_is_skipped() {
    let table: [(&[(&str, &str)], &str); 19] = [
        (&[("hr_plenary", "2013-04-18")], "hr_plenary (2013-04-18) is before hr_committee_closed (2013-04-19)"),
        (
            &[("hc_received", "2013-04-22")],
            "hc_received (2013-04-22) is before the lower house passed the treaty, on 2013-04-23",
        ),
        (
            &[("hr_received", "2013-01-27")],
            "hr_received (2013-01-27) is outside session 183, which sat from 2013-01-28 to 2013-06-26",
        ),
        (
            &[("hc_plenary", "2013-06-27")],
            "hc_plenary (2013-06-27) is outside session 183, which sat from 2013-01-28 to 2013-06-26",
        ),
        (&[("hr_plenary", "")], "hr_plenary_result is 承認, but hr_plenary is blank"),
        (&[("hc_plenary_result", "")], "hc_plenary is 2013-05-22, but hc_plenary_result is blank"),
        (&[("hr_committee_closed", "")], "hr_committee_result is 承認, but hr_committee_closed is blank"),
        (
            &[("hc_committee_result", "審査未了")],
            "hc_committee_result says that the committee did not finish (審査未了), but hc_committee_closed says that it did on 2013-05-21",
        ),
        (
            &[("hr_prelim_received", "2013-03-15")],
            "it is unknown which house had it first: both or neither received it in advance, and the days of receipt do not decide",
        ),
        (
            &[("hr_received", "")],
            "the lower house had it first, but hr_received is blank, so the day of submission is unknown",
        ),
        (
            &[("status_ja", "衆議院で閉会中審査")],
            "status_ja says that the lower house carried it over, but hr_plenary_result does not",
        ),
        (
            &[("status_ja", "参議院で閉会中審査")],
            "status_ja says that the upper house carried it over, but hc_plenary_result does not",
        ),
        (&[("status_ja", "撤回")], "status_ja says that it was withdrawn, but no column says when"),
        (
            &[("status_ja", "両院の意見が一致しない旨報告")],
            "status_ja and hr_plenary_result do not agree on whether the houses disagree",
        ),
        (&[("listed_session", "182")], "it is listed in session 182, before it was submitted in 183"),
        (&[("title", "")], "title is blank"),
        (&[("hr_referred", "2013-02-30")], "hr_referred: \"2013-02-30\" is not a day: 2013-02 has 28 days"),
        (
            &[("hr_referred", "平成25年 4月 4日")],
            "hr_referred: \"平成25年 4月 4日\" is not a day: a day is written YYYY-MM-DD, such as 2013-02-28",
        ),
        (&[("listed_session", "百八十三")], "listed_session: \"百八十三\" is not a number from 1"),
    ];
    for (changes, why) in table {
        check_skipped(changes, why);
    }
}

#[test]
fn all_faults_of_a_row_are_reported() {
    check_skipped(
        &[("hr_received", "?"), ("hr_plenary", "?")],
        "hr_received: \"?\" is not a day: a day is written YYYY-MM-DD, such as 2013-02-28; \
         hr_plenary: \"?\" is not a day: a day is written YYYY-MM-DD, such as 2013-02-28; \
         hr_plenary_result is 承認, but hr_plenary is blank",
    );
}

#[test]
fn the_second_house_cannot_act_before_the_first_house_has_passed_the_treaty() {
    check_skipped(
        &[("hr_plenary", ""), ("hr_plenary_result", ""), ("hc_plenary", ""), ("hc_plenary_result", "")],
        "hc_received is 2013-04-23, but the lower house has not passed the treaty; \
         hc_referred is 2013-05-15, but the lower house has not passed the treaty; \
         hc_committee_closed is 2013-05-21, but the lower house has not passed the treaty",
    );
}

/// The steps of a row must be a legal path through the procedure.
#[test]
fn a_row_with_a_step_that_the_procedure_refuses_is_skipped() {
    check_skipped(
        &[("hr_committee_result", "撤回許可"), ("status_ja", "撤回")],
        "jp/treaties/183-1 cannot go to lower-first-passed on 2013-04-23: it stood at withdrawn since 2013-04-19; \
         from there it can go to: submitted",
    );
    check_skipped(
        &[("hc_plenary_result", "撤回許可"), ("status_ja", "撤回")],
        "jp/treaties/183-1 cannot go to withdrawn on 2013-05-22: it stood at upper-second-reported since 2013-05-21; \
         from there it can go to: approved-by-both-houses, upper-carried-over, upper-second-rejected",
    );
}

/// An unknown word is never taken for a known one.
#[test]
fn an_unknown_word_is_reported() {
    check_skipped(
        &[("hr_plenary_result", "修正")],
        "hr_plenary_result: \"修正\" is not a known result; the known results are 承認, 不承認, 閉会中審査, 撤回許可, \
         両院協議会協議委員議長から両院の意見が一致しない旨の報告",
    );
    check_skipped(
        &[("hc_committee_result", "可")],
        "hc_committee_result: \"可\" is not a known result; the known results are 承認, 不承認, 審査未了, 撤回許可",
    );
    // The final status is not a step, so the outcome is computed without it. But it cannot agree
    // with the list.
    let rows = Rows::of("183-1").with(&[("status_ja", "成立")]);
    let answer = rows.answer();
    assert_eq!(
        (outcome_of(&answer), answer.agrees),
        (expected_outcome("183-1", "approved-by-both-houses", "2013-05-22"), false)
    );
    assert_eq!(
        rows.problems(),
        [
            "treaties.csv, line 2: treaty 183-1: computed approved-by-both-houses, but the list says 成立",
            "treaties.csv, line 2: treaty 183-1: status_ja: \"成立\" is not a known status",
        ]
    );
}

#[test]
fn a_known_alias_is_read_and_reported() {
    let rows = Rows::of("183-1").with(&[("hr_plenary_result", "可決"), ("hc_committee_result", "可決")]);
    let answer = rows.answer();
    assert_eq!(
        (outcome_of(&answer), answer.agrees),
        (expected_outcome("183-1", "approved-by-both-houses", "2013-05-22"), true)
    );
    assert_eq!(
        rows.problems(),
        [
            "treaties.csv, line 2: treaty 183-1: hc_committee_result: 可決 is read as 承認",
            "treaties.csv, line 2: treaty 183-1: hr_plenary_result: 可決 is read as 承認",
        ]
    );
}

#[test]
fn a_final_status_that_differs_from_the_outcome_is_a_disagreement() {
    let rows = Rows::of("183-1").with(&[("status_ja", "未了")]);
    let answer = rows.answer();
    assert_eq!(
        (outcome_of(&answer), answer.agrees),
        (expected_outcome("183-1", "approved-by-both-houses", "2013-05-22"), false)
    );
    let said = "computed approved-by-both-houses, but the list says 未了";
    assert_eq!(answer.note, said);
    assert_eq!(rows.problems(), [format!("treaties.csv, line 2: treaty 183-1: {said}")]);
}

/// Later rows of a treaty have no day of receipt, the upper house can be first, and the committee
/// can be omitted.
#[test]
fn blank_cells_with_a_meaning_are_no_faults() {
    for (treaty, outcome, day) in [
        ("142-20", "approved-by-both-houses", "1999-05-24"),
        ("142-4", "approved-by-both-houses", "1998-04-28"),
        ("183-14", "dropped", "2013-06-26"),
    ] {
        let rows = Rows::of(treaty);
        assert_eq!((outcome_of(&rows.answer()), rows.problems()), (expected_outcome(treaty, outcome, day), Vec::new()));
    }
    let skipped =
        [("hr_referred", ""), ("hr_committee", "審査省略"), ("hr_committee_closed", ""), ("hr_committee_result", "")];
    let rows = Rows::of("183-1").with(&skipped);
    assert_eq!((rows.answer().agrees, rows.problems()), (true, Vec::new()));
}

#[test]
fn the_outcome_is_not_computed_if_an_earlier_row_is_missing_or_skipped() {
    let late = Rows::of("180-7").only("181");
    assert_eq!((outcome_of(&late.answer()), late.answer().agrees), (expected_outcome("180-7", "-", "-"), false));
    assert_eq!(
        late.answer().note,
        "line 2: it was submitted to session 180, but no row of that session can be used, so it is unknown how it came into session 181; \
         the row is skipped; the outcome is not computed, because one of its rows is skipped"
    );
    let hole = Rows::of("177-14").only("177").and(Rows::of("177-14").only("179"));
    assert_eq!(
        hole.answer().note,
        "line 3: it was carried over from session 177 into the next one, but no row says how it came into session 179; \
         the row is skipped; carried over from session 177 on an unrecorded day; entered on the closing day \
         2011-08-31; the outcome is not computed, because one of its rows is skipped"
    );
    let first = Rows::of("180-7").only("180").with(&[("hr_received", "x")]).and(Rows::of("180-7").only("181"));
    assert_eq!(outcome_of(&first.answer()), expected_outcome("180-7", "-", "-"));
    let not_carried = [("hr_plenary_result", ""), ("status_ja", "未了")];
    let not_carried = Rows::of("180-7").only("180").with(&not_carried).and(Rows::of("180-7").only("181"));
    assert_eq!(
        not_carried.answer().note,
        "line 3: it is listed in session 181, but no row says that it was carried over into that session; the row is skipped; \
         the outcome is not computed, because one of its rows is skipped"
    );
}

#[test]
fn rows_may_be_in_any_order_and_a_repeated_row_counts_once() {
    for treaty in ["177-14", "142-20", "169-1", "171-1"] {
        let rows = Rows::of(treaty);
        assert_eq!(rows.clone().reversed().answer(), rows.answer());
    }
    let twice = Rows::of("183-1").and(Rows::of("183-1"));
    assert_eq!(outcome_of(&twice.answer()), expected_outcome("183-1", "approved-by-both-houses", "2013-05-22"));
    assert_eq!(
        twice.problems(),
        ["treaties.csv, line 3: treaty 183-1: it repeats the row of line 2, which counts once"]
    );
    let rivals = Rows::of("183-1").and(Rows::of("183-1").with(&[("hc_plenary", "2013-05-21")]));
    assert_eq!(outcome_of(&rivals.answer()), expected_outcome("183-1", "-", "-"));
    assert_eq!(
        rivals.problems(),
        [
            "treaties.csv, line 2: treaty 183-1: lines 2 and 3 contradict each other about session 183; the row is skipped",
            "treaties.csv, line 3: treaty 183-1: lines 2 and 3 contradict each other about session 183; the row is skipped",
            "treaties.csv, line 3: treaty 183-1: the outcome is not computed, because one of its rows is skipped",
        ]
    );
}

#[test]
fn a_report_of_disagreement_needs_a_rejection_by_one_house() {
    let alone = Rows::of("169-1").with(&[]).reversed().only("169");
    assert!(alone.answer().agrees);
    let agreed = Rows::of("183-1").and(Rows::of("169-1").with(&[
        ("listed_session", "183"),
        ("submitted_session", "183"),
        ("hr_plenary", "2013-05-22"),
    ]));
    assert!(
        agreed
            .problems()
            .iter()
            .any(|found| found.contains("it reports that the houses disagree, but no row of its session"))
    );
}

#[test]
fn a_withdrawal_and_a_rejection_are_outcomes() {
    let before_a_vote = [
        ("hr_committee_closed", "2013-04-19"),
        ("hr_committee_result", "撤回許可"),
        ("hr_plenary", ""),
        ("hr_plenary_result", ""),
        ("status_ja", "撤回"),
    ];
    let upper =
        ["hc_received", "hc_referred", "hc_committee_closed", "hc_committee_result", "hc_plenary", "hc_plenary_result"];
    let blank: Vec<(&str, &str)> = upper.map(|column| (column, "")).into();
    let withdrawn = Rows::of("183-1").with(&blank).with(&before_a_vote).answer();
    assert_eq!(
        (outcome_of(&withdrawn), withdrawn.agrees),
        (expected_outcome("183-1", "withdrawn", "2013-04-19"), true)
    );

    let rejected = [("hr_plenary_result", "不承認"), ("status_ja", "不承認")];
    let rejected = Rows::of("183-1").with(&blank).with(&rejected).answer();
    assert_eq!((outcome_of(&rejected), rejected.agrees), (expected_outcome("183-1", "rejected", "2013-04-23"), true));
}

/// The outcome is the decision of the Diet, whether or not the treaty was promulgated.
#[test]
fn a_promulgation_does_not_change_the_outcome() {
    for (treaty, outcome, day, promulgated) in [
        ("183-1", "approved-by-both-houses", "2013-05-22", "2013-05-31"),
        ("183-1", "approved-by-both-houses", "2013-05-22", "2014-01-29"),
        ("169-3", "approved-after-thirty-days", "2008-06-12", "2008-06-20"),
        ("171-1", "approved-after-rejection", "2009-05-13", "2009-05-19"),
    ] {
        let rows = Rows::of(treaty).with(&[("promulgated", promulgated)]);
        assert_eq!((outcome_of(&rows.answer()), rows.answer().agrees), (expected_outcome(treaty, outcome, day), true));
        assert_eq!(rows.problems(), Vec::<String>::new());
    }
    let too_early = Rows::of("183-1").with(&[("promulgated", "2013-05-21")]);
    assert!(too_early.answer().agrees);
    assert_eq!(
        too_early.problems(),
        ["treaties.csv, line 2: treaty 183-1: jp/treaties/183-1 cannot go to promulgated on 2013-05-21: it stood at \
             upper-second-reported since 2013-05-21; from there it can go to: approved-by-both-houses, \
             upper-carried-over, upper-second-rejected; the step is skipped"]
    );
}

#[test]
fn the_upper_house_can_carry_a_treaty_over_and_is_then_the_first_house() {
    let carried = [
        ("hc_committee_closed", ""),
        ("hc_committee_result", ""),
        ("hc_plenary", ""),
        ("hc_plenary_result", "閉会中審査"),
        ("hc_received", "2013-06-18"),
        ("hc_referred", "2013-06-19"),
        ("hr_plenary", "2013-06-18"),
        ("status_ja", "参議院で閉会中審査"),
    ];
    let rows = Rows::of("183-1").with(&carried);
    assert_eq!(
        (outcome_of(&rows.answer()), rows.answer().agrees),
        (expected_outcome("183-1", "carried-over", "2013-06-26"), true)
    );

    // In the next session the upper house is the first house (Diet Act, art. 83-5).
    let blank = [
        "hr_received",
        "hr_referred",
        "hr_committee_closed",
        "hr_committee_result",
        "hc_prelim_received",
        "hc_received",
    ];
    let blank: Vec<(&str, &str)> = blank.map(|column| (column, "")).into();
    let next = Rows::of("183-1").with(&blank).with(&[
        ("listed_session", "184"),
        ("hc_referred", "2013-08-02"),
        ("hc_committee_closed", "2013-08-05"),
        ("hc_plenary", "2013-08-05"),
        ("hr_received", "2013-08-05"),
        ("hr_plenary", "2013-08-07"),
    ]);
    let answer = rows.and(next).answer();
    assert_eq!(
        (outcome_of(&answer), answer.agrees),
        (expected_outcome("183-1", "approved-by-both-houses", "2013-08-07"), true)
    );
}

#[test]
fn a_treaty_in_an_open_session_is_pending() {
    let open = |rows: Rows| rows.with_session("184", "").with_session("183", "183,regular,2013-01-28,,,published");
    let blank = ["hc_plenary", "hc_plenary_result", "hc_committee_closed", "hc_committee_result"];
    let blank: Vec<(&str, &str)> = blank.map(|column| (column, "")).into();
    let answer = open(Rows::of("183-1").with(&blank).with(&[("status_ja", "参議院で審議中")])).answer();
    assert_eq!((outcome_of(&answer), answer.agrees), (expected_outcome("183-1", "pending", "2013-05-15"), true));
    let answer = open(Rows::of("183-1").with(&blank).with(&[("status_ja", "衆議院で審議中")])).answer();
    assert!(!answer.agrees, "it is before the other house");
    // A treaty that both houses have approved is approved, whether or not the session has closed.
    let answer = open(Rows::of("183-1")).answer();
    assert_eq!(
        (outcome_of(&answer), answer.agrees),
        (expected_outcome("183-1", "approved-by-both-houses", "2013-05-22"), true)
    );

    // It was carried over into a session that is sitting, so it is before that house again.
    let waiting =
        Rows::of("180-7").with(&[("hr_referred", ""), ("hr_committee_result", ""), ("status_ja", "衆議院で審議中")]);
    let others = ["182", "183", "184"];
    let waiting = others.into_iter().fold(waiting, |rows, number| rows.with_session(number, ""));
    let answer = waiting.with_session("181", "181,extraordinary,2012-10-29,,,published").answer();
    assert_eq!((outcome_of(&answer), answer.agrees), (expected_outcome("180-7", "pending", "2012-09-08"), true));
}

#[test]
fn an_outcome_that_depends_on_a_missing_session_is_unknown() {
    let dropped = Rows::of("183-8").with_session("183", "");
    assert_eq!((outcome_of(&dropped.answer()), dropped.answer().agrees), (expected_outcome("183-8", "-", "-"), false));
    assert_eq!(
        dropped.problems(),
        [
            "treaties.csv, line 2: treaty 183-8: session 183 is not in the calendar; the outcome is computed as of the last day of the row",
            "treaties.csv, line 2: treaty 183-8: the status on 2013-06-26 is unknown: from 2013-06-26 on it is not known whether a clock has fired: the calendar jp-diet has no period that contains 2013-06-26",
        ]
    );
    // A recorded vote does not depend on the calendar.
    let approved = Rows::of("183-1").with_session("183", "").answer();
    assert_eq!(
        (outcome_of(&approved), approved.agrees),
        (expected_outcome("183-1", "approved-by-both-houses", "2013-05-22"), true)
    );
    // A vote to carry over without a day needs the closing day of the session.
    let carried = Rows::of("180-7").with_session("180", "");
    assert!(carried.answer().note.starts_with(
        "line 2: the lower house carried it over on an unrecorded day, and the closing day of session 180 is unknown"
    ));
}

/// If a session number is missing, the next session in the list is not the following one.
#[test]
fn a_missing_session_number_makes_the_following_session_unknown() {
    let of_session = |number: &str| Rows::of("177-14").only(number);
    let before = of_session("177").with_session("178", "").answer();
    assert_eq!((outcome_of(&before), before.agrees), (expected_outcome("177-14", "carried-over", "2011-08-31"), true));

    let within = of_session("177").and(of_session("178"));
    let blank = within.clone().with_session("178", "").answer();
    assert!(blank.note.contains("the closing day of session 178 is unknown"), "{}", blank.note);
    assert_eq!((outcome_of(&blank), blank.agrees), (expected_outcome("177-14", "-", "-"), false));

    // With a day the step can be recorded. It is still unknown whether the session closed on that
    // day.
    let dated = within.with(&[("hr_plenary", "2011-09-30")]);
    let silent = dated.clone().with_session("178", "").answer();
    assert_eq!((outcome_of(&silent), silent.agrees), (expected_outcome("177-14", "-", "-"), false));
    assert!(silent.note.contains("the calendar jp-diet has no period that contains 2011-09-30"), "{}", silent.note);

    // A later recorded step makes the outcome known again.
    let after = dated.and(of_session("179")).with_session("178", "").answer();
    assert_eq!(
        (outcome_of(&after), after.agrees),
        (expected_outcome("177-14", "approved-by-both-houses", "2011-12-09"), true)
    );
}

#[test]
fn sessions_that_contradict_each_other_are_skipped() {
    let with = |lines: &str| {
        let report = report(Rows::of("183-1").text(), format!("{SESSIONS}{lines}"));
        report.problems.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(report(FACTS, SESSIONS).problems, []);
    assert_eq!(
        with("184,extraordinary,2013-08-02,2013-08-07,term_end,recalled\n"),
        ["sessions.csv, line 18: session 184 is already on line 17, with the same content"]
    );
    assert_eq!(
        with("184,extraordinary,2013-08-02,2013-08-08,term_end,recalled\n"),
        ["sessions.csv, line 18: session 184 is already on line 17, with other content; both are skipped"]
    );
    assert_eq!(
        with("185,extraordinary,2013-08-07,2013-12-08,term_end,recalled\n"),
        [
            "sessions.csv, line 17: session 184 closes on 2013-08-07, after session 185 has convened; the session is skipped",
            "sessions.csv, line 18: session 185 convenes on 2013-08-07, before session 184 has closed; the session is skipped",
        ]
    );
    assert_eq!(
        with("185,extraordinary,2013-10-15,2013-10-14,term_end,recalled\n,,,,,\nx,,,2013,,\n"),
        [
            "sessions.csv, line 18: it ends on 2013-10-14, before it convenes on 2013-10-15; the session is skipped",
            "sessions.csv, line 20: session: \"x\" is not a number from 1; closed: \"2013\" is not a day: a day is written \
             YYYY-MM-DD, such as 2013-02-28; convened is blank; the session is skipped",
        ]
    );
    assert_eq!(
        with("185,extraordinary,2013-10-15,2013-12-08,vote,recalled\n"),
        [
            "sessions.csv, line 18: ended_by: \"vote\" is neither term_end nor dissolution; how the session ended is unknown"
        ]
    );
}
