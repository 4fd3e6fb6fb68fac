//! `servanda init`: creates an empty ledger.

use servanda::{Ledger, Tracker};

use crate::args::{Format, InitArgs};
use crate::commands::{READER, create, display_path};
use crate::exit::{Exit, Failure};
use crate::json;
use crate::output::Output;

pub(super) fn run(args: &InitArgs, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let path = display_path(&args.ledger);
    if args.dry_run {
        Tracker::check_new(&args.ledger)?;
    } else {
        create(&args.ledger, READER)?;
    }
    if args.format == Format::Json {
        let digest = json::text(Ledger::new().digest());
        out.json(&json::object([("digest", digest), ("entries", 0.to_string()), ("path", json::text(&path))]))?;
    } else if args.dry_run {
        out.line(&format!("{path}: an empty ledger would be created here; nothing was written"))?;
    } else {
        out.line(&format!("{path}: an empty ledger; add a commitment with `servanda register`"))?;
    }
    Ok(Exit::Done)
}
