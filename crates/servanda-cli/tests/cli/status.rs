//! `servanda status`.

use insta::assert_snapshot;
use servanda::{Filter, Tracker, format};
use servanda_cli::{Exit, Terminal};

use crate::test_dir::{TestDir, day, desk_environment, made, moment, treaty, treaty_definitions, two_ledgers};

fn promises() -> TestDir {
    TestDir::promises("promises.jsonl")
}

#[test]
fn a_wide_table() {
    assert_snapshot!(promises().run(140, "status @promises.jsonl --on 2013-02-10").transcript());
}

#[test]
fn a_table_of_100_columns() {
    assert_snapshot!(promises().run(100, "status @promises.jsonl --on 2013-02-10").transcript());
}

#[test]
fn a_table_of_72_columns() {
    assert_snapshot!(promises().run(72, "status @promises.jsonl --on 2013-02-10").transcript());
}

#[test]
fn a_terminal_of_40_columns() {
    assert_snapshot!(promises().run(40, "status @promises.jsonl --on 2013-02-10").transcript());
}

#[test]
fn lines_fit_every_width() {
    let dir = promises();
    for width in 40..160 {
        for line in dir.run(width, "status @promises.jsonl --on 2013-02-10").out.lines() {
            let columns = unicode_width::UnicodeWidthStr::width(line);
            assert!(columns <= width, "{columns} columns in {width}: {line}");
            assert_eq!(line, line.trim_end());
        }
    }
}

#[test]
fn a_missing_status_has_a_reason() {
    assert_snapshot!(promises().run(100, "status @promises.jsonl --on 2012-10-30").transcript());
}

#[test]
fn later_entries_are_not_known() {
    assert_snapshot!(promises().run(120, "status @promises.jsonl --on 2013-06-01 --known-at 2013-02-22").transcript());
}

#[test]
fn a_moment_may_omit_fractions_and_a_day_means_its_end() {
    let dir = promises();
    let knows = |moment: &str| {
        let outcome = dir.run(200, &format!("status @promises.jsonl us/abe-visit --on 2014-01-01 --known-at {moment}"));
        assert_eq!(outcome.exit, Exit::Done, "{}", outcome.err);
        outcome.out.contains("Done")
    };
    let forms = ["2013-02-23T09:00:00.000000Z", "2013-02-23T09:00:00Z", "2013-02-23T09:00:00.0Z", "2013-02-23"];
    for known in forms.into_iter().chain(["2013-02-23T18:00:00+09:00", "2013-02-23t03:30:00-05:30"]) {
        assert!(knows(known), "{known}");
    }
    for not_yet in ["2013-02-23T08:59:59.999999Z", "2013-02-23T08:59:59Z", "2013-02-23T17:59:59+09:00", "2013-02-22"] {
        assert!(!knows(not_yet), "{not_yet}");
    }
}

#[test]
fn json_comes_from_the_library() {
    let dir = promises();
    let view = Tracker::open(dir.path("promises.jsonl"), "reader").unwrap().view();
    let view = view.on("2013-06-01").unwrap().known_at(moment("2013-06-01T23:59:59.999999Z")).unwrap();
    let mut expected = Vec::new();
    format::write_json(&view.standings(&Filter::default()).unwrap(), &mut expected).unwrap();
    let outcome = dir.run(40, "status @promises.jsonl --on 2013-06-01 --known-at 2013-06-01 --format json");
    assert_eq!((outcome.out.into_bytes(), outcome.exit), (expected, Exit::Done));
}

#[test]
fn the_default_day_is_today() {
    let dir = promises();
    for query in [
        "status @p.jsonl",
        "history @p.jsonl us/senkaku",
        "next @p.jsonl us/senkaku",
        "agenda @p.jsonl",
        "changes @p.jsonl --since 2013-02-01",
        "parts @p.jsonl us/senkaku",
        "stale @p.jsonl",
    ] {
        let query = query.replace("@p.jsonl", "@promises.jsonl");
        let outcome = dir.run_in(&desk_environment(100), &query);
        assert!(outcome.out.contains("2020-01-01"), "{query}: {}", outcome.out);
        let says_so = outcome.out.contains("Today, 2020-01-01 (UTC): ") || query.starts_with("changes");
        assert!(says_so, "{query}: {}", outcome.out);
    }
}

