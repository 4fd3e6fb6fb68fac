//! The arguments of `servanda repin`.

use std::path::PathBuf;

use servanda::{Slug, value::Note};

use super::RecordArgs;
use super::values::{procedure_version, status_names};

/// Move a commitment to another version of its procedure, or to another procedure.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  servanda repin promises.jsonl jp/hague-convention diet-treaty-approval \\
    --reason 'The new version has the thirty-day rule' --by desk
  servanda repin promises.jsonl xx/road building-permit@2 \\
    --status under-way=permit-requested --reason 'It needs a permit' --by desk

The whole history is judged by the new procedure from then on. It is refused where a step would not be \
legal there. Views of what was known before stay as they were.")]
pub(crate) struct RepinArgs {
    /// The ledger: a SQLite file or a JSON Lines file
    pub(crate) ledger: PathBuf,

    /// The id of the commitment
    pub(crate) commitment: Slug,

    /// The procedure: its id for the newest version, or its id and a version, such as action@1
    #[arg(value_name = "PROCEDURE[@VERSION]", value_parser = procedure_version)]
    pub(crate) procedure: (Slug, Option<u32>),

    /// A status of the history and its name in the new procedure, if that is another one;
    /// repeatable
    #[arg(long = "status", value_name = "OLD=NEW", value_parser = status_names)]
    pub(crate) statuses: Vec<(Slug, Slug)>,

    /// The reason
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: Note,

    #[command(flatten)]
    pub(crate) record: RecordArgs,
}
