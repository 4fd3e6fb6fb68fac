//! The output on a real terminal: widths, colours, the pager, Japanese and combining characters.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use insta::assert_snapshot;
use servanda::{Advance, Commitment, Obligation, Remark, Source, builtin, facts::Words};

use crate::pty::{Screen, Shown};
use crate::test_dir::{TestDir, day, made};

/// Returns the usual ledger and one more commitment, with wide and combining characters and with
/// URLs that do not fit on a line.
fn promises() -> TestDir {
    let dir = TestDir::promises("p.jsonl");
    let long =
        "https://www.shugiin.go.jp/internet/itdb_gian.nsf/html/gian/keika/1DB429A.htm?a-long-address=that-fits-no-line";
    let source = Source::new("衆議院議案審議経過情報：国際的な子の奪取の民事上の側面に関する条約", long).unwrap();
    let words = Words::new("条約の締結について、国会の承認を求める。", source.clone()).unwrap();
    let title = "国際的な子の奪取の民事上の側面に関する条約の締結について承認を求めるの件";
    let treaty = Commitment::builder("jp/ko-no-dasshu", title).procedure(builtin::action()).by("jp").made(made());
    let tracker = servanda::Tracker::open(dir.path("p.jsonl"), "desk").unwrap();
    let tracker = tracker.with_time(servanda::FixedTime("2020-01-01T00:00:00.000000Z".parse().unwrap()));
    tracker.append(treaty.obligation(Obligation::Result).words(words.text, words.source)).unwrap();
    let begun = Advance::builder("jp/ko-no-dasshu", "under-way").on(day("2013-03-15")).citing(source.clone());
    tracker.append(begun.noting("Le traite\u{301} est soumis a\u{300} la Die\u{300}te; か\u{3099}んばろう。")).unwrap();
    let remark = Remark::builder("jp/ko-no-dasshu", "外務委員会に付託された。").on(day("2013-04-04"));
    tracker.append(remark.citing(source)).unwrap();
    dir
}

const QUERIES: [(&str, &str); 9] = [
    ("status", "status p.jsonl --on 2013-05-01"),
    ("history", "history p.jsonl jp/ko-no-dasshu --on 2013-05-01"),
    ("next", "next p.jsonl jp/hague-convention --on 2013-05-01"),
    ("agenda", "agenda p.jsonl --on 2013-05-01 --to 2013-07-01"),
    ("changes", "changes p.jsonl --since 2013-02-20 --on 2013-04-30"),
    ("parts", "parts p.jsonl us/senkaku --on 2013-05-01"),
    ("stale", "stale p.jsonl --on 2013-12-31"),
    ("refused", "advance p.jsonl us/abe-visit doen --on 2013-02-23 --by desk"),
    ("help", "--help"),
];

/// More rows than any answer has, so that nothing scrolls off and no pager is used.
const ALL: u16 = 200;

#[test]
fn narrow_and_wide_terminals() {
    let dir = promises();
    for columns in [40, 120] {
        for (name, query) in QUERIES {
            let shown = Screen::of(&dir, columns, ALL).with("NO_COLOR", "1").run(query);
            assert_snapshot!(format!("{name}_{columns}"), shown.transcript());
        }
    }
}

#[test]
fn lines_have_no_trailing_spaces_and_fit() {
    let dir = promises();
    for columns in [40, 80, 120, 160] {
        for (_, query) in QUERIES {
            let Shown { written, rows, .. } = Screen::of(&dir, columns, ALL).with("NO_COLOR", "1").run(query);
            let lines: Vec<&str> = written.split("\r\n").collect();
            for line in &lines {
                assert_eq!(*line, line.trim_end(), "{query} in {columns}");
                // Only a URL may be wider than the terminal.
                let wide = unicode_width::UnicodeWidthStr::width(*line) > usize::from(columns);
                assert!(!wide || line.contains("http"), "{query} in {columns}: {line}");
            }
            assert!(rows.len() >= lines.len() - 1, "{query} in {columns}");
        }
    }
}

#[test]
fn colours_need_a_capable_terminal() {
    let dir = promises();
    let query = "status p.jsonl --on 2013-05-01";
    let written = |screen: Screen<'_>| screen.run(query).written;
    assert!(written(Screen::of(&dir, 80, ALL)).contains("\x1b["));
    let plain = written(Screen::of(&dir, 80, ALL).with("NO_COLOR", "1"));
    assert!(!plain.contains('\x1b'));
    assert_eq!(written(Screen::of(&dir, 80, ALL).with("TERM", "dumb")), plain);
    // Colours do not change the layout.
    let rows = |screen: Screen<'_>| screen.run(query).rows;
    assert_eq!(rows(Screen::of(&dir, 80, ALL)), rows(Screen::of(&dir, 80, ALL).with("NO_COLOR", "1")));
    // Error messages in JSON have no colours.
    let json = Screen::of(&dir, 80, ALL).run("status p.jsonl --on 2013-02-30 --format json");
    assert!(!json.written.contains('\x1b'));
}

