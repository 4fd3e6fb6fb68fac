//! The entries about a commitment that were retracted.

use std::collections::BTreeMap;

use serde::Serialize;

use super::content::Content;
use super::view::Wording;
use crate::entry::{Entry, Fact};
use crate::replay::{Folded, slug};
use crate::value::{Date, Deadline, Decimal, EntryId, Language, Moment, Note, Slug, Source, Title};
use crate::view::View;

/// A retraction: who left an entry out, when and why.
///
/// Fields are in alphabetical order, as in JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Retraction {
    /// The entry that retracts.
    pub entry: EntryId,
    /// The reason.
    pub reason: Note,
    /// The moment of the retraction.
    pub recorded_at: Moment,
    /// The recorder of the retraction.
    pub recorded_by: Slug,
}

impl Retraction {
    /// `None` if the entry is not a retraction.
    pub(super) fn of(entry: &Entry) -> Option<Self> {
        let Fact::Retract(retract) = entry.fact() else { return None };
        let (recorded_at, recorded_by) = (entry.recorded_at(), slug(entry.recorded_by()));
        Some(Self { entry: entry.id(), reason: retract.reason, recorded_at, recorded_by })
    }
}

/// An entry about a commitment that was retracted and is left out of the rest of the answer.
///
/// Fields are in alphabetical order, as in JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RetractedEntry {
    /// The entry whose sources it cites, whose note it rewords, or which it retracts itself.
    pub about: Option<EntryId>,
    /// The body that became or ceased to be responsible. JSON leaves it out for another kind of
    /// fact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Slug>,
    /// The party that took the step or made the deposit, if the entry says so.
    pub by: Option<Slug>,
    /// The deadline that it set; `None` for another kind of fact than `reschedule`.
    pub deadline: Option<Deadline>,
    /// The retracted entry.
    pub entry: EntryId,
    /// The kind of fact, such as `advance`.
    pub kind: String,
    /// The note, if there is one.
    pub note: Option<Note>,
    /// The date of the event, as precisely as known; `None` if the kind of fact has no date.
    pub on: Option<Date>,
    /// The moment at which it was recorded.
    pub recorded_at: Moment,
    /// The recorder.
    pub recorded_by: Slug,
    /// The title of a remark; `None` for another kind of fact.
    pub remark: Option<Title>,
    /// The retraction: who did it, when and why. If several retractions name the entry, this is the
    /// first of those that count.
    pub retraction: Retraction,
    /// The evidence.
    pub sources: Vec<Source>,
    /// The status that a step led to; `None` for another kind of fact.
    pub status: Option<Slug>,
    /// The name of that status, by language.
    pub status_title: Option<BTreeMap<Language, Title>>,
    /// The other commitment of a link; `None` for another kind of fact.
    pub to: Option<Slug>,
    /// The measured value. JSON leaves it out for another kind of fact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Decimal>,
}

impl View<'_> {
    /// Returns the retracted entries about a commitment, sorted by date. Those without a date come
    /// first.
    pub(super) fn retracted(&self, folded: &Folded<'_>, words: &Wording) -> Vec<RetractedEntry> {
        let both = |(id, retraction): (&EntryId, &&Entry)| Some((self.known.entry(*id)?, Retraction::of(retraction)?));
        let mut retracted: Vec<(&Entry, Retraction)> = folded.retracted.iter().filter_map(both).collect();
        retracted.sort_by_key(|(entry, _)| (entry.day(), entry.on().map(Date::first_day), entry.key()));
        retracted.into_iter().map(|(entry, retraction)| retracted_entry(folded, words, entry, retraction)).collect()
    }
}

fn retracted_entry(folded: &Folded<'_>, words: &Wording, entry: &Entry, retraction: Retraction) -> RetractedEntry {
    let Content { about, body, by, deadline, note, remark, sources, status, status_title, to, value } =
        Content::of(folded, words, entry);
    RetractedEntry {
        about,
        body,
        by,
        deadline,
        entry: entry.id(),
        kind: entry.kind().to_owned(),
        note,
        on: entry.on(),
        recorded_at: entry.recorded_at(),
        recorded_by: slug(entry.recorded_by()),
        remark,
        retraction,
        sources,
        status,
        status_title,
        to,
        value,
    }
}
