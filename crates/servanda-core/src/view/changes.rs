//! Answers the question "What has changed?".

use std::collections::BTreeMap;

use serde::Serialize;

use super::between::Between;
use crate::entry::{Obligation, Target, Words};
use crate::procedure::{Phase, ProcedureRef};
use crate::replay::{Conflict, Definitions, Timeliness, Verdict};
use crate::value::{Date, Day, Deadline, EntryId, Identifier, Language, Moment, Slug, Title};
use crate::view::{
    Assigned, Deposited, Filter, Linked, Measured, PossibleStep, Remarked, Repinned, RetractedEntry, RunningClock,
    SetDeadline, Standing, Step, View,
};

/// The differences between an earlier and a later view. Fields are in alphabetical order, as in
/// JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Changes {
    /// The day and the moment of the later view, for which `changes_since` was called.
    pub after: AsOf,
    /// The day and the moment of the earlier view.
    pub before: AsOf,
    /// The commitments with at least one difference, sorted by id.
    pub commitments: Vec<Change>,
}

/// The day and the moment of a view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct AsOf {
    /// The day by which an entry must have been published to count. JSON leaves it out if every
    /// known entry counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_published: Option<Day>,
    /// The moment of the view; `None` if every entry on the ledger counts.
    pub known_at: Option<Moment>,
    /// The day of the view.
    pub on: Day,
}

/// The differences between two standings of one commitment.
///
/// Fields without a difference are `None` or empty, and are left out of the JSON. If the commitment
/// is not registered in the earlier view, every value counts as added.
///
/// The possible next steps and the names of statuses follow from other fields and are left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Change {
    /// The clocks that are running.
    #[serde(skip_serializing_if = "Delta::is_empty")]
    pub clocks: Delta<RunningClock>,
    /// The commitment.
    pub commitment: Slug,
    /// The conflicts: entries about the commitment that do not fit with the others.
    #[serde(skip_serializing_if = "Delta::is_empty")]
    pub conflicts: Delta<Conflict>,
    /// The deadline in force.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Shift<Option<Deadline>>>,
    /// The deadlines that were set.
    #[serde(skip_serializing_if = "Delta::is_empty")]
    pub deadlines: Delta<SetDeadline>,
    /// The instruments deposited.
    #[serde(skip_serializing_if = "Delta::is_empty")]
    pub deposits: Delta<Deposited>,
    /// The links to other commitments.
    #[serde(skip_serializing_if = "Delta::is_empty")]
    pub links: Delta<Linked>,
    /// The bodies that may be responsible on the day of the view, because a date is imprecise.
    #[serde(skip_serializing_if = "Delta::is_empty")]
    pub may_be_responsible: Delta<Assigned>,
    /// The steps that may have been taken by the day of the view.
    #[serde(skip_serializing_if = "Delta::is_empty")]
    pub may_have: Delta<PossibleStep>,
    /// The latest measurement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measurement: Option<Shift<Option<Measured>>>,
    /// The identifiers, and the titles in other languages; `None` where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub named: Option<Shift<Option<Naming>>>,
    /// The phase.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phase: Option<Shift<Option<Phase>>>,
    /// Whether the status is presumed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub presumed: Option<Shift<bool>>,
    /// Why the status, the phase or the verdict is `None`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Shift<Option<String>>>,
    /// The content of the registration; `None` in a view where the commitment is not registered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registered: Option<Shift<Option<Registration>>>,
    /// The remarks: events that did not change the status.
    #[serde(skip_serializing_if = "Delta::is_empty")]
    pub remarks: Delta<Remarked>,
    /// The title, if it differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub renamed: Option<Shift<Title>>,
    /// The moves to other procedures.
    #[serde(skip_serializing_if = "Delta::is_empty")]
    pub repins: Delta<Repinned>,
    /// The bodies that are responsible on the day of the view.
    #[serde(skip_serializing_if = "Delta::is_empty")]
    pub responsible: Delta<Assigned>,
    /// The entries that were retracted, with who retracted them, when and why. Those that are added
    /// explain what else has changed.
    #[serde(skip_serializing_if = "Delta::is_empty")]
    pub retracted: Delta<RetractedEntry>,
    /// The first day on which the commitment had its present status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<Shift<Option<Date>>>,
    /// The status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Shift<Option<Slug>>>,
    /// The steps of its history.
    #[serde(skip_serializing_if = "Delta::is_empty")]
    pub steps: Delta<Step>,
    /// The timeliness.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timeliness: Option<Shift<Option<Timeliness>>>,
    /// The title of the commitment in the later view, or in the earlier one if it is registered
    /// only there.
    pub title: Title,
    /// The topics under which the commitment can be found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub topics: Option<Shift<Vec<Slug>>>,
    /// The verdict.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Shift<Option<Verdict>>>,
}

