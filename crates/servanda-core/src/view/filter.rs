//! Filters: which commitments an answer contains.

use std::collections::BTreeSet;

use crate::entry::Obligation;
use crate::procedure::Phase;
use crate::replay::{Timeliness, Verdict};
use crate::value::{Slug, nearest};
use crate::view::{Standing, Summary, View};

/// Selects standings: a standing has to match every field that is `Some`.
///
/// ```
/// use servanda_core::{Filter, Phase};
///
/// let stalled_in_japan = Filter::default().party("jp".parse()?).phase(Phase::Stalled);
/// # Ok::<(), servanda_core::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Filter {
    /// The party that commits, or to whom the commitment is made.
    pub party: Option<Slug>,
    /// The procedure.
    pub procedure: Option<Slug>,
    /// The phase.
    pub phase: Option<Phase>,
    /// The verdict.
    pub verdict: Option<Verdict>,
    /// How the verdict relates to the deadline.
    pub timeliness: Option<Timeliness>,
    /// The legal weight.
    pub obligation: Option<Obligation>,
    /// A topic of the commitment.
    pub topic: Option<Slug>,
    /// The larger commitment that it is part of.
    pub part_of: Option<Slug>,
    /// The body that is responsible on the day of the view.
    pub body: Option<Slug>,
    /// Groups of filters. A standing has to match at least one filter of each group.
    pub(crate) one_of: Vec<Vec<Filter>>,
}

impl Filter {
    /// Returns the same filter for the commitments by or to a party.
    #[must_use]
    pub fn party(mut self, party: Slug) -> Self {
        self.party = Some(party);
        self
    }

    /// Returns the same filter for a procedure.
    #[must_use]
    pub fn procedure(mut self, procedure: Slug) -> Self {
        self.procedure = Some(procedure);
        self
    }

    /// Returns the same filter for a phase.
    #[must_use]
    pub fn phase(mut self, phase: Phase) -> Self {
        self.phase = Some(phase);
        self
    }

    /// Returns the same filter for a verdict.
    #[must_use]
    pub fn verdict(mut self, verdict: Verdict) -> Self {
        self.verdict = Some(verdict);
        self
    }

    /// Returns the same filter for a timeliness, such as all overdue commitments.
    #[must_use]
    pub fn timeliness(mut self, timeliness: Timeliness) -> Self {
        self.timeliness = Some(timeliness);
        self
    }

    /// Returns the same filter for a legal weight.
    #[must_use]
    pub fn obligation(mut self, obligation: Obligation) -> Self {
        self.obligation = Some(obligation);
        self
    }

    /// Returns the same filter for a topic.
    #[must_use]
    pub fn topic(mut self, topic: Slug) -> Self {
        self.topic = Some(topic);
        self
    }

    /// Returns the same filter for the parts of a larger commitment.
    #[must_use]
    pub fn part_of(mut self, part_of: Slug) -> Self {
        self.part_of = Some(part_of);
        self
    }

    /// Returns the same filter for the commitments for which a body is responsible.
    #[must_use]
    pub fn body(mut self, body: Slug) -> Self {
        self.body = Some(body);
        self
    }

    /// Returns the same filter for the commitments that also match one of these filters.
    ///
    /// ```
    /// use servanda_core::{Filter, Phase};
    ///
    /// let open = [Phase::Active, Phase::Stalled].map(|phase| Filter::default().phase(phase));
    /// let open_in_japan = Filter::default().party("jp".parse()?).and_one_of(open);
    /// # Ok::<(), servanda_core::Error>(())
    /// ```
    #[must_use]
    pub fn and_one_of(mut self, filters: impl IntoIterator<Item = Filter>) -> Self {
        self.one_of.push(filters.into_iter().collect());
        self
    }

    /// Whether a standing matches every field that is `Some`, and one filter of each group.
    #[must_use]
    pub fn allows(&self, standing: &Standing) -> bool {
        let Standing { by, obligation, part_of, phase, procedure, timeliness, to, topics, verdict, .. } = standing;
        self.allow(&Traits {
            by,
            is_responsible: &|body| standing.responsible.iter().any(|responsible| responsible.body == *body),
            obligation: *obligation,
            timeliness,
            part_of,
            phase,
            procedure,
            to,
            topics,
            verdict,
        })
    }

    pub(super) fn allows_summary(&self, summary: &Summary) -> bool {
        let Summary { by, obligation, part_of, phase, procedure, timeliness, to, topics, verdict, .. } = summary;
        self.allow(&Traits {
            by,
            is_responsible: &|body| summary.responsible.contains(body),
            obligation: *obligation,
            timeliness,
            part_of,
            phase,
            procedure,
            to,
            topics,
            verdict,
        })
    }

