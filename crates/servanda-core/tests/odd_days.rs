//! Edge cases of days, clocks and merges that are easy to get wrong.

#![allow(clippy::unwrap_used)]

mod common;

use common::{COMMITMENT, Desk, commitment, day, moment, record, record_changed, record_on, source, status_line};
use servanda_core::builtin::{self, action, diet_treaty_approval};
use servanda_core::{
    Advance, Attest, Batch, Calendar, ClockRule, Commitment, CommitmentBuilder, Fact, FactBuilder, Ledger, Moment,
    Obligation, Procedure, Retract, Slug,
};

fn recorder() -> Slug {
    "desk".parse().unwrap()
}

fn august(hour: u32) -> Moment {
    moment(&format!("2026-08-01T{hour:02}:00:00.000000Z"))
}

/// A procedure with these statuses (id and phase), transitions (from and to) and clocks (TOML).
fn procedure(statuses: &[(&str, &str)], transitions: &[(&str, &str)], clocks: &str) -> Procedure {
    let mut text = format!("id = 'odd'\nversion = 1\ninitial = '{}'\ntitle = {{ en = 'Odd' }}\n", statuses[0].0);
    for (id, phase) in statuses {
        text += &format!("[[statuses]]\nid = '{id}'\nphase = '{phase}'\ntitle = {{ en = '{id}' }}\n");
    }
    for (from, to) in transitions {
        text +=
            &format!("[[transitions]]\nfrom = ['{from}']\nto = '{to}'\nbasis = 'Rule'\ntitle = {{ en = '{to}' }}\n");
    }
    Procedure::from_toml("odd.toml", &(text + clocks)).unwrap()
}

fn clock(id: &str, to: &str, fires: &str, rule: &str) -> String {
    format!(
        "[[clocks]]\nid = '{id}'\nstarts = ['open']\nwhile = ['open']\nto = '{to}'\nfires = '{fires}'\nrule = {rule}\n\
         basis = 'Rule'\ntitle = {{ en = '{id}' }}\n"
    )
}

fn senate(closed: &str) -> Calendar {
    let text = format!(
        "id = 'senate'\nthrough = '2013-12-31'\ntitle = {{ en = 'Senate' }}\n[[periods]]\nnumber = 1\nbasis = 'published'\n\
         convened = '2013-01-01'\nclosed = '{closed}'\n"
    );
    Calendar::from_toml("senate.toml", &text).unwrap()
}

const CLOSE: &str = "{ close = { calendar = 'senate', of = 'containing' } }";

#[test]
fn a_lapse_at_the_start_of_a_day_comes_before_a_possible_close_of_the_session() {
    let mut calendar = builtin::jp_diet().clone();
    calendar.through = day("2013-05-22");
    calendar.periods.retain(|period| period.convened <= day("2013-05-22"));
    let session = calendar.periods.last_mut().unwrap();
    (session.closed, session.ended_by) = (None, None);
    let mut desk = Desk::default();
    desk.append(calendar);
    let story = "a consideration, opens submitted 2013-03-15; lower-first-passed 2013-04-23";
    let mut desk = record_on(desk, builtin::diet_treaty_approval(), story);
    let lapse = diet_treaty_approval::APPROVED_AFTER_THIRTY_DAYS;
    desk.append(Advance::builder(COMMITMENT, &lapse).on("2013-05-23"));
    assert_eq!(status_line(&desk.standing("2013-05-24")), "approved-after-thirty-days since 2013-05-23");
}

#[test]
fn the_step_of_a_clock_due_today_can_be_recorded_even_if_another_may_have_fired_before() {
    let clocks =
        clock("lapse", "lapsed", "start", "{ days = { count = 30 } }") + &clock("close", "dropped", "end", CLOSE);
    let statuses = [("open", "active"), ("lapsed", "failed"), ("dropped", "failed")];
    let procedure = procedure(&statuses, &[("lapsed", "open"), ("dropped", "open")], &clocks);
    let mut desk = record(&procedure, "a result made 2013-01-18");
    assert_eq!(desk.standing("2013-02-17").status, None);
    desk.append(Advance::builder(COMMITMENT, "lapsed").on("2013-02-17"));
    assert_eq!(status_line(&desk.standing("2013-02-18")), "lapsed since 2013-02-17");
}

