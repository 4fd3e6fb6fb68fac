//! Every error, produced by really doing the wrong thing: its code, its text and its details in one snapshot.

#![allow(clippy::unwrap_used)]

mod common;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{BufReader, Read};

use common::{Book, WORD, day, moment, source, tell, word};
use serde_json::{Value, json};
use servanda_core::builtin::action;
use servanda_core::format::Reader;
use servanda_core::{
    Advance, Amend, Attest, Batch, Calendar, Cite, Commitment, Date, Day, Decimal, Deposit, Digest, Draft, EntryId,
    EntryIntoForce, Error, Family, GivenRule, Language, Ledger, Link, Moment, Note, Obligation, Phase, Procedure,
    Relation, Remark, Reschedule, Retract, Rule, Slug, Title, Url, builtin,
};

/// Every code there is, by its family. A new one is added here, with a wrong deed below that leads to it.
const FAMILIES: [(Family, &str); 5] = [
    (
        Family::Invalid,
        "batch-too-large calendar-refused commitment-refused empty-batch entry-into-force-refused invalid-date invalid-day \
        invalid-decimal invalid-digest invalid-draft invalid-field invalid-language invalid-moment invalid-note invalid-slug invalid-title \
        invalid-url procedure-refused unknown-word",
    ),
    (Family::Unknown, "no-procedure unknown-clock unknown-commitment unknown-entry unknown-procedure unknown-status"),
    (
        Family::Refused,
        "already-registered already-retracted attests-the-future before-opening breaks-later-step calendar-breaks \
        clock-behind clock-not-due illegal-step missing-sources not-understood part-of-itself position-takes-no-deadline \
        recorded-too-early recorded-too-late retraction-breaks rival-definition wrong-party",
    ),
    (
        Family::Damaged,
        "byte-order-mark carriage-return duplicate-key empty-line float half-batch integer-too-large key-not-ascii \
        line-too-long lone-surrogate not-an-object not-canonical not-json not-utf8 too-deep torn-line wrong-id",
    ),
    (Family::Place, "unreadable"),
];

/// What was done, and the error that came of it.
type Deeds = Vec<(String, Error)>;

