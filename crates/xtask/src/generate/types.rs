//! The public records and enums of the core, read from its source code.
//!
//! The fields of a record, their types, their documentation and their serde attributes are written
//! once, in Rust. Everything that is generated for JSON Schema, Python, Kotlin and Swift starts
//! here.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use syn::{Attribute, Expr, Fields, GenericArgument, Item, Lit, Meta, PathArguments, Visibility};

/// The public types of a crate.
#[derive(Default)]
pub(crate) struct Types {
    records: BTreeMap<String, Record>,
    enums: BTreeMap<String, Enumeration>,
    /// The module of each type: the first folder or file under `src`.
    modules: BTreeMap<String, String>,
    /// Names that several public types have, in modules of their own.
    ambiguous: BTreeSet<String>,
}

/// A struct with named public fields.
pub(crate) struct Record {
    pub(crate) name: String,
    pub(crate) doc: String,
    /// In the order of the source, which is the order of the JSON members.
    pub(crate) fields: Vec<Field>,
    /// The names of the fields that only the core sees, which have a default.
    pub(crate) private: Vec<String>,
}

/// A field of a record or of a variant.
#[derive(Clone)]
pub(crate) struct Field {
    /// The name in Rust.
    pub(crate) name: String,
    /// The name in JSON.
    pub(crate) member: String,
    pub(crate) doc: String,
    pub(crate) ty: Type,
    /// Whether JSON can leave it out.
    pub(crate) optional: bool,
    /// Whether JSON never has it.
    pub(crate) skipped: bool,
}

/// An enum. Serde tags it externally: JSON has a word, or an object with one member.
pub(crate) struct Enumeration {
    pub(crate) name: String,
    pub(crate) doc: String,
    pub(crate) variants: Vec<Variant>,
}

/// A variant of an enum.
pub(crate) struct Variant {
    pub(crate) name: String,
    /// The word for it in JSON.
    pub(crate) word: String,
    pub(crate) doc: String,
    pub(crate) content: Content,
    /// Whether JSON never has it.
    pub(crate) skipped: bool,
}

/// The content of a variant.
pub(crate) enum Content {
    Nothing,
    One(Type),
    Fields(Vec<Field>),
}

/// A type, as far as the generated files depend on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    /// A type without parameters, by its last name: `Slug`, `u32`, `Source`.
    Named(String),
    Option(Box<Type>),
    Vec(Box<Type>),
    Map(Box<Type>, Box<Type>),
    Boxed(Box<Type>),
    /// Any other generic type, such as `Shift<Option<Day>>`.
    Generic(String, Vec<Type>),
}

impl Type {
    /// The name, if the type has no parameters. A box counts as what is in it.
    pub(crate) fn name(&self) -> Option<&str> {
        match self {
            Self::Named(name) => Some(name),
            Self::Boxed(inner) => inner.name(),
            _ => None,
        }
    }

    /// The type as Rust writes it.
    pub(crate) fn rust(&self) -> String {
        match self {
            Self::Named(name) => name.clone(),
            Self::Option(inner) => format!("Option<{}>", inner.rust()),
            Self::Vec(inner) => format!("Vec<{}>", inner.rust()),
            Self::Map(key, value) => format!("BTreeMap<{}, {}>", key.rust(), value.rust()),
            Self::Boxed(inner) => format!("Box<{}>", inner.rust()),
            Self::Generic(name, of) => {
                let of: Vec<String> = of.iter().map(Self::rust).collect();
                format!("{name}<{}>", of.join(", "))
            }
        }
    }

    /// The named types in it.
    pub(crate) fn names(&self) -> Vec<&str> {
        match self {
            Self::Named(name) => vec![name],
            Self::Option(inner) | Self::Vec(inner) | Self::Boxed(inner) => inner.names(),
            Self::Map(key, value) => [key.names(), value.names()].concat(),
            Self::Generic(name, of) => [vec![name.as_str()], of.iter().flat_map(Self::names).collect()].concat(),
        }
    }
}

