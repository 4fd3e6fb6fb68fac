//! The arguments of the command, as clap reads them.

mod add;
mod duties;
mod entry_into_force;
mod fact;
mod filter;
mod find;
mod format;
#[cfg(feature = "import")]
mod import;
mod log;
mod measure;
#[cfg(feature = "publish")]
mod publish;
mod queries;
mod record;
mod register;
mod repin;
mod sources;
mod values;
mod vocabulary;
mod write;

pub(crate) use add::{AddArgs, InitArgs};
pub(crate) use duties::{AssignArgs, UnassignArgs};
pub(crate) use entry_into_force::EntryIntoForceArgs;
pub(crate) use fact::{DayArgs, FutureArgs, ReplaceArgs};
pub(crate) use filter::{FilterArgs, SortArgs, SortKey};
pub(crate) use find::FindArgs;
pub(crate) use format::{Format, ReportFormat};
#[cfg(feature = "import")]
pub(crate) use import::ImportArgs;
pub(crate) use log::LogArgs;
pub(crate) use measure::MeasureArgs;
#[cfg(feature = "publish")]
pub(crate) use publish::{PublishArgs, ServeArgs, SiteArgs};
pub(crate) use queries::{AgendaArgs, BodiesArgs, ChangesArgs, PartsArgs, QueryCommand, StaleArgs};
pub(crate) use record::RecordFileArgs;
pub(crate) use register::RegisterArgs;
pub(crate) use repin::RepinArgs;
pub(crate) use values::EntryRef;
pub(crate) use vocabulary::obligations;
pub(crate) use write::{
    AdvanceArgs, AmendArgs, AttestArgs, CiteArgs, DefineArgs, DepositArgs, LinkArgs, RecordArgs, RemarkArgs,
    RescheduleArgs, RetractArgs, WriteCommand,
};

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use servanda::{Day, Slug, value::Language};

use crate::days::OrRelative;
use crate::zone::{MomentOrDay, Zone};

const NOTES: &str = "\
Exit codes: 0 success, 1 refused or invalid, 2 wrong usage, 130 interrupted.

SERVANDA_LEDGER names the ledger, which is then left out as the first argument, and SERVANDA_BY the \
recorder.

In a pipe, answers about commitments are tab-separated; --format or SERVANDA_FORMAT gives another \
format. With --format json, errors are JSON objects too, with a code, details and a text.

Colours, the pager and the progress bar appear only on a terminal. NO_COLOR turns off the colours; \
TERM=dumb turns off all three. The pager is $SERVANDA_PAGER, or else $PAGER, or else `less`.";

/// Track what governments and institutions said they would do.
#[derive(Debug, Parser)]
#[command(name = "servanda", bin_name = "servanda", version, after_help = NOTES)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Status(StatusArgs),
    History(HistoryArgs),
    Next(NextArgs),
    #[command(flatten)]
    Query(QueryCommand),
    EntryIntoForce(EntryIntoForceArgs),
    Verify(VerifyArgs),
    Merge(MergeArgs),
    Copy(CopyArgs),
    Procedures(ProceduresArgs),
    Calendars(CalendarsArgs),
    #[command(flatten)]
    Write(WriteCommand),
    #[cfg(feature = "import")]
    Import(Box<ImportArgs>),
    #[cfg(feature = "publish")]
    Publish(PublishArgs),
    #[cfg(feature = "publish")]
    Serve(ServeArgs),
    Completions(CompletionsArgs),
    Man(ManArgs),
}

/// The day and the moment of a view, and the format of the answer.
#[derive(Debug, clap::Args)]
pub(crate) struct ViewArgs {
    /// Answer for the end of this day, such as 2014-04-01, yesterday or -7d [default: today]
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    pub(crate) on: Option<OrRelative<Day>>,

    /// Use only entries recorded by this moment, such as 2014-04-01T12:00:00+09:00, or by the end
    /// of this day
    #[arg(long, value_name = "MOMENT", allow_hyphen_values = true)]
    pub(crate) known_at: Option<MomentOrDay>,

    /// Use only what had been published by the end of this day, here or elsewhere
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    pub(crate) as_published: Option<OrRelative<Day>>,

    /// The languages of titles and names, the preferred one first, such as ja,en
    #[arg(long, value_name = "LANGUAGE", value_delimiter = ',')]
    pub(crate) language: Vec<Language>,