#[test]
fn filters() {
    let dir = promises();
    let ids = |arguments: &str| {
        let outcome = dir.run(200, &format!("status @promises.jsonl --on 2013-02-10 --format tsv {arguments}"));
        assert_eq!(outcome.exit, Exit::Done, "{}", outcome.err);
        let ids = outcome.out.lines().skip(1).filter_map(|line| line.split('\t').next());
        ids.map(str::to_owned).collect::<Vec<_>>().join(" ")
    };
    let (hague, visit) = ("jp/hague-convention", "us/abe-visit");
    assert_eq!(ids("--party jp"), format!("{hague} {visit}"));
    assert_eq!(ids("--procedure action"), "us/abductees us/abe-visit");
    assert_eq!(ids("--phase failed"), hague);
    assert_eq!(ids("--verdict holding"), "us/senkaku");
    assert_eq!(ids("--obligation result"), visit);
    assert_eq!(ids("--topic children"), hague);
    assert_eq!(ids("--part-of us/senkaku"), "");
    assert_eq!(ids("--party jp --procedure action"), visit);
    assert_eq!(ids("us/senkaku us/abe-visit"), "us/abe-visit us/senkaku");
    assert_eq!(ids("us/senkaku us/abe-visit --procedure action"), visit);
    // An option that is given several times accepts each of its values.
    assert_eq!(ids("--verdict holding --obligation result"), "");
    assert_eq!(ids("--obligation position --obligation result"), "us/abe-visit us/senkaku");
    assert_eq!(ids("--phase failed --phase planned --party jp"), format!("{hague} {visit}"));
    assert_eq!(ids("--topic children --topic fish"), hague);
}

#[test]
fn no_commitment_matches() {
    assert_snapshot!(promises().run(80, "status @promises.jsonl --on 2013-02-10 --topic fish").transcript());
}

#[test]
fn an_empty_ledger_has_no_commitments() {
    let dir = TestDir::new();
    dir.write("empty.jsonl", "");
    assert_snapshot!(dir.run(80, "status @empty.jsonl --on 2013-02-10").transcript());
    let outcome = dir.run(80, "status @empty.jsonl --on 2013-02-10 --format json");
    assert_eq!((outcome.out.as_str(), outcome.exit), ("[]\n", Exit::Done));
}

#[test]
fn the_status_is_unknown_beyond_the_end_of_a_calendar() {
    use servanda::{Advance, Commitment, Obligation, Source, facts::Words};
    let dir = TestDir::new();
    let tracker = dir.tracker("silent.jsonl");
    tracker.append(treaty_definitions()).unwrap();
    let source = Source::new("A statement", "https://example.org/statement").unwrap();
    let words = Words::new("will consider", source).unwrap();
    let treaty = Commitment::builder("jp/treaty", "A treaty").procedure(&treaty()).by("jp").made(made());
    tracker.append(treaty.obligation(Obligation::Consideration).words(words.text, words.source)).unwrap();
    tracker.append(Advance::builder("jp/treaty", "submitted").on(day("2013-10-15"))).unwrap();
    assert_snapshot!("silent_status", dir.run(80, "status @silent.jsonl --on 2013-11-01").transcript());
    assert_snapshot!("silent_history", dir.run(80, "history @silent.jsonl jp/treaty --on 2013-11-01").transcript());
    assert_snapshot!("silent_next", dir.run(80, "next @silent.jsonl jp/treaty --on 2013-11-01").transcript());
}

#[test]
fn conflicts_are_marked_and_counted() {
    let dir = two_ledgers();
    assert_eq!(dir.run(80, "merge @phone.jsonl @laptop.jsonl -o @both.jsonl").exit, Exit::Done);
    assert_snapshot!(dir.run(80, "status @both.jsonl --on 2013-03-01").transcript());
}

#[test]
fn conflicts_of_other_commitments_are_not_mentioned() {
    let dir = two_ledgers();
    assert_eq!(dir.run(80, "merge @phone.jsonl @laptop.jsonl -o @both.jsonl").exit, Exit::Done);
    let register = "register @both.jsonl us/another --title 'Another visit' --procedure action --given-by us --made \
        2013-01-18 --obligation result --words 'has invited' --source https://example.org/remarks";
    assert_eq!(dir.run_as_desk(register).exit, Exit::Done);
    let marks = |arguments: &str| {
        let outcome = dir.run(80, &format!("status @both.jsonl --on 2013-03-01 {arguments}"));
        assert_eq!(outcome.exit, Exit::Done, "{}", outcome.err);
        outcome.out.lines().filter(|line| line.starts_with('!')).map(str::to_owned).collect::<Vec<_>>().join("\n")
    };
    let conflict = "! us/abe-visit: 1 conflict; `servanda history` lists the entries and the reasons";
    assert_eq!(marks("us/another"), "");
    assert_eq!(marks("--procedure position"), "");
    assert_eq!(marks("us/abe-visit"), conflict);
    assert_eq!(marks(""), conflict);
}

#[test]
fn colours() {
    let terminal = Terminal { colours: true, ..Terminal::plain(100) };
    let outcome = promises().run_on(&terminal, "status @promises.jsonl --on 2013-03-01");
    assert_snapshot!(outcome.transcript().replace('\x1b', "ESC"));
}

#[test]
fn an_unknown_commitment_is_refused_with_a_suggestion() {
    assert_snapshot!(promises().run(80, "status @promises.jsonl us/abe-visti").transcript());
}
