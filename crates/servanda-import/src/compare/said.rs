//! The facts of a ledger about commitments that an import can record, too.

use std::collections::HashMap;

use super::phrases::Shown;
use crate::change::{Action, Change};
use servanda::value::{EntryId, Note, Title};
use servanda::{Commitment, Date, Entry, Fact, Ledger, Slug};

/// The facts of a ledger, by commitment.
#[derive(Debug, Default)]
pub(crate) struct LedgerSays {
    pub(crate) commitments: HashMap<Slug, Said>,
    /// The import's entries that another recorder has retracted, by commitment.
    pub(crate) withdrawn: HashMap<Slug, Vec<Withdrawn>>,
}

/// An entry of the import that another recorder has retracted.
#[derive(Debug)]
pub(crate) struct Withdrawn {
    pub(crate) on: Option<Date>,
    pub(crate) fact: Fact,
    pub(crate) by: Slug,
    pub(crate) reason: Note,
}

impl Withdrawn {
    /// The change that says why it is not recorded again.
    pub(super) fn keep(&self) -> Change {
        let reason = format!("{} retracted it: {}", self.by, self.reason);
        Change { action: Action::Keep, reason: Some(reason), ..Change::default() }
    }
}

/// The facts of a ledger about one commitment.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) registered: EntryId,
    /// The recorder of the registration.
    pub(crate) registered_by: Slug,
    pub(crate) registration: Commitment,
    /// The date on which the registration was first published elsewhere.
    pub(crate) published: Option<Date>,
    /// The title and the topics as they are now.
    pub(crate) title: Title,
    pub(crate) topics: Vec<Slug>,
    /// The title and the topics as the import's own recorder said them last.
    pub(crate) own_title: Option<Title>,
    pub(crate) own_topics: Option<Vec<Slug>>,
    /// The own amendments of the title or the topics.
    pub(crate) own_amendments: Vec<EntryId>,
    /// The events that an import can record, in the order in which they were recorded.
    pub(crate) events: Vec<SaidEvent>,
    /// The entries of the import's own recorder about anything else.
    pub(crate) other_own: Vec<EntryId>,
}

/// A step, a remark, or a deadline that was set.
#[derive(Debug)]
pub(crate) struct SaidEvent {
    pub(crate) entry: EntryId,
    pub(crate) by: Slug,
    pub(crate) on: Date,
    pub(crate) fact: Fact,
    pub(crate) published: Option<Date>,
    /// The note as an amendment of the own recorder words it.
    pub(crate) own_note: Option<Note>,
}

impl SaidEvent {
    pub(super) fn shown(&self) -> Shown<'_> {
        Shown { fact: &self.fact, on: self.on, published: self.published }
    }
}

/// Whether a row says that something was published on another date than the ledger says. A row
/// without a date of publication says nothing.
pub(super) fn is_published_otherwise(wanted: Option<Date>, said: Option<Date>) -> bool {
    wanted.is_some() && wanted != said
}

/// Returns what a ledger says about each commitment that is registered.
pub(crate) fn said(ledger: &Ledger, recorder: &Slug) -> LedgerSays {
    let mut says = LedgerSays::default();
    for id in ledger.commitments() {
        if let Some(said) = Said::of(&ledger.counting(id.as_str()), recorder) {
            says.commitments.insert(id.clone(), said);
        }
    }
    let by_others = |entry: &&Entry| entry.kind() == "retract" && entry.recorded_by() != recorder.as_str();
    for (target, retraction, withdrawn) in ledger.entries().filter(by_others).filter_map(|entry| {
        let Fact::Retract(retract) = entry.fact() else { return None };
        let target = ledger.entry(retract.entry).filter(|target| target.recorded_by() == recorder.as_str())?;
        Some((target, entry, retract))
    }) {
        let ids = target.commitment().and_then(|id| id.parse().ok()).zip(retraction.recorded_by().parse().ok());
        if let Some((id, by)) = ids {
            let withdrawn = Withdrawn { on: target.on(), fact: target.fact(), by, reason: withdrawn.reason };
            says.withdrawn.entry(id).or_default().push(withdrawn);
        }
    }
    says
}

impl Said {
    /// Reads the entries about a commitment that count. `None` if it is not registered.
    fn of(entries: &[&Entry], recorder: &Slug) -> Option<Self> {
        let (registered, registration) = entries.iter().find_map(|entry| match entry.fact() {
            Fact::Register(commitment) => Some((entry, *commitment)),
            _ => None,
        })?;
        let registered_by: Slug = registered.recorded_by().parse().ok()?;
        let own = registered_by == *recorder;
        let mut said = Self {
            registered: registered.id(),
            published: registered.published(),
            title: registration.title.clone(),
            topics: registration.topics.clone(),
            own_title: own.then(|| registration.title.clone()),
            own_topics: own.then(|| registration.topics.clone()),
            registered_by,
            registration,
            own_amendments: Vec::new(),
            events: Vec::new(),
            other_own: Vec::new(),
        };
        let registered = said.registered;
        for entry in entries.iter().filter(|entry| entry.id() != registered) {
            said.take(entry, recorder);
        }
        Some(said)
    }

    fn take(&mut self, entry: &Entry, recorder: &Slug) {
        let own = entry.recorded_by() == recorder.as_str();
        match (entry.fact(), entry.on()) {
            (fact @ (Fact::Advance(_) | Fact::Remark(_) | Fact::Reschedule(_) | Fact::Measure(_)), Some(on)) => {
                let by = if own { recorder.clone() } else { entry.recorded_by().parse().unwrap_or(recorder.clone()) };
                let (id, published) = (entry.id(), entry.published());
                self.events.push(SaidEvent { entry: id, by, on, fact, published, own_note: None });
            }
            (Fact::Amend(amend), _) => {
                if let (Some(target), Some(note), true) = (amend.entry, amend.note, own)
                    && let Some(event) = self.events.iter_mut().find(|event| event.entry == target)
                {
                    event.own_note = Some(note);
                }
                if own && (amend.title.is_some() || amend.topics.is_some()) {
                    self.own_amendments.push(entry.id());
                }
                if let Some(title) = amend.title {
                    self.own_title = own.then(|| title.clone()).or(self.own_title.take());
                    self.title = title;
                }
                if let Some(topics) = amend.topics {
                    self.own_topics = own.then(|| topics.clone()).or(self.own_topics.take());
                    self.topics = topics;
                }
            }
            _ if own => self.other_own.push(entry.id()),
            _ => {}
        }
    }
}