/// A value that differs between two views.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Shift<T> {
    /// The value in the later view.
    pub after: T,
    /// The value in the earlier view.
    pub before: T,
}

/// The differences between two lists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Delta<T> {
    /// The elements that only the later list has.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub added: Vec<T>,
    /// The elements that both lists have, with different content. Examples are a step that cites
    /// more sources and a clock that is due on another day.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub altered: Vec<Shift<T>>,
    /// The elements that only the earlier list has.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub removed: Vec<T>,
}

impl<T> Delta<T> {
    /// Whether the two lists are equal.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.altered.is_empty() && self.removed.is_empty()
    }
}

/// The names of a commitment, apart from its title.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Naming {
    /// Its identifiers in other systems.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub identifiers: Vec<Identifier>,
    /// The language of its title. JSON leaves it out if no entry says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// Its title in other languages.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub titles: BTreeMap<Language, Title>,
}

/// The part of a registration that later entries cannot change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Registration {
    /// The parties that commit.
    pub by: Vec<Slug>,
    /// The date on which the commitment was made, as precisely as known.
    pub made: Date,
    /// The legal weight of the words used; `None` for a matter without a promise.
    pub obligation: Option<Obligation>,
    /// The larger commitment that this one is part of.
    pub part_of: Option<Slug>,
    /// The version and the digest of the procedure.
    pub pin: ProcedureRef,
    /// The target, in numbers. JSON leaves it out if the commitment names no target.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<Target>,
    /// The parties to whom the commitment is made.
    pub to: Vec<Slug>,
    /// The exact words used, with their source; `None` for a matter without a promise.
    pub words: Option<Words>,
}

