//! Rules for new text that lines recorded earlier may break.

use serde_json::Value;

use super::read_line::read_body;
use crate::entry::{Define, Fact};
use crate::value::json::to_json;
use crate::value::path::{Path, PathSegment, written};
use crate::value::{Slug, tidy, without_user};
use crate::{Error, Result};

/// Returns a new fact without the spaces around its texts.
///
/// A procedure keeps them, because commitments name it by its digest.
///
/// # Errors
///
/// `invalid-field` if a text shows nothing, or an address has a user name or a password.
pub(crate) fn tidied(fact: Fact, commitment: Option<&Slug>) -> Result<Fact> {
    let json = to_json(&fact);
    if is_plain(&json) {
        return Ok(fact);
    }
    let Ok(mut value) = serde_json::from_str::<Value>(&json) else { return Ok(fact) };
    let changed = tidy_strings(&mut value, &mut vec![PathSegment::Key("fact".to_owned())])?;
    match (changed, &fact) {
        (false, _) | (true, Fact::Define(Define::Procedure(_))) => Ok(fact),
        (true, _) => read_body(fact.kind(), &to_json(&value.get(fact.kind())), commitment),
    }
}

/// Whether a fact certainly needs no changes. Canonical JSON has no spaces between its values.
fn is_plain(json: &str) -> bool {
    json.is_ascii() && !json.contains('@') && !json.contains("\" ") && !json.contains(" \"") && !json.contains("%40")
}

/// Returns whether a string was changed.
///
/// The fact was read before, so only titles and notes can have spaces around them.
fn tidy_strings(value: &mut Value, path: &mut Path) -> Result<bool> {
    match value {
        Value::String(text) => {
            let is_url = matches!(path.last(), Some(PathSegment::Key(key)) if key == "url" || key == "archived");
            let tidied = if is_url { without_user(text) } else { tidy(text) };
            let tidied =
                tidied.map_err(|reason| Error::InvalidField { field: written(path), reason: reason.to_owned() })?;
            let changed = tidied.len() != text.len();
            if changed {
                *text = tidied.to_owned();
            }
            Ok(changed)
        }
        Value::Array(elements) => {
            tidy_all(elements.iter_mut().enumerate().map(|(at, value)| (PathSegment::Index(at), value)), path)
        }
        Value::Object(members) => {
            tidy_all(members.iter_mut().map(|(key, value)| (PathSegment::Key(key.clone()), value)), path)
        }
        _ => Ok(false),
    }
}

fn tidy_all<'a>(parts: impl Iterator<Item = (PathSegment, &'a mut Value)>, path: &mut Path) -> Result<bool> {
    let mut changed = false;
    for (step, part) in parts {
        path.push(step);
        changed |= tidy_strings(part, path)?;
        path.pop();
    }
    Ok(changed)
}
