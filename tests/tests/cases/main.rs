//! The cases that all languages share, in `tests/cases`, whose README describes them; this is the runner for Rust.
//!
//! With `SERVANDA_UPDATE_CASES=1` the digests in the files are filled in, and the files laid out anew.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a runner fails in whatever way is shortest")]

mod answers;
mod coverage;
mod drafts;
mod expected;
mod files;
mod layout;
mod world;

use files::File;
use world::{Kept, World};

/// Takes every case; `update` fills in what a machine finds out. Gives what is wrong.
fn check(kept: Kept, update: bool) -> Vec<String> {
    let mut wrong = Vec::new();
    for mut file in File::all() {
        for case in file.cases_mut() {
            expected::check_case(&mut World::new(kept), case, update, &mut wrong);
        }
        if update {
            file.write();
        } else if !file.is_laid_out() {
            wrong.push(format!("{}: it is not laid out as the runner does it", file.name));
        }
    }
    wrong
}

#[test]
fn every_case_comes_out_as_it_says() {
    let update = std::env::var("SERVANDA_UPDATE_CASES").is_ok_and(|value| value == "1");
    let wrong = check(Kept::Memory, update);
    let many = wrong.len();
    assert!(
        wrong.is_empty(),
        "{many} wrong (with SERVANDA_UPDATE_CASES=1 digests are filled in):\n{}",
        wrong.join("\n")
    );
}

#[test]
fn it_is_the_same_where_ledgers_are_kept_in_files_of_lines() {
    let wrong = check(Kept::Lines, false);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn it_is_the_same_where_ledgers_are_kept_in_databases() {
    let wrong = check(Kept::Databases, false);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