    fn allow(&self, has: &Traits<'_>) -> bool {
        fn is<T: PartialEq>(wanted: Option<&T>, has: Option<&T>) -> bool {
            wanted.is_none_or(|wanted| has == Some(wanted))
        }
        self.party.as_ref().is_none_or(|party| has.by.contains(party) || has.to.contains(party))
            && is(self.procedure.as_ref(), Some(has.procedure))
            && is(self.phase.as_ref(), has.phase.as_ref())
            && is(self.verdict.as_ref(), has.verdict.as_ref())
            && is(self.timeliness.as_ref(), has.timeliness.as_ref())
            && is(self.obligation.as_ref(), has.obligation.as_ref())
            && self.topic.as_ref().is_none_or(|topic| has.topics.contains(topic))
            && is(self.part_of.as_ref(), has.part_of.as_ref())
            && self.body.as_ref().is_none_or(has.is_responsible)
            && self.one_of.iter().all(|filters| filters.iter().any(|filter| filter.allow(has)))
    }

    /// The values that may be misspelt, with their fields.
    fn named(&self) -> Vec<(&'static str, &Slug)> {
        let Self { party, procedure, topic, part_of, body, .. } = self;
        let named =
            [("party", party), ("procedure", procedure), ("topic", topic), ("part_of", part_of), ("body", body)];
        let named = named.into_iter().filter_map(|(member, value)| Some((member, value.as_ref()?)));
        named.chain(self.one_of.iter().flatten().flat_map(Self::named)).collect()
    }
}

/// The fields of a standing or a summary that a filter compares.
struct Traits<'a> {
    by: &'a [Slug],
    is_responsible: &'a dyn Fn(&Slug) -> bool,
    obligation: Option<Obligation>,
    part_of: &'a Option<Slug>,
    phase: &'a Option<Phase>,
    procedure: &'a Slug,
    timeliness: &'a Option<Timeliness>,
    to: &'a [Slug],
    topics: &'a [Slug],
    verdict: &'a Option<Verdict>,
}

/// A value of a filter that no commitment in the view has. It may be misspelt.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unmatched {
    /// The field of the filter: `party`, `procedure`, `topic`, `part_of` or `body`.
    pub member: &'static str,
    /// The value.
    pub value: Slug,
    /// The most similar value that a commitment in the view has, if there is one.
    pub nearest: Option<Slug>,
}

impl View<'_> {
    /// Returns the values of a filter that no commitment in the view has. They explain an empty
    /// answer.
    ///
    /// Only `party`, `procedure`, `topic`, `part_of` and `body` are checked.
    ///
    /// ```
    /// use servanda_core::{Commitment, Filter, Ledger, Obligation, builtin};
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
    /// let filter = Filter::default().party("us".parse()?).topic("securty".parse()?);
    /// let unmatched = ledger.view_on("2013-02-01")?.unmatched(&filter);
    /// assert_eq!((unmatched.len(), unmatched[0].member), (1, "topic"));
    /// assert_eq!(unmatched[0].nearest, Some("security".parse()?));
    /// # Ok::<(), servanda_core::Error>(())
    /// ```
    #[must_use]
    pub fn unmatched(&self, filter: &Filter) -> Vec<Unmatched> {
        let asked = filter.named();
        if asked.is_empty() {
            return Vec::new();
        }
        let mut known: [BTreeSet<Slug>; 5] = Default::default();
        let definitions = self.known.definitions();
        for id in self.known.ledger.commitments() {
            let Ok(folded) = self.known.fold(&definitions, id.as_str()) else { continue };
            let Some(commitment) = folded.registration() else { continue };
            let [parties, procedures, topics, wholes, bodies] = &mut known;
            bodies.extend(folded.assignments(&commitment.responsible).into_iter().map(|assigned| assigned.body));
            parties.extend(commitment.by.into_iter().chain(commitment.to));
            procedures.insert(folded.terms.procedure.id.clone());
            topics.extend(folded.amended().topics.unwrap_or(commitment.topics));
            wholes.extend(commitment.part_of);
        }
        let [parties, procedures, topics, wholes, bodies] = &known;
        let unmatched = asked.into_iter().filter_map(|(member, value)| {
            let known = match member {
                "party" => parties,
                "procedure" => procedures,
                "topic" => topics,
                "part_of" => wholes,
                _ => bodies,
            };
            if known.contains(value) {
                return None;
            }
            // A party that is defined is not misspelt.
            let defined = member == "party" && definitions.parties().any(|party| party.id == *value);
            let nearest = nearest(value.as_str(), known).filter(|_| !defined);
            Some(Unmatched { member, value: value.clone(), nearest })
        });
        unmatched.collect()
    }
}
