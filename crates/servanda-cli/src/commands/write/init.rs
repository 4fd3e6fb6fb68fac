//! `servanda init`: an empty ledger.

use servanda::{Ledger, Tracker};

use crate::args::{Format, InitArgs};
use crate::commands::{READER, shown};
use crate::exit::{Exit, Failure};
use crate::json;
use crate::output::Output;

pub(super) fn run(args: &InitArgs, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let path = shown(&args.ledger);
    if args.dry_run {
        Tracker::check_new(&args.ledger)?;
    } else {
        Tracker::create(&args.ledger, READER)?;
    }
    if args.format == Format::Json {
        let digest = json::text(Ledger::new().digest());
        out.line(&json::object([("digest", digest), ("entries", 0.to_string()), ("path", json::text(&path))]))?;
    } else if args.dry_run {
        out.line(&format!("{path}: an empty ledger would be created here; nothing is written"))?;
    } else {
        out.line(&format!("{path}: an empty ledger; `servanda register` puts a commitment into it"))?;
    }
    Ok(Exit::Done)
}
