//! The next steps and the clocks.

use servanda::Standing;

use super::Context;
use crate::text::Html;

/// A step that the procedure allows.
pub(super) struct Possible {
    pub(super) title: Html,
    /// Where it leads, and what it needs.
    pub(super) details: Html,
    pub(super) basis: Html,
}

/// Something that happens by itself, or that was recorded in advance.
pub(super) struct Ahead {
    pub(super) day: Html,
    pub(super) title: Html,
    pub(super) basis: Html,
    /// Why the day is unknown.
    pub(super) reason: Html,
    pub(super) sources: Vec<Html>,
}

pub(super) fn possible(context: &Context<'_>, standing: &Standing) -> Vec<Possible> {
    let words = context.words;
    let procedure = context.model.procedure(&standing.pin);
    let step = |step: &servanda::answers::NextStep| {
        let status = procedure.and_then(|procedure| procedure.status(step.to.as_str()));
        let status = status.map_or_else(|| Html::text(step.to.as_str()), |status| context.name(&status.title));
        let mut details = vec![words.filled("commitment.leads_to", &[("status", &status)])];
        if step.reopening {
            details.push(Html::text(words.t("commitment.reopens")));
        }
        if step.sources > 0 {
            details.push(Html::text(&words.count("commitment.needs_sources", step.sources as usize)));
        }
        if !step.taken_by.is_empty() {
            let parties = context.listed(step.taken_by.iter().map(|party| context.party_name(party)));
            details.push(words.filled("commitment.only_by", &[("parties", &parties)]));
        }
        Possible {
            title: context.name(&step.title),
            details: context.listed(details),
            basis: Html::text(step.basis.as_str()),
        }
    };
    standing.next.iter().map(step).collect()
}

pub(super) fn ahead(context: &Context<'_>, standing: &Standing) -> Vec<Ahead> {
    let words = context.words;
    let clocks = standing.clocks.iter().map(|clock| Ahead {
        day: match (clock.due, clock.earliest) {
            (Some(due), _) => words.filled("commitment.clock_on", &[("day", &context.date(due))]),
            (None, Some(earliest)) => {
                words.filled("commitment.clock_earliest", &[("day", &context.date(earliest.into()))])
            }
            (None, None) => Html::text(words.t("commitment.clock_unknown")),
        },
        title: context.name(&clock.title),
        basis: Html::text(clock.basis.as_str()),
        reason: clock.reason.as_ref().map_or_else(Html::default, |reason| Html::text_in(reason, Some("en"))),
        sources: Vec::new(),
    });
    let future = standing.future.iter().map(|event| Ahead {
        day: words.filled("commitment.clock_on", &[("day", &context.date(event.on))]),
        title: match (&event.status_title, &event.remark, &event.body, event.deadline) {
            (Some(title), ..) => words.filled("changes.step", &[("status", &context.name(title))]),
            (_, Some(remark), ..) => Html::text(remark.as_str()),
            (.., Some(body), _) => context.party_name(body),
            (.., Some(deadline)) => {
                words.filled("changes.deadline_set", &[("deadline", &context.date(deadline.date()))])
            }
            _ => Html::text(words.t("commitment.future")),
        },
        basis: Html::text(words.t("commitment.future")),
        reason: Html::default(),
        sources: context.sources(&event.sources),
    });
    clocks.chain(future).collect()
}
