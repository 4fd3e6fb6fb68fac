//! The runner for Rust of the cases that all languages share. The README in `tests/cases` describes
//! them.
//!
//! With `SERVANDA_UPDATE_CASES=1` it fills in the digests and formats the files.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test may panic")]

mod answers;
mod coverage;
mod drafts;
mod expected;
mod files;
mod layout;
mod world;

use files::File;
use world::{Storage, World};

/// Runs every case, and returns the failures. `update` fills in the computed values.
fn check(storage: Storage, update: bool) -> Vec<String> {
    let mut wrong = Vec::new();
    for mut file in File::all() {
        for case in file.cases_mut() {
            expected::check_case(&mut World::new(storage), case, update, &mut wrong);
        }
        if update {
            file.write();
        } else if !file.is_formatted() {
            wrong.push(format!("{}: it is not formatted; run with SERVANDA_UPDATE_CASES=1", file.name));
        }
    }
    wrong
}

#[test]
fn every_case_passes_in_memory() {
    let update = std::env::var("SERVANDA_UPDATE_CASES").is_ok_and(|value| value == "1");
    let wrong = check(Storage::Memory, update);
    let count = wrong.len();
    assert!(wrong.is_empty(), "{count} failures (SERVANDA_UPDATE_CASES=1 fills in the digests):\n{}", wrong.join("\n"));
}

#[test]
fn every_case_passes_in_files_of_json_lines() {
    let wrong = check(Storage::Lines, false);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_case_passes_in_databases() {
    let wrong = check(Storage::Databases, false);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
