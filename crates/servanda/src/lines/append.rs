//! The steps of an append, and how what a crash left of them is settled.

use std::fs::File;
use std::path::Path;

use super::files::{Disk, Paths, Which};
use super::pending::{Pending, State};
use crate::{Error, Result};

/// Appends what the record says: all of it or, if that fails or is no longer wanted, nothing.
pub(super) fn append(
    disk: &mut impl Disk,
    pending: &Pending,
    ledger: &Path,
    wanted: impl FnOnce() -> Result<()>,
) -> Result<()> {
    disk.open()?;
    if let Err(error) = record(disk, pending).and_then(|()| wanted()) {
        // The ledger was not touched, whatever became of the record.
        let _ = end(disk, pending);
        return Err(error);
    }
    let written = disk.write(Which::Ledger, pending.lines()).and_then(|()| disk.sync(Which::Ledger));
    if let Err(error) = written {
        // Even if all of it seems to be there: after a failed wait the system may call on the disk what is not.
        return match roll_back(disk, pending) {
            Ok(()) => Err(error),
            Err(_) => Err(Error::Unsettled { path: ledger.to_owned(), reason: reason(&error) }),
        };
    }
    // It is on the disk, so this is no longer a failure. A record that is not ended is whole, and the next writer ends it.
    let _ = end(disk, pending);
    Ok(())
}

/// Settles what a crash left behind, if anything.
pub(super) fn recover(disk: &mut impl Disk, paths: &Paths) -> Result<()> {
    let Some(pending) = Pending::parse(paths.read_record()?) else { return Ok(()) };
    let unread = |error: std::io::Error| Error::io("read", &paths.given, &error);
    let ledger = File::open(&paths.ledger).map_err(unread)?;
    let length = ledger.metadata().map_err(unread)?.len();
    match pending.state(ledger, length).map_err(unread)? {
        State::Absent => end(disk, &pending),
        State::Whole => {
            disk.sync(Which::Ledger)?;
            end(disk, &pending)
        }
        State::Torn => roll_back(disk, &pending),
    }
}

fn record(disk: &mut impl Disk, pending: &Pending) -> Result<()> {
    disk.write(Which::Record, pending.bytes())?;
    // What lies there of an earlier record that was never whole may be longer.
    disk.cut(Which::Record, pending.bytes().len() as u64)?;
    disk.sync(Which::Record)
}

fn roll_back(disk: &mut impl Disk, pending: &Pending) -> Result<()> {
    disk.cut(Which::Ledger, pending.offset())?;
    disk.sync(Which::Ledger)?;
    end(disk, pending)
}

fn end(disk: &mut impl Disk, pending: &Pending) -> Result<()> {
    disk.cut(Which::Record, pending.ended_length())?;
    disk.sync(Which::Record)
}

/// What the system says, without the path.
fn reason(error: &Error) -> String {
    match error {
        Error::Io { reason, .. } => reason.clone(),
        error => error.to_string(),
    }
}
