//! Entries made without the library, as by another program or a later version.
//!
//! The library reads only the finished line.

use serde_json::{Value, json};
use servanda_core::format::Reader;
use servanda_core::{Entry, Moment};
use sha2::{Digest as _, Sha256};

/// The canonical JSON by a third-party library, which Servanda itself does not use.
pub(crate) fn canonical(value: &Value) -> String {
    serde_json_canonicalizer::to_string(value).unwrap()
}

/// Computes the id of an entry and returns its line.
pub(crate) fn sealed_line(mut entry: Value) -> String {
    let hash = Sha256::digest(canonical(&entry).as_bytes());
    let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    entry["id"] = json!(format!("sha256:{hex}"));
    canonical(&entry)
}

pub(crate) fn seal(entry: Value) -> Entry {
    let line = sealed_line(entry);
    let read = Reader::new(line.as_bytes()).next().unwrap();
    assert!(read.is_ok(), "{read:?}\n{line}");
    read.unwrap()
}

/// An entry about a commitment, still without its id.
pub(crate) fn entry_about(commitment: &str, fact: Value, on: Option<&str>, recorded_at: Moment, by: &str) -> Value {
    let mut entry = json!({ "commitment": commitment, "fact": fact, "recorded_at": recorded_at, "recorded_by": by });
    if let Some(on) = on {
        entry["on"] = json!(on);
    }
    entry
}

/// This many seconds after the moment at which the generated histories start to be recorded.
pub(crate) fn at(seconds: i64) -> Moment {
    Moment::from_micros(1_000_000_000_000_000 + seconds * 1_000_000).unwrap()
}
