//! Sentences as plain text, for formats that take no markup.

use servanda::Date;
use servanda::answers::RetractedEntry;
use servanda::value::Deadline;

use super::items::{Item, Tale};
use crate::model::What;
use crate::pages::Context;
use crate::text::{plain, plain_date};

/// Says what an item is about, without the title of its commitment.
pub(super) fn what(context: &Context<'_>, tale: Tale<'_>) -> String {
    match tale {
        Tale::Event(event) => happened(context, &event.what),
        Tale::Correction(entry) => filled(context.words.t("follow.corrected"), &[("what", &was(context, entry))]),
    }
}

/// Says when it happened, and for a correction what was wrong.
pub(super) fn summary(context: &Context<'_>, item: &Item<'_>) -> String {
    let words = context.words;
    let on = item.on.map(|on| date(context, on));
    match item.tale {
        Tale::Event(event) => pair(context, &on.unwrap_or_default(), &happened(context, &event.what)),
        Tale::Correction(entry) => {
            let was = match on {
                Some(on) => pair(context, &on, &was(context, entry)),
                None => was(context, entry),
            };
            let (day, recorder) =
                (Date::from(entry.retraction.recorded_at.day()), plain(entry.retraction.recorded_by.as_str()));
            let gaps = [("moment", date(context, day)), ("recorder", recorder)];
            let gaps = gaps.each_ref().map(|(name, value)| (*name, value.as_str()));
            let sentences = [
                pair(context, words.t("commitment.was"), &was),
                pair(context, words.t("commitment.reason"), &plain(entry.retraction.reason.as_str())),
                filled(words.t("commitment.retracted_by"), &gaps),
            ];
            sentences.join("\n")
        }
    }
}

/// Returns two texts with the colon of the language between them.
pub(super) fn pair(context: &Context<'_>, title: &str, what: &str) -> String {
    filled(context.words.t("follow.item"), &[("title", title), ("what", what)])
}

pub(super) fn date(context: &Context<'_>, date: Date) -> String {
    plain_date(date, &context.words.dates)
}

fn happened(context: &Context<'_>, what: &What) -> String {
    let words = context.words;
    match what {
        What::Made => words.t("changes.made").to_owned(),
        What::Step { status, presumed: false } => {
            filled(words.t("changes.step"), &[("status", &context.plain_name(status))])
        }
        What::Step { status, presumed: true } => {
            filled(words.t("changes.step_presumed"), &[("status", &context.plain_name(status))])
        }
        What::Remark(title) => plain(title.as_str()),
        What::DeadlineSet(deadline) => deadline_set(context, *deadline),
        What::DeadlinePassed(deadline) => {
            filled(words.t("changes.deadline_passed"), &[("deadline", &date(context, deadline.date()))])
        }
        What::Deposit(party) => filled(words.t("changes.deposit"), &[("by", &context.plain_party(party))]),
        What::Assigned(body) => filled(words.t("changes.assigned"), &[("body", &context.plain_party(body))]),
        What::Unassigned(body) => filled(words.t("changes.unassigned"), &[("body", &context.plain_party(body))]),
        What::Measured { value, unit } => {
            let unit = unit.as_ref().map_or_else(String::new, |unit| plain(unit.as_str()));
            filled(words.t("changes.measured"), &[("value", value.as_str()), ("unit", &unit)])
        }
    }
}

fn deadline_set(context: &Context<'_>, deadline: Deadline) -> String {
    filled(context.words.t("changes.deadline_set"), &[("deadline", &date(context, deadline.date()))])
}

/// The content of a retracted entry.
fn was(context: &Context<'_>, entry: &RetractedEntry) -> String {
    let words = context.words;
    match (&entry.status_title, &entry.remark, entry.deadline, &entry.body) {
        (Some(title), ..) => filled(words.t("commitment.was_status"), &[("status", &context.plain_name(title))]),
        (_, Some(remark), ..) => plain(remark.as_str()),
        (.., Some(deadline), _) => deadline_set(context, deadline),
        (.., Some(body)) => context.plain_party(body),
        _ => words.t(&format!("kind.{}", entry.kind)).to_owned(),
    }
}

/// Fills the gaps `{name}` of a sentence with text. Braces in the text are no gaps.
pub(super) fn filled(sentence: &str, gaps: &[(&str, &str)]) -> String {
    let mut text = String::with_capacity(sentence.len() * 2);
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let gap = after.split_once('}');
        let value = gap.and_then(|(name, rest)| Some((gaps.iter().find(|(known, _)| *known == name)?.1, rest)));
        match value {
            Some((value, after)) => {
                text.push_str(value);
                rest = after;
            }
            None => {
                text.push('{');
                rest = after;
            }
        }
    }
    text.push_str(rest);
    text
}
