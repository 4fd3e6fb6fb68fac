//! Checks the languages of titles and sources.

use serde_json::Value;

use crate::value::path::{Path, PathSegment};
use crate::value::{Language, quote};

/// Calls `found` with the path, the problem and the remedy for each language that BCP 47 does not
/// have.
pub(super) fn check(value: &Value, found: &mut dyn FnMut(&[PathSegment], String, String)) {
    check_at(&mut Path::new(), value, found);
}

fn check_at(path: &mut Path, value: &Value, found: &mut dyn FnMut(&[PathSegment], String, String)) {
    match value {
        Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                path.push(PathSegment::Index(index));
                check_at(path, element, found);
                path.pop();
            }
        }
        Value::Object(members) => {
            for (key, member) in members {
                path.push(PathSegment::Key(key.clone()));
                match (key.as_str(), member) {
                    ("title" | "titles" | "translations", Value::Object(titles)) => {
                        for language in titles.keys() {
                            path.push(PathSegment::Key(language.clone()));
                            check_tag(path, language, found);
                            path.pop();
                        }
                    }
                    ("language", Value::String(language)) => check_tag(path, language, found),
                    _ => check_at(path, member, found),
                }
                path.pop();
            }
        }
        _ => {}
    }
}

fn check_tag(path: &[PathSegment], tag: &str, found: &mut dyn FnMut(&[PathSegment], String, String)) {
    // Other faults are reported where the value is read.
    if tag.parse::<Language>().is_ok_and(|language| !language.is_bcp47()) {
        let problem = format!("{} is no language: a BCP 47 tag begins with two or three letters", quote(tag));
        found(path, problem, "write the tag, such as en, de or zh-hant".to_owned());
    }
}
