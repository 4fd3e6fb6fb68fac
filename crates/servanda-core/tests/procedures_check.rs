//! The checks of procedure and calendar files.
//!
//! Every fault is reported with file, line and a remedy, and the built-in files have no faults.

#![allow(clippy::panic, clippy::unwrap_used)]

mod common;

use std::fmt::Write as _;
use std::path::PathBuf;

use servanda_core::{Calendar, EntryIntoForce, Error, Procedure, builtin};

/// A valid procedure. Each fault is a small change to it.
const VALID: &str = r#"id = "visit"
version = 1
initial = "invited"
title = { en = "A visit" }

[[references]]
title = "Protocol"
url = "https://example.org/protocol"

[[statuses]]
id = "invited"
phase = "planned"
title = { en = "Invited" }

[[statuses]]
id = "postponed"
phase = "stalled"
title = { en = "Postponed" }

[[statuses]]
id = "received"
phase = "achieved"
final = true
title = { en = "Received" }

[[statuses]]
id = "lapsed"
phase = "failed"
title = { en = "Lapsed" }

[[transitions]]
from = ["invited", "postponed"]
to = "received"
sources = 1
title = { en = "The visit takes place" }
basis = "Protocol, art. 1"

# A comment between two transitions.
[[transitions]]
from = ["received"]
to = "invited"
reopening = true
title = { en = "The visitor is invited again" }
basis = "Protocol, art. 2"

[[transitions]]
from = ["invited"]
to = "postponed"
title = { en = "The visit is put off" }
basis = "Protocol, art. 3"

[[transitions]]
from = ["lapsed"]
to = "invited"
title = { en = "The invitation is renewed" }
basis = "Protocol, art. 4"

[[clocks]]
id = "patience"
starts = ["postponed"]
while = ["postponed"]
to = "lapsed"
fires = "end"
rule = { months = { count = 6 } }
title = { en = "Six months" }
basis = "Protocol, art. 5"
"#;

/// Each fault: its description, a text of the valid file, and the replacement for that text.
const FAULTS: &[(&str, &str, &str)] = &[
    ("no fault", "", ""),
    ("the file is cut off within a string", "basis = \"Protocol, art. 5\"\n", "basis = \"Protocol, art"),
    ("a bracket is missing", "from = [\"lapsed\"]", "from = [\"lapsed\""),
    ("a key is misspelt", "sources = 1", "source = 1"),
    ("a key is in the wrong place", "id = \"visit\"", "id = \"visit\"\ndecided = true"),
    ("a key is written twice", "phase = \"stalled\"", "phase = \"stalled\"\nphase = \"active\""),
    ("the title of the procedure is missing", "title = { en = \"A visit\" }\n", ""),
    ("the title of the procedure is empty", "title = { en = \"A visit\" }", "title = {}"),
    ("the title of a status is missing", "title = { en = \"Postponed\" }\n", ""),
    ("the title of a status is empty", "title = { en = \"Postponed\" }", "title = {}"),
    ("the title of a transition is empty", "title = { en = \"The visit is put off\" }", "title = {}"),
    ("the title of a clock is empty", "title = { en = \"Six months\" }", "title = {}"),
    ("a title is blank", "title = { en = \"Postponed\" }", "title = { en = \" \" }"),
    ("the language of a title is invalid", "title = { en = \"Postponed\" }", "title = { English = \"Postponed\" }"),
    ("the basis of a transition is missing", "basis = \"Protocol, art. 3\"\n", ""),
    ("the basis of a transition is blank", "\"Protocol, art. 3\"", "\"\""),
    ("the basis of a clock is missing", "basis = \"Protocol, art. 5\"\n", ""),
    ("the version is 0", "version = 1", "version = 0"),
    ("the version is not a number", "version = 1", "version = \"1\""),
    ("the id is not a slug", "id = \"visit\"", "id = \"A Visit\""),
    ("a phase is unknown", "phase = \"stalled\"", "phase = \"waiting\""),
    ("an edge of the day is unknown", "fires = \"end\"", "fires = \"noon\""),
    ("a rule is unknown", "{ months = { count = 6 } }", "{ fortnights = { count = 6 } }"),
    (
        "a rule has a key that it does not allow",
        "{ months = { count = 6 } }",
        "{ months = { count = 6, first_day_counts = true } }",
    ),
    (
        "a key of a close rule is misspelt",
        "{ months = { count = 6 } }",
        "{ close = { calendar = \"jp-diet\", of = \"next\", end_by = \"dissolution\" } }",
    ),
    ("the initial status is not declared", "initial = \"invited\"", "initial = \"asked\""),
    ("a transition leads from an unknown status", "from = [\"lapsed\"]", "from = [\"lapsed\", \"gone\"]"),
    ("a transition leads to an unknown status", "to = \"postponed\"", "to = \"posponed\""),
    ("a transition leads from nowhere", "from = [\"lapsed\"]", "from = []"),
    (
        "a clock names an unknown status everywhere",
        "starts = [\"postponed\"]\nwhile = [\"postponed\"]\nto = \"lapsed\"",
        "starts = [\"a\"]\nwhile = [\"b\"]\ncancelled_by = [\"c\"]\nto = \"d\"",
    ),
    ("a status cannot be reached", "to = \"lapsed\"\nfires", "to = \"received\"\nfires"),
    ("nothing leads out of a status", "from = [\"lapsed\"]", "from = [\"postponed\"]"),
    ("a status leads only to itself", "from = [\"lapsed\"]\nto = \"invited\"", "from = [\"lapsed\"]\nto = \"lapsed\""),
    ("two transitions clash", "from = [\"invited\"]\nto = \"postponed\"", "from = [\"invited\"]\nto = \"received\""),
    ("a transition clashes with itself", "from = [\"lapsed\"]", "from = [\"lapsed\", \"lapsed\"]"),
    ("a final status is left without reopening", "reopening = true\n", ""),
    ("a transition reopens a status that is not final", "sources = 1", "reopening = true"),
    ("a clock leaves a final status", "while = [\"postponed\"]", "while = [\"postponed\", \"received\"]"),
    ("a clock leads to itself", "to = \"lapsed\"\nfires", "to = \"postponed\"\nfires"),
    ("a clock never runs", "while = [\"postponed\"]", "while = []"),
    ("a clock counts months to 0", "{ months = { count = 6 } }", "{ months = { count = 0 } }"),
    ("a clock counts days to 0", "{ months = { count = 6 } }", "{ full-days = { count = 0 } }"),
    ("two statuses have the same id", "id = \"postponed\"", "id = \"invited\""),
    ("a key of a rule is misspelt", "{ months = { count = 6 } }", "{ days = { count = 6, first_day_count = true } }"),
    (
        "a rule counts days in two ways",
        "{ months = { count = 6 } }",
        "{ days = { count = 6, except_recess_of = 'a', within_periods_of = 'b' } }",
    ),
    ("a rule lacks its number", "{ months = { count = 6 } }", "{ days = {} }"),
    ("a source has an invalid URL", "https://example.org/protocol", "javascript:alert(1)"),
];

