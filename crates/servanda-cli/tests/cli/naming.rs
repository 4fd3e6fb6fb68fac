//! Identifiers, titles by language, topics and links seen from both sides.

use insta::assert_snapshot;
use servanda_cli::Exit;

use crate::test_dir::TestDir;

const REGISTER: &str = "--procedure action --given-by jp --made 2013-01-18 --obligation result --words 'will build' \
    --source https://example.org/remarks";

/// Returns a ledger with a commitment that has identifiers and titles in three languages.
fn registered() -> TestDir {
    let dir = TestDir::promises("p.jsonl");
    let names = "--title 'A road' --title-language en --title-in ja=道路 --title-in 'de=Eine Straße' \
        --identifier tracker=AB_2013.1a --identifier 'parliament=nv/81/ajr2**'";
    let outcome = dir.run_as_desk(&format!("register @p.jsonl jp/road {names} {REGISTER}"));
    assert_eq!(outcome.exit, Exit::Done, "{}", outcome.transcript());
    dir
}

#[test]
fn a_commitment_is_found_by_its_identifier() {
    let dir = registered();
    let on = "--on 2013-02-01";
    assert_snapshot!("by_identifier", dir.run(100, &format!("status @p.jsonl tracker=AB_2013.1a {on}")).transcript());
    assert_snapshot!(
        "identified",
        dir.run(100, &format!("history @p.jsonl 'parliament=nv/81/ajr2**' {on}")).transcript()
    );
    let missing = dir.run(100, &format!("status @p.jsonl tracker=AB {on}"));
    assert_eq!(missing.exit, Exit::Refused);
    assert_snapshot!("unknown_identifier", missing.transcript());
}

#[test]
fn an_identifier_of_another_commitment_needs_permission() {
    let dir = registered();
    let register = format!("register @p.jsonl jp/bridge --title 'A bridge' --identifier tracker=AB_2013.1a {REGISTER}");
    let refused = dir.run_as_desk(&register);
    assert_eq!(refused.exit, Exit::Refused);
    assert_snapshot!("identifier_taken", refused.transcript());
    assert_eq!(dir.run_as_desk(&format!("{register} --allow-shared-identifiers")).exit, Exit::Done);
    assert_snapshot!("ambiguous", dir.run(100, "status @p.jsonl tracker=AB_2013.1a").transcript());
}

#[test]
fn titles_are_in_the_preferred_language() {
    let dir = registered();
    let status =
        |languages: &str| dir.run(100, &format!("status @p.jsonl jp/road --on 2013-02-01 --language {languages}"));
    assert_snapshot!("in_japanese", status("fr,ja,de").transcript());
    assert_snapshot!("in_swiss_german", status("de-ch").transcript());
    let amend = "amend @p.jsonl jp/road --title-in 'fr=Une route' --identifier tracker=AB_2";
    assert_snapshot!("amended_names", dir.run_as_desk(amend).transcript());
}

#[test]
fn a_link_is_shown_from_both_sides() {
    let dir = registered();
    let bridge = format!("register @p.jsonl jp/bridge --title 'A bridge' {REGISTER}");
    assert_eq!(dir.run_as_desk(&bridge).exit, Exit::Done);
    let link = "link @p.jsonl jp/road successor jp/bridge --on 2013-02-01";
    assert_eq!(dir.run_as_desk(link).exit, Exit::Done);
    assert_snapshot!("linked_from", dir.run(100, "history @p.jsonl jp/bridge --on 2013-03-01").transcript());
    let tsv = "history @p.jsonl jp/bridge --on 2013-03-01 --format tsv";
    assert_snapshot!("linked_from_tsv", dir.run(100, tsv).transcript());
    let step = "advance @p.jsonl jp/bridge under-way --on 2013-02-15";
    assert_eq!(dir.run_as_desk(step).exit, Exit::Done);
    let brief = dir.run(100, "history @p.jsonl jp/bridge --on 2013-03-01 --brief").out;
    let dates = brief.lines().filter_map(|line| line.get(..10).filter(|date| date.starts_with("2013-")));
    assert_eq!(dates.collect::<Vec<_>>(), ["2013-01-18", "2013-01-18", "2013-02-01", "2013-02-15"], "{brief}");
    let json = dir.run(100, "status @p.jsonl jp/bridge --on 2013-03-01 --format json").transcript();
    assert!(json.contains(r#""linked_from":[{"commitment":"jp/road""#), "{json}");
}

#[test]
fn topics_are_defined_with_names() {
    let dir = registered();
    let define = "define @p.jsonl --topic roads --name en=Roads --name ja=道路 --dry-run";
    assert_snapshot!("topic", dir.run_as_desk(define).transcript());
}
