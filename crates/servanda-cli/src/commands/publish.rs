//! `servanda publish`: makes a static site.

use servanda_publish::{PublishError, Site, publish};

use super::{READER, at, files, load, open};
use crate::Environment;
use crate::args::{PublishArgs, ReportFormat};
use crate::exit::{Exit, Failure, Refusal};
use crate::json;
use crate::output::Output;
use crate::phrases::count;

pub(super) fn run(args: &PublishArgs, env: &Environment, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let env = &env.in_zone(args.zone.zone.as_ref());
    let site = site(args)?;
    let tracker = open(&args.ledger, READER, env, out)?;
    load(&tracker, &args.ledger, out)?;
    let view = at(tracker.view(), args.on, args.known_at, env)?;
    let published = publish(&view, &site, &args.output)?;
    let first = args.output.join("index.html").display().to_string();
    if args.format == ReportFormat::Json {
        out.json(&json::object([
            ("files", published.files.to_string()),
            ("path", json::text(&first)),
            ("removed", published.removed.to_string()),
            ("written", published.written.to_string()),
        ]))?;
        return Ok(Exit::Done);
    }
    let files = count(published.files, "file", "files");
    out.line(&format!("{files}, {} of them new or changed, {} removed", published.written, published.removed))?;
    out.line(&format!("Open {first}"))?;
    Ok(Exit::Done)
}

fn site(args: &PublishArgs) -> Result<Site, Failure> {
    let Some(path) = &args.config else { return Ok(Site::default()) };
    let text = files::read(path, "a configuration is a TOML file")?;
    let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.display().to_string());
    Ok(Site::from_toml(&name, &text)?)
}

impl From<PublishError> for Failure {
    fn from(error: PublishError) -> Self {
        match error {
            PublishError::Ledger(error) => error.into(),
            error => Self::Refused(Refusal { code: error.code(), details: error.details(), text: error.to_string() }),
        }
    }
}
