//! Drafts written by hand as JSON.

#![allow(clippy::panic, clippy::unwrap_used)]

use std::collections::BTreeSet;

use serde_json::Value;
use servanda_core::value::{Note, Url};
use servanda_core::{
    Batch, Commitment, Digest, Draft, Entry, Fact, Ledger, Procedure, Remark, Slug, Source, Title, builtin,
};

const ALLIANCE: &str = include_str!("../../../examples/alliance.jsonl");
const GOOD: &str = include_str!("../../../tests/format/good.jsonl");

/// The draft of an entry as a person could write it by hand.
///
/// The keys are in reverse order, with spaces and line feeds.
fn by_hand(entry: &Entry) -> String {
    let mut value: Value = serde_json::from_str(entry.line()).unwrap();
    let members = value.as_object_mut().unwrap();
    members.retain(|key, _| !["batch", "id", "recorded_by"].contains(&key.as_str()));
    let mut text = String::new();
    write_backwards(&value, &mut text);
    text
}

fn write_backwards(value: &Value, text: &mut String) {
    match value {
        Value::Object(members) => {
            text.push_str("{\n");
            for (nth, (key, value)) in members.iter().rev().enumerate() {
                text.push_str(&format!("{}\t{} : ", if nth > 0 { ",\r\n" } else { "" }, Value::from(key.as_str())));
                write_backwards(value, text);
            }
            text.push_str("\n} ");
        }
        Value::Array(values) => {
            text.push_str("[ ");
            for (nth, value) in values.iter().enumerate() {
                text.push_str(if nth > 0 { " , " } else { "" });
                write_backwards(value, text);
            }
            text.push_str(" ]");
        }
        // A draft may escape characters that need no escape.
        Value::String(string) => text.push_str(&Value::from(string.as_str()).to_string().replace('/', "\\/")),
        plain => text.push_str(&plain.to_string()),
    }
}

#[test]
fn a_ledger_rebuilt_from_hand_written_drafts_has_the_same_digest() {
    let ledger = Ledger::read(ALLIANCE.as_bytes()).unwrap();
    let desk: Slug = "desk".parse().unwrap();
    let (mut rebuilt, mut batch) = (Ledger::new(), Vec::new());
    for entry in ledger.entries() {
        batch.push(Draft::from_json(&by_hand(entry)).unwrap());
        if entry.batch().is_none_or(|mark| mark.nth == mark.of) {
            let drafts: Batch = std::mem::take(&mut batch).into_iter().collect();
            rebuilt.append(drafts, &desk, entry.recorded_at()).unwrap();
        }
    }
    assert_eq!(rebuilt.digest(), ledger.digest());
}

#[test]
fn a_draft_has_the_fact_of_its_line_or_is_refused_for_unknown_members_or_an_unusable_definition() {
    let mut kinds = BTreeSet::new();
    let conflicts = Ledger::read(GOOD.as_bytes()).unwrap().view_on("2013-01-01").unwrap().conflicts();
    for entry in Ledger::read(GOOD.as_bytes()).unwrap().entries() {
        let text = by_hand(entry);
        let is_unusable = entry.kind() == "define"
            && conflicts
                .iter()
                .any(|conflict| conflict.entry == entry.id() && conflict.reason.code() == "invalid-field");
        let of_a_later_version = ["\"x_", "\"x-"].iter().any(|start| text.contains(start));
        match Draft::from_json(&text) {
            Ok(draft) => {
                assert!(!of_a_later_version && !is_unusable, "lost: {text}");
                assert_eq!(draft.fact(), &entry.fact());
                kinds.insert(entry.kind().to_owned());
            }
            Err(error) => {
                assert!(of_a_later_version || is_unusable, "{text}: {error}");
                assert!(["invalid-field", "unknown-word"].contains(&error.code()), "{error}");
            }
        }
    }
    assert_eq!(kinds.len(), 15, "{kinds:?}");
}

