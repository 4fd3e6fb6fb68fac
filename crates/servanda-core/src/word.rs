//! What our own types have in common in JSON: fixed vocabularies print themselves as the word they are there, and what is absent
//! is left out.

use serde::{Deserialize, Deserializer};

/// Reads a member that may be left out and may not be null.
pub(crate) fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// The words of a parser, without the names of our types, and with what it quotes shown so that it can do nothing to a terminal.
pub(crate) fn plain(message: &str) -> String {
    let words = message
        .replace("unknown variant", "unknown word")
        .replace("expected u32", "expected a whole number")
        .replace("expected a sequence", "expected a list")
        .replace("struct variant Rule::", "what goes with a rule of ");
    let words = match words.split_once("expected struct ") {
        Some((before, _)) => format!("{before}expected an object"),
        None => words,
    };
    let shown = |character: char| match character.is_control() && character != '\n' {
        true => character.escape_default().to_string(),
        false => character.to_string(),
    };
    words.chars().map(shown).collect()
}

/// Implements `Display`, `FromStr` and `code`-like access for an enum that has `ALL` and `as_str`.
macro_rules! word {
    ($type:ident) => {
        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $type {
            type Err = crate::Error;

            fn from_str(text: &str) -> Result<Self, crate::Error> {
                Self::ALL.into_iter().find(|word| word.as_str() == text).ok_or_else(|| {
                    crate::Error::unknown_word(stringify!($type), text, Self::ALL.map(Self::as_str).as_slice())
                })
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn control_characters_that_a_parser_quotes_are_shown_and_not_repeated() {
        let said = "unknown variant `dissolu\tion\u{1b}[2J`, expected `結び`\nor nothing";
        assert_eq!(plain(said), "unknown word `dissolu\\tion\\u{1b}[2J`, expected `結び`\nor nothing");
    }
}
