//! The arguments of the commands that write to a ledger.

use std::path::PathBuf;

use clap::Subcommand;
use servanda::{
    Date, Deadline, Slug,
    facts::Relation,
    value::{Decimal, Language, Note, Title},
};

use super::add::{AddArgs, InitArgs};
use super::duties::{AssignArgs, UnassignArgs};
use super::fact::{AboutArgs, DayArgs, FactArgs, FutureArgs, ReplaceArgs};
use super::measure::MeasureArgs;
use super::repin::RepinArgs;
use super::sources::SourceArgs;
use super::values::{EntryRef, identifier, name};
use super::vocabulary::keyword;
use super::{RecordFileArgs, RegisterArgs, ReportFormat, ZoneArgs};
use crate::days::OrRelative;

#[derive(Debug, Subcommand)]
pub(crate) enum WriteCommand {
    Init(InitArgs),
    Add(AddArgs),
    Register(Box<RegisterArgs>),
    Advance(AdvanceArgs),
    Deposit(DepositArgs),
    Cite(CiteArgs),
    Remark(RemarkArgs),
    Attest(AttestArgs),
    Reschedule(RescheduleArgs),
    Assign(AssignArgs),
    Unassign(UnassignArgs),
    Measure(MeasureArgs),
    Repin(RepinArgs),
    Amend(AmendArgs),
    Link(LinkArgs),
    Retract(RetractArgs),
    Define(DefineArgs),
    Record(RecordFileArgs),
}

/// Options that all commands that append entries have.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Recording")]
pub(crate) struct RecordArgs {
    /// The name of the recorder, such as desk [default: the environment variable SERVANDA_BY]
    #[arg(long, value_name = "NAME")]
    pub(crate) by: Option<Slug>,

    /// The date on which this was first published elsewhere, if it comes to the ledger later, such
    /// as 2013-01-18 or 2013
    #[arg(long, value_name = "DATE")]
    pub(crate) published: Option<Date>,

    /// Check everything and show what would be appended, but write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,

    /// Accept a party whose id is almost that of a defined party
    #[arg(long)]
    pub(crate) allow_new_parties: bool,

    /// Accept an identifier that another commitment has
    #[arg(long)]
    pub(crate) allow_shared_identifiers: bool,

    #[command(flatten)]
    pub(crate) zone: ZoneArgs,

    /// A summary for people, or the appended lines for programs
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub(crate) format: ReportFormat,
}

/// Record a step: a commitment moved to a status.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  servanda advance promises.jsonl us/abe-visit done --on 2013-02-22 \\
    --source https://example.org/press --by desk
  servanda advance promises.jsonl jp/hague-convention submitted \\
    --on 2013-03-15 --by desk --dry-run
  servanda advance promises.jsonl us/abe-visit done --on 2013-02-23 \\
    --source https://example.org/press --by desk \\
    --instead-of 3f9a0c --reason 'It was the day after'

A step that the procedure does not allow is refused. `servanda next` lists the allowed steps.")]
pub(crate) struct AdvanceArgs {
    #[command(flatten)]
    pub(crate) about: AboutArgs,

    /// The new status
    pub(crate) status: Slug,

    #[command(flatten)]
    pub(crate) day: DayArgs,

    /// The party that took the step
    #[arg(long, value_name = "PARTY")]
    pub(crate) taken_by: Option<Slug>,

    #[command(flatten)]
    pub(crate) fact: FactArgs,
}

/// Record that a party deposited an instrument.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  servanda deposit promises.jsonl jp/hague-convention jp --on 2014-01-24 \\
    --instrument ratification --by desk")]
pub(crate) struct DepositArgs {
    #[command(flatten)]
    pub(crate) about: AboutArgs,

    /// The party that made the deposit
    pub(crate) party: Slug,

    #[command(flatten)]
    pub(crate) day: DayArgs,

    /// The kind of instrument, such as ratification or acceptance
    #[arg(long, value_name = "KIND")]
    pub(crate) instrument: Option<Slug>,

