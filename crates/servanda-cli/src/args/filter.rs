//! The options that select and sort commitments.

use clap::ValueEnum;
use servanda::{Filter, Obligation, Phase, Slug, Verdict, answers::Timeliness};

use super::vocabulary::keyword;

/// Selects the commitments that match all of these options. An option that is given several times
/// accepts each of its values.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Filters (a commitment must match all of them; repeat one to accept several values)")]
pub(crate) struct FilterArgs {
    /// Made by or to this party
    #[arg(long, value_name = "PARTY")]
    party: Vec<Slug>,

    /// Following this procedure
    #[arg(long, value_name = "PROCEDURE")]
    procedure: Vec<Slug>,

    /// In this phase
    #[arg(long, value_name = "PHASE", value_parser = keyword::<Phase>())]
    phase: Vec<Phase>,

    /// With this verdict
    #[arg(long, value_name = "VERDICT", value_parser = keyword::<Verdict>())]
    verdict: Vec<Verdict>,

    /// With this relation to the deadline
    #[arg(long, value_name = "TIMELINESS", value_parser = keyword::<Timeliness>())]
    timeliness: Vec<Timeliness>,

    /// With this legal weight
    #[arg(long, value_name = "OBLIGATION", value_parser = keyword::<Obligation>())]
    obligation: Vec<Obligation>,

    /// With this topic
    #[arg(long, value_name = "TOPIC")]
    topic: Vec<Slug>,

    /// Part of this commitment
    #[arg(long, value_name = "COMMITMENT")]
    part_of: Vec<Slug>,

    /// For which this body is responsible on the day
    #[arg(long, value_name = "BODY")]
    body: Vec<Slug>,
}

impl From<FilterArgs> for Filter {
    fn from(args: FilterArgs) -> Self {
        let FilterArgs { party, procedure, phase, verdict, timeliness, obligation, topic, part_of, body } = args;
        let mut filter = Self::default();
        filter = one_of(filter, party, Self::party);
        filter = one_of(filter, procedure, Self::procedure);
        filter = one_of(filter, phase, Self::phase);
        filter = one_of(filter, verdict, Self::verdict);
        filter = one_of(filter, timeliness, Self::timeliness);
        filter = one_of(filter, obligation, Self::obligation);
        filter = one_of(filter, topic, Self::topic);
        filter = one_of(filter, part_of, Self::part_of);
        one_of(filter, body, Self::body)
    }
}

/// Returns the same filter for the commitments that have one of these values, if there are any.
fn one_of<T>(filter: Filter, values: Vec<T>, with: impl Fn(Filter, T) -> Filter) -> Filter {
    match values.len() {
        0 => filter,
        1 => values.into_iter().fold(filter, with),
        _ => filter.and_one_of(values.into_iter().map(|value| with(Filter::default(), value))),
    }
}

/// The order of the commitments in an answer.
#[derive(Debug, clap::Args)]
pub(crate) struct SortArgs {
    /// The order of the commitments [default: attention in a table, and otherwise id]
    #[arg(long, value_name = "KEY")]
    pub(crate) sort: Option<SortKey>,

    /// Reverse the order
    #[arg(long, requires = "sort")]
    pub(crate) reverse: bool,
}

/// The key by which commitments are sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SortKey {
    /// First what is overdue, then what is stalled, then the rest; parts under their whole
    Attention,
    /// By id
    Id,
    /// By title
    Title,
    /// By the date of the status, the latest first
    Since,
    /// By deadline, the nearest first, and those without a deadline last
    Deadline,
    /// By verdict
    Verdict,
}
