//! The states of commitments on any day, for the script.
//!
//! A page of a commitment has them as a block of data. The front page loads those of all
//! commitments from a file when a reader asks for another day. Both have the same form:
//!
//! - `words`: for each state its class, word, timing, whether it is overdue, and the status
//! - `known`: for each moment at which what was known changed: the moment, how many of the days of
//!   the moment before stay, and the further days, each with the index of a state
//!
//! The list of days shares its beginning with the one before, so that a long record does not take
//! the square of its length.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::Context;
use crate::PublishError;
use crate::model::{State, Versions};
use crate::text::plain;
use crate::write::SiteWriter;

/// The file with the states of all commitments, in the folder of a language.
const FILE: &str = "days.js";

/// Returns the states of one commitment as a block of data. It can stand in an element `script`.
pub(super) fn block(context: &Context<'_>, versions: &Versions) -> String {
    let words: Vec<Value> = versions.states.iter().map(|state| word(context, state)).collect();
    escaped(&json!({ "known": known(versions, &|state| state), "words": words }))
}

/// Writes the states of all commitments. The script adds the file to a page as a script, because
/// browsers do not let pages on a disk read other files.
pub(super) fn write(context: &Context<'_>, out: &mut SiteWriter) -> Result<(), PublishError> {
    let mut words: Vec<Value> = Vec::new();
    let mut known_words: HashMap<String, usize> = HashMap::new();
    let mut rows: Vec<Value> = Vec::with_capacity(context.model.rows.len());
    for row in &context.model.rows {
        let Some(versions) = context.versions.get(&row.id) else { continue };
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
        rows.push(json!([row.id, known(versions, &|state| indexes.get(state).copied().unwrap_or_default())]));
    }
    let data = escaped(&json!({ "rows": rows, "words": words }));
    out.put(&format!("{}{FILE}", context.folder), format!("self.servandaDays = {data};\n").as_bytes())
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
