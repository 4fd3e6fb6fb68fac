//! Every error, caused by a real mistake. One snapshot has the code, message and details of each.

#![allow(clippy::unwrap_used)]

#[path = "../common/mod.rs"]
mod common;

mod appends;
mod drafts;
mod lines;
mod merges;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use common::COMMITMENT;
use serde_json::{Value, json};
use servanda_core::format::{Reader, quote};
use servanda_core::{
    Date, Day, Decimal, Digest, EntryId, Error, ErrorKind, Language, Ledger, Moment, Note, Obligation, Phase, Slug,
    Title, Url,
};

/// All error codes, by kind.
///
/// To add a code, add it here, together with a mistake below that causes it.
const FAMILIES: [(ErrorKind, &str); 6] = [
    (
        ErrorKind::Invalid,
        "batch-too-large calendar-refused commitment-refused empty-batch entry-into-force-refused facts-refused invalid-date invalid-day \
        invalid-decimal invalid-digest invalid-draft invalid-field invalid-language invalid-moment invalid-note invalid-slug invalid-title \
        invalid-url procedure-refused several-errors unknown-word",
    ),
    (
        ErrorKind::Unknown,
        "ambiguous-identifier no-procedure unknown-clock unknown-commitment unknown-entry unknown-identifier unknown-procedure \
        unknown-status",
    ),
    (
        ErrorKind::Refused,
        "already-registered already-retracted attests-the-future before-opening breaks-later-step calendar-breaks \
        clock-behind clock-not-due deadline-before-made identifier-taken illegal-step missing-sources no-target not-responsible not-understood part-of-itself position-takes-no-deadline \
        recorded-too-early recorded-too-late repin-breaks retraction-breaks rival-definition wrong-party",
    ),
    (
        ErrorKind::Damaged,
        "byte-order-mark carriage-return conflict-marker duplicate-key empty-line float half-batch integer-too-large key-not-ascii \
        line-too-long lone-surrogate not-an-object not-canonical not-json not-utf8 too-deep torn-line wrong-id",
    ),
    (ErrorKind::Place, "unreadable"),
    (ErrorKind::Stopped, "interrupted"),
];

/// Mistakes, each with the error that it causes.
type Mistakes = Vec<(String, Error)>;

