//! The JSON Schema of an entry, from the types of the facts and from `entry.base.json`.
//!
//! The types give the members of facts, with their types and documentation. The base has the rest:
//! the members around the fact, the patterns of values such as slugs, and conditions between
//! members. It is applied to the derived schema as a JSON merge patch (RFC 7396).

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_json::{Map, Value, json};

use super::bindings::with_absent;
use super::types::{Content, Enumeration, Field, Record, Type, Types, snake};
use crate::tools::root;

const BASE: &str = "crates/servanda-core/schema/entry.base.json";
pub(crate) const SCHEMA: &str = "crates/servanda-core/schema/entry.schema.json";

/// The text of the schema.
pub(crate) fn text(types: &Types) -> Result<String, String> {
    let base = fs::read_to_string(root().join(BASE)).map_err(|error| format!("{BASE}: {error}"))?;
    let base: Value = serde_json::from_str(&base).map_err(|error| format!("{BASE}: {error}"))?;
    let schema = of(types, &base)?;
    let mut text = String::new();
    write(&schema, true, 0, &mut text);
    text.push('\n');
    Ok(text)
}

/// The schema that follows from the types, with the base applied to it.
fn of(types: &Types, base: &Value) -> Result<Value, String> {
    let mut schema = Schema { types, base, definitions: BTreeMap::new() };
    schema.define("Fact")?;
    let definitions: Map<String, Value> = schema.definitions.into_iter().collect();
    let written = base.get("$defs").and_then(Value::as_object).into_iter().flatten();
    // A definition of the base that corrects nothing, and is no value either, is a mistake.
    let unused: BTreeSet<&String> = written
        .filter(|(name, new)| !definitions.contains_key(*name) && new.get("title").is_none())
        .map(|(name, _)| name)
        .collect();
    if !unused.is_empty() {
        return Err(format!("{BASE}: no type is called {unused:?}"));
    }
    let mut whole = json!({ "$defs": definitions });
    patch(&mut whole, base);
    Ok(whole)
}

struct Schema<'a> {
    types: &'a Types,
    base: &'a Value,
    definitions: BTreeMap<String, Value>,
}

