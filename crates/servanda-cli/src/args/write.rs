//! What can be written down, and how.

use std::path::PathBuf;

use clap::Subcommand;
use servanda::{Date, Day, Deadline, Decimal, Language, Note, Obligation, Relation, Slug, Source, Title};

use super::values::{EntryRef, identifier, name, source};
use super::{Format, words};

#[derive(Debug, Subcommand)]
pub(crate) enum WriteCommand {
    Init(InitArgs),
    Register(Box<RegisterArgs>),
    Advance(AdvanceArgs),
    Deposit(DepositArgs),
    Cite(CiteArgs),
    Remark(RemarkArgs),
    Attest(AttestArgs),
    Reschedule(RescheduleArgs),
    Amend(AmendArgs),
    Link(LinkArgs),
    Retract(RetractArgs),
    Define(DefineArgs),
}

/// Who records, and whether to write at all.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Recording")]
pub(crate) struct RecordArgs {
    /// Who records this, such as desk [default: what the environment variable SERVANDA_BY says]
    #[arg(long, value_name = "NAME")]
    pub(crate) by: Option<Slug>,

    /// Check everything, say what would be appended, and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,

    /// For people: what stands now; or for programs: the lines appended
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub(crate) format: Format,
}

/// What it takes the place of.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Instead of what was a mistake")]
pub(crate) struct ReplaceArgs {
    /// An entry to retract in the same step, as often as needed: its id, or how its id begins
    #[arg(long, value_name = "ENTRY", requires = "reason")]
    pub(crate) instead_of: Vec<EntryRef>,

    /// Why it is retracted
    #[arg(long, value_name = "TEXT", requires = "instead_of")]
    pub(crate) reason: Option<Note>,
}

/// When something happened.
#[derive(Debug, clap::Args)]
pub(crate) struct DayArgs {
    /// The day, such as 2013-03-15; or the month or the year, if no more is known
    #[arg(long, value_name = "DAY")]
    pub(crate) on: Date,

    /// The entry of the same day that it comes after: its id, or how its id begins
    #[arg(long, value_name = "ENTRY")]
    pub(crate) after: Option<EntryRef>,
}

/// Where it can be read.
#[derive(Debug, clap::Args)]
pub(crate) struct EvidenceArgs {
    /// Where it can be read, as often as needed [default title: the host of the address]
    #[arg(long = "source", value_name = "URL[|TITLE]", value_parser = source)]
    pub(crate) sources: Vec<Source>,

    /// A note on it
    #[arg(long, value_name = "TEXT")]
    pub(crate) note: Option<Note>,
}

/// Create an empty ledger.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  servanda init promises.db
  servanda init promises.jsonl

A name that ends in .jsonl makes a file of JSON Lines, which git can merge; any other name a SQLite file.")]
pub(crate) struct InitArgs {
    /// Where to create it; there must be nothing there yet
    pub(crate) ledger: PathBuf,

    /// Say whether it could be created, and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,

    /// For people, or for programs: one JSON document
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub(crate) format: Format,
}

/// Register a commitment: who gave which word to whom, when, and through which procedure it goes.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  servanda register promises.jsonl us/abe-visit --by desk \\
    --title 'A visit to Washington' --procedure action \\
    --given-by us --to jp --made 2013-01-18 --deadline 2013-02 \\
    --obligation result --words 'has invited' \\
    --source 'https://example.org/remarks|Remarks after their meeting'
  servanda register promises.jsonl --file hague.toml --by desk

A file has the keys of a commitment in JSON, with its id besides; its procedure \
may be the id alone. A treaty's own rules, such as that on its entry into force, \
are given in a file; for a built-in treaty (see `servanda help entry-into-force`) by its id, such as rules.entry-into-force = \"cptpp\".

  id = \"jp/hague-convention\"
  title = \"The Hague Abduction Convention in the Diet\"
  procedure = \"diet-treaty-approval\"
  by = [\"jp\"]
  made = 2013-01-18
  obligation = \"consideration\"
  [words]
  text = \"will consider\"
  source = { title = \"Remarks\", url = \"https://example.org/remarks\" }")]
pub(crate) struct RegisterArgs {
    /// The ledger: a SQLite file, or a file of JSON Lines
    pub(crate) ledger: PathBuf,

    /// The id of the new commitment, such as us/abe-visit
    #[arg(required_unless_present = "file")]
    pub(crate) commitment: Option<Slug>,

