//! The records and enums of `servanda-mobile`, which cross the boundary to Kotlin and Swift.
//!
//! Each has the fields and the documentation of the one in the core, and conversions from it and,
//! where a caller can give it, to it.

use super::bindings::{GIVEN, Kind, VALUES, definitions, first_arguments, with_absent, wrapped};
use super::rustfmt;
use super::types::{Content, Enumeration, Field, Record, Type, Types, Variant};

/// A generated module: its file, its documentation and its types.
struct Module {
    file: &'static str,
    about: &'static str,
    types: &'static [&'static str],
}

const MODULES: &[Module] = &[
    Module {
        file: "bindings/mobile/src/records/commitment.rs",
        about: "Parties, sources and commitments.",
        types: &[
            "Source",
            "Words",
            "Party",
            "Identifier",
            "Topic",
            "Commitment",
            "Responsible",
            "Target",
            "Opening",
            "ProcedureRef",
            "ClockRule",
            "Obligation",
            "Relation",
        ],
    },
    Module {
        file: "bindings/mobile/src/records/procedure.rs",
        about: "Procedures and calendars.",
        types: &[
            "Procedure",
            "Status",
            "Phase",
            "Transition",
            "Clock",
            "Edge",
            "Rule",
            "Counted",
            "ClosingPeriod",
            "Calendar",
            "Period",
            "Recess",
            "Basis",
            "Ending",
        ],
    },
    Module {
        file: "bindings/mobile/src/records/standing.rs",
        about: "Standings, and what they are made of.",
        types: &[
            "Standing",
            "Summary",
            "Verdict",
            "Timeliness",
            "Step",
            "PossibleStep",
            "NextStep",
            "RunningClock",
            "SetDeadline",
            "Remarked",
            "Deposited",
            "Linked",
            "LinkedFrom",
            "Assigned",
            "Measured",
            "FutureEvent",
            "Repinned",
            "RetractedEntry",
            "Retraction",
        ],
    },
    Module {
        file: "bindings/mobile/src/records/answer.rs",
        about: "Questions about many commitments, and their answers.",
        types: &[
            "Filter",
            "LogFilter",
            "Outlook",
            "Asked",
            "Agenda",
            "AgendaItem",
            "Upcoming",
            "UnknownDay",
            "Parts",
            "Part",
            "PhaseCounts",
            "VerdictCounts",
            "TimelinessCounts",
            "Bodies",
            "BodyTotals",
            "Stale",
            "Changes",
            "AsOf",
            "Change",
            "Naming",
            "Registration",
        ],
    },
];

const FACTS: &str = "bindings/mobile/src/records/fact.rs";

/// Types of the core that the boundary calls otherwise: it knows no type parameters, and no error
/// in a record.
const CALLED: &[(&str, &str)] = &[
    ("BTreeMap<Language, Note>", "Translations"),
    ("BTreeMap<Language, Title>", "Names"),
    ("BTreeMap<Slug, ClockRule>", "ClockRules"),
    ("BTreeMap<Slug, Date>", "ClockDates"),
    ("BTreeMap<Slug, Slug>", "StatusNames"),
    ("Delta<Assigned>", "AssignedDelta"),
    ("Delta<Conflict>", "ConflictDelta"),
    ("Delta<Deposited>", "DepositDelta"),
    ("Delta<Linked>", "LinkDelta"),
    ("Delta<PossibleStep>", "PossibleStepDelta"),
    ("Delta<Remarked>", "RemarkDelta"),
    ("Delta<Repinned>", "RepinDelta"),
    ("Delta<RetractedEntry>", "RetractedDelta"),
    ("Delta<RunningClock>", "ClockDelta"),
    ("Delta<SetDeadline>", "SetDeadlineDelta"),
    ("Delta<Step>", "StepDelta"),
    ("Error", "Problem"),
    ("Shift<Option<Date>>", "DateShift"),
    ("Shift<Option<Deadline>>", "DeadlineShift"),
    ("Shift<Option<Measured>>", "MeasuredShift"),
    ("Shift<Option<Naming>>", "NamingShift"),
    ("Shift<Option<Phase>>", "PhaseShift"),
    ("Shift<Option<Registration>>", "RegistrationShift"),
    ("Shift<Option<Slug>>", "StatusShift"),
    ("Shift<Option<String>>", "TextShift"),
    ("Shift<Option<Timeliness>>", "TimelinessShift"),
    ("Shift<Option<Verdict>>", "VerdictShift"),
    ("Shift<Title>", "TitleShift"),
    ("Shift<Vec<Slug>>", "TopicsShift"),
    ("Shift<bool>", "FlagShift"),
];