impl Types {
    /// Reads every source file of a crate.
    pub(crate) fn read(source: &Path) -> Result<Self, String> {
        let mut types = Self::default();
        let mut folders = vec![source.to_path_buf()];
        while let Some(folder) = folders.pop() {
            let wrong = |error: std::io::Error| format!("{}: {error}", folder.display());
            for entry in fs::read_dir(&folder).map_err(wrong)? {
                let path = entry.map_err(wrong)?.path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "rs") {
                    let text = fs::read_to_string(&path).map_err(wrong)?;
                    let inside = path.strip_prefix(source).unwrap_or(&path).with_extension("");
                    let module = inside.components().next().map(|part| part.as_os_str().to_string_lossy().into_owned());
                    types
                        .add(&text, &module.unwrap_or_default())
                        .map_err(|error| format!("{}: {error}", path.display()))?;
                }
            }
        }
        Ok(types)
    }

    /// Adds the public types of a source text, which is a part of this module.
    pub(crate) fn add(&mut self, text: &str, module: &str) -> Result<(), String> {
        for item in syn::parse_file(text).map_err(|error| error.to_string())?.items {
            match item {
                Item::Struct(item) if matches!(item.vis, Visibility::Public(_)) => {
                    self.locate(&item.ident.to_string(), module);
                    if let Fields::Named(fields) = &item.fields {
                        let cased = rename_all(&item.attrs)?;
                        let (public, private): (Vec<_>, Vec<_>) =
                            fields.named.iter().partition(|field| matches!(field.vis, Visibility::Public(_)));
                        let private =
                            private.iter().filter_map(|field| Some(field.ident.as_ref()?.to_string())).collect();
                        let fields = public.into_iter().map(|each| field(each, &cased));
                        let fields = fields.collect::<Result<Vec<_>, _>>()?;
                        if !fields.is_empty() {
                            let (name, doc) = (item.ident.to_string(), doc(&item.attrs));
                            self.records.insert(name.clone(), Record { name, doc, fields, private });
                        }
                    }
                }
                Item::Enum(item) if matches!(item.vis, Visibility::Public(_)) => {
                    self.locate(&item.ident.to_string(), module);
                    let cased = rename_all(&item.attrs)?;
                    let variants = item.variants.iter().map(|each| variant(each, &cased));
                    let (name, doc) = (item.ident.to_string(), doc(&item.attrs));
                    let variants = variants.collect::<Result<Vec<_>, _>>()?;
                    self.enums.insert(name.clone(), Enumeration { name, doc, variants });
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn locate(&mut self, name: &str, module: &str) {
        if self.modules.insert(name.to_owned(), module.to_owned()).is_some() {
            self.ambiguous.insert(name.to_owned());
        }
    }

    /// The module that has a type.
    pub(crate) fn module(&self, name: &str) -> Result<&str, String> {
        match self.modules.get(name) {
            Some(_) if self.ambiguous.contains(name) => Err(format!("servanda-core has several types `{name}`")),
            Some(module) => Ok(module),
            None => Err(format!("servanda-core has no public type `{name}`")),
        }
    }

    /// The record with this name.
    pub(crate) fn record(&self, name: &str) -> Result<&Record, String> {
        self.module(name)?;
        self.records.get(name).ok_or_else(|| format!("`{name}` of servanda-core has no public fields"))
    }

    /// The enum with this name.
    pub(crate) fn enumeration(&self, name: &str) -> Result<&Enumeration, String> {
        self.module(name)?;
        self.enums.get(name).ok_or_else(|| format!("`{name}` of servanda-core is not an enum"))
    }

    pub(crate) fn is_record(&self, name: &str) -> bool {
        self.records.contains_key(name)
    }

    pub(crate) fn is_enum(&self, name: &str) -> bool {
        self.enums.contains_key(name)
    }
}

impl Enumeration {
    /// Whether it is a vocabulary: no variant holds anything.
    pub(crate) fn is_vocabulary(&self) -> bool {
        self.variants.iter().all(|variant| matches!(variant.content, Content::Nothing))
    }
}

impl Record {
    /// The fields in the order in which a call takes them: first what must be given, then what can
    /// be left out, then `sources` and `note`, which most facts have. `first` names fields that
    /// come before all.
    pub(crate) fn in_call_order(&self, first: &[&str]) -> Vec<&Field> {
        in_call_order(&self.fields, first)
    }
}

/// See [`Record::in_call_order`].
pub(crate) fn in_call_order<'a>(fields: &'a [Field], first: &[&str]) -> Vec<&'a Field> {
    let mut ordered: Vec<&Field> = fields.iter().collect();
    ordered.sort_by_key(|field| {
        let place = first.iter().position(|name| *name == field.name).unwrap_or(first.len());
        let common = ["sources", "note"].iter().position(|name| *name == field.name).map_or(0, |at| at + 1);
        (place, field.optional, common)
    });
    ordered
}

fn field(field: &syn::Field, cased: &Option<String>) -> Result<Field, String> {
    let name = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
    let serde = Serde::of(&field.attrs)?;
    let ty = ty(&field.ty).map_err(|error| format!("{name}: {error}"))?;
    let member = serde.rename.unwrap_or_else(|| match cased {
        Some(_) => name.replace('_', "-"),
        None => name.clone(),
    });
    // A call must give what JSON has elsewhere.
    let optional = !serde.skip && (serde.default || matches!(ty, Type::Option(_)));
    Ok(Field { name, member, doc: doc(&field.attrs), ty, optional, skipped: serde.skip })
}

fn variant(variant: &syn::Variant, cased: &Option<String>) -> Result<Variant, String> {
    let name = variant.ident.to_string();
    let serde = Serde::of(&variant.attrs)?;
    let word = serde.rename.unwrap_or_else(|| match cased {
        Some(_) => kebab(&name),
        None => name.clone(),
    });
    let content = match &variant.fields {
        Fields::Unit => Content::Nothing,
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => match fields.unnamed.first() {
            Some(field) => Content::One(ty(&field.ty)?),
            None => Content::Nothing,
        },
        Fields::Named(fields) => {
            Content::Fields(fields.named.iter().map(|each| field(each, &None)).collect::<Result<_, _>>()?)
        }
        // An enum with such a variant is not generated from.
        _ => Content::Nothing,
    };
    Ok(Variant { name, word, doc: doc(&variant.attrs), content, skipped: serde.skip })
}

/// The serde attributes that change the JSON.
#[derive(Default)]
struct Serde {
    rename: Option<String>,
    rename_all: Option<String>,
    default: bool,
    skip: bool,
}

impl Serde {
    fn of(attributes: &[Attribute]) -> Result<Self, String> {
        let mut serde = Self::default();
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("serde")) {
            let parsed = attribute.parse_nested_meta(|meta| {
                let key = meta.path.get_ident().map(ToString::to_string).unwrap_or_default();
                let value = match meta.value() {
                    Ok(value) => Some(value.parse::<syn::LitStr>()?.value()),
                    Err(_) => None,
                };
                match key.as_str() {
                    "rename" => serde.rename = value,
                    "rename_all" => serde.rename_all = value,
                    "default" => serde.default = true,
                    "skip" => serde.skip = true,
                    "deserialize_with" | "skip_serializing_if" | "serialize_with" | "with" => {}
                    other => return Err(meta.error(format!("the generator does not know serde({other})"))),
                }
                Ok(())
            });
            parsed.map_err(|error| error.to_string())?;
        }
        Ok(serde)
    }
}

