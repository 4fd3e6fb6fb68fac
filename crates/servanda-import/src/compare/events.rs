//! Compares the steps, remarks and deadlines of a commitment.

use servanda::{Date, Fact, Moment};

use super::difference::{Comparison, Difference, Times};
use super::phrases;
use super::registration::bad_reason;
use super::said::{Said, SaidEvent, Withdrawn, is_published_otherwise};
use crate::change::{Action, Change};
use crate::rows::{Wanted, WantedEvent};

/// The treatment of an event that the rows describe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// The ledger says the same, by the event with this index.
    Said(usize),
    /// It takes the place of the own event with this index.
    Corrects(usize),
    /// Somebody else has retracted it, by the retraction with this index.
    Withdrawn(usize),
    /// It is new.
    New,
}

impl Fate {
    fn is_recorded(self) -> bool {
        matches!(self, Self::Corrects(_) | Self::New)
    }
}

/// Compares what the rows and the ledger say about what happened.
///
/// Returns whether steps with imprecise dates stay that could be recorded again.
pub(super) fn compare_events(
    wanted: &Wanted,
    said: Option<&Said>,
    comparison: &Comparison<'_>,
    difference: &mut Difference,
) -> Result<bool, Vec<Change>> {
    let said: &[SaidEvent] = said.map_or(&[], |said| &said.events);
    let own: Vec<bool> = said.iter().map(|event| event.by == *comparison.recorder).collect();
    let is_own = |index: usize| own.get(index).copied().unwrap_or_default();
    let matching = Matching { wanted: &wanted.events, said, own: &own };
    let mut fates = matching.fates(comparison.keeps_earlier_steps);
    let withdrawn = comparison.withdrawn(&wanted.registration.id);
    for (event, fate) in wanted.events.iter().zip(&mut fates).filter(|(_, fate)| **fate == Fate::New) {
        let same = |old: &Withdrawn| old.on == Some(event.on) && old.fact == event.fact;
        *fate = withdrawn.iter().position(same).map_or(Fate::New, Fate::Withdrawn);
    }
    let corrected_before = !difference.facts.is_empty() && !said.is_empty();
    keep_order(&mut fates, &wanted.events, is_own);
    let keeps_imprecise = keep_imprecise(&mut fates, &wanted.events, said, is_own, comparison);

    // Retractions come first: the other facts may not be legal before.
    for (event, fate) in wanted.events.iter().zip(&fates) {
        let row = event.reason.as_deref().or(wanted.reason.as_deref());
        match *fate {
            Fate::Corrects(index) => {
                let Some(old) = said.get(index) else { continue };
                let reason = comparison.reason(row).map_err(|problem| vec![bad_reason(wanted, problem)])?;
                difference.retract(old.entry, &reason, retraction_published(event, old), &event.position);
                let what = phrases::event(&old.fact, old.on);
                let (what, before, after) = match same(event, old) {
                    true => (format!("{what} again, to keep its place"), None, None),
                    false => {
                        let (before, after) = phrases::differing(old.shown(), event.shown());
                        (what, Some(before), Some(after))
                    }
                };
                difference.change(Change {
                    action: Action::Correct,
                    what,
                    before,
                    after,
                    reason: Some(reason.to_string()),
                    position: event.position.clone(),
                    ..Change::default()
                });
            }
            Fate::New => difference.change(Change {
                action: Action::Add,
                what: phrases::event(&event.fact, event.on),
                position: event.position.clone(),
                ..Change::default()
            }),
            Fate::Withdrawn(index) => difference.changes.extend(withdrawn.get(index).map(|withdrawn| Change {
                commitment: Some(wanted.registration.id.clone()),
                what: phrases::event(&event.fact, event.on),
                position: event.position.clone(),
                ..withdrawn.keep()
            })),
            Fate::Said(index) => difference.changes.extend(kept(wanted, event, said.get(index), is_own(index))),
        }
    }
    let is_taken = |index| fates.iter().any(|fate| matches!(fate, Fate::Said(i) | Fate::Corrects(i) if *i == index));
    if !comparison.keeps_earlier_steps {
        for (_, event) in said.iter().enumerate().filter(|(index, _)| is_own(*index) && !is_taken(*index)) {
            miss(event, wanted, comparison, difference)?;
        }
    }
    // With a correction, everything is recorded together and now.
    let corrects = corrected_before || difference.facts.iter().any(|fact| matches!(fact.fact(), Fact::Retract(_)));
    for (event, _) in wanted.events.iter().zip(&fates).filter(|(_, fate)| fate.is_recorded()) {
        let known = event.known.or(wanted.known).filter(|_| !corrects);
        let times = Times { known: since(known, wanted, said), on: Some(event.on), published: event.published };
        difference.record(event.fact.clone(), times, &event.position);
    }
    Ok(keeps_imprecise)
}

