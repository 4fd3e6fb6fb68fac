//! Further members of a registration: responsible bodies, identifiers, languages and a target.

use servanda::facts::CommitmentBuilder;
use servanda::format::quote;

use super::Vocabulary;
use super::fields::Fields;
use super::record::{ValueRef, text_of};
use super::sources::split;
use crate::mapping::Field;
use crate::{Cell, Node};

/// Adds the further members of a registration.
pub(super) fn further(
    fields: &mut Fields<'_, '_>,
    vocabulary: &Vocabulary,
    mut builder: CommitmentBuilder,
) -> CommitmentBuilder {
    let mapping = fields.mapping;
    for (word, role) in fields.pairs(Field::Responsible, "body", "role") {
        match vocabulary.body(&word, mapping) {
            Ok(None) => {}
            Ok(Some(body)) => {
                builder = match role {
                    Some(role) => builder.responsible_as(body, role),
                    None => builder.responsible(body),
                }
            }
            Err(word) => fields.unknown(Field::Responsible, word),
        }
    }
    if let Some(scheme) = fields.text(Field::IdentifierScheme)
        && let Some(value) = fields.text(Field::Identifier)
    {
        builder = builder.identifier(scheme, value);
    }
    for (scheme, value) in named(fields, Field::Identifiers, "scheme", "value") {
        builder = builder.identifier(scheme, value);
    }
    if let Some(language) = fields.text(Field::Language) {
        builder = builder.language(language);
    }
    for (language, title) in named(fields, Field::Titles, "language", "title") {
        builder = builder.title_in(language, title);
    }
    target(fields, builder)
}

fn target(fields: &mut Fields<'_, '_>, builder: CommitmentBuilder) -> CommitmentBuilder {
    let Some(value) = fields.text(Field::TargetValue) else { return builder };
    let Some(unit) = fields.text(Field::TargetUnit) else {
        fields.problem(Field::TargetValue, "a target has a unit; map the column `target_unit`, or set a default");
        return builder;
    };
    match fields.date(Field::TargetDate) {
        Some(date) => builder.target_by(value.as_str(), unit, date),
        None => builder.target(value.as_str(), unit),
    }
}

/// The pairs in a field. Both parts of a pair are needed.
fn named(fields: &mut Fields<'_, '_>, field: Field, first: &str, second: &str) -> Vec<(String, String)> {
    let mut named = Vec::new();
    for (name, text) in fields.pairs(field, first, second) {
        match text {
            Some(text) => named.push((name, text)),
            None => {
                let problem = format!("{} is not written as {first}={second}", quote(&name));
                fields.problem(field, problem);
            }
        }
    }
    named
}

impl Fields<'_, '_> {
    /// The pairs in a field: texts such as `lead=arden/works`, or objects with two members.
    fn pairs(&mut self, field: Field, first: &str, second: &str) -> Vec<(String, Option<String>)> {
        let mut pairs = Vec::new();
        // A title may contain a comma.
        let lines = ["\n".to_owned()];
        let separators = if field == Field::Titles { &lines[..] } else { &self.mapping.list_separators };
        for value in self.values(field) {
            if let Err(problem) = add_pairs(value, first, second, separators, &mut pairs) {
                self.problem(field, problem);
            }
        }
        pairs
    }
}

fn add_pairs(
    value: ValueRef<'_>,
    first: &str,
    second: &str,
    separators: &[String],
    pairs: &mut Vec<(String, Option<String>)>,
) -> Result<(), String> {
    match value {
        ValueRef::Cell(cell) => {
            for part in split(&text_of(cell)?, separators) {
                pairs.push(match part.split_once('=') {
                    Some((name, text)) => (name.trim().to_owned(), Some(text.trim().to_owned())),
                    None => (part.to_owned(), None),
                });
            }
        }
        ValueRef::List(elements) => {
            for element in elements {
                add_pairs(ValueRef::of(&element.value), first, second, separators, pairs)?;
            }
        }
        ValueRef::Map(members) => match member(members, first)? {
            Some(name) => pairs.push((name, member(members, second)?)),
            None => {
                for (name, _) in members {
                    pairs.push((name.clone(), member(members, name)?));
                }
            }
        },
    }
    Ok(())
}

fn member(members: &[(String, Node)], name: &str) -> Result<Option<String>, String> {
    match members.iter().find(|(key, _)| key == name).map(|(_, node)| ValueRef::of(&node.value)) {
        None | Some(ValueRef::Cell(Cell::Empty)) => Ok(None),
        Some(ValueRef::Cell(cell)) => Ok(Some(text_of(cell)?.into_owned())),
        Some(_) => Err(format!("`{name}` is a single value")),
    }
}
