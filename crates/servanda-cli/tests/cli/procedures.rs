//! `servanda procedures`.

use insta::assert_snapshot;
use servanda::{Procedure, builtin};
use servanda_cli::Exit;

use crate::desk::{Desk, treaty};

#[test]
fn all_are_listed() {
    for width in [30, 60, 100] {
        let said = Desk::new().ask(width, "procedures");
        for procedure in builtin::procedures() {
            assert!(said.out.contains(procedure.id.as_str()), "{} in {width} columns", procedure.id);
        }
        assert_eq!(said.exit, Exit::Done);
    }
}

#[test]
fn one_as_text_as_json_and_as_a_diagram() {
    let desk = Desk::new();
    assert_eq!(desk.ask(80, "procedures action").out, builtin::action().to_text());
    assert_eq!(desk.ask(80, "procedures action --format json").out, builtin::action().to_json() + "\n");
    assert_eq!(desk.ask(80, "procedures action --format mermaid").out, builtin::action().to_mermaid());
}

#[test]
fn all_as_json() {
    let all: Vec<String> = builtin::procedures().into_iter().map(Procedure::to_json).collect();
    let said = Desk::new().ask(80, "procedures --format json");
    assert_eq!(said.out, format!("[{}]\n", all.join(",")));
}

#[test]
fn a_diagram_shows_one() {
    let said = Desk::new().ask(80, "procedures --format mermaid");
    assert_eq!(said.exit, Exit::Usage);
    assert_snapshot!(said.all());
}

#[test]
fn an_unknown_one_is_refused() {
    let said = Desk::new().ask(80, "procedures acton");
    assert_eq!((said.exit, said.out.as_str()), (Exit::Refused, ""));
    assert!(said.err.starts_with("error: there is no built-in procedure acton; there are: action, "), "{}", said.err);
}

#[test]
fn one_s_own_is_checked() {
    let desk = Desk::new();
    desk.write("treaty.toml", include_str!("treaty.toml"));
    let said = desk.ask(80, "procedures --check @treaty.toml");
    let fine = "DIR/treaty.toml is fine: treaty version 1, 5 statuses, 4 transitions, 2 clocks";
    assert_eq!(said.out, format!("{fine}\n{}\n", treaty().reference().digest));
    assert_eq!(said.exit, Exit::Done);
    assert_eq!(desk.ask(80, "procedures --check @treaty.toml --format mermaid").out, treaty().to_mermaid());

    let wrong = include_str!("treaty.toml")
        .replace("to = \"dropped\"", "to = \"droped\"")
        .replace("basis = \"Treaty", "bass = \"");
    desk.write("wrong.toml", wrong);
    let said = desk.ask(80, "procedures --check @wrong.toml");
    assert_eq!(said.exit, Exit::Refused);
    assert_snapshot!(said.all());
    let drawn = desk.ask(80, "procedures --check @wrong.toml --format mermaid");
    assert_eq!((drawn.exit, drawn.out.as_str()), (Exit::Refused, ""));
    assert!(drawn.err.starts_with("error: the procedure is refused:\n"), "{}", drawn.err);
}

#[test]
fn what_is_no_procedure_file() {
    let desk = Desk::new();
    desk.write("latin1.toml", b"id = \"stra\xdfe\"\n");
    desk.write("empty.toml", "");
    for file in ["missing.toml", "", "latin1.toml", "empty.toml"] {
        let said = desk.ask(80, &format!("procedures --check @{file}"));
        assert_eq!(said.exit, Exit::Refused);
        assert_snapshot!(format!("no_procedure_{}", file.replace('.', "_")), said.all());
    }
}
