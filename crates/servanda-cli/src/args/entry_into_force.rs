//! The arguments of `servanda entry-into-force`.

use std::path::PathBuf;

use servanda::Day;

use super::ReportFormat;
use crate::days::OrRelative;

/// Compute when a treaty enters into force, and for which parties, from its rule and the deposits.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  servanda entry-into-force cptpp examples/cptpp-deposits.csv
  servanda entry-into-force cptpp examples/cptpp-deposits.csv --on 2018-10-30
  servanda entry-into-force my-treaty.toml deposits.csv --format json

The deposits file is a list or a table of participation as depositaries publish it.

The first line of a list names the columns. `party` and `deposited` (or `notified`) are required; \
`deposited` is a day such as 2018-07-06 or 6 Jul 2018. Two columns are optional: `share`, the party's \
percentage of the total that the treaty counts, and `kind`, such as ratification, accession or \
withdrawal. Other columns are ignored.

A published table has a column `Participant` and columns such as `Ratification, Accession(a)`. A letter \
after a day, as in 22 Mar 1956 a, has the meaning that the heading gives it, brackets mark an act that \
no longer has effect, and digits refer to the notes.

The answer is one of three: in force from a day, not in force, or not known, with the earliest and the \
latest possible day.

The exit code is 1 if rows are invalid or have no effect. These rows are listed by line number. With \
invalid rows, the answer is known only if it does not depend on them.")]
pub(crate) struct EntryIntoForceArgs {
    /// The treaty's rule: cptpp, hague-1980, paris, tpp, or a TOML file
    #[arg(value_name = "RULE")]
    pub(crate) rule: String,

    /// The deposits, as a CSV file
    #[arg(value_name = "DEPOSITS")]
    pub(crate) deposits: PathBuf,

    /// Use only deposits made by the end of this day [default: all of them]
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    pub(crate) on: Option<OrRelative<Day>>,

    /// A table for people, or one JSON document for programs
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub(crate) format: ReportFormat,
}
