//! `servanda record`: records a file of facts in one batch.

use servanda::{Batch, facts::Draft};

use super::session::WriteSession;
use crate::Environment;
use crate::args::RecordFileArgs;
use crate::commands::files;
use crate::exit::{Exit, Failure};
use crate::output::Output;

pub(super) fn run(args: &RecordFileArgs, env: &Environment, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let session = WriteSession::open(&args.ledger, &args.record, env, out)?;
    let procedures = session.tracker.view().procedures()?;
    let procedures = || procedures.iter().map(AsRef::as_ref);
    let text = files::read_or_stdin(&args.file, "facts are in a TOML or JSON file")?;
    let name = args.file.display().to_string();
    let batch = match is_json(&text) {
        true => Batch::from_json(&name, &text, procedures())?,
        false => Batch::from_toml(&name, &text, procedures())?,
    };
    session.check_future(batch.drafts().filter_map(Draft::on), args.future)?;
    session.record(batch, out)
}

/// Tells JSON from TOML. Both may begin with a bracket, but TOML then begins with two.
fn is_json(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with('{') || text.strip_prefix('[').is_some_and(|rest| rest.trim_start().starts_with(['{', ']']))
}