const LONG: &str = "history p.jsonl jp/hague-convention --on 2014-02-01";

/// Returns a screen that is too small for the answer.
fn small(dir: &TestDir) -> Screen<'_> {
    Screen::of(dir, 80, 10).with("NO_COLOR", "1")
}

#[test]
fn long_answers_go_through_the_pager() {
    let dir = promises();
    let whole = Screen::of(&dir, 80, ALL).with("NO_COLOR", "1").run(LONG).written;
    let paged = |screen: Screen<'_>, query: &str| screen.run(query).written;
    let numbered: String = whole.lines().map(|line| format!("> {line}\r\n")).collect();
    let pager = "sed 's/^/> /'";
    assert_eq!(paged(small(&dir).with("SERVANDA_PAGER", pager), LONG), numbered);
    assert_eq!(paged(small(&dir).with("PAGER", pager), LONG), numbered);
    let both = small(&dir).with("PAGER", "false").with("SERVANDA_PAGER", pager);
    assert_eq!(paged(both, LONG), numbered);
    // Without a pager, with enough rows, and for JSON, the output is written directly.
    for none in ["", "cat", " "] {
        assert_eq!(paged(small(&dir).with("SERVANDA_PAGER", none).with("PAGER", pager), LONG), whole);
    }
    assert_eq!(paged(small(&dir).with("PAGER", pager), &format!("{LONG} --no-pager")), whole);
    assert_eq!(paged(small(&dir).with("PAGER", pager).with("TERM", "dumb"), LONG), whole);
    assert_eq!(paged(Screen::of(&dir, 80, ALL).with("PAGER", pager).with("NO_COLOR", "1"), LONG), whole);
    assert!(paged(small(&dir).with("PAGER", pager), &format!("{LONG} --format json")).starts_with('{'));
    assert!(!paged(small(&dir).with("PAGER", pager), "status p.jsonl us/senkaku --on 2013-05-01").contains('>'));
}

#[test]
fn the_pager_is_used_if_the_answer_and_a_prompt_do_not_fit() {
    let dir = promises();
    let query = "next p.jsonl us/senkaku --on 2013-05-01";
    let rows = u16::try_from(Screen::of(&dir, 80, ALL).run(query).rows.len()).unwrap();
    let is_paged = |rows| Screen::of(&dir, 80, rows).with("PAGER", "sed 's/^/> /'").run(query).written.contains('>');
    assert_eq!([is_paged(rows - 1), is_paged(rows), is_paged(rows + 1)], [true, true, false]);
}

#[test]
fn less_is_the_default_pager() {
    let dir = promises();
    let folder = dir.path("bin");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("less"), "#!/bin/sh\nexec sed \"s/^/$* $LESS> /\"\n").unwrap();
    fs::set_permissions(folder.join("less"), fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
    let shown = small(&dir).with("PATH", path).run(LONG);
    assert!(shown.written.starts_with("-FRX FRX> jp/hague-convention\r\n"), "{}", shown.written);
    let mine = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
    let shown = small(&dir).with("PATH", mine).with("PAGER", "less").with("LESS", "R").run(LONG);
    assert!(shown.written.starts_with(" R> jp/hague-convention\r\n"), "{}", shown.written);
}

#[test]
fn the_pager_may_quit_early_or_be_missing() {
    let dir = promises();
    let left = small(&dir).with("PAGER", "true").run(LONG);
    assert_eq!((left.code, left.written.as_str()), (Some(0), ""));
    let left = small(&dir).with("PAGER", "sed 1q").run(LONG);
    assert_eq!((left.code, left.written.as_str()), (Some(0), "jp/hague-convention\r\n"));
    // The shell prints an error, and then the command prints the answer.
    let missing = small(&dir).with("PAGER", "no-such-pager").run(LONG);
    assert!(missing.written.contains("no-such-pager") && missing.written.contains("\r\njp/hague-convention\r\n"));
    assert_eq!(missing.code, Some(0));
}

#[test]
fn the_exit_code_does_not_depend_on_the_pager() {
    let dir = promises();
    let refused = Screen::of(&dir, 80, 3).with("PAGER", "cat; exit 3");
    let shown = refused.run("next p.jsonl jp/hague-convention --on 2013-05-01 --to in-force");
    assert_eq!(shown.code, Some(1), "{}", shown.written);
}

#[test]
fn ctrl_c_goes_to_the_pager() {
    let dir = promises();
    // A terminal would send SIGINT to both processes. Here the pager sends it to the command.
    let shown = small(&dir).with("PAGER", "kill -INT $PPID; sed -n 1p").run(LONG);
    assert_eq!((shown.code, shown.written.as_str()), (Some(0), "jp/hague-convention\r\n"));
}
