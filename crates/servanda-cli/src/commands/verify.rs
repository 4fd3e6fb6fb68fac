//! `servanda verify`: checks the integrity of a ledger.

use std::io;

use servanda::{StoreError, answers::Conflict, format, tracker::Fault};

use super::{READER, open};
use crate::Environment;
use crate::args::{ReportFormat, VerifyArgs};
use crate::exit::{Exit, Failure};
use crate::json;
use crate::output::{Output, Style};
use crate::phrases::{self, count};

pub(super) fn run(args: &VerifyArgs, env: &Environment, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let in_json = args.format == ReportFormat::Json;
    if !in_json && !args.pager.no_pager {
        out.allow_pager();
    }
    let opened = open(&args.ledger, READER, env, out);
    let verified = opened.and_then(|tracker| {
        let bar = out.progress_bar();
        let ledger = tracker.verify(|progress| bar.report(progress))?;
        Ok((tracker, ledger))
    });
    let (tracker, ledger) = match verified {
        Ok(verified) => verified,
        Err(error) => return report_damage(error, in_json, out),
    };
    let conflicts = ledger.view_on(tracker.view().day())?.conflicts();
    if in_json {
        let listed = format::to_json(&conflicts);
        out.json(&report(&listed, &json::text(ledger.digest()), &ledger.len().to_string(), json::array([]), 0))?;
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

/// Lists the damage that an error reports. Any other error is returned.
fn report_damage(error: servanda::Error, in_json: bool, out: &mut Output<'_>) -> Result<Exit, Failure> {
    // The text and the JSON of each fault, and how many more there are.
    let (faults, more): (Vec<(String, String)>, u64) = match error.store() {
        Some(StoreError::Damaged { errors, more, .. }) => {
            let fault = |error: &servanda::Error| {
                let code = out.styled(Style::Faint, &format!("({})", error.code()));
                (format!("{error} {code}"), json::error(error.code(), error.details(), error))
            };
            (errors.iter().map(fault).collect(), *more)
        }
        Some(StoreError::DamagedDatabase { faults, more, .. }) => {
            let fault = |fault: &Fault| {
                let row = json::object([("row", format::to_json(&fault.row))]);
                (fault.to_string(), json::error("damaged-database", row, fault))
            };
            (faults.iter().map(fault).collect(), *more)
        }
        _ => return Err(error.into()),
    };
    if in_json {
        let errors = json::array(faults.into_iter().map(|(_, json)| json));
        out.json(&report("null", "null", "null", errors, more))?;
        return Ok(Exit::Refused);
    }
    for (text, _) in &faults {
        out.line(text)?;
    }
    if more > 0 {
        out.line(&format!("and {more} more"))?;
    }
    let found = faults.len().saturating_add(usize::try_from(more).unwrap_or(usize::MAX));
    out.paragraph(0, Style::Bad, &format!("damaged: {} found", count(found, "fault", "faults")))?;
    Ok(Exit::Refused)
}

/// Returns a JSON report, which has the same members for a valid and a damaged ledger.
fn report(conflicts: &str, digest: &str, entries: &str, errors: String, more: u64) -> String {
    json::object([
        ("conflicts", conflicts.to_owned()),
        ("digest", digest.to_owned()),
        ("entries", entries.to_owned()),
        ("errors", errors),
        ("more_errors", more.to_string()),
    ])
}

/// Writes each conflict with its reason.
pub(super) fn write_conflicts(conflicts: &[Conflict], out: &mut Output<'_>) -> io::Result<()> {
    for conflict in conflicts {
        out.line(&format!("  {}", conflict.entry))?;
        out.paragraph(4, None, &phrases::conflict(conflict))?;
    }
    Ok(())
}