    #[command(flatten)]
    pub(crate) zone: ZoneArgs,

    /// The format of the answer [default: SERVANDA_FORMAT, or else table on a terminal and tsv in a
    /// pipe]
    #[arg(long, value_name = "FORMAT", default_value = "table", hide_default_value = true)]
    pub(crate) format: Format,

    /// Do not escape cells of CSV and TSV that a spreadsheet would run as a formula
    #[arg(long)]
    pub(crate) raw: bool,

    /// Show the ids of commitments even if titles have to be cut
    #[arg(long)]
    pub(crate) ids: bool,

    #[command(flatten)]
    pub(crate) pager: PagerArgs,
}

/// The time zone.
#[derive(Debug, clap::Args)]
pub(crate) struct ZoneArgs {
    /// The time zone that decides which day is today and when a day ends, such as Asia/Tokyo or
    /// +09:00 [default: that of this machine]
    #[arg(long, value_name = "ZONE", allow_hyphen_values = true)]
    pub(crate) zone: Option<Zone>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct PagerArgs {
    /// Do not use a pager, even if the answer is longer than the screen
    #[arg(long)]
    pub(crate) no_pager: bool,
}

/// Show where each commitment stands.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  servanda status examples/alliance.jsonl --on 2014-04-01
  servanda status examples/alliance.jsonl --on 2018-09-15 --phase stalled
  servanda status examples/alliance.jsonl --known-at 2013-05-01 --format json")]
pub(crate) struct StatusArgs {
    /// The ledger: a SQLite file or a JSON Lines file
    pub(crate) ledger: PathBuf,

    /// Show only these commitments, by id or by identifier, such as manifesto=AB_12
    #[arg(value_name = "COMMITMENT", value_parser = values::commitment)]
    pub(crate) commitments: Vec<String>,

    #[command(flatten)]
    pub(crate) view: ViewArgs,

    #[command(flatten)]
    pub(crate) filter: FilterArgs,

    #[command(flatten)]
    pub(crate) sort: SortArgs,
}

/// Show the history of one commitment: each step with its sources and its legal basis.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  servanda history examples/alliance.jsonl jp/hague-convention --on 2013-06-01
  servanda history examples/alliance.jsonl jp/hague-convention --brief --all
  servanda history examples/alliance.jsonl jp/hague-convention --chart")]
pub(crate) struct HistoryArgs {
    /// The ledger: a SQLite file or a JSON Lines file
    pub(crate) ledger: PathBuf,

    /// The id of the commitment, or an identifier, such as manifesto=AB_12
    #[arg(value_parser = values::commitment)]
    pub(crate) commitment: String,

    /// One line for each event
    #[arg(long)]
    pub(crate) brief: bool,

    /// Include what was retracted, in its place, with who retracted it, when and why
    #[arg(long)]
    pub(crate) all: bool,

    /// Draw a timeline: steps, clocks, deadlines, what was retracted, and what lies ahead
    #[arg(long, conflicts_with_all = ["brief", "all", "format"])]
    pub(crate) chart: bool,

    #[command(flatten)]
    pub(crate) view: ViewArgs,
}

/// Show what can happen next to one commitment: the possible steps, and what the clocks will do.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  servanda next examples/alliance.jsonl jp/hague-convention --on 2013-05-01
  servanda next examples/alliance.jsonl jp/tpp --to in-force

With --to, the exit code is 1 if the step would be refused without sources or a named party.")]
pub(crate) struct NextArgs {
    /// The ledger: a SQLite file or a JSON Lines file
    pub(crate) ledger: PathBuf,

    /// The id of the commitment
    pub(crate) commitment: Slug,

    /// Tell whether the commitment could move to this status on the day, and if not, why not
    #[arg(long, value_name = "STATUS")]
    pub(crate) to: Option<Slug>,

    #[command(flatten)]
    pub(crate) view: ViewArgs,
}

/// Check every line of a ledger, and print the number of entries and their digest.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  servanda verify examples/alliance.jsonl

The exit code is 1 if a line or a database is damaged. A conflict is a well-formed entry that \
contradicts other entries, for example after a merge. Conflicts are listed, but they do not make \
the ledger invalid.")]
pub(crate) struct VerifyArgs {
    /// The ledger: a SQLite file or a JSON Lines file
    pub(crate) ledger: PathBuf,

