//! Whether the cases speak of every rule and of every error there is.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::files::{File, text_of};

/// What the first column has in the table of the README under a heading.
fn table(heading: &str) -> BTreeSet<String> {
    let readme = text_of("README.md");
    let after =
        readme.split(&format!("## {heading}\n")).nth(1).unwrap_or_else(|| panic!("the README has no {heading}"));
    let section = after.split("\n## ").next().unwrap();
    let cells = section.lines().filter_map(|line| line.strip_prefix("| `")?.split(" |").next());
    cells.flat_map(|cell| cell.split(", ")).map(|name| name.trim_matches('`').to_owned()).collect()
}

#[test]
fn every_rule_is_held_by_a_case_and_every_case_holds_a_rule() {
    let listed = table("Rules");
    let mut held = BTreeSet::new();
    for file in File::all() {
        for case in file.cases() {
            let rules = case["rules"].as_array().into_iter().flatten();
            let rules: Vec<String> = rules.map(|rule| rule.as_str().unwrap().to_owned()).collect();
            assert!(!rules.is_empty(), "{}: {} holds no rule", file.name, case["name"]);
            held.extend(rules);
        }
    }
    assert_eq!(listed, held, "listed in the README (left), and held by cases (right)");
}

#[test]
fn cases_have_names_of_their_own() {
    let mut names = BTreeSet::new();
    for file in File::all() {
        for case in file.cases() {
            let name = case["name"].as_str().unwrap();
            assert!(names.insert(name.to_owned()), "two cases are called: {name}");
        }
    }
}

/// The codes as they stand in the sources: what follows an arrow in a function that is called `code`.
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

/// The codes that a case expects, of an error or within an answer.
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
fn every_code_is_met_in_a_case_or_listed_with_the_reason_why_not() {
    let mut met = BTreeSet::new();
    for file in File::all() {
        let steps = file.cases().iter().flat_map(|case| case["steps"].as_array().unwrap());
        for step in steps {
            ["answer", "error"].iter().for_each(|key| expected(&step[key], &mut met));
        }
    }
    let left_out = table("Codes that no case meets");
    let both: Vec<_> = met.intersection(&left_out).collect();
    assert!(both.is_empty(), "listed as met in no case, and met: {both:?}");
    let all: BTreeSet<String> = met.union(&left_out).cloned().collect();
    assert_eq!(written(), all, "in the sources (left), and met or listed (right)");
}
