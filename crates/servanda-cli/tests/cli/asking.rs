//! `servanda agenda`, `changes`, `parts` and `stale`.

use insta::assert_snapshot;
use servanda::{Commitment, Day, Filter, Obligation, Source, Span, Tracker, Words, builtin, format};
use servanda_cli::Exit;

use crate::desk::{Desk, Said, day, made, moment, moved_deadlines, two_ledgers};

const ALLIANCE: &str = "../../examples/alliance.jsonl";

fn promises() -> Desk {
    Desk::promises("p.jsonl")
}

/// Asks the worked example.
fn alliance(width: usize, command: &str, arguments: &str) -> String {
    Desk::new().ask(width, &format!("{command} {ALLIANCE} {arguments}")).all()
}

/// A whole with a part that has a part, one that is given later, and one with a past that is dropped by presumption.
fn pieces() -> Desk {
    let desk = promises();
    let tracker = Tracker::open(desk.path("p.jsonl"), "desk").unwrap();
    let source = Source::new("Remarks", "https://example.org/remarks").unwrap();
    let part = |id: &str, title: &str, whole: &str, on: Day| -> Commitment {
        let part = Commitment::new(id, title, builtin::action()).unwrap();
        let words = Words::new("will support", source.clone()).unwrap();
        part.given("us", on, Obligation::Conduct, words).unwrap().part_of(whole).unwrap()
    };
    tracker.register(part("us/abductees/talks", "Talks in Stockholm", "us/abductees", made())).unwrap();
    tracker.register(part("us/abductees/talks/report", "A report on the talks", "us/abductees/talks", made())).unwrap();
    tracker.register(part("us/abductees/fund", "A fund for the families", "us/abductees", day("2014-01-01"))).unwrap();
    tracker.append(servanda::Remark::new("us/abductees/fund", "Proposed").on(day("2013-12-01"))).unwrap();
    desk
}

/// Every command with arguments that make it say much.
const QUESTIONS: [&str; 4] = [
    "agenda @p.jsonl --on 2013-05-01 --to 2013-07-01",
    "changes @p.jsonl --since 2013-02-20 --on 2014-05-01",
    "parts @p.jsonl us/abductees --on 2013-06-01",
    "stale @p.jsonl --on 2013-12-31 --days 180",
];

#[test]
fn what_lies_ahead() {
    let ask = |width: usize, arguments: &str| promises().ask(width, &format!("agenda @p.jsonl {arguments}")).all();
    assert_snapshot!("agenda_wide", ask(140, "--on 2013-05-01 --to 2013-07-01"));
    assert_snapshot!("agenda", ask(80, "--on 2013-05-01 --to 2013-07-01"));
    assert_snapshot!("agenda_narrow", ask(40, "--on 2013-05-01 --to 2013-07-01"));
    assert_snapshot!("agenda_deadlines", ask(100, "--on 2013-02-01"));
    assert_snapshot!("agenda_filtered", ask(100, "--on 2013-02-01 --party jp --verdict overdue"));
}

#[test]
fn what_lies_ahead_where_the_calendar_does_not_say() {
    let desk = promises();
    let tracker = Tracker::open(desk.path("p.jsonl"), "desk").unwrap();
    let again = servanda::Advance::new("jp/hague-convention", "submitted").on(day("2015-01-01"));
    tracker.append(again).unwrap();
    assert_snapshot!("agenda_unknown", desk.ask(80, "agenda @p.jsonl --on 2015-01-01").all());
}

#[test]
fn an_agenda_that_ends_before_it_begins_makes_no_sense() {
    let said = promises().ask(80, "agenda @p.jsonl --from 2013-05-01 --to 2013-04-30");
    assert_eq!(said.exit, Exit::Usage);
    assert_snapshot!("agenda_backwards", said.all());
}

