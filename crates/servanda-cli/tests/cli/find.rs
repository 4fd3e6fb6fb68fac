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
