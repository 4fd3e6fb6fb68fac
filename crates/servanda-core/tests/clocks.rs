//! Each rule of a clock the day before, the day and the day after; its edge of the day; what starts, stops and confirms it; and
//! what is unknown where a calendar does not say.

#![allow(clippy::unwrap_used)]

mod common;

use common::{Book, check_days, day, stands, tell, tell_with};
use servanda_core::builtin::{diet_treaty_approval, trade_agreement};
use servanda_core::{Calendar, EntryIntoForce, GivenRule, Procedure, Rule, builtin};

/// A procedure with one clock: it starts on the arrival at `waiting` and leads to `lapsed`.
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

/// The council sat, went into recess, was dissolved, is missing its third period, and sits.
const COUNCIL: &str = "
    id = 'council'\nthrough = '2013-12-15'\ntitle = { en = 'Council' }
    [[periods]]\nnumber = 1\nbasis = 'published'\nconvened = '2013-02-01'\nclosed = '2013-03-20'\nended_by = 'term-end'
    recesses = [{ first = '2013-02-10', last = '2013-02-14' }, { first = '2013-03-01', last = '2013-03-01' }]
    [[periods]]\nnumber = 2\nbasis = 'published'\nconvened = '2013-04-10'\nclosed = '2013-06-30'\nended_by = 'dissolution'
    [[periods]]\nnumber = 4\nbasis = 'published'\nconvened = '2013-09-01'\nclosed = '2013-10-31'
    [[periods]]\nnumber = 5\nbasis = 'published'\nconvened = '2013-12-01'
";

fn council() -> Book {
    let mut book = Book::default();
    book.append(Calendar::from_toml("council.toml", COUNCIL).unwrap());
    book
}

/// Where the story leads on each day that begins a line. The council's calendar is on the ledger.
fn check_timed(procedure: &Procedure, story: &str, expected: &str) {
    let book = tell_with(council(), procedure, &format!("a result, opens idle 2011-01-01; {story}"), |word| word);
    check_days(&book, &format!("{:?}, {story}", procedure.clocks[0].rule), expected, stands);
}

/// A clock that starts on a day fires on another, and neither before nor anew after.
fn check_due(rule: &str, starts: &str, due: &str) {
    let (eve, next) = (day(due).previous().unwrap(), day(due).plus_days(1).unwrap());
    let before = if eve < day(starts) { "idle since 2011-01-01".to_owned() } else { format!("waiting since {starts}") };
    let expected = format!("{eve} {before}\n {due} lapsed since {due}\n {next} lapsed since {due}");
    for edge in ["fires = 'start'", "fires = 'end'"] {
        // A start clock that is due on the very day it starts has missed its part of the day.
        if starts != due || edge.contains("end") {
            check_timed(&timed(rule, edge), &format!("waiting {starts}"), &expected);
        }
    }
}

/// A clock that starts on a day stays silent: it is not due, and nothing is unknown.
fn check_never(rule: &str, starts: &str, on: &str) {
    check_timed(&timed(rule, ""), &format!("waiting {starts}"), &format!("{on} waiting since {starts}"));
}

/// From a day on it is unknown whether the clock has fired.
fn check_unknown(rule: &str, starts: &str, from: &str, reason: &str) {
    let eve = day(from).previous().unwrap();
    let before = if eve < day(starts) { "idle since 2011-01-01".to_owned() } else { format!("waiting since {starts}") };
    let why = format!("unknown: from {from} on it is not known whether a clock has fired: {reason}");
    let expected = format!("{eve} {before}\n {from} {why}\n 2020-01-01 {why}");
    check_timed(&timed(rule, "fires = 'end'"), &format!("waiting {starts}"), &expected);
}

#[test]
fn days_are_counted_from_the_day_after_unless_the_first_counts() {
    check_due("{ days = { count = 1 } }", "2013-01-31", "2013-02-01");
    check_due("{ days = { count = 60 } }", "2018-10-31", "2018-12-30");
    check_due("{ days = { count = 30 } }", "2012-02-01", "2012-03-02");
    check_due("{ days = { count = 30 } }", "2013-02-01", "2013-03-03");
    check_due("{ days = { count = 30, first_day_counts = true } }", "2013-02-01", "2013-03-02");
    check_due("{ days = { count = 1, first_day_counts = true } }", "2013-02-01", "2013-02-01");
}

#[test]
fn full_days_have_run_on_the_day_after_the_last_of_them() {
    check_due("{ full-days = { count = 1 } }", "2013-01-30", "2013-02-01");
    check_due("{ full-days = { count = 30 } }", "2013-04-23", "2013-05-24");
    check_due("{ full-days = { count = 30, first_day_counts = true } }", "2013-04-23", "2013-05-23");
    check_due("{ full-days = { count = 1, first_day_counts = true } }", "2013-12-31", "2014-01-01");
}

