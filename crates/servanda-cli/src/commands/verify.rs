//! `servanda verify`: whether a ledger is sound.

use std::io;

use servanda::{Conflict, Error};

use super::open;
use crate::args::VerifyArgs;
use crate::exit::{Exit, Failure};
use crate::page::{Ink, Page};
use crate::phrases::count;

pub(super) fn run(args: &VerifyArgs, page: &mut Page<'_>) -> Result<Exit, Failure> {
    let tracker = match open(&args.ledger) {
        Err(Error::Damaged { errors, .. }) => {
            for error in &errors {
                let code = page.paint(Ink::Faint, &format!("({})", error.code()));
                page.line(&format!("{error} {code}"))?;
            }
            let found = format!("damaged: {} found", count(errors.len(), "fault", "faults"));
            page.paragraph(0, Ink::Bad, &found)?;
            return Ok(Exit::Refused);
        }
        opened => opened?,
    };
    let ledger = tracker.ledger()?;
    let entries = if ledger.len() == 1 { "entry" } else { "entries" };
    page.line(&format!("{} {entries}, {}", ledger.len(), ledger.digest()))?;
    let conflicts = tracker.view().conflicts()?;
    if conflicts.is_empty() {
        page.line("no conflicts")?;
    } else {
        let found = format!("{}: well-formed, and left out", count(conflicts.len(), "conflict", "conflicts"));
        page.paragraph(0, Ink::Caution, &found)?;
        write_conflicts(&conflicts, page)?;
    }
    Ok(Exit::Done)
}

/// Each entry that does not fit, and why.
pub(super) fn write_conflicts(conflicts: &[Conflict], page: &mut Page<'_>) -> io::Result<()> {
    for conflict in conflicts {
        page.line(&format!("  {}", conflict.entry))?;
        page.paragraph(4, None, &format!("{}: {}", conflict.reason.code(), conflict.reason))?;
    }
    Ok(())
}
