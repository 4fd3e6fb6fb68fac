//! The seeds of each law: data of the project, and the files in `seeds/`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::mutate::Numbers;

/// The seeds of a law, always in the same order.
#[must_use]
pub fn of(law: &str) -> Vec<Vec<u8>> {
    let mut seeds = files(&root().join("tests/fuzz/seeds").join(law), "");
    match law {
        "ledger" => seeds.extend(ledgers()),
        "entries" => seeds.extend(drafts()),
        "history" => seeds.extend((0..16).map(|n| choices(n, 64 << (n % 4)))),
        "definitions" => seeds.extend(definitions()),
        "dates" => seeds.extend(DATES.map(|text| text.as_bytes().to_vec())),
        _ => {}
    }
    seeds
}

/// Words with a meaning in the inputs of a law, which mutations insert.
#[must_use]
pub fn words(law: &str) -> &'static [&'static str] {
    match law {
        "ledger" | "entries" => LINE_WORDS,
        "definitions" => FILE_WORDS,
        "dates" => &[
            "-", ":", ".", "T", "Z", "00", "29", "30", "31", "12", "13", "9999", "0001", "+09:00", "sha256:",
            "https://", "/",
        ],
        "command" => COMMAND_WORDS,
        _ => &[],
    }
}

fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_path_buf()
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The files of a folder with this ending, sorted by name. Empty if there is no folder.
fn files(folder: &Path, ending: &str) -> Vec<Vec<u8>> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.display().to_string().ends_with(ending));
    paths.sort();
    paths.iter().filter_map(|path| fs::read(path).ok()).collect()
}

/// The short golden vectors of the format, each alone and the good ones together, and a part of the
/// example ledger.
fn ledgers() -> Vec<Vec<u8>> {
    const LONG: usize = 8 * 1024;
    let good = read("tests/format/good.jsonl");
    let good: Vec<&str> = good.lines().filter(|line| line.len() < LONG).collect();
    let mut seeds: Vec<Vec<u8>> = good.iter().map(|line| format!("{line}\n").into_bytes()).collect();
    seeds.push((good.join("\n") + "\n").into_bytes());
    let bad: Value = serde_json::from_str(&read("tests/format/bad.json")).expect("the bad vectors are JSON");
    let lines = bad.as_array().into_iter().flatten().filter_map(|case| case["line"].as_str());
    seeds.extend(lines.filter(|line| line.len() < LONG).map(|line| format!("{line}\n").into_bytes()));
    let alliance = read("examples/alliance.jsonl");
    let short: Vec<&str> = alliance.lines().filter(|line| line.len() < LONG && line.contains("jp/tpp")).collect();
    seeds.push((short.join("\n") + "\n").into_bytes());
    seeds
}

/// Each commitment of the example ledger, with its procedure, as lines without ids that refer to
/// each other by number.
fn drafts() -> Vec<Vec<u8>> {
    let alliance = read("examples/alliance.jsonl");
    let lines: Vec<Value> = alliance.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect();
    let commitments: BTreeSet<&str> = lines.iter().filter_map(|line| line["commitment"].as_str()).collect();
    commitments.into_iter().map(|commitment| drafts_about(commitment, &lines).into_bytes()).collect()
}

fn drafts_about(commitment: &str, lines: &[Value]) -> String {
    let about = |line: &&Value| line["commitment"] == commitment;
    let registered =
        lines.iter().filter(about).find_map(|line| line["fact"].get("register")).expect("it is registered");
    let pin = &registered["procedure"];
    let wanted = |line: &&Value| {
        let defined = &line["fact"]["define"]["procedure"]["id"];
        about(line) || *defined == pin["id"] || line["fact"]["define"]["party"]["id"] == registered["by"][0]
    };
    let mut ids: Vec<String> = Vec::new();
    let mut text = String::new();
    for line in lines.iter().filter(wanted) {
        let mut line = line.clone();
        let members = line.as_object_mut().expect("an entry is an object");
        ids.extend(members.remove("id").and_then(|id| id.as_str().map(str::to_owned)));
        // The draft may be without the other entries of its batch.
        members.remove("batch");
        if let Some(registered) = members["fact"].get_mut("register") {
            registered["procedure"]["digest"] = "#1".into();
        }
        let mut draft = line.to_string();
        for (id, number) in ids.iter().zip(1..) {
            draft = draft.replace(id, &format!("#{number}"));
        }
        text.push_str(&draft);
        text.push('\n');
    }
    // The reference of the registration is the number of the line with the procedure.
    let defines = |line: &&str| line.contains("{\"procedure\":{");
    let first = text.lines().position(|line| defines(&line)).expect("its procedure is defined") + 1;
    text.replace("\"digest\":\"#1\"", &format!("\"digest\":\"#{first}\""))
}

/// Random bytes, which the law `history` reads as choices.
fn choices(seed: u64, length: usize) -> Vec<u8> {
    let mut numbers = Numbers::from(seed);
    (0..length).map(|_| numbers.below(256) as u8).collect()
}

/// The built-in procedures and calendars in TOML, and the short procedures also in JSON.
fn definitions() -> Vec<Vec<u8>> {
    let core = root().join("crates/servanda-core");
    let mut seeds = files(&core.join("procedures"), ".toml");
    seeds.extend(files(&core.join("calendars"), ".toml"));
    let short =
        servanda::builtin::procedures().into_iter().map(servanda::Procedure::to_json).filter(|json| json.len() < 8_000);
    seeds.extend(short.map(String::into_bytes));
    seeds
}

