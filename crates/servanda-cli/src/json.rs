//! JSON that is put together here, of parts that are made in the core.

use std::fmt::Display;

use servanda::format;

/// An object with these members, which stand in alphabetical order.
pub(crate) fn object<const N: usize>(members: [(&str, String); N]) -> String {
    let members = members.map(|(name, value)| format!("\"{name}\":{value}"));
    format!("{{{}}}", members.join(","))
}

pub(crate) fn array(elements: impl IntoIterator<Item = String>) -> String {
    format!("[{}]", elements.into_iter().collect::<Vec<_>>().join(","))
}

/// Text as it is shown.
pub(crate) fn text(text: impl Display) -> String {
    format::to_json(&text.to_string())
}

/// What is wrong: its code, its data and its text.
pub(crate) fn error(code: &str, details: String, said: impl Display) -> String {
    object([("code", text(code)), ("details", details), ("text", text(said))])
}
