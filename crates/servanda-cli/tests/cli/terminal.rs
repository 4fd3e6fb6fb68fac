//! What a real terminal shows: narrow and wide, with and without a pager, with titles in Japanese and marks that combine.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use insta::assert_snapshot;
use servanda::{Advance, Commitment, Obligation, Remark, Source, Words, builtin};

use crate::pty::{Screen, Shown};
use crate::test_dir::{TestDir, day, made};

/// The promises, and one more in letters that take two columns or none, with addresses that fit no line.
fn promises() -> TestDir {
    let dir = TestDir::promises("p.jsonl");
    let long =
        "https://www.shugiin.go.jp/internet/itdb_gian.nsf/html/gian/keika/1DB429A.htm?a-long-address=that-fits-no-line";
    let source = Source::new("衆議院議案審議経過情報：国際的な子の奪取の民事上の側面に関する条約", long).unwrap();
    let words = Words::new("条約の締結について、国会の承認を求める。", source.clone()).unwrap();
    let title = "国際的な子の奪取の民事上の側面に関する条約の締結について承認を求めるの件";
    let treaty = Commitment::new("jp/ko-no-dasshu", title, builtin::action()).unwrap();
    let tracker = servanda::Tracker::open(dir.path("p.jsonl"), "desk").unwrap();
    let tracker = tracker.with_time(servanda::FixedTime("2020-01-01T00:00:00.000000Z".parse().unwrap()));
    tracker.register(treaty.given("jp", made(), Obligation::Result, words).unwrap()).unwrap();
    let begun = Advance::new("jp/ko-no-dasshu", "under-way").on(day("2013-03-15")).citing(source.clone());
    tracker.append(begun.noting("Le traite\u{301} est soumis a\u{300} la Die\u{300}te; か\u{3099}んばろう。")).unwrap();
    let remark = Remark::new("jp/ko-no-dasshu", "外務委員会に付託された。").on(day("2013-04-04"));
    tracker.append(remark.citing(source)).unwrap();
    dir
}

const QUESTIONS: [(&str, &str); 9] = [
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

/// More rows than any of the answers has, so that nothing is scrolled off and no pager is asked.
const ALL: u16 = 200;

#[test]
fn narrow_and_wide() {
    let dir = promises();
    for columns in [40, 120] {
        for (name, question) in QUESTIONS {
            let shown = Screen::of(&dir, columns, ALL).with("NO_COLOR", "1").run(question);
            assert_snapshot!(format!("{name}_{columns}"), shown.transcript());
        }
    }
}

#[test]
fn no_row_ends_in_spaces_and_words_stay_whole() {
    let dir = promises();
    for columns in [30, 40, 80, 120, 160] {
        for (_, question) in QUESTIONS {
            let Shown { written, rows, .. } = Screen::of(&dir, columns, ALL).with("NO_COLOR", "1").run(question);
            let lines: Vec<&str> = written.split("\r\n").collect();
            for line in &lines {
                assert_eq!(*line, line.trim_end(), "{question} in {columns}");
                // Only an address may go on in the next row.
                let wide = unicode_width::UnicodeWidthStr::width(*line) > usize::from(columns);
                assert!(!wide || line.contains("http"), "{question} in {columns}: {line}");
            }
            assert!(rows.len() >= lines.len() - 1, "{question} in {columns}");
        }
    }
}

#[test]
fn colours_are_for_terminals_that_have_them() {
    let dir = promises();
    let question = "status p.jsonl --on 2013-05-01";
    let written = |screen: Screen<'_>| screen.run(question).written;
    assert!(written(Screen::of(&dir, 80, ALL)).contains("\x1b["));
    let plain = written(Screen::of(&dir, 80, ALL).with("NO_COLOR", "1"));
    assert!(!plain.contains('\x1b'));
    assert_eq!(written(Screen::of(&dir, 80, ALL).with("TERM", "dumb")), plain);
    // The colours change nothing about where everything stands.
    let rows = |screen: Screen<'_>| screen.run(question).rows;
    assert_eq!(rows(Screen::of(&dir, 80, ALL)), rows(Screen::of(&dir, 80, ALL).with("NO_COLOR", "1")));
    // What goes into a file has none, and no bar either.
    let into_a_file = Screen::of(&dir, 80, ALL).run("status p.jsonl --on 2013-02-30 --format json");
    assert!(!into_a_file.written.contains('\x1b'));
}

const LONG: &str = "history p.jsonl jp/hague-convention --on 2014-02-01";

/// On a screen that is too small for the answer.
fn small(dir: &TestDir) -> Screen<'_> {
    Screen::of(dir, 80, 10).with("NO_COLOR", "1")
}

#[test]
fn what_is_longer_than_the_screen_goes_through_the_pager() {
    let dir = promises();
    let whole = Screen::of(&dir, 80, ALL).with("NO_COLOR", "1").run(LONG).written;
    let paged = |screen: Screen<'_>, question: &str| screen.run(question).written;
    let numbered: String = whole.lines().map(|line| format!("> {line}\r\n")).collect();
    let pager = "sed 's/^/> /'";
    assert_eq!(paged(small(&dir).with("SERVANDA_PAGER", pager), LONG), numbered);
    assert_eq!(paged(small(&dir).with("PAGER", pager), LONG), numbered);
    let both = small(&dir).with("PAGER", "false").with("SERVANDA_PAGER", pager);
    assert_eq!(paged(both, LONG), numbered);
    // Without one, without need, and for programs it is written as it is.
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
fn a_pager_is_asked_only_if_the_prompt_would_push_something_off_the_screen() {
    let dir = promises();
    let question = "next p.jsonl us/senkaku --on 2013-05-01";
    let rows = u16::try_from(Screen::of(&dir, 80, ALL).run(question).rows.len()).unwrap();
    let is_paged = |rows| Screen::of(&dir, 80, rows).with("PAGER", "sed 's/^/> /'").run(question).written.contains('>');
    assert_eq!([is_paged(rows - 1), is_paged(rows), is_paged(rows + 1)], [true, true, false]);
}

#[test]
fn less_is_the_pager_where_there_is_one() {
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
fn a_pager_that_leaves_early_is_no_error_and_one_that_is_not_there_is_none() {
    let dir = promises();
    let left = small(&dir).with("PAGER", "true").run(LONG);
    assert_eq!((left.code, left.written.as_str()), (Some(0), ""));
    let left = small(&dir).with("PAGER", "sed 1q").run(LONG);
    assert_eq!((left.code, left.written.as_str()), (Some(0), "jp/hague-convention\r\n"));
    // The shell says so, and the answer comes all the same.
    let missing = small(&dir).with("PAGER", "no-such-pager").run(LONG);
    assert!(missing.written.contains("no-such-pager") && missing.written.contains("\r\njp/hague-convention\r\n"));
    assert_eq!(missing.code, Some(0));
}

#[test]
fn the_exit_code_is_that_of_the_answer_whatever_the_pager_says() {
    let dir = promises();
    let refused = Screen::of(&dir, 80, 3).with("PAGER", "cat; exit 3");
    let shown = refused.run("next p.jsonl jp/hague-convention --on 2013-05-01 --to in-force");
    assert_eq!(shown.code, Some(1), "{}", shown.written);
}

#[test]
fn ctrl_c_is_for_the_pager_while_there_is_one() {
    let dir = promises();
    // What the terminal sends to all when it is pressed, this one sends to whoever waits for it.
    let shown = small(&dir).with("PAGER", "kill -INT $PPID; sed -n 1p").run(LONG);
    assert_eq!((shown.code, shown.written.as_str()), (Some(0), "jp/hague-convention\r\n"));
}
