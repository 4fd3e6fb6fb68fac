//! Guesses a mapping from the header and the values of a table.

mod columns;
mod dates;
mod headers;
mod statuses;
mod write;

use std::collections::HashSet;

use servanda::Tracker;

use crate::mapping::folded;
use crate::{ImportError, Table};
use columns::Columns;

/// A guessed mapping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guess {
    /// The mapping in TOML, with comments where the guess is unsure.
    pub toml: String,
}

/// Guesses a mapping for a table that is imported into a ledger.
///
/// It knows the words of common trackers for statuses, and common names of columns in English,
/// German, French and Japanese. It knows the procedures and parties of the ledger, too. Where it is
/// not sure, it says so in a comment that starts with `# ?`.
///
/// # Errors
///
/// Every error of reading the ledger.
pub fn guess(table: &Table, tracker: &Tracker) -> Result<Guess, ImportError> {
    let view = tracker.view();
    let known = Known::new(&view.procedures()?, &view.parties()?);
    let columns = Columns::of(table, &|word| known.is_status(word));
    Ok(Guess { toml: write::mapping(table, &columns, &known) })
}

/// The words that a ledger knows.
struct Known {
    procedures: Vec<KnownProcedure>,
    /// The ids and the folded names of parties, with the ids.
    parties: Vec<(String, String)>,
}

/// A procedure, with the ids and the folded names of its statuses.
struct KnownProcedure {
    id: String,
    statuses: Vec<(String, String)>,
}

impl Known {
    fn new(procedures: &[std::sync::Arc<servanda::Procedure>], parties: &[std::sync::Arc<servanda::Party>]) -> Self {
        let on_ledger: HashSet<&str> = procedures.iter().map(|procedure| procedure.id.as_str()).collect();
        let built_in = servanda::builtin::procedures();
        let others = built_in.iter().copied().filter(|procedure| !on_ledger.contains(procedure.id.as_str()));
        let all = procedures.iter().map(|procedure| &**procedure).chain(others);
        let procedures = all.map(|procedure| {
            let statuses = procedure.statuses.iter().flat_map(|status| {
                let id = status.id.to_string();
                let names = status.title.values().map(|title| folded(title.as_str()));
                std::iter::once(id.clone()).chain(names).map(move |name| (name, id.clone()))
            });
            KnownProcedure { id: procedure.id.to_string(), statuses: statuses.collect() }
        });
        let parties = parties.iter().flat_map(|party| {
            let id = party.id.to_string();
            let names = party.names.values().map(|name| folded(name.as_str()));
            std::iter::once(id.clone()).chain(names).map(move |name| (name, id.clone()))
        });
        Self { procedures: procedures.collect(), parties: parties.collect() }
    }

    fn is_status(&self, word: &str) -> bool {
        self.procedures.iter().any(|procedure| procedure.status(word).is_some())
    }

    /// Returns the id of a party with this id or name.
    fn party(&self, word: &str) -> Option<&str> {
        let word = folded(word);
        self.parties.iter().find(|(name, _)| *name == word).map(|(_, id)| id.as_str())
    }

    /// Returns the procedure that knows the most of the values, each counted by its rows.
    fn procedure(&self, words: &[(&str, usize)]) -> Option<&KnownProcedure> {
        let score = |procedure: &KnownProcedure| -> usize {
            words.iter().filter(|(word, _)| procedure.status(word).is_some()).map(|(_, rows)| *rows).sum()
        };
        let best = self.procedures.iter().map(score).max().filter(|score| *score > 0)?;
        let mut equal = self.procedures.iter().filter(|procedure| score(procedure) == best);
        // A tracker of promises, if several procedures know as many.
        let first = equal.next()?;
        Some(equal.find(|procedure| procedure.id == PLEDGE).filter(|_| first.id != PLEDGE).unwrap_or(first))
    }
}

/// The procedure whose statuses the vocabularies of trackers stand for.
const PLEDGE: &str = "pledge";

impl KnownProcedure {
    /// Returns the status that a word stands for.
    fn status(&self, word: &str) -> Option<&str> {
        let word = folded(word);
        let named = self.statuses.iter().find(|(name, _)| *name == word).map(|(_, id)| id.as_str());
        named.or_else(|| statuses::status_of(&word).filter(|_| self.id == PLEDGE))
    }
}
