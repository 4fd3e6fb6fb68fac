//! Checks that the cases cover every rule and every error code.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::files::{File, text_of};

/// The first column of the table under a heading of the README.
fn table(heading: &str) -> BTreeSet<String> {
    let readme = text_of("README.md");
    let after =
        readme.split(&format!("## {heading}\n")).nth(1).unwrap_or_else(|| panic!("the README has no {heading}"));
    let section = after.split("\n## ").next().unwrap();
    let cells = section.lines().filter_map(|line| line.strip_prefix("| `")?.split(" |").next());
    cells.flat_map(|cell| cell.split(", ")).map(|name| name.trim_matches('`').to_owned()).collect()
}

#[test]
fn every_rule_has_a_case_and_every_case_has_a_rule() {
    let listed = table("Rules");
    let mut held = BTreeSet::new();
    for file in File::all() {
        for case in file.cases() {
            let rules = case["rules"].as_array().into_iter().flatten();
            let rules: Vec<String> = rules.map(|rule| rule.as_str().unwrap().to_owned()).collect();
            assert!(!rules.is_empty(), "{}: {} has no rule", file.name, case["name"]);
            held.extend(rules);
        }
    }
    assert_eq!(listed, held, "listed in the README (left), and in the cases (right)");
}

#[test]
fn every_case_has_a_unique_name() {
    let mut names = BTreeSet::new();
    for file in File::all() {
        for case in file.cases() {
            let name = case["name"].as_str().unwrap();
            assert!(names.insert(name.to_owned()), "two cases have the name: {name}");
        }
    }
}

/// The codes in the source files: the text after each arrow in a function named `code`.
fn written() -> BTreeSet<String> {
    let sources = [
        include_str!("../../../crates/servanda-core/src/error/data.rs"),
        include_str!("../../../crates/servanda-core/src/value/error.rs"),
        include_str!("../../../crates/servanda-core/src/value/json/canonical.rs"),
        include_str!("../../../crates/servanda/src/error.rs"),
    ];
    let functions = sources.iter().flat_map(|text| text.split("fn code(").skip(1));
    let bodies = functions.map(|rest| rest.split("\n    }\n").next().unwrap());
    let codes = bodies.flat_map(|body| body.split("=> \"").skip(1).map(|rest| rest.split('"').next().unwrap()));
    codes.map(str::to_owned).collect()
}

/// The codes that a case expects, in an error or within an answer.
fn expected(value: &Value, codes: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            codes.extend(object.get("code").and_then(Value::as_str).map(str::to_owned));
            object.values().for_each(|value| expected(value, codes));
        }
        Value::Array(array) => array.iter().for_each(|value| expected(value, codes)),
        _ => {}
    }
}

#[test]
fn every_code_occurs_in_a_case_or_is_listed_with_a_reason() {
    let mut met = BTreeSet::new();
    for file in File::all() {
        let steps = file.cases().iter().flat_map(|case| case["steps"].as_array().unwrap());
        for step in steps {
            ["answer", "error"].iter().for_each(|key| expected(&step[key], &mut met));
        }
    }
    let without_case = table("Codes without a case");
    let both: Vec<_> = met.intersection(&without_case).collect();
    assert!(both.is_empty(), "listed as codes without a case, but in a case: {both:?}");
    let all: BTreeSet<String> = met.union(&without_case).cloned().collect();
    assert_eq!(written(), all, "in the source files (left), and in a case or listed (right)");
}