/// A remark as a draft, with this title and the address of its source.
fn remark(title: &str, url: &str) -> Result<Draft, servanda_core::Error> {
    let source = serde_json::json!({ "title": "Gazette", "url": url });
    let fact = serde_json::json!({ "remark": { "sources": [source], "title": title } });
    Draft::from_json(&serde_json::json!({ "commitment": "jp/word", "fact": fact, "on": "2013-02-01" }).to_string())
}

const URL: &str = "https://example.org/gazette";

#[test]
fn a_text_that_shows_nothing_is_refused_in_a_draft() {
    for title in ["\u{200b}", "\u{2060}\u{3000}", "\u{ad}", "\u{2800}", "\u{3164} "] {
        let refused = remark(title, URL).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "the field fact.remark.title: it shows nothing: all of its characters are invisible"
        );
        assert_eq!(title.parse::<Title>().unwrap_err().code(), "invalid-title");
        assert_eq!(title.parse::<Note>().unwrap_err().code(), "invalid-note");
    }
    // Joiners, selectors and marks are parts of texts.
    for title in ["می\u{200c}شود", "辻\u{e0100}", "か\u{3099}", "\u{2067}שלום\u{2069}"] {
        assert_eq!(remark(title, URL).unwrap().to_json().matches(title).count(), 1);
        assert_eq!(title.parse::<Title>().unwrap().as_str(), title);
    }
}

#[test]
fn spaces_around_a_text_are_removed_from_a_draft() {
    let tidy = remark("It snowed", URL).unwrap().to_json();
    for title in [" It snowed", "It snowed\u{a0}", "\u{3000}It snowed \u{200b}", "\u{feff}It snowed"] {
        assert_eq!(remark(title, URL).unwrap().to_json(), tidy, "{title:?}");
        assert_eq!(title.parse::<Title>().unwrap().as_str(), "It snowed");
        let built = Remark::builder("jp/word", title).on("2013-02-01").citing(("Gazette ", URL)).build();
        assert_eq!(built.unwrap().to_json(), tidy);
    }
}

#[test]
fn an_address_with_a_user_or_a_password_is_refused_in_a_draft() {
    let wrong = [
        "https://me@example.org/",
        "https://me:secret@example.org",
        "https://a@b@c",
        "https://@example.org/",
        "https://me%40example.org/",
        "https://example.org\\@elsewhere.example/",
        "https://me＠example.org/",
        "https://example.org@elsewhere.example?a=b",
    ];
    for url in wrong {
        let refused = remark("It snowed", url).unwrap_err();
        let reason = "it has a user name or a password, which do not belong into a ledger; leave them out";
        assert_eq!(refused.to_string(), format!("the field fact.remark.sources[0].url: {reason}"), "{url}");
        assert_eq!(url.parse::<Url>().unwrap_err().code(), "invalid-url", "{url}");
        assert!(Source::try_from(url).is_err() && Source::new("Gazette", url).is_err(), "{url}");
        let archived = Source::new("Gazette", URL).unwrap().archived_at(url);
        assert_eq!(archived.unwrap_err().code(), "invalid-url");
    }
    for url in ["https://example.org/@me", "https://example.org?to=me@example.org", "https://example.org/a%40b#@"] {
        assert_eq!(remark("It snowed", url).unwrap().to_json().matches(url).count(), 1);
        assert_eq!(url.parse::<Url>().unwrap().as_str(), url);
    }
}

