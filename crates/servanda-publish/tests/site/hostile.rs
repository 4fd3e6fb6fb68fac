//! Hostile text in every field of the ledger and of `tracker.toml` does nothing.

use servanda::facts::{Assign, Batch, Link, Measure, Relation, Remark, Reschedule, Retract, Topic};
use servanda::{Advance, Commitment, Obligation, Party, Procedure, Source, Tracker};

use crate::Folder;
use crate::html::elements;

const HOSTILE: [&str; 14] = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "[click](javascript:alert(1))",
    "data:text/html,<script>alert(1)</script>",
    "<svg onload=alert(1)>",
    "<!-- & <![CDATA[ ]]> -->",
    "=HYPERLINK(\"https://example.org\")",
    "abc \u{202e}fed\u{2066}",
    "{{ 7 * 7 }}{% raw %}",
    "&lt;b&gt; &#60;script&#62;",
];

/// A tracker with a text in every field that takes text.
fn tracker(text: &str) -> Tracker {
    let quoted = serde_json::to_string(text).unwrap();
    let procedure = format!(
        "id = 'own'\nversion = 1\ninitial = 'open'\ntitle = {{ en = {quoted} }}\n\
         [[references]]\ntitle = {quoted}\npublisher = {quoted}\nurl = 'https://example.org/law'\n\
         [[statuses]]\nid = 'open'\nphase = 'planned'\ntitle = {{ en = {quoted} }}\ndescription = {{ en = {quoted} }}\n\
         [[statuses]]\nid = 'done'\nphase = 'achieved'\ntitle = {{ en = {quoted}, ja = {quoted} }}\n\
         [[statuses]]\nid = 'lapsed'\nphase = 'failed'\ntitle = {{ en = {quoted} }}\n\
         [[transitions]]\nfrom = ['open']\nto = 'done'\nbasis = {quoted}\ntitle = {{ en = {quoted} }}\n\
         [[transitions]]\nfrom = ['done', 'lapsed']\nto = 'open'\nbasis = {quoted}\ntitle = {{ en = {quoted} }}\n\
         [[clocks]]\nid = 'year'\nwhile = ['open']\nstarts = ['open']\nto = 'lapsed'\nfires = 'start'\n\
         rule = {{ years = {{ count = 9 }} }}\nbasis = {quoted}\ntitle = {{ en = {quoted} }}\n"
    );
    let procedure = Procedure::from_toml("own.toml", &procedure).unwrap();
    let source = Source::titled(text).unwrap().published_by(text).unwrap().at_page(text).unwrap();
    let source = source.kept_in(text).unwrap().identified_by(text).unwrap().quoting(text).unwrap();
    let mut linked = source.clone();
    linked.url = Some("ftp://example.org/%22%3E".parse().unwrap());

    let tracker = Tracker::in_memory("desk").unwrap();
    tracker.append(Party::new("xx", "en", text).unwrap().identified_by("scheme", text).unwrap()).unwrap();
    tracker.append(Topic::new("topic", "en", text).unwrap().named("ja", text).unwrap()).unwrap();
    let promise = |id: &str| {
        Commitment::builder(id, text)
            .language("en")
            .title_in("ja", text)
            .procedure(&procedure)
            .by("xx")
            .to("xx")
            .made("2013-01-18")
            .deadline("2014")
            .obligation(Obligation::Result)
            .words(text, source.clone())
            .translation("ja", text)
            .identifier("scheme", text)
            .topic("topic")
            .responsible("xx")
            .target("12", text)
    };
    tracker.append(Batch::from(promise("one")).and(promise("two").part_of("one")).share_identifiers()).unwrap();
    macro_rules! record {
        ($fact:expr) => {
            tracker.append($fact.noting(text).citing(linked.clone())).unwrap()
        };
    }
    let remark = record!(Remark::builder("one", text).on("2013-02-01"));
    record!(Remark::builder("one", text).on("2013-02-02"));
    record!(Advance::builder("one", "done").on("2013-03-01"));
    tracker.append(Retract::builder("one", remark[0], text)).unwrap();
    record!(Reschedule::builder("one", "2015").on("2013-04-01"));
    record!(Assign::builder("one", "xx").on("2013-04-02"));
    record!(Measure::builder("one", "5").on("2013-04-03"));
    record!(Link::builder("one", Relation::Related, "two").on("2013-04-04"));
    tracker
}