#[test]
fn every_error_has_a_code_a_message_and_details() {
    let mistakes = [
        values(),
        drafts::drafts(),
        drafts::files(),
        lines::lines(),
        lines::files(),
        lines::fields(),
        appends::registrations(),
        appends::identifiers(),
        appends::steps(),
        appends::retractions(),
        appends::moments(),
        merges::merges(),
        vec![("a long question that the caller stops".to_owned(), Error::Interrupted)],
    ];
    let mistakes: Mistakes = mistakes.into_iter().flatten().collect();
    let mut shown = String::new();
    for (mistake, error) in &mistakes {
        let details = error.details();
        assert_eq!(details, serde_json_canonicalizer::to_string(&parsed(&details)).unwrap(), "{mistake}");
        writeln!(shown, "{mistake}\n  {}: {error}\n  {details}\n", error.code()).unwrap();
    }
    insta::assert_snapshot!("errors", without_digests(shown.trim_end()));

    let met: BTreeSet<(&str, ErrorKind)> = mistakes.iter().map(|(_, error)| (error.code(), error.kind())).collect();
    let listed = FAMILIES.iter().flat_map(|(family, codes)| codes.split_whitespace().map(|code| (code, *family)));
    let listed: BTreeSet<(&str, ErrorKind)> = listed.collect();
    assert_eq!(listed, met, "listed (left), and caused by a mistake (right)");
    let listed: BTreeSet<&str> = listed.into_iter().map(|(code, _)| code).collect();
    // The codes in the source files: the text after each arrow in a function named `code`.
    let sources = [
        include_str!("../../src/error/data.rs"),
        include_str!("../../src/value/error.rs"),
        include_str!("../../src/value/json/canonical.rs"),
    ];
    let functions = sources.iter().flat_map(|text| text.split("fn code(").skip(1));
    let bodies = functions.map(|rest| rest.split("\n    }\n").next().unwrap());
    let written: BTreeSet<&str> =
        bodies.flat_map(|body| body.split("=> \"").skip(1).map(|rest| rest.split('"').next().unwrap())).collect();
    assert_eq!(listed, written, "listed (left), and in the source files (right)");
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// Replaces ids and digests, which change with every edit and tell a reader nothing.
fn without_digests(text: &str) -> String {
    let mut parts = text.split("sha256:");
    let first = parts.next().unwrap().to_owned();
    parts.fold(first, |text, part| {
        let hex = part.bytes().take_while(u8::is_ascii_hexdigit).count();
        if hex == 64 { text + "sha256:…" + &part[hex..] } else { text + "sha256:" + part }
    })
}

/// Parses each text as a value of the given type.
macro_rules! read_as {
    ($($type:ident: $($text:expr),+;)+) => {{
        let mut mistakes = Mistakes::new();
        $($(
            let text: &str = $text;
            let shown = if text.len() > 60 { format!("{} bytes", text.len()) } else { quote(text) };
            mistakes.push((format!("{shown} as {}", stringify!($type)), text.parse::<$type>().unwrap_err().into()));
        )+)+
        mistakes
    }};
}

fn values() -> Mistakes {
    let mut mistakes = read_as! {
        Slug: "", "JP/Hague", "jp//hague", "jp-", &"a".repeat(129);
        Language: "Japanese!", "e";
        Title: "", "  ", "two\nlines", "a bell \u{7}", "a \u{85} line", &"長".repeat(301), "\u{200b}\u{ad}",
            "\u{202e}\n";
        Note: "a\ttab", "a bell\n\u{7}", &"n".repeat(100_001);
        Url: "https://me:secret@example.org", "javascript:alert(1)", "gopher://example.org", "https://", "https:///path", "https://a b", "https://example.org/\n",
            &format!("https://example.org/{}", "a".repeat(2000));
        Decimal: "", "1e3", "-1", "01", "1.", ".5", "1,5", &"1".repeat(31);
        Digest: "sha256:12", "12";
        EntryId: "SHA256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        Moment: "2013-03-16T10:00:00+09:00", "2013-03-16T10:00:00Z", "2013-02-29T10:00:00.000000Z", "2012-06-30T23:59:60.000000Z";
        Day: "2013-02-29", "1900-02-29", "2013-13-01", "2013-00-01", "2013-04-31", "2013-04-00", "0000-01-01", "10000-01-01",
            "2013-2-1", "2013-02", "15 March 2013";
        Date: "2013-02-29", "2013-13", "0000", "10000", "2013-2", "03/15/2013", "";
        Phase: "waiting";
        Obligation: "Result", "สำเร็จ", "प्रगति", "a \u{202e}b\"c\\";
    };
    mistakes.push(("the day 2013-02-29, from numbers".to_owned(), Day::new(2013, 2, 29).unwrap_err().into()));
    mistakes.push(("the first day of the year 10000".to_owned(), Day::new(10_000, 1, 1).unwrap_err().into()));
    mistakes.push(("a moment after the year 9999".to_owned(), Moment::from_micros(i64::MAX).unwrap_err().into()));
    mistakes
}

/// A remark as a JSON object, the basis for wrong lines.
fn remark() -> Value {
    json!({
        "commitment": COMMITMENT, "fact": { "remark": { "title": "A remark" } }, "on": "2013-02-01",
        "recorded_at": "2013-02-02T00:00:00.000000Z", "recorded_by": "desk",
    })
}

/// The canonical line of an entry, with its correct id.
fn sealed(mut entry: Value) -> String {
    let bare = serde_json_canonicalizer::to_string(&entry).unwrap();
    entry["id"] = Digest::of(bare.as_bytes()).to_string().into();
    serde_json_canonicalizer::to_string(&entry).unwrap()
}

/// Reads a ledger with exactly one wrong line, and returns the error.
fn read(bytes: &[u8]) -> Error {
    let mut errors: Vec<Error> = Reader::new(bytes).filter_map(Result::err).collect();
    assert_eq!(errors.len(), 1, "{errors:?}");
    let error = errors.remove(0);
    assert_eq!(Ledger::read(bytes).unwrap_err(), error);
    error
}

fn set(entry: &mut Value, path: &str, value: Value) {
    let (parent, key) = path.rsplit_once('/').unwrap();
    let object = entry.pointer_mut(parent).unwrap().as_object_mut().unwrap();
    match value {
        Value::Null => drop(object.remove(key)),
        value => drop(object.insert(key.to_owned(), value)),
    }
}
