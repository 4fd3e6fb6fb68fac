use std::fs;
use std::path::Path;

use servanda::FixedTime;
use servanda_cli::{Environment, Exit, run};

use super::sealed;

/// The input is the arguments of the command, one per line, and after an empty line the content of
/// the files that the arguments can name: `LEDGER` contains these lines with ids, as in
/// [`entries`](super::entries()); `FILE.toml` and `FILE.json` contain them unchanged.
///
/// Wrong usage is reported only on standard error. A refusal has a reason. A success prints nothing
/// on standard error, and JSON if the arguments ask for it. No output contains control characters.
/// The command writes no file: commands that write get `--dry-run`, and `merge`, which has no such
/// option, is skipped.
pub fn command(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let (words, content) = text.split_once("\n\n").unwrap_or((text, ""));
    let mut words: Vec<&str> = words.lines().collect();
    if words.iter().any(|word| leaves_folder(word)) || words.first() == Some(&"merge") {
        return;
    }
    if words.first().is_some_and(|command| WRITING.contains(command)) {
        words.insert(1, "--dry-run");
    }
    let folder = tempfile::tempdir().expect("a folder can be created");
    let named = |name: &str| folder.path().join(name).display().to_string();
    let put = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a file can be written");
    if words.iter().any(|word| word.starts_with("LEDGER") || word.contains("FILE")) {
        put("LEDGER.jsonl", &sealed(content));
        put("FILE.toml", content);
        put("FILE.json", content);
    }
    let here = |word: &&str| match *word {
        "LEDGER" => named("LEDGER.jsonl"),
        "FILE.toml" | "FILE.json" => named(word),
        word => word.to_owned(),
    };
    let arguments: Vec<String> = std::iter::once("servanda".to_owned()).chain(words.iter().map(here)).collect();

    let noon = FixedTime("2014-04-01T12:00:00.000000Z".parse().expect("a moment"));
    let width = 20 + data.len() % 120;
    let env = Environment { recorded_by: Some("desk".to_owned()), ..Environment::plain(width).with_time(noon) };
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let exit = run(&arguments, &mut out, &mut err, &env);

    let out = String::from_utf8(out).expect("an answer is UTF-8");
    let err = String::from_utf8(err).expect("an error is UTF-8");
    match exit {
        Exit::Done => assert_eq!(err, "", "{arguments:?}"),
        Exit::Refused => assert!(!(out.is_empty() && err.is_empty()), "{arguments:?} is refused without a message"),
        Exit::Usage => assert!(out.is_empty() && !err.is_empty(), "{arguments:?}: {out:?}, {err:?}"),
        Exit::Interrupted => panic!("{arguments:?}: interrupted without a signal"),
    }
    let asks_for_json = words.windows(2).any(|pair| pair == ["--format", "json"]);
    if exit == Exit::Done && asks_for_json && !words.iter().any(|word| asks_for_help(word)) {
        for line in out.lines() {
            assert!(serde_json::from_str::<serde_json::Value>(line).is_ok(), "{arguments:?}: no JSON: {line}");
        }
    }
    if !words.iter().any(|word| word.contains(char::is_control)) {
        for text in [out, err] {
            assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{arguments:?}: {text:?}");
        }
    }
    assert_eq!(fs::read_dir(folder.path()).map_or(0, Iterator::count) % 3, 0, "{arguments:?} wrote a file");
}

const WRITING: [&str; 16] = [
    "init",
    "register",
    "advance",
    "deposit",
    "cite",
    "remark",
    "attest",
    "reschedule",
    "assign",
    "unassign",
    "measure",
    "repin",
    "amend",
    "link",
    "retract",
    "define",
];

/// Whether a word may ask for help or for the version, which are text in every format.
fn asks_for_help(word: &str) -> bool {
    let short_options = word.starts_with('-') && !word.starts_with("--");
    ["help", "--help", "--version"].contains(&word) || (short_options && word.contains(['h', 'V']))
}

/// Whether a word may name a file outside the folder, such as a device without an end.
fn leaves_folder(word: &str) -> bool {
    let short_option = word.starts_with('-') && !word.starts_with("--");
    Path::new(word).has_root()
        || word.contains("=/")
        || word.contains("..")
        || word.contains('\\')
        || (short_option && word.contains('/'))
}
