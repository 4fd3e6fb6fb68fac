//! `servanda procedures`.

use insta::assert_snapshot;
use servanda::{Procedure, builtin};
use servanda_cli::Exit;

use crate::test_dir::{TestDir, treaty};

#[test]
fn the_list_names_every_procedure() {
    for width in [40, 60, 100] {
        let outcome = TestDir::new().run(width, "procedures");
        for procedure in builtin::procedures() {
            assert!(outcome.out.contains(procedure.id.as_str()), "{} in {width} columns", procedure.id);
        }
        assert_eq!(outcome.exit, Exit::Done);
    }
}

#[test]
fn one_procedure_in_every_format() {
    let dir = TestDir::new();
    assert_eq!(dir.run(80, "procedures action").out, builtin::action().to_text());
    assert_eq!(dir.run(80, "procedures action --format json").out, builtin::action().to_json() + "\n");
    assert_eq!(dir.run(80, "procedures action --format mermaid").out, builtin::action().to_mermaid());
}

#[test]
fn toml_is_a_starting_point() {
    let dir = TestDir::new();
    for procedure in builtin::procedures() {
        let toml = dir.run(80, &format!("procedures {} --format toml", procedure.id)).out;
        assert!(toml.starts_with("# "), "the comments of the file: {toml}");
        dir.write("mine.toml", toml);
        let checked = dir.run(80, "procedures --check @mine.toml");
        assert_eq!(checked.exit, Exit::Done);
        assert!(checked.out.contains(&format!("\n{}\n", procedure.reference().digest)), "{}", checked.out);
        assert!(checked.out.contains(" is fine: ") && !checked.out.contains("warning"), "{}", checked.out);
    }
    let all = dir.run(80, "procedures --format toml");
    assert_eq!(all.exit, Exit::Usage);
    assert_snapshot!("toml_of_all", all.transcript());
}

#[test]
fn check_reports_all_missing_keys() {
    let dir = TestDir::new();
    let wrong = include_str!("treaty.toml").replace("basis = ", "# basis = ").replace("phase = \"planned\"\n", "");
    dir.write("wrong.toml", wrong.replace("initial = ", "intial = "));
    assert_snapshot!("missing_keys", dir.run(80, "procedures --check @wrong.toml").transcript());
}

#[test]
fn the_list_as_json() {
    let all: Vec<String> = builtin::procedures().into_iter().map(Procedure::to_json).collect();
    let outcome = TestDir::new().run(80, "procedures --format json");
    assert_eq!(outcome.out, format!("[{}]\n", all.join(",")));
}

#[test]
fn a_diagram_needs_one_procedure() {
    let outcome = TestDir::new().run(80, "procedures --format mermaid");
    assert_eq!(outcome.exit, Exit::Usage);
    assert_snapshot!(outcome.transcript());
}

#[test]
fn an_unknown_procedure_is_refused() {
    let outcome = TestDir::new().run(80, "procedures acton");
    assert_eq!((outcome.exit, outcome.out.as_str()), (Exit::Refused, ""));
    assert!(
        outcome.err.starts_with("error: there is no built-in procedure acton; there are: action, "),
        "{}",
        outcome.err
    );
}

#[test]
fn check_reports_all_errors() {
    let dir = TestDir::new();
    dir.write("treaty.toml", include_str!("treaty.toml"));
    let outcome = dir.run(80, "procedures --check @treaty.toml");
    let fine = "DIR/treaty.toml has 1 warning and no faults: treaty version 1, 5 statuses, 4 transitions, 2 clocks";
    assert!(outcome.out.starts_with(&format!("{fine}\n{}\n", treaty().reference().digest)), "{}", outcome.out);
    assert_eq!(outcome.exit, Exit::Done);
    assert_eq!(dir.run(80, "procedures --check @treaty.toml --format mermaid").out, treaty().to_mermaid());

    let wrong = include_str!("treaty.toml")
        .replace("to = \"dropped\"", "to = \"droped\"")
        .replace("basis = \"Treaty", "bass = \"");
    dir.write("wrong.toml", wrong);
    let outcome = dir.run(80, "procedures --check @wrong.toml");
    assert_eq!(outcome.exit, Exit::Refused);
    assert_snapshot!(outcome.transcript());
    let drawn = dir.run(80, "procedures --check @wrong.toml --format mermaid");
    assert_eq!((drawn.exit, drawn.out.as_str()), (Exit::Refused, ""));
    assert!(drawn.err.starts_with("error: the procedure is refused:\n"), "{}", drawn.err);
}

