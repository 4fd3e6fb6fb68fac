//! The arguments of queries about many commitments.

use std::path::PathBuf;

use clap::Subcommand;
use servanda::{Day, Slug};

use super::{FilterArgs, FindArgs, LogArgs, ViewArgs};
use crate::days::OrRelative;
use crate::zone::MomentOrDay;

#[derive(Debug, Subcommand)]
pub(crate) enum QueryCommand {
    Agenda(AgendaArgs),
    Bodies(BodiesArgs),
    Changes(ChangesArgs),
    Find(FindArgs),
    Log(LogArgs),
    Parts(PartsArgs),
    Stale(StaleArgs),
}

/// List the deadlines and the due dates of clocks between two days.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  servanda agenda examples/alliance.jsonl --on 2013-05-01 --to 2013-07-01
  servanda agenda examples/alliance.jsonl --on 2013-01-18 --from 2013-02-01 --to 2013-02-28 --party us

The list contains the deadlines in force and the clocks running on the day of the view, and the \
events that are already recorded for later days.")]
pub(crate) struct AgendaArgs {
    /// The ledger: a SQLite file or a JSON Lines file
    pub(crate) ledger: PathBuf,

    /// The first day [default: the day of the view]
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    pub(crate) from: Option<OrRelative<Day>>,

    /// The last day [default: 30 days after the first]
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    pub(crate) to: Option<OrRelative<Day>>,

    #[command(flatten)]
    pub(crate) view: ViewArgs,

    #[command(flatten)]
    pub(crate) filter: FilterArgs,
}

/// List the responsible bodies, and count their commitments by phase and verdict.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  servanda bodies promises.jsonl
  servanda bodies promises.jsonl --on 2013-06-01 --timeliness overdue

A commitment with several responsible bodies counts for each of them. `--body` selects the \
commitments of one body in every other list.")]
pub(crate) struct BodiesArgs {
    /// The ledger: a SQLite file or a JSON Lines file
    pub(crate) ledger: PathBuf,

    #[command(flatten)]
    pub(crate) view: ViewArgs,

    #[command(flatten)]
    pub(crate) filter: FilterArgs,
}

/// Show what has changed since another day, since another moment, or both.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  servanda changes examples/alliance.jsonl --since 2013-03-01 --on 2013-06-01
  servanda changes examples/alliance.jsonl --on 2013-06-01 --since-known-at 2013-05-01
  servanda changes examples/alliance.jsonl --since 2013-03-01 --on 2013-06-01 --verdict kept

With --since alone, both days are seen with what is known now, or at --known-at. With \
--since-known-at alone, both views are for the same day. A commitment is listed if it matches the \
filters in either view.")]
pub(crate) struct ChangesArgs {
    /// The ledger: a SQLite file or a JSON Lines file
    pub(crate) ledger: PathBuf,

    #[command(flatten)]
    pub(crate) since: SinceArgs,

    #[command(flatten)]
    pub(crate) view: ViewArgs,

    #[command(flatten)]
    pub(crate) filter: FilterArgs,
}

/// The earlier view to compare with.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = true)]
pub(crate) struct SinceArgs {
    /// Compare with the end of this day
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    pub(crate) since: Option<OrRelative<Day>>,

    /// Compare with what was known at this moment, or at the end of this day
    #[arg(long, value_name = "MOMENT", allow_hyphen_values = true)]
    pub(crate) since_known_at: Option<MomentOrDay>,
}

/// Show where the parts of one commitment stand, with counts for each phase and verdict.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  servanda parts examples/alliance.jsonl us/base-realignment --on 2018-09-15

Parts of parts are included. The counts are not combined into a verdict.")]
pub(crate) struct PartsArgs {
    /// The ledger: a SQLite file or a JSON Lines file
    pub(crate) ledger: PathBuf,

    /// The id of the commitment
    pub(crate) commitment: Slug,

    #[command(flatten)]
    pub(crate) view: ViewArgs,

    #[command(flatten)]
    pub(crate) filter: FilterArgs,
}

/// List unfinished commitments without any recent event.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  servanda stale examples/alliance.jsonl --on 2016-01-01 --days 365

Events are the making of the commitment, steps, deposits, remarks, new deadlines, and links with a \
date. A presumed step is not an event. Commitments in a final status are not listed.")]
pub(crate) struct StaleArgs {
    /// The ledger: a SQLite file or a JSON Lines file
    pub(crate) ledger: PathBuf,

    /// The minimum number of days without an event
    #[arg(long, value_name = "DAYS", default_value = "90")]
    pub(crate) days: u32,

    #[command(flatten)]
    pub(crate) view: ViewArgs,

    #[command(flatten)]
    pub(crate) filter: FilterArgs,
}
