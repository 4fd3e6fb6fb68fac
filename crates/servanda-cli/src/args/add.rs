//! The arguments of `servanda init` and `servanda add`, with which a ledger begins.

use std::path::PathBuf;

use servanda::Slug;

use super::{RecordArgs, ReportFormat};

/// Create an empty ledger.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  servanda init promises.db
  servanda init promises.jsonl

A name that ends in .jsonl creates a JSON Lines file, which git can merge. Any other name creates \
a SQLite file. In a git repository, a JSON Lines file also gets lines in .gitattributes and \
.gitignore next to it, unless they are there.")]
pub(crate) struct InitArgs {
    /// The path of the new ledger; nothing may exist there yet
    pub(crate) ledger: PathBuf,

    /// Check whether the ledger could be created, but write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,

    /// Text for people, or one JSON document for programs
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub(crate) format: ReportFormat,
}

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
