//! The files of a ledger, and all changes to them.

use crate::{Error, Result, StoreError};
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Seek as _, Write as _};
use std::path::{Path, PathBuf};

/// The paths of the files of a ledger.
#[derive(Clone, Debug)]
pub(super) struct Paths {
    /// The path of the ledger as the caller gave it.
    pub(super) display_path: PathBuf,
    /// The path with links resolved, so that all writers use the same lock and journal.
    pub(super) ledger: PathBuf,
    lock: PathBuf,
    pub(super) journal: PathBuf,
}

impl Paths {
    pub(super) fn of(path: &Path) -> Self {
        let ledger = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let beside = |suffix: &str| {
            let mut path = ledger.clone().into_os_string();
            path.push(OsStr::new(suffix));
            PathBuf::from(path)
        };
        Self { display_path: path.to_owned(), lock: beside(".lock"), journal: beside(".pending"), ledger }
    }

    /// Creates a file next to the ledger, unless it exists. It gets the permissions of the ledger.
    fn create_beside(&self, path: &Path) -> Result<()> {
        match File::options().write(true).create_new(true).open(path) {
            Ok(file) => {
                // The journal contains lines of the ledger, and a shared ledger needs a shared
                // lock. Some file systems have no permissions, so ignore errors.
                let _ = fs::metadata(&self.ledger).and_then(|ledger| file.set_permissions(ledger.permissions()));
                Ok(())
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            Err(error) => Err(beside("write", path, &error)),
        }
    }

    /// Reads the journal. Returns nothing if there is none.
    pub(super) fn read_journal(&self) -> Result<Vec<u8>> {
        match fs::read(&self.journal) {
            Ok(bytes) => Ok(bytes),
            // `NotADirectory`: the path of a pipe cannot have other files next to it.
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                Ok(Vec::new())
            }
            Err(error) => Err(beside("read", &self.journal, &error)),
        }
    }

    /// Waits until the directory entries of the files are on disk.
    pub(super) fn sync_folder(&self) -> io::Result<()> {
        // Windows has no such call, and keeps its own journal of file names.
        if cfg!(unix)
            && let Some(folder) = self.ledger.parent()
        {
            let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
            File::open(folder)?.sync_all()?;
        }
        Ok(())
    }
}

/// Converts an error about the lock or the journal. The message must name that file, because users
/// do not know about it.
fn beside(action: &'static str, path: &Path, error: &io::Error) -> Error {
    let error = match StoreError::io(action, path, error) {
        _ if path.is_dir() => StoreError::Io { action, path: path.to_owned(), reason: "it is a folder".to_owned() },
        denied @ StoreError::NoPermission { .. } => denied,
        _ => StoreError::Io { action, path: path.to_owned(), reason: error.to_string() },
    };
    error.into()
}

/// A file that an append changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileKind {
    /// The ledger.
    Ledger,
    /// The journal.
    Journal,
}

/// All changes to a ledger and its journal. Tests record them, and replay every prefix.
pub(crate) trait Disk {
    /// Opens both files for writing, and creates the journal if it is missing.
    fn open(&mut self) -> Result<()>;
    /// Writes at the end of the ledger, or at the start of the journal.
    fn write(&mut self, kind: FileKind, bytes: &[u8]) -> Result<()>;
    /// Sets the length of a file.
    fn cut(&mut self, kind: FileKind, length: u64) -> Result<()>;
    /// Waits until everything written to a file is on disk.
    fn sync(&mut self, kind: FileKind) -> Result<()>;
}

/// The lock for writing, and the files that are open.
#[derive(Debug)]
pub(crate) struct WriteLock {
    paths: Paths,
    ledger: Option<File>,
    journal: Option<File>,
    /// Dropped last, which releases the lock.
    _lock: File,
}

impl WriteLock {
    /// Waits for the lock.
    pub(super) fn acquire(paths: &Paths) -> Result<Self> {
        // Do not create a lock file where there is no ledger.
        fs::metadata(&paths.ledger).map_err(|error| StoreError::io("write", &paths.display_path, &error))?;
        paths.create_beside(&paths.lock)?;
        let lock =
            File::options().write(true).open(&paths.lock).map_err(|error| beside("write", &paths.lock, &error))?;
        loop {
            match lock.lock() {
                Ok(()) => return Ok(Self { paths: paths.clone(), ledger: None, journal: None, _lock: lock }),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(beside("lock", &paths.lock, &error)),
            }
        }
    }

    /// Returns the file, opened for writing. Writing and syncing use the same handle, so that a
    /// sync reports every failed write.
    fn file(&mut self, kind: FileKind) -> io::Result<&mut File> {
        let (file, path) = match kind {
            FileKind::Ledger => (&mut self.ledger, &self.paths.ledger),
            FileKind::Journal => (&mut self.journal, &self.paths.journal),
        };
        match file {
            Some(file) => Ok(file),
            none => Ok(none.insert(match kind {
                FileKind::Ledger => File::options().append(true).open(path)?,
                FileKind::Journal => File::options().write(true).open(path)?,
            })),
        }
    }

    fn change(&mut self, kind: FileKind, change: impl FnOnce(&mut File) -> io::Result<()>) -> Result<()> {
        self.file(kind).and_then(change).map_err(|error| self.write_error(kind, &error))
    }

    fn write_error(&self, kind: FileKind, error: &io::Error) -> Error {
        match kind {
            FileKind::Ledger => StoreError::io("write", &self.paths.display_path, error).into(),
            FileKind::Journal => beside("write", &self.paths.journal, error),
        }
    }
}

impl Disk for WriteLock {
    fn open(&mut self) -> Result<()> {
        // Open the ledger first: if it is not writable, no journal is written.
        self.change(FileKind::Ledger, |_| Ok(()))?;
        self.paths.create_beside(&self.paths.journal)?;
        let mut journal_existed = false;
        self.change(FileKind::Journal, |file| {
            journal_existed = file.metadata()?.len() > 0;
            Ok(())
        })?;
        if journal_existed {
            return Ok(());
        }
        self.paths.sync_folder().map_err(|error| self.write_error(FileKind::Journal, &error))
    }

    fn write(&mut self, kind: FileKind, bytes: &[u8]) -> Result<()> {
        self.change(kind, |file| {
            if kind == FileKind::Journal {
                file.rewind()?;
            }
            file.write_all(bytes)
        })
    }

    fn cut(&mut self, kind: FileKind, length: u64) -> Result<()> {
        if kind == FileKind::Ledger {
            // On Windows, a handle that can only append cannot do this.
            let cut = File::options().write(true).open(&self.paths.ledger).and_then(|file| file.set_len(length));
            return cut.map_err(|error| self.write_error(kind, &error));
        }
        self.change(kind, |file| file.set_len(length))
    }

    fn sync(&mut self, kind: FileKind) -> Result<()> {
        self.change(kind, |file| file.sync_data())
    }
}
