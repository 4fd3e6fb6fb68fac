//! JSON documents assembled from parts that the library has serialised.

use std::fmt::Display;

use servanda::format;

/// Returns an object with these members. The caller gives them in alphabetical order.
pub(crate) fn object<const N: usize>(members: [(&str, String); N]) -> String {
    let members = members.map(|(name, value)| format!("\"{name}\":{value}"));
    format!("{{{}}}", members.join(","))
}

pub(crate) fn array(elements: impl IntoIterator<Item = String>) -> String {
    format!("[{}]", elements.into_iter().collect::<Vec<_>>().join(","))
}

/// Returns a JSON string with the text of a value.
pub(crate) fn text(value: impl Display) -> String {
    format::to_json(&value.to_string())
}

/// Returns an object that describes an error.
pub(crate) fn error(code: &str, details: String, message: impl Display) -> String {
    object([("code", text(code)), ("details", details), ("text", text(message))])
}
