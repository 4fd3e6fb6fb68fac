//! The golden vectors of the line format, which Python programs create and check independently.

#![allow(clippy::unwrap_used)]

mod common;

use std::path::PathBuf;

use serde_json::Value;
use servanda_core::format::Reader;
use servanda_core::{Error, Ledger};

fn vectors(name: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/format").join(name);
    std::fs::read(path).unwrap()
}

#[test]
fn every_good_line_is_read_and_written_back_unchanged() {
    let lines = vectors("good.jsonl");
    let entries: Vec<_> = Reader::new(lines.as_slice()).map(Result::unwrap).collect();
    let mut written = Vec::new();
    servanda_core::format::write(&entries, &mut written).unwrap();
    assert_eq!(String::from_utf8(written).unwrap(), String::from_utf8(lines).unwrap());
}

#[test]
fn the_ledger_of_good_lines_has_the_expected_digest() {
    let expected: Value = serde_json::from_slice(&vectors("good.json")).unwrap();
    let ledger = Ledger::read(vectors("good.jsonl").as_slice()).unwrap();
    let found = (ledger.len().to_string(), ledger.digest().to_string());
    assert_eq!(found, (expected["entries"].to_string(), expected["digest"].as_str().unwrap().to_owned()));
}

#[test]
fn every_bad_line_is_refused_for_the_expected_reason() {
    let cases: Vec<Value> = serde_json::from_slice(&vectors("bad.json")).unwrap();
    assert!(cases.len() >= 25);
    let mut wrong = Vec::new();
    for case in &cases {
        let (name, code) = (case["name"].as_str().unwrap(), case["code"].as_str().unwrap());
        let bytes = common::bytes_of(case);
        let errors: Vec<Error> = Reader::new(bytes.as_slice()).filter_map(Result::err).collect();
        let found = errors.first().map(|error| (error.code(), field_of(error)));
        let expected = (code, case["field"].as_str().map(str::to_owned));
        if found.as_ref().is_none_or(|found| found.0 != expected.0 || expected.1.is_some() && found.1 != expected.1) {
            wrong.push(format!("{name}: expected {expected:?}, found {found:?}\n    {errors:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

fn field_of(error: &Error) -> Option<String> {
    match error {
        Error::AtLine { error, .. } => field_of(error),
        Error::InvalidField { field, .. } => Some(field.clone()),
        _ => None,
    }
}
