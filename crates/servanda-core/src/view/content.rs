//! The content of an entry, as answers show it.

use std::collections::BTreeMap;

use super::view::Wording;
use crate::entry::{Entry, Fact};
use crate::replay::{Folded, slug};
use crate::value::{Deadline, Decimal, EntryId, Language, Note, Slug, Source, Title};

/// The parts of a fact that answers show, with the notes and sources that later entries add.
#[derive(Default)]
pub(super) struct Content {
    /// The entry that the fact is about: whose sources it cites, whose note it rewords, or which it
    /// retracts.
    pub(super) about: Option<EntryId>,
    pub(super) body: Option<Slug>,
    pub(super) by: Option<Slug>,
    pub(super) deadline: Option<Deadline>,
    pub(super) note: Option<Note>,
    pub(super) remark: Option<Title>,
    pub(super) sources: Vec<Source>,
    pub(super) status: Option<Slug>,
    pub(super) status_title: Option<BTreeMap<Language, Title>>,
    pub(super) to: Option<Slug>,
    pub(super) value: Option<Decimal>,
}

impl Content {
    pub(super) fn of(folded: &Folded<'_>, words: &Wording, entry: &Entry) -> Self {
        let fact = entry.fact();
        let (note, sources) = words.latest(entry, fact.note().cloned(), fact.sources().to_vec());
        let mut content = Self { note, sources, ..Self::default() };
        match fact {
            Fact::Advance(advance) => {
                // A retracted step has the name that its status had.
                let to = folded.translation.to(entry);
                let status = folded.procedure.and_then(|procedure| procedure.status(to));
                content.status_title = status.map(|status| status.title.clone());
                content.status = Some(slug(to));
                content.by = advance.by;
            }
            Fact::Deposit(deposit) => content.by = Some(deposit.by),
            Fact::Remark(remark) => content.remark = Some(remark.title),
            Fact::Reschedule(reschedule) => content.deadline = Some(reschedule.deadline),
            Fact::Assign(assign) => content.body = Some(assign.body),
            Fact::Unassign(unassign) => content.body = Some(unassign.body),
            Fact::Measure(measure) => content.value = Some(measure.value),
            Fact::Link(link) => content.to = Some(link.to),
            Fact::Cite(cite) => content.about = Some(cite.entry),
            Fact::Amend(amend) => content.about = amend.entry,
            Fact::Retract(retract) => content.about = Some(retract.entry),
            _ => {}
        }
        content
    }
}
