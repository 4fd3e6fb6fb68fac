//! `servanda publish` and `servanda serve`: make a static site.

mod serve;
mod watch;

use servanda_publish::{PublishError, Published, Site};

use super::files;
use crate::Environment;
use crate::args::{PublishArgs, ReportFormat, SiteArgs};
use crate::exit::{Exit, Failure, Refusal};
use crate::interrupts::Interrupts;
use crate::json;
use crate::output::Output;
use crate::phrases::count;
use watch::Publication;

pub(super) use serve::run as serve;

pub(super) fn run(args: &PublishArgs, env: &Environment, out: &mut Output<'_>) -> Result<Exit, Failure> {
    let mut publication = Publication::open(&args.site, env, out)?;
    let interrupts = args.watch.then(Interrupts::catch).transpose()?;
    let published = publication.publish(&args.output)?;
    report(&published, args, out)?;
    match interrupts {
        None => Ok(Exit::Done),
        Some(interrupts) => publication
            .watch(&args.output, &interrupts, args.format, out, |published, out| report(published, args, out)),
    }
}

/// Reports the number of files that were written, and the front page.
fn report(published: &Published, args: &PublishArgs, out: &mut Output<'_>) -> Result<(), Failure> {
    let first = args.output.join("index.html").display().to_string();
    if args.format == ReportFormat::Json {
        out.json(&json::object([
            ("files", published.files.to_string()),
            ("path", json::text(&first)),
            ("removed", published.removed.to_string()),
            ("written", published.written.to_string()),
        ]))?;
    } else {
        out.line(&summary(published))?;
        out.line(&format!("Open {first}"))?;
    }
    Ok(out.writer().flush()?)
}

/// Returns a line such as `236 files, 3 of them new or changed, 0 removed`.
fn summary(published: &Published) -> String {
    let files = count(published.files, "file", "files");
    format!("{files}, {} of them new or changed, {} removed", published.written, published.removed)
}

fn site(args: &SiteArgs) -> Result<Site, Failure> {
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
