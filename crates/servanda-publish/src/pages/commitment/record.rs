//! The steps of a commitment, and the corrections.

use std::collections::HashSet;

use servanda::answers::{RetractedEntry, Standing};
use servanda::value::{EntryId, Note};
use servanda::{Date, Moment, Slug, Source};

use super::Context;
use crate::text::Html;

/// Something that happened, with its evidence.
pub(super) struct Step {
    pub(super) on: Html,
    pub(super) title: Html,
    /// The phase of a status, for the colour of its mark; empty for another event.
    pub(super) phase: &'static str,
    /// Short remarks, such as who took the step.
    pub(super) details: Vec<Html>,
    pub(super) basis: Html,
    pub(super) note: Html,
    pub(super) sources: Vec<Html>,
    pub(super) recorded: Html,
    pub(super) anchor: String,
}

/// An entry that was retracted.
pub(crate) struct Correction {
    pub(crate) was: Html,
    pub(crate) on: Html,
    pub(crate) note: Html,
    pub(crate) retracted: Html,
    pub(crate) reason: Html,
    pub(crate) recorded: Html,
    pub(crate) sources: Vec<Html>,
}

/// The events of a commitment, the earliest first.
pub(super) fn steps(context: &Context<'_>, standing: &Standing) -> Vec<Step> {
    let words = context.words;
    let mut steps: Vec<(Date, Step)> = Vec::new();
    for (index, step) in standing.history.iter().enumerate() {
        let mut details = Vec::new();
        if index == 0 {
            details.push(Html::text(words.t("commitment.opened")));
        }
        if step.clock.is_some() {
            details.push(Html::text(words.t("commitment.by_law")));
        }
        if step.presumed {
            details.push(Html::text(words.t("commitment.presumed")));
        }
        if let Some(party) = &step.by {
            details.push(words.filled("commitment.taken_by", &[("party", &context.party_name(party))]));
        }
        let recorded = step.recorded_at.zip(step.recorded_by.as_ref());
        steps.push((
            step.on,
            Step {
                on: context.date(step.on),
                title: context.name(&step.title),
                phase: step.phase.as_str(),
                details,
                basis: step.basis.as_ref().map_or_else(Html::default, |basis| Html::text(basis.as_str())),
                note: note(step.note.as_ref()),
                sources: context.sources(&step.sources),
                recorded: recorded.map(|(at, by)| self::recorded(context, at, by)).unwrap_or_default(),
                anchor: step.entry.map(anchor).unwrap_or_default(),
            },
        ));
    }
    for remark in &standing.remarks {
        let title = Html::text(remark.title.as_str());
        steps.push((remark.on, event(context, remark.on, title, remark.note.as_ref(), &remark.sources, remark.entry)));
    }
    for deposit in &standing.deposits {
        let title = words.filled("commitment.deposit", &[("by", &context.party_name(&deposit.by))]);
        let deposit_note = deposit.note.as_ref();
        steps.push((deposit.on, event(context, deposit.on, title, deposit_note, &deposit.sources, deposit.entry)));
    }
    for set in &standing.deadlines {
        let deadline = context.date(set.deadline.date());
        let title = words.filled("commitment.deadline_set", &[("deadline", &deadline)]);
        let mut step = event(context, set.set_on, title, set.note.as_ref(), &set.sources, set.entry);
        if !set.in_force {
            step.details.push(Html::text(words.t("commitment.deadline_not_in_force")));
        }
        steps.push((set.set_on, step));
    }
    for moved in &standing.repins {
        let gaps =
            [("before", &Html::text(&moved.before.to_string())), ("after", &Html::text(&moved.after.to_string()))];
        let on = Date::from(moved.recorded_at.day());
        let mut step =
            event(context, on, words.filled("commitment.moved", &gaps), Some(&moved.reason), &[], moved.entry);
        step.recorded = recorded(context, moved.recorded_at, &moved.recorded_by);
        steps.push((on, step));
    }
    steps.sort_by_key(|(on, _)| (on.last_day(), on.first_day()));
    let mut anchors = HashSet::new();
    let with_one_anchor_each = |(_, mut step): (Date, Step)| {
        // An entry can tell several things, such as the registration.
        if !anchors.insert(step.anchor.clone()) {
            step.anchor.clear();
        }
        step
    };
    steps.into_iter().map(with_one_anchor_each).collect()
}

fn event(
    context: &Context<'_>,
    on: Date,
    title: Html,
    text: Option<&Note>,
    sources: &[Source],
    entry: EntryId,
) -> Step {
    let known = context.model.ledger.entry(entry);
    let by = known.and_then(|entry| Some((entry.recorded_at(), entry.recorded_by().parse::<Slug>().ok()?)));
    Step {
        on: context.date(on),
        title,
        phase: "",
        details: Vec::new(),
        basis: Html::default(),
        note: note(text),
        sources: context.sources(sources),
        recorded: by.map(|(at, by)| recorded(context, at, &by)).unwrap_or_default(),
        anchor: anchor(entry),
    }
}

/// The corrections of a commitment, the latest first.
pub(super) fn corrections(context: &Context<'_>, standing: &Standing) -> Vec<Correction> {
    let mut retracted: Vec<&RetractedEntry> = standing.retracted.iter().collect();
    retracted.sort_by_key(|entry| std::cmp::Reverse(entry.retraction.recorded_at));
    retracted.into_iter().map(|entry| correction(context, entry)).collect()
}

/// Returns a retracted entry with its reason.
pub(crate) fn correction(context: &Context<'_>, entry: &RetractedEntry) -> Correction {
    let words = context.words;
    let gaps = [
        ("moment", &context.moment(entry.retraction.recorded_at)),
        ("recorder", &Html::text(entry.retraction.recorded_by.as_str())),
    ];
    Correction {
        was: was(context, entry),
        on: entry.on.map(|on| context.date(on)).unwrap_or_default(),
        note: note(entry.note.as_ref()),
        retracted: words.filled("commitment.retracted_by", &gaps),
        reason: note(Some(&entry.retraction.reason)),
        recorded: recorded(context, entry.recorded_at, &entry.recorded_by),
        sources: context.sources(&entry.sources),
    }
}

/// The content of a retracted entry.
fn was(context: &Context<'_>, entry: &RetractedEntry) -> Html {
    let words = context.words;
    match (&entry.status_title, &entry.remark, entry.deadline, &entry.body) {
        (Some(title), ..) => words.filled("commitment.was_status", &[("status", &context.name(title))]),
        (_, Some(remark), ..) => Html::text(remark.as_str()),
        (.., Some(deadline), _) => {
            words.filled("changes.deadline_set", &[("deadline", &context.date(deadline.date()))])
        }
        (.., Some(body)) => context.party_name(body),
        _ => Html::text(words.t(&format!("kind.{}", entry.kind))),
    }
}

fn recorded(context: &Context<'_>, at: Moment, by: &Slug) -> Html {
    let gaps = [("moment", &context.moment(at)), ("recorder", &Html::text(by.as_str()))];
    context.words.filled("commitment.recorded", &gaps)
}

fn note(note: Option<&Note>) -> Html {
    note.map_or_else(Html::default, |note| Html::paragraphs(note.as_str(), None))
}

/// The anchor of an entry: the start of its digest.
pub(crate) fn anchor(entry: EntryId) -> String {
    entry
        .to_string()
        .strip_prefix("sha256:")
        .and_then(|digits| digits.get(..12))
        .map_or_else(String::new, |digits| format!("e-{digits}"))
}
