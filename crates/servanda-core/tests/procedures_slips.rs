//! Checks that each part of a procedure can have an effect, and only one.

#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;

use servanda_core::{Calendar, Error, Procedure, Severity, Slug, builtin};

/// An invented procedure without slips. A request is asked for, may rest, and is answered or
/// forgotten.
const REQUEST: &str = r#"id = "request"
version = 1
title = { en = "Request" }
initial = "asked"

[[statuses]]
id = "asked"
phase = "active"
title = { en = "Asked" }

[[statuses]]
id = "resting"
phase = "stalled"
title = { en = "Resting" }

[[statuses]]
id = "answered"
phase = "achieved"
final = true
title = { en = "Answered" }

[[statuses]]
id = "forgotten"
phase = "failed"
final = true
title = { en = "Forgotten" }

[[transitions]]
from = ["asked"]
to = "resting"
title = { en = "It rests" }
basis = "House Rules, art. 1"

[[transitions]]
from = ["asked", "resting"]
to = "answered"
taken_by = ["the-house", "chair"]
title = { en = "It is answered" }
basis = "House Rules, art. 2"

[[clocks]]
id = "oblivion"
starts = ["asked"]
while = ["asked", "resting"]
to = "forgotten"
fires = "end"
rule = { weeks = { count = 5 } }
title = { en = "Five weeks" }
basis = "House Rules, art. 3"
"#;

/// A second clock, which fires together with the first one.
const RIVAL: &str = r#"
[[clocks]]
id = "silence"
starts = ["asked"]
while = ["asked"]
to = "answered"
fires = "end"
rule = { weeks = { count = 5 } }
title = { en = "Silence gives consent" }
basis = "House Rules, art. 4"
"#;

fn checked(text: &str) -> String {
    let known: Vec<&Slug> = builtin::calendars().into_iter().map(|calendar| &calendar.id).collect();
    let (procedure, diagnostics) = Procedure::check_toml("request.toml", text, &known);
    let has_fault = diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Fault);
    assert_eq!(procedure.is_none(), has_fault);
    // Without the warnings, reading the file gives the same answer.
    match Procedure::from_toml("request.toml", text) {
        Ok(read) => assert_eq!(Some(read), procedure),
        Err(Error::ProcedureRefused { diagnostics: faults }) => {
            assert!(faults.iter().all(|fault| fault.is_fault() && diagnostics.contains(fault)));
        }
        Err(error) => unreachable!("{error}"),
    }
    let found: String = diagnostics.iter().map(|diagnostic| format!("- {diagnostic}\n")).collect();
    if found.is_empty() { "- nothing\n".to_owned() } else { found }
}

