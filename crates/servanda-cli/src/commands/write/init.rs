//! `servanda init`: an empty ledger.

use std::path::Path;

use servanda::{Error, Ledger, Tracker};

use crate::args::{Format, InitArgs};
use crate::commands::merge::taken;
use crate::commands::{READER, is_in_a_database, shown};
use crate::exit::{Exit, Failure};
use crate::json;
use crate::page::Page;

pub(super) fn run(args: &InitArgs, page: &mut Page<'_>) -> Result<Exit, Failure> {
    let path = shown(&args.ledger);
    if args.dry_run {
        check(&args.ledger)?;
    } else {
        Tracker::create(&args.ledger, READER)?;
    }
    if args.format == Format::Json {
        let digest = json::text(Ledger::new().digest());
        page.line(&json::object([("digest", digest), ("entries", 0.to_string()), ("path", json::text(&path))]))?;
    } else if args.dry_run {
        page.line(&format!("{path}: an empty ledger would be created here; nothing is written"))?;
    } else {
        page.line(&format!("{path}: an empty ledger; `servanda register` puts a commitment into it"))?;
    }
    Ok(Exit::Done)
}

/// Whether there is a place for it. Whether it may be written to shows when it is.
fn check(path: &Path) -> servanda::Result<()> {
    if is_in_a_database(path) {
        return match Tracker::open(path, READER) {
            Ok(_) => Err(Error::AlreadyThere { path: shown(path).into() }),
            Err(Error::NoLedger { .. }) => Ok(()),
            Err(error) => Err(error),
        };
    }
    if let Some(path) = taken(path).into_iter().find(|path| path.symlink_metadata().is_ok()) {
        return Err(Error::AlreadyThere { path });
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if folder.is_some_and(|folder| !folder.is_dir()) {
        let reason = "there is no such folder".to_owned();
        return Err(Error::Io { action: "write", path: path.to_owned(), reason });
    }
    Ok(())
}
