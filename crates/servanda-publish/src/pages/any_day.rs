//! The states of commitments on any day, for the script.
//!
//! A page of a commitment has them as a block of data. The front page loads those of all
//! commitments from a few files when a reader asks for another day. All have the same form:
//!
//! - `words`: for each state its class, word, timing, whether it is overdue, and the status
//! - `known`: for each moment at which what was known changed: the moment, how many of the days of
//!   the moment before stay, and the further days, each with the index of a state
//!
//! The list of days shares its beginning with the one before, so that a long record does not take
//! the square of its length.

use std::collections::HashMap;

use serde_json::{Value, json};
use servanda::Slug;
use servanda::value::Digest;

use super::Context;
use crate::PublishError;
use crate::inputs::Inputs;
use crate::model::{Row, State, Versions};
use crate::text::plain;
use crate::write::SiteWriter;

/// Returns the states of one commitment as a block of data. It can stand in an element `script`.
pub(super) fn block(context: &Context<'_>, versions: &Versions) -> String {
    let words: Vec<Value> = versions.states.iter().map(|state| word(context, state)).collect();
    escaped(&json!({ "known": known(versions, &|state| state), "words": words }))
}

/// The commitments of one file, sorted by id.
pub(super) struct Part<'m> {
    path: String,
    pub(super) rows: Vec<&'m Row>,
}

/// How many commitments share a file, on average. A change of one commitment makes the states of
/// these again.
const PART: usize = 400;

/// Returns the files with their commitments. The id of a commitment decides in which file it is, so
/// that a new commitment does not move others from file to file.
fn parts<'m>(context: &Context<'m>) -> Vec<Part<'m>> {
    let count = count(context);
    let mut parts: Vec<Part<'m>> = (0..count).map(|number| Part { path: file(number), rows: Vec::new() }).collect();
    for row in &context.model.rows {
        let digits = Digest::of(row.id.as_str().as_bytes()).to_string();
        let number = digits.get(7..15).and_then(|digits| usize::from_str_radix(digits, 16).ok()).unwrap_or_default();
        if let Some(part) = parts.get_mut(number % count) {
            part.rows.push(row);
        }
    }
    parts
}

/// The path of a file with states, in the folder of a language.
fn file(number: usize) -> String {
    format!("days/states-{number}.js")
}

/// The number of files. It rarely changes when the ledger grows.
fn count(context: &Context<'_>) -> usize {
    context.model.rows.len().div_ceil(PART).next_power_of_two()
}

/// The paths of all files with states.
pub(super) fn files(context: &Context<'_>) -> Vec<String> {
    (0..count(context)).map(file).collect()
}

fn inputs(context: &Context<'_>, part: &Part<'_>) -> Inputs {
    context.inputs("states").and_all(part.rows.iter().map(|row| row.fingerprint))
}

/// Keeps the files that were made from the same inputs before, and returns the others.
pub(super) fn outdated<'m>(context: &Context<'m>, out: &SiteWriter) -> Vec<Part<'m>> {
    let is_kept = |part: &Part<'_>| out.keep(&format!("{}{}", context.folder, part.path), &inputs(context, part));
    parts(context).into_iter().filter(|part| !is_kept(part)).collect()
}

/// Writes files with states. The script adds the files to a page as scripts, because
/// browsers do not let pages on a disk read other files.
pub(super) fn write(
    context: &Context<'_>,
    parts: &[Part<'_>],
    versions: &HashMap<Slug, Versions>,
    out: &SiteWriter,
) -> Result<(), PublishError> {
    for part in parts {
        let path = format!("{}{}", context.folder, part.path);
        out.put_from(&path, &inputs(context, part), || Ok(script(context, &part.rows, versions).into_bytes()))?;
    }
    Ok(())
}

fn script(context: &Context<'_>, rows: &[&Row], versions: &HashMap<Slug, Versions>) -> String {
    let mut words: Vec<Value> = Vec::new();
    let mut known_words: HashMap<String, usize> = HashMap::new();
    let mut known_rows: Vec<Value> = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(versions) = versions.get(&row.id) else { continue };
        let indexes: Vec<usize> = versions
            .states
            .iter()
            .map(|state| {
                let word = word(context, state);
                *known_words.entry(word.to_string()).or_insert_with(|| {
                    words.push(word);
                    words.len() - 1
                })
            })
            .collect();
        known_rows.push(json!([row.id, known(versions, &|state| indexes.get(state).copied().unwrap_or_default())]));
    }
    let data = escaped(&json!({ "rows": known_rows, "words": words }));
    format!("(self.servandaDays ||= []).push({data});\n")
}

fn known(versions: &Versions, index: &dyn Fn(usize) -> usize) -> Vec<Value> {
    let mut before: &[(servanda::Day, usize)] = &[];
    let mut known = Vec::with_capacity(versions.versions.len());
    for version in &versions.versions {
        let same = before.iter().zip(&version.days).take_while(|(before, now)| before == now).count();
        let further: Vec<Value> =
            version.days.iter().skip(same).map(|(day, state)| json!([day, index(*state)])).collect();
        known.push(json!([version.moment, same, further]));
        before = &version.days;
    }
    known
}

/// A state in the words of the language.
fn word(context: &Context<'_>, state: &State) -> Value {
    let badge = context.badge(state.verdict, state.timeliness);
    let status = state.status.as_ref().map(|names| context.plain_name(names)).unwrap_or_default();
    let status = match state.presumed {
        true => format!("{status} ({})", context.words.t("chart.presumed")),
        false => status,
    };
    json!([badge.class, badge.word, badge.timing.unwrap_or_default(), u8::from(badge.overdue), plain(&status)])
}

/// Returns JSON that can stand in HTML and in a script: no character of it can end an element or a
/// line.
fn escaped(value: &Value) -> String {
    value
        .to_string()
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}
