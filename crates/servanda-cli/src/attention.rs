//! The rows that need attention: the marks of verdicts, the order of rows, and the tally.

use std::collections::{BTreeMap, HashSet};

use servanda::{Phase, Standing, Verdict, answers::Timeliness};

use crate::output::Style;
use crate::phrases::{ABSENT, count, judgement, verdict_style};
use crate::table::Cell;

/// Returns the cell that stands first in a row: the verdict with a mark and a colour. A matter
/// without a promise has no verdict, and shows its phase.
pub(crate) fn verdict_cell(
    verdict: Option<Verdict>,
    timeliness: Option<Timeliness>,
    phase: Option<Phase>,
    known: bool,
) -> Cell {
    let text = match (verdict, phase) {
        (None, Some(phase)) if known && timeliness.is_none() => format!("· ({phase})"),
        (None, _) if timeliness.is_none() => ABSENT.to_owned(),
        _ => format!("{} {}", mark(verdict, timeliness), judgement(verdict, timeliness)),
    };
    Cell::new(text, verdict_style(verdict, timeliness))
}

/// Returns a mark that tells verdicts apart without colours.
fn mark(verdict: Option<Verdict>, timeliness: Option<Timeliness>) -> &'static str {
    if timeliness == Some(Timeliness::Overdue) {
        return "!";
    }
    match verdict {
        Some(Verdict::Kept | Verdict::Holding) => "✓",
        Some(Verdict::PartlyKept) => "½",
        Some(Verdict::InProgress) => "›",
        Some(Verdict::Stalled) => "‖",
        Some(Verdict::Broken | Verdict::Unfulfilled) => "✗",
        Some(Verdict::Released) => "–",
        Some(Verdict::Pending | Verdict::Unrated) | None => "·",
    }
}

/// How urgently a commitment needs attention. Less is more urgent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Urgency {
    Overdue,
    Stalled,
    Rest,
}

impl Urgency {
    pub(crate) fn of(verdict: Option<Verdict>, timeliness: Option<Timeliness>, phase: Option<Phase>) -> Self {
        if timeliness == Some(Timeliness::Overdue) {
            Self::Overdue
        } else if verdict == Some(Verdict::Stalled) || phase == Some(Phase::Stalled) {
            Self::Stalled
        } else {
            Self::Rest
        }
    }
}

/// A standing in a table, and how deep it is below a whole in the same table.
pub(crate) type Placed = (Standing, usize);

/// Puts first what needs attention: what is overdue, what is stalled, and the rest. Parts come
/// after their whole, which is as urgent as its most urgent part.
pub(crate) fn by_attention(standings: Vec<Standing>) -> Vec<Placed> {
    let index: BTreeMap<String, usize> =
        standings.iter().enumerate().map(|(index, standing)| (standing.commitment.to_string(), index)).collect();
    let whole = |standing: &Standing| standing.part_of.as_ref().and_then(|whole| index.get(whole.as_str()).copied());
    let mut parts: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    for (index, standing) in standings.iter().enumerate() {
        parts.entry(whole(standing)).or_default().push(index);
    }
    // The urgency of each standing and everything below it.
    let mut urgency: Vec<Urgency> = standings.iter().map(urgency_of).collect();
    for (index, standing) in standings.iter().enumerate() {
        let (mut above, mut met) = (whole(standing), HashSet::from([index]));
        let own = urgency.get(index).copied().unwrap_or(Urgency::Rest);
        while let Some(next) = above.filter(|next| met.insert(*next)) {
            if let Some(known) = urgency.get_mut(next) {
                *known = own.min(*known);
            }
            above = standings.get(next).and_then(whole);
        }
    }
    parts.values_mut().for_each(|parts| parts.sort_by_key(|index| urgency.get(*index).copied()));
    let mut order: Vec<(usize, usize)> = Vec::new();
    let mut stack: Vec<(usize, usize)> = Vec::new();
    let below = |whole: Option<usize>| parts.get(&whole).into_iter().flatten().rev().copied();
    stack.extend(below(None).map(|index| (index, 0)));
    while let Some((index, depth)) = stack.pop() {
        order.push((index, depth));
        stack.extend(below(Some(index)).map(|part| (part, depth + 1)));
    }
    // Commitments that are parts of each other, as a merge can leave them, are not below anything.
    let placed: HashSet<usize> = order.iter().map(|(index, _)| *index).collect();
    order.extend((0..standings.len()).filter(|index| !placed.contains(index)).map(|index| (index, 0)));
    let mut standings: Vec<Option<Standing>> = standings.into_iter().map(Some).collect();
    order.into_iter().filter_map(|(index, depth)| Some((standings.get_mut(index)?.take()?, depth))).collect()
}

fn urgency_of(standing: &Standing) -> Urgency {
    Urgency::of(standing.verdict, standing.timeliness, standing.phase)
}

/// Returns the line below a table, such as `16 commitments: 3 kept, 1 stalled; 1 overdue`.
pub(crate) fn tally(rows: impl IntoIterator<Item = (Option<Verdict>, Option<Timeliness>)>) -> String {
    let rows: Vec<(Option<Verdict>, Option<Timeliness>)> = rows.into_iter().collect();
    let verdicts = Verdict::ALL.into_iter().filter_map(|verdict| {
        let number = rows.iter().filter(|(other, _)| *other == Some(verdict)).count();
        (number > 0).then(|| format!("{number} {verdict}"))
    });
    let without = rows.iter().filter(|(verdict, _)| verdict.is_none()).count();
    let without = (without > 0).then(|| format!("{without} without a verdict"));
    let counts: Vec<String> = verdicts.chain(without).collect();
    let overdue = rows.iter().filter(|(_, timeliness)| *timeliness == Some(Timeliness::Overdue)).count();
    let overdue = if overdue > 0 { format!("; {overdue} overdue") } else { String::new() };
    format!("{}: {}{overdue}", count(rows.len(), "commitment", "commitments"), counts.join(", "))
}

/// The style of a row's title.
pub(crate) const TITLE: Style = Style::Strong;