/// The date of publication of a retraction: that of the row which corrects the event. If only the
/// date of publication was wrong, the event was never published on it.
fn retraction_published(event: &WantedEvent, old: &SaidEvent) -> Option<Date> {
    let only_the_date = event.on == old.on && event.fact == old.fact;
    if only_the_date { old.published } else { event.published }
}

/// An event of a new commitment is known when the commitment is, or later.
fn since(known: Option<Moment>, wanted: &Wanted, said: &[SaidEvent]) -> Option<Moment> {
    match (known, wanted.known) {
        (Some(known), Some(registered)) if said.is_empty() => Some(known.max(registered)),
        (Some(_), None) if said.is_empty() => None,
        (known, _) => known,
    }
}

/// Reports that another recorder's event differs from the rows.
fn kept(wanted: &Wanted, event: &WantedEvent, said: Option<&SaidEvent>, is_own: bool) -> Option<Change> {
    let said = said.filter(|said| !is_own && said.fact != event.fact)?;
    let (before, after) = phrases::differing(said.shown(), event.shown());
    Some(Change {
        action: Action::Keep,
        commitment: Some(wanted.registration.id.clone()),
        what: phrases::event(&said.fact, said.on),
        before: Some(before),
        after: Some(after),
        reason: Some(format!("{} recorded it", said.by)),
        position: event.position.clone(),
        ..Change::default()
    })
}

/// Reports or retracts an own event that the rows no longer have.
fn miss(
    event: &SaidEvent,
    wanted: &Wanted,
    comparison: &Comparison<'_>,
    difference: &mut Difference,
) -> Result<(), Vec<Change>> {
    let retracts = comparison.retracts_missing;
    let reason = comparison.reason_of_missing().map_err(|problem| vec![bad_reason(wanted, problem)])?;
    if retracts {
        difference.retract(event.entry, &reason, None, &wanted.position);
    }
    difference.change(Change {
        action: if retracts { Action::Retract } else { Action::Missing },
        what: phrases::event(&event.fact, event.on),
        reason: retracts.then(|| reason.to_string()),
        position: wanted.position.clone(),
        ..Change::default()
    });
    Ok(())
}

/// Records an own event again if one before it on the same day is new or corrected. Otherwise the
/// ledger would take the two in the wrong order.
fn keep_order(fates: &mut [Fate], wanted: &[WantedEvent], is_own: impl Fn(usize) -> bool) {
    for (later, event) in wanted.iter().enumerate() {
        let changed_before = wanted.iter().zip(fates.iter()).take(later).any(|(earlier, fate)| {
            fate.is_recorded() && earlier.on.overlaps(event.on) && is_step(&earlier.fact) && is_step(&event.fact)
        });
        if let Some(fate) = fates.get_mut(later).filter(|_| changed_before)
            && let Fate::Said(index) = *fate
            && is_own(index)
        {
            *fate = Fate::Corrects(index);
        }
    }
}

