//! The files of a site: what they say, that they are safe, and how much they weigh.

#![expect(clippy::unwrap_used, reason = "a panic is the shortest way to fail a test")]

mod any_day;
mod config;
mod groups;
mod hostile;
mod html;
mod invented;
mod languages;
mod links;
mod share;
mod weight;
mod writing;

use std::path::Path;

use servanda::{Tracker, View};
use servanda_publish::{Published, Site, publish};

/// A site in a temporary folder.
pub(crate) struct Folder(tempfile::TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn publish(&self, view: &View, config: &str) -> Published {
        publish(view, &Site::from_toml("tracker.toml", config).unwrap(), self.path()).unwrap()
    }

    pub(crate) fn read(&self, path: &str) -> String {
        String::from_utf8(self.bytes(path)).unwrap()
    }

    pub(crate) fn bytes(&self, path: &str) -> Vec<u8> {
        std::fs::read(self.path().join(path)).unwrap()
    }

    /// The paths of all files, sorted.
    pub(crate) fn files(&self) -> Vec<String> {
        fn walk(folder: &Path, root: &Path, files: &mut Vec<String>) {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                match path.is_dir() {
                    true => walk(&path, root, files),
                    false => files.push(path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/")),
                }
            }
        }
        let mut files = Vec::new();
        walk(self.path(), self.path(), &mut files);
        files.sort();
        files
    }

    /// The pages, with their paths.
    pub(crate) fn pages(&self) -> Vec<(String, String)> {
        let pages = self.files().into_iter().filter(|file| file.ends_with(".html"));
        pages.map(|file| (file.clone(), self.read(&file))).collect()
    }
}

/// The ledger of the alliance between the United States and Japan.
pub(crate) fn alliance() -> Tracker {
    Tracker::open_to_read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/alliance.jsonl")).unwrap()
}
