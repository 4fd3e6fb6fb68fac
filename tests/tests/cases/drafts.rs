//! Reads the drafts of the cases, with their short forms.

use serde_json::{Value, json};
use servanda::builtin;
use servanda::{Batch, Procedure, facts::Draft, procedure::Calendar};

use crate::files::text_of;

/// A batch of drafts, each repeated as often as its `times` says.
pub(crate) fn batch(drafts: &[Value]) -> Batch {
    let drafts = drafts.iter().flat_map(|given| {
        let times = given["times"].as_u64().unwrap_or(1);
        let draft = draft(given);
        (0..times).map(move |_| draft.clone())
    });
    drafts.collect()
}

/// The procedure that a text means: a file or a built-in one.
pub(crate) fn procedure(text: &str) -> Procedure {
    if text.ends_with(".toml") {
        return Procedure::from_toml(text, &text_of(text)).unwrap_or_else(|error| panic!("{error}"));
    }
    Procedure::named(text, []).unwrap_or_else(|error| panic!("{error}")).clone()
}

fn calendar(text: &str) -> Calendar {
    if text.ends_with(".toml") {
        return Calendar::from_toml(text, &text_of(text)).unwrap_or_else(|error| panic!("{error}"));
    }
    assert_eq!(text, "jp-diet", "jp-diet is the only built-in calendar");
    builtin::jp_diet().clone()
}

/// The fact with its short forms written out.
fn written_out(fact: &Value) -> Value {
    let mut fact = fact.clone();
    if let Some(registered) = fact.get_mut("register") {
        if let Some(name) = registered["procedure"].as_str() {
            registered["procedure"] = json!(procedure(name).reference());
        }
        let words = json!({ "source": source("gazette"), "text": "we shall see" });
        // A matter without a promise has no words.
        let is_promise = registered.get("obligation").is_some();
        let usual = [("by", json!(["xx"])), ("title", json!("A word given")), ("words", words)];
        for (key, value) in usual.into_iter().filter(|(key, _)| *key != "words" || is_promise) {
            if registered.get(key).is_none() {
                registered[key] = value;
            }
        }
    }
    if let Some(name) = fact.pointer("/repin/procedure").and_then(Value::as_str) {
        fact["repin"]["procedure"] = json!(procedure(name).reference());
    }
    if let Some(name) = fact.pointer("/define/procedure").and_then(Value::as_str) {
        fact["define"]["procedure"] = json!(procedure(name));
    }
    if let Some(name) = fact.pointer("/define/calendar").and_then(Value::as_str) {
        fact["define"]["calendar"] = json!(calendar(name));
    }
    let body = fact.as_object_mut().and_then(|fact| fact.values_mut().next()).expect("a fact says something");
    let sources = body.get_mut("sources").and_then(Value::as_array_mut);
    sources.into_iter().flatten().for_each(write_out_source);
    if let Some(sources) = fact.pointer_mut("/register/opening/sources").and_then(Value::as_array_mut) {
        sources.iter_mut().for_each(write_out_source);
    }
    fact
}

fn write_out_source(given: &mut Value) {
    if let Some(name) = given.as_str() {
        *given = source(name);
    }
}

fn source(name: &str) -> Value {
    json!({ "title": name, "url": format!("https://example.org/{name}") })
}

fn draft(given: &Value) -> Draft {
    let mut draft = given.clone();
    draft["fact"] = written_out(&given["fact"]);
    if let Some(members) = draft.as_object_mut() {
        members.retain(|key, _| key != "as" && key != "times");
    }
    Draft::from_json(&draft.to_string()).unwrap_or_else(|error| panic!("{error}: {draft}"))
}