#[test]
fn what_has_changed() {
    let ask = |width: usize, arguments: &str| promises().ask(width, &format!("changes @p.jsonl {arguments}")).all();
    assert_snapshot!("changes", ask(100, "--since 2013-02-20 --on 2014-05-01"));
    assert_snapshot!("changes_narrow", ask(40, "--since 2013-05-20 --on 2013-05-22"));
    assert_snapshot!("changes_none", ask(100, "--since 2013-03-20 --on 2013-05-01"));
    assert_snapshot!("changes_known", ask(100, "--on 2013-03-20 --since-known-at 2013-02-23 --known-at 2013-03-16"));
    assert_snapshot!("changes_presumed", ask(100, "--since 2013-06-25 --on 2013-06-26 --known-at 2013-05-01"));
    assert_snapshot!("changes_registered", ask(100, "--on 2013-01-20 --since-known-at 2013-01-19T09:00:00Z"));
    assert_snapshot!("changes_filtered", ask(100, "--since 2013-02-20 --on 2014-05-01 --verdict kept --party jp"));
}

#[test]
fn what_has_changed_about_deadlines_and_by_a_merge() {
    let moved = moved_deadlines().ask(100, "changes @moved.jsonl --since 2013-01-20 --on 2013-06-01");
    assert_snapshot!("changes_deadlines", moved.all());
    let desk = two_ledgers();
    let merged = desk.ask(100, "merge @phone.jsonl @laptop.jsonl -o @both.jsonl");
    assert_eq!(merged.exit, Exit::Done, "{}", merged.err);
    let said = desk.ask(80, "changes @both.jsonl --on 2013-03-01 --since-known-at 2013-02-24");
    assert_snapshot!("changes_conflict", said.all());
}

#[test]
fn changes_need_something_to_compare_with() {
    let said = promises().ask(80, "changes @p.jsonl --on 2013-05-01");
    assert_eq!(said.exit, Exit::Usage);
    assert_snapshot!("changes_since_nothing", said.all());
}

#[test]
fn how_parts_stand() {
    let ask = |width: usize, arguments: &str| pieces().ask(width, &format!("parts @p.jsonl {arguments}")).all();
    assert_snapshot!("parts", ask(100, "us/abductees --on 2013-06-01"));
    assert_snapshot!("parts_narrow", ask(30, "us/abductees --on 2013-06-01"));
    assert_snapshot!("parts_none", ask(100, "us/senkaku --on 2013-06-01"));
    assert_snapshot!("parts_of_nothing", ask(100, "us/senkakus --on 2013-06-01"));
}

#[test]
fn what_has_gone_quiet() {
    let ask = |width: usize, arguments: &str| pieces().ask(width, &format!("stale @p.jsonl {arguments}")).all();
    assert_snapshot!("stale", ask(120, "--on 2013-12-31 --days 180"));
    assert_snapshot!("stale_narrow", ask(40, "--on 2013-12-31 --days 180"));
    assert_snapshot!("stale_presumed", ask(100, "--on 2013-12-31 --known-at 2013-05-01"));
    assert_snapshot!("stale_none", ask(100, "--on 2013-12-31 --days 1000 --party jp"));
}

#[test]
fn lines_fit_at_every_width() {
    let desk = pieces();
    for question in QUESTIONS {
        for width in 20..160 {
            for line in desk.ask(width, question).out.lines() {
                let columns = unicode_width::UnicodeWidthStr::width(line);
                assert!(columns <= width, "{question}: {columns} columns in {width}: {line}");
                assert_eq!(line, line.trim_end(), "{question}");
            }
        }
    }
}