/// The configuration with a text in every key that takes text.
fn config(text: &str) -> String {
    let quoted = serde_json::to_string(text).unwrap();
    format!(
        "name = {quoted}\nlicence = {quoted}\npublisher = {quoted}\nintroduction = {quoted}\nabout = {quoted}\n\
         method = {quoted}\nlanguages = ['en', 'ja']\n"
    )
}

/// Asserts that a page has nothing that a browser runs or loads from elsewhere.
fn assert_harmless(path: &str, page: &str) {
    const ALLOWED: [&str; 12] =
        ["script", "link", "meta", "a", "svg", "details", "summary", "input", "select", "option", "label", "time"];
    const FORBIDDEN: [&str; 11] =
        ["iframe", "object", "embed", "img", "form", "base", "style", "image", "use", "animate", "foreignobject"];
    for (name, attributes) in elements(page) {
        let attribute =
            |wanted: &str| attributes.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
        assert!(!FORBIDDEN.contains(&name.as_str()), "{path} has an element {name}");
        assert!(
            ALLOWED.contains(&name.as_str()) || attribute("href").is_none() && attribute("src").is_none(),
            "{name}"
        );
        if name == "script" {
            let is_ours = attribute("src").is_some_and(|source| source.trim_start_matches("../") == "site.js");
            assert!(
                is_ours || matches!(attribute("type"), Some("application/json" | "application/ld+json")),
                "{path}: {attributes:?}"
            );
        }
        for (attribute, value) in &attributes {
            assert!(!attribute.starts_with("on") && attribute != "style", "{path}: {name} {attribute}={value}");
            if ["href", "src", "data-src"].contains(&attribute.as_str()) {
                let scheme = value.split(['/', '?', '#']).next().unwrap_or_default().split_once(':');
                let scheme = scheme.map(|(scheme, _)| scheme);
                assert!(matches!(scheme, None | Some("https" | "http" | "mailto")), "{path}: {value}");
            }
        }
    }
    let hidden = ['\u{202e}', '\u{2066}', '\u{0}', '\u{1b}'];
    assert!(!page.contains(hidden), "{path} has characters that change the direction of text");
}

#[test]
fn hostile_text_in_every_field_does_nothing() {
    for text in HOSTILE {
        let site = Folder::new();
        site.publish(&tracker(text).view().on("2013-06-01").unwrap(), &config(text));
        let pages = site.pages();
        assert!(pages.len() > 30);
        for (path, page) in pages {
            assert_harmless(&path, &page);
        }
    }
}

#[test]
fn hostile_text_is_shown_as_it_is_written() {
    let text = "<script>alert('1')</script> & \"more\"";
    let site = Folder::new();
    site.publish(&tracker(text).view().on("2013-06-01").unwrap(), &config(text));
    for selector in ["h1", "blockquote", "ol.record h3", "ol.record .basis", ".reason", ".sources li"] {
        let texts = crate::html::texts(&site.read("commitments/one/index.html"), selector);
        assert!(texts.iter().any(|shown| shown.contains(text)), "{selector}: {texts:?}");
    }
}

#[test]
fn blocks_of_data_stay_data() {
    let site = Folder::new();
    site.publish(&tracker(HOSTILE[1]).view().on("2013-06-01").unwrap(), "");
    let block = crate::html::texts(&site.read("commitments/one/index.html"), "script#states");
    let states: serde_json::Value = serde_json::from_str(&block[0]).unwrap();
    assert_eq!(states["words"][0][4], HOSTILE[1]);
    let states = site.read("days/states-0.js");
    assert!(!states.contains('<'), "{states}");
    let json = states.trim().strip_prefix("(self.servandaDays ||= []).push(").unwrap().strip_suffix(");").unwrap();
    assert!(serde_json::from_str::<serde_json::Value>(json).is_ok());
}

#[test]
fn no_cell_of_a_table_is_a_formula() {
    let site = Folder::new();
    site.publish(&tracker(HOSTILE[10]).view().on("2013-06-01").unwrap(), "");
    for file in ["data/standings.csv", "data/history.csv"] {
        let content = site.read(file);
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(content.as_bytes());
        for cell in reader.records().flat_map(|record| record.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()) {
            assert!(!cell.starts_with(['=', '+', '-', '@']), "{file}: {cell}");
        }
        assert!(content.contains("'=HYPERLINK"), "{content}");
    }
}
