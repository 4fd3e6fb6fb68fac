//! The arguments of the commands about who is responsible.

use servanda::{Date, Slug};

use super::fact::{AboutArgs, DayArgs, FactArgs};

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
    #[command(flatten)]
    pub(crate) about: AboutArgs,

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
    pub(crate) fact: FactArgs,
}

/// Record that a body ceased to be responsible for a commitment.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  servanda unassign promises.jsonl jp/hague-convention jp/foreign-ministry \\
    --on 2014-04-01 --by desk

The date is the first day without the body.")]
pub(crate) struct UnassignArgs {
    #[command(flatten)]
    pub(crate) about: AboutArgs,

    /// The body
    pub(crate) body: Slug,

    #[command(flatten)]
    pub(crate) day: DayArgs,

    /// The role that ends [default: every role of the body]
    #[arg(long, value_name = "ROLE")]
    pub(crate) role: Option<Slug>,

    #[command(flatten)]
    pub(crate) fact: FactArgs,
}
