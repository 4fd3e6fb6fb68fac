//! Facts about all languages: the records that cross the boundary, and the order of
//! arguments.

use super::types::{Content, Field, Record, Type, Types, Variant, in_call_order};

/// The records that callers put together, with the arguments that come first in a call. The others
/// follow in the order of the source: first what must be given, then what can be left out.
pub(crate) const GIVEN: &[(&str, &[&str])] = &[
    ("Calendar", &[]),
    ("Clock", &[]),
    ("Commitment", &["id", "title", "procedure", "by", "made", "obligation", "words"]),
    ("Counted", &[]),
    ("Filter", &[]),
    ("LogFilter", &[]),
    ("ClockRule", &[]),
    ("Identifier", &[]),
    ("Opening", &["status", "on"]),
    ("Party", &[]),
    ("Period", &["number"]),
    ("ProcedureRef", &["id", "version"]),
    ("Procedure", &["id", "version", "title"]),
    ("Recess", &[]),
    ("Responsible", &[]),
    ("Source", &["title", "url"]),
    ("Status", &["id", "title"]),
    ("Target", &["value", "unit"]),
    ("Topic", &[]),
    ("Transition", &["to"]),
    ("Words", &["text"]),
];

/// The arguments that come first in a call that makes this record.
pub(crate) fn first_arguments(record: &str) -> &'static [&'static str] {
    GIVEN.iter().find(|(name, _)| *name == record).map_or(&[], |(_, first)| first)
}

/// The types that each language writes in its own way, and that hold nothing of ours.
pub(crate) const VALUES: &[&str] =
    &["Date", "Day", "Deadline", "Decimal", "Digest", "EntryId", "Language", "Moment", "Note", "Slug", "Title", "Url"];

/// A kind of fact that has a record of its own: every kind but a registration and a definition.
pub(crate) struct Kind<'a> {
    /// The name of the record and of the variant of `Fact`.
    pub(crate) name: &'a str,
    /// The word for it in JSON.
    pub(crate) word: &'a str,
    pub(crate) record: &'a Record,
    pub(crate) day: HasDay,
    /// Whether it can be about a definition, which belongs to no commitment.
    pub(crate) without_commitment: bool,
}

/// Whether a fact has a day on which it took effect.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum HasDay {
    Always,
    Perhaps,
    Never,
}

/// The day of each kind of fact, as `servanda-core` checks it.
const DAYS: &[(&str, HasDay)] = &[
    ("advance", HasDay::Always),
    ("amend", HasDay::Never),
    ("assign", HasDay::Always),
    ("attest", HasDay::Always),
    ("cite", HasDay::Never),
    ("deposit", HasDay::Always),
    ("link", HasDay::Perhaps),
    ("measure", HasDay::Always),
    ("remark", HasDay::Always),
    ("repin", HasDay::Never),
    ("reschedule", HasDay::Always),
    ("retract", HasDay::Never),
    ("unassign", HasDay::Always),
];

impl<'a> Kind<'a> {
    /// The kinds of fact, in the order of the source.
    pub(crate) fn all(types: &'a Types) -> Result<Vec<Self>, String> {
        let mut kinds = Vec::new();
        for variant in &types.enumeration("Fact")?.variants {
            let Variant { name, word, content, .. } = variant;
            // A registration and a definition hold something that is also used elsewhere.
            if let Content::One(Type::Named(record)) = content
                && record == name
                && types.is_record(record)
            {
                let known = DAYS.iter().find(|(known, _)| known == word).map(|(_, day)| *day);
                let day = known.ok_or_else(|| format!("say in generate/bindings.rs whether `{word}` has a day"))?;
                let record = types.record(record)?;
                kinds.push(Self { name, word, record, day, without_commitment: word == "retract" });
            }
        }
        Ok(kinds)
    }

    /// The fields in the order in which a call takes them.
    pub(crate) fn fields(&self) -> Vec<&'a Field> {
        in_call_order(&self.record.fields, &[])
    }

    /// Those that must be given, and those that can be left out.
    pub(crate) fn required_and_optional(&self) -> (Vec<&'a Field>, Vec<&'a Field>) {
        self.fields().into_iter().partition(|field| !field.optional)
    }
}

/// The definitions that `Define` can hold: the name of the type and of the variant, and the
/// documentation.
pub(crate) fn definitions(types: &Types) -> Result<Vec<(&str, &str)>, String> {
    let variants = &types.enumeration("Define")?.variants;
    Ok(variants.iter().map(|variant| (variant.name.as_str(), variant.doc.as_str())).collect())
}

/// The documentation with the word of a language for a value that is absent.
pub(crate) fn with_absent(doc: &str, word: &str) -> String {
    doc.replace("`None`", word)
}

/// Breaks text into lines of at most `width` characters.
pub(crate) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