fn rename_all(attributes: &[Attribute]) -> Result<Option<String>, String> {
    match Serde::of(attributes)?.rename_all {
        Some(other) if other != "kebab-case" => Err(format!("the generator does not know rename_all = {other:?}")),
        cased => Ok(cased),
    }
}

fn ty(given: &syn::Type) -> Result<Type, String> {
    let unknown = || "the generator does not know how to write its type".to_owned();
    let path = match given {
        syn::Type::Path(path) => &path.path,
        // A type of an internal enum; nothing is generated from it.
        _ => return Ok(Type::Generic("other".to_owned(), Vec::new())),
    };
    let last = path.segments.last().ok_or_else(unknown)?;
    let name = last.ident.to_string();
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return Ok(Type::Named(name)) };
    let mut of = Vec::new();
    for argument in &arguments.args {
        if let GenericArgument::Type(argument) = argument {
            of.push(ty(argument)?);
        }
    }
    Ok(match (name.as_str(), of.as_slice()) {
        ("Option", [inner]) => Type::Option(Box::new(inner.clone())),
        ("Vec", [inner]) => Type::Vec(Box::new(inner.clone())),
        ("Box", [inner]) => Type::Boxed(Box::new(inner.clone())),
        ("BTreeMap", [key, value]) => Type::Map(Box::new(key.clone()), Box::new(value.clone())),
        _ => Type::Generic(name, of),
    })
}

/// A sentence that is of use to readers of the Rust code only.
const ORDER_OF_FIELDS: &str = " Fields are in alphabetical order, as in JSON.";

/// The first paragraph of the documentation, without links to Rust items.
fn doc(attributes: &[Attribute]) -> String {
    let mut lines = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("doc")) {
        if let Meta::NameValue(pair) = &attribute.meta
            && let Expr::Lit(literal) = &pair.value
            && let Lit::Str(text) = &literal.lit
        {
            lines.push(text.value().trim().to_owned());
        }
    }
    let paragraph: Vec<String> = lines.into_iter().take_while(|line| !line.is_empty()).collect();
    without_links(&paragraph.join(" ").replace(ORDER_OF_FIELDS, ""))
}

