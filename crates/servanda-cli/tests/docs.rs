//! Tests of README and guide: every shell block is run and its output compared, every TOML block is
//! read, every link leads somewhere, and the book lists every page.
//!
//! `TRYCMD=overwrite cargo test -p servanda-cli --test docs` writes the output into the pages.

#![expect(clippy::unwrap_used, reason = "a panic is the shortest way to fail a test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use toml::de::DeTable;

/// Folders with pages, from the root of the repository.
const FOLDERS: [&str; 3] = ["", "docs", "docs/decisions"];

/// Blocks of commands that are not run, with the reason.
const NOT_RUN: [(&str, &str); 1] = [
    // It would run this test again, and every other one.
    ("README.md", "cargo xtask test --setup"),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The pages, with their path from the root.
fn pages() -> Vec<(String, String)> {
    let mut pages = Vec::new();
    for folder in FOLDERS {
        for entry in fs::read_dir(root().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "md") {
                let name = Path::new(folder).join(path.file_name().unwrap());
                pages.push((name.to_str().unwrap().replace('\\', "/"), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    pages.sort();
    pages
}

/// A fenced block: its info string and its lines.
struct Block<'a> {
    info: &'a str,
    text: String,
}

fn blocks(page: &str) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    let mut open = false;
    for line in page.lines() {
        match line.strip_prefix("```") {
            Some(_) if open => open = false,
            Some(info) => {
                open = true;
                blocks.push(Block { info, text: String::new() });
            }
            None if open => blocks.last_mut().unwrap().text.extend([line, "\n"]),
            None => {}
        }
    }
    blocks
}

/// Applies a function to the lines of shell blocks, and leaves everything else as it is.
fn in_console_blocks(page: &str, change: impl Fn(&str) -> String) -> String {
    let (mut changed, mut inside) = (String::new(), false);
    for line in page.lines() {
        let line = if inside && !line.starts_with("```") { change(line) } else { line.to_owned() };
        inside = if line.starts_with("```") { line == "```console" } else { inside };
        changed.extend([&line, "\n"]);
    }
    changed
}

/// Runs the commands of one page in a folder of their own, which has the examples and the files
/// that the page shows.
#[test]
fn shell_blocks_print_what_the_pages_show() {
    let work = Path::new(env!("CARGO_TARGET_TMPDIR")).join("docs");
    let _ = fs::remove_dir_all(&work);
    let cases = trycmd::TestCases::new();
    cases
        .env("SERVANDA_BY", "desk")
        .env("COLUMNS", "100")
        .env("SERVANDA_FORMAT", "table")
        .env("TZ", "UTC")
        .register_bin("servanda", Path::new(env!("CARGO_BIN_EXE_servanda")).to_owned());
    let mut copies = Vec::new();
    for (name, page) in pages().iter().filter(|(_, page)| page.contains("```console")) {
        let copy = work.join(name.replace('/', "-"));
        let folder = copy.with_extension("in");
        fs::create_dir_all(folder.join("examples")).unwrap();
        // With a folder of expected files, even an empty one, the commands run in a copy.
        fs::create_dir_all(copy.with_extension("out")).unwrap();
        for example in ["alliance.jsonl", "alliance.toml", "cptpp-deposits.csv"] {
            fs::copy(root().join("examples").join(example), folder.join("examples").join(example)).unwrap();
        }
        for block in blocks(page) {
            if let Some((_, file)) = block.info.split_once(' ') {
                fs::write(folder.join(file), block.text).unwrap();
            }
        }
        let run = in_console_blocks(page, |line| {
            line.replace("$ cargo run --release -- ", "$ servanda ").replace('…', "[..]")
        });
        fs::write(&copy, run).unwrap();
        cases.case(&copy);
        copies.push((root().join(name), page.contains("cargo run --release"), copy));
    }
    cases.run();
    if std::env::var_os("TRYCMD").is_some_and(|mode| mode == "overwrite") {
        for (page, with_cargo, copy) in copies {
            let written = in_console_blocks(&fs::read_to_string(copy).unwrap(), |line| {
                let line = line.replace("[..]", "…");
                if with_cargo { line.replace("$ servanda ", "$ cargo run --release -- ") } else { line }
            });
            fs::write(page, written).unwrap();
        }
    }
}

#[test]
fn commands_that_are_not_run_are_listed() {
    for (name, page) in pages() {
        for block in blocks(&page).iter().filter(|block| matches!(block.info, "sh" | "bash" | "shell")) {
            let listed = NOT_RUN.iter().any(|(page, text)| *page == name && block.text.trim_end() == *text);
            assert!(listed || name == "CONTRIBUTING.md", "{name}: this block is not run:\n{}", block.text);
        }
    }
}

/// rustdoc compiles the Rust blocks of the pages that `tests/src/lib.rs` includes.
#[test]
fn pages_with_rust_blocks_are_doctests() {
    let included = fs::read_to_string(root().join("tests/src/lib.rs")).unwrap();
    for (name, page) in pages() {
        for block in blocks(&page) {
            assert!(!block.info.is_empty(), "{name}: a block has no language, and rustdoc takes it for Rust");
            let is_included = included.contains(&format!("include_str!(\"../../{name}\")"));
            assert!(block.info != "rust" || is_included, "tests/src/lib.rs does not include {name}");
        }
    }
}

/// Every line of a Kotlin or Swift block is in the example of that language, which has its own
/// tests.
#[test]
fn kotlin_and_swift_blocks_quote_the_examples() {
    let lines = |text: &str| text.lines().map(|line| line.trim().to_owned()).collect::<BTreeSet<String>>();
    for (language, example) in [("kotlin", "examples/kotlin/TwoPhones.kt"), ("swift", "examples/swift/TwoPhones.swift")]
    {
        let example = lines(&fs::read_to_string(root().join(example)).unwrap());
        for (name, page) in pages() {
            for block in blocks(&page).iter().filter(|block| block.info == language) {
                let missing: Vec<String> = lines(&block.text).difference(&example).cloned().collect();
                assert!(
                    missing.iter().all(String::is_empty),
                    "{name}: these lines are not in the example: {missing:#?}"
                );
            }
        }
    }
}

#[test]
fn toml_blocks_are_toml() {
    for (name, page) in pages() {
        for block in blocks(&page).iter().filter(|block| block.info.starts_with("toml")) {
            if let Err(error) = DeTable::parse(&block.text) {
                panic!("{name}: {error}\n{}", block.text);
            }
        }
    }
}

/// Every key that the schema allows in a file is in the reference of these files.
#[test]
fn the_reference_has_every_key() {
    let schema = fs::read_to_string(root().join("crates/servanda-core/schema/entry.schema.json")).unwrap();
    let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
    let reference = |name: &str, kinds: &[&str]| {
        let page = fs::read_to_string(root().join(name)).unwrap();
        // Words between backticks, outside of blocks.
        let code = page.split("```").step_by(2).flat_map(|text| text.split('`').skip(1).step_by(2));
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        let words: Vec<&str> = code.flat_map(|code| code.split(move |c| !is_part(c))).collect();
        for kind in kinds {
            let keys = schema["$defs"][kind]["properties"].as_object();
            for key in keys.unwrap_or_else(|| panic!("the schema has no {kind}")).keys() {
                assert!(words.contains(&key.as_str()), "{name} lacks the key {key} of a {kind}");
            }
        }
    };
    reference("docs/record.md", &["commitment", "words", "opening"]);
    reference("docs/procedures.md", &["procedure", "status", "transition", "clock", "counted"]);
    reference("docs/procedures.md", &["calendar", "period", "recess", "source", "clock_rule"]);
    reference("docs/procedures.md", &["entry_into_force", "alternative", "share_wanted", "signature_period"]);
    reference("docs/procedures.md", &["joining", "leaving", "renewal_terms", "organizations", "signatories"]);
    reference("docs/procedures.md", &["known_party"]);
    reference("docs/file-format.md", &["batch"]);
    reference("docs/concepts.md", &["fact"]);
}

#[test]
fn links_lead_somewhere() {
    for (name, page) in pages() {
        let folder = root().join(&name).parent().unwrap().to_owned();
        let links = page.split("](").skip(1).filter_map(|rest| rest.split_once(')'));
        for (link, _) in links.filter(|(link, _)| !link.contains("://")) {
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = if path.is_empty() { root().join(&name) } else { folder.join(path) };
            assert!(target.exists(), "{name}: nothing is at {link}");
            if !anchor.is_empty() {
                let text = fs::read_to_string(&target).unwrap();
                let headings = text.lines().filter(|line| line.starts_with('#'));
                assert!(headings.map(anchor_of).any(|heading| heading == anchor), "{name}: no heading is at {link}");
            }
        }
    }
}

/// A path between backticks, such as `crates/xtask`, exists.
#[test]
fn paths_exist() {
    let folders = ["bindings/", "crates/", "docs/", "examples/", "tests/"];
    for (name, page) in pages() {
        let code = page.split("```").step_by(2).flat_map(|text| text.split('`').skip(1).step_by(2));
        for path in code.filter(|code| folders.iter().any(|folder| code.starts_with(folder))) {
            let (path, pattern) = path.split_once(['*', ' ']).unwrap_or((path, ""));
            let made_by_programs = path.starts_with("tests/fuzz/artifacts") || path.contains("LAW");
            assert!(made_by_programs || root().join(path).exists(), "{name}: there is no {path}{pattern}");
        }
    }
}

/// The anchor of a heading, as forges and mdBook make it.
fn anchor_of(heading: &str) -> String {
    let text = heading.trim_start_matches('#').trim().to_lowercase().replace(' ', "-");
    text.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect()
}

#[test]
fn the_book_lists_every_page() {
    let summary = fs::read_to_string(root().join("docs/SUMMARY.md")).unwrap();
    let decisions = fs::read_to_string(root().join("docs/decisions/README.md")).unwrap();
    for (name, _) in pages() {
        let Some(in_book) = name.strip_prefix("docs/").filter(|name| *name != "SUMMARY.md") else { continue };
        assert!(summary.contains(&format!("({in_book})")), "docs/SUMMARY.md lacks {in_book}");
        if let Some(decision) = in_book.strip_prefix("decisions/").filter(|decision| *decision != "README.md") {
            assert!(decisions.contains(&format!("({decision})")), "docs/decisions/README.md lacks {decision}");
        }
    }
}
