//! `servanda calendars`.

use insta::assert_snapshot;
use servanda::{builtin, format, procedure::Calendar};
use servanda_cli::Exit;

use crate::test_dir::TestDir;

#[test]
fn the_list_names_every_calendar() {
    assert_snapshot!("list", TestDir::new().run(80, "calendars").transcript());
    let outcome = TestDir::new().run(80, "calendars --format json");
    assert_eq!((outcome.exit, outcome.out), (Exit::Done, format::to_json(&builtin::calendars()) + "\n"));
}

#[test]
fn one_calendar_in_every_format() {
    let dir = TestDir::new();
    let text = dir.run(80, "calendars jp-diet");
    assert_eq!((text.exit, text.err.as_str()), (Exit::Done, ""));
    let lines: Vec<&str> = text.out.lines().collect();
    assert_snapshot!("start", lines[..8].join("\n"));
    let (heading, periods) = lines.split_at(3);
    assert_eq!((heading[1], periods.len()), ("", builtin::jp_diet().periods.len()));
    assert_eq!(dir.run(80, "calendars jp-diet --format json").out, format::to_json(builtin::jp_diet()) + "\n");
}

#[test]
fn toml_is_a_starting_point() {
    let dir = TestDir::new();
    let toml = dir.run(80, "calendars jp-diet --format toml").out;
    assert!(toml.starts_with("# Sessions of the Diet of Japan"));
    assert_eq!(Calendar::from_toml("mine.toml", &toml).as_ref(), Ok(builtin::jp_diet()));
    dir.write("mine.toml", toml);
    assert_eq!(dir.run(80, "calendars --check @mine.toml").exit, Exit::Done);
}

#[test]
fn toml_needs_one_calendar() {
    let outcome = TestDir::new().run(80, "calendars --format toml");
    assert_eq!(outcome.exit, Exit::Usage);
    assert_snapshot!("toml_of_all", outcome.transcript());
}

#[test]
fn an_unknown_calendar_is_refused() {
    let outcome = TestDir::new().run(80, "calendars jp-dite");
    assert_eq!(outcome.exit, Exit::Refused);
    assert_snapshot!("unknown", outcome.transcript());
}

#[test]
fn check_reports_all_errors() {
    let dir = TestDir::new();
    dir.write("sessions.toml", include_str!("sessions.toml"));
    let outcome = dir.run(80, "calendars --check @sessions.toml");
    assert_eq!(outcome.exit, Exit::Done);
    assert_snapshot!("valid", outcome.transcript());
    assert_snapshot!("valid_json", dir.run(80, "calendars --check @sessions.toml --format json").transcript());

    dir.write("wrong.toml", "id = \"wrong\"\n[[periods]]\nnumber = 1\nend = 2013-01-01\n");
    let outcome = dir.run(80, "calendars --check @wrong.toml");
    assert_eq!(outcome.exit, Exit::Refused);
    assert_snapshot!("missing_keys", outcome.transcript());
    assert_snapshot!("missing_keys_json", dir.run(80, "calendars --check @wrong.toml --format json").transcript());

    let overlapping = "\
id = \"wrong\"
title = {}
through = 2013-12-31
[[periods]]
number = 2
basis = \"published\"
convened = 2013-03-01
closed = 2013-02-01
[[periods]]
number = 1
basis = \"published\"
convened = 2013-04-01
closed = 2014-02-01
";
    dir.write("overlapping.toml", overlapping);
    assert_snapshot!("wrong_periods", dir.run(80, "calendars --check @overlapping.toml").transcript());
    assert_eq!(dir.run(80, "calendars --check @missing.toml").err, "error: there is no file DIR/missing.toml\n");
}
