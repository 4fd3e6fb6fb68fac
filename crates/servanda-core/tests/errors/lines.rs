//! Lines and files that cannot be read.

use std::io::{BufReader, Read};

use serde_json::{Value, json};
use servanda_core::{Calendar, Commitment, Digest, EntryIntoForce, Error, Ledger, Procedure};

use super::{Mistakes, read, remark, sealed, set};

pub(crate) fn lines() -> Mistakes {
    let good = sealed(remark());
    let with = |extra: &str| good.replacen("\"title\"", &format!("{extra},\"title\""), 1);
    let deep = format!("\"deep\":{}{}", "[".repeat(30), "]".repeat(30));
    let wrong: Vec<(&str, String)> = vec![
        ("a line that was changed", good.replace("A remark", "Another remark")),
        ("a line with spaces", good.replace(":{", ": {")),
        ("a line with a space at its end", format!("{good} ")),
        (
            "a line with unsorted keys",
            good.replace("\"on\":\"2013-02-01\",", "").replace('{', "{\"on\":\"2013-02-01\","),
        ),
        ("a line with an escaped slash", good.replacen("jp/word", "jp\\/word", 1)),
        ("a line with an escaped letter", good.replace("A remark", "\\u0041 remark")),
        ("a line with minus 0", with("\"n\":-0")),
        ("a line with a duplicate key", with("\"n\":1,\"n\":1")),
        ("a line with a key in Japanese", with("\"長さ\":1")),
        ("a line with a fraction", with("\"n\":1.5")),
        ("a line with an exponent", with("\"n\":1e3")),
        ("a line with the number 2^53", with("\"n\":9007199254740992")),
        ("a line with the number -2^53", with("\"n\":-9007199254740992")),
        ("a line nested 33 levels deep", with(&deep)),
        ("a line with the first half of a surrogate pair", good.replace("A remark", "\\ud83d")),
        ("a line with the second half of a surrogate pair", good.replace("A remark", "\\ude00\\ud83d")),
        ("a line of 1,048,577 bytes", sealed_to(1_048_577, remark())),
        ("a definition of 1,048,577 bytes", sealed_to(1_048_577, party())),
        ("an empty line", String::new()),
        ("a conflict marker of git", "<<<<<<< HEAD".to_owned()),
        ("a conflict marker of git between two sides", "=======".to_owned()),
        ("a line that is not JSON", "Dear diary".to_owned()),
        ("a line with half an object", good[..good.len() - 1].to_owned()),
        ("a line with two objects", format!("{good}{good}")),
        ("a line with an array", "[]".to_owned()),
        ("a line with a string", "\"entry\"".to_owned()),
    ];
    let second = |(mistake, line): (&str, String)| {
        (format!("{mistake}, on line 2"), read(format!("{good}\n{line}\n").as_bytes()))
    };
    wrong.into_iter().map(second).collect()
}

fn party() -> Value {
    json!({
        "fact": { "define": { "party": { "id": "jp", "names": { "en": "Japan" } } } },
        "recorded_at": "2013-02-02T00:00:00.000000Z", "recorded_by": "desk",
    })
}

/// A line of exactly `length` bytes.
fn sealed_to(length: usize, mut entry: Value) -> String {
    entry["padding"] = "".into();
    let short = sealed(entry.clone()).len();
    entry["padding"] = "x".repeat(length - short).into();
    sealed(entry)
}

#[test]
fn a_line_of_the_maximum_length_is_read() {
    for entry in [remark(), party()] {
        let line = sealed_to(1_048_576, entry);
        assert_eq!((line.len(), Ledger::read(line.as_bytes()).unwrap().len()), (1_048_576, 1));
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

/// A stream whose reads fail.
struct Broken;

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
        Err(std::io::Error::other("the disk is gone"))
    }
}

