//! The bodies that are responsible for a commitment on a day.

#![allow(clippy::unwrap_used)]

mod common;

use common::{COMMITMENT, Desk, commitment};
use servanda_core::facts::{Amend, Assign, Retract, Unassign};
use servanda_core::{Batch, Filter, Obligation, Standing, Summary, builtin};

/// A ledger with one commitment, made on 18 January 2013.
///
/// The foreign ministry is in the lead, and the justice ministry has no role.
fn desk() -> Desk {
    let mut desk = Desk::default();
    let word = commitment(COMMITMENT, builtin::action(), Obligation::Result);
    desk.append(word.responsible_as("jp/foreign", "lead").responsible("jp/justice"));
    desk
}

fn assign(body: &str, on: &str) -> Batch {
    Assign::builder(COMMITMENT, body).on(on).into()
}

fn unassign(body: &str, on: &str) -> Batch {
    Unassign::builder(COMMITMENT, body).on(on).into()
}

/// The responsible bodies of a standing as text; those that may be are marked.
fn shown(standing: &Standing) -> String {
    let one = |mark: &str, assigned: &servanda_core::Assigned| {
        let role = assigned.role.as_ref().map_or_else(String::new, |role| format!(" as {role}"));
        let until = assigned.until.map_or_else(String::new, |until| format!(" until {until}"));
        format!("{mark}{}{role} since {}{until}", assigned.body, assigned.since)
    };
    let is = standing.responsible.iter().map(|assigned| one("", assigned));
    let may_be = standing.may_be_responsible.iter().map(|assigned| one("perhaps ", assigned));
    is.chain(may_be).collect::<Vec<_>>().join("; ")
}

#[track_caller]
fn check(desk: &Desk, days: &[(&str, &str)]) {
    for (on, expected) in days {
        assert_eq!(shown(&desk.standing(on)), *expected, "on {on}");
    }
}

#[test]
fn the_bodies_of_a_registration_are_responsible_from_the_day_the_word_was_given() {
    let both = "jp/foreign as lead since 2013-01-18; jp/justice since 2013-01-18";
    check(&desk(), &[("2013-01-17", ""), ("2013-01-18", both), ("2020-01-01", both)]);
}

#[test]
fn later_facts_assign_and_unassign_bodies() {
    let mut desk = desk();
    desk.append(unassign("jp/foreign", "2014-01-01").and(assign("jp/task-force", "2014-01-01")));
    let before = "jp/foreign as lead since 2013-01-18 until 2014-01-01; jp/justice since 2013-01-18";
    let after = "jp/justice since 2013-01-18; jp/task-force since 2014-01-01";
    check(&desk, &[("2013-12-31", before), ("2014-01-01", after)]);
}

#[test]
fn an_assignment_ends_on_the_day_that_it_says_or_earlier() {
    let mut desk = desk();
    desk.append(unassign("jp/justice", "2013-02-01").and(unassign("jp/foreign", "2013-02-01")));
    desk.append(Assign::builder(COMMITMENT, "jp/task-force").on("2014-01-01").until("2016-01-01").role("lead"));
    let planned = "jp/task-force as lead since 2014-01-01 until 2016-01-01";
    check(&desk, &[("2015-12-31", planned), ("2016-01-01", "")]);
    desk.append(unassign("jp/task-force", "2015-01-01"));
    check(&desk, &[("2014-12-31", "jp/task-force as lead since 2014-01-01 until 2015-01-01"), ("2015-01-01", "")]);
}

#[test]
fn a_role_ends_alone_and_a_body_in_all_its_roles() {
    let mut desk = desk();
    desk.append(unassign("jp/justice", "2013-02-01"));
    desk.append(Assign::builder(COMMITMENT, "jp/foreign").on("2013-03-01").role("funding"));
    desk.append(Unassign::builder(COMMITMENT, "jp/foreign").on("2013-04-01").role("lead"));
    check(&desk, &[("2013-04-01", "jp/foreign as funding since 2013-03-01")]);
    desk.append(Assign::builder(COMMITMENT, "jp/foreign").on("2013-05-01").role("lead"));
    desk.append(unassign("jp/foreign", "2013-06-01"));
    check(&desk, &[("2013-06-01", "")]);
}

