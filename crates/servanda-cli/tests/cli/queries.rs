//! `servanda agenda`, `changes`, `parts` and `stale`.

use insta::assert_snapshot;
use servanda::{Commitment, Day, Filter, Obligation, Source, Tracker, answers::Span, builtin, format};
use servanda_cli::Exit;

use crate::test_dir::{Outcome, TestDir, day, made, moment, moved_deadlines, two_ledgers};

const ALLIANCE: &str = "../../examples/alliance.jsonl";

fn promises() -> TestDir {
    TestDir::promises("p.jsonl")
}

/// Runs a query on the alliance example.
fn alliance(width: usize, command: &str, arguments: &str) -> String {
    TestDir::new().run(width, &format!("{command} {ALLIANCE} {arguments}")).transcript()
}

/// Returns a ledger in which us/abductees has parts: one with a part of its own, and one that is
/// made later.
fn with_parts() -> TestDir {
    let dir = promises();
    let tracker = Tracker::open(dir.path("p.jsonl"), "desk").unwrap();
    let source = Source::new("Remarks", "https://example.org/remarks").unwrap();
    let part = |id: &str, title: &str, whole: &str, on: Day| -> Commitment {
        let part = Commitment::builder(id, title).procedure(builtin::action()).by("us").made(on);
        part.obligation(Obligation::Conduct).words("will support", &source).part_of(whole).build().unwrap()
    };
    tracker.register(part("us/abductees/talks", "Talks in Stockholm", "us/abductees", made())).unwrap();
    tracker.register(part("us/abductees/talks/report", "A report on the talks", "us/abductees/talks", made())).unwrap();
    tracker.register(part("us/abductees/fund", "A fund for the families", "us/abductees", day("2014-01-01"))).unwrap();
    tracker.append(servanda::Remark::builder("us/abductees/fund", "Proposed").on(day("2013-12-01"))).unwrap();
    dir
}

/// A query for each command, with a long answer.
const QUERIES: [&str; 4] = [
    "agenda @p.jsonl --on 2013-05-01 --to 2013-07-01",
    "changes @p.jsonl --since 2013-02-20 --on 2014-05-01",
    "parts @p.jsonl us/abductees --on 2013-06-01",
    "stale @p.jsonl --on 2013-12-31 --days 180",
];

#[test]
fn agenda() {
    let run =
        |width: usize, arguments: &str| promises().run(width, &format!("agenda @p.jsonl {arguments}")).transcript();
    assert_snapshot!("agenda_wide", run(140, "--on 2013-05-01 --to 2013-07-01"));
    assert_snapshot!("agenda", run(80, "--on 2013-05-01 --to 2013-07-01"));
    assert_snapshot!("agenda_narrow", run(40, "--on 2013-05-01 --to 2013-07-01"));
    assert_snapshot!("agenda_deadlines", run(100, "--on 2013-02-01"));
    assert_snapshot!("agenda_filtered", run(100, "--on 2013-02-01 --party jp --timeliness overdue"));
}

#[test]
fn agenda_beyond_the_end_of_a_calendar() {
    let dir = promises();
    let tracker = Tracker::open(dir.path("p.jsonl"), "desk").unwrap();
    let again = servanda::Advance::builder("jp/hague-convention", "submitted").on(day("2015-01-01"));
    tracker.append(again).unwrap();
    assert_snapshot!("agenda_unknown", dir.run(80, "agenda @p.jsonl --on 2015-01-01").transcript());
    let rows = dir.run(80, "agenda @p.jsonl --on 2015-01-01 --format tsv");
    assert_snapshot!("agenda_unknown_tsv", rows.transcript());
    let next = dir.run(80, "next @p.jsonl jp/hague-convention --on 2015-01-01 --format tsv");
    assert_snapshot!("next_unknown_tsv", next.transcript());
}

#[test]
fn an_agenda_cannot_end_before_it_starts() {
    let outcome = promises().run(80, "agenda @p.jsonl --from 2013-05-01 --to 2013-04-30");
    assert_eq!(outcome.exit, Exit::Usage);
    assert_snapshot!("agenda_backwards", outcome.transcript());
}

