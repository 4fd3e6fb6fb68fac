//! The items of a feed: one item for each event, and one for each correction.

use std::cmp::Reverse;
use std::collections::HashMap;

use servanda::answers::RetractedEntry;
use servanda::{Date, Day, Moment};

use crate::model::{Event, Model, Row, What};

/// Something that a feed tells.
pub(super) struct Item<'m> {
    pub(super) row: &'m Row,
    /// Names the item for all time.
    pub(super) id: String,
    /// The moment from which it was known.
    pub(super) updated: Moment,
    /// The date on which it happened.
    pub(super) on: Option<Date>,
    pub(super) tale: Tale<'m>,
}

/// The subject of an item.
#[derive(Clone, Copy)]
pub(super) enum Tale<'m> {
    Event(&'m Event),
    Correction(&'m RetractedEntry),
}

impl Tale<'_> {
    /// The word for the kind in ids and categories.
    pub(super) fn kind(self) -> &'static str {
        match self {
            Self::Correction(_) => "correction",
            Self::Event(event) => match event.what {
                What::Made => "made",
                What::Step { .. } => "step",
                What::Remark(_) => "remark",
                What::DeadlineSet(_) => "deadline",
                What::DeadlinePassed(_) => "overdue",
                What::Deposit(_) => "deposit",
                What::Assigned(_) => "assigned",
                What::Unassigned(_) => "unassigned",
                What::Measured { .. } => "measurement",
            },
        }
    }
}

/// Returns the items of a commitment, in no order.
pub(super) fn of_row<'m>(model: &'m Model, row: &'m Row) -> Vec<Item<'m>> {
    let registered = model.ledger.counting(row.id.as_str()).into_iter().find(|entry| entry.kind() == "register");
    // Two events of one kind on one day can follow from rules.
    let mut derived: HashMap<(&'static str, Day), usize> = HashMap::new();
    let mut items = Vec::new();
    let mut events: Vec<&Event> = model.events_of(row).iter().collect();
    events.sort_by_key(|event| (event.on.last_day(), event.on.first_day()));
    for event in events {
        let entry = match event.what {
            What::Made => registered,
            _ => event.entry.and_then(|id| model.ledger.entry(id)),
        };
        let tale = Tale::Event(event);
        let kind = tale.kind();
        let (id, updated) = match entry {
            Some(entry) => (format!("urn:servanda:{kind}:{}", entry.id()), entry.recorded_at()),
            None => {
                let day = event.on.last_day();
                let count = derived.entry((kind, day)).or_default();
                *count += 1;
                let since = Moment::start_of(day);
                let about = registered.map_or_else(|| row.id.to_string(), |entry| entry.id().to_string());
                let id = match *count {
                    1 => format!("urn:servanda:{kind}:{about}:{day}"),
                    nth => format!("urn:servanda:{kind}:{about}:{day}:{nth}"),
                };
                (id, registered.map_or(since, |entry| since.max(entry.recorded_at())))
            }
        };
        items.push(Item { row, id, updated, on: Some(event.on), tale });
    }
    for entry in model.corrections_of(row) {
        let tale = Tale::Correction(entry);
        let id = format!("urn:servanda:{}:{}", tale.kind(), entry.retraction.entry);
        items.push(Item { row, id, updated: entry.retraction.recorded_at, on: entry.on, tale });
    }
    items
}

/// The order of a feed. Items of one moment are in the order of their days.
pub(super) fn latest_first(one: &Item<'_>, other: &Item<'_>) -> std::cmp::Ordering {
    let key = |item: &Item<'_>| Reverse((item.updated, item.on.map(|on| on.last_day())));
    key(one).cmp(&key(other)).then_with(|| one.id.cmp(&other.id))
}