#[test]
fn a_body_that_is_assigned_again_is_listed_once() {
    let mut desk = desk();
    desk.append(assign("jp/justice", "2013-05-01"));
    check(&desk, &[("2013-05-01", "jp/foreign as lead since 2013-01-18; jp/justice since 2013-05-01")]);
    desk.append(unassign("jp/justice", "2013-06-01"));
    desk.append(assign("jp/justice", "2013-07-01"));
    check(&desk, &[("2013-06-01", "jp/foreign as lead since 2013-01-18")]);
    check(&desk, &[("2013-07-01", "jp/foreign as lead since 2013-01-18; jp/justice since 2013-07-01")]);
}

#[test]
fn the_end_of_a_second_assignment_ends_the_first_too() {
    let mut desk = desk();
    let again = Assign::builder(COMMITMENT, "jp/foreign").role("lead").on("2014-01-01").until("2016-01-01");
    desk.append(again);
    let both = "jp/justice since 2013-01-18; jp/foreign as lead since 2014-01-01 until 2016-01-01";
    check(&desk, &[("2015-12-31", both), ("2016-01-01", "jp/justice since 2013-01-18")]);
}

#[test]
fn with_imprecise_dates_only_what_holds_for_every_possible_day_is_certain() {
    let mut desk = desk();
    desk.append(unassign("jp/foreign", "2014-03").and(unassign("jp/justice", "2013-02-01")));
    desk.append(assign("jp/task-force", "[2014-03-10..2014-03-20]"));
    let foreign = "jp/foreign as lead since 2013-01-18 until 2014-03";
    let task_force = "jp/task-force since [2014-03-10..2014-03-20]";
    check(
        &desk,
        &[
            ("2014-02-28", foreign),
            ("2014-03-01", &format!("perhaps {foreign}")),
            ("2014-03-10", &format!("perhaps {foreign}; perhaps {task_force}")),
            ("2014-03-20", &format!("{task_force}; perhaps {foreign}")),
            ("2014-03-31", task_force),
        ],
    );
}

#[test]
fn a_filter_selects_by_the_body_of_the_day() {
    let mut desk = desk();
    desk.append(unassign("jp/foreign", "2014-01-01"));
    desk.append(unassign("jp/justice", "2014-03"));
    let found = |on: &str, body: &str| {
        let (view, filter) = (desk.ledger.view_on(on).unwrap(), Filter::default().body(body.parse().unwrap()));
        let summaries = view.summaries(&filter);
        assert_eq!(view.standings(&filter).into_iter().map(Summary::from).collect::<Vec<_>>(), summaries);
        summaries.len()
    };
    assert_eq!((found("2013-12-31", "jp/foreign"), found("2014-01-01", "jp/foreign")), (1, 0));
    assert_eq!((found("2014-02-28", "jp/justice"), found("2014-03-01", "jp/justice")), (1, 0));
    let misspelt = Filter::default().body("jp/foreigh".parse().unwrap());
    let unmatched = desk.ledger.view_on("2013-02-01").unwrap().unmatched(&misspelt);
    assert_eq!((unmatched[0].member, unmatched[0].nearest.clone()), ("body", Some("jp/foreign".parse().unwrap())));
}

#[test]
fn totals_count_a_commitment_for_each_of_its_bodies_on_the_day() {
    let mut desk = desk();
    let other = commitment("jp/other", builtin::action(), Obligation::Result);
    desk.append(other.responsible("jp/justice").responsible_as("jp/justice", "funding").deadline("2013-06"));
    desk.append(commitment("jp/third", builtin::action(), Obligation::Result));
    desk.append(unassign("jp/foreign", "2014-01-01"));
    let totals = |on: &str| {
        let bodies = desk.ledger.view_on(on).unwrap().bodies(&Filter::default());
        let each = bodies.bodies.iter().map(|totals| {
            let overdue = totals.timeliness.overdue;
            format!("{}: {} planned {} overdue {overdue}", totals.body, totals.count, totals.phases.planned)
        });
        (each.collect::<Vec<_>>().join("; "), bodies.count, bodies.without)
    };
    let justice = "jp/justice: 2 planned 2 overdue 1";
    let both = format!("jp/foreign: 1 planned 1 overdue 0; {justice}");
    assert_eq!(totals("2013-12-31"), (both, 3, 1));
    assert_eq!(totals("2014-01-01"), (justice.to_owned(), 3, 1));
    let overdue = Filter::default().timeliness(servanda_core::Timeliness::Overdue);
    assert_eq!(desk.ledger.view_on("2013-12-31").unwrap().bodies(&overdue).count, 1);
}