    /// The party's share of the total that the treaty counts, such as 12.5
    #[arg(long, value_name = "DECIMAL")]
    pub(crate) share: Option<Decimal>,

    #[command(flatten)]
    pub(crate) fact: FactArgs,
}

/// Add sources to an entry.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  servanda cite promises.jsonl 3f9a0c --by desk \\
    --source https://example.org/gazette --source-title 'Official Gazette'")]
pub(crate) struct CiteArgs {
    /// The ledger: a SQLite file or a JSON Lines file
    pub(crate) ledger: PathBuf,

    /// The entry: its id or the first digits of its id
    pub(crate) entry: EntryRef,

    #[command(flatten)]
    pub(crate) sources: SourceArgs<true>,

    /// A note on the sources
    #[arg(long, value_name = "TEXT")]
    pub(crate) note: Option<Note>,

    #[command(flatten)]
    pub(crate) replace: ReplaceArgs,

    #[command(flatten)]
    pub(crate) record: RecordArgs,
}

/// Record an event that does not change the status, such as a referendum or a ruling.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  servanda remark promises.jsonl us/senkaku --on 2014-04-24 --by desk \\
    'The President restates the position'")]
pub(crate) struct RemarkArgs {
    #[command(flatten)]
    pub(crate) about: AboutArgs,

    /// A title for the event
    pub(crate) title: Title,

    #[command(flatten)]
    pub(crate) day: DayArgs,

    #[command(flatten)]
    pub(crate) fact: FactArgs,
}

/// Declare that the record of a commitment is complete up to a day.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  servanda attest promises.jsonl jp/hague-convention --on 2013-06-26 --by desk

Anything that the record does not contain by that day counts as not having happened.")]
pub(crate) struct AttestArgs {
    #[command(flatten)]
    pub(crate) about: AboutArgs,

    #[command(flatten)]
    pub(crate) day: DayArgs,

    #[command(flatten)]
    pub(crate) fact: FactArgs,
}

/// Record that a deadline was set or moved.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  servanda reschedule promises.jsonl us/abe-visit 2013-03-31 \\
    --on 2013-02-20 --by desk")]
pub(crate) struct RescheduleArgs {
    #[command(flatten)]
    pub(crate) about: AboutArgs,

    /// The new deadline: a day, a month or a year
    pub(crate) deadline: Deadline,

    #[command(flatten)]
    pub(crate) day: DayArgs,

    #[command(flatten)]
    pub(crate) fact: FactArgs,
}

/// Improve a title, topics or the wording of a note, without changing any facts.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("change").args(["title", "title_language", "titles", "identifiers", "topics", "no_topics", "note"]).required(true).multiple(true),
    after_help = "\
Examples:
  servanda amend promises.jsonl us/abe-visit --title 'A visit' --by desk
  servanda amend promises.jsonl us/abe-visit --topic visits --topic us --by desk
  servanda amend promises.jsonl us/abe-visit --entry 3f9a0c --by desk \\
    --note 'He arrived on the 21st.'")]
pub(crate) struct AmendArgs {
    /// The ledger: a SQLite file or a JSON Lines file
    pub(crate) ledger: PathBuf,

    /// The id of the commitment
    pub(crate) commitment: Slug,

    /// The new title
    #[arg(long, value_name = "TEXT")]
    pub(crate) title: Option<Title>,

    /// The language of the title, such as en
    #[arg(long, value_name = "LANGUAGE")]
    pub(crate) title_language: Option<Language>,

    /// The title in another language; repeatable; the new ones replace the old ones
    #[arg(long = "title-in", value_name = "LANGUAGE=TITLE", value_parser = name)]
    pub(crate) titles: Vec<(Language, Title)>,

    /// An identifier in another system; repeatable; the new ones replace the old ones
    #[arg(long = "identifier", value_name = "SCHEME=VALUE", value_parser = identifier)]
    pub(crate) identifiers: Vec<(Slug, Title)>,

    /// A new topic; repeatable; the new topics replace the old ones
    #[arg(long = "topic", value_name = "TOPIC")]
    pub(crate) topics: Vec<Slug>,

