use serde_json::Value;
use servanda::{facts::Draft, format};
use sha2::{Digest as _, Sha256};

use super::ledger;
use super::ledger::lines;

/// The input is lines of JSON, each an entry without its id. With ids for their canonical form they
/// are a ledger, for which the laws of ledgers hold. With ids for the lines as written, they are
/// read only if they are canonical.
pub fn entries(data: &[u8]) {
    if let Ok(text) = std::str::from_utf8(data) {
        lines(text.lines().map(as_written).collect::<String>().as_bytes());
        ledger(sealed(text).as_bytes());
        text.lines().for_each(draft);
    }
}

/// An accepted draft is also accepted as an entry, once it has a recorder and a moment, and has the
/// same fact.
fn draft(text: &str) {
    let Ok(Value::Object(mut members)) = serde_json::from_str(text) else { return };
    members.retain(|key, _| key != "batch" && key != "recorded_by");
    let Ok(draft) = Draft::from_json(&Value::Object(members.clone()).to_string()) else { return };
    members.insert("recorded_by".to_owned(), "desk".into());
    members.entry("recorded_at").or_insert_with(|| "2013-02-02T00:00:00.000000Z".into());
    let line = Line::of("", Value::Object(members)).text;
    match format::read_line(&line) {
        Ok(entry) => assert_eq!(draft.fact(), &entry.fact(), "{line}"),
        Err(error) => assert_eq!(error.code(), "line-too-long", "{line}"),
    }
}

/// The line with the id of its text, inserted at the right place among the members.
fn as_written(draft: &str) -> String {
    let next = draft.rfind(",\"on\":").or_else(|| draft.rfind(",\"recorded_at\":"));
    let (before, after) = draft.split_at(next.unwrap_or(draft.len()));
    format!("{before},\"id\":\"{}\"{after}\n", hash(draft))
}

fn hash(text: &str) -> String {
    let bytes = Sha256::digest(text.as_bytes());
    format!("sha256:{}", bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>())
}

/// The lines as canonical JSON, each with its id. `"#3"` stands for the id of the third line or, as
/// a `digest`, for the digest of the procedure that this line defines. A line that is not an object
/// is unchanged, and so is a reference to the same or a later line.
#[must_use]
pub fn sealed(drafts: &str) -> String {
    let mut lines: Vec<Line> = Vec::new();
    for draft in drafts.lines() {
        let mut value = serde_json::from_str(draft).unwrap_or(Value::Null);
        resolve(&mut value, false, &lines);
        lines.push(Line::of(draft, value));
    }
    lines.iter().map(|line| format!("{}\n", line.text)).collect()
}

struct Line {
    text: String,
    id: String,
    procedure: String,
}

impl Line {
    fn of(draft: &str, mut value: Value) -> Self {
        let digest = |value: &Value| hash(&canonical(value).unwrap_or_default());
        let (id, procedure) = (digest(&value), digest(&value["fact"]["define"]["procedure"]));
        if let Some(members) = value.as_object_mut() {
            members.insert("id".to_owned(), id.clone().into());
        }
        let text = value.is_object().then(|| canonical(&value)).flatten();
        Self { text: text.unwrap_or_else(|| draft.to_owned()), id, procedure }
    }
}

fn canonical(value: &Value) -> Option<String> {
    serde_json_canonicalizer::to_string(value).ok()
}

fn resolve(value: &mut Value, is_digest: bool, lines: &[Line]) {
    match value {
        Value::String(text) => {
            let number = text.strip_prefix('#').and_then(|number| number.parse::<usize>().ok());
            if let Some(line) = number.and_then(|number| lines.get(number.checked_sub(1)?)) {
                *text = if is_digest { line.procedure.clone() } else { line.id.clone() };
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| resolve(value, false, lines)),
        Value::Object(members) => members.iter_mut().for_each(|(key, value)| resolve(value, key == "digest", lines)),
        _ => {}
    }
}
