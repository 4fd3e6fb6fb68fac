//! Reads TOML documents.

use servanda::Day;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::document::{self, Lines};
use super::number::plain_decimal;
use super::serial::{self, Shown};
use crate::{Cell, Document, Node, Value};

pub(super) fn read(name: &str, text: &str) -> Result<Document, String> {
    document::of(name, vec![Node { line: Some(1), value: Value::Map(tree(text)?) }])
}

/// Reads the keys and values of a text in TOML.
pub(crate) fn tree(text: &str) -> Result<Vec<(String, Node)>, String> {
    let lines = Lines::of(text);
    let table = DeTable::parse(text).map_err(|error| {
        let line = error.span().map_or_else(String::new, |span| format!("line {}: ", lines.at(span.start)));
        format!("{line}{}", error.message().replace('\n', " "))
    })?;
    members(table.get_ref(), &lines, 0)
}

fn members(table: &DeTable<'_>, lines: &Lines, depth: usize) -> Result<Vec<(String, Node)>, String> {
    let mut members: Vec<(usize, String, Node)> = Vec::with_capacity(table.len());
    for (key, value) in table {
        members.push((key.span().start, key.get_ref().to_string(), node(value, key.span().start, lines, depth + 1)?));
    }
    members.sort_by_key(|(place, _, _)| *place);
    Ok(members.into_iter().map(|(_, key, node)| (key, node)).collect())
}

fn node(value: &Spanned<DeValue<'_>>, key: usize, lines: &Lines, depth: usize) -> Result<Node, String> {
    let start = match value.get_ref() {
        // The line of its first key, because a header can have a comment of many lines below it.
        DeValue::Table(table) => table.keys().map(|key| key.span().start).min().unwrap_or(value.span().start),
        _ => value.span().start.max(key),
    };
    let line = Some(lines.at(start));
    if depth > document::MAX_DEPTH {
        return Err(document::too_deep(line));
    }
    let value = match value.get_ref() {
        DeValue::Table(table) => Value::Map(members(table, lines, depth)?),
        DeValue::Array(array) => {
            Value::List(array.iter().map(|value| node(value, 0, lines, depth + 1)).collect::<Result<_, _>>()?)
        }
        value => Value::Cell(cell(value)),
    };
    Ok(Node { line, value })
}

fn cell(value: &DeValue<'_>) -> Cell {
    match value {
        DeValue::String(text) => Cell::Text(text.to_string()),
        DeValue::Integer(integer) if integer.radix() == 10 => number(integer.as_str()),
        DeValue::Integer(integer) => match i128::from_str_radix(integer.as_str(), integer.radix()) {
            Ok(number) => Cell::Number(number.to_string()),
            Err(_) => Cell::Fault(format!("{} is not a number", integer.as_str())),
        },
        DeValue::Float(float) => number(float.as_str()),
        DeValue::Boolean(value) => Cell::Bool(*value),
        DeValue::Datetime(datetime) => match (&datetime.date, &datetime.time) {
            (Some(date), None) => match Day::new(date.year.into(), date.month.into(), date.day.into()) {
                Ok(day) => Cell::Date(day),
                Err(error) => Cell::Fault(error.to_string()),
            },
            _ if datetime.offset.is_some() => Cell::Text(datetime.to_string()),
            _ => serial::iso(&datetime.to_string(), Shown::Day),
        },
        DeValue::Array(_) | DeValue::Table(_) => Cell::Empty,
    }
}

fn number(text: &str) -> Cell {
    plain_decimal(text).map_or_else(|| Cell::Fault(format!("{text} is not a number")), Cell::Number)
}
