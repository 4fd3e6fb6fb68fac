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
        assert!(checked.out.ends_with(&format!("\n{}\n", procedure.reference().digest)), "{}", checked.out);
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
    let fine = "DIR/treaty.toml is fine: treaty version 1, 5 statuses, 4 transitions, 2 clocks";
    assert_eq!(outcome.out, format!("{fine}\n{}\n", treaty().reference().digest));
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
