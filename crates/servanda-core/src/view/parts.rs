//! Answers the question "What is the state of its parts?".

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::Result;
use crate::procedure::Phase;
use crate::replay::{Folded, Timeliness, Verdict};
use crate::value::{Date, Day, Moment, Slug, Title};
use crate::view::{Filter, Standing, View};

/// Counts of the phases and verdicts of a commitment's parts, and of their parts.
///
/// The parts have no common verdict. Fields are in alphabetical order, as in JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Parts {
    /// The day by which an entry must have been published to count. JSON leaves it out if every
    /// known entry counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_published: Option<Day>,
    /// The commitment.
    pub commitment: Slug,
    /// The number of parts that are counted.
    pub count: u32,
    /// The moment of the view; `None` if every entry on the ledger counts.
    pub known_at: Option<Moment>,
    /// The day of the view.
    pub on: Day,
    /// The parts that are counted. Each part comes before its own parts; the parts of one
    /// commitment are sorted by id.
    pub parts: Vec<Part>,
    /// The number of parts in each phase.
    pub phases: PhaseCounts,
    /// The number of parts whose status is presumed.
    pub presumed: u32,
    /// The number of parts with each timeliness.
    pub timeliness: TimelinessCounts,
    /// The title of the commitment: what it is about.
    pub title: Title,
    /// The number of parts with each verdict.
    pub verdicts: VerdictCounts,
}

/// One part of a commitment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Part {
    /// The id of the part.
    pub commitment: Slug,
    /// The depth of the part: 1 for a part of the commitment itself, 2 for a part of such a part.
    pub depth: u32,
    /// The phase; `None` if it is unknown.
    pub phase: Option<Phase>,
    /// Whether the status is presumed: inferred from the absence of an entry, and not confirmed.
    pub presumed: bool,
    /// Why the phase or the verdict is `None`, if one of them is.
    pub reason: Option<String>,
    /// How the verdict relates to the deadline, if there is one.
    pub timeliness: Option<Timeliness>,
    /// The title of the part: what it is about.
    pub title: Title,
    /// The verdict; `None` before the commitment was made, or if the status is unknown.
    pub verdict: Option<Verdict>,
}

/// The number of parts in each phase.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct PhaseCounts {
    /// Parts in the phase `achieved`.
    pub achieved: u32,
    /// Parts in the phase `active`.
    pub active: u32,
    /// Parts in the phase `failed`.
    pub failed: u32,
    /// Parts that have no status yet, because their history opens later.
    pub not_yet: u32,
    /// Parts in the phase `planned`.
    pub planned: u32,
    /// Parts in the phase `stalled`.
    pub stalled: u32,
    /// Parts in the phase `superseded`.
    pub superseded: u32,
    /// Parts whose phase is unknown.
    pub unknown: u32,
}

impl PhaseCounts {
    fn place(&mut self, phase: Phase) -> &mut u32 {
        match phase {
            Phase::Planned => &mut self.planned,
            Phase::Active => &mut self.active,
            Phase::Stalled => &mut self.stalled,
            Phase::Achieved => &mut self.achieved,
            Phase::Failed => &mut self.failed,
            Phase::Superseded => &mut self.superseded,
        }
    }
}

/// The number of parts with each verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct VerdictCounts {
    /// Parts with the verdict `broken`.
    pub broken: u32,
    /// Parts with the verdict `holding`.
    pub holding: u32,
    /// Parts with the verdict `in-progress`.
    pub in_progress: u32,
    /// Parts with the verdict `kept`.
    pub kept: u32,
    /// Matters without a promise, which have no verdict.
    pub none: u32,
    /// Parts that have no verdict yet, because the commitment is made later or its history opens
    /// later.
    pub not_yet: u32,
    /// Parts with the verdict `partly-kept`.
    pub partly_kept: u32,
    /// Parts with the verdict `pending`.
    pub pending: u32,
    /// Parts with the verdict `released`.
    pub released: u32,
    /// Parts with the verdict `stalled`.
    pub stalled: u32,
    /// Parts with the verdict `unfulfilled`.
    pub unfulfilled: u32,
    /// Parts whose verdict is unknown.
    pub unknown: u32,
    /// Parts with the verdict `unrated`.
    pub unrated: u32,
}

