//! Lines and files that cannot be read.

use std::io::{BufReader, Read};

use serde_json::{Value, json};
use servanda_core::{Calendar, Commitment, Digest, EntryIntoForce, Error, Ledger, Procedure};

use super::{Deeds, read, remark, sealed, set};

pub(crate) fn lines() -> Deeds {
    let good = sealed(remark());
    let with = |extra: &str| good.replacen("\"title\"", &format!("{extra},\"title\""), 1);
    let deep = format!("\"deep\":{}{}", "[".repeat(30), "]".repeat(30));
    let wrong: Vec<(&str, String)> = vec![
        ("changes a line", good.replace("A remark", "Another remark")),
        ("puts spaces", good.replace(":{", ": {")),
        ("puts a space after a line", format!("{good} ")),
        ("does not sort the keys", good.replace("\"on\":\"2013-02-01\",", "").replace('{', "{\"on\":\"2013-02-01\",")),
        ("escapes a slash", good.replacen("jp/word", "jp\\/word", 1)),
        ("escapes a letter", good.replace("A remark", "\\u0041 remark")),
        ("writes minus 0", with("\"n\":-0")),
        ("writes one thing twice", with("\"n\":1,\"n\":1")),
        ("writes a key in Japanese", with("\"長さ\":1")),
        ("writes a fraction", with("\"n\":1.5")),
        ("writes an exponent", with("\"n\":1e3")),
        ("writes 2^53", with("\"n\":9007199254740992")),
        ("writes -2^53", with("\"n\":-9007199254740992")),
        ("nests 33 levels deep", with(&deep)),
        ("writes half of a surrogate pair", good.replace("A remark", "\\ud83d")),
        ("writes the other half", good.replace("A remark", "\\ude00\\ud83d")),
        ("writes 65,537 bytes", sealed_to(65_537, remark())),
        ("writes a definition of 1,048,577 bytes", sealed_to(1_048_577, party())),
        ("leaves a line empty", String::new()),
        ("writes no JSON", "Dear diary".to_owned()),
        ("writes half an object", good[..good.len() - 1].to_owned()),
        ("writes two objects", format!("{good}{good}")),
        ("writes an array", "[]".to_owned()),
        ("writes a string", "\"entry\"".to_owned()),
    ];
    let second =
        |(deed, line): (&str, String)| (format!("{deed}, on line 2"), read(format!("{good}\n{line}\n").as_bytes()));
    wrong.into_iter().map(second).collect()
}

fn party() -> Value {
    json!({
        "fact": { "define": { "party": { "id": "jp", "names": { "en": "Japan" } } } },
        "recorded_at": "2013-02-02T00:00:00.000000Z", "recorded_by": "desk",
    })
}

/// A line of exactly so many bytes.
fn sealed_to(length: usize, mut entry: Value) -> String {
    entry["padding"] = "".into();
    let short = sealed(entry.clone()).len();
    entry["padding"] = "x".repeat(length - short).into();
    sealed(entry)
}

#[test]
fn a_line_may_have_so_many_bytes_and_no_more() {
    for (length, entry) in [(65_536, remark()), (1_048_576, party())] {
        let line = sealed_to(length, entry);
        assert_eq!((line.len(), Ledger::read(line.as_bytes()).unwrap().len()), (length, 1));
    }
    let with = |integer: &str| sealed(remark()).replacen("\"title\"", &format!("\"n\":{integer},\"title\""), 1);
    for integer in ["9007199254740991", "-9007199254740991", "0"] {
        assert_eq!(
            read(with(integer).as_bytes()).code(),
            "torn-line",
            "only the id is wrong, and the line does not end"
        );
        assert_eq!(read(format!("{}\n", with(integer)).as_bytes()).code(), "wrong-id");
    }
}

/// A stream that fails.
struct Broken;

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
        Err(std::io::Error::other("the disk is gone"))
    }
}