#[test]
fn every_error_has_its_code_its_text_and_its_details() {
    let deeds =
        [values(), drafts(), lines(), files(), fields(), registrations(), steps(), retractions(), moments(), merges()];
    let deeds: Deeds = deeds.into_iter().flatten().collect();
    let mut shown = String::new();
    for (deed, error) in &deeds {
        let details = error.details();
        assert_eq!(details, serde_json_canonicalizer::to_string(&parsed(&details)).unwrap(), "{deed}");
        writeln!(shown, "{deed}\n  {}: {error}\n  {details}\n", error.code()).unwrap();
    }
    insta::assert_snapshot!("errors", without_digests(shown.trim_end()));

    let met: BTreeSet<(&str, Family)> = deeds.iter().map(|(_, error)| (error.code(), error.family())).collect();
    let listed = FAMILIES.iter().flat_map(|(family, codes)| codes.split_whitespace().map(|code| (code, *family)));
    let listed: BTreeSet<(&str, Family)> = listed.collect();
    assert_eq!(listed, met, "listed (left), and met by a wrong deed (right)");
    let listed: BTreeSet<&str> = listed.into_iter().map(|(code, _)| code).collect();
    // The codes as they stand in the sources: what follows an arrow in a function that is called `code`.
    let sources = [
        include_str!("../src/error/data.rs"),
        include_str!("../src/error/kind.rs"),
        include_str!("../src/format/canonical.rs"),
    ];
    let functions = sources.iter().flat_map(|text| text.split("fn code(").skip(1));
    let bodies = functions.map(|rest| rest.split("\n    }\n").next().unwrap());
    let written: BTreeSet<&str> =
        bodies.flat_map(|body| body.split("=> \"").skip(1).map(|rest| rest.split('"').next().unwrap())).collect();
    assert_eq!(listed, written, "listed (left), and in the sources (right)");
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// Ids and digests say nothing to a reader, and change with every word.
fn without_digests(text: &str) -> String {
    let mut parts = text.split("sha256:");
    let first = parts.next().unwrap().to_owned();
    parts.fold(first, |text, part| {
        let hex = part.bytes().take_while(u8::is_ascii_hexdigit).count();
        if hex == 64 { text + "sha256:…" + &part[hex..] } else { text + "sha256:" + part }
    })
}

/// Each text, read as a value.
macro_rules! read_as {
    ($($type:ident: $($text:expr),+;)+) => {{
        let mut deeds = Deeds::new();
        $($(
            let text: &str = $text;
            let shown = if text.len() > 60 { format!("{} bytes", text.len()) } else { format!("{text:?}") };
            deeds.push((format!("reads {shown} as {}", stringify!($type)), text.parse::<$type>().unwrap_err()));
        )+)+
        deeds
    }};
}

fn values() -> Deeds {
    let mut deeds = read_as! {
        Slug: "", "JP/Hague", "jp//hague", "jp-", &"a".repeat(129);
        Language: "Japanese!", "e";
        Title: "", "  ", "two\nlines", "a bell \u{7}", "a \u{85} line", &"長".repeat(301);
        Note: "a\ttab", &"n".repeat(10_001);
        Url: "javascript:alert(1)", "ftp://example.org", "https://", "https:///path", "https://a b", "https://example.org/\n",
            &format!("https://example.org/{}", "a".repeat(2000));
        Decimal: "", "1e3", "-1", "01", "1.", ".5", "1,5", &"1".repeat(31);
        Digest: "sha256:12", "12";
        EntryId: "SHA256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        Moment: "2013-03-16T10:00:00+09:00", "2013-03-16T10:00:00Z", "2013-02-29T10:00:00.000000Z", "2012-06-30T23:59:60.000000Z";
        Day: "2013-02-29", "1900-02-29", "2013-13-01", "2013-00-01", "2013-04-31", "2013-04-00", "0000-01-01", "10000-01-01",
            "2013-2-1", "2013-02", "15 March 2013";
        Date: "2013-02-29", "2013-13", "0000", "10000", "2013-2", "03/15/2013", "";
        Phase: "waiting";
        Obligation: "Result";
    };
    deeds.push(("makes the day 2013-02-29 of numbers".to_owned(), Day::new(2013, 2, 29).unwrap_err()));
    deeds.push(("makes the first day of the year 10000".to_owned(), Day::new(10_000, 1, 1).unwrap_err()));
    deeds.push(("makes a moment past the year 9999".to_owned(), Moment::from_micros(i64::MAX).unwrap_err()));
    deeds
}

/// What somebody wrote as a draft.
fn drafts() -> Deeds {
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

/// A remark as an object, from which lines are made.
fn remark() -> Value {
    json!({
        "commitment": WORD, "fact": { "remark": { "title": "A remark" } }, "on": "2013-02-01",
        "recorded_at": "2013-02-02T00:00:00.000000Z", "recorded_by": "desk",
    })
}

/// The line of an entry, with the id that belongs to it.
fn sealed(mut entry: Value) -> String {
    let bare = serde_json_canonicalizer::to_string(&entry).unwrap();
    entry["id"] = Digest::of(bare.as_bytes()).to_string().into();
    serde_json_canonicalizer::to_string(&entry).unwrap()
}

/// The error at the only wrong line of a ledger.
fn read(bytes: &[u8]) -> Error {
    let mut errors: Vec<Error> = Reader::new(bytes).filter_map(Result::err).collect();
    assert_eq!(errors.len(), 1, "{errors:?}");
    let error = errors.remove(0);
    assert_eq!(Ledger::read(bytes).unwrap_err(), error);
    error
}

fn lines() -> Deeds {
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

fn files() -> Deeds {
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
fn fields() -> Deeds {
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

fn set(entry: &mut Value, path: &str, value: Value) {
    let (parent, key) = path.rsplit_once('/').unwrap();
    let object = entry.pointer_mut(parent).unwrap().as_object_mut().unwrap();
    match value {
        Value::Null => drop(object.remove(key)),
        value => drop(object.insert(key.to_owned(), value)),
    }
}

/// The error of the line of a remark with these changes.
fn read_changed(changes: &[(&str, Value)]) -> Error {
    let mut entry = remark();
    changes.iter().filter(|(path, _)| *path != "/id").for_each(|(path, value)| set(&mut entry, path, value.clone()));
    let mut entry: Value = serde_json::from_str(&sealed(entry)).unwrap();
    changes.iter().filter(|(path, _)| *path == "/id").for_each(|(path, value)| set(&mut entry, path, value.clone()));
    read(format!("{entry}\n").as_bytes())
}

/// A visit that lapses, presumably, a week after it was put off.
const VISIT: &str = r#"
    id = "visit"
    version = 1
    initial = "invited"
    title = { en = "A visit" }
    statuses = [
        { id = "invited", phase = "planned", title = { en = "Invited" } },
        { id = "put-off", phase = "stalled", title = { en = "Put off" } },
        { id = "lapsed", phase = "failed", title = { en = "Lapsed" } },
        { id = "received", phase = "achieved", final = true, title = { en = "Received" } },
        { id = "forgotten", phase = "superseded", final = true, title = { en = "Forgotten" } },
    ]
    transitions = [
        { from = ["invited"], to = "put-off", basis = "Practice", title = { en = "Put off" } },
        { from = ["invited", "lapsed"], to = "received", sources = 2, taken_by = ["jp", "us"], basis = "Practice", title = { en = "Received" } },
        { from = ["lapsed"], to = "forgotten", sources = 1, basis = "Practice", title = { en = "Forgotten" } },
        { from = ["lapsed", "put-off"], to = "invited", basis = "Practice", title = { en = "Invited again" } },
    ]
    [[clocks]]
    id = "week"
    starts = ["put-off"]
    while = ["put-off"]
    to = "lapsed"
    fires = "end"
    presumed = true
    rule = { days = { count = 7 } }
    basis = "Practice"
    title = { en = "A week" }
"#;

fn visit() -> Procedure {
    Procedure::from_toml("visit.toml", VISIT).unwrap()
}

/// Appends to a ledger, is refused, and leaves no trace.
fn refused(deed: &str, mut book: Book, batch: impl Into<Batch>) -> (String, Error) {
    let before = book.ledger.clone();
    let error = book.try_append(batch).unwrap_err();
    assert_eq!((book.ledger.digest(), book.ledger.entries().len()), (before.digest(), before.len()), "{deed}");
    (deed.to_owned(), error)
}

fn registrations() -> Deeds {
    let told = || tell(&visit(), "a result");
    let new = |id: &str| word(id, builtin::action(), Obligation::Result);
    let part = |id: &str, whole: &str| new(id).part_of(whole).unwrap();
    let rule =
        GivenRule { basis: "Practice".parse().unwrap(), deposits: None, rule: Rule::Months { count: 1 }, treaty: None };
    let given = |change: fn(&mut GivenRule)| {
        let mut rule = rule.clone();
        change(&mut rule);
        word("jp/pact", builtin::trade_agreement(), Obligation::Result).rule("entry-into-force", rule).unwrap()
    };
    let mut rival = visit();
    rival.statuses[0].phase = Phase::Active;
    let mut unsound = visit();
    unsound.initial = "asked".parse().unwrap();
    let mut unnamed = builtin::jp_diet().clone();
    unnamed.title.clear();
    let position = || word("us/senkaku", builtin::position(), Obligation::Position);
    let undue = position().due(day("2014-01-01"));
    let mut held = told();
    held.append(position());
    let reschedule = Reschedule::new("us/senkaku", day("2014-01-01")).on(day("2013-02-01"));
    vec![
        refused("appends nothing", told(), Batch::new()),
        refused(
            "appends 10,001 remarks",
            told(),
            (0..10_001).map(|_| Remark::new(WORD, "A remark").on(day("2013-02-01"))).collect::<Batch>(),
        ),
        refused("spells a commitment badly", told(), Advance::new("JP/Word", "put-off").on(day("2013-02-01"))),
        refused("registers again", told(), word(WORD, &visit(), Obligation::Conduct)),
        refused(
            "registers under a procedure that nobody defined",
            Book::default(),
            word(WORD, &visit(), Obligation::Result),
        ),
        refused("registers under a procedure of another content", told(), word("jp/other", &rival, Obligation::Result)),
        refused("defines a version anew", told(), rival.clone()),
        refused("defines a procedure with a fault", told(), unsound),
        refused("defines a calendar with a fault", told(), unnamed),
        refused(
            "opens at a status that is not declared",
            told(),
            new("jp/visit").opening_at("dome".parse::<Slug>().unwrap(), day("2013-01-01"), vec![]),
        ),
        refused(
            "gives a rule to a clock that has one",
            told(),
            word("jp/visit", &visit(), Obligation::Result).rule("week", rule.clone()).unwrap(),
        ),
        refused(
            "gives a rule to no clock",
            told(),
            word("jp/pact", builtin::trade_agreement(), Obligation::Result).rule("entry", rule.clone()).unwrap(),
        ),
        refused("gives a rule that leaves it to the commitment", told(), given(|given| given.rule = Rule::Given)),
        refused("gives a rule that counts to 0", told(), given(|given| given.rule = Rule::FirstOfMonth { count: 0 })),
        refused("gives a rule that waits for no deposit", told(), given(|given| given.deposits = Some(0))),
        refused("sets a deadline to a position", told(), undue),
        refused("reschedules a position", held, reschedule),
        refused("makes it part of itself", told(), part("us/a", "us/a")),
        refused(
            "makes two part of one another",
            told(),
            Batch::new().and(part("us/a", "us/b")).and(part("us/b", "us/a")),
        ),
        refused("makes it part of nothing there", told(), part("us/a", "jp/ward")),
        refused("links to nothing there", told(), Link::new(WORD, Relation::Related, "us/none")),
        refused("speaks of nothing there", told(), Remark::new("jp/ward", "A remark").on(day("2013-02-01"))),
        refused("names nobody", told(), Commitment { by: vec![], ..new("jp/visit") }),
    ]
}

fn steps() -> Deeds {
    let told = |story: &str| tell(&visit(), &format!("a result made 2013-01-18{story}"));
    let step = |to: &str, on: &str| Advance::new(WORD, to).on(on.parse::<Date>().unwrap());
    let mut third = told("; put-off 2013-02-01");
    let misplaced = step("invited", "2013-02-02").after(third.append(step("put-off", "2013-02-01")));
    vec![
        refused("steps to a misspelt status", told(""), step("recieved", "2013-02-01")),
        refused("steps to an unknown status", told(""), step("under-way", "2013-02-01")),
        refused("steps where nothing leads", told(""), step("forgotten", "2013-02").citing(source())),
        refused("steps from where a clock led", told("; put-off 2013-02-01"), step("put-off", "2013-02-20")),
        refused(
            "steps from where nothing leads",
            told("; put-off 2013-02-01; forgotten 2013-02-20"),
            step("invited", "2013-03-01"),
        ),
        refused("steps without evidence", told(""), step("received", "2013-02-01").by("us")),
        refused("steps with too little evidence", told(""), step("received", "2013-02-01").by("us").citing(source())),
        refused("steps for nobody", told(""), step("received", "2013-02-01").citing(source()).citing(source())),
        refused(
            "steps for another",
            told(""),
            step("received", "2013-02-01").by("fr").citing(source()).citing(source()),
        ),
        refused("steps before the opening", told(""), step("put-off", "2013-01-17")),
        refused("steps between", told("; put-off 2013-02-01; invited 2013-02-03"), step("invited", "2013-02-02")),
        refused("steps before the clock does", told("; put-off 2013-02-01"), step("lapsed", "2013-02-05")),
        refused("steps on no day", told(""), Advance::new(WORD, "put-off")),
        refused("steps after an entry of another day", third, misplaced),
        refused(
            "cites for no entry",
            told(""),
            Cite::new(WORD, Digest::of(b"").to_string().parse().unwrap(), source()),
        ),
        refused(
            "amends the note of no entry",
            told(""),
            Amend::note(WORD, Digest::of(b"").to_string().parse().unwrap(), "n"),
        ),
        refused(
            "deposits what makes a step impossible",
            deposited(),
            Deposit::new("jp/pact", "us").on(day("2013-02-01")),
        ),
    ]
}

/// A treaty that was given up because the second deposit was missing.
fn deposited() -> Book {
    let days = serde_json::from_str(r#"{"days":{"count":10}}"#).unwrap();
    let rule = GivenRule { basis: "The treaty, art. 9".parse().unwrap(), deposits: Some(1), rule: days, treaty: None };
    let pact = word("jp/pact", builtin::trade_agreement(), Obligation::Result).rule("entry-into-force", rule).unwrap();
    let mut book = Book::default();
    book.append(pact.opening_at("notified".parse::<Slug>().unwrap(), day("2013-01-20"), vec![]));
    book.append(Advance::new("jp/pact", "declined").on(day("2013-03-01")));
    book
}

fn retractions() -> Deeds {
    let told = |story: &str| tell(&visit(), &format!("a result made 2013-01-18{story}"));
    let nth = |book: &Book, nth: usize| book.ledger.entries().nth(nth).unwrap().id();
    // The first two entries are the procedure and the registration.
    let retract = |deed: &str, book: Book, entry: usize| {
        let entry = nth(&book, entry);
        refused(deed, book, Retract::new(WORD, entry, "A mistake"))
    };
    let mut twice = told("; put-off 2013-02-01");
    twice.append(Retract::new(WORD, nth(&twice, 2), "A mistake"));
    let confirmed = told("; put-off 2013-02-01; lapsed 2013-02-08; forgotten 2013-02-20");
    let none: EntryId = Digest::of(b"").to_string().parse().unwrap();
    let defined = nth(&confirmed, 0);
    vec![
        retract("retracts a step on which another rests", told("; put-off 2013-02-01; invited 2013-02-03"), 2),
        retract("retracts what confirms a presumption", confirmed, 3),
        retract("retracts the registration of what has a history", told("; put-off 2013-02-01"), 1),
        refused("retracts a procedure in use", told(""), Retract::definition(defined, "A mistake")),
        retract("retracts twice", twice, 2),
        refused("retracts nothing there", told(""), Retract::new(WORD, none, "A mistake")),
        refused("retracts no definition there", told(""), Retract::definition(none, "A mistake")),
        refused("redefines a calendar against the record", referred(), closing_early()),
        refused("retracts without a reason", told(""), Retract::new(WORD, none, " ")),
    ]
}

/// A treaty that was referred to committee in April 2013.
fn referred() -> Book {
    let story = "a consideration, opens submitted 2013-03-15; lower-first-referred 2013-04-04";
    tell(builtin::diet_treaty_approval(), story)
}

/// The Diet's calendar, with a 183rd session that closed in March 2013.
fn closing_early() -> Calendar {
    let mut calendar = builtin::jp_diet().clone();
    calendar.periods.iter_mut().filter(|period| period.number == 183).for_each(|period| {
        period.closed = Some(day("2013-03-29"));
    });
    calendar
}

fn moments() -> Deeds {
    let remark = || Remark::new(WORD, "A remark").on(day("2013-02-01"));
    let desk: Slug = "desk".parse().unwrap();
    let append = |now: &str, given: Option<&str>| {
        let mut ledger = tell(builtin::action(), "a result").ledger;
        let remark = given.map_or_else(remark, |given| remark().recorded_at(moment(given)));
        ledger.append(remark, &desk, moment(now)).unwrap_err()
    };
    // What the story tells was recorded at the start of August 2026.
    vec![
        refused("vouches for next year", tell(builtin::action(), "a result"), Attest::new(WORD).on(day("2027-01-01"))),
        ("appends with a clock a year behind".to_owned(), append("2025-08-01T00:00:00.000000Z", None)),
        (
            "imports what was recorded earlier".to_owned(),
            append("2026-08-02T00:00:00.000000Z", Some("2013-02-02T00:00:00.000000Z")),
        ),
        (
            "imports what was recorded tomorrow".to_owned(),
            append("2026-08-02T00:00:00.000000Z", Some("2026-08-03T00:00:00.000001Z")),
        ),
    ]
}

/// What is found when ledgers are put together.
fn merges() -> Deeds {
    let lines = |book: &Book| book.ledger.entries().map(|entry| entry.line().to_owned() + "\n").collect::<Vec<_>>();
    let conflicts = |deed: &str, text: &str| {
        let ledger = Ledger::read(text.as_bytes()).unwrap();
        let conflicts = ledger.view_on(day("2014-01-01")).conflicts();
        conflicts.into_iter().map(|conflict| (deed.to_owned(), conflict.reason)).collect::<Deeds>()
    };
    let mut half = Book::default();
    half.append(word(WORD, builtin::action(), Obligation::Result));
    let steps = |to: [Slug; 2]| to.map(|to| Advance::new(WORD, to).on(day("2013-02-01")));
    half.append(Batch::from_iter(steps([action::UNDER_WAY, action::STALLED])));
    let mut lines_of_half = lines(&half);
    lines_of_half.pop();
    let mut deeds = conflicts("reads half a batch", &lines_of_half.concat());
    let mut rival = visit();
    rival.statuses[0].phase = Phase::Active;
    let (mine, theirs) = (tell(&visit(), "a result"), tell(&rival, "a conduct; put-off 2013-02-01"));
    let both = [lines(&mine), lines(&theirs)].concat().concat();
    deeds.extend(conflicts("merges two procedures of one version and two registrations", &both));
    let retraction = json!({ "retract": { "entry": Digest::of(b"").to_string(), "reason": "A mistake" } });
    let mut orphan = remark();
    set(&mut orphan, "/fact", retraction);
    set(&mut orphan, "/on", Value::Null);
    deeds.extend(conflicts("merges a remark about nothing there", &sealed(remark())));
    deeds.extend(conflicts("merges a retraction of nothing there", &sealed(orphan)));
    // A kind of fact of a later version.
    let mut later = remark();
    set(&mut later, "/fact", json!({ "pledge": { "amount": "12" } }));
    let book = tell(builtin::action(), "a result");
    let ledger = Ledger::read((lines(&book).concat() + &sealed(later)).as_bytes()).unwrap();
    let step = Advance::new(WORD, action::UNDER_WAY).on(day("2013-02-01"));
    deeds.push(refused("steps after a fact of a later version", Book { ledger }, step));
    deeds
}
