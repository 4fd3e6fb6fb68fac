//! The files of a ledger, and every change that is made to them.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use crate::{Error, Result};

/// Where the files of a ledger are.
#[derive(Clone, Debug)]
pub(super) struct Paths {
    /// The ledger, as the caller named it.
    pub(super) given: PathBuf,
    /// The ledger. Links are followed, so that all who write to it by whatever name find the same files beside it.
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
        Self { given: path.to_owned(), lock: beside(".lock"), journal: beside(".pending"), ledger }
    }

    /// Creates a file beside the ledger if there is none, for those who may read and write the ledger.
    fn create_beside(&self, path: &Path) -> Result<()> {
        match File::options().write(true).create_new(true).open(path) {
            Ok(file) => {
                // The record holds lines of the ledger, and a shared ledger needs a shared lock. Not every file system can say so.
                let _ = fs::metadata(&self.ledger).and_then(|ledger| file.set_permissions(ledger.permissions()));
                Ok(())
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            Err(error) => Err(beside("write", path, &error)),
        }
    }

    /// The record, whether it counts or not; nothing if there is none.
    pub(super) fn read_journal(&self) -> Result<Vec<u8>> {
        match fs::read(&self.journal) {
            Ok(bytes) => Ok(bytes),
            // The second: a path below what is not a folder, such as a pipe's, has nothing beside it either.
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                Ok(Vec::new())
            }
            Err(error) => Err(beside("read", &self.journal, &error)),
        }
    }

    /// Waits until it is on the disk that the files are in their folder.
    pub(super) fn sync_folder(&self) -> io::Result<()> {
        // Windows has no such call, and keeps the names of files in a journal of its own.
        if cfg!(unix)
            && let Some(folder) = self.ledger.parent()
        {
            let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
            File::open(folder)?.sync_all()?;
        }
        Ok(())
    }
}

/// What is wrong with a file beside the ledger, of which nobody has to know that there should be one.
fn beside(action: &'static str, path: &Path, error: &io::Error) -> Error {
    match Error::io(action, path, error) {
        _ if path.is_dir() => Error::Io { action, path: path.to_owned(), reason: "it is a folder".to_owned() },
        denied @ Error::NoPermission { .. } => denied,
        _ => Error::Io { action, path: path.to_owned(), reason: error.to_string() },
    }
}

/// A file that an append changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileKind {
    /// The ledger.
    Ledger,
    /// The record of what is being appended to it.
    Journal,
}

/// Every change that is made to a ledger and its record. Tests record the changes, and replay each prefix of them.
pub(crate) trait Disk {
    /// Opens both files for writing, and sees to it that there is one for the record, and that it stays.
    fn open(&mut self) -> Result<()>;
    /// Writes at the end of the ledger, or at the start of the record.
    fn write(&mut self, which: FileKind, bytes: &[u8]) -> Result<()>;
    /// Cuts or extends a file to a length.
    fn cut(&mut self, which: FileKind, length: u64) -> Result<()>;
    /// Waits until what was written to a file is on the disk.
    fn sync(&mut self, which: FileKind) -> Result<()>;
}

/// The turn to write: a lock, and the files, once they are needed.
#[derive(Debug)]
pub(crate) struct WriteLock {
    paths: Paths,
    ledger: Option<File>,
    journal: Option<File>,
    /// Dropped last, which ends the turn.
    _lock: File,
}

impl WriteLock {
    /// Waits for the turn.
    pub(super) fn acquire(paths: &Paths) -> Result<Self> {
        // Where there is no ledger, no lock is left behind.
        fs::metadata(&paths.ledger).map_err(|error| Error::io("write", &paths.given, &error))?;
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

    /// The file, opened for writing. The same handle writes and waits, so that the wait learns of every failed write.
    fn file(&mut self, which: FileKind) -> io::Result<&mut File> {
        let (file, path) = match which {
            FileKind::Ledger => (&mut self.ledger, &self.paths.ledger),
            FileKind::Journal => (&mut self.journal, &self.paths.journal),
        };
        match file {
            Some(file) => Ok(file),
            none => Ok(none.insert(match which {
                FileKind::Ledger => File::options().append(true).open(path)?,
                FileKind::Journal => File::options().write(true).open(path)?,
            })),
        }
    }

    fn change(&mut self, which: FileKind, change: impl FnOnce(&mut File) -> io::Result<()>) -> Result<()> {
        self.file(which).and_then(change).map_err(|error| self.write_error(which, &error))
    }

    fn write_error(&self, which: FileKind, error: &io::Error) -> Error {
        match which {
            FileKind::Ledger => Error::io("write", &self.paths.given, error),
            FileKind::Journal => beside("write", &self.paths.journal, error),
        }
    }
}

impl Disk for WriteLock {
    fn open(&mut self) -> Result<()> {
        // The ledger first: if it cannot be written, nothing is recorded.
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

    fn write(&mut self, which: FileKind, bytes: &[u8]) -> Result<()> {
        self.change(which, |file| {
            if which == FileKind::Journal {
                file.rewind()?;
            }
            file.write_all(bytes)
        })
    }

    fn cut(&mut self, which: FileKind, length: u64) -> Result<()> {
        if which == FileKind::Ledger {
            // Windows does not allow it to a handle that can only append.
            let cut = File::options().write(true).open(&self.paths.ledger).and_then(|file| file.set_len(length));
            return cut.map_err(|error| self.write_error(which, &error));
        }
        self.change(which, |file| file.set_len(length))
    }

    fn sync(&mut self, which: FileKind) -> Result<()> {
        self.change(which, |file| file.sync_data())
    }
}
