//! Writes the files of a site into a folder.
//!
//! A file is written next to its place and then renamed, so that a reader never sees half of it. A
//! file that has the right content already is left alone. The *manifest* lists the files of the
//! last run with their digests. It tells which files may be replaced and removed: files of others
//! are never touched.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};
use servanda::value::Digest;

use crate::PublishError;
use crate::inputs::Inputs;

/// The name of the manifest in the folder of a site.
pub(crate) const MANIFEST: &str = "servanda-site.json";

/// The name of a file that is there while a site is being written. If it is there before, the last
/// run was interrupted, and every file in the place of a page is one of ours.
const UNFINISHED: &str = ".servanda-site.unfinished";

/// The version of the format of the manifest.
const VERSION: u32 = 1;

/// The files that the last run wrote.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Manifest {
    files: BTreeMap<String, Written>,
    version: u32,
}

/// A file as it was written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Written {
    digest: Digest,
    /// The digest of everything that the file was made from, if the caller gave one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    inputs: Option<Digest>,
    size: u64,
}

/// The outcome of publishing a site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Published {
    /// The number of files of the site.
    pub files: usize,
    /// The number of files that are new or have changed.
    pub written: usize,
    /// The number of files that were removed, because they are no longer part of the site.
    pub removed: usize,
}

/// The folder of a site, while it is being written. Several threads can write to it.
#[derive(Debug)]
pub(crate) struct SiteWriter {
    root: PathBuf,
    before: Manifest,
    /// Whether the last run was interrupted.
    was_interrupted: bool,
    now: Mutex<ThisRun>,
}

/// The files of this run so far.
#[derive(Debug, Default)]
struct ThisRun {
    files: BTreeMap<String, Written>,
    written: usize,
}

