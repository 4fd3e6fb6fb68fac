//! The baseline: the same work with plain serde, without any checks.

use std::fs::File;
use std::hint::black_box;
use std::io::{BufRead, BufReader};
use std::path::Path;

use serde::{Deserialize, Serialize};
use servanda::value::Digest;

/// A line as plain serde reads it.
#[derive(Default, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct Line {
    pub(crate) commitment: Option<String>,
    fact: Option<Fact>,
    id: String,
    on: Option<String>,
    recorded_at: String,
    recorded_by: String,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Fact {
    Advance {
        note: Option<String>,
        sources: Vec<Reference>,
        to: String,
    },
    Remark {
        note: Option<String>,
        sources: Vec<Reference>,
        title: String,
    },
    Register {
        by: Vec<String>,
        made: String,
        obligation: String,
        procedure: ProcedureRef,
        title: String,
        words: Said,
    },
    #[serde(skip_serializing)]
    Define(serde::de::IgnoredAny),
}

#[derive(Deserialize, Serialize)]
struct Reference {
    publisher: Option<String>,
    title: String,
    url: String,
}

#[derive(Deserialize, Serialize)]
struct ProcedureRef {
    digest: String,
    id: String,
    version: u32,
}

#[derive(Deserialize, Serialize)]
struct Said {
    source: Reference,
    text: String,
}

/// Reads a file line by line, parses and hashes each line, and drops the result. Returns the number
/// of lines.
pub(crate) fn parse_and_hash(file: &Path) -> std::io::Result<usize> {
    let mut input = BufReader::with_capacity(1 << 18, File::open(file)?);
    let (mut line, mut lines) = (Vec::new(), 0);
    while input.read_until(b'\n', &mut line)? > 0 {
        lines += usize::from(black_box(serde_json::from_slice::<Line>(&line)).is_ok());
        black_box(Digest::of(&line));
        line.clear();
    }
    Ok(lines)
}

/// Serializes a line once and hashes it.
pub(crate) fn serialize_and_hash(line: &Line) {
    let text = serde_json::to_string(black_box(line)).unwrap_or_default();
    black_box(Digest::of(text.as_bytes()));
}
