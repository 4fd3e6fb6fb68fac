//! Reads JSON in any formatting, if canonical text can express the same value.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use crate::value::json::{CanonicalError, INTEGER_BOUND, MAX_DEPTH};
use crate::value::{plain_message, quote};

/// An error in a text, with its place. Line and column count from 1.
#[derive(Debug)]
pub(crate) struct JsonError {
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) reason: String,
}

/// Reads JSON, and refuses everything that a line cannot contain.
///
/// An object with the same key twice is refused, because one of the two values would be lost
/// silently.
pub(crate) fn read_plain(text: &str) -> Result<Value, JsonError> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = Plain { depth: 1 }.deserialize(&mut deserializer);
    value.and_then(|value| deserializer.end().map(|()| value)).map_err(|error| {
        let (line, column, said) = (error.line(), error.column(), plain_message(&error.to_string()));
        let reason = said.strip_suffix(&format!(" at line {line} column {column}")).unwrap_or(&said).to_owned();
        JsonError { line, column, reason }
    })
}

/// Reads a JSON value at nesting level `depth`.
#[derive(Clone, Copy)]
struct Plain {
    depth: usize,
}

impl Plain {
    fn inside<E: Error>(self) -> Result<Self, E> {
        if self.depth > MAX_DEPTH {
            Err(E::custom(CanonicalError::TooDeep))
        } else {
            Ok(Self { depth: self.depth + 1 })
        }
    }
}

impl<'de> DeserializeSeed<'de> for Plain {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
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

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        if value.unsigned_abs() < INTEGER_BOUND {
            Ok(value.into())
        } else {
            Err(E::custom(CanonicalError::IntegerTooLarge))
        }
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        if value < INTEGER_BOUND { Ok(value.into()) } else { Err(E::custom(CanonicalError::IntegerTooLarge)) }
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Value, E> {
        Err(E::custom(CanonicalError::Float))
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
                return Err(A::Error::custom(CanonicalError::KeyNotAscii));
            }
            if values.contains_key(&key) {
                return Err(A::Error::custom(format_args!("the key {} stands twice in one object", quote(&key))));
            }
            values.insert(key, members.next_value_seed(inside)?);
        }
        Ok(values.into())
    }
}