impl View<'_> {
    /// Compares this view with an earlier one. The two can differ in their day, in their moment, or
    /// in both.
    ///
    /// A commitment is compared if the filter allows at least one of its two standings.
    ///
    /// Usually both are views of one ledger. The comparison then skips a commitment if nothing
    /// about it became known between the moments, and nothing happened or came due between the
    /// days.
    ///
    /// ```
    /// use servanda_core::builtin::{self, action};
    /// use servanda_core::{Advance, Commitment, Day, Filter, Ledger, Obligation, Shift, Source, Verdict, Words};
    ///
    /// let source = Source::new("Remarks", "https://example.org/remarks")?;
    /// let visit = Commitment::builder("us/abe-visit", "A visit to Washington")
    ///     .procedure(builtin::action())
    ///     .by("us")
    ///     .made("2013-01-18")
    ///     .obligation(Obligation::Result)
    ///     .words("has invited", source.clone())
    ///     .build()?;
    /// let mut ledger = Ledger::new();
    /// let (desk, now) = ("desk".parse()?, "2013-02-23T09:00:00.000000Z".parse()?);
    /// ledger.append(visit, &desk, now)?;
    /// let done = Advance::builder("us/abe-visit", action::DONE).on("2013-02-22").citing(source);
    /// ledger.append(done, &desk, now)?;
    ///
    /// let (then, now) = (ledger.view_on("2013-02-21")?, ledger.view_on("2013-02-22")?);
    /// let changes = now.changes_since(&then, &Filter::default());
    /// let [visit] = changes.commitments.as_slice() else { panic!("one commitment has changed") };
    /// assert_eq!(visit.verdict, Some(Shift { after: Some(Verdict::Kept), before: Some(Verdict::Pending) }));
    /// assert_eq!(visit.steps.added.len(), 1);
    /// assert_eq!(visit.deadline, None);
    /// assert!(now.changes_since(&now, &Filter::default()).commitments.is_empty());
    /// # Ok::<(), servanda_core::Error>(())
    /// ```
    #[must_use]
    pub fn changes_since(&self, before: &View<'_>, filter: &Filter) -> Changes {
        let (then, now) = (before.known.definitions(), self.known.definitions());
        let compare = |id: &Slug| {
            let before = before.standing_if_registered(&then, id);
            let after = self.standing_if_registered(&now, id);
            let allowed = [&before, &after].into_iter().flatten().any(|standing| filter.allows(standing));
            allowed.then(|| change(before.as_ref(), after.as_ref())).flatten()
        };
        let commitments = match Between::views(before, self) {
            Some(between) => between.candidates(&then, &now).into_iter().filter_map(compare).collect(),
            None => {
                // The views are of two different ledgers, so every commitment of either has to be
                // compared.
                let mut ids: Vec<&Slug> = before.known.ledger.commitments().collect();
                ids.extend(self.known.ledger.commitments());
                ids.sort_unstable();
                ids.dedup();
                ids.into_iter().filter_map(compare).collect()
            }
        };
        Changes { after: self.as_of(), before: before.as_of(), commitments }
    }

    fn standing_if_registered(&self, definitions: &Definitions, id: &Slug) -> Option<Standing> {
        let folded = self.known.fold(definitions, id.as_str()).ok()?;
        self.summarise(&folded)
    }

    fn as_of(&self) -> AsOf {
        AsOf { as_published: self.known.published, known_at: self.known.at, on: self.on }
    }
}

/// The differences between two standings of a commitment; `None` if they are equal.
fn change(before: Option<&Standing>, after: Option<&Standing>) -> Option<Change> {
    let either = after.or(before)?;
    let both = Both { after, before };
    let renamed = after.zip(before).and_then(|(after, before)| shift(&after.title, &before.title));
    let change = Change {
        clocks: both.delta(|standing| &standing.clocks, |clock| &clock.clock),
        commitment: either.commitment.clone(),
        conflicts: both.delta(|standing| &standing.conflicts, |conflict| (conflict.entry, conflict.reason.code())),
        deadline: both.shift(|standing| standing.deadline),
        deadlines: both.delta(|standing| &standing.deadlines, |set| set.entry),
        deposits: both.delta(|standing| &standing.deposits, |deposit| deposit.entry),
        links: both.delta(|standing| &standing.links, |link| link.entry),
        may_be_responsible: both.delta(|standing| &standing.may_be_responsible, assigned),
        measurement: both.shift(|standing| standing.measurement.clone()),
        may_have: both.delta(|standing| &standing.may_have, |step| (step.entry, step.clock.clone())),
        named: both.shift(naming),
        phase: both.shift(|standing| standing.phase),
        presumed: both.shift(|standing| standing.presumed),
        reason: both.shift(|standing| standing.reason.clone()),
        registered: both.shift(|standing| Some(registration(standing))),
        remarks: both.delta(|standing| &standing.remarks, |remark| remark.entry),
        renamed,
        repins: both.delta(|standing| &standing.repins, |repin| repin.entry),
        retracted: both.delta(|standing| &standing.retracted, |retracted| retracted.entry),
        since: both.shift(|standing| standing.since),
        status: both.shift(|standing| standing.status.clone()),
        responsible: both.delta(|standing| &standing.responsible, assigned),
        // A step is identified by its entry, or by its clock and its day.
        steps: both.delta(|standing| &standing.history, |step| (step.entry, step.clock.clone(), step.on.last_day())),
        timeliness: both.shift(|standing| standing.timeliness),
        title: either.title.clone(),
        topics: both.shift(|standing| standing.topics.clone()),
        verdict: both.shift(|standing| standing.verdict),
    };
    change.is_any().then_some(change)
}

