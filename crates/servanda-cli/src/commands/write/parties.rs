//! Parties that a ledger does not define, which may be misspelt.

use servanda::{Batch, Slug, Tracker, answers::UndefinedParty};

use crate::exit::Failure;
use crate::{Environment, json, prompt};

/// Returns a note for each party of a batch that the ledger does not define.
///
/// A party that differs slightly from a defined one is asked about on a terminal, and refused
/// elsewhere, unless `allowed` is true.
pub(super) fn check(
    tracker: &Tracker,
    batch: &Batch,
    allowed: bool,
    env: &Environment,
) -> Result<Vec<String>, Failure> {
    if allowed {
        return Ok(Vec::new());
    }
    let mut notes = Vec::new();
    for UndefinedParty { party, nearest, .. } in tracker.view().undefined_parties(batch)? {
        match nearest {
            None => notes.push(format!("note: the party {party} is not defined on this ledger")),
            Some(nearest) if env.interactive => {
                let question = format!("{party} is not defined on this ledger, but {nearest} is. Record {party}?");
                if !prompt::confirm(&question, false)? {
                    return Err(misspelt(&party, &nearest));
                }
            }
            Some(nearest) => return Err(misspelt(&party, &nearest)),
        }
    }
    Ok(notes)
}

fn misspelt(party: &Slug, nearest: &Slug) -> Failure {
    let details = json::object([("nearest", json::text(nearest)), ("party", json::text(party))]);
    let text = format!(
        "the party {party} is not defined on this ledger; did you mean {nearest}? If not, define it with `servanda \
         define --party`, or add --allow-new-parties"
    );
    Failure::refused_with("undefined-party", details, text)
}
