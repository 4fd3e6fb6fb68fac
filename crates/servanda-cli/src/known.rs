//! The parties, procedures and topics that a user can name, each with its name in English. The name
//! is empty if the ledger does not define it.

use std::collections::BTreeMap;

use servanda::answers::{Filter, Summary};
use servanda::procedure::in_english;
use servanda::{Result, View, builtin};

/// Returns the parties that are defined, promised something, received a promise or are responsible.
pub(crate) fn parties(view: &View) -> Result<Vec<(String, String)>> {
    let summaries = summaries(view)?;
    let used = summaries.iter().flat_map(|summary| summary.by.iter().chain(&summary.to).chain(&summary.responsible));
    let mut parties: BTreeMap<String, String> = used.map(|party| (party.to_string(), String::new())).collect();
    let defined = view.parties()?;
    parties.extend(defined.iter().map(|party| (party.id.to_string(), in_english(&party.names).to_owned())));
    Ok(parties.into_iter().collect())
}

/// Returns the procedures that are built in or on the ledger. The newest version on the ledger
/// gives the title.
pub(crate) fn procedures(view: &View) -> Result<Vec<(String, String)>> {
    let own = view.procedures()?;
    let all = builtin::procedures().into_iter().chain(own.iter().map(AsRef::as_ref));
    let titles = all.map(|procedure| (procedure.id.to_string(), in_english(&procedure.title).to_owned()));
    Ok(titles.collect::<BTreeMap<_, _>>().into_iter().collect())
}

/// Returns the topics that are defined or that a commitment has.
pub(crate) fn topics(view: &View) -> Result<Vec<(String, String)>> {
    let summaries = summaries(view)?;
    let used = summaries.iter().flat_map(|summary| &summary.topics);
    let mut topics: BTreeMap<String, String> = used.map(|topic| (topic.to_string(), String::new())).collect();
    let defined = view.topics()?;
    topics.extend(defined.iter().map(|topic| (topic.id.to_string(), in_english(&topic.names).to_owned())));
    Ok(topics.into_iter().collect())
}

/// Returns a summary of each commitment.
pub(crate) fn summaries(view: &View) -> Result<Vec<Summary>> {
    view.summaries(&Filter::default())
}
