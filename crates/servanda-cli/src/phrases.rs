//! Phrases and colours that several answers share.

use servanda::{
    Filter, Phase, Slug, Standing, Verdict,
    answers::{
        AsOf, Assigned, Conflict, Deposited, FutureEvent, Linked, LinkedFrom, Measured, Naming, PossibleStep, Repinned,
        RetractedEntry, Retraction, Timeliness,
    },
    facts::{Identifier, Target},
    procedure::in_english,
    value::{Decimal, EntryId},
};

use crate::Zone;
use crate::output::Style;

/// Marks a presumed status.
pub(crate) const PRESUMED: &str = "?";
/// Heads the events that are recorded for dates after the day of a view.
pub(crate) const FUTURE: &str = "Recorded for later days, not yet in effect";
/// Marks a status after which another one may have been reached.
pub(crate) const POSSIBLY_LATER: &str = "~";
/// Stands for an absent value.
pub(crate) const ABSENT: &str = "-";

/// Ends a line that counts conflicts.
pub(crate) const LIST_CONFLICTS: &str = "; `servanda verify` lists them";

/// Returns a number with its noun, such as `no entries`, `1 entry` or `2 entries`.
pub(crate) fn count(number: usize, singular: &str, plural: &str) -> String {
    match number {
        0 => format!("no {plural}"),
        1 => format!("1 {singular}"),
        number => format!("{number} {plural}"),
    }
}

/// Returns words for the end of a heading that say whether a filter applies.
pub(crate) fn matching(number: usize, filter: &Filter) -> &'static str {
    match number {
        _ if *filter == Filter::default() => "",
        1 => " that matches",
        _ => " that match",
    }
}

/// Names what a view is of, such as `On 2014-04-01, as known at …`. If the user did not choose the
/// day, it is today in the time zone `today`.
pub(crate) fn view_title(view: AsOf, today: Option<&Zone>) -> String {
    let on = view.on;
    let day = today.map_or_else(|| format!("On {on}"), |zone| format!("Today, {on} ({zone})"));
    let known = view.known_at.map_or_else(String::new, |moment| format!(", as known at {moment}"));
    let published = view.as_published.map_or_else(String::new, |day| format!(", as published by {day}"));
    format!("{day}{known}{published}")
}

/// Describes a standing in one line, such as
/// `In force (in-force) since 2014-04-01: achieved, kept`.
pub(crate) fn standing(standing: &Standing) -> String {
    let (Some(status), Some(title), Some(since)) = (&standing.status, &standing.status_title, standing.since) else {
        return format!("no status: {}", standing.reason.as_deref().unwrap_or("it is not known"));
    };
    let presumed = if standing.presumed { " (presumed)" } else { "" };
    let words =
        [standing.phase.map(Phase::as_str), standing.verdict.map(Verdict::as_str), standing.timeliness.map(timeliness)];
    let words: Vec<&str> = words.into_iter().flatten().collect();
    let possible: String = standing.may_have.iter().map(|step| format!("; {}", may_have(step))).collect();
    let deadline = standing.deadline.map_or_else(String::new, |deadline| format!(", deadline {deadline}"));
    let reason = standing.reason.as_ref().map_or_else(String::new, |reason| format!(" (no verdict: {reason})"));
    let title = in_english(title);
    format!("{title} ({status}){presumed} since {since}: {}{deadline}{reason}{possible}", words.join(", "))
}

/// Describes a step that may have been taken by the day of a view.
pub(crate) fn may_have(step: &PossibleStep) -> String {
    format!("it may have reached {} ({}) on {}", in_english(&step.title), step.status, step.on)
}

/// Returns the words for a timeliness.
pub(crate) fn timeliness(timeliness: Timeliness) -> &'static str {
    match timeliness {
        Timeliness::OnTime => "on time",
        Timeliness::Late => "late",
        Timeliness::Overdue => "overdue",
        Timeliness::Unknown => "timeliness unknown",
    }
}

/// Returns a verdict for a table. That it is on time is what readers expect, so only another
/// timeliness is shown.
pub(crate) fn judgement(verdict: Option<Verdict>, of: Option<Timeliness>) -> String {
    let verdict = verdict.map_or(ABSENT, Verdict::as_str);
    match of {
        None | Some(Timeliness::OnTime) => verdict.to_owned(),
        Some(other) => format!("{verdict}, {}", timeliness(other)),
    }
}

/// Names an event that is recorded for a later date.
pub(crate) fn future_event(event: &FutureEvent) -> String {
    let by = event.by.as_ref().map_or_else(String::new, |by| format!(" by {by}"));
    let title = event.status_title.as_ref().map(in_english);
    if let Some(body) = &event.body {
        let becomes = if event.kind == "assign" { "becomes" } else { "is no longer" };
        return format!("{body} {becomes} responsible");
    }
    if let Some(value) = &event.value {
        return format!("Measured: {value}");
    }
    match (&event.status, &event.deadline, &event.remark, &event.to) {
        (Some(status), ..) => format!("{} ({status}){by}", title.unwrap_or(status.as_str())),
        (_, Some(deadline), ..) => format!("The deadline is set to {deadline}"),
        (.., Some(remark), _) => remark.to_string(),
        (.., Some(to)) => format!("A link to {to}"),
        _ => format!("Deposit{by}"),
    }
}

/// Names a responsible body, with its role if it has one.
pub(crate) fn in_role(body: &Slug, role: Option<&Slug>) -> String {
    role.map_or_else(|| body.to_string(), |role| format!("{body} ({role})"))
}