    /// The commitment, in a TOML or JSON file, instead of all the options below
    #[arg(long, value_name = "FILE", conflicts_with_all = ["commitment", "title", "procedure", "given_by", "to", "made",
        "obligation", "words", "source", "deadline", "part_of", "topics", "opens_at", "opens_on", "opening_sources", "note"])]
    pub(crate) file: Option<PathBuf>,

    /// What it is about
    #[arg(long, value_name = "TEXT", required_unless_present = "file")]
    pub(crate) title: Option<Title>,

    /// The procedure it goes through, on this ledger or built in
    #[arg(long, value_name = "PROCEDURE", required_unless_present = "file")]
    pub(crate) procedure: Option<Slug>,

    /// Who commits, as often as needed
    #[arg(long, value_name = "PARTY", required_unless_present = "file")]
    pub(crate) given_by: Vec<Slug>,

    /// To whom, as often as needed
    #[arg(long, value_name = "PARTY")]
    pub(crate) to: Vec<Slug>,

    /// The day the word was given
    #[arg(long, value_name = "DAY", required_unless_present = "file")]
    pub(crate) made: Option<Day>,

    /// The legal weight of the words
    #[arg(long, value_name = "OBLIGATION", required_unless_present = "file",
        value_parser = words::<Obligation>(Obligation::ALL.map(Obligation::as_str)))]
    pub(crate) obligation: Option<Obligation>,

    /// The words used, exactly
    #[arg(long, value_name = "TEXT", required_unless_present = "file")]
    pub(crate) words: Option<Note>,

    /// Where the words can be read [default title: the host of the address]
    #[arg(long, value_name = "URL[|TITLE]", value_parser = source, required_unless_present = "file")]
    pub(crate) source: Option<Source>,

    /// By when: a day, a month or a year
    #[arg(long, value_name = "DATE")]
    pub(crate) deadline: Option<Deadline>,

    /// The commitment of which it is one piece
    #[arg(long, value_name = "COMMITMENT")]
    pub(crate) part_of: Option<Slug>,

    /// What it can be found under, as often as needed
    #[arg(long = "topic", value_name = "TOPIC")]
    pub(crate) topics: Vec<Slug>,

    /// The status at which its history opens, if not at the procedure's first one on the day the word was given
    #[arg(long, value_name = "STATUS", requires = "opens_on")]
    pub(crate) opens_at: Option<Slug>,

    /// Since when it stood there
    #[arg(long, value_name = "DAY", requires = "opens_at")]
    pub(crate) opens_on: Option<Date>,

    /// Where that can be read, as often as needed
    #[arg(long = "opening-source", value_name = "URL[|TITLE]", value_parser = source, requires = "opens_at")]
    pub(crate) opening_sources: Vec<Source>,

    /// A note on the opening
    #[arg(long, value_name = "TEXT", requires = "opens_at")]
    pub(crate) note: Option<Note>,

    #[command(flatten)]
    pub(crate) replace: ReplaceArgs,

    #[command(flatten)]
    pub(crate) record: RecordArgs,
}

/// Record a step: a commitment went on to a status.
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

A step that the procedure does not allow is refused; `servanda next` lists those that it allows.")]
pub(crate) struct AdvanceArgs {
    /// The ledger: a SQLite file, or a file of JSON Lines
    pub(crate) ledger: PathBuf,

    /// The commitment
    pub(crate) commitment: Slug,

    /// The status it went on to
    pub(crate) status: Slug,

    #[command(flatten)]
    pub(crate) day: DayArgs,

    /// Who took the step
    #[arg(long, value_name = "PARTY")]
    pub(crate) taken_by: Option<Slug>,

    #[command(flatten)]
    pub(crate) evidence: EvidenceArgs,

    #[command(flatten)]
    pub(crate) replace: ReplaceArgs,

    #[command(flatten)]
    pub(crate) record: RecordArgs,
}

/// Record that a party deposited an instrument.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  servanda deposit promises.jsonl jp/hague-convention jp --on 2014-01-24 \\
    --instrument ratification --by desk")]
pub(crate) struct DepositArgs {
    /// The ledger: a SQLite file, or a file of JSON Lines
    pub(crate) ledger: PathBuf,

    /// The commitment
    pub(crate) commitment: Slug,

    /// Who deposited it
    pub(crate) party: Slug,

