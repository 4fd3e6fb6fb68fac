//! Wrong usage, help, and failing writers.

use std::io::{self, ErrorKind, Write};

use insta::assert_snapshot;
use servanda_cli::{Environment, Exit, Terminal, run};

use crate::test_dir::TestDir;

#[test]
fn wrong_usage_exits_with_2() {
    let dir = TestDir::promises("p.jsonl");
    for (name, arguments) in [
        ("nothing", ""),
        ("no_ledger", "status"),
        ("no_commitment", "history @p.jsonl"),
        ("no_such_day", "status @p.jsonl --on 2013-02-29"),
        ("no_day", "status @p.jsonl --on someday"),
        ("month_as_day", "status @p.jsonl --on 2013-02"),
        ("no_moment", "status @p.jsonl --known-at 2013-05-01T12:00"),
        ("no_such_day_as_moment", "status @p.jsonl --known-at 2013-02-29"),
        ("no_phase", "status @p.jsonl --phase stale"),
        ("no_slug", "history @p.jsonl JP/Hague"),
        ("no_format", "status @p.jsonl --format xml"),
        ("no_option", "status @p.jsonl --until 2013-01-01"),
        ("no_command", "stauts @p.jsonl"),
        ("no_output", "merge @p.jsonl"),
        ("no_recorder", "advance @p.jsonl us/abe-visit done --on 2013-02-22"),
        ("recorder_with_spaces", "attest @p.jsonl us/abe-visit --on 2013-02-22 --by 'The TestDir'"),
        ("no_day_of_a_step", "advance @p.jsonl us/abe-visit done --by desk"),
        ("no_status", "advance @p.jsonl us/abe-visit Done --on 2013-02-22 --by desk"),
        ("no_address", "advance @p.jsonl us/abe-visit done --on 2013-02-22 --source example.org --by desk"),
        ("no_entry", "cite @p.jsonl 3F9A --source https://example.org --by desk"),
        ("no_source", "cite @p.jsonl 3f9a0c --by desk"),
        ("no_change", "amend @p.jsonl us/abe-visit --by desk"),
        ("note_of_no_entry", "amend @p.jsonl us/abe-visit --note 'A note' --by desk"),
        ("no_relation", "link @p.jsonl us/abe-visit friend us/senkaku --by desk"),
        ("no_reason", "retract @p.jsonl 3f9a0c --by desk"),
        ("nothing_to_define", "define @p.jsonl --by desk"),
        ("party_without_a_name", "define @p.jsonl --party jp --by desk"),
        ("name_without_a_language", "define @p.jsonl --party jp --name Japan --by desk"),
        ("nothing_to_register", "register @p.jsonl --by desk"),
        ("file_and_options", "register @p.jsonl us/x --file @x.toml --by desk"),
        ("no_such_shell", "completions tcsh"),
        ("no_such_page", "man stauts"),
        ("check_and_procedure", "procedures action --check @p.jsonl"),
        ("check_and_calendar", "calendars jp-diet --check @p.jsonl"),
        ("check_as_toml", "procedures --check @p.jsonl --format toml"),
        ("reason_for_nothing", "attest @p.jsonl us/abe-visit --on 2013-02-22 --reason 'A slip' --by desk"),
        ("replaced_without_a_reason", "attest @p.jsonl us/abe-visit --on 2013-02-22 --instead-of 3f9a0c --by desk"),
        ("in_json", "status @p.jsonl --on someday --format json"),
        ("in_json_too", "agenda @p.jsonl --from 2013-05-01 --to 2013-04-30 --format=json"),
    ] {
        let outcome = dir.run(80, arguments);
        assert_eq!((outcome.exit, outcome.out.as_str()), (Exit::Usage, ""), "{arguments}");
        assert_snapshot!(name, outcome.transcript());
    }
}

#[test]
fn help_of_each_command_has_an_example() {
    let dir = TestDir::new();
    let reading = ["status", "history", "log", "next", "find", "verify", "merge", "copy", "procedures", "calendars"];
    let writing =
        ["init", "add", "register", "advance", "deposit", "cite", "remark", "attest", "reschedule", "amend", "link"];
    let rest = ["retract", "define", "completions", "man"];
    for command in reading.into_iter().chain(writing).chain(rest) {
        let outcome = dir.run(80, &format!("{command} --help"));
        assert_eq!((outcome.exit, outcome.err.as_str()), (Exit::Done, ""));
        assert!(outcome.out.contains(&format!("\n  servanda {command} ")) || command.ends_with('s'), "{}", outcome.out);
        assert!(outcome.out.contains("Example"), "{}", outcome.out);
        assert_snapshot!(format!("help_{command}"), outcome.out);
    }
    assert_snapshot!("help", dir.run(80, "--help").out);
}

#[test]
fn help_has_colours_only_on_a_capable_terminal() {
    let coloured = Terminal { colours: true, error_colours: true, ..Terminal::plain(80) };
    let dir = TestDir::new();
    assert!(dir.run_on(&coloured, "--help").out.contains('\x1b'));
    assert!(dir.run_on(&coloured, "status").err.contains('\x1b'));
    assert!(dir.run_on(&coloured, "status @missing.jsonl").err.starts_with("\x1b[1;31merror:\x1b[0m there is no"));
    assert!(!dir.run(80, "--help").out.contains('\x1b'));
}

/// A writer that accepts some bytes and then fails.
struct Failing(usize, ErrorKind);

impl Write for Failing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0 == 0 {
            return Err(self.1.into());
        }
        let taken = bytes.len().min(self.0);
        self.0 -= taken;
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.0 == 0 { Err(self.1.into()) } else { Ok(()) }
    }
}

#[test]
fn a_closed_pipe_is_not_an_error() {
    let dir = TestDir::promises("p.jsonl");
    let ledger = dir.path("p.jsonl").display().to_string();
    let commands: [&[&str]; 5] = [
        &["servanda", "status", &ledger],
        &["servanda", "status", &ledger, "--format", "json"],
        &["servanda", "history", &ledger, "jp/hague-convention"],
        &["servanda", "procedures", "action"],
        &["servanda", "--help"],
    ];
    for args in commands {
        for bytes in [0, 10, 100] {
            let mut err = Vec::new();
            let mut gone = Failing(bytes, ErrorKind::BrokenPipe);
            assert_eq!(run(args, &mut gone, &mut err, &Environment::plain(80)), Exit::Done);
            assert_eq!(err, b"");
            let mut full = Failing(bytes, ErrorKind::StorageFull);
            assert_eq!(run(args, &mut full, &mut err, &Environment::plain(80)), Exit::Refused);
            let outcome = String::from_utf8(err).unwrap();
            assert!(outcome.contains("could not write the answer: "), "{outcome}");
            assert_eq!(outcome.starts_with("error: "), !args.contains(&"json"), "{outcome}");
        }
    }
}

#[test]
fn every_width_works() {
    let dir = TestDir::promises("p.jsonl");
    for width in 0..45 {
        let terminal = Terminal { width, ..Terminal::plain(80) };
        for arguments in [
            "status @p.jsonl",
            "history @p.jsonl jp/hague-convention",
            "next @p.jsonl jp/hague-convention --on 2013-05-01",
            "procedures",
            "status --help",
            "register --help",
            "advance @p.jsonl us/abductees under-way --on 2013-02-01 --by desk --dry-run",
        ] {
            assert_eq!(dir.run_on(&terminal, arguments).exit, Exit::Done);
        }
    }
}
