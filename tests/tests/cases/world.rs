//! The state of a case: trackers, the clock, a folder, and names for ids.

use std::collections::BTreeMap;
use std::fs;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use servanda::format::read_line;
use servanda::{
    Entry, Moment, Result, Tracker,
    tracker::TimeSource,
    value::{Digest, EntryId},
};
use tempfile::TempDir;

use crate::answers::{self, Answer};
use crate::drafts;
use crate::files::folder;

/// The clock of all trackers of a case.
#[derive(Clone, Debug)]
struct Clock(Arc<Mutex<Moment>>);

impl TimeSource for Clock {
    fn now(&self) -> Moment {
        *self.0.lock().unwrap()
    }
}

/// Where the ledgers are stored for which a case names no file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Storage {
    Memory,
    Lines,
    Databases,
}

/// The state of one case.
pub(crate) struct World {
    clock: Clock,
    cursors: BTreeMap<String, String>,
    folder: TempDir,
    storage: (Storage, TempDir),
    names: BTreeMap<String, String>,
    trackers: BTreeMap<String, Tracker>,
    /// The answers that are kept for a later comparison.
    pub(crate) kept: BTreeMap<String, String>,
    /// The trackers without a file. The case states their digests at its end.
    pub(crate) without_file: Vec<String>,
}

