//! The bodies that are responsible for a commitment, and from when until when.

use crate::Error;
use crate::entry::{Assign, Entry, Fact, Kind, Responsible, Unassign};
use crate::replay::{Folded, slug};
use crate::value::{Date, Day, EntryId, Slug};

/// A body that was made responsible, by the registration or by an entry of its own.
#[derive(Debug)]
pub(crate) struct Assignment<'a> {
    pub(crate) entry: &'a Entry,
    pub(crate) body: Slug,
    pub(crate) role: Option<Slug>,
    /// The first day.
    pub(crate) since: Date,
    /// The dates that end it, with the entries that say so. The earliest counts.
    ends: Vec<(Date, EntryId)>,
}

impl Assignment<'_> {
    /// The first day without the body, if it is known.
    pub(crate) fn until(&self) -> Option<Date> {
        self.ends.iter().map(|(on, _)| *on).min_by_key(|on| (on.last_day(), on.first_day()))
    }

    /// Whether the body is responsible on a day, whichever days the dates are.
    pub(crate) fn is_certain(&self, day: Day) -> bool {
        self.since.last_day() <= day && self.ends.iter().all(|(end, _)| day < end.first_day())
    }

    /// Whether the body is responsible on a day for some of the days that the dates may be.
    pub(crate) fn is_possible(&self, day: Day) -> bool {
        self.since.first_day() <= day && self.ends.iter().all(|(end, _)| day < end.last_day())
    }

    /// Whether an entry can end the assignment on `on`: it has begun by then, and nothing else has
    /// certainly ended it.
    fn can_end(&self, entry: EntryId, on: Date) -> bool {
        let goes_on = |(end, by): &(Date, EntryId)| *by == entry || on.first_day() < end.last_day();
        self.since.first_day() < on.last_day() && self.ends.iter().all(goes_on)
    }

    fn is_of(&self, body: &Slug, role: Option<&Slug>) -> bool {
        self.body == *body && role.is_none_or(|role| self.role.as_ref() == Some(role))
    }
}

impl<'a> Folded<'a> {
    /// All assignments: those of the registration, and those of later entries in the order of their
    /// dates, as for steps.
    pub(crate) fn assignments(&self, registered: &[Responsible]) -> Vec<Assignment<'a>> {
        let since = self.terms.made;
        let first = |named: &Responsible| Assignment {
            entry: self.registered,
            body: named.body.clone(),
            role: named.role.clone(),
            since,
            ends: Vec::new(),
        };
        let mut assignments: Vec<Assignment<'a>> = registered.iter().map(first).collect();
        for entry in self.dated(|kind| matches!(kind, Kind::Assign | Kind::Unassign)) {
            match (entry.fact(), entry.on()) {
                (Fact::Assign(Assign { body, role, until, .. }), Some(since)) => {
                    let ends: Vec<(Date, EntryId)> = until.map(|until| (until, entry.id())).into_iter().collect();
                    // The new assignment takes the place of the earlier one, with its end.
                    let same = assignments.iter_mut().filter(|assigned| assigned.body == body && assigned.role == role);
                    same.for_each(|assigned| assigned.ends.extend(&ends));
                    assignments.push(Assignment { entry, body, role, since, ends });
                }
                (Fact::Unassign(Unassign { body, role, .. }), Some(on)) => {
                    let ended = assignments.iter_mut().filter(|assigned| assigned.is_of(&body, role.as_ref()));
                    // Something that is assigned later is not ended by this.
                    let ended = ended.filter(|assigned| assigned.since.first_day() <= on.last_day());
                    ended.for_each(|assigned| assigned.ends.push((on, entry.id())));
                }
                _ => {}
            }
        }
        assignments
    }

    /// Checks that an entry which ends an assignment has one to end, and that an assignment does
    /// not end before it begins.
    pub(crate) fn check_assignment(&self, entry: &Entry) -> Result<(), Error> {
        let Some(on) = entry.on() else { return Ok(()) };
        match entry.fact() {
            Fact::Assign(Assign { until: Some(until), .. }) if until.last_day() <= on.first_day() => {
                let reason = format!(
                    "it is the first day on which the body is no longer responsible, and comes after {on}, its first \
                     day; give a later date"
                );
                Err(Error::InvalidField { field: "fact.assign.until".to_owned(), reason })
            }
            Fact::Unassign(Unassign { body, role, .. }) => {
                let registered = self.registration().map(|commitment| commitment.responsible).unwrap_or_default();
                let assignments = self.assignments(&registered);
                let mut can_end = assignments.iter().filter(|assigned| assigned.can_end(entry.id(), on));
                if can_end.clone().any(|assigned| assigned.is_of(&body, role.as_ref())) {
                    return Ok(());
                }
                let mut responsible: Vec<Slug> = can_end.by_ref().map(|assigned| assigned.body.clone()).collect();
                responsible.sort();
                responsible.dedup();
                Err(Error::NotResponsible { commitment: slug(self.commitment), body, role, on, responsible })
            }
            _ => Ok(()),
        }
    }
}