#[test]
fn a_treaty_can_enter_into_force_on_the_day_of_its_notification() {
    let rule: ClockRule =
        serde_json::from_str(r#"{"basis":"art. 9","rule":{"days":{"count":1,"first_day_counts":true}}}"#).unwrap();
    let story = "a result made 2008-12-01, opens approved-by-both-houses 2009-05-13; deposited 2009-05-19";
    let with_rule = |commitment: CommitmentBuilder| commitment.rule("entry-into-force", rule);
    let desk = record_changed(Desk::default(), builtin::diet_treaty_approval(), story, with_rule);
    assert_eq!(status_line(&desk.standing("2009-05-19")), "in-force since 2009-05-19");
}

#[test]
fn a_retraction_is_a_conflict_if_its_replacement_is_one() {
    let statuses = [("planned", "planned"), ("x", "active"), ("y", "active"), ("w", "active"), ("done", "achieved")];
    let transitions =
        [("planned", "x"), ("w", "x"), ("planned", "y"), ("planned", "w"), ("x", "done"), ("y", "done"), ("done", "x")];
    let procedure = procedure(&statuses, &transitions, "");
    let mut desk = record(&procedure, "a result; x 2013-02-10; done 2013-03-01");
    let is_x = |fact: &Fact| matches!(fact, Fact::Advance(advance) if advance.to == "x");
    let x = desk.ledger.entries().find(|entry| is_x(&entry.fact())).unwrap().id();
    let mut phone = desk.ledger.clone();
    desk.ledger.append(Advance::builder(COMMITMENT, "w").on("2013-02-01"), &recorder(), august(1)).unwrap();
    let corrected = Batch::new()
        .and(Retract::builder(COMMITMENT, x, "It was y"))
        .and(Advance::builder(COMMITMENT, "y").on("2013-02-10"));
    phone.append(corrected, &recorder(), august(2)).unwrap();
    desk.ledger.merge(&phone);
    let standing = desk.standing("2014-01-01");
    let conflicts: Vec<_> = standing.conflicts.iter().map(|conflict| conflict.reason.code()).collect();
    assert_eq!((status_line(&standing).as_str(), conflicts.len()), ("done since 2013-03-01", 2), "{conflicts:?}");
}

#[test]
fn the_first_definition_of_a_calendar_cannot_make_recorded_steps_impossible() {
    let statuses = [("open", "active"), ("settled", "achieved"), ("dropped", "failed")];
    let transitions = [("open", "settled"), ("settled", "open"), ("dropped", "open")];
    let procedure = procedure(&statuses, &transitions, &clock("close", "dropped", "end", CLOSE));
    let mut desk = record(&procedure, "a result; settled 2013-06-01");
    assert_eq!(desk.try_append(senate("2013-03-31")).unwrap_err().code(), "calendar-breaks");
    desk.append(senate("2013-06-30"));
    assert_eq!(status_line(&desk.standing("2013-07-01")), "settled since 2013-06-01");
}

#[test]
fn the_built_in_calendar_of_another_device_does_not_replace_a_newer_edition() {
    let mut grown = builtin::jp_diet().clone();
    let mut next = grown.periods.last().unwrap().clone();
    (next.number, next.convened, next.closed) = (next.number + 1, day("2026-09-03"), Some(day("2026-09-13")));
    grown.periods.push(next);
    grown.through = day("2026-12-31");
    let treaty = |id: &str| commitment(id, builtin::diet_treaty_approval(), Obligation::Result);
    let mut server = Ledger::new();
    server.append(treaty(COMMITMENT), &recorder(), august(1)).unwrap();
    server.append(grown, &recorder(), august(2)).unwrap();
    server.append(Advance::builder(COMMITMENT, "submitted").on("2026-09-04"), &recorder(), august(3)).unwrap();
    let mut phone = Ledger::new();
    phone.append(treaty("jp/other"), &recorder(), august(4)).unwrap();
    server.merge(&phone);
    let standing = server.view_on("2026-10-01").unwrap().standing(COMMITMENT).unwrap();
    assert_eq!(status_line(&standing), "dropped since 2026-09-13, presumed");
}

#[test]
fn an_attestation_of_future_days_is_refused() {
    let mut ledger = record(builtin::action(), "a result").ledger;
    let attest = |on: &str| Attest::builder(COMMITMENT).on(on);
    let refused = ledger.append(attest("2026-08-03"), &recorder(), august(12)).unwrap_err();
    assert_eq!(refused.code(), "attests-the-future");
    // One day ahead is accepted, because in some time zone it is already tomorrow.
    ledger.append(attest("2026-08-02"), &recorder(), august(12)).unwrap();
}

#[test]
fn a_return_to_a_status_on_the_same_day_needs_the_order_of_the_steps() {
    let statuses = [("planned", "planned"), ("works", "active"), ("halted", "stalled")];
    let procedure = procedure(&statuses, &[("planned", "works"), ("works", "halted"), ("halted", "works")], "");
    let mut desk = record(&procedure, "a result; works 2013-02-10");
    let halted = desk.append(Advance::builder(COMMITMENT, "halted").on("2013-02-10"));
    // Without `after`, the entry repeats the first step to `works`.
    desk.append(Advance::builder(COMMITMENT, "works").on("2013-02-10"));
    assert_eq!(status_line(&desk.standing("2013-03-01")), "halted since 2013-02-10");
    desk.append(Advance::builder(COMMITMENT, "works").on("2013-02-10").after(halted));
    assert_eq!(status_line(&desk.standing("2013-03-01")), "works since 2013-02-10");
    let path: Vec<_> = desk.standing("2013-03-01").history.iter().map(|step| step.status.to_string()).collect();
    assert_eq!(path, ["planned", "works", "halted", "works"]);
}

#[test]
fn a_check_accepts_the_earlier_recording_moments_of_an_importer() {
    let mut ledger = Ledger::new();
    let old = |draft: FactBuilder<Commitment>| draft.recorded_at(moment("2013-01-19T00:00:00.000000Z"));
    let draft = || old(commitment(COMMITMENT, builtin::action(), Obligation::Result).build().unwrap().into());
    ledger.view_on("2013-02-01").unwrap().check(draft()).unwrap();
    ledger.append(draft(), &recorder(), august(1)).unwrap();
    let step = Advance::builder(COMMITMENT, action::DONE).on("2013-02-22").citing(source());
    let step = step.recorded_at(moment("2013-02-23T00:00:00.000000Z"));
    ledger.view_on("2013-02-22").unwrap().check(step.clone()).unwrap();
    ledger.append(step, &recorder(), august(1)).unwrap();
}

#[test]
fn a_second_registration_is_refused_but_an_equal_one_merges_without_a_conflict() {
    let promise = || commitment(COMMITMENT, builtin::action(), Obligation::Result);
    let (mut here, mut there) = (Ledger::new(), Ledger::new());
    here.append(promise(), &recorder(), august(1)).unwrap();
    assert_eq!(here.append(promise(), &recorder(), august(2)).unwrap_err().code(), "already-registered");
    there.append(promise(), &recorder(), august(2)).unwrap();
    here.merge(&there);
    assert_eq!(here.view_on("2014-01-01").unwrap().conflicts(), []);
    // A registration with a member of a later version is a different registration.
    let entry = there.entries().last().unwrap();
    let fact = serde_json::from_str::<serde_json::Value>(entry.line()).unwrap();
    let mut newer = fact.clone();
    newer["fact"]["register"]["binding"] = "no".into();
    newer.as_object_mut().unwrap().remove("id");
    newer.as_object_mut().unwrap().remove("batch");
    let id = servanda_core::Digest::of(serde_json_canonicalizer::to_string(&newer).unwrap().as_bytes());
    newer["id"] = id.to_string().into();
    let line = serde_json_canonicalizer::to_string(&newer).unwrap() + "\n";
    here.merge(&Ledger::read(line.as_bytes()).unwrap());
    let conflicts = here.view_on("2014-01-01").unwrap().standing(COMMITMENT).unwrap().conflicts;
    assert_eq!(conflicts.iter().map(|conflict| conflict.reason.code()).collect::<Vec<_>>(), ["already-registered"]);
}