/// Fields that are called otherwise, because Kotlin or Swift cannot call them so.
const RENAMED: &[(&str, &str, &str)] = &[("Transition", "from", "out_of")];

/// Types that cross as one value: their fields are not seen.
const OPAQUE: &[&str] = &["EntryIntoForce"];

/// The generated modules.
pub(crate) fn files(types: &Types) -> Result<Vec<super::File>, String> {
    let mobile = Mobile { types };
    let mut files = vec![(FACTS, rustfmt(&mobile.facts()?)?)];
    for module in MODULES {
        files.push((module.file, rustfmt(&mobile.module(module)?)?));
    }
    Ok(files)
}

struct Mobile<'a> {
    types: &'a Types,
}

fn header(about: &str) -> String {
    format!("//! {about}\n//!\n//! Generated by `cargo xtask generate` from the types of `servanda-core`.\n\n")
}

fn comment(doc: &str) -> String {
    // Kotlin and Swift have different words for it.
    let lines = wrapped(&with_absent(doc, "absent"), 92);
    lines.iter().map(|line| format!("/// {line}\n")).collect()
}

impl Mobile<'_> {
    fn module(&self, module: &Module) -> Result<String, String> {
        let mut text = header(module.about);
        let words: Vec<&str> = module.types.iter().filter(|name| self.is_vocabulary(name)).copied().collect();
        text.push_str(&self.uses(&words));
        for name in module.types {
            text.push_str(&match self.types.is_record(name) {
                true => self.record(self.types.record(name)?)?,
                false => self.enumeration(self.types.enumeration(name)?)?,
            });
        }
        Ok(text)
    }

    /// Imports all types that a field can have. A module does not use all of them.
    fn uses(&self, words: &[&str]) -> String {
        let mut text = "#[allow(unused_imports)]\nuse super::*;\n".to_owned();
        for word in words {
            text.push_str(&format!("pub use rust::{word};\n"));
        }
        text
    }

    fn is_vocabulary(&self, name: &str) -> bool {
        self.types.enumeration(name).is_ok_and(Enumeration::is_vocabulary)
    }

    /// Whether a type has a counterpart here, into which it has to be converted.
    fn is_converted(&self, ty: &Type) -> bool {
        match ty {
            Type::Named(name) if OPAQUE.contains(&name.as_str()) || VALUES.contains(&name.as_str()) => false,
            Type::Named(name) => {
                name == "Error" || self.types.is_record(name) || (self.types.is_enum(name) && !self.is_vocabulary(name))
            }
            Type::Option(inner) | Type::Vec(inner) | Type::Boxed(inner) => self.is_converted(inner),
            Type::Map(_, value) => self.is_converted(value),
            Type::Generic(..) => true,
        }
    }

    fn ty(&self, ty: &Type) -> String {
        let rust = ty.rust();
        if let Some((_, called)) = CALLED.iter().find(|(core, _)| *core == rust) {
            return (*called).to_owned();
        }
        match ty {
            Type::Option(inner) => format!("Option<{}>", self.ty(inner)),
            Type::Vec(inner) => format!("Vec<{}>", self.ty(inner)),
            Type::Boxed(inner) => format!("Box<{}>", self.ty(inner)),
            _ => rust,
        }
    }

    /// Converts a value, from the core or to it.
    fn converted(&self, ty: &Type, value: &str) -> String {
        if !self.is_converted(ty) {
            return value.to_owned();
        }
        match ty {
            Type::Option(inner) => match self.converted(inner, "value").as_str() {
                "value.into()" => format!("{value}.map(Into::into)"),
                inner => format!("{value}.map(|value| {inner})"),
            },
            Type::Vec(_) => format!("{value}.into_iter().map(Into::into).collect()"),
            Type::Map(..) => format!("{value}.into_iter().map(|(key, value)| (key, value.into())).collect()"),
            Type::Boxed(_) => format!("Box::new((*{value}).into())"),
            _ => format!("{value}.into()"),
        }
    }

    fn record(&self, record: &Record) -> Result<String, String> {
        let name = &record.name;
        let is_given = GIVEN.iter().any(|(given, _)| given == name);
        // Answers have the order of their JSON.
        let fields: Vec<&Field> = match is_given {
            true => record.in_call_order(first_arguments(name)),
            false => record.fields.iter().collect(),
        };
        let mut text = format!(
            "\n{}#[derive(Clone, Debug, PartialEq, uniffi::Record)]\npub struct {name} {{\n",
            comment(&record.doc)
        );
        for field in &fields {
            text.push_str(&comment(&field.doc));
            if is_given && field.optional {
                text.push_str("#[uniffi(default)]\n");
            }
            text.push_str(&format!("pub {}: {},\n", self.name(name, field), self.ty(&field.ty)));
        }
        text.push_str("}\n");
        let from: Vec<String> = fields
            .iter()
            .map(|field| {
                format!("{}: {}", self.name(name, field), self.converted(&field.ty, &format!("given.{}", field.name)))
            })
            .collect();
        text.push_str(&format!(
            "\nimpl From<rust::{name}> for {name} {{ fn from(given: rust::{name}) -> Self {{ Self {{ {} }} }} }}\n",
            from.join(", ")
        ));
        if is_given {
            let to: Vec<String> = record
                .fields
                .iter()
                .map(|field| self.converted(&field.ty, &format!("given.{}", self.name(name, field))))
                .collect();
            text.push_str(&format!(
                "\nimpl From<{name}> for rust::{name} {{ fn from(given: {name}) -> Self {{ Self::from_fields({}) }} }}\n",
                to.join(", ")
            ));
        }
        Ok(text)
    }

    fn name<'f>(&self, record: &str, field: &'f Field) -> &'f str {
        let renamed = RENAMED.iter().find(|(of, name, _)| *of == record && *name == field.name);
        renamed.map_or(&field.name, |(_, _, renamed)| renamed)
    }

    fn enumeration(&self, given: &Enumeration) -> Result<String, String> {
        let name = &given.name;
        if given.is_vocabulary() {
            let variants: String =
                given.variants.iter().map(|variant| format!("{}{},\n", comment(&variant.doc), variant.name)).collect();
            return Ok(format!("\n{}#[uniffi::remote(Enum)]\npub enum {name} {{\n{variants}}}\n", comment(&given.doc)));
        }
        let mut declared = String::new();
        let (mut from, mut to) = (String::new(), String::new());
        for variant in &given.variants {
            let Variant { name: variant_name, content, doc, .. } = variant;
            declared.push_str(&comment(doc));
            let (shape, taken, converted) = match content {
                Content::Nothing => (String::new(), String::new(), String::new()),
                Content::One(ty) => {
                    (format!("({})", self.ty(ty)), "(held)".to_owned(), format!("({})", self.converted(ty, "held")))
                }
                Content::Fields(fields) => {
                    let shape: String = fields
                        .iter()
                        .map(|field| format!("{}{}: {},\n", comment(&field.doc), field.name, self.ty(&field.ty)))
                        .collect();
                    let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
                    let converted: Vec<String> = fields
                        .iter()
                        .map(|field| match self.converted(&field.ty, &field.name) {
                            same if same == field.name => same,
                            converted => format!("{}: {converted}", field.name),
                        })
                        .collect();
                    (
                        format!("{{\n{shape}}}"),
                        format!("{{ {} }}", names.join(", ")),
                        format!("{{ {} }}", converted.join(", ")),
                    )
                }
            };
            declared.push_str(&format!("{variant_name}{shape},\n"));
            from.push_str(&format!("rust::{name}::{variant_name}{taken} => Self::{variant_name}{converted},\n"));
            to.push_str(&format!("{name}::{variant_name}{taken} => Self::{variant_name}{converted},\n"));
        }
        let mut text = format!(
            "\n{}#[derive(Clone, Debug, PartialEq, uniffi::Enum)]\npub enum {name} {{\n{declared}}}\n\
             \nimpl From<rust::{name}> for {name} {{ fn from(given: rust::{name}) -> Self {{ match given {{ {from} }} }} }}\n",
            comment(&given.doc)
        );
        if name == "Rule" {
            text.push_str(&format!(
                "\nimpl From<{name}> for rust::{name} {{ fn from(given: {name}) -> Self {{ match given {{ {to} }} }} }}\n"
            ));
        }
        Ok(text)
    }

    /// The enum of facts. A variant has the fields of its record itself.
    fn facts(&self) -> Result<String, String> {
        let fact = self.types.enumeration("Fact")?;
        let variant_doc =
            |name: &str| fact.variants.iter().find(|variant| variant.name == name).map_or("", |variant| &variant.doc);
        let (mut declared, mut from, mut to) = (String::new(), String::new(), String::new());
        declared.push_str(&format!(
            "{}Register {{\n/// The commitment.\ncommitment: Box<Commitment>,\n}},\n",
            comment(variant_doc("Register"))
        ));
        from.push_str(
            "rust::Fact::Register(commitment) => Self::Register { commitment: Box::new((*commitment).into()) },\n",
        );
        to.push_str("Fact::Register { commitment } => Self::Register(Box::new((*commitment).into())),\n");
        for kind in Kind::all(self.types)? {
            let (name, fields) = (kind.name, kind.fields());
            declared.push_str(&comment(&kind.record.doc));
            declared.push_str(&format!("{name} {{\n"));
            for field in &fields {
                let default = if field.optional { "#[uniffi(default)]\n" } else { "" };
                declared.push_str(&format!(
                    "{}{default}{}: {},\n",
                    comment(&field.doc),
                    field.name,
                    self.ty(&field.ty)
                ));
            }
            declared.push_str("},\n");
            let read: Vec<String> = fields
                .iter()
                .map(|field| format!("{}: {}", field.name, self.converted(&field.ty, &format!("fact.{}", field.name))))
                .collect();
            from.push_str(&format!("rust::Fact::{name}(fact) => Self::{name} {{ {} }},\n", read.join(", ")));
            let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
            let given: Vec<String> =
                kind.record.fields.iter().map(|field| self.converted(&field.ty, &field.name)).collect();
            to.push_str(&format!(
                "Fact::{name} {{ {} }} => Self::{name}(rust::{name}::from_fields({})),\n",
                names.join(", "),
                given.join(", ")
            ));
        }
        for (name, doc) in definitions(self.types)? {
            let member = name.to_lowercase();
            declared.push_str(&format!("{}Define{name} {{\n/// The {member}.\n{member}: {name},\n}},\n", comment(doc)));
            from.push_str(&format!(
                "rust::Fact::Define(rust::Define::{name}({member})) => Self::Define{name} {{ {member}: {member}.into() }},\n"
            ));
            to.push_str(&format!(
                "Fact::Define{name} {{ {member} }} => Self::Define(rust::Define::{name}({member}.into())),\n"
            ));
        }
        declared.push_str(
            "/// A kind of fact from a newer version. The ledger keeps it; this version cannot append it.\nUnknown {\n/// The kind.\nkind: String,\n},\n",
        );
        from.push_str("unknown => Self::Unknown { kind: unknown.kind().to_owned() },\n");
        to.push_str("Fact::Unknown { kind } => Self::Unknown { kind },\n");
        Ok(format!(
            "{}{}\n{}#[derive(Clone, Debug, PartialEq, uniffi::Enum)]\npub enum Fact {{\n{declared}}}\n\
             \nimpl From<rust::Fact> for Fact {{ fn from(given: rust::Fact) -> Self {{ match given {{ {from} }} }} }}\n\
             \nimpl From<Fact> for rust::Fact {{ fn from(given: Fact) -> Self {{ match given {{ {to} }} }} }}\n",
            header("The facts that a ledger records."),
            self.uses(&[]),
            comment(&fact.doc)
        ))
    }
}
