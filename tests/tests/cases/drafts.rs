//! From the JSON of a draft to a draft.

use serde_json::{Value, json};
use servanda::builtin;
use servanda::{
    Advance, Amend, Attest, Batch, Calendar, Cite, Commitment, Define, Deposit, Draft, Link, Procedure, Remark,
    Reschedule, Retract,
};

use crate::files::text_of;

/// A batch of drafts, each as often as it says.
pub(crate) fn batch(drafts: &[Value]) -> Batch {
    let drafts = drafts.iter().flat_map(|given| {
        let times = given["times"].as_u64().unwrap_or(1);
        let draft = draft(given);
        (0..times).map(move |_| draft.clone())
    });
    drafts.collect()
}

/// The procedure that a text means: a file, or a built-in one.
pub(crate) fn procedure(text: &str) -> Procedure {
    if text.ends_with(".toml") {
        return Procedure::from_toml(text, &text_of(text)).unwrap_or_else(|error| panic!("{error}"));
    }
    Procedure::named(text, []).unwrap_or_else(|error| panic!("{error}")).clone()
}

fn calendar(text: &str) -> Calendar {
    if text.ends_with(".toml") {
        return Calendar::from_toml(text, &text_of(text)).unwrap_or_else(|error| panic!("{error}"));
    }
    assert_eq!(text, "jp-diet", "no other calendar is built in");
    builtin::jp_diet().clone()
}

/// A fact whose short forms are written out.
fn written_out(fact: &Value) -> Value {
    let mut fact = fact.clone();
    if let Some(registered) = fact.get_mut("register") {
        if let Some(name) = registered["procedure"].as_str() {
            registered["procedure"] = json!(procedure(name).pin());
        }
        let usual = [
            ("by", json!(["xx"])),
            ("title", json!("A word given")),
            ("words", json!({ "source": source("gazette"), "text": "we shall see" })),
        ];
        for (key, value) in usual {
            if registered.get(key).is_none() {
                registered[key] = value;
            }
        }
    }
    if let Some(name) = fact.pointer("/define/procedure").and_then(Value::as_str) {
        fact["define"]["procedure"] = json!(procedure(name));
    }
    if let Some(name) = fact.pointer("/define/calendar").and_then(Value::as_str) {
        fact["define"]["calendar"] = json!(calendar(name));
    }
    let body = fact.as_object_mut().and_then(|fact| fact.values_mut().next()).expect("a fact says something");
    let sources = body.get_mut("sources").and_then(Value::as_array_mut);
    sources.into_iter().flatten().for_each(write_out_source);
    if let Some(sources) = fact.pointer_mut("/register/opening/sources").and_then(Value::as_array_mut) {
        sources.iter_mut().for_each(write_out_source);
    }
    fact
}

fn write_out_source(given: &mut Value) {
    if let Some(name) = given.as_str() {
        *given = source(name);
    }
}

fn source(name: &str) -> Value {
    json!({ "title": name, "url": format!("https://example.org/{name}") })
}

fn read<T: serde::de::DeserializeOwned>(value: &Value) -> T {
    serde_json::from_value(value.clone()).unwrap_or_else(|error| panic!("{error}: {value}"))
}

fn draft(given: &Value) -> Draft {
    let fact = written_out(&given["fact"]);
    let (kind, body) =
        fact.as_object().and_then(|fact| fact.iter().next()).unwrap_or_else(|| panic!("no fact: {given}"));
    let commitment = given["commitment"].as_str().unwrap_or_default();
    /// Facts whose sources and notes are given by the same calls.
    macro_rules! with_evidence {
        ($draft:expr, $fact:ident) => {{
            let mut draft = $draft;
            for source in $fact.sources {
                draft = draft.citing(source);
            }
            if let Some(note) = $fact.note {
                draft = draft.noting(note.as_str());
            }
            draft.into()
        }};
    }
    let mut draft: Draft = match kind.as_str() {
        "register" => {
            let mut registered: Commitment = read(body);
            registered.id = commitment.parse().unwrap();
            Draft::from(registered).into()
        }
        "advance" => {
            let fact: Advance = read(body);
            let mut draft = Advance::new(commitment, fact.to.as_str());
            if let Some(by) = fact.by {
                draft = draft.by(by.as_str());
            }
            with_evidence!(draft, fact)
        }
        "deposit" => {
            let fact: Deposit = read(body);
            let mut draft = Deposit::new(commitment, fact.by.as_str());
            if let Some(instrument) = fact.instrument {
                draft = draft.instrument(instrument.as_str());
            }
            if let Some(share) = fact.share {
                draft = draft.share(share);
            }
            with_evidence!(draft, fact)
        }
        "cite" => {
            let mut fact: Cite = read(body);
            let first = fact.sources.remove(0);
            with_evidence!(Cite::new(commitment, fact.entry, first), fact)
        }
        "remark" => {
            let fact: Remark = read(body);
            with_evidence!(Remark::new(commitment, fact.title.as_str()), fact)
        }
        "attest" => {
            let fact: Attest = read(body);
            with_evidence!(Attest::new(commitment), fact)
        }
        "reschedule" => {
            let fact: Reschedule = read(body);
            with_evidence!(Reschedule::new(commitment, fact.deadline), fact)
        }
        "link" => {
            let fact: Link = read(body);
            with_evidence!(Link::new(commitment, fact.relation, fact.to.as_str()), fact)
        }
        "amend" => match read(body) {
            Amend { title: Some(title), .. } => Amend::title(commitment, title.as_str()).into(),
            Amend { topics: Some(topics), .. } => {
                Amend::topics(commitment, topics.iter().map(|topic| topic.as_str())).into()
            }
            Amend { entry: Some(entry), note: Some(note), .. } => Amend::note(commitment, entry, note.as_str()).into(),
            other => panic!("{other:?}"),
        },
        "retract" => {
            let fact: Retract = read(body);
            if commitment.is_empty() {
                Retract::definition(fact.entry, fact.reason.as_str()).into()
            } else {
                Retract::new(commitment, fact.entry, fact.reason.as_str()).into()
            }
        }
        "define" => Draft::from(read::<Define>(body)).into(),
        other => panic!("no draft is of the kind {other}"),
    };
    if let Some(on) = given["on"].as_str() {
        draft = draft.on(on.parse::<servanda::Date>().unwrap());
    }
    if let Some(after) = given["after"].as_str() {
        draft = draft.after(after.parse().unwrap());
    }
    if let Some(moment) = given["recorded_at"].as_str() {
        draft = draft.recorded_at(moment.parse().unwrap());
    }
    draft
}