#[test]
fn changes() {
    let run =
        |width: usize, arguments: &str| promises().run(width, &format!("changes @p.jsonl {arguments}")).transcript();
    assert_snapshot!("changes", run(100, "--since 2013-02-20 --on 2014-05-01"));
    assert_snapshot!("changes_narrow", run(40, "--since 2013-05-20 --on 2013-05-22"));
    assert_snapshot!("changes_none", run(100, "--since 2013-03-20 --on 2013-05-01"));
    assert_snapshot!("changes_known", run(100, "--on 2013-03-20 --since-known-at 2013-02-23 --known-at 2013-03-16"));
    assert_snapshot!("changes_presumed", run(100, "--since 2013-06-25 --on 2013-06-26 --known-at 2013-05-01"));
    assert_snapshot!("changes_registered", run(100, "--on 2013-01-20 --since-known-at 2013-01-19T09:00:00Z"));
    assert_snapshot!("changes_filtered", run(100, "--since 2013-02-20 --on 2014-05-01 --verdict kept --party jp"));
}

#[test]
fn changes_of_deadlines_and_by_a_merge() {
    let moved = moved_deadlines().run(100, "changes @moved.jsonl --since 2013-01-20 --on 2013-06-01");
    assert_snapshot!("changes_deadlines", moved.transcript());
    let dir = two_ledgers();
    let merged = dir.run(100, "merge @phone.jsonl @laptop.jsonl -o @both.jsonl");
    assert_eq!(merged.exit, Exit::Done, "{}", merged.err);
    let outcome = dir.run(80, "changes @both.jsonl --on 2013-03-01 --since-known-at 2013-02-24");
    assert_snapshot!("changes_conflict", outcome.transcript());
}

#[test]
fn changes_need_an_earlier_view() {
    let outcome = promises().run(80, "changes @p.jsonl --on 2013-05-01");
    assert_eq!(outcome.exit, Exit::Usage);
    assert_snapshot!("changes_since_nothing", outcome.transcript());
}

#[test]
fn parts() {
    let run =
        |width: usize, arguments: &str| with_parts().run(width, &format!("parts @p.jsonl {arguments}")).transcript();
    assert_snapshot!("parts", run(100, "us/abductees --on 2013-06-01"));
    assert_snapshot!("parts_narrow", run(40, "us/abductees --on 2013-06-01"));
    assert_snapshot!("parts_none", run(100, "us/senkaku --on 2013-06-01"));
    assert_snapshot!("parts_of_nothing", run(100, "us/senkakus --on 2013-06-01"));
}

#[test]
fn stale() {
    let run =
        |width: usize, arguments: &str| with_parts().run(width, &format!("stale @p.jsonl {arguments}")).transcript();
    assert_snapshot!("stale", run(120, "--on 2013-12-31 --days 180"));
    assert_snapshot!("stale_narrow", run(40, "--on 2013-12-31 --days 180"));
    assert_snapshot!("stale_presumed", run(100, "--on 2013-12-31 --known-at 2013-05-01"));
    assert_snapshot!("stale_none", run(100, "--on 2013-12-31 --days 1000 --party jp"));
}

#[test]
fn lines_fit_every_width() {
    let dir = with_parts();
    for query in QUERIES {
        for width in 40..160 {
            for line in dir.run(width, query).out.lines() {
                let columns = unicode_width::UnicodeWidthStr::width(line);
                assert!(columns <= width, "{query}: {columns} columns in {width}: {line}");
                assert_eq!(line, line.trim_end(), "{query}");
            }
        }
    }
}

