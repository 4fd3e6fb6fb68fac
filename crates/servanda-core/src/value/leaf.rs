//! Conversions from and to text that the value types share, in Rust and in serde.

use std::fmt;

use serde::de::Visitor;

/// A short ASCII text that is built without allocating memory.
pub(crate) struct Written<const N: usize> {
    bytes: [u8; N],
    len: usize,
}

impl<const N: usize> Written<N> {
    pub(super) fn from(text: &str) -> Self {
        let mut written = Self { bytes: [0; N], len: 0 };
        text.bytes().for_each(|byte| written.push(byte));
        written
    }

    pub(super) fn push(&mut self, byte: u8) {
        if let Some(place) = self.bytes.get_mut(self.len) {
            *place = byte;
            self.len += 1;
        }
    }

    /// Appends `number`, written with `digits` digits.
    pub(super) fn number(&mut self, number: u32, digits: u32) {
        (0..digits).rev().for_each(|place| self.push(b'0' + (number / 10_u32.pow(place) % 10) as u8));
    }

    pub(crate) fn as_str(&self) -> &str {
        self.bytes.get(..self.len).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

impl<const N: usize> AsRef<str> for Written<N> {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

/// A serde visitor that reads a value from its text.
pub(crate) struct FromText<T>(pub(crate) fn(&str) -> Result<T, super::ValueError>);

impl<T> Visitor<'_> for FromText<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
        (self.0)(text).map_err(E::custom)
    }
}

/// Implements serde with `FromStr`, and with `Display` or a faster method that returns the text. It
/// also implements `TryFrom<&str>`, unless the type reads other forms there.
macro_rules! serde_as_text {
    ($type:ty) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        serde_as_text!(@deserialize $type, std::str::FromStr::from_str);
        serde_as_text!(@try_from $type);
    };
    ($type:ty, $text:ident) => {
        serde_as_text!($type, $text, std::str::FromStr::from_str);
    };
    ($type:ty, $text:ident, $read:path) => {
        serde_as_text!(@serde $type, $text, $read);
        serde_as_text!(@try_from $type);
    };
    (@serde $type:ty, $text:ident) => {
        serde_as_text!(@serde $type, $text, std::str::FromStr::from_str);
    };
    (@serde $type:ty, $text:ident, $read:path) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.$text().as_ref())
            }
        }

        serde_as_text!(@deserialize $type, $read);
    };
    (@deserialize $type:ty, $read:path) => {
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str($crate::value::leaf::FromText($read))
            }
        }
    };
    (@try_from $type:ty) => {
        impl TryFrom<&str> for $type {
            type Error = crate::value::ValueError;

            fn try_from(text: &str) -> Result<Self, Self::Error> {
                text.parse()
            }
        }
    };
}

/// Implements the conversions of a type that wraps a checked string in its first field.
///
/// `$check` says what a line may contain. A line that was valid once stays valid, so stricter rules
/// for new text go into `$tidy`, which returns the text as it is written.
macro_rules! checked_text {
    ($type:ident, $kind:expr, $check:path) => {
        checked_text!($type, $kind, $check, Ok::<&str, &'static str>);
    };
    ($type:ident, $kind:expr, $check:path, $tidy:expr) => {
        impl $type {
            /// The text as it is written.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Whether `text` is well-formed for this type.
            pub(crate) fn accepts(text: &str) -> bool {
                $check(text).is_ok()
            }

            /// Reads a text as it is recorded.
            fn recorded(text: &str) -> Result<Self, crate::value::ValueError> {
                match $check(text) {
                    Ok(()) => Ok(Self(text.to_owned().into())),
                    Err(reason) => Err(crate::value::ValueError::invalid($kind, text, reason)),
                }
            }
        }

        impl std::str::FromStr for $type {
            type Err = crate::value::ValueError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match $tidy(text) {
                    Ok(tidied) => Self::recorded(tidied.as_ref()),
                    Err(reason) => Err(crate::value::ValueError::invalid($kind, text, reason)),
                }
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl AsRef<str> for $type {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl PartialEq<str> for $type {
            fn eq(&self, other: &str) -> bool {
                self.as_str() == other
            }
        }

        impl PartialEq<&str> for $type {
            fn eq(&self, other: &&str) -> bool {
                self.as_str() == *other
            }
        }

        serde_as_text!($type, as_str, Self::recorded);
    };
}

pub(super) use {checked_text, serde_as_text};