    #[command(flatten)]
    pub(crate) day: DayArgs,

    /// What kind of instrument, such as ratification or acceptance
    #[arg(long, value_name = "KIND")]
    pub(crate) instrument: Option<Slug>,

    /// The party's share of what the treaty weighs, such as 12.5
    #[arg(long, value_name = "DECIMAL")]
    pub(crate) share: Option<Decimal>,

    #[command(flatten)]
    pub(crate) evidence: EvidenceArgs,

    #[command(flatten)]
    pub(crate) replace: ReplaceArgs,

    #[command(flatten)]
    pub(crate) record: RecordArgs,
}

/// Cite further sources for an entry.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  servanda cite promises.jsonl 3f9a0c --by desk \\
    --source 'https://example.org/gazette|Official Gazette'")]
pub(crate) struct CiteArgs {
    /// The ledger: a SQLite file, or a file of JSON Lines
    pub(crate) ledger: PathBuf,

    /// The entry: its id, or how its id begins
    pub(crate) entry: EntryRef,

    /// Where it can be read, as often as needed [default title: the host of the address]
    #[arg(long = "source", value_name = "URL[|TITLE]", value_parser = source, required = true)]
    pub(crate) sources: Vec<Source>,

    /// A note on the sources
    #[arg(long, value_name = "TEXT")]
    pub(crate) note: Option<Note>,

    #[command(flatten)]
    pub(crate) replace: ReplaceArgs,

    #[command(flatten)]
    pub(crate) record: RecordArgs,
}

/// Record something that happened and moves nothing: a referendum, a ruling, a restatement.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  servanda remark promises.jsonl us/senkaku --on 2014-04-24 --by desk \\
    'The President restates the position'")]
pub(crate) struct RemarkArgs {
    /// The ledger: a SQLite file, or a file of JSON Lines
    pub(crate) ledger: PathBuf,

    /// The commitment
    pub(crate) commitment: Slug,

    /// What happened
    pub(crate) title: Title,

    #[command(flatten)]
    pub(crate) day: DayArgs,

    #[command(flatten)]
    pub(crate) evidence: EvidenceArgs,

    #[command(flatten)]
    pub(crate) replace: ReplaceArgs,

    #[command(flatten)]
    pub(crate) record: RecordArgs,
}

/// State that the record of a commitment is complete to a day: what it does not contain did not happen.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  servanda attest promises.jsonl jp/hague-convention --on 2013-06-26 --by desk")]
pub(crate) struct AttestArgs {
    /// The ledger: a SQLite file, or a file of JSON Lines
    pub(crate) ledger: PathBuf,

    /// The commitment
    pub(crate) commitment: Slug,

    #[command(flatten)]
    pub(crate) day: DayArgs,

    #[command(flatten)]
    pub(crate) evidence: EvidenceArgs,

    #[command(flatten)]
    pub(crate) replace: ReplaceArgs,

    #[command(flatten)]
    pub(crate) record: RecordArgs,
}

/// Record that a deadline was set or moved.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  servanda reschedule promises.jsonl us/abe-visit 2013-03-31 \\
    --on 2013-02-20 --by desk")]
pub(crate) struct RescheduleArgs {
    /// The ledger: a SQLite file, or a file of JSON Lines
    pub(crate) ledger: PathBuf,

    /// The commitment
    pub(crate) commitment: Slug,

    /// The new deadline: a day, a month or a year
    pub(crate) deadline: Deadline,

    #[command(flatten)]
    pub(crate) day: DayArgs,

    #[command(flatten)]
    pub(crate) evidence: EvidenceArgs,

    #[command(flatten)]
    pub(crate) replace: ReplaceArgs,

    #[command(flatten)]
    pub(crate) record: RecordArgs,
}

/// Put a title, topics or the wording of a note better; nothing of substance changes.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("change").args(["title", "topics", "no_topics", "note"]).required(true).multiple(true),
    after_help = "\
Examples:
  servanda amend promises.jsonl us/abe-visit --title 'A visit' --by desk
  servanda amend promises.jsonl us/abe-visit --topic visits --topic us --by desk
  servanda amend promises.jsonl us/abe-visit --entry 3f9a0c --by desk \\
    --note 'He arrived on the 21st.'")]
pub(crate) struct AmendArgs {
    /// The ledger: a SQLite file, or a file of JSON Lines
    pub(crate) ledger: PathBuf,

    /// The commitment
    pub(crate) commitment: Slug,