impl VerdictCounts {
    fn place(&mut self, verdict: Verdict) -> &mut u32 {
        match verdict {
            Verdict::Unrated => &mut self.unrated,
            Verdict::Pending => &mut self.pending,
            Verdict::InProgress => &mut self.in_progress,
            Verdict::Stalled => &mut self.stalled,
            Verdict::Kept => &mut self.kept,
            Verdict::PartlyKept => &mut self.partly_kept,
            Verdict::Broken => &mut self.broken,
            Verdict::Unfulfilled => &mut self.unfulfilled,
            Verdict::Released => &mut self.released,
            Verdict::Holding => &mut self.holding,
        }
    }
}

/// The number of parts with each timeliness. Parts without a deadline are not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct TimelinessCounts {
    /// Parts that were kept late.
    pub late: u32,
    /// Parts that are on time.
    pub on_time: u32,
    /// Parts that are overdue.
    pub overdue: u32,
    /// Parts for which imprecise dates leave it open.
    pub unknown: u32,
}

impl TimelinessCounts {
    fn place(&mut self, timeliness: Timeliness) -> &mut u32 {
        match timeliness {
            Timeliness::OnTime => &mut self.on_time,
            Timeliness::Late => &mut self.late,
            Timeliness::Overdue => &mut self.overdue,
            Timeliness::Unknown => &mut self.unknown,
        }
    }
}

impl View<'_> {
    /// Counts the phases and verdicts of the parts of a commitment, and of their parts.
    ///
    /// Only parts that the filter allows are counted.
    ///
    /// The commitment itself is not counted. Each part is counted once, even if a merge made
    /// commitments parts of one another. If the filter leaves out a part, the parts of that part
    /// can still be counted.
    ///
    /// # Errors
    ///
    /// `unknown-commitment` if the view has no registration of this commitment.
    ///
    /// ```
    /// use servanda_core::builtin;
    /// use servanda_core::{Commitment, Filter, Ledger, Obligation, PhaseCounts};
    ///
    /// let given = |id: &str| {
    ///     Commitment::builder(id, "Realignment")
    ///         .procedure(builtin::base_realignment())
    ///         .by("us")
    ///         .made("2013-01-18")
    ///         .obligation(Obligation::Conduct)
    ///         .words("will work toward", ("Remarks", "https://example.org/remarks"))
    /// };
    /// let mut ledger = Ledger::new();
    /// let (desk, now) = ("desk".parse()?, "2013-01-19T09:00:00.000000Z".parse()?);
    /// ledger.append(given("us/realignment"), &desk, now)?;
    /// ledger.append(given("us/futenma").part_of("us/realignment"), &desk, now)?;
    /// ledger.append(given("us/henoko").part_of("us/futenma"), &desk, now)?;
    ///
    /// let parts = ledger.view_on("2013-01-18")?.parts("us/realignment", &Filter::default())?;
    /// assert_eq!((parts.count, parts.phases), (2, PhaseCounts { planned: 2, ..PhaseCounts::default() }));
    /// # Ok::<(), servanda_core::Error>(())
    /// ```
    pub fn parts(&self, commitment: impl AsRef<str>, filter: &Filter) -> Result<Parts> {
        let commitment = commitment.as_ref();
        let definitions = self.known.definitions();
        let Ok(whole) = self.known.fold(&definitions, commitment) else {
            return Err(self.unknown_commitment(commitment));
        };
        let commitments = self.known.ledger.commitments();
        let folded: Vec<Folded<'_>> =
            commitments.filter_map(|id| self.known.fold(&definitions, id.as_str()).ok()).collect();
        let mut parts_of: BTreeMap<&str, Vec<&Folded<'_>>> = BTreeMap::new();
        for part in &folded {
            if let Some(whole) = &part.terms.part_of {
                parts_of.entry(whole.as_str()).or_default().push(part);
            }
        }
        let unknown = || self.unknown_commitment(commitment);
        let mut parts = self.no_parts(&whole).ok_or_else(unknown)?;
        let mut seen = BTreeSet::from([whole.commitment]);
        // Parts are popped from the end of the stack, so they are pushed in reverse order.
        let mut stack: Vec<(u32, &Folded<'_>)> = Vec::new();
        let (mut depth, mut here) = (0, whole.commitment);
        loop {
            let below = parts_of.get(here).into_iter().flatten().rev();
            stack.extend(below.map(|part| (depth + 1, *part)));
            let next = loop {
                match stack.pop() {
                    Some((_, part)) if !seen.insert(part.commitment) => {}
                    next => break next,
                }
            };
            let Some((deeper, part)) = next else { return Ok(parts) };
            if let Some(standing) = self.summarise(part).filter(|standing| filter.allows(standing)) {
                parts.take(part, standing, deeper);
            }
            (depth, here) = (deeper, part.commitment);
        }
    }

    fn no_parts(&self, whole: &Folded<'_>) -> Option<Parts> {
        let Standing { as_published, commitment, known_at, on, title, .. } = self.summarise(whole)?;
        Some(Parts {
            as_published,
            commitment,
            count: 0,
            known_at,
            on,
            parts: Vec::new(),
            phases: PhaseCounts::default(),
            presumed: 0,
            timeliness: TimelinessCounts::default(),
            title,
            verdicts: VerdictCounts::default(),
        })
    }
}

