//! Drafts that are refused.

use servanda_core::{Batch, Draft};

use super::Mistakes;

/// Faulty drafts.
pub(crate) fn drafts() -> Mistakes {
    let good = r#"{"commitment":"jp/word","fact":{"remark":{"title":"A remark"}},"on":"2013-02-01"}"#;
    let sources = r#""sources":[{"title":"Gazette","uri":"https://example.org","url":"https://example.org"}],"title""#;
    let deep = format!("\"deep\":{}{},\"title\"", "[".repeat(30), "]".repeat(30));
    let wrong = [
        ("an empty draft", String::new()),
        ("a draft that is not JSON", "Dear diary".to_owned()),
        ("a draft that is an array", format!("[{good}]")),
        ("two drafts in one text", format!("{good}\n{good}")),
        ("a draft that is cut off", good[..40].to_owned()),
        ("a draft with a duplicate key", good.replace("{\"title\"", "{\"title\":\"Another\",\"title\"")),
        ("a draft with a key in Japanese", good.replace("{\"title\"", "{\"題\":1,\"title\"")),
        ("a draft with a fraction", good.replace("{\"title\"", "{\"share\":1.5,\"title\"")),
        ("a draft with the number 2^53", good.replace("{\"title\"", "{\"share\":9007199254740992,\"title\"")),
        ("a draft with the number -2^53", good.replace("{\"title\"", "{\"share\":-9007199254740992,\"title\"")),
        ("a draft nested 33 levels deep", good.replace("\"title\"", &deep)),
        ("a draft with half of a surrogate pair", good.replace("A remark", "\\ud83d")),
        ("a draft with an id", good.replacen('{', "{\"id\":\"sha256:12\",", 1)),
        ("a draft with a recorder", good.replacen('{', "{\"recorded_by\":\"desk\",", 1)),
        ("a draft with a position in a batch", good.replacen('{', "{\"batch\":{\"nth\":1,\"of\":2},", 1)),
        ("a draft with an unknown member", good.replace("\"on\"", "\"onn\"")),
        ("a draft with an unknown member in the fact", good.replace("\"title\"", "\"titel\":\"x\",\"title\"")),
        ("a draft with an unknown member in a source", good.replace("\"title\"", sources)),
        ("a draft with null for an optional member", good.replace("\"title\"", "\"note\":null,\"title\"")),
        ("a draft with null for an unknown member", good.replace("\"title\"", "\"titel\":null,\"title\"")),
        ("a draft with a fact of a later version", good.replace("remark\"", "pledge\"")),
        ("a draft without a fact", "{}".to_owned()),
        ("a draft without its title", good.replace("\"title\":\"A remark\"", "")),
        ("a draft without its day", good.replace(",\"on\":\"2013-02-01\"", "")),
        ("a draft without its commitment", good.replace("\"commitment\":\"jp/word\",", "")),
        ("a draft with an impossible day", good.replace("02-01", "02-29")),
        ("a draft whose fact is an array", good.replace(r#"{"remark":{"title":"A remark"}}"#, r#"{"attest":[]}"#)),
    ];
    wrong.map(|(mistake, text)| (mistake.to_owned(), Draft::from_json(&text).unwrap_err())).to_vec()
}

/// Files of facts with faults.
pub(crate) fn files() -> Mistakes {
    let step = "[[facts]]\ncommitment = 'jp/word'\non = 2013-02-01\nfact.advance.to = 'done'\n";
    let toml = [
        ("a file of facts that is not TOML", "facts = ".to_owned()),
        ("a file without facts", String::new()),
        ("a file of facts with another key", format!("commitment = 'jp/word'\n{step}")),
        ("a file of two facts, both wrong", format!("{}{step}id = 'x'\n", step.replace(".to ", ".too "))),
        ("a file with an unknown procedure", format!("{step}\n[facts.fact.register]\nprocedure = 'acton'")),
    ];
    let line = r#"{"commitment":"jp/word","on":"2013-02-01","fact":{"advance":{"to":"done"}}}"#;
    let json = [
        ("facts that are not JSON", format!("{line}\n{{")),
        ("lines of JSON, the second of them wrong", format!("{line}\n{}", line.replace("done", "Done"))),
        ("an array of facts, the second of them wrong", format!("[{line},{}]", line.replace("done", "Done"))),
    ];
    let toml = toml.map(|(mistake, text)| (mistake, Batch::from_toml("steps.toml", &text, []).unwrap_err()));
    let json = json.map(|(mistake, text)| (mistake, Batch::from_json("steps.json", &text, []).unwrap_err()));
    toml.into_iter().chain(json).map(|(mistake, error)| (mistake.to_owned(), error)).collect()
}