#[test]
fn json_comes_from_the_library() {
    let dir = with_parts();
    let view = Tracker::open(dir.path("p.jsonl"), "reader").unwrap().view();
    let all = Filter::default();
    macro_rules! written {
        ($answer:expr) => {{
            let mut bytes = Vec::new();
            format::write_json(&$answer.unwrap(), &mut bytes).unwrap();
            String::from_utf8(bytes).unwrap()
        }};
    }
    let on = |text: &str| view.clone().on(text).unwrap();
    let span = Span { first: day("2013-05-01"), last: day("2013-07-01") };
    let expected = [
        written!(on("2013-05-01").agenda(span, &all)),
        written!(on("2014-05-01").changes_since(&on("2013-02-20"), &all)),
        written!(on("2013-06-01").parts("us/abductees", &all)),
        written!(on("2013-12-31").stale(180, &all)),
    ];
    for (query, expected) in QUERIES.into_iter().zip(expected) {
        let Outcome { exit, out, .. } = dir.run(40, &format!("{query} --format json"));
        assert_eq!((exit, out), (Exit::Done, expected), "{query}");
    }
    // Both views may have a moment.
    let known = |text: &str| on("2013-05-01").known_at(moment(text)).unwrap();
    let (then, now) = (known("2013-02-01T23:59:59.999999Z"), known("2013-04-01T23:59:59.999999Z"));
    let arguments = "--on 2013-05-01 --known-at 2013-04-01 --since-known-at 2013-02-01 --format json";
    let outcome = dir.run(40, &format!("changes @p.jsonl {arguments}"));
    assert_eq!(outcome.out, written!(now.changes_since(&then, &all)));
}

#[test]
fn help() {
    for command in ["agenda", "changes", "parts", "stale"] {
        assert_snapshot!(format!("help_{command}"), TestDir::new().run(100, &format!("{command} --help")).transcript());
    }
}

#[test]
fn the_alliance_example() {
    assert_snapshot!("alliance_agenda", alliance(100, "agenda", "--on 2013-05-01 --to 2013-07-01"));
    assert_snapshot!("alliance_changes", alliance(100, "changes", "--since 2013-03-01 --on 2013-06-01 --party jp"));
    let known = "--on 2013-06-01 --since-known-at 2013-05-15 --known-at 2013-05-31";
    assert_snapshot!("alliance_changes_known", alliance(100, "changes", known));
    assert_snapshot!("alliance_parts", alliance(100, "parts", "us/base-realignment --on 2018-09-15"));
    assert_snapshot!("alliance_stale", alliance(100, "stale", "--on 2016-01-01 --days 365"));
}

#[test]
fn a_filter_value_that_no_commitment_has_is_noted() {
    let dir = TestDir::promises("p.jsonl");
    let asked = |what: &str| {
        let outcome = dir.run(100, &format!("{what} --on 2013-06-01"));
        assert_eq!(outcome.exit, Exit::Done);
        outcome.err
    };
    let note = |text: &str| format!("note: no commitment on this ledger {text}\n");
    assert_eq!(asked("status @p.jsonl --party jq"), note("is by or to jq (did you mean jp?)"));
    assert_eq!(asked("status @p.jsonl --procedure acton"), note("follows the procedure acton (did you mean action?)"));
    let both = [note("has the topic nothing-like-it"), note("is part of jp/hague")].concat();
    assert_eq!(asked("status @p.jsonl --topic nothing-like-it --part-of jp/hague --party jp"), both);
    for command in
        ["agenda @p.jsonl", "stale @p.jsonl", "changes @p.jsonl --since 2013-03-01", "parts @p.jsonl us/abe-visit"]
    {
        assert_eq!(asked(&format!("{command} --party jq")), note("is by or to jq (did you mean jp?)"), "{command}");
        assert_eq!(asked(&format!("{command} --party jq --format json")), note("is by or to jq (did you mean jp?)"));
    }
    // There is no note if each value occurs, even if no commitment has all of them.
    for fits in ["--party jp", "--party jp --phase failed", "--procedure position --party jp"] {
        assert_eq!(asked(&format!("status @p.jsonl {fits}")), "");
    }
    let before = dir.run(100, "status @p.jsonl --party jp --on 2013-06-01 --known-at 2013-01-01");
    assert_eq!((before.exit, before.err), (Exit::Done, note("is by or to jp")));
}
