//! When a treaty enters into force.

use std::path::PathBuf;

use servanda::Day;

use super::Format;

/// When a treaty enters into force, and for whom: by its own article and the instruments that were deposited.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  servanda entry-into-force cptpp examples/cptpp-deposits.csv
  servanda entry-into-force cptpp examples/cptpp-deposits.csv --on 2018-10-30
  servanda entry-into-force my-treaty.toml deposits.csv --format json

The first line of the deposits names the columns: `party` and `deposited` (or `notified`), a day such \
as 2018-07-06; if wanted `share`, the party's per cent of the total that the treaty weighs, and `kind`, \
such as ratification, accession or withdrawal. Other columns are left alone.

Exits with 1 if rows are faulty or have no effect; they are named with their line, and the rest counts.")]
pub(crate) struct EntryIntoForceArgs {
    /// The treaty's rule: cptpp, hague-1980, paris, tpp, or a TOML file
    #[arg(value_name = "RULE")]
    pub(crate) rule: String,

    /// The deposits, a CSV file
    #[arg(value_name = "DEPOSITS")]
    pub(crate) deposits: PathBuf,

    /// As of the end of this day: only what was deposited by then counts [default: all that is in the file]
    #[arg(long, value_name = "DAY")]
    pub(crate) on: Option<Day>,

    /// For people, or for programs: one JSON document
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub(crate) format: Format,
}
