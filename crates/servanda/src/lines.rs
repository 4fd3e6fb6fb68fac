//! A ledger kept in a JSON Lines file.

use std::fs::{File, OpenOptions};
use std::io::{BufReader, Write as _};
use std::path::{Path, PathBuf};

use servanda_core::format::{self, Reader};
use servanda_core::{Entry, Ledger};

use crate::{Error, Result};

/// A file of lines, and how much of it has been read.
#[derive(Debug)]
pub(crate) struct Lines {
    path: PathBuf,
    length: u64,
}

impl Lines {
    /// Opens a ledger that is there.
    pub(crate) fn open(path: &Path) -> Result<(Self, Ledger)> {
        let mut lines = Self { path: path.to_owned(), length: 0 };
        let ledger = lines.read()?;
        Ok((lines, ledger))
    }

    /// Creates an empty ledger where there is nothing.
    pub(crate) fn create(path: &Path) -> Result<Self> {
        let created = OpenOptions::new().write(true).create_new(true).open(path);
        created.map_err(|error| match error.kind() {
            // Nothing can be missing but the folder.
            std::io::ErrorKind::NotFound => {
                Error::Io { action: "write", path: path.to_owned(), reason: "there is no such folder".to_owned() }
            }
            _ => Error::io("write", path, &error),
        })?;
        Ok(Self { path: path.to_owned(), length: 0 })
    }

    fn read(&mut self) -> Result<Ledger> {
        let failed = |error: &std::io::Error| Error::io("read", &self.path, error);
        let file = File::open(&self.path).map_err(|error| failed(&error))?;
        let metadata = file.metadata().map_err(|error| failed(&error))?;
        if metadata.is_dir() {
            return Err(Error::NotAFile { path: self.path.clone() });
        }
        let (mut entries, mut errors) = (Vec::new(), Vec::new());
        for line in Reader::new(BufReader::with_capacity(1 << 18, file)) {
            match line {
                Ok(entry) => entries.push(entry),
                Err(error) => errors.push(error),
            }
        }
        if !errors.is_empty() {
            return Err(Error::Damaged { path: self.path.clone(), errors });
        }
        let mut ledger = Ledger::new();
        ledger.merge_entries(entries);
        self.length = metadata.len();
        Ok(ledger)
    }

    /// What others have written since, if anything: the whole ledger as it now is.
    pub(crate) fn refresh(&mut self) -> Result<Option<Ledger>> {
        let metadata = std::fs::metadata(&self.path).map_err(|error| Error::io("read", &self.path, &error))?;
        if metadata.len() == self.length { Ok(None) } else { self.read().map(Some) }
    }

    /// Holds off other writers until the file that comes back is dropped.
    ///
    /// The lock is on a file beside the ledger: on Windows a lock on the ledger itself would keep readers out.
    pub(crate) fn lock(&self) -> Result<File> {
        let mut path = self.path.clone().into_os_string();
        path.push(".lock");
        let path = PathBuf::from(path);
        let failed = |error: &std::io::Error| Error::io("write", &path, error);
        let file = OpenOptions::new().write(true).create(true).truncate(false).open(&path).map_err(|e| failed(&e))?;
        file.lock().map_err(|error| failed(&error))?;
        Ok(file)
    }

    /// Writes entries at the end, and waits until they are on the disk.
    pub(crate) fn append<'a>(&mut self, entries: impl IntoIterator<Item = &'a Entry>) -> Result<()> {
        let failed = |error: &std::io::Error| Error::io("write", &self.path, error);
        let mut lines = Vec::new();
        if self.lacks_last_line_feed().map_err(|error| failed(&error))? {
            lines.push(b'\n');
        }
        format::write(entries, &mut lines).map_err(|error| failed(&error))?;
        let mut file = OpenOptions::new().append(true).open(&self.path).map_err(|error| failed(&error))?;
        file.write_all(&lines).and_then(|()| file.sync_data()).map_err(|error| failed(&error))?;
        self.length = file.metadata().map_err(|error| failed(&error))?.len();
        Ok(())
    }

    /// A last line without a line feed is allowed; what is appended must not run into it.
    fn lacks_last_line_feed(&self) -> std::io::Result<bool> {
        use std::io::{Read as _, Seek as _, SeekFrom};
        if self.length == 0 {
            return Ok(false);
        }
        let mut file = File::open(&self.path)?;
        let mut last = [0];
        file.seek(SeekFrom::Start(self.length - 1))?;
        file.read_exact(&mut last)?;
        Ok(last != *b"\n")
    }
}