#[test]
fn months_end_on_the_last_day_where_the_month_is_shorter() {
    check_due("{ months = { count = 1 } }", "2013-01-15", "2013-02-15");
    check_due("{ months = { count = 1 } }", "2013-01-31", "2013-02-28");
    check_due("{ months = { count = 1 } }", "2012-01-31", "2012-02-29");
    check_due("{ months = { count = 1 } }", "2013-02-28", "2013-03-28");
    check_due("{ months = { count = 3 } }", "2013-01-31", "2013-04-30");
    check_due("{ months = { count = 12 } }", "2012-02-29", "2013-02-28");
    check_due("{ months = { count = 48 } }", "2012-02-29", "2016-02-29");
    check_due("{ months = { count = 2 } }", "2013-12-31", "2014-02-28");
    check_never("{ months = { count = 120000 } }", "2013-12-31", "9999-12-31");
}

#[test]
fn the_first_of_a_month_after() {
    check_due("{ first-of-month = { count = 1 } }", "2013-01-31", "2013-02-01");
    check_due("{ first-of-month = { count = 1 } }", "2013-02-01", "2013-03-01");
    check_due("{ first-of-month = { count = 3 } }", "2014-01-24", "2014-04-01");
    check_due("{ first-of-month = { count = 2 } }", "2012-12-01", "2013-02-01");
    check_never("{ first-of-month = { count = 1 } }", "9999-12-01", "9999-12-31");
}

#[test]
fn days_of_recess_are_not_counted_where_the_rule_says_so() {
    // Recess from the 10th to the 14th of February, and on the 1st of March.
    check_due("{ days = { count = 3 } }", "2013-02-08", "2013-02-11");
    check_due("{ days = { count = 1, except_recess_of = 'council' } }", "2013-02-08", "2013-02-09");
    check_due("{ days = { count = 2, except_recess_of = 'council' } }", "2013-02-08", "2013-02-15");
    check_due("{ days = { count = 3, except_recess_of = 'council' } }", "2013-02-08", "2013-02-16");
    check_due("{ days = { count = 1, except_recess_of = 'council' } }", "2013-02-12", "2013-02-15");
    check_due(
        "{ days = { count = 1, first_day_counts = true, except_recess_of = 'council' } }",
        "2013-02-12",
        "2013-02-15",
    );
    check_due("{ days = { count = 30, except_recess_of = 'council' } }", "2013-02-01", "2013-03-09");
    // Once two days have run: the day after may be one of recess.
    check_due("{ full-days = { count = 1, except_recess_of = 'council' } }", "2013-02-08", "2013-02-10");
    check_due("{ full-days = { count = 2, except_recess_of = 'council' } }", "2013-02-08", "2013-02-16");
    check_due(
        "{ full-days = { count = 30, first_day_counts = true, except_recess_of = 'council' } }",
        "2013-02-01",
        "2013-03-09",
    );
}

#[test]
fn the_close_of_the_period_that_contains_the_day_or_of_the_next() {
    const CONTAINING: &str = "{ close = { calendar = 'council', of = 'containing' } }";
    const NEXT: &str = "{ close = { calendar = 'council', of = 'next' } }";
    check_due(CONTAINING, "2013-02-01", "2013-03-20");
    check_due(CONTAINING, "2013-03-19", "2013-03-20");
    check_due(CONTAINING, "2013-03-20", "2013-03-20");
    check_due(CONTAINING, "2013-06-29", "2013-06-30");
    check_due(NEXT, "2013-02-01", "2013-06-30");
    check_due(NEXT, "2013-03-20", "2013-06-30");
    // Only if it ended in a certain way; the council's first period ran out, and the second was cut short.
    check_never(
        "{ close = { calendar = 'council', of = 'containing', ended_by = 'dissolution' } }",
        "2013-02-01",
        "2020-01-01",
    );
    check_due(
        "{ close = { calendar = 'council', of = 'containing', ended_by = 'term-end' } }",
        "2013-02-01",
        "2013-03-20",
    );
    check_due(
        "{ close = { calendar = 'council', of = 'containing', ended_by = 'dissolution' } }",
        "2013-05-01",
        "2013-06-30",
    );
    check_due(
        "{ close = { calendar = 'council', of = 'next', ended_by = 'dissolution' } }",
        "2013-02-01",
        "2013-06-30",
    );
    check_never("{ close = { calendar = 'council', of = 'next', ended_by = 'term-end' } }", "2013-02-01", "2020-01-01");
}

