//! The library, the checker in Python and the JSON Schema agree on every line.
//!
//! The lines are golden lines with one change each: a member of a later version in every object, a
//! missing member, and a value of another type or out of its range in every place.

#![allow(clippy::panic, clippy::unwrap_used)]

mod generate;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use generate::{answers, lines_of, sealed_line};
use serde_json::{Map, Value, json};
use servanda_core::Ledger;
use servanda_core::format::{Reader, SCHEMA};

const FORMAT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/format");

/// A place in a value: the members and indexes that lead there.
type Place = Vec<String>;

fn at<'a>(value: &'a mut Value, place: &[String]) -> &'a mut Value {
    let path: String = place.iter().map(|part| format!("/{}", part.replace('~', "~0").replace('/', "~1"))).collect();
    value.pointer_mut(&path).unwrap()
}

/// All places in a value, the value itself first.
fn places(value: &Value, place: &Place, found: &mut Vec<Place>) {
    found.push(place.clone());
    let inner: Vec<(String, &Value)> = match value {
        Value::Object(members) => members.iter().map(|(key, value)| (key.clone(), value)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(index, item)| (index.to_string(), item)).collect(),
        _ => Vec::new(),
    };
    for (part, value) in inner {
        let place: Place = place.iter().cloned().chain([part]).collect();
        places(value, &place, found);
    }
}

/// A name for places that have the same meaning: the indexes of lists are left out, and with them
/// the languages of a title and the clocks with a rule. All sources have one meaning, and so have
/// all values in a member of a later version.
fn meaning(place: &Place) -> String {
    let mut name = String::new();
    let mut any_key = false;
    for part in place {
        let part = if any_key || part.parse::<usize>().is_ok() { "*" } else { part };
        any_key = matches!(part, "title" | "names" | "rules");
        name.push_str(&format!("/{part}"));
        match part {
            "sources" | "references" if place.last().is_some_and(|last| last != part) => name = "/sources".to_owned(),
            "source" => name = "/sources/*".to_owned(),
            later if later.starts_with("x_") => return "/later".to_owned(),
            _ => {}
        }
    }
    name
}

/// Values that are odd in most places.
fn odd_values() -> Vec<Value> {
    let texts = [
        "",
        " ",
        "x",
        "X",
        "x/y",
        "x--y",
        "-x",
        "x y",
        "x\u{85}",
        "\u{3000}",
        "\u{200b}",
        "\u{feff}",
        "a\tb",
        "\u{7f}",
        "2013",
        "2013-02",
        "2013-02-28",
        "2013-02-29",
        "2013-13",
        "0000",
        "0000-01-01",
        "10000-01-01",
        "2013-1-1",
        "２０１３",
        "2013-02-28T00:00:00.000000Z",
        "[2013-02-27..2013-03-01]",
        "[2013-02-27..2013-02-27]",
        "[2013-02-28..2013-02-29]",
        "[2013-02..2013-03]",
        "[..2013-02-28]",
        "[1833-08-29..2013-02-01]",
        "[1833-08-28..2013-02-01]",
        "2013-02-27/2013-03-01",
        "2013-02-28T24:00:00.000000Z",
        "2013-02-28T00:00:00Z",
        "2013-02-28T23:59:60.000000Z",
        "0",
        "00",
        "0.",
        "1.0",
        ".5",
        "-1",
        "1e3",
        "12345678901234567890123456789.0",
        "123456789012345678901234567890.0",
        "http://x",
        "https://",
        "https://?q",
        "HTTPS://x",
        "https://x y",
        "https://x\u{a0}y",
        "ftp://x",
        "https://u@x",
        "https://:80",
        "https://x\u{2028}y",
        "https://x/|",
        "https://[",
        "sha256:00",
        "given",
        "within",
        "term-end",
        "sometimes",
        "en",
        "EN",
        "zh-hant",
    ];
    let mut values: Vec<Value> = texts.map(Value::from).to_vec();
    values.extend([
        Value::Null,
        json!(true),
        json!(false),
        json!(-1),
        json!(0),
        json!(1),
        json!(101),
        json!(10_000),
        json!(10_001),
        json!(4_294_967_295_u64),
        json!(4_294_967_296_u64),
        json!(9_007_199_254_740_991_u64),
        json!([]),
        json!({}),
        json!([null]),
        json!({ "x": 1 }),
        json!({ "X": 1 }),
        json!([[]]),
        json!([{}]),
        json!(format!("sha256:{}", "0a".repeat(32))),
        json!(format!("sha256:{}", "0A".repeat(32))),
        json!("字".repeat(300)),
        json!("字".repeat(301)),
        json!("two\nlines"),
        json!("two\r\nlines"),
        json!("HTTPS://EXAMPLE.ORG/"),
        json!("ftp://example.org/"),
        json!("ftps://example.org/"),
        json!("x".repeat(128)),
        json!("x".repeat(129)),
        json!(format!("https://x/{}", "x".repeat(1990))),
        json!(format!("https://x/{}", "x".repeat(1991))),
    ]);
    values
}