/// Describes a responsible body, such as `jp/foreign-ministry (lead) since 2013-03-15`.
pub(crate) fn assigned(assigned: &Assigned) -> String {
    let until = assigned.until.map_or_else(String::new, |until| format!(" until {until}"));
    format!("{} since {}{until}", in_role(&assigned.body, assigned.role.as_ref()), assigned.since)
}

/// Says what a commitment is called, apart from its title.
pub(crate) fn named(naming: &Naming) -> String {
    let titles = naming.titles.iter().map(|(language, title)| format!("{language}: {title}"));
    let identifiers = naming.identifiers.iter().map(|Identifier { scheme, value }| format!("{scheme}={value}"));
    let language = naming.language.iter().map(|language| format!("title in {language}"));
    language.chain(titles).chain(identifiers).collect::<Vec<_>>().join("; ")
}

/// Names an event that was retracted.
pub(crate) fn retracted_event(event: &RetractedEntry) -> String {
    let by = event.by.as_ref().map_or_else(String::new, |by| format!(" by {by}"));
    let title = event.status_title.as_ref().map(in_english);
    if let Some(named) = event.body.as_ref().map(Slug::as_str).or(event.value.as_ref().map(Decimal::as_str)) {
        return format!("{}: {named}", event.kind);
    }
    match (&event.status, &event.deadline, &event.remark, &event.to, &event.about) {
        (Some(status), ..) => format!("{} ({status}){by}", title.unwrap_or(status.as_str())),
        (_, Some(deadline), ..) => format!("The deadline is set to {deadline}"),
        (_, _, Some(remark), ..) => remark.to_string(),
        (.., Some(to), _) => format!("A link to {to}"),
        (.., Some(about)) => format!("{} of entry {}{by}", event.kind, short_id(*about)),
        _ => format!("{}{by}", event.kind),
    }
}

/// Says who retracted an entry, when and why, such as `retracted 2013-02-21 by desk: a slip`.
pub(crate) fn retraction(retraction: &Retraction) -> String {
    let Retraction { reason, recorded_at, recorded_by, .. } = retraction;
    format!("retracted {} by {recorded_by}: {reason}", recorded_at.day())
}

/// Names a link and the other commitment.
pub(crate) fn linked(link: &Linked) -> String {
    format!("{} {}", link.relation.label(), link.to)
}

/// Describes a move to another procedure, such as
/// `from action version 1 to action version 2 on 2013-03-01 by desk: a reform`.
pub(crate) fn repinned(repinned: &Repinned) -> String {
    let Repinned { after, before, recorded_at, recorded_by, reason, .. } = repinned;
    format!("from {before} to {after} on {} by {recorded_by}: {reason}", recorded_at.day())
}

/// Says why an entry does not count, such as `illegal-step: …`.
pub(crate) fn conflict(conflict: &Conflict) -> String {
    format!("{}: {}", conflict.reason.code(), conflict.reason)
}

/// Describes a deposit, such as `Deposit of ratification by us, with a share of 12.5`.
pub(crate) fn deposit(deposit: &Deposited) -> String {
    let instrument = deposit.instrument.as_ref().map_or_else(String::new, |kind| format!(" of {kind}"));
    let share = deposit.share.as_ref().map_or_else(String::new, |share| format!(", with a share of {share}"));
    format!("Deposit{instrument} by {}{share}", deposit.by)
}

/// Names the link of another commitment, as seen from this one, such as `Succeeds us/bill-1`.
pub(crate) fn linked_from(link: &LinkedFrom) -> String {
    let since = link.on.map_or_else(String::new, |on| format!(" since {on}"));
    format!("{} {}{since}", link.relation.inverse_label(), link.commitment)
}

/// Describes a target, such as `1000 homes by 2015-12`.
pub(crate) fn target(target: &Target) -> String {
    let by = target.date.map_or_else(String::new, |date| format!(" by {date}"));
    format!("{} {}{by}", target.value, target.unit)
}

/// Describes a measurement, such as `455 homes, 45.5% of the target`.
pub(crate) fn measured(measured: &Measured, target: Option<&Target>) -> String {
    let unit = target.map_or_else(String::new, |target| format!(" {}", target.unit));
    let share =
        measured.share.as_ref().map_or_else(String::new, |share| format!(", {}% of the target", percent(share)));
    format!("{}{unit}{share}", measured.value)
}

/// A share in percent, exactly.
fn percent(share: &Decimal) -> String {
    let (whole, fraction) = share.as_str().split_once('.').unwrap_or((share.as_str(), ""));
    let padded = format!("{fraction:0<2}");
    let (moved, rest) = padded.split_at(2);
    let whole = format!("{whole}{moved}");
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        digits => digits,
    };
    match rest.trim_end_matches('0') {
        "" => whole.to_owned(),
        rest => format!("{whole}.{rest}"),
    }
}

/// Returns the first 12 hexadecimal digits of an id, which are enough to name the entry.
pub(crate) fn short_id(id: EntryId) -> String {
    let id = id.to_string();
    let digits = id.strip_prefix("sha256:").unwrap_or(&id);
    digits.get(..12).unwrap_or(digits).to_owned()
}

/// Returns the colour of a verdict and its timeliness.
pub(crate) fn verdict_style(verdict: Option<Verdict>, timeliness: Option<Timeliness>) -> Option<Style> {
    if timeliness == Some(Timeliness::Overdue) {
        return Some(Style::Caution);
    }
    Some(match verdict? {
        Verdict::Kept | Verdict::PartlyKept | Verdict::Holding => Style::Good,
        Verdict::InProgress => Style::Active,
        Verdict::Stalled => Style::Caution,
        Verdict::Broken | Verdict::Unfulfilled => Style::Bad,
        Verdict::Released => Style::Faint,
        Verdict::Unrated | Verdict::Pending => return None,
    })
}