pub(crate) fn files() -> Deeds {
    let good = sealed(remark());
    let mut latin = format!("{good}\n").into_bytes();
    latin.extend(b"{\"caf\xe9\":1}\n");
    let deeds = [
        ("tears the last line", read(format!("{good}\n{}", &good[..100]).as_bytes())),
        ("tears the last line within a character", read(&[good.as_bytes(), b"\n{\"a\":\"\xe9\x95"].concat())),
        ("saves as Latin-1", read(&latin)),
        ("saves with a byte order mark", read(format!("\u{feff}{good}\n").as_bytes())),
        ("saves with CRLF", read(format!("{good}\r\n").as_bytes())),
        ("ends with an empty line", read(format!("{good}\n\n").as_bytes())),
        ("reads from a broken disk", Ledger::read(BufReader::new(Broken)).unwrap_err()),
    ];
    let mut deeds: Deeds = deeds.map(|(deed, error)| (deed.to_owned(), error)).to_vec();
    let procedure = Procedure::from_toml("mine.toml", "id = \"mine\"\n").unwrap_err();
    deeds.push(("loads half a procedure".to_owned(), procedure));
    let calendar = Calendar::from_toml("mine.toml", "id = \"mine\"\n").unwrap_err();
    deeds.push(("loads half a calendar".to_owned(), calendar));
    let rule = EntryIntoForce::from_toml("mine.toml", "id = \"mine\"\n").unwrap_err();
    deeds.push(("loads half a rule on entry into force".to_owned(), rule));
    let wrong = [
        ("loads half a commitment", "id = \"jp/word\"\ntitel = \"A word\"\n"),
        (
            "loads a commitment with the rule of no known treaty",
            "id = \"jp/word\"\nrules.entry-into-force = \"ctppp\"\n",
        ),
        ("loads a commitment to an unknown procedure", "id = \"jp/word\"\nprocedure = \"acton\"\n"),
    ];
    deeds
        .extend(wrong.map(|(deed, text)| (deed.to_owned(), Commitment::from_toml("mine.toml", text, []).unwrap_err())));
    deeds
}

#[test]
fn an_empty_file_is_an_empty_ledger_and_a_last_line_needs_no_line_feed() {
    assert_eq!(Ledger::read(&b""[..]).unwrap(), Ledger::new());
    assert_eq!(Ledger::read(sealed(remark()).as_bytes()).unwrap().len(), 1);
}