#[test]
fn where_the_calendar_does_not_say_there_is_no_status() {
    let close = |of: &str| format!("{{ close = {{ calendar = 'council', of = '{of}' }} }}");
    let gap = "the calendar council has no period that contains 2013-04-01";
    check_unknown(&close("containing"), "2013-04-01", "2013-04-01", gap);
    check_unknown(&close("next"), "2013-04-01", "2013-04-01", gap);
    let early = "the calendar council has no period that contains 2012-12-31";
    check_unknown(&close("containing"), "2012-12-31", "2012-12-31", early);
    // A number is missing after the second period, and none follows the fifth, which is open.
    let hole = "the calendar council does not have the period that followed 2013-06-30";
    check_unknown(&close("next"), "2013-05-01", "2013-07-01", hole);
    let open = "the calendar council does not say when period 5 closed";
    check_unknown(&close("containing"), "2013-12-05", "2013-12-16", open);
    check_unknown(&close("next"), "2013-12-05", "2013-12-16", open);
    check_unknown(&close("next"), "2013-09-05", "2013-12-16", open);
    // Past the last day that the calendar speaks of an open period may have closed at any time.
    check_unknown(&close("containing"), "2013-12-20", "2013-12-20", open);
    let ending = "{ close = { calendar = 'council', of = 'containing', ended_by = 'dissolution' } }";
    check_unknown(ending, "2013-09-05", "2013-10-31", "the calendar council does not say how period 4 ended");
    // Recess may come after the last day, and then it fires later than it would without.
    let beyond = "the calendar council says nothing of days after 2013-12-15";
    check_unknown("{ days = { count = 10, except_recess_of = 'council' } }", "2013-12-10", "2013-12-20", beyond);
    check_unknown("{ full-days = { count = 10, except_recess_of = 'council' } }", "2013-12-10", "2013-12-21", beyond);
    check_due("{ days = { count = 5, except_recess_of = 'council' } }", "2013-12-10", "2013-12-15");
    // A calendar that nobody has defined.
    let none = "the ledger has no calendar senate";
    check_unknown("{ close = { calendar = 'senate', of = 'containing' } }", "2013-02-01", "2013-02-01", none);
    check_unknown("{ days = { count = 10, except_recess_of = 'senate' } }", "2013-02-01", "2013-02-11", none);
}

#[test]
fn a_calendar_that_ended_says_nothing_of_later_days() {
    let text = COUNCIL.replace("convened = '2013-12-01'", "convened = '2013-12-01'\nclosed = '2013-12-10'");
    let procedure = timed("{ close = { calendar = 'council', of = 'containing' } }", "fires = 'end'");
    let tell = |story: &str| {
        let mut book = Book::default();
        book.append(Calendar::from_toml("council.toml", &text).unwrap());
        tell_with(book, &procedure, &format!("a result, opens idle 2011-01-01; {story}"), |word| word)
    };
    let gap = "unknown: from 2013-12-12 on it is not known whether a clock has fired: \
        the calendar council has no period that contains 2013-12-12";
    check_days(&tell("waiting 2013-12-12"), "a day after the last period", &format!("2013-12-12 {gap}"), stands);
    let beyond = "unknown: from 2013-12-16 on it is not known whether a clock has fired: \
        the calendar council says nothing of days after 2013-12-15";
    check_days(&tell("waiting 2013-12-16"), "a day past the calendar", &format!("2013-12-16 {beyond}"), stands);
    // A recorded step says where it stands, whatever the calendar left open.
    check_days(
        &tell("waiting 2013-12-12; settled 2013-12-20"),
        "a step after",
        &format!("2013-12-19 {gap}\n2013-12-20 settled since 2013-12-20"),
        stands,
    );
}

#[test]
fn a_calendar_grows_and_the_latest_one_known_applies() {
    let procedure = timed("{ close = { calendar = 'council', of = 'containing' } }", "fires = 'end'");
    let mut book = tell_with(council(), &procedure, "a result; waiting 2013-12-05", |word| word);
    let grown = COUNCIL
        .replace("convened = '2013-12-01'", "convened = '2013-12-01'\nclosed = '2013-12-28'")
        .replace("2013-12-15", "2013-12-31");
    let known_before = book.ledger.newest().unwrap();
    book.append(Calendar::from_toml("council.toml", &grown).unwrap());
    check_days(
        &book,
        "the calendar grown",
        "2013-12-27 waiting since 2013-12-05\n2013-12-28 lapsed since 2013-12-28",
        stands,
    );
    let earlier = book.ledger.view_on(day("2013-12-28")).known_at(known_before).standing(common::WORD).unwrap();
    assert_eq!(earlier.status, None);
}

