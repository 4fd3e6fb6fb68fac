//! `servanda find`.

use insta::assert_snapshot;
use servanda_cli::Exit;

use crate::test_dir::TestDir;

#[test]
fn commitments_are_found_by_words() {
    let dir = TestDir::promises("p.jsonl");
    let found = |words: &str| {
        let outcome = dir.run(80, &format!("find @p.jsonl --on 2013-05-01 --format tsv {words}"));
        assert_eq!(outcome.exit, Exit::Done, "{}", outcome.err);
        let ids = outcome.out.lines().skip(1).filter_map(|line| line.split('\t').next());
        ids.map(str::to_owned).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(found("abduc"), "jp/hague-convention us/abductees");
    assert_eq!(found("ABDUCTION diet"), "jp/hague-convention");
    assert_eq!(found("尖閣"), "us/senkaku");
    // Words of the promise, topics and parties count too, after ids and titles.
    assert_eq!(found("invited"), "us/abe-visit");
    assert_eq!(found("children"), "jp/hague-convention");
    assert_eq!(found("jp"), "jp/hague-convention us/abe-visit");
    assert_eq!(found("us --procedure action"), "us/abductees us/abe-visit");
    assert_eq!(found("nowhere"), "");
    assert_snapshot!(dir.run(100, "find @p.jsonl visit --on 2013-05-01").transcript());
}

#[test]
fn titles_in_other_languages_and_identifiers_are_searched() {
    let dir = TestDir::new();
    dir.run_as_desk("init @l.jsonl");
    let register = "register @l.jsonl arden/road --title 'A road to the coast' --title-in 'de=Eine Straße zur Küste' \
        --identifier manifesto=AB_12 --procedure action --given-by arden --made 2019-01-01 --obligation result \
        --words 'will build it' --source https://example.org/words";
    let outcome = dir.run_as_desk(register);
    assert_eq!(outcome.exit, Exit::Done, "{}", outcome.err);
    for words in ["KÜSTE", "straße road", "ab_12", "manifesto=AB_12", "arden build"] {
        let found = dir.run(80, &format!("find @l.jsonl --on 2019-06-01 --format tsv {words}")).out;
        assert_eq!(found.lines().count(), 2, "{words}: {found}");
    }
}