/// Replaces `[text](target)`, and `` [`Item`] ``, by the text alone.
fn without_links(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, link)) = rest.split_once('[') {
        plain.push_str(before);
        let Some((shown, after)) = link.split_once(']') else {
            plain.push('[');
            rest = link;
            continue;
        };
        plain.push_str(shown);
        rest = match after.strip_prefix('(').and_then(|target| target.split_once(')')) {
            Some((_, after)) => after,
            None => after,
        };
    }
    plain.push_str(rest);
    plain
}

/// `FirstOfMonth` as `first-of-month`.
pub(crate) fn kebab(name: &str) -> String {
    snake(name).replace('_', "-")
}

/// `FirstOfMonth` as `first_of_month`.
pub(crate) fn snake(name: &str) -> String {
    let mut text = String::new();
    for (at, letter) in name.char_indices() {
        if letter.is_ascii_uppercase() && at > 0 {
            text.push('_');
        }
        text.push(letter.to_ascii_lowercase());
    }
    text
}

/// `part_of` as `partOf`, which is how Kotlin and Swift write it.
pub(crate) fn camel(name: &str) -> String {
    let mut text = String::new();
    let mut upper = false;
    for letter in name.chars() {
        match letter {
            '_' | '-' => upper = true,
            letter if upper => {
                text.push(letter.to_ascii_uppercase());
                upper = false;
            }
            letter => text.push(letter),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "
        /// A step, as [`View`](crate::View) tells.
        ///
        /// More about it.
        #[derive(Serialize)]
        pub struct Step {
            /// Who took it.
            #[serde(default, deserialize_with = \"present\", skip_serializing_if = \"Option::is_none\")]
            pub by: Option<Slug>,
            /// Its end.
            #[serde(default, rename = \"final\", skip_serializing_if = \"is_false\")]
            pub is_final: bool,
            pub sources: Vec<Source>,
            /// The status.
            pub to: Slug,
        }
        /// When.
        #[serde(rename_all = \"kebab-case\")]
        pub enum Rule {
            FullDays(Counted),
            Months { count: u32 },
            Given,
            #[serde(skip)]
            Unknown { kind: String },
        }
        pub(crate) struct Hidden { pub x: u32 }
    ";

    fn types() -> Types {
        let mut types = Types::default();
        types.add(SOURCE, "steps").unwrap();
        types
    }

    #[test]
    fn a_record_has_its_fields_with_their_json() {
        let types = types();
        let step = types.record("Step").unwrap();
        assert_eq!(step.doc, "A step, as `View` tells.");
        let members: Vec<_> = step.fields.iter().map(|field| (field.member.as_str(), field.optional)).collect();
        assert_eq!(members, [("by", true), ("final", true), ("sources", false), ("to", false)]);
        assert_eq!(step.fields[0].ty.rust(), "Option<Slug>");
        assert!(types.record("Hidden").is_err());
        assert_eq!(types.module("Step").unwrap(), "steps");
    }

    #[test]
    fn a_call_takes_first_what_it_needs() {
        let types = types();
        let step = types.record("Step").unwrap();
        let names =
            |first: &[&str]| step.in_call_order(first).iter().map(|field| field.name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&[]), ["to", "sources", "by", "is_final"]);
        assert_eq!(names(&["by"]), ["by", "to", "sources", "is_final"]);
    }

    #[test]
    fn an_enum_has_its_variants_with_their_words() {
        let types = types();
        let rule = types.enumeration("Rule").unwrap();
        let words: Vec<_> = rule.variants.iter().map(|variant| variant.word.as_str()).collect();
        assert_eq!(words, ["full-days", "months", "given", "unknown"]);
        assert!(rule.variants[3].skipped && !rule.is_vocabulary());
    }

    #[test]
    fn an_attribute_that_may_change_the_json_is_refused() {
        let text = "pub struct Step { #[serde(flatten)] pub by: Slug }";
        assert!(Types::default().add(text, "steps").unwrap_err().contains("serde(flatten)"));
    }

    #[test]
    fn names_are_written_as_each_language_does() {
        assert_eq!((snake("FirstOfMonth"), kebab("TermEnd")), ("first_of_month".into(), "term-end".into()));
        assert_eq!(camel("part_of"), "partOf");
    }
}
