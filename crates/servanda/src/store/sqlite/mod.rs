//! Stores a ledger in a SQLite file.
//!
//! An append is one `BEGIN IMMEDIATE` transaction: writers take turns from its beginning, and after
//! reading what is new the writer knows everything. With `synchronous = FULL` the entries are on
//! disk when the transaction is committed. In write-ahead logging mode, readers can read at the
//! same time.
//!
//! A new file appears at its path complete with its tables, or not at all: it is created under
//! another name and then linked.

mod rows;
mod schema;

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

use super::place::leftover_log;
use super::{Database, Rows};
use crate::Progress;
use crate::backend::protocol::{SerialWrites, WriteProtocol};
use crate::error::Fault;
use crate::first_few::FirstFew;
use crate::progress::Report;
use crate::{Result, StoreError};
use rows::Transaction;
use schema::FileStamp;

/// How long to wait for another program that writes.
const LOCK_TIMEOUT: Duration = Duration::from_secs(10);

/// A connection to a SQLite file.
#[derive(Debug)]
pub(crate) struct Sqlite {
    /// `None` only while a transaction uses it.
    connection: Option<Connection>,
    /// The path as the caller gave it.
    display_path: PathBuf,
    /// The absolute path: the working directory may change.
    path: PathBuf,
    identity: Option<(u64, u64)>,
    timeout: Duration,
    /// The version of the tables.
    version: u32,
}

