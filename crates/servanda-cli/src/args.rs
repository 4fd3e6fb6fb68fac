//! What can be asked and written down, and how.

mod entry_into_force;
mod queries;
mod values;
mod write;

pub(crate) use entry_into_force::EntryIntoForceArgs;
pub(crate) use queries::{AgendaArgs, ChangesArgs, PartsArgs, QueryCommand, StaleArgs};
pub(crate) use values::EntryRef;
pub(crate) use write::{
    AdvanceArgs, AmendArgs, AttestArgs, CiteArgs, DayArgs, DefineArgs, DepositArgs, EvidenceArgs, InitArgs, LinkArgs,
    RecordArgs, RegisterArgs, RemarkArgs, ReplaceArgs, RescheduleArgs, RetractArgs, WriteCommand,
};

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand, ValueEnum};
use servanda::{Day, Filter, Moment, Obligation, Phase, Slug, Verdict};

const EXIT_CODES: &str = "\
Exit codes: 0 done, 1 refused or found wrong, 2 wrong usage, 130 interrupted.

With --format json what goes wrong is a JSON object too, with a code, its details and a text.

Colours, a pager and a progress bar appear only on a terminal: no colours if NO_COLOR is set, and \
none of them if TERM is dumb. The pager is $SERVANDA_PAGER, else $PAGER, else `less`.";

/// Where commitments stood, on any day, with the evidence.
#[derive(Debug, Parser)]
#[command(name = "servanda", bin_name = "servanda", version, after_help = EXIT_CODES)]
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
    #[command(flatten)]
    Write(WriteCommand),
    Completions(CompletionsArgs),
    Man(ManArgs),
}

/// The day and the moment of a view, and how to show it.
#[derive(Debug, clap::Args)]
pub(crate) struct ViewArgs {
    /// What was the case at the end of this day, such as 2014-04-01 [default: today, in UTC]
    #[arg(long, value_name = "DAY")]
    pub(crate) on: Option<Day>,

    /// Only what had been written down by this moment, such as 2014-04-01T12:00:00Z, or by the end of this day, in UTC
    #[arg(long, value_name = "MOMENT", value_parser = moment)]
    pub(crate) known_at: Option<Moment>,

    /// For people, or for programs: one JSON document
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub(crate) format: Format,

    #[command(flatten)]
    pub(crate) show: ShowArgs,
}

/// How an answer is shown that can be long.
#[derive(Debug, clap::Args)]
pub(crate) struct ShowArgs {
    /// Use no pager, even for what is longer than the screen
    #[arg(long)]
    pub(crate) no_pager: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Table,
    Json,
}

/// Where each commitment stood.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  servanda status examples/alliance.jsonl --on 2014-04-01
  servanda status examples/alliance.jsonl --on 2018-09-15 --phase stalled
  servanda status examples/alliance.jsonl --known-at 2013-05-01 --format json")]
pub(crate) struct StatusArgs {
    /// The ledger: a SQLite file, or a file of JSON Lines
    pub(crate) ledger: PathBuf,

    /// Only these commitments
    #[arg(value_name = "COMMITMENT")]
    pub(crate) commitments: Vec<Slug>,

    #[command(flatten)]
    pub(crate) view: ViewArgs,

    #[command(flatten)]
    pub(crate) filter: FilterArgs,
}

/// Which commitments to show: those that have all of these.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Only commitments")]
pub(crate) struct FilterArgs {
    /// By or to this party
    #[arg(long, value_name = "PARTY")]
    party: Option<Slug>,

    /// Through this procedure
    #[arg(long, value_name = "PROCEDURE")]
    procedure: Option<Slug>,

    /// In this phase
    #[arg(long, value_name = "PHASE", value_parser = words::<Phase>(Phase::ALL.map(Phase::as_str)))]
    phase: Option<Phase>,

    /// With this verdict
    #[arg(long, value_name = "VERDICT", value_parser = words::<Verdict>(Verdict::ALL.map(Verdict::as_str)))]
    verdict: Option<Verdict>,

    /// Of this legal weight
    #[arg(long, value_name = "OBLIGATION", value_parser = words::<Obligation>(Obligation::ALL.map(Obligation::as_str)))]
    obligation: Option<Obligation>,

    /// Under this topic
    #[arg(long, value_name = "TOPIC")]
    topic: Option<Slug>,

    /// That are a piece of this one
    #[arg(long, value_name = "COMMITMENT")]
    part_of: Option<Slug>,
}

impl From<FilterArgs> for Filter {
    fn from(args: FilterArgs) -> Self {
        let FilterArgs { party, procedure, phase, verdict, obligation, topic, part_of } = args;
        Self { party, procedure, phase, verdict, obligation, topic, part_of }
    }
}

/// What happened to one commitment, step by step, with the evidence and the legal basis of each step.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  servanda history examples/alliance.jsonl jp/hague-convention --on 2013-06-01")]
pub(crate) struct HistoryArgs {
    /// The ledger: a SQLite file, or a file of JSON Lines
    pub(crate) ledger: PathBuf,

    /// The commitment
    pub(crate) commitment: Slug,

    #[command(flatten)]
    pub(crate) view: ViewArgs,
}

/// What can happen next to one commitment: the steps that can be taken, what each needs, and the clocks that run.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  servanda next examples/alliance.jsonl jp/hague-convention --on 2013-05-01
  servanda next examples/alliance.jsonl jp/tpp --to in-force

