//! The steps of an append, and the recovery from a crash during one of them.

use std::fs::File;
use std::path::Path;

use super::files::{Disk, FileKind, Paths};
use super::journal::{AppendState, Journal};
use crate::{Error, Result, StoreError};

/// Appends the lines of the journal. If that fails, or `confirm` fails, appends none of them.
pub(super) fn append(
    disk: &mut impl Disk,
    journal: &Journal,
    ledger: &Path,
    confirm: impl FnOnce() -> Result<()>,
) -> Result<()> {
    disk.open()?;
    if let Err(error) = write_journal(disk, journal).and_then(|()| confirm()) {
        // The ledger has not been touched, so it does not matter whether the journal is valid.
        let _ = end_journal(disk, journal);
        return Err(error);
    }
    let written = disk.write(FileKind::Ledger, journal.lines()).and_then(|()| disk.sync(FileKind::Ledger));
    if let Err(error) = written {
        // Roll back even if the file looks complete: after a failed sync, the page cache can
        // contain data that is not on disk.
        return match roll_back(disk, journal) {
            Ok(()) => Err(error),
            Err(_) => Err(StoreError::Unsettled { path: ledger.to_owned(), reason: reason(&error) }.into()),
        };
    }
    // The lines are on disk, so this is not a failure any more: the next writer ends a valid
    // journal.
    let _ = end_journal(disk, journal);
    Ok(())
}

/// Cleans up after a crash: completes the last append, or rolls it back.
pub(super) fn recover(disk: &mut impl Disk, paths: &Paths) -> Result<()> {
    let Some(journal) = Journal::parse(paths.read_journal()?) else { return Ok(()) };
    let read_error = |error: std::io::Error| StoreError::io("read", &paths.display_path, &error);
    let ledger = File::open(&paths.ledger).map_err(read_error)?;
    let length = ledger.metadata().map_err(read_error)?.len();
    match journal.state(ledger, length).map_err(read_error)? {
        AppendState::Absent => end_journal(disk, &journal),
        AppendState::Complete => {
            disk.sync(FileKind::Ledger)?;
            end_journal(disk, &journal)
        }
        AppendState::Torn => roll_back(disk, &journal),
    }
}

fn write_journal(disk: &mut impl Disk, journal: &Journal) -> Result<()> {
    disk.write(FileKind::Journal, journal.bytes())?;
    disk.sync(FileKind::Journal)
}

fn roll_back(disk: &mut impl Disk, journal: &Journal) -> Result<()> {
    disk.cut(FileKind::Ledger, journal.offset())?;
    disk.sync(FileKind::Ledger)?;
    // The ledger is as it was, so it does not matter whether the journal is valid.
    let _ = end_journal(disk, journal);
    Ok(())
}

/// Invalidates the journal. This need not be on disk: if it is lost, the journal describes a ledger
/// that contains all of its lines, or none.
fn end_journal(disk: &mut impl Disk, journal: &Journal) -> Result<()> {
    disk.cut(FileKind::Journal, journal.header_length())
}

/// Returns the message of the system, without the path.
fn reason(error: &Error) -> String {
    match error.store() {
        Some(StoreError::Io { reason, .. }) => reason.clone(),
        _ => error.to_string(),
    }
}