impl Schema<'_> {
    /// Defines a type, and everything that it holds.
    fn define(&mut self, name: &str) -> Result<(), String> {
        let key = snake(name);
        if self.definitions.contains_key(&key) {
            return Ok(());
        }
        if self.types.is_record(name) {
            // Entered at once, because a type may hold itself.
            self.definitions.insert(key.clone(), Value::Null);
            let record = self.record(self.types.record(name)?)?;
            self.definitions.insert(key, record);
        } else if self.types.is_enum(name) {
            self.definitions.insert(key.clone(), Value::Null);
            let enumeration = self.enumeration(self.types.enumeration(name)?)?;
            self.definitions.insert(key, enumeration);
        } else if self.base_has(&key).is_none() {
            return Err(format!("{BASE}: `$defs` lacks `{key}`, which is how a {name} is written"));
        }
        Ok(())
    }

    fn base_has(&self, key: &str) -> Option<&Value> {
        self.base.get("$defs")?.get(key)
    }

    fn record(&mut self, record: &Record) -> Result<Value, String> {
        let mut schema = self.object(&record.fields)?;
        schema.insert("title".to_owned(), title(&record.name).into());
        schema.insert("description".to_owned(), with_absent(&record.doc, "absent").into());
        Ok(schema.into())
    }

    fn object(&mut self, fields: &[Field]) -> Result<Map<String, Value>, String> {
        let written: Vec<&Field> = fields.iter().filter(|field| !field.skipped).collect();
        let required: Vec<&str> =
            written.iter().filter(|field| !field.optional).map(|field| field.member.as_str()).collect();
        let mut properties = Map::new();
        for field in &written {
            let mut schema = self.of_type(&field.ty)?;
            if !field.doc.is_empty() {
                schema.insert("description".to_owned(), with_absent(&field.doc, "absent").into());
            }
            properties.insert(field.member.clone(), schema.into());
        }
        let mut object = Map::new();
        object.insert("type".to_owned(), "object".into());
        if !required.is_empty() {
            object.insert("required".to_owned(), json!(required));
        }
        object.insert("properties".to_owned(), properties.into());
        Ok(object)
    }

    /// An enum: words, or objects with one member, which serde calls externally tagged.
    fn enumeration(&mut self, given: &Enumeration) -> Result<Value, String> {
        let (mut words, mut properties) = (Vec::new(), Map::new());
        let mut description = given.doc.clone();
        for variant in given.variants.iter().filter(|variant| !variant.skipped) {
            let mut schema = match &variant.content {
                Content::Nothing => {
                    words.push(variant.word.as_str());
                    description.push_str(&format!(" `{}`: {}", variant.word, variant.doc));
                    continue;
                }
                Content::One(held) => self.of_type(held)?,
                Content::Fields(fields) => self.object(fields)?,
            };
            schema.insert("description".to_owned(), with_absent(&variant.doc, "absent").into());
            properties.insert(variant.word.clone(), schema.into());
        }
        let objects = (!properties.is_empty()).then(|| {
            let one_of: Vec<Value> = properties.keys().map(|word| json!({ "required": [word] })).collect();
            json!({ "type": "object", "properties": properties, "oneOf": one_of })
        });
        let mut schema = match (objects, words.is_empty()) {
            (Some(objects), true) => objects,
            (Some(objects), false) => json!({ "anyOf": [{ "enum": words }, objects] }),
            (None, _) => json!({ "enum": words }),
        };
        if let Some(schema) = schema.as_object_mut() {
            schema.insert("title".to_owned(), title(&given.name).into());
            schema.insert("description".to_owned(), description.into());
        }
        Ok(schema)
    }

    fn of_type(&mut self, ty: &Type) -> Result<Map<String, Value>, String> {
        let schema = match ty {
            Type::Named(name) => match name.as_str() {
                "bool" => json!({ "type": "boolean" }),
                "u32" => json!({ "type": "integer", "minimum": 0, "maximum": u32::MAX }),
                "String" => json!({ "type": "string" }),
                name => {
                    self.define(name)?;
                    reference(&snake(name))
                }
            },
            Type::Option(inner) | Type::Boxed(inner) => return self.of_type(inner),
            // The base may have a definition of its own for a list of these, or for a map to these.
            Type::Vec(inner) => match self.plural(inner, "array")? {
                Some(plural) => reference(&plural),
                None => json!({ "type": "array", "items": self.of_type(inner)? }),
            },
            Type::Map(key, value) => match self.plural(value, "object")? {
                Some(plural) => reference(&plural),
                None => json!({
                    "type": "object",
                    "propertyNames": self.of_type(key)?,
                    "additionalProperties": self.of_type(value)?,
                }),
            },
            Type::Generic(..) => return Err(format!("JSON Schema: no way to write {}", ty.rust())),
        };
        Ok(schema.as_object().cloned().unwrap_or_default())
    }

    /// The definition of several of these, if the base has one of this JSON type.
    fn plural(&mut self, of: &Type, json: &str) -> Result<Option<String>, String> {
        let Some(name) = of.name() else { return Ok(None) };
        let plural = format!("{}s", snake(name));
        if self.base_has(&plural).and_then(|several| several.get("type")).is_none_or(|found| found != json) {
            return Ok(None);
        }
        self.define(name)?;
        Ok(Some(plural))
    }
}

fn reference(key: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{key}") })
}