#[test]
fn each_slip_is_reported_with_its_line() {
    let mut all = String::new();
    for (slip, before, after) in [
        ("no slip", "", ""),
        (
            "nothing leads from where it starts to where it runs",
            "starts = [\"asked\"]\nwhile = [\"asked\", \"resting\"]",
            "starts = [\"resting\"]\nwhile = [\"asked\"]",
        ),
        (
            "only a way through a status that cancels it",
            "while = [\"asked\", \"resting\"]",
            "while = [\"resting\"]\ncancelled_by = [\"resting\"]",
        ),
        ("the status that starts it cancels it", "fires =", "cancelled_by = [\"asked\"]\nfires ="),
        ("one of its starts has no effect", "starts = [\"asked\"]", "starts = [\"asked\", \"answered\"]"),
        ("it also runs where it is cancelled", "fires =", "cancelled_by = [\"resting\"]\nfires ="),
        ("it is cancelled where it does not run any more", "fires =", "cancelled_by = [\"answered\"]\nfires ="),
        ("one of its statuses is not reached", "starts = [\"asked\"]", "starts = [\"resting\"]"),
        (
            "the calendar is misspelt",
            "{ weeks = { count = 5 } }",
            "{ days = { count = 5, except_recess_of = \"jp-deit\" } }",
        ),
        (
            "the calendar is one of the user's own",
            "{ weeks = { count = 5 } }",
            "{ close = { calendar = \"my-council\", of = \"next\" } }",
        ),
        (
            "the calendar is built in",
            "{ weeks = { count = 5 } }",
            "{ close = { calendar = \"jp-diet\", of = \"next\" } }",
        ),
        ("a language is a name", "title = { en = \"Request\" }", "title = { deutsch = \"Anfrage\", en = \"Request\" }"),
        ("a language of a status is a name", "title = { en = \"Resting\" }", "title = { nihongo = \"Resting\" }"),
        (
            "no slip: languages with more subtags",
            "title = { en = \"Request\" }",
            "title = { de-at = \"Anfrage\", yue-hant = \"Request\" }",
        ),
    ] {
        assert!(REQUEST.contains(before), "{slip}");
        writeln!(all, "{slip}\n{}", checked(&REQUEST.replacen(before, after, 1))).unwrap();
    }
    for (slip, rival) in [
        ("two clocks fire together", RIVAL.to_owned()),
        (
            "two clocks fire together, and something cancels one of them",
            RIVAL.replace("fires", "cancelled_by = [\"resting\"]\nfires"),
        ),
        ("no slip: they fire at different times", RIVAL.replace("= 5 }", "= 6 }")),
        ("no slip: they fire at different edges of the day", RIVAL.replace("\"end\"", "\"start\"")),
        ("no slip: they lead to the same status", RIVAL.replace("\"answered\"", "\"forgotten\"")),
        ("no slip: each commitment sets their rules", RIVAL.to_owned()),
    ] {
        let mut text = format!("{REQUEST}{rival}");
        if slip.ends_with("sets their rules") {
            text = text.replace("{ weeks = { count = 5 } }", "\"given\"");
        }
        writeln!(all, "{slip}\n{}", checked(&text)).unwrap();
    }
    insta::assert_snapshot!(all.trim_end());
}

#[test]
fn a_procedure_names_the_calendars_and_the_parties_that_it_needs() {
    let text =
        REQUEST.replace("{ weeks = { count = 5 } }", "{ days = { count = 21, within_periods_of = \"the-house\" } }");
    let procedure = Procedure::from_toml("request.toml", &text).unwrap();
    let names = |ids: Vec<&Slug>| ids.iter().map(|id| id.to_string()).collect::<Vec<_>>();
    assert_eq!(names(procedure.calendars()), ["the-house"]);
    assert_eq!(names(procedure.parties()), ["chair", "the-house"]);
}

#[test]
fn slips_are_found_in_procedures_that_are_built_in_code() {
    let mut procedure = Procedure::from_toml("request.toml", REQUEST).unwrap();
    assert_eq!(procedure.check(), []);
    procedure.clocks[0].cancelled_by = procedure.clocks[0].starts.clone();
    let [found] = procedure.check().try_into().unwrap();
    assert_eq!((found.severity, found.line), (Severity::Fault, None));
}

/// A ledger keeps what it once accepted, so a slip does not make a line invalid.
#[test]
fn a_line_with_a_slip_stays_readable() {
    let mut procedure = Procedure::from_toml("request.toml", REQUEST).unwrap();
    procedure.clocks[0].cancelled_by = procedure.clocks[0].starts.clone();
    let mut ledger = servanda_core::Ledger::new();
    ledger.append(procedure, &"desk".parse().unwrap(), "2026-08-01T00:00:00.000000Z".parse().unwrap()).unwrap();
    assert_eq!(ledger.view_on("2026-08-01").unwrap().procedures().len(), 1);
}

#[test]
fn languages_of_calendars_and_treaties_are_checked_too() {
    let calendar = "id = 'council'\nthrough = '2013-12-31'\nperiods = []\ntitle = { deutsch = 'Rat' }\n";
    let treaty = "id = 'pact'\ntitle = { francais = 'Pacte' }\n[[general]]\nbasis = 'art. 9'\ndeposits = 2\nrule = { years = { count = 1 } }\n";
    let found = [
        Calendar::from_toml("council.toml", calendar).unwrap_err().to_string(),
        servanda_core::EntryIntoForce::from_toml("pact.toml", treaty).unwrap_err().to_string(),
    ];
    insta::assert_snapshot!(found.join("\n"));
}
