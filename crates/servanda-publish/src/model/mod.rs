//! The content of all pages, computed once from a view and in no language yet.
//!
//! A [`Model`] has one light [`Row`] for each commitment, and the events of all of them by day. The
//! full standing of a commitment is computed when its page is made, so that a large ledger does not
//! fill the memory with standings.

mod events;
mod order;
mod stood;

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

use servanda::answers::{Agenda, LedgerView, Linked, RetractedEntry, Span, Timeliness};
use servanda::facts::{Relation, Topic};
use servanda::procedure::ProcedureRef;
use servanda::value::{Deadline, Digest, Language, Title};
use servanda::{Date, Day, Entry, Filter, Ledger, Moment, Party, Procedure, Slug, Standing, Verdict, View};

use events::SharedNames;
pub(crate) use events::{Event, What};
pub(crate) use order::{Order, VERDICTS, ordered};
use stood::StatusNames;
pub(crate) use stood::{State, Stood, Versions};

use crate::parallel::in_parallel;
use crate::{PublishError, Site};

/// Names in several languages.
pub(crate) type Names = BTreeMap<Language, Title>;

/// The content of all pages.
pub(crate) struct Model {
    pub(crate) ledger: Arc<Ledger>,
    pub(crate) day: Day,
    /// The moment of the view; `None` if every entry counts.
    pub(crate) known_at: Option<Moment>,
    /// The moment of the latest entry.
    pub(crate) newest: Option<Moment>,
    /// The digest of the ledger.
    pub(crate) digest: Digest,
    /// The digest of the entries about no commitment: definitions, and corrections of them.
    pub(crate) definitions: Digest,
    /// The commitments, sorted by id.
    pub(crate) rows: Vec<Row>,
    by_id: HashMap<Slug, usize>,
    /// The events. Those of one commitment stand together.
    events: Vec<Event>,
    /// The indexes of commitments and of their events, the earliest event first.
    by_day: Vec<(usize, usize)>,
    /// The retracted entries. Those of one commitment stand together.
    corrections: Vec<RetractedEntry>,
    /// The indexes of commitments and of their retracted entries, the latest retraction first.
    by_retraction: Vec<(usize, usize)>,
    pub(crate) agenda: Agenda,
    pub(crate) parties: BTreeMap<Slug, Arc<Party>>,
    pub(crate) topics: BTreeMap<Slug, Arc<Topic>>,
    pub(crate) procedures: Vec<Arc<Procedure>>,
    names: StatusNames,
    parts: HashMap<Slug, Vec<usize>>,
    linked_from: HashMap<Slug, Vec<Backlink>>,
    /// The ids that pages are made for, in the order of the lists.
    pub(crate) groups: Groups,
}

/// The parties, bodies and topics that commitments name, in the order of the lists.
#[derive(Debug, Default)]
pub(crate) struct Groups {
    pub(crate) parties: Vec<Slug>,
    pub(crate) bodies: Vec<Slug>,
    pub(crate) topics: Vec<Slug>,
}

/// One commitment in a list.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) id: Slug,
    pub(crate) title: Title,
    /// The language of the title, if the ledger states it.
    pub(crate) language: Option<Language>,
    pub(crate) titles: Names,
    pub(crate) by: Vec<Slug>,
    pub(crate) to: Vec<Slug>,
    pub(crate) bodies: Vec<Slug>,
    pub(crate) topics: Vec<Slug>,
    pub(crate) verdict: Option<Verdict>,
    pub(crate) timeliness: Option<Timeliness>,
    pub(crate) status: Option<Arc<Names>>,
    pub(crate) since: Option<Date>,
    pub(crate) deadline: Option<Deadline>,
    /// The date of the latest event.
    pub(crate) changed: Option<Date>,
    pub(crate) procedure: ProcedureRef,
    /// Where it stood from day to day, as known now.
    pub(crate) stood: Stood,
    /// The commitments that it links to, and the one that it is part of.
    pub(crate) linked: Vec<Slug>,
    /// The digest of the entries about it.
    pub(crate) record: Digest,
    /// With the day, the moment and the definitions, it stands for everything else in the row, and
    /// for the standing.
    pub(crate) fingerprint: Digest,
    /// No event and no correction of it became known later.
    pub(crate) known_by: Moment,
    events: Range<usize>,
    corrections: Range<usize>,
}

impl Row {
    pub(crate) fn is_overdue(&self) -> bool {
        self.timeliness == Some(Timeliness::Overdue)
    }
}

/// A link of another commitment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Backlink {
    /// The index of the other commitment.
    pub(crate) row: usize,
    /// The relation, as the other commitment states it.
    pub(crate) relation: Relation,
}

/// Everything that the model needs of one commitment.
struct Computed<T> {
    row: Row,
    events: Vec<Event>,
    corrections: Vec<RetractedEntry>,
    links: Vec<Linked>,
    part_of: Option<Slug>,
    agenda: Agenda,
    /// The outcome of the caller's own function.
    outcome: T,
}