const DATES: [&str; 30] = [
    "2013-01-18",
    "2013-02",
    "2013",
    "2012-02-29",
    "2013-02-29",
    "1900-02-29",
    "0001-01-01",
    "9999-12-31",
    "0000-12-31",
    "10000-01-01",
    "2013-13",
    "2013-1-18",
    "20130118",
    "2013-W03-5",
    "2013-018",
    "2013-01-18T00:00:00.000000Z",
    "2013-01-18T23:59:60.000000Z",
    "2013-01-18T24:00:00.000000Z",
    "2013-01-18T12:00:00Z",
    "2013-01-18T12:00:00.123456+09:00",
    "9999-12-31T23:59:59.999999Z",
    "0001-01-01T00:00:00.000000Z",
    "jp/hague-convention",
    "zh-hant",
    "https://www.shugiin.go.jp/internet/itdb_gian.nsf/html/gian/keika/1DB429A.htm",
    "sha256:b37515473153d085c2be90a25da2087021164c45fc0c3df47d91f5867d2ad5db",
    "0.55",
    "-12.30",
    "ハーグ条約 \u{301}",
    "",
];

const LINE_WORDS: &[&str] = &[
    "\"",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "null",
    "true",
    "false",
    "0",
    "-1",
    "9007199254740991",
    "9007199254740992",
    "1.5",
    "\\u0000",
    "\\u001f",
    "\\ud800",
    "\\n",
    "\\/",
    "\\u00e9",
    "\\u000a",
    " ",
    "\n",
    "\r\n",
    "\u{feff}",
    "ハ",
    "\"after\":",
    "\"batch\":{\"nth\":1,\"of\":2}",
    "\"commitment\":",
    "\"fact\":",
    "\"id\":",
    "\"on\":",
    "\"recorded_at\":",
    "\"recorded_by\":",
    "\"advance\":",
    "\"deposit\":",
    "\"cite\":",
    "\"remark\":",
    "\"attest\":{}",
    "\"reschedule\":",
    "\"assign\":",
    "\"unassign\":",
    "\"measure\":",
    "\"repin\":",
    "\"amend\":",
    "\"link\":",
    "\"retract\":",
    "\"define\":",
    "\"register\":",
    "\"to\":",
    "\"by\":",
    "\"entry\":\"#1\"",
    "\"#2\"",
    "\"#3\"",
    "\"previous\":",
    "\"sources\":[]",
    "\"note\":",
    "\"title\":",
    "\"part_of\":",
    "\"opening\":",
    "\"rules\":",
    "2013-02",
    "9999-12-31",
    "0001-01-01",
];

const FILE_WORDS: &[&str] = &[
    "[[statuses]]\n",
    "[[transitions]]\n",
    "[[clocks]]\n",
    "[[periods]]\n",
    "[[references]]\n",
    "[clocks.rule.days]\n",
    "id = ",
    "version = 1\n",
    "initial = ",
    "title = { en = \"A\" }\n",
    "phase = \"active\"\n",
    "final = true\n",
    "decided = true\n",
    "abandoned = true\n",
    "from = [",
    "to = ",
    "basis = ",
    "reopening = true\n",
    "sources = 1\n",
    "taken_by = [",
    "while = [",
    "starts = [",
    "cancelled_by = [",
    "presumed = true\n",
    "fires = \"end\"\n",
    "rule = \"given\"\n",
    "rule = { days = { count = 30 } }\n",
    "rule = { months = { count = 3 } }\n",
    "rule = { close = { calendar = \"jp-diet\", of = \"next\" } }\n",
    "recesses = [{ first = 2013-01-01, last = 2013-01-02 }]\n",
    "convened = ",
    "closed = ",
    "scheduled = ",
    "ended_by = \"dissolution\"\n",
    "through = ",
    "procedure = \"action\"\n",
    "obligation = \"result\"\n",
    "made = 2013-01-18\n",
    "deadline = 2013-02\n",
    "[words]\n",
    "\"\"\"",
    "'''",
    "\\u0000",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "= ",
    ".",
    "a.",
    "#",
    "\n",
    "0x1f",
    "1e9",
    "nan",
    "4294967295",
    "9223372036854775807",
    "-1",
    "a-b",
    "a/b",
    "end",
];

const COMMAND_WORDS: &[&str] = &[
    "\n",
    "\n\n",
    "LEDGER\n",
    "FILE.toml\n",
    "FILE.json\n",
    "status\n",
    "history\n",
    "next\n",
    "agenda\n",
    "changes\n",
    "parts\n",
    "stale\n",
    "verify\n",
    "procedures\n",
    "completions\n",
    "man\n",
    "help\n",
    "init\n",
    "register\n",
    "advance\n",
    "deposit\n",
    "cite\n",
    "remark\n",
    "attest\n",
    "reschedule\n",
    "assign\n",
    "unassign\n",
    "measure\n",
    "repin\n",
    "amend\n",
    "link\n",
    "retract\n",
    "define\n",
    "--on\n",
    "--known-at\n",
    "--format\njson\n",
    "--check\n",
    "--file\n",
    "--by\n",
    "--to\n",
    "--source\n",
    "--source-title\n",
    "--future\n",
    "--zone\n",
    "Asia/Tokyo",
    "-03:30",
    "--note\n",
    "--after\n",
    "--party\n",
    "--name\n",
    "--help\n",
    "--version\n",
    "--",
    "-",
    "=",
    "2013-02-28",
    "2013-02",
    "2013",
    "2013-02-28T12:00:00Z",
    "2013-02-28T12:00:00.5Z",
    "jp/visit",
    "en=Japan",
    "https://example.org/a|b",
    "https://me:secret@example.org/",
    "ハ",
    "\u{301}",
    "\u{1b}[31m",
];