impl Sqlite {
    /// Opens an existing file.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let absolute = std::path::absolute(path).map_err(|error| StoreError::io("read", path, &error))?;
        Self::connect(path.to_owned(), absolute, LOCK_TIMEOUT)
    }

    fn connect(display_path: PathBuf, path: PathBuf, timeout: Duration) -> Result<Self> {
        // Open the file directly first: its I/O error is more precise than SQLite's.
        let metadata = File::open(&path)
            .and_then(|file| file.metadata())
            .map_err(|error| StoreError::io("read", &display_path, &error))?;
        let mut database =
            Self { connection: None, display_path, path, identity: identity(&metadata), timeout, version: 0 };
        let mut connection = database.connection().map_err(|error| database.error("read", &error))?;
        let stamp = FileStamp::of(&connection).map_err(|error| database.error("read", &error))?;
        if stamp.application != schema::APPLICATION {
            return Err(StoreError::NotOurs { path: database.display_path }.into());
        }
        let known = schema::version();
        if stamp.version > known {
            return Err(StoreError::NewerSchema { place: database.place(), found: stamp.version, known }.into());
        }
        database.version = stamp.version;
        if stamp.version < known {
            match schema::migrate(&mut connection, schema::MIGRATIONS) {
                Ok(()) => database.version = known,
                // A file of an earlier version can be read as it is.
                Err(error) if is_read_only(&error) => {}
                Err(error) => return Err(database.error("write", &error).into()),
            }
        }
        database.connection = Some(connection);
        Ok(database)
    }

    fn connection(&self) -> rusqlite::Result<Connection> {
        // The path is absolute, so SQLite cannot take it for a URI or for a special name.
        let connection = Connection::open_with_flags(
            &self.path,
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        )?;
        connection.busy_timeout(self.timeout)?;
        configure(&connection)?;
        Ok(connection)
    }

    /// Checks that there is no file at the path, and no leftover log next to it.
    pub(crate) fn check_new(path: &Path) -> Result<()> {
        if path.symlink_metadata().is_ok() {
            return Err(StoreError::AlreadyThere { path: path.to_owned() }.into());
        }
        if let Some(left) = leftover_log(path) {
            let left = left.display();
            let reason = format!(
                "{left} was left behind by another file of that name, and SQLite would apply it to the new file; put \
                 the old file back, or remove {left}"
            );
            return Err(StoreError::Io { action: "write", path: path.to_owned(), reason }.into());
        }
        Ok(())
    }

    /// Creates an empty ledger at a path where there is no file.
    pub(crate) fn create(path: &Path) -> Result<Self> {
        Self::check_new(path)?;
        let failed = |error: &io::Error| match error.kind() {
            // Only the folder can be missing.
            io::ErrorKind::NotFound => {
                StoreError::Io { action: "write", path: path.to_owned(), reason: "there is no such folder".to_owned() }
            }
            _ => StoreError::io("write", path, error),
        };
        let absolute = std::path::absolute(path).map_err(|error| failed(&error))?;
        let folder = absolute.parent().unwrap_or(&absolute);
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_nanos();
        let beside = folder.join(format!(".servanda-new-{}-{now}", std::process::id()));
        // Create the file directly first: its I/O error is more precise than SQLite's.
        File::options().write(true).create_new(true).open(&beside).map_err(|error| failed(&error))?;
        let made = Self::write_tables(&beside)
            .map_err(|error| to_error("write", path, LOCK_TIMEOUT, &error))
            .and_then(|()| link_new(&beside, &absolute).map_err(|error| failed(&error)));
        let _ = fs::remove_file(&beside);
        made?;
        sync_folder(folder).map_err(|error| failed(&error))?;
        Self::open(path)
    }

    /// Creates the tables in an empty file, and closes it.
    fn write_tables(file: &Path) -> rusqlite::Result<()> {
        let mut connection =
            Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        configure(&connection)?;
        schema::migrate(&mut connection, schema::MIGRATIONS)?;
        // SQLite stores this mode in the file.
        connection.pragma_update(None, "journal_mode", "wal")?;
        connection.close().map_err(|(_, error)| error)
    }

    /// Converts an error of SQLite.
    fn error(&self, action: &'static str, error: &rusqlite::Error) -> StoreError {
        to_error(action, &self.display_path, self.timeout, error)
    }

    fn transaction(
        &mut self,
        behavior: TransactionBehavior,
        action: &'static str,
        work: &mut dyn FnMut(&mut dyn Rows) -> Result<()>,
    ) -> Result<()> {
        let Some(mut connection) = self.connection.take() else { return Err(StoreError::Poisoned.into()) };
        let done = (|| -> Result<()> {
            let to_error = |error| self.error(action, &error);
            let transaction = connection.transaction_with_behavior(behavior).map_err(to_error)?;
            // On an error, dropping the transaction rolls it back.
            work(&mut Transaction { database: self, connection: &transaction })?;
            transaction.commit().map_err(|error| match error.sqlite_error() {
                // After a failed `fsync` it is unknown what is on disk.
                Some(failure) if failure.extended_code == rusqlite::ffi::SQLITE_IOERR_FSYNC => {
                    StoreError::Unsettled { path: self.display_path.clone(), reason: error.to_string() }
                }
                _ => self.error(action, &error),
            })?;
            Ok(())
        })();
        self.connection = Some(connection);
        done
    }

    /// Fails if the file at the path is no longer the one that was opened. Data written
    /// to a removed file is lost.
    fn check_identity(&self) -> Result<()> {
        let metadata = fs::metadata(&self.path).map_err(|error| StoreError::io("write", &self.display_path, &error))?;
        if identity(&metadata) == self.identity {
            return Ok(());
        }
        let reason = "another file has replaced it; open it again".to_owned();
        Err(StoreError::Io { action: "write", path: self.display_path.clone(), reason }.into())
    }
}

/// Sets the options that every connection uses.
fn configure(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.set_prepared_statement_cache_capacity(32);
    Ok(())
}

/// Whether this program may not write the file.
fn is_read_only(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen))
}

