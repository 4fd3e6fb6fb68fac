//! `servanda copy`: copies the entries of one ledger into another.

use super::{READER, create, display_path, load, open};
use crate::Environment;
use crate::args::{CopyArgs, Format};
use crate::exit::{Exit, Failure};
use crate::json;
use crate::output::Output;
use crate::phrases::count;

pub(super) fn run(args: &CopyArgs, env: &Environment, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let tracker = open(&args.from, READER, env, out)?;
    let ledger = load(&tracker, &args.from, out)?;
    let to = match create(&args.to, READER) {
        Err(error) if error.code() == "already-there" => open(&args.to, READER, env, out)?,
        created => created?,
    };
    let (from, target) = (display_path(&args.from), display_path(&args.to));
    let bar = out.progress_bar();
    bar.start(format!("Writing {target}"));
    let new = to.merge_with(ledger.arrivals().cloned(), |progress| bar.report(progress))?;
    let digest = to.digest()?;
    if args.format == Format::Json {
        let same = digest == ledger.digest();
        out.line(&json::object([
            ("copied", new.to_string()),
            ("digest", json::text(digest)),
            ("entries", ledger.len().to_string()),
            ("path", json::text(&target)),
            ("same", same.to_string()),
        ]))?;
        return Ok(Exit::Done);
    }
    let entries = count(ledger.len(), "entry", "entries");
    out.line(&format!("{from}: {entries}"))?;
    out.line(&format!("{target}: {new} of them new, {digest}"))?;
    Ok(Exit::Done)
}
