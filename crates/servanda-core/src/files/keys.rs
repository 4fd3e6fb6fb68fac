//! The keys that files have, table by table.

use serde_json::Value;

use crate::value::path::{Path, PathSegment};

/// What stands somewhere in a file, as far as its keys go. Lists are looked into.
pub(crate) enum Keys {
    /// A value into which nobody looks.
    Value,
    /// A table that has these keys and no others.
    Table(&'static [(&'static str, Keys)]),
    /// A table with one of several keys. Another is not reported from here, since no value can be read from it.
    OneOf(&'static [(&'static str, Keys)]),
    /// A table whose keys the author chooses.
    Each(&'static Keys),
}

impl Keys {
    /// Calls `found` for each key that should not be there: with its path, of keys and the indexes of lists, and the keys that
    /// its table has.
    pub(crate) fn find_unknown(&self, value: &Value, found: &mut dyn FnMut(&[PathSegment], &[&str])) {
        self.find_below(value, &mut Path::new(), found);
    }

    fn find_below(&self, value: &Value, path: &mut Path, found: &mut dyn FnMut(&[PathSegment], &[&str])) {
        let members = match (self, value) {
            (Self::Value, _) => return,
            (_, Value::Array(elements)) => {
                for (index, element) in elements.iter().enumerate() {
                    path.push(PathSegment::Index(index));
                    self.find_below(element, path, found);
                    path.pop();
                }
                return;
            }
            (_, Value::Object(members)) => members,
            _ => return,
        };
        for (key, member) in members {
            path.push(PathSegment::Key(key.clone()));
            match (self, self.below(key)) {
                (_, Some(keys)) => keys.find_below(member, path, found),
                (Self::Table(known), None) => found(path, &known.iter().map(|(key, _)| *key).collect::<Vec<_>>()),
                _ => {}
            }
            path.pop();
        }
    }

    fn below(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Value => None,
            Self::Table(known) | Self::OneOf(known) => {
                known.iter().find(|(known, _)| *known == key).map(|(_, keys)| keys)
            }
            Self::Each(keys) => Some(keys),
        }
    }
}

pub(crate) const SOURCE_KEYS: Keys = Keys::Table(&[
    ("archived", Keys::Value),
    ("language", Keys::Value),
    ("published", Keys::Value),
    ("publisher", Keys::Value),
    ("quotation", Keys::Value),
    ("title", Keys::Value),
    ("url", Keys::Value),
]);
const COUNTED_KEYS: Keys =
    Keys::Table(&[("count", Keys::Value), ("except_recess_of", Keys::Value), ("first_day_counts", Keys::Value)]);
const MONTHS_KEYS: Keys = Keys::Table(&[("count", Keys::Value)]);
pub(crate) const RULE_KEYS: Keys = Keys::OneOf(&[
    ("close", Keys::Table(&[("calendar", Keys::Value), ("ended_by", Keys::Value), ("of", Keys::Value)])),
    ("days", COUNTED_KEYS),
    ("first-of-month", MONTHS_KEYS),
    ("full-days", COUNTED_KEYS),
    ("months", MONTHS_KEYS),
]);
