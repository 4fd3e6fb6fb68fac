//! Compares the answers with the expected ones.

use serde_json::{Value, json};
use servanda::Error;

use crate::world::World;

/// The members that a step, an expected error and a draft may have. Any other member would be
/// ignored silently.
const OF_A_STEP: &str = "answer append as as_published ask before copy create days error export file filter folder from hex ids json keep known_at languages merge merge_lines now \
    of on only open parse prepare read same_as since span text times to tracker";
const OF_AN_ERROR: &str = "code details family text";
const OF_A_DRAFT: &str = "after as commitment fact on published recorded_at times";

fn check_members(of: &str, value: &Value, wrong: &mut Vec<String>) {
    let members = value.as_object().into_iter().flat_map(|object| object.keys());
    let unknown = members.filter(|key| !of.split_whitespace().any(|known| known == *key));
    wrong.extend(unknown.map(|key| format!("the member {key} is not allowed here: {value}")));
}

/// Runs the steps of a case, and adds the failures to `wrong`.
pub(crate) fn check_case(world: &mut World, case: &mut Value, update: bool, wrong: &mut Vec<String>) {
    let name = case["name"].as_str().expect("a case has a name").to_owned();
    let steps = case["steps"].as_array_mut().expect("a case has steps");
    assert!(steps[0].get("now").is_some(), "{name}: its first step does not set the time");
    for (n, step) in steps.iter_mut().enumerate() {
        let at = format!("{name}, step {}", n + 1);
        let before = wrong.len();
        check_step(world, step, update, wrong);
        wrong[before..].iter_mut().for_each(|text| *text = format!("{at}: {text}"));
    }
    for tracker in world.without_file.clone() {
        let is_said = |step: &Value| {
            step["ask"] == "digest"
                && step["tracker"].as_str().unwrap_or("desk") == tracker
                && step.get("error").is_none()
        };
        let digest = world.tracker(&tracker).digest().unwrap().to_string();
        let nothing = servanda::Ledger::new().digest().to_string();
        if digest == nothing || steps.iter().rev().take_while(|step| step["ask"] == "digest").any(is_said) {
            continue;
        }
        let mut step = json!({ "answer": digest, "ask": "digest" });
        if tracker != "desk" {
            step["tracker"] = tracker.clone().into();
        }
        if update {
            steps.push(step);
        } else {
            wrong.push(format!("{name}: it does not end with the digest of {tracker}"));
        }
    }
}

fn check_step(world: &mut World, step: &mut Value, update: bool, wrong: &mut Vec<String>) {
    check_members(OF_A_STEP, step, wrong);
    check_members(OF_AN_ERROR, &step["error"], wrong);
    let drafts = [&step["append"], &step["prepare"]].into_iter().filter_map(Value::as_array).flatten();
    drafts.for_each(|draft| check_members(OF_A_DRAFT, draft, wrong));
    if let Some(error) = step.get("error") {
        let lacking = ["code", "family"].into_iter().filter(|key| error.get(key).is_none());
        wrong.extend(lacking.map(|key| format!("the error has no {key}")));
    }
    if let Some(lines) = world.sealed(step) {
        settle(step, "merge_lines", json!(lines), update, wrong);
    }
    let outcome = world.run(step);
    if step["ask"] == "digest"
        && let Ok(answer) = &outcome
    {
        settle(step, "answer", answer.value(), update, wrong);
        return;
    }
    match (&outcome, step.get("error").map(|error| world.named(error))) {
        (Ok(answer), None) => {
            if answer.is_digested {
                settle(step, "json", answer.digest().into(), update, wrong);
            }
            if step.get("ids").is_some() {
                settle(step, "ids", answer.value(), update, wrong);
            }
            if let Some(name) = step["keep"].as_str() {
                world.kept.insert(name.to_owned(), answer.json.clone());
            }
            if let Some(name) = step["same_as"].as_str()
                && world.kept[name] != answer.json
            {
                wrong.push(format!("it is not the same as {name}: {} and {}", world.kept[name], answer.json));
            }
            if let Some(expected) = step.get("answer").map(|expected| world.named(expected)) {
                differences("answer", &expected, &answer.value(), wrong);
            }
        }
        (Err(error), Some(expected)) => differences("error", &expected, &shown(error), wrong),
        (Ok(answer), Some(expected)) => {
            wrong.push(format!("it should fail with {expected}, but the answer is {}", answer.json))
        }
        (Err(error), None) => wrong.push(format!("it failed: {}: {error}", error.code())),
    }
}

/// Writes a computed value into a member, or adds a failure if it differs.
fn settle(step: &mut Value, key: &str, found: Value, update: bool, wrong: &mut Vec<String>) {
    if update {
        step[key] = found;
    } else if step.get(key) != Some(&found) {
        wrong.push(format!("{key}: expected {}, found {found}", step[key]));
    }
}

fn shown(error: &Error) -> Value {
    let details: Value = serde_json::from_str(&error.details()).unwrap();
    json!({ "code": error.code(), "details": details, "family": error.kind().as_str(), "text": error.to_string() })
}

/// Adds a failure for each place where `found` does not contain what is expected.
fn differences(at: &str, expected: &Value, found: &Value, wrong: &mut Vec<String>) {
    match (expected, found) {
        (Value::Object(expected), Value::Object(found)) => {
            for (key, expected) in expected {
                differences(&format!("{at}.{key}"), expected, found.get(key).unwrap_or(&Value::Null), wrong);
            }
        }
        (Value::Array(expected), Value::Array(found)) if expected.len() == found.len() => {
            for (n, (expected, found)) in expected.iter().zip(found).enumerate() {
                differences(&format!("{at}[{n}]"), expected, found, wrong);
            }
        }
        _ if expected == found => {}
        _ => wrong.push(format!("{at}: expected {expected}, found {found}")),
    }
}