impl Model {
    /// Computes everything that lists show. `with_standing` is called with each standing, and its
    /// outcomes are returned in the order of the rows, so that tables need no standings of their own.
    pub(crate) fn of<T: Send>(
        view: &View,
        site: &Site,
        with_standing: impl Fn(Standing) -> T + Sync,
    ) -> Result<(Self, Vec<T>), PublishError> {
        let (ledger, day) = (view.entries()?, view.day());
        let all = LedgerView::new(&ledger, day, None, None);
        let mut model = Self {
            day,
            known_at: view.as_of().known_at,
            newest: ledger.newest(),
            digest: ledger.digest(),
            definitions: fingerprint(&ledger, ledger.entries().filter(|entry| entry.commitment().is_none())),
            rows: Vec::new(),
            by_id: HashMap::new(),
            events: Vec::new(),
            by_day: Vec::new(),
            corrections: Vec::new(),
            by_retraction: Vec::new(),
            agenda: LedgerView::new(&Ledger::new(), day, None, None).agenda(ahead(day), &Filter::default()),
            parties: all.parties().into_iter().map(|party| (party.id.clone(), party)).collect(),
            topics: all.topics().into_iter().map(|topic| (topic.id.clone(), topic)).collect(),
            procedures: all.procedures(),
            names: StatusNames::of(&ledger, day),
            parts: HashMap::new(),
            linked_from: HashMap::new(),
            groups: Groups::default(),
            ledger: Arc::clone(&ledger),
        };
        let ids: Vec<&Slug> = ledger.commitments().collect();
        let computed = in_parallel(&ids, |ids| {
            let mut names = SharedNames::default();
            ids.iter().filter_map(|id| compute(&all, &ledger, id, &model.names, &mut names, &with_standing)).collect()
        });
        let (agendas, outcomes): (Vec<Agenda>, Vec<T>) =
            computed.into_iter().map(|computed| model.add(computed)).unzip();
        model.agenda.extend(agendas);
        model.order(site);
        Ok((model, outcomes))
    }

    fn add<T>(&mut self, computed: Computed<T>) -> (Agenda, T) {
        let (index, Computed { mut row, events, corrections, links, part_of, agenda, outcome }) =
            (self.rows.len(), computed);
        for link in links {
            self.linked_from.entry(link.to).or_default().push(Backlink { row: index, relation: link.relation });
        }
        if let Some(whole) = part_of {
            self.parts.entry(whole).or_default().push(index);
        }
        row.events = self.events.len()..self.events.len() + events.len();
        self.events.extend(events);
        row.corrections = self.corrections.len()..self.corrections.len() + corrections.len();
        self.corrections.extend(corrections);
        self.by_id.insert(row.id.clone(), index);
        self.rows.push(row);
        (agenda, outcome)
    }

    /// Puts events, corrections and groups into the orders in which pages list them.
    fn order(&mut self, site: &Site) {
        let rows = || self.rows.iter().enumerate();
        let mut by_day: Vec<(usize, usize)> =
            rows().flat_map(|(row, all)| all.events.clone().map(move |event| (row, event))).collect();
        by_day
            .sort_by_key(|(_, event)| self.events.get(*event).map(|event| (event.on.last_day(), event.on.first_day())));
        let mut by_retraction: Vec<(usize, usize)> =
            rows().flat_map(|(row, all)| all.corrections.clone().map(move |entry| (row, entry))).collect();
        by_retraction
            .sort_by_key(|(_, entry)| Reverse(self.corrections.get(*entry).map(|entry| entry.retraction.recorded_at)));
        (self.by_day, self.by_retraction) = (by_day, by_retraction);
        self.groups = Groups {
            parties: order::groups(self.rows.iter().flat_map(|row| row.by.iter().chain(&row.to)), &site.parties),
            bodies: order::groups(self.rows.iter().flat_map(|row| &row.bodies), &site.parties),
            topics: order::groups(self.rows.iter().flat_map(|row| &row.topics), &site.topics),
        };
    }

    /// The events of all commitments, the earliest first.
    pub(crate) fn events(&self) -> impl DoubleEndedIterator<Item = (&Row, &Event)> {
        self.by_day.iter().filter_map(|(row, event)| Some((self.rows.get(*row)?, self.events.get(*event)?)))
    }

    /// The events of a commitment.
    pub(crate) fn events_of(&self, row: &Row) -> &[Event] {
        self.events.get(row.events.clone()).unwrap_or_default()
    }

    /// The retracted entries of all commitments, the latest retraction first.
    pub(crate) fn corrections(&self) -> impl Iterator<Item = (&Row, &RetractedEntry)> {
        self.by_retraction.iter().filter_map(|(row, entry)| Some((self.rows.get(*row)?, self.corrections.get(*entry)?)))
    }

    /// The retracted entries of a commitment.
    pub(crate) fn corrections_of(&self, row: &Row) -> &[RetractedEntry] {
        self.corrections.get(row.corrections.clone()).unwrap_or_default()
    }

