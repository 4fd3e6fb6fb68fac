//! The content of all pages, computed once from a view and in no language yet.
//!
//! A [`Model`] has one light [`Row`] for each commitment, and the events of all of them by day. The
//! full standing of a commitment is computed when its page is made, so that a large ledger does not
//! fill the memory with standings.

mod events;
mod order;
mod stood;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use servanda::answers::{Agenda, LedgerView, RetractedEntry, Span, Timeliness};
use servanda::facts::{Relation, Topic};
use servanda::procedure::ProcedureRef;
use servanda::value::{Deadline, Digest, Language, Title};
use servanda::{Date, Day, Filter, Ledger, Moment, Party, Procedure, Slug, Standing, Verdict, View};

use events::SharedNames;
pub(crate) use events::{Event, What};
pub(crate) use order::{Order, VERDICTS, ordered};
use stood::StatusNames;
pub(crate) use stood::{State, Stood, Versions};

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
    /// The events, the earliest first.
    pub(crate) events: Vec<Event>,
    /// The retracted entries, the latest retraction first.
    pub(crate) corrections: Vec<Correction>,
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
}

impl Row {
    /// The parts of a commitment that the pages of other commitments show.
    pub(crate) fn shown_elsewhere(&self) -> String {
        let Self { id, title, language, titles, verdict, timeliness, status, since, deadline, .. } = self;
        format!("{id} {title} {language:?} {titles:?} {verdict:?} {timeliness:?} {status:?} {since:?} {deadline:?}")
    }

    pub(crate) fn is_overdue(&self) -> bool {
        self.timeliness == Some(Timeliness::Overdue)
    }
}

/// An entry that was retracted.
#[derive(Clone, Debug)]
pub(crate) struct Correction {
    /// The index of the commitment.
    pub(crate) row: usize,
    pub(crate) entry: RetractedEntry,
}

/// A link of another commitment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Backlink {
    /// The index of the other commitment.
    pub(crate) row: usize,
    /// The relation, as the other commitment states it.
    pub(crate) relation: Relation,
}

impl Model {
    /// Computes everything that lists show.
    pub(crate) fn of(view: &View, site: &Site) -> Result<Self, PublishError> {
        let (ledger, day) = (view.entries()?, view.day());
        let all = LedgerView::new(&ledger, day, None, None);
        let mut model = Self {
            day,
            known_at: view.as_of().known_at,
            newest: ledger.newest(),
            digest: ledger.digest(),
            definitions: Digest::of_ids(
                ledger.entries().filter(|entry| entry.commitment().is_none()).map(servanda::Entry::id),
            ),
            rows: Vec::new(),
            by_id: HashMap::new(),
            events: Vec::new(),
            corrections: Vec::new(),
            agenda: all.agenda(Span { first: day, last: Day::LAST }, &Filter::default()),
            parties: all.parties().into_iter().map(|party| (party.id.clone(), party)).collect(),
            topics: all.topics().into_iter().map(|topic| (topic.id.clone(), topic)).collect(),
            procedures: all.procedures(),
            names: StatusNames::of(&ledger, day),
            parts: HashMap::new(),
            linked_from: HashMap::new(),
            groups: Groups::default(),
            ledger: Arc::clone(&ledger),
        };
        let mut names = SharedNames::default();
        for id in ledger.commitments() {
            // An id that only retracted or conflicting entries are about has no standing.
            if let (Ok(standing), Ok(intervals)) = (all.standing(id), all.intervals(id)) {
                let stood = model.names.stood(intervals, &standing.procedure);
                model.add(standing, stood, &mut names);
            }
        }
        model.events.sort_by_key(|event| (event.on.last_day(), event.on.first_day()));
        model.corrections.sort_by_key(|correction| std::cmp::Reverse(correction.entry.retraction.recorded_at));
        model.groups = Groups {
            parties: order::groups(model.rows.iter().flat_map(|row| row.by.iter().chain(&row.to)), &site.parties),
            bodies: order::groups(model.rows.iter().flat_map(|row| &row.bodies), &site.parties),
            topics: order::groups(model.rows.iter().flat_map(|row| &row.topics), &site.topics),
        };
        Ok(model)
    }

    fn add(&mut self, standing: Standing, stood: Stood, names: &mut SharedNames) {
        let row = self.rows.len();
        events::of_standing(&standing, row, names, &mut self.events);
        events::of_facts(&self.ledger, &standing, row, &mut self.events);
        let changed = events::latest(&self.events, row);
        self.corrections.extend(standing.retracted.into_iter().map(|entry| Correction { row, entry }));
        let linked = standing.links.iter().map(|link| link.to.clone()).chain(standing.part_of.clone()).collect();
        for link in standing.links {
            self.linked_from.entry(link.to).or_default().push(Backlink { row, relation: link.relation });
        }
        if let Some(whole) = standing.part_of {
            self.parts.entry(whole).or_default().push(row);
        }
        // A body can have several roles.
        let mut bodies: Vec<Slug> = Vec::new();
        for assigned in standing.responsible {
            if !bodies.contains(&assigned.body) {
                bodies.push(assigned.body);
            }
        }
        self.by_id.insert(standing.commitment.clone(), row);
        self.rows.push(Row {
            status: standing.status.zip(standing.status_title).map(|(id, title)| names.of(&standing.pin, &id, title)),
            id: standing.commitment,
            title: standing.title,
            language: standing.language,
            titles: standing.titles,
            by: standing.by,
            to: standing.to,
            bodies,
            topics: standing.topics,
            verdict: standing.verdict,
            timeliness: standing.timeliness,
            since: standing.since,
            deadline: standing.deadline,
            changed,
            procedure: standing.pin,
            linked,
            stood,
        });
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
