//! `servanda copy`: copies the entries of one ledger into another.

use std::collections::BTreeSet;

use servanda::{Tracker, value::EntryId};

use super::{READER, create, display_path, load, open};
use crate::Environment;
use crate::args::{CopyArgs, ReportFormat};
use crate::exit::{Exit, Failure};
use crate::json;
use crate::output::Output;
use crate::phrases::{LIST_CONFLICTS, count};

pub(super) fn run(args: &CopyArgs, env: &Environment, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let tracker = open(&args.from, READER, env, out)?;
    let ledger = load(&tracker, &args.from, out)?;
    let (to, before) = match create(&args.to, READER) {
        Err(error) if error.code() == "already-there" => {
            let to = open(&args.to, READER, env, out)?;
            let before = conflicting(&to)?;
            (to, before)
        }
        created => (created?, BTreeSet::new()),
    };
    let (from, target) = (display_path(&args.from), display_path(&args.to));
    let bar = out.progress_bar();
    bar.start(format!("Writing {target}"));
    let new = to.merge_with(ledger.arrivals().cloned(), |progress| bar.report(progress))?;
    let digest = to.digest()?;
    let after = conflicting(&to)?;
    let (conflicts, new_conflicts) = (after.len(), after.difference(&before).count());
    if args.format == ReportFormat::Json {
        let same = digest == ledger.digest();
        out.json(&json::object([
            ("conflicts", conflicts.to_string()),
            ("copied", new.to_string()),
            ("digest", json::text(digest)),
            ("entries", ledger.len().to_string()),
            ("new_conflicts", new_conflicts.to_string()),
            ("path", json::text(&target)),
            ("same", same.to_string()),
        ]))?;
        return Ok(Exit::Done);
    }
    let entries = count(ledger.len(), "entry", "entries");
    out.line(&format!("{from}: {entries}"))?;
    out.line(&format!("{target}: {new} of them new, {digest}"))?;
    let hint = if conflicts == 0 { String::new() } else { format!(", {new_conflicts} of them new{LIST_CONFLICTS}") };
    out.line(&format!("{}{hint}", count(conflicts, "conflict", "conflicts")))?;
    Ok(Exit::Done)
}

/// Returns the entries of a ledger that conflict with others.
fn conflicting(tracker: &Tracker) -> servanda::Result<BTreeSet<EntryId>> {
    Ok(tracker.view().conflicts()?.into_iter().map(|conflict| conflict.entry).collect())
}
