//! Writes the ledgers that the tests in `tests/site` publish: an invented tracker, and one with
//! hostile text in every field. They are the same each time.

mod hostile;
mod invented;

use std::fs;
use std::path::{Path, PathBuf};

use servanda::{FixedTime, Tracker};

fn main() {
    let folder = PathBuf::from(std::env::args_os().nth(1).expect("usage: site_ledgers FOLDER"));
    fs::create_dir_all(&folder).unwrap();
    invented::write(&new_file(&folder, "invented.jsonl"));
    hostile::write(&new_file(&folder, "hostile.jsonl"));
    fs::write(folder.join("hostile.toml"), hostile::config()).unwrap();
    fs::write(folder.join("invented.toml"), invented::CONFIG).unwrap();
}

/// The path of a file that does not exist.
fn new_file(folder: &Path, name: &str) -> PathBuf {
    let path = folder.join(name);
    if path.exists() {
        fs::remove_file(&path).unwrap();
    }
    path
}

/// The ledger in a file, on the morning of a day.
fn tracker_on(path: &Path, day: &str) -> Tracker {
    let tracker = if path.exists() { Tracker::open(path, "desk") } else { Tracker::create(path, "desk") };
    tracker.unwrap().with_time(FixedTime(format!("{day}T09:00:00.000000Z").parse().unwrap()))
}
