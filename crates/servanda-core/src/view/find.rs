//! Finds commitments by words.

use std::collections::BTreeMap;

use crate::value::{Language, Slug, Title};
use crate::view::{Filter, Summary, View};

impl View<'_> {
    /// Returns the summaries of the commitments in which each of the words occurs, and which the
    /// filter allows. The best matches come first: those whose id or title has all of the words.
    ///
    /// The words may be anywhere in the id, the title, the words of the promise, and the ids and
    /// names of the topics, the parties and the responsible bodies. Upper and lower case are the
    /// same.
    ///
    /// ```
    /// use servanda_core::{Commitment, Filter, Ledger, Obligation, builtin};
    ///
    /// let visit = Commitment::builder("us/abe-visit", "A visit to Washington")
    ///     .procedure(builtin::action())
    ///     .by("us")
    ///     .made("2013-01-18")
    ///     .obligation(Obligation::Result)
    ///     .words("has invited", ("Remarks", "https://example.org/remarks"))
    ///     .build()?;
    /// let mut ledger = Ledger::new();
    /// ledger.append(visit, &"desk".parse()?, "2013-01-19T09:00:00.000000Z".parse()?)?;
    ///
    /// let view = ledger.view_on("2013-02-01")?;
    /// assert_eq!(view.find("washington invited", &Filter::default()).len(), 1);
    /// assert!(view.find("london", &Filter::default()).is_empty());
    /// # Ok::<(), servanda_core::Error>(())
    /// ```
    #[must_use]
    pub fn find(&self, words: &str, filter: &Filter) -> Vec<Summary> {
        let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
        let together = |id: &Slug, names: &BTreeMap<Language, Title>| {
            let names: Vec<&str> = names.values().map(AsRef::as_ref).collect();
            (id.to_string(), names.join("\n").to_lowercase())
        };
        let parties: BTreeMap<_, _> = self.parties().iter().map(|party| together(&party.id, &party.names)).collect();
        let topics: BTreeMap<_, _> = self.topics().iter().map(|topic| together(&topic.id, &topic.names)).collect();
        let mut found: Vec<(Place, Summary)> = Vec::new();
        for standing in self.standings(filter) {
            let titles = standing.titles.values().map(|title| title.as_str());
            let titles: Vec<&str> =
                [standing.commitment.as_str(), standing.title.as_str()].into_iter().chain(titles).collect();
            let main = titles.join("\n").to_lowercase();
            let bodies = standing.responsible.iter().map(|assigned| &assigned.body);
            let named: Vec<&Slug> = standing.by.iter().chain(&standing.to).chain(bodies).collect();
            let mut rest: Vec<String> = standing.topics.iter().map(ToString::to_string).collect();
            rest.extend(standing.identifiers.iter().map(|identifier| identifier.to_string().to_lowercase()));
            rest.extend(standing.topics.iter().filter_map(|topic| topics.get(topic.as_str())).cloned());
            rest.extend(named.iter().filter_map(|party| parties.get(party.as_str())).cloned());
            rest.extend(named.iter().map(ToString::to_string));
            if let Some(words) = &standing.words {
                rest.push(words.text.as_str().to_lowercase());
                rest.extend(words.translations.values().map(|text| text.as_str().to_lowercase()));
            }
            let rest = rest.join("\n");
            let place = match &words {
                words if words.iter().all(|word| main.contains(word.as_str())) => Place::Name,
                words if words.iter().all(|word| main.contains(word.as_str()) || rest.contains(word.as_str())) => {
                    Place::Content
                }
                _ => continue,
            };
            found.push((place, Summary::from(standing)));
        }
        found.sort_by_key(|(place, _)| *place);
        found.into_iter().map(|(_, summary)| summary).collect()
    }
}

/// Where the words were found, the best place first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Name,
    Content,
}
