//! Which commitments a question is about.

use super::{Standing, Verdict};
use crate::model::Obligation;
use crate::procedure::Phase;
use crate::value::Slug;

/// Which standings to give: those that have everything that is set here.
///
/// ```
/// use servanda_core::{Filter, Phase};
///
/// let stalled_in_japan = Filter { party: Some("jp".parse()?), phase: Some(Phase::Stalled), ..Filter::default() };
/// # Ok::<(), servanda_core::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// By or to this party.
    pub party: Option<Slug>,
    /// Through this procedure.
    pub procedure: Option<Slug>,
    /// In this phase.
    pub phase: Option<Phase>,
    /// With this verdict.
    pub verdict: Option<Verdict>,
    /// Of this legal weight.
    pub obligation: Option<Obligation>,
    /// Under this topic.
    pub topic: Option<Slug>,
    /// A piece of this commitment.
    pub part_of: Option<Slug>,
}

impl Filter {
    /// Whether a standing has everything that is set here.
    #[must_use]
    pub fn allows(&self, standing: &Standing) -> bool {
        fn is<T: PartialEq>(wanted: Option<&T>, mut has: impl Iterator<Item = T>) -> bool {
            wanted.is_none_or(|wanted| has.any(|value| value == *wanted))
        }
        is(self.party.as_ref(), standing.by.iter().chain(&standing.to).cloned())
            && is(self.procedure.as_ref(), std::iter::once(standing.procedure.clone()))
            && is(self.phase.as_ref(), standing.phase.into_iter())
            && is(self.verdict.as_ref(), standing.verdict.into_iter())
            && is(self.obligation.as_ref(), std::iter::once(standing.obligation))
            && is(self.topic.as_ref(), standing.topics.iter().cloned())
            && is(self.part_of.as_ref(), standing.part_of.iter().cloned())
    }
}