/// Commitments counted by phase, verdict and timeliness.
#[derive(Default)]
pub(super) struct Counts {
    pub(super) count: u32,
    pub(super) phases: PhaseCounts,
    pub(super) presumed: u32,
    pub(super) timeliness: TimelinessCounts,
    pub(super) verdicts: VerdictCounts,
}

impl Counts {
    pub(super) fn take(&mut self, folded: &Folded<'_>, standing: &Standing) {
        self.count += 1;
        self.presumed += u32::from(standing.presumed);
        let opens = folded.terms.opening.as_ref().map_or(standing.made, |opening| opening.on);
        let is_later = |date: Date| standing.on < date.first_day();
        *match standing.phase {
            Some(phase) => self.phases.place(phase),
            None if is_later(opens) => &mut self.phases.not_yet,
            None => &mut self.phases.unknown,
        } += 1;
        *match standing.verdict {
            Some(verdict) => self.verdicts.place(verdict),
            None if standing.obligation.is_none() => &mut self.verdicts.none,
            None if is_later(opens) || is_later(standing.made) => &mut self.verdicts.not_yet,
            None => &mut self.verdicts.unknown,
        } += 1;
        if let Some(timeliness) = standing.timeliness {
            *self.timeliness.place(timeliness) += 1;
        }
    }
}

impl Parts {
    fn take(&mut self, folded: &Folded<'_>, standing: Standing, depth: u32) {
        let Self { count, phases, presumed, timeliness, verdicts, .. } = *self;
        let mut counts = Counts { count, phases, presumed, timeliness, verdicts };
        counts.take(folded, &standing);
        let Counts { count, phases, presumed, timeliness, verdicts } = counts;
        (self.count, self.phases, self.presumed) = (count, phases, presumed);
        (self.timeliness, self.verdicts) = (timeliness, verdicts);
        self.parts.push(Part {
            commitment: standing.commitment,
            depth,
            phase: standing.phase,
            presumed: standing.presumed,
            reason: standing.reason,
            timeliness: standing.timeliness,
            title: standing.title,
            verdict: standing.verdict,
        });
    }
}
