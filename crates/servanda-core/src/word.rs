//! What our own types have in common in JSON: fixed vocabularies print themselves as the word they are there, and what is absent
//! is left out.

use serde::{Deserialize, Deserializer};

/// Reads a member that may be left out and may not be null.
pub(crate) fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// The words of a parser, without the names of our types.
pub(crate) fn plain(message: &str) -> String {
    message
        .replace("unknown variant", "unknown word")
        .replace("expected u32", "expected a whole number")
        .replace("struct variant Rule::", "what goes with a rule of ")
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
