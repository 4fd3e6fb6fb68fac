//! Words of a table, and what they mean.

use std::collections::BTreeMap;

use servanda::{Slug, value::nearest};

use crate::rows::slug_of;

/// Words of a table with what they mean, such as `In progress` for `in-the-works`.
///
/// Capital letters and spaces around a word do not matter.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Words(BTreeMap<String, Word>);

#[derive(Clone, Debug, PartialEq)]
struct Word {
    /// The word as the mapping writes it.
    written: String,
    meaning: String,
}

impl Words {
    pub(crate) fn insert(&mut self, word: &str, meaning: &str) {
        self.0.insert(folded(word), Word { written: word.to_owned(), meaning: meaning.to_owned() });
    }

    /// Returns what a word means. An empty text means nothing.
    pub(crate) fn meaning(&self, word: &str) -> Option<&str> {
        if self.0.is_empty() {
            return None;
        }
        self.0.get(&folded(word)).map(|word| word.meaning.as_str())
    }

    /// The words that are known.
    pub(crate) fn known(&self) -> impl Iterator<Item = &str> {
        self.0.values().map(|word| word.written.as_str())
    }

    /// The meanings of words.
    pub(crate) fn meanings(&self) -> impl Iterator<Item = &str> {
        self.0.values().map(|word| word.meaning.as_str())
    }
}

/// A word without the differences that do not matter.
pub(crate) fn folded(word: &str) -> String {
    word.trim().to_lowercase()
}

/// Returns the known word that is spelt most like `wanted`, if it is close enough.
pub(crate) fn nearest_word<'a>(wanted: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let as_slug = |text: &str| slug_of(text)?.parse::<Slug>().ok();
    let known: Vec<(Slug, &str)> = known.into_iter().filter_map(|word| Some((as_slug(word)?, word))).collect();
    let found = nearest(as_slug(wanted)?.as_str(), known.iter().map(|(slug, _)| slug))?;
    known.iter().find(|(slug, _)| *slug == found).map(|(_, word)| (*word).to_owned())
}
