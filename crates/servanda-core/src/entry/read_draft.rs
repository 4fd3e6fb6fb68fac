//! Reads drafts from JSON: the members of a line in any order and with any whitespace, without
//! those that the append fills in.

use serde_json::{Map, Value};

use super::read_line::Object;
use crate::entry::{Draft, Fact, Kind};
use crate::value::json::{JsonError, read_plain, to_json};
use crate::value::{Slug, ValueError};
use crate::{Error, Result};

/// Reads a draft. An unknown member is an error, because it would be lost.
pub(crate) fn read_draft(text: &str) -> Result<Draft> {
    let value = read_object(text)?;
    // From here on, the draft is read like a line.
    let canonical = to_json(&value);
    let object = Object::of(&canonical, "")?;
    check_members(&value)?;
    let commitment: Option<Slug> = object.optional("commitment")?;
    let (on, after) = (object.optional("on")?, object.optional("after")?);
    let (published, recorded_at) = (object.optional("published")?, object.optional("recorded_at")?);
    let fact = object.fact()?.read(commitment.as_ref())?;
    if let Fact::Unknown { kind } = &fact {
        return Err(ValueError::unknown_word("kind of fact", kind, &Kind::ALL.map(Kind::as_str)).into());
    }
    let draft = Draft { commitment, on, after, published, recorded_at, fact };
    draft.check_header()?;
    draft.fact.check()?;
    let understood = serde_json::to_value(&draft.fact).unwrap_or_default();
    match value.get("fact").and_then(|given| left_out(given, &understood, "fact")) {
        Some(field) => wrong(field, "there is no such member"),
        None => draft.tidied(),
    }
}

fn wrong<T>(field: impl Into<String>, reason: &str) -> Result<T> {
    Err(Error::InvalidField { field: field.into(), reason: reason.to_owned() })
}

/// Checks that all members around the fact can be in a draft.
fn check_members(draft: &Map<String, Value>) -> Result<()> {
    let others =
        |key: &&String| !["after", "commitment", "fact", "on", "published", "recorded_at"].contains(&key.as_str());
    match draft.keys().find(others).map(String::as_str) {
        None => Ok(()),
        Some(key @ ("batch" | "id" | "recorded_by")) => {
            wrong(key, "a draft has no such member; it is filled in when the draft is appended")
        }
        Some(key) => {
            wrong(key, "there is no such member; a draft has after, commitment, fact, on, published and recorded_at")
        }
    }
}

/// The path of a part of `given` that is not in `understood`. Parts without content may be missing.
fn left_out(given: &Value, understood: &Value, path: &str) -> Option<String> {
    let stands_for_nothing = |value: &Value| match value {
        Value::Array(values) => values.is_empty(),
        Value::Object(members) => members.is_empty(),
        value => value.as_bool() == Some(false) || value.as_u64() == Some(0),
    };
    match (given, understood) {
        (Value::Object(given), Value::Object(understood)) => given.iter().find_map(|(key, value)| {
            let path = format!("{path}.{key}");
            match understood.get(key) {
                Some(understood) => left_out(value, understood, &path),
                None => (!stands_for_nothing(value)).then_some(path),
            }
        }),
        (Value::Array(given), Value::Array(understood)) => {
            let mut pairs = given.iter().zip(understood).enumerate();
            pairs.find_map(|(index, (given, understood))| left_out(given, understood, &format!("{path}[{index}]")))
        }
        _ => None,
    }
}

/// Reads an object that has only members that a line can have.
fn read_object(text: &str) -> Result<Map<String, Value>> {
    match read_plain(text) {
        Ok(Value::Object(members)) => Ok(members),
        Ok(_) => Err(Error::InvalidDraft { reason: "it is JSON, but not an object".to_owned() }),
        Err(JsonError { line, column, reason }) => {
            Err(Error::InvalidDraft { reason: format!("line {line}, column {column}, {reason}") })
        }
    }
}
