//! The arguments of `servanda measure`.

use servanda::value::Decimal;

use super::fact::{AboutArgs, DayArgs, FactArgs};

/// Record a measurement of progress towards the target of a commitment.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  servanda measure promises.jsonl xx/homes 455 --on 2014-06-30 \\
    --source https://example.org/statistics --by desk

The value is in the unit of the target, which `servanda register --target` sets. The verdict does not \
depend on measurements.")]
pub(crate) struct MeasureArgs {
    #[command(flatten)]
    pub(crate) about: AboutArgs,

    /// The value, such as 455 or 45.5
    pub(crate) value: Decimal,

    #[command(flatten)]
    pub(crate) day: DayArgs,

    #[command(flatten)]
    pub(crate) fact: FactArgs,
}