pub(crate) fn files() -> Mistakes {
    let good = sealed(remark());
    let mut latin = format!("{good}\n").into_bytes();
    latin.extend(b"{\"caf\xe9\":1}\n");
    let mistakes = [
        ("a last line that is cut off", read(format!("{good}\n{}", &good[..100]).as_bytes())),
        ("a last line that is cut off within a character", read(&[good.as_bytes(), b"\n{\"a\":\"\xe9\x95"].concat())),
        ("a file in Latin-1", read(&latin)),
        ("a file with a byte order mark", read(format!("\u{feff}{good}\n").as_bytes())),
        ("a file with CRLF", read(format!("{good}\r\n").as_bytes())),
        ("a file that ends with an empty line", read(format!("{good}\n\n").as_bytes())),
        ("a read from a broken disk", Ledger::read(BufReader::new(Broken)).unwrap_err()),
    ];
    let mut mistakes: Mistakes = mistakes.map(|(mistake, error)| (mistake.to_owned(), error)).to_vec();
    let procedure = Procedure::from_toml("mine.toml", "id = \"mine\"\n").unwrap_err();
    mistakes.push(("a procedure file with missing keys".to_owned(), procedure));
    let calendar = Calendar::from_toml("mine.toml", "id = \"mine\"\n").unwrap_err();
    mistakes.push(("a calendar file with missing keys".to_owned(), calendar));
    let rule = EntryIntoForce::from_toml("mine.toml", "id = \"mine\"\n").unwrap_err();
    mistakes.push(("a treaty file with missing keys".to_owned(), rule));
    let wrong = [
        ("a commitment file with missing keys", "id = \"jp/word\"\ntitel = \"A word\"\n"),
        ("a commitment file with an unknown treaty", "id = \"jp/word\"\nrules.entry-into-force = \"ctppp\"\n"),
        ("a commitment file with an unknown procedure", "id = \"jp/word\"\nprocedure = \"acton\"\n"),
    ];
    mistakes.extend(
        wrong.map(|(mistake, text)| (mistake.to_owned(), Commitment::from_toml("mine.toml", text, []).unwrap_err())),
    );
    mistakes
}

#[test]
fn an_empty_file_is_an_empty_ledger_and_the_last_line_needs_no_line_feed() {
    assert_eq!(Ledger::read(&b""[..]).unwrap(), Ledger::new());
    assert_eq!(Ledger::read(sealed(remark()).as_bytes()).unwrap().len(), 1);
}

