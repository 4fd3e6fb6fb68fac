//! The arguments of the commands about who is responsible.

use std::path::PathBuf;

use servanda::{Date, Slug};

use super::write::EvidenceArgs;
use super::{DayArgs, RecordArgs, ReplaceArgs};

/// Record that a body became responsible for a commitment.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  servanda assign promises.jsonl jp/hague-convention jp/foreign-ministry \\
    --on 2013-03-15 --role lead --by desk
  servanda assign promises.jsonl jp/hague-convention jp/task-force \\
    --on 2013-04 --until 2014-04-01 --by desk

The party that made a commitment and the body that carries it out are recorded separately. The bodies \
that are responsible from the start are given to `servanda register`.")]
pub(crate) struct AssignArgs {
    /// The ledger: a SQLite file or a JSON Lines file
    pub(crate) ledger: PathBuf,

    /// The id of the commitment
    pub(crate) commitment: Slug,

    /// The body, such as a ministry
    pub(crate) body: Slug,

    #[command(flatten)]
    pub(crate) day: DayArgs,

    /// The role of the body, such as lead or supporting
    #[arg(long, value_name = "ROLE")]
    pub(crate) role: Option<Slug>,

    /// The first day on which it is no longer responsible, if that is known in advance
    #[arg(long, value_name = "DATE")]
    pub(crate) until: Option<Date>,

    #[command(flatten)]
    pub(crate) evidence: EvidenceArgs,

    #[command(flatten)]
    pub(crate) replace: ReplaceArgs,

    #[command(flatten)]
    pub(crate) record: RecordArgs,
}

/// Record that a body ceased to be responsible for a commitment.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  servanda unassign promises.jsonl jp/hague-convention jp/foreign-ministry \\
    --on 2014-04-01 --by desk

The date is the first day without the body.")]
pub(crate) struct UnassignArgs {
    /// The ledger: a SQLite file or a JSON Lines file
    pub(crate) ledger: PathBuf,

    /// The id of the commitment
    pub(crate) commitment: Slug,

    /// The body
    pub(crate) body: Slug,

    #[command(flatten)]
    pub(crate) day: DayArgs,

    /// The role that ends [default: every role of the body]
    #[arg(long, value_name = "ROLE")]
    pub(crate) role: Option<Slug>,

    #[command(flatten)]
    pub(crate) evidence: EvidenceArgs,

    #[command(flatten)]
    pub(crate) replace: ReplaceArgs,

    #[command(flatten)]
    pub(crate) record: RecordArgs,
}
