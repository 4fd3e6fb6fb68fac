//! Property tests of the line format.
//!
//! Written lines are canonical and match the schema, unknown members and facts are kept, and no
//! input makes the library panic.

#![allow(clippy::unwrap_used)]

mod common;
mod generate;

use std::collections::BTreeSet;

use common::bytes_of;
use generate::{
    COMMITMENTS, answers, at, canonical, config, entry_about, lines_of, merged, procedure, seal, sealed_line, source,
    worlds,
};
use proptest::prelude::*;
use serde_json::{Value, json};
use servanda_core::format::{self, Reader, SCHEMA};
use servanda_core::{Fact, Filter, Ledger, Procedure, builtin};

fn schema() -> jsonschema::Validator {
    jsonschema::validator_for(&serde_json::from_str(SCHEMA).unwrap()).unwrap()
}

fn faults(schema: &jsonschema::Validator, line: &str) -> Vec<String> {
    let entry: Value = serde_json::from_str(line).unwrap();
    schema.iter_errors(&entry).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

/// Any JSON that a later version may write: ASCII keys, integers below 2^53, any text.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-(1_i64 << 53) + 1..1_i64 << 53).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "\\PC{0,12}|[\u{0}-\u{ff}]{0,6}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[\u{0}-\u{7f}]{0,6}", inner, 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// An entry of a later version, without its id.
///
/// It has an unknown kind of fact, or unknown members in a known kind.
fn entry_of_a_later_version() -> impl Strategy<Value = Value> {
    let members = prop::collection::btree_map("[x-z][\u{20}-\u{7f}]{0,6}", any_json(), 0..3);
    (0..5_u8, any_json(), members, "z[a-z]{1,8}", any::<bool>()).prop_map(|(place, value, members, name, dated)| {
        let id = COMMITMENTS[0];
        let mut entry = match place {
            0 => entry_about(id, json!({ name: members }), None, at(1), "newer"),
            1 => json!({ "fact": { name: { "to": value } }, "recorded_at": at(1), "recorded_by": "newer" }),
            _ => {
                let mut remark = json!({ "sources": [source(1)], "title": "A ruling" });
                remark["sources"][0]["x-seal"] = value.clone();
                remark[name] = value;
                entry_about(id, json!({ "remark": remark }), Some("2001-02"), at(2), "newer")
            }
        };
        entry.as_object_mut().unwrap().extend(members);
        if dated && place < 2 {
            entry["on"] = json!("2001-03-04");
        }
        entry
    })
}

proptest! {
    #![proptest_config(config(60))]

    #[test]
    fn every_written_line_is_canonical(world in worlds(25)) {
        for line in lines_of(&world.all()).lines() {
            prop_assert_eq!(canonical(&serde_json::from_str(line).unwrap()), line);
        }
    }

    #[test]
    fn every_answer_is_canonical_json(world in worlds(25)) {
        let ledger = world.all();
        for day in generate::days() {
            let mut answer = Vec::new();
            format::write_json(&ledger.view_on(day).unwrap().standings(&Filter::default()), &mut answer).unwrap();
            let answer = String::from_utf8(answer).unwrap();
            prop_assert_eq!(canonical(&serde_json::from_str(&answer).unwrap()) + "\n", answer);
        }
    }

    #[test]
    fn every_written_line_matches_the_schema(world in worlds(15)) {
        let schema = schema();
        for line in lines_of(&world.all()).lines() {
            prop_assert_eq!(faults(&schema, line), Vec::<String>::new(), "{}", line);
        }
    }

    #[test]
    fn every_procedure_survives_a_round_trip_through_json(procedure in procedure("first")) {
        let read: Procedure = serde_json::from_str(&procedure.to_json()).unwrap();
        prop_assert_eq!(canonical(&serde_json::from_str(&procedure.to_json()).unwrap()), procedure.to_json());
        prop_assert_eq!(read.reference(), procedure.reference());
        prop_assert_eq!(read, procedure);
    }

    #[test]
    fn every_id_is_the_hash_of_the_other_members(world in worlds(15)) {
        for line in lines_of(&world.all()).lines() {
            let mut entry: Value = serde_json::from_str(line).unwrap();
            entry.as_object_mut().unwrap().remove("id");
            prop_assert_eq!(sealed_line(entry), line);
        }
    }
}

proptest! {
    #![proptest_config(config(150))]

    #[test]
    fn unknown_facts_and_members_survive_merging_writing_and_reading(world in worlds(4), later in prop::collection::vec(entry_of_a_later_version(), 1..4)) {
        let lines: BTreeSet<String> = later.into_iter().map(sealed_line).collect();
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        let read = Ledger::read(text.as_bytes());
        prop_assert!(read.is_ok(), "{:?}\n{}", read, text);
        let (read, all) = (read.unwrap(), world.all());
        let both = merged(&[&all, &read]);
        let there: BTreeSet<String> = lines_of(&both).lines().map(str::to_owned).collect();
        prop_assert!(there.is_superset(&lines));
        prop_assert_eq!(there.len(), all.len() + lines.len());
        let again = Ledger::read(lines_of(&both).as_bytes()).unwrap();
        prop_assert_eq!(lines_of(&again), lines_of(&both));
        prop_assert_eq!(answers(&merged(&[&read, &all])), answers(&again));
        let schema = schema();
        for line in &lines {
            prop_assert_eq!(faults(&schema, line), Vec::<String>::new(), "{}", line);
        }
    }

    // The canonical JSON by the third-party library is read; any other formatting of the same value
    // is refused.
    #[test]
    fn a_line_is_read_exactly_if_its_json_is_canonical(value in any_json(), at_byte: prop::sample::Index) {
        let line = sealed_line(entry_about(COMMITMENTS[0], json!({ "suspend": { "x": value } }), None, at(1), "newer"));
        prop_assert!(Ledger::read(line.as_bytes()).is_ok(), "{}", line);
        let pretty = serde_json::to_string_pretty(&serde_json::from_str::<Value>(&line).unwrap()).unwrap();
        prop_assert!(Ledger::read(pretty.replace('\n', " ").as_bytes()).is_err());
        let mut spaced = line.clone();
        let place = (0..line.len()).cycle().skip(at_byte.index(line.len())).find(|at| line.is_char_boundary(*at)).unwrap();
        spaced.insert(place, ' ');
        prop_assert!(Ledger::read(spaced.as_bytes()).is_err(), "{}", spaced);
    }
}

/// A random change to bytes.
#[derive(Clone, Debug)]
enum Damage {
    Change(prop::sample::Index, u8),
    Insert(prop::sample::Index, Vec<u8>),
    Remove(prop::sample::Index, usize),
    Copy(prop::sample::Index, prop::sample::Index, usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    let index = any::<prop::sample::Index>;
    let token = prop::sample::select(vec![
        "\"",
        "\\",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\n",
        "\r",
        "null",
        "true",
        "-0",
        "1e5",
        "9007199254740992",
        "\\ud800",
        "\u{7f}",
        "é",
        "\u{feff}",
        "0000",
        "-",
        "/",
        "[[statuses]]",
        "\"\"",
        "= ",
        "final = true",
    ]);
    prop_oneof![
        (index(), any::<u8>()).prop_map(|(at, byte)| Damage::Change(at, byte)),
        (index(), token).prop_map(|(at, token)| Damage::Insert(at, token.as_bytes().to_vec())),
        (index(), prop::collection::vec(any::<u8>(), 1..5)).prop_map(|(at, bytes)| Damage::Insert(at, bytes)),
        (index(), 1..40_usize).prop_map(|(at, count)| Damage::Remove(at, count)),
        (index(), index(), 1..200_usize).prop_map(|(from, to, count)| Damage::Copy(from, to, count)),
    ]
}

fn damaged(mut bytes: Vec<u8>, damages: &[Damage]) -> Vec<u8> {
    for damage in damages {
        let end = |at: usize, count: usize| (at + count).min(bytes.len());
        match damage {
            _ if bytes.is_empty() => {}
            Damage::Change(at, byte) => {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            Damage::Insert(at, more) => {
                let at = at.index(bytes.len());
                bytes.splice(at..at, more.iter().copied());
            }
            Damage::Remove(at, count) => {
                let at = at.index(bytes.len());
                bytes.drain(at..end(at, *count));
            }
            Damage::Copy(from, to, count) => {
                let (from, to) = (from.index(bytes.len()), to.index(bytes.len()));
                let copied = bytes[from..end(from, *count)].to_vec();
                bytes.splice(to..to, copied);
            }
        }
    }
    bytes
}

const GOOD: &str = include_str!("../../../tests/format/good.jsonl");

/// Reads bytes as lines, and checks that every error has a code, a message and details.
fn read_through(bytes: &[u8]) -> Vec<servanda_core::Result<servanda_core::Entry>> {
    let read: Vec<_> = Reader::new(bytes).collect();
    for error in read.iter().filter_map(|line| line.as_ref().err()) {
        assert!(!error.to_string().is_empty() && !error.code().is_empty());
        assert!(serde_json::from_str::<Value>(&error.details()).unwrap().is_object());
    }
    read
}

proptest! {
    #![proptest_config(config(300))]

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        read_through(&bytes);
    }

    // A changed line is refused unless it is the same line, because the id covers every byte.
    #[test]
    fn a_damaged_line_is_never_accepted(
        line in prop::sample::select(GOOD.lines().filter(|line| line.len() < 4_000).collect::<Vec<_>>()),
        damages in prop::collection::vec(damage(), 1..4),
    ) {
        for entry in read_through(&damaged(format!("{line}\n").into_bytes(), &damages)).into_iter().flatten() {
            prop_assert_eq!(entry.line(), line);
        }
    }

    // A later version may put any value anywhere. With a correct id, the reader has to look at the
    // members.
    #[test]
    fn a_damaged_entry_with_a_correct_id_makes_neither_the_reader_nor_a_view_panic(
        line in prop::sample::select(GOOD.lines().filter(|line| line.len() < 4_000).collect::<Vec<_>>()),
        damages in prop::collection::vec(damage(), 1..3),
    ) {
        let bytes = damaged(line.as_bytes().to_vec(), &damages);
        let Ok(Value::Object(mut entry)) = serde_json::from_slice::<Value>(&bytes) else { return Ok(()) };
        entry.remove("id");
        let Ok(spelt) = serde_json_canonicalizer::to_string(&entry) else { return Ok(()) };
        let line = sealed_line(serde_json::from_str(&spelt).unwrap());
        let read = read_through(line.as_bytes());
        let mut ledger = Ledger::read(GOOD.as_bytes()).unwrap();
        ledger.merge_entries(read.into_iter().flatten());
        answers(&ledger);
    }

    #[test]
    fn a_damaged_procedure_file_causes_no_panic(
        file in 0..5_usize, damages in prop::collection::vec(damage(), 1..6),
    ) {
        let directory = concat!(env!("CARGO_MANIFEST_DIR"), "/procedures/");
        let file = format!("{directory}{}.toml", builtin::procedures()[file].id);
        let text = damaged(std::fs::read(file).unwrap(), &damages);
        let text = String::from_utf8_lossy(&text);
        match Procedure::from_toml("damaged.toml", &text) {
            Ok(procedure) => prop_assert_eq!(procedure.check(), Vec::new()),
            Err(error) => prop_assert!(error.to_string().contains("damaged.toml"), "{}", error),
        }
    }

    #[test]
    fn random_text_as_a_procedure_file_causes_no_panic(text in any::<String>()) {
        prop_assert!(Procedure::from_toml("random.toml", &text).is_err());
    }
}

#[test]
fn every_golden_line_matches_the_schema() {
    let schema = schema();
    for line in GOOD.lines() {
        assert_eq!(faults(&schema, line), Vec::<String>::new(), "{line}");
    }
}

/// Lines with an invalid field that the schema accepts.
///
/// JSON Schema cannot express the rules: it cannot compare two numbers, count bytes, compare two
/// rules, or see which alternatives of a treaty need its signatories.
const BEYOND_THE_SCHEMA: [&str; 7] = [
    "the fourth of a batch of three",
    "a range that ends before it begins",
    "a range of one day",
    "a range of 65,537 days",
    "a URL of 2000 characters and more bytes",
    "a treaty that waits for signatories that it does not count",
    "a treaty's rule that is not the one beside it",
];

#[test]
fn the_schema_refuses_every_bad_field_that_it_can_express() {
    let schema = schema();
    let bad: Vec<Value> = serde_json::from_str(include_str!("../../../tests/format/bad.json")).unwrap();
    let mut let_pass = Vec::new();
    let mut refused = 0;
    for case in bad.iter().filter(|case| case["code"] == "invalid-field") {
        let line = String::from_utf8(bytes_of(case)).unwrap();
        if faults(&schema, line.lines().last().unwrap()).is_empty() {
            let_pass.push(case["name"].as_str().unwrap());
        } else {
            refused += 1;
        }
    }
    assert_eq!(let_pass, BEYOND_THE_SCHEMA);
    assert!(refused > 100, "{refused}");
}

#[test]
fn the_known_members_of_a_line_of_a_later_version_are_read() {
    let remark = json!({ "remark": { "title": "A ruling", "weight": 7 } });
    let entry = seal(entry_about("jp/visit", remark, Some("2001"), at(0), "newer"));
    assert!(matches!(entry.fact(), Fact::Remark(remark) if remark.title == "A ruling"));
    let entry = seal(entry_about("jp/visit", json!({ "suspend": { "weight": 7 } }), None, at(0), "newer"));
    assert_eq!(entry.fact(), Fact::Unknown { kind: "suspend".to_owned() });
}