With --to, exits with 1 if the step would be refused as it stands, without sources.")]
pub(crate) struct NextArgs {
    /// The ledger: a SQLite file, or a file of JSON Lines
    pub(crate) ledger: PathBuf,

    /// The commitment
    pub(crate) commitment: Slug,

    /// Whether the step to this status could be taken on the day, and if not, why not
    #[arg(long, value_name = "STATUS")]
    pub(crate) to: Option<Slug>,

    #[command(flatten)]
    pub(crate) view: ViewArgs,
}

/// Check every line of a ledger, and print how many entries it holds and their digest.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  servanda verify examples/alliance.jsonl

Exits with 1 if a line is damaged, or anything else of a SQLite file. Conflicts are entries that are well-formed and do not fit with the others, as a merge can \
bring them; they are listed, and the ledger is sound all the same.")]
pub(crate) struct VerifyArgs {
    /// The ledger: a SQLite file, or a file of JSON Lines
    pub(crate) ledger: PathBuf,

    /// For people, or for programs: one JSON document
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub(crate) format: Format,

    #[command(flatten)]
    pub(crate) show: ShowArgs,
}

/// Write what several ledgers hold into a new one.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  servanda merge phone.jsonl laptop.jsonl -o both.jsonl

The new ledger holds every entry once, in the order in which they were recorded; it is a file of JSON Lines if its name ends in .jsonl, and else a \
SQLite file. Entries that do not fit together are kept, \
counted, and listed by `servanda verify`.")]
pub(crate) struct MergeArgs {
    /// The ledgers: SQLite files, or files of JSON Lines
    #[arg(required = true, value_name = "LEDGER")]
    pub(crate) ledgers: Vec<PathBuf>,

    /// Where to write the new ledger; there must be nothing there yet
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: PathBuf,

    /// For people, or for programs: one JSON document
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub(crate) format: Format,
}

/// Copy what one ledger holds into another, of the same or another kind.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  servanda copy promises.jsonl promises.db
  servanda copy phone.db desk.db

The other ledger is created if there is none: a file of JSON Lines if its name ends in .jsonl, and else a SQLite file. If there is one, it \
takes in what it lacks, all of it or nothing.")]
pub(crate) struct CopyArgs {
    /// The ledger to read: a SQLite file, or a file of JSON Lines
    #[arg(value_name = "FROM")]
    pub(crate) from: PathBuf,

    /// The ledger to write to
    #[arg(value_name = "TO")]
    pub(crate) to: PathBuf,

    /// For people, or for programs: one JSON document
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub(crate) format: Format,
}

/// The built-in procedures; one of them in full; or whether one of your own is fit for use.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  servanda procedures
  servanda procedures diet-treaty-approval
  servanda procedures action --format mermaid
  servanda procedures --check my-procedure.toml
  servanda procedures --check my-procedure.toml --format mermaid

With --check, exits with 1 if anything is wrong.")]
pub(crate) struct ProceduresArgs {
    /// The procedure to show in full
    #[arg(value_name = "ID")]
    pub(crate) procedure: Option<Slug>,

    /// As text, as JSON, or as a Mermaid state diagram
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: ProcedureFormat,

    /// Check a procedure in a TOML file instead
    #[arg(long, value_name = "FILE", conflicts_with = "procedure")]
    pub(crate) check: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) show: ShowArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ProcedureFormat {
    Text,
    Json,
    Mermaid,
}

/// Print what makes a shell complete the words of this command.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  servanda completions bash > /etc/bash_completion.d/servanda
  servanda completions fish > ~/.config/fish/completions/servanda.fish")]
pub(crate) struct CompletionsArgs {
    /// The shell
    pub(crate) shell: clap_complete::Shell,
}

/// Print the manual page of this command, or of one of its commands.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  servanda man > servanda.1
  servanda man advance > servanda-advance.1")]
pub(crate) struct ManArgs {
    /// The command, such as advance
    pub(crate) command: Option<String>,
}

/// One word of a fixed vocabulary, so that help lists it.
fn words<W>(words: impl Into<PossibleValuesParser>) -> impl TypedValueParser<Value = W>
where
    W: std::str::FromStr<Err: std::error::Error + Send + Sync + 'static> + Clone + Send + Sync + 'static,
{
    words.into().try_map(|word| word.parse::<W>())
}

/// A moment, which people may write without fractions of a second, or a day, which stands for its end.
fn moment(text: &str) -> servanda::Result<Moment> {
    const SHAPE: &str = "0000-00-00T00:00:00.000000Z";
    if text.len() == "0000-00-00".len() {
        let day: Day = text.parse()?;
        return Ok(format!("{day}T23:59:59.999999Z").parse()?);
    }
    let padded = match text.strip_suffix('Z') {
        Some(start) if start.len() == "0000-00-00T00:00:00".len() => format!("{start}.000000Z"),
        Some(start) if start.len() > "0000-00-00T00:00:00.".len() && start.is_ascii() => {
            format!("{start:0<width$}Z", width = SHAPE.len() - 1)
        }
        _ => text.to_owned(),
    };
    // What is refused is named as it was given.
    padded.parse().or_else(|_| text.parse()).map_err(servanda::Error::from)
}
