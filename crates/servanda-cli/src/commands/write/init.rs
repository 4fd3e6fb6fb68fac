//! `servanda init`: creates an empty ledger.

use servanda::{Ledger, Tracker};

use super::git::{self, Missing};
use crate::args::{InitArgs, ReportFormat};
use crate::commands::{READER, create, display_path};
use crate::exit::{Exit, Failure, with_notes};
use crate::json;
use crate::output::Output;

pub(super) fn run(args: &InitArgs, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let path = display_path(&args.ledger);
    if args.dry_run {
        Tracker::check_new(&args.ledger)?;
    } else {
        create(&args.ledger, READER)?;
    }
    // The ledger exists already, so a fault here is reported and does not fail the command.
    let (missing, mut notes) = match git::missing(&args.ledger) {
        Ok(missing) => (missing, Vec::new()),
        Err(error) => (Vec::new(), vec![format!("note: could not look for the settings of git: {error}")]),
    };
    let mut told = Vec::new();
    for missing in missing {
        match if args.dry_run { Ok(()) } else { missing.append() } {
            Ok(()) => told.push(missing),
            Err(error) => notes.push(format!("note: could not write {}: {error}", missing.path.display())),
        }
    }
    if args.format == ReportFormat::Json {
        out.json(&json::object([
            ("digest", json::text(Ledger::new().digest())),
            ("entries", 0.to_string()),
            ("git", json::array(told.iter().map(as_json))),
            ("path", json::text(&path)),
        ]))?;
    } else {
        let (created, wrote) = match args.dry_run {
            true => ("an empty ledger would be created here; nothing was written", "would add"),
            false => ("an empty ledger; add a commitment with `servanda register`", "added"),
        };
        out.line(&format!("{path}: {created}"))?;
        for Missing { path, lines, .. } in &told {
            out.line(&format!("{}: {wrote} {}", path.display(), quoted(lines)))?;
        }
    }
    with_notes(Exit::Done, notes)
}

fn quoted(lines: &[&str]) -> String {
    lines.iter().map(|line| format!("`{line}`")).collect::<Vec<_>>().join(" and ")
}

/// Returns what was added to a file, or would be.
fn as_json(missing: &Missing) -> String {
    let added = json::array(missing.lines.iter().map(json::text));
    json::object([("added", added), ("path", json::text(missing.path.display()))])
}
