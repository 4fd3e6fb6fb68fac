//! `servanda add`: questions on a terminal.

use servanda_cli::Exit;

#[cfg(unix)]
use crate::pty::Screen;
use crate::test_dir::TestDir;

#[test]
fn without_a_terminal_nobody_is_asked() {
    let dir = TestDir::new();
    dir.run_as_desk("init @l.jsonl");
    let outcome = dir.run_as_desk("add @l.jsonl");
    assert_eq!((outcome.exit, outcome.out.as_str()), (Exit::Usage, ""));
    assert!(outcome.err.contains("use `servanda register` or `servanda advance`"), "{}", outcome.err);
}

#[cfg(unix)]
#[test]
fn a_commitment_and_a_step_are_recorded_from_answers() {
    let dir = TestDir::new();
    dir.run_as_desk("init @l.jsonl");
    let register = Screen::of(&dir, 100, 60)
        .with("NO_COLOR", "1")
        .typing("What is it about?", "A road to the coast\r")
        .typing("Who promised it?", "arden\r")
        .typing("Who promised it?", "\r")
        .typing("To whom?", "\r")
        .typing("Its id?", "arden/road\r")
        .typing("When was it promised?", "2019-01-01\r")
        .typing("Which procedure does it follow?", "action\r")
        .typing("What does it oblige them to?", "result\r")
        .typing("Their exact words?", "will build it\r")
        .typing("Where were they published?", "Gazette of Arden\r")
        .typing("Until when?", "2031\r")
        .typing("A topic?", "\r")
        .typing("Record this?", "y\r");
    let shown = register.run("add l.jsonl --by desk");
    assert_eq!(shown.code, Some(0), "{}", shown.written);
    assert!(shown.written.contains("servanda register l.jsonl arden/road"), "{}", shown.written);
    let status = dir.run(200, "status @l.jsonl --on 2019-06-01 --format tsv").out;
    assert!(status.contains("arden/road\tA road to the coast\tplanned\t2019-01-01"), "{status}");

    let step = |last: &'static str| {
        Screen::of(&dir, 100, 60)
            .with("NO_COLOR", "1")
            .typing("What happened?", "under\r")
            .typing("When?", "2019-03-05\r")
            .typing("Which source reports it?", "https://example.org/begun\r")
            .typing("The title of that page?", "\r")
            .typing("Which source reports it?", "\r")
            .typing("A note?", "\r")
            .typing("Record this?", last)
            .run("add l.jsonl arden/road --by desk")
    };
    let lines = dir.lines("l.jsonl");
    let no = step("n\r");
    assert_eq!((no.code, dir.lines("l.jsonl")), (Some(1), lines), "{}", no.written);
    let yes = step("\r");
    assert_eq!((yes.code, dir.lines("l.jsonl")), (Some(0), lines + 1), "{}", yes.written);
    // The options of a record are those of the command that is shown.
    let programs = Screen::of(&dir, 200, 60)
        .with("NO_COLOR", "1")
        .typing("What happened?", "done\r")
        .typing("When?", "2019-06-05\r")
        .typing("Which source reports it?", "https://example.org/done\r")
        .typing("The title of that page?", "\r")
        .typing("Which source reports it?", "\r")
        .typing("A note?", "\r")
        .run("add l.jsonl arden/road --by desk --format json --allow-new-parties --allow-shared-identifiers --dry-run");
    assert_eq!((programs.code, dir.lines("l.jsonl")), (Some(0), lines + 1), "{}", programs.written);
    let shown = "--format=json --allow-new-parties --allow-shared-identifiers\r\n\r\n{\"";
    assert!(programs.written.contains(shown), "{}", programs.written);
    // Escape ends the command.
    let left = Screen::of(&dir, 100, 60).typing("What is it about?", "\x1b").run("add l.jsonl --by desk");
    assert_eq!((left.code, dir.lines("l.jsonl")), (Some(130), lines + 1), "{}", left.written);
}
