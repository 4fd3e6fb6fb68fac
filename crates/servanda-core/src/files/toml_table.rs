//! Converts TOML tables to JSON, and finds the offsets of their values in the text.

use serde_json::{Map, Value, json};
use toml::de::{DeTable, DeValue};

use crate::value::path::PathSegment;

/// Converts a table to JSON. A TOML date becomes a string, so authors can write dates unquoted.
pub(crate) fn object(table: &DeTable<'_>) -> Value {
    let members = table.iter().map(|(key, value)| (key.get_ref().to_string(), json_of(value.get_ref())));
    Value::Object(members.collect::<Map<_, _>>())
}

fn json_of(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => json!(text),
        DeValue::Integer(integer) => match i64::from_str_radix(integer.as_str(), integer.radix()) {
            Ok(integer) => json!(integer),
            Err(_) => json!(integer.to_string()),
        },
        DeValue::Float(float) => json!(float.as_str()),
        DeValue::Boolean(boolean) => json!(boolean),
        DeValue::Datetime(date) => json!(date.to_string()),
        DeValue::Array(elements) => elements.iter().map(|element| json_of(element.get_ref())).collect(),
        DeValue::Table(table) => object(table),
    }
}

/// Returns the offset in the text of the value at a path, which is that of its key if it has one.
///
/// If the value does not exist, returns the offset of the innermost value around it that exists, or
/// `None` if the table lacks even the first key of the path.
pub(crate) fn offset_of(table: &DeTable<'_>, path: &[PathSegment]) -> Option<usize> {
    let Some((PathSegment::Key(key), rest)) = path.split_first() else { return None };
    let (at, value) = table.get_key_value(key.as_str())?;
    Some(offset_within(value.get_ref(), rest).unwrap_or(at.span().start))
}

fn offset_within(value: &DeValue<'_>, path: &[PathSegment]) -> Option<usize> {
    match value {
        DeValue::Table(table) => offset_of(table, path),
        DeValue::Array(elements) => {
            let Some((PathSegment::Index(index), rest)) = path.split_first() else { return None };
            let element = elements.get(*index)?;
            Some(offset_within(element.get_ref(), rest).unwrap_or(element.span().start))
        }
        _ => None,
    }
}
