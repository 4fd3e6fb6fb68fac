//! The orders of lists.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use servanda::answers::Timeliness;
use servanda::{Day, Slug, Verdict};
use servanda_charts::Tally;

use super::Row;

/// An order of commitments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// By the latest event, the most recent first.
    Change,
    /// By title.
    Title,
    /// By deadline, the earliest first. Commitments without one come last.
    Deadline,
    /// By verdict, those that need attention first.
    Verdict,
}

impl Order {
    pub(crate) const ALL: [Self; 4] = [Self::Change, Self::Title, Self::Deadline, Self::Verdict];

    /// The word in addresses and in the keys of words.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Change => "change",
            Self::Title => "title",
            Self::Deadline => "deadline",
            Self::Verdict => "verdict",
        }
    }
}

/// The order in which verdicts are listed, which is that of the bar.
pub(crate) const VERDICTS: [Option<Verdict>; 11] = Tally::ORDER;

/// Returns the rows in an order.
pub(crate) fn ordered<'r>(rows: impl IntoIterator<Item = &'r Row>, order: Order) -> Vec<&'r Row> {
    let mut rows: Vec<&Row> = rows.into_iter().collect();
    match order {
        Order::Title => rows.sort_by_cached_key(|row| (row.title.as_str().to_lowercase(), row.id.clone())),
        Order::Change => sort(&mut rows, |row| Reverse(row.changed.map(|date| date.last_day()))),
        Order::Deadline => sort(&mut rows, |row| row.deadline.map_or(Day::LAST, |day| day.date().last_day())),
        Order::Verdict => sort(&mut rows, urgency),
    }
    rows
}

/// Sorts rows by a key. Those with the same key are sorted by id.
fn sort<K: Ord>(rows: &mut [&Row], key: impl Fn(&Row) -> K) {
    rows.sort_by(|one, other| (key(one), &one.id).cmp(&(key(other), &other.id)));
}

/// How urgently a commitment needs attention. Less is more urgent.
fn urgency(row: &Row) -> usize {
    if row.timeliness == Some(Timeliness::Overdue) {
        return 0;
    }
    let order = [
        Some(Verdict::Broken),
        Some(Verdict::Unfulfilled),
        Some(Verdict::Stalled),
        Some(Verdict::Pending),
        Some(Verdict::Unrated),
        Some(Verdict::InProgress),
        Some(Verdict::PartlyKept),
        Some(Verdict::Kept),
        Some(Verdict::Holding),
        Some(Verdict::Released),
    ];
    1 + order.iter().position(|verdict| *verdict == row.verdict).unwrap_or(order.len())
}

/// Returns the ids that occur, each once: first those that the site names, then the others by id.
pub(super) fn groups<'r>(ids: impl IntoIterator<Item = &'r Slug>, first: &[Slug]) -> Vec<Slug> {
    let occurring: BTreeSet<&Slug> = ids.into_iter().collect();
    let named = first.iter().filter(|id| occurring.contains(id));
    let others = occurring.iter().copied().filter(|id| !first.contains(id));
    named.chain(others).cloned().collect()
}