/// An invented procedure of a club, whose clock needs a calendar that nobody defines.
const CLUB: &str = r#"id = "motion"
version = 1
title = { en = "Motion" }
initial = "tabled"

[[statuses]]
id = "tabled"
phase = "active"
title = { en = "Tabled" }

[[statuses]]
id = "adopted"
phase = "achieved"
final = true
title = { en = "Adopted" }

[[statuses]]
id = "lapsed"
phase = "failed"
final = true
title = { en = "Lapsed" }

[[transitions]]
from = ["tabled"]
to = "adopted"
taken_by = ["members", "board"]
title = { en = "The members adopt it" }
basis = "Statutes, art. 1"

[[clocks]]
id = "term"
starts = ["tabled"]
while = ["tabled"]
to = "lapsed"
fires = "end"
rule = { days = { count = 5, within_periods_of = "club-years" } }
title = { en = "Five days" }
basis = "Statutes, art. 2"
"#;

#[test]
fn a_warning_is_no_fault() {
    let dir = TestDir::new();
    dir.write("club.toml", CLUB);
    let outcome = dir.run(80, "procedures --check @club.toml");
    assert_eq!(outcome.exit, Exit::Done);
    assert_snapshot!("warning", outcome.transcript());
    assert_snapshot!("warning_json", dir.run(80, "procedures --check @club.toml --format json").transcript());
    // A slip is a fault, also for `define`.
    dir.write("slip.toml", CLUB.replace("fires =", "cancelled_by = [\"tabled\"]\nfires ="));
    assert_snapshot!("slip", dir.run(80, "procedures --check @slip.toml").transcript());
    assert_snapshot!("slip_json", dir.run(80, "procedures --check @slip.toml --format json").transcript());
    dir.run(80, "init @l.jsonl");
    assert_snapshot!("slip_defined", dir.run_as_desk("define @l.jsonl --procedure @slip.toml").transcript());
    // Without the calendar, defining the procedure says what follows.
    assert_snapshot!(
        "defined_without_calendar",
        dir.run_as_desk("define @l.jsonl --procedure @club.toml").transcript()
    );
    dir.run(80, "init @m.jsonl");
    dir.write(
        "years.toml",
        "id = 'club-years'\nthrough = '2030-12-31'\ntitle = { en = 'Years' }\n[[periods]]\nnumber = 1\nconvened = '2020-01-01'\nbasis = 'published'\n",
    );
    assert_eq!(dir.run_as_desk("define @m.jsonl --calendar @years.toml").exit, Exit::Done);
    let outcome = dir.run_as_desk("define @m.jsonl --procedure @club.toml");
    assert_eq!((outcome.exit, outcome.err.as_str()), (Exit::Done, ""));
}

#[test]
fn files_that_are_not_procedures() {
    let dir = TestDir::new();
    dir.write("latin1.toml", b"id = \"stra\xdfe\"\n");
    dir.write("empty.toml", "");
    for file in ["missing.toml", "", "latin1.toml", "empty.toml"] {
        let outcome = dir.run(80, &format!("procedures --check @{file}"));
        assert_eq!(outcome.exit, Exit::Refused);
        assert_snapshot!(format!("no_procedure_{}", file.replace('.', "_")), outcome.transcript());
    }
}
