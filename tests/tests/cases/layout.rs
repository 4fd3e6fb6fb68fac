//! Formats the files: a value that fits on a line is written on one line, and members have a fixed
//! order.

use serde_json::Value;

/// The maximum length of a line.
const WIDTH: usize = 150;
/// The members that come first, in this order. Other members follow in alphabetical order.
const FIRST: &str =
    "about cases name rules steps now tracker append prepare merge merge_lines export open create close ask parse read";
/// The members that come last.
const LAST: &str = "answer error ids json";

/// The formatted text of a file.
pub(crate) fn lay_out(value: &Value) -> String {
    let mut text = String::new();
    put(value, 0, 0, &mut text);
    text.push('\n');
    text
}

fn rank(key: &str) -> usize {
    let place = |list: &str| list.split(' ').position(|known| known == key);
    match (place(FIRST), place(LAST)) {
        (Some(place), _) => place,
        (None, Some(place)) => 1000 + place,
        (None, None) => 500,
    }
}

fn members(object: &serde_json::Map<String, Value>) -> Vec<(&String, &Value)> {
    let mut members: Vec<_> = object.iter().collect();
    members.sort_by_key(|(key, _)| (rank(key), *key));
    members
}

fn on_one_line(value: &Value) -> String {
    match value {
        Value::Object(object) if !object.is_empty() => {
            let member =
                |(key, value): (&String, &Value)| format!("{}: {}", Value::from(key.as_str()), on_one_line(value));
            format!("{{ {} }}", members(object).into_iter().map(member).collect::<Vec<_>>().join(", "))
        }
        Value::Array(array) => format!("[{}]", array.iter().map(on_one_line).collect::<Vec<_>>().join(", ")),
        other => other.to_string(),
    }
}

/// Writes a value. `taken` characters of its line are already used, for example by its key.
fn put(value: &Value, indent: usize, taken: usize, text: &mut String) {
    let short = on_one_line(value);
    let is_plain = !matches!(value, Value::Object(_) | Value::Array(_));
    // The outer levels always use several lines, so that each step is on its own lines.
    let is_outer = value.get("cases").is_some() || value.get("steps").is_some();
    let holds_steps =
        value.as_array().is_some_and(|array| array.iter().any(|item| item.get("name").is_some() || is_step(item)));
    if is_plain || !(is_outer || holds_steps) && indent + taken + short.chars().count() <= WIDTH {
        return text.push_str(&short);
    }
    let (open, close) = if value.is_array() { ('[', ']') } else { ('{', '}') };
    text.push(open);
    let inner = indent + 2;
    let next = |key: Option<&String>, value: &Value, is_last: bool, text: &mut String| {
        let key = key.map_or_else(String::new, |key| format!("{}: ", Value::from(key.as_str())));
        text.push_str(&format!("\n{}{key}", " ".repeat(inner)));
        put(value, inner, key.chars().count() + 1, text);
        text.push_str(if is_last { "" } else { "," });
    };
    match value {
        Value::Object(object) => {
            let members = members(object);
            let many = members.len();
            members.into_iter().enumerate().for_each(|(n, (key, value))| next(Some(key), value, n + 1 == many, text));
        }
        Value::Array(array) => {
            array.iter().enumerate().for_each(|(n, value)| next(None, value, n + 1 == array.len(), text));
        }
        _ => {}
    }
    text.push_str(&format!("\n{}{close}", " ".repeat(indent)));
}

fn is_step(value: &Value) -> bool {
    ["append", "prepare", "merge", "merge_lines", "export", "open", "create", "close", "ask", "parse", "read"]
        .iter()
        .any(|action| value.get(action).is_some())
}
