//! The allowed and the required keys of each table in a file.

use serde_json::Value;

use crate::value::path::{Path, PathSegment, last_written, written};
use crate::value::quote;

/// The keys that are allowed in a value of a file.
///
/// If the value is a list, they apply to each of its elements.
pub(crate) enum Keys {
    /// A value without keys, or a table whose keys are checked elsewhere.
    Value,
    /// A table with these keys and no others.
    Table(&'static [Key]),
    /// A table with exactly one of these keys.
    ///
    /// Other keys are not reported here. The error from reading the value reports them.
    OneOf(&'static [Key]),
    /// A table whose keys the author chooses.
    Each(&'static Keys),
}

/// An allowed key of a table.
pub(crate) struct Key {
    name: &'static str,
    is_required: bool,
    keys: Keys,
}

pub(crate) const fn required(name: &'static str, keys: Keys) -> Key {
    Key { name, is_required: true, keys }
}

pub(crate) const fn optional(name: &'static str, keys: Keys) -> Key {
    Key { name, is_required: false, keys }
}

/// A problem with a key of a table.
pub(crate) enum KeyError<'a> {
    /// The path ends with a key that is not allowed. These keys are allowed.
    Unknown(&'a [&'static str]),
    /// The table at the path lacks this key.
    Missing(&'static str),
}

impl KeyError<'_> {
    /// Returns the problem in words, and a remedy if the key is unknown.
    pub(crate) fn describe(&self, path: &[PathSegment]) -> (String, Option<String>) {
        match self {
            Self::Unknown(known) => {
                let problem = format!("there is no key {} here", quote(&last_written(path)));
                (problem, Some(format!("remove it, or use one of: {}", known.join(", "))))
            }
            Self::Missing(key) if path.is_empty() => (format!("the key {key:?} is missing"), None),
            Self::Missing(key) => (format!("{}: the key {key:?} is missing", written(path)), None),
        }
    }
}

impl Keys {
    /// Calls `found` with a path for every unknown and every missing key.
    pub(crate) fn check(&self, value: &Value, found: &mut dyn FnMut(&[PathSegment], KeyError<'_>)) {
        self.check_at(&mut Path::new(), value, found);
    }

    fn check_at(&self, path: &mut Path, value: &Value, found: &mut dyn FnMut(&[PathSegment], KeyError<'_>)) {
        let members = match (self, value) {
            (Self::Value, _) => return,
            (_, Value::Array(elements)) => {
                for (index, element) in elements.iter().enumerate() {
                    path.push(PathSegment::Index(index));
                    self.check_at(path, element, found);
                    path.pop();
                }
                return;
            }
            (_, Value::Object(members)) => members,
            _ => return,
        };
        if let Self::Table(known) = self {
            let is_missing = |key: &&Key| key.is_required && !members.contains_key(key.name);
            known.iter().filter(is_missing).for_each(|key| found(path, KeyError::Missing(key.name)));
        }
        for (key, member) in members {
            path.push(PathSegment::Key(key.clone()));
            match (self, self.below(key)) {
                (_, Some(keys)) => keys.check_at(path, member, found),
                (Self::Table(known), None) => {
                    let names: Vec<&str> = known.iter().map(|key| key.name).collect();
                    found(path, KeyError::Unknown(&names));
                }
                _ => {}
            }
            path.pop();
        }
    }

    fn below(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Value => None,
            Self::Table(known) | Self::OneOf(known) => known.iter().find(|key| key.name == name).map(|key| &key.keys),
            Self::Each(keys) => Some(keys),
        }
    }
}

pub(crate) const SOURCE_KEYS: Keys = Keys::Table(&[
    optional("archive", Keys::Value),
    optional("archived", Keys::Value),
    optional("identifier", Keys::Value),
    optional("language", Keys::Value),
    optional("page", Keys::Value),
    optional("published", Keys::Value),
    optional("publisher", Keys::Value),
    optional("quotation", Keys::Value),
    required("title", Keys::Value),
    optional("url", Keys::Value),
]);
const COUNTED_KEYS: Keys = Keys::Table(&[
    required("count", Keys::Value),
    optional("except_recess_of", Keys::Value),
    optional("first_day_counts", Keys::Value),
    optional("within_periods_of", Keys::Value),
]);
const COUNT_KEYS: Keys = Keys::Table(&[required("count", Keys::Value)]);
const CLOSE_KEYS: Keys =
    Keys::Table(&[required("calendar", Keys::Value), optional("ended_by", Keys::Value), required("of", Keys::Value)]);
pub(crate) const RULE_KEYS: Keys = Keys::OneOf(&[
    optional("close", CLOSE_KEYS),
    optional("days", COUNTED_KEYS),
    optional("first-of-month", COUNT_KEYS),
    optional("first-of-month-after-days", COUNT_KEYS),
    optional("full-days", COUNTED_KEYS),
    optional("months", COUNT_KEYS),
    optional("weeks", COUNT_KEYS),
    optional("years", COUNT_KEYS),
]);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::calendar::CALENDAR_KEYS;
    use crate::files::commitment::COMMITMENT_KEYS;
    use crate::files::procedure::PROCEDURE_KEYS;
    use crate::files::treaty::ENTRY_INTO_FORCE_KEYS;

    /// Asserts that a table has the keys of an object in the schema, and requires the same ones.
    fn assert_matches(keys: &Keys, schema: &Value, definition: &Value, at: &str) {
        let (Keys::Table(known) | Keys::OneOf(known)) = keys else { return };
        if let Some(reference) = definition["$ref"].as_str() {
            return assert_matches(keys, schema, schema.pointer(&reference[1..]).unwrap(), at);
        }
        let alternatives = definition["anyOf"].as_array().into_iter().flatten();
        let mut inner = alternatives.filter(|alternative| alternative.get("enum").is_none());
        if let Some(inner) = inner.next().or(definition.get("items")) {
            return assert_matches(keys, schema, inner, at);
        }
        let properties = definition["properties"].as_object().unwrap_or_else(|| panic!("{at}: {definition}"));
        // A file has the id in the commitment, a line of the ledger has it in the entry.
        let known: Vec<&Key> = known.iter().filter(|key| at != "commitment" || key.name != "id").collect();
        let names = |required: bool| known.iter().filter(move |key| !required || key.is_required).map(|key| key.name);
        assert_eq!(names(false).collect::<Vec<_>>(), properties.keys().collect::<Vec<_>>(), "{at}");
        let required = definition["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
        assert_eq!(names(true).collect::<Vec<_>>(), required.collect::<Vec<_>>(), "{at}");
        for key in known {
            assert_matches(&key.keys, schema, &properties[key.name], &format!("{at}.{}", key.name));
        }
    }

    #[test]
    fn the_keys_of_files_are_those_of_the_schema() {
        let schema: Value = serde_json::from_str(include_str!("../../schema/entry.schema.json")).unwrap();
        for (keys, name) in [
            (&CALENDAR_KEYS, "calendar"),
            (&COMMITMENT_KEYS, "commitment"),
            (&ENTRY_INTO_FORCE_KEYS, "entry_into_force"),
            (&PROCEDURE_KEYS, "procedure"),
        ] {
            assert_matches(keys, &schema, &schema["$defs"][name], name);
        }
    }
}
