//! Shared serde helpers, and the macro for fixed vocabularies.

use serde::{Deserialize, Deserializer};

/// Reads a member that can be left out but must not be null.
pub(crate) fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// Whether a flag is unset. JSON leaves out unset flags.
pub(crate) fn is_false(flag: &bool) -> bool {
    !flag
}

/// Implements `Display` and `FromStr` for an enum that has `ALL` and `as_str`.
macro_rules! word {
    ($type:ident) => {
        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $type {
            type Err = crate::value::ValueError;

            fn from_str(text: &str) -> Result<Self, crate::value::ValueError> {
                Self::ALL.into_iter().find(|word| word.as_str() == text).ok_or_else(|| {
                    $crate::value::ValueError::unknown_word(
                        stringify!($type),
                        text,
                        Self::ALL.map(Self::as_str).as_slice(),
                    )
                })
            }
        }
    };
}
