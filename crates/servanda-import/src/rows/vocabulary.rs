//! The words that a ledger and a mapping know: procedures, statuses, parties and topics.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use servanda::format::quote;
use servanda::procedure::ProcedureRef;
use servanda::{Obligation, Party, Procedure, Slug, builtin, value::nearest};

use super::slug_of;
use crate::mapping::{Mapping, Words, folded, nearest_word};

/// A text that no word of a vocabulary stands for, with the known word that is spelt most like it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct UnknownWord {
    pub(crate) text: String,
    pub(crate) nearest: Option<String>,
}

/// The procedures, parties and topics that a row can name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vocabulary {
    /// The procedures on the ledger, and those that are built in, each with its reference, which
    /// has a digest of the whole definition.
    procedures: Vec<(Arc<Procedure>, ProcedureRef)>,
    /// The parties that are defined on the ledger, or that a commitment has.
    parties: BTreeSet<Slug>,
    /// The names of the defined parties.
    party_names: BTreeMap<String, Slug>,
    /// Whether a party is refused whose id is almost that of a known one.
    pub(crate) questions_parties: bool,
    /// The topics of the commitments on the ledger.
    topics: BTreeSet<Slug>,
}

impl Vocabulary {
    pub(crate) fn new(on_ledger: Vec<Arc<Procedure>>, parties: &[Arc<Party>]) -> Self {
        let mut procedures = on_ledger;
        for built_in in builtin::procedures() {
            if !procedures.iter().any(|procedure| procedure.id == built_in.id) {
                procedures.push(Arc::new(built_in.clone()));
            }
        }
        // The newest version of a procedure comes first.
        procedures.sort_by_key(|procedure| std::cmp::Reverse(procedure.version));
        let names =
            parties.iter().flat_map(|party| party.names.values().map(|name| (folded(name.as_str()), party.id.clone())));
        Self {
            procedures: procedures
                .into_iter()
                .map(|procedure| {
                    let reference = procedure.reference();
                    (procedure, reference)
                })
                .collect(),
            party_names: names.collect(),
            parties: parties.iter().map(|party| party.id.clone()).collect(),
            questions_parties: true,
            topics: BTreeSet::new(),
        }
    }

    /// Adds the parties and topics of a commitment.
    pub(crate) fn learn(&mut self, commitment: &servanda::Commitment) {
        for party in commitment.by.iter().chain(&commitment.to) {
            if !self.parties.contains(party) {
                self.parties.insert(party.clone());
            }
        }
        for topic in &commitment.topics {
            if !self.topics.contains(topic) {
                self.topics.insert(topic.clone());
            }
        }
    }

    /// Returns the newest version of a procedure, with its reference.
    pub(crate) fn procedure(
        &self,
        word: &str,
        mapping: &Mapping,
    ) -> Result<&(Arc<Procedure>, ProcedureRef), UnknownWord> {
        let id = mapping.procedures.meaning(word).unwrap_or(word);
        let found = self.procedures.iter().find(|(procedure, _)| procedure.id.as_str() == id);
        found.ok_or_else(|| {
            let mut ids: Vec<&str> = self.procedures.iter().map(|(procedure, _)| procedure.id.as_str()).collect();
            ids.sort_unstable();
            ids.dedup();
            unknown(word, "a procedure", "procedures", ids.iter().copied(), &ids.join(", "))
        })
    }

    /// Returns the status of a procedure that a word stands for: the word of the mapping, the id or
    /// the name of a status in any language. `None` if the mapping says that it means nothing.
    pub(crate) fn status(
        &self,
        word: &str,
        procedure: &Procedure,
        mapping: &Mapping,
    ) -> Result<Option<Slug>, UnknownWord> {
        let meaning = mapping.statuses.meaning(word);
        if meaning == Some("") {
            return Ok(None);
        }
        let wanted = meaning.unwrap_or(word);
        if let Some(status) = procedure.statuses.iter().find(|status| status.id.as_str() == wanted) {
            return Ok(Some(status.id.clone()));
        }
        let name = folded(wanted);
        let named =
            procedure.statuses.iter().find(|status| status.title.values().any(|title| folded(title.as_str()) == name));
        if let Some(status) = named {
            return Ok(Some(status.id.clone()));
        }
        let ids = || procedure.statuses.iter().map(|status| status.id.as_str());
        let names = procedure.statuses.iter().flat_map(|status| status.title.values()).map(|title| title.as_str());
        let known = mapping.statuses.known().chain(ids()).chain(names);
        let list = ids().collect::<Vec<_>>().join(", ");
        Err(unknown(word, &format!("a status of {}", procedure.id), "statuses", known, &list))
    }