#[test]
fn json_is_the_core_s_own() {
    let desk = pieces();
    let view = Tracker::open(desk.path("p.jsonl"), "reader").unwrap().view();
    let all = Filter::default();
    macro_rules! written {
        ($answer:expr) => {{
            let mut bytes = Vec::new();
            format::write_json(&$answer.unwrap(), &mut bytes).unwrap();
            String::from_utf8(bytes).unwrap()
        }};
    }
    let on = |text: &str| view.clone().on(day(text));
    let span = Span { first: day("2013-05-01"), last: day("2013-07-01") };
    let expected = [
        written!(on("2013-05-01").agenda(span, &all)),
        written!(on("2014-05-01").changes_since(&on("2013-02-20"), &all)),
        written!(on("2013-06-01").parts("us/abductees", &all)),
        written!(on("2013-12-31").stale(180, &all)),
    ];
    for (question, expected) in QUESTIONS.into_iter().zip(expected) {
        let Said { exit, out, .. } = desk.ask(40, &format!("{question} --format json"));
        assert_eq!((exit, out), (Exit::Done, expected), "{question}");
    }
    // Both views have their moment.
    let known = |text: &str| on("2013-05-01").known_at(moment(text));
    let (then, now) = (known("2013-02-01T23:59:59.999999Z"), known("2013-04-01T23:59:59.999999Z"));
    let arguments = "--on 2013-05-01 --known-at 2013-04-01 --since-known-at 2013-02-01 --format json";
    let said = desk.ask(40, &format!("changes @p.jsonl {arguments}"));
    assert_eq!(said.out, written!(now.changes_since(&then, &all)));
}

#[test]
fn help_has_examples() {
    for command in ["agenda", "changes", "parts", "stale"] {
        assert_snapshot!(format!("help_{command}"), Desk::new().ask(100, &format!("{command} --help")).all());
    }
}

#[test]
fn the_alliance() {
    assert_snapshot!("alliance_agenda", alliance(100, "agenda", "--on 2013-05-01 --to 2013-07-01"));
    assert_snapshot!("alliance_changes", alliance(100, "changes", "--since 2013-03-01 --on 2013-06-01 --party jp"));
    let known = "--on 2013-06-01 --since-known-at 2013-05-15 --known-at 2013-05-31";
    assert_snapshot!("alliance_changes_known", alliance(100, "changes", known));
    assert_snapshot!("alliance_parts", alliance(100, "parts", "us/base-realignment --on 2018-09-15"));
    assert_snapshot!("alliance_stale", alliance(100, "stale", "--on 2016-01-01 --days 365"));
}

#[test]
fn a_filter_that_fits_nothing_on_the_ledger_may_be_misspelt() {
    let desk = Desk::promises("p.jsonl");
    let asked = |what: &str| {
        let said = desk.ask(100, &format!("{what} --on 2013-06-01"));
        assert_eq!(said.exit, Exit::Done);
        said.err
    };
    let note = |text: &str| format!("note: no commitment on this ledger {text}\n");
    assert_eq!(asked("status @p.jsonl --party jq"), note("is by or to jq (did you mean jp?)"));
    assert_eq!(
        asked("status @p.jsonl --procedure acton"),
        note("goes through the procedure acton (did you mean action?)")
    );
    let both = [note("is under the topic nothing-like-it"), note("is a piece of jp/hague")].concat();
    assert_eq!(asked("status @p.jsonl --topic nothing-like-it --part-of jp/hague --party jp"), both);
    for command in
        ["agenda @p.jsonl", "stale @p.jsonl", "changes @p.jsonl --since 2013-03-01", "parts @p.jsonl us/abe-visit"]
    {
        assert_eq!(asked(&format!("{command} --party jq")), note("is by or to jq (did you mean jp?)"), "{command}");
        assert_eq!(asked(&format!("{command} --party jq --format json")), note("is by or to jq (did you mean jp?)"));
    }
    // Nothing is said where each is known, and only not together.
    for fits in ["--party jp", "--party jp --phase failed", "--procedure position --party jp"] {
        assert_eq!(asked(&format!("status @p.jsonl {fits}")), "");
    }
    let before = desk.ask(100, "status @p.jsonl --party jp --on 2013-06-01 --known-at 2013-01-01");
    assert_eq!((before.exit, before.err), (Exit::Done, note("is by or to jp")));
}
