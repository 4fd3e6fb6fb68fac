//! `--format json`: what a program can rely on, whatever it asks and whatever goes wrong.

use insta::assert_snapshot;
use servanda_cli::Exit;

use crate::desk::{Desk, Said, two_ledgers};

fn promises() -> Desk {
    let desk = Desk::promises("p.jsonl");
    desk.write("damaged.jsonl", "{}\nno JSON\n");
    desk.write("treaty.toml", include_str!("treaty.toml"));
    desk.write("wrong.toml", "id = \"x\"\n");
    desk
}

/// The values in what was said, of which each takes a line.
fn values(text: &str) -> Vec<serde_json::Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn an_answer_is_one_document() {
    let desk = promises();
    for arguments in [
        "status @p.jsonl",
        "history @p.jsonl jp/hague-convention",
        "next @p.jsonl us/abductees",
        "next @p.jsonl us/abductees --to done",
        "agenda @p.jsonl",
        "changes @p.jsonl --since 2013-02-01",
        "parts @p.jsonl us/abductees",
        "stale @p.jsonl",
        "verify @p.jsonl",
        "verify @damaged.jsonl",
        "procedures",
        "procedures action",
        "procedures --check @treaty.toml",
        "procedures --check @wrong.toml",
        "merge @p.jsonl -o @merged.jsonl",
        "init @new.jsonl --dry-run",
        "init @new.jsonl",
    ] {
        let Said { out, err, .. } = desk.ask(30, &format!("{arguments} --format json"));
        assert_eq!((values(&out).len(), err.as_str()), (1, ""), "{arguments}");
    }
}

#[test]
fn what_goes_wrong_is_an_object_with_a_code_its_details_and_a_text() {
    let desk = promises();
    for (arguments, exit, code) in [
        ("status @missing.jsonl", Exit::Refused, "no-ledger"),
        ("status @damaged.jsonl", Exit::Refused, "damaged"),
        ("status @p.jsonl us/abe-visti", Exit::Refused, "unknown-commitment"),
        ("status @p.jsonl --on 2013-02-30", Exit::Usage, "usage"),
        ("status @p.jsonl --untli 2013", Exit::Usage, "usage"),
        ("stauts @p.jsonl", Exit::Usage, "usage"),
        ("changes @p.jsonl", Exit::Usage, "usage"),
        ("parts @p.jsonl us/nothing", Exit::Refused, "unknown-commitment"),
        ("verify @missing.jsonl", Exit::Refused, "no-ledger"),
        ("procedures actoin", Exit::Refused, "no-procedure"),
        ("procedures --check @missing.toml", Exit::Refused, "no-file"),
        ("merge @p.jsonl @missing.jsonl -o @merged.jsonl", Exit::Refused, "no-ledger"),
        ("merge @p.jsonl -o @p.jsonl", Exit::Refused, "already-there"),
        ("init @p.jsonl", Exit::Refused, "already-there"),
        ("advance @p.jsonl us/abe-visit doen --on 2013-02-23", Exit::Refused, "unknown-status"),
        ("advance @p.jsonl us/abe-visit done --on 2013-02-23 --after 0000", Exit::Refused, "unknown-entry"),
        ("register @p.jsonl --file @wrong.toml", Exit::Refused, "commitment-refused"),
        ("retract @p.jsonl 00000000 --reason R", Exit::Refused, "unknown-entry"),
    ] {
        let said = desk.record(&format!("{arguments} --format json"));
        assert_eq!((said.exit, said.out.as_str()), (exit, ""), "{arguments}");
        let errors = values(&said.err);
        assert_eq!(errors.len(), 1, "{arguments}");
        let error = &errors[0];
        let members: Vec<&String> = error.as_object().unwrap().keys().collect();
        assert_eq!(members, ["code", "details", "text"], "{arguments}");
        assert_eq!(error["code"], code, "{arguments}");
        // It is what people are told, but for the usage, which names the option.
        let text = error["text"].as_str().unwrap();
        if exit == Exit::Refused {
            assert_eq!(desk.record(arguments).err, format!("error: {text}\n"));
        }
        assert!(!text.is_empty() && text == text.trim(), "{text:?}");
    }
}

#[test]
fn a_ledger_is_found_sound_or_damaged_in_the_same_words() {
    let desk = two_ledgers();
    let merged = desk.ask(80, "merge @phone.jsonl @laptop.jsonl -o @both.jsonl --format json");
    assert_snapshot!("merged", merged.all());
    assert_snapshot!("conflicts", desk.ask(80, "verify @both.jsonl --format json").all());
    desk.write("damaged.jsonl", "{}\nno JSON\n");
    assert_snapshot!("damaged", desk.ask(80, "verify @damaged.jsonl --format json").all());
    assert_snapshot!("init", desk.ask(80, "init @new.jsonl --format json").all());
}

#[test]
fn a_procedure_is_found_fit_or_wrong_in_the_same_words() {
    let desk = promises();
    assert_snapshot!("fit", desk.ask(80, "procedures --check @treaty.toml --format json").all());
    assert_snapshot!("wrong", desk.ask(80, "procedures --check @wrong.toml --format json").all());
}
