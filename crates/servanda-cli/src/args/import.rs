//! The arguments of `servanda import`.

use std::path::PathBuf;

use servanda::value::Note;

use super::{FutureArgs, RecordArgs};
use crate::zone::MomentOrDay;

/// Record what a spreadsheet or a document says and the ledger does not say yet.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  servanda import promises.db promises.xlsx --guess > mapping.toml
  servanda import promises.db promises.xlsx --mapping mapping.toml --dry-run
  servanda import promises.db promises.xlsx --mapping mapping.toml --by sheet

The command compares the file with the ledger, and records only the difference. Run it again after \
each change of the file: new rows are recorded, changed ones are corrected, and missing ones are \
reported. Give it a recorder name of its own, because it corrects only what this recorder recorded.

If a row is refused, nothing is recorded, and the exit code is 1.")]
pub(crate) struct ImportArgs {
    /// The ledger: a SQLite file or a JSON Lines file
    pub(crate) ledger: PathBuf,

    /// The file: CSV, XLSX, ODS, TOML, YAML or JSON; - for standard input
    pub(crate) file: PathBuf,

    /// A TOML file that says which column is what [default: columns are named like the keys of
    /// such a file]
    #[arg(long, value_name = "FILE")]
    pub(crate) mapping: Option<PathBuf>,

    /// Write a mapping for the file, guessed from its header and its values, instead of importing
    #[arg(long, conflicts_with = "mapping")]
    pub(crate) guess: bool,

    /// The reason for corrections, for rows that give none
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: Option<Note>,

    /// Retract what the file no longer has
    #[arg(long)]
    pub(crate) retract_missing: bool,

    /// Record the other commitments if some are refused; the exit code is 1 all the same
    #[arg(long)]
    pub(crate) partial: bool,

    /// The moment at which all of the file was known, later than every entry on the ledger
    #[arg(long, value_name = "MOMENT")]
    pub(crate) recorded_at: Option<MomentOrDay>,

    #[command(flatten)]
    pub(crate) future: FutureArgs,

    #[command(flatten)]
    pub(crate) read: ReadArgs,

    #[command(flatten)]
    pub(crate) record: RecordArgs,
}

/// How to read the file.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Reading the file")]
pub(crate) struct ReadArgs {
    /// The sheet of a spreadsheet [default: the first visible one]
    #[arg(long, value_name = "NAME")]
    pub(crate) sheet: Option<String>,

    /// The row with the names of the columns [default: the first row with two cells]
    #[arg(long, value_name = "ROW")]
    pub(crate) header: Option<u32>,

    /// The character between the cells of CSV [default: found out]
    #[arg(long, value_name = "CHARACTER")]
    pub(crate) delimiter: Option<char>,

    /// The encoding of a text file, such as windows-1252 [default: utf-8]
    #[arg(long, value_name = "NAME")]
    pub(crate) encoding: Option<String>,

    /// The format: csv, xlsx, ods, toml, yaml or json [default: that of the name]
    #[arg(long, value_name = "FORMAT")]
    pub(crate) input_format: Option<String>,
}
