//! The arguments of the command that records a file of facts.

use std::path::PathBuf;

use super::{FutureArgs, RecordArgs};

/// Record the facts in a file together: all of them or none.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  servanda record promises.jsonl steps.toml --by desk --dry-run
  servanda record promises.jsonl - --by desk < facts.jsonl

Facts that are allowed only together, such as two earlier steps, are judged together. A TOML file \
has a table for each fact. Its keys are those of an entry, without those that the command fills in:

  [[facts]]
  commitment = \"us/abe-visit\"
  on = 2013-02-22
  fact.advance.to = \"done\"
  fact.advance.sources = [{ title = \"Press\", url = \"https://example.org/\" }]

A JSON file has an array of facts, or a fact on each line.")]
pub(crate) struct RecordFileArgs {
    /// The ledger: a SQLite file or a JSON Lines file
    pub(crate) ledger: PathBuf,

    /// The TOML or JSON file; - is standard input
    pub(crate) file: PathBuf,

    #[command(flatten)]
    pub(crate) future: FutureArgs,

    #[command(flatten)]
    pub(crate) record: RecordArgs,
}
