//! The steps of an append, and how what a crash left of them is settled.

use std::fs::File;
use std::path::Path;

use super::files::{Disk, FileKind, Paths};
use super::journal::{AppendState, Journal};
use crate::{Error, Result};

/// Appends what the record says: all of it or, if that fails or is no longer wanted, nothing.
pub(super) fn append(
    disk: &mut impl Disk,
    journal: &Journal,
    ledger: &Path,
    confirm: impl FnOnce() -> Result<()>,
) -> Result<()> {
    disk.open()?;
    if let Err(error) = write_journal(disk, journal).and_then(|()| confirm()) {
        // The ledger was not touched, whatever became of the record.
        let _ = end_journal(disk, journal);
        return Err(error);
    }
    let written = disk.write(FileKind::Ledger, journal.lines()).and_then(|()| disk.sync(FileKind::Ledger));
    if let Err(error) = written {
        // Even if all of it seems to be there: after a failed wait the system may call on the disk what is not.
        return match roll_back(disk, journal) {
            Ok(()) => Err(error),
            Err(_) => Err(Error::Unsettled { path: ledger.to_owned(), reason: reason(&error) }),
        };
    }
    // It is on the disk, so this is no longer a failure. A record that is not ended is whole, and the next writer ends it.
    let _ = end_journal(disk, journal);
    Ok(())
}

/// Settles what a crash left behind, if anything.
pub(super) fn recover(disk: &mut impl Disk, paths: &Paths) -> Result<()> {
    let Some(journal) = Journal::parse(paths.read_journal()?) else { return Ok(()) };
    let read_error = |error: std::io::Error| Error::io("read", &paths.given, &error);
    let ledger = File::open(&paths.ledger).map_err(read_error)?;
    let length = ledger.metadata().map_err(read_error)?.len();
    match journal.state(ledger, length).map_err(read_error)? {
        AppendState::Absent => end_journal(disk, &journal),
        AppendState::Whole => {
            disk.sync(FileKind::Ledger)?;
            end_journal(disk, &journal)
        }
        AppendState::Torn => roll_back(disk, &journal),
    }
}

fn write_journal(disk: &mut impl Disk, journal: &Journal) -> Result<()> {
    disk.write(FileKind::Journal, journal.bytes())?;
    // What lies there of an earlier record that was never whole may be longer.
    disk.cut(FileKind::Journal, journal.bytes().len() as u64)?;
    disk.sync(FileKind::Journal)
}

fn roll_back(disk: &mut impl Disk, journal: &Journal) -> Result<()> {
    disk.cut(FileKind::Ledger, journal.offset())?;
    disk.sync(FileKind::Ledger)?;
    end_journal(disk, journal)
}

fn end_journal(disk: &mut impl Disk, journal: &Journal) -> Result<()> {
    disk.cut(FileKind::Journal, journal.ended_length())?;
    disk.sync(FileKind::Journal)
}

/// What the system says, without the path.
fn reason(error: &Error) -> String {
    match error {
        Error::Io { reason, .. } => reason.clone(),
        error => error.to_string(),
    }
}
