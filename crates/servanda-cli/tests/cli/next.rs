//! `servanda next`.

use insta::assert_snapshot;
use servanda_cli::Exit;

use crate::test_dir::TestDir;

fn run(width: usize, arguments: &str) -> crate::test_dir::Outcome {
    TestDir::promises("p.jsonl").run(width, &format!("next @p.jsonl {arguments}"))
}

#[test]
fn steps_with_their_requirements_and_clocks() {
    assert_snapshot!("wide", run(100, "jp/hague-convention --on 2013-05-01").transcript());
    assert_snapshot!("narrow", run(40, "jp/hague-convention --on 2013-05-01").transcript());
}

#[test]
fn a_final_status_can_be_reopened() {
    assert_snapshot!(run(80, "jp/hague-convention --on 2014-05-01").transcript());
}

#[test]
fn nothing_can_happen_before_the_history_opens() {
    assert_snapshot!(run(80, "us/abe-visit --on 2012-05-01").transcript());
}

#[test]
fn one_step_can_be_asked_about() {
    let cases = [
        ("possible", "us/abductees --on 2013-05-01 --to under-way", Exit::Done),
        ("lacking", "jp/hague-convention --on 2013-06-25 --known-at 2013-05-01 --to approved", Exit::Refused),
        ("illegal", "jp/hague-convention --on 2013-05-01 --to in-force", Exit::Refused),
        ("misspelt", "jp/hague-convention --on 2013-05-01 --to aproved", Exit::Refused),
    ];
    for (name, arguments, exit) in cases {
        let outcome = run(80, arguments);
        assert_eq!(outcome.exit, exit, "{arguments}");
        assert_snapshot!(name, outcome.transcript());
    }
}

#[test]
fn json() {
    assert_snapshot!("json", run(80, "jp/hague-convention --on 2013-05-01 --format json").transcript());
    let refused = run(80, "us/abe-visit --on 2013-02-01 --to achieved --format json");
    assert_eq!(refused.exit, Exit::Refused);
    assert_snapshot!("json_refused", refused.transcript());
    let possible = run(80, "us/abductees --on 2013-05-01 --to under-way --format json");
    assert!(possible.out.starts_with(r#"{"asked":{"code":null,"possible":true,"text":null,"to":"under-way"},"#));
}