/// Records own steps again whose order the ledger has to find out, because their dates are
/// imprecise and overlap, if a step during them or before them has changed. The ledger keeps the
/// order that it found, although another one may be right now.
///
/// Returns whether such steps stay as they are.
fn keep_imprecise(
    fates: &mut [Fate],
    wanted: &[WantedEvent],
    said: &[SaidEvent],
    is_own: impl Fn(usize) -> bool,
    comparison: &Comparison<'_>,
) -> bool {
    let is_taken = |index| fates.iter().any(|fate| matches!(fate, Fate::Said(taken) if *taken == index));
    let retracts = comparison.retracts_missing && !comparison.keeps_earlier_steps;
    let corrected = |index| fates.contains(&Fate::Corrects(index));
    let removed = said.iter().enumerate().filter(|(index, event)| {
        is_step(&event.fact) && is_own(*index) && !is_taken(*index) && (retracts || corrected(*index))
    });
    let recorded = wanted.iter().zip(fates.iter()).filter(|(event, fate)| fate.is_recorded() && is_step(&event.fact));
    let changed = removed.map(|(_, event)| event.on.first_day()).chain(recorded.map(|(event, _)| event.on.first_day()));
    let first_change = changed.min();
    let mut keeps = false;
    for group in overlapping(wanted) {
        let end = group.iter().filter_map(|nth| wanted.get(*nth)).map(|event| event.on.last_day()).max();
        let is_open = first_change.is_some() && first_change <= end;
        for nth in group {
            if let Some(fate) = fates.get_mut(nth)
                && let Fate::Said(index) = *fate
                && is_own(index)
            {
                match is_open || comparison.again {
                    true => *fate = Fate::Corrects(index),
                    false => keeps = true,
                }
            }
        }
    }
    keeps
}

/// Groups of steps whose dates overlap, if some of the dates are imprecise.
fn overlapping(wanted: &[WantedEvent]) -> Vec<Vec<usize>> {
    let mut groups: Vec<(servanda::Day, bool, Vec<usize>)> = Vec::new();
    for (nth, event) in wanted.iter().enumerate().filter(|(_, event)| is_step(&event.fact)) {
        let (first, last) = (event.on.first_day(), event.on.last_day());
        match groups.last_mut().filter(|(end, ..)| first <= *end) {
            Some((end, is_imprecise, group)) => {
                *end = last.max(*end);
                *is_imprecise |= first != last;
                group.push(nth);
            }
            None => groups.push((last, first != last, vec![nth])),
        }
    }
    let is_open = |(_, is_imprecise, group): &(_, bool, Vec<usize>)| *is_imprecise && group.len() > 1;
    groups.into_iter().filter(is_open).map(|(.., group)| group).collect()
}

fn is_step(fact: &Fact) -> bool {
    matches!(fact, Fact::Advance(_))
}

/// Finds the event on the ledger to which each event of the rows belongs.
struct Matching<'a> {
    wanted: &'a [WantedEvent],
    said: &'a [SaidEvent],
    own: &'a [bool],
}

