//! `servanda merge`: what several ledgers hold, in one.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::Path;

use servanda::{Error, Ledger, TimeSource as _, Tracker};
use tempfile::TempPath;

use super::{READER, load, open, shown};
use crate::Environment;
use crate::args::{Format, MergeArgs};
use crate::exit::{Exit, Failure};
use crate::json;
use crate::output::Output;
use crate::phrases::count;
use crate::progress::ProgressBar;

/// How much of a ledger was taken in.
struct Share<'a> {
    path: &'a Path,
    entries: usize,
    new: usize,
}

pub(super) fn run(args: &MergeArgs, env: &Environment, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let output = args.output.as_path();
    if servanda::is_database_url(output) {
        let text = format!("--output <FILE>: {} is no file; `servanda copy` adds to a database", shown(output));
        return Err(Failure::Usage(text));
    }
    // Said before the ledgers are read; what counts is whether something is there when the new one is put in place.
    Tracker::check_new(output)?;
    let mut merged = Ledger::new();
    let mut shares = Vec::new();
    for path in &args.ledgers {
        let tracker = open(path, READER, env, out)?;
        let ledger = load(&tracker, path, out)?;
        shares.push(Share { path, entries: ledger.len(), new: merged.merge(&ledger) });
    }
    let bar = out.progress_bar();
    bar.begin(format!("Writing {}", output.display()));
    write(&merged, output, bar)?;
    // They are the same on any day.
    let conflicts = merged.view_on(env.time.today()).conflicts().len();
    if args.format == Format::Json {
        let path = |path: &Path| json::text(shown(path));
        let shares = shares.iter().map(|share| {
            let (entries, new) = (share.entries.to_string(), share.new.to_string());
            json::object([("entries", entries), ("new", new), ("path", path(share.path))])
        });
        out.line(&json::object([
            ("conflicts", conflicts.to_string()),
            ("digest", json::text(merged.digest())),
            ("entries", merged.len().to_string()),
            ("ledgers", json::array(shares)),
            ("path", path(output)),
        ]))?;
        return Ok(Exit::Done);
    }
    for Share { path, entries, new } in shares {
        out.line(&format!("{}: {}, {new} of them new", shown(path), count(entries, "entry", "entries")))?;
    }
    out.line(&format!("{}: {}, {}", output.display(), count(merged.len(), "entry", "entries"), merged.digest()))?;
    let hint = if conflicts == 0 { "" } else { "; `servanda verify` says which and why" };
    out.line(&format!("{}{hint}", count(conflicts, "conflict", "conflicts")))?;
    Ok(Exit::Done)
}

/// Writes a ledger where there is nothing yet. It appears there when it is whole and on the disk, or not at all.
fn write(ledger: &Ledger, path: &Path, bar: &mut ProgressBar<'_>) -> servanda::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let beside = tempfile::Builder::new().prefix(".servanda-merge-").tempdir_in(folder);
    let beside = beside.map_err(|error| failure(path, &error))?;
    // Of the same name, which says what it is.
    let file = beside.path().join(path.file_name().unwrap_or_default());
    let tracker = Tracker::create(&file, READER)?;
    tracker.merge_with(ledger.entries().cloned(), |progress| bar.report(progress))?;
    // When it is closed, all of it is in the one file.
    drop(tracker);
    let put = TempPath::try_from_path(file).and_then(|file| Ok(file.persist_noclobber(path)?));
    put.and_then(|()| sync_folder(folder)).map_err(|error| failure(path, &error))
}

/// Waits until it is on the disk that the file is in its folder. Windows has no such call.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
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
