//! The arguments of `servanda find`.

use std::path::PathBuf;

use super::{FilterArgs, ViewArgs};

/// Find commitments by words in their titles, promises, topics and parties.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  servanda find examples/alliance.jsonl futenma
  servanda find examples/alliance.jsonl treaty japan --verdict kept

Each word has to occur somewhere: in the id, the titles, the identifiers, the words of the promise, the \
topics, or the ids and names of the parties. The best matches come first.")]
pub(crate) struct FindArgs {
    /// The ledger: a SQLite file or a JSON Lines file
    pub(crate) ledger: PathBuf,

    /// A word, or a part of one; upper and lower case are the same
    #[arg(value_name = "WORD", required = true)]
    pub(crate) words: Vec<String>,

    #[command(flatten)]
    pub(crate) view: ViewArgs,

    #[command(flatten)]
    pub(crate) filter: FilterArgs,
}
