//! The arguments of `servanda log`.

use std::path::PathBuf;

use servanda::{Slug, answers::LogFilter};

use super::vocabulary::kind;
use super::{Format, PagerArgs, ZoneArgs};
use crate::Environment;
use crate::zone::MomentOrDay;

/// List what was recorded, by whom and when, the newest first.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  servanda log examples/alliance.jsonl --limit 10
  servanda log examples/alliance.jsonl jp/hague-convention --kind retract --full
  servanda log examples/alliance.jsonl --recorded-by desk --since 2013-05-01 --until 2013-05-31

The log has every entry once, also those that were retracted or conflict with others.")]
pub(crate) struct LogArgs {
    /// The ledger: a SQLite file or a JSON Lines file
    pub(crate) ledger: PathBuf,

    /// Only entries about these commitments
    #[arg(value_name = "COMMITMENT")]
    pub(crate) commitments: Vec<Slug>,

    /// The whole content of each entry, and who retracted it, when and why
    #[arg(long)]
    pub(crate) full: bool,

    /// At most this number of entries
    #[arg(long, short = 'n', value_name = "NUMBER")]
    pub(crate) limit: Option<u32>,

    /// Only entries of this recorder; repeatable
    #[arg(long, value_name = "NAME")]
    pub(crate) recorded_by: Vec<Slug>,

    /// Only this kind of fact; repeatable
    #[arg(long, value_name = "KIND", value_parser = kind())]
    pub(crate) kind: Vec<String>,

    /// Only entries recorded at this moment or later, or on this day or later
    #[arg(long, value_name = "MOMENT", allow_hyphen_values = true)]
    pub(crate) since: Option<MomentOrDay>,

    /// Only entries recorded by this moment, or by the end of this day
    #[arg(long, value_name = "MOMENT", allow_hyphen_values = true)]
    pub(crate) until: Option<MomentOrDay>,

    /// The log as it was at this moment, or at the end of this day: without later entries and
    /// retractions
    #[arg(long, value_name = "MOMENT", allow_hyphen_values = true)]
    pub(crate) known_at: Option<MomentOrDay>,

    #[command(flatten)]
    pub(crate) zone: ZoneArgs,

    /// The format of the answer [default: SERVANDA_FORMAT, or else table on a terminal and tsv in a
    /// pipe]
    #[arg(long, value_name = "FORMAT", default_value = "table", hide_default_value = true)]
    pub(crate) format: Format,

    /// Do not escape cells of CSV and TSV that a spreadsheet would run as a formula
    #[arg(long)]
    pub(crate) raw: bool,

    #[command(flatten)]
    pub(crate) pager: PagerArgs,
}

impl LogArgs {
    /// Returns the filter that the arguments describe. A day is one in the time zone of `env`.
    pub(crate) fn filter(&self, env: &Environment) -> LogFilter {
        let mut filter = LogFilter::default();
        filter.commitment.clone_from(&self.commitments);
        filter.kind.clone_from(&self.kind);
        filter.limit = self.limit;
        filter.recorded_by.clone_from(&self.recorded_by);
        filter.since = self.since.map(|since| since.first_moment(env));
        filter.until = self.until.map(|until| until.moment(env));
        filter
    }
}