/// Lines with one change each, with a description. Each change is made once at each meaning of a
/// place.
fn changed_lines() -> BTreeMap<String, String> {
    let golden = fs::read_to_string(Path::new(FORMAT).join("good.jsonl")).unwrap();
    let mut lines: BTreeMap<String, String> = BTreeMap::new();
    let mut changed: BTreeSet<String> = BTreeSet::new();
    let odd = odd_values();
    for line in golden.lines().filter(|line| line.len() < 12_000) {
        let mut entry: Value = serde_json::from_str(line).unwrap();
        entry.as_object_mut().unwrap().remove("id");
        // A line with few items takes less time, and shows the same.
        shorten(&mut entry);
        let mut all = Vec::new();
        places(&entry, &Vec::new(), &mut all);
        for place in all {
            let name = meaning(&place);
            let mut change = |what: &str, change: &dyn Fn(&mut Value)| {
                let what = format!("{name}: {what}");
                if changed.insert(what.clone()) {
                    let mut entry = entry.clone();
                    change(at(&mut entry, &place));
                    if entry.is_object() {
                        lines.entry(sealed_line(entry)).or_insert(what);
                    }
                }
            };
            for value in odd.iter().filter(|_| !place.is_empty()) {
                change(&format!("{value:.60}"), &|old| *old = value.clone());
            }
            let held = at(&mut entry.clone(), &place).clone();
            if let Value::Object(members) = &held {
                for value in [json!("later"), json!({ "later": [null] }), json!(null)] {
                    change(&format!("with a later member {value}"), &|old| {
                        drop(members_of(old).insert("zz".into(), value.clone()))
                    });
                }
                for key in members.keys() {
                    change(&format!("without {key}"), &|old| drop(members_of(old).remove(key)));
                }
            }
            if let Value::Array(items) = &held {
                for count in [99, 100, 101] {
                    let many: Vec<Value> = items.iter().cycle().take(count).cloned().collect();
                    change(&format!("{count} items"), &|old| *old = json!(many));
                }
            }
        }
    }
    lines
}

/// Keeps two items of each list, apart from the alternatives of a treaty.
fn shorten(value: &mut Value) {
    match value {
        Value::Array(items) => {
            items.truncate(2);
            items.iter_mut().for_each(shorten);
        }
        Value::Object(members) => {
            members.iter_mut().filter(|(key, _)| *key != "general").for_each(|(_, value)| shorten(value));
        }
        _ => {}
    }
}

fn members_of(value: &mut Value) -> &mut Map<String, Value> {
    value.as_object_mut().unwrap()
}

/// The problems that only the checker finds. JSON Schema counts no depth and no
/// bytes, and cannot compare two members.
const BEYOND_THE_SCHEMA: [&str; 14] = [
    "too-deep:",
    "is not a real day, month or year, or a range of days",
    "is not an http or https URL of at most 2000 bytes",
    "is greater than `of`",
    "has no condition",
    "asks for all signatories and for a number of them",
    "needs the number of signatories",
    "has a share that is not above 0 and at most 100",
    "has a period from signature, and no day of signature",
    "has neither a rule nor a note",
    "has no rule and no terms, or both",
    "has a notice longer than its terms",
    "counts other signatories than it lists",
    "does not begin with the rule and the deposits next to it",
];

/// The numbers of the lines that the checker in Python refuses, with its reasons. `None` without
/// Python.
fn refused_by_the_checker(lines: &[&String]) -> Option<BTreeMap<usize, String>> {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("odd.jsonl");
    let mut file = fs::File::create(&path).unwrap();
    lines.iter().for_each(|line| writeln!(file, "{line}").unwrap());
    let checker = Path::new(FORMAT).join("check.py");
    let run =
        |python: &str| Command::new(python).arg(&checker).arg(&path).env("PYTHONIOENCODING", "utf-8").output().ok();
    let output = run("python3").or_else(|| run("python"))?;
    let prefix = format!("{}:", path.display());
    let text = String::from_utf8(output.stdout).unwrap();
    let refused = text.lines().filter_map(|line| line.strip_prefix(&prefix)?.split_once(": "));
    Some(refused.filter_map(|(number, why)| Some((number.parse::<usize>().ok()? - 1, why.to_owned()))).collect())
}

#[test]
fn the_library_the_checker_and_the_schema_accept_the_same_lines() {
    let changed = changed_lines();
    let lines: Vec<&String> = changed.keys().collect();
    let Some(checker) = refused_by_the_checker(&lines) else {
        assert!(std::env::var_os("CI").is_none(), "there is no Python 3, and CI needs it");
        println!("skipped: there is nothing to compare with, because there is no Python 3");
        return;
    };
    let schema = jsonschema::validator_for(&serde_json::from_str(SCHEMA).unwrap()).unwrap();
    let mut disagreements = Vec::new();
    let (mut accepted, mut refused) = (BTreeSet::new(), 0);
    for (number, line) in lines.iter().enumerate() {
        let library = Reader::new(format!("{line}\n").as_bytes()).next().unwrap();
        let by_schema = schema.is_valid(&serde_json::from_str(line).unwrap());
        let by_checker = checker.get(&number);
        match &library {
            Ok(_) => drop(accepted.insert(line.as_str())),
            Err(_) => refused += 1,
        }
        let beyond = by_checker.is_some_and(|why| BEYOND_THE_SCHEMA.iter().any(|known| why.contains(known)));
        if library.is_ok() != by_checker.is_none() || library.is_ok() != by_schema && !(beyond && by_schema) {
            let library = library.err().map(|error| error.to_string());
            disagreements.push(format!(
                "{}\n    library: {library:?}\n    checker: {by_checker:?}\n    schema: {by_schema}",
                changed[*line]
            ));
        }
    }
    assert!(disagreements.is_empty(), "{} of {}:\n{}", disagreements.len(), lines.len(), disagreements.join("\n"));
    assert!(accepted.len() > 1_000 && refused > 1_000, "{} and {refused}", accepted.len());
    // What is accepted is kept as it is, and no view of it panics.
    let text: String = accepted.iter().map(|line| format!("{line}\n")).collect();
    let ledger = Ledger::read(text.as_bytes()).unwrap();
    answers(&ledger);
    let mut merged = Ledger::new();
    merged.merge(&ledger);
    assert_eq!(lines_of(&merged).lines().collect::<BTreeSet<_>>(), accepted);
}
