//! The files with the cases.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::layout::lay_out;

/// The folder of the cases.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("cases")
}

/// The text of a file in the folder of the cases.
pub(crate) fn text_of(name: &str) -> String {
    let path = folder().join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A file of cases.
pub(crate) struct File {
    pub(crate) name: String,
    text: String,
    content: Value,
}

impl File {
    /// All files with cases, sorted by name.
    pub(crate) fn all() -> Vec<Self> {
        let found = fs::read_dir(folder()).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = found.filter(|name| name.ends_with(".json")).collect();
        names.sort();
        assert!(!names.is_empty(), "there are no cases");
        let read = |name: String| {
            let text = text_of(&name);
            let content = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
            Self { name, text, content }
        };
        names.into_iter().map(read).collect()
    }

    pub(crate) fn cases(&self) -> &[Value] {
        self.content["cases"].as_array().unwrap_or_else(|| panic!("{}: it has no cases", self.name))
    }

    pub(crate) fn cases_mut(&mut self) -> &mut [Value] {
        let name = &self.name;
        self.content["cases"].as_array_mut().unwrap_or_else(|| panic!("{name}: it has no cases"))
    }

    pub(crate) fn is_formatted(&self) -> bool {
        lay_out(&self.content) == self.text
    }

    pub(crate) fn write(&self) {
        let text = lay_out(&self.content);
        if text != self.text {
            fs::write(folder().join(&self.name), text).unwrap();
        }
    }
}