#[test]
fn start_clocks_come_before_the_steps_of_the_day_and_end_clocks_after() {
    // Due on the 10th. What is recorded of that day is still possible before an end clock, and no longer after a start clock.
    let rule = "{ days = { count = 9 } }";
    let started = "waiting 2013-02-01";
    let parked = format!("{started}; halted 2013-02-10");
    check_timed(&timed(rule, "fires = 'end'"), &parked, "2013-02-10 halted since 2013-02-10");
    let mut book = tell_with(council(), &timed(rule, ""), &format!("a result; {started}"), |word| word);
    let step = servanda_core::Advance::new(common::WORD, "halted").on(day("2013-02-10"));
    let refused = book.try_append(step).unwrap_err().to_string();
    assert_eq!(
        refused,
        "jp/word cannot go to halted on 2013-02-10: it stood at lapsed since 2013-02-10; from there it can go to: settled, waiting"
    );
    // On the day before both are possible, on the day itself only what leads out of `lapsed`.
    for edge in ["fires = 'start'", "fires = 'end'"] {
        let early = format!("{started}; halted 2013-02-09");
        check_timed(
            &timed(rule, edge),
            &early,
            "2013-02-09 halted since 2013-02-09\n 2013-02-10 halted since 2013-02-09",
        );
        let settled = format!("{started}; settled 2013-02-10");
        check_timed(
            &timed(rule, edge),
            &settled,
            "2013-02-09 waiting since 2013-02-01\n 2013-02-10 settled since 2013-02-10",
        );
    }
    let history = |edge| {
        let book =
            tell_with(council(), &timed(rule, edge), &format!("a result; {started}; settled 2013-02-10"), |word| word);
        let steps = book.standing("2013-02-10").history;
        steps.iter().map(|step| step.status.to_string()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(history("fires = 'start'"), "idle waiting lapsed settled");
    assert_eq!(history("fires = 'end'"), "idle waiting settled");
}

#[test]
fn a_clock_is_cancelled_restarted_and_left_behind() {
    let rule = timed("{ days = { count = 9 } }", "");
    // It runs on while parked, unless something cancelled it on the way.
    check_timed(
        &rule,
        "waiting 2013-02-01; parked 2013-02-05",
        "2013-02-09 parked since 2013-02-05\n 2013-02-10 lapsed since 2013-02-10",
    );
    let cancelled = "waiting 2013-02-01; halted 2013-02-04; parked 2013-02-05";
    check_timed(&rule, cancelled, "2013-02-10 parked since 2013-02-05\n 2020-01-01 parked since 2013-02-05");
    // The latest arrival counts, also after a cancellation and from the same status.
    let again = "waiting 2013-02-01; waiting 2013-02-06";
    check_timed(
        &rule,
        again,
        "2013-02-10 waiting since 2013-02-06\n 2013-02-14 waiting since 2013-02-06\n 2013-02-15 lapsed since 2013-02-15",
    );
    let anew = "waiting 2013-02-01; halted 2013-02-04; parked 2013-02-05; waiting 2013-02-06; parked 2013-02-07";
    check_timed(&rule, anew, "2013-02-14 parked since 2013-02-07\n 2013-02-15 lapsed since 2013-02-15");
    // It does not run where it is not said to, and does not make up for a day that it missed.
    check_timed(&rule, "waiting 2013-02-01; settled 2013-02-09", "2013-02-10 settled since 2013-02-09");
    let missed = "waiting 2013-02-01; settled 2013-02-09; waiting 2013-02-20";
    check_timed(&rule, missed, "2013-02-28 waiting since 2013-02-20\n 2013-03-01 lapsed since 2013-03-01");
    check_timed(&rule, "waiting 2013-02-01; lapsed 2013-02-03", "2013-02-10 lapsed since 2013-02-03");
}

#[test]
fn of_clocks_due_on_one_day_the_start_comes_first_and_then_the_one_declared_first() {
    for (edges, expected) in [
        (["start", "start"], "lapsed"),
        (["end", "end"], "lapsed"),
        (["start", "end"], "lapsed"),
        (["end", "start"], "settled"),
    ] {
        let [first, second] =
            edges.map(|edge| timed("{ days = { count = 9 } }", &format!("fires = '{edge}'")).clocks.remove(0));
        let mut procedure = timed("{ days = { count = 9 } }", "");
        let second = servanda_core::Clock { id: "settle".parse().unwrap(), to: "settled".parse().unwrap(), ..second };
        procedure.clocks = vec![first, second];
        let expected = format!("2013-02-09 waiting since 2013-02-01\n 2013-02-10 {expected} since 2013-02-10");
        check_timed(&procedure, "waiting 2013-02-01", &expected);
    }
}

#[test]
fn a_presumed_standing_is_confirmed_by_an_entry_or_an_attestation() {
    let rule = "{ days = { count = 9 } }";
    for (edge, attested) in [("start", "2013-02-09"), ("end", "2013-02-10")] {
        let procedure = timed(rule, &format!("fires = '{edge}'\npresumed = true"));
        let check = |story: &str, expected: &str| check_timed(&procedure, story, expected);
        let (presumed, sure) = ("2013-02-10 lapsed since 2013-02-10, presumed", "2013-02-10 lapsed since 2013-02-10");
        check("waiting 2013-02-01", &format!("2013-02-09 waiting since 2013-02-01\n {presumed}"));
        check("waiting 2013-02-01; lapsed 2013-02-10", sure);
        // For a start clock the record has to be complete to the day before, for an end clock to the day itself.
        let eve = day(attested).previous().unwrap();
        check(&format!("waiting 2013-02-01; attested {eve}"), presumed);
        check(&format!("waiting 2013-02-01; attested {attested}"), sure);
        check("waiting 2013-02-01; attested 2014", sure);
        // Of another day it is a step of its own, before the clock; after it, the path has gone another way.
        check("waiting 2013-02-01; lapsed 2013-02-09", "2013-02-10 lapsed since 2013-02-09");
        // What is recorded after rests on it and is itself sure.
        check("waiting 2013-02-01; settled 2013-02-12", &format!("{presumed}\n 2013-02-12 settled since 2013-02-12"));
    }
    let sure = timed(rule, "");
    check_timed(&sure, "waiting 2013-02-01", "2013-02-10 lapsed since 2013-02-10");
}

/// What a confirming entry adds is shown on the clock's step.
#[test]
fn a_confirmed_step_of_a_clock_has_the_evidence_of_the_entry() {
    for edge in ["start", "end"] {
        let procedure = timed("{ days = { count = 9 } }", &format!("fires = '{edge}'\npresumed = true"));
        let book = tell(&procedure, "a result; waiting 2013-02-01; lapsed 2013-02-10");
        let step = book.standing("2013-02-10").history.pop().unwrap();
        let last = book.ledger.entries().last().unwrap().id();
        let found = (step.clock.unwrap().to_string(), step.entry, step.further_entries, step.sources, step.presumed);
        assert_eq!(found, ("lapse".to_owned(), None, vec![last], vec![common::source()], false));
    }
}

/// A step that only a clock takes can be stated for the clock's own day, and where the calendar does not say which day that is.
#[test]
fn an_entry_can_state_what_only_a_clock_does() {
    let treaty = diet_treaty_approval();
    let dropped = |submitted: &str, on: &str| {
        let mut book = tell(treaty, &format!("a consideration, opens submitted {submitted}"));
        let step = servanda_core::Advance::new(common::WORD, "dropped").on(day(on));
        book.try_append(step).map(|_| stands(&book.standing(on))).map_err(|error| error.to_string())
    };
    assert_eq!(dropped("2013-03-15", "2013-06-26"), Ok("dropped since 2013-06-26".to_owned()));
    let early = "jp/word cannot go to dropped on 2013-06-25: the clock close-of-session takes that step by itself, \
                 and does so on 2013-06-26";
    assert_eq!(dropped("2013-03-15", "2013-06-25"), Err(early.to_owned()));
    // The calendar says nothing of these years.
    assert_eq!(dropped("2030-03-15", "2030-06-26"), Ok("dropped since 2030-06-26".to_owned()));
    let story = "a consideration, opens submitted 2030-03-15; dropped 2030-06-26; submitted 2031-02-01";
    check_days(
        &tell(treaty, story),
        story,
        "2030-06-25 unknown: from 2030-03-15 on it is not known whether a clock has fired: \
         the calendar jp-diet says nothing of days after 2026-07-25
        2030-06-26 dropped since 2030-06-26
        2031-01-31 dropped since 2030-06-26",
        stands,
    );
}

fn rule_given(basis: &str, deposits: Option<u32>, rule: Rule) -> GivenRule {
    GivenRule { basis: basis.parse().unwrap(), deposits, rule, treaty: None }
}

#[test]
fn a_rule_is_given_by_the_commitment() {
    let hague = "a consideration, opens approved-by-both-houses 2013-05-22; deposited 2014-01-24";
    let article = rule_given("Convention, art. 43", None, Rule::FirstOfMonth { count: 3 });
    let book = tell_with(Book::default(), diet_treaty_approval(), hague, |word| {
        word.rule("entry-into-force", article).unwrap()
    });
    let expected = "2014-01-23 approved-by-both-houses since 2013-05-22\n 2014-03-31 deposited since 2014-01-24
        2014-04-01 in-force since 2014-04-01\n 2014-04-02 in-force since 2014-04-01";
    check_days(&book, hague, expected, stands);
    let step = book.standing("2014-04-01").history.pop().unwrap();
    assert_eq!((step.clock.unwrap().as_str(), step.entry), ("entry-into-force", None));
    // Promulgation after the deposit neither stops nor restarts it; without a rule it does not run.
    let promulgated = format!("{hague}; deposited-then-promulgated 2014-01-29");
    let article = rule_given("Convention, art. 43", None, Rule::FirstOfMonth { count: 3 });
    let book = tell_with(Book::default(), diet_treaty_approval(), &promulgated, |word| {
        word.rule("entry-into-force", article).unwrap()
    });
    check_days(
        &book,
        &promulgated,
        "2014-03-31 deposited-then-promulgated since 2014-01-29\n 2014-04-01 in-force since 2014-04-01",
        stands,
    );
    check_days(&tell(diet_treaty_approval(), hague), "no rule", "2020-01-01 deposited since 2014-01-24", stands);
}

#[test]
fn a_rule_can_wait_for_deposits() {
    let sixty = |deposits| {
        let days = serde_json::from_str(r#"{"days":{"count":60}}"#).unwrap();
        move |word: servanda_core::Commitment| {
            word.rule("entry-into-force", rule_given("CPTPP, art. 3", deposits, days)).unwrap()
        }
    };
    let notified = "a consideration, opens approved 2018-06-13; notified 2018-07-06";
    let five = "deposit mexico 2018-06-28; deposit jp 2018-07-06; deposit singapore 2018-07-19;
        deposit new-zealand 2018-10-25; deposit canada 2018-10-29";
    let check = |story: &str, expected: &str| {
        let book = tell_with(Book::default(), trade_agreement(), story, sixty(Some(6)));
        check_days(&book, story, expected, stands);
    };
    let in_force = "2018-12-29 notified since 2018-07-06\n 2018-12-30 in-force since 2018-12-30\n 2018-12-31 in-force since 2018-12-30";
    check(&format!("{notified}; {five}"), "2030-01-01 notified since 2018-07-06");
    check(&format!("{notified}; {five}; deposit australia 2018-10-31"), in_force);
    // In any order of recording; a party counts once, on its first day; a seventh changes nothing.
    check(&format!("{notified}; deposit australia 2018-10-31; {five}"), in_force);
    check(
        &format!("{notified}; {five}; deposit canada 2018-10-30; deposit canada 2018-10-31"),
        "2030-01-01 notified since 2018-07-06",
    );
    check(&format!("{notified}; {five}; deposit australia 2018-10-31; deposit viet-nam 2018-11-15"), in_force);
    // Without a number of deposits it runs from the status, whoever deposits.
    let book = tell_with(Book::default(), trade_agreement(), &format!("{notified}; {five}"), sixty(None));
    check_days(
        &book,
        "sixty days",
        "2018-09-03 notified since 2018-07-06\n 2018-09-04 in-force since 2018-09-04",
        stands,
    );
}

/// A party of a treaty, which commits to it, with what others deposited.
fn party_to(treaty: &EntryIntoForce, procedure: &Procedure, story: &str) -> Book {
    tell_with(Book::default(), procedure, story, |word| word.rule("entry-into-force", GivenRule::from(treaty)).unwrap())
}

#[test]
fn a_trade_agreement_enters_into_force_by_its_article_in_full() {
    let five = "deposit mx 2018-06-28; deposit sg 2018-07-19; deposit nz 2018-10-25; deposit ca 2018-10-29";
    let check = |story: &str, expected: &str| {
        let story = format!("a result, opens approved 2018-06-13; {story}");
        check_days(&party_to(builtin::cptpp(), trade_agreement(), &story), &story, expected, stands);
    };
    // The party's own notification is one of the six, whether or not it is recorded as a deposit too.
    let in_force = "2018-12-29 notified since 2018-07-06\n 2018-12-30 in-force since 2018-12-30";
    check(&format!("notified 2018-07-06; {five}; deposit au 2018-10-31"), in_force);
    check(&format!("notified 2018-07-06; {five}; deposit jp 2018-07-06; deposit au 2018-10-31"), in_force);
    check(&format!("notified 2018-07-06; {five}"), "2030-01-01 notified since 2018-07-06");
    // Who has not signed does not count.
    check(&format!("notified 2018-07-06; {five}; deposit gb 2018-10-31"), "2030-01-01 notified since 2018-07-06");
    // A party that notifies after the sixth: sixty days after its own notification, be that before or after the general day.
    check(
        &format!("{five}; deposit au 2018-10-31; deposit vn 2018-11-01; notified 2018-11-15"),
        "2018-12-30 notified since 2018-11-15\n 2019-01-13 notified since 2018-11-15\n 2019-01-14 in-force since 2019-01-14",
    );
    check(
        &format!("{five}; deposit au 2018-10-31; deposit vn 2018-11-15; notified 2021-07-21"),
        "2021-09-18 notified since 2021-07-21\n 2021-09-19 in-force since 2021-09-19",
    );
}

#[test]
fn where_an_article_weighs_shares_they_are_those_of_the_deposits() {
    let six = "notified 2017-01-20; deposit jp 2017-01-20 20; deposit ca 2017-01-21 5; deposit cl 2017-01-22 2;
        deposit pe 2017-01-23 2; deposit mx 2017-01-24 1";
    let check = |story: &str, expected: &str| {
        let story = format!("a result, opens approved 2016-12-09; {story}");
        check_days(&party_to(builtin::tpp(), trade_agreement(), &story), &story, expected, stands);
    };
    check(&format!("{six}; deposit us 2017-06-01 54.9"), "2030-01-01 notified since 2017-01-20");
    check(
        &format!("{six}; deposit us 2017-06-01 55"),
        "2018-04-04 notified since 2017-01-20\n 2018-04-05 in-force since 2018-04-05",
    );
    // Without them it is not known, from the first day on which it may have been.
    check(
        &format!("{six}; deposit us 2017-06-01"),
        "2018-04-04 notified since 2017-01-20
        2018-04-05 unknown: from 2018-04-05 on it is not known whether a clock has fired: the share of us in the combined GDP of the original signatories in 2013: it is not given, \
         and the conditions may have been met on 2018-02-04 or later: TPP, art. 30.5(2)",
    );
    // For a party that comes later the Commission decides, and an entry says so.
    let late = "deposit us 2016-06-01 65; deposit ca 2017-01-21 15; deposit cl 2017-01-22 2; deposit pe 2017-01-23 2;
        deposit mx 2017-01-24 1; deposit sg 2017-01-25 1; notified 2019-01-20";
    let silent = "unknown: from 2019-01-21 on it is not known whether a clock has fired: no day follows from the deposit alone, the Commission has to determine that it does; then 30 \
                  days after that, unless otherwise agreed: TPP, art. 30.5(4), (5)";
    check(late, &format!("2019-01-20 notified since 2019-01-20\n 2019-06-01 {silent}"));
    check(&format!("{late}; in-force 2019-05-01"), "2019-05-01 in-force since 2019-05-01");
}

#[test]
fn a_treaty_in_the_diet_enters_into_force_by_its_article_in_full() {
    let first = "deposit fr 1982-09-16; deposit ca 1983-06-02; deposit pt 1983-09-29";
    let story = format!("a consideration, opens approved-by-both-houses 2013-05-22; {first}; deposited 2014-01-24");
    let book = party_to(builtin::hague_1980(), diet_treaty_approval(), &story);
    let expected = "2014-03-31 deposited since 2014-01-24\n 2014-04-01 in-force since 2014-04-01";
    check_days(&book, &story, expected, stands);
    let step = book.standing("2014-04-01").history.pop().unwrap();
    assert_eq!(
        step.basis.unwrap().as_str(),
        "Hague Convention of 25 October 1980, art. 43(1); Hague Convention of 25 October 1980, art. 43(2)(1)"
    );
}

#[test]
fn thirty_days_of_the_upper_house() {
    // Received on 23 April 2013, which is day one: the thirtieth is 22 May, and the lapse takes effect as the 23rd begins.
    let passed =
        "a consideration, opens submitted 2013-03-15; lower-first-passed 2013-04-23; upper-second-referred 2013-05-10";
    let check = |story: &str, expected: &str| check_days(&tell(diet_treaty_approval(), story), story, expected, stands);
    check(
        passed,
        "2013-05-22 upper-second-referred since 2013-05-10
        2013-05-23 approved-after-thirty-days since 2013-05-23, presumed
        2013-05-24 approved-after-thirty-days since 2013-05-23, presumed",
    );
    let vote = |on: &str| format!("{passed}; approved-by-both-houses {on}");
    check(&vote("2013-05-21"), "2013-05-23 approved-by-both-houses since 2013-05-21");
    check(
        &vote("2013-05-22"),
        "2013-05-22 approved-by-both-houses since 2013-05-22\n 2013-05-23 approved-by-both-houses since 2013-05-22",
    );
    let mut book = tell(diet_treaty_approval(), passed);
    let late = servanda_core::Advance::new(common::WORD, "approved-by-both-houses").on(day("2013-05-23"));
    assert_eq!(book.try_append(late).unwrap_err().code(), "illegal-step");
    check(&format!("{passed}; attested 2013-05-22"), "2013-05-23 approved-after-thirty-days since 2013-05-23");
    check(
        &format!("{passed}; attested 2013-05-21"),
        "2013-05-23 approved-after-thirty-days since 2013-05-23, presumed",
    );
    // The 183rd session closed on 26 June: on the thirtieth day, on the day of the lapse, and on the day after that.
    let received = |on: &str| format!("a consideration, opens submitted 2013-03-15; lower-first-passed {on}");
    check(
        &received("2013-05-29"),
        "2013-06-25 lower-first-passed since 2013-05-29\n 2013-06-26 dropped since 2013-06-26, presumed
        2013-06-28 dropped since 2013-06-26, presumed",
    );
    check(
        &received("2013-05-28"),
        "2013-06-25 lower-first-passed since 2013-05-28\n 2013-06-26 dropped since 2013-06-26, presumed
        2013-06-27 dropped since 2013-06-26, presumed",
    );
    check(
        &received("2013-05-27"),
        "2013-06-25 lower-first-passed since 2013-05-27
        2013-06-26 approved-after-thirty-days since 2013-06-26, presumed
        2013-06-27 approved-after-thirty-days since 2013-06-26, presumed",
    );
    check(
        &received("2013-05-26"),
        "2013-06-24 lower-first-passed since 2013-05-26
        2013-06-25 approved-after-thirty-days since 2013-06-25, presumed
        2013-06-26 approved-after-thirty-days since 2013-06-25, presumed",
    );
}

#[test]
fn recess_of_the_diet_does_not_count_toward_the_thirty_days() {
    let mut diet = servanda_core::builtin::jp_diet().clone();
    let session = diet.periods.iter_mut().find(|period| period.number == 183).unwrap();
    session.recesses = vec![servanda_core::Recess { first: day("2013-05-01"), last: day("2013-05-06") }];
    let mut book = Book::default();
    book.append(diet);
    let story = "a consideration, opens submitted 2013-03-15; lower-first-passed 2013-04-23";
    let book = tell_with(book, diet_treaty_approval(), story, |word| word);
    let expected = "2013-05-28 lower-first-passed since 2013-04-23
        2013-05-29 approved-after-thirty-days since 2013-05-29, presumed";
    check_days(&book, story, expected, stands);
}

#[test]
fn what_is_unfinished_is_dropped_at_the_close_unless_carried_over() {
    let check = |story: &str, expected: &str| check_days(&tell(diet_treaty_approval(), story), story, expected, stands);
    let opens = |on: &str| format!("a consideration made 2008-01-18, opens submitted {on}");
    // The 180th session closed on 8 September 2012, the 181st with the dissolution of 16 November, the 182nd on 28 December.
    check(
        &opens("2012-03-09"),
        "2012-09-07 submitted since 2012-03-09\n 2012-09-08 dropped since 2012-09-08, presumed
        2012-09-09 dropped since 2012-09-08, presumed",
    );
    check(&format!("{}; dropped 2012-09-08", opens("2012-03-09")), "2012-09-08 dropped since 2012-09-08");
    check(&format!("{}; attested 2012-09-08", opens("2012-03-09")), "2012-09-08 dropped since 2012-09-08");
    check(&format!("{}; attested 2012-09-07", opens("2012-03-09")), "2012-09-08 dropped since 2012-09-08, presumed");
    // Carried over on the closing day itself, it lives to the close of the next session, here by dissolution.
    let carried = format!("{}; lower-carried-over 2012-09-08", opens("2012-03-09"));
    check(
        &carried,
        "2012-09-08 lower-carried-over since 2012-09-08\n 2012-11-15 lower-carried-over since 2012-09-08
        2012-11-16 dropped since 2012-11-16, presumed\n 2012-11-17 dropped since 2012-11-16, presumed",
    );
    // Carried over again it lives on; taken up again it is dropped with the session in which that was.
    let again = format!("{}; upper-carried-over 2013-06-20; upper-carried-over 2013-08-07", opens("2013-03-15"));
    check(&again, "2013-12-07 upper-carried-over since 2013-08-07\n 2013-12-08 dropped since 2013-12-08, presumed");
    let once = format!("{}; upper-carried-over 2013-06-20", opens("2013-03-15"));
    check(
        &once,
        "2013-06-27 upper-carried-over since 2013-06-20\n 2013-08-06 upper-carried-over since 2013-06-20
        2013-08-07 dropped since 2013-08-07, presumed",
    );
    let taken_up = format!("{once}; upper-first-referred 2013-08-02");
    check(
        &taken_up,
        "2013-08-06 upper-first-referred since 2013-08-02\n 2013-08-07 dropped since 2013-08-07, presumed",
    );
    // A vote to carry over does not outlive the dissolution of the session in which it was taken.
    let dissolved = format!("{}; lower-carried-over 2012-11-14", opens("2012-10-29"));
    check(&dissolved, "2012-11-15 lower-carried-over since 2012-11-14\n 2012-11-16 dropped since 2012-11-16, presumed");
    // Outside every session, and before a session that the calendar lacks, nothing is known.
    let gap = "unknown: from 2012-12-01 on it is not known whether a clock has fired: \
        the calendar jp-diet has no period that contains 2012-12-01";
    check(&opens("2012-12-01"), &format!("2012-12-01 {gap}"));
    let missing = format!("{}; lower-carried-over 2025-12-16", opens("2025-11-01"));
    let hole = "unknown: from 2025-12-18 on it is not known whether a clock has fired: \
        the calendar jp-diet does not have the period that followed 2025-12-17";
    check(&missing, &format!("2025-12-17 lower-carried-over since 2025-12-16\n 2025-12-18 {hole}"));
}
