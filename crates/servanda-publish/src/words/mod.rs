//! The words of the interface: one TOML file for each language, embedded at compile time.
//!
//! A key is the table and the key of the file, such as `front.overdue`. Templates ask for words
//! with [`Words::t`]. A test checks that all languages have the same keys, and that every key that
//! a template asks for exists.

use std::collections::HashMap;

use toml::de::{DeTable, DeValue};

use crate::site::Interface;
use crate::text::{DateWords, Html};

const ENGLISH: &str = include_str!("en.toml");
const JAPANESE: &str = include_str!("ja.toml");
const GERMAN: &str = include_str!("de.toml");
const FRENCH: &str = include_str!("fr.toml");

/// The words of one language.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Words {
    pub(crate) dates: DateWords,
    words: HashMap<String, String>,
}

impl Words {
    pub(crate) fn of(language: Interface) -> Self {
        let file = match language {
            Interface::English => ENGLISH,
            Interface::Japanese => JAPANESE,
            Interface::German => GERMAN,
            Interface::French => FRENCH,
        };
        let words = read(file);
        let word = |key: &str| words.get(key).cloned().unwrap_or_default();
        let dates = DateWords {
            months: word("date.months").split(", ").map(str::to_owned).collect(),
            short_months: word("date.short_months").split(", ").map(str::to_owned).collect(),
            day: word("date.day"),
            first_of_month: word("date.first_of_month"),
            month: word("date.month"),
            year: word("date.year"),
            range: word("date.range"),
            moment: word("date.moment"),
        };
        Self { dates, words }
    }

    /// Returns a word or a sentence. A key without one is returned itself, so that a reader can
    /// report it.
    pub(crate) fn t<'a>(&'a self, key: &'a str) -> &'a str {
        self.words.get(key).map_or(key, String::as_str)
    }

    /// Returns the word whose key has these parts, or another one if there is none.
    pub(crate) fn or<'a>(&'a self, other: &'a str, key: &[&str]) -> &'a str {
        self.words.get(&key.concat()).map_or(other, String::as_str)
    }

    /// Returns a sentence with its gaps filled.
    pub(crate) fn filled(&self, key: &str, gaps: &[(&str, &Html)]) -> Html {
        Html::filled(self.t(key), gaps)
    }

    /// Returns a number with its noun, such as `12 commitments`.
    pub(crate) fn count(&self, key: &str, count: usize) -> String {
        let bound = |key: &str| self.t(key).parse::<usize>().unwrap_or(1);
        let is_singular = (bound("number.singular_from")..=bound("number.singular_to")).contains(&count);
        let form = if is_singular { "one" } else { "other" };
        self.t(&format!("{key}.{form}")).replace("{n}", &self.number(count))
    }

    /// Returns a number with its thousands separated.
    pub(crate) fn number(&self, number: usize) -> String {
        let digits = number.to_string();
        let mut written = String::new();
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                written.push_str(self.t("number.thousands"));
            }
            written.push(digit);
        }
        written
    }
}

/// Reads a file of words: tables of texts, and tables in them.
fn read(text: &str) -> HashMap<String, String> {
    let mut words = HashMap::new();
    if let Ok(table) = DeTable::parse(text) {
        add(table.get_ref(), "", &mut words);
    }
    words
}

fn add(table: &DeTable<'_>, before: &str, words: &mut HashMap<String, String>) {
    for (key, value) in table {
        let key = format!("{before}{}", key.get_ref());
        match value.get_ref() {
            DeValue::String(word) => _ = words.insert(key, word.to_string()),
            DeValue::Table(table) => add(table, &format!("{key}."), words),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
