//! Drafts written by hand as JSON.

#![allow(clippy::panic, clippy::unwrap_used)]

use std::collections::BTreeSet;

use serde_json::Value;
use servanda_core::{Batch, Draft, Entry, Ledger, Slug};

const ALLIANCE: &str = include_str!("../../../examples/alliance.jsonl");
const GOOD: &str = include_str!("../../../tests/format/good.jsonl");

/// The draft of an entry as a person could write it by hand.
///
/// The keys are in reverse order, with spaces and line feeds.
fn by_hand(entry: &Entry) -> String {
    let mut value: Value = serde_json::from_str(entry.line()).unwrap();
    let members = value.as_object_mut().unwrap();
    members.retain(|key, _| !["batch", "id", "recorded_by"].contains(&key.as_str()));
    let mut text = String::new();
    write_backwards(&value, &mut text);
    text
}

fn write_backwards(value: &Value, text: &mut String) {
    match value {
        Value::Object(members) => {
            text.push_str("{\n");
            for (nth, (key, value)) in members.iter().rev().enumerate() {
                text.push_str(&format!("{}\t{} : ", if nth > 0 { ",\r\n" } else { "" }, Value::from(key.as_str())));
                write_backwards(value, text);
            }
            text.push_str("\n} ");
        }
        Value::Array(values) => {
            text.push_str("[ ");
            for (nth, value) in values.iter().enumerate() {
                text.push_str(if nth > 0 { " , " } else { "" });
                write_backwards(value, text);
            }
            text.push_str(" ]");
        }
        // A draft may escape characters that need no escape.
        Value::String(string) => text.push_str(&Value::from(string.as_str()).to_string().replace('/', "\\/")),
        plain => text.push_str(&plain.to_string()),
    }
}

#[test]
fn a_ledger_rebuilt_from_hand_written_drafts_has_the_same_digest() {
    let ledger = Ledger::read(ALLIANCE.as_bytes()).unwrap();
    let desk: Slug = "desk".parse().unwrap();
    let (mut rebuilt, mut batch) = (Ledger::new(), Vec::new());
    for entry in ledger.entries() {
        batch.push(Draft::from_json(&by_hand(entry)).unwrap());
        if entry.batch().is_none_or(|mark| mark.nth == mark.of) {
            let drafts: Batch = std::mem::take(&mut batch).into_iter().collect();
            rebuilt.append(drafts, &desk, entry.recorded_at()).unwrap();
        }
    }
    assert_eq!(rebuilt.digest(), ledger.digest());
}

#[test]
fn a_draft_has_the_fact_of_its_line_or_is_refused_for_unknown_members() {
    let mut kinds = BTreeSet::new();
    for entry in Ledger::read(GOOD.as_bytes()).unwrap().entries() {
        let text = by_hand(entry);
        let of_a_later_version = ["\"x_", "\"x-"].iter().any(|start| text.contains(start));
        match Draft::from_json(&text) {
            Ok(draft) => {
                assert!(!of_a_later_version, "lost: {text}");
                assert_eq!(draft.fact(), &entry.fact());
                kinds.insert(entry.kind().to_owned());
            }
            Err(error) => {
                assert!(of_a_later_version, "{text}: {error}");
                assert!(["invalid-field", "unknown-word"].contains(&error.code()), "{error}");
            }
        }
    }
    assert_eq!(kinds.len(), 11, "{kinds:?}");
}