/// A second clock, with which the first one could fire in a cycle.
const BACK: &str = r#"
[[clocks]]
id = "renewal"
starts = ["lapsed"]
while = ["lapsed"]
to = "postponed"
fires = "start"
rule = { days = { count = 1 } }
title = { en = "Renewal" }
basis = "Protocol, art. 6"
"#;

/// The diagnostics for a file, one per line.
fn found(text: &str) -> String {
    match Procedure::from_toml("visit.toml", text) {
        Ok(procedure) => format!("valid: {} {}\n", procedure.id, procedure.version),
        Err(Error::ProcedureRefused { diagnostics }) => {
            diagnostics.iter().map(|diagnostic| format!("- {diagnostic}\n")).collect()
        }
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn each_fault_of_a_procedure_is_reported_with_its_line_and_a_remedy() {
    let mut all = String::new();
    for (fault, before, after) in FAULTS {
        assert!(VALID.contains(before), "{fault}");
        writeln!(all, "{fault}\n{}", found(&VALID.replacen(before, after, 1))).unwrap();
    }
    let back = format!("{VALID}{BACK}");
    writeln!(all, "two clocks form a cycle\n{}", found(&back)).unwrap();
    let twice = format!("{VALID}{}", BACK.replace("renewal", "patience").replace("postponed", "invited"));
    writeln!(all, "two clocks have the same id\n{}", found(&twice)).unwrap();
    let many = VALID.replace("version = 1", "version = 0").replace("to = \"received\"", "to = \"arrived\"");
    writeln!(all, "several faults at once\n{}", found(&many.replace("sources", "source"))).unwrap();
    writeln!(all, "the file is empty\n{}", found("")).unwrap();
    insta::assert_snapshot!("findings", all.trim_end());
}

#[test]
fn a_diagnostic_about_a_procedure_in_memory_has_no_line() {
    let mut visit = Procedure::from_toml("visit.toml", VALID).unwrap();
    assert_eq!(visit.check(), []);
    visit.initial = "asked".parse().unwrap();
    let [diagnostic] = visit.check().try_into().unwrap();
    assert_eq!((diagnostic.file.clone(), diagnostic.line), (None, None));
    assert_eq!(
        diagnostic.to_string(),
        "the procedure starts at the status asked, which is not declared; \
         declare it under [[statuses]], or use one of: invited, postponed, received, lapsed"
    );
}

#[test]
fn a_procedure_is_the_same_when_read_from_toml_and_from_json() {
    for procedure in builtin::procedures().into_iter().chain([&Procedure::from_toml("visit.toml", VALID).unwrap()]) {
        let json = procedure.to_json();
        let read: Procedure = serde_json::from_str(&json).unwrap();
        assert_eq!((&read, read.to_json()), (procedure, json.clone()));
        assert_eq!(serde_json_canonicalizer::to_string(&read).unwrap(), json);
    }
}

#[test]
fn statuses_with_similar_ids_get_different_names_in_a_diagram() {
    let alike = VALID.replace("invited", "sent-out").replace("postponed", "sent/out");
    let drawn = Procedure::from_toml("visit.toml", &alike).unwrap().to_mermaid();
    let states: Vec<&str> = drawn.lines().filter(|line| line.contains("state \"")).take(2).collect();
    assert_eq!(states, [r#"    state "Invited" as sent_out"#, r#"    state "Postponed" as sent__out"#]);
}

#[test]
fn a_procedure_and_a_treaty_have_at_most_a_hundred_references() {
    const TEXT: &str = "[[references]]\ntitle = \"Protocol\"\nurl = \"https://example.org/protocol\"\n\n";
    const TREATY: &str = "id = 'pact'\ntitle = { en = 'A pact' }\n[[general]]\nbasis = 'art. 9'\ndeposits = 2\nrule = { days = { count = 3 } }\n";
    let procedure = |count| Procedure::from_toml("visit.toml", &VALID.replace(TEXT, &TEXT.repeat(count))).map(drop);
    let treaty = |count| EntryIntoForce::from_toml("pact.toml", &format!("{TREATY}{}", TEXT.repeat(count))).map(drop);
    assert_eq!((procedure(100), treaty(100)), (Ok(()), Ok(())));
    let refused = [procedure(101).unwrap_err(), treaty(101).unwrap_err()].map(|error| error.to_string());
    let expected = [
        "the procedure is refused:\n  visit.toml, line 6: it has 101 references; keep at most 100",
        "the rule on entry into force is refused:\n  pact.toml, line 7: it has 101 references; keep at most 100",
    ];
    assert_eq!(refused, expected);
}

/// Some statuses have names that confuse the parser of Mermaid.
///
/// The names are keywords, and Mermaid's internal names for the start and end of a diagram.
#[test]
fn a_status_is_never_drawn_under_a_keyword_of_mermaid() {
    let named = VALID.replace("invited", "state").replace("postponed", "end").replace("received", "root-start");
    let named = named.replace("\"Six months\"", "\"Six: months; <<fork>> #1\"");
    let drawn = Procedure::from_toml("visit.toml", &named.replace("lapsed", "state/end")).unwrap().to_mermaid();
    let expected = "\
stateDiagram-v2
    state \"Invited\" as state_
    state \"Postponed\" as end_
    state \"Received\" as root_start_
    state \"Lapsed\" as state__end
    [*] --> state_
    state_ --> root_start_
    end_ --> root_start_
    root_start_ --> state_
    state_ --> end_
    state__end --> state_
    end_ --> state__end: ⏱ Six, months    fork    1
    root_start_ --> [*]
";
    assert_eq!(drawn, expected);
}

#[test]
fn the_built_in_procedures_pass_their_check() {
    let directory = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("procedures");
    let mut loaded = Vec::new();
    for file in std::fs::read_dir(directory).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let procedure = Procedure::from_toml(&name, &std::fs::read_to_string(&path).unwrap());
        loaded.push(procedure.unwrap_or_else(|error| panic!("{error}")));
    }
    loaded.sort_by(|a, b| a.id.cmp(&b.id));
    assert_eq!(loaded.iter().collect::<Vec<_>>(), builtin::procedures());
    let ids: Vec<_> = loaded.iter().map(|procedure| (procedure.id.as_str(), procedure.version)).collect();
    let expected = ["action", "base-realignment", "diet-treaty-approval", "pledge", "position", "trade-agreement"]
        .map(|id| (id, 1));
    assert_eq!(ids, expected);
    for procedure in loaded {
        assert_eq!(procedure.check(), []);
        let titles = procedure.statuses.iter().map(|status| &status.title);
        let titles = titles.chain(procedure.transitions.iter().map(|transition| &transition.title));
        let titles = titles.chain(procedure.clocks.iter().map(|clock| &clock.title)).chain([&procedure.title]);
        for title in titles {
            let languages: Vec<_> = title.keys().map(|language| language.as_str()).collect();
            assert_eq!(languages, ["en", "ja"], "{}: {title:?}", procedure.id);
        }
    }
}

/// A valid calendar.
const COUNCIL: &str = r#"id = "council"
through = "2013-12-31"
title = { en = "Council" }

[[periods]]
number = 1
convened = "2013-02-01"
closed = "2013-03-20"
basis = "published"
recesses = [{ first = "2013-02-10", last = "2013-02-14" }]

[[periods]]
number = 2
convened = "2013-04-10"
basis = "recalled"
"#;

const CALENDAR_FAULTS: &[(&str, &str, &str)] = &[
    ("no fault", "", ""),
    ("the title is missing", "title = { en = \"Council\" }\n", ""),
    ("the title is empty", "{ en = \"Council\" }", "{}"),
    ("a day is impossible", "2013-03-20", "2013-02-29"),
    ("no fault: a day without quotes", "\"2013-03-20\"", "2013-03-20"),
    ("a basis is unknown", "recalled", "guessed"),
    ("a period ends before it convenes", "closed = \"2013-03-20\"", "closed = \"2013-01-31\""),
    ("a period is numbered 0", "number = 1", "number = 0"),
    ("a period lies after the end of the calendar", "2013-12-31", "2013-04-01"),
    ("a recess lies outside its period", "first = \"2013-02-10\"", "first = \"2013-01-10\""),
    ("a recess ends before it begins", "last = \"2013-02-14\"", "last = \"2013-02-09\""),
    ("two periods overlap", "convened = \"2013-04-10\"", "convened = \"2013-03-19\""),
    ("no fault: two periods share one day", "convened = \"2013-04-10\"", "convened = \"2013-03-20\""),
    ("no fault: a period ends by prorogation", "closed =", "ended_by = \"prorogation\"\nclosed ="),
    ("an ending is unknown", "closed =", "ended_by = \"adjournment\"\nclosed ="),
    ("a period is open while the next convenes", "closed = \"2013-03-20\"\n", ""),
    ("two periods have the same number", "number = 2", "number = 1"),
    ("a key of a recess is misspelt", "last = \"2013-02-14\"", "last = \"2013-02-14\", lst = \"2013-02-15\""),
    ("a period comes before one with a smaller number", "number = 1", "number = 3"),
    ("a key is misspelt", "number = 2", "number = 2\nclosd = \"2013-05-01\""),
];

#[test]
fn each_fault_of_a_calendar_is_reported() {
    let mut all = String::new();
    for (fault, before, after) in CALENDAR_FAULTS {
        assert!(COUNCIL.contains(before), "{fault}");
        let found = match Calendar::from_toml("council.toml", &COUNCIL.replacen(before, after, 1)) {
            Ok(calendar) => format!("valid: {}", calendar.id),
            Err(error) => format!("{}: {error}", error.code()),
        };
        writeln!(all, "{fault}\n- {found}\n").unwrap();
    }
    insta::assert_snapshot!("calendar_findings", all.trim_end());
}

/// A row of the list of sessions.
///
/// It has the number, kind, day convened, day closed, how it ended, and the basis of these data.
type Session = [String; 6];

#[test]
fn the_calendar_of_the_diet_equals_the_list_of_sessions() {
    let Some(text) = common::records("diet/diet_sessions.csv") else { return };
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("session,kind,convened,closed,ended_by,basis"));
    let listed: Vec<Session> = lines
        .map(|line| line.split(',').map(|cell| cell.replace('_', "-")).collect::<Vec<_>>().try_into().unwrap())
        .collect();
    let built_in: Vec<Session> = builtin::jp_diet()
        .periods
        .iter()
        .map(|period| {
            assert_eq!((period.recesses.as_slice(), period.scheduled), ([].as_slice(), None));
            [
                period.number.to_string(),
                period.kind.as_ref().unwrap().to_string(),
                period.convened.to_string(),
                period.closed.map_or_else(String::new, |day| day.to_string()),
                period.ended_by.map_or_else(String::new, |ending| ending.to_string()),
                serde_json::to_value(period.basis).unwrap().as_str().unwrap().to_owned(),
            ]
        })
        .collect();
    assert_eq!(listed, built_in);
    assert_eq!(built_in.len(), 79);
}
