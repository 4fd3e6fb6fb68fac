//! Tells git how to treat a JSON Lines ledger: merge by union, and ignore the files next to it.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// A file for git, and the lines that a ledger needs in it.
struct Settings {
    file: &'static str,
    comment: &'static str,
    lines: &'static [&'static str],
}

const SETTINGS: [Settings; 2] = [
    Settings {
        file: ".gitattributes",
        comment: "# A ledger is a set of lines, so git merges two versions of it by union.",
        lines: &["*.jsonl -text merge=union"],
    },
    Settings {
        file: ".gitignore",
        comment: "# Servanda uses these files next to a ledger while it writes.",
        lines: &["*.jsonl.lock", "*.jsonl.pending"],
    },
];

/// Lines that a file for git lacks.
pub(super) struct Missing {
    pub(super) path: PathBuf,
    comment: &'static str,
    pub(super) lines: Vec<&'static str>,
}

/// Returns what git has to be told about a new ledger. Nothing is missing if it is no JSON Lines
/// file, if it is in no git repository, or if a folder around it says it already.
pub(super) fn missing(ledger: &Path) -> io::Result<Vec<Missing>> {
    let is_url = servanda::tracker::is_database_url(ledger);
    if is_url || ledger.extension().is_none_or(|extension| extension != "jsonl") {
        return Ok(Vec::new());
    }
    let folder = ledger.parent().unwrap_or(Path::new(""));
    let within = Path::new(".").join(folder).canonicalize()?;
    // In a linked working tree, `.git` is a file.
    let Some(root) = within.ancestors().find(|folder| folder.join(".git").exists()) else { return Ok(Vec::new()) };
    let around: Vec<&Path> = within.ancestors().take_while(|folder| folder.starts_with(root)).collect();
    let mut missing = Vec::new();
    for Settings { file, comment, lines } in SETTINGS {
        let mut said = String::new();
        for folder in &around {
            said.push_str(&read(&folder.join(file))?);
            said.push('\n');
        }
        let lines: Vec<&str> =
            lines.iter().copied().filter(|line| !said.lines().any(|said| is_same(said, line))).collect();
        if !lines.is_empty() {
            missing.push(Missing { path: folder.join(file), comment, lines });
        }
    }
    Ok(missing)
}

/// Whether two lines have the same words. The order of attributes does not matter.
fn is_same(line: &str, other: &str) -> bool {
    let words = |line: &str| {
        let mut words = line.split_whitespace();
        let pattern = words.next().map(str::to_owned);
        let mut attributes: Vec<String> = words.map(str::to_owned).collect();
        attributes.sort();
        (pattern, attributes)
    };
    words(line) == words(other)
}

/// Returns the text of a file; empty if there is none.
fn read(path: &Path) -> io::Result<String> {
    match fs::read(path) {
        Ok(bytes) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
        Err(error) => Err(error),
    }
}

impl Missing {
    /// Appends the lines, and keeps everything that is in the file.
    pub(super) fn append(&self) -> io::Result<()> {
        let before = read(&self.path)?;
        let mut text = String::new();
        if !before.is_empty() {
            text.push_str(if before.ends_with('\n') { "\n" } else { "\n\n" });
        }
        for line in [self.comment].iter().chain(&self.lines) {
            text.push_str(line);
            text.push('\n');
        }
        File::options().create(true).append(true).open(&self.path)?.write_all(text.as_bytes())
    }
}