impl SiteWriter {
    /// Opens a folder, and creates it if there is none.
    pub(crate) fn open(root: &Path) -> Result<Self, PublishError> {
        fs::create_dir_all(root).map_err(|error| io(root, &error))?;
        let path = root.join(MANIFEST);
        let before: Manifest = match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes)
                .map_err(|error| PublishError::DamagedManifest { path, reason: error.to_string() })?,
            Err(error) if error.kind() == ErrorKind::NotFound => Manifest::default(),
            Err(error) => return Err(io(&path, &error)),
        };
        let was_interrupted = fs::symlink_metadata(root.join(UNFINISHED)).is_ok();
        Ok(Self { root: root.to_owned(), before, was_interrupted, now: Mutex::default() })
    }

    /// Keeps a file of the last run if it was made from the same inputs. Returns `false` if it has to
    /// be made again.
    pub(crate) fn keep(&self, path: &str, inputs: &Inputs) -> bool {
        let inputs = Some(inputs.digest());
        match self.trusted(path).filter(|before| before.inputs == inputs) {
            Some(kept) => {
                self.note(path, kept.clone());
                true
            }
            None => false,
        }
    }

    /// Makes a file and puts it into its place. A file that was made from the same inputs is kept.
    pub(crate) fn put_from(
        &self,
        path: &str,
        inputs: &Inputs,
        make: impl FnOnce() -> Result<Vec<u8>, PublishError>,
    ) -> Result<(), PublishError> {
        if self.keep(path, inputs) {
            return Ok(());
        }
        self.place(path, &make()?, Some(inputs.digest()))
    }

    /// Puts a file into its place, unless it is there already. `path` is relative to the folder of
    /// the site, with `/` between its parts.
    pub(crate) fn put(&self, path: &str, content: &[u8]) -> Result<(), PublishError> {
        self.place(path, content, None)
    }

    fn place(&self, path: &str, content: &[u8], inputs: Option<Digest>) -> Result<(), PublishError> {
        let written = Written { digest: Digest::of(content), inputs, size: content.len() as u64 };
        let is_same = self.trusted(path).is_some_and(|before| before.digest == written.digest);
        if !is_same {
            self.replace(path, content)?;
        }
        self.note(path, written);
        Ok(())
    }

    fn note(&self, path: &str, written: Written) {
        self.now().files.insert(path.to_owned(), written);
    }

    fn now(&self) -> MutexGuard<'_, ThisRun> {
        // A thread that panicked while it noted a file ends the whole run.
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The paths of the files that have been put into their places, or kept there, in order.
    pub(crate) fn paths(&self) -> Vec<String> {
        self.now().files.keys().cloned().collect()
    }

    /// A file of the last run that is still there. A run that was interrupted may have replaced any
    /// file, so none is trusted then.
    fn trusted(&self, path: &str) -> Option<&Written> {
        self.before.files.get(path).filter(|before| !self.was_interrupted && self.is_there(path, before))
    }

    /// Whether a file of the last run is still there. Its content is not read again.
    fn is_there(&self, path: &str, before: &Written) -> bool {
        fs::symlink_metadata(self.root.join(path)).is_ok_and(|found| found.is_file() && found.len() == before.size)
    }

    fn replace(&self, path: &str, content: &[u8]) -> Result<(), PublishError> {
        let place = self.root.join(path);
        let is_ours = self.was_interrupted || self.before.files.contains_key(path);
        if !is_ours && fs::symlink_metadata(&place).is_ok() {
            // An interrupted run, or a copy of a site without its manifest, left the same content.
            return match fs::read(&place) {
                Ok(found) if found == content => Ok(()),
                _ => Err(PublishError::ForeignFile { path: place }),
            };
        }
        let mut now = self.now();
        if now.written == 0 {
            self.begin()?;
        }
        now.written += 1;
        drop(now);
        write_next_to(&place, content)
    }

    /// Marks the site as unfinished, unless an interrupted run has left the mark.
    fn begin(&self) -> Result<(), PublishError> {
        let marker = self.root.join(UNFINISHED);
        match fs::File::create_new(&marker) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(io(&marker, &error)),
            _ => Ok(()),
        }
    }

    /// Writes the manifest of a run that has ended.
    fn end(&self, files: BTreeMap<String, Written>) -> Result<(), PublishError> {
        let path = self.root.join(MANIFEST);
        let manifest = Manifest { files, version: VERSION };
        let text = serde_json::to_string_pretty(&manifest)
            .map_err(|error| PublishError::Io { path: path.clone(), reason: error.to_string() })?;
        write_next_to(&path, format!("{text}\n").as_bytes())?;
        let marker = self.root.join(UNFINISHED);
        match fs::remove_file(&marker) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(io(&marker, &error)),
            _ => Ok(()),
        }
    }

    /// Lists the files of the last run and of this one in the manifest, after a run that failed.
    /// Otherwise the next run would find an interrupted one, and replace a file of others.
    pub(crate) fn give_up(&self) -> Result<(), PublishError> {
        let now = self.now();
        if now.written == 0 || self.was_interrupted {
            return Ok(());
        }
        let mut files = self.before.files.clone();
        files.extend(now.files.clone());
        self.end(files)
    }

    /// Removes the files of the last run that are no longer part of the site, and writes the
    /// manifest.
    pub(crate) fn finish(self) -> Result<Published, PublishError> {
        let ThisRun { files, written } = std::mem::take(&mut *self.now());
        let mut removed = 0;
        for (path, before) in &self.before.files {
            if !files.contains_key(path) && is_inside(path) && self.is_unchanged(path, before) {
                let place = self.root.join(path);
                fs::remove_file(&place).map_err(|error| io(&place, &error))?;
                self.remove_empty_folders(path);
                removed += 1;
            }
        }
        let published = Published { files: files.len(), written, removed };
        if written > 0 || self.was_interrupted || self.before.files != files || self.before.version != VERSION {
            self.end(files)?;
        }
        Ok(published)
    }

    /// Whether a file is still as it was written. A file that was edited is left alone.
    fn is_unchanged(&self, path: &str, before: &Written) -> bool {
        self.is_there(path, before)
            && fs::read(self.root.join(path)).is_ok_and(|found| Digest::of(&found) == before.digest)
    }

    /// Removes the folders of a removed file that are empty now.
    fn remove_empty_folders(&self, path: &str) {
        let folders = Path::new(path).ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty());
        for folder in folders {
            // This fails for a folder that is not empty.
            if fs::remove_dir(self.root.join(folder)).is_err() {
                return;
            }
        }
    }
}

/// Whether a path of a manifest leads to a file inside the folder. Somebody may have edited the
/// manifest.
fn is_inside(path: &str) -> bool {
    !path.is_empty() && Path::new(path).components().all(|part| matches!(part, Component::Normal(_)))
}

/// Writes a file next to its place, and moves it there.
fn write_next_to(place: &Path, content: &[u8]) -> Result<(), PublishError> {
    let name = place.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let next_to = place.with_file_name(format!(".{name}.new"));
    let written = fs::write(&next_to, content).or_else(|error| match (error.kind(), place.parent()) {
        (ErrorKind::NotFound, Some(folder)) => {
            fs::create_dir_all(folder)?;
            fs::write(&next_to, content)
        }
        _ => Err(error),
    });
    written.map_err(|error| io(&next_to, &error))?;
    fs::rename(&next_to, place).map_err(|error| io(place, &error))
}

pub(crate) fn io(path: &Path, error: &std::io::Error) -> PublishError {
    PublishError::Io { path: path.to_owned(), reason: error.to_string() }
}
