//! Turns of phrase that several answers have in common.

use servanda::{Day, Filter, Moment, Phase, Standing, Verdict, in_english};

use crate::output::Style;

/// Says that a status is presumed.
pub(crate) const PRESUMED: &str = "?";
/// Says that there is nothing.
pub(crate) const ABSENT: &str = "-";

/// `no entries`, `1 entry`, `2 entries`.
pub(crate) fn count(number: usize, one: &str, more: &str) -> String {
    match number {
        0 => format!("no {more}"),
        1 => format!("1 {one}"),
        number => format!("{number} {more}"),
    }
}

/// Says that not all are shown, if so, after their number.
pub(crate) fn fitting(number: usize, filter: &Filter) -> &'static str {
    match number {
        _ if *filter == Filter::default() => "",
        1 => " that fits",
        _ => " that fit",
    }
}

/// `On 2014-04-01, as known at …`; it says so if the day is today because no other was asked for.
pub(crate) fn when(on: Day, is_today: bool, known_at: Option<Moment>) -> String {
    let day = if is_today { format!("Today, {on} (UTC)") } else { format!("On {on}") };
    known_at.map_or(day.clone(), |moment| format!("{day}, as known at {moment}"))
}

/// Where a commitment stands, in one line, such as `In force (in-force) since 2014-04-01: achieved, kept`.
pub(crate) fn standing(standing: &Standing) -> String {
    let (Some(status), Some(title), Some(since)) = (&standing.status, &standing.status_title, standing.since) else {
        return format!("no status: {}", standing.reason.as_deref().unwrap_or("it is not known"));
    };
    let presumed = if standing.presumed { " (presumed)" } else { "" };
    let judged = [standing.phase.map(Phase::as_str), standing.verdict.map(Verdict::as_str)];
    let judged: Vec<&str> = judged.into_iter().flatten().collect();
    let deadline = standing.deadline.map_or_else(String::new, |deadline| format!(", deadline {deadline}"));
    let reason = standing.reason.as_ref().map_or_else(String::new, |reason| format!(" (no verdict: {reason})"));
    format!("{} ({status}){presumed} since {since}: {}{deadline}{reason}", in_english(title), judged.join(", "))
}

/// The colour of a verdict.
pub(crate) fn verdict_style(verdict: Verdict) -> Option<Style> {
    Some(match verdict {
        Verdict::Kept | Verdict::KeptLate | Verdict::Holding => Style::Good,
        Verdict::InProgress => Style::Active,
        Verdict::Stalled | Verdict::Overdue => Style::Caution,
        Verdict::Broken | Verdict::Unfulfilled => Style::Bad,
        Verdict::Released => Style::Faint,
        Verdict::Pending => return None,
    })
}