/// Lines with one invalid member each.
///
/// Each change is a path and a value. `Value::Null` removes the member.
pub(crate) fn fields() -> Mistakes {
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
        ("a registration without a party", register("/by", json!([]))),
        ("a registration without the words", register("/words", Value::Null)),
        ("a registration without the obligation", register("/obligation", Value::Null)),
        (
            "a registration with a range that ends before it begins",
            register("/made", json!("[2013-02-03..2013-02-01]")),
        ),
        ("a registration with an unknown obligation", register("/obligation", json!("promise"))),
        ("a registration under version 0 of a procedure", register("/procedure/version", json!(0))),
        ("a registration with a version that is not a number", register("/procedure/version", json!("one"))),
    ];
    let mut mistakes: Mistakes = registers
        .into_iter()
        .map(|(mistake, change)| (mistake.to_owned(), read_changed(&[("/fact", change), ("/on", Value::Null)])))
        .collect();
    let changes: Vec<(&str, Vec<(&str, Value)>)> = vec![
        ("an entry without a fact", vec![("/fact", Value::Null)]),
        ("an entry without an id", vec![("/id", Value::Null)]),
        ("an entry without a moment", vec![("/recorded_at", Value::Null)]),
        ("an entry without a commitment", vec![("/commitment", Value::Null)]),
        ("an entry without a day", vec![("/on", Value::Null)]),
        ("a remark without a title", vec![fact("remark", json!({}))]),
        (
            "a remark with null for an optional member",
            vec![fact("remark", json!({ "note": null, "title": "A remark" }))],
        ),
        ("a fact that is not an object", vec![("/fact", json!("remark"))]),
        ("two facts in one entry", vec![("/fact", json!({ "attest": {}, "remark": { "title": "A remark" } }))]),
        ("a fact whose body is not an object", vec![("/fact", json!({ "remark": "A remark" }))]),
        ("the day 29 February 2013", vec![("/on", json!("2013-02-29"))]),
        ("the month 13", vec![("/on", json!("2013-13"))]),
        ("the year 0", vec![("/on", json!("0000"))]),
        ("the year 10000", vec![("/on", json!("10000-01-01"))]),
        ("a day as a number", vec![("/on", json!(20130201))]),
        ("a moment without its fraction", vec![("/recorded_at", json!("2013-02-02T00:00:00Z"))]),
        ("a recorder with spaces and capitals", vec![("/recorded_by", json!("The Desk"))]),
        (
            "a source with a script as its URL",
            vec![fact("remark", json!({ "sources": [{ "title": "S", "url": "javascript:alert(1)" }], "title": "R" }))],
        ),
        ("a title with a control character", vec![fact("remark", json!({ "title": "A\u{1b}[31mremark" }))]),
        ("101 sources", vec![fact("remark", json!({ "sources": sources(101), "title": "A remark" }))]),
        (
            "a citation without sources",
            vec![fact("cite", json!({ "entry": digest, "sources": [] })), ("/on", Value::Null)],
        ),
        ("an amendment without a change", vec![fact("amend", json!({})), ("/on", Value::Null)]),
        ("an amended note without its entry", vec![fact("amend", json!({ "note": "n" })), ("/on", Value::Null)]),
        ("an amended entry without its note", vec![fact("amend", json!({ "entry": digest })), ("/on", Value::Null)]),
        ("an amendment with a day", vec![fact("amend", json!({ "title": "T" }))]),
        ("a link with an unknown relation", vec![fact("link", json!({ "relation": "friend", "to": "us/word" }))]),
        ("a deposit with a share in words", vec![fact("deposit", json!({ "by": "jp", "share": "half" }))]),
        ("a deposit with a share as a JSON number", vec![fact("deposit", json!({ "by": "jp", "share": 12 }))]),
        (
            "an entry without a day that comes after another one",
            vec![
                fact("link", json!({ "relation": "related", "to": "us/word" })),
                ("/on", Value::Null),
                ("/after", json!(digest)),
            ],
        ),
        ("a definition that names a commitment", vec![("/fact", party()["fact"].clone()), ("/on", Value::Null)]),
        (
            "a definition of a party without a name",
            vec![
                fact("define", json!({ "party": { "id": "jp", "names": {} } })),
                ("/on", Value::Null),
                ("/commitment", Value::Null),
            ],
        ),
        (
            "a definition of an unknown kind",
            vec![fact("define", json!({ "thing": {} })), ("/on", Value::Null), ("/commitment", Value::Null)],
        ),
        ("a batch of one entry", vec![("/batch", json!({ "nth": 1, "of": 1 }))]),
        ("the third entry of two", vec![("/batch", json!({ "nth": 3, "of": 2, "previous": digest }))]),
        ("a second entry without the first", vec![("/batch", json!({ "nth": 2, "of": 2 }))]),
    ];
    mistakes.extend(changes.into_iter().map(|(mistake, changes)| (mistake.to_owned(), read_changed(&changes))));
    mistakes
}

/// Reads the line of a remark with these changes, and returns the error.
fn read_changed(changes: &[(&str, Value)]) -> Error {
    let mut entry = remark();
    changes.iter().filter(|(path, _)| *path != "/id").for_each(|(path, value)| set(&mut entry, path, value.clone()));
    let mut entry: Value = serde_json::from_str(&sealed(entry)).unwrap();
    changes.iter().filter(|(path, _)| *path == "/id").for_each(|(path, value)| set(&mut entry, path, value.clone()));
    read(format!("{entry}\n").as_bytes())
}
