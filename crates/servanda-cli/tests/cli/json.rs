//! `--format json`: what programs can rely on, for answers and for errors.

use insta::assert_snapshot;
use servanda_cli::Exit;

use crate::test_dir::{Outcome, TestDir, two_ledgers};

fn promises() -> TestDir {
    let dir = TestDir::promises("p.jsonl");
    dir.write("damaged.jsonl", "{}\nno JSON\n");
    dir.write("treaty.toml", include_str!("treaty.toml"));
    dir.write("wrong.toml", "id = \"x\"\n");
    dir
}

/// Parses each line as a JSON value.
fn values(text: &str) -> Vec<serde_json::Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn every_answer_is_one_document() {
    let dir = promises();
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
        "calendars",
        "calendars jp-diet",
        "calendars --check @wrong.toml",
        "merge @p.jsonl -o @merged.jsonl",
        "init @new.jsonl --dry-run",
        "init @new.jsonl",
    ] {
        let Outcome { out, err, .. } = dir.run(30, &format!("{arguments} --format json"));
        assert_eq!((values(&out).len(), err.as_str()), (1, ""), "{arguments}");
    }
}

#[test]
fn every_error_is_an_object_with_code_details_and_text() {
    let dir = promises();
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
        ("calendars jp-dite", Exit::Refused, "no-calendar"),
        ("procedures --check @missing.toml", Exit::Refused, "no-file"),
        ("merge @p.jsonl @missing.jsonl -o @merged.jsonl", Exit::Refused, "no-ledger"),
        ("merge @p.jsonl -o @p.jsonl", Exit::Refused, "already-there"),
        ("init @p.jsonl", Exit::Refused, "already-there"),
        ("advance @p.jsonl us/abe-visit doen --on 2013-02-23", Exit::Refused, "unknown-status"),
        ("advance @p.jsonl us/abe-visit done --on 2013-02-23 --after 0000", Exit::Refused, "unknown-entry"),
        ("register @p.jsonl --file @wrong.toml", Exit::Refused, "commitment-refused"),
        ("retract @p.jsonl 00000000 --reason R", Exit::Refused, "unknown-entry"),
    ] {
        let outcome = dir.run_as_desk(&format!("{arguments} --format json"));
        assert_eq!((outcome.exit, outcome.out.as_str()), (exit, ""), "{arguments}");
        let errors = values(&outcome.err);
        assert_eq!(errors.len(), 1, "{arguments}");
        let error = &errors[0];
        let members: Vec<&String> = error.as_object().unwrap().keys().collect();
        assert_eq!(members, ["code", "details", "text"], "{arguments}");
        assert_eq!(error["code"], code, "{arguments}");
        // The text is the same as in the message for people, except for wrong usage.
        let text = error["text"].as_str().unwrap();
        if exit == Exit::Refused {
            assert_eq!(dir.run_as_desk(arguments).err, format!("error: {text}\n"));
        }
        assert!(!text.is_empty() && text == text.trim(), "{text:?}");
    }
}

#[test]
fn reports_on_valid_and_damaged_ledgers_have_the_same_members() {
    let dir = two_ledgers();
    let merged = dir.run(80, "merge @phone.jsonl @laptop.jsonl -o @both.jsonl --format json");
    assert_snapshot!("merged", merged.transcript());
    assert_snapshot!("conflicts", dir.run(80, "verify @both.jsonl --format json").transcript());
    dir.write("damaged.jsonl", "{}\nno JSON\n");
    assert_snapshot!("damaged", dir.run(80, "verify @damaged.jsonl --format json").transcript());
    assert_snapshot!("init", dir.run(80, "init @new.jsonl --format json").transcript());
}

#[test]
fn reports_on_valid_and_invalid_procedures_have_the_same_members() {
    let dir = promises();
    assert_snapshot!("fit", dir.run(80, "procedures --check @treaty.toml --format json").transcript());
    assert_snapshot!("wrong", dir.run(80, "procedures --check @wrong.toml --format json").transcript());
}