impl Change {
    /// Whether at least one field differs. The patterns name every field, so that the compiler
    /// finds a forgotten one.
    fn is_any(&self) -> bool {
        let Self { clocks, conflicts, deadline, deadlines, deposits, links, phase, presumed, verdict, .. } = self;
        let Self {
            may_have, reason, registered, remarks, renamed, retracted, since, status, steps, timeliness, ..
        } = self;
        let Self { may_be_responsible, measurement, named, repins, responsible, topics, .. } = self;
        let lists = clocks.is_empty() && conflicts.is_empty() && deadlines.is_empty() && deposits.is_empty();
        let more_lists =
            links.is_empty() && may_have.is_empty() && remarks.is_empty() && steps.is_empty() && retracted.is_empty();
        let judged = status.is_none() && phase.is_none() && since.is_none() && presumed.is_none() && verdict.is_none();
        let worded = registered.is_none() && renamed.is_none() && timeliness.is_none() && topics.is_none();
        let assigned = responsible.is_empty() && may_be_responsible.is_empty();
        !(lists
            && assigned
            && measurement.is_none()
            && named.is_none()
            && repins.is_empty()
            && more_lists
            && judged
            && worded
            && deadline.is_none()
            && reason.is_none())
    }
}

/// The key of an assignment: its entry, the body and the role.
fn assigned(assigned: &Assigned) -> (EntryId, Slug, Option<Slug>) {
    (assigned.entry, assigned.body.clone(), assigned.role.clone())
}

fn naming(standing: &Standing) -> Option<Naming> {
    let Standing { identifiers, language, titles, .. } = standing;
    let naming = Naming { identifiers: identifiers.clone(), language: language.clone(), titles: titles.clone() };
    Some(naming).filter(|naming| *naming != Naming::default())
}

fn registration(standing: &Standing) -> Registration {
    Registration {
        by: standing.by.clone(),
        made: standing.made,
        obligation: standing.obligation,
        part_of: standing.part_of.clone(),
        pin: standing.pin.clone(),
        target: standing.target.clone(),
        to: standing.to.clone(),
        words: standing.words.clone(),
    }
}

/// Two standings of one commitment. Either is `None` if the commitment is not registered in that
/// view.
#[derive(Clone, Copy)]
struct Both<'a> {
    after: Option<&'a Standing>,
    before: Option<&'a Standing>,
}

impl<'a> Both<'a> {
    fn shift<T: Clone + Default + PartialEq>(self, part: impl Fn(&'a Standing) -> T) -> Option<Shift<T>> {
        let part = |standing: Option<&'a Standing>| standing.map_or_else(T::default, &part);
        shift(&part(self.after), &part(self.before))
    }

    /// The differences between two lists. Two elements with the same `identity` are the same thing.
    fn delta<T: Clone + PartialEq + 'a, K: Ord>(
        self,
        list: impl Fn(&'a Standing) -> &'a Vec<T>,
        identity: impl Fn(&'a T) -> K,
    ) -> Delta<T> {
        let list = |standing: Option<&'a Standing>| standing.map_or(&[][..], |standing| list(standing).as_slice());
        let (after, before) = (list(self.after), list(self.before));
        let mut delta = Delta { added: Vec::new(), altered: Vec::new(), removed: Vec::new() };
        if after == before {
            return delta;
        }
        let by_identity = |list: &'a [T]| list.iter().map(|one| (identity(one), one)).collect::<BTreeMap<K, &T>>();
        let (now, then) = (by_identity(after), by_identity(before));
        for one in after {
            match then.get(&identity(one)) {
                None => delta.added.push(one.clone()),
                Some(was) => delta.altered.extend(shift(one, was)),
            }
        }
        delta.removed.extend(before.iter().filter(|was| !now.contains_key(&identity(was))).cloned());
        if delta.is_empty() {
            // The lists have the same elements, in another order or another number of times.
            delta = Delta { added: after.to_vec(), altered: Vec::new(), removed: before.to_vec() };
        }
        delta
    }
}

fn shift<T: Clone + PartialEq>(after: &T, before: &T) -> Option<Shift<T>> {
    (after != before).then(|| Shift { after: after.clone(), before: before.clone() })
}
