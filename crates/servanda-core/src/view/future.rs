//! What was recorded in advance for days after that of a view.

use std::collections::BTreeMap;

use serde::Serialize;

use super::content::Content;
use super::view::Wording;
use crate::entry::{Entry, Kind};
use crate::replay::{Folded, slug};
use crate::value::{Date, Deadline, Decimal, EntryId, Language, Moment, Note, Slug, Source, Title};
use crate::view::{Span, View};

/// An event that was recorded in advance for a date after the day of the view, such as a step that
/// a law prescribes. It has no effect on the rest of the answer.
///
/// What was recorded after the day of the view is hindsight, and not among these events.
///
/// Fields are in alphabetical order, as in JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FutureEvent {
    /// The body that becomes or ceases to be responsible. JSON leaves it out for another kind of
    /// fact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Slug>,
    /// The party that takes the step or makes the deposit, if the entry says so.
    pub by: Option<Slug>,
    /// The commitment.
    pub commitment: Slug,
    /// The new deadline; `None` for another kind of fact than `reschedule`.
    pub deadline: Option<Deadline>,
    /// The entry that records the event.
    pub entry: EntryId,
    /// The kind of fact: `advance`, `deposit`, `remark`, `reschedule`, `assign`, `unassign`,
    /// `measure` or `link`.
    pub kind: Slug,
    /// The note, if there is one.
    pub note: Option<Note>,
    /// The date of the event, as precisely as known. Even its first day is after that of the view.
    pub on: Date,
    /// The moment at which it was recorded.
    pub recorded_at: Moment,
    /// The recorder.
    pub recorded_by: Slug,
    /// The title of a remark; `None` for another kind of fact.
    pub remark: Option<Title>,
    /// The evidence.
    pub sources: Vec<Source>,
    /// The status that a step leads to; `None` for another kind of fact.
    pub status: Option<Slug>,
    /// The name of that status, by language.
    pub status_title: Option<BTreeMap<Language, Title>>,
    /// The title of the commitment: what it is about.
    pub title: Title,
    /// The other commitment of a link; `None` for another kind of fact.
    pub to: Option<Slug>,
    /// The measured value. JSON leaves it out for another kind of fact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Decimal>,
}

impl View<'_> {
    /// Returns the events of a commitment that were recorded in advance for later dates, sorted by
    /// date. Entries that conflict with others are left out.
    pub(super) fn future(&self, folded: &Folded<'_>, words: &Wording, title: &Title) -> Vec<FutureEvent> {
        let entries = folded.steps.iter().chain(&folded.deposits).chain(&folded.others).copied();
        let mut later: Vec<(Date, &Entry)> = entries
            .filter(|entry| KINDS.contains(&entry.kind))
            .filter_map(|entry| Some((entry.on()?, entry)))
            .filter(|(on, entry)| self.is_ahead(*on, entry))
            .collect();
        later.sort_by_key(|(on, entry)| (on.first_day(), on.last_day(), entry.key()));
        later.into_iter().map(|(on, entry)| event(folded, words, title, on, entry)).collect()
    }

    /// Whether an entry was recorded by the end of the day of the view, for a later date.
    ///
    /// The day of the view can last until noon of the next day in UTC. So an entry that was
    /// recorded on that next day counts too, if it is for a day after it.
    fn is_ahead(&self, on: Date, entry: &Entry) -> bool {
        let (first, recorded) = (on.first_day(), entry.recorded_at().day());
        first > self.on && first > recorded && recorded.previous().is_none_or(|before| before <= self.on)
    }
}

/// The kinds of fact that are events. An attestation cannot be for a later day.
const KINDS: [Kind; 8] = [
    Kind::Advance,
    Kind::Deposit,
    Kind::Remark,
    Kind::Reschedule,
    Kind::Assign,
    Kind::Unassign,
    Kind::Measure,
    Kind::Link,
];

fn event(folded: &Folded<'_>, words: &Wording, title: &Title, on: Date, entry: &Entry) -> FutureEvent {
    let Content { body, by, deadline, note, remark, sources, status, status_title, to, value, .. } =
        Content::of(folded, words, entry);
    FutureEvent {
        body,
        by,
        commitment: slug(folded.commitment),
        deadline,
        entry: entry.id(),
        kind: slug(entry.kind()),
        note,
        on,
        recorded_at: entry.recorded_at(),
        recorded_by: slug(entry.recorded_by()),
        remark,
        sources,
        status,
        status_title,
        title: title.clone(),
        to,
        value,
    }
}

/// The events that may lie in a span of days.
pub(super) fn within(events: &[FutureEvent], span: Span) -> impl Iterator<Item = FutureEvent> {
    let may_lie = move |event: &&FutureEvent| {
        span.first <= span.last && event.on.first_day() <= span.last && span.first <= event.on.last_day()
    };
    events.iter().filter(may_lie).cloned()
}