#[test]
fn a_retracted_end_does_not_count() {
    let mut desk = desk();
    let end = desk.append(unassign("jp/foreign", "2014-01-01"));
    desk.append(Retract::builder(COMMITMENT, end, "It was not so"));
    check(&desk, &[("2014-01-01", "jp/foreign as lead since 2013-01-18; jp/justice since 2013-01-18")]);
}

#[test]
fn notes_and_sources_follow_the_entry() {
    let mut desk = desk();
    let assigned =
        Assign::builder(COMMITMENT, "jp/task-force").on("2013-02-01").noting("First").citing(common::source());
    let entry = desk.append(assigned);
    desk.append(Amend::builder(COMMITMENT).note_of(entry, "Better"));
    let standing = desk.standing("2013-02-01");
    let last = standing.responsible.last().unwrap();
    assert_eq!((last.note.as_ref().map(|note| note.as_str()), last.sources.len()), (Some("Better"), 1));
    assert_eq!(last.entry, entry);
}

#[test]
fn the_end_of_an_assignment_that_is_not_there_is_refused() {
    let mut desk = desk();
    let mut refused = |batch: Batch| desk.try_append(batch).unwrap_err();
    let misspelt = refused(unassign("jp/foreigh", "2014-01-01"));
    assert_eq!(misspelt.code(), "not-responsible");
    let text = "jp/word: jp/foreigh is not responsible for it before 2014-01-01, so this cannot end then; these are: \
                jp/foreign, jp/justice";
    assert_eq!(misspelt.to_string(), text);
    let other_role = Unassign::builder(COMMITMENT, "jp/justice").role("lead").on("2014-01-01");
    assert_eq!(refused(other_role.into()).code(), "not-responsible");
    let too_early = refused(unassign("jp/foreign", "2013-01-18"));
    let text = "jp/word: jp/foreign is not responsible for it before 2013-01-18, so this cannot end then; no body is";
    assert_eq!(too_early.to_string(), text);
    let backwards = refused(Assign::builder(COMMITMENT, "jp/x").on("2014-01-01").until("2014-01-01").into());
    assert_eq!(backwards.code(), "invalid-field");
    let text = "the field fact.assign.until: it is the first day on which the body is no longer responsible, and comes \
                after 2014-01-01, its first day; give a later date";
    assert_eq!(backwards.to_string(), text);
    desk.append(unassign("jp/foreign", "2014-01-01"));
    assert_eq!(desk.try_append(unassign("jp/foreign", "2015-01-01")).unwrap_err().code(), "not-responsible");
}

#[test]
fn what_is_assigned_in_advance_is_a_future_event() {
    let mut desk = desk();
    desk.append(assign("jp/task-force", "2030-01-01"));
    let standing = desk.standing("2026-08-01");
    let future =
        standing.future.iter().map(|event| (event.kind.as_str(), event.body.as_ref().map(|body| body.as_str())));
    assert_eq!(future.collect::<Vec<_>>(), [("assign", Some("jp/task-force"))]);
}

#[test]
fn changes_list_who_became_responsible() {
    let mut desk = desk();
    desk.append(Assign::builder(COMMITMENT, "jp/task-force").on("2014-01-01").until("2015-01-01"));
    let changes = |from: &str, to: &str| {
        let (before, after) = (desk.ledger.view_on(from).unwrap(), desk.ledger.view_on(to).unwrap());
        let changes = after.changes_since(&before, &Filter::default());
        let delta = changes.commitments.first().map(|change| &change.responsible);
        delta.map(|delta| (delta.added.len(), delta.removed.len()))
    };
    assert_eq!(changes("2013-12-31", "2014-01-01"), Some((1, 0)));
    assert_eq!(changes("2014-12-31", "2015-01-01"), Some((0, 1)));
    assert_eq!(changes("2015-01-01", "2016-01-01"), None);
}
