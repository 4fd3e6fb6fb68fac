//! The verdict in a sentence that says why.

use servanda::answers::Timeliness;
use servanda::{Obligation, Standing, Verdict};

use super::Context;
use crate::text::Html;

/// Says in one or two sentences why a commitment has its verdict and its timeliness.
pub(super) fn why(context: &Context<'_>, standing: &Standing) -> Html {
    let words = context.words;
    let mut sentences = Vec::new();
    match (&standing.status_title, standing.since) {
        (Some(title), Some(since)) => {
            let (status, since) = (context.name(title), context.date(since));
            sentences.push(words.filled(key(context, standing), &[("status", &status), ("since", &since)]));
        }
        _ => sentences.push(Html::text(words.t("why.unknown"))),
    }
    sentences.extend(standing.reason.as_ref().map(|reason| Html::text_in(&sentence(reason), Some("en"))));
    for possible in &standing.may_have {
        let gaps = [("status", &context.name(&possible.title)), ("on", &context.date(possible.on))];
        sentences.push(words.filled("why.may_have", &gaps));
    }
    if standing.presumed {
        sentences.push(Html::text(words.t("why.presumed")));
    }
    sentences.extend(timing(context, standing));
    Html::joined(sentences, " ")
}

/// The sentence for a verdict.
fn key(context: &Context<'_>, standing: &Standing) -> &'static str {
    let has_given_up = || {
        let procedure = context.model.procedure(&standing.pin)?;
        Some(procedure.status(standing.status.as_ref()?.as_str())?.abandoned)
    };
    match standing.verdict {
        Some(Verdict::Kept) => match standing.obligation {
            Some(Obligation::Consideration) => "why.kept_consideration",
            Some(Obligation::Conduct) => "why.kept_conduct",
            _ => "why.kept",
        },
        Some(Verdict::Broken) if has_given_up() == Some(true) => "why.broken_given_up",
        Some(Verdict::Broken) => "why.broken",
        Some(Verdict::Unrated) => "why.unrated",
        Some(Verdict::Pending) => "why.pending",
        Some(Verdict::InProgress) => "why.in-progress",
        Some(Verdict::Stalled) => "why.stalled",
        Some(Verdict::PartlyKept) => "why.partly-kept",
        Some(Verdict::Unfulfilled) => "why.unfulfilled",
        Some(Verdict::Released) => "why.released",
        Some(Verdict::Holding) => "why.holding",
        None if standing.obligation.is_none() => "why.none",
        None => "why.status",
    }
}

/// The sentence about the deadline.
fn timing(context: &Context<'_>, standing: &Standing) -> Option<Html> {
    let deadline = context.date(standing.deadline?.date());
    let is_kept = matches!(standing.verdict, Some(Verdict::Kept | Verdict::PartlyKept));
    let key = match standing.timeliness? {
        Timeliness::OnTime if is_kept => "why.on-time_kept",
        Timeliness::OnTime => "why.on-time_open",
        Timeliness::Late => "why.late",
        Timeliness::Overdue => "why.overdue",
        Timeliness::Unknown => "why.unknown_time",
    };
    Some(context.words.filled(key, &[("deadline", &deadline)]))
}

/// A reason as a sentence: with a capital letter and a full stop.
fn sentence(reason: &str) -> String {
    let mut letters = reason.chars();
    let first: String = letters.next().map(|first| first.to_uppercase().collect()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}
