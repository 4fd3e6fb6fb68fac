//! From JSON to a draft: the members of a line, spelt in any way, without what whoever appends fills in.

use std::fmt;

use serde::de::{DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::canonical::Spelling;
use super::line::{Header, Object};
use super::{DEEPEST, INTEGER_BOUND};
use crate::entry::{Draft, Fact, Kind};
use crate::value::Slug;
use crate::{Error, Result};

/// Reads a draft. What is not understood is refused, for it would be lost.
pub(crate) fn read_draft(text: &str) -> Result<Draft> {
    let value = read_plain(text)?;
    // From here on it is read as a line is.
    let canonical = super::to_json(&value);
    let object = Object::of(&canonical, "")?;
    check_members(&value)?;
    let commitment: Option<Slug> = object.optional("commitment")?;
    let (on, after, recorded_at) = (object.optional("on")?, object.optional("after")?, object.optional("recorded_at")?);
    let fact = object.fact()?.read(commitment.as_ref())?;
    if let Fact::Unknown { kind } = &fact {
        return Err(Error::unknown_word("kind of fact", kind, &Kind::ALL.map(Kind::as_str)));
    }
    let header = Header { after: after.is_some(), batch: None, commitment: commitment.is_some(), on: on.is_some() };
    header.check(Kind::from(&fact), fact.kind())?;
    fact.check()?;
    let understood = serde_json::to_value(&fact).unwrap_or_default();
    match value.get("fact").and_then(|given| left_out(given, &understood, "fact")) {
        Some(field) => wrong(field, "there is no such member"),
        None => Ok(Draft { commitment, on, after, recorded_at, fact: Ok(fact) }),
    }
}

fn wrong<T>(field: impl Into<String>, reason: &str) -> Result<T> {
    Err(Error::InvalidField { field: field.into(), reason: reason.to_owned() })
}

/// Whether all members around the fact are those of a draft.
fn check_members(draft: &Map<String, Value>) -> Result<()> {
    let others = |key: &&String| !["after", "commitment", "fact", "on", "recorded_at"].contains(&key.as_str());
    match draft.keys().find(others).map(String::as_str) {
        None => Ok(()),
        Some(key @ ("batch" | "id" | "recorded_by")) => {
            wrong(key, "a draft has no such member; it is filled in when the draft is appended")
        }
        Some(key) => wrong(key, "there is no such member; a draft has after, commitment, fact, on and recorded_at"),
    }
}

/// The path of something that was given and is not in what was understood. What stands for nothing may be left out.
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

/// Reads an object in which nothing stands that a line cannot have.
fn read_plain(text: &str) -> Result<Map<String, Value>> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = Plain { depth: 1 }.deserialize(&mut deserializer).and_then(|value| deserializer.end().map(|()| value));
    match value {
        Ok(Value::Object(members)) => Ok(members),
        Ok(_) => Err(Error::InvalidDraft { reason: "it is JSON, but not an object".to_owned() }),
        Err(error) => {
            let (text, place) = (error.to_string(), format!(" at line {} column {}", error.line(), error.column()));
            let said = text.strip_suffix(&place).unwrap_or(&text);
            Err(Error::InvalidDraft { reason: format!("line {}, column {}, {said}", error.line(), error.column()) })
        }
    }
}

/// A JSON value at so many levels.
#[derive(Clone, Copy)]
struct Plain {
    depth: usize,
}

impl Plain {
    fn inside<E: serde::de::Error>(self) -> Result<Self, E> {
        if self.depth > DEEPEST { Err(E::custom(Spelling::TooDeep)) } else { Ok(Self { depth: self.depth + 1 }) }
    }
}

impl<'de> DeserializeSeed<'de> for Plain {
    type Value = Value;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Plain {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Value, E> {
        if value.unsigned_abs() < INTEGER_BOUND { Ok(value.into()) } else { Err(E::custom(Spelling::IntegerTooLarge)) }
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Value, E> {
        if value < INTEGER_BOUND { Ok(value.into()) } else { Err(E::custom(Spelling::IntegerTooLarge)) }
    }

    fn visit_f64<E: serde::de::Error>(self, _: f64) -> Result<Value, E> {
        Err(E::custom(Spelling::Float))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Value, A::Error> {
        let inside = self.inside()?;
        let mut values = Vec::new();
        while let Some(value) = elements.next_element_seed(inside)? {
            values.push(value);
        }
        Ok(values.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let inside = self.inside()?;
        let mut values = Map::new();
        while let Some(key) = members.next_key::<String>()? {
            if !key.is_ascii() {
                return Err(A::Error::custom(Spelling::KeyNotAscii));
            }
            if values.contains_key(&key) {
                return Err(A::Error::custom(Spelling::DuplicateKey));
            }
            values.insert(key, members.next_value_seed(inside)?);
        }
        Ok(values.into())
    }
}
