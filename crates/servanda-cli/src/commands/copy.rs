//! `servanda copy`: what one ledger holds, in another.

use servanda::{Error, Tracker};

use super::{READER, load, open, shown};
use crate::Setting;
use crate::args::{CopyArgs, Format};
use crate::exit::{Exit, Failure};
use crate::json;
use crate::page::Page;
use crate::phrases::count;

pub(super) fn run(args: &CopyArgs, setting: &Setting, page: &mut Page<'_>) -> Result<Exit, Failure> {
    let tracker = open(&args.from, READER, setting, page)?;
    let ledger = load(&tracker, &args.from, page)?;
    let to = match Tracker::create(&args.to, READER) {
        Err(Error::AlreadyThere { .. }) => open(&args.to, READER, setting, page)?,
        created => created?,
    };
    let (from, named) = (shown(&args.from), shown(&args.to));
    let meter = page.meter();
    meter.begin(format!("Writing {named}"));
    let new = to.merge_with(ledger.arrivals().cloned(), |progress| meter.report(progress))?;
    let digest = to.digest()?;
    if args.format == Format::Json {
        let same = digest == ledger.digest();
        page.line(&json::object([
            ("copied", new.to_string()),
            ("digest", json::text(digest)),
            ("entries", ledger.len().to_string()),
            ("path", json::text(&named)),
            ("same", same.to_string()),
        ]))?;
        return Ok(Exit::Done);
    }
    let entries = count(ledger.len(), "entry", "entries");
    page.line(&format!("{from}: {entries}"))?;
    page.line(&format!("{named}: {new} of them new, {digest}"))?;
    Ok(Exit::Done)
}
