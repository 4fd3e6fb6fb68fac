//! Compares the registration of a commitment.

use servanda::facts::Amend;
use servanda::format::quote;
use servanda::{Commitment, Date, Slug};

use super::difference::{Comparison, Difference, Times};
use super::phrases;
use super::said::{Said, is_published_otherwise};
use crate::change::{Action, Change};
use crate::rows::Wanted;

/// Compares what the rows and the ledger say about the commitment itself.
///
/// A better title and other topics are amended. Everything else is a part of the registration,
/// which is retracted and recorded again.
pub(super) fn compare_registration(
    wanted: &Wanted,
    said: &Said,
    comparison: &Comparison<'_>,
    difference: &mut Difference,
) -> Result<(), Vec<Change>> {
    let registration = as_registered(&wanted.registration, said);
    let is_own = said.registered_by == *comparison.recorder;
    let is_published_otherwise = is_published_otherwise(wanted.published, said.published);
    let same_terms = same_terms(&registration, &said.registration);
    if same_terms && !is_published_otherwise {
        amend(wanted, said, is_own, difference);
        return Ok(());
    }
    let mut fields = phrases::registrations(&said.registration, &registration);
    if is_published_otherwise {
        let written = |date: Option<Date>| date.map(|date| date.to_string());
        fields.push(("published", written(said.published), written(wanted.published)));
    }
    let changes = fields.into_iter().map(|(field, before, after)| Change {
        what: field.to_owned(),
        before,
        after,
        position: wanted.position.clone(),
        commitment: Some(registration.id.clone()),
        ..Change::default()
    });
    if !is_own {
        let why = format!(
            "{} registered it, and this import records as {}; correct the table, or let {} correct the ledger",
            said.registered_by, comparison.recorder, said.registered_by
        );
        let refused =
            |change| Change { reason: Some(why.clone()), code: Some("recorded-by-another".to_owned()), ..change };
        return Err(changes.map(refused).collect());
    }
    let reason = comparison.reason(wanted.reason.as_deref()).map_err(|problem| vec![bad_reason(wanted, problem)])?;
    for change in changes {
        difference.change(Change { action: Action::Correct, reason: Some(reason.to_string()), ..change });
    }
    // If only the date of publication was wrong, nothing was published on it.
    let retraction = if same_terms { said.published } else { wanted.published };
    for entry in said.own_amendments.iter().copied().chain([said.registered]) {
        difference.retract(entry, &reason, retraction, &wanted.position);
    }
    difference.record(registration, Times::published(wanted.published), &wanted.position);
    Ok(())
}

pub(super) fn bad_reason(wanted: &Wanted, problem: String) -> Change {
    Change {
        what: "the reason".to_owned(),
        reason: Some(problem),
        position: wanted.position.clone(),
        commitment: Some(wanted.registration.id.clone()),
        ..Change::default()
    }
}

/// The wanted registration, with the version of the procedure that the commitment goes through
/// already.
fn as_registered(wanted: &Commitment, said: &Said) -> Commitment {
    let mut registration = wanted.clone();
    if registration.procedure.id == said.registration.procedure.id {
        registration.procedure = said.registration.procedure.clone();
    }
    registration
}

/// Whether two registrations are the same apart from the title and the topics.
fn same_terms(one: &Commitment, other: &Commitment) -> bool {
    let mut one = one.clone();
    one.title = other.title.clone();
    one.topics.clone_from(&other.topics);
    one == *other
}

/// Records a title and topics that the rows have changed.
///
/// A value that the rows have not changed since the last import stays as it is, although another
/// recorder may have amended it.
fn amend(wanted: &Wanted, said: &Said, is_own: bool, difference: &mut Difference) {
    let Commitment { title, topics, .. } = &wanted.registration;
    let new_title = (*title != said.title && said.own_title.as_ref() != Some(title)).then_some(title);
    let new_topics = (*topics != said.topics && said.own_topics.as_ref() != Some(topics)).then_some(topics);
    let joined = |topics: &[Slug]| topics.iter().map(Slug::as_str).collect::<Vec<_>>().join(", ");
    let shown_title = new_title.map(|new| ("title", quote(said.title.as_str()), quote(new.as_str())));
    let shown_topics = new_topics.map(|new| ("topics", joined(&said.topics), joined(new)));
    let may_amend = |own: bool| is_own || own;
    let mut amendment = Amend::new();
    for (own, shown) in [(said.own_title.is_some(), shown_title), (said.own_topics.is_some(), shown_topics)] {
        let Some((what, before, after)) = shown else { continue };
        let kept = format!("{} registered it", said.registered_by);
        let (action, reason) = if may_amend(own) { (Action::Amend, None) } else { (Action::Keep, Some(kept)) };
        let some = |text: String| Some(text).filter(|text| !text.is_empty());
        difference.change(Change {
            action,
            what: what.to_owned(),
            before: some(before),
            after: some(after),
            reason,
            position: wanted.position.clone(),
            ..Change::default()
        });
    }
    amendment.title = new_title.filter(|_| may_amend(said.own_title.is_some())).cloned();
    amendment.topics = new_topics.filter(|_| may_amend(said.own_topics.is_some())).cloned();
    if amendment.title.is_some() || amendment.topics.is_some() {
        difference.record(amendment, Times::published(wanted.published), &wanted.position);
    }
}
