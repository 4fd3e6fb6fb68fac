//! `servanda merge`: what several ledgers hold, in one.

use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind, Write as _};
use std::path::Path;

use servanda::{Error, Ledger};

use super::open;
use crate::args::MergeArgs;
use crate::exit::{Exit, Failure};
use crate::page::Page;
use crate::phrases::count;

pub(super) fn run(args: &MergeArgs, page: &mut Page<'_>) -> Result<Exit, Failure> {
    let mut merged = Ledger::new();
    let mut taken_in = Vec::new();
    for path in &args.ledgers {
        let ledger = open(path)?.ledger()?;
        let new = merged.merge(&ledger);
        taken_in.push(format!("{}: {}, {new} of them new", path.display(), count(ledger.len(), "entry", "entries")));
    }
    write(&merged, &args.output)?;
    for line in taken_in {
        page.line(&line)?;
    }
    let (entries, digest) = (count(merged.len(), "entry", "entries"), merged.digest());
    page.line(&format!("{}: {entries}, {digest}", args.output.display()))?;
    let conflicts = conflicts(&args.output)?;
    let hint = if conflicts == 0 { "" } else { "; `servanda verify` says which and why" };
    page.line(&format!("{}{hint}", count(conflicts, "conflict", "conflicts")))?;
    Ok(Exit::Done)
}

/// Reads back what was written, so that what is said of it is true of the file.
fn conflicts(path: &Path) -> servanda::Result<usize> {
    Ok(open(path)?.view().conflicts()?.len())
}

/// Writes a ledger where there is nothing yet; nothing is left behind if that fails.
fn write(ledger: &Ledger, path: &Path) -> servanda::Result<()> {
    let file = File::options().write(true).create_new(true).open(path).map_err(|error| failure(path, &error))?;
    let mut output = BufWriter::new(file);
    let written = ledger.write(&mut output).and_then(|()| output.flush()).and_then(|()| output.get_ref().sync_all());
    written.map_err(|error| {
        // It was made here and is not whole; that it cannot be removed either changes nothing in what is reported.
        let _ = fs::remove_file(path);
        failure(path, &error)
    })
}

fn failure(path: &Path, error: &io::Error) -> Error {
    let path = path.to_owned();
    match error.kind() {
        ErrorKind::AlreadyExists => Error::AlreadyThere { path },
        ErrorKind::PermissionDenied => Error::NoPermission { action: "write", path },
        ErrorKind::NotFound => Error::Io { action: "write", path, reason: "there is no such folder".to_owned() },
        _ => Error::Io { action: "write", path, reason: error.to_string() },
    }
}
