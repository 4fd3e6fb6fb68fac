//! The arguments of `servanda add`.

use std::path::PathBuf;

use servanda::Slug;

use super::RecordArgs;

/// Answer questions on the terminal, and record a commitment or a step.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  servanda add promises.jsonl --by desk
  servanda add promises.jsonl us/abe-visit --by desk

Without a commitment, the questions are about a new one. With the id of a commitment, they are about \
its next step. At the end, the command shows what `servanda register` or `servanda advance` would \
take, and asks whether to record it. Escape ends the command, and records nothing.")]
pub(crate) struct AddArgs {
    /// The ledger: a SQLite file or a JSON Lines file
    pub(crate) ledger: PathBuf,

    /// The commitment that moves on [default: ask about a new one]
    pub(crate) commitment: Option<Slug>,

    #[command(flatten)]
    pub(crate) record: RecordArgs,
}