    /// The row of a commitment; `None` if it is not registered by the day.
    pub(crate) fn row(&self, id: impl AsRef<str>) -> Option<&Row> {
        self.rows.get(*self.by_id.get(id.as_ref())?)
    }

    /// The standing of a commitment with all details.
    pub(crate) fn standing(&self, id: &Slug) -> Result<Standing, PublishError> {
        Ok(LedgerView::new(&self.ledger, self.day, None, None).standing(id)?)
    }

    /// The rows of the parts of a commitment, sorted by id.
    pub(crate) fn parts(&self, whole: &Slug) -> impl Iterator<Item = &Row> {
        self.parts.get(whole).into_iter().flatten().filter_map(|row| self.rows.get(*row))
    }

    /// The links of other commitments to this one.
    pub(crate) fn links_to(&self, id: &Slug) -> impl Iterator<Item = (&Row, Relation)> {
        let links = self.linked_from.get(id).into_iter().flatten();
        links.filter_map(|link| Some((self.rows.get(link.row)?, link.relation)))
    }

    /// The rows of the commitments that one links to, or is part of.
    pub(crate) fn linked_from(&self, row: &Row) -> impl Iterator<Item = &Row> {
        row.linked.iter().filter_map(|id| self.row(id.as_str()))
    }

    /// The procedure of a reference.
    pub(crate) fn procedure(&self, reference: &ProcedureRef) -> Option<&Arc<Procedure>> {
        self.procedures.iter().find(|known| known.id == reference.id && known.version == reference.version)
    }
}

/// The digest of entries, and of the entries with which they became known. An entry counts only when
/// its batch is whole, and that can depend on entries about other commitments.
fn fingerprint<'e>(ledger: &Ledger, entries: impl Iterator<Item = &'e Entry>) -> Digest {
    let mut ids = String::new();
    for entry in entries {
        let id = entry.id();
        // Writing to memory does not fail.
        let _ = match ledger.known_with(id) {
            Some(known) if known == id => writeln!(ids, "{id}"),
            known => writeln!(ids, "{id} {known:?}"),
        };
    }
    Digest::of(ids.as_bytes())
}

/// The days that lie ahead of a day.
fn ahead(day: Day) -> Span {
    Span { first: day, last: Day::LAST }
}

/// Computes what the model needs of one commitment. An id that only retracted or conflicting
/// entries are about has no standing, and gives `None`.
fn compute<T>(
    all: &LedgerView<'_>,
    ledger: &Ledger,
    id: &Slug,
    statuses: &StatusNames,
    names: &mut SharedNames,
    with_standing: impl Fn(Standing) -> T,
) -> Option<Computed<T>> {
    let (standing, intervals) = (all.standing(id).ok()?, all.intervals(id).ok()?);
    let mut events = Vec::new();
    events::of_standing(&standing, names, &mut events);
    events::of_facts(ledger, &standing, &mut events);
    let status = standing.status.as_ref().zip(standing.status_title.clone());
    let linked = standing.links.iter().map(|link| &link.to).chain(&standing.part_of).cloned().collect();
    // A body can have several roles.
    let mut bodies: Vec<Slug> = Vec::new();
    for assigned in &standing.responsible {
        if !bodies.contains(&assigned.body) {
            bodies.push(assigned.body.clone());
        }
    }
    let changed = events.iter().map(|event| event.on).max_by_key(|on| on.last_day());
    let recorded = ledger.entries_about(id.as_str()).map(servanda::Entry::recorded_at);
    let followed = changed.map(|on| Moment::start_of(on.last_day()));
    let record = Digest::of_ids(ledger.entries_about(id.as_str()).map(servanda::Entry::id));
    let fingerprint = fingerprint(ledger, ledger.entries_about(id.as_str()));
    let row = Row {
        stood: statuses.stood(intervals, &standing.procedure),
        status: status.map(|(id, title)| names.of(&standing.pin, id, title)),
        id: standing.commitment.clone(),
        title: standing.title.clone(),
        language: standing.language.clone(),
        titles: standing.titles.clone(),
        by: standing.by.clone(),
        to: standing.to.clone(),
        bodies,
        topics: standing.topics.clone(),
        verdict: standing.verdict,
        timeliness: standing.timeliness,
        since: standing.since,
        deadline: standing.deadline,
        changed,
        procedure: standing.pin.clone(),
        linked,
        record,
        fingerprint: match standing.conflicts.as_slice() {
            [] => fingerprint,
            conflicts => Digest::of(format!("{fingerprint} {conflicts:?}").as_bytes()),
        },
        known_by: recorded.chain(followed).max().unwrap_or(Moment::start_of(all.day())),
        events: 0..0,
        corrections: 0..0,
    };
    Some(Computed {
        row,
        events,
        corrections: standing.retracted.clone(),
        links: standing.links.clone(),
        part_of: standing.part_of.clone(),
        agenda: standing.agenda(ahead(all.day())),
        outcome: with_standing(standing),
    })
}
