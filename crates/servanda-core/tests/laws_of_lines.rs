//! Laws of the line format: whatever is written is canonical and as the schema says, whatever is not understood survives, and
//! nothing that is read makes the library panic.

#![allow(clippy::unwrap_used)]

mod generate;

use std::collections::BTreeSet;

use generate::{
    COMMITMENTS, answers, at, canonical, config, draft_of, line_of, merged, procedure, seal, source, worlds, written,
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

/// Any JSON that a later version may write: keys in ASCII, integers below 2^53, any text.
fn anything() -> impl Strategy<Value = Value> {
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

/// An entry of a later version, without its id: a kind of its own, or new members in what we know.
fn from_later() -> impl Strategy<Value = Value> {
    let members = prop::collection::btree_map("[x-z][\u{20}-\u{7f}]{0,6}", anything(), 0..3);
    (0..5_u8, anything(), members, "z[a-z]{1,8}", any::<bool>()).prop_map(|(place, value, members, name, dated)| {
        let id = COMMITMENTS[0];
        let mut entry = match place {
            0 => draft_of(id, json!({ name: members }), None, at(1), "newer"),
            1 => json!({ "fact": { name: { "to": value } }, "recorded_at": at(1), "recorded_by": "newer" }),
            _ => {
                let mut remark = json!({ "sources": [source(1)], "title": "A ruling" });
                remark["sources"][0]["x-seal"] = value.clone();
                remark[name] = value;
                draft_of(id, json!({ "remark": remark }), Some("2001-02"), at(2), "newer")
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
    fn every_line_that_is_written_is_canonical(world in worlds(25)) {
        for line in written(&world.all()).lines() {
            prop_assert_eq!(canonical(&serde_json::from_str(line).unwrap()), line);
        }
    }

    #[test]
    fn every_answer_is_canonical_json(world in worlds(25)) {
        let ledger = world.all();
        for day in generate::days() {
            let mut answer = Vec::new();
            format::write_json(&ledger.view_on(day).standings(&Filter::default()), &mut answer).unwrap();
            let answer = String::from_utf8(answer).unwrap();
            prop_assert_eq!(canonical(&serde_json::from_str(&answer).unwrap()) + "\n", answer);
        }
    }

    #[test]
    fn every_line_that_is_written_is_as_the_schema_says(world in worlds(15)) {
        let schema = schema();
        for line in written(&world.all()).lines() {
            prop_assert_eq!(faults(&schema, line), Vec::<String>::new(), "{}", line);
        }
    }

    #[test]
    fn every_procedure_is_the_same_read_back(procedure in procedure("first")) {
        let read: Procedure = serde_json::from_str(&procedure.to_json()).unwrap();
        prop_assert_eq!(canonical(&serde_json::from_str(&procedure.to_json()).unwrap()), procedure.to_json());
        prop_assert_eq!(read.reference(), procedure.reference());
        prop_assert_eq!(read, procedure);
    }

    #[test]
    fn every_id_is_the_hash_of_the_rest(world in worlds(15)) {
        for line in written(&world.all()).lines() {
            let mut entry: Value = serde_json::from_str(line).unwrap();
            entry.as_object_mut().unwrap().remove("id");
            prop_assert_eq!(line_of(entry), line);
        }
    }
}

proptest! {
    #![proptest_config(config(150))]

    #[test]
    fn what_is_not_understood_survives_everything(world in worlds(4), later in prop::collection::vec(from_later(), 1..4)) {
        let lines: BTreeSet<String> = later.into_iter().map(line_of).collect();
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        let read = Ledger::read(text.as_bytes());
        prop_assert!(read.is_ok(), "{:?}\n{}", read, text);
        let (read, all) = (read.unwrap(), world.all());
        let both = merged(&[&all, &read]);
        let there: BTreeSet<String> = written(&both).lines().map(str::to_owned).collect();
        prop_assert!(there.is_superset(&lines));
        prop_assert_eq!(there.len(), all.len() + lines.len());
        let again = Ledger::read(written(&both).as_bytes()).unwrap();
        prop_assert_eq!(written(&again), written(&both));
        prop_assert_eq!(answers(&merged(&[&read, &all])), answers(&again));
        let schema = schema();
        for line in &lines {
            prop_assert_eq!(faults(&schema, line), Vec::<String>::new(), "{}", line);
        }
    }

    // The oracle's spelling of anything is read, and any other spelling of the same is refused.
    #[test]
    fn a_line_is_read_exactly_if_it_is_spelt_as_the_oracle_spells_it(value in anything(), at_byte: prop::sample::Index) {
        let line = line_of(draft_of(COMMITMENTS[0], json!({ "suspend": { "x": value } }), None, at(1), "newer"));
        prop_assert!(Ledger::read(line.as_bytes()).is_ok(), "{}", line);
        let pretty = serde_json::to_string_pretty(&serde_json::from_str::<Value>(&line).unwrap()).unwrap();
        prop_assert!(Ledger::read(pretty.replace('\n', " ").as_bytes()).is_err());
        let mut spaced = line.clone();
        let place = (0..line.len()).cycle().skip(at_byte.index(line.len())).find(|at| line.is_char_boundary(*at)).unwrap();
        spaced.insert(place, ' ');
        prop_assert!(Ledger::read(spaced.as_bytes()).is_err(), "{}", spaced);
    }
}

/// What happens to bytes on their way.
#[derive(Clone, Debug)]
enum Harm {
    Change(prop::sample::Index, u8),
    Insert(prop::sample::Index, Vec<u8>),
    Remove(prop::sample::Index, usize),
    Copy(prop::sample::Index, prop::sample::Index, usize),
}

fn harm() -> impl Strategy<Value = Harm> {
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
        (index(), any::<u8>()).prop_map(|(at, byte)| Harm::Change(at, byte)),
        (index(), token).prop_map(|(at, token)| Harm::Insert(at, token.as_bytes().to_vec())),
        (index(), prop::collection::vec(any::<u8>(), 1..5)).prop_map(|(at, bytes)| Harm::Insert(at, bytes)),
        (index(), 1..40_usize).prop_map(|(at, count)| Harm::Remove(at, count)),
        (index(), index(), 1..200_usize).prop_map(|(from, to, count)| Harm::Copy(from, to, count)),
    ]
}

fn harmed(mut bytes: Vec<u8>, harms: &[Harm]) -> Vec<u8> {
    for harm in harms {
        let end = |at: usize, count: usize| (at + count).min(bytes.len());
        match harm {
            _ if bytes.is_empty() => {}
            Harm::Change(at, byte) => {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            Harm::Insert(at, more) => {
                let at = at.index(bytes.len());
                bytes.splice(at..at, more.iter().copied());
            }
            Harm::Remove(at, count) => {
                let at = at.index(bytes.len());
                bytes.drain(at..end(at, *count));
            }
            Harm::Copy(from, to, count) => {
                let (from, to) = (from.index(bytes.len()), to.index(bytes.len()));
                let copied = bytes[from..end(from, *count)].to_vec();
                bytes.splice(to..to, copied);
            }
        }
    }
    bytes
}

const GOOD: &str = include_str!("../../../tests/format/good.jsonl");

/// Reads bytes as lines and, whatever they were, says something about each.
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

    // A line that was changed is refused, or it is the same line: the id vouches for every byte.
    #[test]
    fn no_harmed_line_is_taken_for_a_good_one(
        line in prop::sample::select(GOOD.lines().filter(|line| line.len() < 4_000).collect::<Vec<_>>()),
        harms in prop::collection::vec(harm(), 1..4),
    ) {
        for entry in read_through(&harmed(format!("{line}\n").into_bytes(), &harms)).into_iter().flatten() {
            prop_assert_eq!(entry.line(), line);
        }
    }

    // A later version may put anything anywhere; with its id made right, the reader has to look into it.
    #[test]
    fn no_harmed_entry_with_its_right_id_makes_the_reader_or_a_view_panic(
        line in prop::sample::select(GOOD.lines().filter(|line| line.len() < 4_000).collect::<Vec<_>>()),
        harms in prop::collection::vec(harm(), 1..3),
    ) {
        let bytes = harmed(line.as_bytes().to_vec(), &harms);
        let Ok(Value::Object(mut entry)) = serde_json::from_slice::<Value>(&bytes) else { return Ok(()) };
        entry.remove("id");
        let Ok(spelt) = serde_json_canonicalizer::to_string(&entry) else { return Ok(()) };
        let line = line_of(serde_json::from_str(&spelt).unwrap());
        let read = read_through(line.as_bytes());
        let mut ledger = Ledger::read(GOOD.as_bytes()).unwrap();
        ledger.merge_entries(read.into_iter().flatten());
        answers(&ledger);
    }

    #[test]
    fn no_text_makes_the_reading_of_a_procedure_panic(
        file in 0..5_usize, harms in prop::collection::vec(harm(), 1..6),
    ) {
        let directory = concat!(env!("CARGO_MANIFEST_DIR"), "/procedures/");
        let file = format!("{directory}{}.toml", builtin::procedures()[file].id);
        let text = harmed(std::fs::read(file).unwrap(), &harms);
        let text = String::from_utf8_lossy(&text);
        match Procedure::from_toml("harmed.toml", &text) {
            Ok(procedure) => prop_assert_eq!(procedure.check(), Vec::new()),
            Err(error) => prop_assert!(error.to_string().contains("harmed.toml"), "{}", error),
        }
    }

    #[test]
    fn no_made_up_text_makes_the_reading_of_a_procedure_panic(text in any::<String>()) {
        prop_assert!(Procedure::from_toml("made-up.toml", &text).is_err());
    }
}

#[test]
fn every_golden_line_is_as_the_schema_says() {
    let schema = schema();
    for line in GOOD.lines() {
        assert_eq!(faults(&schema, line), Vec::<String>::new(), "{line}");
    }
}

/// Lines with a bad field that the schema lets pass, because JSON Schema has no words for what is wrong with them.
/// One compares two numbers, one counts bytes, one compares two rules.
const BEYOND_THE_SCHEMA: [&str; 3] = [
    "the fourth of a batch of three",
    "a URL of 2000 characters and more bytes",
    "a treaty's rule that is not the one beside it",
];

#[test]
fn the_schema_refuses_every_bad_field_that_it_can_express() {
    let schema = schema();
    let bad: Vec<Value> = serde_json::from_str(include_str!("../../../tests/format/bad.json")).unwrap();
    let mut let_pass = Vec::new();
    let mut refused = 0;
    for case in bad.iter().filter(|case| case["code"] == "invalid-field") {
        let mut line = case["line"].as_str().unwrap().to_owned();
        if let Value::Object(repeat) = &case["repeat"] {
            let times = usize::try_from(repeat["times"].as_u64().unwrap()).unwrap();
            line = line.replace(repeat["token"].as_str().unwrap(), &repeat["with"].as_str().unwrap().repeat(times));
        }
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
fn a_sealed_line_of_a_later_version_is_understood_as_far_as_it_can_be() {
    let remark = json!({ "remark": { "title": "A ruling", "weight": 7 } });
    let entry = seal(draft_of("jp/visit", remark, Some("2001"), at(0), "newer"));
    assert!(matches!(entry.fact(), Fact::Remark(remark) if remark.title == "A ruling"));
    let entry = seal(draft_of("jp/visit", json!({ "suspend": { "weight": 7 } }), None, at(0), "newer"));
    assert_eq!(entry.fact(), Fact::Unknown { kind: "suspend".to_owned() });
}
