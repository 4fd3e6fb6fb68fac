//! Reads JSON documents.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::document::{self, Lines};
use super::number::plain_decimal;
use crate::{Cell, Document, Node, Value};

pub(super) fn read(name: &str, text: &str) -> Result<Document, String> {
    document::of(name, vec![root(text)?])
}

/// Reads the members of an object.
pub(crate) fn tree(text: &str) -> Result<Vec<(String, Node)>, String> {
    match root(text)?.value {
        Value::Map(members) => Ok(members),
        _ => Err("there should be an object".to_owned()),
    }
}

fn root(text: &str) -> Result<Node, String> {
    let raw: &RawValue = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let source = Source { text, lines: Lines::of(text) };
    source.node(raw, 0)
}

/// A text, in which the places of raw values are known.
struct Source<'a> {
    text: &'a str,
    lines: Lines,
}

impl<'a> Source<'a> {
    fn node(&self, raw: &'a RawValue, depth: usize) -> Result<Node, String> {
        let json = raw.get();
        // A raw value is a part of the text.
        let number = self.lines.at(json.as_ptr().addr().saturating_sub(self.text.as_ptr().addr()));
        let line = Some(number);
        if depth > document::MAX_DEPTH {
            return Err(document::too_deep(line));
        }
        let unread = |error: serde_json::Error| format!("line {number}: {error}");
        let value = match json.as_bytes().first() {
            Some(b'{') => {
                let Members(raw) = serde_json::from_str(json).map_err(unread)?;
                let mut members: Vec<(String, Node)> = Vec::with_capacity(raw.len());
                let mut keys = std::collections::HashSet::with_capacity(raw.len());
                for (key, value) in raw {
                    let node = self.node(value, depth + 1)?;
                    if !keys.insert(key.clone()) {
                        return Err(document::repeated(&key, node.line));
                    }
                    members.push((key, node));
                }
                Value::Map(members)
            }
            Some(b'[') => {
                let raw: Vec<&RawValue> = serde_json::from_str(json).map_err(unread)?;
                Value::List(raw.into_iter().map(|value| self.node(value, depth + 1)).collect::<Result<_, _>>()?)
            }
            Some(b'"') => Value::Cell(Cell::Text(serde_json::from_str(json).map_err(unread)?)),
            _ => Value::Cell(match json {
                "null" => Cell::Empty,
                "true" => Cell::Bool(true),
                "false" => Cell::Bool(false),
                number => plain_decimal(number)
                    .map_or_else(|| Cell::Fault(format!("{number} is not a number that can be used")), Cell::Number),
            }),
        };
        Ok(Node { line, value })
    }
}

/// The members of an object, with repeated ones.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;

        impl<'de> Visitor<'de> for Object {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(Object)
    }
}