    /// A better title
    #[arg(long, value_name = "TEXT")]
    pub(crate) title: Option<Title>,

    /// A topic, as often as needed, in place of all it had
    #[arg(long = "topic", value_name = "TOPIC")]
    pub(crate) topics: Vec<Slug>,

    /// No topics, in place of all it had
    #[arg(long, conflicts_with = "topics")]
    pub(crate) no_topics: bool,

    /// The entry whose note is worded anew: its id, or how its id begins
    #[arg(long, value_name = "ENTRY", requires = "note")]
    pub(crate) entry: Option<EntryRef>,

    /// The new wording
    #[arg(long, value_name = "TEXT", requires = "entry")]
    pub(crate) note: Option<Note>,

    #[command(flatten)]
    pub(crate) replace: ReplaceArgs,

    #[command(flatten)]
    pub(crate) record: RecordArgs,
}

/// Record that two commitments have to do with one another.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  servanda link promises.jsonl jp/tpp successor jp/cptpp --by desk")]
pub(crate) struct LinkArgs {
    /// The ledger: a SQLite file, or a file of JSON Lines
    pub(crate) ledger: PathBuf,

    /// The commitment
    pub(crate) commitment: Slug,

    /// What the other one is to it
    #[arg(value_parser = words::<Relation>(Relation::ALL.map(Relation::as_str)))]
    pub(crate) relation: Relation,

    /// The other commitment
    pub(crate) other: Slug,

    /// Since when, if there is a day, a month or a year for it
    #[arg(long, value_name = "DAY")]
    pub(crate) on: Option<Date>,

    /// The entry of the same day that it comes after: its id, or how its id begins
    #[arg(long, value_name = "ENTRY", requires = "on")]
    pub(crate) after: Option<EntryRef>,

    #[command(flatten)]
    pub(crate) evidence: EvidenceArgs,

    #[command(flatten)]
    pub(crate) replace: ReplaceArgs,

    #[command(flatten)]
    pub(crate) record: RecordArgs,
}

/// Retract entries that were mistakes. Nothing is deleted: from now on they are left out.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  servanda retract promises.jsonl 3f9a0c --reason 'Another visit' --by desk

Several entries are retracted together or not at all. An entry on which later \
ones rest goes together with them. To put another one in its place, record that \
one with --instead-of.")]
pub(crate) struct RetractArgs {
    /// The ledger: a SQLite file, or a file of JSON Lines
    pub(crate) ledger: PathBuf,

    /// The entries: their ids, or how they begin
    #[arg(required = true, value_name = "ENTRY")]
    pub(crate) entries: Vec<EntryRef>,

    /// Why
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: Note,

    #[command(flatten)]
    pub(crate) record: RecordArgs,
}

/// Define a party, a procedure or a calendar of your own.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("what").args(["party", "procedure", "calendar"]).required(true), after_help = "\
Examples:
  servanda define promises.jsonl --party jp --name en=Japan --name ja=日本 \\
    --identifier iso-3166-1=JP --by desk
  servanda define promises.jsonl --procedure my-procedure.toml --by desk
  servanda define promises.jsonl --calendar my-calendar.toml --by desk

Of a party and of a calendar the latest definition applies. A changed procedure \
needs a new version; `servanda procedures --check` says whether it is fit for use.")]
pub(crate) struct DefineArgs {
    /// The ledger: a SQLite file, or a file of JSON Lines
    pub(crate) ledger: PathBuf,

    /// The id of a party
    #[arg(long, value_name = "ID", requires = "names")]
    pub(crate) party: Option<Slug>,

    /// A name of the party, as often as needed
    #[arg(long = "name", value_name = "LANGUAGE=NAME", value_parser = name, requires = "party")]
    pub(crate) names: Vec<(Language, Title)>,

    /// What others call the party, as often as needed
    #[arg(long = "identifier", value_name = "SCHEME=VALUE", value_parser = identifier, requires = "party")]
    pub(crate) identifiers: Vec<(Slug, Title)>,

    /// A procedure, in a TOML file
    #[arg(long, value_name = "FILE")]
    pub(crate) procedure: Option<PathBuf>,

    /// A calendar, in a TOML file
    #[arg(long, value_name = "FILE")]
    pub(crate) calendar: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) replace: ReplaceArgs,

    #[command(flatten)]
    pub(crate) record: RecordArgs,
}
