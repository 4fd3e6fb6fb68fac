//! Answers the question "Who is responsible, and how do their commitments stand?".

use std::collections::BTreeMap;

use serde::Serialize;

use super::parts::Counts;
use super::view::Wording;
use crate::entry::Responsible;
use crate::replay::Folded;
use crate::value::{Date, Day, EntryId, Moment, Note, Slug, Source};
use crate::view::{Filter, PhaseCounts, TimelinessCounts, VerdictCounts, View};

/// A body that is responsible for a commitment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Assigned {
    /// The body.
    pub body: Slug,
    /// The entry that assigned it, which may be the registration.
    pub entry: EntryId,
    /// The note, if there is one.
    pub note: Option<Note>,
    /// The role of the body; `None` if the entry names none.
    pub role: Option<Slug>,
    /// The first day on which it is responsible, as precisely as known.
    pub since: Date,
    /// The sources that serve as evidence.
    pub sources: Vec<Source>,
    /// The first day on which it is no longer responsible, if it is known.
    pub until: Option<Date>,
}

/// The commitments for which each body is responsible on the day of the view, counted by phase,
/// verdict and timeliness.
///
/// A commitment with several bodies counts for each of them. Fields are in alphabetical order, as
/// in JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Bodies {
    /// The day by which an entry must have been published to count. JSON leaves it out if every
    /// known entry counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_published: Option<Day>,
    /// The bodies that are responsible for a commitment, sorted by id.
    pub bodies: Vec<BodyTotals>,
    /// The number of commitments that are counted, each once.
    pub count: u32,
    /// The moment of the view; `None` if every entry on the ledger counts.
    pub known_at: Option<Moment>,
    /// The day of the view.
    pub on: Day,
    /// The number of commitments for which no body is certainly responsible.
    pub without: u32,
}

/// The commitments for which one body is responsible.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct BodyTotals {
    /// The body.
    pub body: Slug,
    /// The number of commitments.
    pub count: u32,
    /// The number of commitments in each phase.
    pub phases: PhaseCounts,
    /// The number of commitments whose status is presumed.
    pub presumed: u32,
    /// The number of commitments with each timeliness.
    pub timeliness: TimelinessCounts,
    /// The number of commitments with each verdict.
    pub verdicts: VerdictCounts,
}

impl View<'_> {
    /// Counts the commitments that the filter allows by the bodies that are responsible for them on
    /// the day of the view.
    ///
    /// A body counts if it is responsible on the day for every day that an imprecise date may be.
    ///
    /// ```
    /// use servanda_core::{Commitment, Filter, Ledger, Obligation, builtin};
    /// use servanda_core::facts::{Assign, Unassign};
    ///
    /// let road = Commitment::builder("xx/road", "A road")
    ///     .procedure(builtin::action())
    ///     .by("xx")
    ///     .made("2013-01-18")
    ///     .obligation(Obligation::Result)
    ///     .words("will build", ("Remarks", "https://example.org/remarks"))
    ///     .responsible_as("xx/public-works", "lead")
    ///     .build()?;
    /// let mut ledger = Ledger::new();
    /// let (desk, now) = ("desk".parse()?, "2014-01-19T09:00:00.000000Z".parse()?);
    /// ledger.append(road, &desk, now)?;
    /// ledger.append(Unassign::builder("xx/road", "xx/public-works").on("2014-01-01"), &desk, now)?;
    /// ledger.append(Assign::builder("xx/road", "xx/transport").on("2014-01-01"), &desk, now)?;
    ///
    /// let bodies = ledger.view_on("2013-12-31")?.bodies(&Filter::default());
    /// assert_eq!((bodies.bodies[0].body.as_str(), bodies.bodies[0].phases.planned), ("xx/public-works", 1));
    /// let transport = Filter::default().body("xx/transport".parse()?);
    /// assert!(ledger.view_on("2013-12-31")?.standings(&transport).is_empty());
    /// assert_eq!(ledger.view_on("2014-01-01")?.standings(&transport).len(), 1);
    /// # Ok::<(), servanda_core::Error>(())
    /// ```
    #[must_use]
    pub fn bodies(&self, filter: &Filter) -> Bodies {
        let definitions = self.known.definitions();
        let mut totals: BTreeMap<Slug, Counts> = BTreeMap::new();
        let (mut count, mut without) = (0, 0);
        for id in self.known.ledger.commitments() {
            let Ok(folded) = self.known.fold(&definitions, id.as_str()) else { continue };
            let Some(standing) = self.summarise(&folded).filter(|standing| filter.allows(standing)) else { continue };
            count += 1;
            let bodies = bodies_of(&standing.responsible);
            without += u32::from(bodies.is_empty());
            for body in bodies {
                totals.entry(body).or_default().take(&folded, &standing);
            }
        }
        let bodies = totals.into_iter().map(|(body, counts)| {
            let Counts { count, phases, presumed, timeliness, verdicts } = counts;
            BodyTotals { body, count, phases, presumed, timeliness, verdicts }
        });
        Bodies {
            as_published: self.known.published,
            bodies: bodies.collect(),
            count,
            known_at: self.known.at,
            on: self.on,
            without,
        }
    }

    /// The bodies that are responsible on the day, and those that may be because a date is
    /// imprecise.
    pub(super) fn responsible(
        &self,
        folded: &Folded<'_>,
        registered: &[Responsible],
        words: &Wording,
    ) -> (Vec<Assigned>, Vec<Assigned>) {
        let (mut certain, mut possible): (Vec<Assigned>, Vec<Assigned>) = (Vec::new(), Vec::new());
        for assigned in folded.assignments(registered) {
            let list = match () {
                () if assigned.is_certain(self.on) => &mut certain,
                () if assigned.is_possible(self.on) => &mut possible,
                () => continue,
            };
            let (entry, since, until) = (assigned.entry, assigned.since, assigned.until());
            let (note, sources) = match entry.id() == folded.registered.id() {
                true => (None, Vec::new()),
                false => {
                    let fact = entry.fact();
                    words.latest(entry, fact.note().cloned(), fact.sources().to_vec())
                }
            };
            // A body that is assigned again in the same role is listed once, as assigned last.
            list.retain(|other| (&other.body, &other.role) != (&assigned.body, &assigned.role));
            let (body, role) = (assigned.body, assigned.role);
            list.push(Assigned { body, entry: entry.id(), note, role, since, sources, until });
        }
        possible.retain(|may_be| !certain.iter().any(|is| (&is.body, &is.role) == (&may_be.body, &may_be.role)));
        (certain, possible)
    }
}

/// The bodies without their roles, each once and sorted.
pub(super) fn bodies_of(assigned: &[Assigned]) -> Vec<Slug> {
    let mut bodies: Vec<Slug> = assigned.iter().map(|assigned| assigned.body.clone()).collect();
    bodies.sort_unstable();
    bodies.dedup();
    bodies
}
