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
/// `invalid-field` if a text shows nothing, or an address has a user name or a password. If there
/// are several such texts, `several-errors`.
pub(crate) fn tidied(fact: Fact, commitment: Option<&Slug>) -> Result<Fact> {
    if is_tidy(&fact) {
        return Ok(fact);
    }
    let Ok(mut value) = serde_json::from_str::<Value>(&to_json(&fact)) else { return Ok(fact) };
    let mut faults = Vec::new();
    let changed = tidy_strings(&mut value, &mut vec![PathSegment::Key("fact".to_owned())], &mut faults);
    if !faults.is_empty() {
        let refused =
            |(path, reason): (Path, &str)| Error::InvalidField { field: written(&path), reason: reason.to_owned() };
        return Err(Error::all(faults.into_iter().map(refused).collect()));
    }
    match (changed, &fact) {
        (false, _) | (true, Fact::Define(Define::Procedure(_))) => Ok(fact),
        (true, _) => read_body(fact.kind(), &to_json(&value.get(fact.kind())), commitment),
    }
}

/// Whether a fact of a frequent kind needs no changes. Other kinds are checked by their JSON.
fn is_tidy(fact: &Fact) -> bool {
    let title = match fact {
        Fact::Advance(_)
        | Fact::Deposit(_)
        | Fact::Cite(_)
        | Fact::Attest(_)
        | Fact::Reschedule(_)
        | Fact::Assign(_)
        | Fact::Unassign(_)
        | Fact::Measure(_)
        | Fact::Link(_) => None,
        Fact::Remark(remark) => Some(&remark.title),
        _ => return false,
    };
    let sources = fact.sources();
    let titles = sources.iter().flat_map(|source| {
        [&source.archive, &source.identifier, &source.page, &source.publisher]
            .into_iter()
            .flatten()
            .chain([&source.title])
    });
    let notes = sources.iter().filter_map(|source| source.quotation.as_ref()).chain(fact.note());
    let mut urls = sources.iter().flat_map(|source| source.archived.iter().chain(&source.url));
    let is_tidy = |text: &str| tidy(text).is_ok_and(|tidied| tidied.len() == text.len());
    title.into_iter().chain(titles).all(|title| is_tidy(title.as_str()))
        && notes.into_iter().all(|note| is_tidy(note.as_str()))
        && urls.all(|url| without_user(url.as_str()).is_ok())
}

/// Returns every text in a value from a file that breaks the rules for new text, with the reason.
pub(crate) fn text_faults(value: &Value) -> Vec<(Path, &'static str)> {
    let mut faults = Vec::new();
    tidy_strings(&mut value.clone(), &mut Path::new(), &mut faults);
    faults
}

/// Removes the spaces around texts, and collects texts that break the rules. Returns whether a text
/// was changed.
///
/// The value was read before, so only titles and notes can have spaces around them.
fn tidy_strings(value: &mut Value, path: &mut Path, faults: &mut Vec<(Path, &'static str)>) -> bool {
    match value {
        Value::String(text) => {
            let is_url = matches!(path.last(), Some(PathSegment::Key(key)) if key == "url" || key == "archived");
            match if is_url { without_user(text) } else { tidy(text) } {
                Ok(tidied) if tidied.len() != text.len() => {
                    *text = tidied.to_owned();
                    return true;
                }
                Ok(_) => {}
                Err(reason) => faults.push((path.clone(), reason)),
            }
            false
        }
        Value::Array(elements) => {
            let parts = elements.iter_mut().enumerate().map(|(at, value)| (PathSegment::Index(at), value));
            tidy_all(parts, path, faults)
        }
        Value::Object(members) => {
            tidy_all(members.iter_mut().map(|(key, value)| (PathSegment::Key(key.clone()), value)), path, faults)
        }
        _ => false,
    }
}

fn tidy_all<'a>(
    parts: impl Iterator<Item = (PathSegment, &'a mut Value)>,
    path: &mut Path,
    faults: &mut Vec<(Path, &'static str)>,
) -> bool {
    let mut changed = false;
    for (step, part) in parts {
        path.push(step);
        changed |= tidy_strings(part, path, faults);
        path.pop();
    }
    changed
}