fn to_error(action: &'static str, path: &Path, waited: Duration, error: &rusqlite::Error) -> StoreError {
    let place = || path.display().to_string();
    let reason = error.sqlite_error().map_or_else(
        || error.to_string(),
        |_| match error {
            rusqlite::Error::SqliteFailure(_, Some(text)) => text.clone(),
            error => error.to_string(),
        },
    );
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Locked { place: place(), waited },
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
            StoreError::DamagedDatabase { place: place(), faults: vec![Fault { row: None, text: reason }], more: 0 }
        }
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen) if action == "read" => {
            let reason = "reading a SQLite file requires permission to write to its folder, where SQLite coordinates \
                          readers and writers; copy the file to a folder of your own";
            StoreError::Io { action, path: path.to_owned(), reason: reason.to_owned() }
        }
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
            StoreError::NoPermission { action: "write", path: path.to_owned() }
        }
        _ => StoreError::Io { action, path: path.to_owned(), reason },
    }
}

/// Links a file to a path, and fails if there is already a file.
fn link_new(file: &Path, at: &Path) -> io::Result<()> {
    match fs::hard_link(file, at) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists && at.symlink_metadata().is_err() => {
            // Some file systems have no hard links.
            fs::rename(file, at)
        }
        linked => linked,
    }
}

/// Waits until the directory entry of the file is on disk. Windows has no such call.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(unix)]
fn identity(metadata: &fs::Metadata) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt as _;
    Some((metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn identity(_: &fs::Metadata) -> Option<(u64, u64)> {
    None
}

impl Database for Sqlite {
    fn place(&self) -> String {
        self.display_path.display().to_string()
    }

    fn reconnect(&self) -> Result<Box<dyn Database>> {
        self.check_identity()?;
        Ok(Box::new(Self::connect(self.display_path.clone(), self.path.clone(), self.timeout)?))
    }

    fn set_lock_timeout(&mut self, timeout: Duration) {
        self.timeout = timeout;
        if let Some(connection) = &self.connection {
            // This fails only if SQLite runs out of memory.
            let _ = connection.busy_timeout(timeout);
        }
    }

    fn read(&mut self, work: &mut dyn FnMut(&mut dyn Rows) -> Result<()>) -> Result<()> {
        self.transaction(TransactionBehavior::Deferred, "read", work)
    }

    fn write(&mut self, work: &mut dyn FnMut(&mut dyn Rows) -> Result<()>) -> Result<()> {
        self.check_identity()?;
        self.transaction(TransactionBehavior::Immediate, "write", work)
    }

    fn protocol(&self) -> &'static dyn WriteProtocol {
        &SerialWrites
    }

    fn check(&mut self, report: Report<'_>) -> Result<FirstFew<Fault>> {
        // SQLite's own check cannot be interrupted.
        Progress { done: 0, total: None }.report_to(report)?;
        let Some(connection) = &self.connection else { return Err(StoreError::Poisoned.into()) };
        let check = || {
            let mut statement = connection.prepare("PRAGMA integrity_check")?;
            let found = statement.query_map([], |row| row.get::<_, String>(0))?;
            let found = found.filter(|text| text.as_ref().map_or(true, |text| text != "ok"));
            let mut found = found.collect::<rusqlite::Result<Vec<_>>>()?;
            found.extend(schema::differences(connection, self.version)?);
            Ok(found)
        };
        match check() {
            Ok(found) => Ok(found.into_iter().map(|text| Fault { row: None, text }).collect::<Vec<_>>().into()),
            Err(error) => match self.error("read", &error) {
                StoreError::DamagedDatabase { faults, .. } => Ok(faults.into()),
                error => Err(error.into()),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tests that run as root can write everywhere, so this error cannot be provoked.
    #[test]
    fn read_errors_explain_the_required_permission() {
        let said = |action, code| {
            let error = rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None);
            to_error(action, Path::new("ledger.db"), LOCK_TIMEOUT, &error).to_string()
        };
        let expected = "could not read ledger.db: reading a SQLite file requires permission to write to its folder, where SQLite \
                        coordinates readers and writers; copy the file to a folder of your own";
        assert_eq!(said("read", rusqlite::ffi::SQLITE_READONLY_DIRECTORY), expected);
        assert_eq!(said("read", rusqlite::ffi::SQLITE_CANTOPEN), expected);
        assert_eq!(said("write", rusqlite::ffi::SQLITE_READONLY), "no permission to write ledger.db");
    }
}
