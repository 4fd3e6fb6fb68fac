//! `servanda verify`: checks the integrity of a ledger.

use std::io;

use servanda::{Conflict, StoreError, format};

use super::{READER, open};
use crate::Environment;
use crate::args::{Format, VerifyArgs};
use crate::exit::{Exit, Failure};
use crate::json;
use crate::output::{Output, Style};
use crate::phrases::count;

pub(super) fn run(args: &VerifyArgs, env: &Environment, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let in_json = args.format == Format::Json;
    if !in_json && !args.pager.no_pager {
        out.allow_pager();
    }
    let opened = open(&args.ledger, READER, env, out);
    let verified = opened.and_then(|tracker| {
        let bar = out.progress_bar();
        let ledger = tracker.verify(|progress| bar.report(progress))?;
        Ok((tracker, ledger))
    });
    let damage = verified.as_ref().err().and_then(StoreError::of);
    match damage {
        Some(StoreError::Damaged { errors, .. }) if in_json => {
            let errors = errors.iter().map(|error| json::error(error.code(), error.details(), error));
            out.line(&report("null", "null", "null", json::array(errors)))?;
            return Ok(Exit::Refused);
        }
        Some(StoreError::Damaged { errors, .. }) => {
            for error in errors {
                let code = out.styled(Style::Faint, &format!("({})", error.code()));
                out.line(&format!("{error} {code}"))?;
            }
            return write_damage(errors.len(), out);
        }
        Some(StoreError::DamagedDatabase { faults, .. }) if in_json => {
            let errors = faults.iter().map(|fault| {
                let row = fault.row.map_or_else(|| "null".to_owned(), |row| row.to_string());
                json::error("damaged-database", json::object([("row", row)]), fault)
            });
            out.line(&report("null", "null", "null", json::array(errors)))?;
            return Ok(Exit::Refused);
        }
        Some(StoreError::DamagedDatabase { faults, .. }) => {
            for fault in faults {
                out.line(&fault.to_string())?;
            }
            return write_damage(faults.len(), out);
        }
        _ => {}
    }
    let (tracker, ledger) = verified?;
    let conflicts = ledger.view_on(tracker.view().day())?.conflicts();
    if in_json {
        let listed = format::to_json(&conflicts);
        out.line(&report(&listed, &json::text(ledger.digest()), &ledger.len().to_string(), json::array([])))?;
        return Ok(Exit::Done);
    }
    let entries = if ledger.len() == 1 { "entry" } else { "entries" };
    out.line(&format!("{} {entries}, {}", ledger.len(), ledger.digest()))?;
    if conflicts.is_empty() {
        out.line("no conflicts")?;
    } else {
        let number = count(conflicts.len(), "conflict", "conflicts");
        let text = format!("{number}; these entries are well-formed, but they do not count");
        out.paragraph(0, Style::Caution, &text)?;
        write_conflicts(&conflicts, out)?;
    }
    Ok(Exit::Done)
}

fn write_damage(faults: usize, out: &mut Output<'_>) -> Result<Exit, Failure> {
    out.paragraph(0, Style::Bad, &format!("damaged: {} found", count(faults, "fault", "faults")))?;
    Ok(Exit::Refused)
}

/// Returns a JSON report, which has the same members for a valid and a damaged ledger.
fn report(conflicts: &str, digest: &str, entries: &str, errors: String) -> String {
    json::object([
        ("conflicts", conflicts.to_owned()),
        ("digest", digest.to_owned()),
        ("entries", entries.to_owned()),
        ("errors", errors),
    ])
}

/// Writes each conflict with its reason.
pub(super) fn write_conflicts(conflicts: &[Conflict], out: &mut Output<'_>) -> io::Result<()> {
    for conflict in conflicts {
        out.line(&format!("  {}", conflict.entry))?;
        out.paragraph(4, None, &format!("{}: {}", conflict.reason.code(), conflict.reason))?;
    }
    Ok(())
}
