//! Phrases for people about facts and their parts.

use servanda::format::{quote, to_json};
use servanda::{Commitment, Date, Fact, Slug, Source};

use crate::rows::WantedEvent;

/// Describes an event in a few words.
pub(super) fn event(fact: &Fact, on: Date) -> String {
    match fact {
        Fact::Advance(advance) => format!("the step to {} on {on}", advance.to),
        Fact::Remark(remark) => format!("the remark {} on {on}", quote(remark.title.as_str())),
        Fact::Reschedule(reschedule) => format!("the deadline {}, set on {on}", reschedule.deadline),
        Fact::Measure(measure) => format!("the measurement {} on {on}", measure.value),
        other => format!("{} on {on}", other.kind()),
    }
}

/// The parts of an event that a change shows.
#[derive(Clone, Copy)]
pub(super) struct Shown<'a> {
    pub(crate) fact: &'a Fact,
    pub(crate) on: Date,
    pub(crate) published: Option<Date>,
}

impl WantedEvent {
    pub(super) fn shown(&self) -> Shown<'_> {
        Shown { fact: &self.fact, on: self.on, published: self.published }
    }
}

/// Returns the parts in which two different events differ: what the first and what the second
/// says.
pub(super) fn differing(before: Shown<'_>, after: Shown<'_>) -> (String, String) {
    let (parts_before, parts_after) = (parts(before), parts(after));
    if parts_before == parts_after {
        return (to_json(before.fact), to_json(after.fact));
    }
    let differing = || parts_before.iter().zip(&parts_after).filter(|(before, after)| before != after);
    let said = |texts: Vec<&String>| {
        let texts: Vec<&str> = texts.into_iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
        if texts.is_empty() { "none".to_owned() } else { texts.join(", ") }
    };
    (said(differing().map(|(before, _)| before).collect()), said(differing().map(|(_, after)| after).collect()))
}

/// The parts of an event, always as many and in the same order.
fn parts(Shown { fact, on, published }: Shown<'_>) -> [String; 6] {
    let what = match fact {
        Fact::Advance(advance) => advance.to.to_string(),
        Fact::Remark(remark) => quote(remark.title.as_str()),
        Fact::Reschedule(reschedule) => reschedule.deadline.to_string(),
        Fact::Measure(measure) => measure.value.to_string(),
        other => other.kind().to_owned(),
    };
    let by = match fact {
        Fact::Advance(advance) => advance.by.as_ref().map_or_else(String::new, |by| format!("by {by}")),
        _ => String::new(),
    };
    let note = fact.note().map_or_else(String::new, |note| quote(note.as_str()));
    let published = published.map_or_else(String::new, |date| format!("published {date}"));
    [what, format!("on {on}"), by, note, sources(fact.sources()), published]
}

fn sources(sources: &[Source]) -> String {
    match sources {
        [] => String::new(),
        sources => format!("citing {}", sources.iter().map(source).collect::<Vec<_>>().join(" and ")),
    }
}

fn source(source: &Source) -> String {
    let quotation = source.quotation.as_ref().map(|quotation| quote(quotation.as_str()));
    let parts = [
        Some(quote(&source.description())),
        source.url.as_ref().map(|url| format!(" <{url}>")),
        source.language.as_ref().map(|language| format!(", in {language}")),
        quotation.map(|quotation| format!(", quoted {quotation}")),
        source.archived.as_ref().map(|url| format!(", archived at <{url}>")),
    ];
    parts.into_iter().flatten().collect()
}

fn listed<T: serde::Serialize>(values: &[T]) -> Option<String> {
    (!values.is_empty()).then(|| to_json(&values))
}

/// Returns the fields in which two registrations differ, apart from the title and the topics: the
/// key of the field, and what the first and what the second says.
pub(super) fn registrations(
    before: &Commitment,
    after: &Commitment,
) -> Vec<(&'static str, Option<String>, Option<String>)> {
    let slugs =
        |slugs: &[Slug]| (!slugs.is_empty()).then(|| slugs.iter().map(Slug::as_str).collect::<Vec<_>>().join(", "));
    let sources =
        before.words.as_ref().zip(after.words.as_ref()).map(|(before, after)| (&before.source, &after.source));
    // Different sources can have the same phrase.
    let source: fn(&Source) -> String = match sources {
        Some((before, after)) if before != after && source(before) == source(after) => to_json,
        _ => source,
    };
    let fields = |commitment: &Commitment| {
        let words = commitment.words.as_ref();
        let opening = commitment.opening.as_ref();
        let rules = (!commitment.rules.is_empty()).then(|| to_json(&commitment.rules));
        [
            ("procedure", Some(commitment.procedure.to_string())),
            ("by", slugs(&commitment.by)),
            ("to", slugs(&commitment.to)),
            ("made", Some(commitment.made.to_string())),
            ("obligation", commitment.obligation.map(|obligation| obligation.to_string())),
            ("words", words.map(|words| quote(words.text.as_str()))),
            ("words_source", words.map(|words| source(&words.source))),
            ("deadline", commitment.deadline.map(|deadline| deadline.to_string())),
            ("part_of", commitment.part_of.as_ref().map(Slug::to_string)),
            ("responsible", listed(&commitment.responsible)),
            ("identifiers", listed(&commitment.identifiers)),
            ("language", commitment.language.as_ref().map(ToString::to_string)),
            ("titles", (!commitment.titles.is_empty()).then(|| to_json(&commitment.titles))),
            ("target", commitment.target.as_ref().map(to_json)),
            ("opening", opening.map(to_json)),
            ("rules", rules),
        ]
    };
    let pairs = fields(before).into_iter().zip(fields(after));
    pairs.filter(|(before, after)| before.1 != after.1).map(|(before, after)| (before.0, before.1, after.1)).collect()
}