/// What each line has that it cannot have, by the path of the member that is changed; nothing is a member left out.
pub(crate) fn fields() -> Deeds {
    let digest = Digest::of(b"").to_string();
    let source = json!({ "title": "Gazette", "url": "https://example.org" });
    let sources = |count| Value::from(vec![source.clone(); count]);
    let fact = |kind: &str, body: Value| ("/fact", json!({ kind: body }));
    let registered = json!({
        "by": ["jp"], "made": "2013-01-18", "obligation": "result", "title": "A word",
        "procedure": { "digest": digest, "id": "visit", "version": 1 }, "words": { "source": source, "text": "we shall see" },
    });
    let register = |change: &str, value: Value| {
        let mut registered = registered.clone();
        set(&mut registered, change, value);
        json!({ "register": registered })
    };
    let registers: Vec<(&str, Value)> = vec![
        ("registers nobody's word", register("/by", json!([]))),
        ("registers without the words", register("/words", Value::Null)),
        ("registers a word made in February", register("/made", json!("2013-02"))),
        ("registers a word of another weight", register("/obligation", json!("promise"))),
        ("registers under version 0", register("/procedure/version", json!(0))),
        ("registers a version in words", register("/procedure/version", json!("one"))),
    ];
    let mut deeds: Deeds = registers
        .into_iter()
        .map(|(deed, change)| (deed.to_owned(), read_changed(&[("/fact", change), ("/on", Value::Null)])))
        .collect();
    let changes: Vec<(&str, Vec<(&str, Value)>)> = vec![
        ("leaves out the fact", vec![("/fact", Value::Null)]),
        ("leaves out the id", vec![("/id", Value::Null)]),
        ("leaves out the moment", vec![("/recorded_at", Value::Null)]),
        ("leaves out the commitment", vec![("/commitment", Value::Null)]),
        ("leaves out the day", vec![("/on", Value::Null)]),
        ("leaves out the title", vec![fact("remark", json!({}))]),
        ("writes null for what is absent", vec![fact("remark", json!({ "note": null, "title": "A remark" }))]),
        ("writes a fact that is no object", vec![("/fact", json!("remark"))]),
        ("writes two facts in one", vec![("/fact", json!({ "attest": {}, "remark": { "title": "A remark" } }))]),
        ("writes a fact that says nothing", vec![("/fact", json!({ "remark": "A remark" }))]),
        ("writes 29 February 2013", vec![("/on", json!("2013-02-29"))]),
        ("writes month 13", vec![("/on", json!("2013-13"))]),
        ("writes year 0", vec![("/on", json!("0000"))]),
        ("writes year 10000", vec![("/on", json!("10000-01-01"))]),
        ("writes a day as a number", vec![("/on", json!(20130201))]),
        ("writes a moment without its fraction", vec![("/recorded_at", json!("2013-02-02T00:00:00Z"))]),
        ("writes a person's name as recorder", vec![("/recorded_by", json!("The Desk"))]),
        (
            "cites a script",
            vec![fact("remark", json!({ "sources": [{ "title": "S", "url": "javascript:alert(1)" }], "title": "R" }))],
        ),
        ("writes a control character", vec![fact("remark", json!({ "title": "A\u{1b}[31mremark" }))]),
        ("cites 101 sources", vec![fact("remark", json!({ "sources": sources(101), "title": "A remark" }))]),
        ("cites nothing", vec![fact("cite", json!({ "entry": digest, "sources": [] })), ("/on", Value::Null)]),
        ("amends nothing", vec![fact("amend", json!({})), ("/on", Value::Null)]),
        ("amends a note of no entry", vec![fact("amend", json!({ "note": "n" })), ("/on", Value::Null)]),
        ("amends an entry without a note", vec![fact("amend", json!({ "entry": digest })), ("/on", Value::Null)]),
        ("amends on a day", vec![fact("amend", json!({ "title": "T" }))]),
        ("links in another way", vec![fact("link", json!({ "relation": "friend", "to": "us/word" }))]),
        ("deposits a share that is no number", vec![fact("deposit", json!({ "by": "jp", "share": "half" }))]),
        ("deposits a share as a number", vec![fact("deposit", json!({ "by": "jp", "share": 12 }))]),
        (
            "puts what has no day in order",
            vec![
                fact("link", json!({ "relation": "related", "to": "us/word" })),
                ("/on", Value::Null),
                ("/after", json!(digest)),
            ],
        ),
        ("defines for a commitment", vec![("/fact", party()["fact"].clone()), ("/on", Value::Null)]),
        (
            "defines a party without a name",
            vec![
                fact("define", json!({ "party": { "id": "jp", "names": {} } })),
                ("/on", Value::Null),
                ("/commitment", Value::Null),
            ],
        ),
        (
            "defines a thing",
            vec![fact("define", json!({ "thing": {} })), ("/on", Value::Null), ("/commitment", Value::Null)],
        ),
        ("is a batch of its own", vec![("/batch", json!({ "nth": 1, "of": 1 }))]),
        ("is the third of two", vec![("/batch", json!({ "nth": 3, "of": 2, "previous": digest }))]),
        ("is the second after none", vec![("/batch", json!({ "nth": 2, "of": 2 }))]),
    ];
    deeds.extend(changes.into_iter().map(|(deed, changes)| (deed.to_owned(), read_changed(&changes))));
    deeds
}

/// The error of the line of a remark with these changes.
fn read_changed(changes: &[(&str, Value)]) -> Error {
    let mut entry = remark();
    changes.iter().filter(|(path, _)| *path != "/id").for_each(|(path, value)| set(&mut entry, path, value.clone()));
    let mut entry: Value = serde_json::from_str(&sealed(entry)).unwrap();
    changes.iter().filter(|(path, _)| *path == "/id").for_each(|(path, value)| set(&mut entry, path, value.clone()));
    read(format!("{entry}\n").as_bytes())
}