    /// Returns the party that a word stands for: the word of the mapping, its id, or a name of a
    /// defined party. `None` if the mapping says that it means nothing.
    ///
    /// A party that is not known yet is accepted, unless the mapping lists the parties or
    /// the id nearly is that of a known one.
    pub(crate) fn party(&self, word: &str, mapping: &Mapping) -> Result<Option<Slug>, UnknownWord> {
        if let Some(party) = listed(word, &mapping.parties, "party")? {
            return Ok(party);
        }
        let id = word.parse::<Slug>().ok();
        if let Some(id) = id.as_ref().filter(|id| self.parties.contains(*id)) {
            return Ok(Some(id.clone()));
        }
        if let Some(named) = self.party_names.get(&folded(word)) {
            return Ok(Some(named.clone()));
        }
        let resembles = || self.questions_parties && nearest(word, &self.parties).is_some();
        match id {
            Some(id) if mapping.parties.meanings().next().is_none() && !resembles() => Ok(Some(id)),
            _ => {
                let names = self.party_names.keys().map(String::as_str);
                let ids = self.parties.iter().map(Slug::as_str);
                let words = mapping.parties.known().chain(mapping.parties.meanings());
                Err(unknown(word, "a known party", "parties", words.chain(ids).chain(names), ""))
            }
        }
    }

    /// Returns the body that a word stands for: the word of the mapping, its id, or a name of a
    /// defined party. `None` if the mapping says that it means nothing.
    pub(crate) fn body(&self, word: &str, mapping: &Mapping) -> Result<Option<Slug>, UnknownWord> {
        if let Some(body) = listed(word, &mapping.bodies, "body")? {
            return Ok(body);
        }
        if let Some(named) = self.party_names.get(&folded(word)) {
            return Ok(Some(named.clone()));
        }
        match word.parse::<Slug>() {
            Ok(id) if mapping.bodies.meanings().next().is_none() || self.parties.contains(&id) => Ok(Some(id)),
            _ => {
                let names = self.party_names.keys().map(String::as_str);
                let words = mapping.bodies.known().chain(mapping.bodies.meanings());
                Err(unknown(word, "a known body", "bodies", words.chain(names), ""))
            }
        }
    }

    /// Returns the topic that a word stands for: the word of the mapping, its id, or the word in
    /// lower case and with hyphens. `None` if the mapping says that it means nothing.
    ///
    /// If the mapping lists topics, other ones have to be on the ledger.
    pub(crate) fn topic(&self, word: &str, mapping: &Mapping) -> Result<Option<Slug>, UnknownWord> {
        if let Some(topic) = listed(word, &mapping.topics, "topic")? {
            return Ok(topic);
        }
        let id = word.parse::<Slug>().ok().or_else(|| slug_of(word)?.parse().ok());
        match id {
            Some(id) if mapping.topics.meanings().next().is_none() || self.topics.contains(&id) => Ok(Some(id)),
            _ => {
                let words = mapping.topics.known().chain(mapping.topics.meanings());
                let known = words.chain(self.topics.iter().map(Slug::as_str));
                Err(unknown(word, "a known topic", "topics", known, ""))
            }
        }
    }

    pub(crate) fn obligation(word: &str, mapping: &Mapping) -> Result<Option<Obligation>, UnknownWord> {
        let meaning = mapping.obligations.meaning(word);
        if meaning == Some("") {
            return Ok(None);
        }
        let wanted = folded(meaning.unwrap_or(word));
        let found = Obligation::ALL.into_iter().find(|obligation| obligation.as_str() == wanted);
        found.map(Some).ok_or_else(|| {
            let all = Obligation::ALL.map(Obligation::as_str);
            unknown(word, "an obligation", "obligations", all, &all.join(", "))
        })
    }
}

/// The meaning of a word in the mapping. `None` if the mapping does not have it.
fn listed(word: &str, words: &Words, what: &str) -> Result<Option<Option<Slug>>, UnknownWord> {
    // An id that the mapping gives to a word stands for itself.
    let meaning = words.meaning(word).or_else(|| words.meanings().find(|meaning| *meaning == word.trim()));
    match meaning {
        None => Ok(None),
        Some("") => Ok(Some(None)),
        Some(meaning) => match meaning.parse() {
            Ok(id) => Ok(Some(Some(id))),
            Err(error) => {
                let text = format!("the mapping has {} for the {what} {}: {error}", quote(meaning), quote(word));
                Err(UnknownWord { text, nearest: None })
            }
        },
    }
}

fn unknown<'a>(
    word: &str,
    what: &str,
    table: &str,
    known: impl IntoIterator<Item = &'a str>,
    list: &str,
) -> UnknownWord {
    let nearest = nearest_word(word, known);
    let hint = match &nearest {
        Some(nearest) => format!("do you mean {}? If not, say", quote(nearest)),
        None if list.is_empty() => "say".to_owned(),
        None => format!("there are: {list}. Say"),
    };
    let text = format!("{} is not {what}; {hint} what it means under [{table}] in the mapping", quote(word));
    UnknownWord { text, nearest }
}
