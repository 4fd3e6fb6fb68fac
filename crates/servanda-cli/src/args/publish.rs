//! The arguments of `servanda publish` and `servanda serve`.

use std::path::PathBuf;

use servanda::Day;

use super::{ReportFormat, ZoneArgs};
use crate::days::OrRelative;
use crate::zone::MomentOrDay;

/// Make a static site that readers can see, follow and check.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  servanda publish examples/alliance.jsonl -o site
  servanda publish promises.db -o site --config tracker.toml
  servanda publish promises.db -o site --on 2014-04-01 --known-at 2014-05-01
  servanda publish promises.db -o site --watch

The site needs no server: open its index.html, or put the folder on any static host. Publish again \
after each change: only files that differ are written, files that are no longer part of the site are \
removed, and files of others are never touched.

With --watch, the command runs until Ctrl-C and publishes again after each change of the ledger or \
the configuration, and when a new day begins. An error is reported once, and the command goes on.")]
pub(crate) struct PublishArgs {
    /// The folder for the site
    #[arg(short, long, value_name = "FOLDER")]
    pub(crate) output: PathBuf,

    #[command(flatten)]
    pub(crate) site: SiteArgs,

    /// Publish again after each change, until Ctrl-C
    #[arg(long)]
    pub(crate) watch: bool,

    /// Text for people, or one JSON document for programs; with --watch, one for each
    /// publication
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub(crate) format: ReportFormat,
}

/// Show a site in the browser on this machine, and reload it after each change.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  servanda serve examples/alliance.jsonl
  servanda serve promises.db --config tracker.toml --port 8080
  servanda serve promises.db -o site

The command publishes the site as `servanda publish --watch` does, and serves it on 127.0.0.1, which \
only programs on this machine can reach, until Ctrl-C. Open pages reload after each change. The \
server adds the script for this to its responses, not to the files.

The preview is for the person who makes the site. For readers, put the folder that `servanda publish` \
makes on a static host.")]
pub(crate) struct ServeArgs {
    #[command(flatten)]
    pub(crate) site: SiteArgs,

    /// The folder for the site [default: a temporary one]
    #[arg(short, long, value_name = "FOLDER")]
    pub(crate) output: Option<PathBuf>,

    /// The port of 127.0.0.1 to listen on; 0 is any free one [default: 8000, or else the next free
    /// one]
    #[arg(long, value_name = "PORT")]
    pub(crate) port: Option<u16>,
}

/// The inputs of a site.
#[derive(Debug, clap::Args)]
pub(crate) struct SiteArgs {
    /// The ledger: a SQLite file or a JSON Lines file
    pub(crate) ledger: PathBuf,

    /// A TOML file with the name, the languages and the texts of the site
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,

    /// Show the end of this day, such as 2014-04-01, yesterday or -7d [default: today]
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    pub(crate) on: Option<OrRelative<Day>>,

    /// Use only entries recorded by this moment, such as 2014-04-01T12:00:00+09:00, or by the end
    /// of this day
    #[arg(long, value_name = "MOMENT", allow_hyphen_values = true)]
    pub(crate) known_at: Option<MomentOrDay>,

    #[command(flatten)]
    pub(crate) zone: ZoneArgs,
}
