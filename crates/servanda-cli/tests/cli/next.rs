//! `servanda next`.

use insta::assert_snapshot;
use servanda_cli::Exit;

use crate::desk::Desk;

fn ask(width: usize, arguments: &str) -> crate::desk::Said {
    Desk::promises("p.jsonl").ask(width, &format!("next @p.jsonl {arguments}"))
}

#[test]
fn steps_with_what_they_need_and_clocks() {
    assert_snapshot!("wide", ask(100, "jp/hague-convention --on 2013-05-01").all());
    assert_snapshot!("narrow", ask(40, "jp/hague-convention --on 2013-05-01").all());
}

#[test]
fn what_is_final_can_be_reopened() {
    assert_snapshot!(ask(80, "jp/hague-convention --on 2014-05-01").all());
}

#[test]
fn before_its_history_opens_nothing_can_happen() {
    assert_snapshot!(ask(80, "us/abe-visit --on 2012-05-01").all());
}

#[test]
fn whether_a_step_could_be_taken() {
    let cases = [
        ("possible", "us/abductees --on 2013-05-01 --to under-way", Exit::Done),
        ("lacking", "jp/hague-convention --on 2013-06-25 --known-at 2013-05-01 --to approved", Exit::Refused),
        ("illegal", "jp/hague-convention --on 2013-05-01 --to in-force", Exit::Refused),
        ("misspelt", "jp/hague-convention --on 2013-05-01 --to aproved", Exit::Refused),
    ];
    for (name, arguments, exit) in cases {
        let said = ask(80, arguments);
        assert_eq!(said.exit, exit, "{arguments}");
        assert_snapshot!(name, said.all());
    }
}

#[test]
fn json() {
    assert_snapshot!("json", ask(80, "jp/hague-convention --on 2013-05-01 --format json").all());
    let refused = ask(80, "us/abe-visit --on 2013-02-01 --to achieved --format json");
    assert_eq!(refused.exit, Exit::Refused);
    assert_snapshot!("json_refused", refused.all());
    let possible = ask(80, "us/abductees --on 2013-05-01 --to under-way --format json");
    assert!(possible.out.starts_with(r#"{"asked":{"code":null,"possible":true,"text":null,"to":"under-way"},"#));
}
