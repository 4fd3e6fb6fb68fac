//! Which commitments a question is about.

use std::collections::BTreeSet;

use super::view::amendments;
use crate::entry::Obligation;
use crate::procedure::Phase;
use crate::replay::Verdict;
use crate::value::{Slug, nearest};
use crate::view::{Standing, Summary, View};

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
        let Standing { by, obligation, part_of, phase, procedure, to, topics, verdict, .. } = standing;
        self.allow(&Traits { by, obligation: *obligation, part_of, phase, procedure, to, topics, verdict })
    }

    pub(super) fn allows_summary(&self, summary: &Summary) -> bool {
        let Summary { by, obligation, part_of, phase, procedure, to, topics, verdict, .. } = summary;
        self.allow(&Traits { by, obligation: *obligation, part_of, phase, procedure, to, topics, verdict })
    }

    fn allow(&self, has: &Traits<'_>) -> bool {
        fn is<T: PartialEq>(wanted: Option<&T>, has: Option<&T>) -> bool {
            wanted.is_none_or(|wanted| has == Some(wanted))
        }
        self.party.as_ref().is_none_or(|party| has.by.contains(party) || has.to.contains(party))
            && is(self.procedure.as_ref(), Some(has.procedure))
            && is(self.phase.as_ref(), has.phase.as_ref())
            && is(self.verdict.as_ref(), has.verdict.as_ref())
            && is(self.obligation.as_ref(), Some(&has.obligation))
            && self.topic.as_ref().is_none_or(|topic| has.topics.contains(topic))
            && is(self.part_of.as_ref(), has.part_of.as_ref())
    }
}

/// What of a standing a filter looks at.
struct Traits<'a> {
    by: &'a [Slug],
    obligation: Obligation,
    part_of: &'a Option<Slug>,
    phase: &'a Option<Phase>,
    procedure: &'a Slug,
    to: &'a [Slug],
    topics: &'a [Slug],
    verdict: &'a Option<Verdict>,
}

/// A value of a filter that no commitment has, whatever else is asked for: it may be misspelt.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unmatched {
    /// What of the filter it is: `party`, `procedure`, `topic` or `part_of`.
    pub member: &'static str,
    /// The value.
    pub value: Slug,
    /// What some commitment has in its place that is spelt most like it, if anything is.
    pub nearest: Option<Slug>,
}

impl View<'_> {
    /// The values of a filter that no commitment of the view has: of its party, procedure, topic and whole. They explain an answer in
    /// which there is nothing.
    ///
    /// ```
    /// use servanda_core::{Commitment, Day, Filter, Ledger, Obligation, Source, Words, builtin};
    ///
    /// let visit = Commitment::builder("us/visit", "A visit")
    ///     .procedure(builtin::action())
    ///     .by("us")
    ///     .made("2013-01-18")
    ///     .obligation(Obligation::Result)
    ///     .words("will", ("Remarks", "https://example.org/remarks"))
    ///     .topic("security")
    ///     .build()?;
    /// let mut ledger = Ledger::new();
    /// ledger.append(visit, &"desk".parse()?, "2013-01-19T09:00:00.000000Z".parse()?)?;
    ///
    /// let filter = Filter { party: Some("us".parse()?), topic: Some("securty".parse()?), ..Filter::default() };
    /// let unmatched = ledger.view_on("2013-02-01")?.unmatched(&filter);
    /// assert_eq!((unmatched.len(), unmatched[0].member), (1, "topic"));
    /// assert_eq!(unmatched[0].nearest, Some("security".parse()?));
    /// # Ok::<(), servanda_core::Error>(())
    /// ```
    #[must_use]
    pub fn unmatched(&self, filter: &Filter) -> Vec<Unmatched> {
        let Filter { party, procedure, topic, part_of, phase: _, verdict: _, obligation: _ } = filter;
        let asked = [("party", party), ("procedure", procedure), ("topic", topic), ("part_of", part_of)];
        if asked.iter().all(|(_, value)| value.is_none()) {
            return Vec::new();
        }
        let mut known: [BTreeSet<Slug>; 4] = Default::default();
        let definitions = self.known.definitions();
        for id in self.known.ledger.commitments() {
            let Ok(folded) = self.known.fold(&definitions, id.as_str()) else { continue };
            let Some(commitment) = folded.registration() else { continue };
            let [parties, procedures, topics, wholes] = &mut known;
            parties.extend(commitment.by.into_iter().chain(commitment.to));
            procedures.insert(commitment.procedure.id);
            topics.extend(amendments(&folded).1.unwrap_or(commitment.topics));
            wholes.extend(commitment.part_of);
        }
        let unmatched = asked.into_iter().zip(&known).filter_map(|((member, value), known)| {
            let value = value.clone().filter(|value| !known.contains(value))?;
            let nearest = nearest(value.as_str(), known);
            Some(Unmatched { member, value, nearest })
        });
        unmatched.collect()
    }
}