/// `ClockRule` as `Clock rule`.
fn title(name: &str) -> String {
    let words = snake(name).replace('_', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

/// Applies a JSON merge patch.
fn patch(target: &mut Value, with: &Value) {
    let Value::Object(changes) = with else {
        *target = with.clone();
        return;
    };
    if !target.is_object() {
        *target = json!({});
    }
    let Some(members) = target.as_object_mut() else { return };
    for (key, change) in changes {
        if change.is_null() {
            members.remove(key);
        } else {
            patch(members.entry(key.clone()).or_insert(Value::Null), change);
        }
    }
}

const WIDTH: usize = 100;

/// The keywords that come first, in the order in which people read a schema. The others follow by
/// name.
const FIRST: &[&str] =
    &["$schema", "$id", "$comment", "title", "description", "type", "$ref", "enum", "required", "properties"];

/// The members of an object: those of a schema in the order of reading, others by name.
fn members(object: &Map<String, Value>, is_schema: bool) -> Vec<(&String, &Value)> {
    let mut members: Vec<_> = object.iter().collect();
    if is_schema {
        members.sort_by_key(|(key, _)| {
            let place = FIRST.iter().position(|first| first == key).unwrap_or(FIRST.len());
            // Definitions are long.
            (*key == "$defs", place)
        });
    }
    members
}

/// Writes JSON, with what fits on one line there.
fn write(value: &Value, is_schema: bool, indent: usize, text: &mut String) {
    let flat = flat(value, is_schema);
    let here = text.len() - text.rfind('\n').map_or(0, |at| at + 1);
    let (open, close, inner): (_, _, Vec<(String, &Value, bool)>) = match value {
        Value::Object(object) if here + flat.len() > WIDTH && !object.is_empty() => {
            let inner = members(object, is_schema).into_iter();
            (
                '{',
                '}',
                inner.map(|(key, value)| (format!("{}: ", json!(key)), value, holds_schema(key, is_schema))).collect(),
            )
        }
        Value::Array(elements) if here + flat.len() > WIDTH && !elements.is_empty() => {
            ('[', ']', elements.iter().map(|value| (String::new(), value, true)).collect())
        }
        _ => return text.push_str(&flat),
    };
    text.push(open);
    for (at, (key, value, is_schema)) in inner.into_iter().enumerate() {
        text.push_str(if at == 0 { "\n" } else { ",\n" });
        text.push_str(&" ".repeat(indent + 2));
        text.push_str(&key);
        write(value, is_schema, indent + 2, text);
    }
    text.push('\n');
    text.push_str(&" ".repeat(indent));
    text.push(close);
}

/// Whether the value of a member is a schema, and not an object of schemas by name.
fn holds_schema(key: &str, in_schema: bool) -> bool {
    !(in_schema && ["properties", "$defs"].contains(&key))
}

/// JSON on one line, with a space after a comma and a colon.
fn flat(value: &Value, is_schema: bool) -> String {
    match value {
        Value::Object(object) => {
            let members: Vec<String> = members(object, is_schema)
                .into_iter()
                .map(|(key, value)| format!("{}: {}", json!(key), flat(value, holds_schema(key, is_schema))))
                .collect();
            format!("{{{}}}", members.join(", "))
        }
        Value::Array(elements) => {
            format!("[{}]", elements.iter().map(|value| flat(value, true)).collect::<Vec<_>>().join(", "))
        }
        value => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schema(source: &str, base: &Value) -> Result<Value, String> {
        let mut types = Types::default();
        types.add(source, "entry")?;
        of(&types, base)
    }

    const SOURCE: &str = "
        /// What happened.
        #[serde(rename_all = \"kebab-case\")]
        pub enum Fact {
            /// A step.
            Advance(Advance),
            /// Nothing.
            Pause,
            #[serde(skip)]
            Unknown { kind: String },
        }
        /// A step was taken.
        pub struct Advance {
            /// Who took it.
            #[serde(default)]
            pub by: Option<Slug>,
            pub sources: Vec<Slug>,
        }
    ";

    #[test]
    fn the_types_and_the_base_make_one_schema() {
        let base = json!({ "$defs": {
            "slug": { "title": "Slug", "type": "string" },
            "advance": { "properties": { "sources": { "minItems": 1 } } },
        }});
        let schema = schema(SOURCE, &base).unwrap();
        let advance = &schema["$defs"]["advance"];
        assert_eq!(advance["required"], json!(["sources"]));
        assert_eq!(advance["properties"]["by"], json!({ "$ref": "#/$defs/slug", "description": "Who took it." }));
        assert_eq!(advance["properties"]["sources"]["items"], json!({ "$ref": "#/$defs/slug" }));
        assert_eq!(advance["properties"]["sources"]["minItems"], 1);
        let fact = &schema["$defs"]["fact"];
        assert_eq!(fact["anyOf"][0], json!({ "enum": ["pause"] }));
        assert_eq!(fact["anyOf"][1]["oneOf"], json!([{ "required": ["advance"] }]));
    }

    #[test]
    fn a_value_that_the_base_does_not_describe_is_named() {
        let wrong = schema(SOURCE, &json!({ "$defs": {} })).unwrap_err();
        assert!(wrong.contains("lacks `slug`"), "{wrong}");
    }

    #[test]
    fn a_correction_of_nothing_is_named() {
        let base = json!({ "$defs": { "slug": { "title": "Slug" }, "advnce": { "required": [] } } });
        assert!(schema(SOURCE, &base).unwrap_err().contains("advnce"));
    }

    #[test]
    fn what_fits_on_a_line_is_written_on_it() {
        let mut text = String::new();
        let long = "x".repeat(70);
        write(&json!({ "a": { "b": [1, 2] }, "c": { "text": long, "more": long } }), false, 0, &mut text);
        assert_eq!(text.lines().nth(1), Some("  \"a\": {\"b\": [1, 2]},"));
        assert_eq!(text.lines().count(), 7);
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap()["c"]["text"], long);
    }
}
