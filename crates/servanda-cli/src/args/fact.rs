//! The arguments that commands share if they record a fact about a commitment.

use std::path::PathBuf;

use servanda::{Date, Slug, value::Note};

use super::RecordArgs;
use super::sources::SourceArgs;
use super::values::EntryRef;
use crate::days::OrRelative;

/// The commitment that a fact is about, and its ledger.
#[derive(Debug, clap::Args)]
pub(crate) struct AboutArgs {
    /// The ledger: a SQLite file or a JSON Lines file
    pub(crate) ledger: PathBuf,

    /// The id of the commitment
    pub(crate) commitment: Slug,
}

/// The evidence for a fact, the entries that it replaces, and how it is recorded.
#[derive(Debug, clap::Args)]
pub(crate) struct FactArgs {
    #[command(flatten)]
    pub(crate) evidence: EvidenceArgs,

    #[command(flatten)]
    pub(crate) replace: ReplaceArgs,

    #[command(flatten)]
    pub(crate) record: RecordArgs,
}

/// The date of an event, and its place on that day.
#[derive(Debug, clap::Args)]
pub(crate) struct DayArgs {
    /// The day, such as 2013-03-15, or as much of it as is known: 2013-03, 2013, or
    /// [2013-03-10..2013-03-15] for one of these days; or today, yesterday or -7d
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub(crate) on: OrRelative<Date>,

    /// Place it after this entry, whose date is or may be the same; give its id or the first digits
    /// of its id
    #[arg(long, value_name = "ENTRY")]
    pub(crate) after: Option<EntryRef>,

    #[command(flatten)]
    pub(crate) future: FutureArgs,
}

/// Confirms a date in the future, which is usually a mistake.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(crate) struct FutureArgs {
    /// Allow a date later than today, for something that is already certain to happen
    #[arg(long)]
    pub(crate) future: bool,
}

/// The evidence for an event.
#[derive(Debug, clap::Args)]
pub(crate) struct EvidenceArgs {
    #[command(flatten)]
    pub(crate) sources: SourceArgs,

    /// A note
    #[arg(long, value_name = "TEXT")]
    pub(crate) note: Option<Note>,
}

/// The entries that the new entry replaces.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Replacing a mistake")]
pub(crate) struct ReplaceArgs {
    /// Retract this entry in the same batch; give its id or the first digits of its id; repeatable
    #[arg(long, value_name = "ENTRY", requires = "reason")]
    pub(crate) instead_of: Vec<EntryRef>,

    /// The reason for the retraction
    #[arg(long, value_name = "TEXT", requires = "instead_of")]
    pub(crate) reason: Option<Note>,
}