impl World {
    pub(crate) fn new(storage: Storage) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = fs::canonicalize(folder.path()).unwrap().display().to_string();
        Self {
            clock: Clock(Arc::new(Mutex::new(Moment::EPOCH))),
            cursors: BTreeMap::new(),
            folder,
            storage: (storage, tempfile::tempdir().unwrap()),
            names: BTreeMap::from([("folder".to_owned(), path)]),
            trackers: BTreeMap::new(),
            without_file: Vec::new(),
            kept: BTreeMap::new(),
        }
    }

    /// Replaces the names for ids and for the folder in a JSON value.
    pub(crate) fn named(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => {
                // A name may be a prefix of another one: the longest counts.
                let mut names: Vec<_> = self.names.iter().collect();
                names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
                Value::String(
                    names.into_iter().fold(text.clone(), |text, (name, id)| text.replace(&format!("${name}"), id)),
                )
            }
            Value::Array(values) => values.iter().map(|value| self.named(value)).collect(),
            Value::Object(object) => object.iter().map(|(key, value)| (key.clone(), self.named(value))).collect(),
            other => other.clone(),
        }
    }

    fn name(&mut self, name: &str, id: EntryId) {
        let before = self.names.insert(name.to_owned(), id.to_string());
        assert!(before.is_none(), "two entries have the name {name}");
    }

    pub(crate) fn tracker(&mut self, name: &str) -> Tracker {
        if !self.trackers.contains_key(name) {
            self.without_file.push(name.to_owned());
            let (storage, folder) = &self.storage;
            let in_file = |ending| Tracker::create(folder.path().join(format!("{name}.{ending}")), name).unwrap();
            let tracker = match storage {
                Storage::Memory => Tracker::in_memory(name).unwrap(),
                Storage::Lines => in_file("jsonl"),
                Storage::Databases => in_file("db"),
            };
            self.add(name, tracker);
        }
        self.trackers[name].clone()
    }

    fn add(&mut self, name: &str, tracker: Tracker) {
        self.trackers.insert(name.to_owned(), tracker.with_time(self.clock.clone()));
    }

    /// The lines of the entries under `from`, each with its computed id.
    pub(crate) fn sealed(&self, step: &Value) -> Option<Vec<String>> {
        let entries = self.named(step.get("from")?);
        let seal = |entry: &Value| {
            let mut entry = entry.clone();
            let bare = serde_json_canonicalizer::to_string(&entry).unwrap();
            entry["id"] = Digest::of(bare.as_bytes()).to_string().into();
            serde_json_canonicalizer::to_string(&entry).unwrap()
        };
        Some(entries.as_array().unwrap().iter().map(seal).collect())
    }

    /// Runs a step.
    pub(crate) fn run(&mut self, step: &Value) -> Result<Answer> {
        if let Some(now) = step["now"].as_str() {
            *self.clock.0.lock().unwrap() = now.parse().unwrap();
        }
        let given = &self.named(step);
        let name = given["tracker"].as_str().unwrap_or("desk");
        let text = |key: &str| given[key].as_str();
        if let Some(drafts) = given["append"].as_array() {
            let ids = self.tracker(name).append(drafts::batch(drafts))?;
            for (draft, id) in drafts.iter().rev().zip(ids.iter().rev()) {
                if let Some(name) = draft["as"].as_str() {
                    self.name(name, *id);
                }
            }
            Ok(Answer::plain(&ids))
        } else if let Some(drafts) = given["prepare"].as_array() {
            let entries = self.tracker(name).prepare(drafts::batch(drafts))?;
            Ok(Answer::plain(&entries.iter().map(Entry::id).collect::<Vec<_>>()))
        } else if let Some(other) = text("merge") {
            let since = text("since").map(|name| self.cursors[name].clone());
            let mut entries = self.tracker(other).export_since(since.as_deref())?.entries;
            if let Some(only) = given["only"].as_array() {
                entries.retain(|entry| only.contains(&entry.id().to_string().into()));
            }
            Ok(Answer::plain(&self.tracker(name).merge(entries)?))
        } else if let Some(lines) = given["merge_lines"].as_array() {
            let read =
                lines.iter().map(|line| read_line(line.as_str().unwrap())).collect::<servanda_core::Result<Vec<_>>>();
            let entries = read?;
            for (name, entry) in given["as"].as_array().into_iter().flatten().zip(&entries) {
                self.name(name.as_str().unwrap(), entry.id());
            }
            Ok(Answer::plain(&self.tracker(name).merge(entries)?))
        } else if let Some(since) = given.get("export") {
            let since = since.as_str().map(|name| self.cursors.get(name).map_or(name, String::as_str).to_owned());
            let export = self.tracker(name).export_since(since.as_deref())?;
            if let Some(name) = text("as") {
                self.cursors.insert(name.to_owned(), export.cursor);
            }
            Ok(Answer::plain(&json!({ "entries": export.entries.len() })))
        } else if let Some(file) = text("open") {
            let path = self.put(file, given);
            let tracker = Tracker::open(path, name)?;
            self.add(name, tracker);
            Ok(Answer::plain(&()))
        } else if let Some(file) = text("create") {
            let path = self.put(file, given);
            let tracker = Tracker::create(path, name)?;
            self.add(name, tracker);
            Ok(Answer::plain(&()))
        } else if let Some(question) = text("ask") {
            let before = given["before"]["tracker"].as_str().map(|name| self.tracker(name));
            answers::ask(&self.tracker(name), before.as_ref(), question, given)
        } else if let Some(kind) = text("parse") {
            answers::parse(kind, text("text").unwrap())
        } else if let Some(kind) = text("read") {
            answers::read(kind, given)
        } else {
            panic!("the step has no known action: {step}")
        }
    }

    /// Prepares the file or folder of a step.
    fn put(&self, name: &str, given: &Value) -> String {
        let path = format!("{}/{name}", self.names["folder"]);
        if let Some(text) = given["text"].as_str() {
            let many = |times: u64| text.repeat(times.try_into().unwrap()) + "\n";
            fs::write(&path, given["times"].as_u64().map_or(text.to_owned(), many)).unwrap();
        } else if let Some(hex) = given["hex"].as_str() {
            let byte = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
            fs::write(&path, (0..hex.len()).step_by(2).map(byte).collect::<Vec<u8>>()).unwrap();
        } else if let Some(from) = given["copy"].as_str() {
            fs::copy(folder().join(from), &path).unwrap();
        } else if given["folder"] == true {
            fs::create_dir(&path).unwrap();
        }
        assert!(self.folder.path().exists());
        path
    }
}
