//! Drafts that somebody wrote.

use servanda_core::Draft;

use super::Deeds;

/// What somebody wrote as a draft.
pub(crate) fn drafts() -> Deeds {
    let good = r#"{"commitment":"jp/word","fact":{"remark":{"title":"A remark"}},"on":"2013-02-01"}"#;
    let sources = r#""sources":[{"title":"Gazette","uri":"https://example.org","url":"https://example.org"}],"title""#;
    let deep = format!("\"deep\":{}{},\"title\"", "[".repeat(30), "]".repeat(30));
    let wrong = [
        ("drafts nothing", String::new()),
        ("drafts no JSON", "Dear diary".to_owned()),
        ("drafts a list", format!("[{good}]")),
        ("drafts two at once", format!("{good}\n{good}")),
        ("drafts half", good[..40].to_owned()),
        ("drafts one thing twice", good.replace("{\"title\"", "{\"title\":\"Another\",\"title\"")),
        ("drafts a key in Japanese", good.replace("{\"title\"", "{\"題\":1,\"title\"")),
        ("drafts a fraction", good.replace("{\"title\"", "{\"share\":1.5,\"title\"")),
        ("drafts 2^53", good.replace("{\"title\"", "{\"share\":9007199254740992,\"title\"")),
        ("drafts -2^53", good.replace("{\"title\"", "{\"share\":-9007199254740992,\"title\"")),
        ("drafts 33 levels", good.replace("\"title\"", &deep)),
        ("drafts half of a surrogate pair", good.replace("A remark", "\\ud83d")),
        ("drafts an id", good.replacen('{', "{\"id\":\"sha256:12\",", 1)),
        ("drafts who records", good.replacen('{', "{\"recorded_by\":\"desk\",", 1)),
        ("drafts a part of a batch", good.replacen('{', "{\"batch\":{\"nth\":1,\"of\":2},", 1)),
        ("drafts a member that there is not", good.replace("\"on\"", "\"onn\"")),
        ("drafts a member that the fact does not have", good.replace("\"title\"", "\"titel\":\"x\",\"title\"")),
        ("drafts a member that a source does not have", good.replace("\"title\"", sources)),
        ("drafts null for what is absent", good.replace("\"title\"", "\"note\":null,\"title\"")),
        ("drafts null for what there is not", good.replace("\"title\"", "\"titel\":null,\"title\"")),
        ("drafts a fact of a later version", good.replace("remark\"", "pledge\"")),
        ("drafts no fact", "{}".to_owned()),
        ("drafts a fact without its title", good.replace("\"title\":\"A remark\"", "")),
        ("drafts a fact without its day", good.replace(",\"on\":\"2013-02-01\"", "")),
        ("drafts a fact without its commitment", good.replace("\"commitment\":\"jp/word\",", "")),
        ("drafts a day that there was not", good.replace("02-01", "02-29")),
        ("drafts a citation of nothing", good.replace(r#"{"remark":{"title":"A remark"}}"#, r#"{"attest":[]}"#)),
    ];
    wrong.map(|(deed, text)| (deed.to_owned(), Draft::from_json(&text).unwrap_err())).to_vec()
}
