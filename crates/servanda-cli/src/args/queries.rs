//! Questions about many commitments at once.

use std::path::PathBuf;

use clap::Subcommand;
use servanda::{Day, Moment, Slug};

use super::{FilterArgs, ViewArgs, moment};

#[derive(Debug, Subcommand)]
pub(crate) enum QueryCommand {
    Agenda(AgendaArgs),
    Changes(ChangesArgs),
    Parts(PartsArgs),
    Stale(StaleArgs),
}

/// What lies ahead: the deadlines and the days of clocks between two days.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  servanda agenda examples/alliance.jsonl --on 2013-05-01 --to 2013-07-01
  servanda agenda examples/alliance.jsonl --on 2013-01-18 --from 2013-02-01 --to 2013-02-28 --party us

Deadlines are those in force, and clocks those that run, on the day of the view.")]
pub(crate) struct AgendaArgs {
    /// The ledger: a SQLite file, or a file of JSON Lines
    pub(crate) ledger: PathBuf,

    /// From this day on [default: the day of the view]
    #[arg(long, value_name = "DAY")]
    pub(crate) from: Option<Day>,

    /// To the end of this day [default: 30 days after --from]
    #[arg(long, value_name = "DAY")]
    pub(crate) to: Option<Day>,

    #[command(flatten)]
    pub(crate) view: ViewArgs,

    #[command(flatten)]
    pub(crate) filter: FilterArgs,
}

/// What has changed since another day, since another moment, or both.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  servanda changes examples/alliance.jsonl --since 2013-03-01 --on 2013-06-01
  servanda changes examples/alliance.jsonl --on 2013-06-01 --since-known-at 2013-05-01
  servanda changes examples/alliance.jsonl --since 2013-03-01 --on 2013-06-01 --verdict kept

With --since alone both days are seen with what is known now, or by --known-at; with \
--since-known-at alone both views are of the same day. A commitment is shown if either of its \
standings has what is asked for.")]
pub(crate) struct ChangesArgs {
    /// The ledger: a SQLite file, or a file of JSON Lines
    pub(crate) ledger: PathBuf,

    #[command(flatten)]
    pub(crate) since: SinceArgs,

    #[command(flatten)]
    pub(crate) view: ViewArgs,

    #[command(flatten)]
    pub(crate) filter: FilterArgs,
}

/// What a view is compared with.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = true)]
pub(crate) struct SinceArgs {
    /// Compared with what was the case at the end of this day
    #[arg(long, value_name = "DAY")]
    pub(crate) since: Option<Day>,

    /// Compared with what had been written down by this moment, or by the end of this day, in UTC
    #[arg(long, value_name = "MOMENT", value_parser = moment)]
    pub(crate) since_known_at: Option<Moment>,
}

/// How the parts of one commitment stand, and the parts of its parts: counts, and no verdict of their own.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  servanda parts examples/alliance.jsonl us/base-realignment --on 2018-09-15")]
pub(crate) struct PartsArgs {
    /// The ledger: a SQLite file, or a file of JSON Lines
    pub(crate) ledger: PathBuf,

    /// The commitment
    pub(crate) commitment: Slug,

    #[command(flatten)]
    pub(crate) view: ViewArgs,

    #[command(flatten)]
    pub(crate) filter: FilterArgs,
}

/// Commitments to which nothing has happened for long, and that are not at rest in a final status.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  servanda stale examples/alliance.jsonl --on 2016-01-01 --days 365

The word being given, a step, a deposit, a remark, a deadline set, and a link with a day are \
something that happens; what is only presumed has not happened.")]
pub(crate) struct StaleArgs {
    /// The ledger: a SQLite file, or a file of JSON Lines
    pub(crate) ledger: PathBuf,

    /// For at least so many days
    #[arg(long, value_name = "DAYS", default_value = "90")]
    pub(crate) days: u32,

    #[command(flatten)]
    pub(crate) view: ViewArgs,

    #[command(flatten)]
    pub(crate) filter: FilterArgs,
}
