//! `servanda merge`: merges several ledgers into a new one.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::Path;

use servanda::{Ledger, StoreError, Tracker, tracker::TimeSource as _};
use tempfile::TempPath;

use super::{READER, display_path, load, open};
use crate::Environment;
use crate::args::{MergeArgs, ReportFormat};
use crate::exit::{Exit, Failure};
use crate::json;
use crate::output::Output;
use crate::phrases::{LIST_CONFLICTS, count};
use crate::progress::ProgressBar;

/// A merged ledger: its number of entries, and how many of them were not in the ledgers before it.
struct Merged<'a> {
    path: &'a Path,
    entries: usize,
    new: usize,
}

pub(super) fn run(args: &MergeArgs, env: &Environment, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let output = args.output.as_path();
    if servanda::tracker::is_database_url(output) {
        let text =
            format!("--output <FILE>: {} is not a file; `servanda copy` adds to a database", display_path(output));
        return Err(Failure::Usage(text));
    }
    // An early check, before the ledgers are read. `write` checks again when it moves the file.
    Tracker::check_new(output)?;
    let mut union = Ledger::new();
    let mut ledgers = Vec::new();
    for path in &args.ledgers {
        let tracker = open(path, READER, env, out)?;
        let ledger = load(&tracker, path, out)?;
        ledgers.push(Merged { path, entries: ledger.len(), new: union.merge(&ledger) });
    }
    let bar = out.progress_bar();
    bar.start(format!("Writing {}", output.display()));
    write(&union, output, bar)?;
    // Conflicts do not depend on the day.
    let conflicts = union.view_on(env.time.today())?.conflicts().len();
    if args.format == ReportFormat::Json {
        let path = |path: &Path| json::text(display_path(path));
        let ledgers = ledgers.iter().map(|ledger| {
            let (entries, new) = (ledger.entries.to_string(), ledger.new.to_string());
            json::object([("entries", entries), ("new", new), ("path", path(ledger.path))])
        });
        out.json(&json::object([
            ("conflicts", conflicts.to_string()),
            ("digest", json::text(union.digest())),
            ("entries", union.len().to_string()),
            ("ledgers", json::array(ledgers)),
            ("path", path(output)),
        ]))?;
        return Ok(Exit::Done);
    }
    for Merged { path, entries, new } in ledgers {
        out.line(&format!("{}: {}, {new} of them new", display_path(path), count(entries, "entry", "entries")))?;
    }
    out.line(&format!("{}: {}, {}", output.display(), count(union.len(), "entry", "entries"), union.digest()))?;
    let hint = if conflicts == 0 { "" } else { LIST_CONFLICTS };
    out.line(&format!("{}{hint}", count(conflicts, "conflict", "conflicts")))?;
    Ok(Exit::Done)
}

/// Writes a new ledger atomically: the file appears at `path` complete and synced, or not at all.
fn write(ledger: &Ledger, path: &Path, bar: &mut ProgressBar<'_>) -> servanda::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let temporary = tempfile::Builder::new().prefix(".servanda-merge-").tempdir_in(folder);
    let temporary = temporary.map_err(|error| failure(path, &error))?;
    // The name must be the same, because its extension determines the kind of ledger.
    let file = temporary.path().join(path.file_name().unwrap_or_default());
    let tracker = Tracker::create(&file, READER)?;
    tracker.merge_with(ledger.entries().cloned(), |progress| bar.report(progress))?;
    // Closing a SQLite ledger moves everything into the one file.
    drop(tracker);
    let moved = TempPath::try_from_path(file).and_then(|file| Ok(file.persist_noclobber(path)?));
    moved.and_then(|()| sync_folder(folder)).map_err(|error| failure(path, &error))
}

/// Syncs the directory entry of the new file. Windows has no such call.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

fn failure(path: &Path, error: &io::Error) -> servanda::Error {
    let path = path.to_owned();
    match error.kind() {
        ErrorKind::AlreadyExists => StoreError::AlreadyThere { path },
        ErrorKind::PermissionDenied => StoreError::NoPermission { action: "write", path },
        ErrorKind::NotFound => StoreError::Io { action: "write", path, reason: "there is no such folder".to_owned() },
        _ => StoreError::Io { action: "write", path, reason: error.to_string() },
    }
    .into()
}