#[test]
fn files_with_a_text_that_shows_nothing_are_refused_with_the_line() {
    let action = servanda_core::builtin::procedure_toml("action").unwrap();
    let title = action.lines().position(|line| line.starts_with("title")).unwrap();
    let text: Vec<&str> = action
        .lines()
        .enumerate()
        .map(|(at, line)| if at == title { "title = { en = \"\u{200b}\" }" } else { line })
        .collect();
    let refused = Procedure::from_toml("action.toml", &text.join("\n")).unwrap_err().to_string();
    let problem = "title.en: it shows nothing: all of its characters are invisible; correct the text";
    assert!(refused.ends_with(&format!("action.toml, line {}: {problem}", title + 1)), "{refused}");

    let file = "id = \"jp/word\"\ntitle = \"\u{2060}\"\nprocedure = \"action\"\nby = [\"jp\"]\nmade = 2013-01-18\nobligation = \
        \"result\"\n[words]\ntext = \" will \"\nsource = { title = \"Remarks\", url = \"https://me@example.org/\" }\n";
    let refused = Commitment::from_toml("word.toml", file, [builtin::action()]).unwrap_err().to_string();
    for fault in ["line 2: title: it shows nothing", "line 9: words.source.url: it has a user name or a password"] {
        assert!(refused.contains(fault), "{refused}");
    }
}

/// Earlier versions recorded such lines.
#[test]
fn lines_that_break_the_rules_for_new_text_stay_valid() {
    let sealed = |line: &str| {
        let (before, after) = line.split_once("ID").unwrap();
        let id = Digest::of(format!("{before}{after}").as_bytes());
        format!("{before},\"id\":\"{id}\"{after}\n")
    };
    let end = r#"ID,"on":"2013-02-01","recorded_at":"2013-02-02T00:00:00.000000Z","recorded_by":"desk"}"#;
    for (title, url) in [("\u{200b}", URL), (" It snowed ", URL), ("It snowed", "https://me:secret@example.org/")] {
        for more in ["", r#","x_later":1"#] {
            let fact = format!(r#"{{"sources":[{{"title":"Gazette","url":"{url}"}}],"title":"{title}"{more}}}"#);
            let line = sealed(&format!(r#"{{"commitment":"jp/word","fact":{{"remark":{fact}}}{end}"#));
            let ledger = Ledger::read(line.as_bytes()).unwrap();
            let entry = ledger.entries().next().unwrap();
            let Fact::Remark(remark) = entry.fact() else { panic!("{}", entry.kind()) };
            assert_eq!((remark.title.as_str(), remark.sources[0].reference()), (title, url));
            // What was recorded cannot be recorded again as it is, unless tidying is enough.
            let again =
                Remark::builder("jp/word", "It rained").on("2013-02-01").citing(remark.sources[0].clone()).build();
            assert_eq!(again.is_err(), url != URL);
        }
    }
}

/// Calls `visit` with the value after each of its strings was replaced.
fn replace_each_string(value: &Value, with: &str, visit: &mut dyn FnMut(Value, &str)) {
    fn places(value: &Value, at: &str, found: &mut Vec<String>) {
        match value {
            Value::String(_) => found.push(at.to_owned()),
            Value::Array(values) => {
                values.iter().enumerate().for_each(|(n, value)| places(value, &format!("{at}/{n}"), found))
            }
            Value::Object(members) => {
                members
                    .iter()
                    .for_each(|(key, value)| places(value, &format!("{at}/{}", key.replace('/', "~1")), found));
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    places(value, "", &mut found);
    for place in found {
        let mut changed = value.clone();
        *changed.pointer_mut(&place).unwrap() = with.into();
        visit(changed, &place);
    }
}

#[test]
fn no_text_of_any_fact_may_show_nothing_or_have_a_user_name() {
    let mut texts = 0;
    for entry in Ledger::read(GOOD.as_bytes()).unwrap().entries() {
        let draft: Value = serde_json::from_str(&by_hand(entry)).unwrap();
        if Draft::from_json(&draft.to_string()).is_err() {
            continue;
        }
        for with in ["\u{200b}", "https://me@example.org/"] {
            replace_each_string(&draft, with, &mut |changed, place| {
                let is_url = place.ends_with("/url") || place.ends_with("/archived");
                if with == "\u{200b}" || is_url {
                    texts += 1;
                    assert!(Draft::from_json(&changed.to_string()).is_err(), "{place} in {changed}");
                }
            });
        }
    }
    assert!(texts > 300, "{texts}");
}
