//! The answer to "how do its parts stand?".

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::Result;
use crate::procedure::Phase;
use crate::replay::{Folded, Verdict};
use crate::value::{Day, Moment, Slug, Title};
use crate::view::{Filter, Standing, View};

/// How the parts of a commitment stand, and the parts of its parts: counts, never a verdict of their own. Fields stand in
/// alphabetical order, as in JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Parts {
    /// The commitment.
    pub commitment: Slug,
    /// How many parts are counted.
    pub count: u32,
    /// The moment as of which the ledger is read; all that it holds if absent.
    pub known_at: Option<Moment>,
    /// The day asked about.
    pub on: Day,
    /// The parts that are counted: each before its own parts, those of one whole in the order of their ids.
    pub parts: Vec<Part>,
    /// How many are in each phase.
    pub phases: PhaseCounts,
    /// How many of the statuses are presumed.
    pub presumed: u32,
    /// What the commitment is about.
    pub title: Title,
    /// How many have each verdict.
    pub verdicts: VerdictCounts,
}

/// One part of a commitment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// The part.
    pub commitment: Slug,
    /// How deep it lies: 1 for a part of the commitment itself, 2 for a part of such a part.
    pub depth: u32,
    /// The phase, if known.
    pub phase: Option<Phase>,
    /// Whether the status rests on the absence of an entry that nothing confirms.
    pub presumed: bool,
    /// Why phase or verdict are absent, if one of them is.
    pub reason: Option<String>,
    /// What it is about.
    pub title: Title,
    /// The verdict, once the word has been given and if the status is known.
    pub verdict: Option<Verdict>,
}

/// How many parts are in each phase.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct PhaseCounts {
    /// In the phase `achieved`.
    pub achieved: u32,
    /// In the phase `active`.
    pub active: u32,
    /// In the phase `failed`.
    pub failed: u32,
    /// Without a status yet: their history opens later.
    pub not_yet: u32,
    /// In the phase `planned`.
    pub planned: u32,
    /// In the phase `stalled`.
    pub stalled: u32,
    /// In the phase `superseded`.
    pub superseded: u32,
    /// In a phase that is not known.
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

/// How many parts have each verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct VerdictCounts {
    /// With the verdict `broken`.
    pub broken: u32,
    /// With the verdict `holding`.
    pub holding: u32,
    /// With the verdict `in-progress`.
    pub in_progress: u32,
    /// With the verdict `kept`.
    pub kept: u32,
    /// With the verdict `kept-late`.
    pub kept_late: u32,
    /// Without a verdict yet: the word is given later, or the history opens later.
    pub not_yet: u32,
    /// With the verdict `overdue`.
    pub overdue: u32,
    /// With the verdict `pending`.
    pub pending: u32,
    /// With the verdict `released`.
    pub released: u32,
    /// With the verdict `stalled`.
    pub stalled: u32,
    /// With the verdict `unfulfilled`.
    pub unfulfilled: u32,
    /// With a verdict that is not known.
    pub unknown: u32,
}

impl VerdictCounts {
    fn place(&mut self, verdict: Verdict) -> &mut u32 {
        match verdict {
            Verdict::Pending => &mut self.pending,
            Verdict::InProgress => &mut self.in_progress,
            Verdict::Stalled => &mut self.stalled,
            Verdict::Overdue => &mut self.overdue,
            Verdict::Kept => &mut self.kept,
            Verdict::KeptLate => &mut self.kept_late,
            Verdict::Broken => &mut self.broken,
            Verdict::Unfulfilled => &mut self.unfulfilled,
            Verdict::Released => &mut self.released,
            Verdict::Holding => &mut self.holding,
        }
    }
}

impl View<'_> {
    /// How the parts of a commitment stand, and the parts of its parts, of those that the filter allows.
    ///
    /// The commitment itself is not counted, and each part once, though a merge may make commitments parts of one another.
    /// The parts of a part that the filter leaves out are counted all the same.
    ///
    /// # Errors
    ///
    /// `unknown-commitment` if it was not registered by then.
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
        // What is on the stack comes next from its end, so parts are put there in reverse.
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
        let Standing { commitment, known_at, on, title, .. } = self.summarise(whole)?;
        Some(Parts {
            commitment,
            count: 0,
            known_at,
            on,
            parts: Vec::new(),
            phases: PhaseCounts::default(),
            presumed: 0,
            title,
            verdicts: VerdictCounts::default(),
        })
    }
}

impl Parts {
    fn take(&mut self, folded: &Folded<'_>, standing: Standing, depth: u32) {
        self.count += 1;
        self.presumed += u32::from(standing.presumed);
        let opening = folded.terms.opening.as_ref();
        let opens = opening.map_or(standing.made, |opening| opening.on.last_day());
        let is_later = |day: Day| standing.on < day;
        *match standing.phase {
            Some(phase) => self.phases.place(phase),
            None if is_later(opens) => &mut self.phases.not_yet,
            None => &mut self.phases.unknown,
        } += 1;
        *match standing.verdict {
            Some(verdict) => self.verdicts.place(verdict),
            None if is_later(opens) || is_later(standing.made) => &mut self.verdicts.not_yet,
            None => &mut self.verdicts.unknown,
        } += 1;
        self.parts.push(Part {
            commitment: standing.commitment,
            depth,
            phase: standing.phase,
            presumed: standing.presumed,
            reason: standing.reason,
            title: standing.title,
            verdict: standing.verdict,
        });
    }
}
