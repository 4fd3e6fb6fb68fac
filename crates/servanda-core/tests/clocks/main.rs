//! Tests of clocks.
//!
//! They check each rule on the day before the clock fires, on that day and on the day after. They
//! also check whether a clock fires at the start or at the end of the day, which steps start,
//! cancel and confirm it, and the answers where a calendar has no data.

#![allow(clippy::unwrap_used)]

#[path = "../common/mod.rs"]
mod common;

mod calendars;
mod diet;
mod imprecise;
mod in_force;
mod midway;
mod rules;
mod steps;

use common::{Desk, check_days, day, record_on, status_line};
use servanda_core::{Calendar, Procedure};

/// A procedure with one clock.
///
/// The clock starts when the commitment reaches `waiting`, and leads to `lapsed`.
fn timed(rule: &str, more: &str) -> Procedure {
    let statuses = [("idle", "planned"), ("waiting", "active"), ("parked", "stalled"), ("halted", "stalled")];
    let statuses = statuses.iter().chain(&[("lapsed", "failed"), ("settled", "active")]);
    let statuses: String = statuses
        .map(|(id, phase)| format!("[[statuses]]\nid = '{id}'\nphase = '{phase}'\ntitle = {{ en = '{id}' }}\n"))
        .collect();
    let fires = if more.contains("fires") { "" } else { "fires = 'start'" };
    let text = format!(
        "id = 'timed'\nversion = 1\ninitial = 'idle'\ntitle = {{ en = 'Timed' }}\n{statuses}
        [[transitions]]\nfrom = ['idle', 'waiting', 'parked', 'halted', 'lapsed', 'settled']\nto = 'waiting'
        basis = 'Practice'\ntitle = {{ en = 'Wait' }}
        [[transitions]]\nfrom = ['waiting', 'parked', 'halted']\nto = 'parked'\nbasis = 'Practice'\ntitle = {{ en = 'Park' }}
        [[transitions]]\nfrom = ['waiting', 'parked']\nto = 'halted'\nbasis = 'Practice'\ntitle = {{ en = 'Halt' }}
        [[transitions]]\nfrom = ['waiting', 'lapsed']\nto = 'settled'\nbasis = 'Practice'\ntitle = {{ en = 'Settle' }}
        [[transitions]]\nfrom = ['waiting']\nto = 'lapsed'\nbasis = 'Practice'\ntitle = {{ en = 'Lapse' }}
        [[clocks]]\nid = 'lapse'\nstarts = ['waiting']\nwhile = ['waiting', 'parked']\ncancelled_by = ['halted']
        to = 'lapsed'\n{fires}\n{more}\nrule = {rule}\ntitle = {{ en = 'Lapse' }}\nbasis = 'Practice'\n"
    );
    Procedure::from_toml("timed.toml", &text).unwrap()
}

/// The calendar of a council.
///
/// It has recesses, a dissolution, a missing third period, a period without a stated ending, and an
/// open period.
const COUNCIL: &str = "
    id = 'council'\nthrough = '2013-12-15'\ntitle = { en = 'Council' }
    [[periods]]\nnumber = 1\nbasis = 'published'\nconvened = '2013-02-01'\nclosed = '2013-03-20'\nended_by = 'term-end'
    recesses = [{ first = '2013-02-10', last = '2013-02-14' }, { first = '2013-03-01', last = '2013-03-01' }]
    [[periods]]\nnumber = 2\nbasis = 'published'\nconvened = '2013-04-10'\nclosed = '2013-06-30'\nended_by = 'dissolution'
    [[periods]]\nnumber = 4\nbasis = 'published'\nconvened = '2013-09-01'\nclosed = '2013-10-31'
    [[periods]]\nnumber = 5\nbasis = 'published'\nconvened = '2013-12-01'
";

fn council() -> Desk {
    let mut desk = Desk::default();
    desk.append(Calendar::from_toml("council.toml", COUNCIL).unwrap());
    desk
}

/// Checks the standing on each day that starts a line of `expected`.
///
/// The council's calendar is on the ledger.
fn check_timed(procedure: &Procedure, story: &str, expected: &str) {
    let desk = record_on(council(), procedure, &format!("a result, opens idle 2011-01-01; {story}"));
    check_days(&desk, &format!("{:?}, {story}", procedure.clocks[0].rule), expected, status_line);
}

/// Checks that a clock that starts on the day `starts` fires on the day `due`.
///
/// The clock must not fire before that day, and must fire only once.
fn check_due(rule: &str, starts: &str, due: &str) {
    let (eve, next) = (day(due).previous().unwrap(), day(due).plus_days(1).unwrap());
    let before = if eve < day(starts) { "idle since 2011-01-01".to_owned() } else { format!("waiting since {starts}") };
    let expected = format!("{eve} {before}\n {due} lapsed since {due}\n {next} lapsed since {due}");
    for edge in ["fires = 'start'", "fires = 'end'"] {
        // A clock that fires at the start of a day cannot fire on the day on which it is started.
        if starts != due || edge.contains("end") {
            check_timed(&timed(rule, edge), &format!("waiting {starts}"), &expected);
        }
    }
}

/// Checks that a clock that starts on the day `starts` has not fired by the day `on`.
///
/// The answer must be certain.
fn check_never(rule: &str, starts: &str, on: &str) {
    check_timed(&timed(rule, ""), &format!("waiting {starts}"), &format!("{on} waiting since {starts}"));
}

/// Checks that from the day `from` on it is unknown whether the clock has fired.
fn check_unknown(rule: &str, starts: &str, from: &str, reason: &str) {
    let eve = day(from).previous().unwrap();
    let before = if eve < day(starts) { "idle since 2011-01-01".to_owned() } else { format!("waiting since {starts}") };
    let why = format!("unknown: from {from} on it is not known whether a clock has fired: {reason}");
    let expected = format!("{eve} {before}\n {from} {why}\n 2020-01-01 {why}");
    check_timed(&timed(rule, "fires = 'end'"), &format!("waiting {starts}"), &expected);
}