    /// Remove all topics
    #[arg(long, conflicts_with = "topics")]
    pub(crate) no_topics: bool,

    /// The entry whose note changes: its id or the first digits of its id
    #[arg(long, value_name = "ENTRY", requires = "note")]
    pub(crate) entry: Option<EntryRef>,

    /// The new text of the note
    #[arg(long, value_name = "TEXT", requires = "entry")]
    pub(crate) note: Option<Note>,

    #[command(flatten)]
    pub(crate) replace: ReplaceArgs,

    #[command(flatten)]
    pub(crate) record: RecordArgs,
}

/// Record that two commitments are related.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  servanda link promises.jsonl jp/tpp successor jp/cptpp --by desk")]
pub(crate) struct LinkArgs {
    #[command(flatten)]
    pub(crate) about: AboutArgs,

    /// The relation of the other commitment to this one
    #[arg(value_parser = keyword::<Relation>())]
    pub(crate) relation: Relation,

    /// The other commitment
    pub(crate) other: Slug,

    /// The date of the relation, if known: a day, a month or a year; or today, yesterday or -7d
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    pub(crate) on: Option<OrRelative<Date>>,

    /// Place it after this entry of the same day; give its id or the first digits of its id
    #[arg(long, value_name = "ENTRY", requires = "on")]
    pub(crate) after: Option<EntryRef>,

    #[command(flatten)]
    pub(crate) future: FutureArgs,

    #[command(flatten)]
    pub(crate) fact: FactArgs,
}

/// Retract entries that were mistakes. They stay on the ledger, but no longer count.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  servanda retract promises.jsonl 3f9a0c --reason 'Another visit' --by desk

Several entries are retracted together or not at all. An entry that later entries depend on must be \
retracted together with them. To replace an entry, record the new one with --instead-of.")]
pub(crate) struct RetractArgs {
    /// The ledger: a SQLite file or a JSON Lines file
    pub(crate) ledger: PathBuf,

    /// The entries: their ids or the first digits of their ids
    #[arg(required = true, value_name = "ENTRY")]
    pub(crate) entries: Vec<EntryRef>,

    /// The reason
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: Note,

    #[command(flatten)]
    pub(crate) record: RecordArgs,
}

/// Define a party, a procedure or a calendar of your own.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("what").args(["party", "topic", "procedure", "calendar"]).required(true), after_help = "\
Examples:
  servanda define promises.jsonl --party jp --name en=Japan --name ja=日本 \\
    --identifier iso-3166-1=JP --by desk
  servanda define promises.jsonl --procedure my-procedure.toml --by desk
  servanda define promises.jsonl --calendar my-calendar.toml --by desk

For parties and calendars, the latest definition applies. A changed procedure needs a new version \
number. `servanda procedures --check` reports errors in a procedure file.")]
pub(crate) struct DefineArgs {
    /// The ledger: a SQLite file or a JSON Lines file
    pub(crate) ledger: PathBuf,

    /// The id of a party
    #[arg(long, value_name = "ID", requires = "names")]
    pub(crate) party: Option<Slug>,

    /// The id of a topic
    #[arg(long, value_name = "ID", requires = "names", conflicts_with = "party")]
    pub(crate) topic: Option<Slug>,

    /// A name of the party or the topic; repeatable
    #[arg(long = "name", value_name = "LANGUAGE=NAME", value_parser = name)]
    pub(crate) names: Vec<(Language, Title)>,

    /// An identifier of the party in another scheme; repeatable
    #[arg(long = "identifier", value_name = "SCHEME=VALUE", value_parser = identifier, requires = "party")]
    pub(crate) identifiers: Vec<(Slug, Title)>,

    /// A TOML file with a procedure
    #[arg(long, value_name = "FILE")]
    pub(crate) procedure: Option<PathBuf>,

    /// A TOML file with a calendar
    #[arg(long, value_name = "FILE")]
    pub(crate) calendar: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) replace: ReplaceArgs,

    #[command(flatten)]
    pub(crate) record: RecordArgs,
}
