//! `servanda record`: facts from a file, recorded together.

use insta::assert_snapshot;
use servanda_cli::Exit;

use crate::test_dir::TestDir;

/// Returns a ledger with a road that was begun and built.
fn built() -> TestDir {
    let dir = TestDir::new();
    for command in [
        "init @l.jsonl",
        "register @l.jsonl arden/road --title 'A road to the coast' --procedure action --given-by arden \
            --made 2017-01-01 --obligation result --words 'will build it' --source https://example.org/words",
        "advance @l.jsonl arden/road under-way --on 2017-06-01",
        "advance @l.jsonl arden/road done --on 2018-06-01 --source https://example.org/done",
    ] {
        assert_eq!(dir.run_as_desk(command).exit, Exit::Done);
    }
    dir
}

/// Two steps that came between the others. Each of them alone is refused.
const BETWEEN: &str = r#"
[[facts]]
commitment = "arden/road"
on = 2017-09-01
fact.advance.to = "not-done"
fact.advance.sources = [{ title = "Declared dead", url = "https://example.org/dead" }]

[[facts]]
commitment = "arden/road"
on = 2017-10-01
fact.advance.to = "under-way"
fact.advance.sources = [{ title = "Taken up again", url = "https://example.org/again" }]
"#;

#[test]
fn steps_that_fit_only_together_are_recorded_together() {
    let dir = built();
    let lines = dir.lines("l.jsonl");
    let dead = "advance @l.jsonl arden/road not-done --on 2017-09-01 --source https://example.org/dead";
    assert_eq!(dir.run_as_desk(dead).exit, Exit::Refused);
    dir.write("steps.toml", BETWEEN);
    assert_snapshot!("dry", dir.run_as_desk("record @l.jsonl @steps.toml --dry-run").transcript());
    assert_eq!(dir.lines("l.jsonl"), lines);
    assert_snapshot!("recorded", dir.run_as_desk("record @l.jsonl @steps.toml").transcript());
    assert_eq!(dir.lines("l.jsonl"), lines + 2);
    // The same file again writes nothing.
    let again = dir.run_as_desk("record @l.jsonl @steps.toml --format json");
    assert_eq!((again.exit, again.out.as_str(), dir.lines("l.jsonl")), (Exit::Done, "", lines + 2));
}

#[test]
fn a_file_is_recorded_as_a_whole_or_not_at_all() {
    let dir = built();
    let lines = dir.lines("l.jsonl");
    dir.write("one.toml", BETWEEN.replace("under-way", "done"));
    assert_snapshot!("refused", dir.run_as_desk("record @l.jsonl @one.toml").transcript());
    dir.write("wrong.toml", BETWEEN.replace("fact.advance.to", "fact.advance.too").replace("on = ", "at = "));
    assert_snapshot!("wrong", dir.run_as_desk("record @l.jsonl @wrong.toml").transcript());
    dir.write("future.toml", BETWEEN.replace("2017-10-01", "2031-10-01"));
    assert_snapshot!("future", dir.run_as_desk("record @l.jsonl @future.toml").transcript());
    assert_snapshot!("missing", dir.run_as_desk("record @l.jsonl @missing.toml").transcript());
    assert_eq!(dir.lines("l.jsonl"), lines);
}

#[test]
fn json_has_an_array_or_a_fact_on_each_line() {
    let fact = |on: &str, to: &str| {
        let sources = r#"[{"title":"A report","url":"https://example.org/report"}]"#;
        format!(r#"{{"commitment":"arden/road","on":"{on}","fact":{{"advance":{{"to":"{to}","sources":{sources}}}}}}}"#)
    };
    let (dead, again) = (fact("2017-09-01", "not-done"), fact("2017-10-01", "under-way"));
    for (name, text) in [("a.json", format!("[\n{dead},\n{again}]")), ("a.jsonl", format!("{dead}\n{again}\n"))] {
        let dir = built();
        let lines = dir.lines("l.jsonl");
        dir.write(name, text);
        let outcome = dir.run_as_desk(&format!("record @l.jsonl @{name}"));
        assert_eq!((outcome.exit, dir.lines("l.jsonl")), (Exit::Done, lines + 2), "{}", outcome.err);
    }
}

/// A registration names its procedure by its id, and comes with its first steps.
#[test]
fn a_file_can_register_a_commitment_and_advance_it() {
    let dir = built();
    let register = r#"
[[facts]]
commitment = "arden/bridge"
[facts.fact.register]
title = "A bridge"
by = ["arden"]
made = 2018-01-01
procedure = "action"
"#;
    dir.write("bridge.toml", format!("{register}{}", BETWEEN.replace("arden/road", "arden/bridge")));
    let outcome = dir.run_as_desk("record @l.jsonl @bridge.toml");
    assert_eq!(outcome.exit, Exit::Refused, "its history opens later");
    let later = BETWEEN.replace("arden/road", "arden/bridge").replace("2017", "2018");
    dir.write("bridge.toml", format!("{register}{later}"));
    assert_snapshot!("bridge", dir.run_as_desk("record @l.jsonl @bridge.toml").transcript());
}
