//! The commitment itself: its words, and the facts that its registration states.

use servanda::value::{Decimal, Language};
use servanda::{Fact as Recorded, Standing};

use super::{Context, pictures};
use crate::text::Html;

/// A fact with its label.
pub(super) struct Fact {
    pub(super) label: String,
    pub(super) value: Html,
}

/// The exact words, with their source.
pub(super) struct Quotation {
    pub(super) text: Html,
    pub(super) source: Html,
    pub(super) translations: Vec<Html>,
}

/// A body that is or was responsible.
pub(super) struct Duty {
    pub(super) body: Html,
    pub(super) role: Html,
    pub(super) from: Html,
    pub(super) until: Html,
}

/// A target, and the measurements of progress towards it.
pub(super) struct Progress {
    pub(super) target: Html,
    pub(super) picture: Html,
    pub(super) measured: Vec<Measured>,
}

/// A measurement.
pub(super) struct Measured {
    pub(super) on: Html,
    pub(super) value: Html,
    pub(super) sources: Vec<Html>,
    pub(super) note: Html,
}

/// The facts in short.
pub(super) fn facts(context: &Context<'_>, standing: &Standing, root: &str) -> Vec<Fact> {
    let words = context.words;
    let parties = |ids: &[servanda::Slug]| context.listed(ids.iter().map(|id| context.party(id, root)));
    let responsible = standing.responsible.iter().map(|assigned| context.body(&assigned.body, root));
    let procedure = context.model.procedure(&standing.pin).map_or_else(
        || Html::text(&standing.pin.to_string()),
        |procedure| {
            let href = format!("{root}method.html#{}", super::super::method::anchor(&standing.pin));
            Html::link_inside(&href, &context.name(&procedure.title))
        },
    );
    let identifiers = standing.identifiers.iter().map(|identifier| {
        Html::joined([Html::text(identifier.scheme.as_str()), Html::text(identifier.value.as_str())], ": ")
    });
    let all = [
        ("commitment.by", parties(&standing.by)),
        ("commitment.to", parties(&standing.to)),
        ("commitment.made", context.date(standing.made)),
        ("commitment.deadline", standing.deadline.map(|day| context.date(day.date())).unwrap_or_default()),
        (
            "commitment.weight",
            standing
                .obligation
                .map(|obligation| Html::text(words.t(&format!("obligation.{}", obligation.as_str()))))
                .unwrap_or_default(),
        ),
        ("commitment.responsible", context.listed(responsible)),
        ("commitment.topics", context.listed(standing.topics.iter().map(|id| context.topic(id, root)))),
        (
            "commitment.part_of",
            standing.part_of.as_ref().map(|id| context.commitment_or_id(id, root)).unwrap_or_default(),
        ),
        ("commitment.procedure", procedure),
        ("commitment.identifiers", context.listed(identifiers)),
    ];
    let known = all.into_iter().filter(|(_, value)| !value.is_empty());
    known.map(|(key, value)| Fact { label: words.t(key).to_owned(), value }).collect()
}

pub(super) fn quotation(context: &Context<'_>, standing: &Standing) -> Option<Quotation> {
    let words = standing.words.as_ref()?;
    let ours = context.language.code();
    let other = |language: Option<&Language>| {
        language.map(Language::as_str).filter(|language| *language != ours).map(str::to_owned)
    };
    Some(Quotation {
        text: Html::paragraphs(words.text.as_str(), other(words.language.as_ref()).as_deref()),
        source: context.source(&words.source),
        translations: words
            .translations
            .iter()
            .map(|(language, text)| Html::paragraphs(text.as_str(), other(Some(language)).as_deref()))
            .collect(),
    })
}

/// The responsible bodies, each with its first and its last day.
pub(super) fn duties(context: &Context<'_>, standing: &Standing, root: &str) -> Vec<Duty> {
    let mut duties: Vec<Duty> = Vec::new();
    let mut open: Vec<(servanda::Slug, usize)> = Vec::new();
    let counting = context.model.ledger.counting(standing.commitment.as_str());
    let role = |role: Option<&servanda::Slug>| role.map_or_else(Html::default, |role| Html::text(role.as_str()));
    for entry in counting {
        match entry.kind() {
            "register" | "assign" | "unassign" => {}
            _ => continue,
        }
        match entry.fact() {
            Recorded::Register(commitment) => {
                for named in &commitment.responsible {
                    open.push((named.body.clone(), duties.len()));
                    duties.push(Duty {
                        body: context.body(&named.body, root),
                        role: role(named.role.as_ref()),
                        from: context.date(standing.made),
                        until: Html::default(),
                    });
                }
            }
            Recorded::Assign(assign) => {
                open.push((assign.body.clone(), duties.len()));
                duties.push(Duty {
                    body: context.body(&assign.body, root),
                    role: role(assign.role.as_ref()),
                    from: entry.on().map(|on| context.date(on)).unwrap_or_default(),
                    until: assign.until.map(|until| context.date(until)).unwrap_or_default(),
                });
            }
            Recorded::Unassign(unassign) => {
                let until = entry.on().map(|on| context.date(on)).unwrap_or_default();
                for (_, index) in open.extract_if(.., |(body, _)| *body == unassign.body) {
                    if let Some(duty) = duties.get_mut(index) {
                        duty.until = until.clone();
                    }
                }
            }
            _ => {}
        }
    }
    duties
}

pub(super) fn progress(context: &Context<'_>, standing: &Standing) -> Option<Progress> {
    let (target, words) = (standing.target.as_ref()?, context.words);
    let (value, unit) = (Html::text(target.value.as_str()), Html::text(target.unit.as_str()));
    let line = match target.date {
        Some(date) => {
            words.filled("commitment.target_by", &[("value", &value), ("unit", &unit), ("date", &context.date(date))])
        }
        None => words.filled("commitment.target_is", &[("value", &value), ("unit", &unit)]),
    };
    let counting = context.model.ledger.counting(standing.commitment.as_str());
    let mut values: Vec<(servanda::Date, Decimal)> = Vec::new();
    let mut measured: Vec<(servanda::Date, Measured)> = Vec::new();
    for entry in counting.into_iter().filter(|entry| entry.kind() == "measure") {
        let Some(on) = entry.on().filter(|on| on.last_day() <= standing.on) else { continue };
        let Recorded::Measure(measure) = entry.fact() else { continue };
        values.push((on, measure.value.clone()));
        measured.push((
            on,
            Measured {
                on: context.date(on),
                value: Html::joined([Html::text(measure.value.as_str()), unit.clone()], " "),
                sources: context.sources(&measure.sources),
                note: measure.note.map_or_else(Html::default, |note| Html::paragraphs(note.as_str(), None)),
            },
        ));
    }
    measured.sort_by_key(|(on, _)| on.last_day());
    let picture = if values.is_empty() { Html::default() } else { pictures::measurements(context, standing, &values) };
    Some(Progress { target: line, picture, measured: measured.into_iter().map(|(_, measured)| measured).collect() })
}
