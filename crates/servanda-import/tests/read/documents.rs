//! TOML, YAML and JSON documents.

use insta::assert_snapshot;
use servanda_import::read::ReadOptions;

use crate::{document, outline, refusal};

const TOML: &str = r#"# Invented.
[[commitments]]
title = "Bridge"
made = 2013-03-15
cost = 1_200.50
lines = 0x10

[[commitments.steps]]
# A comment of some lines
# before the step.
on = 2014-01-01
status = "kept"
sources = ["https://example.org/a", "https://example.org/b"]

[[commitments]]
title = "Tunnel"
seen = 2014-01-01T12:00:00
midnight = 2014-01-01T00:00:00
open = true
"#;

const YAML: &str = r#"# Invented.
commitments:
  - title: Bridge
    made: 2013-03-15
    number: 007
    cost: 1200.50
    text: "2013"
    steps:
      - on: 2014-01-01
        status: kept
        sources: [https://example.org/a, "https://example.org/b"]
  - &tunnel
    title: Tunnel
    seen: 2014-01-01T12:00:00
    midnight: 2014-01-01T00:00:00
    open: true
    answer: no
    nothing:
    words: |
      Two
      lines
  - <<: *tunnel
    title: Second tunnel
"#;

const JSON: &str = r#"{
  "commitments": [
    {
      "title": "Bridge \ud83d\ude00",
      "cost": 0.30000000000000004,
      "large": 12345678901234567890.5,
      "exponent": 1.5e3,
      "nothing": null,
      "steps": [
        {"on": "2014-01-01", "status": "kept"},
        {"on": "2015-01-01",
         "status": "broken"}
      ]
    }
  ]
}"#;

#[test]
fn a_document_keeps_lines_and_digits() {
    assert_snapshot!("toml", outline(&document("a.toml", TOML)));
    assert_snapshot!("yaml", outline(&document("a.yaml", YAML)));
    assert_snapshot!("json", outline(&document("a.json", JSON)));
}

#[test]
fn the_format_is_known_by_the_content_if_not_by_the_name() {
    for text in [TOML, YAML, JSON] {
        assert!(!document("-", text).commitments.is_empty());
    }
    assert_eq!(document("list.json", r#"[{"title": "Bridge"}]"#).commitments.len(), 1);
    assert_eq!(document("list.yml", "---\ncommitments: [{title: A}]\n---\n- title: B\n").commitments.len(), 2);
}

#[test]
fn what_is_not_a_list_of_commitments_is_refused() {
    let deep = format!("commitments: {}", "[".repeat(40));
    let laughs = (0..9).fold("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned(), |text, level| {
        let all = format!("*a{level}, ").repeat(10);
        format!("{text}a{next}: &a{next} [{all}]\n", next = level + 1)
    });
    let cases = [
        ("a.toml", "commitments = 1\n"),
        ("a.toml", "[[commitment]]\ntitle = \"A\"\n"),
        ("a.toml", "[[commitments]]\ntitle = \"A\"\ntitle = \"B\"\n"),
        ("a.toml", "[[commitments]]\n\nmade = 2013-02-30\n"),
        ("a.yaml", "commitments:\n  - title: A\n    title: B\n"),
        ("a.yaml", "commitments:\n  - A\n"),
        ("a.yaml", "commitments:\n  - title: A\n   made: 2013\n"),
        ("a.yaml", "commitments:\n  - title: *unknown\n"),
        ("a.yaml", "commitments: &all\n  - title: *all\n"),
        ("a.yaml", "commitments:\n  - ? [a]\n    : b\n"),
        ("a.yaml", &deep),
        ("a.yaml", &laughs),
        ("a.json", "{\"commitments\": [\n {\"title\": \"A\", \"title\": \"B\"}]}"),
        ("a.json", "{\"commitments\": [\n {\"title\": }]}"),
        ("a.json", "\"commitments\""),
        ("a.json", "{}"),
    ];
    let refusals = cases.map(|(name, text)| refusal(name, text, &ReadOptions::default()));
    assert_snapshot!("documents", refusals.join("\n"));
}
