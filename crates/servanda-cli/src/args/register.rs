//! The arguments of `servanda register`.

use std::path::PathBuf;

use servanda::{
    Date, Deadline, Obligation, Slug,
    value::{Decimal, Language, Note, Title},
};

use super::sources::{OpeningSourceArgs, WordsSourceArg};
use super::values::{body, clock_started, identifier, name};
use super::vocabulary::keyword;
use super::{RecordArgs, ReplaceArgs};

/// Register a commitment: who promised what to whom, when, and which procedure it follows.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  servanda register promises.jsonl us/abe-visit --by desk \\
    --title 'A visit to Washington' --procedure action \\
    --given-by us --to jp --made 2013-01-18 --deadline 2013-02 \\
    --obligation result --words 'has invited' \\
    --source https://example.org/remarks \\
    --source-title 'Remarks after their meeting'
  servanda register promises.jsonl --file hague.toml --by desk

A file has the same keys as a commitment in JSON, and the key `id`. The value of `procedure` may be \
just an id. Rules of a treaty, such as its rule on entry into force, can only be given in a file. A \
built-in treaty (see `servanda help entry-into-force`) is given by its id, such as \
rules.entry-into-force = \"cptpp\".

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
    /// The ledger: a SQLite file or a JSON Lines file
    pub(crate) ledger: PathBuf,

    /// The id of the new commitment, such as us/abe-visit
    #[arg(required_unless_present = "file")]
    pub(crate) commitment: Option<Slug>,

    /// Read the commitment from this TOML or JSON file, instead of the options below
    #[arg(long, value_name = "FILE", conflicts_with_all = ["commitment", "title", "title_language", "titles", "identifiers", "procedure", "given_by", "to", "made",
        "obligation", "words", "source", "deadline", "part_of", "responsible", "target", "topics", "opens_at",
        "opens_on", "clocks_started", "clocks_not_started", "opening-source", "note"])]
    pub(crate) file: Option<PathBuf>,

    /// A title
    #[arg(long, value_name = "TEXT", required_unless_present = "file")]
    pub(crate) title: Option<Title>,

    /// The language of the title, such as en
    #[arg(long, value_name = "LANGUAGE")]
    pub(crate) title_language: Option<Language>,

    /// The title in another language; repeatable
    #[arg(long = "title-in", value_name = "LANGUAGE=TITLE", value_parser = name)]
    pub(crate) titles: Vec<(Language, Title)>,

    /// An identifier in another system, such as manifesto=AB_12; repeatable
    #[arg(long = "identifier", value_name = "SCHEME=VALUE", value_parser = identifier)]
    pub(crate) identifiers: Vec<(Slug, Title)>,

    /// The procedure it follows, from this ledger or built in
    #[arg(long, value_name = "PROCEDURE", required_unless_present = "file")]
    pub(crate) procedure: Option<Slug>,

    /// A party that makes the commitment; repeatable
    #[arg(long, value_name = "PARTY", required_unless_present = "file")]
    pub(crate) given_by: Vec<Slug>,

    /// A party that receives the commitment; repeatable
    #[arg(long, value_name = "PARTY")]
    pub(crate) to: Vec<Slug>,

    /// The day on which it was made, or as much of it as is known, such as 2021-06
    #[arg(long, value_name = "DATE", required_unless_present = "file")]
    pub(crate) made: Option<Date>,

    /// The legal weight of the words; a matter without a promise, such as a bill, has none
    #[arg(long, value_name = "OBLIGATION", requires = "words",
        value_parser = keyword::<Obligation>())]
    pub(crate) obligation: Option<Obligation>,

    /// The exact words; a matter without a promise has none
    #[arg(long, value_name = "TEXT", requires = "obligation", requires = "source")]
    pub(crate) words: Option<Note>,

    #[command(flatten)]
    pub(crate) words_source: WordsSourceArg,

    /// The deadline: a day, a month or a year
    #[arg(long, value_name = "DATE")]
    pub(crate) deadline: Option<Deadline>,

    /// The commitment that it is a part of
    #[arg(long, value_name = "COMMITMENT")]
    pub(crate) part_of: Option<Slug>,

    /// A body that is responsible, such as jp/foreign-ministry or jp/foreign-ministry=lead;
    /// repeatable
    #[arg(long, value_name = "BODY[=ROLE]", value_parser = body)]
    pub(crate) responsible: Vec<(Slug, Option<Slug>)>,

    /// The target, in numbers, such as 1000
    #[arg(long, value_name = "DECIMAL", requires = "target_unit")]
    pub(crate) target: Option<Decimal>,

    /// The unit of the target, such as homes
    #[arg(long, value_name = "TEXT", requires = "target")]
    pub(crate) target_unit: Option<Title>,

    /// The date by which the target should be reached, if the words name one; it sets no deadline
    #[arg(long, value_name = "DATE", requires = "target")]
    pub(crate) target_date: Option<Date>,

    /// A topic; repeatable
    #[arg(long = "topic", value_name = "TOPIC")]
    pub(crate) topics: Vec<Slug>,

    /// The first status of its history, if not the initial status of the procedure
    #[arg(long, value_name = "STATUS", requires = "opens_on")]
    pub(crate) opens_at: Option<Slug>,

    /// The date of that first status
    #[arg(long, value_name = "DAY", requires = "opens_at")]
    pub(crate) opens_on: Option<Date>,

    /// The date on which a clock started before the first status, such as thirty-days=2013-04-10;
    /// repeatable
    #[arg(long = "clock-started", value_name = "CLOCK=DATE", value_parser = clock_started, requires = "opens_at")]
    pub(crate) clocks_started: Vec<(Slug, Date)>,

    /// A clock that had not started before the first status; repeatable
    #[arg(long = "clock-not-started", value_name = "CLOCK", requires = "opens_at")]
    pub(crate) clocks_not_started: Vec<Slug>,

    #[command(flatten)]
    pub(crate) opening_sources: OpeningSourceArgs,

    /// A note on the first status
    #[arg(long, value_name = "TEXT", requires = "opens_at")]
    pub(crate) note: Option<Note>,

    #[command(flatten)]
    pub(crate) replace: ReplaceArgs,

    #[command(flatten)]
    pub(crate) record: RecordArgs,
}