    /// A list for people, or one JSON document for programs
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub(crate) format: ReportFormat,

    #[command(flatten)]
    pub(crate) pager: PagerArgs,
}

/// Merge several ledgers into a new one.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  servanda merge phone.jsonl laptop.jsonl -o both.jsonl

The new ledger contains every entry once, in the order of recording. It is a JSON Lines file if its \
name ends in .jsonl, and a SQLite file otherwise. Entries that contradict each other are kept and \
counted as conflicts; `servanda verify` lists them.")]
pub(crate) struct MergeArgs {
    /// The ledgers: SQLite files or JSON Lines files
    #[arg(required = true, value_name = "LEDGER")]
    pub(crate) ledgers: Vec<PathBuf>,

    /// The path of the new ledger; nothing may exist there yet
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: PathBuf,

    /// Text for people, or one JSON document for programs
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub(crate) format: ReportFormat,
}

/// Copy the entries of one ledger into another, of the same kind or a different one.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  servanda copy promises.jsonl promises.db
  servanda copy phone.db desk.db

If the target does not exist, it is created: as a JSON Lines file if its name ends in .jsonl, and as \
a SQLite file otherwise. If it exists, it receives the entries that it does not have yet, either all \
of them or none.")]
pub(crate) struct CopyArgs {
    /// The ledger to read: a SQLite file or a JSON Lines file
    #[arg(value_name = "FROM")]
    pub(crate) from: PathBuf,

    /// The ledger to write to
    #[arg(value_name = "TO")]
    pub(crate) to: PathBuf,

    /// Text for people, or one JSON document for programs
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub(crate) format: ReportFormat,
}

/// List the built-in procedures, show one of them, or check a procedure file of your own.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  servanda procedures
  servanda procedures diet-treaty-approval
  servanda procedures action --format mermaid
  servanda procedures action --format toml > my-procedure.toml
  servanda procedures --check my-procedure.toml
  servanda procedures --check my-procedure.toml --format mermaid

TOML is the format of procedure files, so a built-in procedure can be the starting point for one \
of your own. With --check, the exit code is 1 if the file has errors.")]
pub(crate) struct ProceduresArgs {
    /// The id of the procedure to show
    #[arg(value_name = "ID")]
    pub(crate) procedure: Option<Slug>,

    /// Print text, JSON, TOML, or a Mermaid state diagram
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: ProcedureFormat,

    /// Check the procedure in this TOML file
    #[arg(long, value_name = "FILE", conflicts_with = "procedure")]
    pub(crate) check: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) pager: PagerArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ProcedureFormat {
    /// Text for people
    Text,
    /// One JSON document for programs
    Json,
    /// A file to start one of your own from
    Toml,
    /// A state diagram, which many forges draw
    Mermaid,
}

/// List the built-in calendars, show one of them, or check a calendar file of your own.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  servanda calendars
  servanda calendars jp-diet
  servanda calendars jp-diet --format toml > my-calendar.toml
  servanda calendars --check my-calendar.toml

TOML is the format of calendar files, so a built-in calendar can be the starting point for one of \
your own. With --check, the exit code is 1 if the file has errors.")]
pub(crate) struct CalendarsArgs {
    /// The id of the calendar to show
    #[arg(value_name = "ID")]
    pub(crate) calendar: Option<Slug>,

    /// Print text, JSON, or TOML
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: CalendarFormat,

    /// Check the calendar in this TOML file
    #[arg(long, value_name = "FILE", conflicts_with = "calendar")]
    pub(crate) check: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) pager: PagerArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CalendarFormat {
    /// Text for people
    Text,
    /// One JSON document for programs
    Json,
    /// A file to start one of your own from
    Toml,
}

/// Print a script that lets a shell complete the arguments of this command.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  source <(servanda completions bash)
  servanda completions fish | source

The script asks the command, which completes the ids of commitments, statuses, parties, procedures and \
topics on the ledger too. Make the script again with each version: put the line into ~/.bashrc or \
~/.config/fish/config.fish.")]
pub(crate) struct CompletionsArgs {
    /// The shell
    pub(crate) shell: clap_complete::Shell,
}

/// Print the manual page of `servanda` or of one of its subcommands.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  servanda man > servanda.1
  servanda man advance > servanda-advance.1")]
pub(crate) struct ManArgs {
    /// The subcommand, such as advance
    pub(crate) command: Option<String>,
}
