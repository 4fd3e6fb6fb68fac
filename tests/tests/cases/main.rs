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
use world::World;

#[test]
fn every_case_comes_out_as_it_says() {
    let update = std::env::var("SERVANDA_UPDATE_CASES").is_ok_and(|value| value == "1");
    let mut wrong = Vec::new();
    for mut file in File::all() {
        for case in file.cases_mut() {
            let mut world = World::new();
            expected::check_case(&mut world, case, update, &mut wrong);
        }
        if update {
            file.write();
        } else if !file.is_laid_out() {
            wrong.push(format!("{}: it is not laid out as the runner does it", file.name));
        }
    }
    let many = wrong.len();
    assert!(
        wrong.is_empty(),
        "{many} wrong (with SERVANDA_UPDATE_CASES=1 digests are filled in):\n{}",
        wrong.join("\n")
    );
}