impl Matching<'_> {
    fn fates(&self, keep_earlier: bool) -> Vec<Fate> {
        let mut fates: Vec<Option<Fate>> = vec![None; self.wanted.len()];
        let mut free: Vec<bool> = vec![true; self.said.len()];
        self.pair(&mut fates, &mut free, Fate::Said, |wanted, said, own| own && same(wanted, said));
        self.pair(&mut fates, &mut free, Fate::Said, |wanted, said, own| {
            !own && wanted.on == said.on && is_alike(&wanted.fact, &said.fact)
        });
        if keep_earlier {
            self.pair_with_latest(&mut fates, &mut free);
        } else {
            self.pair(&mut fates, &mut free, Fate::Corrects, |wanted, said, own| {
                own && is_alike(&wanted.fact, &said.fact)
            });
            self.pair(&mut fates, &mut free, Fate::Corrects, |wanted, said, own| {
                own && wanted.on == said.on && wanted.fact.kind() == said.fact.kind()
            });
            // If no row was added or removed, the rest were changed in every respect.
            if self.own.iter().filter(|own| **own).count() == self.wanted.len() {
                self.pair(&mut fates, &mut free, Fate::Corrects, |wanted, said, own| {
                    own && wanted.fact.kind() == said.fact.kind()
                });
            }
        }
        fates.into_iter().map(|fate| fate.unwrap_or(Fate::New)).collect()
    }

    /// Pairs events that have no partner yet, each with the first that fits.
    fn pair(
        &self,
        fates: &mut [Option<Fate>],
        free: &mut [bool],
        fate: impl Fn(usize) -> Fate,
        fits: impl Fn(&WantedEvent, &SaidEvent, bool) -> bool,
    ) {
        for (wanted, place) in self.wanted.iter().zip(fates.iter_mut()).filter(|(_, place)| place.is_none()) {
            let mut candidates = self.said.iter().zip(self.own).zip(free.iter());
            let found = candidates.position(|((said, own), free)| *free && fits(wanted, said, *own));
            if let Some((index, free)) = found.and_then(|index| Some((index, free.get_mut(index)?))) {
                *free = false;
                *place = Some(fate(index));
            }
        }
    }

    /// Compares each new step with the latest own step only: on a later day and to another status
    /// it is a further step, otherwise a correction.
    fn pair_with_latest(&self, fates: &mut [Option<Fate>], free: &mut [bool]) {
        let own_steps =
            || self.said.iter().zip(self.own).enumerate().filter(|(_, (said, own))| **own && is_step(&said.fact));
        let latest = own_steps().max_by_key(|(index, (said, _))| (said.on.last_day(), *index));
        for (wanted, place) in self.wanted.iter().zip(fates.iter_mut()).filter(|(_, place)| place.is_none()) {
            let Some((index, (said, _))) = latest.filter(|_| is_step(&wanted.fact)) else { continue };
            let goes_on = wanted.on.first_day() > said.on.last_day() && !is_alike(&wanted.fact, &said.fact);
            if let Some(free) = free.get_mut(index).filter(|free| **free && !goes_on) {
                *free = false;
                *place = Some(Fate::Corrects(index));
            }
        }
        self.pair(fates, free, Fate::Corrects, |wanted, said, own| {
            own && !is_step(&wanted.fact) && is_alike(&wanted.fact, &said.fact)
        });
    }
}

/// Whether an own event says exactly what the rows say.
fn same(wanted: &WantedEvent, said: &SaidEvent) -> bool {
    if wanted.on != said.on || is_published_otherwise(wanted.published, said.published) {
        return false;
    }
    if wanted.fact == said.fact {
        return true;
    }
    // An amendment may have changed the note.
    said.own_note.as_ref().is_some_and(|note| wanted.fact == with_note(&said.fact, note))
}

fn with_note(fact: &Fact, note: &servanda::value::Note) -> Fact {
    let mut fact = fact.clone();
    match &mut fact {
        Fact::Advance(advance) => advance.note = Some(note.clone()),
        Fact::Remark(remark) => remark.note = Some(note.clone()),
        Fact::Reschedule(reschedule) => reschedule.note = Some(note.clone()),
        Fact::Measure(measure) => measure.note = Some(note.clone()),
        _ => {}
    }
    fact
}

/// Whether two facts are about the same event: a step to the same status, a remark with the same
/// title, or the same deadline.
fn is_alike(one: &Fact, other: &Fact) -> bool {
    match (one, other) {
        (Fact::Advance(one), Fact::Advance(other)) => one.to == other.to,
        (Fact::Remark(one), Fact::Remark(other)) => one.title == other.title,
        (Fact::Reschedule(one), Fact::Reschedule(other)) => one.deadline == other.deadline,
        (Fact::Measure(one), Fact::Measure(other)) => one.value == other.value,
        _ => false,
    }
}
